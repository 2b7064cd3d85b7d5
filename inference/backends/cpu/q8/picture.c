/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/q8/picture.h"

#include <string.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/common/packed.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/q8.h"

#define MAX_CHANNELS 4
#define MAX_ROWS 8                      /* of the kernel */
#define MAX_PIECE 64                    /* elements of a row of it */
#define MAX_STEP 16                     /* elements from a pixel to the next one's */
#define LINE 2048                       /* elements that a line holds */
#define PAST (7 * MAX_STEP + MAX_PIECE) /* elements past them that a tile may read */
#define LINE_BYTES ((LINE + PAST) * sizeof (gint16))

typedef struct {
  TfcSplitF32 split;
  void (*run) (const TfcPictureQ8 *p, const guint8 *const *lines, guint n, guint8 *y);
  TfcPictureQ8 picture;
  TfcQ8Packing packing;
  TfcWindow window;
  gint32 x_dim[4], y_dim[4], kernel_w;
  gint32 strip; /* output columns whose lines are made at once */
  guint8 flip, padding;
  const guint8 *x;
  guint8 *y;
} Layer;

/* The rows of a strip that a kernel sees. Row r of the picture with its padding is line r % rows.
 */
typedef struct {
  guint8 line[MAX_ROWS][LINE_BYTES];
  gint32 column,
      columns; /* of the input, from where on and how many; column may be in the padding */
  gint32 next; /* row that comes next, counted from the padding on */
} Strip;

/* n elements of one value, or of x where that is not NULL, from place at of a line on. */
static void
put (const Layer *l, guint8 *line, gsize at, const guint8 *x, gsize n)
{
  gint16 *words = (gint16 *)(gpointer)line + at;
  guint8 *bytes = line + at;
  if (l->packing == TFC_Q8_K4) {
    for (gsize i = 0; i < n; i++)
      bytes[i] = (x ? x[i] : l->padding) ^ l->flip;
  } else {
    for (gsize i = 0; i < n; i++)
      words[i] = (x ? x[i] : l->padding) ^ l->flip;
  }
}

/* A row of a picture, or NULL: of padding. */
static void
fill_line (const Layer *l, const Strip *s, const guint8 *row, guint8 *line)
{
  const gsize channels = l->x_dim[3];
  const gint32 last = s->column + s->columns;
  const gint32 from = row ? CLAMP (0, s->column, last) : last;
  const gint32 to = CLAMP (l->x_dim[2], from, last);
  const gsize before = (from - s->column) * channels, in = (to - from) * channels;
  put (l, line, 0, NULL, before);
  if (in)
    put (l, line, before, row + from * channels, in);
  put (l, line, before + in, NULL, (last - to) * channels);
}

/* Lines for a row of the result. */
static void
fill_lines (const Layer *l, Strip *s, const guint8 *x, gint32 row, const guint8 **lines)
{
  const gint32 rows = (gint32)l->picture.rows, first = row * l->window.stride_h;
  const gsize x_row = (gsize)l->x_dim[2] * l->x_dim[3];
  for (gint32 r = MAX (s->next, first); r < first + rows; r++) {
    const gint32 at = r - l->window.pad_top;
    fill_line (l, s, at >= 0 && at < l->x_dim[1] ? x + at * x_row : NULL, s->line[r % rows]);
  }
  s->next = first + rows;
  for (gint32 i = 0; i < rows; i++)
    lines[i] = s->line[(first + i) % rows];
}

/* n rows of a picture's result from row on, n_columns columns from column on. */
static void
run_strip (const Layer *l, gsize picture, gint32 row, gint32 n, gint32 column, gint32 n_columns)
{
  const guint outputs = l->picture.outputs;
  const guint8 *x = l->x + picture * l->x_dim[1] * l->x_dim[2] * l->x_dim[3];
  const guint8 *lines[MAX_ROWS];
  guint8 *y = l->y + ((picture * l->y_dim[1] + row) * l->y_dim[2] + column) * outputs;
  Strip s;
  s.column = column * l->window.stride_w - l->window.pad_left;
  s.columns = (n_columns - 1) * l->window.stride_w + l->kernel_w;
  s.next = 0;
  for (gint32 i = row; i < row + n; i++, y += (gsize)l->y_dim[2] * outputs) {
    fill_lines (l, &s, x, i, lines);
    l->run (&l->picture, lines, (guint)n_columns, y);
  }
}

/* Rows of all pictures are counted through. */
static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  const gint32 rows = l->y_dim[1], columns = l->y_dim[2];
  const gsize all = (gsize)l->y_dim[0] * rows;
  const gsize end = tfc_f32_share (all, index + 1, l->split.chunks);
  gsize at = tfc_f32_share (all, index, l->split.chunks);
  while (at < end) {
    const gint32 row = (gint32)(at % rows), n = (gint32)MIN (end - at, (gsize)(rows - row));
    for (gint32 c = 0; c < columns; c += l->strip)
      run_strip (l, at / rows, row, n, c, MIN (l->strip, columns - c));
    at += n;
  }
}

