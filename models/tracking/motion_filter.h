/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where a tracked box is and how it moves: a Kalman filter of constant velocity over its centre and
 * its size, a low pass over its aspect. Lengths are fractions of the frame, times seconds; noise is
 * in sizes of the box (the root of its area), so that near and far things are followed alike. Pure;
 * no allocation. */
#include "models/result/result.h"

/* A value and its speed, with their covariance. */
typedef struct {
  gdouble value, speed;
  gdouble value_var, cross_var, speed_var;
} TfcMotionAxis;

typedef struct {
  TfcMotionAxis x, y; /* the centre */
  TfcMotionAxis size; /* logarithm of the root of the area */
  gdouble aspect;     /* logarithm of width by height */
} TfcMotionFilter;

/* Boxes are finite, with a width and a height above 0. */
void tfc_motion_filter_start (TfcMotionFilter *filter, const TfcBox *box);
/* Goes on by seconds (0..1000). */
void tfc_motion_filter_predict (TfcMotionFilter *filter, gdouble seconds);
/* The same for what was not seen: the speed fades, because who is hidden stops or turns as often as
 * not, and a speed measured while others were near may be wrong. */
void tfc_motion_filter_predict_unseen (TfcMotionFilter *filter, gdouble seconds);
/* Takes in where it was found. doubt: factor of the measurement's noise, 1 or more: how little the
 * box is trusted. */
void tfc_motion_filter_correct (TfcMotionFilter *filter, const TfcBox *box, gdouble doubt);
TfcBox tfc_motion_filter_box (const TfcMotionFilter *filter);
