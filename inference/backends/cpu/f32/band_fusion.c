/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/f32/band_fusion.h"

#include <string.h>

#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/common/row_shares.h"
#include "inference/backends/cpu/f32/winograd.h"
#include "inference/runtime/cpus.h"

#define MAX_REACH 7
#define LEAST_ROWS 4                 /* that a job begins with */
#define JOBS_BYTES ((gsize)16 << 20) /* no more jobs than fit */

#define BAND_BYTES ((gsize)192 << 10)

gsize tfc_band_fusion_f32_least_bytes, tfc_band_fusion_f32_band_bytes;
gsize tfc_band_fusion_f32_shared_bytes = (gsize)16 << 10,
      tfc_band_fusion_f32_weight_bytes = (gsize)64 << 10;

/* A layer, a row of whose result sees reach rows of its input from row * stride - pad on. Rows are
 * made many at a time, up to a multiple of many after phase: the next ones that the layer behind it
 * waits for. ring is a multiple of many, so that they lie beside each other. */
typedef struct {
  TfcLayer *layer;
  gint32 x_rows, y_rows, stride, pad, reach;
  gint32 many, phase;
  TfcRing ring; /* of the result's rows; of the last all */
  gsize line;   /* elements of a row of the result */
  gsize at;     /* of the ring, in a job's memory */
} Link;

typedef struct {
  TfcLayer base;
  guint n, jobs;
  Link *links;
  const gfloat *x;
  gfloat *y;
  gsize job_size; /* elements */
} Chain;          /* scratch: a TfcRowShare for each job, then the jobs' memory */

typedef struct {
  const Chain *chain;
  gfloat *memory;
  gint32 made[TFC_MAX_TOGETHER]; /* end of the rows that are there */
} Job;

static gsize
least_bytes (void)
{
  return tfc_band_fusion_f32_least_bytes ? tfc_band_fusion_f32_least_bytes
                                         : tfc_cpus_cache_bytes ();
}

static gsize
band_bytes (void)
{
  return tfc_band_fusion_f32_band_bytes ? tfc_band_fusion_f32_band_bytes
                                        : MIN (tfc_cpus_cache_bytes () / 4, BAND_BYTES);
}

static gint32
sees_from (const Link *l, gint32 row)
{
  return CLAMP (row * l->stride - l->pad, 0, l->x_rows);
}

static gint32
sees_to (const Link *l, gint32 end)
{
  return CLAMP ((end - 1) * l->stride - l->pad + l->reach, 0, l->x_rows);
}

/* Link i's rows from to to: what they see is there. */
static void
run_rows (const Job *j, guint i, gint32 from, gint32 to)
{
  const Chain *c = j->chain;
  const Link *l = &c->links[i];
  const TfcRing all = {l->x_rows, 0};
  const gfloat *x = i ? j->memory + l[-1].at : c->x;
  gfloat *y = i + 1 < c->n ? j->memory + l->at : c->y;
  const gssize at = tfc_ring_at (&l->ring, from);
  l->layer->rows (l->layer, x, i ? &l[-1].ring : &all, y + (at - from) * (gssize)l->line, from, to);
}

/* All rows of link i before end, and of the links before it what those see. */
static void
make (Job *j, guint i, gint32 end)
{
  const Link *l = &j->chain->links[i];
  while (j->made[i] < end) {
    const gint32 from = j->made[i], after = (from + l->many - l->phase) % l->many;
    const gint32 to = MIN (from + l->many - after, end);
    if (i)
      make (j, i - 1, sees_to (l, to));
    run_rows (j, i, from, to);
    j->made[i] = to;
  }
}

/* Nothing is there yet, and rows of the last result from this one on are wanted. */
static void
begin (Job *j, gint32 row)
{
  const Chain *c = j->chain;
  j->made[c->n - 1] = row;
  for (guint i = c->n - 1; i > 0; i--)
    j->made[i - 1] = sees_from (&c->links[i], j->made[i]);
}

static void
run_job (gpointer data, gsize index)
{
  const Chain *c = data;
  TfcRowShare *shares = c->base.scratch;
  Job j = {.chain = c, .memory = (gfloat *)(shares + c->jobs) + index * c->job_size};
  gint32 from, to;
  do {
    for (gint32 end = -1; tfc_row_shares_take (shares, index, c->links[c->n - 1].many, &from, &to);
         end = to) {
      if (from != end)
        begin (&j, from);
      make (&j, c->n - 1, to);
    }
  } while (tfc_row_shares_steal (shares, c->jobs, index, LEAST_ROWS));
}

/* Where no workers come the only job need not begin more than once. */
static void
run (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const Chain *c = (const Chain *)layer;
  const guint jobs = pool ? c->jobs : 1;
  memset (c->base.scratch, 0, c->jobs * sizeof (TfcRowShare));
  tfc_row_shares_deal (c->base.scratch, jobs, c->links[c->n - 1].y_rows);
  tfc_pool_parallel (pool, run_job, (gpointer)c, jobs, more);
}

static void
finish_chain (TfcLayer *layer)
{
  Chain *c = (Chain *)layer;
  for (guint i = 0; i < c->n; i++)
    tfc_layer_free (c->links[i].layer);
}

/* So that next finds what it sees when it makes its own rows. */
static void
set_ring (Link *l, const Link *next)
{
  const gint32 kept = (next->many - 1) * next->stride + next->reach;
  l->many = next->many * next->stride;
  l->phase = ((next->phase - 1) * next->stride - next->pad + next->reach) % l->many;
  l->phase += l->phase < 0 ? l->many : 0;
  l->ring.rows = (kept + l->many - 1) / l->many * l->many;
  l->ring.shift = l->ring.rows - l->phase;
  if (l->ring.rows < l->y_rows)
    return;
  l->many = l->y_rows;
  l->phase = 0;
  l->ring = (TfcRing){l->y_rows, 0};
}

