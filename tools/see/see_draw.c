/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/see/see.h"

#include "overlay/overlay.h"

cairo_surface_t *
tfc_see_draw (const TfcFrame *rgb, const TfcLabels *labels, const TfcAnalysis *analysis)
{
  const gint width = rgb->width, height = rgb->height;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  if (cairo_surface_status (surface))
    return surface;
  for (gint y = 0; y < height; y++) {
    const guint8 *in = rgb->plane[0] + (gsize)y * rgb->stride[0];
    guint32 *out = (guint32 *)(cairo_image_surface_get_data (surface) +
                               (gsize)y * cairo_image_surface_get_stride (surface));
    for (gint x = 0; x < width; x++, in += 3)
      out[x] = (guint32)in[0] << 16 | in[1] << 8 | in[2];
  }
  cairo_surface_mark_dirty (surface);

  const gchar *names[TFC_MAX_DETECTIONS];
  const TfcFace *faces[TFC_MAX_FACES];
  for (guint i = 0; i < analysis->n_detections; i++)
    names[i] = tfc_labels_name (labels, analysis->detections[i].class_id);
  for (guint i = 0; i < analysis->n_faces; i++)
    faces[i] = &analysis->faces[i];
  const TfcAnnotations annotations = {.n_detections = analysis->n_detections,
                                      .detections = analysis->detections,
                                      .names = names,
                                      .n_faces = analysis->n_faces,
                                      .faces = faces};
  TfcOverlay *overlay = tfc_overlay_new ();
  cairo_t *cr = cairo_create (surface);
  tfc_overlay_draw (overlay, cr, width, height, &tfc_style_defaults, &annotations);
  cairo_destroy (cr);
  tfc_overlay_free (overlay);
  return surface;
}
