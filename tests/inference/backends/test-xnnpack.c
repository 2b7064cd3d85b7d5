/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/inference/ops/op-table.h"

/* What is particular to this backend; the ops' results themselves are compared in test-ops.c. */

#define F TFC_TYPE_F32
#define U TFC_TYPE_U8

typedef struct {
  TfcGraph *graph;
  void **place;
  TfcSegment segment;
  TfcPool *pool;
  void *state;
} Net;

static guint
computed (TfcGraph *g, TfcType type, TfcShape shape)
{
  TfcTensor t = {
      .type = type, .shape = shape, .quant = {.scale = type == F ? 0 : 0.05f, .zero_point = 100}};
  return tfc_graph_value (g, NULL, &t);
}

static guint
node (TfcGraph *g, TfcOp op, const TfcParams *params, guint a, guint b, guint c, guint out)
{
  TfcParams none = tfc_params (op);
  guint in[3] = {a, b, c}, n = c != TFC_NONE ? 3 : b != TFC_NONE ? 2 : 1;
  return tfc_graph_node (g, op, params ? params : &none, in, n, &out, 1);
}

/* The whole graph as one segment; every value that crosses its border gets a place. */
static void
net_open (Net *net, TfcGraph *g, TfcPool *pool)
{
  GError *error = NULL;
  *net = (Net){.graph = g, .pool = pool, .place = g_new0 (void *, g->values->len)};
  net->segment = (TfcSegment){g,
                              0,
                              g->nodes->len,
                              (guint *)g->inputs->data,
                              (guint *)g->outputs->data,
                              g->inputs->len,
                              g->outputs->len,
                              net->place};
  for (guint i = 0; i < g->inputs->len + g->outputs->len; i++) {
    guint v = i < g->inputs->len ? net->segment.in[i] : net->segment.out[i - g->inputs->len];
    if (!net->place[v])
      net->place[v] = g_malloc0 (tfc_tensor_bytes (&tfc_graph_v (g, v)->tensor) + TFC_TAIL_BYTES);
  }
  for (guint i = 0; i < g->nodes->len; i++)
    g_assert_true (tfc_backend_xnnpack.can_run (g, tfc_graph_n (g, i)));
  net->state = tfc_backend_xnnpack.prepare (&net->segment, pool, &error);
  g_assert_no_error (error);
  g_assert_nonnull (net->state);
}

static void
net_run (Net *net)
{
  g_assert_true (tfc_backend_xnnpack.run (net->state));
}

static void
net_close (Net *net)
{
  tfc_backend_xnnpack.destroy (net->state);
  for (guint v = 0; v < net->graph->values->len; v++)
    g_free (net->place[v]);
  g_free (net->place);
  tfc_graph_free (net->graph);
}

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
    for (gsize k = 0; k < tfc_tensor_count (&t); k++)
      g_assert_cmpfloat_with_epsilon (op_stored (&t, k), expected[k], t.type == F ? 1e-5 : 1.0);
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

static guint
constant (TfcGraph *g, TfcType type, TfcShape shape, void *data)
{
  TfcTensor t = {.type = type, .shape = shape, .data = data};
  if (type == U)
    t.quant = (TfcQuant){.scale = 0.05f, .zero_point = 100};
  return tfc_graph_value (g, NULL, &t);
}

