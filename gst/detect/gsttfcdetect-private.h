/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What gsttfcdetect.c (the element), gsttfcdetect-model.c (its model) and gsttfcdetect-regions.c
 * (where it looks) share. */
#include "gst/analyzer/gsttfctracker.h"
#include "gst/detect/gsttfcdetect.h"
#include "gst/util/gsttfcdebug.h"
#include "models/detection/crop_suppression.h"
#include "models/detection/regions.h"
#include "models/detection/ssd.h"
#include "models/motion/motion_detector.h"

#define GST_CAT_DEFAULT gst_tfc_detect_debug

/* Where the network looks, and when. */
typedef struct {
  guint regions;    /* crops a frame, 0..TFC_MAX_REGIONS */
  guint full_every; /* regions > 0: the whole frame on every n-th analysis, from 1 on */
  gboolean motion_gate;
  guint gate_max; /* ms */
} GstTfcRegionSettings;

#define GST_TFC_REGION_DEFAULTS ((GstTfcRegionSettings){.full_every = 1, .gate_max = 1000})

typedef struct {
  GstTfcBaseModel base_model;               /* counts where model_file is not given */
  gchar *model_file, *label_file, *anchors; /* NULL or "": not given */
  TfcSsdOptions options;                    /* classes: unused */
  GstTfcRegionSettings regions;
  GstTfcTrackSettings track;
} GstTfcDetectSettings;

/* What is known of where to look; the thread that analyses. */
typedef struct {
  TfcRegions *planner;
  TfcMotionDetector *detector;
  TfcMotion motion;          /* of this frame, what lies in roi */
  GstTfcRegionSettings now;  /* of this frame */
  GstTfcTrackSettings track; /* of this frame */
  GstClockTime seen, looked; /* PTS of the last frame, of the last one that the network saw */
  GstClockTime moved;        /* PTS of the last frame on which something moved, or may have */
  const GstTfcModel *model;  /* that saw it; only compared */
  guint open;                /* frames for which the gate stays open though nothing moves */
  guint ticks;               /* of 40 ms since the frame before */
  guint since_whole;         /* analyses since the whole frame was looked at */
  gboolean tracked;          /* something is tracked */
  gboolean live;             /* something is tracked that was not seen */
  gboolean timed;            /* this look: the gate was closed, but for too long */
  guint n_crops;             /* of this frame */
  TfcCrop crops[TFC_MAX_CROPS];
  guint counts[TFC_MAX_CROPS]; /* of what was found in each */
  TfcDetection found[TFC_MAX_CROPS * TFC_CROP_DETECTIONS];
  TfcCandidate candidates[TFC_MAX_CROPS * TFC_CROP_DETECTIONS];
} GstTfcDetectLook;

struct _GstTfcDetect {
  GstTfcAnalyzer parent;
  GstTfcDetectSettings settings; /* under the lock */
  struct {
    TfcDetection found[TFC_MAX_DETECTIONS];
    GstTfcDetection reported[TFC_MAX_DETECTIONS];
    GstTfcDetectLook look;
  } * scratch; /* the thread that analyses; one piece, of which only what is used costs memory */
};

/* gsttfcdetect-model.c; of the class. */
GstTfcConfig *gst_tfc_detect_dup_config (GstTfcAnalyzer *analyzer);
gboolean gst_tfc_detect_open_model (GstTfcModel *model, GError **error);

/* gsttfcdetect-regions.c; the thread that analyses. */
void gst_tfc_detect_look_init (GstTfcDetectLook *look);
void gst_tfc_detect_look_clear (GstTfcDetectLook *look);
void gst_tfc_detect_look_reset (GstTfcDetectLook *look);
/* glance of the class: motion-gate. */
gboolean gst_tfc_detect_glance (GstTfcAnalyzer *analyzer, GstTfcModel *model, const TfcFrame *frame,
                                GstClockTime pts);
/* tfc_ssd_run on the frame, or on each part of it that roi and regions ask for, and suppression
 * across them. How many there are in out (max), or -1 with error set. */
gint gst_tfc_detect_look (GstTfcDetect *self, TfcSsd *ssd, const TfcFrame *frame,
                          const TfcSsdOptions *options, TfcDetection *out, guint max,
                          TfcSsdTimes *spent, GError **error);
/* What is reported of the frame that was looked at: the next crops go there. n_sure: of what the
 * network found, how many are above the threshold. */
void gst_tfc_detect_learn (GstTfcDetect *self, const TfcDetection *reported, guint n, guint n_sure);
