/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/segmentation/segmentation_pipeline.h"

#include "models/clock.h"
#include "models/segmentation/mask_refine.h"
#include "models/mask/mask_smooth.h"
#include "models/segmentation/selfie.h"

#include <string.h>

struct TfcSegmentState {
  TfcMaskSmooth smooth;
};

/* One of the two networks is open. */
struct TfcSegmentPipeline {
  TfcSelfie *selfie;
  TfcBodyPix *body_pix;
  TfcMaskRefine *refine; /* NULL until it is asked for */
  gfloat *values;        /* of the selfie network's grid */
  guint8 *bytes;         /* of the mask */
  gsize room;            /* bytes */
};

TfcSegmentState *
tfc_segment_state_new (void)
{
  return g_new0 (TfcSegmentState, 1);
}

void
tfc_segment_state_free (TfcSegmentState *s)
{
  if (!s)
    return;
  tfc_mask_smooth_clear (&s->smooth);
  g_free (s);
}

void
tfc_segment_state_reset (TfcSegmentState *s)
{
  tfc_mask_smooth_reset (&s->smooth);
}

/* ---- networks ---- */

/* A size of input is missing where it is BodyPix. */
static gboolean
open_network (TfcSegmentPipeline *p, const gchar *path, const TfcModelOptions *options,
              GError **error)
{
  TfcModelOptions shaped = options ? *options : (TfcModelOptions){0};
  const TfcSelfieSampling sampling =
      g_str_has_suffix (path, ".json") ? TFC_SELFIE_CORNERS : TFC_SELFIE_CENTRES;
  GError *first = NULL;
  TfcModel *model = tfc_model_open (path, options, &first);

  if (model)
    return (p->selfie = tfc_selfie_new (model, path, sampling, error)) != NULL;
  if (!g_error_matches (first, TFC_ERROR, TFC_ERROR_SETTINGS)) {
    g_propagate_error (error, first);
    return FALSE;
  }
  g_error_free (first);
  shaped.input_shapes = &tfc_body_pix_shape;
  shaped.n_input_shapes = 1;
  model = tfc_model_open (path, &shaped, error);
  return model && (p->body_pix = tfc_body_pix_new (model, path, error));
}

TfcSegmentPipeline *
tfc_segment_open (const gchar *path, const TfcModelOptions *options, GError **error)
{
  TfcSegmentPipeline *p = g_new0 (TfcSegmentPipeline, 1);

  if (!open_network (p, path, options, error)) {
    tfc_segment_close (p);
    return NULL;
  }
  if (p->selfie)
    p->values = g_new (gfloat, (gsize)tfc_selfie_grid (p->selfie)->width *
                                   tfc_selfie_grid (p->selfie)->height);
  return p;
}

void
tfc_segment_close (TfcSegmentPipeline *p)
{
  if (!p)
    return;
  tfc_selfie_close (p->selfie);
  tfc_body_pix_close (p->body_pix);
  tfc_mask_refine_free (p->refine);
  g_free (p->values);
  g_free (p->bytes);
  g_free (p);
}

gboolean
tfc_segment_has_parts (const TfcSegmentPipeline *p)
{
  return p->body_pix != NULL;
}

const TfcModel *
tfc_segment_model (const TfcSegmentPipeline *p)
{
  return p->selfie ? tfc_selfie_model (p->selfie) : tfc_body_pix_model (p->body_pix);
}

/* ---- a frame ---- */

static const TfcMaskGrid *
grid_of (const TfcSegmentPipeline *p)
{
  return p->selfie ? tfc_selfie_grid (p->selfie) : tfc_body_pix_grid (p->body_pix);
}

static gfloat *
values_of (const TfcSegmentPipeline *p)
{
  return p->selfie ? p->values : tfc_body_pix_person (p->body_pix);
}

static gboolean
run_network (TfcSegmentPipeline *p, const TfcFrame *frame, const TfcSegmentOptions *options,
             TfcSegmentTimes *times, GError **error)
{
  if (p->selfie)
    return tfc_selfie_run (p->selfie, frame, p->values, times, error);
  return tfc_body_pix_run (p->body_pix, frame, options->internal_resolution, times, error);
}

