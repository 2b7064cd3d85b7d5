/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcpose: golden pictures through the element with every network, its properties, models that
 * change while it plays. */
#include <cJSON.h>
#include <math.h>
#include <string.h>
#include "tests/gst/common/detect.h"

#define FRAME (GST_SECOND / 30)
#define PEOPLE "golden/pose/media/couple_snow.png"

static gint churning;

static gboolean
have_poses (void)
{
  return have_shared ("models/pose/movenet_lightning/model.json");
}

static GstElement *
pose_new (void)
{
  g_autofree gchar *models = shared_path ("models");

  return gst_element_factory_make_full ("tfcpose", "model-path", models, "threads", 1, NULL);
}

/* The picture as the frame-th buffer; what comes out. */
static GstBuffer *
show (GstHarness *h, GstBuffer *picture, guint frame)
{
  GstBuffer *buffer = gst_buffer_copy (picture);

  GST_BUFFER_PTS (buffer) = frame * FRAME;
  GST_BUFFER_DURATION (buffer) = FRAME;
  GST_BUFFER_FLAG_UNSET (buffer, GST_BUFFER_FLAG_DISCONT);
  return through (h, buffer);
}

/* A model, where the picture's file has its answer, and what its poses have. */
typedef struct {
  const gchar *model, *path[3];
  guint max_poses, n_points;
  gdouble sure; /* golden scores of points that are compared */
} Model;

static const Model models[] = {
    {"movenet-lightning", {"movenet", "lightning", "pose"}, 1, 17, 0.3},
    {"movenet-thunder", {"movenet", "thunder", "pose"}, 1, 17, 0.3},
    {"movenet-multipose", {"movenet", "multipose", "poses"}, 6, 17, 0.3},
    {"posenet", {"posenet", "multi"}, 5, 17, 0.1},
    {"blazepose-lite", {"blazepose_tflite", "lite", "pose"}, 1, 33, 0},
    {"blazepose-full", {"blazepose_tflite", "full", "pose"}, 1, 33, 0},
};

/* Mean distance of points in longer edges of the golden ones' box. */
static gdouble
distance (const GstTfcPose *pose, const cJSON *golden, const Model *model, guint width,
          guint height)
{
  const cJSON *points = cJSON_GetObjectItem (golden, "keypoints"), *p;
  gdouble least[2] = {G_MAXDOUBLE, G_MAXDOUBLE}, most[2] = {-G_MAXDOUBLE, -G_MAXDOUBLE}, sum = 0;
  guint i = 0, n = 0;

  cJSON_ArrayForEach (p, points) {
    const gdouble at[2] = {cJSON_GetNumberValue (cJSON_GetArrayItem (p, 0)),
                           cJSON_GetNumberValue (cJSON_GetArrayItem (p, 1))};
    const gint last = cJSON_GetArraySize (p) - 1;
    const GstTfcKeypoint *ours = &pose->points[i++];
    if (cJSON_GetNumberValue (cJSON_GetArrayItem (p, last)) < model->sure)
      continue;
    for (guint k = 0; k < 2; k++) {
      least[k] = fmin (least[k], at[k]);
      most[k] = fmax (most[k], at[k]);
    }
    sum += hypot (ours->x * width - at[0], ours->y * height - at[1]);
    n++;
  }
  g_assert_cmpuint (i, ==, pose->n_points);
  return n ? sum / n / fmax (most[0] - least[0], most[1] - least[1]) : 0;
}

/* golden: one pose, or a list of them; each has one of ours near it. */
static void
compare (const GstTfcPoseMeta *meta, const cJSON *golden, const Model *model,
         const GstVideoInfo *info)
{
  const gboolean rgb = GST_VIDEO_INFO_FORMAT (info) == GST_VIDEO_FORMAT_RGB;
  const guint n = cJSON_IsArray (golden) ? (guint)cJSON_GetArraySize (golden) : 1;

  g_assert_nonnull (meta);
  g_assert_cmpuint (meta->n_poses, ==, n);
  for (guint k = 0; k < n; k++) {
    const cJSON *want = cJSON_IsArray (golden) ? cJSON_GetArrayItem (golden, (gint)k) : golden;
    gdouble least = G_MAXDOUBLE;
    for (guint i = 0; i < n; i++) {
      const GstTfcPose *pose = &meta->poses[i];
      g_assert_cmpuint (pose->n_points, ==, model->n_points);
      g_assert_cmpint (pose->world != NULL, ==, model->n_points == 33);
      g_assert_cmpuint (pose->track_id, >, 0);
      least = fmin (least, distance (pose, want, model, (guint)info->width, (guint)info->height));
    }
    g_test_message ("%s: %.3f %%", model->model, 100 * least);
    g_assert_cmpfloat (least, <, rgb ? 0.001 : 0.02);
  }
}

