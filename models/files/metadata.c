/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/files/metadata.h"

#include <math.h>
#include <string.h>

#include "inference/tflite/flatbuffer.h"
#include "models/files/zip.h"

#define MAX_LABELS_BYTES (17 << 20) /* labels.h: 65536 lines of 256 bytes */
#define MAX_ANCHORS (1 << 20)
#define MAX_PARTS \
  64 /* tensors, files and units that are looked at: hostile files refer to one many times */

/* Field numbers of the schemas. */
enum { MODEL_BUFFERS = 4, MODEL_METADATA = 6 };
enum { ENTRY_NAME, ENTRY_BUFFER };
enum { ROOT_SUBGRAPHS = 3, ROOT_FILES = 6 };
enum { SUBGRAPH_INPUTS = 2, SUBGRAPH_OUTPUTS, SUBGRAPH_FILES, SUBGRAPH_CUSTOM = 9 };
enum { TENSOR_UNITS = 4, TENSOR_FILES = 6 };
enum { UNIT_TYPE, UNIT_OPTIONS };
enum { NORM_MEAN, NORM_STD };
enum { FILE_NAME, FILE_TYPE = 2, FILE_LOCALE };
enum { CUSTOM_NAME, CUSTOM_DATA };
enum { DETECTOR_ANCHORS = 1, DETECTOR_DECODING };
enum { ANCHOR_X, ANCHOR_Y, ANCHOR_W, ANCHOR_H };
enum { DECODE_CLASSES, DECODE_X = 6, DECODE_Y, DECODE_W, DECODE_H, DECODE_EXP, DECODE_SIGMOID };
enum { NORMALIZATION = 1, AXIS_LABELS = 2, VALUE_LABELS = 3 };

struct TfcMetadata {
  GBytes *bytes; /* or NULL */
  gboolean normalized, uneven;
  gfloat mean, std;
  gchar *label_name; /* or NULL */
  TfcDetectorOptions detector;
};

/* A part of the file that is a flatbuffer of its own. */
static void
part (TfcFb *to, const TfcFb *from, TfcFbVector v)
{
  tfc_fb_init (to, from->data + v.at, v.n, from->name);
}

/* All channels alike; else *uneven. */
static gboolean
one_number (TfcFb *fb, gsize table, guint field, gfloat *number, gboolean *uneven)
{
  const TfcFbVector v = tfc_fb_vector (fb, table, field, 4);

  for (guint32 i = 0; i < v.n; i++) {
    gfloat f;
    memcpy (&f, fb->data + v.at + 4 * (gsize)i, sizeof f);
    if (!isfinite (f))
      return FALSE;
    *uneven = *uneven || (i && f != *number);
    *number = f;
  }
  return v.n > 0;
}

static void
read_input (TfcMetadata *m, TfcFb *fb, gsize tensor)
{
  const TfcFbVector units = tfc_fb_vector (fb, tensor, TENSOR_UNITS, 4);

  for (guint32 i = 0; i < MIN (units.n, MAX_PARTS) && !fb->error; i++) {
    const gsize unit = tfc_fb_at_table (fb, units, i);
    const gsize options = tfc_fb_table (fb, unit, UNIT_OPTIONS);
    gfloat mean = 0, std = 0;
    gboolean uneven = FALSE;
    if (tfc_fb_u8 (fb, unit, UNIT_TYPE, 0) != NORMALIZATION ||
        !one_number (fb, options, NORM_MEAN, &mean, &uneven) ||
        !one_number (fb, options, NORM_STD, &std, &uneven) || fabsf (std) < 1e-6f)
      continue;
    m->mean = mean;
    m->std = std;
    m->normalized = !uneven;
    m->uneven = uneven;
  }
}

/* The first label file without a locale. */
static void
read_files (TfcMetadata *m, TfcFb *fb, gsize table, guint field)
{
  const TfcFbVector files = tfc_fb_vector (fb, table, field, 4);

  for (guint32 i = 0; i < MIN (files.n, MAX_PARTS) && !fb->error && !m->label_name; i++) {
    const gsize file = tfc_fb_at_table (fb, files, i);
    const gint type = tfc_fb_i8 (fb, file, FILE_TYPE, 0);
    gchar *locale = tfc_fb_string (fb, file, FILE_LOCALE);
    if ((type == AXIS_LABELS || type == VALUE_LABELS) && (!locale || !*locale))
      m->label_name = tfc_fb_string (fb, file, FILE_NAME);
    g_free (locale);
  }
}

