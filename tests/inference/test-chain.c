/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Layers that run band by band as one: the same bits as when each runs by itself, on every
 * instruction set and with any number of threads. */
#include "kernels/chain_f32.h"
#include "plan.h"
#include "random-graph.h"

#include <math.h>
#include <string.h>

#define NETS 80

static guint32 seed;

/* A network under construction. seen: values in between are outputs too, so nothing can be inside.
 */
typedef struct {
  GRand *r;
  TfcGraph *g;
  gboolean seen;
  gint height, width, channels; /* of value */
  guint value;
} Net;

static gint
upto (Net *n, gint from, gint to)
{
  return g_rand_int_range (n->r, from, to + 1);
}

static guint
constant (Net *n, const TfcShape *shape, gdouble most)
{
  TfcTensor t = {.type = TFC_TYPE_F32, .shape = *shape};
  g_autofree gfloat *data = g_new (gfloat, tfc_tensor_count (&t));
  for (gsize i = 0; i < tfc_tensor_count (&t); i++)
    data[i] = (gfloat)g_rand_double_range (n->r, -most, most);
  return tfc_graph_const (n->g, NULL, TFC_TYPE_F32, shape, data);
}

static void
node (Net *n, TfcOp op, const TfcParams *params, const guint *in, guint n_in)
{
  n->value = tfc_graph_unknown (n->g, NULL);
  tfc_graph_node (n->g, op, params, in, n_in, &n->value, 1);
  if (n->seen)
    tfc_graph_output (n->g, n->value);
}

static TfcClamp
some_clamp (Net *n)
{
  return upto (n, 0, 1) ? (TfcClamp){0, upto (n, 0, 1) ? 0.5f : G_MAXFLOAT} : TFC_NO_CLAMP;
}

/* SAME padding, or numbers of its own; the sides of the result. */
static void
some_window (Net *n, TfcWindow *w, gint kernel)
{
  w->stride_h = kernel > 1 ? upto (n, 1, MIN (kernel, 3)) : 1;
  w->stride_w = w->stride_h;
  w->same = upto (n, 0, 1) || n->height < kernel || n->width < kernel;
  if (!w->same) {
    w->pad_top = upto (n, 0, kernel - 1);
    w->pad_bottom = upto (n, 0, kernel - 1);
    w->pad_left = upto (n, 0, kernel - 1);
  }
  const gint rows = n->height + w->pad_top + w->pad_bottom, columns = n->width + w->pad_left;
  n->height =
      w->same ? (n->height + w->stride_h - 1) / w->stride_h : (rows - kernel) / w->stride_h + 1;
  n->width =
      w->same ? (n->width + w->stride_w - 1) / w->stride_w : (columns - kernel) / w->stride_w + 1;
}

static void
depthwise (Net *n)
{
  TfcParams p = tfc_params (TFC_OP_DEPTHWISE_CONV_2D);
  const gint kernel = upto (n, 0, 3) ? 3 : 5;
  TfcShape w = tfc_shape (4, 1, kernel, kernel, n->channels), b = tfc_shape (1, n->channels);
  guint in[] = {n->value, constant (n, &w, 1.0 / kernel), constant (n, &b, 0.5)};
  some_window (n, &p.window, kernel);
  p.clamp = some_clamp (n);
  node (n, TFC_OP_DEPTHWISE_CONV_2D, &p, in, 3);
}

/* Sometimes with the addition of what is there already. */
static void
convolution (Net *n, gint kernel)
{
  TfcParams p = tfc_params (TFC_OP_CONV_2D), sum = tfc_params (TFC_OP_ADD);
  const gint before = n->channels, outputs = upto (n, 0, 2) ? upto (n, 1, 70) : before;
  const guint shortcut = n->value;
  TfcShape w = tfc_shape (4, outputs, kernel, kernel, before), b = tfc_shape (1, outputs);
  guint in[] = {n->value, constant (n, &w, 1 / sqrt (kernel * kernel * before)),
                constant (n, &b, 0.5)};
  some_window (n, &p.window, kernel);
  const gboolean adds = kernel == 1 && outputs == before && p.window.same;
  p.clamp = adds ? TFC_NO_CLAMP : some_clamp (n);
  n->channels = outputs;
  node (n, TFC_OP_CONV_2D, &p, in, 3);
  sum.clamp = some_clamp (n);
  if (adds)
    node (n, TFC_OP_ADD, &sum, (guint[]){n->value, shortcut}, 2);
}

