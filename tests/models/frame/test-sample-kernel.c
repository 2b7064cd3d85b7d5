/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Every instruction set gives the portable passes' bits. */
#include <string.h>
#include "models/frame/sample_load.h"
#include "models/frame/sample_kernel.h"
#include "models/frame/sample_shuffle.h"

#define N                                                                                        \
  208 /* room, whole lines of 64 bytes; runs use fewer, so that what lies behind is seen to stay \
       */

typedef struct {
  gint32 index[N], offset[N], single_index[N];
  gfloat part[N], single_part[N], near_part[N], mask[3][N], value[N], axis_aligned[N], red[N],
      green[N], blue[N];
  gint32 near_index[N];
  gfloat floats[3 * N];
  gint32 words[3 * N];
  guint8 bytes[3 * N];
} Results;

static void
run_all (const TfcSampleKernel *k, GRand *rand, Results *r)
{
  const guint n = g_rand_int_range (rand, 1, N - TFC_SAMPLE_BLOCK);
  const guint size = g_rand_int_range (rand, 1, 3000), nearest = g_rand_boolean (rand);
  const TfcSampleAxis axis = {size - 1., 0.5, nearest ? 0. : -0.25, (size + 1) / 2 - 1.,
                              MAX ((gint)(size + 1) / 2 - 2, 0)};
  const gdouble start = g_rand_double_range (rand, -3000., 3000.);
  const gdouble step = g_rand_double_range (rand, -30., 30.);
  gfloat *const planes[3] = {r->red, r->green, r->blue};
  guint32 words[4][N], scratch[N];
  TfcSampleColour colour;

  for (guint i = 0; i < N * 4; i++)
    words[i / N][i % N] = g_rand_int (rand);
  for (guint i = 0; i < 9; i++)
    colour.matrix[i / 3][i % 3] = g_rand_double_range (rand, -2., 2.);
  for (guint i = 0; i < 3; i++)
    colour.bias[i] = g_rand_double_range (rand, -300., 300.);
  const TfcSampleLane lane = {.left = {words[0], words[1]},
                              .right = {words[2], words[3]},
                              .left_shift = 8,
                              .right_shift = 16,
                              .mask = g_rand_boolean (rand) ? 255 : 65535};
  k->locate[nearest](&axis, start, step, n, r->index, r->part);
  k->locate_row[nearest](&axis, start, step, n, r->near_index, r->near_part);
  k->locate[2](&axis, start, step, n, r->single_index, r->single_part);
  for (guint i = 0; i < 3; i++)
    k->cover[i](start, step, size, n, r->mask[i]);
  k->offset (r->index, r->near_index, 3, -4000, n, r->offset);
  k->blend[0](&lane, r->part, r->near_part, n, r->value);
  k->blend[1](&lane, r->part, r->near_part, n, r->axis_aligned);
  gfloat *const in[3] = {r->value, r->axis_aligned, r->value};
  k->colour (&colour, in, n, planes);
  k->mask (r->mask[1], r->part, n, r->green);
  k->store_f32 (planes, n, 0.1f, -1.f, r->floats);
  k->store_u8 (planes, n, scratch, r->bytes);
  k->store_i32 (planes, n, r->words);
  for (guint i = 0; i < 3; i++)
    k->truncate (n, planes[i]);
  g_assert_cmpuint (n, <, N);
  for (guint i = 3 * n; i < 3 * N; i++)
    g_assert_true (r->floats[i] == 0.f && r->bytes[i] == 0 && r->words[i] == 0);
}

static void
test_same_bits (void)
{
  const TfcSampleKernel *kernel;
  const guint32 seed = g_test_rand_int ();

  g_test_message ("seed %u", seed);
  g_assert_true (tfc_sample_kernel_nth (0) != NULL);
  for (guint k = 1; (kernel = tfc_sample_kernel_nth (k)); k++)
    for (guint round = 0; round < 200; round++) {
      g_autofree Results *portable = g_new0 (Results, 1), *other = g_new0 (Results, 1);
      GRand *rand = g_rand_new_with_seed (seed + round);
      run_all (tfc_sample_kernel_nth (0), rand, portable);
      g_rand_set_seed (rand, seed + round);
      run_all (kernel, rand, other);
      g_rand_free (rand);
      g_assert_cmpmem (portable, sizeof *portable, other, sizeof *other);
    }
}

