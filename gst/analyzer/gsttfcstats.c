/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcstats.h"

#define N_ARRIVALS G_N_ELEMENTS (((GstTfcStats *)NULL)->arrival)

static const gchar *const stage_names[GST_TFC_N_STAGES] = {
    [GST_TFC_STAGE_SAMPLE] = "sample",     [GST_TFC_STAGE_NETWORK] = "network",
    [GST_TFC_STAGE_DETECTOR] = "detector", [GST_TFC_STAGE_MESH] = "mesh",
    [GST_TFC_STAGE_IRIS] = "iris",         [GST_TFC_STAGE_LANDMARKS] = "landmarks",
    [GST_TFC_STAGE_DECODE] = "decode",     [GST_TFC_STAGE_TOTAL] = "total",
    [GST_TFC_STAGE_LAG] = "lag",
};

void
gst_tfc_stats_frame (GstTfcStats *stats, gint64 now)
{
  stats->arrival[stats->frames++ % N_ARRIVALS] = now;
}

void
gst_tfc_stats_analysis (GstTfcStats *stats, guint stages, const GstTfcTimings *timings)
{
  stats->analysed++;
  stats->runs += timings->runs;
  for (guint i = 0; i < GST_TFC_N_STAGES; i++) {
    if (stages >> i & 1 && timings->ns[i] >= 0)
      tfc_durations_add (&stats->stage[i], timings->ns[i]);
  }
}

void
gst_tfc_stats_held (GstTfcStats *stats, GstClockTime pts, GstClockTime results_pts)
{
  stats->repeated++;
  if (GST_CLOCK_TIME_IS_VALID (pts) && GST_CLOCK_TIME_IS_VALID (results_pts) && pts >= results_pts)
    tfc_durations_add (&stats->stage[GST_TFC_STAGE_LAG], (gint64)(pts - results_pts));
}

static GstStructure *
stage_structure (const gchar *name, const TfcDurations *stage)
{
  const TfcDurationSummary s = tfc_durations_summary (stage);

  // clang-format off
  return gst_structure_new (name,
      "count", G_TYPE_UINT64, s.count,
      "mean", G_TYPE_UINT64, (guint64) s.mean,
      "p50", G_TYPE_UINT64, (guint64) s.p50,
      "p95", G_TYPE_UINT64, (guint64) s.p95,
      "max", G_TYPE_UINT64, (guint64) s.max, NULL);
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

GstStructure *
gst_tfc_stats_structure (const GstTfcStats *stats, guint stages, guint64 bytes, guint streams)
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

  for (guint i = 0; i < GST_TFC_N_STAGES; i++) {
    GstStructure *one;
    if (!(stages >> i & 1))
      continue;
    one = stage_structure (stage_names[i], &stats->stage[i]);
    gst_structure_set (all, stage_names[i], GST_TYPE_STRUCTURE, one, NULL);
    gst_structure_free (one);
  }
  return all;
}
