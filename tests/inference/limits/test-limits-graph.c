/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Memory that follows from how a network's parts are used: a box coder that is tried, weights that
 * many nodes take, inputs of all nodes. Each from both sides. */
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "tests/inference/tfjs/graphmodel.h"
#include "inference/builder/load.h"
#include "inference/model.h"
#include "tests/inference/tfjs/tfjs-nets.h"

#include <string.h>
#include <unistd.h>

/* A box coder behind so many copies of the encodings, of which it takes the first: trying it takes
 * memory for all. starts: where it is seen to start. */
static void
coder_behind (guint copies, const gchar *starts)
{
  GraphModel *f = graphmodel_new ();
  GString *list = g_string_new (NULL);
  GError *error = NULL;
  tfjs_coder (f, 0.125f);
  g_assert_cmpuint (g_string_replace (f->nodes, "\"axis\",\"encodings\"", "\"axis\",\"cut\"", 0),
                    ==, 1);
  for (guint i = 0; i < copies; i++)
    g_string_append (list, "encodings,");
  g_string_append (list, "first");
  graphmodel_ints (f, "first", "", (gint32[]){1});
  graphmodel_ints (f, "nothing", "4", (gint32[]){0, 0, 0, 0});
  graphmodel_ints (f, "one", "4", (gint32[]){1, 2, 1, 4});
  graphmodel_node (f, "wide", "ConcatV2", list->str, NULL);
  graphmodel_node (f, "cut", "Slice", "wide,nothing,one", NULL);
  TfcGraph *g = tfc_load_tfjs (graphmodel_write (f), &error);
  g_assert_no_error (error);
  g_assert_nonnull (g->tail);
  g_assert_cmpstr (tfc_graph_v (g, g_array_index (g->outputs, guint, 0))->name, ==, starts);
  tfc_graph_free (g);
  g_string_free (list, TRUE);
  graphmodel_free (f);
}

static void
test_coder (void)
{
  coder_behind (56, "encodings"); /* 64 times what the boxes take */
  coder_behind (57, "cut");
}

/* So many layers on one weight of 256 KiB, of one output channel each: packed it takes 4 MiB, and a
 * graph with so much of constants may have 72 MiB of that. */
static TfcModel *
layers_on_one_weight (guint n, const gchar *backend, const gchar *says)
{
  enum { CHANNELS = 65536 };
  const TfcParams p = tfc_params (TFC_OP_FULLY_CONNECTED);
  const TfcShape shape = tfc_shape (2, 1, CHANNELS);
  TfcModelOptions options = {.backend = backend};
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = shape}, w = x;
  TfcGraph *g = tfc_graph_new ();
  GError *error = NULL;
  guint in[2] = {tfc_graph_value (g, "x", &x)};
  w.data = tfc_graph_alloc (g, CHANNELS * sizeof (gfloat));
  for (guint i = 0; i < CHANNELS; i++)
    ((gfloat *)w.data)[i] = (gfloat)(i % 2);
  in[1] = tfc_graph_value (g, "w", &w);
  tfc_graph_input (g, in[0]);
  for (guint i = 0; i < n; i++) {
    guint y = tfc_graph_unknown (g, "y");
    tfc_graph_node (g, TFC_OP_FULLY_CONNECTED, &p, in, 2, &y, 1);
    tfc_graph_output (g, y);
  }
  TfcModel *model = tfc_model_open_graph (g, &options, &error);
  g_assert_true ((model != NULL) != (says != NULL));
  if (says) {
    g_assert_error (error, TFC_ERROR, TFC_ERROR_FORMAT);
    g_assert_nonnull (strstr (error->message, says));
    g_error_free (error);
  }
  return model;
}

static void
open_and_close (guint n, const gchar *backend, const gchar *says)
{
  tfc_model_close (layers_on_one_weight (n, backend, says));
}

/* Every second channel counts. */
static void
check_sums (TfcModel *model)
{
  const TfcTensor *x = tfc_model_input (model, 0);
  const gsize n = tfc_tensor_count (x);
  for (gsize i = 0; i < n; i++)
    ((gfloat *)x->data)[i] = 1;
  g_assert_true (tfc_model_run (model, NULL));
  for (guint i = 0; i < tfc_model_n_outputs (model); i++)
    g_assert_cmpfloat (*(gfloat *)tfc_model_output (model, i)->data, ==, (gfloat)n / 2);
}

/* Bytes of memory that we have written to, or 0 if nobody says. */
static gsize
resident (void)
{
  gchar *text = NULL;
  guint64 pages = 0;
  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    pages = g_ascii_strtoull (strchr (text, ' '), NULL, 10);
  g_free (text);
  return pages * (gsize)sysconf (_SC_PAGESIZE);
}

