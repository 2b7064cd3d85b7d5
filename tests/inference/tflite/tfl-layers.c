/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tflite/tfl-layers.h"

#include <math.h>
#include <string.h>

#include "inference/arithmetic/half.h"

static gint
keep (Net *n, guint id, const TfcShape *s)
{
  g_array_set_size (n->shapes, MAX (n->shapes->len, id + 1));
  g_array_index (n->shapes, TfcShape, id) = *s;
  return (gint)id;
}

TfcShape
net_shape (Net *n, gint id)
{
  return g_array_index (n->shapes, TfcShape, id);
}

gint
net_typed (Net *n, gint type, const TfcShape *s, gfloat scale, gint zero)
{
  guint id = tflw_tensor (n->w, type, "t", s, NULL, 0);
  if (type == TFL_I8 || type == TFL_U8)
    tflw_quant (n->w, id, &scale, 1, zero, 0);
  return keep (n, id, s);
}

gboolean
net_is_int8 (const Net *n)
{
  return n->weights == TFL_WEIGHTS_INT8;
}

gint
net_value (Net *n, const TfcShape *s)
{
  return net_is_int8 (n) ? net_typed (n, TFL_I8, s, 0.05f, -5) : net_typed (n, TFL_F32, s, 0, 0);
}

gint
net_constant (Net *n, gint type, TfcShape s, const void *data, guint bytes)
{
  return keep (n, tflw_tensor (n->w, type, "c", &s, data, bytes), &s);
}

static gint
ints (Net *n, TfcShape s, const gint32 *v)
{
  gsize count;
  tfc_shape_count (&s, &count);
  return net_constant (n, TFL_I32, s, v, 4 * count);
}

/* As all formats see them: a whole number times a scale. */
typedef struct {
  gint8 *q;
  gfloat *v, *scales; /* a channel */
  gsize n, channels;
} Numbers;

static gfloat
real_weight (const Net *n, gint8 q, gfloat scale)
{
  gfloat v = (gfloat)q * scale;
  gboolean half = n->weights == TFL_WEIGHTS_HALF || n->weights == TFL_WEIGHTS_HALF_VALUES;
  return half ? tfc_half_to_float (tfc_half_from_float (v)) : v;
}

/* inner: elements of one step along the channels' axis. */
static Numbers
make_numbers (Net *n, const TfcShape *s, gint axis)
{
  Numbers w = {.channels = s->dim[axis]};
  gsize inner = 1;
  gboolean one = n->weights == TFL_WEIGHTS_HYBRID || n->weights == TFL_WEIGHTS_TENSOR_VALUES;
  for (gint i = axis + 1; i < s->rank; i++)
    inner *= s->dim[i];
  tfc_shape_count (s, &w.n);
  w.q = g_new (gint8, w.n);
  w.v = g_new (gfloat, w.n);
  w.scales = g_new (gfloat, w.channels);
  gfloat wide = 2 / sqrtf ((gfloat)(w.n / (axis == 0 ? w.channels : w.channels))) / 127;
  for (gsize i = 0; i < w.channels; i++)
    w.scales[i] = one ? wide : wide * (gfloat)g_rand_double_range (n->rand, 0.5, 1.5);
  for (gsize i = 0; i < w.n; i++) {
    w.q[i] = (gint8)g_rand_int_range (n->rand, -127, 128);
    w.v[i] = real_weight (n, w.q[i], w.scales[i / inner % w.channels]);
  }
  return w;
}

static gint
add_weights (Net *n, const TfcShape *s, gint axis, gfloat *scales)
{
  Numbers w = make_numbers (n, s, axis);
  gint id;
  if (n->weights == TFL_WEIGHTS_HALF) {
    guint16 *half = g_new (guint16, w.n);
    for (gsize i = 0; i < w.n; i++)
      half[i] = tfc_half_from_float (w.v[i]);
    gint stored = net_constant (n, TFL_F16, *s, half, 2 * w.n);
    id = net_typed (n, TFL_F32, s, 0, 0);
    tflw_op (n->w, DEQUANTIZE, NULL, &stored, 1, &id, 1);
    g_free (half);
  } else if (n->weights == TFL_WEIGHTS_HYBRID || n->weights == TFL_WEIGHTS_HYBRID_CHANNELS ||
             net_is_int8 (n)) {
    id = net_constant (n, TFL_I8, *s, w.q, w.n);
    tflw_quant (n->w, id, w.scales, n->weights == TFL_WEIGHTS_HYBRID ? 1 : w.channels, 0, axis);
  } else {
    id = net_constant (n, TFL_F32, *s, w.v, 4 * w.n);
  }
  memcpy (scales, w.scales, w.channels * sizeof *scales);
  g_free (w.q);
  g_free (w.v);
  g_free (w.scales);
  return id;
}

