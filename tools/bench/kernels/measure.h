/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One layer on `auto`: compared with the reference, and timed in turns against XNNPACK. */
#include <cJSON.h>

#include "tools/bench/kernels/layer_case.h"

#define MEASURE_LIMIT 1.05 /* ours by XNNPACK's time: beyond it the other one should have been chosen */
#define MEASURE_LEAST_US 0.3 /* a smaller difference is what calling an engine costs, and does not count */

typedef struct {
  guint turns;       /* of each engine in a measurement; 0: compare only */
  gdouble seconds;   /* no further turn of a measurement after so long */
  gboolean cpu_time; /* of the process instead of the clock's: for one thread */
  guint again;       /* how often what lies beyond MEASURE_LIMIT is measured once more, twice as long each time */
} MeasureOptions;

typedef enum {
  MEASURE_EQUAL,
  MEASURE_DIFFERS,
  MEASURE_SLOWER, /* beyond MEASURE_LIMIT each time that it was measured */
} MeasureResult;

/* Times are microseconds of one run. */
typedef struct {
  const gchar *ours;  /* the backend that `auto` gave the layer to: "auto" is our own kernel */
  const gchar *peer;  /* the same of the backend "xnnpack": "reference" where that has no such layer; NULL: not timed */
  gdouble ours_us, peer_us; /* the least of the turns of the last measurement */
  gdouble ratio;      /* the median over them of our time by the other's in the same turn */
  guint measured;     /* how often */
  gdouble error;      /* largest difference from the reference; float32: relative to 1 + |value| */
  gchar *difference;  /* MEASURE_DIFFERS: where, and what from what; else NULL. Owned. */
  MeasureResult result;
} Measurement;

/* What the reference computes of inputs that are the same everywhere: a block for each output. NULL with error
 * set. g_ptr_array_unref. */
GPtrArray *measure_reference (const LayerCase *layer, GError **error);
/* With the kernels that are chosen and the pool's threads. FALSE with error set if an engine cannot be had or fails;
 * FALSE without one if there is nothing to run (a layer that costs nothing). */
gboolean measure_layer (Measurement *m, const LayerCase *layer, const GPtrArray *expected, TfcPool *pool,
                        const MeasureOptions *options, GError **error);
/* "result" ("equal", "differs", "slower"), "error", and as far as there are any "difference", "against", "ours_us",
 * "against_us", "ratio" and "measured". */
void measure_to_json (const Measurement *m, cJSON *to);
