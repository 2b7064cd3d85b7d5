/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The types of the elements' properties and of fields of the metadata, so that C programs can name their values. */
#include "tfc-prelude.h"

G_BEGIN_DECLS

/**
 * GstTfcBackend:
 * @GST_TFC_BACKEND_AUTO: the fastest for each layer on this CPU: the project's own kernels, XNNPACK
 * @GST_TFC_BACKEND_XNNPACK: XNNPACK, fast on CPUs
 * @GST_TFC_BACKEND_REFERENCE: plain loops, slow; the results that other backends are compared with
 *
 * Values of `backend` of the elements that analyse.
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
 * @GST_TFC_MODE_SYNC: each buffer waits for its own results
 * @GST_TFC_MODE_LATEST: buffers pass at once with the newest results, marked as held; a thread
 *   analyses the newest frame whenever it is free
 *
 * Values of `mode` of the elements that analyse.
 *
 * Since: 0.1
 */
typedef enum { GST_TFC_MODE_SYNC, GST_TFC_MODE_LATEST } GstTfcMode;

/**
 * GstTfcAttach:
 * @GST_TFC_ATTACH_OWN: the meta of this library: GstTfcDetectionMeta, GstTfcFaceMeta and so on
 * @GST_TFC_ATTACH_ROI: one GstVideoRegionOfInterestMeta per object, face, body or hand
 * @GST_TFC_ATTACH_ANALYTICS: one GstAnalyticsODMtd per object, face, body or hand, and a tracking
 * one where it is tracked; for classes GstAnalyticsClsMtd, for a mask
 * GstAnalyticsSegmentationMtd (from 1.26 on); nothing where the plugin was built without
 * GStreamer's analytics library (before 1.24)
 *
 * Values of `attach` of the elements that analyse.
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
 * @GST_TFC_POST_MESSAGES_CHANGES: one whenever the labels or their number change
 * @GST_TFC_POST_MESSAGES_ALL: one for every analysed frame
 *
 * Values of `post-messages` of the elements that analyse.
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
 * @GST_TFC_BASE_MODEL_LITE_MOBILENET_V2: SSDLite MobileNet V2, the default of coco-ssd, 18.6 MB
 * @GST_TFC_BASE_MODEL_MOBILENET_V1: SSD on MobileNet v1, 27 MB
 * @GST_TFC_BASE_MODEL_MOBILENET_V2: SSD on MobileNet v2, 67 MB, the slowest
 * @GST_TFC_BASE_MODEL_MOBILENET_V1_QUANT: TFLite's starter model, 8-bit SSD on MobileNet v1, 4.2 MB
 * @GST_TFC_BASE_MODEL_NANODET: NanoDet, the 80 classes of COCO numbered from 0, 7.7 MB
 * @GST_TFC_BASE_MODEL_SSD_MOBILENET_V2_OID: SSD on MobileNet v2, 24 classes of Open Images, 10 MB
 *
 * Values of `tfcdetect base-model`.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_BASE_MODEL_LITE_MOBILENET_V2,
  GST_TFC_BASE_MODEL_MOBILENET_V1,
  GST_TFC_BASE_MODEL_MOBILENET_V2,
  GST_TFC_BASE_MODEL_MOBILENET_V1_QUANT,
  GST_TFC_BASE_MODEL_NANODET,
  GST_TFC_BASE_MODEL_SSD_MOBILENET_V2_OID
} GstTfcBaseModel;

/**
 * GstTfcFaceDetector:
 * @GST_TFC_FACE_DETECTOR_SHORT_RANGE: BlazeFace for faces within about two metres, the reference's
 * @GST_TFC_FACE_DETECTOR_FULL_RANGE: finds smaller faces, within about five metres; slower
 * @GST_TFC_FACE_DETECTOR_FULL_RANGE_SPARSE: the same with sparse weights
 * @GST_TFC_FACE_DETECTOR_BACK: the older network for the rear camera of a phone
 *
 * Values of `tfcfacemesh detector`.
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
 * @GST_TFC_MESH_MODEL_PLAIN: 468 points, the reference's; another network computes the irises
 * @GST_TFC_MESH_MODEL_ATTENTION: 478 points with refined lips, eyes and irises in one network
 *
 * Values of `tfcfacemesh mesh-model`.
 *
 * Since: 0.1
 */
