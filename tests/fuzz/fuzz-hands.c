/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What hostile networks' outputs can do to palms, regions, hands that are followed, and their
 * points. */
#include "tests/fuzz/fuzz.h"

#include <math.h>

#include "models/hand/hand_follow.h"
#include "models/hand/hand_landmarks.h"
#include "models/hand/palm_detector.h"

/* Any number, more often than others one that is none. */
static gfloat
wild (FuzzBytes *b)
{
  static const gfloat values[] = {NAN, INFINITY, -INFINITY, G_MAXFLOAT};
  const guint k = fuzz_below (b, 64);
  return k < G_N_ELEMENTS (values) ? values[k] : fuzz_float (b);
}

/* One tensor or two, mostly nothing. */
static guint
palms (FuzzBytes *b, TfcPalm *found, guint max)
{
  gfloat *numbers = g_new0 (gfloat, 19 * TFC_PALM_ANCHORS);
  TfcCandidate *candidates = g_new (TfcCandidate, TFC_PALM_ANCHORS);
  const TfcPalmAnswers together = {numbers, numbers + 1, 19, 19},
                       apart = {numbers, numbers + TFC_PALM_ANCHORS, 1, 18};
  const TfcPalmAnswers *answers = fuzz_below (b, 2) ? &together : &apart;
  const gfloat confidence = fuzz_below (b, 101) / 100.f;
  for (guint i = 0; i < TFC_PALM_ANCHORS; i++)
    numbers[i * answers->logit_step] = -5;
  for (guint n = fuzz_below (b, 40); n > 0; n--) {
    const guint at = fuzz_below (b, TFC_PALM_ANCHORS);
    gfloat *row = numbers + (answers->row - numbers) + at * answers->row_step;
    numbers[at * answers->logit_step] = fuzz_float (b);
    for (guint k = 0; k < 10; k++)
      row[k] = k == 2 || k == 3 ? fabsf (wild (b)) : wild (b);
  }
  const guint n = tfc_palms_decode (answers, confidence, 1 + fuzz_below (b, 5000),
                                    1 + fuzz_below (b, 5000), candidates, found, max);
  g_assert_cmpuint (n, <=, max);
  for (guint i = 0; i < n; i++)
    g_assert_true (found[i].score >= confidence && isfinite (found[i].cx) && isfinite (found[i].h));
  g_free (candidates);
  g_free (numbers);
  return n;
}

/* Where the landmarks in region say that to look next; FALSE if there is no hand. */
static gboolean
look (FuzzBytes *b, TfcRegion *region)
{
  gfloat landmarks[3 * TFC_HAND_POINTS], world[3 * TFC_HAND_POINTS] = {wild (b)};
  TfcHandSight sight = {.presence = wild (b), .handedness = fuzz_float (b)};
  const TfcMap map = tfc_hand_region_map (region, 224);
  g_assert_true (isfinite (map.xx) && isfinite (map.x0) && isfinite (map.y0));
  for (guint i = 0; i < G_N_ELEMENTS (landmarks); i++)
    landmarks[i] = b->left ? fuzz_float (b) * 8 + 100 : (gfloat)(i % 7) * 32;
  tfc_hand_decode (landmarks, world, region, &sight);
  *region = tfc_hand_region_from_points (sight.points);
  return tfc_hand_sight_is_finite (&sight) && tfc_hand_region_is_sound (region);
}

static void
check_held (const TfcHandState *s)
{
  g_assert_cmpuint (s->n, <=, TFC_MAX_POSES);
  for (guint i = 0; i < s->n; i++) {
    g_assert_true (s->held[i].id && s->held[i].id < s->next_id);
    for (guint k = 0; k < i; k++)
      g_assert_true (s->held[i].id != s->held[k].id);
  }
}

static void
frame (FuzzBytes *b, TfcHandState *s)
{
  TfcHandRegion regions[2 * TFC_MAX_POSES];
  TfcPalm found[TFC_MAX_POSES];
  const guint max = 1 + fuzz_below (b, TFC_MAX_POSES);
  guint n = 0, kept = 0;
  s->n = MIN (s->n, max);
  if (s->n < max) {
    const guint n_palms = palms (b, found, max);
    for (guint i = 0; i < n_palms; i++) {
      regions[n] = (TfcHandRegion){tfc_hand_region_from_palm (&found[i]), 0};
      n += tfc_hand_region_is_sound (&regions[n].region);
    }
    n = fuzz_below (b, 2) ? tfc_hand_state_add (s, regions, n, max)
                          : tfc_hand_state_replace (s, regions, n);
  } else {
    n = tfc_hand_state_follow (s, regions);
  }
  g_assert_cmpuint (n, <=, max);
  for (guint i = 0; i < n; i++) {
    regions[kept] = regions[i];
    kept += look (b, &regions[kept].region);
  }
  tfc_hand_state_hold (s, regions, kept);
  check_held (s);
  for (guint i = 0; i < kept; i++) {
    TfcPoint points[TFC_HAND_POINTS] = {{fuzz_float (b), fuzz_float (b), 0}},
             world[TFC_HAND_POINTS] = {{0}};
    tfc_hand_state_smooth (s, s->held[i].id, points, world, s->held[i].region.size,
                           (guint64)fuzz_take (b, 4) << fuzz_below (b, 32));
  }
}

void
fuzz_one (const guint8 *data, gsize size)
{
  FuzzBytes b = {data, size};
  TfcHandState *s = tfc_hand_state_new ();
  for (guint n = 1 + fuzz_below (&b, 5); n > 0; n--) {
    frame (&b, s);
    if (!fuzz_below (&b, 8))
      tfc_hand_state_reset (s);
  }
  tfc_hand_state_free (s);
}

void
fuzz_seeds (void)
{
  GRand *rand = g_rand_new_with_seed (7);
  guint8 bytes[3000];
  for (guint i = 0; i < 40; i++) {
    for (guint k = 0; k < sizeof bytes; k++)
      bytes[k] = g_rand_int (rand);
    fuzz_seed (bytes, i % 2 ? sizeof bytes : 600);
  }
  g_rand_free (rand);
}
