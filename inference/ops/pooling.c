/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/ops/families.h"
#include "inference/ops/window.h"
#include "inference/arithmetic/quant.h"
#include "inference/arithmetic/taps.h"

gboolean
tfc_infer_pool (TfcInfer *c)
{
  const TfcWindow *w = &c->params->window;
  if (!tfc_infer_need_rank (c, 0, 4))
    return FALSE;
  if (w->dilation_h != 1 || w->dilation_w != 1)
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "a pool with dilation");
  if (!tfc_infer_window (c, w->kernel_h, w->kernel_w, c->in[0]->shape.dim[3]))
    return FALSE;
  if (MAX (w->pad_top, w->pad_bottom) >= w->kernel_h ||
      MAX (w->pad_left, w->pad_right) >= w->kernel_w)
    return BAD (c, "more padding than kernel");
  return TRUE;
}

typedef struct {
  const TfcTensor *x;
  TfcTensor *y;
  TfcTaps rows, cols;
  gsize batch;
  const TfcClamp *clamp;
  TfcRefRange range;
} Pool;

static gsize
element (const Pool *p, gint32 i, gint32 j, gint32 c)
{
  const gint32 *dx = p->x->shape.dim;
  gsize row = p->batch * dx[1] + p->rows.origin + i;
  return (row * dx[2] + p->cols.origin + j) * dx[3] + c;
}

static void
max_at (const Pool *p, gsize at, gint32 c)
{
  gfloat top = -G_MAXFLOAT;
  gint32 top_q = G_MININT32;
  for (gint32 i = p->rows.first; i < p->rows.end; i++) {
    for (gint32 j = p->cols.first; j < p->cols.end; j++) {
      gsize e = element (p, i, j, c);
      if (p->x->type == TFC_TYPE_F32)
        top = MAX (top, ((const gfloat *)p->x->data)[e]);
      else
        top_q = MAX (top_q, tfc_ref_get (p->x, e));
    }
  }
  if (p->x->type == TFC_TYPE_F32)
    ((gfloat *)p->y->data)[at] = tfc_ref_limit (top, p->clamp);
  else
    tfc_ref_set (p->y, at, CLAMP (top_q, p->range.lo, p->range.hi));
}

/* Half away from zero, as TFLite averages quantised pictures. */
static gint32
rounded_quotient (gint64 sum, gint32 n)
{
  return (gint32)(sum >= 0 ? (sum + n / 2) / n : (sum - n / 2) / n);
}

static void
average_at (const Pool *p, gsize at, gint32 c)
{
  gint32 n = (p->rows.end - p->rows.first) * (p->cols.end - p->cols.first);
  gint64 sum_q = 0; /* a window may be as large as the largest tensor */
  gdouble sum = 0;
  for (gint32 i = p->rows.first; i < p->rows.end; i++) {
    for (gint32 j = p->cols.first; j < p->cols.end; j++) {
      gsize e = element (p, i, j, c);
      if (p->x->type == TFC_TYPE_F32)
        sum += ((const gfloat *)p->x->data)[e];
      else
        sum_q += tfc_ref_get (p->x, e);
    }
  }
  n = MAX (n, 1);
  if (p->x->type == TFC_TYPE_F32)
    ((gfloat *)p->y->data)[at] = tfc_ref_limit ((gfloat)(sum / n), p->clamp);
  else
    tfc_ref_set (p->y, at, CLAMP (rounded_quotient (sum_q, n), p->range.lo, p->range.hi));
}

static void
pool_run (const TfcOpCall *call, void (*each) (const Pool *p, gsize at, gint32 c))
{
  const TfcParams *params = call->params;
  const TfcWindow *win = &params->window;
  const gint32 *dx = call->in[0]->shape.dim, *dy = call->out[0]->shape.dim;
  Pool p = {.x = call->in[0], .y = call->out[0], .clamp = &params->clamp};
  gsize at = 0;
  p.range = tfc_ref_range (p.y, p.clamp);
  for (gint32 n = 0; n < dy[0]; n++) {
    p.batch = n;
    for (gint32 i = 0; i < dy[1]; i++) {
      p.rows = tfc_taps (i, win->stride_h, win->pad_top, win->kernel_h, 1, dx[1]);
      for (gint32 j = 0; j < dy[2]; j++) {
        p.cols = tfc_taps (j, win->stride_w, win->pad_left, win->kernel_w, 1, dx[2]);
        for (gint32 c = 0; c < dy[3]; c++)
          each (&p, at++, c);
      }
    }
  }
}

static gboolean
pool_can_run (const TfcOpCall *call)
{
  return tfc_loops_alike (call) && call->in[0]->shape.rank == 4 &&
         (tfc_ref_is_float (call->in[0]) ||
          tfc_quant_equal (&call->in[0]->quant, &call->out[0]->quant));
}

static void
max_pool (const TfcOpCall *call)
{
  pool_run (call, max_at);
}

static void
average_pool (const TfcOpCall *call)
{
  pool_run (call, average_at);
}

const TfcOpLoops tfc_loops_max_pool_2d = {pool_can_run, max_pool};
const TfcOpLoops tfc_loops_average_pool_2d = {pool_can_run, average_pool};

gboolean
tfc_noop_pool (const TfcParams *p, guint n_in, gint rank)
{
  return p->window.kernel_h == 1 && p->window.kernel_w == 1 && tfc_clamp_is_none (&p->clamp);
}
