/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/ops/mac.h"

/* One axis: how long the output is, and SAME padding as numbers. An end of fewer than none adds
 * elements that no input reaches. */
static gboolean
infer_axis (const TfcInfer *c, gint64 in, gint64 kernel, gint64 stride, gboolean same, gint *before,
            gint *after, gint32 *out)
{
  const gint64 whole = (in - 1) * stride + kernel;
  if (stride < 1 || kernel < 1)
    return BAD (c, "stride %d, kernel %d", (gint)stride, (gint)kernel);
  if (same) {
    *before = (gint)(MAX (kernel - stride, 0) / 2);
    *after = (gint)CLAMP (whole - in * stride - *before, G_MININT32, G_MAXINT32);
  }
  if (*before < 0 || *before >= kernel || *after >= kernel || *after <= -stride)
    return BAD (c, "paddings of %d and %d of a kernel of %d", *before, *after, (gint)kernel);
  if (whole - *before - *after < 1 || whole - *before - *after > G_MAXINT32)
    return BAD (c, "an impossible size");
  *out = (gint32)(whole - *before - *after);
  return TRUE;
}

gboolean
tfc_infer_transpose_conv (TfcInfer *c)
{
  TfcWindow *k = &c->params->window;
  if (!tfc_infer_need_rank (c, 0, 4) || !tfc_infer_need_rank (c, 1, 4))
    return FALSE;
  const gint32 *x = c->in[0]->shape.dim, *w = c->in[1]->shape.dim;
  TfcShape *y = &c->shape[0];
  *y = tfc_shape (4, x[0], 0, 0, w[0]);
  if (w[3] != x[3])
    return BAD (c, "weights for %d channels on %d", w[3], x[3]);
  if (k->dilation_h != 1 || k->dilation_w != 1)
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "with dilations");
  if (!tfc_infer_bias (c, w[0]) ||
      !infer_axis (c, x[1], w[1], k->stride_h, k->same, &k->pad_top, &k->pad_bottom, &y->dim[1]) ||
      !infer_axis (c, x[2], w[2], k->stride_w, k->same, &k->pad_left, &k->pad_right, &y->dim[2]))
    return FALSE;
  k->same = FALSE;
  return TRUE;
}

/* Which taps of the kernel reach an output row (or column): first, first + stride, ... below end;
 * tap k from row (at - k) / stride. */
typedef struct {
  gint64 at, first, end;
} Reach;

static Reach
reach (gint32 out, gint stride, gint pad, gint32 kernel, gint32 size)
{
  Reach r = {.at = (gint64)out + pad};
  const gint64 least = r.at - (gint64)(size - 1) * stride;
  r.first = least > 0 ? least : r.at % stride;
  r.end = MIN (kernel, r.at + 1);
  return r;
}

/* Output channel o of the place that rows and columns reach. */
static gdouble
sum_of (const TfcRefMac *mac, const TfcWindow *k, gsize batch, const Reach *rows, const Reach *cols,
        gint32 o)
{
  const gint32 *x = mac->x->shape.dim, *w = mac->w->shape.dim;
  gdouble sum = tfc_ref_mac_start (mac, o);
  for (gint64 i = rows->first; i < rows->end; i += k->stride_h) {
    const gsize row = batch * (gsize)x[1] + (gsize)((rows->at - i) / k->stride_h);
    for (gint64 j = cols->first; j < cols->end; j += k->stride_w) {
      const gsize pixel = row * (gsize)x[2] + (gsize)((cols->at - j) / k->stride_w);
      const gsize tap = ((gsize)o * w[1] + (gsize)i) * w[2] + (gsize)j;
      sum = tfc_ref_mac_add (mac, sum, pixel * x[3], tap * w[3], (gsize)x[3]);
    }
  }
  return sum;
}

static void
run (const TfcOpCall *call)
{
  const TfcWindow *k = &call->params->window;
  const TfcRefMac mac = tfc_ref_mac (call);
  const gint32 *x = mac.x->shape.dim, *w = mac.w->shape.dim, *y = mac.y->shape.dim;
  gsize at = 0;
  for (gint32 n = 0; n < y[0]; n++) {
    for (gint32 i = 0; i < y[1]; i++) {
      const Reach rows = reach (i, k->stride_h, k->pad_top, w[1], x[1]);
      for (gint32 j = 0; j < y[2]; j++) {
        const Reach cols = reach (j, k->stride_w, k->pad_left, w[2], x[2]);
        for (gint32 o = 0; o < y[3]; o++, at++)
          tfc_ref_mac_store (&mac, at, o, sum_of (&mac, k, (gsize)n, &rows, &cols, o));
      }
    }
  }
}

static gboolean
can_run (const TfcOpCall *call)
{
  const TfcWindow *k = &call->params->window;
  return tfc_ref_mac_can_run (call, 0) && call->in[0]->shape.rank == 4 &&
         call->in[1]->shape.rank == 4 && call->out[0]->shape.rank == 4 &&
         call->in[0]->shape.dim[3] == call->in[1]->shape.dim[3] &&
         call->out[0]->shape.dim[3] == call->in[1]->shape.dim[0] && k->stride_h > 0 &&
         k->stride_w > 0 && k->pad_top >= 0 && k->pad_left >= 0;
}

const TfcOpLoops tfc_loops_transpose_conv_2d = {can_run, run};
