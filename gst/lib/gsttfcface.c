/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include "gst/lib/tfc.h"
#include "gst/lib/gsttfcresults-private.h"

/**
 * gst_tfc_detection_copy: (skip)
 * @detection: a detection
 *
 * Returns: (transfer full): a copy, for gst_tfc_detection_free()
 *
 * Since: 0.1
 */
GstTfcDetection *
gst_tfc_detection_copy (const GstTfcDetection *detection)
{
  g_return_val_if_fail (detection != NULL, NULL);
  return g_memdup2 (detection, sizeof *detection);
}

/**
 * gst_tfc_detection_free: (skip)
 * @detection: (transfer full) (nullable): a copy
 *
 * Since: 0.1
 */
void
gst_tfc_detection_free (GstTfcDetection *detection)
{
  g_free (detection);
}

/**
 * gst_tfc_point_copy: (skip)
 * @point: a point
 *
 * Returns: (transfer full): a copy, for gst_tfc_point_free()
 *
 * Since: 0.1
 */
GstTfcPoint *
gst_tfc_point_copy (const GstTfcPoint *point)
{
  g_return_val_if_fail (point != NULL, NULL);
  return g_memdup2 (point, sizeof *point);
}

/**
 * gst_tfc_point_free: (skip)
 * @point: (transfer full) (nullable): a copy
 *
 * Since: 0.1
 */
void
gst_tfc_point_free (GstTfcPoint *point)
{
  g_free (point);
}

/**
 * gst_tfc_face_copy: (skip)
 * @face: a face
 *
 * Returns: (transfer full): a copy with its points, in one allocation, for gst_tfc_face_free()
 *
 * Since: 0.1
 */
GstTfcFace *
gst_tfc_face_copy (const GstTfcFace *face)
{
  GstTfcFace *copy;
  guint n;

  g_return_val_if_fail (face != NULL, NULL);
  n = tfc_face_n_points (face);
  copy = g_malloc (sizeof *face + n * sizeof (GstTfcPoint));
  *copy = *face;
  copy->n_points = n;
  copy->points = (GstTfcPoint *)(copy + 1);
  if (n)
    memcpy (copy + 1, face->points, n * sizeof (GstTfcPoint));
  return copy;
}

/**
 * gst_tfc_face_free: (skip)
 * @face: (transfer full) (nullable): a copy
 *
 * Since: 0.1
 */
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
  return index < tfc_face_n_points (face) ? gst_tfc_point_copy (&face->points[index]) : NULL;
}

static GList *
copy_detections (const GstTfcDetection *detections, guint n)
{
  GList *copies = NULL;

  for (guint i = n; i-- > 0;)
    copies = g_list_prepend (copies, gst_tfc_detection_copy (&detections[i]));
  return copies;
}

static GList *
copy_faces (const GstTfcFace *faces, guint n)
{
  GList *copies = NULL;

  for (guint i = n; i-- > 0;)
    copies = g_list_prepend (copies, gst_tfc_face_copy (&faces[i]));
  return copies;
}

/**
 * gst_tfc_detection_meta_get_detections:
 * @meta: the meta
 * @n_detections: (out) (optional): how many
 *
 * Returns: (array length=n_detections) (transfer none) (nullable): best first; as long as the meta
 *
 * Since: 0.1
 */
const GstTfcDetection *
gst_tfc_detection_meta_get_detections (const GstTfcDetectionMeta *meta, guint *n_detections)
{
  if (n_detections)
    *n_detections = meta ? meta->n_detections : 0;
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->detections;
}

/**
 * gst_tfc_face_meta_get_faces:
 * @meta: the meta
 * @n_faces: (out) (optional): how many
 *
 * Returns: (array length=n_faces) (transfer none) (nullable): in the order of their track ids; as
 * long as the meta
 *
 * Since: 0.1
 */
