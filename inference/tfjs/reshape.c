/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/tfjs/reader.h"

#include <string.h>

gboolean
tfjs_reshape_op (TfjsCall *c, gint which)
{
  TfcShape shape = {0};
  guint n = 0, x = tfjs_tensor (c, 0);
  if (x == TFC_NONE || !tfjs_ints (c, 1, shape.dim, TFC_MAX_RANK, &n))
    return FALSE;
  shape.rank = (gint)n;
  return tfjs_give_id (c, tfjs_reshape (c, x, &shape));
}

/* The shape of a tensor or a picture. */
static gboolean
shape_of (TfjsCall *c, TfcShape *shape)
{
  if (c->in[0].kind == TFJS_PICTURE) {
    *shape = c->in[0].shape;
    return TRUE;
  }
  guint x = tfjs_tensor (c, 0);
  if (x != TFC_NONE)
    *shape = tfjs_desc (c, x)->shape;
  return x != TFC_NONE;
}

static gboolean
give_shaped (TfjsCall *c, const TfcShape *shape)
{
  TfjsValue v = c->in[0];
  if (v.kind != TFJS_PICTURE)
    return tfjs_give_id (c, tfjs_reshape (c, tfjs_tensor (c, 0), shape));
  v.shape = *shape;
  return tfjs_give (c, &v);
}

gboolean
tfjs_squeeze (TfjsCall *c, gint which)
{
  TfcShape from, to = {0};
  gint32 axes[TFC_MAX_RANK];
  gboolean drop[TFC_MAX_RANK] = {FALSE};
  gint n = tfjs_attr_ints (c, "squeeze_dims", axes, TFC_MAX_RANK);
  if (n < 0)
    n = tfjs_attr_ints (c, "axis", axes, TFC_MAX_RANK);
  if (c->l->error || !shape_of (c, &from))
    return FALSE;
  for (gint i = 0; i < n; i++) {
    if (!tfjs_axis (c, &axes[i], from.rank))
      return FALSE;
    if (from.dim[axes[i]] != 1)
      return tfjs_bad (c, "dimension %d is not 1", axes[i]);
    drop[axes[i]] = TRUE;
  }
  for (gint i = 0; i < from.rank; i++) {
    if (!(n > 0 ? drop[i] : from.dim[i] == 1))
      to.dim[to.rank++] = from.dim[i];
  }
  return give_shaped (c, &to);
}

gboolean
tfjs_expand_dims (TfjsCall *c, gint which)
{
  TfcShape from, to = {0};
  gint32 axis;
  if (!shape_of (c, &from) || !tfjs_int (c, 1, &axis) || !tfjs_axis (c, &axis, from.rank + 1))
    return FALSE;
  if (from.rank >= TFC_MAX_RANK)
    return tfjs_unsupported (c, "more than %d dimensions", TFC_MAX_RANK);
  for (gint i = 0; i <= from.rank; i++)
    to.dim[to.rank++] = i == axis ? 1 : from.dim[i - (i > axis)];
  return give_shaped (c, &to);
}

gboolean
tfjs_concat_op (TfjsCall *c, gint axis_first)
{
  guint n = c->n_in - 1, in[TFC_MAX_NODE_INPUTS];
  gint32 axis;
  if (!tfjs_int (c, axis_first ? 0 : n, &axis))
    return FALSE;
  for (guint k = 0; k < n; k++) {
    in[k] = tfjs_tensor (c, k + (axis_first ? 1 : 0));
    if (in[k] == TFC_NONE || (k == 0 && !tfjs_axis (c, &axis, tfjs_desc (c, in[k])->shape.rank)))
      return FALSE;
  }
  return tfjs_give_id (c, tfjs_concat (c, in, n, axis));
}

gboolean
tfjs_transpose (TfjsCall *c, gint which)
{
  TfcParams p = tfc_params (TFC_OP_TRANSPOSE);
  guint n = 0;
  if (!tfjs_ints (c, 1, p.axes.axis, TFC_MAX_AXES, &n))
    return FALSE;
  p.axes.n = (gint)n;
  return tfjs_give_id (c, tfjs_emit1 (c, TFC_OP_TRANSPOSE, &p, tfjs_tensor (c, 0)));
}

static gboolean
pads_with (TfjsCall *c, gfloat *value)
{
  guint id = tfjs_tensor (c, 2);
  const TfcTensor *t = id == TFC_NONE ? NULL : tfjs_desc (c, id);
  if (!t)
    return FALSE;
  if (!t->data || t->type != TFC_TYPE_F32 || tfc_tensor_count (t) != 1)
    return tfjs_unsupported (c, "with what is no constant number");
  *value = ((const gfloat *)t->data)[0];
  return TRUE;
}

gboolean
tfjs_pad (TfjsCall *c, gint which)
{
  TfcParams p = tfc_params (TFC_OP_PAD);
  gint32 pads[2 * TFC_MAX_AXES];
  guint n = 0, x = tfjs_tensor (c, 0);
  if (x == TFC_NONE || !tfjs_ints (c, 1, pads, 2 * TFC_MAX_AXES, &n) ||
      (c->n_in > 2 && !pads_with (c, &p.pad.value)))
    return FALSE;
  if (n != 2 * (guint)tfjs_desc (c, x)->shape.rank)
    return tfjs_bad (c, "%u paddings for %d dimensions", n, tfjs_desc (c, x)->shape.rank);
  for (guint i = 0; i < n / 2; i++) {
    p.pad.before[i] = pads[2 * i];
    p.pad.after[i] = pads[2 * i + 1];
  }
  return tfjs_give_id (c, tfjs_emit1 (c, TFC_OP_PAD, &p, x));
}

gboolean
tfjs_depth_to_space (TfjsCall *c, gint which)
{
  TfcParams p = tfc_params (TFC_OP_DEPTH_TO_SPACE);
  gchar *format = tfjs_attr_string (c, "data_format");
  gboolean nhwc = !format || strcmp (format, "NHWC") == 0;
  g_free (format);
  if (!nhwc)
    return tfjs_unsupported (c, "another data format than NHWC");
  p.block = tfjs_attr_int (c, "block_size", 0);
  return tfjs_give_id (c, tfjs_emit1 (c, TFC_OP_DEPTH_TO_SPACE, &p, tfjs_tensor (c, 0)));
}
