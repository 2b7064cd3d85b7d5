/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Graphs of any ops that our bytes choose, mostly with shapes that fit: checked, lowered, planned
 * and run on every backend. */
#include "tests/fuzz/fuzz.h"

#include "tests/fuzz/engine.h"

#define MAX_NODES 12

typedef struct {
  FuzzBytes *bytes;
  TfcGraph *graph;
  GArray *values; /* guint: what can be read */
} Maker;

static gint
below (Maker *m, guint n)
{
  return (gint)fuzz_below (m->bytes, n);
}

static const TfcTensor *
tensor (Maker *m, guint v)
{
  return &tfc_graph_v (m->graph, v)->tensor;
}

static guint
pick (Maker *m)
{
  return g_array_index (m->values, guint, m->values->len - 1 - below (m, MIN (m->values->len, 4)));
}

static gint32
dim (Maker *m)
{
  return below (m, 16) ? 1 + below (m, 7) : below (m, 300);
}

static TfcShape
any_shape (Maker *m)
{
  TfcShape s = {.rank = below (m, 4) ? 4 : below (m, 6)};
  for (gint i = 0; i < s.rank; i++)
    s.dim[i] = i || s.rank != 4 ? dim (m) : 1 + !below (m, 8);
  return s;
}

static TfcQuant
any_quant (Maker *m, TfcType type)
{
  TfcQuant q = {0};
  if (type != TFC_TYPE_U8 && type != TFC_TYPE_I8)
    return q;
  q.scale = below (m, 8) ? (1 + below (m, 255)) / 256.f : fuzz_float (m->bytes);
  q.zero_point = type == TFC_TYPE_U8 ? below (m, 256) : below (m, 2) ? 0 : below (m, 256) - 128;
  return q;
}

static TfcType
any_type (Maker *m)
{
  static const TfcType types[] = {TFC_TYPE_F32, TFC_TYPE_F32, TFC_TYPE_F32,
                                  TFC_TYPE_I8,  TFC_TYPE_U8,  TFC_TYPE_F16,
                                  TFC_TYPE_I32, TFC_TYPE_I64, TFC_TYPE_BOOL};
  return types[below (m, G_N_ELEMENTS (types))];
}

/* Weights and the like: of small numbers, or of the rest of the bytes. */
static guint
constant (Maker *m, TfcType type, TfcShape shape, gboolean quantised)
{
  TfcTensor desc = {.type = type, .shape = shape};
  gsize n;
  if (quantised)
    desc.quant = any_quant (m, type);
  if (type == TFC_TYPE_I8 && quantised && below (m, 2))
    desc.quant.zero_point = 0;
  if (!tfc_shape_count (&shape, &n) || n > 4096)
    return pick (m);
  guint8 *data = g_malloc0 (n * tfc_type_size (type) + 1);
  for (gsize i = 0; i < n; i++) {
    if (type == TFC_TYPE_F32)
      ((gfloat *)(gpointer)data)[i] = i < 8 ? fuzz_float (m->bytes) : (gfloat)(i % 5) - 2;
    else
      data[i * tfc_type_size (type)] = fuzz_take (m->bytes, 1);
  }
  guint id = tfc_graph_const (m->graph, "c", type, &shape, data);
  tfc_graph_v (m->graph, id)->tensor.quant = desc.quant;
  g_free (data);
  return id;
}

static void
any_window (Maker *m, TfcParams *p, gboolean pool)
{
  TfcWindow *w = &p->window;
  w->stride_h = below (m, 4) ? 1 : dim (m);
  w->stride_w = below (m, 4) ? w->stride_h : dim (m);
  w->dilation_h = w->dilation_w = below (m, 8) || pool ? 1 : dim (m);
  w->kernel_h = w->kernel_w = pool ? dim (m) : 0;
  w->same = below (m, 2);
  if (!below (m, 4)) {
    w->same = FALSE;
    w->pad_top = dim (m) - 1;
    w->pad_left = dim (m) - 1;
    w->pad_bottom = dim (m) - 1;
    w->pad_right = dim (m) - 1;
  }
}