/* Our own kernels share them: a thousand layers take what one does, 4 MiB, and what each has else.
 */
static void
packed_once (const gchar *backend)
{
  TfcModel *one = layers_on_one_weight (1, backend, NULL);
  const gsize before = resident ();
  TfcModel *all = layers_on_one_weight (1000, backend, NULL);
  g_test_message ("%s: %" G_GSIZE_FORMAT " bytes more for 1000 layers", backend,
                  resident () - before);
  g_assert_cmpuint (resident () - MIN (before, resident ()), <, 32 << 20);
  check_sums (all);
  tfc_model_close (one);
  tfc_model_close (all);
}

static void
test_packed (void)
{
  for (guint i = 0; tfc_backend_nth (i); i++) {
    const TfcBackend *backend = tfc_backend_nth (i);
    const gboolean packs = backend->packs_weights;
    if (backend == &tfc_backend_auto && !tfc_kernels ()->f32->gemm &&
        !backend->fallback->packs_weights)
      continue;
    if (backend == &tfc_backend_auto && tfc_kernels ()->f32->gemm) {
      packed_once (backend->name);
      continue;
    }
    open_and_close (17, backend->name, NULL);
    open_and_close (18, backend->name, packs ? "over and over" : NULL);
    open_and_close (1000, backend->name, packs ? "over and over" : NULL);
  }
}

/* So many convolutions in 4096 groups of one output on one weight of 32 KiB: packed it takes 1.5
 * MiB. */
static void
groups_on_one_weight (guint n, const gchar *backend, gboolean opens)
{
  enum { GROUPS = 4096 };
  static gfloat weights[2 * GROUPS];
  const TfcParams p = tfc_params (TFC_OP_CONV_2D);
  const TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (4, 1, 1, 1, 2 * GROUPS)};
  const TfcShape shape = tfc_shape (4, GROUPS, 1, 1, 2);
  TfcModelOptions options = {.backend = backend};
  g_autoptr (GError) error = NULL;
  TfcGraph *g = tfc_graph_new ();
  guint in[2] = {tfc_graph_value (g, "x", &x)};
  in[1] = tfc_graph_const (g, "w", TFC_TYPE_F32, &shape, weights);
  tfc_graph_input (g, in[0]);
  for (guint i = 0; i < n; i++) {
    guint y = tfc_graph_unknown (g, "y");
    tfc_graph_node (g, TFC_OP_CONV_2D, &p, in, 2, &y, 1);
    tfc_graph_output (g, y);
  }
  TfcModel *model = tfc_model_open_graph (g, &options, &error);
  g_assert_true ((model != NULL) == opens);
  g_assert_true (opens || strstr (error->message, "over and over"));
  if (model)
    tfc_model_close (model);
}

/* One copy a node. */
static gboolean
copies (const TfcBackend *backend)
{
  return backend && backend->packs_weights && !backend->shares_packed;
}

/* In groups each one's outputs are filled up. */
static void
test_packed_groups (void)
{
  for (guint i = 0; tfc_backend_nth (i); i++) {
    const TfcBackend *backend = tfc_backend_nth (i);
    groups_on_one_weight (43, backend->name, TRUE);
    groups_on_one_weight (44, backend->name, !copies (backend) && !copies (backend->fallback));
  }
}

/* Nodes with so many inputs in all. */
static gboolean
inputs_in_all (guint n)
{
  TfcGraph *g = tfc_graph_new ();
  const TfcParams p = tfc_params (TFC_OP_CONCAT);
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (1, 1)};
  guint in[TFC_MAX_NODE_INPUTS], y = 0;
  in[0] = tfc_graph_value (g, "x", &x);
  for (guint k = 1; k < TFC_MAX_NODE_INPUTS; k++)
    in[k] = in[0];
  tfc_graph_input (g, in[0]);
  for (guint left = n; left > 0; left -= MIN (left, TFC_MAX_NODE_INPUTS)) {
    y = tfc_graph_unknown (g, "y");
    tfc_graph_node (g, TFC_OP_CONCAT, &p, in, MIN (left, TFC_MAX_NODE_INPUTS), &y, 1);
  }
  tfc_graph_output (g, y);
  const gboolean ok = tfc_graph_check (g, NULL);
  tfc_graph_free (g);
  return ok;
}

static void
test_inputs (void)
{
  g_assert_true (inputs_in_all (1 << 20));
  g_assert_false (inputs_in_all ((1 << 20) + 1));
}

gint
main (gint argc, gchar **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/coder", test_coder);
  g_test_add_func ("/limits/packed", test_packed);
  g_test_add_func ("/limits/packed-groups", test_packed_groups);
  g_test_add_func ("/limits/inputs", test_inputs);
  return g_test_run ();
}
