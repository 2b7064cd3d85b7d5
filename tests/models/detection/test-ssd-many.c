/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A detector of one's own with more anchors than detections are ever told of a frame. */
#include "inference/graph/graph.h"
#include "models/detection/ssd.h"

#define SIDE 64 /* of the picture, whose bytes are four numbers a box, and the scores of four classes */
#define BOXES (SIDE * SIDE * 3 / 4)
#define ACROSS 64
#define DOWN (BOXES / ACROSS)
#define BOX (1.f / 128) /* narrower than a cell of the grid: no box overlaps another */

G_STATIC_ASSERT (BOXES > TFC_MAX_DETECTIONS);

static guint
reshaped (TfcGraph *graph, guint picture, const gchar *name)
{
  const TfcTensor tensor = {TFC_TYPE_U8, tfc_shape (3, 1, BOXES, 4), {1 / 256.f}};
  const TfcParams params = tfc_params (TFC_OP_RESHAPE);
  guint out = tfc_graph_value (graph, name, &tensor);

  tfc_graph_node (graph, TFC_OP_RESHAPE, &params, &picture, 1, &out, 1);
  tfc_graph_output (graph, out);
  return out;
}

/* centre y, centre x, height, width */
static guint
grid (TfcGraph *graph)
{
  const TfcShape shape = tfc_shape (2, BOXES, 4);
  gfloat *anchors = g_new (gfloat, BOXES * 4);

  for (guint i = 0; i < BOXES; i++) {
    anchors[4 * i] = (i / ACROSS + 0.5f) / DOWN;
    anchors[4 * i + 1] = (i % ACROSS + 0.5f) / ACROSS;
    anchors[4 * i + 2] = anchors[4 * i + 3] = BOX;
  }
  const guint id = tfc_graph_const (graph, "anchors", TFC_TYPE_F32, &shape, anchors);
  g_free (anchors);
  return id;
}

static TfcSsd *
open_net (void)
{
  const TfcTensor tensor = {TFC_TYPE_U8, tfc_shape (4, 1, SIDE, SIDE, 3), {1 / 256.f}};
  const TfcModelOptions options = {.backend = "reference"};
  TfcGraph *graph = tfc_graph_new ();
  const guint picture = tfc_graph_value (graph, "picture", &tensor);
  gdouble *classes = g_new (gdouble, 1);
  GError *error = NULL;

  tfc_graph_input (graph, picture);
  reshaped (graph, picture, "boxes");
  reshaped (graph, picture, "scores");
  *classes = 3;
  graph->tail = g_new0 (TfcPostprocess, 1);
  graph->tail->name = g_strdup ("TFLite_Detection_PostProcess");
  graph->tail->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (graph->tail->options, g_strdup ("num_classes"), classes);
  graph->tail->n_consts = 1;
  graph->tail->consts = g_new (guint, 1);
  graph->tail->consts[0] = grid (graph);
  TfcModel *model = tfc_model_open_graph (graph, &options, &error);
  g_assert_no_error (error);
  TfcSsd *ssd = tfc_ssd_new (model, NULL, &error);
  g_assert_no_error (error);
  return ssd;
}

/* Every box has something in it, and the last of them the most. */
static guint
run (guint max, TfcDetection out[TFC_MAX_DETECTIONS])
{
  TfcSsd *ssd = open_net ();
  guint8 *pixels = g_malloc0 (4 * BOXES);
  const TfcFrame frame = tfc_frame_rgb (pixels, SIDE, SIDE);
  TfcSsdOptions options = TFC_SSD_DEFAULTS;
  GError *error = NULL;

  for (guint i = 0; i < BOXES; i++)
    pixels[4 * i + 1] = i + 1 == BOXES ? 255 : 200;
  options.max_detections = max;
  const gint n = tfc_ssd_run (ssd, &frame, &options, out, TFC_MAX_DETECTIONS, NULL, &error);
  g_assert_no_error (error);
  g_free (pixels);
  tfc_ssd_close (ssd);
  return (guint)n;
}

static void
check_last_box (const TfcDetection *best)
{
  g_assert_cmpfloat (best->score, ==, 255 / 256.f);
  g_assert_cmpfloat_with_epsilon (best->box.y + best->box.h / 2, 1 - 0.5 / DOWN, 1e-6);
  g_assert_cmpfloat_with_epsilon (best->box.x + best->box.w / 2, 1 - 0.5 / ACROSS, BOX);
}

static void
test_all (void)
{
  TfcDetection *out = g_new (TfcDetection, TFC_MAX_DETECTIONS);

  g_assert_cmpuint (run (TFC_MAX_DETECTIONS, out), ==, TFC_MAX_DETECTIONS);
  check_last_box (&out[0]);
  for (guint i = 1; i < TFC_MAX_DETECTIONS; i++)
    g_assert_cmpfloat (out[i].score, ==, 200 / 256.f);
  g_free (out);
}

static void
test_few (void)
{
  TfcDetection *out = g_new (TfcDetection, TFC_MAX_DETECTIONS);

  g_assert_cmpuint (run (TFC_SSD_DEFAULT_MAX_DETECTIONS, out), ==, TFC_SSD_DEFAULT_MAX_DETECTIONS);
  check_last_box (&out[0]);
  g_free (out);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ssd-many/all", test_all);
  g_test_add_func ("/ssd-many/few", test_few);
  return g_test_run ();
}
