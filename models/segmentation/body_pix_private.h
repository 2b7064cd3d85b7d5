/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What body_pix.c (network and person), body_pix_parts.c and body_pix_people.c share. */
#include "models/frame/sample.h"
#include "models/segmentation/body_pix.h"

/* Outputs that are read, in the order of the graph. */
typedef enum {
  SHORT_OFFSETS,
  SEGMENTS,
  PART_HEATMAPS,
  LONG_OFFSETS,
  HEATMAPS,
  FORWARD,
  BACKWARD,
  N_OUTPUTS
} TfcBodyPixOutput;

struct TfcBodyPix {
  TfcModel *model;
  guint output[N_OUTPUTS];
  const gfloat *maps[N_OUTPUTS]; /* data of the outputs, of the last run */
  guint stride;                  /* network pixels a cell */
  struct {
    guint width, height; /* of the frame; 0: nothing is prepared */
    TfcInternalResolution resolution;
  } prepared;                        /* what all below is for */
  guint columns, rows;               /* cells */
  guint left, top;                   /* padding of the frame, pixels, the same on the other side */
  guint padded_width, padded_height; /* pixels */
  TfcMaskGrid grid;
  TfcSampler *sampler;
  TfcPosenetDecoder *decoder;
  gfloat *person; /* of the grid */
  gfloat
      *part_row[2];   /* values of all parts for a row of the grid with an even and an odd number */
  gint part_row_y[2]; /* which rows these are; -1: none */
  guint n_people;
  TfcPosenetPose people[TFC_BODY_PIX_MAX_PEOPLE]; /* in pixels of the frame */
};
