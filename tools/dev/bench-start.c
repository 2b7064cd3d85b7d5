/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* From an element's start to its first result, beside what cannot be saved of that: bench-start [-n
 * ROUNDS] FILE ELEMENT [FILE ELEMENT]... FILE is the network that ELEMENT ("tfcdetect
 * base-model=mobilenet-v1-quant") opens. Every round starts all of them in processes of their own,
 * one after the other, files in the page cache: with one thread (CPU time, then the clock's) and
 * with as many as there are (threads=0). Medians over ROUNDS (15), in ms; ratios are of reading the
 * files and packing the weights with one thread: as the element packs, with and without its first run,
 * and as XNNPACK does. Uses the plugin of its own build, and takes another only where there is none. */
#include <gst/check/gstharness.h>
#include <gst/video/video.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "inference/graph/graph.h"
#include "inference/builder/load.h"
#include "inference/passes/lower.h"
#include "inference/plan/plan.h"

enum { READ, OPEN, PACK, RUN, ELEMENT, XNNPACK, N_TIMES };
enum { CPU, CLOCK, N_CLOCKS };
enum { ONE, ALL, N_THREADS };
#define MAX_ROUNDS 1000

/* What a process tells: by clock. */
typedef gint64 Times[N_TIMES][N_CLOCKS];
typedef gboolean (*Part) (const gchar *what, guint threads, Times times);

/* What is measured of one FILE and ELEMENT. */
typedef struct {
  const gchar *file, *element;
  gint64 all[N_THREADS][N_TIMES][N_CLOCKS][MAX_ROUNDS];
} Row;

static gint64
now (gint clock)
{
  struct timespec t;

  clock_gettime (clock == CPU ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
  return t.tv_sec * G_GINT64_CONSTANT (1000000000) + t.tv_nsec;
}

/* Up to here from the last time. */
static void
lap (gint64 last[N_CLOCKS], gint64 times[N_CLOCKS])
{
  for (gint c = 0; c < N_CLOCKS; c++) {
    const gint64 t = now (c);
    if (times)
      times[c] = t - last[c];
    last[c] = t;
  }
}

/* A GraphModel's shards lie beside it. */
static gboolean
read_files (const gchar *path)
{
  g_autofree gchar *folder = g_path_get_dirname (path);
  GDir *dir = g_str_has_suffix (path, ".json") ? g_dir_open (folder, 0, NULL) : NULL;
  gboolean ok = dir || g_file_get_contents (path, &(gchar *){NULL}, NULL, NULL);

  for (const gchar *name; dir && ok && (name = g_dir_read_name (dir));) {
    g_autofree gchar *file = g_build_filename (folder, name, NULL);
    ok = g_file_get_contents (file, &(gchar *){NULL}, NULL, NULL);
  }
  g_clear_pointer (&dir, g_dir_close);
  return ok;
}

static gboolean
do_parts (const gchar *path, guint threads, Times times)
{
  TfcPool *pool = tfc_pool_new (threads);
  gint64 last[N_CLOCKS];
  TfcGraph *graph;
  TfcPlan *plan;

  lap (last, NULL);
  if (!read_files (path))
    return FALSE;
  lap (last, times[READ]);
  graph = tfc_load (path, NULL);
  if (!graph || !tfc_lower (graph, NULL))
    return FALSE;
  lap (last, times[OPEN]);
  plan = tfc_plan_new (graph, tfc_backend_find ("auto", NULL), pool, NULL);
  lap (last, times[PACK]);
  if (!plan)
    return FALSE;
  tfc_plan_run (plan, pool);
  lap (last, times[RUN]);
  return TRUE; /* the process ends here */
}

/* What packing takes without kernels of our own. */
static gboolean
do_xnnpack (const gchar *path, guint threads, Times times)
{
  TfcGraph *graph = tfc_load (path, NULL);
  gint64 last[N_CLOCKS];

  if (!graph || !tfc_lower (graph, NULL))
    return FALSE;
  lap (last, NULL);
  if (!tfc_plan_new (graph, tfc_backend_find ("xnnpack", NULL), NULL, NULL))
    return FALSE;
  lap (last, times[XNNPACK]);
  return TRUE;
}

static gboolean
do_element (const gchar *launch, guint threads, Times times)
{
  const gchar *caps = "video/x-raw,format=NV12,width=1920,height=1080,framerate=30/1";
  GstElement *element = gst_parse_launch (launch, NULL);
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 1920 * 1080 * 3 / 2, NULL), *seen;
  gint64 last[N_CLOCKS];
  gboolean noted;
  GstHarness *h;

  if (!element)
    return FALSE;
  g_object_set (element, "threads", threads, NULL);
  gst_buffer_memset (buffer, 0, 128, -1);
  lap (last, NULL);
  h = gst_harness_new_with_element (element, "sink", "src");
  gst_harness_set_src_caps_str (h, caps);
  seen = gst_harness_push_and_pull (h, buffer);
  lap (last, times[ELEMENT]);
  noted = seen && gst_buffer_iterate_meta (seen, &(gpointer){NULL});
  gst_clear_buffer (&seen);
  return noted;
}

/* Runs part in a process of its own. */
static gboolean
apart (Part part, const gchar *what, guint threads, Times times)
{
  int ends[2], status = 1;
  pid_t child;

  if (pipe (ends) != 0 || (child = fork ()) < 0)
    return FALSE;
  if (child == 0) {
    const gboolean ok = part (what, threads, times);
    _exit (!ok || write (ends[1], times, sizeof (Times)) < 0);
  }
  close (ends[1]);
  const gboolean got = read (ends[0], times, sizeof (Times)) == sizeof (Times);
  close (ends[0]);
  waitpid (child, &status, 0);
  return got && status == 0;
}

static gboolean
measure (Row *row, guint round)
{
  for (guint threads = 0; threads < N_THREADS; threads++) {
    Times parts = {{0}}, whole = {{0}}, xnnpack = {{0}};
    if (!apart (do_parts, row->file, threads == ONE, parts) ||
        !apart (do_xnnpack, row->file, threads == ONE, xnnpack) ||
        !apart (do_element, row->element, threads == ONE, whole))
      return FALSE;
    for (guint i = 0; i < N_TIMES; i++) {
      for (guint c = 0; c < N_CLOCKS; c++)
        row->all[threads][i][c][round] = parts[i][c] + whole[i][c] + xnnpack[i][c];
    }
  }
  return TRUE;
}

static int
by_value (const void *a, const void *b)
{
  const gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

static gdouble
median (gint64 *values, guint n)
{
  qsort (values, n, sizeof *values, by_value);
  return values[n / 2] / 1e6;
}

static void
print_row (Row *row, guint threads, guint clock, guint rounds)
{
  static const gchar *const names[N_THREADS][N_CLOCKS] = {{"1, CPU", "1"}, {"all, CPU", "all"}};
  gdouble ms[N_TIMES], one[N_TIMES];

  for (guint i = 0; i < N_TIMES; i++) {
    ms[i] = median (row->all[threads][i][clock], rounds);
    one[i] = median (row->all[ONE][i][clock], rounds);
  }
  const gdouble least = one[READ] + one[PACK];
  g_print ("| %s | %.1f | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %.1f | %.2f |\n",
           names[threads][clock], ms[READ], ms[OPEN], ms[PACK], ms[RUN], ms[ELEMENT],
           ms[ELEMENT] / least, (ms[ELEMENT] - ms[RUN]) / least, one[XNNPACK],
           ms[ELEMENT] / (one[READ] + one[XNNPACK]));
}

/* The plugin of this build lies in ../../gst of the program. */
static void
find_plugin (const gchar *program)
{
  g_autofree gchar *folder = g_path_get_dirname (program);
  g_autofree gchar *path =
      g_build_filename (folder, "..", "..", "gst", "libgsttfc." G_MODULE_SUFFIX, NULL);
  GstPlugin *plugin = gst_plugin_load_file (path, NULL);

  if (plugin)
    gst_object_unref (plugin);
  else
    g_printerr ("no plugin at %s: GStreamer's own is taken\n", path);
}

static gint
no_result (const Row *row)
{
  g_printerr ("no result: %s with %s (does the element exist, and open?)\n", row->element,
              row->file);
  return 1;
}

int
main (int argc, char **argv)
{
  guint rounds = 15, n;
  gint at = 1;
  Row *rows;

  gst_init (NULL, NULL);
  if (argc > 2 && !strcmp (argv[1], "-n")) {
    rounds = CLAMP (atoi (argv[2]), 1, MAX_ROUNDS);
    at = 3;
  }
  n = (argc - at) / 2;
  if (!n || (argc - at) % 2) {
    g_printerr ("usage: bench-start [-n ROUNDS] FILE ELEMENT [FILE ELEMENT]...\n");
    return 2;
  }
  find_plugin (argv[0]);
  rows = g_new0 (Row, n);
  for (guint i = 0; i < n; i++) {
    rows[i].file = argv[at + 2 * i];
    rows[i].element = argv[at + 2 * i + 1];
    gst_clear_object (&(GstElement *){gst_parse_launch (rows[i].element, NULL)}); /* its classes */
  }
  for (guint r = 0; r < rounds; r++) {
    for (guint i = 0; i < n; i++) {
      if (!measure (&rows[i], r))
        return no_result (&rows[i]);
    }
  }
  for (guint i = 0; i < n; i++) {
    g_print ("\n%s\n\n| threads | read | parse and lower | pack | first run | start to first "
             "result | of read + pack | without "
             "the run | XNNPACK packs | of read + that |\n"
             "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
             rows[i].element);
    print_row (&rows[i], ONE, CPU, rounds);
    print_row (&rows[i], ONE, CLOCK, rounds);
    print_row (&rows[i], ALL, CLOCK, rounds);
  }
  return 0;
}
