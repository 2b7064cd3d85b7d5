/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcenums.h"
#include "gst/lib/gsttfckinds.h"
#include "gst/lib/gsttfcoverlayenums.h"
#include "gst/lib/gsttfcenums-private.h"

// clang-format off
static const GEnumValue gst_tfc_backend_values[] = {
  { GST_TFC_BACKEND_AUTO, "The fastest backend for each layer on this CPU", "auto" },
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
  { GST_TFC_POST_MESSAGES_CHANGES, "When the labels or their number have changed", "changes" },
  { GST_TFC_POST_MESSAGES_ALL, "For every analysed frame", "all" },
  { 0, NULL, NULL }
};
static const GFlagsValue gst_tfc_attach_values[] = {
  { GST_TFC_ATTACH_OWN, "This library's own: GstTfcDetectionMeta, GstTfcFaceMeta, ...", "own" },
  { GST_TFC_ATTACH_ROI, "GstVideoRegionOfInterestMeta", "roi" },
  { GST_TFC_ATTACH_ANALYTICS, "GstAnalytics object, tracking, class and mask metadata (GStreamer 1.24; masks 1.26)", "analytics" },
  { 0, NULL, NULL }
};
/* Names with underscores as in TensorFlow.js, so that a pipeline may spell a model either way. */
static const GEnumValue gst_tfc_base_model_values[] = {
  { GST_TFC_BASE_MODEL_LITE_MOBILENET_V2, "lite_mobilenet_v2", "lite-mobilenet-v2" },
  { GST_TFC_BASE_MODEL_MOBILENET_V1, "mobilenet_v1", "mobilenet-v1" },
  { GST_TFC_BASE_MODEL_MOBILENET_V2, "mobilenet_v2", "mobilenet-v2" },
  { GST_TFC_BASE_MODEL_MOBILENET_V1_QUANT, "mobilenet_v1_quant", "mobilenet-v1-quant" },
  { GST_TFC_BASE_MODEL_NANODET, "nanodet", "nanodet" },
  { GST_TFC_BASE_MODEL_SSD_MOBILENET_V2_OID, "ssd_mobilenet_v2_oid", "ssd-mobilenet-v2-oid" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_face_detector_values[] = {
  { GST_TFC_FACE_DETECTOR_SHORT_RANGE, "BlazeFace for faces within about two metres", "short-range" },
  { GST_TFC_FACE_DETECTOR_FULL_RANGE, "BlazeFace for faces within about five metres; slower", "full-range" },
  { GST_TFC_FACE_DETECTOR_FULL_RANGE_SPARSE, "The same as full-range with sparse weights", "full-range-sparse" },
  { GST_TFC_FACE_DETECTOR_BACK, "The older BlazeFace for the rear camera of a phone", "back" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_mesh_model_values[] = {
  { GST_TFC_MESH_MODEL_PLAIN, "468 points; another model computes the irises", "plain" },
  { GST_TFC_MESH_MODEL_ATTENTION, "478 points with refined lips, eyes and irises in one model", "attention" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_tracking_values[] = {
  { GST_TFC_TRACKING_NONE, "Each analysis for itself, or the element's own rules", "none" },
  { GST_TFC_TRACKING_MOTION, "Followed by how it moves, and predicted where it is missed", "motion" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_on_values[] = {
  { GST_TFC_ON_FRAME, "The whole frame", "frame" },
  { GST_TFC_ON_OBJECTS, "Each object that was detected upstream", "objects" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_classify_model_values[] = {
  { GST_TFC_CLASSIFY_MODEL_MOBILENET_V1_025, "MobileNet V1 x 0.25 of the mobilenet package", "mobilenet-v1-025" },
  { GST_TFC_CLASSIFY_MODEL_MOBILENET_V2, "MobileNet V2, 8 bits", "mobilenet-v2" },
  { GST_TFC_CLASSIFY_MODEL_MOBILENET_V2_INT8, "MobileNet V2, 8 bits with a scale for each channel", "mobilenet-v2-int8" },
  { GST_TFC_CLASSIFY_MODEL_MOBILENET_V1_025_QUANT, "MobileNet V1 x 0.25 at 128 x 128, 8 bits", "mobilenet-v1-025-quant" },
  { GST_TFC_CLASSIFY_MODEL_EMBEDDING, "MobileNet V1, 8 bits, without classes: to be taught", "embedding" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_hand_model_values[] = {
  { GST_TFC_HAND_MODEL_FULL, "The more exact palm detector and hand landmarks", "full" },
  { GST_TFC_HAND_MODEL_LITE, "The faster ones", "lite" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_pose_model_values[] = {
  { GST_TFC_POSE_MODEL_MOVENET_LIGHTNING, "MoveNet Lightning: one person, 17 points", "movenet-lightning" },
  { GST_TFC_POSE_MODEL_MOVENET_THUNDER, "MoveNet Thunder: one person, 17 points; slower, fewer errors", "movenet-thunder" },
  { GST_TFC_POSE_MODEL_MOVENET_MULTIPOSE, "MoveNet MultiPose: up to six people, 17 points", "movenet-multipose" },
  { GST_TFC_POSE_MODEL_POSENET, "PoseNet: any number of people, 17 points", "posenet" },
  { GST_TFC_POSE_MODEL_BLAZEPOSE_LITE, "BlazePose lite: one person, 33 points, world points", "blazepose-lite" },
  { GST_TFC_POSE_MODEL_BLAZEPOSE_FULL, "BlazePose full: one person, 33 points, world points; slower, fewer errors", "blazepose-full" },
  { GST_TFC_POSE_MODEL_BLAZEPOSE_HEAVY, "BlazePose heavy: one person, 33 points, world points; the slowest, the fewest errors", "blazepose-heavy" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_label_format_values[] = {
  { GST_TFC_LABEL_FORMAT_NONE, "The name alone: person", "none" },
  { GST_TFC_LABEL_FORMAT_PERCENT, "Score in per cent: 87.3% person", "percent" },
  { GST_TFC_LABEL_FORMAT_SCORE, "Score as a fraction: 0.873 person", "score" },
  { GST_TFC_LABEL_FORMAT_ID, "Track id: #7 person; the name alone of what is not tracked", "id" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_pose_tracker_values[] = {
  { GST_TFC_POSE_TRACKER_BOUNDING_BOX, "By how much boxes overlap", "bounding-box" },
  { GST_TFC_POSE_TRACKER_KEYPOINT, "By how near points are to each other (object keypoint similarity)", "keypoint" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_segment_model_values[] = {
  { GST_TFC_SEGMENT_MODEL_SELFIE, "Selfie segmentation, 256x256", "selfie" },
  { GST_TFC_SEGMENT_MODEL_SELFIE_LANDSCAPE, "Selfie segmentation for wide pictures, 256x144", "selfie-landscape" },
  { GST_TFC_SEGMENT_MODEL_BODY_PIX_050, "BodyPix on half of MobileNet's channels", "body-pix-050" },
  { GST_TFC_SEGMENT_MODEL_BODY_PIX_050_QUANT1, "The same with 8-bit weights", "body-pix-050-quant1" },
  { GST_TFC_SEGMENT_MODEL_BODY_PIX_075, "BodyPix on three quarters of the channels, 16-bit weights", "body-pix-075" },
  { GST_TFC_SEGMENT_MODEL_BODY_PIX_075_QUANT1, "The same with 8-bit weights", "body-pix-075-quant1" },
  { GST_TFC_SEGMENT_MODEL_BODY_PIX_100, "BodyPix on all channels, 8-bit weights", "body-pix-100" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_internal_resolution_values[] = {
  { GST_TFC_INTERNAL_RESOLUTION_LOW, "A quarter of the frame's sides", "low" },
  { GST_TFC_INTERNAL_RESOLUTION_MEDIUM, "Half of the frame's sides", "medium" },
  { GST_TFC_INTERNAL_RESOLUTION_HIGH, "Three quarters of the frame's sides", "high" },
  { GST_TFC_INTERNAL_RESOLUTION_FULL, "The frame's size", "full" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_privacy_values[] = {
  { GST_TFC_PRIVACY_NONE, "Leave faces as they are", "none" },
  { GST_TFC_PRIVACY_BLUR, "Blur faces", "blur" },
  { GST_TFC_PRIVACY_PIXELATE, "Show faces as a few large squares", "pixelate" },
  { GST_TFC_PRIVACY_FILL, "Fill faces with black", "fill" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_mask_effect_values[] = {
  { GST_TFC_MASK_EFFECT_NONE, "Leave the picture as it is", "none" },
  { GST_TFC_MASK_EFFECT_TINT, "Tint people", "tint" },
  { GST_TFC_MASK_EFFECT_PARTS, "Tint parts of bodies, or people one by one, each in its colour", "parts" },
  { GST_TFC_MASK_EFFECT_BLUR_BACKGROUND, "Blur what is behind people", "blur-background" },
  { GST_TFC_MASK_EFFECT_PIXELATE_BACKGROUND, "Show what is behind people as large squares", "pixelate-background" },
  { GST_TFC_MASK_EFFECT_REPLACE_BACKGROUND, "Show a colour or a picture behind people", "replace-background" },
  { GST_TFC_MASK_EFFECT_CUTOUT, "Make what is behind people transparent, or a colour where the format has no alpha", "cutout" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_privacy_unknown_values[] = {
  { GST_TFC_PRIVACY_UNKNOWN_PASS, "Pass the frame; only faces that were lost a moment ago stay hidden", "pass" },
  { GST_TFC_PRIVACY_UNKNOWN_HIDE, "Hide the whole frame in the way that privacy says", "hide" },
  { GST_TFC_PRIVACY_UNKNOWN_DROP, "Drop the frame", "drop" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_results_kind_values[] = {
  { GST_TFC_RESULTS_KIND_DETECTIONS, "GstTfcDetection", "detections" },
  { GST_TFC_RESULTS_KIND_FACES, "GstTfcFace", "faces" },
  { GST_TFC_RESULTS_KIND_POSES, "GstTfcPose", "poses" },
  { GST_TFC_RESULTS_KIND_MASK, "GstTfcMask", "mask" },
  { GST_TFC_RESULTS_KIND_CLASSES, "GstTfcClass", "classes" },
  { GST_TFC_RESULTS_KIND_EVENTS, "GstTfcEvent", "events" },
  { GST_TFC_RESULTS_KIND_ZONES, "GstTfcZone", "zones" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_event_type_values[] = {
  { GST_TFC_EVENT_ENTER, "An object has come into a zone", "enter" },
  { GST_TFC_EVENT_LEAVE, "An object has left a zone, or was lost in it", "leave" },
  { GST_TFC_EVENT_CROSS, "An object has crossed a line", "cross" },
  { GST_TFC_EVENT_LOITER, "An object has been in a zone for long", "loiter" },
  { GST_TFC_EVENT_COUNT, "Another number of objects is in a zone", "count" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_direction_values[] = {
  { GST_TFC_DIRECTION_NONE, "None", "none" },
  { GST_TFC_DIRECTION_A_TO_B, "From side a of a line to side b", "a-to-b" },
  { GST_TFC_DIRECTION_B_TO_A, "From side b of a line to side a", "b-to-a" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_point_layout_values[] = {
  { GST_TFC_POINT_LAYOUT_COCO_17, "17 points of a body, COCO's order", "coco-17" },
  { GST_TFC_POINT_LAYOUT_BLAZEPOSE_33, "33 points of a body", "blazepose-33" },
  { GST_TFC_POINT_LAYOUT_HAND_21, "21 points of a hand", "hand-21" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_handedness_values[] = {
  { GST_TFC_HANDEDNESS_UNKNOWN, "Not known, or no hand", "unknown" },
  { GST_TFC_HANDEDNESS_LEFT, "A left hand", "left" },
  { GST_TFC_HANDEDNESS_RIGHT, "A right hand", "right" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_mask_kind_values[] = {
  { GST_TFC_MASK_KIND_PERSON, "Probability that a person is there, times 255", "person" },
  { GST_TFC_MASK_KIND_PARTS, "1 + the index of a part of the body, 0: nobody", "parts" },
  { GST_TFC_MASK_KIND_PEOPLE, "1 + the index of a person, 0: nobody", "people" },
  { 0, NULL, NULL }
};
// clang-format on

GST_TFC_DEFINE_TYPE ("GstTfcBackend", gst_tfc_backend, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcMode", gst_tfc_mode, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcPostMessages", gst_tfc_post_messages, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcAttach", gst_tfc_attach, g_flags_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcBaseModel", gst_tfc_base_model, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcFaceDetector", gst_tfc_face_detector, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcMeshModel", gst_tfc_mesh_model, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcTracking", gst_tfc_tracking, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcOn", gst_tfc_on, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcClassifyModel", gst_tfc_classify_model, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcHandModel", gst_tfc_hand_model, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcPoseModel", gst_tfc_pose_model, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcPoseTracker", gst_tfc_pose_tracker, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcLabelFormat", gst_tfc_label_format, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcSegmentModel", gst_tfc_segment_model, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcInternalResolution", gst_tfc_internal_resolution,
                     g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcPrivacy", gst_tfc_privacy, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcPrivacyUnknown", gst_tfc_privacy_unknown, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcMaskEffect", gst_tfc_mask_effect, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcResultsKind", gst_tfc_results_kind, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcEventType", gst_tfc_event_type, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcDirection", gst_tfc_direction, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcPointLayout", gst_tfc_point_layout, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcHandedness", gst_tfc_handedness, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcMaskKind", gst_tfc_mask_kind, g_enum_register_static)
