/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/builder/load.h"
#include "inference/passes/lower.h"

#include <math.h>
#include <string.h>

/* Every test builds a graph, runs it node by node on the reference, lowers it, runs it again, and
 * looks at what is left. */

static GRand *rand_source;

static guint
value (TfcGraph *g, const gchar *name, TfcType type, TfcShape shape)
{
  TfcTensor desc = {.type = type, .shape = shape};
  return tfc_graph_value (g, name, &desc);
}

static guint
input (TfcGraph *g, TfcShape shape)
{
  guint id = value (g, "x", TFC_TYPE_F32, shape);
  tfc_graph_input (g, id);
  return id;
}

/* A float32 constant of values between low and high. */
static guint
constant (TfcGraph *g, TfcShape shape, gdouble low, gdouble high)
{
  gsize count;
  tfc_shape_count (&shape, &count);
  gfloat *data = g_new (gfloat, count);
  for (gsize i = 0; i < count; i++)
    data[i] = g_rand_double_range (rand_source, low, high);
  guint id = tfc_graph_const (g, "c", TFC_TYPE_F32, &shape, data);
  g_free (data);
  return id;
}

static guint
node3 (TfcGraph *g, TfcOp op, const TfcParams *params, guint a, guint b, guint c)
{
  guint in[] = {a, b, c}, out = tfc_graph_unknown (g, "y");
  TfcParams p = params ? *params : tfc_params (op);
  tfc_graph_node (g, op, &p, in, c != TFC_NONE ? 3 : b != TFC_NONE ? 2 : 1, &out, 1);
  return out;
}

static guint
node (TfcGraph *g, TfcOp op, const TfcParams *params, guint a, guint b)
{
  return node3 (g, op, params, a, b, TFC_NONE);
}

static guint
conv (TfcGraph *g, guint x, gint channels_in, gint channels, gboolean bias)
{
  TfcParams p = tfc_params (TFC_OP_CONV_2D);
  p.window.stride_h = p.window.stride_w = p.window.dilation_h = p.window.dilation_w = 1;
  guint w = constant (g, tfc_shape (4, channels, 3, 3, channels_in), -1, 1);
  guint b = bias ? constant (g, tfc_shape (1, channels), -1, 1) : TFC_NONE;
  return node3 (g, TFC_OP_CONV_2D, &p, x, w, b);
}

static guint
depthwise (TfcGraph *g, guint x, gint channels, gboolean same)
{
  TfcParams p = tfc_params (TFC_OP_DEPTHWISE_CONV_2D);
  p.window.stride_h = p.window.stride_w = p.window.dilation_h = p.window.dilation_w = 1;
  p.window.same = same;
  return node (g, TFC_OP_DEPTHWISE_CONV_2D, &p, x,
               constant (g, tfc_shape (4, 1, 3, 3, channels), -1, 1));
}

/* Runs the graph with inputs drawn from seed; returns output 0's bytes, to be freed. */
static void *
run (const TfcGraph *g, guint32 seed, gsize *bytes)
{
  GRand *rand = g_rand_new_with_seed (seed);
  TfcTensor *t = g_new (TfcTensor, g->values->len);
  GPtrArray *memory = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < g->values->len; i++) {
    t[i] = tfc_graph_v (g, i)->tensor;
    if (!t[i].data) {
      t[i].data = g_malloc0 (tfc_tensor_bytes (&t[i]) + TFC_TAIL_BYTES);
      g_ptr_array_add (memory, t[i].data);
    }
  }
  for (guint i = 0; i < g->inputs->len; i++) {
    const TfcTensor *x = &t[g_array_index (g->inputs, guint, i)];
    for (gsize k = 0; k < tfc_tensor_count (x); k++) {
      if (x->type == TFC_TYPE_F32)
        ((gfloat *)x->data)[k] = g_rand_double_range (rand, -2, 2);
      else
        ((guint8 *)x->data)[k] = g_rand_int (rand);
    }
  }
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *n = tfc_graph_n (g, i);
    const TfcTensor *in[TFC_MAX_NODE_INPUTS];
    TfcTensor *out = &t[n->out[0]];
    GError *error = NULL;
    for (guint k = 0; k < n->n_in; k++)
      in[k] = n->in[k] == TFC_NONE ? NULL : &t[n->in[k]];
    tfc_reference_run_node (n, in, &out, &error);
    g_assert_no_error (error);
  }
  const TfcTensor *y = &t[g_array_index (g->outputs, guint, 0)];
  void *copy = g_memdup2 (y->data, tfc_tensor_bytes (y));
  *bytes = tfc_tensor_bytes (y);
  g_ptr_array_unref (memory);
  g_free (t);
  g_rand_free (rand);
  return copy;
}

