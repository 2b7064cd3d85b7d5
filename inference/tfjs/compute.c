/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/reader.h"

#include <string.h>

static gboolean
need_nhwc (TfjsCall *c)
{
  gchar *format = tfjs_attr_string (c, "data_format");
  gboolean ok = !format || strcmp (format, "NHWC") == 0;
  if (!ok)
    tfc_builder_unsupported (c->b, "data format %s", format);
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
         tfc_builder_bad (c->b, "eight explicit paddings are needed");
    if (ok) {
      w->pad_top = pads[2], w->pad_bottom = pads[3];
      w->pad_left = pads[4], w->pad_right = pads[5];
    }
  } else if (!name || strcmp (name, "VALID")) {
    ok = tfc_builder_unsupported (c->b, "padding %s", name ? name : "is missing");
  }
  g_free (name);
  return ok;
}

/* [1, h, w, 1]; BodyPix has other dilations there, of which TensorFlow.js, too, looks at the two in
 * the middle. */
static gboolean
pair (TfjsCall *c, const gchar *name, gboolean needed, gint *h, gint *w)
{
  gint32 v[4];
  gint n = tfjs_attr_ints (c, name, v, 4);
  if (n <= 0 && !needed)
    return TRUE;
  if (n != 4 || (needed && (v[0] != 1 || v[3] != 1)))
    return tfc_builder_unsupported (c->b, "%s is not 1, h, w, 1", name);
  *h = v[1];
  *w = v[2];
  return TRUE;
}

static gboolean
window (TfjsCall *c, TfcWindow *w)
{
  return need_nhwc (c) && padding (c, w) && pair (c, "strides", TRUE, &w->stride_h, &w->stride_w);
}

/* One fused op on x; *arg is the next of the node's extra inputs. */
static guint
fuse (TfjsCall *c, const gchar *name, guint x, guint *arg)
{
  guint bn[4];
  if (strcmp (name, "BiasAdd") == 0)
    return tfc_build2 (c->b, TFC_OP_ADD, x, tfjs_tensor (c, (*arg)++));
  if (strcmp (name, "Relu") == 0)
    return tfc_build_clamp (c->b, x, TFC_RELU, NULL);
  if (strcmp (name, "Relu6") == 0)
    return tfc_build_clamp (c->b, x, TFC_RELU6, NULL);
  if (strcmp (name, "Elu") == 0)
    return tfc_build1 (c->b, TFC_OP_ELU, x);
  if (strcmp (name, "Sigmoid") == 0)
    return tfc_build1 (c->b, TFC_OP_SIGMOID, x);
  if (strcmp (name, "Prelu") == 0)
    return tfc_build2 (c->b, TFC_OP_PRELU, x, tfjs_tensor (c, (*arg)++));
  if (strcmp (name, "LeakyRelu") == 0)
    return tfc_build_alpha (c->b, TFC_OP_LEAKY_RELU, x,
                            tfjs_attr_float (c, "leakyrelu_alpha", 0.2f), NULL);
  if (strcmp (name, "FusedBatchNorm") == 0) {
    if (!tfjs_tensors (c, *arg, 4, bn))
      return TFC_NONE;
    *arg += 4;
    return tfc_build_scale_channels (c->b, x, bn, tfjs_attr_float (c, "epsilon", 0.001f));
  }
  return TFC_UNSUPPORTED (c->b, "fused op %s", name);
}

static guint
fuse_all (TfjsCall *c, guint x)
{
  gchar **names = tfjs_attr_strings (c, "fused_ops");
  guint arg = 2;
  for (guint i = 0; names && names[i] && x != TFC_NONE; i++)
    x = fuse (c, names[i], x, &arg);
  if (x != TFC_NONE && arg != c->n_in)
    x = TFC_BAD (c->b, "%u inputs, of which %u are used", c->n_in, arg);
  g_strfreev (names);
  return x;
}

/* HWIO -> OHWI. */
static guint
conv_weights (TfjsCall *c)
{
  if (c->in[1].kind == TFJS_WEIGHT)
    return tfjs_weight (c->l, c->in[1].id, TFJS_TURNED);
  const guint w = tfjs_tensor (c, 1);
  if (w != TFC_NONE && tfc_builder_shape (c->b, w)->rank != 4)
    return TFC_BAD (c->b, "weights that do not fit the input");
  return tfc_build_transpose (c->b, w, (const gint32[]){3, 0, 1, 2});
}

/* HWCM -> 1HW(CM): the same elements in the same order. */
static guint
depthwise_weights (TfjsCall *c, guint x)
{
  const guint id = tfjs_tensor (c, 1);
  if (id == TFC_NONE || x == TFC_NONE)
    return TFC_NONE;
  const TfcShape *s = tfc_builder_shape (c->b, id), *xs = tfc_builder_shape (c->b, x);
  const gint64 channels = s->rank == 4 ? (gint64)s->dim[2] * s->dim[3] : 0;
  if (channels < 1 || channels > G_MAXINT32 || xs->rank != 4 || xs->dim[3] != s->dim[2])
    return TFC_BAD (c->b, "weights that do not fit the input");
  const TfcShape to = tfc_shape (4, 1, s->dim[0], s->dim[1], (gint)channels);
  return tfc_build_reshape (c->b, id, &to);
}

gboolean
tfjs_conv (TfjsCall *c, gint op)
{
  TfcParams p = tfc_params ((TfcOp)op);
  if (!window (c, &p.window) ||
      !pair (c, "dilations", FALSE, &p.window.dilation_h, &p.window.dilation_w))
    return FALSE;
  const guint x = tfjs_tensor (c, 0);
  const guint w = op == TFC_OP_CONV_2D ? conv_weights (c) : depthwise_weights (c, x);
  return tfjs_give_id (c, fuse_all (c, tfc_build (c->b, (TfcOp)op, &p, (guint[]){x, w}, 2, NULL)));
}

