/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/common/kernels.h"

#include "inference/backends/cpu/f32/band_fusion.h"
#include "config.h"
#include "inference/backends/cpu/common/packed.h"
#include "inference/backends/cpu/common/kernel_table.h"

/* Of 8 bits, and of float32. Elementwise ops of 8 bits are all one kind: a table of 256 answers. */
typedef const TfcLayerKind *Kinds[2];

static const Kinds kinds[TFC_N_OPS] = {
    [TFC_OP_CONV_2D] = {&tfc_layer_conv, &tfc_layer_conv_f32},
    [TFC_OP_FULLY_CONNECTED] = {&tfc_layer_conv, &tfc_layer_conv_f32},
    [TFC_OP_DEPTHWISE_CONV_2D] = {&tfc_layer_depthwise, &tfc_layer_depthwise_f32},
    [TFC_OP_MAX_POOL_2D] = {&tfc_layer_pool_q8, &tfc_layer_max_pool_f32},
    [TFC_OP_AVERAGE_POOL_2D] = {&tfc_layer_pool_q8, &tfc_layer_average_pool_f32},
    [TFC_OP_MEAN] = {&tfc_layer_reduce_q8, &tfc_layer_reduce_f32},
    [TFC_OP_SUM] = {&tfc_layer_reduce_q8, &tfc_layer_reduce_f32},
    [TFC_OP_PROD] = {NULL, &tfc_layer_reduce_f32},
    [TFC_OP_REDUCE_MAX] = {&tfc_layer_reduce_q8, &tfc_layer_reduce_f32},
    [TFC_OP_REDUCE_MIN] = {&tfc_layer_reduce_q8, &tfc_layer_reduce_f32},
    [TFC_OP_SOFTMAX] = {&tfc_layer_softmax_q8, &tfc_layer_softmax_f32},
    [TFC_OP_ADD] = {&tfc_layer_binary_q8, &tfc_layer_binary_f32},
    [TFC_OP_SUB] = {&tfc_layer_binary_q8, &tfc_layer_binary_f32},
    [TFC_OP_MUL] = {&tfc_layer_binary_q8, &tfc_layer_binary_f32},
    [TFC_OP_DIV] = {&tfc_layer_table_number, &tfc_layer_binary_f32},
    [TFC_OP_MAXIMUM] = {&tfc_layer_table_number, &tfc_layer_binary_f32},
    [TFC_OP_MINIMUM] = {&tfc_layer_table_number, &tfc_layer_binary_f32},
    [TFC_OP_SQUARED_DIFFERENCE] = {&tfc_layer_table_number, &tfc_layer_binary_f32},
    [TFC_OP_PRELU] = {&tfc_layer_table_number, &tfc_layer_binary_f32},
    [TFC_OP_CLAMP] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_LEAKY_RELU] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_HARD_SWISH] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_SIGMOID] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_TANH] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_EXP] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_SQRT] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_RSQRT] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_NEG] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_ABS] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_SIGN] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_FLOOR] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_CEIL] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_ROUND] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_LOG] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_ELU] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_GELU] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_SQUARE] = {NULL, &tfc_layer_unary_f32},
    [TFC_OP_ARG_MAX] = {&tfc_layer_arg, NULL},
    [TFC_OP_ARG_MIN] = {&tfc_layer_arg, NULL},
    [TFC_OP_PAD] = {&tfc_layer_copy, &tfc_layer_copy},
    [TFC_OP_RESIZE_BILINEAR] = {&tfc_layer_resize_q8, &tfc_layer_resize_f32},
    [TFC_OP_RESIZE_NEAREST] = {&tfc_layer_nearest, &tfc_layer_nearest},
    [TFC_OP_TRANSPOSE] = {&tfc_layer_transpose, &tfc_layer_transpose},
    [TFC_OP_DEPTH_TO_SPACE] = {&tfc_layer_copy, &tfc_layer_copy},
    [TFC_OP_RESHAPE] = {&tfc_layer_copy, &tfc_layer_copy},
    [TFC_OP_CONCAT] = {&tfc_layer_concat, &tfc_layer_copy},
    [TFC_OP_SLICE] = {&tfc_layer_copy, &tfc_layer_copy},
    [TFC_OP_CONVERT] = {&tfc_layer_convert_q8, &tfc_layer_convert_q8},
    [TFC_OP_TRANSFORM_TENSOR_BILINEAR] = {NULL, &tfc_layer_warp_f32},
};

static const TfcLayerKind *
kind_of (const TfcGraph *graph, const TfcNode *node)
{
  const gboolean is_float = tfc_graph_v (graph, node->out[0])->tensor.type == TFC_TYPE_F32;
  const gboolean from_float = tfc_graph_v (graph, node->in[0])->tensor.type == TFC_TYPE_F32;
  if (!is_float && !from_float && tfc_op_is (node->op, TFC_OP_FLAG_ELEMENTWISE))
    return &tfc_layer_table;
  return kinds[node->op][is_float];
}

