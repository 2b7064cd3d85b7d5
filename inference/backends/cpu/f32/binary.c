/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Two inputs, broadcast as numpy does. The usual ones are of one shape, or the second one is
 * repeated along the first: a number, one a channel, ... */
#include <string.h>

#include "inference/backends/cpu/common/packed.h"
#include "inference/backends/cpu/common/broadcast.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/common/kernel_table.h"

#define ROW 1024 /* elements */

typedef void Run (gfloat *y, const gfloat *x, const gfloat *z, const TfcRowsF32 *r, gsize rows,
                  gsize columns);

/* n steps along an axis (or some that are as good as one), each so many elements in x and z. */
typedef struct {
  gsize n, x, z;
} Axis;

typedef struct {
  TfcSplitF32 split;
  Run *run;
  TfcRowsF32 r;
  gfloat *y;
  const gfloat *x, *z;
  gsize rows, columns, rest; /* rest: of a row that is not whole */
  gsize block;               /* rows whose steps are r's: all, or those of axis 1 */
  guint n_axes;              /* the innermost is axis 0 */
  Axis axes[TFC_MAX_RANK];
} Layer;

/* Rows from on, n of one block. */
static void
run_rows (const Layer *l, gsize from, gsize n)
{
  const gfloat *x = l->x + from % l->block * l->r.x_step;
  const gfloat *z = l->z + from % l->block * l->r.z_step;
  gsize outer = from / l->block;
  for (guint i = 2; i < l->n_axes; i++) {
    x += outer % l->axes[i].n * l->axes[i].x;
    z += outer % l->axes[i].n * l->axes[i].z;
    outer /= l->axes[i].n;
  }
  l->run (l->y + from * l->columns, x, z, &l->r, n, l->columns);
}

static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  const gsize to = tfc_f32_share (l->rows, index + 1, l->split.chunks);
  gsize from = tfc_f32_share (l->rows, index, l->split.chunks);
  while (from < to) {
    const gsize n = MIN (to - from, l->block - from % l->block);
    run_rows (l, from, n);
    from += n;
  }
  const gsize at = l->rows * l->columns;
  if (l->rest && index + 1 == l->split.chunks)
    l->run (l->y + at, l->x + at, l->z + l->rows * l->r.z_step, &l->r, 1, l->rest);
}

static guint
large_one (const TfcGraph *graph, const TfcNode *node)
{
  return tfc_broadcast_large (graph, node, tfc_kernels ()->f32->reversed[node->op] != NULL);
}

/* Dimension i from the end, or 1 where there is none. */
static gsize
dim_of (const TfcShape *s, gint i)
{
  return i <= s->rank ? s->dim[s->rank - i] : 1;
}

/* The axes of y, those that x and z walk alike as one; FALSE if they do not fit. */
static gboolean
find_axes (const TfcShape *x, const TfcShape *z, const TfcShape *y, Axis *axes, guint *n)
{
  gsize step_x = 1, step_z = 1;
  *n = 0;
  for (gint i = 1; i <= y->rank; i++) {
    const gsize dx = dim_of (x, i), dz = dim_of (z, i), dy = dim_of (y, i);
    if ((dx != 1 && dx != dy) || (dz != 1 && dz != dy) || MAX (dx, dz) != dy)
      return FALSE;
    const Axis a = {dy, dx == 1 ? 0 : step_x, dz == 1 ? 0 : step_z};
    Axis *last = &axes[*n - (*n > 0)];
    step_x *= dx;
    step_z *= dz;
    if (dy > 1 && *n && a.x == last->x * last->n && a.z == last->z * last->n)
      last->n *= dy;
    else if (dy > 1)
      axes[(*n)++] = a;
  }
  for (; *n < 2; (*n)++)
    axes[*n] = (Axis){1, *n == 0, *n == 0};
  return x->rank <= y->rank && z->rank <= y->rank;
}

/* A constant that repeats is written out until it fills a row of whole vectors. */
static gsize
repeated (gsize period)
{
  gsize columns = period;
  while (columns < ROW && (columns % TFC_PANEL || columns < ROW / 4))
    columns += period;
  return columns;
}

