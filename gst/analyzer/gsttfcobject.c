/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcobject.h"
#include <math.h>
#include "models/result/coverage.h"

#define TRACK(item) (item)->age, (item)->seen, (item)->speed_x, (item)->speed_y

static GstTfcObject
object_of_detection (gconstpointer item)
{
  const GstTfcDetection *d = item;

  return (GstTfcObject){d->x,        d->y,        d->w,      d->h,    d->score,
                        d->class_id, d->track_id, TRACK (d), d->label};
}

static GstTfcObject
object_of_face (gconstpointer item)
{
  const GstTfcFace *f = item;

  return (GstTfcObject){f->x, f->y, f->w, f->h, f->score, 0, f->track_id, TRACK (f), "face"};
}

static GstTfcObject
object_of_pose (gconstpointer item)
{
  const GstTfcPose *p = item;
  const gchar *label = p->layout == GST_TFC_POINT_LAYOUT_HAND_21 ? "hand" : "pose";

  return (GstTfcObject){p->x, p->y, p->w, p->h, p->score, 0, p->track_id, TRACK (p), label};
}

static GstTfcObject
object_of_mask (gconstpointer item)
{
  static const gchar *const names[] = {"person", "parts", "people"};
  const GstTfcMask *m = item;
  const gfloat coverage =
      tfc_mask_coverage (m->data, (gsize)m->width * m->height, (TfcMaskKind)m->kind);

  return (GstTfcObject){m->x,
                        m->y,
                        m->w,
                        m->h,
                        coverage,
                        .seen = TRUE,
                        .label = coverage > 0 ? names[m->kind] : NULL};
}

static GstTfcObject
object_of_class (gconstpointer item)
{
  const GstTfcClass *c = item;

  return (GstTfcObject){
      .score = c->score, .class_id = c->class_id, .seen = TRUE, .label = c->label};
}

#define GETTER(name)                                                            \
  static gconstpointer items_of_##name (const GstTfcResults *results, guint *n) \
  {                                                                             \
    return gst_tfc_results_get_##name (results, n);                             \
  }
GETTER (detections)
GETTER (faces)
GETTER (poses)
GETTER (classes)

static gconstpointer
items_of_mask (const GstTfcResults *results, guint *n)
{
  if (n)
    *n = 1;
  return gst_tfc_results_get_mask (results);
}

static const struct {
  gsize size;
  gconstpointer (*items) (const GstTfcResults *results, guint *n);
  GstTfcObject (*object) (gconstpointer item);
  gboolean has_box;
} kinds[] = {
    [GST_TFC_RESULTS_KIND_DETECTIONS] = {sizeof (GstTfcDetection), items_of_detections,
                                         object_of_detection, TRUE},
    [GST_TFC_RESULTS_KIND_FACES] = {sizeof (GstTfcFace), items_of_faces, object_of_face, TRUE},
    [GST_TFC_RESULTS_KIND_POSES] = {sizeof (GstTfcPose), items_of_poses, object_of_pose, TRUE},
    [GST_TFC_RESULTS_KIND_MASK] = {sizeof (GstTfcMask), items_of_mask, object_of_mask, FALSE},
    [GST_TFC_RESULTS_KIND_CLASSES] = {sizeof (GstTfcClass), items_of_classes, object_of_class,
                                      FALSE},
};

gconstpointer
gst_tfc_results_items (const GstTfcResults *results, gsize *size, guint *n)
{
  const GstTfcResultsKind kind = gst_tfc_results_get_kind (results);

  if (size)
    *size = kinds[kind].size;
  return kinds[kind].items (results, n);
}

guint
gst_tfc_results_size (const GstTfcResults *results)
{
  guint n;

  gst_tfc_results_items (results, NULL, &n);
  return n;
}

GstTfcObject
gst_tfc_results_nth (const GstTfcResults *results, guint index)
{
  gsize size;
  const guint8 *items = gst_tfc_results_items (results, &size, NULL);

  return kinds[gst_tfc_results_get_kind (results)].object (items + index * size);
}

gboolean
gst_tfc_object_pixels (const GstTfcObject *o, guint width, guint height, GstVideoRectangle *pixels)
{
  const gint left = floorf (CLAMP (o->x, 0, 1) * width), top = floorf (CLAMP (o->y, 0, 1) * height);
  const gint right = ceilf (CLAMP (o->x + o->w, 0, 1) * width);
  const gint bottom = ceilf (CLAMP (o->y + o->h, 0, 1) * height);

  *pixels = (GstVideoRectangle){left, top, right - left, bottom - top};
  return pixels->w > 0 && pixels->h > 0;
}

gboolean
gst_tfc_results_have_boxes (const GstTfcResults *results)
{
  return kinds[gst_tfc_results_get_kind (results)].has_box;
}

/* How often label occurs. */
static guint
count_label (const GstTfcResults *results, const gchar *label)
{
  guint n = results ? gst_tfc_results_size (results) : 0, count = 0;

  for (guint i = 0; i < n; i++)
    count += g_strcmp0 (gst_tfc_results_nth (results, i).label, label) == 0;
  return count;
}

gboolean
gst_tfc_results_differ (const GstTfcResults *a, const GstTfcResults *b)
{
  guint n = a ? gst_tfc_results_size (a) : 0;

  if (n != (b ? gst_tfc_results_size (b) : 0))
    return TRUE;
  for (guint i = 0; i < n; i++) {
    const gchar *label = gst_tfc_results_nth (a, i).label;
    if (count_label (a, label) != count_label (b, label))
      return TRUE;
  }
  return FALSE;
}
