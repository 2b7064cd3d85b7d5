/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Additions, slopes and clamps that convolutions do on their way out: the same bits as when each
 * node runs by itself, on every instruction set and with any number of threads; also where all
 * kernels of 3 by 3 go Winograd's way. */
#include "inference/plan/epilogue.h"
#include "tests/inference/plan/float-net.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/band_fusion.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/f32/winograd.h"
#include "tests/seed.h"

#include <math.h>
#include <string.h>

#define NETS 60

static guint32 seed;

/* As large as value, with channels more behind its own. */
static guint
pad_channels (FloatNet *n, gint channels)
{
  TfcParams p = tfc_params (TFC_OP_PAD);
  p.pad.after[3] = channels;
  return channels ? net_node (n, TFC_OP_PAD, &p, &n->value, 1) : n->value;
}

static guint
convolution (FloatNet *n, gint outputs, const TfcClamp *clamp)
{
  TfcParams p = tfc_params (TFC_OP_CONV_2D);
  gint kernel = 1 + 2 * (net_upto (n, 0, 2) == 0);
  TfcShape w = tfc_shape (4, outputs, kernel, kernel, n->channels), b = tfc_shape (1, outputs);
  gdouble most = 1 / sqrt (kernel * kernel * n->channels); /* numbers stay near 1 */
  guint in[3] = {n->value, net_constant (n, &w, most), TFC_NONE};
  if (net_upto (n, 0, 3))
    in[2] = net_constant (n, &b, 0.5);
  p.window.same = TRUE;
  p.clamp = *clamp;
  return net_node (n, TFC_OP_CONV_2D, &p, in, in[2] == TFC_NONE ? 2 : 3);
}

/* A convolution and what may stand behind it; returns how many nodes must be left of it. */
static guint
block (FloatNet *n)
{
  gint more = net_upto (n, 0, 1) ? net_upto (n, 1, net_upto (n, 0, 1) ? 4 : 40) : 0, outputs = n->channels + more;
  gboolean adds = net_upto (n, 0, 3) > 0, slants = net_upto (n, 0, 1),
           clamped = net_upto (n, 0, 5) == 0;
  TfcClamp before = clamped ? (TfcClamp){-0.5f, 0.5f} : TFC_NO_CLAMP, after = net_clamp (n);
  gboolean free = !clamped;
  guint least = 1, y = convolution (n, outputs, &before);
  if (adds) {
    TfcParams p = tfc_params (TFC_OP_ADD);
    gboolean second = net_upto (n, 0, 1);
    guint pair[2], x = pad_channels (n, more);
    p.clamp = after;
    pair[second] = y;
    pair[!second] = x;
    y = net_node (n, TFC_OP_ADD, &p, pair, 2);
    least += free ? 0 : 1 + (more > 0);
    free = free && after.max == G_MAXFLOAT && after.min == -G_MAXFLOAT;
  }
  if (slants) {
    TfcParams p = tfc_params (TFC_OP_PRELU);
    TfcShape slope = tfc_shape (1, outputs);
    y = net_node (n, TFC_OP_PRELU, &p, (guint[]){y, net_constant (n, &slope, 0.5)}, 2);
    least += !free;
  }
  n->value = y;
  n->channels = outputs;
  return least;
}

/* least: gets the nodes that must be left where convolutions take all they can. */
static FloatNet
net_new (guint32 from, gboolean seen, guint *least)
{
  static const gint odd[] = {1, 3, 5, 17, 24, 33, 63};
  FloatNet n = net_begin (from, seen);
  n.height = net_upto (&n, 1, 12);
  n.width = net_upto (&n, 1, 12);
  n.channels = odd[net_upto (&n, 0, 6)];
  net_input (&n, net_upto (&n, 1, 2));
  *least = 0;
  for (gint blocks = net_upto (&n, 1, 6); blocks > 0; blocks--)
    *least += block (&n);
  net_end (&n);
  return n;
}