/* Draws the edges to those of what the network saw. */
static void
refine (TfcSegmentPipeline *p)
{
  const TfcMaskGrid *g = grid_of (p);

  if (!p->refine)
    p->refine = tfc_mask_refine_new ();
  if (p->selfie)
    tfc_mask_refine (p->refine, tfc_selfie_input (p->selfie), 1, g->width, g->height, p->values);
  else
    tfc_mask_refine (p->refine, tfc_body_pix_input (p->body_pix), 2, g->width, g->height,
                     values_of (p));
}

/* Values of a grid to what the options ask for; returns how many indices there are. */
static guint
decide (TfcSegmentPipeline *p, const TfcSegmentOptions *options, const TfcMaskGrid *to, guint8 *out)
{
  const gboolean person = options->output == TFC_MASK_PERSON;
  const gfloat threshold =
      person || options->threshold > 0 ? options->threshold : TFC_SEGMENT_PERSON_THRESHOLD;

  tfc_mask_resample (grid_of (p), values_of (p), to, threshold, out);
  if (person)
    return 0;
  if (options->output == TFC_MASK_PEOPLE)
    return tfc_body_pix_people (p->body_pix, to, out);
  tfc_body_pix_parts (p->body_pix, to, out);
  return TFC_BODY_PIX_PARTS;
}

static void
make_room (TfcSegmentPipeline *p, gsize n)
{
  if (p->room == n)
    return;
  g_free (p->bytes);
  p->bytes = g_malloc (n);
  p->room = n;
}

static void
finish (TfcSegmentPipeline *p, TfcSegmentState *state, const TfcFrame *frame, guint64 pts,
        const TfcSegmentOptions *options, TfcMask *mask)
{
  const TfcMaskGrid *grid = grid_of (p);
  const gboolean person = options->output == TFC_MASK_PERSON;

  if (person && options->smoothing && state)
    tfc_mask_smooth (&state->smooth, values_of (p), grid->width, grid->height, pts);
  else if (state)
    tfc_mask_smooth_reset (&state->smooth);
  if (person && options->refine)
    refine (p);
  make_room (p, (gsize)grid->width * grid->height);
  *mask = (TfcMask){.width = grid->width,
                    .height = grid->height,
                    .region = tfc_mask_grid_region (grid, frame),
                    .kind = options->output,
                    .n_indices = decide (p, options, grid, p->bytes),
                    .data = p->bytes};
}

gboolean
tfc_segment_run (TfcSegmentPipeline *p, TfcSegmentState *state, const TfcFrame *frame, guint64 pts,
                 const TfcSegmentOptions *options, TfcMask *mask, TfcSegmentTimes *times,
                 GError **error)
{
  TfcSegmentTimes unasked = {0};

  times = times ? times : &unasked;
  *times = (TfcSegmentTimes){0};
  if (options->output != TFC_MASK_PERSON && !p->body_pix) {
    g_set_error_literal (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                         "this network tells no parts and no people apart: take a BodyPix model");
    return FALSE;
  }
  if (!run_network (p, frame, options, times, error))
    return FALSE;
  const gint64 start = tfc_now ();
  finish (p, state, frame, pts, options, mask);
  times->decode += tfc_now () - start;
  return TRUE;
}

void
tfc_segment_enlarge (TfcSegmentPipeline *p, const TfcFrame *frame, const TfcSegmentOptions *options,
                     guint8 *out)
{
  const TfcMaskGrid to = tfc_mask_grid_of_frame (frame);

  decide (p, options, &to, out);
}

gboolean
tfc_segment_warm_up (TfcSegmentPipeline *p, GError **error)
{
  static const guint8 black[16 * 16 * 3];
  const TfcFrame frame = tfc_frame_rgb (black, 16, 16);
  const TfcSegmentOptions options = TFC_SEGMENT_DEFAULTS;
  TfcMask mask;

  return tfc_segment_run (p, NULL, &frame, G_MAXUINT64, &options, &mask, NULL, error);
}
