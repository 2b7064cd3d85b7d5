/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/value_filter.h"

#include <math.h>

#define FIRST_RATE 30.0

gdouble
tfc_low_pass (TfcLowPass *f, gdouble value, gdouble weight)
{
  f->value = f->started ? f->value + weight * (value - f->value) : value;
  f->raw = value;
  f->started = TRUE;
  return f->value;
}

/* Steps much beyond threshold grow with their logarithm. */
static gdouble
damped_low_pass (TfcLowPass *f, gdouble value, gdouble weight, gdouble threshold)
{
  const gdouble step = threshold * asinh ((value - f->value) / threshold);

  f->value = f->started ? f->value + weight * step : value;
  f->raw = value;
  f->started = TRUE;
  return f->value;
}

gboolean
tfc_euro_tick (TfcEuroClock *clock, guint64 pts)
{
  const gint64 time = (gint64)(pts / 1000);

  if (pts == G_MAXUINT64 || time <= clock->time)
    return FALSE;
  if (clock->time != 0)
    clock->rate = 1e6 / (gdouble)(time - clock->time);
  clock->time = time;
  return TRUE;
}

gdouble
tfc_euro (TfcEuro *f, const TfcEuroTuning *t, const TfcEuroClock *clock, gdouble scale,
          gdouble value)
{
  const gdouble rate = clock->rate > 0 ? clock->rate : FIRST_RATE;
  const gdouble change = f->value.started ? (value - f->value.raw) * scale * rate : 0;
  const gdouble speed =
      fabs (tfc_low_pass (&f->speed, change, 1 / (1 + rate / (2 * G_PI * t->speed_cutoff))));
  const gdouble weight = 1 / (1 + rate / (2 * G_PI * (t->least + t->slope * speed)));

  if (t->threshold > 0)
    return damped_low_pass (&f->value, value, weight, t->threshold + t->threshold_slope * speed);
  return tfc_low_pass (&f->value, value, weight);
}
