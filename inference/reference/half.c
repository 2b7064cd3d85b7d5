/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "half.h"

#include <math.h>

gfloat
tfc_half_to_float (guint16 half)
{
  gint exponent = half >> 10 & 31, fraction = half & 1023;
  gfloat v;
  if (exponent == 31)
    v = fraction ? NAN : INFINITY;
  else if (exponent == 0)
    v = ldexpf ((gfloat)fraction, -24);
  else
    v = ldexpf ((gfloat)(fraction + 1024), exponent - 25);
  return half & 0x8000 ? -v : v;
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