/* Weights of output channel o, and what its sums begin with. */
static gint32
pack_output (const Layer *l, const TfcWeights *w, guint o, void *memory)
{
  const TfcPictureQ8 *p = &l->picture;
  const guint piece = w->products / p->rows, group = l->packing == TFC_Q8_K2 ? 2 : 4;
  const gint32 zero = l->packing == TFC_Q8_K2 ? tfc_weights_zero (w) : 0;
  const gsize panel = (gsize)(o / TFC_PANEL) * p->rows * p->steps;
  gint64 sum = 0;
  for (guint i = 0; i < w->products; i++) {
    const gsize step = panel + (gsize)(i / piece) * p->steps + i % piece / group;
    const gsize at = (step * TFC_PANEL + o % TFC_PANEL) * group + i % piece % group;
    const gint32 v = tfc_weights_get (w, (gsize)o * w->products + i) - zero;
    if (l->packing == TFC_Q8_K2)
      ((gint16 *)memory)[at] = (gint16)v;
    else
      ((gint8 *)memory)[at] = (gint8)v;
    sum += v;
  }
  return l->packing == TFC_Q8_K2 ? tfc_weights_start_less_zero (w, o, sum)
                                 : tfc_weights_start (w, o, sum);
}

static gsize
weight_bytes (const TfcPictureQ8 *p)
{
  return (gsize)p->panels * p->rows * p->steps * TFC_PANEL * 4;
}

static void
pack (TfcLayer *layer, const TfcGraph *graph, const TfcNode *node, void *memory)
{
  Layer *l = (Layer *)layer;
  TfcPictureQ8 *p = &l->picture;
  gint32 *start = (gint32 *)(gpointer)((guint8 *)memory + weight_bytes (p));
  gfloat *scale = (gfloat *)(gpointer)(start + (gsize)p->panels * TFC_PANEL);
  TfcWeights w;
  tfc_weights_init (&w, graph, node);
  for (guint o = 0; o < w.outputs && !layer->is_packed; o++) {
    start[o] = pack_output (l, &w, o, memory);
    scale[o] = tfc_weights_scale (&w, o);
  }
  p->weights = memory;
  p->start = start;
  p->scale = scale;
}

static void
fill (Layer *l, const TfcNode *node, const TfcWeights *w)
{
  TfcPictureQ8 *p = &l->picture;
  const gint32 channels = w->x->shape.dim[3];
  l->window = node->params.window;
  memcpy (l->x_dim, w->x->shape.dim, sizeof l->x_dim);
  memcpy (l->y_dim, w->y->shape.dim, sizeof l->y_dim);
  l->kernel_w = w->w->shape.dim[2];
  l->run = tfc_kernels ()->q8->picture;
  l->packing = tfc_kernels ()->q8->picture_packing;
  l->flip = tfc_weights_flip (w->x);
  l->padding = (guint8)w->x->quant.zero_point;
  l->strip = (LINE - l->kernel_w * channels) / (l->window.stride_w * channels) + 1;
  const gsize each = l->packing == TFC_Q8_K2 ? sizeof (gint16) : sizeof (gint8);
  p->rows = w->w->shape.dim[1];
  p->piece = l->kernel_w * channels;
  p->steps = (p->piece * each + 3) / 4;
  p->step = l->window.stride_w * channels * each;
  p->outputs = w->outputs;
  p->panels = (w->outputs + TFC_PANEL - 1) / TFC_PANEL;
  p->zero_v = l->packing == TFC_Q8_K2 ? 0 : tfc_weights_zero (w);
  p->store = tfc_weights_store (w, node);
}

TfcLayer *
tfc_picture_q8_new (const TfcSegment *segment, const TfcNode *node, TfcPool *pool)
{
  Layer *l = g_new0 (Layer, 1);
  const TfcPictureQ8 *p = &l->picture;
  TfcWeights w;
  tfc_weights_init (&w, segment->graph, node);
  fill (l, node, &w);
  l->x = segment->buffer[node->in[0]];
  l->y = segment->buffer[node->out[0]];
  tfc_split_f32_init (&l->split, pool, run_chunk,
                      tfc_tensor_count (w.y) / p->outputs * p->panels * p->rows * p->steps);
  l->split.base.pack = pack;
  l->split.base.packed_bytes =
      weight_bytes (p) + (gsize)p->panels * TFC_PANEL * (sizeof (gint32) + sizeof (gfloat));
  l->split.base.order =
      tfc_packed_order ((const guint32[]){p->rows, p->steps, p->piece, l->packing}, 4);
  return &l->split.base;
}

gboolean
tfc_picture_q8_fits (const TfcNode *node, const TfcWeights *l)
{
  const TfcWindow *w = &node->params.window;
  if (node->op != TFC_OP_CONV_2D || !tfc_kernels ()->q8->picture ||
      l->x->shape.dim[3] > MAX_CHANNELS)
    return FALSE;
  return l->w->shape.dim[1] <= MAX_ROWS && l->products > (guint)l->x->shape.dim[3] &&
         l->w->shape.dim[2] * l->x->shape.dim[3] <= MAX_PIECE &&
         w->stride_w <= MAX_STEP / MAX_CHANNELS && w->dilation_h == 1 && w->dilation_w == 1;
}
