/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "blur.h"

static void
blur_line (guint8 *p, gssize step, gint n, gint radius, guint8 *line)
{
  guint width = 2 * radius + 1, sum = 0;
  for (gint i = 0; i < n; i++)
    line[i] = p[i * step];
  for (gint i = -radius; i <= radius; i++)
    sum += line[CLAMP (i, 0, n - 1)];
  for (gint i = 0; i < n; i++) {
    p[i * step] = (sum + radius) / width;
    sum += line[MIN (i + radius + 1, n - 1)];
    sum -= line[MAX (i - radius, 0)];
  }
}

void
tfc_blur (guint8 *values, gint w, gint h, gint radius, gint passes, guint8 *line)
{
  while (passes--) {
    for (gint y = 0; y < h; y++)
      blur_line (values + (gssize)y * w, 1, w, radius, line);
    for (gint x = 0; x < w; x++)
      blur_line (values + x, w, h, radius, line);
  }
}
