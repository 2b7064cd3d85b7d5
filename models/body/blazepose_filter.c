/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/body/blazepose_filter.h"

#include <math.h>
#include <string.h>

#define VISIBILITY_WEIGHT 0.1
#define MIN_SIZE 1e-6

static const TfcEuroTuning body = {0.05, 80, 1, 0, 0};
static const TfcEuroTuning auxiliary = {0.01, 10, 1, 0, 0};
static const TfcEuroTuning world = {0.1, 40, 1, 0, 0};

TfcRegion
tfc_blazepose_next (const TfcBlazeposeState *s, guint width, guint height)
{
  return (TfcRegion){s->region.cx * width, s->region.cy * height, s->region.size * width,
                     s->region.angle};
}

void
tfc_blazepose_lose (TfcBlazeposeState *s)
{
  s->known = FALSE;
  s->point_clock = s->auxiliary_clock = (TfcEuroClock){0};
  memset (s->point, 0, sizeof s->point);
  memset (s->auxiliary, 0, sizeof s->auxiliary);
  memset (s->visibility, 0, sizeof s->visibility);
}

static void
smooth (TfcEuroClock *clock, TfcEuro (*filter)[3], const TfcEuroTuning *tuning, guint64 pts,
        gdouble scale, TfcBlazeposePoint *points, guint n)
{
  if (!tfc_euro_tick (clock, pts))
    return;
  for (guint i = 0; i < n; i++) {
    points[i].x = tfc_euro (&filter[i][0], tuning, clock, scale, points[i].x);
    points[i].y = tfc_euro (&filter[i][1], tuning, clock, scale, points[i].y);
    points[i].z = tfc_euro (&filter[i][2], tuning, clock, scale, points[i].z);
  }
}

/* The package filters it twice a frame, and shows what comes between. */
static gdouble
smooth_visibility (TfcLowPass *filter, gdouble visibility)
{
  const gdouble shown = tfc_low_pass (filter, visibility, VISIBILITY_WEIGHT);

  tfc_low_pass (filter, visibility, VISIBILITY_WEIGHT);
  return shown;
}

static void
smooth_all (TfcBlazeposeState *s, guint64 pts, TfcBlazeposeSight *sight)
{
  const TfcBlazeposePoint *aux = sight->point + TFC_BLAZEPOSE_POINTS;
  const gdouble size = 2 * hypot (aux[1].x - aux[0].x, aux[1].y - aux[0].y);

  for (guint i = 0; i < TFC_BLAZEPOSE_POINTS; i++)
    sight->visibility[i] = smooth_visibility (&s->visibility[i], sight->visibility[i]);
  smooth (&s->world_clock, s->world, &world, pts, 1, sight->world, TFC_BLAZEPOSE_POINTS);
  if (size < MIN_SIZE)
    return;
  smooth (&s->point_clock, s->point, &body, pts, 1 / size, sight->point, TFC_BLAZEPOSE_POINTS);
  smooth (&s->auxiliary_clock, s->auxiliary, &auxiliary, pts, 1 / size,
          sight->point + TFC_BLAZEPOSE_POINTS, 2);
}

static void
look_next (TfcBlazeposeState *s, const TfcBlazeposePoint *aux, guint width, guint height)
{
  const TfcRegion r = tfc_blazepose_region (aux[0].x, aux[0].y, aux[1].x, aux[1].y);

  s->known = tfc_blazepose_region_is_sound (&r);
  s->region = (TfcRegion){r.cx / width, r.cy / height, r.size / width, r.angle};
}

void
tfc_blazepose_follow (TfcBlazeposeState *s, const TfcBlazeposeSight *seen, guint width,
                      guint height, guint64 pts, gboolean smoothing, TfcPose *out)
{
  TfcBlazeposeSight sight = *seen;

  if (smoothing)
    smooth_all (s, pts, &sight);
  look_next (s, sight.point + TFC_BLAZEPOSE_POINTS, width, height);
  out->layout = TFC_LAYOUT_BLAZEPOSE_33;
  out->n_points = TFC_BLAZEPOSE_POINTS;
  out->has_world = TRUE;
  for (guint i = 0; i < TFC_BLAZEPOSE_POINTS; i++) {
    const TfcBlazeposePoint *p = &sight.point[i], *w = &sight.world[i];
    out->points[i] = (TfcKeypoint){(gfloat)(p->x / width), (gfloat)(p->y / height),
                                   (gfloat)(p->z / width), (gfloat)sight.visibility[i]};
    out->world[i] = (TfcPoint){(gfloat)w->x, (gfloat)w->y, (gfloat)w->z};
  }
}
