/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Elements of one or four bytes, axes in another order. Axes that stay beside each other count as
 * one. Where the innermost one stays, rows are copied; else planes are turned, in tiles of 8 by 8
 * that fill whole cache lines soon after one another. */
#include <string.h>

#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/common/kernel_table.h"

#define TILE 8
#define STRIP 16 /* rows of the result that a thread takes at once */

typedef guint32 Four __attribute__ ((vector_size (16)));

/* n elements; from one to the next so many in x and in y. */
typedef struct {
  gsize n, x, y;
} Axis;

typedef struct {
  TfcSplitF32 split;
  const TfcF32 *kernels;
  gsize size; /* bytes of an element */
  Axis inner; /* the innermost of y */
  Axis
      rows; /* of the others that where x's elements lie beside each other; if that is inner: any */
  guint n_outer;
  Axis outer[TFC_MAX_RANK];
  gsize strips; /* of rows */
  const guint8 *x;
  guint8 *y;
} Layer;

static Four
load (const guint32 *p)
{
  Four v;
  memcpy (&v, p, sizeof v);
  return v;
}

static void
store (guint32 *p, Four v)
{
  memcpy (p, &v, sizeof v);
}

/* 4 by 4 elements; rows of x and y are so far apart. */
static inline void
turn_4 (guint32 *y, gsize y_step, const guint32 *x, gsize x_step)
{
  const Four a = load (x), b = load (x + x_step), c = load (x + 2 * x_step),
             d = load (x + 3 * x_step);
  const Four ab = __builtin_shufflevector (a, b, 0, 4, 1, 5);
  const Four ab_high = __builtin_shufflevector (a, b, 2, 6, 3, 7);
  const Four cd = __builtin_shufflevector (c, d, 0, 4, 1, 5);
  const Four cd_high = __builtin_shufflevector (c, d, 2, 6, 3, 7);
  store (y, __builtin_shufflevector (ab, cd, 0, 1, 4, 5));
  store (y + y_step, __builtin_shufflevector (ab, cd, 2, 3, 6, 7));
  store (y + 2 * y_step, __builtin_shufflevector (ab_high, cd_high, 0, 1, 4, 5));
  store (y + 3 * y_step, __builtin_shufflevector (ab_high, cd_high, 2, 3, 6, 7));
}

/* y[i][k] = x[k][i] for i < n and k < m. */
#define TURN_SOME(name, type)                                                             \
  static void name (type *y, gsize y_step, const type *x, gsize x_step, gsize n, gsize m) \
  {                                                                                       \
    for (gsize i = 0; i < n; i++) {                                                       \
      for (gsize k = 0; k < m; k++)                                                       \
        y[i * y_step + k] = x[k * x_step + i];                                            \
    }                                                                                     \
  }
TURN_SOME (turn_some_words, guint32)
TURN_SOME (turn_some_bytes, guint8)

static void
turn_words (guint32 *y, gsize y_step, const guint32 *x, gsize x_step, gsize n, gsize m)
{
  if (n != TILE || m != TILE) {
    turn_some_words (y, y_step, x, x_step, n, m);
    return;
  }
  turn_4 (y, y_step, x, x_step);
  turn_4 (y + 4, y_step, x + 4 * x_step, x_step);
  turn_4 (y + 4 * y_step, y_step, x + 4, x_step);
  turn_4 (y + 4 * y_step + 4, y_step, x + 4 * x_step + 4, x_step);
}

/* n rows of y. */
static void
turn (const Layer *l, guint8 *y, const guint8 *x, gsize n)
{
  for (gsize i = 0; i < n; i += TILE) {
    for (gsize k = 0; k < l->inner.n; k += TILE) {
      const gsize to = i * l->rows.y + k, from = i + k * l->inner.x;
      const gsize rows = MIN (n - i, TILE), columns = MIN (l->inner.n - k, TILE);
      if (l->size == 1)
        turn_some_bytes (y + to, l->rows.y, x + from, l->inner.x, rows, columns);
      else
        turn_words ((guint32 *)(gpointer)y + to, l->rows.y,
                    (const guint32 *)(gconstpointer)x + from, l->inner.x, rows, columns);
    }
  }
}