/* Constants that end at the end of a mapping: nothing may be read behind them. */
static void
test_over_read (void)
{
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

/* A quantised trunk big enough that workers share its layers. */
static TfcGraph *
trunk (guint32 seed)
{
  GRand *rand = g_rand_new_with_seed (seed);
  TfcGraph *g = tfc_graph_new ();
  guint last = computed (g, U, tfc_shape (4, 1, 24, 24, 32));
  tfc_graph_input (g, last);
  for (guint layer = 0; layer < 4; layer++) {
    TfcParams window = tfc_params (TFC_OP_CONV_2D);
    TfcShape shape = tfc_shape (4, 32, 3, 3, 32), one = tfc_shape (1, 32);
    guint8 *w = tfc_graph_alloc (g, 32 * 9 * 32);
    guint y = computed (g, U, tfc_shape (4, 1, 24, 24, 32));
    gint32 *b = tfc_graph_alloc (g, 32 * 4);
    for (guint i = 0; i < 32 * 9 * 32; i++)
      w[i] = g_rand_int_range (rand, 90, 111);
    for (guint i = 0; i < 32; i++)
      b[i] = g_rand_int_range (rand, -4000, 4000);
    window.window.pad_top = window.window.pad_left = 1;
    window.window.pad_bottom = window.window.pad_right = 1;
    node (g, TFC_OP_CONV_2D, &window, last, constant (g, U, shape, w),
          constant (g, TFC_TYPE_I32, one, b), y);
    last = y;
  }
  tfc_graph_output (g, last);
  g_rand_free (rand);
  return g;
}

static void
fill_picture (Net *net, guint8 seed)
{
  guint8 *x = net->place[net->segment.in[0]];
  for (guint i = 0; i < 24 * 24 * 32; i++)
    x[i] = (guint8)(i * 37 + seed * (i >> 5));
}

static gpointer
run_often (gpointer data)
{
  Net *net = data;
  const guint8 *y;
  g_autofree guint8 *first = NULL;
  net_run (net);
  y = net->place[net->segment.out[0]];
  first = g_memdup2 (y, 24 * 24 * 32);
  for (guint i = 0; i < 20; i++) {
    net_run (net);
    g_assert_cmpint (memcmp (first, y, 24 * 24 * 32), ==, 0);
  }
  return NULL;
}

/* Models on several threads that share one pool compute what one thread alone computes. */
static void
test_shared_pool (void)
{
  TfcPool *pool = tfc_pool_new (2);
  GThread *threads[4];
  Net nets[4], alone;
  g_assert_cmpuint (tfc_pool_threads (pool), ==, 2);
  for (guint i = 0; i < 4; i++) {
    net_open (&nets[i], trunk (i), pool);
    fill_picture (&nets[i], i);
  }
  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("net", run_often, &nets[i]);
  for (guint i = 0; i < 4; i++) {
    g_thread_join (threads[i]);
    net_open (&alone, trunk (i), NULL);
    fill_picture (&alone, i);
    net_run (&alone);
    g_assert_cmpmem (nets[i].place[nets[i].segment.out[0]], 24 * 24 * 32,
                     alone.place[alone.segment.out[0]], 24 * 24 * 32);
    net_close (&alone);
    net_close (&nets[i]);
  }
  tfc_pool_unref (pool);
}

static void
test_pool (void)
{
  TfcPool *one = tfc_pool_new (1), *some = tfc_pool_new (0), *many = tfc_pool_new (1000);
  g_assert_cmpuint (tfc_pool_threads (one), ==, 1);
  g_assert_null (tfc_pool_native (one));
  g_assert_cmpuint (tfc_pool_threads (some), >=, 1);
  g_assert_cmpuint (tfc_pool_threads (some), <=, TFC_POOL_DEFAULT_MAX);
  g_assert_cmpuint (tfc_pool_threads (many), <=, TFC_POOL_MAX_THREADS);
  g_assert_true (tfc_pool_ref (one) == one);
  tfc_pool_unref (one);
  tfc_pool_unref (one);
  tfc_pool_unref (some);
  tfc_pool_unref (many);
  tfc_pool_unref (NULL);
  g_assert_cmpuint (tfc_pool_threads (NULL), ==, 1);
}

static gboolean
takes (TfcOp op, const TfcParams *params, TfcType type, TfcShape x, TfcShape y)
{
  TfcGraph *g = tfc_graph_new ();
  gboolean yes;
  node (g, op, params, computed (g, type, x), TFC_NONE, TFC_NONE, computed (g, type, y));
  yes = tfc_backend_xnnpack.can_run (g, tfc_graph_n (g, 0));
  tfc_graph_free (g);
  return yes;
}

static gboolean
takes_pool (gint kernel, gint stride, gint length)
{
  TfcParams p = tfc_params (TFC_OP_MAX_POOL_2D);
  p.window.kernel_h = p.window.kernel_w = kernel;
  p.window.stride_h = p.window.stride_w = stride;
  return takes (TFC_OP_MAX_POOL_2D, &p, F, tfc_shape (4, 1, 9, 9, 4),
                tfc_shape (4, 1, length, length, 4));
}

/* Of 3 x 3 pixels on a square, and a picture made so large. */
static gboolean
takes_large (gint length)
{
  TfcParams p = tfc_params (TFC_OP_MAX_POOL_2D), r = tfc_params (TFC_OP_RESIZE_BILINEAR);
  TfcShape small = tfc_shape (4, 1, 2, 2, 1);
  p.window.kernel_h = p.window.kernel_w = 3;
  p.window.stride_h = p.window.stride_w = 1;
  r.resize.height = r.resize.width = 3 * length / 2;
  gboolean pool = takes (TFC_OP_MAX_POOL_2D, &p, F, tfc_shape (4, 1, length + 2, length + 2, 1),
                         tfc_shape (4, 1, length, length, 1));
  gboolean resize = takes (TFC_OP_RESIZE_BILINEAR, &r, F, small,
                           tfc_shape (4, 1, r.resize.height, r.resize.width, 1));
  g_assert_true (pool == resize);
  return pool;
}

static gboolean
takes_conv (gfloat weight_scale, gint32 weight_zero, TfcType type, gint bias_count)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = computed (g, type, tfc_shape (4, 1, 2, 2, 4)),
        y = computed (g, type, tfc_shape (4, 1, 2, 2, 4));
  TfcTensor w = {
      .type = type, .shape = tfc_shape (4, 4, 1, 1, 4), .quant = {weight_scale, weight_zero}};
  TfcShape count = tfc_shape (1, bias_count);
  gint32 zeros[16] = {0};
  gboolean yes;
  w.data = tfc_graph_alloc (g, 64);
  node (g, TFC_OP_CONV_2D, NULL, x, tfc_graph_value (g, NULL, &w),
        tfc_graph_const (g, NULL, type == F ? F : TFC_TYPE_I32, &count, zeros), y);
  yes = tfc_backend_xnnpack.can_run (g, tfc_graph_n (g, 0));
  tfc_graph_free (g);
  return yes;
}

