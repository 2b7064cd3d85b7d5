/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* soak MINUTES [SEED] [PHOTO.png...]: three live pipelines to which everything happens that happens
 * to pipelines, for so long; tools/dev/soak says more. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/emulated.h"
#include "tests/soak/events.h"
#include "tests/soak/level.h"
#include "tests/soak/stream.h"

/* KiB that a minute may add, measured over what comes after the first quarter. What is measured for
 * less than five minutes is half a warm-up, and may grow by so many in all. */
typedef struct {
  const gchar *what;
  gsize offset;
  gdouble a_minute, in_all;
} Bar;

#define LONG_ENOUGH 5 /* minutes */

static const Bar bars[] = {
    {"resident memory", G_STRUCT_OFFSET (Level, resident), 1024, 32768},
    {"heap in use", G_STRUCT_OFFSET (Level, heap), 32, 2048},
};

/* Everything is written, to where nothing is kept. */
#define PUBLISH "tfcpublish when=all include=boxes+points+masks+stats+events location=/dev/null"

static const StreamPlan plans[] = {
    {"steady",
     "tfcdetect name=detect ! queue max-size-buffers=4 ! tfcfacemesh name=faces ! " PUBLISH
     " ! tfcoverlay name=overlay"},
    {"objects", "tfcdetect name=detect ! queue max-size-buffers=4 ! tfcoverlay name=overlay"},
    {"faces", "tfcfacemesh name=faces ! tfczones name=zones ! tfcoverlay name=overlay"},
    {"hands", "tfchands name=hands ! tfczones name=zones ! " PUBLISH " ! tfcoverlay name=overlay"},
    {"joined",
     "tee name=split split. ! queue max-size-buffers=4 ! tfcdetect name=detect ! join.meta "
     "split. ! queue max-size-buffers=4 ! tfcjoin name=join max-wait=1000 ! tfcoverlay name=overlay"},
    {"people", "tfcsegment name=segment ! " PUBLISH " ! tfcoverlay name=overlay"},
    {"bodies", "tfcpose name=pose ! tfcoverlay name=overlay"},
    {"classes", "tfcclassify name=classify ! tfcoverlay name=overlay"}};
#define N_STREAMS G_N_ELEMENTS (plans)

/* ---- rests ---- */

/* mode=latest has a thread that stays from its first frame on until the element stops. */
static void
warm_up (Stream *steady)
{
  stream_set (steady, "detect.mode", "latest");
  stream_set (steady, "faces.mode", "latest");
  g_usleep (1000000);
  events_reset (steady);
}

/* The steady stream is as it was at the start; the others are closed. */
static void
settle (Stream **streams)
{
  gint64 until = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  for (guint i = 1; i < N_STREAMS; i++)
    stream_stop (streams[i]);
  stream_look (streams[0], 0, 0);
  events_reset (streams[0]);
  do
    g_usleep (300000);
  while (stream_listen (streams[0]) && g_get_monotonic_time () < until);
  g_usleep (200000); /* the old engine is closed behind a frame */
}

/* What the process holds when nothing happens. Threads that end, and files that they close, may
 * take a moment: waits for as many as the first level had, or for any number that stays a second.
 */
static Level
rest (Stream **streams, gdouble minutes, const Level *first)
{
  Level level, before = {0};
  guint same = 0;

  settle (streams);
  stream_hush (streams[0]);
  for (guint i = 0; i < 200; i++) {
    level = level_now (minutes);
    same = level.files == before.files && level.threads == before.threads ? same + 1 : 0;
    before = level;
    if (first ? level.files == first->files && level.threads == first->threads : same >= 10)
      break;
    g_usleep (100000);
  }
  stream_go_on (streams[0]);
  return level;
}

static void
print_line (Stream **streams, const Level *level)
{
  StreamCount all = {0};

  for (guint i = 0; i < N_STREAMS; i++) {
    StreamCount c = stream_count (streams[i]);
    all.arrived += c.arrived;
    all.analysed += c.analysed;
    all.loaded += c.loaded;
  }
  printf ("%6.1f min: %8" G_GUINT64_FORMAT " frames, %8" G_GUINT64_FORMAT
          " analysed, %6" G_GUINT64_FORMAT
          " models; at rest %6.1f MiB resident, %7.1f KiB heap, %u files, %u threads\n",
          level->minutes, all.arrived, all.analysed, all.loaded, level->resident / 1024,
          level->heap, level->files, level->threads);
  fflush (stdout);
}

/* ---- the verdict ---- */

static void
check_trend (const Bar *bar, const GArray *levels, guint from)
{
  const Level *l = &g_array_index (levels, Level, 0);
  Trend trend = level_trend (l, from, levels->len, bar->offset);
  gdouble measured = l[levels->len - 1].minutes - l[from].minutes;
  gdouble most = measured >= LONG_ENOUGH ? bar->a_minute : bar->in_all / MAX (measured, 0.01);

  printf ("%s: %+.1f KiB a minute, standard error %.1f, over %.1f minutes and %u rests; bar %.0f\n",
          bar->what, trend.slope, trend.error, measured, levels->len - from, most);
#ifndef SOAK_SANITIZED
  if (trend.slope > most)
    stream_fail ("%s grows", bar->what);
#endif
}

