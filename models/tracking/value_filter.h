/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Filters of single numbers over time, as the pose-detection package computes them: a low pass, and the
 * one-euro filter (Casiez, Roussel and Vogel, CHI 2012), a low pass whose cut-off rises with speed. Pure; a
 * zeroed state is one that knows nothing. (one_euro.h is the face pipeline's, tuned for it.) */
#include <glib.h>

typedef struct {
  gboolean started;
  gdouble raw;   /* what came in last */
  gdouble value; /* what came out last */
} TfcLowPass;

/* The first value passes; later ones move what came out before by weight (0..1) of the difference. */
gdouble tfc_low_pass (TfcLowPass *filter, gdouble value, gdouble weight);

/* Cut-off in Hz = least + slope * speed; the speed's own filter has a fixed one. threshold > 0: steps beyond
 * threshold + threshold_slope * speed are damped by asinh. */
typedef struct {
  gdouble least, slope, speed_cutoff;
  gdouble threshold, threshold_slope;
} TfcEuroTuning;

/* When values came last; one for all values that come together. */
typedef struct {
  gint64 time; /* microseconds; 0: never */
  gdouble rate; /* values a second; 0: not known, taken as 30 */
} TfcEuroClock;

typedef struct {
  TfcLowPass value, speed;
} TfcEuro;

/* Values of pts (nanoseconds) come. FALSE if that is no later than the last ones, or not known (G_MAXUINT64): then
 * they stay as they are, and nothing is kept of them. */
gboolean tfc_euro_tick (TfcEuroClock *clock, guint64 pts);
/* Filters a value of the clock's time. scale: what makes its speed a number that the tuning is for. */
gdouble tfc_euro (TfcEuro *filter, const TfcEuroTuning *tuning, const TfcEuroClock *clock, gdouble scale,
                  gdouble value);
