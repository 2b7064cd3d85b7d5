/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/detection/score_decode.h"
#include <math.h>
#include <string.h>

#define MAX_ANCHORS (1 << 20)

/* The scores that count: n of every row of columns. */
typedef struct {
  guint columns, n;
} Rows;

/* How to read one element type; limits and values are in raw steps. */
typedef struct {
  /* The first of rows from to end - 1 that has a value above limit, or end: the short loop that
   * every anchor pays. */
  guint (*next) (const void *rows, const Rows *r, guint from, guint end, gfloat limit);
  gfloat (*get) (const void *data, gsize index);
} Reader;

static guint
next_f32 (const void *rows, const Rows *r, guint from, guint end, gfloat limit)
{
  for (; from < end; from++) {
    const gfloat *v = (const gfloat *)rows + (gsize)from * r->columns;
    gint hit = 0;
    for (guint i = 0; i < r->n; i++)
      hit |= v[i] > limit;
    if (hit)
      break;
  }
  return from;
}

#define LANES 16 /* bytes that a compiler puts into one register */

/* The greatest of each lane, the last lanes once more where a row is not whole ones; then whether
 * any is at least that. Rows shorter than the lanes are looked at one by one. */
#define NEXT(name, type)                                                                          \
  static inline gboolean any_##name (const type *v, guint n, type least)                          \
  {                                                                                               \
    guint8 hit[LANES];                                                                            \
    guint64 some[LANES / 8];                                                                      \
    type best[LANES];                                                                             \
                                                                                                  \
    memcpy (best, v + n - LANES, sizeof best);                                                    \
    for (guint i = 0; i + LANES <= n; i += LANES)                                                 \
      for (guint k = 0; k < LANES; k++)                                                           \
        best[k] = MAX (best[k], v[i + k]);                                                        \
    for (guint k = 0; k < LANES; k++)                                                             \
      hit[k] = best[k] >= least;                                                                  \
    memcpy (some, hit, sizeof some);                                                              \
    return (some[0] | some[1]) != 0;                                                              \
  }                                                                                               \
                                                                                                  \
  static guint next_##name (const void *rows, const Rows *r, guint from, guint end, gfloat limit) \
  {                                                                                               \
    const gint least = MAX (LEAST_##name, (gint)floorf (limit) + 1);                              \
                                                                                                  \
    if (least > MOST_##name)                                                                      \
      return end;                                                                                 \
    for (; from < end; from++) {                                                                  \
      const type *v = (const type *)rows + (gsize)from * r->columns;                              \
      gboolean hit = FALSE;                                                                       \
      if (r->n >= LANES)                                                                          \
        hit = any_##name (v, r->n, (type)least);                                                  \
      else                                                                                        \
        for (guint i = 0; i < r->n; i++)                                                          \
          hit |= v[i] >= least;                                                                   \
      if (hit)                                                                                    \
        break;                                                                                    \
    }                                                                                             \
    return from;                                                                                  \
  }

#define LEAST_u8 0
#define MOST_u8 255
#define LEAST_i8 G_MININT8
#define MOST_i8 G_MAXINT8
NEXT (u8, guint8)
NEXT (i8, gint8)

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
    [TFC_TYPE_F32] = {next_f32, get_f32},
    [TFC_TYPE_U8] = {next_u8, get_u8},
    [TFC_TYPE_I8] = {next_i8, get_i8},
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
    threshold = (gfloat)(log (threshold / (1.0 - threshold)) - 1e-3);
  if (s->quant.scale == 0)
    return threshold;
  gfloat step = d->logits ? -129 : s->quant.zero_point - 1; /* scores are above 0 */
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

/* Of a row's values v: exp (v) / sum. */
static void
softmax_row (const TfcDecoder *d, gsize row, gfloat *to)
{
  gfloat (*get) (const void *, gsize) = readers[d->scores->type].get;
  gfloat most = -G_MAXFLOAT, sum = 0;

  for (guint c = 0; c < d->columns; c++) {
    to[c] = real (d->scores, get (d->scores->data, row * d->columns + c));
    most = MAX (most, to[c]);
  }
  for (guint c = 0; c < d->columns; c++)
    sum += to[c] = expf (to[c] - most);
  for (guint c = 0; c < d->columns; c++)
    to[c] /= sum;
}

static guint
decode_softmax (const TfcDecoder *d, gfloat threshold, const guint8 *wanted, TfcCandidate *out)
{
  const TfcTensor scores = {.type = TFC_TYPE_F32, .shape = d->scores->shape, .data = d->softmax};
  TfcDecoder plain = *d;

  for (guint i = 0; i < d->n; i++)
    softmax_row (d, i, d->softmax + (gsize)i * d->columns);
  plain.scores = &scores;
  plain.softmax = NULL;
  return tfc_decode (&plain, threshold, wanted, out);
}

guint
tfc_decode (const TfcDecoder *d, gfloat threshold, const guint8 *wanted, TfcCandidate *out)
{
  if (d->softmax)
    return decode_softmax (d, threshold, wanted, out);
  const Reader *reader = &readers[d->scores->type];
  gsize size = tfc_type_size (d->scores->type);
  const guint8 *rows = (const guint8 *)d->scores->data + d->first * size;
  const Rows r = {d->columns, d->columns - d->first};
  gfloat limit = raw_limit (d, threshold), raw;
  guint n = 0;

  for (guint i = 0; (i = reader->next (rows, &r, i, d->n, limit)) < d->n; i++) {
    gint column = best_class (d, i, limit, wanted, &raw);
    if (column < 0)
      continue;
    TfcCandidate *c = &out[n];
    *c = (TfcCandidate){score_of (d, raw), d->base + i, d->first_id + column - (gint)d->first,
                        box_of (d, i)};
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
  return check_shapes (d, error) && (!d->anchors || check_coder (d, error));
}
