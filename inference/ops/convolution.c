/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/ops/mac.h"
#include "inference/ops/window.h"
#include "inference/arithmetic/taps.h"

gboolean
tfc_infer_bias (const TfcInfer *c, gint channels)
{
  const TfcTensor *b = c->in[2];
  if (!b)
    return TRUE;
  gint rank = b->shape.rank;
  if (rank < 1 || tfc_tensor_count (b) != (gsize)channels || b->shape.dim[rank - 1] != channels)
    return BAD (c, "the bias does not have %d elements", channels);
  TfcType want = c->in[0]->type == TFC_TYPE_F32 ? TFC_TYPE_F32 : TFC_TYPE_I32;
  return b->type == want || BAD (c, "a bias of %s with inputs of %s", tfc_type_name (b->type),
                                 tfc_type_name (c->in[0]->type));
}

gboolean
tfc_infer_conv (TfcInfer *c)
{
  if (!tfc_infer_need_rank (c, 0, 4) || !tfc_infer_need_rank (c, 1, 4))
    return FALSE;
  const gint32 *x = c->in[0]->shape.dim, *w = c->in[1]->shape.dim;
  if (w[3] < 1 || x[3] % w[3] != 0 || w[0] % (x[3] / w[3]) != 0)
    return BAD (c, "weights for %d channels on %d", w[3], x[3]);
  return tfc_infer_bias (c, w[0]) && tfc_infer_window (c, w[1], w[2], w[0]);
}

gboolean
tfc_infer_depthwise (TfcInfer *c)
{
  if (!tfc_infer_need_rank (c, 0, 4) || !tfc_infer_need_rank (c, 1, 4))
    return FALSE;
  const gint32 *x = c->in[0]->shape.dim, *w = c->in[1]->shape.dim;
  if (w[0] != 1 || w[3] < 1 || w[3] % x[3] != 0)
    return BAD (c, "weights %dx..x%d on %d channels", w[0], w[3], x[3]);
  return tfc_infer_bias (c, w[3]) && tfc_infer_window (c, w[1], w[2], w[3]);
}

gboolean
tfc_infer_fully_connected (TfcInfer *c)
{
  const TfcShape *x = &c->in[0]->shape, *w = &c->in[1]->shape;
  if (!tfc_infer_need_rank (c, 1, 2))
    return FALSE;
  if (x->rank < 1 || x->dim[x->rank - 1] != w->dim[1])
    return BAD (c, "weights for %d channels do not fit the input", w->dim[1]);
  c->shape[0] = *x;
  c->shape[0].dim[x->rank - 1] = w->dim[0];
  return tfc_infer_bias (c, w->dim[0]);
}

/* One output place: the taps that lie inside x. */
typedef struct {
  const TfcRefMac *mac;
  const gint32 *dx, *dw; /* shapes of x and w */
  TfcTaps rows, cols;
  gint dilation_h, dilation_w;
  gsize batch;
} Place;

/* Tap (i, j): n inputs from x's channel at_x on, n weights from element at_w of the tap on. */
static gdouble
add_tap (const Place *p, gdouble sum, gint32 i, gint32 j, gsize at_x, gsize at_w, gsize n)
{
  gsize row = p->batch * p->dx[1] + p->rows.origin + i * p->dilation_h;
  gsize pixel = row * p->dx[2] + p->cols.origin + j * p->dilation_w;
  gsize tap = (gsize)i * p->dw[2] + j;
  return tfc_ref_mac_add (p->mac, sum, pixel * p->dx[3] + at_x, tap * p->dw[3] + at_w, n);
}

/* Channels in groups: each output sees those of its group. */
static void
full_place (const Place *p, gsize at)
{
  gsize filter = (gsize)p->dw[1] * p->dw[2] * p->dw[3];
  gint32 outputs = p->dw[0] / (p->dx[3] / p->dw[3]);
  for (gint32 o = 0; o < p->dw[0]; o++) {
    gdouble sum = tfc_ref_mac_start (p->mac, o);
    gsize from = (gsize)(o / outputs) * p->dw[3];
    for (gint32 i = p->rows.first; i < p->rows.end; i++) {
      for (gint32 j = p->cols.first; j < p->cols.end; j++)
        sum = add_tap (p, sum, i, j, from, o * filter, p->dw[3]);
    }
    tfc_ref_mac_store (p->mac, at + o, o, sum);
  }
}

