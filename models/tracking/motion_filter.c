/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/motion_filter.h"

#include <math.h>

/* Standard deviations in sizes of the box. */
#define BOX_NOISE 0.05     /* of where the detector puts a box's centre */
#define SIZE_NOISE 0.08    /* of the logarithm of its size */
#define ACCELERATION 1.0   /* sizes a second, each second: people who start, stop and turn */
#define GROWTH 0.3         /* the same of the logarithm of the size */
#define FIRST_SPEED 1.0    /* sizes a second, of what has just been found */
#define FIRST_GROWTH 0.2   /* a second, of the logarithm of the size */
#define GROWTH_LASTS 0.5   /* seconds in which growth fades to 1/e */
#define SPEED_LASTS 0.65   /* the same of the speed of what is not seen */
#define ASPECT_WEIGHT 0.25 /* of a new aspect */
#define LARGEST 4.0        /* size in frames, and twice as far centres lie outside at most */
#define SMALLEST 1e-4

static void
start_axis (TfcMotionAxis *a, gdouble value, gdouble noise, gdouble speed)
{
  *a = (TfcMotionAxis){value, 0, noise * noise, 0, speed * speed};
}

/* White acceleration: its integral over the time is added to the covariance. */
static void
predict_axis (TfcMotionAxis *a, gdouble t, gdouble acceleration)
{
  const gdouble q = acceleration * acceleration;
  a->value += a->speed * t;
  a->value_var += t * (2 * a->cross_var + t * a->speed_var) + q * t * t * t / 3;
  a->cross_var += t * a->speed_var + q * t * t / 2;
  a->speed_var += q * t;
}

static void
correct_axis (TfcMotionAxis *a, gdouble value, gdouble noise)
{
  const gdouble total = a->value_var + noise * noise;
  const gdouble gain = a->value_var / total, speed_gain = a->cross_var / total;
  const gdouble error = value - a->value;
  a->value += gain * error;
  a->speed += speed_gain * error;
  a->speed_var -= speed_gain * a->cross_var;
  a->cross_var *= 1 - gain;
  a->value_var *= 1 - gain;
}

static gdouble
size_of (const TfcMotionFilter *f)
{
  return exp (f->size.value);
}

void
tfc_motion_filter_start (TfcMotionFilter *f, const TfcBox *box)
{
  const gdouble w = CLAMP (box->w, SMALLEST, LARGEST), h = CLAMP (box->h, SMALLEST, LARGEST);
  const gdouble size = sqrt (w * h);
  start_axis (&f->x, box->x + box->w / 2., BOX_NOISE * size, FIRST_SPEED * size);
  start_axis (&f->y, box->y + box->h / 2., BOX_NOISE * size, FIRST_SPEED * size);
  start_axis (&f->size, log (size), SIZE_NOISE, FIRST_GROWTH);
  f->aspect = log (w / h);
}

void
tfc_motion_filter_predict (TfcMotionFilter *f, gdouble seconds)
{
  const gdouble size = size_of (f);
  predict_axis (&f->x, seconds, ACCELERATION * size);
  predict_axis (&f->y, seconds, ACCELERATION * size);
  predict_axis (&f->size, seconds, GROWTH);
  f->size.speed *= exp (-seconds / GROWTH_LASTS);
  f->x.value = CLAMP (f->x.value, -2 * LARGEST, 2 * LARGEST);
  f->y.value = CLAMP (f->y.value, -2 * LARGEST, 2 * LARGEST);
  f->size.value = CLAMP (f->size.value, log (SMALLEST), log (LARGEST));
}

void
tfc_motion_filter_predict_unseen (TfcMotionFilter *f, gdouble seconds)
{
  const gdouble kept = exp (-seconds / SPEED_LASTS);
  f->x.speed *= kept;
  f->y.speed *= kept;
  tfc_motion_filter_predict (f, seconds);
}

void
tfc_motion_filter_correct (TfcMotionFilter *f, const TfcBox *box, gdouble doubt)
{
  const gdouble w = CLAMP (box->w, SMALLEST, LARGEST), h = CLAMP (box->h, SMALLEST, LARGEST);
  const gdouble noise = BOX_NOISE * size_of (f) * doubt;
  correct_axis (&f->x, box->x + box->w / 2., noise);
  correct_axis (&f->y, box->y + box->h / 2., noise);
  correct_axis (&f->size, log (w * h) / 2, SIZE_NOISE * doubt);
  f->aspect += ASPECT_WEIGHT / doubt * (log (w / h) - f->aspect);
}

TfcBox
tfc_motion_filter_box (const TfcMotionFilter *f)
{
  const gdouble size = size_of (f), half = exp (f->aspect / 2);
  const gdouble w = size * half, h = size / half;
  return (TfcBox){(gfloat)(f->x.value - w / 2), (gfloat)(f->y.value - h / 2), (gfloat)w, (gfloat)h};
}
