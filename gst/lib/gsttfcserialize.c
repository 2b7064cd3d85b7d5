/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/lib/gsttfcbytes-private.h"
#include "gst/lib/gsttfcpointlayout.h"
#include "gst/lib/gsttfcserialize-private.h"

#define TEXT_BYTES 2 /* at least */
#define N_HANDEDNESS (GST_TFC_HANDEDNESS_RIGHT + 1)
#define N_MASK_KINDS (GST_TFC_MASK_KIND_PEOPLE + 1)

/* Age, whether it was seen, and speed: of every kind that has them. */
#define TRACK_BYTES (8 + 1 + 2 * 4)

#define WRITE_TRACK(bytes, item)                                \
  G_STMT_START                                                  \
  {                                                             \
    const gfloat speed_[] = {(item)->speed_x, (item)->speed_y}; \
    tfc_put ((bytes), (item)->age, 8);                          \
    tfc_put ((bytes), (item)->seen != FALSE, 1);                \
    tfc_put_floats ((bytes), speed_, 2);                        \
  }                                                             \
  G_STMT_END

#define READ_TRACK(reader, item)                             \
  G_STMT_START                                               \
  {                                                          \
    gfloat speed_[2];                                        \
    (item)->age = tfc_get ((reader), 8);                     \
    (item)->seen = (gboolean)tfc_get_below ((reader), 1, 2); \
    tfc_get_floats ((reader), speed_, 2);                    \
    (item)->speed_x = speed_[0];                             \
    (item)->speed_y = speed_[1];                             \
  }                                                          \
  G_STMT_END

static void
write_detection (GByteArray *bytes, gconstpointer item)
{
  const GstTfcDetection *d = item;
  const gfloat values[] = {d->x, d->y, d->w, d->h, d->score};

  tfc_put_floats (bytes, values, G_N_ELEMENTS (values));
  tfc_put (bytes, (guint32)d->class_id, 4);
  tfc_put (bytes, d->track_id, 8);
  tfc_put_text (bytes, d->label);
  WRITE_TRACK (bytes, d);
}

static guint8 *
read_detection (TfcReader *r, gpointer item, guint8 *tail)
{
  GstTfcDetection *d = item;
  gfloat values[5];

  tfc_get_floats (r, values, G_N_ELEMENTS (values));
  *d = (GstTfcDetection){values[0], values[1], values[2], values[3], values[4]};
  d->class_id = (gint32)tfc_get (r, 4);
  d->track_id = tfc_get (r, 8);
  d->label = tfc_get_text (r);
  READ_TRACK (r, d);
  return tail;
}

/* Floats come first in it. */
#define HEAD_FLOATS (G_STRUCT_OFFSET (GstTfcHead, eyes_closed) / sizeof (gfloat))
#define HEAD_BYTES (HEAD_FLOATS * sizeof (gfloat) + 1 + 4)

static void
write_head (GByteArray *bytes, const GstTfcHead *head)
{
  tfc_put (bytes, head != NULL, 1);
  if (!head)
    return;
  tfc_put_floats (bytes, &head->yaw, HEAD_FLOATS);
  tfc_put (bytes, head->eyes_closed != FALSE, 1);
  tfc_put (bytes, head->blinks, 4);
}

static void
write_face (GByteArray *bytes, gconstpointer item)
{
  const GstTfcFace *f = item;
  const gfloat values[] = {f->x, f->y, f->w, f->h, f->score, f->presence, f->rotation};

  tfc_put_floats (bytes, values, G_N_ELEMENTS (values));
  tfc_put (bytes, f->track_id, 8);
  tfc_put (bytes, f->object_id, 8);
  WRITE_TRACK (bytes, f);
  write_head (bytes, f->head);
  tfc_put (bytes, f->n_points, 4);
  tfc_put_floats (bytes, (const gfloat *)f->points, 3 * (gsize)f->n_points);
}

/* n_values floats of the tail. NULL if there are not so many bytes. */
static gfloat *
read_tail (TfcReader *r, guint8 **tail, gsize n_values)
{
  gfloat *values = (gpointer)*tail;

  if (r->bad || n_values > r->left / sizeof *values) {
    r->bad = TRUE;
    return NULL;
  }
  tfc_get_floats (r, values, n_values);
  *tail += n_values * sizeof *values;
  return values;
}

static const GstTfcHead *
read_head (TfcReader *r, guint8 **tail)
{
  GstTfcHead *head = (gpointer)*tail;

  if (!tfc_get_below (r, 1, 2))
    return NULL;
  if (r->left < HEAD_BYTES) {
    r->bad = TRUE;
    return NULL;
  }
  *head = (GstTfcHead){0};
  tfc_get_floats (r, &head->yaw, HEAD_FLOATS);
  head->eyes_closed = (gboolean)tfc_get_below (r, 1, 2);
  head->blinks = (guint)tfc_get (r, 4);
  *tail += sizeof *head;
  return head;
}

