/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/lib/gsttfcfacemeta.h"
#include "gst/lib/gsttfcresults-private.h"

static gsize
tail_bytes (gconstpointer item)
{
  const GstTfcFace *face = item;

  return (face->head ? sizeof *face->head : 0) + tfc_face_n_points (face) * sizeof (GstTfcPoint);
}

static guint8 *
settle (gpointer item, guint8 *tail)
{
  GstTfcFace *face = item;
  const gsize bytes = tfc_face_n_points (face) * sizeof (GstTfcPoint);

  if (face->head) {
    memcpy (tail, face->head, sizeof *face->head);
    face->head = (const GstTfcHead *)tail;
    tail += sizeof *face->head;
  }
  face->n_points = tfc_face_n_points (face);
  if (bytes)
    memcpy (tail, face->points, bytes);
  face->points = (const GstTfcPoint *)tail;
  return tail + bytes;
}

const TfcItemKind tfc_face_kind = {sizeof (GstTfcFace), tail_bytes, settle,
                                   gst_tfc_face_meta_get_info};

/**
 * gst_tfc_point_copy: (skip)
 * @point: a point
 *
 * Copies a point.
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
 * Frees a copy.
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
 * Copies a face with its points, so that it stays valid when the buffer is gone.
 *
 * Returns: (transfer full): a copy with its points, in one allocation, for gst_tfc_face_free()
 *
 * Since: 0.1
 */
GstTfcFace *
gst_tfc_face_copy (const GstTfcFace *face)
{
  g_return_val_if_fail (face != NULL, NULL);
  return tfc_item_copy (&tfc_face_kind, face);
}

/**
 * gst_tfc_face_free: (skip)
 * @face: (transfer full) (nullable): a copy
 *
 * Frees a copy with its points.
 *
 * Since: 0.1
 */
void
gst_tfc_face_free (GstTfcFace *face)
{
  g_free (face);
}

G_DEFINE_BOXED_TYPE (GstTfcPoint, gst_tfc_point, gst_tfc_point_copy, gst_tfc_point_free)
G_DEFINE_BOXED_TYPE (GstTfcFace, gst_tfc_face, gst_tfc_face_copy, gst_tfc_face_free)

/**
 * gst_tfc_face_get_points:
 * @face: the face
 * @n_points: (out) (optional): how many
 *
 * The mesh as an array, without a copy.
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
 * gst_tfc_face_get_coordinates:
 * @face: the face
 * @n_values: (out) (optional): three times the number of points
 *
 * All points at once, for numerical code: x, y, z, x, y, z, ...
 *
 * Returns: (array length=n_values) (transfer none) (nullable): valid as long as @face; may be
 *   %NULL where there are none
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
 * gst_tfc_results_new_faces:
 * @model: (nullable): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @faces: (array length=n_faces) (nullable): copied with their points
 * @n_faces: how many; 0 is allowed
 *
 * Makes results of faces, for elements that attach the same ones to several buffers.
 *
 * Returns: (transfer full) (nullable): the results; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_results_new_faces (const gchar *model, GstClockTime pts, const GstTfcFace *faces,
                           guint n_faces)
{
  g_return_val_if_fail (faces != NULL || n_faces == 0, NULL);
  return tfc_results_copy_items (GST_TFC_RESULTS_KIND_FACES, model, pts, faces, n_faces);
}

/**
 * gst_tfc_results_get_faces:
 * @results: the results
 * @n_faces: (out) (optional): how many
 *
 * The faces as an array, without a copy.
 *
 * Returns: (array length=n_faces) (transfer none) (nullable): the faces; %NULL if these are
 *   others; valid as long as @results
 *
 * Since: 0.1
 */
const GstTfcFace *
gst_tfc_results_get_faces (const GstTfcResults *results, guint *n_faces)
{
  const GstTfcFace *faces = tfc_results_items (results, GST_TFC_RESULTS_KIND_FACES, n_faces);

  g_return_val_if_fail (results != NULL, NULL);
  return faces;
}

/**
 * gst_tfc_results_dup_faces: (rename-to gst_tfc_results_get_faces)
 * @results: the results
 *
 * For language bindings; in C gst_tfc_results_get_faces() copies nothing.
 *
 * Returns: (transfer full) (element-type GstTfcFace): copies with their points; an empty list if
 * these are others
 *
 * Since: 0.1
 */
GList *
gst_tfc_results_dup_faces (const GstTfcResults *results)
{
  g_return_val_if_fail (results != NULL, NULL);
  return tfc_results_dup_items (results, GST_TFC_RESULTS_KIND_FACES);
}

/**
 * gst_tfc_face_get_head: (skip)
 * @face: the face
 *
 * How the head is held and what eyes and mouth do, without a copy.
 *
 * Returns: (transfer none) (nullable): as long as @face; %NULL if the mesh does not fit a head
 *
 * Since: 0.1
 */
const GstTfcHead *
gst_tfc_face_get_head (const GstTfcFace *face)
{
  g_return_val_if_fail (face != NULL, NULL);
  return face->head;
}

/**
 * gst_tfc_face_dup_head: (rename-to gst_tfc_face_get_head)
 * @face: the face
 *
 * For language bindings; in C read @face's field.
 *
 * Returns: (transfer full) (nullable): a copy; %NULL if the mesh does not fit a head
 *
 * Since: 0.1
 */
GstTfcHead *
gst_tfc_face_dup_head (const GstTfcFace *face)
{
  g_return_val_if_fail (face != NULL, NULL);
  return face->head ? gst_tfc_head_copy (face->head) : NULL;
}
