/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Regions to hide from frame to frame: seen, lost, held, moving, taken for another. */
#include "tests/overlay/memory.h"
#include <math.h>
#include <string.h>

/* What is seen is hidden as it is, and nothing else. */
static void
test_seen (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.2f, 0.3f, 0.1f, 0.2f}};
  for (guint i = 0; i < 5; i++) {
    show (m, 1);
    g_assert_cmpuint (m->regions.n_redactions, ==, 1);
    g_assert_cmpuint (m->regions.n_held, ==, 0);
    g_assert_cmpmem (&m->regions.redactions[0].box, sizeof (TfcBox), &m->seen[0].box, sizeof (TfcBox));
    m->seen[0].box.x += 0.01f;
  }
  show (m, 0);
  g_assert_cmpuint (m->regions.n_redactions, ==, 1);
  g_free (m);
}

/* What is lost stays hidden for as long as it should, to the frame; unknown pictures count as
 * others. */
static void
test_hold (void)
{
  for (gint unknown = 0; unknown < 2; unknown++) {
    Memory *m = memory_new ();
    m->seen[0] = (TfcDetection){.box = {0.2f, 0.3f, 0.1f, 0.2f}, .track_id = 3};
    show (m, 1);
    for (guint64 t = FRAME; t <= HOLD; t += FRAME) {
      show (m, -unknown);
      g_assert_true (hides (m, m->seen[0].box));
      g_assert_cmpuint (m->regions.n_held, ==, 1);
    }
    show (m, -unknown);
    g_assert_cmpuint (m->regions.n_redactions, ==, 0);
    g_free (m);
  }
}

static void
test_no_hold (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.2f, 0.3f, 0.1f, 0.2f}};
  show_for (m, 1, FRAME, 0, 0);
  show_for (m, 0, FRAME, 0, 0);
  g_assert_cmpuint (m->regions.n_redactions, ==, 0);
  show_for (m, 1, FRAME, 0, 0);
  show_for (m, 0, 0, 0, 0);
  g_assert_cmpuint (m->regions.n_redactions, ==, 0);
  g_free (m);
}

/* Where no time passes nothing is forgotten; reset forgets. */
static void
test_no_time (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.2f, 0.3f, 0.1f, 0.2f}};
  show_for (m, 1, 0, HOLD, 0);
  for (guint i = 0; i < 1000; i++)
    show_for (m, 0, 0, HOLD, 0);
  g_assert_true (hides (m, m->seen[0].box));
  show_for (m, 0, G_MAXUINT64, G_MAXINT64, 0); /* nor does time overflow */
  show_for (m, 0, G_MAXUINT64, G_MAXINT64, 0);
  g_assert_true (hides (m, m->seen[0].box));
  tfc_privacy_regions_reset (&m->regions);
  show_for (m, 0, 0, HOLD, 0);
  g_assert_cmpuint (m->regions.n_redactions, ==, 0);
  g_free (m);
}

/* Lost while it moves, in any direction: hidden where it stopped, where it goes on, and on the way.
 */
static void
test_motion (void)
{
  static const gfloat speeds[][2] = {
      {0.5f, 0}, {-0.5f, 0}, {0, 0.6f}, {0.4f, -0.4f}, {-0.7f, 0.3f}};
  for (guint k = 0; k < G_N_ELEMENTS (speeds); k++)
    for (guint64 id = 0; id < 2; id++) {
      Memory *m = memory_new ();
      const gfloat dx = speeds[k][0] * 0.04f, dy = speeds[k][1] * 0.04f;
      TfcBox stopped, on;
      m->seen[0] = (TfcDetection){.box = {0.45f, 0.45f, 0.1f, 0.12f}, .track_id = id};
      for (guint i = 0; i < 12; i++) {
        show (m, 1);
        g_assert_cmpuint (m->regions.n_redactions, ==, 1);
        stopped = on = m->seen[0].box;
        m->seen[0].box.x += dx;
        m->seen[0].box.y += dy;
      }
      for (guint64 t = FRAME; t <= HOLD; t += FRAME) {
        on.x += dx;
        on.y += dy;
        show (m, 0);
        g_assert_true (hides (m, stopped));
        g_assert_true (hides (m, on));
      }
      g_free (m);
    }
}

/* Found again before the time is over, with its id, with another or none: one region, not two. */
static void
test_found_again (void)
{
  for (guint64 id = 0; id < 3; id++) {
    Memory *m = memory_new ();
    m->seen[0] = (TfcDetection){.box = {0.2f, 0.3f, 0.1f, 0.2f}, .track_id = 1};
    show (m, 1);
    show (m, 0);
    m->seen[0].track_id = id;
    m->seen[0].box.x += 0.02f;
    show (m, 1);
    g_assert_cmpuint (m->regions.n_redactions, ==, 1);
    g_assert_cmpuint (m->regions.n_regions, ==, 1);
    g_free (m);
  }
}

/* Two cross; the one behind is lost while it is covered, and still hidden when it is not any more.
 */