#define ROW_SIZE 20000 /* bytes */

/* The fetch visits every pixel, and the portable pass blends what it brings. */
static void
visit (const TfcSampleLoadPlan *plan, const TfcSampleLoad *load, const guint8 *row, gssize stride,
       const gint32 *offset, guint n, gint next, const gfloat *part, gfloat *const value[3])
{
  guint32 words[4][N] = {{0}};
  guint32 *const left[2] = {words[0], words[1]}, *const right[2] = {words[2], words[3]};

  load->func (row, stride, offset, n, next, left, right);
  for (guint c = 0; c < load->n_components; c++) {
    const guint at = load->two_words ? 2 : 0;
    const TfcSampleLane lane = {.left = {words[0], words[1]},
                                .right = {words[at], words[at + 1]},
                                .left_shift = load->left_shift[c],
                                .right_shift = load->right_shift[c],
                                .mask = plan->mask};
    tfc_sample_kernel_nth (0)->blend[1](&lane, part, part, n, value[c]);
  }
}

/* Returns the plan's parts. */
static guint
compare_shuffle (const TfcSampleKernel *k, GRand *rand, const TfcSampleLoadPlan *plan, guint f,
                 gint next, const guint8 *rows)
{
  const TfcSampleLoad *load = &plan->load[f];
  const guint n = g_rand_int_range (rand, 1, N - TFC_SAMPLE_BLOCK);
  const gdouble step = g_rand_double_range (rand, -30., 30.);
  gfloat values[2][3][N] __attribute__ ((aligned (64))) = {{{0}}};
  gfloat part[N] __attribute__ ((aligned (64))) = {0};
  TfcShuffleBlock blocks[N / TFC_SHUFFLE_PIXELS + 1];
  TfcShuffle shuffle = {.block = blocks};
  gint32 offset[N];

  for (guint i = 0; i < n; i++) {
    offset[i] = ((gint32)(step * i) + (step < 0 ? 30 * N : 0)) % (ROW_SIZE / 4 - 2) * load->step;
    offset[i] = MIN (offset[i], ROW_SIZE / 2 - 2 * load->step);
    part[i] = g_rand_double (rand);
  }
  g_assert_true (tfc_shuffle_bytes (&shuffle, plan, f, next));
  tfc_shuffle_plan (&shuffle, offset, n);
  for (guint b = 1; b < tfc_shuffle_blocks (n); b++)
    g_assert_cmpint (ABS (blocks[b].first - blocks[b - 1].first), <=,
                     shuffle.lines * TFC_CACHE_LINE);
  if (shuffle.n_pairs == 0)
    return 0;
  gfloat *const visited[3] = {values[0][0], values[0][1], values[0][2]};
  gfloat *const picked[3] = {values[1][0], values[1][1], values[1][2]};
  visit (plan, load, rows, ROW_SIZE / 2, offset, n, next, part, visited);
  k->shuffle (&shuffle, rows, ROW_SIZE / 2, g_rand_int_range (rand, -2, 3) * ROW_SIZE, part,
              part[0], n, picked);
  for (guint c = 0; c < load->n_components; c++)
    g_assert_cmpmem (visited[c], n * sizeof (gfloat), picked[c], n * sizeof (gfloat));
  return shuffle.n_pairs;
}

