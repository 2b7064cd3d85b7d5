/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/result/skeleton.h"

#define MIDDLE(name)      \
  {                       \
    name, TFC_SIDE_MIDDLE \
  }
#define LEFT(name)              \
  {                             \
    "left_" name, TFC_SIDE_LEFT \
  }
#define RIGHT(name)               \
  {                               \
    "right_" name, TFC_SIDE_RIGHT \
  }
#define BOTH(name) LEFT (name), RIGHT (name)
#define FINGER(name)                                                                     \
  MIDDLE (name "_finger_mcp"), MIDDLE (name "_finger_pip"), MIDDLE (name "_finger_dip"), \
      MIDDLE (name "_finger_tip")

static const TfcSkeletonPoint coco_points[] = {
    MIDDLE ("nose"), BOTH ("eye"), BOTH ("ear"),  BOTH ("shoulder"), BOTH ("elbow"),
    BOTH ("wrist"),  BOTH ("hip"), BOTH ("knee"), BOTH ("ankle"),
};
static const guint16 coco_edges[][2] = {
    {0, 1},  {0, 2}, {1, 3},  {2, 4},   {5, 6},   {5, 7},   {5, 11},  {6, 8},
    {6, 12}, {7, 9}, {8, 10}, {11, 12}, {11, 13}, {12, 14}, {13, 15}, {14, 16},
};

static const TfcSkeletonPoint blazepose_points[] = {
    MIDDLE ("nose"),
    LEFT ("eye_inner"),
    LEFT ("eye"),
    LEFT ("eye_outer"),
    RIGHT ("eye_inner"),
    RIGHT ("eye"),
    RIGHT ("eye_outer"),
    BOTH ("ear"),
    {"mouth_left", TFC_SIDE_LEFT},
    {"mouth_right", TFC_SIDE_RIGHT},
    BOTH ("shoulder"),
    BOTH ("elbow"),
    BOTH ("wrist"),
    BOTH ("pinky"),
    BOTH ("index"),
    BOTH ("thumb"),
    BOTH ("hip"),
    BOTH ("knee"),
    BOTH ("ankle"),
    BOTH ("heel"),
    BOTH ("foot_index"),
};
static const guint16 blazepose_edges[][2] = {
    {0, 1},   {0, 4},   {1, 2},   {2, 3},   {3, 7},   {4, 5},   {5, 6},   {6, 8},   {9, 10},
    {11, 12}, {11, 13}, {11, 23}, {12, 14}, {14, 16}, {12, 24}, {13, 15}, {15, 17}, {16, 18},
    {16, 20}, {15, 19}, {15, 21}, {16, 22}, {17, 19}, {18, 20}, {23, 25}, {23, 24}, {24, 26},
    {25, 27}, {26, 28}, {27, 29}, {28, 30}, {27, 31}, {28, 32}, {29, 31}, {30, 32},
};

static const TfcSkeletonPoint hand_points[] = {
    MIDDLE ("wrist"),    MIDDLE ("thumb_cmc"), MIDDLE ("thumb_mcp"),
    MIDDLE ("thumb_ip"), MIDDLE ("thumb_tip"), FINGER ("index"),
    FINGER ("middle"),   FINGER ("ring"),      FINGER ("pinky"),
};
static const guint16 hand_edges[][2] = {
    {0, 1},   {1, 2},   {2, 3},   {3, 4},   {0, 5},   {5, 6},   {6, 7},
    {7, 8},   {5, 9},   {9, 10},  {10, 11}, {11, 12}, {9, 13},  {13, 14},
    {14, 15}, {15, 16}, {13, 17}, {0, 17},  {17, 18}, {18, 19}, {19, 20},
};

#define SKELETON(name, kind)                                                                     \
  {                                                                                              \
    name, G_N_ELEMENTS (kind##_points), kind##_points, G_N_ELEMENTS (kind##_edges), kind##_edges \
  }

static const TfcSkeleton skeletons[] = {
    [TFC_LAYOUT_COCO_17] = SKELETON ("coco-17", coco),
    [TFC_LAYOUT_BLAZEPOSE_33] = SKELETON ("blazepose-33", blazepose),
    [TFC_LAYOUT_HAND_21] = SKELETON ("hand-21", hand),
};

G_STATIC_ASSERT (G_N_ELEMENTS (coco_points) == 17);
G_STATIC_ASSERT (G_N_ELEMENTS (blazepose_points) == TFC_MAX_POSE_POINTS);
G_STATIC_ASSERT (G_N_ELEMENTS (hand_points) == 21);

const TfcSkeleton *
tfc_skeleton_of (TfcPointLayout layout)
{
  return (guint)layout < G_N_ELEMENTS (skeletons) ? &skeletons[layout] : NULL;
}
