/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Where there are kernels for 8 bits, none of the mirror's networks has a layer of 8 bits left to
 * the reference, which is many times slower, but gathers of a few values. */
#include "inference/backend.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/q8/q8.h"
#include "inference/builder/load.h"
#include "inference/error.h"
#include "inference/ops/op.h"
#include "inference/plan/plan.h"

#define FEW 1024

static const gchar *const networks[] = {
    "automl/image_flowers/model.tflite",
    "automl/objects_lush/lush_naked.tflite",
    "automl/objects_shampoos/model.tflite",
    "classify/mobilenet_v1_0.25_128_quant.tflite",
    "classify/mobilenet_v1_1.0_224_quant_embedding_extractor.tflite",
    "classify/mobilenet_v2_1.0_224_quant.tflite",
    "classify/tf2_mobilenet_v2_1.0_224_ptq.tflite",
    "coco-ssd/mobilenet_v1_quant/detect.tflite",
    "pose/movenet_lightning_int8/movenet_single_pose_lightning_ptq.tflite",
};

static gboolean
is_byte (const TfcGraph *g, guint value)
{
  const TfcType type = tfc_graph_v (g, value)->tensor.type;
  return type == TFC_TYPE_U8 || type == TFC_TYPE_I8;
}

static void
check_step (const TfcStep *step)
{
  const TfcGraph *g = step->segment.graph;
  if (step->backend != &tfc_backend_reference)
    return;
  for (guint i = 0; i < step->segment.n; i++) {
    const TfcNode *n = tfc_graph_n (g, step->segment.first + i);
    if (is_byte (g, n->in[0]) && is_byte (g, n->out[0]) &&
        tfc_tensor_count (&tfc_graph_v (g, n->out[0])->tensor) > FEW)
      g_error ("node %u, %s, runs on the reference", step->segment.first + i,
               tfc_op_table[n->op].name);
  }
}

static void
test_network (gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  const gchar *root = g_getenv ("TFC_SHARED");
  g_autofree gchar *path = g_build_filename (root ? root : "../shared", "models", name, NULL);
  if (!tfc_kernels ()->q8->gemm) {
    g_test_skip ("no 8-bit kernels of our own for this CPU");
    return;
  }
  TfcGraph *g = tfc_load (path, &error);
  if (g_error_matches (error, TFC_ERROR, TFC_ERROR_NOT_FOUND)) {
    g_test_skip (error->message);
    return;
  }
  g_assert_no_error (error);
  TfcPlan *plan = tfc_plan_new (g, &tfc_backend_auto, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < plan->n_steps; i++)
    check_step (&plan->steps[i]);
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++) {
    g_autofree gchar *path = g_strconcat ("/quantised-networks/", networks[i], NULL);
    g_test_add_data_func (path, networks[i], test_network);
  }
  return g_test_run ();
}
