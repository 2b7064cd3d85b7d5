/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What it takes to look for motion and to plan crops: bench-motion [WIDTH HEIGHT [COUNT]]. Noise in
 * which 12 things move, on frames of 1920x1080; median CPU time of COUNT (100) frames in
 * microseconds, a row for each format: thumbnail, all of the motion detector, and the plan for four
 * crops. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "models/detection/regions.h"
#include "models/motion/motion_detector.h"

#define N_FRAMES 4 /* that are shown in turn */
#define THINGS 12

static const gchar *const formats[] = {"NV12", "I420", "YUY2", "RGB", "BGRx", "P010_10LE"};

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

static gdouble
median (gint64 *ns, guint n)
{
  qsort (ns, n, sizeof *ns, by_value);
  return (gdouble)ns[n / 2] / 1000;
}

/* Pixels of all planes, one behind the other. */
static TfcFrame
frame_of (const TfcFormat *format, guint width, guint height, guint n, GRand *rand)
{
  TfcFrame f = {.width = width, .height = height, .format = format, .full_range = TRUE};

  for (guint i = 0; i < format->n_planes; i++) {
    guint64 bytes, rows;
    tfc_format_plane_size (format, i, width, height, &bytes, &rows);
    guint8 *plane = g_malloc (bytes * rows);
    for (guint64 k = 0; k < bytes * rows; k++)
      plane[k] = (guint8)(100 + (g_rand_int (rand) & 7));
    for (guint t = 0; t < THINGS; t++)
      for (guint64 y = 0; y < rows / 30; y++)
        memset (plane + bytes * (y + rows * (t % 4) / 4) + bytes * t / 13 + (gsize)8 * n, 220,
                bytes / 120);
    f.plane[i] = plane;
    f.stride[i] = (gint)bytes;
  }
  return f;
}

static void
bench (const TfcFormat *format, guint width, guint height, guint count)
{
  static const TfcBox whole = {0, 0, 1, 1};
  TfcMotionDetector *detector = tfc_motion_detector_new ();
  TfcThumbnail *thumbnail = tfc_thumbnail_new ();
  TfcRegions *regions = tfc_regions_new ();
  g_autofree guint8 *cells = g_malloc (TFC_THUMBNAIL_CELLS);
  g_autofree gint64 *taken = g_new (gint64, 3 * (gsize)count);
  GRand *rand = g_rand_new_with_seed (1);
  TfcFrame frames[N_FRAMES];
  TfcCrop crops[TFC_MAX_CROPS];
  TfcBox things[THINGS];
  TfcMotion motion;

  for (guint i = 0; i < THINGS; i++)
    things[i] = (TfcBox){(gfloat)i / 13, (gfloat)(i % 4) / 4, 0.01f, 0.03f};
  for (guint i = 0; i < N_FRAMES; i++)
    frames[i] = frame_of (format, width, height, i, rand);
  for (guint i = 0; i < count; i++) {
    const TfcFrame *f = &frames[i % N_FRAMES];
    const gint64 start = cpu_time ();
    tfc_thumbnail_take (thumbnail, f, cells);
    const gint64 small = cpu_time ();
    tfc_motion_detector_run (detector, f, 0.04, &motion);
    const gint64 moved = cpu_time ();
    const TfcRegionFrame r = {.width = width,
                              .height = height,
                              .input_width = 300,
                              .input_height = 300,
                              .n_areas = 1,
                              .areas = &whole,
                              .regions = 4,
                              .whole = TRUE,
                              .n_moving = THINGS,
                              .moving = things};
    tfc_regions_plan (regions, &r, crops);
    taken[i] = small - start;
    taken[count + i] = moved - small;
    taken[2 * count + i] = cpu_time () - moved;
  }
  printf ("%-10s thumbnail %7.1f  motion %7.1f  plan %7.1f us\n", format->name,
          median (taken, count), median (taken + count, count), median (taken + 2 * count, count));
  for (guint i = 0; i < N_FRAMES; i++)
    for (guint k = 0; k < format->n_planes; k++)
      g_free ((gpointer)frames[i].plane[k]);
  g_rand_free (rand);
  tfc_regions_free (regions);
  tfc_thumbnail_free (thumbnail);
  tfc_motion_detector_free (detector);
}

int
main (int argc, char **argv)
{
  const guint width = argc > 2 ? (guint)atoi (argv[1]) : 1920,
              height = argc > 2 ? (guint)atoi (argv[2]) : 1080,
              count = argc > 3 ? (guint)atoi (argv[3]) : 100;

  if (width < 1 || width > 8192 || height < 1 || height > 8192 || count < 1 || count > 100000) {
    fprintf (stderr, "bench-motion [WIDTH HEIGHT [COUNT]]\n");
    return 1;
  }
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    bench (tfc_format_find (formats[i]), width, height, count);
  return 0;
}