static void
repeat (TfcLayer *layer, const TfcGraph *graph, const TfcNode *node, void *memory)
{
  Layer *l = (Layer *)layer;
  const TfcTensor *z = tfc_layer_in (graph, node, !large_one (graph, node));
  const gsize period = tfc_tensor_count (z);
  gfloat *to = memory;
  for (gsize i = 0; i < l->columns && !layer->is_packed; i++)
    to[i] = ((const gfloat *)z->data)[i % period];
  l->z = to;
}

static const gfloat *
place (const TfcSegment *segment, guint id)
{
  const TfcTensor *t = &tfc_graph_v (segment->graph, id)->tensor;
  return t->data ? t->data : segment->buffer[id];
}

/* z repeats along x, which is as large as y. */
static void
lay_repeating (Layer *l, const TfcTensor *z, const TfcTensor *y, TfcOp op)
{
  const gsize n = tfc_tensor_count (y), period = tfc_tensor_count (z);
  l->r.single = period == 1;
  l->columns = period < n && !l->r.single ? period : MIN (n, ROW);
  l->r.z_step = period < n || op == TFC_OP_PRELU ? 0 : l->columns;
  if (z->data && !l->r.single && (period < n || op == TFC_OP_PRELU)) {
    l->columns = repeated (period);
    l->split.base.pack = repeat;
    l->split.base.order = tfc_packed_order (&(guint32){(guint32)period}, 1);
    l->split.base.packed_bytes = l->columns * sizeof (gfloat);
  }
  l->r.x_step = l->columns;
  l->rows = n / l->columns;
  l->rest = n % l->columns;
  l->block = MAX (l->rows, 1);
}

/* Both may repeat along any axis; x does not along the innermost. */
static void
lay_along_axes (Layer *l)
{
  l->columns = l->axes[0].n;
  l->block = l->axes[1].n;
  l->r.single = l->axes[0].z == 0;
  l->r.x_step = l->axes[1].x;
  l->r.z_step = l->axes[1].z;
  l->rows = 1;
  for (guint i = 1; i < l->n_axes; i++)
    l->rows *= l->axes[i].n;
}

/* Which input does not repeat along the innermost axis; layer's axes are set. */
static guint
inner_one (Layer *l, const TfcGraph *graph, const TfcNode *node)
{
  const TfcShape *y = &tfc_graph_v (graph, node->out[0])->tensor.shape;
  const TfcShape *a = &tfc_layer_in (graph, node, 0)->shape;
  const TfcShape *b = &tfc_layer_in (graph, node, 1)->shape;
  if (!find_axes (a, b, y, l->axes, &l->n_axes))
    return 2;
  if (l->axes[0].x)
    return 0;
  find_axes (b, a, y, l->axes, &l->n_axes);
  return 1;
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcF32 *kernels = tfc_kernels ()->f32;
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  guint k = large_one (segment->graph, node);
  Layer *l = g_new0 (Layer, 1);
  const gboolean repeats = k < 2;
  if (!repeats)
    k = inner_one (l, segment->graph, node);
  l->run = k ? kernels->reversed[node->op] : kernels->binary[node->op];
  l->r.clamp = node->params.clamp;
  l->y = segment->buffer[node->out[0]];
  l->x = place (segment, node->in[k]);
  l->z = place (segment, node->in[!k]);
  if (repeats)
    lay_repeating (l, tfc_layer_in (segment->graph, node, !k), y, node->op);
  else
    lay_along_axes (l);
  tfc_split_f32_init (&l->split, pool, run_chunk, 2 * tfc_tensor_count (y) / TFC_PANEL);
  return &l->split.base;
}

static gboolean
can_broadcast (const TfcGraph *graph, const TfcNode *node)
{
  Layer l = {.n_axes = 0};
  const guint k = inner_one (&l, graph, node);
  return k == 0 || (k == 1 && tfc_kernels ()->f32->reversed[node->op]);
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  const TfcTensor *a = tfc_layer_in (graph, node, 0), *b = tfc_layer_in (graph, node, 1);
  if (node->n_in != 2 || !a || !b || a->type != TFC_TYPE_F32 || b->type != TFC_TYPE_F32 ||
      !tfc_f32_good (a->data ? b : a, y) || !tfc_kernels ()->f32->binary[node->op])
    return FALSE;
  if (node->op == TFC_OP_PRELU)
    return large_one (graph, node) == 0 && b->data;
  return large_one (graph, node) < 2 || can_broadcast (graph, node);
}

const TfcLayerKind tfc_layer_binary_f32 = {can_run, make, tfc_f32_seldom_pays};
