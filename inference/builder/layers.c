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

/* [N, H, W, C] -> [N, H * sh, W * sw, C], each element at the start of its block, zeros beside it.
 */
static guint
spread (TfcBuilder *b, guint x, gint sh, gint sw)
{
  TfcParams p = tfc_params (TFC_OP_PAD);
  const TfcShape s = *tfc_builder_shape (b, x);
  if (sh == 1 && sw == 1)
    return x;
  if ((gint64)s.dim[1] * sh > G_MAXINT32 || (gint64)s.dim[2] * sw > G_MAXINT32)
    return TFC_BAD (b, "strides that are too large");
  const TfcShape split = tfc_shape (6, s.dim[0], s.dim[1], 1, s.dim[2], 1, s.dim[3]);
  const TfcShape wide = tfc_shape (4, s.dim[0], s.dim[1] * sh, s.dim[2] * sw, s.dim[3]);
  p.pad.after[2] = sh - 1;
  p.pad.after[4] = sw - 1;
  x = tfc_build_reshape (b, x, &split);
  x = tfc_build (b, TFC_OP_PAD, &p, &x, 1, NULL);
  return tfc_build_reshape (b, x, &wide);
}

/* How the spread input (in elements, of which the last stride - 1 are zeros) lies under the kernel
 * so that out come out: zeros in front, and behind, where fewer than none cuts some off. FALSE if
 * no convolution gives out from in. */
static gboolean
place_axis (gint64 in, gint64 kernel, gint64 stride, gboolean same, gint64 out, gint32 *before,
            gint32 *after)
{
  gint64 forward = same            ? (out + stride - 1) / stride
                   : out >= kernel ? (out - kernel) / stride + 1
                                   : 0;
  gint64 total = same ? MAX ((in - 1) * stride + kernel - out, 0) : 0;
  gint64 front = kernel - 1 - total / 2, behind = out + kernel - 1 - front - in * stride;
  if (out < 1 || forward != in || front < 0 || MAX (front, behind) > G_MAXINT32 / 4 ||
      -behind >= in * stride)
    return FALSE;
  *before = (gint32)front;
  *after = (gint32)behind;
  return TRUE;
}

static guint
pad_or_cut (TfcBuilder *b, guint x, const gint32 before[2], const gint32 after[2])
{
  TfcParams p = tfc_params (TFC_OP_PAD), cut = tfc_params (TFC_OP_SLICE);
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  TfcShape s = *tfc_builder_shape (b, x);
  for (gint i = 0; i < 2; i++) {
    p.pad.before[i + 1] = before[i];
    p.pad.after[i + 1] = MAX (after[i], 0);
    s.dim[i + 1] += MIN (after[i], 0);
  }
  x = tfc_build_slice (b, x, &cut, &s);
  return tfc_build (b, TFC_OP_PAD, &p, &x, 1, NULL);
}

guint
tfc_build_transpose_conv (TfcBuilder *b, guint shape, guint x, guint w, guint bias,
                          const TfcWindow *window, TfcClamp clamp, const TfcTensor *y)
{
  TfcParams p = tfc_params (TFC_OP_CONV_2D);
  gint32 to[4], before[2], after[2];
  guint n = 0;
  if (!tfc_builder_ints (b, shape, "shape", to, 4, &n))
    return TFC_NONE;
  if (!tfc_builder_tensor (b, w)->data)
    return TFC_UNSUPPORTED (b, "its weights are not constant");
  if (window->pad_top || window->pad_bottom || window->pad_left || window->pad_right)
    return TFC_UNSUPPORTED (b, "with explicit paddings");
  const TfcShape s = *tfc_builder_shape (b, x), k = *tfc_builder_shape (b, w);
  const gint64 sh = window->stride_h, sw = window->stride_w;
  if (n != 4 || s.rank != 4 || k.rank != 4 || k.dim[3] != s.dim[3] || sh < 1 || sw < 1 ||
      !place_axis (s.dim[1], k.dim[1], sh, window->same, to[1], &before[0], &after[0]) ||
      !place_axis (s.dim[2], k.dim[2], sw, window->same, to[2], &before[1], &after[1]))
    return TFC_BAD (b, "input, weights and output do not fit");
  w = tfc_build_reverse (b, w, (const gint32[]){1, 2}, 2);
  x = pad_or_cut (b, spread (b, x, (gint)sh, (gint)sw), before, after);
  p.clamp = clamp;
  return tfc_build (b, TFC_OP_CONV_2D, &p, (guint[]){x, w, bias}, bias == TFC_NONE ? 2 : 3, y);
}