static void
compare (const void *a, const void *b, gsize bytes, gboolean exact)
{
  const gfloat *x = a, *y = b;
  if (exact) {
    g_assert_cmpmem (a, bytes, b, bytes);
    return;
  }
  for (gsize i = 0; i < bytes / 4; i++)
    g_assert_cmpfloat (fabsf (x[i] - y[i]), <=, 1e-4f * MAX (1, fabsf (x[i])));
}

/* Takes the graph's outputs as set; ops: what must be left, in order, ended by TFC_N_OPS. */
static TfcGraph *
lower (TfcGraph *g, guint y, gboolean exact, const TfcOp *ops)
{
  GError *error = NULL;
  guint32 seed = g_rand_int (rand_source);
  gsize size, size_after;
  tfc_graph_output (g, y);
  tfc_graph_check (g, &error);
  g_assert_no_error (error);
  void *before = run (g, seed, &size), *after;
  tfc_lower (g, &error);
  g_assert_no_error (error);
  after = run (g, seed, &size_after);
  g_assert_cmpuint (size, ==, size_after);
  compare (before, after, size, exact);
  g_free (before);
  g_free (after);
  for (guint i = 0; i < g->nodes->len; i++)
    g_assert_cmpstr (tfc_op_name (tfc_graph_n (g, i)->op), ==, tfc_op_name (ops[i]));
  g_assert_cmpint (ops[g->nodes->len], ==, TFC_N_OPS);
  tfc_graph_check (g, &error);
  g_assert_no_error (error);
  return g;
}

#define OPS(...) ((const TfcOp[]){__VA_ARGS__ __VA_OPT__ (, ) TFC_N_OPS})

static void
test_half (void)
{
  static const guint16 halves[] = {0x3c00, 0xc000, 0x3555, 0x7bff};
  TfcGraph *g = tfc_graph_new ();
  TfcShape s = tfc_shape (1, 4);
  guint h = tfc_graph_const (g, "h", TFC_TYPE_F16, &s, halves),
        wide = value (g, "wide", TFC_TYPE_F32, s);
  TfcParams p = tfc_params (TFC_OP_CONVERT);
  tfc_graph_node (g, TFC_OP_CONVERT, &p, &h, 1, &wide, 1);
  guint y = node (g, TFC_OP_MUL, NULL, input (g, tfc_shape (2, 3, 4)), wide);
  lower (g, y, TRUE, OPS (TFC_OP_MUL));
  const TfcTensor *t = &tfc_graph_v (g, tfc_graph_n (g, 0)->in[1])->tensor;
  g_assert_cmpint (t->type, ==, TFC_TYPE_F32);
  g_assert_cmpfloat (((gfloat *)t->data)[1], ==, -2);
  g_assert_cmpfloat (((gfloat *)t->data)[3], ==, 65504);
  /* The two values that are left, and no memory but theirs. */
  g_assert_cmpuint (g->values->len, ==, 3);
  g_assert_cmpuint (g->keep->len, ==, 1);
  tfc_graph_free (g);
}

static void
test_fold (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint a = constant (g, tfc_shape (2, 3, 4), -1, 1), b = constant (g, tfc_shape (1, 4), -1, 1);
  guint sum = node (g, TFC_OP_ADD, NULL, a, b), s = node (g, TFC_OP_SIGMOID, NULL, sum, TFC_NONE);
  guint y = node (g, TFC_OP_MUL, NULL, input (g, tfc_shape (2, 3, 4)), s);
  tfc_graph_free (lower (g, y, TRUE, OPS (TFC_OP_MUL)));
  /* Everything constant: the output stays, nothing runs. */
  g = tfc_graph_new ();
  input (g, tfc_shape (1, 1));
  y = node (g, TFC_OP_EXP, NULL, constant (g, tfc_shape (1, 4), -1, 1), TFC_NONE);
  tfc_graph_free (lower (g, y, TRUE, OPS ()));
}

