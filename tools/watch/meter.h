/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What is counted of a camera, over all its pipelines; written by streaming threads, read by the
 * main one. */
#include <glib.h>
#include <stdatomic.h>

typedef struct {
  atomic_ullong decoded;  /* frames out of the decoder */
  atomic_ullong frames;   /* that reached the end */
  atomic_ullong dropped;  /* that the queue let go, since the analysis was behind */
  atomic_ullong late;     /* that reached the end WATCH_LATE ns after they should */
  atomic_llong last;      /* monotonic us of the last frame; 0: none yet in this pipeline */
  atomic_ullong lag;      /* ns from a frame's time to its arrival at the end, the last one */
  atomic_ullong lag_most; /* the most since it was last read; the reader sets it back */
  atomic_ullong events;   /* of tfczones */
  atomic_ullong snapshots, clips;
  atomic_ullong unsaved; /* snapshots and clips that were not written */
} WatchMeter;

#define WATCH_LATE 250000000ULL /* beyond what the stream is held back */
