/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/one_euro.h"

#include <math.h>
#include <string.h>

#define SECOND 1000000000.0
#define DEFAULT_FRAME (SECOND / 30)

/* Cut-off in Hz = least + slope * speed; chosen on still and moving faces (docs/lab/faces.md). */
typedef struct {
  gdouble least, slope, speed_cutoff;
} Tuning;

static const Tuning plate = {1.0, 30.0, 1.0};
static const Tuning iris = {2.0, 30.0, 1.0};

/* Weight of the new value for a first-order low pass. */
static gdouble
weight (gdouble cutoff, gdouble dt)
{
  const gdouble r = 2 * G_PI * cutoff * dt;
  return r / (r + 1);
}

static void
filter (gfloat *last, gfloat *speed, gfloat *value, const Tuning *t, gdouble size, gdouble dt,
        gdouble speed_weight)
{
  const gdouble now = (*value - *last) / (size * dt);
  *speed += speed_weight * (now - *speed);
  *last += weight (t->least + t->slope * fabs (*speed), dt) * (*value - *last);
  *value = *last;
}

static void
restart (TfcOneEuro *s, const TfcPoint *points, guint n)
{
  s->started = TRUE;
  s->n = n;
  memcpy (s->point, points, n * sizeof *points);
  memset (s->speed, 0, sizeof s->speed);
}

void
tfc_one_euro (TfcOneEuro *s, TfcPoint *points, guint n, gdouble size, guint64 pts)
{
  const gboolean timed = pts != G_MAXUINT64 && s->pts != G_MAXUINT64;
  const gdouble dt = (timed ? (gdouble)pts - (gdouble)s->pts : DEFAULT_FRAME) / SECOND;
  const gboolean again = s->started && s->n == n && dt > 0 && dt <= 1 && size > 0;
  const gboolean same = s->started && s->n == n && dt == 0;
  s->pts = pts;
  if (!again && !same) {
    restart (s, points, n);
    return;
  }
  if (same) {
    memcpy (points, s->point, n * sizeof *points);
    return;
  }
  for (guint i = 0; i < n; i++) {
    const Tuning *t = i < TFC_MESH_POINTS ? &plate : &iris;
    const gdouble speed_weight = weight (t->speed_cutoff, dt);
    filter (&s->point[i].x, &s->speed[i].x, &points[i].x, t, size, dt, speed_weight);
    filter (&s->point[i].y, &s->speed[i].y, &points[i].y, t, size, dt, speed_weight);
    filter (&s->point[i].z, &s->speed[i].z, &points[i].z, t, size, dt, speed_weight);
  }
}
