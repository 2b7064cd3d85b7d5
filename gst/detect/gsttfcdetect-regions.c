/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/detect/gsttfcdetect-private.h"

#include "gst/analyzer/gsttfcobjects.h"
#include "gst/analyzer/gsttfcroi.h"

#define OPEN_FRAMES 3 /* that the network still looks at when nothing moves any more */
#define STANDS \
  (2 * GST_SECOND) /* what is tracked and does not move for so long keeps no gate open */

void
gst_tfc_detect_look_init (GstTfcDetectLook *look)
{
  look->planner = tfc_regions_new ();
  look->detector = tfc_motion_detector_new ();
  gst_tfc_detect_look_reset (look);
}

void
gst_tfc_detect_look_clear (GstTfcDetectLook *look)
{
  tfc_regions_free (look->planner);
  tfc_motion_detector_free (look->detector);
}

void
gst_tfc_detect_look_reset (GstTfcDetectLook *look)
{
  tfc_regions_reset (look->planner);
  tfc_motion_detector_reset (look->detector);
  look->seen = look->looked = look->moved = GST_CLOCK_TIME_NONE;
  look->since_whole = 0;
  look->tracked = look->live = FALSE;
}

/* ---- areas ---- */

static const TfcAreas *
areas_or_whole (GstTfcDetect *self)
{
  static const TfcAreas whole = {1, {{0, 0, 1, 1}}};
  const TfcAreas *areas = gst_tfc_analyzer_areas (GST_TFC_ANALYZER (self));

  return areas->n ? areas : &whole;
}

