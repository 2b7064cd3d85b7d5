/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Workers while they pay, the calling thread alone while they do not. */
#include "inference/runtime/governor.h"

#define MS(n) ((n)*G_GINT64_CONSTANT (1000000))

/* What a run takes with workers and alone. */
typedef struct {
  gint64 workers, alone;
} World;

typedef struct {
  TfcGovernor governor;
  gint64 now;
  guint with;      /* runs with workers */
  guint preempted; /* in each run */
  gint64 spent;
} Run;

static void
run (Run *r, World world, guint frames)
{
  r->with = 0;
  r->spent = 0;
  for (guint i = 0; i < frames; i++) {
    const gint64 took = r->governor.alone ? world.alone : world.workers;
    r->with += !r->governor.alone;
    r->spent += took;
    r->now += MAX (took, MS (33));
    tfc_governor_ran (&r->governor, r->now, took, r->preempted);
  }
}

static const World calm = {MS (6), MS (11)}, crowded = {MS (650), MS (22)},
                   half = {MS (14), MS (11)}, shared = {MS (12), MS (22)};

static Run
start (void)
{
  Run r = {.now = MS (5000)};

  tfc_governor_init (&r.governor, FALSE);
  return r;
}

/* As a network begins: with a trial after the first runs. */
static Run
start_with_trial (void)
{
  Run r = start ();

  tfc_governor_init (&r.governor, TRUE);
  return r;
}

/* Alone is tried once, and not again. */
static void
test_first_trial (void)
{
  Run r = start_with_trial ();

  run (&r, calm, 8);
  g_assert_cmpuint (r.with, ==, 8);
  run (&r, calm, 4);
  g_assert_cmpuint (r.with, ==, 0);
  run (&r, calm, 1000);
  g_assert_cmpuint (r.with, ==, 1000);
  run (&r, crowded, 5); /* which has not made later trials any later */
  g_assert_cmpuint (r.with, ==, 1);
}

/* More threads than CPUs, from the start: each run as slow as the others. */
static void
test_steady_and_slow (void)
{
  static const World worlds[] = {{MS (20), MS (12)}, {MS (13), MS (12)}, {MS (60), MS (12)}};

  for (guint i = 0; i < G_N_ELEMENTS (worlds); i++) {
    Run r = start_with_trial ();
    run (&r, worlds[i], 8 + 4 + 2);
    g_assert_cmpuint (r.with, <=, 8 + 2);
    g_assert_true (r.governor.alone);
    run (&r, worlds[i], 30 * 60);
    g_assert_cmpuint (r.with, <=, 2 * 6);
  }
}

/* The very first run waits for pages and for its workers: that alone speaks for nothing. */
static void
test_slow_first_run (void)
{
  Run r = start_with_trial ();

  run (&r, (World){MS (650), MS (650)}, 1);
  run (&r, calm, 7);
  g_assert_cmpuint (r.with, ==, 7);
  run (&r, calm, 4 + 2);
  g_assert_cmpuint (r.with, ==, 2);
  run (&r, calm, 1000);
  g_assert_cmpuint (r.with, ==, 1000);
}

static void
test_calm (void)
{
  Run r = start ();

  run (&r, calm, 1000);
  g_assert_cmpuint (r.with, ==, 1000); /* nothing is tried */
}

/* Noise now and then is no contention. */
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

/* Nor is what is over by the time that alone was tried. */
static void
test_burst (void)
{
  Run r = start ();

  run (&r, calm, 50);
  run (&r, (World){MS (16), MS (11)}, 7); /* four make up one's mind, three are made alone */
  g_assert_cmpuint (r.with, ==, 4);
  run (&r, calm, 1000);
  g_assert_cmpuint (r.with, ==, 999);
}

/* What is slower than the best, but faster than alone ever was, is no reason to try that again. */
static void
test_better_than_alone (void)
{
  Run r = start ();

  r.preempted = 1;
  run (&r, calm, 50);
  g_assert_cmpuint (r.with, ==, 50 - 4);
  run (&r, (World){MS (10), MS (11)}, 30 * 100);
  g_assert_cmpuint (r.with, ==, 30 * 100);
}

static void
test_crowded (void)
{
  Run r = start ();

  run (&r, calm, 50);
  run (&r, crowded, 30 * 60); /* a minute */
  g_assert_true (r.governor.alone || r.governor.trial);
  g_assert_cmpuint (r.with, <=, 1 + 6);
  run (&r, crowded, 30 * 60);
  g_assert_cmpuint (r.with, <=, 3); /* seldom enough */
  r.preempted = 2;
  run (&r, crowded, 30 * 60);
  g_assert_cmpuint (r.with, <=,
                    1); /* and still less if the calling thread is pushed about itself */
  r.preempted = 0;
  run (&r, calm, 30 * 40);
  run (&r, calm, 1000);
  g_assert_cmpuint (r.with, ==, 1000); /* and back */
}

/* Where it was never calm there is no good time to compare with; being put aside tells. */
static void
test_from_the_start (void)
{
  Run r = start ();

  r.preempted = 3;
  run (&r, crowded, 1);
  run (&r, crowded, 29);
  g_assert_cmpuint (r.with, ==, 0);
}

/* Where workers pay although somebody else runs too, alone is tried ever more seldom. */
static void
test_disturbed (void)
{
  Run r = start ();

  r.preempted = 1;
  run (&r, calm, 3000);
  g_assert_cmpuint (r.with, >=, 3000 - 4 * 8);
}

/* Slower than ever, but still better than alone: workers go on, alone is tried seldom. */
static void
test_shared (void)
{
  Run r = start ();

  run (&r, calm, 50);
  run (&r, shared, 300);
  g_assert_cmpuint (r.with, >=, 260);
  run (&r, half, 600);
  g_assert_cmpuint (r.with, <=, 250);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/governor/first-trial", test_first_trial);
  g_test_add_func ("/governor/steady-and-slow", test_steady_and_slow);
  g_test_add_func ("/governor/slow-first-run", test_slow_first_run);
  g_test_add_func ("/governor/calm", test_calm);
  g_test_add_func ("/governor/noise", test_noise);
  g_test_add_func ("/governor/burst", test_burst);
  g_test_add_func ("/governor/better-than-alone", test_better_than_alone);
  g_test_add_func ("/governor/crowded", test_crowded);
  g_test_add_func ("/governor/from-the-start", test_from_the_start);
  g_test_add_func ("/governor/disturbed", test_disturbed);
  g_test_add_func ("/governor/shared", test_shared);
  return g_test_run ();
}
