/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Faces of a frame, on its buffer. */
#include "gsttfcresults.h"

G_BEGIN_DECLS

/**
 * GstTfcFaceMeta:
 * @meta: parent
 * @model: (transfer none): name of the mesh model; interned
 * @pts: PTS of the frame that was analysed
 * @held: TRUE if that was an earlier frame than this buffer (`interval`, a late frame, a repeated
 *   picture, `mode=latest`)
 * @n_faces: number of entries of @faces
 * @faces: @n_faces of them, those followed longest first; immutable (in bindings:
 *   gst_tfc_face_meta_dup_faces()). A face that comes back with its old id is the last
 *
 * What tfcfacemesh found, attached to a buffer. A frame without any face has a meta with no
 * entries.
 *
 * Since: 0.1
 */
typedef struct _GstTfcFaceMeta {
  GstMeta meta;
  const gchar *model;
  GstClockTime pts;
  gboolean held;
  guint n_faces;
#ifndef __GI_SCANNER__
  const GstTfcFace *faces;
#else
  /*< private >*/
  gconstpointer _faces;
#endif

  /*< private >*/
  GstTfcResults *results; /* owner of the array */
  gpointer _gst_reserved[GST_PADDING];
} GstTfcFaceMeta;

/**
 * GST_TFC_FACE_META_API_TYPE:
 *
 * The API type of #GstTfcFaceMeta, for gst_buffer_get_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_FACE_META_API_TYPE (gst_tfc_face_meta_api_get_type ())

/**
 * GST_TFC_FACE_META_INFO:
 *
 * The registration of #GstTfcFaceMeta, for gst_buffer_add_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_FACE_META_INFO (gst_tfc_face_meta_get_info ())
GST_TFC_API GType gst_tfc_face_meta_api_get_type (void);
GST_TFC_API const GstMetaInfo *gst_tfc_face_meta_get_info (void);

GST_TFC_API GstTfcFaceMeta *gst_buffer_get_tfc_face_meta (GstBuffer *buffer);
GST_TFC_API GstTfcFaceMeta *gst_buffer_add_tfc_face_meta (GstBuffer *buffer, const gchar *model,
                                                          GstClockTime pts, gboolean held,
                                                          const GstTfcFace *faces, guint n_faces);

GST_TFC_API GstTfcResults *gst_tfc_face_meta_get_results (const GstTfcFaceMeta *meta);
GST_TFC_API const GstTfcFace *gst_tfc_face_meta_get_faces (const GstTfcFaceMeta *meta,
                                                           guint *n_faces);

/* Copies, for language bindings. */
GST_TFC_API GstTfcFace *gst_tfc_face_meta_get_face (const GstTfcFaceMeta *meta, guint index);
GST_TFC_API GList *gst_tfc_face_meta_dup_faces (const GstTfcFaceMeta *meta);

G_END_DECLS
