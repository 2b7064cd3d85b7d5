/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Internal to the effects of masks: memory and tables that stay from frame to frame, and one frame's work. */
#include "overlay/mask/backdrop.h"
#include "overlay/mask/ramp.h"
#include "models/result/result.h"

/* Where the samples of a plane lie on a coarser grid. Group 0: every pixel has a sample; 1: chroma of less. */
typedef struct {
  TfcRamp across, down;
} TfcMaskRamps;

typedef struct TfcMasking {
  TfcMaskRamps mask_grid[2], cell_grid[2];
  TfcBackdrop backdrop;
  guint8 *cover;                 /* of the mask's size: 255 where a person is */
  guint8 *line;                  /* of a coarse grid */
  guint8 *part_row, *value_row;  /* samples: how much changes, to what */
  guint8 *parts, *values;        /* the same as bytes of a packed row */
  /*< private >*/
  guint8 *room, *cell_cover;
  gpointer memory;
  gsize size;
} TfcMasking;

typedef struct {
  TfcMasking *masking;
  const TfcPixels *pixels, *background; /* background NULL: rows are made */
  const TfcMask *mask;
  guint8 color[3];      /* by component */
  guint8 table[3][256]; /* by component: of an index */
  guint8 somebody[256]; /* TFC_MASK_TINT_PARTS: 255 for values that are a part or a person */
} TfcMaskJob;

/* Makes *masking if it is NULL, memory and tables for this picture, and cover. edge: blur of the mask's edge in
 * pixels; cell: of the backdrop, 0: none. NULL: no memory. */
TfcMasking *tfc_masking_begin (TfcMasking **masking, const TfcPixels *pixels, const TfcMask *mask, gdouble edge,
                               guint cell);
void tfc_masking_fill_backdrop (const TfcMaskJob *job, gdouble sigma);
void tfc_masking_free (TfcMasking *masking); /* NULL is allowed */

guint tfc_mask_job_group (const TfcMaskJob *job, guint component);
guint tfc_mask_job_samples (const TfcMaskJob *job, guint component); /* in a row */
const guint8 *tfc_mask_job_background (const TfcMaskJob *job, guint plane, guint y);
