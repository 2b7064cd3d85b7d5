/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/operators.h"

static guint
mirror_axis (TfcBuilder *b, guint x, gint axis, gint32 before, gint32 after, gboolean edge)
{
  gint32 size = tfc_builder_shape (b, x)->dim[axis], room = edge ? size : size - 1;
  guint in[3], n = 0;
  if (before < 0 || after < 0 || MAX (before, after) > room)
    return TFC_BAD (b, "more padding than there is to mirror");
  if (before)
    in[n++] = tfc_build_part (b, x, axis, edge ? before - 1 : before, before, -1);
  in[n++] = x;
  if (after)
    in[n++] = tfc_build_part (b, x, axis, edge ? size - 1 : size - 2, after, -1);
  return tfc_build_concat (b, in, n, axis, NULL);
}

/* Before and after each axis of x. */
static gboolean
read_pads (TfcBuilder *b, guint x, guint pads, gint32 before[TFC_MAX_AXES],
           gint32 after[TFC_MAX_AXES])
{
  gint32 v[2 * TFC_MAX_AXES];
  guint n = 0;
  if (!tfc_builder_ints (b, pads, "list of paddings", v, G_N_ELEMENTS (v), &n))
    return FALSE;
  const gint rank = tfc_builder_shape (b, x)->rank;
  if (n != 2 * (guint)rank)
    return tfc_builder_bad (b, "%u paddings for %d dimensions", n, rank);
  for (guint i = 0; i < n / 2; i++) {
    before[i] = v[2 * i];
    after[i] = v[2 * i + 1];
  }
  return TRUE;
}

/* Of the type of what is padded. */
static gboolean
read_value (TfcBuilder *b, guint x, guint value, gdouble *number)
{
  const TfcType of = tfc_builder_tensor (b, x)->type;
  if (value == TFC_NONE || !tfc_builder_number (b, value, "value", number))
    return value == TFC_NONE;
  if (of == TFC_TYPE_I32 && (gdouble)(gfloat)*number != *number)
    return tfc_builder_unsupported (b, "pads with %.0f, which float32 does not have", *number);
  return tfc_builder_tensor (b, value)->type == of ||
         tfc_builder_bad (b, "pads %s with %s", tfc_type_name (of),
                          tfc_type_name (tfc_builder_tensor (b, value)->type));
}

guint
tfc_build_pad (TfcBuilder *b, guint x, guint pads, guint value, const TfcTensor *y)
{
  TfcParams p = tfc_params (TFC_OP_PAD);
  gdouble number = 0;
  if (!read_pads (b, x, pads, p.pad.before, p.pad.after) || !read_value (b, x, value, &number))
    return TFC_NONE;
  p.pad.value = (gfloat)number;
  return tfc_build (b, TFC_OP_PAD, &p, &x, 1, y);
}

guint
tfc_build_mirror_pad (TfcBuilder *b, guint x, guint pads, gboolean edge)
{
  gint32 before[TFC_MAX_AXES] = {0}, after[TFC_MAX_AXES] = {0};
  if (!read_pads (b, x, pads, before, after))
    return TFC_NONE;
  const gint rank = tfc_builder_shape (b, x)->rank;
  for (gint i = 0; i < rank && x != TFC_NONE; i++)
    x = mirror_axis (b, x, i, before[i], after[i], edge);
  return x;
}

gboolean
tfc_build_resize_params (TfcBuilder *b, TfcOp op, guint size, gboolean align_corners,
                         gboolean half_pixel, TfcParams *p)
{
  gint32 v[2];
  guint n = 0;
  if (!tfc_builder_ints (b, size, "size", v, 2, &n))
    return FALSE;
  if (n != 2)
    return tfc_builder_bad (b, "a size of %u numbers", n);
  *p = tfc_params (op);
  p->resize.height = v[0];
  p->resize.width = v[1];
  p->resize.align_corners = align_corners;
  p->resize.half_pixel = half_pixel;
  return TRUE;
}

guint
tfc_build_depth_to_space (TfcBuilder *b, guint x, gint32 block, const TfcTensor *y)
{
  TfcParams p = tfc_params (TFC_OP_DEPTH_TO_SPACE);
  p.block = block;
  return tfc_build (b, TFC_OP_DEPTH_TO_SPACE, &p, &x, 1, y);
}

guint
tfc_build_space_to_depth (TfcBuilder *b, guint x, gint32 n)
{
  static const gint32 order[] = {0, 1, 3, 2, 4, 5};
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  const TfcShape s = *tfc_builder_shape (b, x);
  if (s.rank != 4 || n < 1 || n > 32767 || s.dim[1] % n || s.dim[2] % n ||
      (gint64)s.dim[3] * n * n > G_MAXINT32)
    return TFC_BAD (b, "a block that does not fit the picture");
  const TfcShape split = tfc_shape (6, s.dim[0], s.dim[1] / n, n, s.dim[2] / n, n, s.dim[3]);
  const TfcShape to = tfc_shape (4, s.dim[0], s.dim[1] / n, s.dim[2] / n, s.dim[3] * n * n);
  x = tfc_build_transpose (b, tfc_build_reshape (b, x, &split), order);
  return tfc_build_reshape (b, x, &to);
}