static void
copy (const Layer *l, guint8 *y, const guint8 *x, gsize n)
{
  if (l->size == sizeof (gfloat) && l->kernels->copy) {
    l->kernels->copy ((gfloat *)(gpointer)y, l->rows.y, (const gfloat *)(gconstpointer)x, l->rows.x,
                      l->inner.n, n);
    return;
  }
  for (; n; n--, y += l->rows.y * l->size, x += l->rows.x * l->size)
    memcpy (y, x, l->inner.n * l->size);
}

static void
run_strip (const Layer *l, gsize index)
{
  const gsize from = index % l->strips * STRIP, n = MIN (l->rows.n - from, STRIP);
  gsize x = from * l->rows.x, y = from * l->rows.y, rest = index / l->strips;
  for (guint i = 0; i < l->n_outer; i++) {
    x += rest % l->outer[i].n * l->outer[i].x;
    y += rest % l->outer[i].n * l->outer[i].y;
    rest /= l->outer[i].n;
  }
  (l->inner.x == 1 ? copy : turn) (l, l->y + y * l->size, l->x + x * l->size, n);
}

static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  gsize all = l->strips;
  for (guint i = 0; i < l->n_outer; i++)
    all *= l->outer[i].n;
  const gsize to = tfc_f32_share (all, index + 1, l->split.chunks);
  for (gsize i = tfc_f32_share (all, index, l->split.chunks); i < to; i++)
    run_strip (l, i);
}

/* Axes from the innermost of y on; as few as possible. Returns how many. */
static guint
find_axes (const TfcShape *x, const gint32 *axis, Axis *axes)
{
  gsize step[TFC_MAX_RANK], at = 1;
  guint n = 0;
  for (gint i = x->rank - 1; i >= 0; i--) {
    step[i] = at;
    at *= x->dim[i];
  }
  at = 1;
  for (gint i = x->rank - 1; i >= 0; i--) {
    const gint a = axis[i] < 0 ? axis[i] + x->rank : axis[i];
    if (x->dim[a] == 1)
      continue;
    if (n && step[a] == axes[n - 1].x * axes[n - 1].n)
      axes[n - 1].n *= x->dim[a];
    else
      axes[n++] = (Axis){x->dim[a], step[a], at};
    at *= x->dim[a];
  }
  return n;
}

static void
lay_out (Layer *l, const TfcShape *x, const TfcParams *p)
{
  Axis axes[TFC_MAX_RANK + 2];
  guint n = find_axes (x, p->axes.axis, axes), rows = 1;
  for (; n < 2; n++)
    axes[n] = (Axis){1, 1, 1};
  for (guint i = 1; i < n; i++) {
    if (axes[0].x != 1 && axes[i].x == 1)
      rows = i;
  }
  l->inner = axes[0];
  l->rows = axes[rows];
  for (guint i = 1; i < n; i++) {
    if (i != rows)
      l->outer[l->n_outer++] = axes[i];
  }
  l->strips = (l->rows.n + STRIP - 1) / STRIP;
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *x = tfc_layer_in (segment->graph, node, 0);
  Layer *l = g_new0 (Layer, 1);
  l->kernels = tfc_kernels ()->f32;
  l->size = tfc_type_size (x->type);
  l->x = segment->buffer[node->in[0]];
  l->y = segment->buffer[node->out[0]];
  lay_out (l, &x->shape, &node->params);
  tfc_split_f32_init (&l->split, pool, run_chunk, tfc_tensor_count (x) / TFC_PANEL * 4);
  return &l->split.base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  if (!x || x->data || x->type != y->type)
    return FALSE;
  const gsize size = tfc_type_size (x->type);
  return (size == 1 || size == 4) && node->params.axes.n == x->shape.rank;
}

const TfcLayerKind tfc_layer_transpose = {can_run, make, NULL};
