/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Additions, slopes and clamps that convolutions do on their way out: the same bits as when each
 * node runs by itself, on every instruction set and with any number of threads; also where all
 * kernels of 3 by 3 go Winograd's way. */
#include "extras.h"
#include "kernels/f32.h"
#include "kernels/winograd_f32.h"
#include "plan.h"
#include "random-graph.h"

#include <math.h>
#include <string.h>

#define NETS 60

static guint32 seed;

/* A network under construction. seen: values in between are outputs too, so nothing may move. */
typedef struct {
  GRand *r;
  TfcGraph *g;
  gboolean seen;
  gint height, width, channels; /* of value */
  guint value;
  guint n_least; /* nodes that must be left where convolutions take all they can */
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

static guint
node (Net *n, TfcOp op, const TfcParams *params, const guint *in, guint n_in)
{
  guint y = tfc_graph_unknown (n->g, NULL);
  tfc_graph_node (n->g, op, params, in, n_in, &y, 1);
  if (n->seen)
    tfc_graph_output (n->g, y);
  return y;
}

static TfcClamp
some_clamp (Net *n)
{
  return upto (n, 0, 1) ? (TfcClamp){0, upto (n, 0, 1) ? 0.5f : G_MAXFLOAT} : TFC_NO_CLAMP;
}

/* As large as value, with channels more behind its own. */
static guint
pad_channels (Net *n, gint channels)
{
  TfcParams p = tfc_params (TFC_OP_PAD);
  p.pad.after[3] = channels;
  return channels ? node (n, TFC_OP_PAD, &p, &n->value, 1) : n->value;
}

static guint
convolution (Net *n, gint outputs, const TfcClamp *clamp)
{
  TfcParams p = tfc_params (TFC_OP_CONV_2D);
  gint kernel = 1 + 2 * (upto (n, 0, 2) == 0);
  TfcShape w = tfc_shape (4, outputs, kernel, kernel, n->channels), b = tfc_shape (1, outputs);
  gdouble most = 1 / sqrt (kernel * kernel * n->channels); /* numbers stay near 1 */
  guint in[3] = {n->value, constant (n, &w, most), TFC_NONE};
  if (upto (n, 0, 3))
    in[2] = constant (n, &b, 0.5);
  p.window.same = TRUE;
  p.clamp = *clamp;
  return node (n, TFC_OP_CONV_2D, &p, in, in[2] == TFC_NONE ? 2 : 3);
}

/* A convolution and what may stand behind it. */
static void
block (Net *n)
{
  gint more = upto (n, 0, 1) ? upto (n, 1, 40) : 0, outputs = n->channels + more;
  gboolean adds = upto (n, 0, 3) > 0, slants = upto (n, 0, 1), clamped = upto (n, 0, 5) == 0;
  TfcClamp before = clamped ? (TfcClamp){-0.5f, 0.5f} : TFC_NO_CLAMP, after = some_clamp (n);
  gboolean free = !clamped;
  guint y = convolution (n, outputs, &before);
  n->n_least++;
  if (adds) {
    TfcParams p = tfc_params (TFC_OP_ADD);
    gboolean second = upto (n, 0, 1);
    guint pair[2], x = pad_channels (n, more);
    p.clamp = after;
    pair[second] = y;
    pair[!second] = x;
    y = node (n, TFC_OP_ADD, &p, pair, 2);
    n->n_least += free ? 0 : 1 + (more > 0);
    free = free && after.max == G_MAXFLOAT && after.min == -G_MAXFLOAT;
  }
  if (slants) {
    TfcParams p = tfc_params (TFC_OP_PRELU);
    TfcShape slope = tfc_shape (1, outputs);
    y = node (n, TFC_OP_PRELU, &p, (guint[]){y, constant (n, &slope, 0.5)}, 2);
    n->n_least += !free;
  }
  n->value = y;
  n->channels = outputs;
}

static Net
net_new (guint32 from, gboolean seen)
{
  Net n = {.r = g_rand_new_with_seed (from), .g = tfc_graph_new (), .seen = seen};
  static const gint odd[] = {1, 3, 5, 17, 24, 33, 63};
  n.height = upto (&n, 1, 12);
  n.width = upto (&n, 1, 12);
  n.channels = odd[upto (&n, 0, 6)];
  TfcTensor x = {.type = TFC_TYPE_F32,
                 .shape = tfc_shape (4, upto (&n, 1, 2), n.height, n.width, n.channels)};
  n.value = tfc_graph_value (n.g, "x", &x);
  tfc_graph_input (n.g, n.value);
  for (gint blocks = upto (&n, 1, 6); blocks > 0; blocks--)
    block (&n);
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

/* The last value, from the same input as values have; twice, as places are used again. Free it. */
static gfloat *
run (const Net *n, TfcPool *pool, const Values *values, guint *n_nodes)
{
  GError *error = NULL;
  TfcPlan *plan = tfc_plan_new (n->g, &tfc_backend_auto, pool, &error);
  g_assert_no_error (error);
  guint x = g_array_index (n->g->inputs, guint, 0);
  memcpy (plan->place[x], values->bytes[x], tfc_tensor_bytes (&tfc_graph_v (n->g, x)->tensor));
  g_assert_true (tfc_plan_run (plan) && tfc_plan_run (plan));
  gfloat *y =
      g_memdup2 (plan->place[n->value], tfc_tensor_bytes (&tfc_graph_v (n->g, n->value)->tensor));
  *n_nodes = plan->graph->nodes->len;
  tfc_plan_free (plan);
  return y;
}

static void
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
  g_assert_cmpuint (n_hidden, ==, hidden.n_least);
  g_assert_cmpuint (n_seen, ==, seen.g->nodes->len);
  g_assert_cmpmem (alone, tfc_tensor_bytes (y), together, tfc_tensor_bytes (y));
  g_assert_cmpmem (alone, tfc_tensor_bytes (y), apart, tfc_tensor_bytes (y));
  for (gsize i = 0; i < tfc_tensor_count (y); i++)
    g_assert_cmpfloat (fabsf (alone[i] - want[i]), <=, 1e-4f * (1 + fabsf (want[i])));
  values_free (values, hidden.g);
  net_clear (&hidden);
  net_clear (&seen);
}

static void
test_nets (void)
{
  TfcPool *pool = tfc_pool_new (2);
  guint tested = 0;
  for (guint i = 0; tfc_isa_nth (i); i++) {
    if (!tfc_isa_nth (i)->gemm_f32)
      continue;
    tfc_isa_choose (tfc_isa_nth (i));
    for (guint k = 0; k < 2 * NETS; k++, tested++) {
      tfc_winograd_f32_most = k % 2 ? HUGE_VAL : 1;
      check_net (seed + k / 2, pool);
    }
  }
  tfc_isa_choose (NULL);
  tfc_winograd_f32_most = 1;
  tfc_pool_unref (pool);
  if (!tested)
    g_test_skip ("no kernels of our own for this CPU");
}

/* A backend that takes no extras keeps its nodes. */
static void
test_left (void)
{
  for (guint k = 0; k < NETS; k++) {
    Net n = net_new (seed + k, FALSE);
    g_autofree const TfcBackend **who = g_new (const TfcBackend *, n.g->nodes->len + 1);
    TfcExtras extras;
    TfcEdges edges;
    for (guint i = 0; i < n.g->nodes->len; i++)
      who[i] = &tfc_backend_reference;
    tfc_edges_init (&edges, n.g);
    tfc_extras_init (&extras, n.g, &edges, who);
    g_assert_cmpuint (extras.graph->nodes->len, ==, n.g->nodes->len);
    tfc_extras_finish (&extras);
    tfc_edges_finish (&edges);
    net_clear (&n);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const gchar *given = g_getenv ("TFC_TEST_SEED");
  seed = given ? g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  g_test_message ("TFC_TEST_SEED=%u", seed);
  tfc_f32_least_work = 1; /* threads share the smallest layers */
  g_test_add_func ("/extras/nets", test_nets);
  g_test_add_func ("/extras/left", test_left);
  return g_test_run ();
}
