/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/blend/blend_kernel.h"

static void
two (guint8 *restrict to, const guint8 *row, const guint8 *below, gint n)
{
  for (gint i = 0; i < n; i++)
    to[2 * i] = to[2 * i + 1] = row[i];
}

static void
three (guint8 *restrict to, const guint8 *row, const guint8 *below, gint n)
{
  for (gint i = 0; i < n; i++)
    to[3 * i] = to[3 * i + 1] = to[3 * i + 2] = row[i];
}

static void
four (guint8 *restrict to, const guint8 *row, const guint8 *below, gint n)
{
  for (gint i = 0; i < n; i++)
    to[4 * i] = to[4 * i + 1] = to[4 * i + 2] = to[4 * i + 3] = row[i];
}

static inline guint8
mean (const guint8 *row, const guint8 *below, gint i)
{
  guint16 sum = (guint16)(row[2 * i] + row[2 * i + 1] + below[2 * i] + below[2 * i + 1] + 2);
  return (guint8)(sum >> 2);
}

static void
shared (guint8 *restrict to, const guint8 *row, const guint8 *below, gint n)
{
  for (gint i = 0; i < n / 2; i++)
    to[i] = mean (row, below, i);
}

static void
shared_pairs (guint8 *restrict to, const guint8 *row, const guint8 *below, gint n)
{
  for (gint i = 0; i < n / 2; i++)
    to[2 * i] = to[2 * i + 1] = mean (row, below, i);
}

static void
luma_first (guint8 *restrict to, const guint8 *row, const guint8 *below, gint n)
{
  for (gint i = 0; i < n / 2; i++) {
    to[4 * i] = row[2 * i];
    to[4 * i + 2] = row[2 * i + 1];
    to[4 * i + 1] = to[4 * i + 3] = mean (row, below, i);
  }
}

static void
chroma_first (guint8 *restrict to, const guint8 *row, const guint8 *below, gint n)
{
  for (gint i = 0; i < n / 2; i++) {
    to[4 * i + 1] = row[2 * i];
    to[4 * i + 3] = row[2 * i + 1];
    to[4 * i] = to[4 * i + 2] = mean (row, below, i);
  }
}

gboolean
tfc_expand_coverage_knows (const TfcFormat *format)
{
  for (guint i = 0; i < tfc_format_n_components (format); i++)
    if (format->component[i].sub_x > 1 || format->component[i].sub_y > 1)
      return FALSE;
  return format->bits == 8 && !format->alpha_plane;
}

TfcExpandCoverage *
tfc_expand_coverage_for (const TfcFormat *format, guint plane)
{
  const TfcComponent *luma = &format->component[0], *chroma = &format->component[1];
  TfcExpandCoverage *const whole[] = {[1] = NULL, [2] = two, [3] = three, [4] = four};
  TfcExpandCoverage *const halved[] = {[1] = shared, [2] = shared_pairs};
  if (plane != luma->plane)
    return chroma->sub_x ? halved[chroma->step] : whole[chroma->step];
  if (chroma->sub_x && plane == chroma->plane)
    return luma->offset ? chroma_first : luma_first;
  return whole[luma->step];
}

/* Division by 255 that rounds to the nearest, for values up to 255 * 255. */
static inline guint16
by_255 (guint16 value)
{
  guint16 v = (guint16)(value + 128);
  return (guint16)(v + (v >> 8)) >> 8;
}

static inline void
lerp (guint8 *restrict to, const guint8 *restrict color, const guint8 *restrict coverage, gint n,
      guint alpha)
{
  for (gint i = 0; i < n; i++) {
    guint16 a = alpha == 255 ? coverage[i] : by_255 ((guint16)(coverage[i] * alpha));
    to[i] = (guint8)by_255 ((guint16)((guint16)(color[i] * a) + (guint16)(to[i] * (255 - a))));
  }
}

void
tfc_lerp (guint8 *to, const guint8 *color, const guint8 *coverage, gint n, guint alpha)
{
  if (alpha == 255)
    lerp (to, color, coverage, n, 255);
  else
    lerp (to, color, coverage, n, alpha);
}
