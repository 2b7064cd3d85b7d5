/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/arithmetic/half.h"

#include <math.h>
#include <string.h>

#define BIAS (127u - 15u) /* of exponents */

static gfloat
float_of (guint32 bits)
{
  gfloat v;
  memcpy (&v, &bits, sizeof v);
  return v;
}

static guint32
bits_of (gfloat v)
{
  guint32 bits;
  memcpy (&bits, &v, sizeof bits);
  return bits;
}

void
tfc_half_to_floats (const guint16 *from, gsize n, gfloat *to)
{
  const gfloat least = float_of ((BIAS + 1) << 23);
  for (gsize i = 0; i < n; i++) {
    const guint32 sign = (from[i] & 0x8000u) << 16, all = (from[i] & 0x7fffu) << 13;
    const guint32 exponent = all & 31u << 23;
    /* below the least normal one: as a fraction of it, exactly */
    const guint32 small = bits_of (float_of (all | (BIAS + 1) << 23) - least);
    const guint32 normal = all + (BIAS << 23), end = all | 255u << 23;
    to[i] = float_of (sign | (exponent == 0 ? small : exponent == 31u << 23 ? end : normal));
  }
}

gfloat
tfc_half_to_float (guint16 half)
{
  gfloat v;
  tfc_half_to_floats (&half, 1, &v);
  return v;
}

guint16
tfc_half_from_float (gfloat value)
{
  guint16 sign = signbit (value) ? 0x8000 : 0;
  gfloat v = fabsf (value);
  gint exponent;
  if (isnan (value))
    return sign | 0x7e00;
  if (v >= 65520.0f)
    return sign | 0x7c00;
  frexpf (v, &exponent);
  exponent = MAX (exponent, -13);
  /* Steps of the binade (or of the subnormals); a carry runs into the exponent by itself. */
  guint steps = (guint)rintf (ldexpf (v, 11 - exponent));
  return sign | (guint16)(steps < 1024 ? steps : ((guint)(exponent + 13) << 10) + steps);
}
