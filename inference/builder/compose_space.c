/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/compose.h"

static guint
mirror_axis (TfcCompose *c, guint x, gint axis, gint32 before, gint32 after, gboolean edge)
{
  gint32 size = tfc_compose_shape (c, x)->dim[axis], room = edge ? size : size - 1;
  guint in[3], n = 0;
  if (before < 0 || after < 0 || MAX (before, after) > room)
    return tfc_compose_refuse (c, FALSE, "more padding than there is to mirror");
  if (before)
    in[n++] = tfc_compose_part (c, x, axis, edge ? before - 1 : before, before, -1);
  in[n++] = x;
  if (after)
    in[n++] = tfc_compose_part (c, x, axis, edge ? size - 1 : size - 2, after, -1);
  return tfc_compose_concat (c, in, n, axis);
}

guint
tfc_compose_mirror_pad (TfcCompose *c, guint x, const gint32 *before, const gint32 *after,
                        gboolean edge)
{
  gint rank = x == TFC_NONE ? 0 : tfc_compose_shape (c, x)->rank;
  for (gint i = 0; i < rank && x != TFC_NONE; i++)
    x = mirror_axis (c, x, i, before[i], after[i], edge);
  return x;
}

guint
tfc_compose_space_to_depth (TfcCompose *c, guint x, gint32 b)
{
  static const gint32 order[] = {0, 1, 3, 2, 4, 5};
  TfcShape s, split, to;
  if (x == TFC_NONE)
    return x;
  s = *tfc_compose_shape (c, x);
  if (s.rank != 4 || b < 1 || b > 32767 || s.dim[1] % b || s.dim[2] % b ||
      (gint64)s.dim[3] * b * b > G_MAXINT32)
    return tfc_compose_refuse (c, FALSE, "a block that does not fit the picture");
  split = tfc_shape (6, s.dim[0], s.dim[1] / b, b, s.dim[2] / b, b, s.dim[3]);
  to = tfc_shape (4, s.dim[0], s.dim[1] / b, s.dim[2] / b, s.dim[3] * b * b);
  x = tfc_compose_transpose (c, tfc_compose_reshape (c, x, &split), order);
  return tfc_compose_reshape (c, x, &to);
}

/* n spatial axes, of blocks that can be: the batch times them is *all. */
static gboolean
good_blocks (TfcCompose *c, const TfcShape *s, const gint32 *block, const gint32 *pads, guint n,
             gint32 *all)
{
  gint64 product = 1;
  gboolean good = (gint)n + 1 <= s->rank && s->rank + n <= TFC_MAX_RANK;
  for (guint i = 0; good && i < n; i++) {
    good = block[i] >= 1 && pads[2 * i] >= 0 && pads[2 * i + 1] >= 0;
    product *= MAX (block[i], 1);
    good = good && product <= G_MAXINT32;
  }
  *all = (gint32)product;
  if (!good)
    tfc_compose_refuse (c, FALSE, "blocks or paddings that do not fit");
  return good;
}

guint
tfc_compose_space_to_batch (TfcCompose *c, guint x, const gint32 *block, const gint32 *pads,
                            guint n)
{
  TfcParams p = tfc_params (TFC_OP_PAD);
  TfcShape s, split = {0}, to;
  gint32 order[TFC_MAX_RANK], all, k = 0;
  if (x == TFC_NONE || !good_blocks (c, tfc_compose_shape (c, x), block, pads, n, &all))
    return TFC_NONE;
  for (guint i = 0; i < n; i++) {
    p.pad.before[i + 1] = pads[2 * i];
    p.pad.after[i + 1] = pads[2 * i + 1];
  }
  x = tfc_compose_emit (c, TFC_OP_PAD, &p, &x, 1);
  if (x == TFC_NONE)
    return x;
  to = s = *tfc_compose_shape (c, x);
  split.dim[split.rank++] = s.dim[0];
  for (guint i = 0; i < n; i++) {
    if (s.dim[i + 1] % block[i])
      return tfc_compose_refuse (c, FALSE, "blocks that do not fill the padded input");
    to.dim[i + 1] = split.dim[split.rank++] = s.dim[i + 1] / block[i];
    split.dim[split.rank++] = block[i];
  }
  for (gint i = (gint)n + 1; i < s.rank; i++)
    split.dim[split.rank++] = s.dim[i];
  if ((gint64)s.dim[0] * all > G_MAXINT32)
    return tfc_compose_refuse (c, FALSE, "too many blocks");
  to.dim[0] = s.dim[0] * all;
  for (guint i = 0; i < n; i++)
    order[k++] = 2 * (gint32)i + 2;
  order[k++] = 0;
  for (guint i = 0; i < n; i++)
    order[k++] = 2 * (gint32)i + 1;
  for (; k < split.rank; k++)
    order[k] = k;
  x = tfc_compose_transpose (c, tfc_compose_reshape (c, x, &split), order);
  return tfc_compose_reshape (c, x, &to);
}