static void
depthwise_place (const Place *p, gsize at)
{
  gint32 outputs = p->dw[3], multiplier = outputs / p->dx[3];
  for (gint32 o = 0; o < outputs; o++) {
    gdouble sum = tfc_ref_mac_start (p->mac, o);
    for (gint32 j = p->cols.first; j < p->cols.end; j++) {
      for (gint32 i = p->rows.first; i < p->rows.end; i++)
        sum = add_tap (p, sum, i, j, o / multiplier, o, 1);
    }
    tfc_ref_mac_store (p->mac, at + o, o, sum);
  }
}

static void
conv_run (const TfcOpCall *call, void (*each) (const Place *p, gsize at))
{
  const TfcWindow *win = &call->params->window;
  TfcRefMac mac = tfc_ref_mac (call);
  const gint32 *dx = mac.x->shape.dim, *dw = mac.w->shape.dim, *dy = mac.y->shape.dim;
  Place p = {.mac = &mac, .dx = dx, .dw = dw};
  gsize at = 0;
  p.dilation_h = win->dilation_h;
  p.dilation_w = win->dilation_w;
  for (gint32 n = 0; n < dy[0]; n++) {
    p.batch = n;
    for (gint32 i = 0; i < dy[1]; i++) {
      p.rows = tfc_taps (i, win->stride_h, win->pad_top, dw[1], win->dilation_h, dx[1]);
      for (gint32 j = 0; j < dy[2]; j++, at += dy[3]) {
        p.cols = tfc_taps (j, win->stride_w, win->pad_left, dw[2], win->dilation_w, dx[2]);
        each (&p, at);
      }
    }
  }
}

static gboolean
shapes_fit (const TfcOpCall *call, gint axis)
{
  return tfc_ref_mac_can_run (call, axis) && call->in[0]->shape.rank == 4 &&
         call->in[1]->shape.rank == 4 && call->out[0]->shape.rank == 4 &&
         call->out[0]->shape.dim[3] == call->in[1]->shape.dim[axis];
}

static gboolean
conv_can_run (const TfcOpCall *call)
{
  if (!shapes_fit (call, 0))
    return FALSE;
  const gint32 *x = call->in[0]->shape.dim, *w = call->in[1]->shape.dim;
  return w[3] > 0 && x[3] % w[3] == 0 && w[0] % (x[3] / w[3]) == 0;
}

static gboolean
depthwise_can_run (const TfcOpCall *call)
{
  return shapes_fit (call, 3) && call->in[0]->shape.dim[3] > 0 &&
         call->in[1]->shape.dim[3] % call->in[0]->shape.dim[3] == 0;
}

static void
conv_full (const TfcOpCall *call)
{
  conv_run (call, full_place);
}

static void
conv_depthwise (const TfcOpCall *call)
{
  conv_run (call, depthwise_place);
}

static gboolean
fully_connected_can_run (const TfcOpCall *call)
{
  return tfc_ref_mac_can_run (call, 0) && call->in[1]->shape.rank == 2;
}

static void
fully_connected (const TfcOpCall *call)
{
  TfcRefMac mac = tfc_ref_mac (call);
  gint32 outputs = mac.w->shape.dim[0];
  gsize c = mac.w->shape.dim[1], n = tfc_tensor_count (mac.y), row = 0;
  for (gsize at = 0; at < n; at += outputs, row++) {
    for (gint32 o = 0; o < outputs; o++) {
      gdouble sum = tfc_ref_mac_start (&mac, o);
      tfc_ref_mac_store (&mac, at + o, o, tfc_ref_mac_add (&mac, sum, row * c, o * c, c));
    }
  }
}

const TfcOpLoops tfc_loops_conv_2d = {conv_can_run, conv_full};
const TfcOpLoops tfc_loops_depthwise_conv_2d = {depthwise_can_run, conv_depthwise};
const TfcOpLoops tfc_loops_fully_connected = {fully_connected_can_run, fully_connected};