/* Spatial axes after the batch, and what is done to each. */
typedef struct {
  guint n;
  gint32 block[TFC_MAX_AXES], before[TFC_MAX_AXES], after[TFC_MAX_AXES];
  gint32 all; /* the product of the blocks */
} Blocks;

/* Those of a shape, if they can be. */
static gboolean
read_blocks (TfcBuilder *b, guint x, guint block, guint pads, Blocks *to)
{
  gint32 v[2 * TFC_MAX_AXES];
  gint64 product = 1;
  guint n_pads = 0;
  if (!tfc_builder_ints (b, block, "list of blocks", to->block, TFC_MAX_AXES, &to->n) ||
      !tfc_builder_ints (b, pads, "list of paddings", v, G_N_ELEMENTS (v), &n_pads))
    return FALSE;
  const gint rank = tfc_builder_shape (b, x)->rank;
  if (to->n < 1 || n_pads != 2 * to->n)
    return tfc_builder_bad (b, "%u blocks and %u paddings", to->n, n_pads);
  gboolean good = (gint)to->n + 1 <= rank && rank + (gint)to->n <= TFC_MAX_RANK;
  for (guint i = 0; good && i < to->n; i++) {
    to->before[i] = v[2 * i];
    to->after[i] = v[2 * i + 1];
    product *= MAX (to->block[i], 1);
    good = to->block[i] >= 1 && v[2 * i] >= 0 && v[2 * i + 1] >= 0 && product <= G_MAXINT32;
  }
  to->all = (gint32)product;
  return good || tfc_builder_bad (b, "blocks or paddings that do not fit");
}

static guint
pad_axes (TfcBuilder *b, guint x, const Blocks *k)
{
  TfcParams p = tfc_params (TFC_OP_PAD);
  for (guint i = 0; i < k->n; i++) {
    p.pad.before[i + 1] = k->before[i];
    p.pad.after[i + 1] = k->after[i];
  }
  return tfc_build (b, TFC_OP_PAD, &p, &x, 1, NULL);
}

/* [N, H, W, C] as [N, H / h, h, W / w, w, C] to [h, w, N, H / h, W / w, C]. */
guint
tfc_build_space_to_batch (TfcBuilder *b, guint x, guint block, guint pads)
{
  TfcShape split = {0};
  gint32 order[TFC_MAX_RANK], n = 0;
  Blocks k = {0};
  if (!read_blocks (b, x, block, pads, &k) || (x = pad_axes (b, x, &k)) == TFC_NONE)
    return TFC_NONE;
  TfcShape s = *tfc_builder_shape (b, x), to = s;
  split.dim[split.rank++] = s.dim[0];
  for (guint i = 0; i < k.n; i++) {
    if (s.dim[i + 1] % k.block[i])
      return TFC_BAD (b, "blocks that do not fill the padded input");
    to.dim[i + 1] = split.dim[split.rank++] = s.dim[i + 1] / k.block[i];
    split.dim[split.rank++] = k.block[i];
    order[n++] = 2 * (gint32)i + 2;
  }
  for (gint i = (gint)k.n + 1; i < s.rank; i++)
    split.dim[split.rank++] = s.dim[i];
  if ((gint64)s.dim[0] * k.all > G_MAXINT32)
    return TFC_BAD (b, "too many blocks");
  to.dim[0] = s.dim[0] * k.all;
  order[n++] = 0;
  for (guint i = 0; i < k.n; i++)
    order[n++] = 2 * (gint32)i + 1;
  for (; n < split.rank; n++)
    order[n] = n;
  x = tfc_build_transpose (b, tfc_build_reshape (b, x, &split), order);
  return tfc_build_reshape (b, x, &to);
}

/* The way back. */
guint
tfc_build_batch_to_space (TfcBuilder *b, guint x, guint block, guint crops)
{
  TfcParams p = tfc_params (TFC_OP_SLICE);
  TfcShape split = {0};
  gint32 order[TFC_MAX_RANK], n = 0;
  Blocks k = {0};
  if (!read_blocks (b, x, block, crops, &k))
    return TFC_NONE;
  TfcShape s = *tfc_builder_shape (b, x), wide = s, cut = s;
  if (s.dim[0] % k.all)
    return TFC_BAD (b, "blocks that do not fit the batch");
  for (guint i = 0; i < k.n; i++)
    split.dim[split.rank++] = k.block[i];
  split.dim[split.rank++] = wide.dim[0] = cut.dim[0] = s.dim[0] / k.all;
  for (gint i = 1; i < s.rank; i++)
    split.dim[split.rank++] = s.dim[i];
  order[n++] = (gint32)k.n;
  for (guint i = 0; i < k.n; i++) {
    order[n++] = (gint32)(k.n + 1 + i);
    order[n++] = (gint32)i;
    gint64 size = (gint64)s.dim[i + 1] * k.block[i], left = size - k.before[i] - k.after[i];
    if (size > G_MAXINT32 || left < 1)
      return TFC_BAD (b, "nothing is left");
    wide.dim[i + 1] = (gint32)size;
    cut.dim[i + 1] = (gint32)left;
    p.slice.begin[i + 1] = k.before[i];
  }
  for (; n < split.rank; n++)
    order[n] = n;
  x = tfc_build_transpose (b, tfc_build_reshape (b, x, &split), order);
  return tfc_build_slice (b, tfc_build_reshape (b, x, &wide), &p, &cut);
}
