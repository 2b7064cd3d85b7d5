/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/strokes.h"
#include "models/result/topology.h"
#include <math.h>

gboolean
tfc_face_sane (const TfcFace *face)
{
  if (face->n_points < TFC_MESH_POINTS || face->n_points > TFC_FACE_POINTS)
    return FALSE;
  for (guint i = 0; i < face->n_points; i++) {
    const TfcPoint *p = &face->points[i];
    if (!(fabsf (p->x) < 16) || !(fabsf (p->y) < 16) || !(fabsf (p->z) < 16))
      return FALSE;
  }
  return TRUE;
}

/* The mesh's extent in pixels: left, top, right, bottom. */
static void
find_extent (const TfcLayoutFace *face, gdouble e[4])
{
  e[0] = e[1] = INFINITY;
  e[2] = e[3] = -INFINITY;
  for (guint i = 0; i < TFC_MESH_POINTS; i++) {
    const gdouble *p = face->points[i];
    for (guint k = 0; k < 2; k++) {
      e[k] = MIN (e[k], p[k]);
      e[k + 2] = MAX (e[k + 2], p[k]);
    }
  }
}

static guint32
fade (guint32 argb, gdouble alpha)
{
  return (argb & 0xffffff) | (guint32)lrint ((argb >> 24) * CLAMP (alpha, 0, 1)) << 24;
}

static void
add_mesh (TfcLayout *layout, TfcStrokeKind kind, guint face, const gdouble e[4], gdouble width,
          gdouble alpha)
{
  gdouble reach = width + 1;
  guint32 color = fade (layout->style.mesh_color, alpha);
  if (!(color >> 24) || width <= 0)
    return;
  TfcStroke *stroke =
      tfc_stroke_add (layout, kind, color, e[0] - reach, e[1] - reach, e[2] + reach, e[3] + reach);
  if (!stroke)
    return;
  stroke->width = width;
  stroke->face = face;
}

/* A mesh has about 60 times its size in lines, contours 6 times: on small faces lines get thinner,
 * so that they cover no more than about two fifths of the face; on smaller ones the mesh fades and
 * its contours come instead. */
#define MESH_THINS 300.0 /* width at most its size through this */
#define CONTOURS_THIN 45.0
#define MESH_WHOLE 128.0 /* pixels: size from which the mesh is drawn alone */
#define MESH_GONE 64.0   /* size from which down the contours are */

static void
lay_mesh (TfcLayout *layout, guint face)
{
  const TfcStyle *style = &layout->style;
  gdouble e[4], line = style->mesh_width * layout->scale, dot = layout->scale;
  find_extent (tfc_layout_face (layout, face), e);
  gdouble size = MAX (e[2] - e[0], e[3] - e[1]);
  gdouble share = CLAMP ((size - MESH_GONE) / (MESH_WHOLE - MESH_GONE), 0, 1);
  if (style->contours_only)
    share = 0;
  else if (style->triangulate_mesh)
    add_mesh (layout, TFC_STROKE_MESH, face, e, MIN (line, size / MESH_THINS), share);
  else
    add_mesh (layout, TFC_STROKE_DOTS, face, e, MIN (dot, size / MESH_WHOLE), share);
  add_mesh (layout, TFC_STROKE_CONTOURS, face, e, MIN (2 * line, size / CONTOURS_THIN), 1 - share);
}

/* As the demo does: diameters from opposite points, axes upright. p: centre, right, above,
 * left, below. */
static void
lay_iris (TfcLayout *layout, gdouble p[5][3])
{
  gdouble rx = hypot (p[1][0] - p[3][0], p[1][1] - p[3][1]) / 2;
  gdouble ry = hypot (p[2][0] - p[4][0], p[2][1] - p[4][1]) / 2;
  gdouble width = MIN (layout->scale, MIN (rx, ry) / 2), reach = width + 1;
  TfcStroke *stroke =
      tfc_stroke_add (layout, TFC_STROKE_IRIS, layout->style.iris_color, p[0][0] - rx - reach,
                      p[0][1] - ry - reach, p[0][0] + rx + reach, p[0][1] + ry + reach);
  if (!stroke)
    return;
  stroke->width = width;
  stroke->centre[0] = p[0][0];
  stroke->centre[1] = p[0][1];
  stroke->rx = rx;
  stroke->ry = ry;
}

void
tfc_lay_faces (TfcLayout *layout, const TfcAnnotations *annotations)
{
  const TfcStyle *style = &layout->style;
  for (guint i = 0; i < annotations->n_faces; i++) {
    TfcLayoutFace *face = tfc_layout_face (layout, i);
    if (!style->mesh && style->draw_boxes)
      tfc_lay_box (
          layout, &annotations->faces[i]->box,
          tfc_is_predicted (annotations->faces[i]->track_id, &annotations->faces[i]->track));
    if (!face->n_points)
      continue;
    if (style->mesh)
      lay_mesh (layout, i);
    if (style->draw_irises && face->n_points == TFC_FACE_POINTS) {
      lay_iris (layout, face->points + TFC_MESH_POINTS);
      lay_iris (layout, face->points + TFC_MESH_POINTS + 5);
    }
  }
}

void
tfc_rasterize_mesh (TfcLayout *layout, const TfcStroke *stroke)
{
  const TfcLayoutFace *face = tfc_layout_face (layout, stroke->face);
  for (guint i = 0; i < TFC_TOPOLOGY_EDGES; i++) {
    const TfcEdge *edge = &tfc_topology_edges[i];
    tfc_coverage_mask_line (&layout->overlay->mask, face->points[edge->a], face->points[edge->b],
                            stroke->width, edge->triangles > 1);
  }
}

void
tfc_rasterize_dots (TfcLayout *layout, const TfcStroke *stroke)
{
  const TfcLayoutFace *face = tfc_layout_face (layout, stroke->face);
  for (guint i = 0; i < TFC_MESH_POINTS; i++)
    tfc_coverage_mask_dot (&layout->overlay->mask, face->points[i], stroke->width);
}

void
tfc_rasterize_contours (TfcLayout *layout, const TfcStroke *stroke)
{
  const TfcLayoutFace *face = tfc_layout_face (layout, stroke->face);
  for (guint i = 0; i < TFC_N_LOOPS; i++) {
    const TfcMeshRegion *loop = &tfc_topology_regions[i];
    if (loop->points[0] >= TFC_MESH_POINTS)
      continue;
    for (guint k = 0; k < loop->n; k++)
      tfc_coverage_mask_line (&layout->overlay->mask, face->points[loop->points[k]],
                              face->points[loop->points[(k + 1) % loop->n]], stroke->width, FALSE);
  }
}

void
tfc_rasterize_iris (TfcLayout *layout, const TfcStroke *stroke)
{
  tfc_coverage_mask_ellipse (&layout->overlay->mask, stroke->centre, stroke->rx, stroke->ry,
                             stroke->width);
}