static Net
net_new (guint32 from, gboolean seen)
{
  Net n = {.r = g_rand_new_with_seed (from), .g = tfc_graph_new (), .seen = seen};
  n.height = upto (&n, 1, 50);
  n.width = upto (&n, 1, 30);
  n.channels = upto (&n, 1, 40);
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (4, 1, n.height, n.width, n.channels)};
  n.value = tfc_graph_value (n.g, "x", &x);
  tfc_graph_input (n.g, n.value);
  if (upto (&n, 0, 1))
    convolution (&n, 3);
  for (gint layers = upto (&n, 2, 20); layers > 0; layers--) {
    if (upto (&n, 0, 1))
      depthwise (&n);
    else
      convolution (&n, upto (&n, 0, 3) ? 1 : 3);
  }
  if (!seen)
    tfc_graph_output (n.g, n.value);
  GError *error = NULL;
  g_assert_true (tfc_graph_check (n.g, &error));
  g_assert_no_error (error);
  return n;
}

static void
net_clear (Net *n)
{
  g_rand_free (n->r);
  tfc_graph_free (n->g);
}

/* The last value, from the same input as values have; twice. inside: values that have no place.
 * Free it. */
static gfloat *
run (const Net *n, TfcPool *pool, const Values *values, guint *inside)
{
  GError *error = NULL;
  TfcPlan *plan = tfc_plan_new (n->g, &tfc_backend_auto, pool, &error);
  g_assert_no_error (error);
  guint x = g_array_index (n->g->inputs, guint, 0);
  memcpy (plan->place[x], values->bytes[x], tfc_tensor_bytes (&tfc_graph_v (n->g, x)->tensor));
  g_assert_true (tfc_plan_run (plan) && tfc_plan_run (plan));
  *inside = 0;
  for (guint i = 0; i < plan->graph->nodes->len; i++)
    *inside += !plan->place[tfc_graph_n (plan->graph, i)->out[0]];
  gfloat *y =
      g_memdup2 (plan->place[n->value], tfc_tensor_bytes (&tfc_graph_v (n->g, n->value)->tensor));
  tfc_plan_free (plan);
  return y;
}

/* Returns how many values were inside. */
static guint
check_net (guint32 from, TfcPool *pool)
{
  Net hidden = net_new (from, FALSE), seen = net_new (from, TRUE);
  g_autoptr (GRand) r = g_rand_new_with_seed (from);
  Values *values = values_compute (hidden.g, r);
  const TfcTensor *y = &tfc_graph_v (hidden.g, hidden.value)->tensor;
  const gfloat *want = (const gfloat *)(gpointer)values->bytes[hidden.value];
  guint n_hidden, n_threads, n_seen;
  g_autofree gfloat *alone = run (&hidden, NULL, values, &n_hidden);
  g_autofree gfloat *together = run (&hidden, pool, values, &n_threads);
  g_autofree gfloat *apart = run (&seen, NULL, values, &n_seen);
  g_assert_cmpuint (n_hidden, ==, n_threads);
  g_assert_cmpuint (n_seen, ==, 0);
  g_assert_cmpmem (alone, tfc_tensor_bytes (y), together, tfc_tensor_bytes (y));
  g_assert_cmpmem (alone, tfc_tensor_bytes (y), apart, tfc_tensor_bytes (y));
  for (gsize i = 0; i < tfc_tensor_count (y); i++)
    g_assert_cmpfloat (fabsf (alone[i] - want[i]), <=, 1e-4f * (1 + fabsf (want[i])));
  values_free (values, hidden.g);
  net_clear (&hidden);
  net_clear (&seen);
  return n_hidden;
}

