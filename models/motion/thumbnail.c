/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/motion/thumbnail.h"

#include <string.h>

struct TfcThumbnail {
  guint width, height;   /* of the sampler's target; 0: there is none yet */
  const TfcFormat *from; /* that gray was made of */
  TfcFormat gray;        /* the one component that is looked at */
  TfcSampler *sampler;
  guint8 pixels[3 * TFC_THUMBNAIL_CELLS]; /* what the sampler gives: three equal values a cell */
};

TfcThumbnail *
tfc_thumbnail_new (void)
{
  return g_new0 (TfcThumbnail, 1);
}

void
tfc_thumbnail_free (TfcThumbnail *thumbnail)
{
  if (!thumbnail)
    return;
  tfc_sampler_free (thumbnail->sampler);
  g_free (thumbnail);
}

void
tfc_thumbnail_size (guint frame_width, guint frame_height, guint *width, guint *height)
{
  const guint least = MIN (frame_width, frame_height), most = MAX (frame_width, frame_height);
  const guint short_side = MIN (least, TFC_THUMBNAIL_SHORT);
  const guint64 scaled = ((guint64)most * short_side + least / 2) / least;
  const guint long_side = (guint)MIN (scaled, TFC_THUMBNAIL_LONG);

  *width = frame_width < frame_height ? short_side : long_side;
  *height = frame_width < frame_height ? long_side : short_side;
}

/* The component of format alone, in a plane of its own. */
static void
look_at_format (TfcThumbnail *t, const TfcFormat *format)
{
  const TfcComponent *c = &format->component[format->kind == TFC_PIXELS_RGB];

  if (t->from == format)
    return;
  t->from = format;
  t->gray = *format;
  t->gray.kind = TFC_PIXELS_GRAY;
  t->gray.n_planes = 1;
  memset (t->gray.component, 0, sizeof t->gray.component);
  t->gray.component[0] = *c;
  t->gray.component[0].plane = 0;
}

static void
look_at_size (TfcThumbnail *t, const TfcFrame *frame)
{
  TfcTarget target = {.type = TFC_SAMPLE_U8, .border = TFC_BORDER_CLAMP};

  tfc_thumbnail_size (frame->width, frame->height, &target.width, &target.height);
  if (target.width == t->width && target.height == t->height)
    return;
  tfc_sampler_free (t->sampler);
  t->sampler = tfc_sampler_new (&target);
  t->width = target.width;
  t->height = target.height;
}

void
tfc_thumbnail_take (TfcThumbnail *t, const TfcFrame *frame, guint8 *cells)
{
  const guint plane = frame->format->component[frame->format->kind == TFC_PIXELS_RGB].plane;
  TfcFrame gray = *frame;
  TfcMap map;
  guint n;

  look_at_format (t, frame->format);
  look_at_size (t, frame);
  gray.format = &t->gray;
  gray.plane[0] = frame->plane[plane];
  gray.stride[0] = frame->stride[plane];
  gray.full_range = TRUE;
  map = tfc_map_stretch (&gray, t->width, t->height, TRUE);
  tfc_sampler_run (t->sampler, &gray, &map, t->pixels);
  n = t->width * t->height;
  for (guint i = 0; i < n; i++)
    cells[i] = t->pixels[3 * i];
}
