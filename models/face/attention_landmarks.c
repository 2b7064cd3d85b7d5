/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/face/attention_landmarks.h"

/* Which points of the mesh each refined point stands for: the same that the network looks closer
 * at. */
static const guint16 lips[TFC_REFINED_LIPS] = {
    // clang-format off
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409, 78,
    95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415, 76, 77,
    90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408, 62, 96, 89,
    179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407,
    // clang-format on
};
static const guint16 eye[2][TFC_REFINED_EYE] = {
    // clang-format off
  {
    263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398, 359, 255, 339,
    254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414, 446, 261, 448, 449, 450, 451,
    452, 453, 464, 342, 445, 444, 443, 442, 441, 413, 265, 353, 276, 283, 282, 295, 372, 340, 346,
    347, 348, 349, 350, 357, 465, 383, 300, 293, 334, 296, 336, 285, 417,
  }, {
    33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173, 130, 25, 110, 24,
    23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190, 226, 31, 228, 229, 230, 231, 232, 233,
    244, 113, 225, 224, 223, 222, 221, 189, 35, 124, 46, 53, 52, 65, 143, 111, 117, 118, 119, 120,
    121, 128, 245, 156, 70, 63, 105, 66, 107, 55, 193,
  }
    // clang-format on
};
/* The first of an eye's points are the lids, whose mean depth is the iris's. */
#define LIDS 16

static void
replace (TfcPoint *mesh, const guint16 *index, guint n, const gfloat *refined)
{
  for (guint i = 0; i < n; i++) {
    mesh[index[i]].x = refined[2 * i];
    mesh[index[i]].y = refined[2 * i + 1];
  }
}

static gfloat
lid_depth (const TfcPoint *mesh, TfcEye which)
{
  gfloat sum = 0;
  for (guint i = 0; i < LIDS; i++)
    sum += mesh[eye[which][i]].z;
  return sum / LIDS;
}

void
tfc_attention_lips (TfcPoint points[TFC_FACE_POINTS], const gfloat *refined)
{
  replace (points, lips, TFC_REFINED_LIPS, refined);
}

void
tfc_attention_eye (TfcPoint points[TFC_FACE_POINTS], TfcEye which, const gfloat *outline,
                const gfloat *iris)
{
  TfcPoint *to = points + TFC_MESH_POINTS + which * TFC_REFINED_IRIS;
  const gfloat z = lid_depth (points, which);
  replace (points, eye[which], TFC_REFINED_EYE, outline);
  for (guint i = 0; i < TFC_REFINED_IRIS; i++)
    to[i] = (TfcPoint){iris[2 * i], iris[2 * i + 1], z};
}
