/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/collect/gsttfccollect.h"
#include <gst/video/video.h>
#include <math.h>
#if HAVE_ANALYTICS
#include <gst/analytics/analytics.h>
#endif

static gboolean
is_finite (const TfcBox *b)
{
  return isfinite (b->x) && isfinite (b->y) && isfinite (b->w) && isfinite (b->h);
}

static void
add (gpointer collection, const GstTfcCollected *object)
{
  GstTfcCollection *c = collection;

  c->known = TRUE;
  if (!object || c->n == GST_TFC_MAX_COLLECTED || !is_finite (&object->box))
    c->cut = TRUE;
  else
    c->objects[c->n++] = *object;
}

/* What all kinds have under the same names; what is not tracked was found. */
#define COLLECTED(i, is_kind, class, name)                                           \
  &(GstTfcCollected)                                                                 \
  {                                                                                  \
    .box = {(i)->x, (i)->y, (i)->w, (i)->h}, .score = (i)->score, .class_id = class, \
    .label = name, .track_id = (i)->track_id, .kind = is_kind, .held = held,         \
    .seen = !(i)->track_id || (i)->seen, .age = (i)->track_id ? (i)->age : 0,        \
    .speed_x = (i)->speed_x, .speed_y = (i)->speed_y, .item = i                      \
  }

static void
add_detections (GstTfcCollection *c, const GstTfcResults *results, gboolean held)
{
  guint n;
  const GstTfcDetection *d = gst_tfc_results_get_detections (results, &n);

  for (; n--; d++)
    add (c, COLLECTED (d, GST_TFC_RESULTS_KIND_DETECTIONS, d->class_id, d->label));
}

static void
add_faces (GstTfcCollection *c, const GstTfcResults *results, gboolean held)
{
  guint n;
  const GstTfcFace *f = gst_tfc_results_get_faces (results, &n);

  for (; n--; f++)
    add (c, COLLECTED (f, GST_TFC_RESULTS_KIND_FACES, 0, "face"));
}

static void
add_poses (GstTfcCollection *c, const GstTfcResults *results, gboolean held)
{
  guint n;
  const GstTfcPose *p = gst_tfc_results_get_poses (results, &n);

  for (; n--; p++)
    add (c, COLLECTED (p, GST_TFC_RESULTS_KIND_POSES, 0,
                       p->layout == GST_TFC_POINT_LAYOUT_HAND_21 ? "hand" : "pose"));
}

/* What has no row is no object. */
static void (*const rows[]) (GstTfcCollection *c, const GstTfcResults *results, gboolean held) = {
    [GST_TFC_RESULTS_KIND_DETECTIONS] = add_detections,
    [GST_TFC_RESULTS_KIND_FACES] = add_faces,
    [GST_TFC_RESULTS_KIND_POSES] = add_poses,
};

static void
collect_own (GstTfcCollection *c, GstBuffer *buffer)
{
  GstMeta *meta;
  gpointer state = NULL;

  while ((meta = gst_buffer_iterate_meta (buffer, &state))) {
    gboolean held;
    const GstTfcResults *results = gst_tfc_meta_get_results (meta, &held);
    const guint kind = results ? gst_tfc_results_get_kind (results) : G_N_ELEMENTS (rows);
    if (kind >= G_N_ELEMENTS (rows))
      continue;
    rows[kind](c, results, held);
    c->known = TRUE;
  }
}

#if HAVE_ANALYTICS
static void
read_track (GstAnalyticsRelationMeta *relations, guint object_id, GstClockTime now,
            GstTfcCollected *object)
{
  GstAnalyticsMtd tracking;
  gpointer state = NULL;
  guint64 id;
  GstClockTime first, last;
  gboolean lost;

  if (!gst_analytics_relation_meta_get_direct_related (
          relations, object_id, GST_ANALYTICS_REL_TYPE_RELATE_TO,
          gst_analytics_tracking_mtd_get_mtd_type (), &state, &tracking) ||
      !gst_analytics_tracking_mtd_get_info (&tracking, &id, &first, &last, &lost))
    return;
  object->track_id = id;
  object->seen = !lost;
  if (GST_CLOCK_TIME_IS_VALID (now) && GST_CLOCK_TIME_IS_VALID (first) && first < now)
    object->age = now - first;
}

