/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mac.h"
#include "window.h"

/* Sum for one output place: c inputs from x's channel ci on, weights from element at_w, tap (i, j)
 * step_w elements after the one before. */
typedef struct {
  const TfcRefMac *mac;
  const gint32 *dx; /* shape of x */
  TfcTaps rows, cols;
  gint dilation_h, dilation_w, kernel_w;
  gsize batch, step_w;
} Place;

static gdouble
place_sum (const Place *p, gsize ci, gsize c, gsize at_w)
{
  gdouble sum = 0;
  for (gint32 i = p->rows.first; i < p->rows.end; i++) {
    gsize row = p->batch * p->dx[1] + p->rows.origin + i * p->dilation_h;
    for (gint32 j = p->cols.first; j < p->cols.end; j++) {
      gsize pixel = row * p->dx[2] + p->cols.origin + j * p->dilation_w;
      gsize tap = (gsize)i * p->kernel_w + j;
      sum += tfc_ref_mac_dot (p->mac, pixel * p->dx[3] + ci, at_w + tap * p->step_w, c);
    }
  }
  return sum;
}

static void
full_place (const Place *p, gsize at)
{
  const gint32 *dw = p->mac->w->shape.dim;
  gsize filter = (gsize)dw[1] * dw[2] * dw[3];
  for (gint32 o = 0; o < dw[0]; o++)
    tfc_ref_mac_store (p->mac, at + o, o, place_sum (p, 0, dw[3], o * filter));
}

static void
depthwise_place (const Place *p, gsize at)
{
  gint32 outputs = p->mac->w->shape.dim[3], multiplier = outputs / p->dx[3];
  for (gint32 o = 0; o < outputs; o++)
    tfc_ref_mac_store (p->mac, at + o, o, place_sum (p, o / multiplier, 1, o));
}

static void
conv_run (const TfcRefCall *call, void (*each) (const Place *p, gsize at))
{
  const TfcWindow *win = &call->node->params.window;
  TfcRefMac mac = tfc_ref_mac (call);
  const gint32 *dx = mac.x->shape.dim, *dw = mac.w->shape.dim, *dy = mac.y->shape.dim;
  Place p = {&mac, dx, {0}, {0}, win->dilation_h, win->dilation_w, dw[2], 0, dw[3]};
  gsize at = 0;
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
shapes_fit (const TfcRefCall *call, gint axis)
{
  return tfc_ref_mac_can_run (call, axis) && call->in[0]->shape.rank == 4 &&
         call->in[1]->shape.rank == 4 && call->out[0]->shape.rank == 4 &&
         call->out[0]->shape.dim[3] == call->in[1]->shape.dim[axis];
}

static gboolean
conv_can_run (const TfcRefCall *call)
{
  return shapes_fit (call, 0) && call->in[0]->shape.dim[3] == call->in[1]->shape.dim[3];
}

static gboolean
depthwise_can_run (const TfcRefCall *call)
{
  return shapes_fit (call, 3) && call->in[0]->shape.dim[3] > 0 &&
         call->in[1]->shape.dim[3] % call->in[0]->shape.dim[3] == 0;
}

static void
conv_full (const TfcRefCall *call)
{
  conv_run (call, full_place);
}

static void
conv_depthwise (const TfcRefCall *call)
{
  conv_run (call, depthwise_place);
}

static gboolean
fully_connected_can_run (const TfcRefCall *call)
{
  return tfc_ref_mac_can_run (call, 0) && call->in[1]->shape.rank == 2;
}

static void
fully_connected (const TfcRefCall *call)
{
  TfcRefMac mac = tfc_ref_mac (call);
  gint32 outputs = mac.w->shape.dim[0];
  gsize c = mac.w->shape.dim[1], n = tfc_tensor_count (mac.y), row = 0;
  for (gsize at = 0; at < n; at += outputs, row++) {
    for (gint32 o = 0; o < outputs; o++)
      tfc_ref_mac_store (&mac, at + o, o, tfc_ref_mac_dot (&mac, row * c, o * c, c));
  }
}

const TfcRefOp tfc_ref_conv_2d = {conv_can_run, conv_full};
const TfcRefOp tfc_ref_depthwise_conv_2d = {depthwise_can_run, conv_depthwise};
const TfcRefOp tfc_ref_fully_connected = {fully_connected_can_run, fully_connected};
