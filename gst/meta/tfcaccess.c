/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include "tfcmeta.h"

GstTfcDetection *
gst_tfc_detection_copy (const GstTfcDetection *detection)
{
  return g_memdup2 (detection, sizeof *detection);
}

void
gst_tfc_detection_free (GstTfcDetection *detection)
{
  g_free (detection);
}

GstTfcPoint *
gst_tfc_point_copy (const GstTfcPoint *point)
{
  return g_memdup2 (point, sizeof *point);
}

void
gst_tfc_point_free (GstTfcPoint *point)
{
  g_free (point);
}

/* One allocation: the points stand behind the face. */
GstTfcFace *
gst_tfc_face_copy (const GstTfcFace *face)
{
  GstTfcFace *copy = g_malloc (sizeof *face + face->n_points * sizeof (GstTfcPoint));

  *copy = *face;
  copy->points = (GstTfcPoint *)(copy + 1);
  if (face->n_points)
    memcpy (copy + 1, face->points, face->n_points * sizeof (GstTfcPoint));
  return copy;
}

void
gst_tfc_face_free (GstTfcFace *face)
{
  g_free (face);
}

G_DEFINE_BOXED_TYPE (GstTfcDetection, gst_tfc_detection, gst_tfc_detection_copy,
                     gst_tfc_detection_free)
G_DEFINE_BOXED_TYPE (GstTfcPoint, gst_tfc_point, gst_tfc_point_copy, gst_tfc_point_free)
G_DEFINE_BOXED_TYPE (GstTfcFace, gst_tfc_face, gst_tfc_face_copy, gst_tfc_face_free)

/**
 * gst_tfc_detection_meta_get_detection:
 * @meta: the meta
 * @index: 0 is the best
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (nullable): a copy, %NULL past the end
 *
 * Since: 0.1
 */
GstTfcDetection *
gst_tfc_detection_meta_get_detection (const GstTfcDetectionMeta *meta, guint index)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return index < meta->n_detections ? gst_tfc_detection_copy (&meta->detections[index]) : NULL;
}

/**
 * gst_tfc_face_meta_get_face:
 * @meta: the meta
 * @index: which
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (nullable): a copy with its points, %NULL past the end
 *
 * Since: 0.1
 */
GstTfcFace *
gst_tfc_face_meta_get_face (const GstTfcFaceMeta *meta, guint index)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return index < meta->n_faces ? gst_tfc_face_copy (&meta->faces[index]) : NULL;
}

/**
 * gst_tfc_face_get_point:
 * @face: the face
 * @index: of the mesh
 *
 * For language bindings; in C read @face's array.
 *
 * Returns: (transfer full) (nullable): a copy, %NULL past the end
 *
 * Since: 0.1
 */
GstTfcPoint *
gst_tfc_face_get_point (const GstTfcFace *face, guint index)
{
  g_return_val_if_fail (face != NULL, NULL);
  return index < face->n_points ? gst_tfc_point_copy (&face->points[index]) : NULL;
}

/**
 * gst_tfc_face_get_coordinates:
 * @face: the face
 * @n_values: (out): three times the number of points
 *
 * All points at once, for numerical code: x, y, z, x, y, z, ...
 *
 * Returns: (array length=n_values) (transfer none): valid as long as @face
 *
 * Since: 0.1
 */
const gfloat *
gst_tfc_face_get_coordinates (const GstTfcFace *face, guint *n_values)
{
  *n_values = 3 * face->n_points;
  return (const gfloat *)face->points;
}