/* Where a kernel shuffles samples, they are those that are loaded one by one, however far apart. */
static void
test_shuffle (void)
{
  const TfcSampleKernel *kernel;
  const guint32 seed = g_test_rand_int ();
  g_autofree guint8 *rows = g_malloc (ROW_SIZE);

  g_test_message ("seed %u", seed);
  for (guint k = 0; (kernel = tfc_sample_kernel_nth (k)); k++) {
    guint seen[TFC_SHUFFLE_PAIRS + 1] = {0};
    GRand *rand = g_rand_new_with_seed (seed);
    for (guint i = 0; i < ROW_SIZE; i++)
      rows[i] = g_rand_int (rand) >> 9;
    for (guint round = 0; kernel->shuffle && round < 200; round++)
      for (guint f = 0; tfc_format_nth (f); f++) {
        TfcSampleLoadPlan plan;
        const gboolean single = g_rand_int_range (rand, 0, 4) == 0;
        tfc_sample_load_plan (&plan, tfc_format_nth (f), single);
        for (guint i = 0; i < plan.n_loads; i++) {
          const TfcSampleLoad *load = &plan.load[i];
          seen[compare_shuffle (kernel, rand, &plan, i, single ? 0 : load->step, rows)]++;
        }
      }
    for (guint n_pairs = 0; kernel->shuffle && n_pairs <= TFC_SHUFFLE_PAIRS; n_pairs++)
      g_assert_cmpuint (seen[n_pairs], >, 0);
    g_rand_free (rand);
  }
}

/* The lines of a plane are asked for once, whatever number of fetches reads it. */
static void
test_asks (void)
{
  for (guint f = 0; tfc_format_nth (f); f++)
    for (guint single = 0; single < 2; single++) {
      guint prefetches[3] = {0};
      TfcSampleLoadPlan plan;
      tfc_sample_load_plan (&plan, tfc_format_nth (f), single);
      for (guint i = 0; i < plan.n_loads; i++)
        prefetches[plan.load[i].plane] += plan.load[i].prefetches;
      for (guint p = 0; p < tfc_format_nth (f)->n_planes; p++)
        g_assert_cmpuint (prefetches[p], ==, 1);
    }
}

/* Some matrix as tfc_sample_colour makes them. */
static TfcSampleColour
random_colour (GRand *rand)
{
  const gfloat y = g_rand_double_range (rand, 0.9, 1.3);
  return (TfcSampleColour){.matrix = {{y, 0.f, g_rand_double_range (rand, 1., 2.)},
                                      {y, -g_rand_double (rand), -g_rand_double (rand)},
                                      {y, g_rand_double_range (rand, 1., 2.), 0.f}},
                           .bias = {g_rand_double_range (rand, -300., 10.),
                                    g_rand_double_range (rand, -10., 200.),
                                    g_rand_double_range (rand, -300., 10.)}};
}

/* Colour and store in one pass: the same as in two, and not one element more. */
static void
test_colour_store (void)
{
  const TfcSampleKernel *kernel;
  const guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint k = 0; (kernel = tfc_sample_kernel_nth (k)); k++)
    for (guint round = 0; kernel->colour_u8 && round < 400; round++) {
      const guint n = g_rand_int_range (rand, 1, N - TFC_SAMPLE_BLOCK);
      gfloat rows[6][N] __attribute__ ((aligned (64)));
      gfloat *const in[3] = {rows[0], rows[1], rows[2]}, *const out[3] = {rows[3], rows[4],
                                                                          rows[5]};
      guint8 two[3 * N] = {0}, one[3 * N] = {0};
      gfloat two_f32[3 * N] = {0}, one_f32[3 * N] = {0};
      guint32 scratch[N];
      const TfcSampleColour colour = random_colour (rand);
      for (guint i = 0; i < 3 * N; i++)
        rows[i / N][i % N] = g_rand_boolean (rand) ? g_rand_int_range (rand, 0, 256)
                                                   : g_rand_double_range (rand, 0., 255.);
      tfc_sample_kernel_nth (0)->colour (&colour, in, n, out);
      tfc_sample_kernel_nth (0)->store_u8 (out, n, scratch, two);
      kernel->colour_u8 (&colour, in, n, one);
      g_assert_cmpmem (one, sizeof one, two, sizeof two);
      tfc_sample_kernel_nth (0)->store_f32 (out, n, 0.1f, -1.f, two_f32);
      kernel->colour_f32 (&colour, in, n, 0.1f, -1.f, one_f32);
      g_assert_cmpmem (one_f32, sizeof one_f32, two_f32, sizeof two_f32);
    }
  g_rand_free (rand);
}

