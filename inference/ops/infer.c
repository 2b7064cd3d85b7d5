/* SPDX-License-Identifier: LGPL-2.1-or-later */
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
  g_set_error (c->error, TFC_ERROR, code, "%s computing %s: %s", tfc_op_name (c->op), c->what, why);
  g_free (why);
  return FALSE;
}

static gboolean
check_numbers (const TfcInfer *c)
{
  const TfcInferRule *rule = &tfc_infer_rules[c->op];
  guint required = c->op == TFC_OP_CONCAT ? MAX (c->n_in, 1) : rule->required;
  if (c->n_out != 1 || c->n_in < required || c->n_in > rule->max_in)
    return BAD (c, "%u inputs, %u outputs", c->n_in, c->n_out);
  for (guint k = 0; k < c->n_in; k++) {
    if (k < required && !c->in[k])
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

static gboolean
check_inputs (const TfcInfer *c)
{
  guint flags = tfc_infer_rules[c->op].flags;
  const TfcTensor *x = c->in[0];
  gboolean weighted = c->op <= TFC_OP_FULLY_CONNECTED;

  if (!(flags & TFC_INFER_ANY) && x->type != TFC_TYPE_F32 &&
      !(is_byte (x) && !(flags & (TFC_INFER_FLOAT | TFC_INFER_NO_BYTES))) &&
      !(x->type == TFC_TYPE_I32 && (flags & TFC_INFER_INTEGERS)))
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "with elements of %s", tfc_type_name (x->type));
  gboolean third = weighted || c->op == TFC_OP_SELECT; /* of a type of its own */
  for (guint k = 0; k < c->n_in && !(third && k == 2); k++) {
    const TfcTensor *t = c->in[k];
    if (t->type != x->type)
      return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "inputs of %s and %s",
                            tfc_type_name (x->type), tfc_type_name (t->type));
    if (!(flags & TFC_INFER_ANY) && is_byte (t) &&
        !(weighted && k == 1 ? quantised (t) : t->quant.scale > 0))
      return BAD (c, "input %u has no quantisation", k);
  }
  if (!(c->params->clamp.min <= c->params->clamp.max))
    return BAD (c, "impossible activation range");
  return TRUE;
}

static gboolean
same_quant (const TfcTensor *a, const TfcTensor *b)
{
  return !is_byte (a) ||
         (a->quant.scale == b->quant.scale && a->quant.zero_point == b->quant.zero_point &&
          a->quant.n_channels == b->quant.n_channels);
}

static gboolean
settle_type (const TfcInfer *c)
{
  const TfcTensor *x = c->in[0];
  TfcTensor *y = c->out[0];
  guint flags = tfc_infer_rules[c->op].flags;

  if (flags & TFC_INFER_MIXED)
    return TRUE;
  if (y->shape.rank < 0 && y->type == TFC_TYPE_F32 && !quantised (y)) {
    y->type = x->type;
    y->quant = x->quant;
  }
  if (y->type != x->type)
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "%s out of %s", tfc_type_name (y->type),
                          tfc_type_name (x->type));
  if (flags & (TFC_INFER_SAME_QUANT | TFC_INFER_STORED)) {
    if (!quantised (y))
      y->quant = x->quant;
    else if (!(flags & TFC_INFER_STORED) && !same_quant (x, y))
      return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "with a change of quantisation");
  } else if (is_byte (y) && y->quant.scale <= 0 && !(flags & TFC_INFER_ANY)) {
    return BAD (c, "the output has no quantisation");
  }
  return TRUE;
}

static gboolean
settle_shape (TfcInfer *c)
{
  TfcShape *y = &c->out[0]->shape;
  gchar was[96], is[96];
  gsize count;

  if (!tfc_shape_count (&c->shape[0], &count) || count == 0 ||
      count > TFC_MAX_TENSOR_BYTES / tfc_type_size (c->out[0]->type))
    return BAD (c, "impossible size %s", tfc_shape_print (&c->shape[0], is));
  gboolean fits = y->rank < 0 || y->rank == c->shape[0].rank;
  for (gint i = 0; fits && i < y->rank; i++)
    fits = y->dim[i] == -1 || y->dim[i] == c->shape[0].dim[i];
  if (!fits)
    return BAD (c, "shape %s, declared as %s", tfc_shape_print (&c->shape[0], is),
                tfc_shape_print (y, was));
  *y = c->shape[0];
  return TRUE;
}

gboolean
tfc_op_infer (TfcInfer *c)
{
  return check_numbers (c) && check_inputs (c) && tfc_infer_rules[c->op].infer (c) && settle_type (c) &&
         settle_shape (c);
}
