/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What is particular to this backend: reads past the end, borders, pools, refusals; results of the
 * ops themselves are compared in test-ops.c. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "tests/inference/backends/xnnpack-net.h"
#include "tests/inference/ops/op-table.h"

static void
test_table (void)
{
  guint ran = 0;
  for (guint i = 0; i < op_table_size (); i++) {
    const gdouble *expected;
    OpCase *c = op_table_case (i, &expected);
    g_autofree gchar *text = op_case_print (c);
    TfcGraph *g = tfc_graph_new ();
    guint in[OP_CASE_INPUTS], out;
    Net net;
    for (guint k = 0; k < c->n_in; k++) {
      TfcTensor t = c->in[k];
      t.data = k ? t.data : NULL;
      in[k] = tfc_graph_value (g, NULL, &t);
    }
    TfcTensor t = c->out;
    t.data = NULL;
    out = tfc_graph_value (g, NULL, &t);
    tfc_graph_node (g, c->op, &c->params, in, c->n_in, &out, 1);
    tfc_graph_input (g, in[0]);
    tfc_graph_output (g, out);
    if (!tfc_backend_xnnpack.can_run (g, tfc_graph_n (g, 0))) {
      tfc_graph_free (g);
      op_case_free (c);
      continue;
    }
    g_test_message ("%u: %s", i, text);
    net_open (&net, g, NULL);
    memcpy (net.place[in[0]], c->in[0].data, tfc_tensor_bytes (&c->in[0]));
    net_run (&net);
    t.data = net.place[out];
    for (gsize k = 0; k < tfc_tensor_count (&t); k++) {
      if (t.type == F)
        g_assert_cmpfloat_with_epsilon (op_stored (&t, k), expected[k], 1e-5);
      else
        g_assert_cmpfloat (op_stored (&t, k), ==, expected[k]);
    }
    ran++;
    net_close (&net);
    op_case_free (c);
  }
  g_assert_cmpuint (ran, >=, 30);
}

/* bytes that end where readable memory ends */
static guint8 *
at_page_end (gsize bytes, gint fill, guint8 **page)
{
  gsize size = sysconf (_SC_PAGESIZE), used = (bytes + size - 1) / size * size;
  *page = mmap (NULL, used + size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  g_assert_true (*page != MAP_FAILED);
  g_assert_cmpint (mprotect (*page + used, size, PROT_NONE), ==, 0);
  memset (*page + used - bytes, fill, bytes);
  return *page + used - bytes;
}

/* Constants that end at the end of a mapping: nothing may be read behind them. */
static void
test_over_read (void)
{
  if (TFC_XNN_HALF_UP) {
    g_test_skip ("XNNPACK is given no 8-bit convolution with one scale on this CPU");
    return;
  }
  for (gint channels = 1; channels < 40; channels += 3) {
    TfcGraph *g = tfc_graph_new ();
    guint8 *pages[3];
    TfcShape picture = tfc_shape (4, 1, 3, 3, channels);
    guint x = computed (g, U, picture), conv = computed (g, U, picture),
          y = computed (g, U, picture);
    guint w = constant (g, U, tfc_shape (4, channels, 1, 1, channels),
                        at_page_end (channels * channels, 101, &pages[0]));
    guint b = constant (g, TFC_TYPE_I32, tfc_shape (1, channels),
                        at_page_end (channels * 4, 0, &pages[1]));
    guint c = constant (g, U, picture, at_page_end (9 * channels, 120, &pages[2]));
    Net net;
    node (g, TFC_OP_CONV_2D, NULL, x, w, b, conv);
    node (g, TFC_OP_ADD, NULL, conv, c, TFC_NONE, y);
    tfc_graph_input (g, x);
    tfc_graph_output (g, y);
    net_open (&net, g, NULL);
    memset (net.place[x], 120, 9 * channels);
    net_run (&net);
    /* each product is 20 * 1 steps of 0.05 * 0.05, so a sum is one step a channel; and 20 are added
     */
    for (gint i = 0; i < 9 * channels; i++)
      g_assert_cmpuint (((guint8 *)net.place[y])[i], ==, 120 + channels);
    net_close (&net);
    munmap (pages[0], (channels * channels + 4095) / 4096 * 4096 + 4096);
    munmap (pages[1], 8192);
    munmap (pages[2], 8192);
  }
}

static void
prelu_at_page_end (void)
{
  for (gint channels = 1; channels < 40; channels += 3) {
    TfcGraph *g = tfc_graph_new ();
    guint8 *page;
    gfloat *slopes = (gfloat *)at_page_end (channels * 4, 0, &page);
    guint x = computed (g, F, tfc_shape (4, 1, 2, 1, channels)),
          y = computed (g, F, tfc_shape (4, 1, 2, 1, channels));
    guint slope = constant (g, F, tfc_shape (3, 1, 1, channels), slopes);
    Net net;
    for (gint i = 0; i < channels; i++)
      slopes[i] = i;
    node (g, TFC_OP_PRELU, NULL, x, slope, TFC_NONE, y);
    tfc_graph_input (g, x);
    tfc_graph_output (g, y);
    net_open (&net, g, NULL);
    for (gint i = 0; i < 2 * channels; i++)
      ((gfloat *)net.place[x])[i] = i < channels ? -1 : 2;
    net_run (&net);
    for (gint i = 0; i < channels; i++) {
      g_assert_cmpfloat (((gfloat *)net.place[y])[i], ==, -i);
      g_assert_cmpfloat (((gfloat *)net.place[y])[channels + i], ==, 2);
    }
    net_close (&net);
    munmap (page, 8192);
  }
}

/* x + x; the sum leaves the segment and is used again inside; a border value nobody names; lists
 * that repeat themselves; a reshape at the end and one inside. */
static void
test_borders (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = computed (g, F, tfc_shape (2, 2, 3)), idle = computed (g, F, tfc_shape (1, 4));
  guint twice = computed (g, F, tfc_shape (2, 2, 3)), flat = computed (g, F, tfc_shape (1, 6));
  guint square = computed (g, F, tfc_shape (1, 6)), last = computed (g, F, tfc_shape (3, 1, 3, 2));
  Net net;
  node (g, TFC_OP_ADD, NULL, x, x, TFC_NONE, twice);
  node (g, TFC_OP_RESHAPE, NULL, twice, TFC_NONE, TFC_NONE, flat);
  node (g, TFC_OP_SQUARE, NULL, flat, TFC_NONE, TFC_NONE, square);
  node (g, TFC_OP_RESHAPE, NULL, square, TFC_NONE, TFC_NONE, last);
  tfc_graph_input (g, idle);
  tfc_graph_input (g, x);
  tfc_graph_input (g, x);
  tfc_graph_output (g, twice);
  tfc_graph_output (g, last);
  tfc_graph_output (g, last);
  net_open (&net, g, NULL);
  for (gint run = 1; run <= 2; run++) {
    for (gint i = 0; i < 6; i++)
      ((gfloat *)net.place[x])[i] = run * i;
    net_run (&net);
    for (gint i = 0; i < 6; i++) {
      g_assert_cmpfloat (((gfloat *)net.place[twice])[i], ==, 2 * run * i);
      g_assert_cmpfloat (((gfloat *)net.place[last])[i], ==, 4 * run * i * run * i);
    }
  }
  net_close (&net);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xnnpack/table", test_table);
  g_test_add_func ("/xnnpack/over-read", test_over_read);
  g_test_add_func ("/xnnpack/over-read-prelu", prelu_at_page_end);
  g_test_add_func ("/xnnpack/borders", test_borders);
  return g_test_run ();
}