/* Each refusal beside a neighbour that is taken. */
static void
test_refused (void)
{
  TfcParams p = tfc_params (TFC_OP_SOFTMAX);
  TfcShape s = tfc_shape (2, 2, 3), empty = tfc_shape (2, 0, 3);
  p.alpha = 1;
  g_assert_true (takes (TFC_OP_SOFTMAX, &p, F, s, s));
  p.alpha = 2;
  g_assert_false (takes (TFC_OP_SOFTMAX, &p, F, s, s));
  g_assert_true (takes_pool (3, 3, 3));
  g_assert_true (takes_pool (2, 1, 8));
  g_assert_false (takes_pool (1, 1, 9));
  g_assert_false (takes_pool (2, 3, 3));
  g_assert_false (takes_pool (3, 3, 4)); /* would write past its end */
  g_assert_true (takes_large (1364));
  g_assert_false (takes_large (1368)); /* more than 2^24 pointers */
  g_assert_true (takes_conv (255, 7, U, 4));
  g_assert_false (takes_conv (256, 7, U, 4)); /* the scales of input and output are equal */
  g_assert_false (takes_conv (0, 0, U, 4));
  g_assert_true (takes_conv (1, 0, TFC_TYPE_I8, 4));
  g_assert_false (takes_conv (1, 7, TFC_TYPE_I8, 4));
  g_assert_false (takes_conv (1, 7, U, 3));
  g_assert_true (takes_conv (0, 0, F, 4));
  g_assert_true (takes (TFC_OP_CLAMP, NULL, F, s, s));
  g_assert_false (takes (TFC_OP_CLAMP, NULL, F, empty, empty));
  g_assert_false (takes (TFC_OP_SIGMOID, NULL, U, s, s)); /* output scale is not 1/256 */
  p = tfc_params (TFC_OP_CLAMP);
  p.clamp = (TfcClamp){3, 3};
  g_assert_false (takes (TFC_OP_CLAMP, &p, F, s, s));
  p.clamp = (TfcClamp){90, 91}; /* past what 8 bits reach */
  g_assert_false (takes (TFC_OP_CLAMP, &p, U, s, s));
  p.clamp = (TfcClamp){0, 6};
  g_assert_true (takes (TFC_OP_CLAMP, &p, U, s, s));
  g_assert_false (takes (TFC_OP_TANH, NULL, F, s, s));
}

/* What passes can_run cannot fail; if a library is stricter than known, the error names the node.
 */
static void
prepare_fails (TfcGraph *g, guint x, guint y, const gchar *op)
{
  void *place[16] = {NULL};
  guint8 bytes[1024];
  TfcSegment s = {g, 0, g->nodes->len, &x, &y, 1, 1, place};
  GError *error = NULL;
  place[x] = place[y] = bytes;
  g_assert_null (tfc_backend_xnnpack.prepare (&s, NULL, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, op));
  g_error_free (error);
  tfc_graph_free (g);
}

static void
test_errors (void)
{
  TfcShape s = tfc_shape (4, 1, 2, 2, 4);
  TfcParams pool = tfc_params (TFC_OP_MAX_POOL_2D);
  TfcGraph *g = tfc_graph_new ();
  guint x = computed (g, U, s), between = computed (g, U, s), y = computed (g, U, s);
  TfcTensor w = {.type = U, .shape = tfc_shape (4, 4, 1, 1, 4), .quant = {300, 7}};

  w.data = tfc_graph_alloc (g, 16);
  node (g, TFC_OP_CLAMP, NULL, x, TFC_NONE, TFC_NONE, between);
  node (g, TFC_OP_CONV_2D, NULL, between, tfc_graph_value (g, NULL, &w), TFC_NONE, y);
  prepare_fails (g, x, y, "CONV_2D"); /* when the runtime is created */

  pool.window.kernel_h = pool.window.kernel_w = 1;
  g = tfc_graph_new ();
  x = computed (g, F, s);
  y = computed (g, F, s);
  node (g, TFC_OP_MAX_POOL_2D, &pool, x, TFC_NONE, TFC_NONE, y);
  prepare_fails (g, x, y, "MAX_POOL_2D"); /* when the node is defined */

  g = tfc_graph_new ();
  x = computed (g, F, s);
  y = computed (g, F, s);
  node (g, TFC_OP_TANH, NULL, x, TFC_NONE, TFC_NONE, y);
  prepare_fails (g, x, y, "TANH");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xnnpack/table", test_table);
  g_test_add_func ("/xnnpack/over-read", test_over_read);
  g_test_add_func ("/xnnpack/over-read-prelu", prelu_at_page_end);
  g_test_add_func ("/xnnpack/borders", test_borders);
  g_test_add_func ("/xnnpack/shared-pool", test_shared_pool);
  g_test_add_func ("/xnnpack/pool", test_pool);
  g_test_add_func ("/xnnpack/refused", test_refused);
  g_test_add_func ("/xnnpack/errors", test_errors);
  return g_test_run ();
}
