/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* ARG_MAX and ARG_MIN of any type: rows along the axis one after the other, each compared with the
 * best so far as a whole. In most of them nothing is better, and then nothing is done. */
#include <string.h>

#include "inference/backends/cpu/common/kernels.h"

typedef struct {
  TfcLayer base;
  gsize outer, n, inner; /* elements before, along and behind the axis */
  gsize row;             /* bytes of inner */
  void (*walk) (const void *x, gsize n, gsize inner, void *best, gint32 *y);
  const guint8 *x;
  gint32 *y;
} Layer;

#define WALK(NAME, T, BETTER)                                                   \
  static void NAME (const void *x, gsize n, gsize inner, void *best, gint32 *y) \
  {                                                                             \
    const T *all = x;                                                           \
    T *most = best;                                                             \
    memcpy (most, x, inner * sizeof (T));                                       \
    memset (y, 0, inner * sizeof *y);                                           \
    for (gsize k = 1; k < n; k++) {                                             \
      const T *row = all + k * inner;                                           \
      guint any = 0;                                                            \
      for (gsize i = 0; i < inner; i++)                                         \
        any |= row[i] BETTER most[i];                                           \
      for (gsize i = 0; any && i < inner; i++) {                                \
        y[i] = row[i] BETTER most[i] ? (gint32)k : y[i];                        \
        most[i] = row[i] BETTER most[i] ? row[i] : most[i];                     \
      }                                                                         \
    }                                                                           \
  }

WALK (max_f32, gfloat, >)
WALK (max_i32, gint32, >)
WALK (max_i8, gint8, >)
WALK (max_u8, guint8, >)
WALK (min_f32, gfloat, <)
WALK (min_i32, gint32, <)
WALK (min_i8, gint8, <)
WALK (min_u8, guint8, <)

static void
run (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const Layer *l = (const Layer *)layer;
  for (gsize i = 0; i < l->outer; i++)
    l->walk (l->x + i * l->n * l->row, l->n, l->inner, layer->scratch, l->y + i * l->inner);
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  static void (*const walks[2][TFC_N_TYPES]) (const void *, gsize, gsize, void *,
                                              gint32 *) = {{[TFC_TYPE_F32] = max_f32,
                                                            [TFC_TYPE_I32] = max_i32,
                                                            [TFC_TYPE_I8] = max_i8,
                                                            [TFC_TYPE_U8] = max_u8},
                                                           {[TFC_TYPE_F32] = min_f32,
                                                            [TFC_TYPE_I32] = min_i32,
                                                            [TFC_TYPE_I8] = min_i8,
                                                            [TFC_TYPE_U8] = min_u8}};
  const TfcTensor *x = tfc_layer_in (segment->graph, node, 0);
  Layer *l = g_new0 (Layer, 1);
  l->outer = l->inner = 1;
  for (gint i = 0; i < node->params.axis; i++)
    l->outer *= x->shape.dim[i];
  for (gint i = node->params.axis + 1; i < x->shape.rank; i++)
    l->inner *= x->shape.dim[i];
  l->n = x->shape.dim[node->params.axis];
  l->row = l->inner * tfc_type_size (x->type);
  l->walk = walks[node->op == TFC_OP_ARG_MIN][x->type];
  l->x = segment->buffer[node->in[0]];
  l->y = segment->buffer[node->out[0]];
  l->base.run = run;
  l->base.scratch_bytes = l->row;
  return &l->base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  return node->n_in == 1 && x && !x->data && tfc_tensor_count (x) > 0 &&
         (x->type == TFC_TYPE_F32 || x->type == TFC_TYPE_I32 || x->type == TFC_TYPE_I8 ||
          x->type == TFC_TYPE_U8);
}

const TfcLayerKind tfc_layer_arg = {can_run, make};
