/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Weights that lie turned, as GraphModels have them, and weights in order: the same bits come out,
 * on every backend and instruction set; and nobody who does not know of turned ones gets them. */
#include "inference/passes/weight_layout.h"

#include <glib/gstdio.h>
#include <string.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/passes/lower.h"
#include "tests/inference/ops/op-backend.h"
#include "tests/inference/ops/op-random.h"
#include "tests/seed.h"

#define CASES 30

static guint32 seed;

/* The same weights, turned. FALSE: the case has none that can be. */
static gboolean
turn_weights (OpCase *c)
{
  TfcTensor *w = &c->in[1];
  const gsize count = tfc_tensor_count (w), rows = w->shape.rank > 1 ? w->shape.dim[0] : 0;
  gfloat *to;
  if (!c->constant[1] || !rows || !count)
    return FALSE;
  to = op_case_alloc (c, count * sizeof (gfloat));
  tfc_transpose_words (w->data, rows, count / rows, count / rows, to, rows);
  w->data = to;
  w->turned = TRUE;
  return TRUE;
}

static void
check_backend (GRand *r, TfcOp op, const TfcBackend *backend, guint *n)
{
  for (guint i = 0; i < CASES; i++) {
    OpCase *c = op_random_case (r, op, TFC_TYPE_F32);
    g_autofree gchar *text = op_case_print (c);
    guint fallback;
    const OpRun straight = op_case_run_model (c, backend, NULL, &fallback);
    if (turn_weights (c)) {
      const OpRun turned = op_case_run_model (c, backend, NULL, &fallback);
      if (memcmp (straight.out.data, turned.out.data, tfc_tensor_bytes (&straight.out)))
        g_error ("%s on %s: turned weights make a difference (TFC_TEST_SEED=%u)", text,
                 backend->name, seed);
      ++*n;
    }
    op_case_free (c);
  }
}

static void
test_same (gconstpointer op)
{
  g_autoptr (GRand) r = g_rand_new_with_seed (seed);
  guint n = 0;
  for (guint b = 0; tfc_backend_nth (b); b++)
    check_backend (r, GPOINTER_TO_UINT (op), tfc_backend_nth (b), &n);
  for (guint i = 0; tfc_kernels_nth (i); i++) {
    tfc_kernels_choose (tfc_kernels_nth (i));
    check_backend (r, GPOINTER_TO_UINT (op), &tfc_backend_auto, &n);
  }
  tfc_kernels_choose (NULL);
  g_assert_cmpuint (n, >, CASES);
}

/* ---- graphs by hand: x [1,2] times weights of 3 outputs ---- */

static const gfloat turned[] = {1, 2, 3, 10, 20, 30}, straight[] = {1, 10, 2, 20, 3, 30};

static guint
weights (TfcGraph *g, TfcType type)
{
  TfcTensor w = {.type = type, .shape = tfc_shape (2, 3, 2), .turned = TRUE};
  w.data = memcpy (tfc_graph_alloc (g, sizeof turned), turned, sizeof turned);
  return tfc_graph_value (g, "w", &w);
}

static guint
node (TfcGraph *g, TfcOp op, guint a, guint b)
{
  TfcParams p = tfc_params (op);
  guint out = tfc_graph_unknown (g, NULL);
  tfc_graph_node (g, op, &p, (guint[]){a, b}, 2, &out, 1);
  return out;
}

static guint
picture (TfcGraph *g)
{
  TfcTensor x = {.shape = tfc_shape (2, 1, 2)};
  guint id = tfc_graph_value (g, "x", &x);
  tfc_graph_input (g, id);
  return id;
}

static void
refuse (TfcGraph *g, guint output, const gchar *says)
{
  GError *error = NULL;
  tfc_graph_output (g, output);
  g_assert_false (tfc_graph_check (g, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, says));
  g_clear_error (&error);
  tfc_graph_free (g);
}

static void
test_refused (void)
{
  TfcGraph *g = tfc_graph_new ();
  refuse (g, node (g, TFC_OP_ADD, picture (g), weights (g, TFC_TYPE_F32)), "is turned");
  g = tfc_graph_new ();
  refuse (g, node (g, TFC_OP_FULLY_CONNECTED, weights (g, TFC_TYPE_F32), weights (g, TFC_TYPE_F32)),
          "is turned");
  g = tfc_graph_new ();
  refuse (g, weights (g, TFC_TYPE_F32), "is turned");
  g = tfc_graph_new ();
  refuse (g, node (g, TFC_OP_FULLY_CONNECTED, picture (g), weights (g, TFC_TYPE_I32)),
          "cannot be turned");
}