static gint
add_bias (Net *n, gint channels, gfloat *scales)
{
  TfcShape s = tfc_shape (1, channels);
  g_autofree gfloat *v = g_new (gfloat, channels);
  g_autofree gint32 *q = g_new (gint32, channels);
  for (gint i = 0; i < channels; i++) {
    v[i] = (gfloat)g_rand_double_range (n->rand, -0.3, 0.3);
    scales[i] *= 0.05f;
    q[i] = (gint32)lrintf (v[i] / scales[i]);
  }
  if (!net_is_int8 (n))
    return net_constant (n, TFL_F32, s, v, 4 * channels);
  gint id = net_constant (n, TFL_I32, s, q, 4 * channels);
  tflw_quant (n->w, id, scales, channels, 0, 0);
  return id;
}

gint
net_layer (Net *n, gint x, gint outputs, gint k, gint stride, gint act)
{
  gboolean deep = outputs == 0;
  TfcShape s = net_shape (n, x), y = s;
  y.dim[3] = deep ? s.dim[3] : outputs;
  TfcShape ws = deep ? tfc_shape (4, 1, k, k, s.dim[3]) : tfc_shape (4, outputs, k, k, s.dim[3]);
  g_autofree gfloat *scales = g_new (gfloat, y.dim[3]);
  for (gint i = 1; i < 3; i++)
    y.dim[i] = (s.dim[i] + stride - 1) / stride;
  gint w = add_weights (n, &ws, deep ? 3 : 0, scales), b = add_bias (n, y.dim[3], scales);
  gint out = net_value (n, &y);
  guint op = tflw_op (n->w, deep ? DEPTHWISE : CONV, NULL, IDS (x, w, b), &out, 1);
  tflw_option (n->w, op, 1, stride);
  tflw_option (n->w, op, 2, stride);
  if (deep)
    tflw_option (n->w, op, 3, 1);
  tflw_option (n->w, op, deep ? 4 : 3, act);
  return out;
}

gint
net_separable (Net *n, gint x, gint outputs, gint stride, gint act)
{
  return net_layer (n, net_layer (n, x, 0, 3, stride, 0), outputs, 1, 1, act);
}

gint
net_binary (Net *n, gint code, gint a, gint b, gint act)
{
  TfcShape s = net_shape (n, a);
  gint y = net_value (n, &s);
  guint op = tflw_op (n->w, code, NULL, IDS (a, b), &y, 1);
  tflw_option (n->w, op, 0, act);
  return y;
}

gint
net_pool (Net *n, gint code, gint x, gint k, gint stride)
{
  TfcShape s = net_shape (n, x);
  for (gint i = 1; i < 3; i++)
    s.dim[i] = (s.dim[i] + stride - 1) / stride;
  gint y = net_value (n, &s);
  guint op = tflw_op (n->w, code, NULL, &x, 1, &y, 1);
  tflw_option (n->w, op, 1, stride);
  tflw_option (n->w, op, 2, stride);
  tflw_option (n->w, op, 3, k);
  tflw_option (n->w, op, 4, k);
  return y;
}

static gint
stack (Net *n, gint x, gint axis)
{
  TfcShape s = net_shape (n, x);
  memmove (&s.dim[axis + 1], &s.dim[axis], (gsize)(s.rank - axis) * sizeof (gint32));
  s.dim[axis] = 2;
  s.rank++;
  gint y = net_value (n, &s);
  guint op = tflw_op (n->w, PACK, NULL, IDS (x, x), &y, 1);
  tflw_option (n->w, op, 0, 2);
  tflw_option (n->w, op, 1, axis);
  return y;
}

