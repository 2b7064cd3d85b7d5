/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every instruction set gives the portable passes' bits. */
#include <string.h>
#include "sample_kernel.h"

#define N 200 /* room; runs use fewer, so that what lies behind is seen to stay */

typedef struct {
  gint32 index[N], offset[N];
  gfloat part[N], near_part[N], mask[N], value[N], level[N], red[N], green[N], blue[N];
  gint32 near_index[N];
  gfloat floats[3 * N];
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
                              .right_shift = 16};
  k->place[nearest](&axis, start, step, n, r->index, r->part);
  k->place_row[nearest](&axis, start, step, n, r->near_index, r->near_part);
  k->inside (start, step, size, n, r->mask);
  k->offset (r->index, r->near_index, 3, -4000, n, r->offset);
  k->blend[0](&lane, r->part, r->near_part, n, r->value);
  k->blend[1](&lane, r->part, r->near_part, n, r->level);
  gfloat *const in[3] = {r->value, r->level, r->value};
  k->colour (&colour, in, n, planes);
  k->mask (r->mask, r->part, n, r->green);
  k->store_f32 (planes, n, 0.1f, -1.f, r->floats);
  k->store_u8 (planes, n, scratch, r->bytes);
  g_assert_cmpuint (n, <, N);
  for (guint i = 3 * n; i < 3 * N; i++)
    g_assert_true (r->floats[i] == 0.f && r->bytes[i] == 0);
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
  g_test_add_func ("/sample-kernel/best-is-listed", test_best_is_listed);
  return g_test_run ();
}
