/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What the effects of masks take: bench-mask [WIDTH HEIGHT [COUNT]]. A person in the middle of a
 * picture (1920x1080), who covers a fifth of it, on a mask of 256x256; median CPU time of COUNT
 * (100) pictures, a row for each effect. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "overlay/mask_effect.h"

#define SIDE 256

static const gchar *const formats[] = {"NV12", "I420", "YUY2", "RGB", "BGRx"};
static const struct {
  TfcMaskEffect effect;
  const gchar *name;
} effects[] = {{TFC_MASK_TINT, "tint"},
               {TFC_MASK_BLUR_BACKGROUND, "blur-background"},
               {TFC_MASK_PIXELATE_BACKGROUND, "pixelate-background"},
               {TFC_MASK_REPLACE_BACKGROUND, "replace-background"}};

static gint64
cpu_time (void)
{
  struct timespec t;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * G_GINT64_CONSTANT (1000000000) + t.tv_nsec;
}

static int
by_value (const void *a, const void *b)
{
  const gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

/* Head and shoulders with a soft edge. */
static TfcMask
person (guint8 *data)
{
  for (gint y = 0; y < SIDE; y++)
    for (gint x = 0; x < SIDE; x++) {
      const gdouble head = 34 - hypot (x - 128, y - 90),
                    body = 62 - hypot (x - 128, (y - 256) * 0.5);
      data[y * SIDE + x] = (guint8)CLAMP (128 + 40 * MAX (head, body), 0, 255);
    }
  return (TfcMask){SIDE, SIDE, {0, 0, 1, 1}, TFC_MASK_PERSON, 0, data};
}

static TfcPixels
picture (const gchar *format, guint width, guint height, guint8 **data)
{
  TfcPixels p = {.width = width, .height = height, .format = tfc_format_find (format)};
  gsize size = 0;
  for (guint pass = 0; pass < 2; pass++) {
    size = 0;
    for (guint i = 0; i < p.format->n_planes; i++) {
      guint64 bytes, rows;
      tfc_format_plane_size (p.format, i, width, height, &bytes, &rows);
      p.plane[i] = pass ? *data + size : NULL;
      p.stride[i] = (gint)((bytes + 63) / 64 * 64);
      size += (gsize)p.stride[i] * rows;
    }
    if (!pass)
      *data = g_malloc0 (size);
  }
  for (gsize i = 0; i < size; i++)
    (*data)[i] = (guint8)(i * 2654435761u >> 13);
  return p;
}

static gdouble
time_effect (TfcMaskEffect effect, const TfcPixels *pixels, const TfcMask *mask, guint count)
{
  TfcOverlay *overlay = tfc_overlay_new ();
  gint64 *times = g_new (gint64, count);
  TfcStyle style = tfc_style_defaults;
  style.mask = effect;
  for (guint i = 0; i < count; i++) {
    const gint64 start = cpu_time ();
    if (!tfc_overlay_mask (overlay, pixels, &style, mask, NULL, NULL))
      g_error ("no memory");
    times[i] = cpu_time () - start;
  }
  qsort (times, count, sizeof *times, by_value);
  const gdouble median = times[count / 2] / 1e6;
  g_free (times);
  tfc_overlay_free (overlay);
  return median;
}

int
main (int argc, char **argv)
{
  const guint width = argc > 2 ? CLAMP (atoi (argv[1]), 16, 8192) : 1920;
  const guint height = argc > 2 ? CLAMP (atoi (argv[2]), 16, 8192) : 1080;
  const guint count = argc > 3 ? MAX (atoi (argv[3]), 1) : 100;
  static guint8 data[SIDE * SIDE];
  const TfcMask mask = person (data);
  printf ("| %ux%u, ms |", width, height);
  for (guint f = 0; f < G_N_ELEMENTS (formats); f++)
    printf (" %s |", formats[f]);
  printf ("\n| --- | --- | --- | --- | --- | --- |\n");
  for (guint i = 0; i < G_N_ELEMENTS (effects); i++) {
    printf ("| %s |", effects[i].name);
    for (guint f = 0; f < G_N_ELEMENTS (formats); f++) {
      guint8 *pixels = NULL;
      const TfcPixels p = picture (formats[f], width, height, &pixels);
      printf (" %.2f |", time_effect (effects[i].effect, &p, &mask, count));
      g_free (pixels);
    }
    printf ("\n");
  }
  return 0;
}
