/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A face that was found in a part of a frame lies in the frame where the homography takes it. */
#include "models/result/head_angles.h"
#include "models/result/part.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-5)

/* The part of 60 x 150 pixels at (40, 20) of a frame of 200 x 400. */
static const TfcBox where = {0.2f, 0.05f, 0.3f, 0.375f};
static const TfcHomography to_frame = {.matrix = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
                                       .out_x = 40,
                                       .out_y = 20,
                                       .out_width = 60,
                                       .out_height = 150,
                                       .old_width = 60,
                                       .old_height = 150,
                                       .new_width = 200,
                                       .new_height = 400};

static TfcFace
make_face (void)
{
  TfcFace face = {.box = {0.25f, 0.5f, 0.5f, 0.25f}, .rotation = 0.5f, .n_points = TFC_FACE_POINTS};
  TfcHead *head = &face.head;

  for (guint i = 0; i < TFC_FACE_POINTS; i++)
    face.points[i] = (TfcPoint){0.001f * i, 1 - 0.002f * i, 0.5f - 0.001f * i};
  *head = (TfcHead){.known = TRUE, .yaw = 0.25f};
  for (guint i = 0; i < 12; i++)
    head->matrix[i / 4][i % 4] = 0.125f * i - 0.5f;
  return face;
}

static void
test_face (void)
{
  const gdouble depth = tfc_homography_depth_scale (&to_frame);
  TfcFace face = make_face (), expected = make_face ();
  TfcBox *b = &expected.box;

  tfc_part_face (&where, 400 / 200.f, &face);
  g_assert_true (tfc_homography_box (&to_frame, &b->x, &b->y, &b->w, &b->h));
  NEAR (face.box.x, b->x);
  NEAR (face.box.y, b->y);
  NEAR (face.box.w, b->w);
  NEAR (face.box.h, b->h);
  for (guint i = 0; i < TFC_FACE_POINTS; i++) {
    TfcPoint *p = &expected.points[i];
    g_assert_true (tfc_homography_point (&to_frame, &p->x, &p->y));
    NEAR (face.points[i].x, p->x);
    NEAR (face.points[i].y, p->y);
    NEAR (face.points[i].z, p->z * depth);
  }
  g_assert_true (tfc_homography_head (&to_frame, expected.head.matrix[0]));
  for (guint i = 0; i < 12; i++)
    NEAR (face.head.matrix[i / 4][i % 4], expected.head.matrix[i / 4][i % 4]);
  NEAR (face.head.yaw, 0.25);
  NEAR (face.rotation, 0.5);
}

/* A mesh without a head keeps none. */
static void
test_no_head (void)
{
  TfcFace face = make_face ();

  face.head = (TfcHead){0};
  tfc_part_face (&where, 2, &face);
  for (guint i = 0; i < 12; i++)
    g_assert_cmpfloat (face.head.matrix[i / 4][i % 4], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/part/face", test_face);
  g_test_add_func ("/part/no-head", test_no_head);
  return g_test_run ();
}