/* What the reference says of couple_snow; the caller's. */
static cJSON *
answers (void)
{
  g_autofree gchar *path = shared_path ("golden/pose/photos/couple_snow.json"), *text = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    return cJSON_Parse (text);
  g_test_skip ("no golden results");
  return NULL;
}

/* Every network, one after the other in a stream, in two formats. */
static void
test_golden (void)
{
  static const gchar *const formats[] = {"RGB", "NV12"};
  cJSON *root = have_poses () ? answers () : NULL;
  GstHarness *h;
  GstBus *bus;

  if (!root)
    return;
  h = detect_play (pose_new (), &bus);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (models); i++) {
    const Model *model = &models[i / 2];
    const cJSON *golden = root;
    GstBuffer *picture, *out;
    GstSegment segment;
    GstVideoInfo info;
    GstCaps *caps;
    if (i % 2 == 0 && i > 0) {
      gst_util_set_object_arg (G_OBJECT (h->element), "model", model->model);
      gst_structure_free (wait_message (bus, "tfc-model-loaded"));
    }
    g_object_set (h->element, "max-poses", model->max_poses, NULL);
    for (guint k = 0; k < G_N_ELEMENTS (model->path) && model->path[k]; k++)
      golden = cJSON_GetObjectItem (golden, model->path[k]);
    picture = photo (PEOPLE, formats[i % 2], 0, 0, &caps);
    g_assert_true (gst_video_info_from_caps (&info, caps));
    gst_harness_set_src_caps (h, caps);
    gst_segment_init (&segment, GST_FORMAT_TIME); /* forgets */
    gst_harness_push_event (h, gst_event_new_segment (&segment));
    out = show (h, picture, 0);
    compare (gst_buffer_get_tfc_pose_meta (out), golden, model, &info);
    gst_buffer_unref (out);
    gst_buffer_unref (picture);
    if (i == 0)
      gst_structure_free (wait_message (bus, "tfc-model-loaded"));
  }
  cJSON_Delete (root);
  detect_done (h, bus);
}

/* A landmark network of one's own takes the detector of its format: these two are the reference's.
 */
static void
test_graph_models (void)
{
  static const Model model = {"blazepose-lite", {"blazepose", "lite", "pose"}, 1, 33, 0};
  g_autofree gchar *file =
      shared_path ("models/pose/blazepose_landmark_lite_graphmodel/blazepose-lite.json");
  cJSON *root = have_poses () ? answers () : NULL;
  const cJSON *golden = root;
  GstBuffer *picture, *out;
  GstElement *element;
  GstVideoInfo info;
  GstHarness *h;
  GstCaps *caps;

  if (!root)
    return;
  for (guint k = 0; k < G_N_ELEMENTS (model.path); k++)
    golden = cJSON_GetObjectItem (golden, model.path[k]);
  element = pose_new ();
  gst_util_set_object_arg (G_OBJECT (element), "model", model.model);
  g_object_set (element, "model-file", file, NULL);
  h = detect_play (element, NULL);
  picture = photo (PEOPLE, "RGB", 0, 0, &caps);
  g_assert_true (gst_video_info_from_caps (&info, caps));
  gst_harness_set_src_caps (h, caps);
  out = show (h, picture, 0);
  compare (gst_buffer_get_tfc_pose_meta (out), golden, &model, &info);
  gst_buffer_unref (out);
  gst_buffer_unref (picture);
  cJSON_Delete (root);
  detect_done (h, NULL);
}

static void
test_defaults (void)
{
  GstElement *element = gst_object_ref_sink (gst_element_factory_make ("tfcpose", NULL));

  assert_defaults (element);
  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    guint value;
    gst_util_set_object_arg (G_OBJECT (element), "model", models[i].model);
    g_object_get (element, "model", &value, NULL);
    g_assert_cmpuint (value, ==, i);
  }
  gst_object_unref (element);
}

typedef struct {
  gint n; /* -1: no meta */
  guint64 id[20];
} Seen;

static Seen
look (GstHarness *h, GstBuffer *picture, guint frame)
{
  GstBuffer *out = show (h, picture, frame);
  const GstTfcPoseMeta *meta = gst_buffer_get_tfc_pose_meta (out);
  Seen seen = {-1, {0}};

  if (meta) {
    seen.n = (gint)meta->n_poses;
    for (guint i = 0; i < meta->n_poses; i++)
      seen.id[i] = meta->poses[i].track_id;
  }
  gst_buffer_unref (out);
  return seen;
}

/* Numbers take effect on the next frame, people keep their ids while they are there, and get others
 * when they were lost; sizes of frames change. */