static void
test_covered (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.1f, 0.3f, 0.2f, 0.2f}, .track_id = 1};
  m->seen[1] = (TfcDetection){.box = {0.5f, 0.3f, 0.2f, 0.2f}, .track_id = 2};
  const TfcBox behind = m->seen[1].box;
  for (guint i = 0; i < 9; i++) { /* the first runs over the second */
    show (m, m->seen[0].box.x > 0.3f && m->seen[0].box.x < 0.7f ? 1 : 2);
    g_assert_true (hides (m, behind));
    m->seen[0].box.x += 0.08f;
  }
  g_free (m);
}

/* An id that is on another object all of a sudden does not uncover the first. */
static void
test_stolen_id (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.1f, 0.1f, 0.1f, 0.1f}, .track_id = 1};
  const TfcBox was = m->seen[0].box;
  show (m, 1);
  m->seen[0].box = (TfcBox){0.8f, 0.8f, 0.1f, 0.1f};
  show (m, 1);
  g_assert_true (hides (m, was));
  g_assert_true (hides (m, m->seen[0].box));
  g_free (m);
}

/* What is known of an older picture is hidden with room for what has happened since. */
static void
test_age (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.3f, 0.3f, 0.1f, 0.1f}, .track_id = 1};
  for (guint i = 0; i < 5; i++) {
    show (m, 1);
    m->seen[0].box.x += 0.02f; /* 0.5 per second */
  }
  m->seen[0].box.x -= 0.02f;
  for (guint i = 1; i < 6; i++) {
    TfcBox now = m->seen[0].box;
    now.x += 0.02f * (gfloat)i;
    show_for (m, 1, FRAME, HOLD, i * FRAME);
    g_assert_cmpuint (m->regions.n_redactions, ==, 1);
    g_assert_true (hides (m, now));
  }
  /* And lost then, it is still known to move. */
  TfcBox on = m->seen[0].box;
  on.x += 0.02f * 8;
  for (guint i = 0; i < 3; i++)
    show (m, 0);
  g_assert_true (hides (m, on));
  g_free (m);
}

/* Seen moving on pictures that are 200 ms old, as mode=latest has it, then lost: it has gone on
 * since. */
static void
test_late (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.1f, 0.3f, 0.1f, 0.1f}, .track_id = 1};
  for (guint i = 0; i < 12; i++) {
    m->seen[0].box.x += i % 3 ? 0 : 0.06f; /* 0.5 per second, every third frame has a result */
    show_for (m, 1, FRAME, HOLD, 200 * MS + i % 3 * FRAME);
    g_assert_cmpuint (m->regions.n_redactions, ==, 1);
  }
  TfcBox now = m->seen[0].box;
  now.x += 0.5f * 0.28f;
  for (guint i = 0; i < 4; i++) {
    now.x += 0.02f;
    show_for (m, 0, FRAME, HOLD, 200 * MS);
    g_assert_true (hides (m, now));
    g_assert_true (hides (m, m->seen[0].box));
  }
  g_free (m);
}

/* All alike: no matter which goes on which, but quickly. */
static void
test_alike (void)
{
  Memory *m = memory_new ();
  for (guint i = 0; i < TFC_PRIVACY_REGIONS; i++)
    m->seen[i] = (TfcDetection){.box = {0.3f, 0.3f, 0.1f, 0.1f}, .track_id = 7};
  for (guint i = 0; i < 3; i++)
    show (m, TFC_PRIVACY_REGIONS);
  g_assert_false (m->regions.whole);
  g_assert_cmpuint (m->regions.n_regions, ==, TFC_PRIVACY_REGIONS);
  g_free (m);
}

/* However fast it seems to be and however old what is known of it: it is hidden where it was. */
static void
test_fast (void)
{
  static const guint64 spans[] = {1, 1000, MS, HOLD, 1000 * HOLD, G_MAXINT64, G_MAXUINT64};
  const guint n = G_N_ELEMENTS (spans);
  for (guint i = 0; i < n * n * n; i++) {
    Memory *m = memory_new ();
    m->seen[0] = (TfcDetection){.box = {0.1f, 0.3f, 0.1f, 0.1f}, .track_id = 1};
    show_for (m, 1, FRAME, G_MAXUINT64, 0);
    m->seen[0].box.x += 0.05f;
    m->seen[0].box.y -= 0.02f;
    show_for (m, 1, spans[i % n], G_MAXUINT64, spans[i / n % n]);
    g_assert_true (hides (m, m->seen[0].box));
    show_for (m, 0, spans[i / n / n], G_MAXUINT64, 0);
    g_assert_true (hides (m, m->seen[0].box));
    g_free (m);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy-regions/seen", test_seen);
  g_test_add_func ("/privacy-regions/hold", test_hold);
  g_test_add_func ("/privacy-regions/no-hold", test_no_hold);
  g_test_add_func ("/privacy-regions/no-time", test_no_time);
  g_test_add_func ("/privacy-regions/motion", test_motion);
  g_test_add_func ("/privacy-regions/found-again", test_found_again);
  g_test_add_func ("/privacy-regions/covered", test_covered);
  g_test_add_func ("/privacy-regions/stolen-id", test_stolen_id);
  g_test_add_func ("/privacy-regions/age", test_age);
  g_test_add_func ("/privacy-regions/late", test_late);
  g_test_add_func ("/privacy-regions/alike", test_alike);
  g_test_add_func ("/privacy-regions/fast", test_fast);
  return g_test_run ();
}
