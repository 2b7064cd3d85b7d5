/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Bodies and hands, on=objects: what is found in an object that was detected upstream is what is
 * found in a picture of it alone, at its place in the frame and tied to it. */
#include <math.h>
#include <string.h>
#include "tests/gst/common/detect.h"

typedef struct {
  guint x, y, width, height;
} Part;

/* An element with a model, a picture and two objects in it, in each of which there is something. */
typedef struct {
  const gchar *element, *model, *file, *picture;
  guint width, height;
  Part parts[2];
} Subject;

static const Subject subjects[] = {
    {"tfchands",
     "lite",
     "hand/hand_landmark_lite.tflite",
     "golden/hand/pictures/raised_four.png",
     438,
     438,
     {{200, 0, 238, 438}, {0, 10, 220, 420}}},
    {"tfcpose",
     "movenet-lightning",
     "pose/movenet_lightning/model.json",
     "golden/pose/media/three_people.png",
     524,
     430,
     {{100, 150, 240, 240}, {0, 20, 190, 190}}},
    {"tfcpose",
     "blazepose-lite",
     "pose/blazepose/pose_detection.tflite",
     "golden/pose/media/three_people.png",
     524,
     430,
     {{170, 0, 180, 430}, {0, 20, 190, 410}}},
};

static GstElement *
element_new (const Subject *subject, gboolean objects)
{
  g_autofree gchar *models = shared_path ("models");
  GstElement *element =
      gst_element_factory_make_full (subject->element, "model-path", models, "threads", 1,
                                     "smoothing", FALSE, "on", objects, NULL);

  gst_util_set_object_arg (G_OBJECT (element), "model", subject->model);
  return element;
}

