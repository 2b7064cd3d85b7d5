/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Enum types of the elements' properties; thread-safe. */
#include <gst/gst.h>

/* Defines name_get_type () of an enum or flags type that is called Name, from the array name_values. */
#define GST_TFC_DEFINE_ENUM(Name, name) GST_TFC_DEFINE_VALUES (Name, name, g_enum_register_static)
#define GST_TFC_DEFINE_FLAGS(Name, name) GST_TFC_DEFINE_VALUES (Name, name, g_flags_register_static)
#define GST_TFC_DEFINE_VALUES(Name, name, register_static)              \
  GType name##_get_type (void)                                          \
  {                                                                     \
    static gsize type;                                                  \
    if (g_once_init_enter (&type))                                      \
      g_once_init_leave (&type, register_static (Name, name##_values)); \
    return type;                                                        \
  }

/**
 * GstTfcBackend:
 * @GST_TFC_BACKEND_AUTO: whatever is fastest on this CPU, layer by layer: own kernels, XNNPACK
 * @GST_TFC_BACKEND_XNNPACK: XNNPACK, fast on CPUs
 * @GST_TFC_BACKEND_REFERENCE: plain loops, slow: the specification that other backends are held to
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_BACKEND_AUTO,
  GST_TFC_BACKEND_XNNPACK,
  GST_TFC_BACKEND_REFERENCE
} GstTfcBackend;

/**
 * GstTfcMode:
 * @GST_TFC_MODE_SYNC: every buffer waits for its result
 * @GST_TFC_MODE_LATEST: buffers pass at once with the newest results there are, marked as held; a thread
 *   analyses the newest frame whenever it is free
 *
 * Since: 0.1
 */
typedef enum { GST_TFC_MODE_SYNC, GST_TFC_MODE_LATEST } GstTfcMode;

/**
 * GstTfcAttach:
 * @GST_TFC_ATTACH_OWN: GstTfcDetectionMeta or GstTfcFaceMeta
 * @GST_TFC_ATTACH_ROI: one GstVideoRegionOfInterestMeta per object or face
 * @GST_TFC_ATTACH_ANALYTICS: one GstAnalyticsODMtd per object or face, and a tracking one where it is
 *   tracked; nothing where the plugin was built without GStreamer's analytics library (before 1.24)
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_ATTACH_OWN = 1 << 0,
  GST_TFC_ATTACH_ROI = 1 << 1,
  GST_TFC_ATTACH_ANALYTICS = 1 << 2
} GstTfcAttach;

/**
 * GstTfcPostMessages:
 * @GST_TFC_POST_MESSAGES_NONE: no messages
 * @GST_TFC_POST_MESSAGES_CHANGES: one whenever other labels are seen, or another number of them
 * @GST_TFC_POST_MESSAGES_ALL: one for every analysed frame
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_POST_MESSAGES_NONE,
  GST_TFC_POST_MESSAGES_CHANGES,
  GST_TFC_POST_MESSAGES_ALL
} GstTfcPostMessages;

/**
 * GstTfcBaseModel:
 * @GST_TFC_BASE_MODEL_LITE_MOBILENET_V2: coco-ssd's default: SSDLite on MobileNet v2, 18.6 MB
 * @GST_TFC_BASE_MODEL_MOBILENET_V1: SSD on MobileNet v1, 27 MB
 * @GST_TFC_BASE_MODEL_MOBILENET_V2: SSD on MobileNet v2, 67 MB, the slowest
 * @GST_TFC_BASE_MODEL_MOBILENET_V1_QUANT: TFLite's starter model, 8-bit SSD on MobileNet v1, 4.2 MB
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_BASE_MODEL_LITE_MOBILENET_V2,
  GST_TFC_BASE_MODEL_MOBILENET_V1,
  GST_TFC_BASE_MODEL_MOBILENET_V2,
  GST_TFC_BASE_MODEL_MOBILENET_V1_QUANT
} GstTfcBaseModel;

/**
 * GstTfcFaceDetector:
 * @GST_TFC_FACE_DETECTOR_SHORT_RANGE: BlazeFace for faces within about two metres, the reference's
 * @GST_TFC_FACE_DETECTOR_FULL_RANGE: finds smaller faces, within about five metres; slower
 * @GST_TFC_FACE_DETECTOR_FULL_RANGE_SPARSE: the same with sparse weights
 * @GST_TFC_FACE_DETECTOR_BACK: the older network for cameras at a phone's back
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_FACE_DETECTOR_SHORT_RANGE,
  GST_TFC_FACE_DETECTOR_FULL_RANGE,
  GST_TFC_FACE_DETECTOR_FULL_RANGE_SPARSE,
  GST_TFC_FACE_DETECTOR_BACK
} GstTfcFaceDetector;

/**
 * GstTfcMeshModel:
 * @GST_TFC_MESH_MODEL_PLAIN: 468 points, the reference's; irises from a network of their own
 * @GST_TFC_MESH_MODEL_ATTENTION: 478 points with refined lips, eyes and irises in one network
 *
 * Since: 0.1
 */
typedef enum { GST_TFC_MESH_MODEL_PLAIN, GST_TFC_MESH_MODEL_ATTENTION } GstTfcMeshModel;

#define GST_TFC_TYPE_BACKEND (gst_tfc_backend_get_type ())
#define GST_TFC_TYPE_MODE (gst_tfc_mode_get_type ())
#define GST_TFC_TYPE_POST_MESSAGES (gst_tfc_post_messages_get_type ())
#define GST_TFC_TYPE_ATTACH (gst_tfc_attach_get_type ())
#define GST_TFC_TYPE_BASE_MODEL (gst_tfc_base_model_get_type ())
#define GST_TFC_TYPE_FACE_DETECTOR (gst_tfc_face_detector_get_type ())
#define GST_TFC_TYPE_MESH_MODEL (gst_tfc_mesh_model_get_type ())
GType gst_tfc_backend_get_type (void);
GType gst_tfc_mode_get_type (void);
GType gst_tfc_post_messages_get_type (void);
GType gst_tfc_attach_get_type (void);
GType gst_tfc_base_model_get_type (void);
GType gst_tfc_face_detector_get_type (void);
GType gst_tfc_mesh_model_get_type (void);