static void
check_levels (const GArray *levels)
{
  guint from = levels->len / 4;
  const Level *first = &g_array_index (levels, Level, from);

  for (guint i = from; i < levels->len; i++) {
    const Level *l = &g_array_index (levels, Level, i);
    if (l->files != first->files || l->threads != first->threads)
      stream_fail ("after %.1f minutes %u files and %u threads, before %u and %u", l->minutes,
                   l->files, l->threads, first->files, first->threads);
  }
  printf ("at rest: %u files, %u threads\n", first->files, first->threads);
  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    check_trend (&bars[i], levels, from);
}

static void
check_stream (const StreamPlan *plan, Stream *s, gboolean photos)
{
  StreamCount c = stream_count (s);

  printf ("%-8s %" G_GUINT64_FORMAT " frames in, %" G_GUINT64_FORMAT " out, %" G_GUINT64_FORMAT
          " dropped by flushes and stops, %" G_GUINT64_FORMAT
          " kept by the camera; %" G_GUINT64_FORMAT " analysed, %" G_GUINT64_FORMAT
          " objects, %" G_GUINT64_FORMAT " faces, %" G_GUINT64_FORMAT " poses; %" G_GUINT64_FORMAT
          " models loaded, %" G_GUINT64_FORMAT " refused\n",
          plan->name, c.pushed, c.arrived, c.discarded, c.overruns, c.analysed, c.objects, c.faces,
          c.poses, c.loaded, c.refused);
  if (c.pushed != c.arrived + c.discarded)
    stream_fail ("%s: frames lost", plan->name);
  if (!c.analysed)
    stream_fail ("%s: nothing was analysed", plan->name);
  if (photos && strstr (plan->line, "tfcdetect") && !c.objects)
    stream_fail ("%s: no objects in the photos", plan->name);
  if (photos && strstr (plan->line, "tfcfacemesh") && !c.faces)
    stream_fail ("%s: no faces in the photos", plan->name);
}

/* ---- */

static void
soak (Stream **streams, gdouble minutes, GArray *levels)
{
  const gint64 start = g_get_monotonic_time ();
  const gdouble round = CLAMP (minutes / 40, 0.05, 0.25);
  gdouble now = 0, next = round, told = 0;

  do {
    guint i = events_any (N_STREAMS);
    events_happen (streams[i], i == 0);
    for (guint k = 0; k < N_STREAMS; k++)
      stream_listen (streams[k]);
    g_usleep (1000 * (10 + events_any (90)));
    now = (g_get_monotonic_time () - start) / 6e7;
    if (now < next)
      continue;
    Level level = rest (streams, now, levels->len ? &g_array_index (levels, Level, 0) : NULL);
    g_array_append_val (levels, level);
    if (now >= told + 1 || now >= minutes || levels->len == 1) {
      print_line (streams, &level);
      told = now;
    }
    next = now + round;
    for (guint k = 1; now < minutes && k < N_STREAMS; k++)
      events_begin (streams[k]);
  } while (now < minutes);
}

static gboolean
can_start (const gchar *element)
{
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (element, &error);
  gboolean started =
      !error && gst_element_set_state (pipeline, GST_STATE_PAUSED) != GST_STATE_CHANGE_FAILURE;

  if (pipeline) {
    gst_element_set_state (pipeline, GST_STATE_NULL);
    gst_object_unref (pipeline);
  }
  return started;
}

int
main (int argc, char **argv)
{
  gdouble minutes = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 0;
  guint seed = argc > 2 ? strtoul (argv[2], NULL, 0) : 1;
  GArray *levels;
  Stream *streams[N_STREAMS];
  Looks *looks;

  if (minutes <= 0) {
    fprintf (stderr, "usage: soak MINUTES [SEED] [PHOTO.png...]\n");
    return 2;
  }
  if (emulated () && minutes < LONG_ENOUGH) {
    printf ("soak: under %s nothing can be judged of %.1f minutes\n", emulated (), minutes);
    return 77; /* skipped, for meson */
  }
  gst_init (NULL, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  g_thread_pool_set_max_unused_threads (0); /* a thread that nobody needs is not counted */
  events_init (seed);
  if (!can_start ("tfcdetect base-model=mobilenet-v1-quant") || !can_start ("tfcfacemesh") ||
      !can_start ("tfchands") || !can_start ("tfcsegment") || !can_start ("tfcpose") ||
      !can_start ("tfcclassify")) {
    printf ("soak: the models are not there, or the elements are not\n");
    return 77; /* skipped, for meson */
  }
  levels = g_array_sized_new (FALSE, FALSE, sizeof (Level), 10000);
  looks = looks_new (argv + MIN (argc, 3), MAX (argc, 3) - 3);
  printf ("soak: %.1f minutes, seed %u, %u looks of %u pictures\n", minutes, seed, looks->n,
          looks->looks->n_frames);
  for (guint i = 0; i < N_STREAMS; i++) {
    streams[i] = stream_new (&plans[i], looks);
    events_reset (streams[i]);
    events_begin (streams[i]);
  }
  warm_up (streams[0]);
  if (!stream_failures ())
    soak (streams, minutes, levels);
  for (guint i = 0; i < N_STREAMS; i++)
    stream_stop (streams[i]);
  events_print ();
  for (guint i = 0; i < N_STREAMS; i++)
    check_stream (&plans[i], streams[i], argc > 3);
  if (levels->len)
    check_levels (levels);
  if (!looks_are_untouched (looks))
    stream_fail ("somebody wrote into a picture that is not his");
  for (guint i = 0; i < N_STREAMS; i++)
    stream_free (streams[i]);
  looks_free (looks);
  g_array_unref (levels);
  events_done ();
  printf (stream_failures () ? "%u assertions failed\n" : "all holds\n", stream_failures ());
  return stream_failures () > 0;
}
