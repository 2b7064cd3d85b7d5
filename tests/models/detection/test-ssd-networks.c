/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* SSD networks that are made for the test: class ids, label files, networks that are none. */
#include <glib/gstdio.h>
#include <math.h>
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "models/detection/score_decode.h"
#include "models/detection/ssd.h"
#include "tests/models/photo.h"

/* A network without weights: a 4 x 4 picture whose 48 bytes are both the boxes and the scores
 * of 12 anchors; the background and three classes. */
typedef struct {
  TfcShape boxes, scores;
  gfloat anchor, y_scale;
  guint n_anchors, n_classes;
  const gchar *tail;
} Toy;

static const Toy good_toy = {
    {3, {1, 12, 4}}, {3, {1, 12, 4}}, 0.5f, 10, 12, 3, "TFLite_Detection_PostProcess"};

static void
toy_option (TfcGraph *graph, const gchar *name, gdouble value)
{
  gdouble *v = g_new (gdouble, 1);

  *v = value;
  g_hash_table_insert (graph->tail->options, g_strdup (name), v);
}

static TfcGraph *
toy_graph (const Toy *toy)
{
  TfcGraph *graph = tfc_graph_new ();
  TfcTensor picture = {TFC_TYPE_U8, tfc_shape (4, 1, 4, 4, 3), {1 / 256.f}};
  TfcTensor boxes = {TFC_TYPE_U8, toy->boxes, {1 / 256.f}};
  TfcTensor scores = {TFC_TYPE_U8, toy->scores, {1 / 256.f}};
  TfcParams params = tfc_params (TFC_OP_RESHAPE);
  guint in = tfc_graph_value (graph, "picture", &picture);
  guint out[2] = {tfc_graph_value (graph, "boxes", &boxes),
                  tfc_graph_value (graph, "scores", &scores)};

  tfc_graph_input (graph, in);
  for (guint i = 0; i < 2; i++) {
    tfc_graph_node (graph, TFC_OP_RESHAPE, &params, &in, 1, &out[i], 1);
    tfc_graph_output (graph, out[i]);
  }
  if (toy->tail) {
    TfcShape shape = tfc_shape (2, toy->n_anchors, 4);
    gfloat *anchors = g_new (gfloat, toy->n_anchors * 4 + 1);
    for (guint i = 0; i < toy->n_anchors * 4; i++)
      anchors[i] = toy->anchor;
    graph->tail = g_new0 (TfcPostprocess, 1);
    graph->tail->name = g_strdup (toy->tail);
    graph->tail->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    toy_option (graph, "num_classes", toy->n_classes);
    toy_option (graph, "y_scale", toy->y_scale);
    if (toy->n_anchors) {
      graph->tail->n_consts = 1;
      graph->tail->consts = g_new (guint, 1);
      graph->tail->consts[0] = tfc_graph_const (graph, "anchors", TFC_TYPE_F32, &shape, anchors);
    }
    g_free (anchors);
  }
  return graph;
}

static TfcSsd *
toy_open (const Toy *toy, const gchar *labels, GError **error)
{
  TfcModelOptions options = {"reference", NULL};
  GError *why = NULL;
  TfcModel *model = tfc_model_open_graph (toy_graph (toy), &options, &why);

  g_assert_no_error (why);
  return tfc_ssd_new (model, labels, error);
}