/* Constant inputs that go with the op and its first input. */
static guint
add_weights (Maker *m, TfcOp op, guint *in)
{
  const TfcTensor x = *tensor (m, in[0]);
  gint c = x.shape.rank > 0 ? x.shape.dim[x.shape.rank - 1] : 1, k = 1 + below (m, 3),
       out = dim (m);
  TfcShape w = tfc_shape (4, out, k, k, c);
  if (op == TFC_OP_DEPTHWISE_CONV_2D) {
    out = c * (below (m, 4) ? 1 : 2);
    w = tfc_shape (4, 1, k, k, out);
  } else if (op == TFC_OP_FULLY_CONNECTED) {
    w = tfc_shape (2, out, c);
  }
  in[1] = constant (m, x.type, w, TRUE);
  if (below (m, 2))
    return 2;
  in[2] = TFC_NONE;
  if (!below (m, 4))
    return 3;
  in[2] =
      constant (m, x.type == TFC_TYPE_F32 ? TFC_TYPE_F32 : TFC_TYPE_I32, tfc_shape (1, out), FALSE);
  return 3;
}

static guint
second (Maker *m, guint x)
{
  TfcShape s = tensor (m, x)->shape;
  switch (below (m, 4)) {
    case 0:
      return pick (m);
    case 1:
      return x;
    default:
      for (gint i = 0; i < s.rank; i++)
        s.dim[i] = i == s.rank - 1 || below (m, 2) ? s.dim[i] : 1;
      return constant (m, tensor (m, x)->type, s, TRUE);
  }
}

/* Input k, mostly of a type that the op takes there. */
static guint
further (Maker *m, guint16 may, guint x)
{
  if (may & TFC_IO_LIKE_FIRST || !below (m, 4))
    return second (m, x);
  TfcType type = (TfcType)g_bit_nth_lsf (may, -1);
  return constant (m, type, below (m, 2) ? tensor (m, x)->shape : tfc_shape (3, 1, 4, 4), FALSE);
}

static guint
add_inputs (Maker *m, TfcOp op, guint *in)
{
  const guint16 *may = tfc_op_table[op].in;
  guint n = 1;
  in[0] = pick (m);
  if (tfc_op_is (op, TFC_OP_FLAG_WEIGHTS))
    return add_weights (m, op, in);
  for (; may[0] & TFC_IO_MANY && n < 4 && below (m, 4); n++)
    in[n] = below (m, 3) ? in[0] : pick (m);
  for (; n < tfc_op_min_inputs (op); n++)
    in[n] = further (m, may[n], in[0]);
  if (n == 2 && !below (m, 4)) {
    guint swap = in[0];
    in[0] = in[1];
    in[1] = swap;
  }
  return n;
}

