/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Workers while they pay, the calling thread alone while they do not. */
#include "crowd.h"

#define MS(n) ((n)*G_GINT64_CONSTANT (1000000))

/* What a run takes with workers and alone. */
typedef struct {
  gint64 workers, alone;
} World;

typedef struct {
  TfcCrowd crowd;
  gint64 now;
  guint with; /* runs with workers */
  gint64 spent;
} Run;

static void
run (Run *r, World world, guint frames)
{
  r->with = 0;
  r->spent = 0;
  for (guint i = 0; i < frames; i++) {
    const gint64 took = r->crowd.alone ? world.alone : world.workers;
    r->with += !r->crowd.alone;
    r->spent += took;
    r->now += MAX (took, MS (33));
    tfc_crowd_ran (&r->crowd, r->now, took);
  }
}

static const World calm = {MS (6), MS (11)}, crowded = {MS (650), MS (22)},
                   half = {MS (14), MS (11)}, shared = {MS (12), MS (22)};

static Run
start (void)
{
  Run r = {.now = MS (5000)};

  tfc_crowd_init (&r.crowd);
  return r;
}

static void
test_calm (void)
{
  Run r = start ();

  run (&r, calm, 1000);
  g_assert_cmpuint (r.with, ==, 1000); /* nothing is tried */
}

/* Noise now and then is no crowd. */
static void
test_noise (void)
{
  Run r = start ();
  guint with = 0;

  for (guint i = 0; i < 100; i++) {
    run (&r, calm, 9);
    with += r.with;
    run (&r, (World){MS (20), MS (20)}, 1);
    with += r.with;
  }
  g_assert_cmpuint (with, ==, 1000);
}

static void
test_crowded (void)
{
  Run r = start ();

  run (&r, calm, 50);
  run (&r, crowded, 30 * 60); /* a minute */
  g_assert_true (r.crowd.alone || r.crowd.trial);
  g_assert_cmpuint (r.with, <=, 1 + 6);
  run (&r, crowded, 30 * 60);
  g_assert_cmpuint (r.with, <=, 3); /* seldom enough */
  run (&r, calm, 30 * 40);
  run (&r, calm, 1000);
  g_assert_cmpuint (r.with, ==, 1000); /* and back */
}

static void
test_from_the_start (void)
{
  Run r = start ();

  run (&r, (World){MS (60), MS (22)}, 1);
  run (&r, (World){MS (650), MS (22)}, 1);
  run (&r, (World){MS (300), MS (22)}, 4);
  run (&r, crowded, 30);
  g_assert_cmpuint (r.with, ==, 0);
}

/* Slower than ever, but still better than alone: workers go on, alone is tried seldom. */
static void
test_shared (void)
{
  Run r = start ();

  run (&r, calm, 50);
  run (&r, shared, 300);
  g_assert_cmpuint (r.with, >=, 260);
  run (&r, half, 300);
  g_assert_cmpuint (r.with, <=, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crowd/calm", test_calm);
  g_test_add_func ("/crowd/noise", test_noise);
  g_test_add_func ("/crowd/crowded", test_crowded);
  g_test_add_func ("/crowd/from-the-start", test_from_the_start);
  g_test_add_func ("/crowd/shared", test_shared);
  return g_test_run ();
}