/* Every tie is found, and where there is none the pass says so. */
static void
test_ties (void)
{
  const TfcSampleKernel *kernel;
  const guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint k = 0; (kernel = tfc_sample_kernel_nth (k)); k++)
    for (guint round = 0; round < 400; round++) {
      const guint n = g_rand_int_range (rand, 1, N - TFC_SAMPLE_BLOCK);
      const guint n_ties = g_rand_int_range (rand, 0, 3);
      gfloat rows[3][N];
      gfloat *const rgb[3] = {rows[0], rows[1], rows[2]};
      guint32 tie[N], want[N] = {0};
      for (guint i = 0; i < 3 * N; i++)
        rows[i / N][i % N] = g_rand_int_range (rand, 0, 255) + g_rand_double_range (rand, 0., 0.49);
      for (guint i = 0; i < n_ties; i++) {
        const guint at = g_rand_int_range (rand, 0, n);
        rows[g_rand_int_range (rand, 0, 3)][at] = g_rand_int_range (rand, 0, 255) + 0.5f;
        want[at] = 1;
      }
      g_assert_cmpint (kernel->ties (rgb, n, tie) != FALSE, ==, n_ties > 0);
      g_assert_cmpmem (tie, n * sizeof *tie, want, n * sizeof *want);
    }
  g_rand_free (rand);
}

/* Both axes at once: what they are one by one. Some rows keep clear of the edges, some do not. */
static void
test_locate_pixels (void)
{
  const TfcSampleKernel *kernel, *portable = tfc_sample_kernel_nth (0);
  const guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint k = 0; (kernel = tfc_sample_kernel_nth (k)); k++)
    for (guint round = 0; round < 400; round++) {
      const guint n = g_rand_int_range (rand, 1, N - TFC_SAMPLE_BLOCK);
      const TfcSampleAxis luma = {999., 1., 0., 999., 998}, chroma = {999., 0.5, -0.25, 499., 498};
      const TfcSampleAxis *axis = g_rand_boolean (rand) ? &luma : &chroma;
      gint32 column[N], row[N], two[N], one[N];
      gfloat part[4][N];
      TfcSlant slant = {.axis = {axis, axis}, .bytes = {g_rand_int_range (rand, 1, 5), -4000}};
      for (guint i = 0; i < 2; i++) {
        slant.start[i] = g_rand_double_range (rand, -100., 1100.);
        slant.step[i] = g_rand_double_range (rand, -4., 4.);
      }
      portable->locate_row[0](axis, slant.start[0], slant.step[0], n, column, part[0]);
      portable->locate_row[0](axis, slant.start[1], slant.step[1], n, row, part[1]);
      portable->offset (column, row, slant.bytes[0], slant.bytes[1], n, two);
      kernel->locate_pixels (&slant, n, one, part[2], part[3]);
      g_assert_cmpmem (one, n * sizeof *one, two, n * sizeof *two);
      g_assert_cmpmem (part[2], n * sizeof (gfloat), part[0], n * sizeof (gfloat));
      g_assert_cmpmem (part[3], n * sizeof (gfloat), part[1], n * sizeof (gfloat));
    }
  g_rand_free (rand);
}

static void
test_best_is_listed (void)
{
  const TfcSampleKernel *best = tfc_sample_kernel ();
  guint k = 0;

  while (tfc_sample_kernel_nth (k) && tfc_sample_kernel_nth (k) != best)
    k++;
  g_assert_true (tfc_sample_kernel_nth (k) == best);
  g_assert_null (tfc_sample_kernel_nth (G_MAXUINT));
  g_test_message ("best: %s", best->name);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample-kernel/same-bits", test_same_bits);
  g_test_add_func ("/sample-kernel/shuffle", test_shuffle);
  g_test_add_func ("/sample-kernel/asks", test_asks);
  g_test_add_func ("/sample-kernel/colour-store", test_colour_store);
  g_test_add_func ("/sample-kernel/ties", test_ties);
  g_test_add_func ("/sample-kernel/locate-pixels", test_locate_pixels);
  g_test_add_func ("/sample-kernel/best-is-listed", test_best_is_listed);
  return g_test_run ();
}
