/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/arithmetic/strided_iter.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/binary.h"

#define PIECE 512 /* bytes that are computed at once */
#define ROOM (PIECE + TFC_TAIL_BYTES)

/* The output as rows; along one an input's bytes are beside each other, or the same one. */
typedef struct {
  TfcSplitF32 split;
  TfcBinaryKernel *kernel;
  TfcBinaryQ8 how;
  TfcStridedIter rows; /* places: of the inputs */
  gsize n_rows, n;     /* n: of a row */
  gboolean stands[2];  /* the input's byte is the same along a row */
  guint8 *y;
  const guint8 *in[2];
} Layer;

/* Input k from column on; room: of PIECE bytes, filled once a row. */
static const guint8 *
piece (const Layer *l, guint k, gssize place, gsize column, guint8 *room)
{
  const guint8 *x = l->in[k] + place;
  if (!l->stands[k])
    return x + column;
  if (column == 0)
    memset (room, *x, MIN (l->n, PIECE));
  return room;
}

static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  guint8 *room = (guint8 *)l->split.base.scratch + index * 2 * ROOM;
  const gsize from = tfc_f32_share (l->n_rows, index, l->split.chunks);
  const gsize to = tfc_f32_share (l->n_rows, index + 1, l->split.chunks);
  TfcStridedIter at = l->rows;
  for (gsize i = 0; i < from; i++)
    tfc_strided_iter_next (&at);
  for (gsize i = from; i < to; i++, tfc_strided_iter_next (&at)) {
    for (gsize c = 0; c < l->n; c += PIECE) {
      const guint8 *a = piece (l, 0, at.place[0], c, room);
      const guint8 *b = piece (l, 1, at.place[1], c, room + ROOM);
      l->kernel (l->y + i * l->n + c, a, b, MIN (l->n - c, PIECE), &l->how);
    }
  }
}

/* Takes the last axis from the walk if the inputs go on along it as they do in the row so far. */
static gboolean
take_axis (Layer *l, gboolean *known)
{
  const gint last = l->rows.rank - 1;
  for (guint k = 0; last >= 0 && k < 2; k++) {
    const gssize step = l->rows.step[k][last];
    if (l->rows.dim[last] == 1)
      continue;
    if (*known ? step != (l->stands[k] ? 0 : (gssize)l->n) : step > 1)
      return FALSE;
  }
  if (last < 0)
    return FALSE;
  if (l->rows.dim[last] > 1 && !*known) {
    l->stands[0] = l->rows.step[0][last] == 0;
    l->stands[1] = l->rows.step[1][last] == 0;
    *known = TRUE;
  }
  l->n *= l->rows.dim[last];
  l->rows.rank--;
  return TRUE;
}

/* A constant is read past its end: it is copied. */
static void
pack (TfcLayer *layer, const TfcGraph *graph, const TfcNode *node, void *memory)
{
  Layer *l = (Layer *)layer;
  for (guint k = 0; k < 2; k++) {
    const TfcTensor *t = tfc_layer_in (graph, node, k);
    if (t->data)
      l->in[k] = memcpy (memory, t->data, tfc_tensor_bytes (t));
  }
}

static void
find_rows (Layer *l, const TfcGraph *graph, const TfcNode *node)
{
  gboolean known = FALSE;
  l->rows = tfc_strided_iter (&tfc_graph_v (graph, node->out[0])->tensor.shape);
  l->n = 1;
  for (guint k = 0; k < 2; k++)
    tfc_strided_iter_broadcast (&l->rows, k, &tfc_layer_in (graph, node, k)->shape);
  while (take_axis (l, &known))
    continue;
}

gsize
tfc_binary_q8_row (const TfcGraph *graph, const TfcNode *node)
{
  Layer l = {0};
  find_rows (&l, graph, node);
  return l.n;
}

TfcLayer *
tfc_binary_q8_walk (const TfcSegment *segment, const TfcNode *node, TfcPool *pool)
{
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  Layer *l = g_new0 (Layer, 1);
  l->kernel = tfc_binary_q8_kernel (node->op);
  tfc_binary_q8_how (&l->how, segment->graph, node, 0);
  find_rows (l, segment->graph, node);
  l->y = segment->buffer[node->out[0]];
  for (guint k = 0; k < 2; k++) {
    const TfcTensor *t = tfc_layer_in (segment->graph, node, k);
    l->in[k] = t->data ? NULL : segment->buffer[node->in[k]];
    if (t->data) {
      l->split.base.pack = pack;
      l->split.base.packed_bytes = tfc_tensor_bytes (t) + TFC_TAIL_BYTES;
    }
  }
  l->n_rows = tfc_tensor_count (y) / l->n;
  tfc_split_f32_init (&l->split, pool, run_chunk, tfc_tensor_count (y) / TFC_PANEL);
  l->split.base.scratch_bytes = (gsize)l->split.chunks * 2 * ROOM;
  return &l->split.base;
}