/* A constant that would become a quarter of a GiB stays a node. */
/* The mean of a picture of so many columns and 2048 rows; TRUE if it is a constant afterwards. */
static gboolean
folds (gint columns)
{
  TfcGraph *g = tfc_graph_new ();
  TfcParams p = tfc_params (TFC_OP_RESIZE_BILINEAR), q = tfc_params (TFC_OP_MEAN);
  GError *error = NULL;
  guint y = constant (g, tfc_shape (4, 1, 2, 2, 1), -1, 1);
  input (g, tfc_shape (1, 1));
  p.resize.height = 2048;
  p.resize.width = columns;
  q.axes.n = 2;
  q.axes.axis[0] = 1;
  q.axes.axis[1] = 2;
  y = node (g, TFC_OP_MEAN, &q, node (g, TFC_OP_RESIZE_BILINEAR, &p, y, TFC_NONE), TFC_NONE);
  tfc_graph_output (g, y);
  tfc_graph_check (g, &error);
  g_assert_no_error (error);
  tfc_lower (g, &error);
  g_assert_no_error (error);
  gboolean folded = g->nodes->len == 0;
  g_assert_true (folded || (g->nodes->len == 2 && g->keep->len == 1));
  tfc_graph_free (g);
  return folded;
}

/* 16 MiB besides some bytes for the small constant: 2048 x 2048 float32, and not a row more. */
static void
test_fold_bounded (void)
{
  g_assert_true (folds (2048));
  g_assert_false (folds (2049));
  g_assert_false (folds (32768));
}

static void
test_batch_norm (void)
{
  for (guint kind = 0; kind < 3; kind++) {
    TfcGraph *g = tfc_graph_new ();
    TfcParams relu6 = tfc_params (TFC_OP_CLAMP);
    TfcOp op = kind < 2 ? TFC_OP_CONV_2D : TFC_OP_DEPTHWISE_CONV_2D;
    guint x = input (g, tfc_shape (4, 1, 6, 5, 3)), y;
    relu6.clamp = (TfcClamp){0, 6};
    y = kind < 2 ? conv (g, x, 3, 4, kind == 1) : depthwise (g, x, 3, TRUE);
    gint c = kind < 2 ? 4 : 3;
    y = node (g, TFC_OP_MUL, NULL, y, constant (g, tfc_shape (1, c), -2, 2));
    y = node (g, TFC_OP_ADD, NULL, constant (g, tfc_shape (4, 1, 1, 1, c), -2, 2), y);
    y = node (g, TFC_OP_SUB, NULL, y, constant (g, tfc_shape (1, 1), -2, 2));
    y = node (g, TFC_OP_SUB, NULL, constant (g, tfc_shape (1, c), -2, 2), y);
    y = node (g, TFC_OP_CLAMP, &relu6, y, TFC_NONE);
    lower (g, y, FALSE, OPS (op));
    g_assert_cmpfloat (tfc_graph_n (g, 0)->params.clamp.max, ==, 6);
    g_assert_cmpuint (tfc_graph_n (g, 0)->n_in, ==, 3);
    g_assert_cmpuint (g->values->len, ==, 4);
    tfc_graph_free (g);
  }
}

/* What may not be merged: another user, a clamp between, a constant that is no channel's. */
static void
test_batch_norm_kept (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint c = conv (g, input (g, tfc_shape (4, 1, 5, 5, 3)), 3, 4, TRUE);
  guint m = node (g, TFC_OP_MUL, NULL, c, constant (g, tfc_shape (1, 4), -2, 2));
  tfc_graph_free (lower (g, node (g, TFC_OP_ADD, NULL, m, c), TRUE,
                         OPS (TFC_OP_CONV_2D, TFC_OP_MUL, TFC_OP_ADD)));
  g = tfc_graph_new ();
  TfcParams relu = tfc_params (TFC_OP_CLAMP);
  relu.clamp.min = 0;
  c = node (g, TFC_OP_CLAMP, &relu, conv (g, input (g, tfc_shape (4, 1, 5, 5, 3)), 3, 4, TRUE),
            TFC_NONE);
  m = node (g, TFC_OP_MUL, NULL, c, constant (g, tfc_shape (1, 4), -2, 2));
  tfc_graph_free (lower (g, m, TRUE, OPS (TFC_OP_CONV_2D, TFC_OP_MUL)));
  g = tfc_graph_new ();
  c = conv (g, input (g, tfc_shape (4, 1, 6, 6, 3)), 3, 4, TRUE);
  m = node (g, TFC_OP_MUL, NULL, c, constant (g, tfc_shape (3, 4, 4, 1), -2, 2));
  tfc_graph_free (lower (g, m, TRUE, OPS (TFC_OP_CONV_2D, TFC_OP_MUL)));
}

