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

/* What is known of a thing that has a track_id. Without one: all 0 but seen, which is TRUE of what
 * was found. */
typedef struct {
  guint64 age;             /* nanoseconds since it was first seen */
  gboolean seen;           /* FALSE: not found in this frame, its place is predicted */
  gfloat speed_x, speed_y; /* of its middle: fractions of the frame's width, height a second */
} TfcTrackState;

typedef struct {
  TfcBox box;
  gfloat score;
  gint class_id;
  guint64 track_id; /* 0: not tracked */
  TfcTrackState track;
} TfcDetection;

typedef struct {
  gfloat x, y, z;
} TfcPoint;

/* Most detections that are told of one frame, whoever found them: COCO's SSD cannot find more, and
 * nobody looks at so many. A network may have more anchors; suppression then keeps the best. */
#define TFC_MAX_DETECTIONS 1917

#define TFC_MESH_POINTS 468
#define TFC_FACE_POINTS 478 /* with irises: 468..472 the subject's left, 473..477 the right */
#define TFC_MAX_FACES 20

/* How a head is held and what its eyes and mouth do, told from the mesh: models/face/head.h. Angles
 * are radians. */
typedef struct {
  gboolean known; /* FALSE: the mesh does not fit a head, and all else is 0 */
  gfloat yaw;     /* positive: turned to the right of the picture */
  gfloat pitch;   /* positive: looking up */
  gfloat roll;    /* positive: tilted clockwise on the screen */
  /* Rows x, y, z, three columns and the shift: takes a point of the head to the frame, all three in
   * fractions of the frame's WIDTH. Head coordinates: origin midway between the outer corners of
   * the eyes, whose distance is 1; x to the subject's left, y down, z into the head. */
  gfloat matrix[3][4];
  gfloat eye_openness[2]; /* the subject's left, right; 0 closed .. 1 wide open */
  gfloat mouth_openness;  /* height of the opening by its width, 0..1 */
  gboolean gaze_known;    /* there are irises, and one eye at least is open; else gaze is 0 */
  gfloat gaze[3]; /* direction of both eyes in the frame, length 1: x right, y down, z away from the
                     camera */
  gboolean eyes_closed; /* both, for now: a blink, or longer */
  guint blinks;         /* of this track so far */
} TfcHead;

typedef struct {
  TfcBox box; /* of the points, enlarged by 1.5 as the reference reports it: see face_pipeline.h */
  gfloat score;      /* of the detector when it last saw this face */
  gfloat presence;   /* of the mesh network on this frame */
  guint64 track_id;  /* kept while the face is followed, never used for another; 0: not tracked */
  guint64 object_id; /* track id of the detection whose crop it was found in; 0: found in the whole
                        frame */
  gfloat rotation;   /* of the region, radians, clockwise on the screen is positive */
  guint n_points;    /* 468 or 478 */
  TfcPoint points[TFC_FACE_POINTS];
  TfcHead head;
  TfcTrackState track;
} TfcFace;

/* ---- bodies and hands ---- */

/* Which points a pose has, in which order. */
typedef enum {
  TFC_LAYOUT_COCO_17,      /* MoveNet, PoseNet: COCO's order, nose first */
  TFC_LAYOUT_BLAZEPOSE_33, /* BlazePose: with world points and visibility */
  TFC_LAYOUT_HAND_21       /* a hand, wrist first */
} TfcPointLayout;

typedef enum { TFC_HANDEDNESS_UNKNOWN, TFC_HANDEDNESS_LEFT, TFC_HANDEDNESS_RIGHT } TfcHandedness;

#define TFC_MAX_POSES 20 /* bodies or hands of one frame */
#define TFC_MAX_POSE_POINTS 33

typedef struct {
  gfloat x, y, z; /* as TfcPoint's; z is 0 where the network gives no depth */
  gfloat score;   /* of the point; BlazePose: its visibility; hands: the hand's score */
} TfcKeypoint;

/* A body or a hand. */
typedef struct {
  TfcBox box;
  gfloat score;
  guint64 track_id;  /* kept while it is followed, never used for another; 0: not tracked */
  guint64 object_id; /* track id of the detection whose crop it was found in; 0: found in the whole
                        frame */
  TfcTrackState track;
  TfcPointLayout layout;
  TfcHandedness handedness; /* hands: of the person */
  gfloat handedness_score;  /* hands: 0..1, of handedness */
  guint n_points;           /* of the layout */
  gboolean has_world;
  TfcKeypoint points[TFC_MAX_POSE_POINTS];
  TfcPoint
      world[TFC_MAX_POSE_POINTS]; /* metres, if has_world: x right, y down, z away from the camera;
                                   * origin: the middle of the hips, or the hand's centre */
} TfcPose;

/* ---- masks ---- */

/* What a value of a mask says. */
typedef enum {
  TFC_MASK_PERSON, /* how sure it is that a person is there: probability * 255, rounded */
  TFC_MASK_PARTS,  /* 0: nobody, else 1 + the index of a part of the body (BodyPix's 24) */
  TFC_MASK_PEOPLE  /* 0: nobody, else 1 + the index of a person */
} TfcMaskKind;

/* A mask of the frame; its centre of value (0, 0) lies half a value inside region's corner. */
typedef struct {
  guint width, height; /* values; rows have no padding */
  TfcBox region;       /* the part of the frame that it covers */
  TfcMaskKind kind;
  guint n_indices;    /* parts or people that can occur: values are 0..n_indices; 0: PERSON */
  const guint8 *data; /* borrowed */
} TfcMask;

/* ---- classes ---- */

#define TFC_MAX_CLASSES 100 /* that are told of one frame or object */

typedef struct {
  gint class_id;
  gfloat score;
  guint64 object_id; /* track id of the detection that was classified; 0: the whole frame */
} TfcClass;          /* the surest first: the index is the rank */
