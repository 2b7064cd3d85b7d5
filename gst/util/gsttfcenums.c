/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gst/util/gsttfcenums.h"

// clang-format off
static const GEnumValue gst_tfc_backend_values[] = {
  { GST_TFC_BACKEND_AUTO, "For each layer what is fastest on this CPU", "auto" },
  { GST_TFC_BACKEND_XNNPACK, "XNNPACK", "xnnpack" },
  { GST_TFC_BACKEND_REFERENCE, "Plain loops: slow, for comparison", "reference" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_mode_values[] = {
  { GST_TFC_MODE_SYNC, "Each buffer waits for its own results", "sync" },
  { GST_TFC_MODE_LATEST, "Buffers pass at once with the newest results; a thread analyses the newest frame whenever it is free", "latest" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_post_messages_values[] = {
  { GST_TFC_POST_MESSAGES_NONE, "No messages", "none" },
  { GST_TFC_POST_MESSAGES_CHANGES, "When the labels, or how many there are of each, have changed", "changes" },
  { GST_TFC_POST_MESSAGES_ALL, "For every analysed frame", "all" },
  { 0, NULL, NULL }
};
static const GFlagsValue gst_tfc_attach_values[] = {
  { GST_TFC_ATTACH_OWN, "GstTfcDetectionMeta or GstTfcFaceMeta", "own" },
  { GST_TFC_ATTACH_ROI, "GstVideoRegionOfInterestMeta", "roi" },
  { GST_TFC_ATTACH_ANALYTICS, "GstAnalytics object and tracking metadata (GStreamer 1.24)", "analytics" },
  { 0, NULL, NULL }
};
/* Names with underscores as in TensorFlow.js, so that a pipeline may spell a model either way. */
static const GEnumValue gst_tfc_base_model_values[] = {
  { GST_TFC_BASE_MODEL_LITE_MOBILENET_V2, "lite_mobilenet_v2", "lite-mobilenet-v2" },
  { GST_TFC_BASE_MODEL_MOBILENET_V1, "mobilenet_v1", "mobilenet-v1" },
  { GST_TFC_BASE_MODEL_MOBILENET_V2, "mobilenet_v2", "mobilenet-v2" },
  { GST_TFC_BASE_MODEL_MOBILENET_V1_QUANT, "mobilenet_v1_quant", "mobilenet-v1-quant" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_face_detector_values[] = {
  { GST_TFC_FACE_DETECTOR_SHORT_RANGE, "BlazeFace for faces within about two metres", "short-range" },
  { GST_TFC_FACE_DETECTOR_FULL_RANGE, "BlazeFace for faces within about five metres; slower", "full-range" },
  { GST_TFC_FACE_DETECTOR_FULL_RANGE_SPARSE, "The same as full-range with sparse weights", "full-range-sparse" },
  { GST_TFC_FACE_DETECTOR_BACK, "The older BlazeFace for cameras at the back of a phone", "back" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_mesh_model_values[] = {
  { GST_TFC_MESH_MODEL_PLAIN, "468 points; irises come from a model of their own", "plain" },
  { GST_TFC_MESH_MODEL_ATTENTION, "478 points with refined lips, eyes and irises in one model", "attention" },
  { 0, NULL, NULL }
};
// clang-format on

GST_TFC_DEFINE_ENUM ("GstTfcBackend", gst_tfc_backend)
GST_TFC_DEFINE_ENUM ("GstTfcMode", gst_tfc_mode)
GST_TFC_DEFINE_ENUM ("GstTfcPostMessages", gst_tfc_post_messages)
GST_TFC_DEFINE_FLAGS ("GstTfcAttach", gst_tfc_attach)
GST_TFC_DEFINE_ENUM ("GstTfcBaseModel", gst_tfc_base_model)
GST_TFC_DEFINE_ENUM ("GstTfcFaceDetector", gst_tfc_face_detector)
GST_TFC_DEFINE_ENUM ("GstTfcMeshModel", gst_tfc_mesh_model)
