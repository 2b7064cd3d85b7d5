/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcpointlayout.h"
#include "models/result/skeleton.h"

G_STATIC_ASSERT ((int)GST_TFC_POINT_LAYOUT_COCO_17 == TFC_LAYOUT_COCO_17);
G_STATIC_ASSERT ((int)GST_TFC_POINT_LAYOUT_BLAZEPOSE_33 == TFC_LAYOUT_BLAZEPOSE_33);
G_STATIC_ASSERT ((int)GST_TFC_POINT_LAYOUT_HAND_21 == TFC_LAYOUT_HAND_21);

static const TfcSkeleton *
skeleton_of (GstTfcPointLayout layout)
{
  return tfc_skeleton_of ((TfcPointLayout)layout);
}

/**
 * gst_tfc_point_layout_get_n_points:
 * @layout: which points
 *
 * How many points a pose of this layout has.
 *
 * Returns: 17, 33 or 21; 0 for a layout that this version does not know
 *
 * Since: 0.1
 */
guint
gst_tfc_point_layout_get_n_points (GstTfcPointLayout layout)
{
  const TfcSkeleton *skeleton = skeleton_of (layout);

  return skeleton ? skeleton->n_points : 0;
}

/**
 * gst_tfc_point_layout_get_point_name:
 * @layout: which points
 * @index: of the point
 *
 * What a point is: "nose", "left_shoulder", "thumb_tip". Left and right are the person's.
 *
 * Returns: (transfer none) (nullable): a constant name, %NULL past the end
 *
 * Since: 0.1
 */
const gchar *
gst_tfc_point_layout_get_point_name (GstTfcPointLayout layout, guint index)
{
  const TfcSkeleton *skeleton = skeleton_of (layout);

  return skeleton && index < skeleton->n_points ? skeleton->points[index].name : NULL;
}

/**
 * gst_tfc_point_layout_get_edges:
 * @layout: which points
 * @n_indices: (out) (optional): twice the number of edges
 *
 * Between which points a skeleton has lines: the indices of both ends, edge by edge.
 *
 * Returns: (array length=n_indices) (transfer none) (nullable): indices of points; constant; %NULL
 *   for a layout that this version does not know
 *
 * Since: 0.1
 */
const guint16 *
gst_tfc_point_layout_get_edges (GstTfcPointLayout layout, guint *n_indices)
{
  const TfcSkeleton *skeleton = skeleton_of (layout);

  if (n_indices)
    *n_indices = skeleton ? 2 * skeleton->n_edges : 0;
  return skeleton ? skeleton->edges[0] : NULL;
}
