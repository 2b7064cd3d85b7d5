/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/hand/hand_landmarks.h"

#include "models/clock.h"
#include "models/model_io.h"

#include <math.h>
#include <string.h>

#define SIZE 224
#define DEPTH 0.4 /* z is told in units of 1 / DEPTH */

enum { LANDMARKS, WORLD, PRESENCE, HANDEDNESS, N_OUTPUTS };

struct TfcHandLandmarks {
  TfcModel *model;
  TfcSampler *sampler;
  guint output[N_OUTPUTS];
};

void
tfc_hand_decode (const gfloat *landmarks, const gfloat *world, const TfcRegion *r,
                 TfcHandSight *sight)
{
  const gdouble c = cos (r->angle), s = sin (r->angle);
  for (guint i = 0; i < TFC_HAND_POINTS; i++, landmarks += 3, world += 3) {
    const gdouble u = r->size * (landmarks[0] / SIZE - 0.5),
                  v = r->size * (landmarks[1] / SIZE - 0.5);
    sight->points[i] = (TfcPoint){r->cx + u * c - v * s, r->cy + u * s + v * c,
                                  landmarks[2] / SIZE / DEPTH * r->size};
    sight->world[i] =
        (TfcPoint){world[0] * c - world[1] * s, world[0] * s + world[1] * c, world[2]};
  }
}

gboolean
tfc_hand_sight_is_finite (const TfcHandSight *sight)
{
  gdouble sum = fabs (sight->presence) + fabs (sight->handedness);
  for (guint i = 0; i < TFC_HAND_POINTS; i++) {
    const TfcPoint *p = &sight->points[i], *w = &sight->world[i];
    sum += fabs (p->x) + fabs (p->y) + fabs (p->z) + fabs (w->x) + fabs (w->y) + fabs (w->z);
  }
  return isfinite (sum);
}

/* Two pairs of outputs have the same size. In every file of this network the first ones that are
 * not named so are the points and the handedness. */
static void
order_outputs (const TfcModel *model, guint *output)
{
  static const struct {
    guint first, second;
    const gchar *name; /* of the second */
  } pairs[] = {{LANDMARKS, WORLD, "Identity_3"}, {HANDEDNESS, PRESENCE, "Identity_1"}};
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    const guint first = output[pairs[i].first], second = output[pairs[i].second];
    if (g_str_has_prefix (tfc_model_output_name (model, first), pairs[i].name)) {
      output[pairs[i].first] = second;
      output[pairs[i].second] = first;
    }
  }
}

TfcHandLandmarks *
tfc_hand_landmarks_open (const gchar *path, const TfcModelOptions *options, GError **error)
{
  static const gsize counts[N_OUTPUTS] = {3 * TFC_HAND_POINTS, 3 * TFC_HAND_POINTS, 1, 1};
  const TfcTarget target = {.width = SIZE,
                            .height = SIZE,
                            .type = TFC_SAMPLE_F32,
                            .scale = 1 / 255.0f,
                            .border = TFC_BORDER_ZERO_SOFT};
  TfcHandLandmarks *l = g_new0 (TfcHandLandmarks, 1);
  l->model = tfc_model_open (path, options, error);
  if (!l->model || !tfc_model_match_outputs (l->model, path, "a hand landmark network", SIZE,
                                             counts, N_OUTPUTS, l->output, error)) {
    tfc_hand_landmarks_close (l);
    return NULL;
  }
  order_outputs (l->model, l->output);
  l->sampler = tfc_sampler_new (&target);
  return l;
}

void
tfc_hand_landmarks_close (TfcHandLandmarks *l)
{
  if (!l)
    return;
  tfc_model_close (l->model);
  tfc_sampler_free (l->sampler);
  g_free (l);
}

gsize
tfc_hand_landmarks_bytes (const TfcHandLandmarks *l)
{
  return tfc_model_bytes (l->model);
}

static const gfloat *
output (const TfcHandLandmarks *l, guint which)
{
  return tfc_model_output (l->model, l->output[which])->data;
}

gboolean
tfc_hand_landmarks_run (TfcHandLandmarks *l, const TfcFrame *frame, const TfcRegion *region,
                        TfcHandSight *sight, TfcHandTimes *times, GError **error)
{
  const TfcMap map = tfc_hand_region_map (region, SIZE);
  const gint64 t0 = tfc_now ();
  tfc_sampler_run (l->sampler, frame, &map, tfc_model_input (l->model, 0)->data);
  const gint64 t1 = tfc_now ();
  if (!tfc_model_run (l->model, error))
    return FALSE;
  const gint64 t2 = tfc_now ();
  sight->presence = *output (l, PRESENCE);
  sight->handedness = *output (l, HANDEDNESS);
  tfc_hand_decode (output (l, LANDMARKS), output (l, WORLD), region, sight);
  times->sample += t1 - t0;
  times->landmarks += t2 - t1;
  times->decode += tfc_now () - t2;
  return TRUE;
}