static guint8 *
read_face (TfcReader *r, gpointer item, guint8 *tail)
{
  GstTfcFace *f = item;
  gfloat values[7];

  tfc_get_floats (r, values, G_N_ELEMENTS (values));
  *f = (GstTfcFace){values[0], values[1], values[2], values[3], values[4], values[5]};
  f->rotation = values[6];
  f->track_id = tfc_get (r, 8);
  f->object_id = tfc_get (r, 8);
  READ_TRACK (r, f);
  f->head = read_head (r, &tail);
  f->n_points = tfc_get (r, 4);
  f->points = (const GstTfcPoint *)read_tail (r, &tail, 3 * (gsize)f->n_points);
  return tail;
}

static void
write_pose (GByteArray *bytes, gconstpointer item)
{
  const GstTfcPose *p = item;
  const gfloat values[] = {p->x, p->y, p->w, p->h, p->score, p->handedness_score};

  tfc_put_floats (bytes, values, G_N_ELEMENTS (values));
  tfc_put (bytes, p->track_id, 8);
  tfc_put (bytes, p->object_id, 8);
  WRITE_TRACK (bytes, p);
  tfc_put (bytes, p->layout, 1);
  tfc_put (bytes, p->handedness, 1);
  tfc_put (bytes, p->n_points, 4);
  tfc_put (bytes, p->world != NULL, 1);
  tfc_put_floats (bytes, (const gfloat *)p->points, 4 * (gsize)p->n_points);
  if (p->world)
    tfc_put_floats (bytes, (const gfloat *)p->world, 3 * (gsize)p->n_points);
}

static guint8 *
read_pose (TfcReader *r, gpointer item, guint8 *tail)
{
  GstTfcPose *p = item;
  gfloat values[6];
  gboolean has_world;

  tfc_get_floats (r, values, G_N_ELEMENTS (values));
  *p = (GstTfcPose){values[0], values[1], values[2], values[3], values[4]};
  p->handedness_score = values[5];
  p->track_id = tfc_get (r, 8);
  p->object_id = tfc_get (r, 8);
  READ_TRACK (r, p);
  p->layout = tfc_get (r, 1);
  p->handedness = tfc_get_below (r, 1, N_HANDEDNESS);
  p->n_points = tfc_get (r, 4);
  has_world = tfc_get_below (r, 1, 2);
  if (p->n_points && p->n_points != gst_tfc_point_layout_get_n_points (p->layout))
    r->bad = TRUE;
  p->points = (const GstTfcKeypoint *)read_tail (r, &tail, 4 * (gsize)p->n_points);
  if (has_world)
    p->world = (const GstTfcPoint *)read_tail (r, &tail, 3 * (gsize)p->n_points);
  return tail;
}

static void
write_mask (GByteArray *bytes, gconstpointer item)
{
  const GstTfcMask *m = item;
  const gfloat values[] = {m->x, m->y, m->w, m->h};

  tfc_put (bytes, m->width, 4);
  tfc_put (bytes, m->height, 4);
  tfc_put_floats (bytes, values, G_N_ELEMENTS (values));
  tfc_put (bytes, m->kind, 1);
  tfc_put (bytes, m->labels != NULL, 1);
  tfc_put (bytes, m->n_indices, 1);
  for (guint i = 0; m->labels && i < m->n_indices; i++)
    tfc_put_text (bytes, m->labels[i]);
  g_byte_array_append (bytes, m->data, tfc_mask_n_values (m));
}

static const gchar *const *
read_labels (TfcReader *r, guint8 **tail, guint n)
{
  const gchar **labels = (const gchar **)*tail;

  for (guint i = 0; i < n; i++)
    labels[i] = tfc_get_text (r);
  *tail += n * sizeof *labels;
  return n ? labels : NULL;
}

static gboolean
is_above (const guint8 *data, gsize n, guint most)
{
  guint8 highest = 0;

  for (gsize i = 0; i < n; i++)
    highest = MAX (highest, data[i]);
  return highest > most;
}

static guint8 *
read_mask (TfcReader *r, gpointer item, guint8 *tail)
{
  const guint width = tfc_get_below (r, 4, TFC_MASK_MAX_SIDE + 1);
  const guint height = tfc_get_below (r, 4, TFC_MASK_MAX_SIDE + 1);
  const gsize n = (gsize)width * height;
  GstTfcMask *m = item;
  const guint8 *values;
  gfloat region[4];
  gboolean has_labels;

  tfc_get_floats (r, region, 4);
  *m = (GstTfcMask){width, height, region[0], region[1], region[2], region[3]};
  m->kind = tfc_get_below (r, 1, N_MASK_KINDS);
  has_labels = tfc_get_below (r, 1, 2);
  m->n_indices = tfc_get (r, 1);
  m->labels = read_labels (r, &tail, has_labels ? m->n_indices : 0);
  values = tfc_take (r, n);
  m->data = tail;
  if (!values)
    return tail;
  if (m->kind != GST_TFC_MASK_KIND_PERSON)
    r->bad |= is_above (values, n, m->n_indices);
  memcpy (tail, values, n);
  return tail + n;
}

