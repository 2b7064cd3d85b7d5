/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/strokes.h"
#include <math.h>

#define PAPER 0xd9ffffff

/* The inset: a square at the lower right, 3/10 of the picture's shorter side. */
void
tfc_lay_cloud (TfcLayout *layout, const TfcAnnotations *annotations)
{
  gdouble side = rint (0.3 * MIN (layout->width, layout->height));
  gdouble margin = rint (8 * layout->scale);
  if (!layout->style.point_cloud || side < 24)
    return;
  for (guint i = 0; i < annotations->n_faces; i++) {
    if (!tfc_layout_face (layout, i)->n_points)
      continue;
    gdouble right = layout->width - margin, bottom = layout->height - margin;
    tfc_stroke_add (layout, TFC_STROKE_FILL, PAPER, right - side, bottom - side, right, bottom);
    TfcStroke *stroke = tfc_stroke_add (layout, TFC_STROKE_CLOUD, layout->style.cloud_color,
                                        right - side, bottom - side, right, bottom);
    if (stroke)
      stroke->face = i;
    return;
  }
}

typedef struct {
  gdouble centre[3]; /* of the face, pixels of the picture */
  gdouble scale;
  gdouble yaw[2], pitch[2]; /* cosine, sine */
  gdouble x, y;             /* centre of the inset */
} View;

static View
look_at (const TfcLayout *layout, const TfcLayoutFace *face, const TfcArea *inset)
{
  gdouble yaw = layout->style.cloud_yaw * G_PI / 180;
  gdouble pitch = layout->style.cloud_pitch * G_PI / 180;
  View view = {{0}, 1, {cos (yaw), sin (yaw)}, {cos (pitch), sin (pitch)}};
  gdouble radius = 1e-9;
  for (guint i = 0; i < TFC_MESH_POINTS; i++) {
    for (guint k = 0; k < 3; k++)
      view.centre[k] += face->points[i][k] / TFC_MESH_POINTS;
  }
  for (guint i = 0; i < TFC_MESH_POINTS; i++) {
    const gdouble *p = face->points[i];
    gdouble x = p[0] - view.centre[0], y = p[1] - view.centre[1], z = p[2] - view.centre[2];
    radius = MAX (radius, sqrt (x * x + y * y + z * z));
  }
  view.scale = 0.47 * inset->w / radius;
  view.x = inset->x + 0.5 * inset->w;
  view.y = inset->y + 0.5 * inset->h;
  return view;
}

static void
project (const View *view, const gdouble p[3], gdouble out[2])
{
  gdouble x = p[0] - view->centre[0], y = p[1] - view->centre[1], z = p[2] - view->centre[2];
  gdouble turned_x = x * view->yaw[0] + z * view->yaw[1];
  gdouble turned_z = z * view->yaw[0] - x * view->yaw[1];
  gdouble turned_y = y * view->pitch[0] - turned_z * view->pitch[1];
  out[0] = view->x + view->scale * turned_x;
  out[1] = view->y + view->scale * turned_y;
}

void
tfc_paint_cloud (TfcLayout *layout, const TfcStroke *stroke, TfcArea area)
{
  const TfcLayoutFace *face = tfc_layout_face (layout, stroke->face);
  View view = look_at (layout, face, &stroke->area);
  const struct {
    guint begin, end;
    guint32 color;
    gdouble radius;
  } parts[] = {
      {0, TFC_MESH_POINTS, stroke->color, 0.008},
      {TFC_MESH_POINTS, face->n_points, layout->style.iris_color, 0.008},
  };
  for (guint k = 0; k < G_N_ELEMENTS (parts); k++) {
    if (parts[k].begin == parts[k].end || !tfc_target_begin (layout->overlay, area))
      continue;
    for (guint i = parts[k].begin; i < parts[k].end; i++) {
      gdouble at[2];
      project (&view, face->points[i], at);
      tfc_coverage_mask_dot (&layout->overlay->mask, at,
                             MAX (0.7, parts[k].radius * stroke->area.w));
    }
    tfc_target_put (layout->overlay, parts[k].color);
  }
}
