/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Times the sampler: bench-sample [COUNT [FORMAT [PART OF CASE [INSTRUCTION SET]]]]. Milliseconds a
 * call, best and median of COUNT (default 50), per format, kernel target and map. With COUNT 1 it
 * is fit for callgrind. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "models/frame/sample_geometry.h"

#define WIDTH 1920
#define HEIGHT 1080

typedef struct {
  const gchar *name;
  TfcTarget target;
  gdouble angle; /* 0: the whole frame, level */
} Case;

static const Case cases[] = {
    {"300x300 f32", {300, 300, TFC_SAMPLE_F32, 2.f / 255.f, -1.f, TFC_BORDER_CLAMP, FALSE}, 0.},
    {"300x300 u8", {300, 300, TFC_SAMPLE_U8, 0.f, 0.f, TFC_BORDER_CLAMP, FALSE}, 0.},
    {"128x128 f32", {128, 128, TFC_SAMPLE_F32, 2.f / 255.f, -1.f, TFC_BORDER_CLAMP, FALSE}, 0.},
    {"192x192 turned f32",
     {192, 192, TFC_SAMPLE_F32, 1.f / 255.f, 0.f, TFC_BORDER_ZERO, FALSE},
     0.4},
    {"192x192 tilted f32",
     {192, 192, TFC_SAMPLE_F32, 1.f / 255.f, 0.f, TFC_BORDER_ZERO, FALSE},
     0.1},
};

static TfcFrame
make_frame (const TfcFormat *format, const guint8 *bytes)
{
  TfcFrame frame = {.width = WIDTH, .height = HEIGHT, .format = format, .matrix = TFC_MATRIX_BT709};

  for (guint c = 0; c < tfc_format_n_components (format); c++) {
    const TfcComponent *k = &format->component[c];
    frame.plane[k->plane] = bytes + (gsize)k->plane * WIDTH * HEIGHT * 4;
    frame.stride[k->plane] = (WIDTH >> k->sub_x) * k->step;
  }
  return frame;
}

static int
compare (const void *a, const void *b)
{
  const gint64 *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

/* NULL: the best. */
static const TfcSampleKernel *
find_kernel (const gchar *name)
{
  const TfcSampleKernel *kernel;

  for (guint i = 0; name && (kernel = tfc_sample_kernel_nth (i)); i++)
    if (g_str_equal (kernel->name, name))
      return kernel;
  return tfc_sample_kernel ();
}

static void
time_case (const Case *c, const TfcFrame *frame, guint count, const gchar *kernel)
{
  const gdouble zoom = 2.2, angle = c->angle;
  TfcMap map = tfc_map_stretch (frame, c->target.width, c->target.height, FALSE);
  TfcSampler *sampler = tfc_sampler_new_on (&c->target, find_kernel (kernel));
  void *pixels = g_malloc (4 * 3 * c->target.width * c->target.height);
  gint64 *times = g_new (gint64, count);

  if (c->angle != 0.)
    map = (TfcMap){zoom * cos (angle), -zoom * sin (angle), 800.,
                   zoom * sin (angle), zoom * cos (angle),  300.};
  for (guint i = 0; i < count; i++) {
    gint64 start = g_get_monotonic_time ();
    tfc_sampler_run (sampler, frame, &map, pixels);
    times[i] = g_get_monotonic_time () - start;
  }
  qsort (times, count, sizeof *times, compare);
  g_print ("%-6s %-20s best %.3f ms  median %.3f ms\n", frame->format->name, c->name,
           times[0] / 1000., times[count / 2] / 1000.);
  g_free (times);
  g_free (pixels);
  tfc_sampler_free (sampler);
}

int
main (int argc, char **argv)
{
  const guint count = argc > 1 ? MAX (atoi (argv[1]), 1) : 50;
  const gchar *only = argc > 2 ? argv[2] : NULL, *only_case = argc > 3 ? argv[3] : NULL;
  const gchar *kernel = argc > 4 ? argv[4] : NULL;
  guint8 *bytes = g_malloc (3 * WIDTH * HEIGHT * 4);
  const TfcFormat *format;

  for (gsize i = 0; i < 3 * WIDTH * HEIGHT * 4; i++)
    bytes[i] = (guint8)(i * 2654435761u >> 24);
  for (guint i = 0; (format = tfc_format_nth (i)); i++) {
    TfcFrame frame = make_frame (format, bytes);
    for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
      if ((!only || g_str_equal (only, format->name)) &&
          (!only_case || strstr (cases[k].name, only_case)))
        time_case (&cases[k], &frame, count, kernel);
  }
  g_free (bytes);
  return 0;
}