static void
test_activation (void)
{
  TfcGraph *g = tfc_graph_new ();
  TfcParams p = tfc_params (TFC_OP_ADD), q = tfc_params (TFC_OP_CLAMP);
  guint x = input (g, tfc_shape (2, 8, 8)), y;
  p.clamp = (TfcClamp){-1, 1};
  q.clamp = (TfcClamp){0, 6};
  y = node (g, TFC_OP_CLAMP, &q, node (g, TFC_OP_ADD, &p, x, x), TFC_NONE);
  lower (g, y, TRUE, OPS (TFC_OP_ADD));
  g_assert_cmpfloat (tfc_graph_n (g, 0)->params.clamp.min, ==, 0);
  g_assert_cmpfloat (tfc_graph_n (g, 0)->params.clamp.max, ==, 1);
  tfc_graph_free (g);
  /* Ranges that do not meet: everything becomes the nearer end. */
  g = tfc_graph_new ();
  q.clamp = (TfcClamp){2, 3};
  x = input (g, tfc_shape (2, 8, 8));
  y = node (g, TFC_OP_CLAMP, &q, node (g, TFC_OP_ADD, &p, x, x), TFC_NONE);
  tfc_graph_free (lower (g, y, TRUE, OPS (TFC_OP_ADD)));
  /* The value before is needed too. */
  g = tfc_graph_new ();
  x = input (g, tfc_shape (2, 8, 8));
  guint sum = node (g, TFC_OP_ADD, NULL, x, x);
  y = node (g, TFC_OP_MUL, NULL, node (g, TFC_OP_CLAMP, &q, sum, TFC_NONE), sum);
  tfc_graph_free (lower (g, y, TRUE, OPS (TFC_OP_ADD, TFC_OP_CLAMP, TFC_OP_MUL)));
}

static TfcParams
pad_params (gint top, gint bottom, gint left, gint right, gint channels)
{
  TfcParams p = tfc_params (TFC_OP_PAD);
  p.pad.before[1] = top;
  p.pad.after[1] = bottom;
  p.pad.before[2] = left;
  p.pad.after[2] = right;
  p.pad.after[3] = channels;
  return p;
}

static void
test_pad (void)
{
  TfcParams p = pad_params (1, 2, 3, 0, 0);
  TfcGraph *g = tfc_graph_new ();
  guint x = node (g, TFC_OP_PAD, &p, input (g, tfc_shape (4, 1, 4, 5, 2)), TFC_NONE);
  lower (g, conv (g, x, 2, 3, TRUE), TRUE, OPS (TFC_OP_CONV_2D));
  g_assert_cmpint (tfc_graph_n (g, 0)->params.window.pad_left, ==, 3);
  tfc_graph_free (g);
  g = tfc_graph_new ();
  x = node (g, TFC_OP_PAD, &p, input (g, tfc_shape (4, 1, 4, 5, 2)), TFC_NONE);
  tfc_graph_free (lower (g, depthwise (g, x, 2, TRUE), TRUE, OPS (TFC_OP_DEPTHWISE_CONV_2D)));
  p = pad_params (1, 1, 1, 1, 2); /* channels: stays */
  g = tfc_graph_new ();
  x = node (g, TFC_OP_PAD, &p, input (g, tfc_shape (4, 1, 4, 5, 2)), TFC_NONE);
  tfc_graph_free (lower (g, conv (g, x, 4, 3, TRUE), TRUE, OPS (TFC_OP_PAD, TFC_OP_CONV_2D)));
  p = pad_params (1, 1, 1, 1, 0); /* with what is not zero: stays */
  p.pad.value = -1;
  g = tfc_graph_new ();
  x = node (g, TFC_OP_PAD, &p, input (g, tfc_shape (4, 1, 4, 5, 2)), TFC_NONE);
  tfc_graph_free (lower (g, conv (g, x, 2, 3, TRUE), TRUE, OPS (TFC_OP_PAD, TFC_OP_CONV_2D)));
}

