/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "models/detection/box_coder.h"
#include "models/detection/nms.h"

static void
test_plain (void)
{
  TfcCandidate c[] = {
      {0.5f, 0, 1, {0, 0, 1, 1}},
      {0.9f, 1, 2, {0.1f, 0, 1, 1}},
      {0.7f, 2, 1, {5, 5, 1, 1}},
  };

  g_assert_cmpuint (tfc_nms (c, 3, 0.5f, 10), ==, 2);
  g_assert_cmpuint (c[0].index, ==, 1);
  g_assert_cmpuint (c[1].index, ==, 2);
  g_assert_cmpuint (tfc_nms (c, 3, 0.95f, 10), ==, 3);
  g_assert_cmpuint (c[2].index, ==, 0);
  g_assert_cmpuint (tfc_nms (c, 3, 0.95f, 2), ==, 2);
  g_assert_cmpuint (tfc_nms (c, 3, 0.95f, 0), ==, 0);
  g_assert_cmpuint (tfc_nms (c, 0, 0.95f, 5), ==, 0);
}

/* At the threshold a box goes: two boxes that share exactly a third, and zero leaves one. */
static void
test_threshold (void)
{
  const TfcCandidate pair[] = {{0.9f, 0, 1, {0, 0, 2, 1}}, {0.8f, 1, 1, {1, 0, 2, 1}}};
  TfcCandidate c[2];

  memcpy (c, pair, sizeof c);
  g_assert_cmpuint (tfc_nms (c, 2, (gfloat)(1.0 / 3), 2), ==, 1);
  memcpy (c, pair, sizeof c);
  g_assert_cmpuint (tfc_nms (c, 2, 0.3334f, 2), ==, 2);
  c[1].box.x = 50;
  g_assert_cmpuint (tfc_nms (c, 2, 0, 2), ==, 1);
}

/* Selection by scanning for the best unsuppressed, quadratic and from nothing but the rule. */
static guint
naive (const TfcCandidate *c, guint n, gfloat threshold, guint max, guint *kept)
{
  gboolean *gone = g_new0 (gboolean, n + 1);
  guint n_kept = 0;

  while (n_kept < max) {
    gint best = -1;
    for (guint i = 0; i < n; i++)
      if (!gone[i] && (best < 0 || c[i].score > c[best].score ||
                       (c[i].score == c[best].score && c[i].index < c[best].index)))
        best = i;
    if (best < 0)
      break;
    kept[n_kept++] = c[best].index;
    for (guint i = 0; i < n; i++)
      if (i == (guint)best || tfc_box_iou (&c[i].box, &c[best].box) >= threshold)
        gone[i] = TRUE;
  }
  g_free (gone);
  return n_kept;
}

static void
one_random (void)
{
  guint n = g_test_rand_int_range (0, 300), max = g_test_rand_int_range (0, 320);
  guint steps = g_test_rand_int_range (1, 40); /* few steps: many ties */
  gfloat threshold = (gfloat)g_test_rand_double ();
  TfcCandidate *c = g_new0 (TfcCandidate, n + 1);
  guint *kept = g_new0 (guint, n + 1);
  guint8 *seen = g_new0 (guint8, n + 1);

  for (guint i = 0; i < n; i++)
    c[i] = (TfcCandidate){g_test_rand_int_range (0, steps) / (gfloat)steps,
                          i,
                          1,
                          {(gfloat)g_test_rand_double (), (gfloat)g_test_rand_double (),
                           (gfloat)g_test_rand_double (), (gfloat)g_test_rand_double ()}};
  for (guint i = 1; i < n; i++) { /* any order */
    guint j = g_test_rand_int_range (0, i + 1);
    TfcCandidate t = c[i];
    c[i] = c[j];
    c[j] = t;
  }
  guint want = naive (c, n, threshold, max, kept);
  g_assert_cmpuint (tfc_nms (c, n, threshold, max), ==, want);
  for (guint i = 0; i < want; i++) {
    g_assert_cmpuint (c[i].index, ==, kept[i]);
    g_assert_false (seen[c[i].index]++);
  }
  g_free (c);
  g_free (kept);
  g_free (seen);
}

static void
test_random (void)
{
  for (guint i = 0; i < 300; i++)
    one_random ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nms/plain", test_plain);
  g_test_add_func ("/nms/threshold", test_threshold);
  g_test_add_func ("/nms/random", test_random);
  return g_test_run ();
}
