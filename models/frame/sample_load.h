/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Internal to models/frame: how the samples of a format are loaded from its planes.
 *
 * A load is one visit a target pixel and source row that brings a sample and its right neighbour,
 * of all the components that lie together: the wider the load, the fewer of them. It never reads a
 * byte that is not a sample of the frame's valid rows (or padding inside a packed pixel). */
#include "models/frame/frame.h"
#include "models/frame/sample_kernel.h"

/* Reads n pairs at base + offset[i] and n at base + stride + offset[i], into left and right [0] and
 * [1], which hold what the shifts of the load say (not all write right). next: bytes from a sample
 * to its right neighbour, 0 if there is none. */
typedef void (*TfcSampleLoadFunc) (const guint8 *base, gssize stride, const gint32 *offset, guint n,
                              gint next, guint32 *const left[2], guint32 *const right[2]);

typedef struct {
  TfcSampleLoadFunc func;
  guint8 group;             /* 0: as the frame; 1: chroma */
  guint8 plane, byte, step; /* first sample at plane[plane] + byte */
  guint8 n_components;
  guint8 component[3];                  /* which it brings */
  guint8 left_shift[3], right_shift[3]; /* where, in the words */
  gboolean prefetches;                        /* first to read its plane: it prefetches later rows */
  gboolean two_words;                   /* right neighbours lie in right, else in left too */
} TfcSampleLoad;

typedef struct {
  guint n_loads;
  guint32 mask;        /* of a sample in its word, once shifted */
  guint8 shift;        /* as the format's; in the loads' own shifts already */
  gboolean big_endian; /* as the format's */
  TfcSampleLoad load[3];
} TfcSampleLoadPlan;

/* The fewest loads for format. single: some group has but one column, so that there is no right
 * neighbour to read. */
void tfc_sample_load_plan (TfcSampleLoadPlan *plan, const TfcFormat *format, gboolean single);
