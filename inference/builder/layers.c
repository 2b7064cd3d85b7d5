/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/operators.h"

#include <math.h>

/* [batch, C], C as the weights have it. */
static guint
flattened (TfcBuilder *b, guint x, gint32 channels)
{
  TfcShape flat = tfc_shape (2, 0, channels);
  const gsize count = tfc_tensor_count (tfc_builder_tensor (b, x));
  if (count % (gsize)channels || count > G_MAXINT32)
    return TFC_BAD (b, "input and weights do not fit");
  flat.dim[0] = (gint32)(count / (gsize)channels);
  return tfc_build_reshape (b, x, &flat);
}

guint
tfc_build_fully_connected (TfcBuilder *b, guint x, guint w, guint bias, gboolean keep_dims,
                           TfcClamp clamp, const TfcTensor *y)
{
  TfcParams p = tfc_params (TFC_OP_FULLY_CONNECTED);
  p.clamp = clamp;
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  const TfcShape *ws = tfc_builder_shape (b, w);
  if (ws->rank != 2 || ws->dim[1] < 1)
    return TFC_BAD (b, "its weights have no two dimensions");
  if (!keep_dims && tfc_builder_shape (b, x)->rank != 2)
    x = flattened (b, x, ws->dim[1]);
  return tfc_build (b, TFC_OP_FULLY_CONNECTED, &p, (guint[]){x, w, bias}, bias == TFC_NONE ? 2 : 3,
                    y);
}

guint
tfc_build_matmul (TfcBuilder *b, guint x, guint w, gboolean transposed, const TfcTensor *y)
{
  const TfcParams p = tfc_params (TFC_OP_FULLY_CONNECTED);
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  if (tfc_builder_shape (b, w)->rank != 2)
    return TFC_UNSUPPORTED (b, "its second factor is not a matrix");
  if (!transposed)
    w = tfc_build_transpose (b, w, (const gint32[]){1, 0});
  return tfc_build (b, TFC_OP_FULLY_CONNECTED, &p, (guint[]){x, w}, 2, y);
}

guint
tfc_build_batch_matmul (TfcBuilder *b, guint x, guint w, gboolean transpose_x, gboolean transpose_w,
                        const TfcTensor *y)
{
  TfcParams p = tfc_params (TFC_OP_BATCH_MATMUL);
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  const TfcTensor *factor = tfc_builder_tensor (b, w);
  if (factor->data && factor->shape.rank == 2 && !transpose_x)
    return tfc_build_matmul (b, x, w, transpose_w, y);
  p.matmul.transpose_a = transpose_x;
  p.matmul.transpose_b = transpose_w;
  return tfc_build (b, TFC_OP_BATCH_MATMUL, &p, (guint[]){x, w}, 2, y);
}

/* One number a channel; NULL with the error recorded. */
static const gfloat *
of_channels (TfcBuilder *b, guint id, gint channels)
{
  const TfcTensor *t = tfc_builder_tensor (b, id);
  if (t->data && t->type == TFC_TYPE_F32 && tfc_tensor_count (t) == (gsize)channels)
    return t->data;
  tfc_builder_unsupported (b, "batch norm with statistics that are not a constant a channel");
  return NULL;
}

/* A factor and a summand a channel, computed in double. */
guint
tfc_build_scale_channels (TfcBuilder *b, guint x, const guint bn[4], gfloat epsilon)
{
  const gfloat *v[4];
  void *factor = NULL, *sum = NULL;
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  const TfcShape *xs = tfc_builder_shape (b, x);
  const gint channels = xs->rank > 0 ? xs->dim[xs->rank - 1] : 0;
  const TfcShape shape = tfc_shape (1, channels);
  for (guint k = 0; k < 4; k++) {
    if (!(v[k] = of_channels (b, bn[k], channels)))
      return TFC_NONE;
  }
  const guint f_id = tfc_builder_constant (b, TFC_TYPE_F32, &shape, &factor);
  const guint s_id = tfc_builder_constant (b, TFC_TYPE_F32, &shape, &sum);
  for (gint i = 0; s_id != TFC_NONE && i < channels; i++) {
    gdouble f = v[0][i] / sqrt ((gdouble)v[3][i] + epsilon);
    ((gfloat *)factor)[i] = (gfloat)f;
    ((gfloat *)sum)[i] = (gfloat)(v[1][i] - v[2][i] * f);
  }
  return tfc_build2 (b, TFC_OP_ADD, tfc_build2 (b, TFC_OP_MUL, x, f_id), s_id);
}

/* What is cut off the products on one axis so that out are left, where fewer than none behind adds
 * some. FALSE if no convolution makes in of out. */
static gboolean
place_axis (gint64 in, gint64 kernel, gint64 stride, gboolean same, gint64 out, gint *before,
            gint *after)
{
  gint64 forward = same            ? (out + stride - 1) / stride
                   : out >= kernel ? (out - kernel) / stride + 1
                                   : 0;
  gint64 whole = (in - 1) * stride + kernel, total = same ? MAX (whole - out, 0) : 0;
  if (out < 1 || forward != in || whole > G_MAXINT32)
    return FALSE;
  *before = (gint)(total / 2);
  *after = (gint)(whole - out - *before);
  return TRUE;
}

guint
tfc_build_transpose_conv (TfcBuilder *b, guint shape, guint x, guint w, guint bias,
                          const TfcWindow *window, TfcClamp clamp, const TfcTensor *y)
{
  TfcParams p = tfc_params (TFC_OP_TRANSPOSE_CONV_2D);
  TfcWindow *k = &p.window;
  gint32 to[4];
  guint n = 0;
  if (window->pad_top || window->pad_bottom || window->pad_left || window->pad_right)
    return TFC_UNSUPPORTED (b, "with explicit paddings");
  *k = *window;
  p.clamp = clamp;
  if (shape != TFC_NONE) {
    if (!tfc_builder_ints (b, shape, "shape", to, 4, &n))
      return TFC_NONE;
    const TfcShape *s = tfc_builder_shape (b, x), *ws = tfc_builder_shape (b, w);
    k->same = FALSE;
    if (n != 4 || s->rank != 4 || ws->rank != 4 || k->stride_h < 1 || k->stride_w < 1 ||
        !place_axis (s->dim[1], ws->dim[1], k->stride_h, window->same, to[1], &k->pad_top,
                     &k->pad_bottom) ||
        !place_axis (s->dim[2], ws->dim[2], k->stride_w, window->same, to[2], &k->pad_left,
                     &k->pad_right))
      return TFC_BAD (b, "input, weights and output do not fit");
  }
  return tfc_build (b, TFC_OP_TRANSPOSE_CONV_2D, &p, (guint[]){x, w, bias},
                    bias == TFC_NONE ? 2 : 3, y);
}

guint
tfc_build_l2_pool (TfcBuilder *b, guint x, const TfcWindow *window, TfcClamp clamp)
{
  TfcParams p = tfc_params (TFC_OP_AVERAGE_POOL_2D);
  p.window = *window;
  x = tfc_build1 (b, TFC_OP_SQUARE, x);
  x = tfc_build1 (b, TFC_OP_SQRT, tfc_build (b, TFC_OP_AVERAGE_POOL_2D, &p, &x, 1, NULL));
  return tfc_clamp_is_none (&clamp) ? x : tfc_build_clamp (b, x, clamp, NULL);
}
