/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gsttfcscene.h"
#include "tfcmeta.h"
#include <math.h>
#include <string.h>
#if HAVE_ANALYTICS
#include <gst/analytics/analytics.h>
#endif

G_STATIC_ASSERT (sizeof (GstTfcPoint) == sizeof (TfcPoint));

static void
add_detection (GstTfcScene *s, TfcBox box, gfloat score, const gchar *name)
{
  guint n = s->scene.n_detections;
  if (n == GST_TFC_SCENE_DETECTIONS)
    return;
  s->detections[n] = (TfcDetection){.box = box, .score = score};
  s->names[n] = name;
  s->scene.n_detections++;
}

static void
add_face (GstTfcScene *s, const GstTfcFace *face)
{
  if (s->scene.n_faces == TFC_MAX_FACES)
    return;
  TfcFace *to = &s->faces[s->scene.n_faces];
  guint n = MIN (face->n_points, TFC_FACE_POINTS);
  to->box = (TfcBox){face->x, face->y, face->w, face->h};
  to->score = face->score;
  to->presence = face->presence;
  to->track_id = face->track_id;
  to->rotation = face->rotation;
  to->n_points = face->points ? n : 0;
  if (to->n_points)
    memcpy (to->points, face->points, n * sizeof *to->points);
  s->face_list[s->scene.n_faces++] = to;
}

static gboolean
collect_own (GstTfcScene *s, GstBuffer *buffer)
{
  GstMeta *meta;
  gpointer state = NULL;
  gboolean any = FALSE;
  while ((meta = gst_buffer_iterate_meta (buffer, &state))) {
    if (meta->info->api == GST_TFC_DETECTION_META_API_TYPE) {
      const GstTfcDetectionMeta *m = (const GstTfcDetectionMeta *)meta;
      for (guint i = 0; i < m->n_detections; i++) {
        const GstTfcDetection *d = &m->detections[i];
        add_detection (s, (TfcBox){d->x, d->y, d->w, d->h}, d->score, d->label);
      }
      any = TRUE;
    } else if (meta->info->api == GST_TFC_FACE_META_API_TYPE) {
      const GstTfcFaceMeta *m = (const GstTfcFaceMeta *)meta;
      for (guint i = 0; i < m->n_faces; i++)
        add_face (s, &m->faces[i]);
      any = s->own_faces = TRUE;
    }
  }
  return any;
}

#if HAVE_ANALYTICS
static gboolean
collect_analytics (GstTfcScene *s, GstBuffer *buffer, guint width, guint height)
{
  GstAnalyticsRelationMeta *relations = gst_buffer_get_analytics_relation_meta (buffer);
  GstAnalyticsMtd mtd;
  gpointer state = NULL;
  gboolean any = FALSE;
  if (!relations)
    return FALSE;
  while (gst_analytics_relation_meta_iterate (relations, &state,
                                              gst_analytics_od_mtd_get_mtd_type (), &mtd)) {
    gint x, y, w, h;
    gfloat score;
    if (!gst_analytics_od_mtd_get_location (&mtd, &x, &y, &w, &h, &score))
      continue;
    GQuark type = gst_analytics_od_mtd_get_obj_type (&mtd);
    TfcBox box = {(gfloat)x / width, (gfloat)y / height, (gfloat)w / width, (gfloat)h / height};
    add_detection (s, box, score, g_quark_to_string (type));
    any = TRUE;
  }
  return any;
}
#endif

/* From the "detection" parameter, if it is there under one of its usual names. */
static gfloat
roi_score (const GstVideoRegionOfInterestMeta *roi)
{
  static const gchar *const fields[] = {"score", "confidence"};
  for (GList *l = roi->params; l; l = l->next)
    for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
      const GValue *value = gst_structure_get_value (l->data, fields[i]);
      if (value && G_VALUE_HOLDS_DOUBLE (value))
        return (gfloat)g_value_get_double (value);
      if (value && G_VALUE_HOLDS_FLOAT (value))
        return g_value_get_float (value);
    }
  return -1;
}

