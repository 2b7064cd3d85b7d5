/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* People out of PoseNet's maps, several of them (Papandreou et al., PersonLab, ECCV 2018), as posenet and body-pix
 * do it. BodyPix has the same maps. Pure steps. */
#include "models/result/result.h"

#define TFC_POSENET_POINTS 17 /* TFC_LAYOUT_COCO_17 */
#define TFC_POSENET_EDGES 16

/* What the network gives, row by row, borrowed. */
typedef struct {
  const gfloat *heatmaps;           /* [height][width][17], logits */
  const gfloat *offsets;            /* [height][width][34]: y of point k at k, x at 17 + k, network pixels */
  const gfloat *forward, *backward; /* [height][width][32]: y of edge e at e, x at 16 + e */
} TfcPosenetMaps;

typedef struct {
  gfloat score; /* mean of its points' scores; those too near to an earlier pose's count 0 */
  TfcPoint points[TFC_POSENET_POINTS]; /* network pixels; z is 0 */
  gfloat point_scores[TFC_POSENET_POINTS];
} TfcPosenetPose;

typedef struct {
  guint max_poses;
  gfloat score_threshold; /* of the point that a pose is grown from */
  gfloat nms_radius;      /* network pixels, between the same points of two poses */
} TfcPosenetOptions;

typedef struct TfcPosenetDecoder TfcPosenetDecoder;

/* For maps of height x width cells, stride network pixels apart; each 1.., height * width below 2^24. */
TfcPosenetDecoder *tfc_posenet_decoder_new (guint height, guint width, guint stride);
void tfc_posenet_decoder_free (TfcPosenetDecoder *decoder); /* NULL is allowed */

/* Writes at most options->max_poses to out and returns how many: in the order in which they were grown, weak ones
 * included. Any numbers in the maps are legal. Allocates nothing. */
guint tfc_posenet_decode (TfcPosenetDecoder *decoder, const TfcPosenetMaps *maps, const TfcPosenetOptions *options,
                          TfcPosenetPose *out);

/* One person: each point where its map is highest, so that points of several people may be mixed. Of maps only heatmaps and
 * offsets are read. */
void tfc_posenet_decode_single (TfcPosenetDecoder *decoder, const TfcPosenetMaps *maps, TfcPosenetPose *out);
