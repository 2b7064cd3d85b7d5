/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Results of one frame, apart from any buffer: for elements that attach the same ones to several
 * buffers, and for applications that keep them longer than the buffer. */
#include "gsttfcclass.h"
#include "gsttfcdetection.h"
#include "gsttfcevent.h"
#include "gsttfcface.h"
#include "gsttfcmask.h"
#include "gsttfcpose.h"
#include "gsttfczone.h"

G_BEGIN_DECLS

/**
 * GstTfcResults: (ref-func gst_tfc_results_ref) (unref-func gst_tfc_results_unref)
 *
 * The results of one analysed frame, of one #GstTfcResultsKind: immutable, reference counted,
 * thread-safe. The metas of a buffer, of its copies and of the buffers that repeat a held result
 * share one. Memory that is no longer referenced is used again, so that a steady stream allocates
 * nothing.
 *
 * Since: 0.1
 */
typedef struct _GstTfcResults GstTfcResults;

/**
 * GST_TYPE_TFC_RESULTS:
 *
 * The boxed type of #GstTfcResults; a copy is a reference.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_RESULTS (gst_tfc_results_get_type ())
GST_TFC_API GType gst_tfc_results_get_type (void);
GST_TFC_API GstTfcResults *gst_tfc_results_new_detections (const gchar *model, GstClockTime pts,
                                                           const GstTfcDetection *detections,
                                                           guint n_detections);
GST_TFC_API GstTfcResults *gst_tfc_results_new_faces (const gchar *model, GstClockTime pts,
                                                      const GstTfcFace *faces, guint n_faces);
GST_TFC_API GstTfcResults *gst_tfc_results_new_poses (const gchar *model, GstClockTime pts,
                                                      const GstTfcPose *poses, guint n_poses);
GST_TFC_API GstTfcResults *gst_tfc_results_new_mask (const gchar *model, GstClockTime pts,
                                                     const GstTfcMask *mask);
GST_TFC_API GstTfcResults *gst_tfc_results_new_classes (const gchar *model, GstClockTime pts,
                                                        const GstTfcClass *classes,
                                                        guint n_classes);
GST_TFC_API GstTfcResults *gst_tfc_results_new_events (const gchar *model, GstClockTime pts,
                                                       const GstTfcEvent *events, guint n_events);
GST_TFC_API GstTfcResults *gst_tfc_results_new_zones (const gchar *model, GstClockTime pts,
                                                      const GstTfcZone *zones, guint n_zones);
GST_TFC_API GstTfcResults *gst_tfc_results_new_mirrored (const GstTfcResults *results);
GST_TFC_API GstTfcResults *gst_tfc_results_ref (GstTfcResults *results);
GST_TFC_API void gst_tfc_results_unref (GstTfcResults *results);

GST_TFC_API GstTfcResultsKind gst_tfc_results_get_kind (const GstTfcResults *results);
GST_TFC_API const gchar *gst_tfc_results_get_model (const GstTfcResults *results);
GST_TFC_API GstClockTime gst_tfc_results_get_pts (const GstTfcResults *results);
GST_TFC_API const GstTfcDetection *gst_tfc_results_get_detections (const GstTfcResults *results,
                                                                   guint *n_detections);
GST_TFC_API const GstTfcFace *gst_tfc_results_get_faces (const GstTfcResults *results,
                                                         guint *n_faces);
GST_TFC_API const GstTfcPose *gst_tfc_results_get_poses (const GstTfcResults *results,
                                                         guint *n_poses);
GST_TFC_API const GstTfcMask *gst_tfc_results_get_mask (const GstTfcResults *results);
GST_TFC_API GBytes *gst_tfc_results_dup_mask_bytes (GstTfcResults *results);
GST_TFC_API const GstTfcClass *gst_tfc_results_get_classes (const GstTfcResults *results,
                                                            guint *n_classes);
GST_TFC_API const GstTfcEvent *gst_tfc_results_get_events (const GstTfcResults *results,
                                                           guint *n_events);
GST_TFC_API const GstTfcZone *gst_tfc_results_get_zones (const GstTfcResults *results,
                                                         guint *n_zones);

/* Copies, for language bindings. */
GST_TFC_API GList *gst_tfc_results_dup_detections (const GstTfcResults *results);
GST_TFC_API GList *gst_tfc_results_dup_faces (const GstTfcResults *results);
GST_TFC_API GList *gst_tfc_results_dup_poses (const GstTfcResults *results);
GST_TFC_API GList *gst_tfc_results_dup_classes (const GstTfcResults *results);
GST_TFC_API GList *gst_tfc_results_dup_events (const GstTfcResults *results);
GST_TFC_API GList *gst_tfc_results_dup_zones (const GstTfcResults *results);

GST_TFC_API GstMeta *gst_buffer_add_tfc_results (GstBuffer *buffer, GstTfcResults *results,
                                                 gboolean held);
GST_TFC_API GstTfcResults *gst_tfc_meta_get_results (const GstMeta *meta, gboolean *held);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcResults, gst_tfc_results_unref)

G_END_DECLS