static gboolean
touches (const TfcBox *a, const TfcBox *b)
{
  return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

/* Without what moves where nobody looks. */
static void
keep_in_areas (const TfcAreas *areas, TfcMotion *motion)
{
  guint kept = 0;

  for (guint i = 0; i < motion->n; i++)
    for (guint a = 0; a < areas->n; a++)
      if (touches (&areas->area[a], &motion->box[i])) {
        motion->box[kept++] = motion->box[i];
        break;
      }
  motion->n = kept;
}

/* ---- the gate ---- */

static void
watch (GstTfcDetect *self, const TfcFrame *frame, GstClockTime pts)
{
  GstTfcDetectLook *look = &self->scratch->look;
  gdouble seconds = 0;

  if (GST_CLOCK_TIME_IS_VALID (pts) && GST_CLOCK_TIME_IS_VALID (look->seen) && pts > look->seen)
    seconds = (gdouble)(pts - look->seen) / GST_SECOND;
  tfc_motion_detector_run (look->detector, frame, seconds, &look->motion);
  keep_in_areas (areas_or_whole (self), &look->motion);
  for (guint i = 0; i < look->motion.n; i++)
    GST_LOG_OBJECT (self, "moves at %.3f,%.3f %.3f x %.3f", look->motion.box[i].x,
                    look->motion.box[i].y, look->motion.box[i].w, look->motion.box[i].h);
  look->ticks = (guint)MIN (seconds * 25 + 0.5, 1000.0);
  look->seen = pts;
  if (!look->motion.known || look->motion.n > 0) {
    look->open = OPEN_FRAMES + 1;
    look->moved = pts;
  } else if (look->open > 0)
    look->open--;
}

/* A time of which it is known that it lies at least so far back. */
static gboolean
is_past (GstClockTime time, GstClockTime pts, GstClockTime least)
{
  return GST_CLOCK_TIME_IS_VALID (time) && GST_CLOCK_TIME_IS_VALID (pts) && pts >= time &&
         pts - time >= least;
}

/* Nothing has moved for some frames, and what is tracked stands. */
static gboolean
is_closed (const GstTfcDetectLook *look, const GstTfcModel *model, GstClockTime pts)
{
  return look->now.motion_gate && look->open == 0 && !look->live && look->model == model &&
         is_past (look->looked, pts, 0) && (!look->tracked || is_past (look->moved, pts, STANDS));
}

/* What is tracked is looked at before the tracker gives it up. */
static GstClockTime
longest_wait (const GstTfcDetectLook *look)
{
  const GstClockTime gate = look->now.gate_max * GST_MSECOND,
                     track = look->track.max_age * GST_MSECOND * 7 / 8;

  return look->tracked ? MIN (gate, track) : gate;
}

gboolean
gst_tfc_detect_glance (GstTfcAnalyzer *analyzer, GstTfcModel *model, const TfcFrame *frame,
                       GstClockTime pts)
{
  GstTfcDetect *self = GST_TFC_DETECT (analyzer);
  GstTfcDetectLook *look = &self->scratch->look;

  GST_OBJECT_LOCK (self);
  look->now = self->settings.regions;
  look->track = self->settings.track;
  GST_OBJECT_UNLOCK (self);
  if (look->now.regions || look->now.motion_gate)
    watch (self, frame, pts);
  else
    look->motion.n = 0;
  look->timed = is_closed (look, model, pts);
  if (look->timed && !is_past (look->looked, pts, longest_wait (look))) {
    GST_LOG_OBJECT (self, "nothing moves: not looked at");
    return FALSE;
  }
  look->looked = pts;
  if (look->model != model) /* of another what was found before means nothing */
    tfc_regions_reset (look->planner);
  look->model = model;
  return TRUE;
}

/* ---- crops ---- */

static void
plan (GstTfcDetect *self, TfcSsd *ssd, const TfcFrame *frame)
{
  GstTfcDetectLook *look = &self->scratch->look;
  const TfcAreas *areas = areas_or_whole (self);
  TfcRegionFrame f = {.width = frame->width,
                      .height = frame->height,
                      .n_areas = areas->n,
                      .areas = areas->area,
                      .regions = look->now.regions,
                      .n_moving = look->motion.n,
                      .moving = look->motion.box,
                      .ticks = look->ticks};

  f.whole = !f.regions || look->since_whole == 0 || look->since_whole >= look->now.full_every;
  look->since_whole = f.whole ? 1 : look->since_whole + 1;
  tfc_ssd_input_size (ssd, &f.input_width, &f.input_height);
  look->n_crops = tfc_regions_plan (look->planner, &f, look->crops);
}

/* The network on one crop, of which box becomes what really is looked at. */
static gint
run_on_crop (TfcSsd *ssd, const TfcFrame *frame, TfcCrop *crop, const TfcSsdOptions *options,
             TfcDetection *out, guint max, TfcSsdTimes *spent, GError **error)
{
  const TfcFrame part = gst_tfc_object_part (frame, &crop->box);
  TfcSsdTimes times = {0};
  const gint n = tfc_ssd_run (ssd, &part, options, out, max, &times, error);

  if (n > 0)
    tfc_crop_to_frame (crop, out, (guint)n);
  spent->sample += times.sample;
  spent->network += times.network;
  spent->decode += times.decode;
  return n;
}

static gint
run_on_crops (GstTfcDetectLook *look, TfcSsd *ssd, const TfcFrame *frame,
              const TfcSsdOptions *options, TfcDetection *out, guint max, TfcSsdTimes *spent,
              GError **error)
{
  guint n = 0;

  for (guint i = 0; i < look->n_crops; i++) {
    const gint found = run_on_crop (ssd, frame, &look->crops[i], options, look->found + n,
                                    TFC_CROP_DETECTIONS, spent, error);
    if (found < 0)
      return -1;
    look->counts[i] = (guint)found;
    n += (guint)found;
  }
  return (gint)tfc_suppress_crops (look->found, look->counts, look->crops, look->n_crops,
                                   options->iou_threshold, look->candidates, out,
                                   MIN (max, options->max_detections));
}

/* What was found where none of this frame's crops looks; a tracker knows better where that is. */
static guint
hold (const GstTfcDetectLook *look, const TfcSsdOptions *options, TfcDetection *out, guint n,
      guint max)
{
  if (!look->now.regions || look->track.tracking != GST_TFC_TRACKING_NONE)
    return n;
  return tfc_regions_hold (look->planner, options, out, n, max);
}

gint
gst_tfc_detect_look (GstTfcDetect *self, TfcSsd *ssd, const TfcFrame *frame,
                     const TfcSsdOptions *options, TfcDetection *out, guint max, TfcSsdTimes *spent,
                     GError **error)
{
  GstTfcDetectLook *look = &self->scratch->look;
  gint n;

  plan (self, ssd, frame);
  for (guint i = 0; look->n_crops > 1 && i < look->n_crops; i++)
    GST_LOG_OBJECT (self, "looks at %.3f,%.3f %.3f x %.3f", look->crops[i].box.x,
                    look->crops[i].box.y, look->crops[i].box.w, look->crops[i].box.h);
  if (look->n_crops == 1)
    n = run_on_crop (ssd, frame, &look->crops[0], options, out, max, spent, error);
  else
    n = run_on_crops (look, ssd, frame, options, out, max, spent, error);
  return n < 0 ? n : (gint)hold (look, options, out, (guint)n, MIN (max, options->max_detections));
}

void
gst_tfc_detect_learn (GstTfcDetect *self, const TfcDetection *reported, guint n, guint n_sure)
{
  GstTfcDetectLook *look = &self->scratch->look;
  guint n_tracked = 0, n_seen = 0;

  for (guint i = 0; i < n; i++) {
    n_tracked += reported[i].track_id != 0;
    n_seen += reported[i].track_id != 0 && reported[i].track.seen;
  }
  look->tracked = n_tracked > 0;
  look->live = n_tracked > n_seen;
  /* A tracker reports what is new after so many looks, which no gate shall keep from it. */
  if (look->timed && look->track.tracking != GST_TFC_TRACKING_NONE && n_sure > n_seen)
    look->open = look->track.min_hits;
  if (look->now.regions)
    tfc_regions_learn (look->planner, reported, n, look->tracked);
  else
    tfc_regions_reset (look->planner);
}
