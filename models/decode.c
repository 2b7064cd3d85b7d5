/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "decode.h"
#include <math.h>

#define MAX_ANCHORS (1 << 20)

/* How to read one element type; limits and values are in raw steps. */
typedef struct {
  /* TRUE if any of row[n] is above limit: the short loop that every anchor pays. */
  gboolean (*any) (const void *row, guint n, gfloat limit);
  gfloat (*get) (const void *data, gsize index);
} Reader;

static gboolean
any_f32 (const void *row, guint n, gfloat limit)
{
  const gfloat *v = row;
  gint hit = 0;

  for (guint i = 0; i < n; i++)
    hit |= v[i] > limit;
  return hit;
}

static gboolean
any_u8 (const void *row, guint n, gfloat limit)
{
  const guint8 *v = row;
  guint8 best = 0;

  for (guint i = 0; i < n; i++)
    best = MAX (best, v[i]);
  return best > limit;
}

static gboolean
any_i8 (const void *row, guint n, gfloat limit)
{
  const gint8 *v = row;
  gint8 best = G_MININT8;

  for (guint i = 0; i < n; i++)
    best = MAX (best, v[i]);
  return best > limit;
}

static gfloat
get_f32 (const void *data, gsize index)
{
  return ((const gfloat *)data)[index];
}

static gfloat
get_u8 (const void *data, gsize index)
{
  return ((const guint8 *)data)[index];
}

static gfloat
get_i8 (const void *data, gsize index)
{
  return ((const gint8 *)data)[index];
}

static const Reader readers[TFC_N_TYPES] = {
    [TFC_TYPE_F32] = {any_f32, get_f32},
    [TFC_TYPE_U8] = {any_u8, get_u8},
    [TFC_TYPE_I8] = {any_i8, get_i8},
};

static inline gfloat
real (const TfcTensor *tensor, gfloat raw)
{
  return tensor->quant.scale != 0 ? tensor->quant.scale * (raw - tensor->quant.zero_point) : raw;
}

static inline gfloat
score_of (const TfcDecoder *d, gfloat raw)
{
  gfloat value = real (d->scores, raw);
  return d->logits ? (gfloat)(1 / (1 + exp (-(gdouble)value))) : value;
}

/* No raw value up to the result has a score above threshold. For floats it is a coarse filter and
 * the score decides. */
static gfloat
raw_limit (const TfcDecoder *d, gfloat threshold)
{
  const TfcTensor *s = d->scores;

  if (d->logits)
    return (gfloat)(log (threshold / (1.0 - threshold)) - 1e-3);
  if (s->quant.scale == 0)
    return threshold;
  gfloat step = s->quant.zero_point - 1;
  while (step < 256 && real (s, step + 1) <= threshold)
    step++;
  return step;
}

/* The best class of an anchor that is above limit; its column, or -1. */
static gint
best_class (const TfcDecoder *d, gsize anchor, gfloat limit, const guint8 *wanted, gfloat *raw)
{
  gfloat (*get) (const void *, gsize) = readers[d->scores->type].get;
  gsize row = anchor * d->columns;
  gint best = -1;

  *raw = limit;
  for (guint c = d->first; c < d->columns; c++) {
    gfloat value = get (d->scores->data, row + c);
    if (value > *raw && (!wanted || wanted[d->first_id + (gint)(c - d->first)])) {
      *raw = value;
      best = c;
    }
  }
  return best;
}

static TfcBox
box_of (const TfcDecoder *d, guint anchor)
{
  gfloat (*get) (const void *, gsize) = readers[d->boxes->type].get;
  gfloat t[4];

  for (guint i = 0; i < 4; i++)
    t[i] = real (d->boxes, get (d->boxes->data, (gsize)anchor * 4 + i));
  return d->anchors ? tfc_box_decode (t, &d->anchors[anchor], &d->scales) : tfc_box_corners (t);
}