/* x times weights, then times 2, 3, 4 a channel: what lowering makes of it, opened on a backend. */
static void
check_scaled (const TfcBackend *backend)
{
  static const gfloat scale[] = {2, 3, 4}, want[] = {2 * 21, 3 * 42, 4 * 63};
  TfcGraph *g = tfc_graph_new ();
  TfcShape three = tfc_shape (1, 3);
  guint y = node (g, TFC_OP_FULLY_CONNECTED, picture (g), weights (g, TFC_TYPE_F32));
  tfc_graph_output (
      g, node (g, TFC_OP_MUL, y, tfc_graph_const (g, NULL, TFC_TYPE_F32, &three, scale)));
  TfcModelOptions options = {.backend = backend->name};
  TfcModel *m = tfc_model_open_graph (g, &options, NULL);
  g_assert_nonnull (m);
  g_assert_cmpuint (g->nodes->len, ==, 1);
  ((gfloat *)tfc_model_input (m, 0)->data)[0] = 1;
  ((gfloat *)tfc_model_input (m, 0)->data)[1] = 2;
  g_assert_true (tfc_model_run (m, NULL));
  g_assert_cmpmem (tfc_model_output (m, 0)->data, sizeof want, want, sizeof want);
  tfc_model_close (m);
}

static void
test_scaled (void)
{
  for (guint b = 0; tfc_backend_nth (b); b++)
    check_scaled (tfc_backend_nth (b));
}

/* All inputs constant: lowering runs it. */
static void
test_folded (void)
{
  static const gfloat x[] = {1, 2}, want[] = {21, 42, 63};
  TfcGraph *g = tfc_graph_new ();
  TfcShape shape = tfc_shape (2, 1, 2);
  guint y = node (g, TFC_OP_FULLY_CONNECTED, tfc_graph_const (g, NULL, TFC_TYPE_F32, &shape, x),
                  weights (g, TFC_TYPE_F32));
  tfc_graph_output (g, y);
  g_assert_true (tfc_graph_check (g, NULL) && tfc_lower (g, NULL));
  g_assert_cmpuint (g->nodes->len, ==, 0);
  const TfcTensor *t = &tfc_graph_v (g, g_array_index (g->outputs, guint, 0))->tensor;
  g_assert_cmpmem (t->data, sizeof want, want, sizeof want);
  tfc_graph_free (g);
}

static void
test_all (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint w = weights (g, TFC_TYPE_F32);
  g_assert_true (tfc_weight_layout_restore_all (g));
  g_assert_false (tfc_graph_v (g, w)->tensor.turned);
  g_assert_cmpmem (tfc_graph_v (g, w)->tensor.data, sizeof straight, straight, sizeof straight);
  tfc_graph_free (g);
}

/* What was put away is there when it is looked at again; memory that is no file's is left alone. */
static void
test_put_away (void)
{
  g_autofree guint8 *bytes = g_malloc (3 * 65536);
  g_autofree gchar *path = NULL;
  GBytes *own = g_bytes_new_static (bytes, 3 * 65536), *mapped;
  TfcGraph *g = tfc_graph_new ();
  TfcTensor t = {.type = TFC_TYPE_U8, .shape = tfc_shape (1, 100000)};
  for (guint i = 0; i < 3 * 65536; i++)
    bytes[i] = i % 251;
  gint fd = g_file_open_tmp (NULL, &path, NULL);
  g_assert_true (g_file_set_contents (path, (gchar *)bytes, 3 * 65536, NULL));
  GMappedFile *file = g_mapped_file_new (path, FALSE, NULL);
  mapped = g_mapped_file_get_bytes (file);
  tfc_graph_keep (g, own);
  tfc_graph_keep_file (g, mapped);
  t.data = bytes + 5000;
  tfc_graph_advise_dontneed (g, &t);
  t.data = (guint8 *)g_bytes_get_data (mapped, NULL) + 5000;
  tfc_graph_advise_dontneed (g, &t);
  g_assert_cmpmem (g_bytes_get_data (mapped, NULL), 3 * 65536, bytes, 3 * 65536);
  for (guint i = 0; i < 3 * 65536; i++)
    g_assert_cmpuint (bytes[i], ==, i % 251);
  g_bytes_unref (mapped);
  g_mapped_file_unref (file);
  g_bytes_unref (own);
  tfc_graph_free (g);
  g_assert_true (g_close (fd, NULL));
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  seed = test_seed ();
  g_test_add_data_func ("/weight-layout/same/conv", GUINT_TO_POINTER (TFC_OP_CONV_2D), test_same);
  g_test_add_data_func ("/weight-layout/same/fully-connected",
                        GUINT_TO_POINTER (TFC_OP_FULLY_CONNECTED), test_same);
  g_test_add_func ("/weight-layout/refused", test_refused);
  g_test_add_func ("/weight-layout/scaled", test_scaled);
  g_test_add_func ("/weight-layout/folded", test_folded);
  g_test_add_func ("/weight-layout/all", test_all);
  g_test_add_func ("/weight-layout/put-away", test_put_away);
  return g_test_run ();
}
