/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/motion/motion_detector.h"

struct TfcMotionDetector {
  TfcThumbnail *thumbnail;
  TfcBackground *background;
  TfcComponents *components;
  guint8 cells[TFC_THUMBNAIL_CELLS], mask[TFC_THUMBNAIL_CELLS];
};

TfcMotionDetector *
tfc_motion_detector_new (void)
{
  TfcMotionDetector *d = g_new0 (TfcMotionDetector, 1);

  d->thumbnail = tfc_thumbnail_new ();
  d->background = tfc_background_new ();
  d->components = tfc_components_new ();
  return d;
}

void
tfc_motion_detector_free (TfcMotionDetector *d)
{
  if (!d)
    return;
  tfc_thumbnail_free (d->thumbnail);
  tfc_background_free (d->background);
  tfc_components_free (d->components);
  g_free (d);
}

void
tfc_motion_detector_reset (TfcMotionDetector *d)
{
  tfc_background_reset (d->background);
}

void
tfc_motion_detector_run (TfcMotionDetector *d, const TfcFrame *frame, gdouble seconds,
                         TfcMotion *motion)
{
  guint width, height;

  if (!(seconds > 0 && seconds < 3600))
    seconds = 1 / 30.;
  tfc_thumbnail_size (frame->width, frame->height, &width, &height);
  tfc_thumbnail_take (d->thumbnail, frame, d->cells);
  motion->known = tfc_background_update (d->background, d->cells, width, height, seconds, d->mask);
  motion->n =
      motion->known ? tfc_components_find (d->components, d->mask, width, height, motion->box) : 0;
}