static TfcParams
any_params (Maker *m, TfcOp op, const TfcShape *x)
{
  TfcParams p = tfc_params (op);
  gint rank = MAX (x->rank, 1);
  if (!below (m, 4))
    p.clamp = (TfcClamp){fuzz_float (m->bytes), fuzz_float (m->bytes)};
  else if (!below (m, 3) || op == TFC_OP_CLAMP)
    p.clamp = (TfcClamp){0, below (m, 2) ? 6 : G_MAXFLOAT};
  if (tfc_op_is (op, TFC_OP_FLAG_WINDOW)) {
    any_window (m, &p, !tfc_op_is (op, TFC_OP_FLAG_WEIGHTS));
    return p;
  }
  switch (op) {
    case TFC_OP_PAD:
      for (gint i = 0; i < rank; i++) {
        p.pad.before[i] = below (m, 3) ? 0 : below (m, 4);
        p.pad.after[i] = below (m, 3) ? 0 : below (m, 4);
      }
      p.pad.value = below (m, 4) ? 0 : fuzz_float (m->bytes);
      break;
    case TFC_OP_RESIZE_BILINEAR:
    case TFC_OP_RESIZE_NEAREST:
      p.resize.height = dim (m);
      p.resize.width = dim (m);
      p.resize.align_corners = !below (m, 3);
      p.resize.half_pixel = !below (m, 3);
      break;
    case TFC_OP_MEAN:
    case TFC_OP_SUM:
    case TFC_OP_PROD:
    case TFC_OP_REDUCE_MAX:
    case TFC_OP_REDUCE_MIN:
      p.axes.n = below (m, rank + 1);
      for (gint i = 0; i < p.axes.n; i++)
        p.axes.axis[i] = below (m, 4) ? (i + 1) % rank : below (m, 6) - 3;
      p.axes.keep_dims = below (m, 2);
      break;
    case TFC_OP_TRANSPOSE:
      p.axes.n = rank;
      for (gint i = 0, turn = below (m, rank); i < rank; i++)
        p.axes.axis[i] = (i + turn) % rank;
      break;
    case TFC_OP_SLICE:
      for (gint i = 0; i < rank; i++) {
        p.slice.stride[i] = below (m, 4) ? 1 : below (m, 6) - 2;
        p.slice.begin[i] = p.slice.stride[i] < 0 ? x->dim[i] - 1 : below (m, 2);
      }
      break;
    case TFC_OP_ARG_MAX:
    case TFC_OP_ARG_MIN:
    case TFC_OP_CONCAT:
      p.axis = below (m, rank + 1) - !below (m, 4);
      break;
    case TFC_OP_GATHER:
      p.gather.axis = below (m, rank + 1) - !below (m, 4);
      p.gather.batch = below (m, 3) ? 0 : below (m, 4) - 1;
      break;
    case TFC_OP_SCATTER_ND:
      p.scattered.rank = below (m, TFC_MAX_RANK + 1);
      for (gint i = 0; i < p.scattered.rank; i++)
        p.scattered.dim[i] = dim (m);
      break;
    case TFC_OP_BATCH_MATMUL:
      p.matmul.transpose_a = below (m, 2);
      p.matmul.transpose_b = below (m, 2);
      break;
    case TFC_OP_CUMSUM:
      p.scan.axis = below (m, rank + 1) - !below (m, 4);
      p.scan.exclusive = below (m, 2);
      p.scan.reverse = below (m, 2);
      break;
    case TFC_OP_TRANSPOSE_CONV_2D:
      any_window (m, &p, FALSE);
      p.window.pad_bottom -= below (m, 4);
      p.window.pad_right -= below (m, 4);
      break;
    case TFC_OP_TOP_K:
      p.k = below (m, 8);
      break;
    case TFC_OP_DEPTH_TO_SPACE:
      p.block = below (m, 4);
      break;
    case TFC_OP_LANDMARKS_TO_TRANSFORM:
    case TFC_OP_TRANSFORM_TENSOR_BILINEAR:
      p.landmarks.n = 1 + below (m, 3);
      for (gint i = 0; i < p.landmarks.n; i++)
        p.landmarks.index[i] = below (m, 3);
      p.landmarks.height = dim (m);
      p.landmarks.width = dim (m);
      p.landmarks.scale_x = fuzz_float (m->bytes);
      p.landmarks.scale_y = 1;
      p.landmarks.left_rotation = below (m, 3);
      p.landmarks.right_rotation = below (m, 3);
      break;
    default:
      p.alpha = p.alpha ? p.alpha : fuzz_float (m->bytes);
  }
  return p;
}