const GstTfcFace *
gst_tfc_face_meta_get_faces (const GstTfcFaceMeta *meta, guint *n_faces)
{
  if (n_faces)
    *n_faces = meta ? meta->n_faces : 0;
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->faces;
}

/**
 * gst_tfc_face_get_points:
 * @face: the face
 * @n_points: (out) (optional): how many
 *
 * Returns: (array length=n_points) (transfer none) (nullable): the mesh; as long as @face
 *
 * Since: 0.1
 */
const GstTfcPoint *
gst_tfc_face_get_points (const GstTfcFace *face, guint *n_points)
{
  if (n_points)
    *n_points = face ? tfc_face_n_points (face) : 0;
  g_return_val_if_fail (face != NULL, NULL);
  return face->points;
}

/**
 * gst_tfc_detection_meta_dup_detections: (rename-to gst_tfc_detection_meta_get_detections)
 * @meta: the meta
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (element-type GstTfcDetection): copies that outlive the buffer, best
 * first
 *
 * Since: 0.1
 */
GList *
gst_tfc_detection_meta_dup_detections (const GstTfcDetectionMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return copy_detections (meta->detections, meta->n_detections);
}

/**
 * gst_tfc_face_meta_dup_faces: (rename-to gst_tfc_face_meta_get_faces)
 * @meta: the meta
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (element-type GstTfcFace): copies that outlive the buffer, with their
 * points
 *
 * Since: 0.1
 */
GList *
gst_tfc_face_meta_dup_faces (const GstTfcFaceMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return copy_faces (meta->faces, meta->n_faces);
}

/**
 * gst_tfc_face_dup_points: (rename-to gst_tfc_face_get_points)
 * @face: the face
 *
 * For language bindings; in C read @face's array. All coordinates as numbers:
 * gst_tfc_face_get_coordinates().
 *
 * Returns: (transfer full) (element-type GstTfcPoint): copies
 *
 * Since: 0.1
 */
GList *
gst_tfc_face_dup_points (const GstTfcFace *face)
{
  GList *copies = NULL;

  g_return_val_if_fail (face != NULL, NULL);
  for (guint i = tfc_face_n_points (face); i-- > 0;)
    copies = g_list_prepend (copies, gst_tfc_point_copy (&face->points[i]));
  return copies;
}

/**
 * gst_tfc_results_dup_detections: (rename-to gst_tfc_results_get_detections)
 * @results: the results
 *
 * For language bindings; in C gst_tfc_results_get_detections() copies nothing.
 *
 * Returns: (transfer full) (element-type GstTfcDetection): copies, best first; none if these are no
 * detections
 *
 * Since: 0.1
 */
GList *
gst_tfc_results_dup_detections (const GstTfcResults *results)
{
  const GstTfcDetection *detections;
  guint n;

  g_return_val_if_fail (results != NULL, NULL);
  detections = gst_tfc_results_get_detections (results, &n);
  return copy_detections (detections, n);
}

/**
 * gst_tfc_results_dup_faces: (rename-to gst_tfc_results_get_faces)
 * @results: the results
 *
 * For language bindings; in C gst_tfc_results_get_faces() copies nothing.
 *
 * Returns: (transfer full) (element-type GstTfcFace): copies with their points; none if these are
 * no faces
 *
 * Since: 0.1
 */
GList *
gst_tfc_results_dup_faces (const GstTfcResults *results)
{
  const GstTfcFace *faces;
  guint n;

  g_return_val_if_fail (results != NULL, NULL);
  faces = gst_tfc_results_get_faces (results, &n);
  return copy_faces (faces, n);
}

/**
 * gst_tfc_face_get_coordinates:
 * @face: the face
 * @n_values: (out) (optional): three times the number of points
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
  if (n_values)
    *n_values = face ? 3 * tfc_face_n_points (face) : 0;
  g_return_val_if_fail (face != NULL, NULL);
  return (const gfloat *)face->points;
}
