/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/segmentation/body_pix_private.h"

#include "models/clock.h"

#include <math.h>

#define SIDE 257      /* opened with */
#define MAX_SIDE 4081 /* what the sampler can do, in whole cells */

const TfcInputShape tfc_body_pix_shape = {.shape = {4, {1, SIDE, SIDE, 3}}};

static const gint32 channels[N_OUTPUTS] = {34, 1, 24, 34, 17, 32, 32};
static const gdouble factors[] = {[TFC_RESOLUTION_LOW] = 0.25,
                                  [TFC_RESOLUTION_MEDIUM] = 0.5,
                                  [TFC_RESOLUTION_HIGH] = 0.75,
                                  [TFC_RESOLUTION_FULL] = 1};

/* ---- the network ---- */

/* Whether an output has that many channels of the cells that an input of width x height has. */
static gboolean
has_shape (const TfcTensor *t, guint width, guint height, guint stride, gint32 n_channels)
{
  const TfcShape want = tfc_shape (4, 1, (gint)((height - 1) / stride + 1),
                                   (gint)((width - 1) / stride + 1), n_channels);

  return t->type == TFC_TYPE_F32 && tfc_shape_equal (&t->shape, &want);
}

/* The outputs in their order; others may lie between. */
static gboolean
match (TfcBodyPix *b, guint stride)
{
  guint next[35] = {0}; /* by channels: where to look on */

  for (guint i = 0; i < N_OUTPUTS; i++) {
    guint k = next[channels[i]];
    while (k < tfc_model_n_outputs (b->model) &&
           !has_shape (tfc_model_output (b->model, k), SIDE, SIDE, stride, channels[i]))
      k++;
    if (k == tfc_model_n_outputs (b->model))
      return FALSE;
    b->output[i] = k;
    next[channels[i]] = k + 1;
  }
  b->stride = stride;
  return TRUE;
}

static gboolean
is_body_pix (TfcBodyPix *b)
{
  return tfc_model_n_inputs (b->model) == 1 &&
         tfc_model_input (b->model, 0)->type == TFC_TYPE_F32 &&
         tfc_shape_equal (&tfc_model_input (b->model, 0)->shape, &tfc_body_pix_shape.shape) &&
         (match (b, 16) || match (b, 8) || match (b, 32));
}

TfcBodyPix *
tfc_body_pix_new (TfcModel *model, const gchar *path, GError **error)
{
  TfcBodyPix *b = g_new0 (TfcBodyPix, 1);

  b->model = model;
  if (is_body_pix (b))
    return b;
  g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
               "%s: is not BodyPix: that has one float32 input of any size and float32 outputs of "
               "34, 1, 24, 34, "
               "17, 32 and 32 channels, each with a cell for every 8, 16 or 32 pixels",
               path);
  tfc_body_pix_close (b);
  return NULL;
}

static void
discard (TfcBodyPix *b)
{
  b->prepared.width = b->prepared.height = 0;
  g_clear_pointer (&b->sampler, tfc_sampler_free);
  g_clear_pointer (&b->decoder, tfc_posenet_decoder_free);
  g_clear_pointer (&b->person, g_free);
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&b->part_row[i], g_free);
}

void
tfc_body_pix_close (TfcBodyPix *b)
{
  if (!b)
    return;
  discard (b);
  tfc_model_close (b->model);
  g_free (b);
}

const TfcModel *
tfc_body_pix_model (const TfcBodyPix *b)
{
  return b->model;
}

const TfcMaskGrid *
tfc_body_pix_grid (const TfcBodyPix *b)
{
  return &b->grid;
}

gfloat *
tfc_body_pix_person (const TfcBodyPix *b)
{
  return b->person;
}

const gfloat *
tfc_body_pix_input (const TfcBodyPix *b)
{
  return tfc_model_input (b->model, 0)->data;
}

/* ---- a size of frame ---- */

static guint
network_side (guint side, gdouble factor, guint stride)
{
  const gdouble wanted = side * factor;
  const gdouble cells = floor (wanted / stride);
  const gdouble fits = fmod (wanted - 1, stride) == 0 ? wanted : cells * stride + 1;

  return (guint)CLAMP (fits, stride + 1., MAX_SIDE);
}

/* Pads the frame to the network's aspect. */
static void
pad (TfcBodyPix *b, const TfcFrame *frame)
{
  const gdouble aspect = (gdouble)b->grid.width / b->grid.height, w = frame->width,
                h = frame->height;

  b->left = b->top = 0;
  if (w / h < aspect)
    b->left = (guint)floor (0.5 * (aspect * h - w) + 0.5);
  else
    b->top = (guint)floor (0.5 * (w / aspect - h) + 0.5);
  b->padded_width = frame->width + 2 * b->left;
  b->padded_height = frame->height + 2 * b->top;
}

