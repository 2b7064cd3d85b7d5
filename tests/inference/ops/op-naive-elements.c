/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Ops element by element. */
#include "tests/inference/ops/op-naive-private.h"
#include <math.h>

gdouble
naive_binary (const OpCase *c, const gint32 *at, gsize i)
{
  gdouble a = spread (c, 0, at), b = spread (c, 1, at);
  switch (c->op) {
    case TFC_OP_ADD:
      return a + b;
    case TFC_OP_SUB:
      return a - b;
    case TFC_OP_MUL:
      return a * b;
    case TFC_OP_DIV:
      return c->out.type != TFC_TYPE_I32 ? a / b : b == 0 ? 0 : trunc (a / b);
    case TFC_OP_DIV_NO_NAN:
      return b ? a / b : 0;
    case TFC_OP_ATAN2:
      return a == 0 && b < 0 ? G_PI : 2 * atan (a / (hypot (a, b) + b));
    case TFC_OP_POW:
      return c->out.type == TFC_TYPE_I32 ? trunc (pow (a, b)) : pow (a, b);
    case TFC_OP_SQUARED_DIFFERENCE:
      return a * a - 2 * a * b + b * b;
    case TFC_OP_FLOOR_DIV:
      return b == 0 ? 0 : floor ((gdouble)(gfloat)(a / b));
    case TFC_OP_FLOOR_MOD:
      return b == 0 ? 0 : a - floor (a / b) * b;
    case TFC_OP_MAXIMUM:
      return fmax (a, b);
    default:
      return fmin (a, b);
  }
}

gdouble
naive_compare (const OpCase *c, const gint32 *at, gsize i)
{
  gdouble a = spread (c, 0, at), b = spread (c, 1, at);
  gint order = (a > b) - (a < b);
  switch (c->op) {
    case TFC_OP_LESS:
      return order == -1;
    case TFC_OP_LESS_EQUAL:
      return order != 1;
    case TFC_OP_GREATER:
      return order == 1;
    case TFC_OP_GREATER_EQUAL:
      return order != -1;
    case TFC_OP_EQUAL:
      return order == 0;
    case TFC_OP_NOT_EQUAL:
      return order != 0;
    case TFC_OP_LOGICAL_AND:
      return a * b;
    default:
      return a + b > 0;
  }
}

gdouble
naive_pick (const OpCase *c, const gint32 *at, gsize i)
{
  return spread (c, spread (c, 2, at) ? 0 : 1, at);
}

gdouble
naive_same (const OpCase *c, const gint32 *at, gsize i)
{
  return op_real (&c->in[0], i);
}

gdouble
naive_prelu (const OpCase *c, const gint32 *at, gsize i)
{
  gdouble x = op_real (&c->in[0], i);
  return fmax (x, 0) + spread (c, 1, at) * fmin (x, 0);
}

static gdouble
half (guint bits)
{
  gdouble sign = bits & 0x8000 ? -1 : 1, fraction = (bits & 1023) / 1024.0;
  gint e = bits >> 10 & 31;
  return e ? sign * (1 + fraction) * pow (2, e - 15) : sign * fraction * pow (2, -14);
}

gdouble
naive_convert (const OpCase *c, const gint32 *at, gsize i)
{
  gdouble x = op_real (&c->in[0], i);
  if (c->in[0].type == TFC_TYPE_F16)
    x = half (op_stored (&c->in[0], i));
  if (c->out.type == TFC_TYPE_BOOL)
    return x != 0;
  return op_is_quant (&c->out) || c->out.type == TFC_TYPE_F32 ? x : trunc (x);
}
