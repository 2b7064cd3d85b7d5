/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What another shape costs, beside opening: bench-reshape [-n ROUNDS] MODEL SHAPE OTHER. Every
 * round opens MODEL with the first input of SHAPE ("1x257x257x3"), reshapes it to OTHER, back to
 * SHAPE (whose plan the model has kept), and opens it once more with OTHER, on one thread, files in
 * the page cache. Medians over ROUNDS (15) of the process's CPU time, in ms. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "inference/model.h"
#include "tools/run/run.h"

enum { OPEN, FIRST, NEXT, BACK, REOPEN, N_TIMES };
#define MAX_ROUNDS 1000

static gint64
now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * G_GINT64_CONSTANT (1000000000) + t.tv_nsec;
}

static gint64
lap (gint64 *last)
{
  const gint64 t = now (), took = t - *last;
  *last = t;
  return took;
}

static TfcModel *
open_model (const gchar *path, const TfcInputShape *shape, GError **error)
{
  const TfcModelOptions options = {.input_shapes = shape, .n_input_shapes = 1};
  return tfc_model_open (path, &options, error);
}

static gboolean
run_round (const gchar *path, const TfcInputShape *shapes, gint64 times[N_TIMES], GError **error)
{
  gint64 last = now ();
  TfcModel *m = open_model (path, &shapes[0], error), *other;
  if (!m)
    return FALSE;
  times[OPEN] = lap (&last);
  gboolean ok = tfc_model_reshape (m, &shapes[1], 1, error);
  times[FIRST] = lap (&last);
  ok = ok && tfc_model_reshape (m, &shapes[2], 1, error);
  times[NEXT] = lap (&last);
  ok = ok && tfc_model_reshape (m, &shapes[0], 1, error);
  times[BACK] = lap (&last);
  tfc_model_close (m);
  lap (&last);
  other = ok ? open_model (path, &shapes[2], error) : NULL;
  times[REOPEN] = lap (&last);
  tfc_model_close (other);
  return other != NULL;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 d = *(const gint64 *)a - *(const gint64 *)b;
  return d < 0 ? -1 : d > 0;
}

static gdouble
median (gint64 (*times)[N_TIMES], guint which, guint rounds)
{
  gint64 all[MAX_ROUNDS] = {0};
  for (guint i = 0; i < rounds; i++)
    all[i] = times[i][which];
  qsort (all, rounds, sizeof *all, compare);
  return (gdouble)all[rounds / 2] / 1e6;
}

int
main (int argc, char **argv)
{
  static gint64 times[MAX_ROUNDS][N_TIMES];
  const gboolean counted = argc > 2 && !strcmp (argv[1], "-n");
  const guint rounds = counted ? (guint)CLAMP (atoi (argv[2]), 1, MAX_ROUNDS) : 15;
  gchar **words = argv + (counted ? 3 : 1);
  const gchar *wrong = NULL;
  GError *error = NULL;
  guint n = 0;
  if (argc - (counted ? 2 : 0) != 5) {
    g_printerr ("bench-reshape [-n ROUNDS] MODEL SHAPE OTHER THIRD\n");
    return 2;
  }
  TfcInputShape *shapes = tfc_run_shapes ((const gchar *const *)words + 1, &n, &wrong);
  for (guint i = 0; !wrong && i < rounds; i++) {
    if (!run_round (words[0], shapes, times[i], &error)) {
      g_printerr ("bench-reshape: %s\n", error->message);
      return 1;
    }
  }
  if (!wrong)
    g_print ("open %s: %.2f ms; reshape to %s: %.2f; to %s: %.2f; back: %.4f; open %s: %.2f; reshape "
             "/ open %.2f, %.2f\n",
             words[1], median (times, OPEN, rounds), words[2], median (times, FIRST, rounds),
             words[3], median (times, NEXT, rounds), median (times, BACK, rounds), words[3],
             median (times, REOPEN, rounds),
             median (times, FIRST, rounds) / median (times, REOPEN, rounds),
             median (times, NEXT, rounds) / median (times, REOPEN, rounds));
  tfc_run_shapes_free (shapes, n);
  return wrong ? 2 : 0;
}