/* FALSE: there are no objects. */
static gboolean
collect_analytics (GstBuffer *buffer, guint width, guint height, GstTfcCollectFunc *func,
                   gpointer data)
{
  GstAnalyticsRelationMeta *relations = gst_buffer_get_analytics_relation_meta (buffer);
  gboolean known = FALSE;
  GstAnalyticsMtd mtd;
  gpointer state = NULL;

  while (relations && gst_analytics_relation_meta_iterate (
                          relations, &state, gst_analytics_od_mtd_get_mtd_type (), &mtd)) {
    GstTfcCollected object = {.class_id = -1, .seen = TRUE};
    gint x, y, w, h;
    known = TRUE;
    if (!width || !gst_analytics_od_mtd_get_location (&mtd, &x, &y, &w, &h, &object.score)) {
      func (data, NULL);
      continue;
    }
    object.box =
        (TfcBox){(gfloat)x / width, (gfloat)y / height, (gfloat)w / width, (gfloat)h / height};
    object.label = g_quark_to_string (gst_analytics_od_mtd_get_obj_type (&mtd));
    read_track (relations, mtd.id, GST_BUFFER_PTS (buffer), &object);
    func (data, &object);
  }
  return known;
}
#endif

static void
read_score (const GstStructure *s, const gchar *field, gfloat *score)
{
  const GValue *value = gst_structure_get_value (s, field);

  if (value && G_VALUE_HOLDS_DOUBLE (value))
    *score = (gfloat)g_value_get_double (value);
  else if (value && G_VALUE_HOLDS_FLOAT (value))
    *score = g_value_get_float (value);
}

/* From the region's parameters, under the names that we and others use. */
static void
read_parameters (const GstVideoRegionOfInterestMeta *roi, GstTfcCollected *object)
{
  gint id;

  for (GList *l = roi->params; l; l = l->next) {
    const GstStructure *s = l->data;
    read_score (s, "confidence", &object->score);
    read_score (s, "score", &object->score);
    gst_structure_get_int (s, "label_id", &object->class_id);
    gst_structure_get_uint64 (s, "track-id", &object->track_id);
    if (gst_structure_has_name (s, "object_id") && gst_structure_get_int (s, "id", &id) && id > 0)
      object->track_id = (guint64)id;
  }
}

static void
collect_regions (GstBuffer *buffer, guint width, guint height, GstTfcCollectFunc *func,
                 gpointer data)
{
  GstMeta *meta;
  gpointer state = NULL;

  while ((meta = gst_buffer_iterate_meta_filtered (buffer, &state,
                                                   GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE))) {
    const GstVideoRegionOfInterestMeta *roi = (const GstVideoRegionOfInterestMeta *)meta;
    GstTfcCollected object = {.score = -1, .class_id = -1, .seen = TRUE, .region_id = roi->id};
    if (!width) {
      func (data, NULL);
      return;
    }
    object.box = (TfcBox){(gfloat)roi->x / width, (gfloat)roi->y / height, (gfloat)roi->w / width,
                          (gfloat)roi->h / height};
    object.label = g_quark_to_string (roi->roi_type);
    read_parameters (roi, &object);
    func (data, &object);
  }
}

void
gst_tfc_collect_foreign (GstBuffer *buffer, guint width, guint height, GstTfcCollectFunc *func,
                         gpointer data)
{
  const GstVideoMeta *video;

  if ((!width || !height) && (video = gst_buffer_get_video_meta (buffer))) {
    width = video->width;
    height = video->height;
  }
  if (!height)
    width = 0;
#if HAVE_ANALYTICS
  if (collect_analytics (buffer, width, height, func, data))
    return;
#endif
  collect_regions (buffer, width, height, func, data);
}

void
gst_tfc_collect (GstTfcCollection *c, GstBuffer *buffer, guint width, guint height)
{
  c->n = 0;
  c->known = c->cut = FALSE;
  collect_own (c, buffer);
  if (!c->known)
    gst_tfc_collect_foreign (buffer, width, height, add, c);
}
