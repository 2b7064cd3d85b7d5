/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tests/inference/tflite/tfl-detectors.h"

#include <math.h>
#include <string.h>

#include "inference/arithmetic/half.h"

enum {
  ADD = 0,
  AVERAGE_POOL = 1,
  CONCATENATION = 2,
  CONV = 3,
  DEPTHWISE = 4,
  DEQUANTIZE = 6,
  LOGISTIC = 14,
  MAX_POOL = 17,
  MUL = 18,
  RESHAPE = 22,
  CUSTOM = 32,
  STRIDED_SLICE = 45,
  SHAPE = 77,
  PACK = 83,
  RESIZE_NEAREST = 97,
  QUANTIZE = 114
};

#define IDS(...) (const gint[]){__VA_ARGS__}, G_N_ELEMENTS (((const gint[]){__VA_ARGS__}))

typedef struct {
  TflWriter *w;
  GRand *rand;
  TflWeights weights;
  GArray *shapes; /* TfcShape by tensor */
  guint n_anchors;
} Net;

static gint
keep (Net *n, guint id, const TfcShape *s)
{
  g_array_set_size (n->shapes, MAX (n->shapes->len, id + 1));
  g_array_index (n->shapes, TfcShape, id) = *s;
  return (gint)id;
}

static TfcShape
shape (Net *n, gint id)
{
  return g_array_index (n->shapes, TfcShape, id);
}

static gint
typed (Net *n, gint type, const TfcShape *s, gfloat scale, gint zero)
{
  guint id = tflw_tensor (n->w, type, "t", s, NULL, 0);
  if (type == TFL_I8 || type == TFL_U8)
    tflw_quant (n->w, id, &scale, 1, zero, 0);
  return keep (n, id, s);
}

static gboolean
is_int8 (const Net *n)
{
  return n->weights == TFL_WEIGHTS_INT8;
}

static gint
value (Net *n, const TfcShape *s)
{
  return is_int8 (n) ? typed (n, TFL_I8, s, 0.05f, -5) : typed (n, TFL_F32, s, 0, 0);
}

static gint
constant (Net *n, gint type, TfcShape s, const void *data, guint bytes)
{
  return keep (n, tflw_tensor (n->w, type, "c", &s, data, bytes), &s);
}

static gint
ints (Net *n, TfcShape s, const gint32 *v)
{
  gsize count;
  tfc_shape_count (&s, &count);
  return constant (n, TFL_I32, s, v, 4 * count);
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
    gint stored = constant (n, TFL_F16, *s, half, 2 * w.n);
    id = typed (n, TFL_F32, s, 0, 0);
    tflw_op (n->w, DEQUANTIZE, NULL, &stored, 1, &id, 1);
    g_free (half);
  } else if (n->weights == TFL_WEIGHTS_HYBRID || n->weights == TFL_WEIGHTS_HYBRID_CHANNELS ||
             is_int8 (n)) {
    id = constant (n, TFL_I8, *s, w.q, w.n);
    tflw_quant (n->w, id, w.scales, n->weights == TFL_WEIGHTS_HYBRID ? 1 : w.channels, 0, axis);
  } else {
    id = constant (n, TFL_F32, *s, w.v, 4 * w.n);
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
  if (!is_int8 (n))
    return constant (n, TFL_F32, s, v, 4 * channels);
  gint id = constant (n, TFL_I32, s, q, 4 * channels);
  tflw_quant (n->w, id, scales, channels, 0, 0);
  return id;
}

/* act: 0 none, 1 RELU, 3 RELU6 */
static gint
layer (Net *n, gint x, gint outputs, gint k, gint stride, gint act)
{
  gboolean deep = outputs == 0;
  TfcShape s = shape (n, x), y = s;
  y.dim[3] = deep ? s.dim[3] : outputs;
  TfcShape ws = deep ? tfc_shape (4, 1, k, k, s.dim[3]) : tfc_shape (4, outputs, k, k, s.dim[3]);
  g_autofree gfloat *scales = g_new (gfloat, y.dim[3]);
  for (gint i = 1; i < 3; i++)
    y.dim[i] = (s.dim[i] + stride - 1) / stride;
  gint w = add_weights (n, &ws, deep ? 3 : 0, scales), b = add_bias (n, y.dim[3], scales);
  gint out = value (n, &y);
  guint op = tflw_op (n->w, deep ? DEPTHWISE : CONV, NULL, IDS (x, w, b), &out, 1);
  tflw_option (n->w, op, 1, stride);
  tflw_option (n->w, op, 2, stride);
  if (deep)
    tflw_option (n->w, op, 3, 1);
  tflw_option (n->w, op, deep ? 4 : 3, act);
  return out;
}