typedef struct {
  guint n;
  TfcLayer **layers; /* [n]; of nodes that run as one the first has it, the others have none */
  TfcPool *pool;
  TfcPacked packed;
  gboolean more; /* work for the pool after this segment */
} State;

const gchar *
tfc_backend_auto_kernels (void)
{
  return tfc_kernels ()->name;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcLayerKind *kind = node->n_out == 1 ? kind_of (graph, node) : NULL;
  return kind && kind->can_run (graph, node);
}

static gboolean
pays (const TfcGraph *graph, const TfcNode *node)
{
  const TfcLayerKind *kind = kind_of (graph, node);
  return !kind->pays || kind->pays (graph, node);
}

static void
destroy (void *data)
{
  State *s = data;
  if (!s)
    return;
  for (guint i = 0; i < s->n; i++) {
    if (s->layers[i])
      tfc_layer_free (s->layers[i]);
  }
  tfc_pool_unref (s->pool);
  tfc_packed_finish (&s->packed);
  g_free (s->layers);
  g_free (s);
}

void
tfc_layer_free (TfcLayer *layer)
{
  if (layer->finish)
    layer->finish (layer);
  g_free (layer->room);
  g_free (layer);
}

void *
tfc_layer_room (TfcLayer *layer, gsize n, gsize entry, GError **error)
{
  layer->room = g_try_malloc_n (n, entry);
  if (!layer->room) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY,
                 "no memory for a table of %" G_GSIZE_FORMAT " entries", n);
    tfc_layer_free (layer);
    return NULL;
  }
  return layer->room;
}

/* Layers first .. end - 1 become one. */
static void
join (State *s, const TfcSegment *segment, guint first, guint end)
{
  const TfcNode *node = tfc_graph_n (segment->graph, segment->first + first);
  TfcLayer *chain =
      tfc_band_fusion_f32_new (segment, node, s->layers + first, end - first, s->pool);
  memset (s->layers + first, 0, (end - first) * sizeof *s->layers);
  s->layers[first] = chain;
}

static void
join_all (State *s, const TfcSegment *segment)
{
  for (guint i = 0, end; i < s->n; i = end) {
    for (end = i; !segment->buffer[tfc_graph_n (segment->graph, segment->first + end)->out[0]];)
      end++;
    if (end++ > i)
      join (s, segment, i, end);
  }
}

static gboolean
make_layers (State *s, const TfcSegment *segment, GError **error)
{
  for (guint i = 0; i < s->n; i++) {
    const TfcNode *node = tfc_graph_n (segment->graph, segment->first + i);
    s->layers[i] = kind_of (segment->graph, node)->make (segment, node, s->pool, error);
    if (!s->layers[i])
      return FALSE;
  }
  return TRUE;
}

static gsize
scratch_bytes (const State *s)
{
  gsize bytes = 0;
  for (guint i = 0; i < s->n; i++)
    bytes = MAX (bytes, s->layers[i] ? s->layers[i]->scratch_bytes : 0);
  return bytes;
}

static gboolean
join_and_pack (State *s, const TfcSegment *segment, GError **error)
{
  TfcLayer **each = g_memdup2 (s->layers, s->n * sizeof *each);
  join_all (s, segment);
  const gboolean ok = tfc_packed_init (&s->packed, each, segment, scratch_bytes (s), error);
  for (guint i = 0; ok && i < s->n; i++) {
    if (s->layers[i])
      s->layers[i]->scratch = s->packed.scratch;
  }
  g_free (each);
  return ok;
}

static void *
prepare (const TfcSegment *segment, TfcPool *pool, GError **error)
{
  State *s = g_new0 (State, 1);
  s->n = segment->n;
  s->more = segment->more;
  s->layers = g_new0 (TfcLayer *, s->n + 1);
  s->pool = pool ? tfc_pool_ref (pool) : NULL;
  if (!make_layers (s, segment, error) || !join_and_pack (s, segment, error))
    g_clear_pointer (&s, destroy);
  return s;
}

static gboolean
run_node (void *data, TfcPool *pool, guint i)
{
  const State *s = data;
  if (s->layers[i])
    s->layers[i]->run (s->layers[i], pool, s->more || i + 1 < s->n);
  return TRUE;
}

static gboolean
run (void *data, TfcPool *pool)
{
  const State *s = data;
  for (guint i = 0; i < s->n; i++)
    run_node (data, pool, i);
  return TRUE;
}

const TfcBackend tfc_backend_auto = {
    .name = "auto",
    .description = "Own kernels where they are the fastest on this CPU, XNNPACK for the rest",
    .by_node = TRUE,
    .takes_epilogues = TRUE,
    .packs_weights = TRUE,
    .shares_packed = TRUE,
    .takes_turned = TRUE,
#if HAVE_XNNPACK
    .fallback = &tfc_backend_xnnpack,
#else
    .fallback = &tfc_backend_reference,
#endif
    .can_run = can_run,
    .pays = pays,
    .joins = tfc_band_fusion_f32_joins,
    .prepare = prepare,
    .run = run,
    .run_node = run_node,
    .destroy = destroy,
};
