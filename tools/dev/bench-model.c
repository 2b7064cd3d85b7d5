/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* One network of this build, for tools/dev/compare: bench-model MODEL THREADS. Opens MODEL, runs it
 * once and prints "open NS FAULTS NS KIB": CPU time of the process, pages that it had to wait for,
 * CPU time of the run, memory of its own (not of files) that it has now and had not before. Then it
 * answers each line of its input by "run NS CPU": a run by the clock, and in CPU time of all
 * threads. It needs no more than what every build of the project has: the public header. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "inference/model.h"

static gint64
now (clockid_t clock)
{
  struct timespec t;
  clock_gettime (clock, &t);
  return t.tv_sec * G_GINT64_CONSTANT (1000000000) + t.tv_nsec;
}

static glong
faults (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_minflt + usage.ru_majflt;
}

static gint64
own_kib (void)
{
  gchar *status = NULL;
  gint64 kib = 0;
  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL)) {
    const gchar *line = g_strstr_len (status, -1, "RssAnon:");
    kib = line ? g_ascii_strtoll (line + 8, NULL, 10) : 0;
  }
  g_free (status);
  return kib;
}

/* The same numbers in every build: bytes 0 to 255, floats from -1 to 1. */
static void
fill (const TfcTensor *t)
{
  const gsize n = tfc_tensor_bytes (t);
  for (gsize i = 0; i < n / (t->type == TFC_TYPE_F32 ? 4 : 1); i++) {
    if (t->type == TFC_TYPE_F32)
      ((gfloat *)t->data)[i] = (gfloat)(i * 7919 % 2001) / 1000.f - 1.f;
    else
      ((guint8 *)t->data)[i] = (guint8)(i * 7919 % 251);
  }
}

static gboolean
run (TfcModel *m, gint64 *by_clock, gint64 *cpu)
{
  const gint64 start = now (CLOCK_MONOTONIC), started = now (CLOCK_PROCESS_CPUTIME_ID);
  const gboolean ran = tfc_model_run (m, NULL);
  *by_clock = now (CLOCK_MONOTONIC) - start;
  *cpu = now (CLOCK_PROCESS_CPUTIME_ID) - started;
  return ran;
}

static TfcModel *
open_model (const gchar *path, guint threads, GError **error)
{
  const TfcModelOptions options = {.pool = tfc_pool_new (threads)};
  const gint64 had = own_kib (), start = now (CLOCK_PROCESS_CPUTIME_ID);
  const glong before = faults ();
  TfcModel *m = tfc_model_open (path, &options, error);
  const gint64 took = now (CLOCK_PROCESS_CPUTIME_ID) - start;
  const glong waited = faults () - before;
  gint64 by_clock, cpu;
  tfc_pool_unref (options.pool);
  for (guint i = 0; m && i < tfc_model_n_inputs (m); i++)
    fill (tfc_model_input (m, i));
  if (m && run (m, &by_clock, &cpu))
    printf ("open %" G_GINT64_FORMAT " %ld %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", took,
            waited, cpu, own_kib () - had);
  return m;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  gint64 by_clock, cpu;
  gchar line[8];
  setvbuf (stdout, NULL, _IOLBF, 0);
  TfcModel *m = argc == 3 ? open_model (argv[1], (guint)atoi (argv[2]), &error) : NULL;
  if (!m) {
    g_printerr ("bench-model: %s\n", error ? error->message : "bench-model MODEL THREADS");
    g_clear_error (&error);
    return 1;
  }
  while (fgets (line, sizeof line, stdin) && run (m, &by_clock, &cpu))
    printf ("run %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", by_clock, cpu);
  tfc_model_close (m);
  return 0;
}
