/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>
#include "gst/analyzer/gsttfcstats.h"

#define BOUND_OF 64
#define N_ARRIVALS G_N_ELEMENTS (((GstTfcStats *)NULL)->arrival)

void
gst_tfc_stats_frame (GstTfcStats *stats, gint64 now)
{
  stats->arrival[stats->frames++ % N_ARRIVALS] = now;
}

static void
add (GstTfcStage *s, gint64 ns)
{
  s->ring[s->count++ % GST_TFC_STATS_RING] = ns;
  s->sum += ns;
  s->max = MAX (s->max, ns);
}

void
gst_tfc_stats_time (GstTfcStats *stats, guint stage, gint64 ns)
{
  add (&stats->stage[stage], ns);
}

void
gst_tfc_stats_lag (GstTfcStats *stats, GstClockTime pts, GstClockTime seen)
{
  if (GST_CLOCK_TIME_IS_VALID (pts) && GST_CLOCK_TIME_IS_VALID (seen) && pts >= seen)
    add (&stats->lag, pts - seen);
}

static int
by_value (const void *a, const void *b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

gint64
gst_tfc_stats_bound (const GstTfcStage *stage)
{
  gint64 sorted[BOUND_OF]; /* small enough for qsort to allocate nothing */
  guint n = MIN (stage->count, BOUND_OF);

  if (n == 0)
    return 0;
  if (n > 1 && n == stage->count)
    n--; /* not the first */
  for (guint i = 0; i < n; i++)
    sorted[i] = stage->ring[(stage->count - 1 - i) % GST_TFC_STATS_RING];
  qsort (sorted, n, sizeof *sorted, by_value);
  return sorted[(n - 1) * 95 / 100];
}

static GstStructure *
stage_structure (const gchar *name, const GstTfcStage *stage)
{
  gint64 sorted[GST_TFC_STATS_RING];
  guint n = MIN (stage->count, GST_TFC_STATS_RING);

  memcpy (sorted, stage->ring, n * sizeof *sorted);
  qsort (sorted, n, sizeof *sorted, by_value);
  // clang-format off
  return gst_structure_new (name,
      "count", G_TYPE_UINT64, stage->count,
      "mean", G_TYPE_UINT64, (guint64) (stage->count ? stage->sum / (gint64) stage->count : 0),
      "p50", G_TYPE_UINT64, (guint64) (n ? sorted[(n - 1) / 2] : 0),
      "p95", G_TYPE_UINT64, (guint64) (n ? sorted[(n - 1) * 95 / 100] : 0),
      "max", G_TYPE_UINT64, (guint64) stage->max, NULL);
  // clang-format on
}

/* Frames a second over the last arrivals. */
static gdouble
frame_rate (const GstTfcStats *stats)
{
  guint n = MIN (stats->frames, N_ARRIVALS);
  gint64 first, last;

  if (n < 2)
    return 0;
  last = stats->arrival[(stats->frames - 1) % N_ARRIVALS];
  first = stats->arrival[(stats->frames - n) % N_ARRIVALS];
  return last > first ? (n - 1) * 1e9 / (gdouble)(last - first) : 0;
}

static void
set_stage (GstStructure *all, const gchar *name, const GstTfcStage *stage)
{
  GstStructure *one = stage_structure (name, stage);

  gst_structure_set (all, name, GST_TYPE_STRUCTURE, one, NULL);
  gst_structure_free (one);
}

GstStructure *
gst_tfc_stats_structure (const GstTfcStats *stats, const gchar *const *names, guint64 bytes,
                         guint streams)
{
  // clang-format off
  GstStructure *all = gst_structure_new ("stats",
      "frames", G_TYPE_UINT64, stats->frames,
      "analysed", G_TYPE_UINT64, stats->analysed,
      "skipped", G_TYPE_UINT64, stats->skipped,
      "repeated", G_TYPE_UINT64, stats->repeated,
      "dropped", G_TYPE_UINT64, stats->dropped,
      "fps", G_TYPE_DOUBLE, frame_rate (stats),
      "bytes", G_TYPE_UINT64, bytes,
      "streams", G_TYPE_UINT, streams, NULL);
  // clang-format on
  for (guint i = 0; names[i]; i++)
    set_stage (all, names[i], &stats->stage[i]);
  set_stage (all, "lag", &stats->lag);
  return all;
}