/* The part of a packed RGB picture, as a picture. */
static GstBuffer *
cut (GstBuffer *picture, guint width, const Part *p)
{
  const guint stride = GST_ROUND_UP_4 (3 * width), to = GST_ROUND_UP_4 (3 * p->width);
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

/* What is in the part alone; what comes out. */
static GstBuffer *
alone (const Subject *subject, GstBuffer *picture, const Part *p)
{
  GstHarness *h = detect_play (element_new (subject, FALSE), NULL);
  GstBuffer *out;

  gst_harness_set_src_caps (h, caps_of ("RGB", p->width, p->height));
  out = through (h, cut (picture, subject->width, p));
  detect_done (h, NULL);
  return out;
}

static void
compare (const GstTfcPose *found, const GstTfcPose *expected, const Subject *subject, const Part *p)
{
  g_assert_cmpint (found->handedness, ==, expected->handedness);
  g_assert_cmpuint (found->n_points, ==, expected->n_points);
  g_assert_cmpfloat_with_epsilon (found->score, expected->score, 1e-5);
  g_assert_cmpfloat_with_epsilon (found->x * subject->width, p->x + expected->x * p->width, 1e-2);
  g_assert_cmpfloat_with_epsilon (found->h * subject->height, expected->h * p->height, 1e-2);
  for (guint i = 0; i < found->n_points; i++) {
    const GstTfcKeypoint *a = &found->points[i], *b = &expected->points[i];
    g_assert_cmpfloat_with_epsilon (a->x * subject->width, p->x + b->x * p->width, 1e-2);
    g_assert_cmpfloat_with_epsilon (a->y * subject->height, p->y + b->y * p->height, 1e-2);
    g_assert_cmpfloat_with_epsilon (a->z * subject->width, b->z * p->width, 1e-2);
    if (found->world)
      g_assert_cmpfloat_with_epsilon (found->world[i].x, expected->world[i].x, 1e-5);
  }
}

/* The frame-th buffer with the picture and these objects; what comes out. */
static GstBuffer *
show (GstHarness *h, GstBuffer *picture, guint frame, const GstTfcDetection *objects, guint n)
{
  GstBuffer *in = gst_buffer_copy (picture);

  GST_BUFFER_PTS (in) = frame * GST_SECOND / 30;
  if (n)
    gst_buffer_add_tfc_detection_meta (in, "test", GST_BUFFER_PTS (in), FALSE, objects, n);
  return through (h, in);
}

/* What out has of each object is what is in a picture of it. */
static void
check_all (const Subject *subject, GstBuffer *picture, GstBuffer *out,
           const GstTfcDetection *objects)
{
  const GstTfcPoseMeta *meta = gst_buffer_get_tfc_pose_meta (out);
  guint n = 0;

  g_assert_nonnull (meta);
  for (guint i = 0; i < G_N_ELEMENTS (subject->parts); i++) {
    GstBuffer *one = alone (subject, picture, &subject->parts[i]);
    const GstTfcPoseMeta *expected = gst_buffer_get_tfc_pose_meta (one);
    g_assert_cmpuint (expected->n_poses, >, 0);
    for (guint k = 0; k < expected->n_poses; k++, n++) {
      g_assert_cmpuint (n, <, meta->n_poses);
      g_assert_cmpuint (meta->poses[n].object_id, ==, objects[i].track_id);
      g_assert_cmpuint (meta->poses[n].track_id, ==, 0);
      compare (&meta->poses[n], &expected->poses[k], subject, &subject->parts[i]);
    }
    gst_buffer_unref (one);
  }
  g_assert_cmpuint (meta->n_poses, ==, n);
}

static void
test_objects (gconstpointer data)
{
  const Subject *subject = data;
  GstTfcDetection objects[3] = {{.score = 0.9f, .label = "person", .track_id = 7},
                                {.score = 0.8f, .label = "person", .track_id = 9},
                                {.w = 1, .h = 1, .score = 0.95f, .label = "dog", .track_id = 8}};
  g_autofree gchar *file = g_strdup_printf ("models/%s", subject->file),
                   *model = shared_path (file);
  GstBuffer *picture, *out;
  const GstTfcPoseMeta *meta;
  GstHarness *h;
  GstCaps *caps;

  if (!g_file_test (model, G_FILE_TEST_EXISTS)) {
    g_test_skip ("the mirror of models is not there");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (subject->parts); i++) {
    const Part *p = &subject->parts[i];
    objects[i].x = (gfloat)p->x / subject->width;
    objects[i].y = (gfloat)p->y / subject->height;
    objects[i].w = (gfloat)p->width / subject->width;
    objects[i].h = (gfloat)p->height / subject->height;
  }
  picture = photo (subject->picture, "RGB", 0, 0, &caps);
  h = detect_play (element_new (subject, TRUE), NULL);
  set_properties (h->element, "classes", "person", NULL);
  gst_harness_set_src_caps (h, caps);
  out = show (h, picture, 0, objects, G_N_ELEMENTS (objects));
  check_all (subject, picture, out, objects);
  gst_buffer_unref (out);
  set_properties (h->element, "max-objects", 1, NULL);
  out = show (h, picture, 1, objects, G_N_ELEMENTS (objects));
  meta = gst_buffer_get_tfc_pose_meta (out);
  g_assert_cmpuint (meta->n_poses, >, 0);
  for (guint k = 0; k < meta->n_poses; k++)
    g_assert_cmpuint (meta->poses[k].object_id, ==, 7);
  gst_buffer_unref (out);
  out = show (h, picture, 2, NULL, 0);
  g_assert_cmpuint (gst_buffer_get_tfc_pose_meta (out)->n_poses, ==, 0);
  gst_buffer_unref (out);
  gst_buffer_unref (picture);
  detect_done (h, NULL);
}

/* Of a tall object MoveNet sees all, not the square in its middle, as it would of a frame. */
static void
test_whole (gconstpointer data)
{
  static const Part parts[] = {{238, 74, 81, 191}, {154, 62, 80, 200}};
  const Subject *subject = data;
  GstTfcDetection objects[G_N_ELEMENTS (parts)] = {{.score = 0.9f, .track_id = 1},
                                                   {.score = 0.8f, .track_id = 2}};
  g_autofree gchar *file = g_strdup_printf ("models/%s", subject->file),
                   *model = shared_path (file);
  const GstTfcPoseMeta *meta;
  GstBuffer *picture, *out;
  GstVideoInfo info;
  GstHarness *h;
  GstCaps *caps;

  if (!g_file_test (model, G_FILE_TEST_EXISTS)) {
    g_test_skip ("the mirror of models is not there");
    return;
  }
  picture = photo ("golden/pose/media/couple_snow.png", "RGB", 0, 0, &caps);
  g_assert_true (gst_video_info_from_caps (&info, caps));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    objects[i].x = (gfloat)parts[i].x / info.width;
    objects[i].y = (gfloat)parts[i].y / info.height;
    objects[i].w = (gfloat)parts[i].width / info.width;
    objects[i].h = (gfloat)parts[i].height / info.height;
  }
  h = detect_play (element_new (subject, TRUE), NULL);
  gst_harness_set_src_caps (h, caps);
  out = show (h, picture, 0, objects, G_N_ELEMENTS (objects));
  meta = gst_buffer_get_tfc_pose_meta (out);
  g_assert_cmpuint (meta->n_poses, ==, G_N_ELEMENTS (objects));
  for (guint i = 0; i < meta->n_poses; i++) {
    g_assert_cmpfloat (meta->poses[i].h, >, 0.75f * objects[i].h);
    g_assert_cmpfloat (meta->poses[i].score, >, 0.6f);
  }
  gst_buffer_unref (out);
  gst_buffer_unref (picture);
  detect_done (h, NULL);
}

static const TestCase cases[] = {
    {"/objects/hands", NULL, test_objects, &subjects[0]},
    {"/objects/movenet", NULL, test_objects, &subjects[1]},
    {"/objects/movenet-whole", NULL, test_whole, &subjects[1]},
    {"/objects/blazepose", NULL, test_objects, &subjects[2]},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
