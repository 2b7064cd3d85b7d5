/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/lib/gsttfcserialize-private.h"

#define MAX_TEXT 256
#define MAX_NEW_TEXTS 4096                  /* in a process: interned texts are never given back */
#define DETECTION_BYTES (5 * 4 + 4 + 8 + 2) /* at least, without the label's text */
#define FACE_BYTES (7 * 4 + 8 + 4)          /* without the points */

static void
put (GByteArray *bytes, guint64 value, guint n)
{
  guint64 le = GUINT64_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *)&le, n);
}

static void
put_float (GByteArray *bytes, gfloat value)
{
  guint32 bits;

  memcpy (&bits, &value, 4);
  put (bytes, bits, 4);
}

static void
put_text (GByteArray *bytes, const gchar *text)
{
  const gchar *end = text;
  guint n;

  while (text && *end && g_utf8_next_char (end) - text <= MAX_TEXT) /* whole characters */
    end = g_utf8_next_char (end);
  n = end - text;
  put (bytes, n, 2);
  g_byte_array_append (bytes, (const guint8 *)text, n);
}

static void
write_detection (GByteArray *bytes, const GstTfcDetection *d)
{
  const gfloat values[] = {d->x, d->y, d->w, d->h, d->score};

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    put_float (bytes, values[i]);
  put (bytes, (guint32)d->class_id, 4);
  put (bytes, d->track_id, 8);
  put_text (bytes, d->label);
}

static void
write_face (GByteArray *bytes, const GstTfcFace *f)
{
  const gfloat values[] = {f->x, f->y, f->w, f->h, f->score, f->presence, f->rotation};

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    put_float (bytes, values[i]);
  put (bytes, f->track_id, 8);
  put (bytes, f->n_points, 4);
  for (guint i = 0; i < f->n_points; i++) {
    put_float (bytes, f->points[i].x);
    put_float (bytes, f->points[i].y);
    put_float (bytes, f->points[i].z);
  }
}

void
tfc_results_serialize (const GstTfcResults *results, gboolean held, GByteArray *bytes)
{
  put (bytes, held ? 1 : 0, 1);
  put (bytes, results->pts, 8);
  put_text (bytes, results->model);
  put (bytes, results->n, 4);
  for (guint i = 0; i < results->n; i++) {
    if (results->kind == TFC_RESULTS_FACES)
      write_face (bytes, &results->faces[i]);
    else
      write_detection (bytes, &results->detections[i]);
  }
}

/* What is left to read; bad once something did not fit, and then every get gives 0. */
typedef struct {
  const guint8 *data;
  gsize left;
  gboolean bad;
} Reader;

static const guint8 *
take (Reader *r, gsize n)
{
  const guint8 *at = r->data;

  if (r->bad || n > r->left) {
    r->bad = TRUE;
    return NULL;
  }
  r->data += n;
  r->left -= n;
  return at;
}

static guint64
get (Reader *r, guint n)
{
  const guint8 *at = take (r, n);
  guint64 le = 0;

  if (at)
    memcpy (&le, at, n);
  return GUINT64_FROM_LE (le);
}

static gfloat
get_float (Reader *r)
{
  guint32 bits = get (r, 4);
  gfloat value;

  memcpy (&value, &bits, 4);
  return value;
}

/* NULL if hostile streams have brought too many different texts already. */
static const gchar *
intern (const gchar *text)
{
  static gint n_new;

  if (g_quark_try_string (text) || g_atomic_int_get (&n_new) >= MAX_NEW_TEXTS)
    return g_quark_to_string (g_quark_try_string (text));
  g_atomic_int_inc (&n_new);
  return g_intern_string (text);
}

static const gchar *
get_text (Reader *r)
{
  gchar text[MAX_TEXT + 1];
  guint n = get (r, 2);
  const guint8 *at = n <= MAX_TEXT ? take (r, n) : NULL;

  if (!at) {
    r->bad = TRUE;
    return NULL;
  }
  memcpy (text, at, n);
  text[n] = 0;
  r->bad |= strlen (text) != n || !g_utf8_validate (text, n, NULL);
  const gchar *interned = r->bad ? NULL : intern (text);
  r->bad |= !interned;
  return interned;
}

static void
read_detections (Reader *r, GstTfcResults *results)
{
  for (guint i = 0; i < results->n; i++) {
    GstTfcDetection *d = &results->detections[i];
    gfloat *values[] = {&d->x, &d->y, &d->w, &d->h, &d->score};

    memset (d->_gst_reserved, 0, sizeof d->_gst_reserved);
    for (guint k = 0; k < G_N_ELEMENTS (values); k++)
      *values[k] = get_float (r);
    d->class_id = (gint32)get (r, 4);
    d->track_id = get (r, 8);
    d->label = get_text (r);
  }
}

static void
read_faces (Reader *r, GstTfcResults *results, gsize room)
{
  GstTfcPoint *points = tfc_results_points (results);

  for (guint i = 0; i < results->n; i++) {
    GstTfcFace *f = &results->faces[i];
    gfloat *values[] = {&f->x, &f->y, &f->w, &f->h, &f->score, &f->presence, &f->rotation};

    memset (f->_gst_reserved, 0, sizeof f->_gst_reserved);
    for (guint k = 0; k < G_N_ELEMENTS (values); k++)
      *values[k] = get_float (r);
    f->track_id = get (r, 8);
    f->n_points = get (r, 4);
    f->points = points;
    r->bad |= f->n_points > room || f->n_points > r->left / sizeof *points;
    if (r->bad)
      return;
    room -= f->n_points;
    for (guint k = 0; k < f->n_points; k++, points++) {
      points->x = get_float (r);
      points->y = get_float (r);
      points->z = get_float (r);
    }
  }
}

GstTfcResults *
tfc_results_deserialize (TfcResultsKind kind, const guint8 *data, gsize size, gboolean *held)
{
  Reader r = {data, size, FALSE};
  gboolean faces = kind == TFC_RESULTS_FACES;
  gsize item = faces ? FACE_BYTES : DETECTION_BYTES;
  gboolean was_held = get (&r, 1) != 0;
  GstClockTime pts = get (&r, 8);
  const gchar *model = get_text (&r);
  guint32 n = get (&r, 4);
  gsize room;
  GstTfcResults *results;

  if (r.bad || n > r.left / item)
    return NULL;
  room = faces ? (r.left - n * item) / sizeof (GstTfcPoint) : 0;
  results = tfc_results_new (kind, model, pts, n, room);
  if (!results)
    return NULL;
  if (faces)
    read_faces (&r, results, room);
  else
    read_detections (&r, results);
  if (r.bad || r.left) {
    gst_tfc_results_unref (results);
    return NULL;
  }
  *held = was_held;
  return results;
}