typedef enum { GST_TFC_MESH_MODEL_PLAIN, GST_TFC_MESH_MODEL_ATTENTION } GstTfcMeshModel;

/**
 * GstTfcTracking:
 * @GST_TFC_TRACKING_NONE: each analysis for itself, or the ids of the element's own rules
 * @GST_TFC_TRACKING_MOTION: what is found is followed by how it moves, has an id, and is predicted
 *   where it is missed
 *
 * Values of `tracking` of the elements that analyse.
 *
 * Since: 0.1
 */
typedef enum { GST_TFC_TRACKING_NONE, GST_TFC_TRACKING_MOTION } GstTfcTracking;

/**
 * GstTfcOn:
 * @GST_TFC_ON_FRAME: the whole frame
 * @GST_TFC_ON_OBJECTS: each object that an element upstream has detected
 *
 * Values of `on` of the analysers that can look at objects.
 *
 * Since: 0.1
 */
typedef enum { GST_TFC_ON_FRAME, GST_TFC_ON_OBJECTS } GstTfcOn;

/**
 * GstTfcClassifyModel:
 * @GST_TFC_CLASSIFY_MODEL_MOBILENET_V1_025: MobileNet V1 x 0.25 of the mobilenet package, 1.9 MB
 * @GST_TFC_CLASSIFY_MODEL_MOBILENET_V2: MobileNet V2, 8 bits, 3.6 MB
 * @GST_TFC_CLASSIFY_MODEL_MOBILENET_V2_INT8: MobileNet V2, 8 bits with a scale for each channel, 4.1 MB
 * @GST_TFC_CLASSIFY_MODEL_MOBILENET_V1_025_QUANT: MobileNet V1 x 0.25 at 128 x 128, 8 bits, 0.5 MB, the
 *   fastest
 * @GST_TFC_CLASSIFY_MODEL_EMBEDDING: MobileNet V1, 8 bits, an embedding of 1024 numbers and no
 *   classes of its own: to be taught, 3.3 MB
 *
 * Values of `tfcclassify model`.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_CLASSIFY_MODEL_MOBILENET_V1_025,
  GST_TFC_CLASSIFY_MODEL_MOBILENET_V2,
  GST_TFC_CLASSIFY_MODEL_MOBILENET_V2_INT8,
  GST_TFC_CLASSIFY_MODEL_MOBILENET_V1_025_QUANT,
  GST_TFC_CLASSIFY_MODEL_EMBEDDING
} GstTfcClassifyModel;

/**
 * GstTfcHandModel:
 * @GST_TFC_HAND_MODEL_FULL: the more exact one
 * @GST_TFC_HAND_MODEL_LITE: the faster one
 *
 * Values of `tfchands model`.
 *
 * Since: 0.1
 */
typedef enum { GST_TFC_HAND_MODEL_FULL, GST_TFC_HAND_MODEL_LITE } GstTfcHandModel;

