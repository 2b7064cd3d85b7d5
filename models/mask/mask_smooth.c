/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/mask/mask_smooth.h"

#include <string.h>

#define RATIO 0.7f /* of the earlier mask where nothing is known; body-segmentation's example */
#define GAP G_GUINT64_CONSTANT (1000000000) /* ns */

void
tfc_mask_smooth_clear (TfcMaskSmooth *s)
{
  g_free (s->previous);
  *s = (TfcMaskSmooth){0};
}

void
tfc_mask_smooth_reset (TfcMaskSmooth *s)
{
  s->started = FALSE;
}

gboolean
tfc_mask_goes_on (guint64 previous, guint64 pts)
{
  return pts == G_MAXUINT64 || previous == G_MAXUINT64 ||
         (pts >= previous && pts - previous <= GAP);
}

/* Whether the earlier mask says something about one of this size and time. */
static gboolean
continues (const TfcMaskSmooth *s, guint width, guint height, guint64 pts)
{
  return s->started && s->width == width && s->height == height && tfc_mask_goes_on (s->pts, pts);
}

static void
make_room (TfcMaskSmooth *s, guint width, guint height)
{
  if (s->width == width && s->height == height)
    return;
  g_free (s->previous);
  s->previous = g_new (gfloat, (gsize)width * height);
  s->width = width;
  s->height = height;
}

/* How unsure a value is, 0..1: the entropy of a coin, as a polynomial of the squared distance from
 * 0.5. */
static inline gfloat
uncertainty (gfloat value)
{
  const gfloat t = value - 0.5f, x = t * t;
  const gfloat sure =
      x * (5.68842f + x * (-0.748699f + x * (-57.8051f + x * (291.309f + x * -624.717f))));
  return 1 - MIN (1.0f, sure);
}

gfloat
tfc_mask_mix (gfloat value, gfloat previous)
{
  return value + (previous - value) * uncertainty (value) * RATIO;
}

void
tfc_mask_smooth (TfcMaskSmooth *s, gfloat *values, guint width, guint height, guint64 pts)
{
  const gsize n = (gsize)width * height;

  if (continues (s, width, height, pts)) {
    for (gsize i = 0; i < n; i++)
      values[i] = tfc_mask_mix (values[i], s->previous[i]);
  }
  make_room (s, width, height);
  memcpy (s->previous, values, n * sizeof *values);
  s->pts = pts;
  s->started = TRUE;
}
