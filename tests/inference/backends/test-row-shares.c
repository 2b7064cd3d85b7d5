/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Rows dealt out to jobs: each is taken once, in order from the front, whoever takes it. */
#include "inference/backends/cpu/common/row_shares.h"

#define JOBS 4
#define ROWS 1000
#define ROUNDS 200

static void
test_deal (void)
{
  static const gint32 ends[] = {6, 13, 20};
  TfcRowShare shares[3];
  gint32 from, to, at = 0;

  tfc_row_shares_deal (shares, 3, 20);
  for (guint i = 0; i < 3; i++) {
    while (tfc_row_shares_take (shares, i, 4, &from, &to)) {
      g_assert_cmpint (from, ==, at);
      g_assert_cmpint (to, >, from);
      g_assert_true (to % 4 == 0 || to == ends[i]);
      at = to;
    }
    g_assert_cmpint (at, ==, ends[i]);
  }
}

/* The later half of the largest share; nothing where too little would be left for either. */
static void
test_steal (void)
{
  TfcRowShare shares[3];
  gint32 from, to;

  tfc_row_shares_deal (shares, 3, 30);
  g_assert_true (tfc_row_shares_take (shares, 1, 3, &from, &to)); /* 12 .. 19 are left of 10 .. 19 */
  while (tfc_row_shares_take (shares, 0, 100, &from, &to))
    ;
  g_assert_true (tfc_row_shares_steal (shares, 3, 0, 5)); /* from the third */
  g_assert_true (tfc_row_shares_take (shares, 0, 100, &from, &to));
  g_assert_cmpint (from, ==, 25);
  g_assert_cmpint (to, ==, 30);
  g_assert_false (tfc_row_shares_steal (shares, 3, 0, 5)); /* 8 rows are no 2 times 5 */
  g_assert_true (tfc_row_shares_steal (shares, 3, 0, 4));
  g_assert_true (tfc_row_shares_take (shares, 0, 100, &from, &to));
  g_assert_cmpint (from, ==, 16);
  g_assert_true (tfc_row_shares_take (shares, 1, 100, &from, &to));
  g_assert_cmpint (to, ==, 16);
  g_assert_true (tfc_row_shares_take (shares, 2, 100, &from, &to));
  g_assert_cmpint (from, ==, 20);
  g_assert_cmpint (to, ==, 25);
}

typedef struct {
  TfcRowShare shares[JOBS];
  gint taken[ROWS]; /* atomic */
} Crowd;

typedef struct {
  Crowd *crowd;
  guint me;
} Job;

static gpointer
work (gpointer data)
{
  const Job *j = data;
  TfcRowShare *shares = j->crowd->shares;
  gint32 from, to;
  do {
    while (tfc_row_shares_take (shares, j->me, 1 + (gint32)j->me, &from, &to)) {
      for (gint32 r = from; r < to; r++)
        g_atomic_int_inc (&j->crowd->taken[r]);
    }
  } while (tfc_row_shares_steal (shares, JOBS, j->me, 1));
  return NULL;
}

/* All at the same time, and one that is not there while the others work. */
static void
test_threads (void)
{
  for (guint round = 0; round < ROUNDS; round++) {
    Crowd crowd = {.taken = {0}};
    GThread *threads[JOBS];
    Job jobs[JOBS];
    const guint late = round % 2;
    tfc_row_shares_deal (crowd.shares, JOBS, ROWS);
    for (guint i = 0; i < JOBS; i++) {
      jobs[i] = (Job){&crowd, i};
      threads[i] = i < late ? NULL : g_thread_new ("job", work, &jobs[i]);
    }
    for (guint i = late; i < JOBS; i++)
      g_thread_join (threads[i]);
    for (guint i = 0; i < late; i++)
      work (&jobs[i]);
    for (guint r = 0; r < ROWS; r++)
      g_assert_cmpint (crowd.taken[r], ==, 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-shares/deal", test_deal);
  g_test_add_func ("/row-shares/steal", test_steal);
  g_test_add_func ("/row-shares/threads", test_threads);
  return g_test_run ();
}
