/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A part of a frame is the frame's pixels there, in every format, and reads no others. */
#include <string.h>
#include "tests/models/frame/sample-check.h"
#include "tests/seed.h"

/* Each pixel of the part is that of the frame (the nearest samples, so that nothing is mixed). */
static void
check_pixels (const TfcFrame *frame, const TfcFrame *part, guint x, guint y)
{
  const TfcTarget target = {.width = part->width,
                            .height = part->height,
                            .type = TFC_SAMPLE_F32,
                            .scale = 1,
                            .nearest = TRUE};
  const gsize bytes = (gsize)part->width * part->height * 3 * sizeof (gfloat);
  const TfcMap own = {.xx = 1, .yy = 1}, moved = {.xx = 1, .x0 = x, .yy = 1, .y0 = y};
  TfcSampler *sampler = tfc_sampler_new (&target);
  gfloat *a = g_malloc (bytes), *b = g_malloc (bytes);
  tfc_sampler_run (sampler, part, &own, a);
  tfc_sampler_run (sampler, frame, &moved, b);
  g_assert_cmpmem (a, bytes, b, bytes);
  g_free (a);
  g_free (b);
  tfc_sampler_free (sampler);
}

static void
test_parts (void)
{
  GRand *rand = g_rand_new_with_seed (test_seed ());
  const TfcFormat *format;
  for (guint f = 0; (format = tfc_format_nth (f)); f++) {
    for (guint k = 0; k < 12; k++) {
      const guint width = 1 + g_rand_int_range (rand, 0, 40),
                  height = 1 + g_rand_int_range (rand, 0, 40);
      const guint left = g_rand_int_range (rand, 0, width),
                  top = g_rand_int_range (rand, 0, height);
      const guint right = left + 1 + g_rand_int_range (rand, 0, 50),
                  bottom = top + 1 + g_rand_int_range (rand, 0, 50);
      guint x = left, y = top;
      Guarded g;
      guarded_init (&g, rand, format, width, height);
      const TfcFrame part = tfc_frame_part (&g.frame, &x, &y, right, bottom);
      g_assert_cmpuint (x, <=, left);
      g_assert_cmpuint (left - x, <, 4);
      g_assert_cmpuint (y, <=, top);
      g_assert_cmpuint (top - y, <, 4);
      g_assert_cmpuint (x + part.width, ==, MIN (right, width));
      g_assert_cmpuint (y + part.height, ==, MIN (bottom, height));
      check_pixels (&g.frame, &part, x, y);
      guarded_finish (&g);
    }
  }
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/parts", test_parts);
  return g_test_run ();
}
