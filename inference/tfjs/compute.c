/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/tfjs/reader.h"

#include <string.h>

static gboolean
need_nhwc (TfjsCall *c)
{
  gchar *format = tfjs_attr_string (c, "data_format");
  gboolean ok = !format || strcmp (format, "NHWC") == 0;
  if (!ok)
    tfjs_unsupported (c, "data format %s", format);
  g_free (format);
  return ok;
}

static gboolean
padding (TfjsCall *c, TfcWindow *w)
{
  gchar *name = tfjs_attr_string (c, "padding");
  gint32 pads[8];
  gboolean ok = TRUE;
  if (name && strcmp (name, "SAME") == 0)
    w->same = TRUE;
  else if (name && strcmp (name, "EXPLICIT") == 0) {
    ok = tfjs_attr_ints (c, "explicit_paddings", pads, 8) == 8 ||
         tfjs_bad (c, "eight explicit paddings are needed");
    if (ok) {
      w->pad_top = pads[2], w->pad_bottom = pads[3];
      w->pad_left = pads[4], w->pad_right = pads[5];
    }
  } else if (!name || strcmp (name, "VALID")) {
    ok = tfjs_unsupported (c, "padding %s", name ? name : "is missing");
  }
  g_free (name);
  return ok;
}

/* [1, h, w, 1] */
static gboolean
pair (TfjsCall *c, const gchar *name, gboolean needed, gint *h, gint *w)
{
  gint32 v[4];
  gint n = tfjs_attr_ints (c, name, v, 4);
  if (n <= 0 && !needed)
    return TRUE;
  if (n != 4 || v[0] != 1 || v[3] != 1)
    return tfjs_unsupported (c, "%s is not 1, h, w, 1", name);
  *h = v[1];
  *w = v[2];
  return TRUE;
}

static gboolean
window (TfjsCall *c, TfcWindow *w)
{
  return need_nhwc (c) && padding (c, w) && pair (c, "strides", TRUE, &w->stride_h, &w->stride_w);
}

static guint
clamped (TfjsCall *c, guint x, gfloat min, gfloat max)
{
  TfcParams p = tfc_params (TFC_OP_CLAMP);
  p.clamp = (TfcClamp){min, max};
  return tfjs_emit1 (c, TFC_OP_CLAMP, &p, x);
}

/* One fused op on x; *arg is the next of the node's extra inputs. */
static guint
fuse (TfjsCall *c, const gchar *name, guint x, guint *arg)
{
  if (strcmp (name, "BiasAdd") == 0)
    return tfjs_emit2 (c, TFC_OP_ADD, x, tfjs_tensor (c, (*arg)++));
  if (strcmp (name, "Relu") == 0)
    return clamped (c, x, 0, G_MAXFLOAT);
  if (strcmp (name, "Relu6") == 0)
    return clamped (c, x, 0, 6);
  if (strcmp (name, "Sigmoid") == 0)
    return tfjs_emit1 (c, TFC_OP_SIGMOID, NULL, x);
  if (strcmp (name, "Prelu") == 0)
    return tfjs_emit2 (c, TFC_OP_PRELU, x, tfjs_tensor (c, (*arg)++));
  if (strcmp (name, "LeakyRelu") == 0) {
    TfcParams p = tfc_params (TFC_OP_LEAKY_RELU);
    p.alpha = tfjs_attr_float (c, "leakyrelu_alpha", 0.2f);
    return tfjs_emit1 (c, TFC_OP_LEAKY_RELU, &p, x);
  }
  if (strcmp (name, "FusedBatchNorm") == 0) {
    guint bn[4];
    for (guint k = 0; k < 4; k++)
      bn[k] = tfjs_tensor (c, (*arg)++);
    return tfjs_scale_channels (c, x, bn, tfjs_attr_float (c, "epsilon", 0.001f));
  }
  tfjs_unsupported (c, "fused op %s", name);
  return TFC_NONE;
}

