/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/result/skeleton.h"
#include "overlay/strokes.h"
#include <math.h>

#define LINE 3.0     /* pixels, see TfcStyle */
#define THINNEST 1.0 /* pixels of the picture */
#define PART 0.02    /* of the longer edge of a body's box, that a line is wide at most */
#define DOT 1.3      /* radius by the line's width */
#define HEAD 0.6     /* of width and radius, among the many points of a head */
#define WEAK 0.1f    /* a score below which a pose is what is left over of another */

static const guint32 colors[] = {
    [TFC_SIDE_MIDDLE] = 0xffffffff, [TFC_SIDE_LEFT] = 0xff21d07a, [TFC_SIDE_RIGHT] = 0xffff9520};

/* Lines between both sides are of the middle; a hand is all of its own side. */
static TfcSide
side_of (const TfcPose *pose, const TfcSkeleton *skeleton, guint a, guint b)
{
  if (pose->handedness != TFC_HANDEDNESS_UNKNOWN)
    return pose->handedness == TFC_HANDEDNESS_LEFT ? TFC_SIDE_LEFT : TFC_SIDE_RIGHT;
  const TfcSide one = skeleton->points[a].side, other = skeleton->points[b].side;
  return one == other               ? one
         : one == TFC_SIDE_MIDDLE   ? other
         : other == TFC_SIDE_MIDDLE ? one
                                    : TFC_SIDE_MIDDLE;
}

/* The first points are of the head, where they lie close together. */
static gdouble
part_of_head (const TfcPose *pose, guint point)
{
  static const guint n_head[] = {
      [TFC_LAYOUT_COCO_17] = 5, [TFC_LAYOUT_BLAZEPOSE_33] = 11, [TFC_LAYOUT_HAND_21] = 0};
  return point < n_head[pose->layout] ? HEAD : 1;
}

/* In pixels of the picture, mirrored if so wanted; FALSE if it is not to be seen. */
static gboolean
place (const TfcLayout *layout, const TfcKeypoint *point, gdouble at[2])
{
  at[0] = (layout->style.mirror ? 1.0 - point->x : point->x) * layout->width;
  at[1] = (gdouble)point->y * layout->height;
  return point->score >= layout->style.point_threshold && isfinite (at[0] + at[1]) &&
         MAX (fabs (at[0]), fabs (at[1])) < 1e6;
}

static gdouble
line_width (const TfcLayout *layout, const TfcPose *pose)
{
  const gdouble edge =
      MAX ((gdouble)pose->box.w * layout->width, (gdouble)pose->box.h * layout->height);
  return MAX (MIN (LINE * layout->scale, PART * edge), THINNEST);
}

static void
lay_edges (TfcLayout *layout, const TfcPose *pose, const TfcSkeleton *skeleton, gdouble width)
{
  gdouble from[2], to[2];
  for (guint i = 0; i < skeleton->n_edges; i++) {
    const guint a = skeleton->edges[i][0], b = skeleton->edges[i][1];
    if (place (layout, &pose->points[a], from) && place (layout, &pose->points[b], to))
      tfc_lay_line (layout, colors[side_of (pose, skeleton, a, b)], from, to,
                    width * part_of_head (pose, MAX (a, b)));
  }
}

static void
lay_points (TfcLayout *layout, const TfcPose *pose, const TfcSkeleton *skeleton, gdouble width)
{
  gdouble at[2];
  for (guint i = 0; i < skeleton->n_points; i++) {
    if (!place (layout, &pose->points[i], at))
      continue;
    const gdouble radius = DOT * width * part_of_head (pose, i);
    TfcStroke *stroke = tfc_stroke_add (layout, TFC_STROKE_DOT,
                                        colors[side_of (pose, skeleton, i, i)], at[0] - radius - 1,
                                        at[1] - radius - 1, at[0] + radius + 1, at[1] + radius + 1);
    if (!stroke)
      continue;
    stroke->width = radius;
    stroke->centre[0] = at[0];
    stroke->centre[1] = at[1];
  }
}

void
tfc_lay_poses (TfcLayout *layout, const TfcAnnotations *annotations)
{
  for (guint i = 0; i < annotations->n_poses; i++) {
    const TfcPose *pose = &annotations->poses[i];
    const TfcSkeleton *skeleton = tfc_skeleton_of (pose->layout);
    if (!skeleton || pose->n_points != skeleton->n_points || !(pose->score >= WEAK))
      continue;
    const gdouble width = line_width (layout, pose);
    if (layout->style.draw_skeletons)
      lay_edges (layout, pose, skeleton, width);
    if (layout->style.draw_points)
      lay_points (layout, pose, skeleton, width);
  }
}

void
tfc_rasterize_dot (TfcLayout *layout, const TfcStroke *stroke)
{
  tfc_coverage_mask_dot (&layout->overlay->mask, stroke->centre, stroke->width);
}
