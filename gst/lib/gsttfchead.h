/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* How a head is held, and what its eyes and mouth do. */
#include "tfc-prelude.h"

G_BEGIN_DECLS

/**
 * GstTfcHead:
 * @yaw: radians, positive: turned to the right of the picture
 * @pitch: radians, positive: looking up
 * @roll: radians, positive: tilted clockwise on the screen
 * @matrix: three rows of four: takes a point of the head to the frame, where x, y and z are all in
 *   fractions of the frame's width. Head coordinates: the origin lies midway between the outer
 *   corners of the eyes, whose distance is 1; x to the subject's left, y down, z into the head
 * @left_eye_openness: of the subject's left eye, 0 closed .. 1 wide open
 * @right_eye_openness: of the right one
 * @mouth_openness: height of the opening by its width, 0..1
 * @gaze_x: direction in which the eyes look, to the right of the picture; all three are 0 if it is
 *   not known: without irises, or with both eyes closed
 * @gaze_y: down
 * @gaze_z: away from the camera; the direction has length 1
 * @eyes_closed: both, for now: a blink, or longer
 * @blinks: how often this face has blinked since it is tracked
 *
 * Told from the mesh of a face.
 *
 * Since: 0.1
 */
typedef struct _GstTfcHead {
  gfloat yaw, pitch, roll;
  gfloat matrix[12];
  gfloat left_eye_openness, right_eye_openness;
  gfloat mouth_openness;
  gfloat gaze_x, gaze_y, gaze_z;
  gboolean eyes_closed;
  guint blinks;

  /*< private >*/
  guint _gst_reserved[8]; /* zero */
} GstTfcHead;

/**
 * GST_TYPE_TFC_HEAD:
 *
 * The boxed type of #GstTfcHead.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_HEAD (gst_tfc_head_get_type ())
GST_TFC_API GType gst_tfc_head_get_type (void);
GST_TFC_API GstTfcHead *gst_tfc_head_copy (const GstTfcHead *head);
GST_TFC_API void gst_tfc_head_free (GstTfcHead *head);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcHead, gst_tfc_head_free)

G_END_DECLS
