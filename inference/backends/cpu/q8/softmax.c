/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* SOFTMAX of 8 bits. What the reference makes of a byte depends on that byte, the greatest of its
 * row and the row's sum: 256 powers are enough for a row however long it is, and 256 results. */
#include <math.h>
#include <string.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/bytes.h"

typedef struct {
  TfcSplitF32 split;
  TfcTensor y_type;
  TfcRefRange range;
  gdouble scaled[256]; /* beta * what byte (as if uint8) stands for */
  gsize rows, row;
  guint8 flip;
  const guint8 *x;
  guint8 *y;
} Layer;

/* What was computed for a row, by the byte that it is for. */
typedef struct {
  gdouble power[256];
  guint8 result[256], has_power[256], has_result[256];
} Known;

static gdouble
add_powers (const Layer *l, const guint8 *x, gdouble top, Known *known)
{
  gdouble sum = 0;
  for (gsize i = 0; i < l->row; i++) {
    const guint8 u = x[i] ^ l->flip;
    if (!known->has_power[u]) {
      known->power[u] = exp (l->scaled[u] - top);
      known->has_power[u] = TRUE;
    }
    sum += known->power[u];
  }
  return sum;
}

static void
run_row (const Layer *l, const guint8 *x, guint8 *y)
{
  const TfcQuant *q = &l->y_type.quant;
  guint8 greatest = 0;
  Known known;
  memset (known.has_power, 0, sizeof known.has_power);
  memset (known.has_result, 0, sizeof known.has_result);
  for (gsize i = 0; i < l->row; i++)
    greatest = MAX (greatest, x[i] ^ l->flip);
  const gdouble sum = add_powers (l, x, l->scaled[greatest], &known);
  for (gsize i = 0; i < l->row; i++) {
    const guint8 u = x[i] ^ l->flip;
    if (!known.has_result[u]) {
      const gfloat steps = (gfloat)(known.power[u] / sum / (gdouble)q->scale);
      known.result[u] = (guint8)tfc_ref_round (steps, q->zero_point, l->range);
      known.has_result[u] = TRUE;
    }
    y[i] = known.result[u];
  }
}

static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  const gsize end = tfc_f32_share (l->rows, index + 1, l->split.chunks);
  for (gsize i = tfc_f32_share (l->rows, index, l->split.chunks); i < end; i++)
    run_row (l, l->x + i * l->row, l->y + i * l->row);
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *x = tfc_layer_in (segment->graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  const gdouble beta = node->params.alpha;
  Layer *l = g_new0 (Layer, 1);
  l->y_type = *y;
  l->range = tfc_ref_range (y, NULL);
  l->flip = tfc_weights_flip (x);
  l->row = x->shape.dim[x->shape.rank - 1];
  l->rows = tfc_tensor_count (x) / l->row;
  l->x = segment->buffer[node->in[0]];
  l->y = segment->buffer[node->out[0]];
  for (gint i = 0; i < 256; i++)
    l->scaled[i] = beta * (x->quant.scale * (gfloat)(i - tfc_q8_zero (x)));
  tfc_split_f32_init (&l->split, pool, run_chunk, tfc_tensor_count (x));
  return &l->split.base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  return node->n_in == 1 && tfc_q8_good_input (x) && tfc_q8_good (y) && x->type == y->type &&
         x->shape.rank > 0 && tfc_tensor_count (x) > 0 && tfc_shape_equal (&x->shape, &y->shape) &&
         node->params.alpha >= 0 && isfinite (node->params.alpha);
}

const TfcLayerKind tfc_layer_softmax_q8 = {can_run, make, tfc_f32_seldom_pays};