/* Shapes that a loader would have to tell. */
static TfcShape
told_shape (Maker *m, TfcOp op, const TfcShape *x, const TfcParams *p)
{
  TfcShape y = {.rank = -1};
  gsize n;
  if (op == TFC_OP_SLICE) {
    y = *x;
    for (gint i = 0; i < y.rank; i++) {
      gint stride = ABS (p->slice.stride[i]),
           start = p->slice.stride[i] < 0 ? 0 : p->slice.begin[i];
      y.dim[i] = MAX ((y.dim[i] - start + MAX (stride, 1) - 1) / MAX (stride, 1), 1);
    }
  } else if (op == TFC_OP_RESHAPE && tfc_shape_count (x, &n) && n < G_MAXINT32) {
    static const gint splits[] = {1, 2, 3, 4, 6};
    gint by = splits[below (m, G_N_ELEMENTS (splits))];
    y = below (m, 2) ? tfc_shape (4, 1, by, -1, 1) : tfc_shape (2, by, (gint)n / by);
  }
  return y;
}

/* What a reader would say of output k: its type, and perhaps its quantisation. */
static TfcTensor
told_output (Maker *m, TfcOp op, guint k, TfcType first)
{
  const guint16 may = tfc_op_table[op].out[k];
  TfcTensor desc = {.type = first, .shape = {.rank = -1}};
  if (may && !(may & TFC_IO_LIKE_FIRST))
    desc.type = op == TFC_OP_CONVERT ? any_type (m) : (TfcType)g_bit_nth_lsf (may, -1);
  if (op == TFC_OP_CONVERT || (first != TFC_TYPE_F32 && below (m, 2)))
    desc.quant = any_quant (m, desc.type);
  return desc;
}

static void
add_node (Maker *m)
{
  TfcOp op = below (m, TFC_N_OPS);
  guint in[TFC_MAX_NODE_INPUTS], n = add_inputs (m, op, in), n_out = tfc_op_n_outputs (op);
  guint out[TFC_MAX_NODE_OUTPUTS], node;
  TfcTensor x = *tensor (m, in[0]);
  if (!below (m, 16))
    in[below (m, n)] = TFC_NONE;
  TfcParams p = any_params (m, op, &x.shape);
  for (guint k = 0; k < n_out; k++) {
    TfcTensor desc = told_output (m, op, k, x.type);
    if (k == 0)
      desc.shape = told_shape (m, op, &x.shape, &p);
    out[k] = tfc_graph_value (m->graph, "v", &desc);
  }
  node = tfc_graph_node (m->graph, op, &p, in, n, out, n_out - !below (m, 64));
  if (tfc_infer_node (m->graph, tfc_graph_n (m->graph, node), NULL))
    g_array_append_vals (m->values, out, n_out);
  else if (below (m, 16)) /* seldom left there, so that the check sees it */
    g_array_set_size (m->graph->nodes, node);
}

static TfcGraph *
make (FuzzBytes bytes)
{
  Maker m = {.bytes = &bytes, .graph = tfc_graph_new ()};
  guint n = 1 + below (&m, MAX_NODES);
  m.values = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 1 + below (&m, 2); i > 0; i--) {
    TfcTensor x = {.type = any_type (&m), .shape = any_shape (&m)};
    x.quant = any_quant (&m, x.type);
    guint id = tfc_graph_value (m.graph, "x", &x);
    tfc_graph_input (m.graph, id);
    g_array_append_val (m.values, id);
  }
  for (guint i = 0; i < n; i++)
    add_node (&m);
  for (guint i = 1 + below (&m, 3); i > 0; i--)
    tfc_graph_output (m.graph, pick (&m));
  g_array_unref (m.values);
  return m.graph;
}

void
fuzz_one (const guint8 *data, gsize size)
{
  for (guint i = 0; i < fuzz_n_backends (); i++)
    fuzz_engine (make ((FuzzBytes){data, size}), i);
}

void
fuzz_seeds (void)
{
  GRand *rand = g_rand_new_with_seed (1);
  guint8 bytes[400];
  for (guint i = 0; i < 64; i++) {
    for (guint k = 0; k < sizeof bytes; k++)
      bytes[k] = g_rand_int (rand);
    fuzz_seed (bytes, 40 + i * 5);
  }
  g_rand_free (rand);
}