guint
tfc_compose_batch_to_space (TfcCompose *c, guint x, const gint32 *block, const gint32 *crops,
                            guint n)
{
  TfcParams p = tfc_params (TFC_OP_SLICE);
  TfcShape s, split = {0}, wide, cut;
  gint32 order[TFC_MAX_RANK], all, k = 0;
  if (x == TFC_NONE || !good_blocks (c, tfc_compose_shape (c, x), block, crops, n, &all))
    return TFC_NONE;
  s = wide = cut = *tfc_compose_shape (c, x);
  if (s.dim[0] % all)
    return tfc_compose_refuse (c, FALSE, "blocks that do not fit the batch");
  for (guint i = 0; i < n; i++)
    split.dim[split.rank++] = block[i];
  split.dim[split.rank++] = wide.dim[0] = cut.dim[0] = s.dim[0] / all;
  for (gint i = 1; i < s.rank; i++)
    split.dim[split.rank++] = s.dim[i];
  order[k++] = (gint32)n;
  for (guint i = 0; i < n; i++) {
    order[k++] = (gint32)(n + 1 + i);
    order[k++] = (gint32)i;
    gint64 size = (gint64)s.dim[i + 1] * block[i];
    gint64 left = size - crops[2 * i] - crops[2 * i + 1];
    if (size > G_MAXINT32 || left < 1)
      return tfc_compose_refuse (c, FALSE, "nothing is left");
    wide.dim[i + 1] = (gint32)size;
    cut.dim[i + 1] = (gint32)left;
    p.slice.begin[i + 1] = crops[2 * i];
  }
  for (; k < split.rank; k++)
    order[k] = k;
  x = tfc_compose_transpose (c, tfc_compose_reshape (c, x, &split), order);
  return tfc_compose_slice (c, tfc_compose_reshape (c, x, &wide), &p, &cut);
}

/* [N, H, W, C] -> [N, H * sh, W * sw, C], each element at the start of its block, zeros beside it.
 */
static guint
spread (TfcCompose *c, guint x, gint sh, gint sw)
{
  TfcParams p = tfc_params (TFC_OP_PAD);
  TfcShape s = *tfc_compose_shape (c, x), split, wide;
  if (sh == 1 && sw == 1)
    return x;
  if ((gint64)s.dim[1] * sh > G_MAXINT32 || (gint64)s.dim[2] * sw > G_MAXINT32)
    return tfc_compose_refuse (c, FALSE, "strides that are too large");
  split = tfc_shape (6, s.dim[0], s.dim[1], 1, s.dim[2], 1, s.dim[3]);
  wide = tfc_shape (4, s.dim[0], s.dim[1] * sh, s.dim[2] * sw, s.dim[3]);
  p.pad.after[2] = sh - 1;
  p.pad.after[4] = sw - 1;
  x = tfc_compose_reshape (c, x, &split);
  x = x == TFC_NONE ? x : tfc_compose_emit (c, TFC_OP_PAD, &p, &x, 1);
  return tfc_compose_reshape (c, x, &wide);
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
pad_or_cut (TfcCompose *c, guint x, const gint32 before[2], const gint32 after[2])
{
  TfcParams p = tfc_params (TFC_OP_PAD), cut = tfc_params (TFC_OP_SLICE);
  TfcShape s;
  if (x == TFC_NONE)
    return x;
  s = *tfc_compose_shape (c, x);
  for (gint i = 0; i < 2; i++) {
    p.pad.before[i + 1] = before[i];
    p.pad.after[i + 1] = MAX (after[i], 0);
    s.dim[i + 1] += MIN (after[i], 0);
  }
  x = tfc_compose_slice (c, x, &cut, &s);
  return x == TFC_NONE ? x : tfc_compose_emit (c, TFC_OP_PAD, &p, &x, 1);
}

guint
tfc_compose_transpose_conv (TfcCompose *c, guint x, guint w, guint bias, gint stride_h,
                            gint stride_w, gboolean same, gint height, gint width,
                            const TfcTensor *y)
{
  TfcParams p = tfc_params (TFC_OP_CONV_2D);
  TfcTensor desc = *y;
  gint32 before[2], after[2];
  TfcShape s, k;
  if (x == TFC_NONE || w == TFC_NONE)
    return TFC_NONE;
  s = *tfc_compose_shape (c, x);
  k = *tfc_compose_shape (c, w);
  if (s.rank != 4 || k.rank != 4 || k.dim[3] != s.dim[3] || stride_h < 1 || stride_w < 1 ||
      !place_axis (s.dim[1], k.dim[1], stride_h, same, height, &before[0], &after[0]) ||
      !place_axis (s.dim[2], k.dim[2], stride_w, same, width, &before[1], &after[1]))
    return tfc_compose_refuse (c, FALSE, "input, weights and output do not fit");
  w = tfc_compose_reverse (c, w, (const gint32[]){1, 2}, 2);
  x = pad_or_cut (c, spread (c, x, stride_h, stride_w), before, after);
  if (x == TFC_NONE || w == TFC_NONE)
    return TFC_NONE;
  desc.shape = (TfcShape){.rank = -1};
  desc.data = NULL;
  return c->emit (c, TFC_OP_CONV_2D, &p, (guint[]){x, w, bias}, bias == TFC_NONE ? 2 : 3, &desc);
}

guint
tfc_compose_l2_normalise (TfcCompose *c, guint x, guint least)
{
  TfcParams p = tfc_params (TFC_OP_SUM);
  guint sum;
  if (x == TFC_NONE || tfc_compose_shape (c, x)->rank < 1)
    return x == TFC_NONE ? x : tfc_compose_refuse (c, FALSE, "a scalar has no last axis");
  p.axes.n = 1;
  p.axes.axis[0] = tfc_compose_shape (c, x)->rank - 1;
  p.axes.keep_dims = TRUE;
  sum = tfc_compose_unary (c, TFC_OP_SQUARE, x);
  sum = tfc_compose_emit (c, TFC_OP_SUM, &p, &sum, 1);
  sum = tfc_compose_unary (c, TFC_OP_SQRT, sum);
  return tfc_compose_binary (c, TFC_OP_DIV, x, tfc_compose_binary (c, TFC_OP_MAXIMUM, sum, least));
}
