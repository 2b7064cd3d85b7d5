/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Counters and stage times behind the `stats` property. Plain memory of fixed size; the owner locks. */
#include <gst/gst.h>
#include "models/durations.h"

/* What is timed; names stand in gsttfcstats.c. Each analyser has some of them, all have the last two. */
typedef enum {
  GST_TFC_STAGE_SAMPLE,   /* pixels are cut, scaled and converted */
  GST_TFC_STAGE_NETWORK,  /* the one network runs */
  GST_TFC_STAGE_DETECTOR, /* of several, each by its task */
  GST_TFC_STAGE_MESH,
  GST_TFC_STAGE_IRIS,
  GST_TFC_STAGE_LANDMARKS,
  GST_TFC_STAGE_DECODE, /* tensors become results */
  GST_TFC_STAGE_TOTAL,  /* one analysis */
  GST_TFC_STAGE_LAG,    /* how much older than its buffer a held result is, by PTS */
  GST_TFC_N_STAGES
} GstTfcStage;

/* A bit a stage. */
#define GST_TFC_STAGE_BIT(stage) (1u << GST_TFC_STAGE_##stage)

/* ns of one analysis by GstTfcStage; negative: the frame did without it. */
typedef struct {
  gint64 ns[GST_TFC_N_STAGES];
  guint runs; /* of the network; of analysers that count them */
} GstTfcTimings;

typedef struct {
  guint64 frames; /* that passed */
  guint64 analysed;
  guint64 skipped;  /* due, but late (qos) */
  guint64 repeated; /* carry held results (interval, late, mode=latest) */
  guint64 runs;     /* of the network; of analysers that count them */
  guint64 gated;    /* due, but the class's glance found nothing new */
  guint64 dropped;  /* mode=latest: pictures that a newer one replaced before they were analysed */
  TfcDurations stage[GST_TFC_N_STAGES];
  gint64 arrival[64]; /* monotonic ns of the last frames */
} GstTfcStats;

void gst_tfc_stats_frame (GstTfcStats *stats, gint64 now);
/* An analysis with these stages. */
void gst_tfc_stats_analysis (GstTfcStats *stats, guint stages, const GstTfcTimings *timings);
/* A buffer that carries results of an earlier one. */
void gst_tfc_stats_held (GstTfcStats *stats, GstClockTime pts, GstClockTime results_pts);
/* (transfer full). stages: those that are in it. bytes: held by the models; streams: elements that
 * share them. */
GstStructure *gst_tfc_stats_structure (const GstTfcStats *stats, guint stages, guint64 bytes,
                                       guint streams);
