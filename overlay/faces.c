/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "strokes.h"
#include "topology.h"
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

static void
to_pixels (const TfcOverlay *overlay, const TfcPoint *point, gdouble out[2])
{
  out[0] = (overlay->style.mirror ? 1.0 - point->x : point->x) * overlay->width;
  out[1] = (gdouble)point->y * overlay->height;
}

static void
lay_mesh (TfcOverlay *overlay, const TfcFace *face)
{
  const TfcStyle *style = &overlay->style;
  TfcStrokeKind kind = style->contours_only      ? TFC_STROKE_CONTOURS
                       : style->triangulate_mesh ? TFC_STROKE_MESH
                                                 : TFC_STROKE_DOTS;
  gdouble width = style->mesh_width * overlay->scale;
  if (kind == TFC_STROKE_CONTOURS)
    width *= 2;
  if (kind == TFC_STROKE_DOTS)
    width = overlay->scale;
  gdouble low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY}, p[2];
  for (guint i = 0; i < TFC_MESH_POINTS; i++) {
    to_pixels (overlay, &face->points[i], p);
    for (guint k = 0; k < 2; k++) {
      low[k] = MIN (low[k], p[k]);
      high[k] = MAX (high[k], p[k]);
    }
  }
  gdouble reach = width + 1;
  TfcStroke *stroke = tfc_stroke_add (overlay, kind, style->mesh_color, low[0] - reach,
                                      low[1] - reach, high[0] + reach, high[1] + reach);
  if (!stroke)
    return;
  stroke->width = width;
  stroke->face = face;
}

/* As the demo does: diameters from opposite points, axes upright. iris: centre, right, above,
 * left, below. */
static void
lay_iris (TfcOverlay *overlay, const TfcPoint *iris)
{
  gdouble p[5][2];
  for (guint i = 0; i < 5; i++)
    to_pixels (overlay, &iris[i], p[i]);
  gdouble rx = hypot (p[1][0] - p[3][0], p[1][1] - p[3][1]) / 2;
  gdouble ry = hypot (p[2][0] - p[4][0], p[2][1] - p[4][1]) / 2;
  gdouble width = overlay->scale, reach = width + 1;
  TfcStroke *stroke =
      tfc_stroke_add (overlay, TFC_STROKE_IRIS, overlay->style.iris_color, p[0][0] - rx - reach,
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
tfc_lay_faces (TfcOverlay *overlay, const TfcScene *scene)
{
  const TfcStyle *style = &overlay->style;
  for (guint i = 0; i < scene->n_faces; i++) {
    const TfcFace *face = scene->faces[i];
    if (!style->mesh && style->draw_boxes)
      tfc_lay_box (overlay, &face->box);
    if (!tfc_face_sane (face))
      continue;
    if (style->mesh)
      lay_mesh (overlay, face);
    if (style->draw_irises && face->n_points == TFC_FACE_POINTS) {
      lay_iris (overlay, face->points + TFC_MESH_POINTS);
      lay_iris (overlay, face->points + TFC_MESH_POINTS + 5);
    }
  }
}

static void
place_points (TfcOverlay *overlay, const TfcFace *face)
{
  for (guint i = 0; i < TFC_MESH_POINTS; i++)
    to_pixels (overlay, &face->points[i], overlay->points[i]);
}

void
tfc_gather_mesh (TfcOverlay *overlay, const TfcStroke *stroke)
{
  place_points (overlay, stroke->face);
  for (guint i = 0; i < TFC_TOPOLOGY_EDGES; i++) {
    const TfcEdge *edge = &tfc_topology_edges[i];
    tfc_mask_line (&overlay->mask, overlay->points[edge->a], overlay->points[edge->b],
                   stroke->width, edge->triangles > 1);
  }
}

void
tfc_gather_dots (TfcOverlay *overlay, const TfcStroke *stroke)
{
  place_points (overlay, stroke->face);
  for (guint i = 0; i < TFC_MESH_POINTS; i++)
    tfc_mask_dot (&overlay->mask, overlay->points[i], stroke->width);
}

void
tfc_gather_contours (TfcOverlay *overlay, const TfcStroke *stroke)
{
  place_points (overlay, stroke->face);
  for (guint i = 0; i < TFC_N_LOOPS; i++) {
    const TfcMeshRegion *loop = &tfc_topology_regions[i];
    if (loop->points[0] >= TFC_MESH_POINTS)
      continue;
    for (guint k = 0; k < loop->n; k++)
      tfc_mask_line (&overlay->mask, overlay->points[loop->points[k]],
                     overlay->points[loop->points[(k + 1) % loop->n]], stroke->width, FALSE);
  }
}

void
tfc_gather_iris (TfcOverlay *overlay, const TfcStroke *stroke)
{
  tfc_mask_ellipse (&overlay->mask, stroke->centre, stroke->rx, stroke->ry, stroke->width);
}
