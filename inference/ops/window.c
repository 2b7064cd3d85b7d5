/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/ops/window.h"

#include "inference/ops/families.h"

/* One axis of a window: how many positions, and SAME padding as numbers. */
static gboolean
window_axis (const TfcInfer *c, gint64 in, gint64 kernel, gint64 stride, gint64 dilation,
             gboolean same, gint *before, gint *after, gint32 *out)
{
  if (stride < 1 || dilation < 1 || kernel < 1)
    return BAD (c, "stride %d, dilation %d, kernel %d", (gint)stride, (gint)dilation, (gint)kernel);
  gint64 reach = (kernel - 1) * dilation + 1;
  if (reach > G_MAXINT32)
    return BAD (c, "kernel %d with dilation %d is too large", (gint)kernel, (gint)dilation);
  if (same) {
    gint64 n = (in + stride - 1) / stride;
    gint64 total = MAX ((n - 1) * stride + reach - in, 0);
    *before = total / 2;
    *after = total - *before;
  }
  if (*before < 0 || *after < 0)
    return BAD (c, "negative padding");
  if (in + *before + *after > G_MAXINT32)
    return BAD (c, "too much padding");
  gint64 room = in + *before + *after - reach;
  if (room < 0)
    return BAD (c, "kernel of %d on %d pixels", (gint)reach, (gint)in);
  *out = room / stride + 1;
  return TRUE;
}

gboolean
tfc_infer_window (TfcInfer *c, gint kernel_h, gint kernel_w, gint channels)
{
  TfcWindow *w = &c->params->window;
  const TfcShape *x = &c->in[0]->shape;
  c->shape[0] = tfc_shape (4, x->dim[0], 0, 0, channels);
  if (!window_axis (c, x->dim[1], kernel_h, w->stride_h, w->dilation_h, w->same, &w->pad_top,
                    &w->pad_bottom, &c->shape[0].dim[1]) ||
      !window_axis (c, x->dim[2], kernel_w, w->stride_w, w->dilation_w, w->same, &w->pad_left,
                    &w->pad_right, &c->shape[0].dim[2]))
    return FALSE;
  w->same = FALSE;
  return TRUE;
}
