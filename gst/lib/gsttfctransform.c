/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfctransform-private.h"
#include "gst/lib/gsttfcresults-private.h"

static GstTfcResults *
transform_detections (const GstTfcResults *from, const TfcHomography *h)
{
  GstTfcResults *to = tfc_results_new (from->kind, from->model, from->pts, from->n, 0);
  guint n = 0;

  if (!to)
    return NULL;
  for (guint i = 0; i < from->n; i++) {
    GstTfcDetection *d = &to->detections[n];
    *d = from->detections[i];
    n += tfc_homography_box (h, &d->x, &d->y, &d->w, &d->h);
  }
  to->n = n;
  return to;
}

static gboolean
transform_face (const GstTfcFace *from, const TfcHomography *h, GstTfcFace *to, GstTfcPoint *points)
{
  gdouble depth_scale = tfc_homography_depth_scale (h);

  *to = *from;
  to->points = points;
  if (!tfc_homography_box (h, &to->x, &to->y, &to->w, &to->h))
    return FALSE;
  to->rotation = tfc_homography_rotation (h, from->rotation);
  for (guint i = 0; i < from->n_points; i++) {
    points[i] = from->points[i];
    if (!tfc_homography_point (h, &points[i].x, &points[i].y))
      return FALSE;
    points[i].z *= depth_scale;
  }
  return TRUE;
}

static GstTfcResults *
transform_faces (const GstTfcResults *from, const TfcHomography *h)
{
  GstTfcResults *to;
  GstTfcPoint *points;
  gsize n_points = 0;
  guint n = 0;

  for (guint i = 0; i < from->n; i++)
    n_points += from->faces[i].n_points;
  to = tfc_results_new (from->kind, from->model, from->pts, from->n, n_points);
  if (!to)
    return NULL;
  points = tfc_results_points (to);
  for (guint i = 0; i < from->n; i++) {
    if (transform_face (&from->faces[i], h, &to->faces[n], points)) {
      points += from->faces[i].n_points;
      n++;
    }
  }
  to->n = n;
  return to;
}

GstTfcResults *
tfc_results_transform (const GstTfcResults *results, const TfcHomography *homography)
{
  GstTfcResults *to = results->kind == TFC_RESULTS_FACES
                          ? transform_faces (results, homography)
                          : transform_detections (results, homography);

  if (to && to->n == 0)
    g_clear_pointer (&to, gst_tfc_results_unref);
  return to;
}