static gchar *
label_file (const gchar *text)
{
  gchar *path = NULL;

  g_close (g_file_open_tmp ("labels-XXXXXX", &path, NULL), NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static gint
toy_first_class (const gchar *labels)
{
  guint8 pixels[48] = {0};
  TfcFrame frame = tfc_frame_rgb (pixels, 4, 4);
  TfcSsdOptions options = TFC_SSD_DEFAULTS;
  TfcDetection out[12];
  TfcSsd *ssd = toy_open (&good_toy, labels, NULL);

  g_assert_nonnull (ssd);
  pixels[4 * 5] = 255; /* the background counts for nothing */
  pixels[4 * 5 + 2] = 192;
  g_assert_cmpint (tfc_ssd_run (ssd, &frame, &options, out, 12, NULL, NULL), ==, 1);
  g_assert_cmpfloat (out[0].score, ==, 0.75f);
  g_assert_cmpfloat_with_epsilon (out[0].box.y + out[0].box.h / 2, 0.5 + 255 / 256. / 10 * 0.5,
                                  1e-6);
  g_assert_cmpfloat_with_epsilon (out[0].box.h, 0.5 * exp (0.75 / 5), 1e-6);
  tfc_ssd_close (ssd);
  return out[0].class_id;
}

/* Numbering of classes with and without the background's line. */
static void
test_class_ids (void)
{
  gchar *with = label_file ("???\none\ntwo\nthree\n"), *without = label_file ("one\ntwo\nthree\n");
  gchar *shorter = label_file ("one\ntwo\n");
  GError *error = NULL;

  g_assert_cmpint (toy_first_class (NULL), ==, 2);
  g_assert_cmpint (toy_first_class (with), ==, 2);
  g_assert_cmpint (toy_first_class (without), ==, 1);
  g_assert_null (toy_open (&good_toy, shorter, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "has 2 names"));
  g_assert_nonnull (strstr (error->message, "3 classes"));
  g_clear_error (&error);
  g_assert_null (toy_open (&good_toy, "/nonexistent", &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_remove (with);
  g_remove (without);
  g_remove (shorter);
  g_free (with);
  g_free (without);
  g_free (shorter);
}

static void
refuse_toy (Toy toy, gint code, const gchar *says)
{
  GError *error = NULL;

  g_assert_null (toy_open (&toy, NULL, &error));
  g_assert_error (error, TFC_ERROR, code);
  if (!strstr (error->message, says))
    g_error ("'%s' does not say '%s'", error->message, says);
  g_clear_error (&error);
}

static void
test_refused (void)
{
  Toy t;

  t = good_toy, t.n_anchors = 11;
  refuse_toy (t, TFC_ERROR_FORMAT, "11 anchors");
  t = good_toy, t.n_anchors = 0;
  refuse_toy (t, TFC_ERROR_FORMAT, "no anchors");
  t = good_toy, t.anchor = NAN;
  refuse_toy (t, TFC_ERROR_FORMAT, "anchor 0 is not finite");
  t = good_toy, t.y_scale = 0;
  refuse_toy (t, TFC_ERROR_FORMAT, "scale 0");
  t = good_toy, t.n_classes = 7;
  refuse_toy (t, TFC_ERROR_UNSUPPORTED, "num_classes");
  t = good_toy, t.tail = "Something_Else";
  refuse_toy (t, TFC_ERROR_UNSUPPORTED, "Something_Else");
  t = good_toy, t.boxes = tfc_shape (3, 1, 8, 6);
  refuse_toy (t, TFC_ERROR_UNSUPPORTED, "1x8x6");
  t = good_toy, t.scores = tfc_shape (3, 1, 6, 8), t.n_classes = 8;
  refuse_toy (t, TFC_ERROR_UNSUPPORTED, "1x6x8");
  t = good_toy, t.tail = NULL;
  refuse_toy (t, TFC_ERROR_UNSUPPORTED, "anchors=FILE");
}

/* Other networks are told apart from an SSD. */
static void
test_other_network (void)
{
  gchar *path = golden_path ("models/face/face_landmark.tflite");
  GError *error = NULL;

  if (!path)
    return;
  g_assert_null (tfc_ssd_open (path, NULL, NULL, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, "not an SSD"));
  g_clear_error (&error);
  g_assert_null (tfc_ssd_open ("/nonexistent.tflite", NULL, NULL, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  tfc_ssd_close (NULL);
  g_free (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ssd/class-ids", test_class_ids);
  g_test_add_func ("/ssd/refused", test_refused);
  g_test_add_func ("/ssd/other-network", test_other_network);
  return g_test_run ();
}