/* For so many rows of the last result at a time; returns elements of all rings. */
static gsize
set_rings (Chain *c, gint32 many)
{
  gsize at = 0;
  c->links[c->n - 1].many = many;
  for (guint i = c->n - 1; i > 0; i--) {
    Link *l = &c->links[i - 1];
    set_ring (l, &c->links[i]);
    l->at = at;
    at += (l->ring.rows * l->line + TFC_PANEL - 1) / TFC_PANEL * TFC_PANEL;
  }
  return at;
}

static void
set_link (Link *l, const TfcGraph *g, const TfcNode *node, TfcLayer *layer)
{
  const TfcWindow *w = &node->params.window;
  const TfcShape *y = &tfc_graph_v (g, node->out[0])->tensor.shape;
  *l = (Link){.layer = layer,
              .x_rows = tfc_layer_in (g, node, 0)->shape.dim[1],
              .y_rows = y->dim[1],
              .ring = {y->dim[1], 0},
              .stride = w->stride_h,
              .pad = w->pad_top,
              .reach = tfc_layer_in (g, node, 1)->shape.dim[1],
              .line = (gsize)y->dim[2] * y->dim[3]};
}

/* Bands as high as may be; a job for each thread, as far as that pays. */
static void
set_jobs (Chain *c, guint threads)
{
  const gint32 rows = c->links[c->n - 1].y_rows;
  gint32 many = 1;
  while (many < rows && set_rings (c, many + 1) * sizeof (gfloat) <= band_bytes ())
    many++;
  c->job_size = set_rings (c, many);
  c->jobs = CLAMP ((guint)rows / LEAST_ROWS, 1, threads);
  while (c->jobs > 1 && c->jobs * c->job_size * sizeof (gfloat) > JOBS_BYTES)
    c->jobs--;
  c->base.scratch_bytes = c->jobs * (sizeof (TfcRowShare) + c->job_size * sizeof (gfloat));
}

TfcLayer *
tfc_band_fusion_f32_new (const TfcSegment *segment, const TfcNode *node, TfcLayer **layers, guint n,
                         const TfcPool *pool)
{
  Chain *c = g_new0 (Chain, 1);
  c->base = (TfcLayer){.run = run, .finish = finish_chain};
  c->n = n;
  c->base.room = c->links = g_new0 (Link, n);
  for (guint i = 0; i < n; i++)
    set_link (&c->links[i], segment->graph, node + i, layers[i]);
  c->x = segment->buffer[node->in[0]];
  c->y = segment->buffer[node[n - 1].out[0]];
  set_jobs (c, tfc_pool_threads (pool));
  return &c->base;
}

static gboolean
good_window (const TfcGraph *graph, const TfcNode *node)
{
  const TfcWindow *w = &node->params.window;
  if (node->op != TFC_OP_CONV_2D && node->op != TFC_OP_DEPTHWISE_CONV_2D)
    return FALSE;
  const gint32 reach = tfc_layer_in (graph, node, 1)->shape.dim[1];
  return reach <= MAX_REACH && w->dilation_h == 1 && w->stride_h <= reach && w->pad_top < reach;
}

/* Each pixel by itself. */
static gboolean
is_flat (const TfcGraph *graph, const TfcNode *node)
{
  const TfcWindow *w = &node->params.window;
  const gint32 *k = tfc_layer_in (graph, node, 1)->shape.dim;
  return k[1] == 1 && k[2] == 1 && w->stride_h == 1 && w->stride_w == 1 && !w->pad_top &&
         !w->pad_left && !w->pad_bottom && !w->pad_right;
}

static gboolean
is_direct (const TfcGraph *graph, const TfcNode *node)
{
  TfcWeights l;
  return node->op != TFC_OP_CONV_2D ||
         !(tfc_weights_init_f32 (&l, graph, node) && tfc_winograd_f32_pays (node, &l));
}

/* One picture of many rows of which several fit a band. */
static gboolean
good_between (const TfcTensor *t)
{
  return t->type == TFC_TYPE_F32 && t->shape.rank == 4 && t->shape.dim[0] == 1 &&
         tfc_tensor_bytes (t) / t->shape.dim[1] <= band_bytes () / 2;
}

static gsize
weight_bytes (const TfcGraph *graph, const TfcNode *node)
{
  return tfc_tensor_bytes (tfc_layer_in (graph, node, 1));
}

/* Fewer rows than two threads take are better cut by channels, a layer at a time. */
static gboolean
is_large (const TfcGraph *graph, const TfcNode *node, const TfcNode *next, guint threads)
{
  const gsize bytes = tfc_tensor_bytes (&tfc_graph_v (graph, node->out[0])->tensor);
  const gint32 rows = tfc_graph_v (graph, next->out[0])->tensor.shape.dim[1];
  const gboolean shared = threads > 1 && rows >= 2 * LEAST_ROWS;
  return bytes >= least_bytes () || (shared && bytes >= tfc_band_fusion_f32_shared_bytes &&
                                     weight_bytes (graph, node) + weight_bytes (graph, next) <=
                                         tfc_band_fusion_f32_weight_bytes);
}

gboolean
tfc_band_fusion_f32_joins (const TfcGraph *graph, const TfcNode *node, const TfcNode *next,
                           guint threads)
{
  return good_between (&tfc_graph_v (graph, node->out[0])->tensor) && good_window (graph, node) &&
         is_direct (graph, node) && good_window (graph, next) &&
         (next->op == TFC_OP_DEPTHWISE_CONV_2D || is_flat (graph, next)) &&
         is_large (graph, node, next, threads);
}