static gint
separable (Net *n, gint x, gint outputs, gint stride, gint act)
{
  return layer (n, layer (n, x, 0, 3, stride, 0), outputs, 1, 1, act);
}

static gint
binary (Net *n, gint code, gint a, gint b, gint act)
{
  TfcShape s = shape (n, a);
  gint y = value (n, &s);
  guint op = tflw_op (n->w, code, NULL, IDS (a, b), &y, 1);
  tflw_option (n->w, op, 0, act);
  return y;
}

static gint
pool (Net *n, gint code, gint x, gint k, gint stride)
{
  TfcShape s = shape (n, x);
  for (gint i = 1; i < 3; i++)
    s.dim[i] = (s.dim[i] + stride - 1) / stride;
  gint y = value (n, &s);
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
  TfcShape s = shape (n, x);
  memmove (&s.dim[axis + 1], &s.dim[axis], (gsize)(s.rank - axis) * sizeof (gint32));
  s.dim[axis] = 2;
  s.rank++;
  gint y = value (n, &s);
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
  TfcShape four = tfc_shape (1, shape (n, x).rank), one = tfc_shape (1, 1), scalar = {0};
  gint in[4], s = typed (n, TFL_I32, &four, 0, 0), batch = typed (n, TFL_I32, &scalar, 0, 0);
  gint from = ints (n, one, (gint32[]){0}), to = ints (n, one, (gint32[]){1});
  TfcShape all = tfc_shape (1, n_rest + 1);
  gint y = typed (n, TFL_I32, &all, 0, 0);
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

static gint
reshape (Net *n, gint x, TfcShape s, gboolean computed)
{
  TfcShape vector = tfc_shape (1, s.rank);
  gint to = computed ? computed_shape (n, x, s.dim + 1, s.rank - 1) : ints (n, vector, s.dim);
  gint y = value (n, &s);
  tflw_op (n->w, RESHAPE, NULL, IDS (x, to), &y, 1);
  return y;
}

static gint
upsample_by_pack (Net *n, gint x)
{
  TfcShape s = shape (n, x), to = tfc_shape (4, 1, 2 * s.dim[1], 2 * s.dim[2], s.dim[3]);
  return reshape (n, stack (n, stack (n, x, 3), 2), to, TRUE);
}

static gint
upsample (Net *n, gint x)
{
  TfcShape s = shape (n, x);
  s.dim[1] *= 2;
  s.dim[2] *= 2;
  gint y = value (n, &s), size = ints (n, tfc_shape (1, 2), s.dim + 1);
  tflw_op (n->w, RESIZE_NEAREST, NULL, IDS (x, size), &y, 1);
  return y;
}

/* x times a number of its own, as fast normalised fusion has it. */
static gint
weighted (Net *n, gint x, gfloat by)
{
  TfcShape one = {0};
  const gint8 q = 100;
  const gfloat scale = by / 100;
  gint w = is_int8 (n) ? constant (n, TFL_I8, one, &q, 1) : constant (n, TFL_F32, one, &by, 4);
  if (is_int8 (n))
    tflw_quant (n->w, w, &scale, 1, 0, 0);
  return binary (n, MUL, x, w, 0);
}

static gint
concat (Net *n, const gint *in, guint n_in)
{
  TfcShape s = shape (n, in[0]);
  s.dim[1] = 0;
  for (guint i = 0; i < n_in; i++)
    s.dim[1] += shape (n, in[i]).dim[1];
  gint y = value (n, &s);
  guint op = tflw_op (n->w, CONCATENATION, NULL, in, n_in, &y, 1);
  tflw_option (n->w, op, 0, 1);
  return y;
}

static gint
logistic (Net *n, gint x)
{
  TfcShape s = shape (n, x);
  gint y = is_int8 (n) ? typed (n, TFL_I8, &s, 1.0f / 256, -128) : value (n, &s);
  tflw_op (n->w, LOGISTIC, NULL, &x, 1, &y, 1);
  return y;
}

static gint
to_float (Net *n, gint x)
{
  TfcShape s = shape (n, x);
  if (!is_int8 (n))
    return x;
  gint y = typed (n, TFL_F32, &s, 0, 0);
  tflw_op (n->w, DEQUANTIZE, NULL, &x, 1, &y, 1);
  return y;
}

/* Box encodings and scores of so many classes, two anchors a cell, from each map. */
static void
heads (Net *n, const gint *maps, guint n_maps, gint classes, gint ends[2])
{
  gint parts[2][4];
  n->n_anchors = 0;
  for (guint i = 0; i < n_maps; i++) {
    for (guint k = 0; k < 2; k++) {
      gint each = k ? classes : 4;
      gint x = separable (n, maps[i], 2 * each, 1, 0);
      TfcShape s = shape (n, x);
      gint cells = s.dim[1] * s.dim[2] * 2;
      parts[k][i] = reshape (n, x, tfc_shape (3, 1, cells, each), k == 0);
      n->n_anchors += k ? cells : 0;
    }
  }
  ends[0] = to_float (n, concat (n, parts[0], n_maps));
  ends[1] = to_float (n, logistic (n, concat (n, parts[1], n_maps)));
}

static gint
start (Net *n, gint *picture)
{
  TfcShape s = tfc_shape (4, 1, 32, 32, 3);
  if (!is_int8 (n))
    return *picture = value (n, &s);
  *picture = typed (n, TFL_U8, &s, 1.0f / 127, 127);
  gint x = typed (n, TFL_I8, &s, 1.0f / 127, -1);
  tflw_op (n->w, QUANTIZE, NULL, picture, 1, &x, 1);
  return x;
}

static gint
block (Net *n, gint x, gint outputs, gint stride)
{
  gint inner = layer (n, x, 2 * shape (n, x).dim[3], 1, 1, 3);
  gint y = layer (n, layer (n, inner, 0, 3, stride, 3), outputs, 1, 1, 0);
  return stride == 1 && outputs == shape (n, x).dim[3] ? binary (n, ADD, y, x, 0) : y;
}

static void
backbone (Net *n, gint *picture, gint maps[3])
{
  gint x = layer (n, start (n, picture), 8, 3, 2, 3);
  maps[0] = block (n, block (n, x, 12, 2), 12, 1);
  maps[1] = block (n, maps[0], 16, 2);
  maps[2] = block (n, maps[1], 20, 2);
}

static void
fpnlite (Net *n, gint *picture, gint ends[2])
{
  gint maps[4];
  backbone (n, picture, maps);
  for (guint i = 0; i < 3; i++)
    maps[i] = layer (n, maps[i], 8, 1, 1, 0);
  for (guint i = 2; i > 0; i--)
    maps[i - 1] =
        separable (n, binary (n, ADD, upsample_by_pack (n, maps[i]), maps[i - 1], 0), 8, 1, 3);
  maps[3] = separable (n, maps[2], 8, 2, 3);
  heads (n, maps, 4, 3, ends);
}

static void
efficientdet (Net *n, gint *picture, gint ends[2])
{
  gint maps[4];
  backbone (n, picture, maps);
  for (guint i = 0; i < 3; i++)
    maps[i] = layer (n, maps[i], 8, 1, 1, 0);
  maps[3] = pool (n, MAX_POOL, maps[2], 3, 2);
  for (guint i = 3; i > 0; i--)
    maps[i - 1] = separable (n,
                             binary (n, ADD, weighted (n, maps[i - 1], 0.6f),
                                     weighted (n, upsample (n, maps[i]), 0.4f), 3),
                             8, 1, 3);
  for (guint i = 1; i < 4; i++)
    maps[i] =
        separable (n, binary (n, ADD, maps[i], pool (n, MAX_POOL, maps[i - 1], 3, 2), 3), 8, 1, 3);
  heads (n, maps, 4, 2, ends);
}

static void
retinanet (Net *n, gint *picture, gint ends[2])
{
  gint maps[3];
  backbone (n, picture, maps);
  for (guint i = 0; i < 3; i++)
    maps[i] =
        layer (n, binary (n, MUL, maps[i], logistic (n, pool (n, AVERAGE_POOL, maps[i], 3, 1)), 0),
               8, 1, 1, 1);
  for (guint i = 2; i > 0; i--)
    maps[i - 1] = layer (n, binary (n, ADD, upsample (n, maps[i]), maps[i - 1], 0), 8, 3, 1, 0);
  heads (n, maps, 3, 3, ends);
}

/* float16 files have their anchors so too. */
static gint
add_anchors (Net *n)
{
  TfcShape s = tfc_shape (2, (gint)n->n_anchors, 4);
  g_autofree gfloat *v = g_new (gfloat, 4 * n->n_anchors);
  g_autofree guint16 *half = g_new (guint16, 4 * n->n_anchors);
  for (guint i = 0; i < 4 * n->n_anchors; i++) {
    v[i] = (gfloat)(i * 37 % 64) / 64;
    half[i] = tfc_half_from_float (v[i]);
  }
  if (n->weights != TFL_WEIGHTS_HALF)
    return constant (n, TFL_F32, s, v, 16 * n->n_anchors);
  gint stored = constant (n, TFL_F16, s, half, 8 * n->n_anchors), id = typed (n, TFL_F32, &s, 0, 0);
  tflw_op (n->w, DEQUANTIZE, NULL, &stored, 1, &id, 1);
  return id;
}

static void
add_tail (Net *n, const gint ends[2], gint *out)
{
  static const gint32 ten = 10, one = 1;
  gint32 classes = shape (n, ends[1]).dim[2] - 1;
  const FlexEntry options[] = {{"h_scale", .f = TRUE, .number = 5},
                               {"max_classes_per_detection", 1, &one},
                               {"max_detections", 1, &ten},
                               {"nms_iou_threshold", .f = TRUE, .number = 0.6f},
                               {"nms_score_threshold", .f = TRUE, .number = 0.1f},
                               {"num_classes", 1, &classes},
                               {"w_scale", .f = TRUE, .number = 5},
                               {"x_scale", .f = TRUE, .number = 10},
                               {"y_scale", .f = TRUE, .number = 10}};
  GBytes *flex = flex_write (options, G_N_ELEMENTS (options));
  TfcShape unknown = {0};
  gint anchors = add_anchors (n);
  for (guint i = 0; i < 4; i++)
    out[i] = typed (n, TFL_F32, &unknown, 0, 0);
  guint op = tflw_op (n->w, CUSTOM, "TFLite_Detection_PostProcess", IDS (ends[0], ends[1], anchors),
                      out, 4);
  tflw_custom (n->w, op, flex);
  g_bytes_unref (flex);
}

GBytes *
tfl_detector_write (TflNet net, TflWeights weights, gboolean skip_tail)
{
  static void (*const nets[]) (Net *, gint *, gint *) = {fpnlite, efficientdet, retinanet};
  Net n = {.w = tflw_new (), .rand = g_rand_new_with_seed (7), .weights = weights};
  gint picture, ends[2], out[4];
  gboolean tail = !skip_tail && net != TFL_NET_RETINANET;
  n.shapes = g_array_new (FALSE, TRUE, sizeof (TfcShape));
  nets[net](&n, &picture, ends);
  if (tail)
    add_tail (&n, ends, out);
  GBytes *bytes = tflw_finish (n.w, &picture, 1, tail ? out : ends, tail ? 4 : 2);
  g_array_unref (n.shapes);
  g_rand_free (n.rand);
  tflw_free (n.w);
  return bytes;
}

const gchar *
tfl_net_name (TflNet net)
{
  static const gchar *const names[] = {"fpnlite", "efficientdet", "retinanet"};
  return names[net];
}

const gchar *
tfl_weights_name (TflWeights weights)
{
  static const gchar *const names[] = {"float",
                                       "values of halves",
                                       "float16",
                                       "hybrid",
                                       "hybrid channels",
                                       "values of channels",
                                       "values of a tensor",
                                       "int8"};
  return names[weights];
}
