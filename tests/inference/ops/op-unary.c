/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/ops/op-unary.h"

#include <math.h>

#define ANY -4, 4, FALSE
#define ABOVE_0 0.1f, 9, FALSE
#define WHOLE -4, 4, TRUE
#define N(...) (sizeof ((gdouble[]){__VA_ARGS__}) / sizeof (gdouble))
#define V(...) N (__VA_ARGS__), {__VA_ARGS__}
#define Y(...) {__VA_ARGS__}

// clang-format off
/* op; alpha and another one; inputs; another formula; the backend that has it; a case by hand */
#define ROWS(ROW) \
  ROW (LEAKY_RELU, 0.5f, 0.1f, ANY, fmax (x, 0) + alpha * fmin (x, 0), "xnnpack", V (-3, 3), Y (-1.5, 3)) \
  ROW (HARD_SWISH, 0, 0, ANY, x <= -3 ? 0 : x >= 3 ? x : x * x / 6 + x / 2, "xnnpack", V (-4, 0, 3, 5), Y (0, 0, 3, 5)) \
  ROW (SIGMOID, 0, 0, ANY, 0.5 + 0.5 * tanh (x / 2), "xnnpack", V (0, -200, 200), Y (0.5, 0, 1)) \
  ROW (TANH, 0, 0, ANY, 1 - 2 / (exp (2 * x) + 1), NULL, V (0, -90, 90), Y (0, -1, 1)) \
  ROW (EXP, 0, 0, ANY, pow (G_E, x), NULL, V (0), Y (1)) \
  ROW (SQRT, 0, 0, ABOVE_0, pow (x, 0.5), "xnnpack", V (9), Y (3)) \
  ROW (RSQRT, 0, 0, ABOVE_0, pow (x, -0.5), NULL, V (16), Y (0.25)) \
  ROW (NEG, 0, 0, ANY, 0 - x, "xnnpack", V (9), Y (-9)) \
  ROW (ABS, 0, 0, ANY, fmax (x, -x), NULL, V (9, -4), Y (9, 4)) \
  ROW (SIGN, 0, 0, ANY, (x > 0) - (x < 0), NULL, V (9, -0.5, 0), Y (1, -1, 0)) \
  ROW (FLOOR, 0, 0, WHOLE, x - (x - trunc (x) < 0 ? 1 + (x - trunc (x)) : x - trunc (x)), NULL, V (1.5, -1.5, 2), Y (1, -2, 2)) \
  ROW (CEIL, 0, 0, WHOLE, -floor (-x), NULL, V (1.5, -1.5, 2), Y (2, -1, 2)) \
  /* half goes to the even one */ \
  ROW (ROUND, 0, 0, WHOLE, fabs (x - trunc (x)) == 0.5 ? 2 * trunc (x / 2 + (x > 0 ? 0.25 : -0.25)) : round (x), \
       NULL, V (0.5, 1.5, -2.5, 2.4, -3.6), Y (0, 2, -2, 2, -4)) \
  ROW (LOG, 0, 0, ABOVE_0, 2 * log (sqrt (x)), NULL, V (1, 2.718281828459045), Y (0, 1)) \
  ROW (SIN, 0, 0, ANY, 2 * sin (x / 2) * cos (x / 2), NULL, V (0, 1.5707963267948966), Y (0, 1)) \
  ROW (COS, 0, 0, ANY, 1 - 2 * pow (sin (x / 2), 2), NULL, V (0, 3.141592653589793), Y (1, -1)) \
  ROW (ELU, 0, 0, ANY, x < 0 ? exp (x) - 1 : x, NULL, V (3, -0.69314718056, -200), Y (3, -0.5, -1)) \
  ROW (GELU, 0, 1, ANY, alpha ? x / (1 + exp (-2 * sqrt (2 / G_PI) * (x + 0.044715 * pow (x, 3)))) \
                                  : x / 2 * (1 + erf (x / G_SQRT2)), NULL, V (0, 1, -200), Y (0, 0.841344746, 0)) \
  ROW (SELU, 0, 0, ANY, 1.0507009873554805 * fmax (x, 0) + 1.7580993408473766 * (exp (fmin (x, 0)) - 1), NULL, V (3, -0.69314718056, 0), Y (3.1521029620664414, -0.8790496704236883, 0)) \
  ROW (ERF, 0, 0, ANY, 1 - erfc (x), NULL, V (0, 1, -200), Y (0, 0.842700793, -1)) \
  ROW (SOFTPLUS, 0, 0, ANY, log (1 + exp (x)), NULL, V (0, 1000, -1000), Y (0.69314718056, 1000, 0)) \
  ROW (EXPM1, 0, 0, ANY, exp (x) - 1, NULL, V (0, 0.69314718056), Y (0, 1)) \
  ROW (LOG1P, 0, 0, ABOVE_0, log (1 + x), NULL, V (0, 1.718281828459045), Y (0, 1)) \
  ROW (ATAN, 0, 0, ANY, asin (x / sqrt (1 + x * x)), NULL, V (0, 1, -1), Y (0, 0.78539816, -0.78539816)) \
  ROW (SQUARE, 0, 0, ANY, pow (x, 2), "xnnpack", V (-9), Y (81))
// clang-format on

#define ENTRY(OP, ALPHA, OTHER, LEAST, MOST, WHOLE_, NAIVE, BACKEND, ...) \
  {TFC_OP_##OP, {ALPHA, OTHER}, LEAST, MOST, WHOLE_, BACKEND, __VA_ARGS__},
#define ENTRIES(...) ENTRY (__VA_ARGS__)

static const OpUnary table[] = {ROWS (ENTRIES)};

guint
op_unary_size (void)
{
  return G_N_ELEMENTS (table);
}

const OpUnary *
op_unary_nth (guint n)
{
  return &table[n];
}

const OpUnary *
op_unary_of (TfcOp op)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    if (table[i].op == op)
      return &table[i];
  }
  return NULL;
}

#define FORMULA(OP, ALPHA, OTHER, LEAST, MOST, WHOLE_, NAIVE, ...) \
  case TFC_OP_##OP: \
    return NAIVE;
#define FORMULAS(...) FORMULA (__VA_ARGS__)

gdouble
op_unary_naive (TfcOp op, gdouble x, gdouble alpha)
{
  switch (op) {
    ROWS (FORMULAS)
    default:
      g_assert_not_reached ();
  }
}
