/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/f32/reduce.h"

#include "inference/backends/cpu/common/kernel_table.h"

#define COLUMNS 64 /* that a thread takes at once */

typedef struct {
  TfcSplitF32 split;
  void (*run_columns) (gfloat *y, const gfloat *x, const TfcReduceF32 *r, gsize columns);
  gfloat (*run_line) (const gfloat *x, gsize n);
  TfcReductionF32 what;
  TfcReduceF32 r;
  gfloat *y;
  const gfloat *x;
  gsize parts; /* of a block's columns */
} Layer;

static void
run_line (const Layer *l, gsize block)
{
  const gfloat v = l->run_line (l->x + block * l->r.rows, l->r.rows) / l->r.divisor;
  l->y[block] = v < l->r.clamp.min ? l->r.clamp.min : v > l->r.clamp.max ? l->r.clamp.max : v;
}

static void
run_part (const Layer *l, gsize block, gsize part)
{
  const gsize columns = l->what.columns, from = part * COLUMNS;
  const gfloat *x = l->x + block * l->r.rows * columns + from;
  l->run_columns (l->y + block * columns + from, x, &l->r, MIN (columns - from, COLUMNS));
}

static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  const gsize all = l->what.outer * l->parts, to = tfc_f32_share (all, index + 1, l->split.chunks);
  for (gsize i = tfc_f32_share (all, index, l->split.chunks); i < to; i++) {
    if (l->what.columns == 1)
      run_line (l, i);
    else
      run_part (l, i / l->parts, i % l->parts);
  }
}

TfcLayer *
tfc_reduction_f32_new (const TfcSegment *segment, const TfcNode *node, TfcPool *pool,
                       const TfcReductionF32 *what)
{
  const TfcF32 *kernels = tfc_kernels ()->f32;
  Layer *l = g_new0 (Layer, 1);
  l->what = *what;
  l->run_columns = kernels->columns[what->op];
  l->run_line = kernels->line[what->op];
  l->r = (TfcReduceF32){.rows = what->rows,
                        .step = what->columns,
                        .divisor = what->op == TFC_OP_MEAN ? (gfloat)what->rows : 1,
                        .clamp = what->clamp};
  l->x = segment->buffer[node->in[0]];
  l->y = segment->buffer[node->out[0]];
  l->parts = (what->columns + COLUMNS - 1) / COLUMNS;
  tfc_split_f32_init (&l->split, pool, run_chunk,
                      what->outer * what->rows * what->columns / TFC_PANEL);
  return &l->split.base;
}

/* FALSE if what is reduced is not one block of axes. */
static gboolean
find_blocks (const TfcShape *x, const TfcParams *p, TfcReductionF32 *to)
{
  guint reduced = 0;
  for (gint i = 0; i < p->axes.n; i++)
    reduced |= 1u << p->axes.axis[i];
  to->outer = to->rows = to->columns = 1;
  gsize *at = &to->outer;
  for (gint i = 0; i < x->rank; i++) {
    if (x->dim[i] == 1)
      continue;
    if (reduced >> i & 1)
      at = at == &to->outer ? &to->rows : at;
    else
      at = at == &to->rows ? &to->columns : at;
    if ((reduced >> i & 1) != (at == &to->rows))
      return FALSE;
    *at *= x->dim[i];
  }
  return TRUE;
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  TfcReductionF32 what = {.op = node->op, .clamp = TFC_NO_CLAMP};
  find_blocks (&tfc_layer_in (segment->graph, node, 0)->shape, &node->params, &what);
  return tfc_reduction_f32_new (segment, node, pool, &what);
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  TfcReductionF32 what;
  return tfc_f32_good (x, &tfc_graph_v (graph, node->out[0])->tensor) &&
         tfc_kernels ()->f32->columns[node->op] && find_blocks (&x->shape, &node->params, &what);
}

const TfcLayerKind tfc_layer_reduce_f32 = {can_run, make, tfc_f32_seldom_pays};
