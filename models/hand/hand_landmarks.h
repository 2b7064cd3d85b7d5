/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The landmark network: a region of the frame in, a hand's 21 points, its presence and handedness
 * out. */
#include "models/hand/hand_region.h"

/* What the network says of one region. */
typedef struct {
  gfloat presence;   /* 0..1: whether there is a hand */
  gfloat handedness; /* 0..1: how sure it is of a left hand, if the picture is a mirror's */
  TfcPoint points[TFC_HAND_POINTS]; /* pixels of the frame, z too (the wrist's is near 0) */
  TfcPoint
      world[TFC_HAND_POINTS]; /* metres, upright in the frame; the hand's middle is the origin */
} TfcHandSight;

/* From the network's numbers (x, y, z of each point: pixels of its 224 wide input, metres) to
 * sight's points. */
void tfc_hand_decode (const gfloat *landmarks, const gfloat *world, const TfcRegion *region,
                      TfcHandSight *sight);

/* FALSE if a hostile network made some of its points infinite or not a number. */
gboolean tfc_hand_sight_is_finite (const TfcHandSight *sight);

typedef struct TfcHandLandmarks TfcHandLandmarks;

/* NULL with error set: what tfc_model_open says, or UNSUPPORTED if its tensors are not those of a
 * hand landmark network. */
TfcHandLandmarks *tfc_hand_landmarks_open (const gchar *path, const TfcModelOptions *options,
                                           GError **error);
void tfc_hand_landmarks_close (TfcHandLandmarks *landmarks); /* NULL is allowed */

/* FALSE with error set (RUN). Adds to the times. */
gboolean tfc_hand_landmarks_run (TfcHandLandmarks *landmarks, const TfcFrame *frame,
                                 const TfcRegion *region, TfcHandSight *sight, TfcHandTimes *times,
                                 GError **error);
gsize tfc_hand_landmarks_bytes (const TfcHandLandmarks *landmarks);