static void
test_pad_quantised (void)
{
  TfcGraph *g = tfc_graph_new ();
  TfcTensor x = {.type = TFC_TYPE_U8,
                 .shape = tfc_shape (4, 1, 4, 4, 2),
                 .quant = {.scale = 0.1f, .zero_point = 77}};
  TfcTensor w = {.type = TFC_TYPE_U8,
                 .shape = tfc_shape (4, 3, 3, 3, 2),
                 .quant = {.scale = 0.02f, .zero_point = 100}};
  TfcTensor y = {
      .type = TFC_TYPE_U8, .shape = {.rank = -1}, .quant = {.scale = 0.3f, .zero_point = 120}};
  TfcParams p = pad_params (1, 1, 1, 1, 0), c = tfc_params (TFC_OP_CONV_2D);
  guint in[2], padded = tfc_graph_unknown (g, "padded"), out = tfc_graph_value (g, "y", &y);
  guint8 *weights = tfc_graph_alloc (g, 54);
  for (guint i = 0; i < 54; i++)
    weights[i] = g_rand_int (rand_source);
  w.data = weights;
  in[0] = tfc_graph_value (g, "x", &x);
  tfc_graph_input (g, in[0]);
  in[1] = tfc_graph_value (g, "w", &w);
  c.window.stride_h = c.window.stride_w = c.window.dilation_h = c.window.dilation_w = 1;
  tfc_graph_node (g, TFC_OP_PAD, &p, in, 1, &padded, 1);
  in[0] = padded;
  tfc_graph_node (g, TFC_OP_CONV_2D, &c, in, 2, &out, 1);
  tfc_graph_free (lower (g, out, TRUE, OPS (TFC_OP_CONV_2D)));
}

static guint
pool (TfcGraph *g, guint x)
{
  TfcParams p = tfc_params (TFC_OP_MAX_POOL_2D);
  p.window = (TfcWindow){
      .stride_h = 2, .stride_w = 2, .dilation_h = 1, .dilation_w = 1, .kernel_h = 3, .kernel_w = 3};
  return node (g, TFC_OP_MAX_POOL_2D, &p, x, TFC_NONE);
}

static void
test_pad_pool (void)
{
  TfcParams p = pad_params (0, 1, 0, 1, 0), relu = tfc_params (TFC_OP_CLAMP);
  TfcGraph *g = tfc_graph_new ();
  guint x = input (g, tfc_shape (4, 1, 6, 6, 2));
  tfc_graph_free (lower (g, pool (g, node (g, TFC_OP_PAD, &p, x, TFC_NONE)), TRUE,
                         OPS (TFC_OP_PAD, TFC_OP_MAX_POOL_2D)));
  g = tfc_graph_new ();
  relu.clamp.min = 0;
  x = node (g, TFC_OP_CLAMP, &relu, input (g, tfc_shape (4, 1, 6, 6, 2)), TFC_NONE);
  tfc_graph_free (lower (g, pool (g, node (g, TFC_OP_PAD, &p, x, TFC_NONE)), TRUE,
                         OPS (TFC_OP_CLAMP, TFC_OP_MAX_POOL_2D)));
}

static guint
reshape (TfcGraph *g, guint x, TfcShape to)
{
  TfcParams p = tfc_params (TFC_OP_RESHAPE);
  guint y = value (g, "r", TFC_TYPE_F32, to);
  tfc_graph_node (g, TFC_OP_RESHAPE, &p, &x, 1, &y, 1);
  return y;
}

static void
test_tidy (void)
{
  TfcGraph *g = tfc_graph_new ();
  TfcParams all = tfc_params (TFC_OP_CLAMP), none = pad_params (0, 0, 0, 0, 0);
  guint x = input (g, tfc_shape (2, 4, 6)), y;
  y = reshape (g, reshape (g, x, tfc_shape (1, 24)), tfc_shape (2, 3, 8));
  y = node (g, TFC_OP_CLAMP, &all, y, TFC_NONE);
  y = node (g, TFC_OP_PAD, &none, y, TFC_NONE);
  y = node (g, TFC_OP_CONVERT, NULL, y, TFC_NONE);
  y = node (g, TFC_OP_EXP, NULL, y, TFC_NONE);
  y = reshape (g, y, tfc_shape (2, 3, 8));
  node (g, TFC_OP_TANH, NULL, y, TFC_NONE); /* nobody needs it */
  guint out = node (g, TFC_OP_CLAMP, &all, y, TFC_NONE);
  g_free (tfc_graph_v (g, out)->name);
  tfc_graph_v (g, out)->name = g_strdup ("the output");
  lower (g, out, TRUE, OPS (TFC_OP_RESHAPE, TFC_OP_EXP));
  g_assert_cmpstr (tfc_graph_v (g, g_array_index (g->outputs, guint, 0))->name, ==, "the output");
  g_assert_cmpuint (g->values->len, ==, 3);
  tfc_graph_free (g);
  /* An input that is the output: nothing to take away. */
  g = tfc_graph_new ();
  x = input (g, tfc_shape (2, 4, 6));
  tfc_graph_free (lower (g, node (g, TFC_OP_CLAMP, &all, x, TFC_NONE), TRUE, OPS (TFC_OP_CLAMP)));
}

