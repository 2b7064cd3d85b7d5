/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Counters and stage times behind the `stats` property. Plain memory of fixed size; the owner
 * locks. Percentiles are of the last GST_TFC_STATS_RING times of a stage, count, mean and max of
 * all. */
#include <gst/gst.h>

#define GST_TFC_STATS_RING 256
#define GST_TFC_STATS_STAGES 8 /* at most */

typedef struct {
  guint64 count;
  gint64 sum, max; /* ns */
  gint64 ring[GST_TFC_STATS_RING];
} GstTfcStage;

typedef struct {
  guint64 frames;   /* that passed */
  guint64 analysed;
  guint64 skipped;  /* due, but late (qos) */
  guint64 repeated; /* carry held results (interval, late, mode=latest) */
  guint64 dropped;  /* mode=latest: pictures that a newer one replaced before they were analysed */
  GstTfcStage stage[GST_TFC_STATS_STAGES];
  GstTfcStage lag;  /* how much older than its buffer a held result is, by PTS */
  gint64 arrival[64]; /* monotonic ns of the last frames */
} GstTfcStats;

void gst_tfc_stats_frame (GstTfcStats *stats, gint64 now);
void gst_tfc_stats_time (GstTfcStats *stats, guint stage, gint64 ns);
/* pts of a buffer and of the picture that its result is of. */
void gst_tfc_stats_lag (GstTfcStats *stats, GstClockTime pts, GstClockTime seen);
/* How long stage takes at most, save for one time in twenty of the last 64; the very first time,
 * which also does what is done once for good, counts only while it is the only one. 0: it never
 * ran. */
gint64 gst_tfc_stats_bound (const GstTfcStage *stage);
/* (transfer full). names: one a stage, NULL-terminated. bytes: held by the engine; streams:
 * elements that share them. */
GstStructure *gst_tfc_stats_structure (const GstTfcStats *stats, const gchar *const *names,
                                       guint64 bytes, guint streams);
