/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The largest frames and targets, and those that are too large. */
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "models/frame/sample_geometry.h"
#include "tests/models/frame/sample-check.h"

/* Address space that takes no memory until it is written to; NULL where there is not so much. */
static guint8 *
wide_memory (gsize bytes, gint protection)
{
  gpointer map = mmap (NULL, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  return map == MAP_FAILED ? NULL : map;
}

/* Targets about the frame's last corner, on every instruction set. */
static void
check_corner (GRand *rand, const TfcFrame *frame)
{
  gfloat pixels[MAX_TARGET * 20 * 3];

  for (guint k = 0; tfc_sample_kernel_nth (k); k++)
    for (guint round = 0; round < 12; round++) {
      const TfcTarget target = random_target (rand);
      TfcSampler *sampler = tfc_sampler_new_on (&target, tfc_sample_kernel_nth (k));
      TfcMap map = edge_map (rand, frame, &target, 8);
      if (round % 2)
        map = (TfcMap){.xx = 0.5, .x0 = frame->width - 9, .yy = 0.5, .y0 = frame->height - 9.};
      tfc_sampler_run (sampler, frame, &map, pixels);
      compare (frame, &target, &map, pixels);
      tfc_sampler_free (sampler);
    }
}

/* Frames as big as they may be are read right in their last corner: nothing is counted in too few
 * bits. */
static void
test_largest (void)
{
  static const struct {
    const gchar *format;
    guint width, height;
    gint stride;
  } rows[] = {
      {"RGBx", 32768, 16383, 131072},    {"ARGB64", 32768, 8191, 262144},
      {"GRAY8", 100, 2, G_MAXINT - 100}, {"GRAY16_LE", 46340, 23170, 92680},
      {"Y210", 32768, 16383, 131072},
  };
  GRand *rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint i = 0; i < 2 * G_N_ELEMENTS (rows); i++) {
    TfcFrame frame = {.width = rows[i / 2].width,
                      .height = rows[i / 2].height,
                      .stride = {rows[i / 2].stride},
                      .format = tfc_format_find (rows[i / 2].format)};
    guint64 bytes, n_rows;
    tfc_format_plane_size (frame.format, 0, frame.width, frame.height, &bytes, &n_rows);
    const gsize span = tfc_plane_span (bytes, n_rows, frame.stride[0]);
    guint8 *memory = wide_memory (span, PROT_READ | PROT_WRITE);
    if (!memory) {
      g_test_skip ("not so much address space");
      break;
    }
    frame.plane[0] = memory;
    if (i % 2) { /* upside down */
      frame.plane[0] = memory + (n_rows - 1) * (gsize)frame.stride[0];
      frame.stride[0] = -frame.stride[0];
    }
    for (guint y = frame.height - MIN (60, frame.height); y < frame.height; y++)
      for (gsize x = bytes - 100; x < bytes; x++)
        ((guint8 *)frame.plane[0])[(gssize)y * frame.stride[0] + (gssize)x] = g_rand_int (rand);
    g_test_message ("%s %ux%u, stride %d", frame.format->name, frame.width, frame.height,
                    frame.stride[0]);
    g_assert_true (tfc_frame_fits (&frame));
    check_corner (rand, &frame);
    munmap (memory, span);
  }
  g_rand_free (rand);
}

/* Bigger ones are not read at all, whatever the map; their picture is black. */
static void
test_too_big (void)
{
  static const TfcMap maps[] = {{1., 0., 1000., 0., 1., 16290.},
                                {1., 0.01, 1000., -0.01, 1., 16290.},
                                {100., 0., 0., 0., 100., 0.}};
  const gsize size = (gsize)32768 * 4 * 16500;
  guint8 *memory = wide_memory (size, PROT_NONE);
  const TfcFrame frame = {.width = 32768,
                          .height = 16500,
                          .plane = {memory},
                          .stride = {32768 * 4},
                          .format = tfc_format_find ("RGBx"),
                          .full_range = TRUE};

  if (!memory) {
    g_test_skip ("not so much address space");
    return;
  }
  for (guint k = 0; tfc_sample_kernel_nth (k); k++)
    for (guint i = 0; i < 2 * G_N_ELEMENTS (maps); i++) {
      const TfcTarget target = {
          30, 20, i % 2 ? TFC_SAMPLE_U8 : TFC_SAMPLE_F32, 0.5f, -3.f, TFC_BORDER_CLAMP, FALSE};
      TfcSampler *sampler = tfc_sampler_new_on (&target, tfc_sample_kernel_nth (k));
      gfloat pixels[30 * 20 * 3 + 1];
      memset (pixels, 0x55, sizeof pixels);
      tfc_sampler_run (sampler, &frame, &maps[i / 2], pixels);
      for (guint at = 0; at < 30 * 20 * 3; at++)
        if (i % 2)
          g_assert_cmpuint (((guint8 *)pixels)[at], ==, 0);
        else
          g_assert_cmpfloat (pixels[at], ==, -3.f);
      g_assert_cmpuint (((guint8 *)pixels)[30 * 20 * 3 * (i % 2 ? 1 : 4)], ==, 0x55);
      tfc_sampler_free (sampler);
    }
  munmap (memory, size);
}

static void
test_limits (void)
{
  const guint sides[][3] = {{0, 1, 0},    {1, 0, 0}, {4097, 1, 0},
                            {1, 4097, 0}, {1, 1, 1}, {4096, 1, 1}};

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++) {
    const TfcTarget target = {.width = sides[i][0], .height = sides[i][1]};
    TfcSampler *sampler = tfc_sampler_new (&target);
    g_assert_cmpint (sampler != NULL, ==, sides[i][2]);
    tfc_sampler_free (sampler);
  }
  tfc_sampler_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample/largest", test_largest);
  g_test_add_func ("/sample/too-big", test_too_big);
  g_test_add_func ("/sample/limits", test_limits);
  return g_test_run ();
}