static void
place_grid (TfcBodyPix *b)
{
  TfcMaskGrid *g = &b->grid;

  g->step_x = MAX (b->padded_width - 1., 1.) / (g->width - 1);
  g->step_y = MAX (b->padded_height - 1., 1.) / (g->height - 1);
  g->start_x = -(gdouble)b->left;
  g->start_y = -(gdouble)b->top;
}

static void
make_room (TfcBodyPix *b)
{
  const guint width = b->grid.width, height = b->grid.height;
  const TfcTarget target = {.width = width,
                            .height = height,
                            .type = TFC_SAMPLE_F32,
                            .scale = 1 / 127.5f,
                            .offset = -1,
                            .border = TFC_BORDER_ZERO_SOFT};

  b->columns = (width - 1) / b->stride + 1;
  b->rows = (height - 1) / b->stride + 1;
  b->sampler = tfc_sampler_new (&target);
  b->decoder = tfc_posenet_decoder_new (b->rows, b->columns, b->stride);
  b->person = g_new (gfloat, (gsize)width * height);
  for (guint i = 0; i < 2; i++)
    b->part_row[i] = g_new (gfloat, (gsize)width * TFC_BODY_PIX_PARTS);
}

static gboolean
reshape (TfcBodyPix *b, GError **error)
{
  const guint width = b->grid.width, height = b->grid.height;
  const TfcInputShape shape = {.shape = {4, {1, (gint32)height, (gint32)width, 3}}};

  if (!tfc_model_reshape (b->model, &shape, 1, error))
    return FALSE;
  for (guint i = 0; i < N_OUTPUTS; i++) {
    if (!has_shape (tfc_model_output (b->model, b->output[i]), width, height, b->stride,
                    channels[i])) {
      g_set_error (
          error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
          "output %u of the network has another shape than BodyPix's for an input of %ux%u",
          b->output[i], width, height);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
prepare (TfcBodyPix *b, const TfcFrame *frame, TfcInternalResolution resolution, GError **error)
{
  if (b->prepared.width == frame->width && b->prepared.height == frame->height &&
      b->prepared.resolution == resolution)
    return TRUE;
  discard (b);
  b->grid.width = network_side (frame->width, factors[resolution], b->stride);
  b->grid.height = network_side (frame->height, factors[resolution], b->stride);
  if (!reshape (b, error))
    return FALSE;
  pad (b, frame);
  place_grid (b);
  make_room (b);
  b->prepared.width = frame->width;
  b->prepared.height = frame->height;
  b->prepared.resolution = resolution;
  return TRUE;
}

/* ---- a frame ---- */

/* Enlarged with aligned corners: cell (i, j) lies at pixel (i, j) * stride. The sigmoid comes
 * after. */
static void
enlarge_segments (TfcBodyPix *b)
{
  const gfloat *segments = b->maps[SEGMENTS], share = 1.0f / b->stride;
  gfloat *out = b->person;

  for (guint y = 0; y < b->grid.height; y++) {
    const gfloat *upper = segments + (gsize)(y / b->stride) * b->columns;
    const gfloat *lower = y / b->stride + 1 < b->rows ? upper + b->columns : upper;
    const gfloat down = (y % b->stride) * share;
    for (guint x = 0; x < b->grid.width; x++) {
      const guint left = x / b->stride, right = MIN (left + 1, b->columns - 1);
      const gfloat across = (x % b->stride) * share;
      const gfloat top = upper[left] + (upper[right] - upper[left]) * across;
      const gfloat bottom = lower[left] + (lower[right] - lower[left]) * across;
      *out++ = 1 / (1 + expf (-(top + (bottom - top) * down)));
    }
  }
}

gboolean
tfc_body_pix_run (TfcBodyPix *b, const TfcFrame *frame, TfcInternalResolution resolution,
                  TfcSegmentTimes *times, GError **error)
{
  if (!prepare (b, frame, resolution, error))
    return FALSE;
  const TfcMap map = {.xx = (gdouble)b->padded_width / b->grid.width,
                      .x0 = b->grid.start_x,
                      .yy = (gdouble)b->padded_height / b->grid.height,
                      .y0 = b->grid.start_y};
  const gint64 t0 = tfc_now ();
  tfc_sampler_run (b->sampler, frame, &map, tfc_model_input (b->model, 0)->data);
  const gint64 t1 = tfc_now ();
  if (!tfc_model_run (b->model, error))
    return FALSE;
  const gint64 t2 = tfc_now ();
  for (guint i = 0; i < N_OUTPUTS; i++)
    b->maps[i] = tfc_model_output (b->model, b->output[i])->data;
  enlarge_segments (b);
  b->part_row_y[0] = b->part_row_y[1] = -1;
  times->sample += t1 - t0;
  times->network += t2 - t1;
  times->decode += tfc_now () - t2;
  return TRUE;
}