/**
 * GstTfcPoseModel:
 * @GST_TFC_POSE_MODEL_MOVENET_LIGHTNING: MoveNet Lightning: one person, 17 points; the fastest
 * @GST_TFC_POSE_MODEL_MOVENET_THUNDER: MoveNet Thunder: the same with fewer errors; slower
 * @GST_TFC_POSE_MODEL_MOVENET_MULTIPOSE: MoveNet MultiPose: up to six people, 17 points each
 * @GST_TFC_POSE_MODEL_POSENET: PoseNet: any number of people, 17 points each
 * @GST_TFC_POSE_MODEL_BLAZEPOSE_LITE: BlazePose lite: one person, 33 points, world points
 * @GST_TFC_POSE_MODEL_BLAZEPOSE_FULL: BlazePose full: the same with fewer errors; slower
 * @GST_TFC_POSE_MODEL_BLAZEPOSE_HEAVY: BlazePose heavy: the fewest errors, the slowest
 *
 * Values of `tfcpose model`.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_POSE_MODEL_MOVENET_LIGHTNING,
  GST_TFC_POSE_MODEL_MOVENET_THUNDER,
  GST_TFC_POSE_MODEL_MOVENET_MULTIPOSE,
  GST_TFC_POSE_MODEL_POSENET,
  GST_TFC_POSE_MODEL_BLAZEPOSE_LITE,
  GST_TFC_POSE_MODEL_BLAZEPOSE_FULL,
  GST_TFC_POSE_MODEL_BLAZEPOSE_HEAVY
} GstTfcPoseModel;

/**
 * GstTfcPoseTracker:
 * @GST_TFC_POSE_TRACKER_BOUNDING_BOX: people whose boxes overlap are the same
 * @GST_TFC_POSE_TRACKER_KEYPOINT: people whose points are near each other are the same
 *
 * Values of `tfcpose tracker`.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_POSE_TRACKER_BOUNDING_BOX,
  GST_TFC_POSE_TRACKER_KEYPOINT
} GstTfcPoseTracker;

/**
 * GstTfcSegmentModel:
 * @GST_TFC_SEGMENT_MODEL_SELFIE: selfie segmentation, 256x256
 * @GST_TFC_SEGMENT_MODEL_SELFIE_LANDSCAPE: selfie segmentation for wide pictures, 256x144
 * @GST_TFC_SEGMENT_MODEL_BODY_PIX_050: BodyPix on half of MobileNet's channels
 * @GST_TFC_SEGMENT_MODEL_BODY_PIX_050_QUANT1: the same with 8-bit weights
 * @GST_TFC_SEGMENT_MODEL_BODY_PIX_075: BodyPix on three quarters of the channels, 16-bit weights
 * @GST_TFC_SEGMENT_MODEL_BODY_PIX_075_QUANT1: the same with 8-bit weights
 * @GST_TFC_SEGMENT_MODEL_BODY_PIX_100: BodyPix on all channels, 8-bit weights
 *
 * Values of `model` of tfcsegment.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_SEGMENT_MODEL_SELFIE,
  GST_TFC_SEGMENT_MODEL_SELFIE_LANDSCAPE,
  GST_TFC_SEGMENT_MODEL_BODY_PIX_050,
  GST_TFC_SEGMENT_MODEL_BODY_PIX_050_QUANT1,
  GST_TFC_SEGMENT_MODEL_BODY_PIX_075,
  GST_TFC_SEGMENT_MODEL_BODY_PIX_075_QUANT1,
  GST_TFC_SEGMENT_MODEL_BODY_PIX_100
} GstTfcSegmentModel;

/**
 * GstTfcInternalResolution:
 * @GST_TFC_INTERNAL_RESOLUTION_LOW: a quarter of the frame's sides
 * @GST_TFC_INTERNAL_RESOLUTION_MEDIUM: half
 * @GST_TFC_INTERNAL_RESOLUTION_HIGH: three quarters
 * @GST_TFC_INTERNAL_RESOLUTION_FULL: all
 *
 * Values of `internal-resolution` of tfcsegment.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_INTERNAL_RESOLUTION_LOW,
  GST_TFC_INTERNAL_RESOLUTION_MEDIUM,
  GST_TFC_INTERNAL_RESOLUTION_HIGH,
  GST_TFC_INTERNAL_RESOLUTION_FULL
} GstTfcInternalResolution;

/**
 * GST_TYPE_TFC_BACKEND:
 *
 * The type of #GstTfcBackend.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_BACKEND (gst_tfc_backend_get_type ())
GST_TFC_API GType gst_tfc_backend_get_type (void);

/**
 * GST_TYPE_TFC_MODE:
 *
 * The type of #GstTfcMode.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_MODE (gst_tfc_mode_get_type ())
GST_TFC_API GType gst_tfc_mode_get_type (void);

/**
 * GST_TYPE_TFC_ATTACH:
 *
 * The type of #GstTfcAttach.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_ATTACH (gst_tfc_attach_get_type ())
GST_TFC_API GType gst_tfc_attach_get_type (void);

/**
 * GST_TYPE_TFC_POST_MESSAGES:
 *
 * The type of #GstTfcPostMessages.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_POST_MESSAGES (gst_tfc_post_messages_get_type ())
GST_TFC_API GType gst_tfc_post_messages_get_type (void);

/**
 * GST_TYPE_TFC_BASE_MODEL:
 *
 * The type of #GstTfcBaseModel.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_BASE_MODEL (gst_tfc_base_model_get_type ())
GST_TFC_API GType gst_tfc_base_model_get_type (void);

/**
 * GST_TYPE_TFC_FACE_DETECTOR:
 *
 * The type of #GstTfcFaceDetector.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_FACE_DETECTOR (gst_tfc_face_detector_get_type ())
GST_TFC_API GType gst_tfc_face_detector_get_type (void);

/**
 * GST_TYPE_TFC_MESH_MODEL:
 *
 * The type of #GstTfcMeshModel.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_MESH_MODEL (gst_tfc_mesh_model_get_type ())
GST_TFC_API GType gst_tfc_mesh_model_get_type (void);

/**
 * GST_TYPE_TFC_ON:
 *
 * The type of #GstTfcOn.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_ON (gst_tfc_on_get_type ())
GST_TFC_API GType gst_tfc_on_get_type (void);

/**
 * GST_TYPE_TFC_TRACKING:
 *
 * The type of #GstTfcTracking.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_TRACKING (gst_tfc_tracking_get_type ())
GST_TFC_API GType gst_tfc_tracking_get_type (void);

/**
 * GST_TYPE_TFC_CLASSIFY_MODEL:
 *
 * The type of #GstTfcClassifyModel.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_CLASSIFY_MODEL (gst_tfc_classify_model_get_type ())
GST_TFC_API GType gst_tfc_classify_model_get_type (void);

/**
 * GST_TYPE_TFC_HAND_MODEL:
 *
 * The type of #GstTfcHandModel.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_HAND_MODEL (gst_tfc_hand_model_get_type ())
GST_TFC_API GType gst_tfc_hand_model_get_type (void);

/**
 * GST_TYPE_TFC_POSE_MODEL:
 *
 * The type of #GstTfcPoseModel.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_POSE_MODEL (gst_tfc_pose_model_get_type ())
GST_TFC_API GType gst_tfc_pose_model_get_type (void);

/**
 * GST_TYPE_TFC_POSE_TRACKER:
 *
 * The type of #GstTfcPoseTracker.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_POSE_TRACKER (gst_tfc_pose_tracker_get_type ())
GST_TFC_API GType gst_tfc_pose_tracker_get_type (void);

/**
 * GST_TYPE_TFC_SEGMENT_MODEL:
 *
 * The type of #GstTfcSegmentModel.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_SEGMENT_MODEL (gst_tfc_segment_model_get_type ())
GST_TFC_API GType gst_tfc_segment_model_get_type (void);

/**
 * GST_TYPE_TFC_INTERNAL_RESOLUTION:
 *
 * The type of #GstTfcInternalResolution.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_INTERNAL_RESOLUTION (gst_tfc_internal_resolution_get_type ())
GST_TFC_API GType gst_tfc_internal_resolution_get_type (void);

G_END_DECLS
