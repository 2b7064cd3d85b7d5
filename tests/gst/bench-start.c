/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From an element's start to its first result, beside what cannot be saved of that: bench-start
 * FILE ELEMENT [ROUNDS]. FILE is the network that ELEMENT ("tfcdetect base-model=mobilenet-v1-quant
 * threads=1") opens. Every round starts both in processes of their own, one after the other, files
 * in the page cache; medians over ROUNDS (15), in ms. */
#include <gst/check/gstharness.h>
#include <gst/video/video.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "graph.h"
#include "load.h"
#include "lower.h"
#include "plan.h"

enum { READ, OPEN, PACK, RUN, ELEMENT, N_TIMES };
#define MAX_ROUNDS 1000

typedef gboolean (*Part) (const gchar *what, gint64 *times);

static gint64
cpu_time (void)
{
  struct timespec t;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * G_GINT64_CONSTANT (1000000000) + t.tv_nsec;
}

static gboolean
do_parts (const gchar *path, gint64 *times)
{
  g_autofree gchar *bytes = NULL;
  gint64 start = cpu_time ();
  TfcPool *pool;
  TfcGraph *graph;
  TfcPlan *plan;

  if (!g_file_get_contents (path, &bytes, NULL, NULL))
    return FALSE;
  times[READ] = cpu_time () - start;
  start = cpu_time ();
  graph = tfc_load (path, NULL);
  if (!graph || !tfc_graph_check (graph, NULL) || !tfc_lower (graph, NULL) ||
      !tfc_graph_check (graph, NULL))
    return FALSE;
  times[OPEN] = cpu_time () - start;
  pool = tfc_pool_new (1);
  start = cpu_time ();
  plan = tfc_plan_new (graph, tfc_backend_find ("auto", NULL), pool, NULL);
  times[PACK] = cpu_time () - start;
  if (!plan)
    return FALSE;
  start = cpu_time ();
  tfc_plan_run (plan);
  times[RUN] = cpu_time () - start;
  return TRUE; /* the process ends here */
}

static gboolean
do_element (const gchar *launch, gint64 *times)
{
  const gchar *caps = "video/x-raw,format=NV12,width=1920,height=1080,framerate=30/1";
  GstElement *element = gst_parse_launch (launch, NULL);
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 1920 * 1080 * 3 / 2, NULL), *seen;
  gboolean noted;
  GstHarness *h;
  gint64 start;

  if (!element)
    return FALSE;
  gst_buffer_memset (buffer, 0, 128, -1);
  start = cpu_time ();
  h = gst_harness_new_with_element (element, "sink", "src");
  gst_harness_set_src_caps_str (h, caps);
  seen = gst_harness_push_and_pull (h, buffer);
  times[ELEMENT] = cpu_time () - start;
  noted = seen && gst_buffer_iterate_meta (seen, &(gpointer){NULL});
  gst_clear_buffer (&seen);
  return noted;
}

/* Runs part in a process of its own. */
static gboolean
apart (Part part, const gchar *what, gint64 *times)
{
  int ends[2], status = 1;
  pid_t child;

  if (pipe (ends) != 0 || (child = fork ()) < 0)
    return FALSE;
  if (child == 0) {
    const gboolean ok = part (what, times);
    _exit (!ok || write (ends[1], times, N_TIMES * sizeof *times) < 0);
  }
  close (ends[1]);
  const gboolean got = read (ends[0], times, N_TIMES * sizeof *times) == N_TIMES * sizeof *times;
  close (ends[0]);
  waitpid (child, &status, 0);
  return got && status == 0;
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

int
main (int argc, char **argv)
{
  static gint64 all[N_TIMES][MAX_ROUNDS];
  const guint rounds = argc > 3 ? CLAMP (atoi (argv[3]), 1, MAX_ROUNDS) : 15;
  gdouble ms[N_TIMES];

  gst_init (NULL, NULL);
  if (argc < 3)
    return 2;
  gst_clear_object (&(GstElement *){gst_parse_launch (argv[2], NULL)}); /* loads the plugin */
  for (guint r = 0; r < rounds; r++) {
    gint64 times[N_TIMES] = {0};
    if (!apart (do_parts, argv[1], times) || !apart (do_element, argv[2], times)) {
      g_printerr ("no result\n");
      return 1;
    }
    for (guint i = 0; i < N_TIMES; i++)
      all[i][r] = times[i];
  }
  for (guint i = 0; i < N_TIMES; i++)
    ms[i] = median (all[i], rounds);
  const gdouble least = ms[READ] + ms[PACK];
  g_print (
      "read %.2f, parse and lower %.2f, pack %.2f, first run %.2f; start to first result %.2f\n",
      ms[READ], ms[OPEN], ms[PACK], ms[RUN], ms[ELEMENT]);
  g_print ("of reading and packing: %.2f, less the run itself %.2f\n", ms[ELEMENT] / least,
           (ms[ELEMENT] - ms[RUN]) / least);
  return 0;
}
