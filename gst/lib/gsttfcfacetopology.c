/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/lib/gsttfcfacetopology.h"
#include "models/result/topology.h"

/**
 * gst_tfc_face_get_triangles:
 * @n_indices: (out) (optional): three times the number of triangles
 *
 * The triangles of the mesh, all wound the same way; the mouth is open.
 *
 * Returns: (array length=n_indices) (transfer none): indices of points, all below 468; constant
 *
 * Since: 0.1
 */
const guint16 *
gst_tfc_face_get_triangles (guint *n_indices)
{
  if (n_indices)
    *n_indices = 3 * TFC_TOPOLOGY_TRIANGLES;
  return tfc_topology_triangles[0];
}

/**
 * gst_tfc_face_get_region_name:
 * @index: which
 *
 * Names of the parts of a face: first closed lines ("oval", lips, eyes, brows; the irises are
 * centre, right, above, left, below), then the groups that MediaPipe's JavaScript library names.
 * Left and right are the subject's.
 *
 * Returns: (transfer none) (nullable): a constant name, %NULL past the end
 *
 * Since: 0.1
 */
const gchar *
gst_tfc_face_get_region_name (guint index)
{
  return index < TFC_N_REGIONS ? tfc_topology_regions[index].name : NULL;
}

/**
 * gst_tfc_face_get_region:
 * @name: as gst_tfc_face_get_region_name() gives it
 * @n_indices: (out) (optional): how many, 0 if there is no such region
 *
 * The points of a part of the face.
 *
 * Returns: (array length=n_indices) (transfer none) (nullable): indices of points along the line;
 * the irises' need a face of 478 points; constant
 *
 * Since: 0.1
 */
const guint16 *
gst_tfc_face_get_region (const gchar *name, guint *n_indices)
{
  const TfcMeshRegion *region = NULL;

  for (guint i = 0; name && i < TFC_N_REGIONS && !region; i++) {
    if (strcmp (name, tfc_topology_regions[i].name) == 0)
      region = &tfc_topology_regions[i];
  }
  if (n_indices)
    *n_indices = region ? region->n : 0;
  g_return_val_if_fail (name != NULL, NULL);
  return region ? region->points : NULL;
}