/* [batch of x, the rest], computed as the network runs: what a converter writes that is not told
 * the batch. */
static gint
computed_shape (Net *n, gint x, const gint32 *rest, gint n_rest)
{
  TfcShape four = tfc_shape (1, net_shape (n, x).rank), one = tfc_shape (1, 1), scalar = {0};
  gint in[4], s = net_typed (n, TFL_I32, &four, 0, 0),
              batch = net_typed (n, TFL_I32, &scalar, 0, 0);
  gint from = ints (n, one, (gint32[]){0}), to = ints (n, one, (gint32[]){1});
  TfcShape all = tfc_shape (1, n_rest + 1);
  gint y = net_typed (n, TFL_I32, &all, 0, 0);
  tflw_op (n->w, SHAPE, NULL, &x, 1, &s, 1);
  guint op = tflw_op (n->w, STRIDED_SLICE, NULL, IDS (s, from, to, to), &batch, 1);
  tflw_option (n->w, op, 4, 1);
  in[0] = batch;
  for (gint i = 0; i < n_rest; i++)
    in[i + 1] = ints (n, scalar, &rest[i]);
  op = tflw_op (n->w, PACK, NULL, in, n_rest + 1, &y, 1);
  tflw_option (n->w, op, 0, n_rest + 1);
  return y;
}

gint
net_reshape (Net *n, gint x, TfcShape s, gboolean computed)
{
  TfcShape vector = tfc_shape (1, s.rank);
  gint to = computed ? computed_shape (n, x, s.dim + 1, s.rank - 1) : ints (n, vector, s.dim);
  gint y = net_value (n, &s);
  tflw_op (n->w, RESHAPE, NULL, IDS (x, to), &y, 1);
  return y;
}

gint
net_upsample_by_pack (Net *n, gint x)
{
  TfcShape s = net_shape (n, x), to = tfc_shape (4, 1, 2 * s.dim[1], 2 * s.dim[2], s.dim[3]);
  return net_reshape (n, stack (n, stack (n, x, 3), 2), to, TRUE);
}

gint
net_upsample (Net *n, gint x)
{
  TfcShape s = net_shape (n, x);
  s.dim[1] *= 2;
  s.dim[2] *= 2;
  gint y = net_value (n, &s), size = ints (n, tfc_shape (1, 2), s.dim + 1);
  tflw_op (n->w, RESIZE_NEAREST, NULL, IDS (x, size), &y, 1);
  return y;
}

gint
net_weighted (Net *n, gint x, gfloat by)
{
  TfcShape one = {0};
  const gint8 q = 100;
  const gfloat scale = by / 100;
  gint w = net_is_int8 (n) ? net_constant (n, TFL_I8, one, &q, 1)
                           : net_constant (n, TFL_F32, one, &by, 4);
  if (net_is_int8 (n))
    tflw_quant (n->w, w, &scale, 1, 0, 0);
  return net_binary (n, MUL, x, w, 0);
}

gint
net_concat (Net *n, const gint *in, guint n_in)
{
  TfcShape s = net_shape (n, in[0]);
  s.dim[1] = 0;
  for (guint i = 0; i < n_in; i++)
    s.dim[1] += net_shape (n, in[i]).dim[1];
  gint y = net_value (n, &s);
  guint op = tflw_op (n->w, CONCATENATION, NULL, in, n_in, &y, 1);
  tflw_option (n->w, op, 0, 1);
  return y;
}

gint
net_logistic (Net *n, gint x)
{
  TfcShape s = net_shape (n, x);
  gint y = net_is_int8 (n) ? net_typed (n, TFL_I8, &s, 1.0f / 256, -128) : net_value (n, &s);
  tflw_op (n->w, LOGISTIC, NULL, &x, 1, &y, 1);
  return y;
}

gint
net_to_float (Net *n, gint x)
{
  TfcShape s = net_shape (n, x);
  if (!net_is_int8 (n))
    return x;
  gint y = net_typed (n, TFL_F32, &s, 0, 0);
  tflw_op (n->w, DEQUANTIZE, NULL, &x, 1, &y, 1);
  return y;
}
