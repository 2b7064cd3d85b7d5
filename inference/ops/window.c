/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What slides or sums over a picture with weights. */
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

static gboolean
window (TfcInfer *c, gint kernel_h, gint kernel_w, gint channels)
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

static gboolean
check_bias (const TfcInfer *c, gint channels)
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
  if (w[3] < 1 || w[3] != x[3])
    return tfc_infer_bad (c,
                          w[3] > 0 && x[3] % w[3] == 0 ? TFC_ERROR_UNSUPPORTED : TFC_ERROR_FORMAT,
                          "weights for %d channels on %d", w[3], x[3]);
  return check_bias (c, w[0]) && window (c, w[1], w[2], w[0]);
}

gboolean
tfc_infer_depthwise (TfcInfer *c)
{
  if (!tfc_infer_need_rank (c, 0, 4) || !tfc_infer_need_rank (c, 1, 4))
    return FALSE;
  const gint32 *x = c->in[0]->shape.dim, *w = c->in[1]->shape.dim;
  if (w[0] != 1 || w[3] < 1 || w[3] % x[3] != 0)
    return BAD (c, "weights %dx..x%d on %d channels", w[0], w[3], x[3]);
  return check_bias (c, w[3]) && window (c, w[1], w[2], w[3]);
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
  return check_bias (c, w->dim[0]);
}

gboolean
tfc_infer_pool (TfcInfer *c)
{
  const TfcWindow *w = &c->params->window;
  if (!tfc_infer_need_rank (c, 0, 4))
    return FALSE;
  if (w->dilation_h != 1 || w->dilation_w != 1)
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "a pool with dilation");
  if (!window (c, w->kernel_h, w->kernel_w, c->in[0]->shape.dim[3]))
    return FALSE;
  if (MAX (w->pad_top, w->pad_bottom) >= w->kernel_h ||
      MAX (w->pad_left, w->pad_right) >= w->kernel_w)
    return BAD (c, "more padding than kernel");
  return TRUE;
}
