/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* track-replay [OPTIONS] < DETECTIONS: runs the tracker over what track-detect wrote, and writes
 * the lines that tfcpublish would write of it; so that tracks can be scored against the truth
 * without the network. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "models/tracking/motion_tracks.h"
#include "tools/dev/track_file.h"

static gint interval = 1, latest, min_hits = 2, max_age = 1000, rounds, offset, objects;
static gdouble threshold = 0.5;
static gboolean no_cue;

static const GOptionEntry entries[] = {
    {"interval", 0, 0, G_OPTION_ARG_INT, &interval, "Analyse every Nth frame (1)", "N"},
    {"latest", 0, 0, G_OPTION_ARG_INT, &latest, "As mode=latest with an analysis of MS", "MS"},
    {"offset", 0, 0, G_OPTION_ARG_INT, &offset, "Begin at the Nth frame (0)", "N"},
    {"threshold", 0, 0, G_OPTION_ARG_DOUBLE, &threshold, "Score that starts a track (0.5)", "S"},
    {"min-hits", 0, 0, G_OPTION_ARG_INT, &min_hits, "As track-min-hits (2)", "N"},
    {"max-age", 0, 0, G_OPTION_ARG_INT, &max_age, "As track-max-age (1000)", "MS"},
    {"no-cue", 0, 0, G_OPTION_ARG_NONE, &no_cue, "Do not look at colours", NULL},
    {"time", 0, 0, G_OPTION_ARG_INT, &rounds, "Print the median time of an analysis, of N rounds",
     "N"},
    {"objects", 0, 0, G_OPTION_ARG_INT, &objects,
     "Print the times with N made-up things that cross each other, without DETECTIONS", "N"},
    {NULL}};

typedef struct {
  TfcMotionTracks *tracks;
  TfcDetection object[TFC_MAX_MOTION_TRACKS];
  guint index[TFC_MAX_MOTION_TRACKS];
  guint n;
  guint64 pts; /* of the frame that was analysed */
} Results;

static void
analyse (Results *r, const TrackFile *f, guint i)
{
  const TrackFrame *frame = &g_array_index (f->frames, TrackFrame, i);
  const TfcMotionOptions options = {(gfloat)threshold, (guint64)max_age * 1000000, (guint)min_hits};
  const TfcMotionCue *cue = no_cue ? NULL : (const TfcMotionCue *)f->cues->data + frame->first;
  if (!no_cue)
    tfc_motion_tracks_scene (r->tracks, &frame->scene);
  r->n = tfc_motion_tracks_update (r->tracks, (const TfcDetection *)f->found->data + frame->first,
                                   cue, frame->n, frame->pts, &options, r->object, r->index,
                                   TFC_MAX_MOTION_TRACKS);
  r->pts = frame->pts;
}

static void
print (const Results *r, const TrackFile *f, guint i, gboolean held)
{
  const TrackFrame *frame = &g_array_index (f->frames, TrackFrame, i);
  printf ("{\"v\":1,\"source\":\"replay\",\"seq\":%u,\"pts\":%.6f,\"width\":%u,\"height\":%u,"
          "\"units\":\"fraction\","
          "\"held\":%s,\"objects\":[",
          i, frame->pts / 1e9, frame->width, frame->height, held ? "true" : "false");
  for (guint k = 0; k < r->n; k++) {
    const TfcDetection *d = &r->object[k];
    const TfcBox b =
        tfc_motion_box_later (&d->box, d->track.speed_x, d->track.speed_y, frame->pts - r->pts);
    printf ("%s{\"id\":%" G_GUINT64_FORMAT ",\"label\":\"%s\",\"class_id\":%d,\"score\":%.4f,"
            "\"box\":[%.5f,%.5f,%.5f,%.5f],\"age\":%.3f,\"seen\":%s}",
            k ? "," : "", d->track_id, track_file_label (f, d->class_id), d->class_id, d->score,
            b.x, b.y, b.w, b.h, d->track.age / 1e9, d->track.seen ? "true" : "false");
  }
  printf ("]}\n");
}

/* An analysis takes a while; its results are there for the first frame after that, and it then
 * begins anew. */