/* Everything joins that can; bands of one row up to all of them. */
static guint
check_isa (const TfcIsa *isa, TfcPool *pool)
{
  const gsize least = tfc_chain_f32_least_bytes, band = tfc_chain_f32_band_bytes;
  guint inside = 0;
  tfc_isa_choose (isa);
  tfc_chain_f32_least_bytes = 1;
  for (guint k = 0; k < NETS; k++) {
    tfc_chain_f32_band_bytes = (gsize)16384 << k % 6;
    inside += check_net (seed + k, pool);
  }
  tfc_chain_f32_least_bytes = least;
  tfc_chain_f32_band_bytes = band;
  tfc_isa_choose (NULL);
  return inside;
}

static void
test_nets (void)
{
  guint tested = 0;
  for (guint threads = 2; threads <= 3; threads++) {
    TfcPool *pool = tfc_pool_new (threads);
    for (guint i = 0; tfc_isa_nth (i); i++) {
      if (!tfc_isa_nth (i)->gemm_f32)
        continue;
      g_assert_cmpuint (check_isa (tfc_isa_nth (i), pool), >, NETS);
      tested++;
    }
    tfc_pool_unref (pool);
  }
  if (!tested)
    g_test_skip ("no kernels of our own for this CPU");
}

/* More than may be joined at once are several chains; small values stay in their places. */
static void
test_limits (void)
{
  const gsize least = tfc_chain_f32_least_bytes;
  Net n = {.r = g_rand_new_with_seed (seed),
           .g = tfc_graph_new (),
           .height = 64,
           .width = 8,
           .channels = 8};
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (4, 1, n.height, n.width, n.channels)};
  guint inside;
  if (!tfc_isa () || !tfc_isa ()->gemm_f32) {
    g_test_skip ("no kernels of our own for this CPU");
    net_clear (&n);
    return;
  }
  n.value = tfc_graph_value (n.g, "x", &x);
  tfc_graph_input (n.g, n.value);
  for (guint i = 0; i < 3 * TFC_MAX_TOGETHER; i++) {
    TfcParams p = tfc_params (TFC_OP_DEPTHWISE_CONV_2D);
    TfcShape w = tfc_shape (4, 1, 3, 3, n.channels);
    p.window.same = TRUE;
    node (&n, TFC_OP_DEPTHWISE_CONV_2D, &p, (guint[]){n.value, constant (&n, &w, 0.3)}, 2);
  }
  tfc_graph_output (n.g, n.value);
  g_assert_true (tfc_graph_check (n.g, NULL));
  g_autoptr (GRand) r = g_rand_new_with_seed (seed);
  Values *values = values_compute (n.g, r);
  gfloat *y = run (&n, NULL, values, &inside);
  g_assert_cmpuint (inside, ==, 0);
  tfc_chain_f32_least_bytes = 1;
  gfloat *joined = run (&n, NULL, values, &inside);
  g_assert_cmpuint (inside, ==, 3 * (TFC_MAX_TOGETHER - 1));
  g_assert_cmpmem (y, n.height * n.width * n.channels * sizeof (gfloat), joined,
                   n.height * n.width * n.channels * sizeof (gfloat));
  tfc_chain_f32_least_bytes = least;
  g_free (joined);
  g_free (y);
  values_free (values, n.g);
  net_clear (&n);
}

int
main (int argc, char **argv)
{
  const gchar *given = g_getenv ("TFC_TEST_SEED");
  g_test_init (&argc, &argv, NULL);
  seed = given ? (guint32)g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  g_test_message ("TFC_TEST_SEED=%u", seed);
  g_test_add_func ("/chain/nets", test_nets);
  g_test_add_func ("/chain/limits", test_limits);
  return g_test_run ();
}
