/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Regions of what metadata predicts: hidden where it is guessed to be, and where it was. */
#include "tests/overlay/memory.h"

static const TfcBox start = {0.3f, 0.3f, 0.1f, 0.1f};

/* Seen standing for some pictures, then predicted. */
static Memory *
lose (guint64 hold)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = start, .track_id = 3, .track = {.age = MS, .seen = TRUE}};
  for (guint i = 0; i < 3; i++)
    show_for (m, 1, FRAME, hold, 0);
  m->seen[0].track.seen = FALSE;
  return m;
}

/* A wrong guess does not uncover the place where it stood: not before the time is over. */
static void
test_wrong_guess (void)
{
  Memory *m = lose (HOLD);
  for (guint64 t = FRAME; t <= HOLD; t += FRAME) {
    m->seen[0].box.x += 0.04f;
    show (m, 1);
    g_assert_true (hides (m, start));
    g_assert_true (hides (m, m->seen[0].box));
    g_assert_cmpuint (m->regions.n_held, ==, 1);
  }
  show (m, 1);
  g_assert_cmpuint (m->regions.n_held, ==, 0);
  g_assert_true (hides (m, m->seen[0].box));
  g_free (m);
}

/* Around a guess there is room, more the longer it was not seen; and as long as it is guessed it is
 * hidden, whatever the hold. */
static void
test_margin (void)
{
  static const guint64 holds[] = {0, HOLD, 100 * HOLD};
  for (guint k = 0; k < G_N_ELEMENTS (holds); k++) {
    Memory *m = lose (holds[k]);
    gfloat last = start.w;
    for (guint i = 0; i < 50; i++) {
      show_for (m, 1, FRAME, holds[k], 0);
      const TfcBox *hidden = &m->regions.redactions[0].box;
      g_assert_cmpfloat (hidden->w, >, i ? last : 1.19f * start.w);
      g_assert_true (contains (hidden, &start));
      last = hidden->w;
    }
    show_for (m, 0, FRAME, holds[k], 0);
    g_assert_cmpuint (m->regions.n_redactions, ==, holds[k] > 50 * FRAME);
    g_free (m);
  }
}

/* One that was never seen here has room, too, and is not remembered; when it is seen again it is
 * hidden as it is. */
static void
test_never_seen (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = start, .track_id = 3, .track = {.age = MS}};
  show (m, 1);
  g_assert_cmpfloat (m->regions.redactions[0].box.w, >, 1.5f * start.w);
  show (m, 0);
  g_assert_cmpuint (m->regions.n_redactions, ==, 0);
  g_free (m);
  m = lose (HOLD);
  show (m, 1);
  m->seen[0].track.seen = TRUE;
  show (m, 1);
  g_assert_cmpuint (m->regions.n_redactions, ==, 1);
  g_assert_cmpmem (&m->regions.redactions[0].box, sizeof start, &start, sizeof start);
  g_free (m);
}

/* A mesh is hidden with that room, too. */
static void
test_face (void)
{
  TfcFace face = {.box = start, .track_id = 3, .track = {.age = MS}};
  const TfcFace *faces[] = {&face};
  const TfcAnnotations scene = {.n_faces = 1, .faces = faces};
  const TfcPrivacyTimes times = {FRAME, HOLD, 0};
  TfcPrivacyRegions *regions = g_new0 (TfcPrivacyRegions, 1);
  gdouble width[2];

  for (gint seen = 0; seen < 2; seen++) {
    face.track.seen = seen;
    tfc_privacy_regions_reset (regions);
    tfc_privacy_regions_update (regions, &scene, FALSE, &times);
    width[seen] = regions->redactions[0].box.w;
  }
  g_assert_cmpfloat (width[0], >, 1.5 * width[1]);
  g_free (regions);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy-predicted/wrong-guess", test_wrong_guess);
  g_test_add_func ("/privacy-predicted/margin", test_margin);
  g_test_add_func ("/privacy-predicted/never-seen", test_never_seen);
  g_test_add_func ("/privacy-predicted/face", test_face);
  return g_test_run ();
}