guint
tfc_decode (const TfcDecoder *d, gfloat threshold, const guint8 *wanted, TfcCandidate *out)
{
  const Reader *reader = &readers[d->scores->type];
  gsize size = tfc_type_size (d->scores->type);
  const guint8 *row = (const guint8 *)d->scores->data + d->first * size;
  gfloat limit = raw_limit (d, threshold), raw;
  guint n = 0;

  for (guint i = 0; i < d->n; i++, row += d->columns * size) {
    if (!reader->any (row, d->columns - d->first, limit))
      continue;
    gint column = best_class (d, i, limit, wanted, &raw);
    if (column < 0)
      continue;
    TfcCandidate *c = &out[n];
    *c = (TfcCandidate){score_of (d, raw), i, d->first_id + column - (gint)d->first, box_of (d, i)};
    n += c->score > threshold && isfinite (c->score) && tfc_box_finite (&c->box);
  }
  return n;
}

static gboolean
check_type (const TfcTensor *tensor, const gchar *what, GError **error)
{
  const TfcQuant *q = &tensor->quant;
  gboolean is_float = tensor->type == TFC_TYPE_F32;

  if ((guint)tensor->type >= TFC_N_TYPES || !readers[tensor->type].get || q->n_channels > 0 ||
      (is_float && q->scale != 0)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "the %s output is %s; expected float32, or uint8 or int8 with one scale", what,
                 tfc_type_name (tensor->type));
    return FALSE;
  }
  if (!is_float && !(q->scale > 1e-12f && q->scale < 1e12f && ABS ((gint64)q->zero_point) <= 256)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT,
                 "the %s output has an impossible quantisation (scale %g, zero point %d)", what,
                 q->scale, q->zero_point);
    return FALSE;
  }
  return TRUE;
}

/* Rows and columns of a tensor that is a matrix but for dimensions of 1. */
static gboolean
matrix (const TfcTensor *tensor, guint *rows, guint *columns)
{
  const TfcShape *shape = &tensor->shape;
  gsize count;

  if (shape->rank < 1 || !tfc_shape_count (shape, &count) || shape->dim[shape->rank - 1] < 1)
    return FALSE;
  *columns = shape->dim[shape->rank - 1];
  if (count / *columns > MAX_ANCHORS || count == 0)
    return FALSE;
  *rows = count / *columns;
  for (gint i = 0; i < shape->rank - 1; i++)
    if (shape->dim[i] != 1 && (guint)shape->dim[i] != *rows)
      return FALSE;
  return TRUE;
}

static gboolean
check_shapes (TfcDecoder *d, GError **error)
{
  guint rows, four;
  gchar boxes[96], scores[96];

  if (matrix (d->boxes, &rows, &four) && four == 4 && matrix (d->scores, &d->n, &d->columns) &&
      d->n == rows && d->columns > d->first)
    return TRUE;
  g_set_error (
      error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
      "outputs of %s and %s are not an SSD's; expected 1xNx4 (boxes) and 1xNxC (a score per "
      "class) with the same N",
      tfc_shape_print (&d->boxes->shape, boxes), tfc_shape_print (&d->scores->shape, scores));
  return FALSE;
}

static gboolean
check_coder (const TfcDecoder *d, GError **error)
{
  const gfloat s[4] = {d->scales.y, d->scales.x, d->scales.h, d->scales.w};

  for (guint i = 0; i < 4; i++)
    if (!isfinite (s[i]) || !(s[i] > 0)) {
      g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT, "the box coder's scale %g is not positive",
                   s[i]);
      return FALSE;
    }
  for (guint i = 0; i < d->n; i++) {
    const TfcAnchor *a = &d->anchors[i];
    if (!isfinite (a->cy) || !isfinite (a->cx) || !isfinite (a->h) || !isfinite (a->w)) {
      g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT, "anchor %u is not finite", i);
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
tfc_decoder_init (TfcDecoder *d, GError **error)
{
  if (!check_type (d->boxes, "boxes", error) || !check_type (d->scores, "scores", error))
    return FALSE;
  if (d->logits && d->scores->type != TFC_TYPE_F32) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED, "logits are %s; expected float32",
                 tfc_type_name (d->scores->type));
    return FALSE;
  }
  return check_shapes (d, error) && (!d->anchors || check_coder (d, error));
}
