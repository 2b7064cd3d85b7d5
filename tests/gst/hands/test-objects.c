/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfchands on=objects: what is found in an object that was detected upstream is what is found in a
 * picture of it alone, at its place in the frame and tied to it. */
#include <math.h>
#include <string.h>
#include "tests/gst/common/detect.h"

#define SIDE 438 /* of the picture */

typedef struct {
  guint x, y, width, height;
} Part;

static GstElement *
hands_new (gboolean objects)
{
  g_autofree gchar *models = shared_path ("models");

  return gst_element_factory_make_full ("tfchands", "model-path", models, "threads", 1, "model", 1,
                                        "smoothing", FALSE, "on", objects, NULL);
}

/* The part of a packed RGB picture, as a picture. */
static GstBuffer *
cut (GstBuffer *picture, const Part *p)
{
  const guint stride = GST_ROUND_UP_4 (3 * SIDE), to = GST_ROUND_UP_4 (3 * p->width);
  GstBuffer *out = gst_buffer_new_allocate (NULL, (gsize)to * p->height, NULL);
  GstMapInfo from, map;

  g_assert_true (gst_buffer_map (picture, &from, GST_MAP_READ));
  g_assert_true (gst_buffer_map (out, &map, GST_MAP_WRITE));
  for (guint y = 0; y < p->height; y++)
    memcpy (map.data + (gsize)y * to, from.data + (gsize)(y + p->y) * stride + 3 * (gsize)p->x,
            3 * (gsize)p->width);
  gst_buffer_unmap (out, &map);
  gst_buffer_unmap (picture, &from);
  GST_BUFFER_PTS (out) = 0;
  return out;
}

/* Hands of part, alone; what comes out. */
static GstBuffer *
alone (GstBuffer *picture, const Part *p)
{
  GstHarness *h = detect_play (hands_new (FALSE), NULL);
  GstBuffer *out;

  gst_harness_set_src_caps (h, caps_of ("RGB", p->width, p->height));
  out = through (h, cut (picture, p));
  detect_done (h, NULL);
  return out;
}

static void
compare (const GstTfcPose *hand, const GstTfcPose *expected, const Part *p)
{
  g_assert_cmpint (hand->handedness, ==, expected->handedness);
  g_assert_cmpfloat_with_epsilon (hand->score, expected->score, 1e-5);
  g_assert_cmpfloat_with_epsilon (hand->x * SIDE, p->x + expected->x * p->width, 1e-2);
  g_assert_cmpfloat_with_epsilon (hand->h * SIDE, expected->h * p->height, 1e-2);
  for (guint i = 0; i < hand->n_points; i++) {
    const GstTfcKeypoint *a = &hand->points[i], *b = &expected->points[i];
    g_assert_cmpfloat_with_epsilon (a->x * SIDE, p->x + b->x * p->width, 1e-2);
    g_assert_cmpfloat_with_epsilon (a->y * SIDE, p->y + b->y * p->height, 1e-2);
    g_assert_cmpfloat_with_epsilon (a->z * SIDE, b->z * p->width, 1e-2);
    g_assert_cmpfloat_with_epsilon (hand->world[i].x, expected->world[i].x, 1e-5);
  }
}

static void
test_objects (void)
{
  static const Part parts[] = {{200, 0, 238, 438}, {0, 10, 220, 420}};
  GstTfcDetection objects[3] = {{.score = 0.9f, .label = "person", .track_id = 7},
                                {.score = 0.8f, .label = "person", .track_id = 9},
                                {.w = 1, .h = 1, .score = 0.95f, .label = "dog", .track_id = 8}};
  g_autofree gchar *model = shared_path ("models/hand/hand_landmark_lite.tflite");
  GstBuffer *picture, *in, *out;
  const GstTfcPoseMeta *meta;
  guint n = 0, all = 0;
  GstHarness *h;
  GstCaps *caps;

  if (!g_file_test (model, G_FILE_TEST_EXISTS)) {
    g_test_skip ("the mirror of models is not there");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    objects[i].x = (gfloat)parts[i].x / SIDE;
    objects[i].y = (gfloat)parts[i].y / SIDE;
    objects[i].w = (gfloat)parts[i].width / SIDE;
    objects[i].h = (gfloat)parts[i].height / SIDE;
  }
  picture = photo ("golden/hand/pictures/raised_four.png", "RGB", 0, 0, &caps);
  h = detect_play (hands_new (TRUE), NULL);
  set_properties (h->element, "classes", "person", NULL);
  gst_harness_set_src_caps (h, caps);
  in = gst_buffer_copy (picture);
  GST_BUFFER_PTS (in) = 0;
  gst_buffer_add_tfc_detection_meta (in, "test", 0, FALSE, objects, G_N_ELEMENTS (objects));
  out = through (h, in);
  meta = gst_buffer_get_tfc_pose_meta (out);
  g_assert_nonnull (meta);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    GstBuffer *one = alone (picture, &parts[i]);
    const GstTfcPoseMeta *expected = gst_buffer_get_tfc_pose_meta (one);
    for (guint k = 0; k < expected->n_poses; k++, n++) {
      g_assert_cmpuint (n, <, meta->n_poses);
      g_assert_cmpuint (meta->poses[n].object_id, ==, objects[i].track_id);
      g_assert_cmpuint (meta->poses[n].track_id, ==, 0);
      compare (&meta->poses[n], &expected->poses[k], &parts[i]);
    }
    g_assert_cmpuint (expected->n_poses, >, 0);
    gst_buffer_unref (one);
  }
  g_assert_cmpuint (meta->n_poses, ==, n);
  gst_buffer_unref (out);

  /* One object at most; then none upstream. */
  set_properties (h->element, "max-objects", 1, NULL);
  in = gst_buffer_copy (picture);
  GST_BUFFER_PTS (in) = GST_SECOND / 30;
  gst_buffer_add_tfc_detection_meta (in, "test", 0, FALSE, objects, G_N_ELEMENTS (objects));
  out = through (h, in);
  meta = gst_buffer_get_tfc_pose_meta (out);
  for (guint k = 0; k < meta->n_poses; k++)
    all += meta->poses[k].object_id == 7;
  g_assert_cmpuint (all, ==, meta->n_poses);
  g_assert_cmpuint (all, >, 0);
  gst_buffer_unref (out);
  in = gst_buffer_copy (picture);
  GST_BUFFER_PTS (in) = GST_SECOND / 15;
  out = through (h, in);
  g_assert_cmpuint (gst_buffer_get_tfc_pose_meta (out)->n_poses, ==, 0);
  gst_buffer_unref (out);
  gst_buffer_unref (picture);
  detect_done (h, NULL);
}

static const TestCase cases[] = {{"/hands/objects", test_objects}, {NULL}};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