gboolean
tfjs_matmul (TfjsCall *c, gint which)
{
  guint x = tfjs_tensor (c, 0);
  if (x == TFC_NONE)
    return FALSE;
  if (tfjs_attr_bool (c, "transpose_a", FALSE)) {
    if (tfc_builder_shape (c->b, x)->rank != 2)
      return tfc_builder_bad (c->b, "its first factor is no matrix");
    x = tfc_build_transpose (c->b, x, (const gint32[]){1, 0});
  }
  gboolean transposed = tfjs_attr_bool (c, "transpose_b", FALSE);
  const gboolean turned = !transposed && c->in[1].kind == TFJS_WEIGHT;
  const guint w = turned ? tfjs_weight (c->l, c->in[1].id, TFJS_TURNED) : tfjs_tensor (c, 1);
  return tfjs_give_id (c, fuse_all (c, tfc_build_matmul (c->b, x, w, transposed || turned, NULL)));
}

gboolean
tfjs_batch_matmul (TfjsCall *c, gint which)
{
  const gboolean first = tfjs_attr_bool (c, "adj_x", FALSE),
                 second = tfjs_attr_bool (c, "adj_y", FALSE);
  guint in[2];
  return tfjs_tensors (c, 0, 2, in) &&
         tfjs_give_id (c, tfc_build_batch_matmul (c->b, in[0], in[1], first, second, NULL));
}

gboolean
tfjs_batch_norm (TfjsCall *c, gint which)
{
  const gfloat epsilon = tfjs_attr_float (c, "epsilon", 0.0001f);
  guint in[5];
  return need_nhwc (c) && tfjs_tensors (c, 0, 5, in) &&
         tfjs_give_id (c, tfc_build_scale_channels (c->b, in[0], in + 1, epsilon));
}

gboolean
tfjs_pool (TfjsCall *c, gint op)
{
  TfcParams p = tfc_params ((TfcOp)op);
  if (!window (c, &p.window) || !pair (c, "ksize", TRUE, &p.window.kernel_h, &p.window.kernel_w))
    return FALSE;
  const guint x = tfjs_tensor (c, 0);
  return tfjs_give_id (c, tfc_build (c->b, (TfcOp)op, &p, &x, 1, NULL));
}

gboolean
tfjs_reduce (TfjsCall *c, gint op)
{
  const gboolean keep = tfjs_attr_bool (c, "keep_dims", FALSE);
  guint in[2];
  return tfjs_tensors (c, 0, 2, in) &&
         tfjs_give_id (c, tfc_build_reduce (c->b, (TfcOp)op, in[0], in[1], keep, NULL));
}

gboolean
tfjs_arg (TfjsCall *c, gint op)
{
  guint in[2];
  return tfjs_tensors (c, 0, 2, in) &&
         tfjs_give_id (c, tfc_build_arg (c->b, (TfcOp)op, in[0], in[1]));
}

/* Inputs: the result's shape, weights HWOI, x. */
gboolean
tfjs_conv_transpose (TfjsCall *c, gint which)
{
  TfcWindow w = tfc_params (TFC_OP_TRANSPOSE_CONV_2D).window;
  guint in[3];
  if (!tfjs_tensors (c, 0, 3, in) || !window (c, &w))
    return FALSE;
  if (tfc_builder_shape (c->b, in[1])->rank != 4)
    return tfc_builder_bad (c->b, "weights of another rank than 4");
  in[1] = tfc_build_transpose (c->b, in[1], (const gint32[]){2, 0, 1, 3});
  return tfjs_give_id (
      c, tfc_build_transpose_conv (c->b, in[0], in[2], in[1], TFC_NONE, &w, TFC_NO_CLAMP, NULL));
}

/* A picture of any size that is resized: whoever fills the input has done that already. */
static gboolean
resize_picture (TfjsCall *c, const TfcParams *p)
{
  TfjsValue v = c->in[0];
  if (p->resize.align_corners || p->resize.half_pixel)
    return tfc_builder_unsupported (c->b, "the picture with aligned corners or half pixels");
  if (v.shape.rank != 4 || v.shape.dim[0] != 1)
    return tfc_builder_bad (c->b, "the picture is not one of height x width x channels");
  if (p->resize.height < 1 || p->resize.width < 1)
    return tfc_builder_bad (c->b, "to %dx%d pixels", p->resize.width, p->resize.height);
  v.shape.dim[1] = p->resize.height;
  v.shape.dim[2] = p->resize.width;
  v.type = TFC_TYPE_F32;
  return tfjs_give_id (c, tfjs_value_tensor (c, &v));
}

gboolean
tfjs_resize (TfjsCall *c, gint op)
{
  const gboolean corners = tfjs_attr_bool (c, "align_corners", FALSE),
                 half = tfjs_attr_bool (c, "half_pixel_centers", FALSE);
  TfcParams p;
  if (!tfc_build_resize_params (c->b, (TfcOp)op, tfjs_tensor (c, 1), corners, half, &p))
    return FALSE;
  const gboolean open = c->in[0].kind == TFJS_PICTURE && !c->in[0].fixed;
  if (open && op != TFC_OP_RESIZE_BILINEAR)
    return tfc_builder_unsupported (c->b, "the picture to its nearest pixels");
  if (open)
    return resize_picture (c, &p);
  const guint x = tfjs_tensor (c, 0);
  return tfjs_give_id (c, tfc_build (c->b, (TfcOp)op, &p, &x, 1, NULL));
}
