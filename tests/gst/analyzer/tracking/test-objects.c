/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcdetect ! tfcpose or tfcfacemesh on=objects, both with tracking=motion: whose object it is, on
 * held frames and where it is missed. */
#include "tests/gst/common/moving.h"
#include "tests/gst/common/tiny.h"

#define STEP 6 /* pixels a frame */

typedef struct {
  const gchar *element, *model; /* path of the model in the mirror */
  MovingPicture picture;
} Kind;

static Kind kinds[] = {
    {"tfcpose", "models/pose/movenet_lightning/model.json", {"media/fdlite_portrait.png"}},
    {"tfcfacemesh", "models/face/face_landmark.tflite", {"media/fdlite_portrait.png"}},
};

/* What a buffer says of the object, and of the first that was found in one. */
typedef struct {
  guint n;
  guint64 object, track_id, object_id;
  gfloat object_x, x;
  gboolean seen, held;
} Look;

static Look
look (GstHarness *h, Kind *kind, guint frame, gint x)
{
  GstBuffer *out = through (h, moving_frame (&kind->picture, frame, x));
  const GstTfcDetectionMeta *objects = gst_buffer_get_tfc_detection_meta (out);
  const GstTfcPoseMeta *poses = gst_buffer_get_tfc_pose_meta (out);
  const GstTfcFaceMeta *faces = gst_buffer_get_tfc_face_meta (out);
  Look l = {0};

  for (guint i = 0; i < objects->n_detections; i++)
    if (!g_strcmp0 (objects->detections[i].label, "person")) {
      l.object = objects->detections[i].track_id;
      l.object_x = objects->detections[i].x + objects->detections[i].w / 2;
      break;
    }
  if (poses && poses->n_poses) {
    const GstTfcPose *p = poses->poses;
    l = (Look){poses->n_poses, l.object,        p->track_id, p->object_id,
               l.object_x,     p->x + p->w / 2, p->seen,     poses->held};
  }
  if (faces && faces->n_faces) {
    const GstTfcFace *f = faces->faces;
    l = (Look){faces->n_faces, l.object,        f->track_id, f->object_id,
               l.object_x,     f->x + f->w / 2, f->seen,     faces->held};
  }
  gst_buffer_unref (out);
  return l;
}

static GstHarness *
play (const Kind *kind, const gchar *tracking, guint interval)
{
  g_autofree gchar *models = shared_path ("models");
  g_autofree gchar *line = g_strdup_printf (
      "tfcdetect base-model=mobilenet-v1-quant threads=1 tracking=motion track-min-hits=1 "
      "score-threshold=0.3 interval=%u ! %s on=objects classes=person threads=1 tracking=%s "
      "track-min-hits=1 track-max-age=200 interval=%u",
      interval, kind->element, tracking, interval);
  GstHarness *h;

  g_setenv ("TFC_MODEL_PATH", models, FALSE);
  if (!have_shared (kind->model) || !have_model ())
    return NULL;
  h = gst_harness_new_parse (line);
  gst_harness_set_src_caps (h, moving_caps ());
  return h;
}

/* The object's id and its own stay, on held frames, too, where it goes on with the object. */
static void
test_held (gconstpointer data)
{
  Kind *kind = (Kind *)data;
  GstHarness *h = play (kind, "motion", 3);
  Look now, analysed = {0};

  for (guint i = 0; h && i < 24; i++) {
    now = look (h, kind, i, (gint)i * STEP);
    g_assert_cmpuint (now.n, ==, 1);
    g_assert_cmpint (now.held, ==, i % 3 != 0);
    g_assert_true (now.seen && now.track_id == 1 && now.object_id == now.object && now.object);
    if (!now.held)
      analysed = now;
    else if (i > 6)
      g_assert_cmpfloat (now.x, >, analysed.x + 0.2 * (i % 3) * STEP / MOVING_WIDTH);
    g_assert_cmpfloat_with_epsilon (now.x, now.object_x, 0.06);
  }
  for (guint i = 24; h && i < 27; i++) { /* it is not there any more: predicted, as its object is */
    now = look (h, kind, i, -1);
    g_assert_true (now.n == 1 && !now.seen && now.track_id == 1 && now.object_id == now.object);
  }
  for (guint i = 27; h && i < 34; i++) {
    now = look (h, kind, i, -1);
    g_assert_true (now.object != 0 && now.n == 0); /* the object's greatest age is longer */
  }
  if (h)
    gst_harness_teardown (h);
}

/* Without tracking of its own it has its object's id alone, and stays where it was. */
static void
test_none (gconstpointer data)
{
  Kind *kind = (Kind *)data;
  GstHarness *h = play (kind, "none", 3);
  Look now, analysed = {0};

  for (guint i = 0; h && i < 12; i++) {
    now = look (h, kind, i, (gint)i * STEP);
    g_assert_cmpuint (now.n, ==, 1);
    g_assert_true (now.seen && now.track_id == 0 && now.object_id == now.object && now.object);
    if (!now.held)
      analysed = now;
    g_assert_cmpfloat (now.x, ==, analysed.x);
  }
  if (h)
    gst_harness_teardown (h);
}

int
main (int argc, char **argv)
{
  int result;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree gchar *held = g_strdup_printf ("/tracking-objects/%s/held", kinds[i].element);
    g_autofree gchar *none = g_strdup_printf ("/tracking-objects/%s/none", kinds[i].element);
    g_test_add_data_func (held, &kinds[i], test_held);
    g_test_add_data_func (none, &kinds[i], test_none);
  }
  result = g_test_run ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    moving_clear (&kinds[i].picture);
  return result;
}