static void
collect_regions (GstTfcScene *s, GstBuffer *buffer, guint width, guint height)
{
  GstMeta *meta;
  gpointer state = NULL;
  while ((meta = gst_buffer_iterate_meta_filtered (buffer, &state,
                                                   GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE))) {
    const GstVideoRegionOfInterestMeta *roi = (const GstVideoRegionOfInterestMeta *)meta;
    TfcBox box = {(gfloat)roi->x / width, (gfloat)roi->y / height, (gfloat)roi->w / width,
                  (gfloat)roi->h / height};
    add_detection (s, box, roi_score (roi), g_quark_to_string (roi->roi_type));
  }
}

void
gst_tfc_scene_collect (GstTfcScene *s, GstBuffer *buffer, guint width, guint height)
{
  s->scene = (TfcScene){.detections = s->detections, .names = s->names, .faces = s->face_list};
  s->own_faces = FALSE;
  if (collect_own (s, buffer))
    return;
#if HAVE_ANALYTICS
  if (collect_analytics (s, buffer, width, height))
    return;
#endif
  collect_regions (s, buffer, width, height);
}

static void
mirror_detections (GstBuffer *buffer, const GstTfcDetectionMeta *m)
{
  GstTfcDetection *d = g_memdup2 (m->detections, m->n_detections * sizeof *d);
  for (guint i = 0; i < m->n_detections; i++)
    d[i].x = 1 - d[i].x - d[i].w;
  gst_buffer_add_tfc_detection_meta (buffer, m->model, m->pts, m->held, d, m->n_detections);
  g_free (d);
}

static void
mirror_faces (GstBuffer *buffer, const GstTfcFaceMeta *m)
{
  GstTfcFace *faces = g_memdup2 (m->faces, m->n_faces * sizeof *faces);
  for (guint i = 0; i < m->n_faces; i++) {
    GstTfcFace *f = &faces[i];
    GstTfcPoint *points = g_memdup2 (f->points, f->n_points * sizeof *points);
    for (guint k = 0; k < f->n_points; k++)
      points[k].x = 1 - points[k].x;
    f->points = points;
    f->x = 1 - f->x - f->w;
    f->rotation = -f->rotation;
  }
  gst_buffer_add_tfc_face_meta (buffer, m->model, m->pts, m->held, faces, m->n_faces);
  for (guint i = 0; i < m->n_faces; i++)
    g_free ((gpointer)faces[i].points);
  g_free (faces);
}

static gboolean
take_own (GstBuffer *buffer, GstMeta **meta, gpointer list)
{
  if ((*meta)->info->api == GST_TFC_DETECTION_META_API_TYPE ||
      (*meta)->info->api == GST_TFC_FACE_META_API_TYPE)
    g_ptr_array_add (list, *meta);
  else if ((*meta)->info->api == GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE)
    g_ptr_array_add (list, *meta);
#if HAVE_ANALYTICS
  else if ((*meta)->info->api == GST_ANALYTICS_RELATION_META_API_TYPE)
    *meta = NULL;
#endif
  return TRUE;
}

void
gst_tfc_scene_mirror_metas (GstBuffer *buffer, guint width)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  gst_buffer_foreach_meta (buffer, take_own, list);
  for (guint i = 0; i < list->len; i++) {
    GstMeta *meta = list->pdata[i];
    if (meta->info->api == GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE) {
      GstVideoRegionOfInterestMeta *roi = (GstVideoRegionOfInterestMeta *)meta;
      gint64 x = (gint64)width - roi->x - roi->w;
      if (x < 0)
        roi->w = (guint)MAX ((gint64)roi->w + x, 0);
      roi->x = (guint)MAX (x, 0);
      continue;
    }
    if (meta->info->api == GST_TFC_DETECTION_META_API_TYPE)
      mirror_detections (buffer, (GstTfcDetectionMeta *)meta);
    else
      mirror_faces (buffer, (GstTfcFaceMeta *)meta);
    gst_buffer_remove_meta (buffer, meta);
  }
}