static void
write_class (GByteArray *bytes, gconstpointer item)
{
  const GstTfcClass *c = item;

  tfc_put (bytes, (guint32)c->class_id, 4);
  tfc_put_floats (bytes, &c->score, 1);
  tfc_put (bytes, c->rank, 4);
  tfc_put (bytes, c->object_id, 8);
  tfc_put_text (bytes, c->label);
}

static guint8 *
read_class (TfcReader *r, gpointer item, guint8 *tail)
{
  GstTfcClass *c = item;

  *c = (GstTfcClass){.class_id = (gint32)tfc_get (r, 4)};
  tfc_get_floats (r, &c->score, 1);
  c->rank = tfc_get (r, 4);
  c->object_id = tfc_get (r, 8);
  c->label = tfc_get_text (r);
  return tail;
}

/* Points and values take as much memory as bytes, so a tail cannot be larger than what is left to
 * read; pointers to labels and heads come on top. */
static const struct {
  gsize bytes;     /* of an item, at least */
  gsize more;      /* bytes of an item's tail that are not in the stream, at most */
  gboolean tailed; /* has a tail */
  guint max_items; /* 0: any number */
  void (*write) (GByteArray *bytes, gconstpointer item);
  guint8 *(*read) (TfcReader *reader, gpointer item, guint8 *tail); /* returns the tail's end */
} rows[] = {
    [GST_TFC_RESULTS_KIND_DETECTIONS] = {5 * 4 + 4 + 8 + TEXT_BYTES + TRACK_BYTES, 0, FALSE, 0,
                                         write_detection, read_detection},
    [GST_TFC_RESULTS_KIND_FACES] = {7 * 4 + 8 + 8 + TRACK_BYTES + 1 + 4, sizeof (GstTfcHead), TRUE,
                                    0, write_face, read_face},
    [GST_TFC_RESULTS_KIND_POSES] = {6 * 4 + 8 + 8 + TRACK_BYTES + 1 + 1 + 4 + 1, 0, TRUE, 0,
                                    write_pose, read_pose},
    [GST_TFC_RESULTS_KIND_MASK] = {4 + 4 + 4 * 4 + 3, TFC_MASK_MAX_INDICES * sizeof (gchar *), TRUE,
                                   1, write_mask, read_mask},
    [GST_TFC_RESULTS_KIND_CLASSES] = {4 + 4 + 4 + 8 + TEXT_BYTES, 0, FALSE, 0, write_class,
                                      read_class},
    [GST_TFC_RESULTS_KIND_EVENTS] = {1 + 1 + 8 + 8 + 4 + 3 * TEXT_BYTES, 0, FALSE, 0,
                                     tfc_write_event, tfc_read_event},
    [GST_TFC_RESULTS_KIND_ZONES] = {1 + 4 + 8 + 8 + TEXT_BYTES + 1, 0, TRUE, 0, tfc_write_zone,
                                    tfc_read_zone},
};

void
tfc_results_serialize (const GstTfcResults *results, gboolean held, GByteArray *bytes)
{
  const gsize size = tfc_item_kind (results->kind)->size;

  tfc_put (bytes, held ? 1 : 0, 1);
  tfc_put (bytes, results->pts, 8);
  tfc_put_text (bytes, results->model);
  tfc_put (bytes, results->n, 4);
  for (guint i = 0; i < results->n; i++)
    rows[results->kind].write (bytes, (const guint8 *)results->items + i * size);
}

static void
read_items (TfcReader *r, GstTfcResults *results)
{
  const gsize size = tfc_item_kind (results->kind)->size;
  guint8 *tail = tfc_results_tail (results);

  for (guint i = 0; i < results->n && !r->bad; i++)
    tail = rows[results->kind].read (r, (guint8 *)results->items + i * size, tail);
}

GstTfcResults *
tfc_results_deserialize (GstTfcResultsKind kind, const guint8 *data, gsize size, gboolean *held)
{
  TfcReader r = {data, size, FALSE};
  gboolean was_held = tfc_get (&r, 1) != 0;
  GstClockTime pts = tfc_get (&r, 8);
  const gchar *model = tfc_get_text (&r);
  guint32 n = tfc_get (&r, 4);
  GstTfcResults *results;
  gsize tail = 0;

  if (r.bad || n > r.left / rows[kind].bytes || (rows[kind].max_items && n != rows[kind].max_items))
    return NULL;
  if (rows[kind].tailed)
    tail = r.left + n * rows[kind].more;
  results = tfc_results_new (kind, model, pts, n, tail);
  if (!results)
    return NULL;
  read_items (&r, results);
  if (r.bad || r.left) {
    gst_tfc_results_unref (results);
    return NULL;
  }
  *held = was_held;
  return results;
}
