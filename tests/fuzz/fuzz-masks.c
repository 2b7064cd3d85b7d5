/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What hostile networks' outputs can do to masks, parts, people and poses. */
#include "tests/fuzz/fuzz.h"

#include <math.h>

#include "models/segmentation/body_pix_private.h"
#include "models/segmentation/mask_refine.h"
#include "models/mask/mask_smooth.h"

#define MAX_SIDE 24 /* cells, values */

/* Any number, more often than others one that is none. */
static gfloat
wild (FuzzBytes *b)
{
  static const gfloat values[] = {NAN, INFINITY, -INFINITY, G_MAXFLOAT};
  const guint k = fuzz_below (b, 32);
  return k < G_N_ELEMENTS (values) ? values[k] : fuzz_float (b);
}

/* n numbers; when the bytes are used up, some that differ. */
static gfloat *
numbers (FuzzBytes *b, gsize n)
{
  gfloat *values = g_new (gfloat, n);
  for (gsize i = 0; i < n; i++)
    values[i] = b->left ? wild (b) : (gfloat)(i % 13) - 6;
  return values;
}

static void
check_values (const guint8 *mask, gsize n, guint most)
{
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (mask[i], <=, most);
}

/* BodyPix as after a run. */
static void
body_pix (FuzzBytes *b)
{
  static const guint channels[N_OUTPUTS] = {34, 1, 24, 34, 17, 32, 32};
  TfcBodyPix p = {.stride = 8u << fuzz_below (b, 3), .part_row_y = {-1, -1}};
  gfloat *maps[N_OUTPUTS];
  p.columns = 2 + fuzz_below (b, MAX_SIDE);
  p.rows = 2 + fuzz_below (b, MAX_SIDE);
  p.grid.width = (p.columns - 1) * p.stride + 1;
  p.grid.height = (p.rows - 1) * p.stride + 1;
  p.left = fuzz_below (b, 300);
  p.top = fuzz_below (b, 300);
  p.prepared.width = 1 + fuzz_below (b, 5000);
  p.prepared.height = 1 + fuzz_below (b, 5000);
  p.padded_width = p.prepared.width + 2 * p.left;
  p.padded_height = p.prepared.height + 2 * p.top;
  p.grid.step_x = MAX (p.padded_width - 1., 1.) / (p.grid.width - 1);
  p.grid.step_y = MAX (p.padded_height - 1., 1.) / (p.grid.height - 1);
  p.grid.start_x = -(gdouble)p.left;
  p.grid.start_y = -(gdouble)p.top;
  p.decoder = tfc_posenet_decoder_new (p.rows, p.columns, p.stride);
  for (guint i = 0; i < N_OUTPUTS; i++)
    p.maps[i] = maps[i] = numbers (b, (gsize)p.rows * p.columns * channels[i]);
  for (guint i = 0; i < 2; i++)
    p.part_row[i] = g_new (gfloat, (gsize)p.grid.width * TFC_BODY_PIX_PARTS);

  const TfcMaskGrid to = {1 + fuzz_below (b, 64), 1 + fuzz_below (b, 64),
                          1 + fuzz_below (b, 90), (gdouble)fuzz_below (b, 4096) - 2048,
                          1 + fuzz_below (b, 90), 0};
  const gsize n = (gsize)to.width * to.height;
  guint8 *mask = g_malloc (n);
  memset (mask, 255, n);
  tfc_body_pix_parts (&p, &to, mask);
  check_values (mask, n, TFC_BODY_PIX_PARTS);
  memset (mask, 255, n);
  const guint people = tfc_body_pix_people (&p, &to, mask);
  g_assert_cmpuint (people, <=, TFC_BODY_PIX_MAX_PEOPLE);
  check_values (mask, n, people);
  g_free (mask);
  for (guint i = 0; i < N_OUTPUTS; i++)
    g_free (maps[i]);
  g_free (p.part_row[0]);
  g_free (p.part_row[1]);
  tfc_posenet_decoder_free (p.decoder);
}

/* A few frames of masks of any sizes, smoothed, refined, enlarged. */
static void
masks (FuzzBytes *b)
{
  TfcMaskSmooth smooth = {0};
  TfcMaskRefine *refine = tfc_mask_refine_new ();
  for (guint frame = 1 + fuzz_below (b, 4); frame > 0; frame--) {
    const guint w = 1 + fuzz_below (b, MAX_SIDE), h = 1 + fuzz_below (b, MAX_SIDE);
    gfloat *values = numbers (b, (gsize)w * h), *rgb = numbers (b, (gsize)w * h * 3);
    const TfcMaskGrid from = {w,
                              h,
                              1 + fuzz_below (b, 90) / 8.,
                              fuzz_below (b, 900) - 450.,
                              1 + fuzz_below (b, 90) / 8.,
                              fuzz_below (b, 900) - 450.};
    const TfcMaskGrid to = {1 + fuzz_below (b, 64), 1 + fuzz_below (b, 64), 1, 0, 1, 0};
    guint8 *bytes = g_malloc ((gsize)to.width * to.height);
    tfc_mask_smooth (&smooth, values, w, h, (guint64)fuzz_take (b, 4) << fuzz_below (b, 32));
    if (fuzz_below (b, 2))
      tfc_mask_refine (refine, rgb, 1 + (gfloat)fuzz_below (b, 2), w, h, values);
    tfc_mask_resample (&from, values, &to, fuzz_below (b, 2) ? wild (b) : 0, bytes);
    g_free (bytes);
    g_free (values);
    g_free (rgb);
  }
  tfc_mask_refine_free (refine);
  tfc_mask_smooth_clear (&smooth);
}

void
fuzz_one (const guint8 *data, gsize size)
{
  FuzzBytes b = {data, size};
  if (fuzz_below (&b, 2))
    body_pix (&b);
  else
    masks (&b);
}

void
fuzz_seeds (void)
{
  GRand *rand = g_rand_new_with_seed (5);
  guint8 bytes[1500];
  for (guint i = 0; i < 40; i++) {
    for (guint k = 0; k < sizeof bytes; k++)
      bytes[k] = (guint8)g_rand_int (rand);
    fuzz_seed (bytes, i % 2 ? sizeof bytes : 300);
  }
  g_rand_free (rand);
}
