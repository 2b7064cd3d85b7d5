/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Internal to models/frame: the sampler's tables, and where in the frame its target's pixels fall.
 */
#include "models/frame/sample.h"
#include "models/frame/sample_colour.h"
#include "models/frame/sample_load.h"
#include "models/frame/sample_kernel.h"
#include "models/frame/sample_shuffle.h"

/* Target rows: how far ahead the source rows are prefetched. */
#define TFC_ROWS_AHEAD 4
#define TFC_ROWS_AHEAD_ROTATED 8

/* Samples of the same subsampling: where the target's columns and rows (or, when the map turns the
 * picture, the pixels of one row) fall among them. */
typedef struct {
  TfcSampleAxis axis_x, axis_y;
  guint columns, rows;
  gint32 *column, *row;
  gfloat *part_x, *part_y;
} PlaneGroup;

/* What one run reads, worked out from the frame. */
typedef struct {
  const TfcFrame *frame;
  TfcMap map;
  gboolean rotated, coloured; /* coloured: samples are no bytes of RGB yet */
  TfcSampleLoadPlan plan;
  TfcSampleColour colour;
  gint next[3], stride[3]; /* by load: bytes to the right and the lower neighbour, 0 if none */
  /* By load, rotated maps: bytes to what the row TFC_ROWS_AHEAD_ROTATED reads, and pixels that lie
   * in a cache line. */
  gssize ahead[3];
  guint every[3];
} Job;

struct TfcSampler {
  TfcTarget target;
  const TfcSampleKernel *kernel;
  PlaneGroup group[2];
  gint32 *offset[3]; /* by load */
  TfcShuffle shuffle[3];   /* by load, where the kernel has them */
  guint32 *left[3][2], *right[3][2];
  gfloat *component[3], *rgb[3];
  struct {
    TfcMap map;
    const TfcFormat *format; /* NULL: nothing is located yet */
    guint width, height;
  } located;        /* what the columns, rows, offsets and shuffles of an axis-aligned map are for */
  gboolean masked; /* some of the rows (this row, if rotated) lies outside the frame */
  gfloat *mask_x, *mask_y, *mask_row;
  gfloat *value[3]; /* R, G, B rows to store: component or rgb */
  guint32 *scratch;
  guint8 *memory;
};

/* What job->frame and job->map ask for; axis-aligned maps are located, unless that is what is located
 * already. */
void tfc_sample_prepare (TfcSampler *s, Job *job);
/* Rotated maps: target row y. */
void tfc_sample_geometry_row (TfcSampler *s, const Job *job, guint y);

/* tfc_sampler_new on a kernel of one's choice, for tests and for tools/dev/counts. */
TfcSampler *tfc_sampler_new_on (const TfcTarget *target, const TfcSampleKernel *kernel);