static guint
fuse_all (TfjsCall *c, guint x)
{
  gchar **names = tfjs_attr_strings (c, "fused_ops");
  guint arg = 2;
  for (guint i = 0; names && names[i] && x != TFC_NONE; i++)
    x = fuse (c, names[i], x, &arg);
  if (x != TFC_NONE && arg != c->n_in) {
    tfjs_bad (c, "%u inputs, of which %u are used", c->n_in, arg);
    x = TFC_NONE;
  }
  g_strfreev (names);
  return x;
}

/* HWIO -> OHWI. */
static guint
conv_weights (TfjsCall *c)
{
  TfcParams p = tfc_params (TFC_OP_TRANSPOSE);
  if (c->in[1].kind == TFJS_WEIGHT)
    return tfjs_weight (c->l, c->in[1].id, TFJS_TURNED);
  p.axes.n = 4;
  memcpy (p.axes.axis, (gint32[]){3, 0, 1, 2}, 4 * sizeof (gint32));
  return tfjs_emit1 (c, TFC_OP_TRANSPOSE, &p, tfjs_tensor (c, 1));
}

/* HWCM -> 1HW(CM): the same elements in the same order. */
static guint
depthwise_weights (TfjsCall *c, guint x)
{
  guint id = tfjs_tensor (c, 1);
  if (id == TFC_NONE || x == TFC_NONE)
    return TFC_NONE;
  const TfcShape *s = &tfjs_desc (c, id)->shape, *xs = &tfjs_desc (c, x)->shape;
  gint64 channels = s->rank == 4 ? (gint64)s->dim[2] * s->dim[3] : 0;
  if (channels < 1 || channels > G_MAXINT32 || xs->rank != 4 || xs->dim[3] != s->dim[2]) {
    tfjs_bad (c, "weights that do not fit the input");
    return TFC_NONE;
  }
  TfcShape to = tfc_shape (4, 1, s->dim[0], s->dim[1], (gint)channels);
  return tfjs_reshape (c, id, &to);
}

gboolean
tfjs_conv (TfjsCall *c, gint op)
{
  TfcParams p = tfc_params ((TfcOp)op);
  if (!window (c, &p.window) ||
      !pair (c, "dilations", FALSE, &p.window.dilation_h, &p.window.dilation_w))
    return FALSE;
  guint x = tfjs_tensor (c, 0);
  guint w = op == TFC_OP_CONV_2D ? conv_weights (c) : depthwise_weights (c, x);
  guint y = tfjs_emit (c, (TfcOp)op, &p, (guint[]){x, w}, 2);
  return tfjs_give_id (c, fuse_all (c, y));
}

gboolean
tfjs_matmul (TfjsCall *c, gint fused)
{
  TfcParams p = tfc_params (TFC_OP_TRANSPOSE);
  guint w;
  if (tfjs_attr_bool (c, "transpose_a", FALSE))
    return tfjs_unsupported (c, "with the first factor transposed");
  if (tfjs_attr_bool (c, "transpose_b", FALSE))
    w = tfjs_tensor (c, 1);
  else if (c->in[1].kind == TFJS_WEIGHT)
    w = tfjs_weight (c->l, c->in[1].id, TFJS_TURNED);
  else {
    p.axes.n = 2;
    p.axes.axis[0] = 1;
    w = tfjs_emit1 (c, TFC_OP_TRANSPOSE, &p, tfjs_tensor (c, 1));
  }
  guint y = tfjs_emit2 (c, TFC_OP_FULLY_CONNECTED, tfjs_tensor (c, 0), w);
  return tfjs_give_id (c, fuse_all (c, y));
}

gboolean
tfjs_batch_norm (TfjsCall *c, gint which)
{
  guint bn[4];
  if (!need_nhwc (c))
    return FALSE;
  for (guint k = 0; k < 4; k++)
    bn[k] = tfjs_tensor (c, k + 1);
  gfloat epsilon = tfjs_attr_float (c, "epsilon", 0.0001f);
  return tfjs_give_id (c, tfjs_scale_channels (c, tfjs_tensor (c, 0), bn, epsilon));
}

gboolean
tfjs_pool (TfjsCall *c, gint op)
{
  TfcParams p = tfc_params ((TfcOp)op);
  if (!window (c, &p.window) || !pair (c, "ksize", TRUE, &p.window.kernel_h, &p.window.kernel_w))
    return FALSE;
  return tfjs_give_id (c, tfjs_emit1 (c, (TfcOp)op, &p, tfjs_tensor (c, 0)));
}

