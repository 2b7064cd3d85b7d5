/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Where a network looks: the text of roi up to the first 0x01, then a frame's size and boxes that a
 * hostile network or nobody has found. What is taken lies in the frame, crops lie in their areas
 * and are no more than asked for. */
#include "tests/fuzz/fuzz.h"

#include "inference/error.h"
#include "models/detection/areas.h"
#include "models/detection/crop_suppression.h"

#define N_FOUND 24

static void
check_areas (const TfcAreas *areas)
{
  g_assert_cmpuint (areas->n, <=, TFC_MAX_AREAS);
  for (guint i = 0; i < areas->n; i++) {
    const TfcBox *a = &areas->area[i];
    g_assert_true (a->x >= 0 && a->y >= 0 && a->w > 0 && a->h > 0);
    g_assert_true (a->x + a->w <= 1.000001f && a->y + a->h <= 1.000001f);
  }
}

static TfcBox
take_box (FuzzBytes *b)
{
  return (TfcBox){fuzz_float (b), fuzz_float (b), fuzz_float (b), fuzz_float (b)};
}

static void
suppress (FuzzBytes *b, const TfcCrop *crops, guint n_crops, const TfcDetection *found)
{
  guint counts[TFC_MAX_CROPS] = {0}, left = N_FOUND;
  TfcCandidate scratch[N_FOUND];
  TfcDetection out[N_FOUND];

  for (guint i = 0; i < n_crops; i++)
    left -= counts[i] = fuzz_below (b, left + 1);
  const guint n = tfc_suppress_crops (found, counts, crops, n_crops, 0.5f, scratch, out, N_FOUND);
  g_assert_cmpuint (n, <=, N_FOUND - left);
}

static void
look (FuzzBytes *b, TfcRegions *regions, const TfcAreas *areas)
{
  TfcBox moving[8];
  TfcDetection found[N_FOUND] = {0};
  TfcCrop crops[TFC_MAX_CROPS];
  const TfcRegionFrame f = {.width = 1 + fuzz_below (b, 65535),
                            .height = 1 + fuzz_below (b, 65535),
                            .input_width = 1 + fuzz_below (b, 1000),
                            .input_height = 1 + fuzz_below (b, 1000),
                            .n_areas = areas->n,
                            .areas = areas->area,
                            .regions = fuzz_below (b, 40),
                            .whole = fuzz_below (b, 2),
                            .n_moving = fuzz_below (b, G_N_ELEMENTS (moving)),
                            .moving = moving};

  for (guint i = 0; i < f.n_moving; i++)
    moving[i] = take_box (b);
  const guint n = tfc_regions_plan (regions, &f, crops);
  g_assert_cmpuint (n, <=, areas->n + MIN (f.regions, TFC_MAX_REGIONS));
  for (guint i = 0; i < n; i++)
    g_assert_true (crops[i].box.w > 0 && crops[i].box.h > 0 && crops[i].box.x >= 0 &&
                   crops[i].box.y >= 0 && crops[i].box.x + crops[i].box.w <= 1.0001f &&
                   crops[i].box.y + crops[i].box.h <= 1.0001f);
  for (guint i = 0; i < N_FOUND; i++)
    found[i] =
        (TfcDetection){.box = take_box (b), .score = 0.5f, .class_id = (gint)fuzz_below (b, 4)};
  suppress (b, crops, n, found);
  tfc_regions_learn (regions, found, N_FOUND, fuzz_below (b, 2));
}

void
fuzz_one (const guint8 *data, gsize size)
{
  const guint8 *cut = size ? memchr (data, 1, size) : NULL;
  const gsize length = cut ? (gsize)(cut - data) : size;
  g_autofree gchar *text = g_strndup ((const gchar *)data, length);
  FuzzBytes b = {data + length, size - length};
  g_autoptr (GError) error = NULL;
  TfcAreas areas;

  if (!tfc_areas_parse (text, TFC_MAX_AREAS, &areas, &error)) {
    g_assert_true (error && error->domain == TFC_ERROR &&
                   g_utf8_validate (error->message, -1, NULL));
    return;
  }
  check_areas (&areas);
  if (!areas.n)
    areas = (TfcAreas){1, {{0, 0, 1, 1}}};
  TfcRegions *regions = tfc_regions_new ();
  while (b.left > 0)
    look (&b, regions, &areas);
  tfc_regions_free (regions);
}

void
fuzz_seeds (void)
{
  static const gchar *const texts[] = {"0,0,1,1",
                                       "0.25,0.5,0.5,0.5;0,0,.1,.1",
                                       "0,0,1,1;",
                                       "1e-3,0,0.5,1e0",
                                       "0,0,0.5,1;0.5,0,0.5,1;0,0,1,1",
                                       "nan,inf,-0,+1",
                                       "x",
                                       "0.9999999,0.9999999,0.0000001,0.0000001"};
  guint8 bytes[600];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    const gsize length = strlen (texts[i]);
    fuzz_seed (texts[i], length);
    memcpy (bytes, texts[i], length);
    for (gsize k = length; k < sizeof bytes; k++)
      bytes[k] = (guint8)(1 + k * (37 + i) % 251);
    bytes[length] = 1;
    fuzz_seed (bytes, sizeof bytes);
  }
}
