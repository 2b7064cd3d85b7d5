/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The segmentation pipeline: a frame in, one mask out, and what is kept between frames (the mask before, for smoothing).
 * Which of the networks a file is, is told by its tensors. */
#include "inference/model.h"
#include "models/segmentation/body_pix.h"

/* Read at each run, so every field may change between frames. */
typedef struct {
  TfcMaskKind output; /* PARTS and PEOPLE: BodyPix only (tfc_segment_has_parts) */
  gfloat threshold;   /* 0..1; PERSON: 0 gives the probability, else values are 0 and 255; PARTS, PEOPLE: of what
                       * is somebody, 0 takes TFC_SEGMENT_PERSON_THRESHOLD */
  TfcInternalResolution internal_resolution; /* BodyPix only */
  gboolean smoothing; /* PERSON: over time, by timestamp (mask_smooth.h) */
  gboolean refine;    /* PERSON: edges drawn to those of the frame (mask_refine.h) */
} TfcSegmentOptions;

#define TFC_SEGMENT_DEFAULT_THRESHOLD 0
#define TFC_SEGMENT_PERSON_THRESHOLD 0.7f /* body-pix's segmentationThreshold */
#define TFC_SEGMENT_DEFAULTS                                                                                 \
  ((TfcSegmentOptions){.output = TFC_MASK_PERSON,                                                            \
                       .threshold = TFC_SEGMENT_DEFAULT_THRESHOLD,                                           \
                       .internal_resolution = TFC_RESOLUTION_MEDIUM,                                         \
                       .smoothing = TRUE,                                                                    \
                       .refine = FALSE})

typedef struct TfcSegmentPipeline TfcSegmentPipeline;

/* What is known from earlier frames. It fits pipelines of every network. */
typedef struct TfcSegmentState TfcSegmentState;
TfcSegmentState *tfc_segment_state_new (void);
void tfc_segment_state_free (TfcSegmentState *state); /* NULL is allowed */
/* Forgets the mask before (flush, seek, caps change). */
void tfc_segment_state_reset (TfcSegmentState *state);

/* Selfie segmentation (.tflite or GraphModel) or BodyPix (GraphModel). options as for tfc_model_open, without input
 * shapes. NULL with error set. */
TfcSegmentPipeline *tfc_segment_open (const gchar *path, const TfcModelOptions *options, GError **error);
void tfc_segment_close (TfcSegmentPipeline *pipeline); /* NULL is allowed */

/* Whether parts and people can be told apart, too. */
gboolean tfc_segment_has_parts (const TfcSegmentPipeline *pipeline);
/* For stats: threads, bytes. */
const TfcModel *tfc_segment_model (const TfcSegmentPipeline *pipeline);

/* Runs on frame. state: the stream's, or NULL: every frame is the first. pts in nanoseconds, G_MAXUINT64 if unknown.
 * mask is lent until the next run: of the network's size, it covers the whole frame or a little more. times may be
 * NULL. Allocates nothing but for another size of frame or mask. One thread at a time. FALSE with error set (RUN;
 * UNSUPPORTED: parts or people of a network that has none). */
gboolean tfc_segment_run (TfcSegmentPipeline *pipeline, TfcSegmentState *state, const TfcFrame *frame, guint64 pts,
                          const TfcSegmentOptions *options, TfcMask *mask, TfcSegmentTimes *times, GError **error);

/* The mask of the last run with a value for each pixel of its frame (frame->width * frame->height, written to out):
 * what the reference gives, decided at the picture's size. frame and options as in that run. */
void tfc_segment_enlarge (TfcSegmentPipeline *pipeline, const TfcFrame *frame, const TfcSegmentOptions *options,
                          guint8 *out);

/* Runs the network once on nothing, so that the first frame costs what others cost. FALSE with error set (RUN). */
gboolean tfc_segment_warm_up (TfcSegmentPipeline *pipeline, GError **error);