gboolean
tfjs_reduce (TfjsCall *c, gint op)
{
  TfcParams p = tfc_params ((TfcOp)op);
  guint n = 0;
  if (!tfjs_ints (c, 1, p.axes.axis, TFC_MAX_AXES, &n))
    return FALSE;
  p.axes.n = (gint)n;
  p.axes.keep_dims = tfjs_attr_bool (c, "keep_dims", FALSE);
  return tfjs_give_id (c, tfjs_emit1 (c, (TfcOp)op, &p, tfjs_tensor (c, 0)));
}

gboolean
tfjs_arg (TfjsCall *c, gint op)
{
  TfcParams p = tfc_params ((TfcOp)op);
  return tfjs_int (c, 1, &p.axis) &&
         tfjs_give_id (c, tfjs_emit_as (c, (TfcOp)op, &p, tfjs_tensor (c, 0), TFC_TYPE_I32));
}

/* Inputs: the result's shape, weights HWOI, x. */
gboolean
tfjs_conv_transpose (TfjsCall *c, gint which)
{
  TfjsCompose compose = tfjs_compose (c);
  TfcWindow w = tfc_params (TFC_OP_CONV_2D).window;
  gint32 to[4];
  guint n = 0, x = tfjs_tensor (c, 2), k = tfjs_tensor (c, 1);
  if (x == TFC_NONE || k == TFC_NONE || !window (c, &w) || !tfjs_ints (c, 0, to, 4, &n))
    return FALSE;
  if (n != 4 || tfjs_desc (c, k)->shape.rank != 4)
    return tfjs_bad (c, "a result or weights of another rank than 4");
  if (!w.same && (w.pad_top || w.pad_bottom || w.pad_left || w.pad_right))
    return tfjs_unsupported (c, "with explicit paddings");
  TfcTensor y = *tfjs_desc (c, x);
  k = tfc_compose_transpose (&compose.base, k, (const gint32[]){2, 0, 1, 3});
  return tfjs_give_id (c, tfc_compose_transpose_conv (&compose.base, x, k, TFC_NONE, w.stride_h,
                                                      w.stride_w, w.same, to[1], to[2], &y));
}

/* A picture of any size that is resized: whoever fills the input has done that already. */
static gboolean
resize_picture (TfjsCall *c, const TfcParams *p)
{
  TfjsValue v = c->in[0];
  if (p->resize.align_corners || p->resize.half_pixel)
    return tfjs_unsupported (c, "the picture with aligned corners or half pixels");
  if (v.shape.rank != 4 || v.shape.dim[0] != 1)
    return tfjs_bad (c, "the picture is not one of height x width x channels");
  if (p->resize.height < 1 || p->resize.width < 1)
    return tfjs_bad (c, "to %dx%d pixels", p->resize.width, p->resize.height);
  v.shape.dim[1] = p->resize.height;
  v.shape.dim[2] = p->resize.width;
  v.type = TFC_TYPE_F32;
  return tfjs_give_id (c, tfjs_value_tensor (c, &v));
}

gboolean
tfjs_resize (TfjsCall *c, gint op)
{
  TfcParams p = tfc_params ((TfcOp)op);
  gint32 size[2];
  guint n = 0;
  if (!tfjs_ints (c, 1, size, 2, &n) || (n != 2 && !tfjs_bad (c, "a size of %u numbers", n)))
    return FALSE;
  p.resize.height = size[0];
  p.resize.width = size[1];
  p.resize.align_corners = tfjs_attr_bool (c, "align_corners", FALSE);
  p.resize.half_pixel = tfjs_attr_bool (c, "half_pixel_centers", FALSE);
  if (c->in[0].kind == TFJS_PICTURE && op != TFC_OP_RESIZE_BILINEAR)
    return tfjs_unsupported (c, "the picture to its nearest pixels");
  if (c->in[0].kind == TFJS_PICTURE)
    return resize_picture (c, &p);
  return tfjs_give_id (c, tfjs_emit1 (c, (TfcOp)op, &p, tfjs_tensor (c, 0)));
}