static void
test_live (void)
{
  GstBuffer *picture, *other;
  GstHarness *h;
  GstCaps *caps;
  Seen first, seen;

  if (!have_poses ())
    return;
  h = detect_play (pose_new (), NULL);
  gst_util_set_object_arg (G_OBJECT (h->element), "model", "movenet-multipose");
  g_object_set (h->element, "max-poses", 6, NULL);
  picture = photo (PEOPLE, "NV12", 0, 0, &caps);
  gst_harness_set_src_caps (h, caps);
  first = look (h, picture, 1);
  while (first.n < 2) /* until the model has taken over */
    first = look (h, picture, 1);
  g_assert_cmpint (first.n, ==, 2);
  seen = look (h, picture, 2);
  g_assert_cmpmem (seen.id, sizeof seen.id, first.id, sizeof first.id);
  g_object_set (h->element, "max-poses", 1, NULL);
  seen = look (h, picture, 3);
  g_assert_cmpint (seen.n, ==, 1);
  g_assert_cmpuint (seen.id[0], ==, first.id[0]);
  g_object_set (h->element, "max-poses", 6, "score-threshold", 1.0, NULL);
  g_assert_cmpint (look (h, picture, 4).n, ==, 0);
  g_object_set (h->element, "score-threshold", -1.0, NULL);
  seen = look (h, picture, 60); /* two seconds later they are others */
  g_assert_cmpint (seen.n, ==, 2);
  g_assert_cmpuint (MIN (seen.id[0], seen.id[1]), >, MAX (first.id[0], first.id[1]));
  other = photo ("golden/pose/media/tree_pose.png", "RGB", 0, 0, &caps);
  gst_harness_set_src_caps (h, caps);
  g_assert_cmpint (look (h, other, 61).n, ==, 1);
  gst_buffer_unref (other);
  gst_buffer_unref (picture);
  detect_done (h, NULL);
}

/* A file of another kind is refused by name, and the old model runs on. */
static void
test_refused (void)
{
  g_autofree gchar *wrong = shared_path ("models/pose/blazepose/pose_landmark_lite.tflite");
  g_autofree gchar *now = NULL;
  GstBuffer *picture;
  GstHarness *h;
  GstStructure *failed;
  GstBus *bus;
  GstCaps *caps;

  if (!have_poses ())
    return;
  h = detect_play (pose_new (), &bus);
  picture = photo (PEOPLE, "NV12", 0, 0, &caps);
  gst_harness_set_src_caps (h, caps);
  g_assert_cmpint (look (h, picture, 1).n, ==, 1);
  g_object_set (h->element, "model-file", wrong, NULL);
  failed = wait_message (bus, "tfc-model-failed");
  g_test_message ("%s", gst_structure_get_string (failed, "error"));
  gst_structure_free (failed);
  g_assert_cmpint (look (h, picture, 2).n, ==, 1);
  g_object_get (h->element, "model-file", &now, NULL);
  g_assert_null (now);
  gst_buffer_unref (picture);
  detect_done (h, bus);
}

/* Somebody who sets everything all the time. */
static gpointer
churn (gpointer element)
{
  while (g_atomic_int_get (&churning)) {
    const guint i = g_random_int ();
    g_object_set (element, "model", i % 6, "max-poses", 1 + i % 20, "smoothing", i >> 5 & 1,
                  "point-threshold", (i >> 6 & 3) / 4.0, "score-threshold", (i >> 8 & 3) / 4.0,
                  "internal-size", i >> 15 & 255, "interval", 1 + (i >> 12 & 1), "mode",
                  i >> 13 & 1, "threads", 1 + (i >> 14 & 1), "tracking", i >> 16 & 1,
                  "track-max-age", i >> 17 & 255, "tracker", i >> 25 & 1, "mask", i >> 26 & 1, NULL);
    g_usleep (2000);
  }
  return NULL;
}

static void
test_churn (void)
{
  GstBuffer *picture;
  GstHarness *h;
  GThread *thread;
  GstCaps *caps;

  if (!have_poses ())
    return;
  h = detect_play (pose_new (), NULL);
  picture = photo (PEOPLE, "NV12", 0, 0, &caps);
  gst_harness_set_src_caps (h, caps);
  look (h, picture, 0);
  g_atomic_int_set (&churning, 1);
  thread = g_thread_new ("churn", churn, h->element);
  for (guint i = 1; i < 60; i++)
    g_assert_cmpint (look (h, picture, i).n, <=, 20);
  g_atomic_int_set (&churning, 0);
  g_thread_join (thread);
  gst_buffer_unref (picture);
  detect_done (h, NULL);
}

static const TestCase cases[] = {
    {"/pose/golden", test_golden},
    {"/pose/graph-models", test_graph_models},
    {"/pose/defaults", test_defaults},
    {"/pose/live", test_live},
    {"/pose/refused", test_refused},
    {"/pose/churn", test_churn},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