static void
read_anchors (TfcMetadata *m, TfcFb *fb, gsize options)
{
  const gsize schema = tfc_fb_table (fb, tfc_fb_table (fb, options, DETECTOR_ANCHORS), 0);
  const TfcFbVector v = tfc_fb_vector (fb, schema, 0, 4);

  if (fb->error || v.n == 0 || v.n > MAX_ANCHORS)
    return;
  gfloat *to = m->detector.anchors = g_try_new (gfloat, 4 * (gsize)v.n);
  for (guint32 i = 0; to && i < v.n && !fb->error; i++, to += 4) {
    const gsize a = tfc_fb_at_table (fb, v, i);
    to[0] = tfc_fb_f32 (fb, a, ANCHOR_Y, 0);
    to[1] = tfc_fb_f32 (fb, a, ANCHOR_X, 0);
    to[2] = tfc_fb_f32 (fb, a, ANCHOR_H, 0);
    to[3] = tfc_fb_f32 (fb, a, ANCHOR_W, 0);
  }
  m->detector.n_anchors = to && !fb->error ? v.n : 0;
}

static void
read_detector (TfcMetadata *m, const TfcFb *from, TfcFbVector data)
{
  TfcDetectorOptions *d = &m->detector;
  TfcFb fb;
  gchar identifier[5] = "V001"; /* older writers leave it out */

  part (&fb, from, data);
  if (data.n >= 8)
    memcpy (identifier, fb.data + 4, 4);
  const gsize root = tfc_fb_root (&fb, identifier);
  const gsize decoding = tfc_fb_table (&fb, root, DETECTOR_DECODING);
  g_clear_pointer (&d->anchors, g_free);
  read_anchors (m, &fb, root);
  d->x_scale = tfc_fb_f32 (&fb, decoding, DECODE_X, 0);
  d->y_scale = tfc_fb_f32 (&fb, decoding, DECODE_Y, 0);
  d->w_scale = tfc_fb_f32 (&fb, decoding, DECODE_W, 0);
  d->h_scale = tfc_fb_f32 (&fb, decoding, DECODE_H, 0);
  d->n_columns = (guint)MAX (tfc_fb_i32 (&fb, decoding, DECODE_CLASSES, 0), 0);
  d->linear = !tfc_fb_u8 (&fb, decoding, DECODE_EXP, 0);
  d->sigmoid = tfc_fb_u8 (&fb, decoding, DECODE_SIGMOID, 0) != 0;
  if (fb.error || !decoding)
    d->n_anchors = 0;
  tfc_fb_finish (&fb);
}

static void
read_custom (TfcMetadata *m, TfcFb *fb, gsize subgraph)
{
  const TfcFbVector v = tfc_fb_vector (fb, subgraph, SUBGRAPH_CUSTOM, 4);

  for (guint32 i = 0; i < MIN (v.n, MAX_PARTS) && !fb->error; i++) {
    const gsize entry = tfc_fb_at_table (fb, v, i);
    gchar *name = tfc_fb_string (fb, entry, CUSTOM_NAME);
    const TfcFbVector data = tfc_fb_vector (fb, entry, CUSTOM_DATA, 1);
    if (data.n && !m->detector.n_anchors && !g_strcmp0 (name, "DETECTOR_METADATA"))
      read_detector (m, fb, data);
    g_free (name);
  }
}

static void
read_metadata (TfcMetadata *m, const TfcFb *from, TfcFbVector data)
{
  TfcFb fb;

  part (&fb, from, data);
  const gsize root = tfc_fb_root (&fb, "M001");
  const TfcFbVector subgraphs = tfc_fb_vector (&fb, root, ROOT_SUBGRAPHS, 4);
  const gsize subgraph = subgraphs.n ? tfc_fb_at_table (&fb, subgraphs, 0) : 0;
  const TfcFbVector in = tfc_fb_vector (&fb, subgraph, SUBGRAPH_INPUTS, 4);
  const TfcFbVector out = tfc_fb_vector (&fb, subgraph, SUBGRAPH_OUTPUTS, 4);
  if (in.n)
    read_input (m, &fb, tfc_fb_at_table (&fb, in, 0));
  for (guint32 i = 0; i < MIN (out.n, MAX_PARTS) && !fb.error; i++)
    read_files (m, &fb, tfc_fb_at_table (&fb, out, i), TENSOR_FILES);
  read_files (m, &fb, subgraph, SUBGRAPH_FILES);
  read_files (m, &fb, root, ROOT_FILES);
  read_custom (m, &fb, subgraph);
  tfc_fb_finish (&fb);
}

