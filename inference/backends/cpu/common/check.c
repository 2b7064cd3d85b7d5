/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/common/check.h"

#define MAX_REACH (1 << 24) /* pixels that a window may reach past anything */

static gboolean
axis_fits (gint length, gint kernel, gint stride, gint dilation, gint before, gint after,
           gint result)
{
  const gint farthest = MAX (MAX (before, after), MAX (stride, dilation));
  if (kernel < 1 || stride < 1 || dilation < 1 || before < 0 || after < 0 || farthest > MAX_REACH)
    return FALSE;
  gint64 span = (gint64)(kernel - 1) * dilation + 1, room = (gint64)length + before + after - span;
  return span <= MAX_REACH && length <= MAX_REACH && room >= 0 && room / stride + 1 == result;
}

gboolean
tfc_window_fits (const TfcNode *node, const TfcWeights *l)
{
  const TfcWindow *w = &node->params.window;
  const gint32 *x = l->x->shape.dim, *y = l->y->shape.dim, *k = l->w->shape.dim;
  return l->x->shape.rank == 4 && l->w->shape.rank == 4 && l->y->shape.rank == 4 && x[0] == y[0] &&
         !w->same &&
         axis_fits (x[1], k[1], w->stride_h, w->dilation_h, w->pad_top, w->pad_bottom, y[1]) &&
         axis_fits (x[2], k[2], w->stride_w, w->dilation_w, w->pad_left, w->pad_right, y[2]);
}

void
tfc_window_inner (gint32 length, gint32 result, gint32 kernel, gint stride, gint dilation,
                  gint before, gint32 inner[2])
{
  gint32 room = length - 1 - (kernel - 1) * dilation + before;
  inner[0] = MIN ((before + stride - 1) / stride, result);
  inner[1] = room < 0 ? 0 : MIN (room / stride + 1, result);
  inner[1] = MAX (inner[0], inner[1]);
}
