/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcfacemeta.h"
#include "gst/lib/gsttfcmeta-private.h"
#include "gst/lib/gsttfcresults-private.h"

/**
 * gst_tfc_face_meta_api_get_type:
 *
 * Registers the API of #GstTfcFaceMeta when it is first called.
 *
 * Returns: the API type, for gst_buffer_get_meta()
 *
 * Since: 0.1
 */
GType
gst_tfc_face_meta_api_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, gst_tfc_meta_register_api ("GstTfcFaceMetaAPI"));
  return type;
}

/**
 * gst_tfc_face_meta_get_info:
 *
 * Registers #GstTfcFaceMeta when it is first called.
 *
 * Returns: (transfer none): the registration of #GstTfcFaceMeta
 *
 * Since: 0.1
 */
const GstMetaInfo *
gst_tfc_face_meta_get_info (void)
{
  static gsize info;

  if (g_once_init_enter (&info))
    g_once_init_leave (&info,
                       (gsize)gst_tfc_meta_register (GST_TFC_FACE_META_API_TYPE, "GstTfcFaceMeta"));
  return (const GstMetaInfo *)info;
}

/**
 * gst_buffer_get_tfc_face_meta:
 * @buffer: a buffer
 *
 * Reads what tfcfacemesh attached to a buffer.
 *
 * Returns: (transfer none) (nullable): the buffer's first meta of this kind, or %NULL
 *
 * Since: 0.1
 */
GstTfcFaceMeta *
gst_buffer_get_tfc_face_meta (GstBuffer *buffer)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);
  return (GstTfcFaceMeta *)gst_buffer_get_meta (buffer, GST_TFC_FACE_META_API_TYPE);
}

/**
 * gst_buffer_add_tfc_face_meta:
 * @buffer: a writable buffer
 * @model: (nullable): name of the mesh model; interned
 * @pts: PTS of the frame that was analysed
 * @held: whether that was an earlier frame
 * @faces: (array length=n_faces) (nullable): copied with their points
 * @n_faces: how many; 0 is allowed
 *
 * Attaches faces to a buffer.
 *
 * Returns: (transfer none) (nullable): the meta; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcFaceMeta *
gst_buffer_add_tfc_face_meta (GstBuffer *buffer, const gchar *model, GstClockTime pts,
                              gboolean held, const GstTfcFace *faces, guint n_faces)
{
  GstTfcResults *results;
  GstMeta *meta = NULL;

  g_return_val_if_fail (GST_IS_BUFFER (buffer) && gst_buffer_is_writable (buffer), NULL);
  results = gst_tfc_results_new_faces (model, pts, faces, n_faces);
  if (results)
    meta = gst_buffer_add_tfc_results (buffer, results, held);
  gst_tfc_results_unref (results);
  return (GstTfcFaceMeta *)meta;
}

/**
 * gst_tfc_face_meta_get_results:
 * @meta: the meta
 *
 * For code that needs the results longer than the buffer: take a reference with
 * gst_tfc_results_ref(). Nothing is copied.
 *
 * Returns: (transfer none) (nullable): the results; %NULL only if the meta was added by hand and
 *   never filled
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_face_meta_get_results (const GstTfcFaceMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results;
}

/**
 * gst_tfc_face_meta_get_faces:
 * @meta: the meta
 * @n_faces: (out) (optional): how many
 *
 * The faces as an array, without a copy.
 *
 * Returns: (array length=n_faces) (transfer none) (nullable): those followed longest first;
 *   valid as long as the meta
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
 * gst_tfc_face_meta_dup_faces: (rename-to gst_tfc_face_meta_get_faces)
 * @meta: the meta
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (element-type GstTfcFace): copies that outlive the buffer, with
 *   their points
 *
 * Since: 0.1
 */
GList *
gst_tfc_face_meta_dup_faces (const GstTfcFaceMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results ? gst_tfc_results_dup_faces (meta->results) : NULL;
}