static void
read_model (TfcMetadata *m, const guint8 *data, gsize size)
{
  TfcFb fb;

  tfc_fb_init (&fb, data, size, "metadata");
  const gsize model = tfc_fb_root (&fb, "TFL3");
  const TfcFbVector entries = tfc_fb_vector (&fb, model, MODEL_METADATA, 4);
  const TfcFbVector buffers = tfc_fb_vector (&fb, model, MODEL_BUFFERS, 4);
  for (guint32 i = 0; i < entries.n && !fb.error; i++) {
    const gsize entry = tfc_fb_at_table (&fb, entries, i);
    const guint32 buffer = tfc_fb_u32 (&fb, entry, ENTRY_BUFFER, 0);
    gchar *name = tfc_fb_string (&fb, entry, ENTRY_NAME);
    if (!g_strcmp0 (name, "TFLITE_METADATA") && buffer < buffers.n) {
      read_metadata (m, &fb, tfc_fb_vector (&fb, tfc_fb_at_table (&fb, buffers, buffer), 0, 1));
      i = entries.n - 1; /* the first counts */
    }
    g_free (name);
  }
  tfc_fb_finish (&fb);
}

TfcMetadata *
tfc_metadata_open_bytes (GBytes *bytes)
{
  TfcMetadata *m = g_new0 (TfcMetadata, 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  m->bytes = g_bytes_ref (bytes);
  if (size >= 8 && !memcmp (data + 4, "TFL3", 4))
    read_model (m, data, size);
  return m;
}

TfcMetadata *
tfc_metadata_open (const gchar *path)
{
  GMappedFile *file = g_mapped_file_new (path, FALSE, NULL);
  TfcMetadata *m;

  if (!file)
    return g_new0 (TfcMetadata, 1);
  GBytes *bytes = g_mapped_file_get_bytes (file);
  m = tfc_metadata_open_bytes (bytes);
  g_bytes_unref (bytes);
  g_mapped_file_unref (file);
  return m;
}

void
tfc_metadata_close (TfcMetadata *m)
{
  if (!m)
    return;
  g_clear_pointer (&m->bytes, g_bytes_unref);
  g_free (m->label_name);
  g_free (m->detector.anchors);
  g_free (m);
}

gboolean
tfc_metadata_normalization (const TfcMetadata *m, gfloat *mean, gfloat *std)
{
  if (m->normalized) {
    *mean = m->mean;
    *std = m->std;
  }
  return m->normalized;
}

gboolean
tfc_metadata_uneven (const TfcMetadata *m)
{
  return m->uneven;
}

const TfcDetectorOptions *
tfc_metadata_detector (const TfcMetadata *m)
{
  return m->detector.n_anchors ? &m->detector : NULL;
}

/* How much a name looks like a label file's; 0: not at all. */
static guint
likeness (const gchar *name)
{
  gchar *folded = g_ascii_strdown (name, -1);
  guint points = 0;

  if (g_str_has_suffix (folded, ".txt") || g_str_has_suffix (folded, ".pbtxt"))
    points = strstr (folded, "label") ? 2 : 1;
  g_free (folded);
  return points;
}

static gchar *
find_labels (const TfcZip *zip)
{
  gchar *best = NULL, *name;
  guint most = 0;
  gsize at = 0;

  for (guint i = 0; i < zip->n && (name = tfc_zip_next (zip, &at)); i++) {
    const guint points = likeness (name);
    if (points > most) {
      g_free (best);
      best = g_steal_pointer (&name);
      most = points;
    }
    g_free (name);
  }
  return best;
}

GBytes *
tfc_metadata_labels (const TfcMetadata *m, gchar **name, gboolean *guessed, GError **error)
{
  TfcZip zip;
  gsize size = 0;
  const guint8 *data = m->bytes ? g_bytes_get_data (m->bytes, &size) : NULL;

  *name = NULL;
  *guessed = FALSE;
  if (!data || size < 8 || memcmp (data + 4, "TFL3", 4) || !tfc_zip_init (&zip, data, size))
    return NULL;
  *name = m->label_name ? g_strdup (m->label_name) : find_labels (&zip);
  *guessed = !m->label_name && *name && likeness (*name) < 2;
  return *name ? tfc_zip_read (&zip, *name, MAX_LABELS_BYTES, error) : NULL;
}