/* The files of the mirror become few nodes: what is left of PAD adds channels. */
static void
test_files (void)
{
  static const struct {
    const gchar *path;
    guint n[TFC_N_OPS];
  } files[] = {
      {"face_detection_short_range.tflite",
       {[TFC_OP_CONV_2D] = 21,
        [TFC_OP_DEPTHWISE_CONV_2D] = 16,
        [TFC_OP_ADD] = 16,
        [TFC_OP_MAX_POOL_2D] = 3,
        [TFC_OP_PAD] = 11,
        [TFC_OP_RESHAPE] = 4,
        [TFC_OP_CONCAT] = 2}},
      {"face_detection_full_range_sparse.tflite",
       {[TFC_OP_CONV_2D] = 49,
        [TFC_OP_DEPTHWISE_CONV_2D] = 42,
        [TFC_OP_ADD] = 19,
        [TFC_OP_RESIZE_BILINEAR] = 3,
        [TFC_OP_DEPTH_TO_SPACE] = 2,
        [TFC_OP_RESHAPE] = 2}},
      {"face_landmark.tflite",
       {[TFC_OP_CONV_2D] = 25,
        [TFC_OP_DEPTHWISE_CONV_2D] = 20,
        [TFC_OP_ADD] = 20,
        [TFC_OP_MAX_POOL_2D] = 6,
        [TFC_OP_PAD] = 3,
        [TFC_OP_PRELU] = 23}},
      {"face_landmark_with_attention.tflite",
       {[TFC_OP_CONV_2D] = 80,
        [TFC_OP_DEPTHWISE_CONV_2D] = 66,
        [TFC_OP_ADD] = 66,
        [TFC_OP_MAX_POOL_2D] = 16,
        [TFC_OP_PAD] = 9,
        [TFC_OP_PRELU] = 73,
        [TFC_OP_MUL] = 6,
        [TFC_OP_RESHAPE] = 14,
        [TFC_OP_LANDMARKS_TO_TRANSFORM] = 3,
        [TFC_OP_TRANSFORM_TENSOR_BILINEAR] = 3,
        [TFC_OP_TRANSFORM_LANDMARKS] = 5}},
  };
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    const gchar *shared = g_getenv ("TFC_SHARED");
    gchar *path =
        g_build_filename (shared ? shared : "../shared", "models", "face", files[i].path, NULL);
    GError *error = NULL;
    guint n[TFC_N_OPS] = {0};
    if (g_file_test (path, G_FILE_TEST_EXISTS)) {
      TfcGraph *g = tfc_load_tflite (path, &error);
      g_assert_no_error (error);
      tfc_lower (g, &error);
      g_assert_no_error (error);
      for (guint k = 0; k < g->nodes->len; k++)
        n[tfc_graph_n (g, k)->op]++;
      for (guint op = 0; op < TFC_N_OPS; op++) {
        if (n[op] != files[i].n[op])
          g_error ("%s: %u times %s", files[i].path, n[op], tfc_op_name (op));
      }
      tfc_graph_free (g);
    } else {
      g_test_skip_printf ("%s is not there", path);
    }
    g_free (path);
  }
}

int
main (int argc, char **argv)
{
  guint32 seed = g_random_int ();
  g_test_init (&argc, &argv, NULL);
  rand_source = g_rand_new_with_seed (seed);
  g_test_message ("seed %u", seed);
  g_test_add_func ("/lower/half", test_half);
  g_test_add_func ("/lower/fold", test_fold);
  g_test_add_func ("/lower/fold-bounded", test_fold_bounded);
  g_test_add_func ("/lower/batch-norm", test_batch_norm);
  g_test_add_func ("/lower/batch-norm-kept", test_batch_norm_kept);
  g_test_add_func ("/lower/activation", test_activation);
  g_test_add_func ("/lower/pad", test_pad);
  g_test_add_func ("/lower/pad-quantised", test_pad_quantised);
  g_test_add_func ("/lower/pad-pool", test_pad_pool);
  g_test_add_func ("/lower/tidy", test_tidy);
  g_test_add_func ("/lower/files", test_files);
  gint rc = g_test_run ();
  g_rand_free (rand_source);
  return rc;
}