static void
check_net (guint32 from, TfcPool *pool)
{
  guint least;
  FloatNet hidden = net_new (from, FALSE, &least), seen = net_new (from, TRUE, &least);
  NetPlan plans[2];
  net_check (&hidden, &seen, from, pool, plans);
  g_assert_cmpuint (plans[0].nodes, ==, least);
  g_assert_cmpuint (plans[1].nodes, ==, seen.g->nodes->len);
  net_clear (&hidden);
  net_clear (&seen);
}

static void
test_nets (void)
{
  TfcPool *pool = tfc_pool_new_uncut (2);
  guint tested = 0;
  for (guint i = 0; tfc_kernels_nth (i); i++) {
    if (!tfc_kernels_nth (i)->f32->gemm)
      continue;
    tfc_kernels_choose (tfc_kernels_nth (i));
    for (guint k = 0; k < 2 * NETS; k++, tested++) {
      tfc_winograd_f32_most = k % 2 ? HUGE_VAL : 1;
      check_net (seed + k / 2, pool);
    }
  }
  tfc_kernels_choose (NULL);
  tfc_winograd_f32_most = 1;
  tfc_pool_unref (pool);
  if (!tested)
    g_test_skip ("no kernels of our own for this CPU");
}

/* A picture of channels, convolved to more of them, to the first of which it is added. */
static FloatNet
few_new (guint32 from, gboolean seen, gint channels, gint more)
{
  FloatNet n = net_begin (from, seen);
  TfcParams p = tfc_params (TFC_OP_CONV_2D), add = tfc_params (TFC_OP_ADD);
  n.height = n.width = 5;
  n.channels = channels;
  net_input (&n, 1);
  TfcShape w = tfc_shape (4, channels + more, 3, 3, channels);
  guint in[2] = {n.value, net_constant (&n, &w, 0.2)};
  p.window.same = TRUE;
  guint pair[2] = {net_node (&n, TFC_OP_CONV_2D, &p, in, 2), pad_channels (&n, more)};
  n.value = net_node (&n, TFC_OP_ADD, &add, pair, 2);
  net_end (&n);
  return n;
}

/* Kernels that are for few outputs add to some of them, too. */
static void
test_few_outputs (void)
{
  TfcPool *pool = tfc_pool_new_uncut (2);
  for (guint i = 0; tfc_kernels_nth (i); i++) {
    if (!tfc_kernels_nth (i)->f32->gemm)
      continue;
    tfc_kernels_choose (tfc_kernels_nth (i));
    for (gint outputs = 2; outputs <= 9; outputs++) {
      for (gint more = 1; more < outputs; more++) {
        FloatNet hidden = few_new (seed, FALSE, outputs - more, more),
                 seen = few_new (seed, TRUE, outputs - more, more);
        NetPlan plans[2];
        net_check (&hidden, &seen, seed, pool, plans);
        g_assert_cmpuint (plans[0].nodes, ==, 1);
        net_clear (&hidden);
        net_clear (&seen);
      }
    }
  }
  tfc_kernels_choose (NULL);
  tfc_pool_unref (pool);
}

/* A backend that takes no extras keeps its nodes. */
static void
test_left (void)
{
  for (guint k = 0; k < NETS; k++) {
    guint least;
    FloatNet n = net_new (seed + k, FALSE, &least);
    g_autofree const TfcBackend **who = g_new (const TfcBackend *, n.g->nodes->len + 1);
    TfcEpilogues extras;
    TfcDefUse edges;
    for (guint i = 0; i < n.g->nodes->len; i++)
      who[i] = &tfc_backend_reference;
    tfc_def_use_init (&edges, n.g);
    tfc_epilogues_init (&extras, n.g, &edges, who);
    g_assert_cmpuint (extras.graph->nodes->len, ==, n.g->nodes->len);
    tfc_epilogues_finish (&extras);
    tfc_def_use_finish (&edges);
    net_clear (&n);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  seed = test_seed ();
  tfc_f32_least_work = 1;                       /* threads share the smallest layers */
  tfc_band_fusion_f32_shared_bytes = G_MAXSIZE; /* with threads what is joined is the same */
  g_test_add_func ("/epilogue/nets", test_nets);
  g_test_add_func ("/epilogue/few-outputs", test_few_outputs);
  g_test_add_func ("/epilogue/left", test_left);
  return g_test_run ();
}
