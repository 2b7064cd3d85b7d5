/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What can be said about a picture. Fixed meaning, no pointers:
 * boxes and points are fractions of the whole frame, origin top left, x right, y down; they may
 * reach outside 0..1 where the object does; z is in the unit of x (fractions of the frame's WIDTH),
 * smaller is nearer; scores are 0..1; class ids are what the label table of the model says.
 * Conversion happens at two borders only: where tensors are decoded and where strokes are drawn. */
#include <glib.h>

typedef struct {
  gfloat x, y, w, h;
} TfcBox;

typedef struct {
  TfcBox box;
  gfloat score;
  gint class_id;
  guint64 track_id; /* 0: not tracked */
} TfcDetection;

typedef struct {
  gfloat x, y, z;
} TfcPoint;

/* Most detections that are told of one frame, whoever found them: COCO's SSD cannot find more, and nobody
 * looks at so many. A network may have more anchors; suppression then keeps the best. */
#define TFC_MAX_DETECTIONS 1917

#define TFC_MESH_POINTS 468
#define TFC_FACE_POINTS 478 /* with irises: 468..472 the subject's left, 473..477 the right */
#define TFC_MAX_FACES 20

typedef struct {
  TfcBox box;         /* of the points, enlarged by 1.5 as the reference reports it: see face_pipeline.h */
  gfloat score;       /* of the detector when it last saw this face */
  gfloat presence;    /* of the mesh network on this frame */
  guint64 track_id;   /* kept while the face is followed, never used for another */
  gfloat rotation;    /* of the region, radians, clockwise on the screen is positive */
  guint n_points;     /* 468 or 478 */
  TfcPoint points[TFC_FACE_POINTS];
} TfcFace;
