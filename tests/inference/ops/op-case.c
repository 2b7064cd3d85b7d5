/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/ops/op-case.h"

OpCase *
op_case_new (TfcOp op)
{
  OpCase *c = g_new0 (OpCase, 1);
  c->op = op;
  c->params = tfc_params (op);
  c->memory = g_ptr_array_new_with_free_func (g_free);
  return c;
}

void
op_case_free (OpCase *c)
{
  g_ptr_array_unref (c->memory);
  g_free (c);
}

void *
op_case_alloc (OpCase *c, gsize bytes)
{
  void *memory = g_malloc0 (bytes + TFC_TAIL_BYTES);
  g_ptr_array_add (c->memory, memory);
  return memory;
}

static void
describe (OpCase *c, TfcTensor *t, TfcType type, const TfcShape *shape)
{
  *t = (TfcTensor){.type = type, .shape = *shape};
  t->data = op_case_alloc (c, tfc_tensor_bytes (t));
}

TfcTensor *
op_case_input (OpCase *c, TfcType type, const TfcShape *shape)
{
  g_assert_cmpuint (c->n_in, <, OP_CASE_INPUTS);
  TfcTensor *t = &c->in[c->n_in++];
  describe (c, t, type, shape);
  return t;
}

TfcTensor *
op_case_output (OpCase *c, TfcType type, const TfcShape *shape)
{
  TfcTensor *t = c->n_out++ ? &c->more : &c->out;
  describe (c, t, type, shape);
  return t;
}

gboolean
op_case_run_reference (OpCase *c)
{
  guint ids[OP_CASE_INPUTS] = {0}, out_ids[2] = {0};
  const TfcTensor *in[OP_CASE_INPUTS];
  TfcTensor *out[] = {&c->out, &c->more};
  TfcNode node = {c->op, c->n_in, c->n_out, ids, out_ids, c->params};
  for (guint i = 0; i < c->n_in; i++)
    in[i] = c->in[i].data ? &c->in[i] : NULL;
  return tfc_reference_run_node (&node, in, out, NULL);
}

gdouble
op_stored (const TfcTensor *t, gsize i)
{
  switch (t->type) {
    case TFC_TYPE_F32:
      return ((const gfloat *)t->data)[i];
    case TFC_TYPE_I8:
      return ((const gint8 *)t->data)[i];
    case TFC_TYPE_I32:
      return ((const gint32 *)t->data)[i];
    case TFC_TYPE_I64:
      return ((const gint64 *)t->data)[i];
    case TFC_TYPE_F16:
    case TFC_TYPE_U16:
      return ((const guint16 *)t->data)[i];
    default:
      return ((const guint8 *)t->data)[i];
  }
}

void
op_store (TfcTensor *t, gsize i, gdouble v)
{
  switch (t->type) {
    case TFC_TYPE_F32:
      ((gfloat *)t->data)[i] = v;
      break;
    case TFC_TYPE_I8:
      ((gint8 *)t->data)[i] = v;
      break;
    case TFC_TYPE_I32:
      ((gint32 *)t->data)[i] = v;
      break;
    case TFC_TYPE_I64:
      ((gint64 *)t->data)[i] = v;
      break;
    case TFC_TYPE_F16:
    case TFC_TYPE_U16:
      ((guint16 *)t->data)[i] = v;
      break;
    default:
      ((guint8 *)t->data)[i] = v;
  }
}

gboolean
op_is_quant (const TfcTensor *t)
{
  return t->quant.scale > 0 || t->quant.n_channels > 0;
}

gdouble
op_real (const TfcTensor *t, gsize i)
{
  gdouble v = op_stored (t, i);
  if (!op_is_quant (t))
    return v;
  gsize after = 1;
  for (gint a = t->shape.rank - 1; t->quant.n_channels && a > t->quant.axis; a--)
    after *= t->shape.dim[a];
  gdouble scale =
      t->quant.n_channels ? t->quant.scales[(i / after) % t->quant.n_channels] : t->quant.scale;
  return (v - t->quant.zero_point) * scale;
}

static void
print_tensor (GString *s, const TfcTensor *t)
{
  gchar buf[96];
  if (!t->data && t->shape.rank == 0)
    g_string_append (s, " none");
  else
    g_string_append_printf (s, " %s[%s]", tfc_type_name (t->type),
                            tfc_shape_print (&t->shape, buf));
  if (op_is_quant (t))
    g_string_append_printf (s, "*%g%+d%s", t->quant.scale, -t->quant.zero_point,
                            t->quant.n_channels ? " per channel" : "");
}

gchar *
op_case_print (const OpCase *c)
{
  GString *s = g_string_new (tfc_op_name (c->op));
  for (guint i = 0; i < c->n_in; i++)
    print_tensor (s, &c->in[i]);
  g_string_append (s, " ->");
  print_tensor (s, &c->out);
  g_string_append_printf (s, " clamp %g..%g words", c->params.clamp.min, c->params.clamp.max);
  const gint32 *words = (const gint32 *)&c->params.window;
  for (guint i = 0; i < 16; i++)
    g_string_append_printf (s, " %d", words[i]);
  return g_string_free (s, FALSE);
}

gdouble
op_sum_tolerance (const OpCase *c)
{
  const TfcShape *y = &c->out.shape;
  if (!tfc_op_is (c->op, TFC_OP_FLAG_WEIGHTS))
    return 1e-4;
  return MAX (1e-4, 4e-7 * tfc_tensor_count (&c->in[1]) / y->dim[y->rank - 1]);
}
