/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What holds for every op; the rule of each is in shape_rules.c. */
#include "inference/ops/families.h"

#include <stdarg.h>

gboolean
tfc_infer_bad (const TfcInfer *c, TfcErrorCode code, const gchar *format, ...)
{
  va_list args;
  va_start (args, format);
  gchar *why = g_strdup_vprintf (format, args);
  va_end (args);
  if (c->name && *c->name)
    g_set_error (c->error, TFC_ERROR, code, "%s computing %s: %s", tfc_op_name (c->op), c->name,
                 why);
  else
    g_set_error (c->error, TFC_ERROR, code, "%s computing value %u: %s", tfc_op_name (c->op),
                 c->value, why);
  g_free (why);
  return FALSE;
}

static gboolean
check_numbers (const TfcInfer *c)
{
  const guint least = tfc_op_min_inputs (c->op), most = tfc_op_max_inputs (c->op);
  const gboolean many = most == TFC_MAX_NODE_INPUTS;
  if (c->n_out != tfc_op_n_outputs (c->op) || c->n_in < least || c->n_in > most)
    return BAD (c, "%u inputs, %u outputs", c->n_in, c->n_out);
  for (guint k = 0; k < c->n_in; k++) {
    if (!c->in[k] && (many || k < least))
      return BAD (c, "input %u is missing", k);
    if (c->in[k] && tfc_tensor_count (c->in[k]) == 0)
      return BAD (c, "input %u is empty", k);
  }
  return TRUE;
}

static gboolean
is_byte (const TfcTensor *t)
{
  return t->type == TFC_TYPE_U8 || t->type == TFC_TYPE_I8;
}

static gboolean
quantised (const TfcTensor *t)
{
  return t->quant.scale > 0 || t->quant.n_channels > 0;
}

/* What input k may be: TfcOpIo. */
static guint
allowed (TfcOp op, guint k)
{
  const guint16 *in = tfc_op_table[op].in;
  return k == 0 ? in[0] : k < TFC_OP_IO && in[k] ? in[k] : TFC_IO_LIKE_FIRST;
}

static gboolean
check_type (const TfcInfer *c, guint k)
{
  const TfcTensor *x = c->in[0], *t = c->in[k];
  guint may = allowed (c->op, k);
  if (may & TFC_IO_LIKE_FIRST) {
    if (t->type != x->type)
      return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "inputs of %s and %s",
                            tfc_type_name (x->type), tfc_type_name (t->type));
    may |= allowed (c->op, 0) & TFC_IO_QUANTISED;
  } else if (!(may >> t->type & 1)) {
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "with elements of %s%s",
                          tfc_type_name (t->type), k ? " as a further input" : "");
  }
  if (may & TFC_IO_QUANTISED && is_byte (t) &&
      !(may & TFC_IO_PER_CHANNEL ? quantised (t) : t->quant.scale > 0))
    return BAD (c, "input %u has no quantisation", k);
  return TRUE;
}

static gboolean
check_inputs (const TfcInfer *c)
{
  for (guint k = 0; k < c->n_in; k++) {
    if (c->in[k] && !check_type (c, k))
      return FALSE;
  }
  return (c->params->clamp.min <= c->params->clamp.max) || BAD (c, "impossible activation range");
}

/* Stored numbers stand for the same in both; those of channels, whose axis may have moved, are not
 * compared. */
static gboolean
same_quant (const TfcQuant *a, const TfcQuant *b)
{
  return a->n_channels ? a->n_channels == b->n_channels : tfc_quant_equal (a, b);
}

static gboolean
settle_quant (const TfcInfer *c, TfcTensor *y)
{
  const TfcTensor *x = c->in[0];
  guint flags = tfc_op_table[c->op].flags;
  if (flags & (TFC_OP_FLAG_SAME_QUANT | TFC_OP_FLAG_STORED)) {
    if (!quantised (y))
      y->quant = x->quant;
    else if (flags & TFC_OP_FLAG_SAME_QUANT && is_byte (x) && !same_quant (&x->quant, &y->quant))
      return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "with a change of quantisation");
  } else if (is_byte (y) && y->quant.scale <= 0 && tfc_op_table[c->op].in[0] & TFC_IO_QUANTISED) {
    return BAD (c, "the output has no quantisation");
  }
  return TRUE;
}

/* An output that nobody described is rank -1, float32 and not quantised. */
static gboolean
is_unknown (const TfcTensor *y)
{
  return y->shape.rank < 0 && y->type == TFC_TYPE_F32 && !quantised (y);
}

static gboolean
settle_type (const TfcInfer *c, guint k)
{
  const TfcTensor *x = c->in[0];
  TfcTensor *y = c->out[k];
  const guint may = tfc_op_table[c->op].out[k];

  if (may && !(may & TFC_IO_LIKE_FIRST)) {
    if (is_unknown (y) && !(may >> TFC_TYPE_F32 & 1))
      y->type = (TfcType)g_bit_nth_lsf (may, -1);
    return (may >> y->type & 1) ||
           tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "%s comes out", tfc_type_name (y->type));
  }
  if (is_unknown (y)) {
    y->type = x->type;
    y->quant = x->quant;
  }
  if (y->type != x->type)
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "%s out of %s", tfc_type_name (y->type),
                          tfc_type_name (x->type));
  return settle_quant (c, y);
}

static gboolean
settle_shape (const TfcInfer *c, guint k)
{
  const TfcShape *inferred = &c->shape[k];
  TfcShape *y = &c->out[k]->shape;
  gchar was[96], is[96];
  gsize count;

  if (!tfc_shape_count (inferred, &count) || count == 0 ||
      count > TFC_MAX_TENSOR_BYTES / tfc_type_size (c->out[k]->type))
    return BAD (c, "impossible size %s", tfc_shape_print (inferred, is));
  gboolean fits = y->rank < 0 || y->rank == inferred->rank;
  for (gint i = 0; fits && i < y->rank; i++)
    fits = y->dim[i] == -1 || y->dim[i] == inferred->dim[i];
  if (!fits)
    return BAD (c, "shape %s, declared as %s", tfc_shape_print (inferred, is),
                tfc_shape_print (y, was));
  *y = *inferred;
  return TRUE;
}

gboolean
tfc_op_infer (TfcInfer *c)
{
  if (!check_numbers (c) || !check_inputs (c) || !tfc_op_table[c->op].infer (c))
    return FALSE;
  for (guint k = 0; k < c->n_out; k++) {
    if (!settle_type (c, k) || !settle_shape (c, k))
      return FALSE;
  }
  return TRUE;
}

gboolean
tfc_infer_need_rank (const TfcInfer *c, guint input, gint rank)
{
  gint has = c->in[input]->shape.rank;
  return has == rank || BAD (c, "input %u has %d dimensions, not %d", input, has, rank);
}

gboolean
tfc_infer_fix_axis (const TfcInfer *c, gint32 *axis, gint rank)
{
  if (*axis < -rank || *axis >= rank)
    return BAD (c, "axis %d of %d dimensions", *axis, rank);
  if (*axis < 0)
    *axis += rank;
  return TRUE;
}

gboolean
tfc_infer_same (TfcInfer *c)
{
  c->shape[0] = c->in[0]->shape;
  return TRUE;
}

gboolean
tfc_noop_of_same_shape (const TfcParams *p, guint n_in, gint rank)
{
  return TRUE;
}
