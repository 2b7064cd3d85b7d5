/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What kinds of results there are, and of what kind points, hands and masks are. */
#include "tfc-prelude.h"

G_BEGIN_DECLS

/**
 * GstTfcResultsKind:
 * @GST_TFC_RESULTS_KIND_DETECTIONS: #GstTfcDetection, on buffers #GstTfcDetectionMeta
 * @GST_TFC_RESULTS_KIND_FACES: #GstTfcFace, #GstTfcFaceMeta
 * @GST_TFC_RESULTS_KIND_POSES: #GstTfcPose, #GstTfcPoseMeta
 * @GST_TFC_RESULTS_KIND_MASK: one #GstTfcMask, #GstTfcMaskMeta
 * @GST_TFC_RESULTS_KIND_CLASSES: #GstTfcClass, #GstTfcClassMeta
 * @GST_TFC_RESULTS_KIND_EVENTS: #GstTfcEvent, #GstTfcEventMeta
 * @GST_TFC_RESULTS_KIND_ZONES: #GstTfcZone, #GstTfcZoneMeta
 *
 * What a #GstTfcResults holds.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_RESULTS_KIND_DETECTIONS,
  GST_TFC_RESULTS_KIND_FACES,
  GST_TFC_RESULTS_KIND_POSES,
  GST_TFC_RESULTS_KIND_MASK,
  GST_TFC_RESULTS_KIND_CLASSES,
  GST_TFC_RESULTS_KIND_EVENTS,
  GST_TFC_RESULTS_KIND_ZONES
} GstTfcResultsKind;

/**
 * GstTfcPointLayout:
 * @GST_TFC_POINT_LAYOUT_COCO_17: 17 points of a body in COCO's order, nose first (MoveNet, PoseNet)
 * @GST_TFC_POINT_LAYOUT_BLAZEPOSE_33: 33 points of a body, nose first (BlazePose)
 * @GST_TFC_POINT_LAYOUT_HAND_21: 21 points of a hand, wrist first
 *
 * Which points a #GstTfcPose has, in which order: gst_tfc_point_layout_get_point_name().
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_POINT_LAYOUT_COCO_17,
  GST_TFC_POINT_LAYOUT_BLAZEPOSE_33,
  GST_TFC_POINT_LAYOUT_HAND_21
} GstTfcPointLayout;

/**
 * GstTfcHandedness:
 * @GST_TFC_HANDEDNESS_UNKNOWN: not known, or no hand
 * @GST_TFC_HANDEDNESS_LEFT: a left hand
 * @GST_TFC_HANDEDNESS_RIGHT: a right hand
 *
 * Which hand of the person it is.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_HANDEDNESS_UNKNOWN,
  GST_TFC_HANDEDNESS_LEFT,
  GST_TFC_HANDEDNESS_RIGHT
} GstTfcHandedness;

/**
 * GstTfcMaskKind:
 * @GST_TFC_MASK_KIND_PERSON: how sure it is that a person is there: probability * 255, rounded
 * @GST_TFC_MASK_KIND_PARTS: 0 is nobody, else 1 + the index of a part of the body
 * @GST_TFC_MASK_KIND_PEOPLE: 0 is nobody, else 1 + the index of a person
 *
 * What the values of a #GstTfcMask say.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_MASK_KIND_PERSON,
  GST_TFC_MASK_KIND_PARTS,
  GST_TFC_MASK_KIND_PEOPLE
} GstTfcMaskKind;

/**
 * GstTfcEventType:
 * @GST_TFC_EVENT_ENTER: an object has come into a zone
 * @GST_TFC_EVENT_LEAVE: an object has left a zone, or was lost in it
 * @GST_TFC_EVENT_CROSS: an object has crossed a line
 * @GST_TFC_EVENT_LOITER: an object has been in a zone for as long as `loiter` says
 * @GST_TFC_EVENT_COUNT: another number of objects is in a zone
 *
 * What happened.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_EVENT_ENTER,
  GST_TFC_EVENT_LEAVE,
  GST_TFC_EVENT_CROSS,
  GST_TFC_EVENT_LOITER,
  GST_TFC_EVENT_COUNT
} GstTfcEventType;

/**
 * GstTfcDirection:
 * @GST_TFC_DIRECTION_NONE: none
 * @GST_TFC_DIRECTION_A_TO_B: from side a of a line to side b
 * @GST_TFC_DIRECTION_B_TO_A: from side b to side a
 *
 * Which way a line was crossed.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_DIRECTION_NONE,
  GST_TFC_DIRECTION_A_TO_B,
  GST_TFC_DIRECTION_B_TO_A
} GstTfcDirection;

/**
 * GST_TYPE_TFC_RESULTS_KIND:
 *
 * The type of #GstTfcResultsKind.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_RESULTS_KIND (gst_tfc_results_kind_get_type ())
GST_TFC_API GType gst_tfc_results_kind_get_type (void);

/**
 * GST_TYPE_TFC_POINT_LAYOUT:
 *
 * The type of #GstTfcPointLayout.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_POINT_LAYOUT (gst_tfc_point_layout_get_type ())
GST_TFC_API GType gst_tfc_point_layout_get_type (void);

/**
 * GST_TYPE_TFC_HANDEDNESS:
 *
 * The type of #GstTfcHandedness.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_HANDEDNESS (gst_tfc_handedness_get_type ())
GST_TFC_API GType gst_tfc_handedness_get_type (void);

/**
 * GST_TYPE_TFC_MASK_KIND:
 *
 * The type of #GstTfcMaskKind.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_MASK_KIND (gst_tfc_mask_kind_get_type ())
GST_TFC_API GType gst_tfc_mask_kind_get_type (void);

/**
 * GST_TYPE_TFC_EVENT_TYPE:
 *
 * The type of #GstTfcEventType.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_EVENT_TYPE (gst_tfc_event_type_get_type ())
GST_TFC_API GType gst_tfc_event_type_get_type (void);

/**
 * GST_TYPE_TFC_DIRECTION:
 *
 * The type of #GstTfcDirection.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_DIRECTION (gst_tfc_direction_get_type ())
GST_TFC_API GType gst_tfc_direction_get_type (void);

G_END_DECLS
