/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/appearance.h"

#include <math.h>
#include <string.h>

#define REACH 3 /* pixels of the crop around a point */

/* Forehead, nose, cheeks, lips, chin, brows, corners of the eyes. */
static const guint16 places[TFC_APPEARANCE] = {10,  151, 9,   8,   6,   195, 4,   2,  50,
                                               280, 205, 425, 117, 346, 123, 352, 0,  17,
                                               61,  291, 199, 175, 105, 334, 33,  263};

static const gfloat *
pixel (const gfloat *crop, guint size, gfloat x, gfloat y)
{
  const guint column = (guint)CLAMP (x, 0, size - 1), row = (guint)CLAMP (y, 0, size - 1);
  return crop + 3 * ((gsize)row * size + column);
}

void
tfc_appearance_read (TfcAppearance *a, const gfloat *crop, guint size, const TfcPoint *points)
{
  a->known = TRUE;
  for (guint i = 0; i < TFC_APPEARANCE; i++) {
    const TfcPoint *p = &points[places[i]];
    gfloat sum[3] = {0};
    if (!isfinite (p->x) || !isfinite (p->y)) {
      a->known = FALSE;
      return;
    }
    for (gint k = 0; k < 9; k++) {
      const gfloat *rgb =
          pixel (crop, size, p->x + REACH * (k % 3 - 1), p->y + REACH * (k / 3 - 1));
      for (guint c = 0; c < 3; c++)
        sum[c] += rgb[c];
    }
    for (guint c = 0; c < 3; c++)
      a->color[i][c] = sum[c] / 9;
  }
}

gdouble
tfc_appearance_distance (const TfcAppearance *a, const TfcAppearance *b)
{
  gdouble sum = 0;
  if (!a->known || !b->known)
    return 0;
  for (guint i = 0; i < TFC_APPEARANCE; i++) {
    for (guint c = 0; c < 3; c++)
      sum += fabsf (a->color[i][c] - b->color[i][c]);
  }
  return sum / (3 * TFC_APPEARANCE);
}

/* Mean of each channel. */
static void
channel_means (const TfcAppearance *a, gfloat mean[3])
{
  gfloat sum[3] = {0};
  for (guint i = 0; i < TFC_APPEARANCE; i++) {
    for (guint c = 0; c < 3; c++)
      sum[c] += a->color[i][c];
  }
  for (guint c = 0; c < 3; c++)
    mean[c] = MAX (sum[c] / TFC_APPEARANCE, 1e-3f);
}

gdouble
tfc_appearance_pattern_distance (const TfcAppearance *a, const TfcAppearance *b)
{
  gfloat mean_a[3], mean_b[3];
  gdouble sum = 0;
  if (!a->known || !b->known)
    return 0;
  channel_means (a, mean_a);
  channel_means (b, mean_b);
  for (guint c = 0; c < 3; c++) {
    const gfloat mean = (mean_a[c] + mean_b[c]) / 2;
    for (guint i = 0; i < TFC_APPEARANCE; i++)
      sum += mean * fabsf (a->color[i][c] / mean_a[c] - b->color[i][c] / mean_b[c]);
  }
  return sum / (3 * TFC_APPEARANCE);
}

void
tfc_appearance_learn (TfcAppearance *a, const TfcAppearance *b, gfloat weight)
{
  if (!b->known)
    return;
  if (!a->known) {
    *a = *b;
    return;
  }
  for (guint i = 0; i < TFC_APPEARANCE; i++) {
    for (guint c = 0; c < 3; c++)
      a->color[i][c] += weight * (b->color[i][c] - a->color[i][c]);
  }
}
