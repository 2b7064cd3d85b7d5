/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The sampler against plain double arithmetic, over random frames whose planes end at (or begin
 * after) a page that may not be touched. */
#include "models/frame/sample.h"

#define MAX_TARGET 70

/* A frame and the memory that it owns. */
typedef struct {
  gpointer mapping[3];
  gsize mapped[3];
  TfcFrame frame;
} Guarded;

void guarded_init (Guarded *g, GRand *rand, const TfcFormat *format, guint width, guint height);
void guarded_finish (Guarded *g);
/* pixels are what the sampler must give for f, t and m. */
void compare (const TfcFrame *f, const TfcTarget *t, const TfcMap *m, const void *pixels);
TfcTarget random_target (GRand *rand);
/* A random target and map on a random frame of that size, by a random kernel. */
void check_one (GRand *rand, const TfcFormat *format, guint width, guint height);
/* A turned crop about a point of the frame's edge, or its middle. */
TfcMap edge_map (GRand *rand, const TfcFrame *f, const TfcTarget *t, guint point);