static void
replay_latest (Results *r, const TrackFile *f)
{
  Results now = *r;
  guint64 done = 0;
  now.n = 0;
  for (guint i = (guint)MAX (offset, 0); i < f->frames->len; i++) {
    const guint64 pts = g_array_index (f->frames, TrackFrame, i).pts;
    if (!done || pts >= done || done > pts + G_GUINT64_CONSTANT (1000000000)) {
      now = *r;
      analyse (r, f, i);
      done = pts + (guint64)latest * 1000000;
    }
    print (&now, f, i, TRUE);
  }
}

static void
replay (Results *r, const TrackFile *f)
{
  const guint first = (guint)MAX (offset, 0), step = (guint)MAX (interval, 1);
  for (guint i = first; i < f->frames->len; i++) {
    const gboolean held = (i - first) % step != 0;
    if (!held)
      analyse (r, f, i);
    print (r, f, i, held);
  }
}

static int
by_value (const void *a, const void *b)
{
  const gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

static gint64
cpu_time (void)
{
  struct timespec t;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * G_GINT64_CONSTANT (1000000000) + t.tv_nsec;
}

static void
time_rounds (Results *r, const TrackFile *f)
{
  const gint n = MAX (rounds, 5);
  gint64 *times = g_new (gint64, n);
  for (gint i = 0; i < n; i++) {
    tfc_motion_tracks_reset (r->tracks);
    const gint64 start = cpu_time ();
    for (guint k = 0; k < f->frames->len; k++)
      analyse (r, f, k);
    times[i] = cpu_time () - start;
  }
  qsort (times, n, sizeof *times, by_value);
  printf ("%.2f microseconds an analysis, %.1f boxes\n",
          times[n / 2] / 1e3 / MAX (f->frames->len, 1),
          (gdouble)f->found->len / MAX (f->frames->len, 1));
  g_free (times);
}

/* Things of 5 x 20 percent of the frame, side by side in rows, that move to and fro. */
static TrackFile *
make_file (guint n)
{
  TrackFile *f = track_file_new ();
  for (guint i = 0; i < 250; i++) {
    const TrackFrame frame = {.pts = i * G_GUINT64_CONSTANT (40000000), .first = i * n, .n = n};
    g_array_append_val (f->frames, frame);
    for (guint k = 0; k < n; k++) {
      const gfloat phase = (gfloat)i * (0.02f + 0.001f * (gfloat)k);
      const TfcDetection d = {.score = 0.9f,
                              .box = {0.09f * (gfloat)(k % 10) + 0.05f * sinf (phase),
                                      0.15f * (gfloat)(k / 10 % 5), 0.05f, 0.2f}};
      TfcMotionCue cue = {.known = TRUE};
      memset (cue.bin, (gint)k, sizeof cue.bin);
      g_array_append_val (f->found, d);
      g_array_append_val (f->cues, cue);
    }
  }
  return f;
}

static void
time_cues (const TrackFile *f, guint n)
{
  const guint width = 1920, height = 1080;
  guint8 *pixels = g_malloc0 (width * height * 3 / 2);
  const TfcFrame frame = {.width = width,
                          .height = height,
                          .plane = {pixels, pixels + width * height},
                          .stride = {(gint)width, (gint)width},
                          .format = tfc_format_find ("NV12")};
  TfcMotionCue cue;
  const gint64 start = cpu_time ();
  for (guint i = 0; i < f->found->len; i++)
    tfc_motion_cue_sample (&frame, &g_array_index (f->found, TfcDetection, i).box, &cue);
  printf ("%.2f microseconds for the looks of %u boxes in 1920x1080 NV12\n",
          (gdouble)(cpu_time () - start) / 1e3 / MAX (f->frames->len, 1), n);
  g_free (pixels);
}

int
main (int argc, char **argv)
{
  GOptionContext *context = g_option_context_new ("< DETECTIONS");
  GError *error = NULL;
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  g_option_context_free (context);
  TrackFile *f = objects > 0 ? make_file ((guint)objects) : track_file_read (stdin);
  Results *r = g_new0 (Results, 1);
  r->tracks = tfc_motion_tracks_new ();
  if (objects > 0)
    time_cues (f, (guint)objects);
  if (rounds > 0 || objects > 0)
    time_rounds (r, f);
  else if (latest > 0)
    replay_latest (r, f);
  else
    replay (r, f);
  tfc_motion_tracks_free (r->tracks);
  g_free (r);
  track_file_free (f);
  return 0;
}
