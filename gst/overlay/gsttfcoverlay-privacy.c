/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What privacy does with a frame: the decision here, which regions in redact_regions.h, how in
 * gsttfcredact.h. */
#include "gst/overlay/gsttfcoverlay.h"

#define GST_CAT_DEFAULT gst_tfc_overlay_debug

void
gst_tfc_overlay_forget_regions (GstTfcOverlay *self)
{
  tfc_privacy_regions_reset (self->regions);
  self->privacy_time = GST_CLOCK_TIME_NONE;
}

static GstClockTime
duration_of (GstTfcOverlay *self, GstBuffer *buffer)
{
  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    return GST_BUFFER_DURATION (buffer);
  if (self->info.fps_n > 0 && self->info.fps_d > 0)
    return gst_util_uint64_scale_int (GST_SECOND, self->info.fps_d, self->info.fps_n);
  return 0;
}

/* Since the buffer before. Without times frames are counted; without a rate too no time passes, and
 * what is lost stays hidden. */
static GstClockTime
elapsed (GstTfcOverlay *self, GstBuffer *buffer, GstClockTime running)
{
  GstClockTime before = self->privacy_time, duration = duration_of (self, buffer);
  gboolean timed = GST_CLOCK_TIME_IS_VALID (running);
  self->privacy_time = timed                              ? running
                       : GST_CLOCK_TIME_IS_VALID (before) ? before + duration
                                                          : GST_CLOCK_TIME_NONE;
  if (timed && GST_CLOCK_TIME_IS_VALID (before))
    return running > before ? running - before : 0;
  return timed ? 0 : duration;
}

/* Where faces are looked for, boxes of other things alone do not say whether there are any. */
static gboolean
is_known (GstTfcOverlay *self)
{
  const GstTfcAnnotations *annotations = self->annotations;
  self->faces_known |= annotations->own_faces;
  return annotations->known && (annotations->own_faces || !self->faces_known);
}

static GstTfcPrivacyState
decide (GstTfcOverlay *self, GstBuffer *buffer, GstClockTime running)
{
  const gboolean known = is_known (self);
  const TfcPrivacyTimes times = {
      .elapsed = elapsed (self, buffer, running),
      .hold = self->style.privacy_hold * GST_MSECOND,
      .age = self->annotations->age,
  };
  TfcPrivacyRegions *regions = self->regions;
  tfc_privacy_regions_update (regions, known ? &self->annotations->plain : NULL,
                              !self->annotations->own_faces, &times);
  if (!known && self->style.privacy_unknown == TFC_PRIVACY_UNKNOWN_DROP)
    return GST_TFC_PRIVACY_DROPS;
  if (!known && self->style.privacy_unknown == TFC_PRIVACY_UNKNOWN_HIDE) {
    tfc_privacy_regions_redact_whole (regions, FALSE);
    return GST_TFC_PRIVACY_UNKNOWN;
  }
  if (known && self->annotations->cut)
    tfc_privacy_regions_redact_whole (regions, TRUE);
  return regions->whole          ? GST_TFC_PRIVACY_WHOLE
         : regions->n_held       ? GST_TFC_PRIVACY_LOST
         : regions->n_redactions ? GST_TFC_PRIVACY_SEEN
                                 : GST_TFC_PRIVACY_NOTHING;
}

static void
tell_change (GstTfcOverlay *self, GstTfcPrivacyState state, GstBuffer *buffer)
{
  static const gchar *const texts[] = {
      [GST_TFC_PRIVACY_NOTHING] = "nothing to hide",
      [GST_TFC_PRIVACY_SEEN] = "hides what is seen",
      [GST_TFC_PRIVACY_LOST] = "hides what was seen a moment ago too",
      [GST_TFC_PRIVACY_WHOLE] =
          "hides the whole picture: a box cannot be right, or there are too many",
      [GST_TFC_PRIVACY_UNKNOWN] = "hides the whole picture: nothing is known about it",
      [GST_TFC_PRIVACY_DROPS] = "drops",
  };
  if (self->privacy_state == state)
    return;
  self->privacy_state = state;
  GST_DEBUG_OBJECT (self, "privacy from %" GST_TIME_FORMAT " on: %s",
                    GST_TIME_ARGS (GST_BUFFER_PTS (buffer)), texts[state]);
}

void
gst_tfc_overlay_warn (GstTfcOverlay *self, const gchar *text)
{
  if (self->warned)
    return;
  self->warned = TRUE;
  GST_ELEMENT_WARNING (self, STREAM, FORMAT, ("%s", text),
                       ("caps are %s", GST_VIDEO_INFO_NAME (&self->info)));
}

gboolean
gst_tfc_overlay_has_more_pictures (GstBuffer *buffer)
{
  const GstVideoMeta *first = gst_buffer_get_video_meta (buffer);
  GstMeta *meta;
  gpointer state = NULL;
  while ((meta = gst_buffer_iterate_meta_filtered (buffer, &state, GST_VIDEO_META_API_TYPE)))
    if (((GstVideoMeta *)meta)->id != first->id)
      return TRUE;
  return FALSE;
}

/* FALSE: a frame with something to hide on it must not go on. */
static gboolean
can_hide (GstTfcOverlay *self, GstTfcPrivacyState state, GstBuffer *buffer)
{
  if (gst_tfc_overlay_has_more_pictures (buffer)) {
    gst_tfc_overlay_warn (
        self, "Buffers of several pictures (views or fields) are dropped: faces are only known "
              "on the first of them. Split them in front of tfcoverlay.");
    return FALSE;
  }
  if (state == GST_TFC_PRIVACY_NOTHING || gst_tfc_redact_supports (self->info.finfo))
    return TRUE;
  g_autofree gchar *text =
      self->memory
          ? g_strdup_printf ("Frames in %s are dropped: faces can only be hidden in the system's "
                             "memory. Put an element that fetches them in front of tfcoverlay.",
                             self->memory)
          : g_strdup_printf ("Frames in %s are dropped: faces cannot be hidden in this video "
                             "format. Put videoconvert in front of tfcoverlay.",
                             GST_VIDEO_INFO_NAME (&self->info));
  gst_tfc_overlay_warn (self, text);
  return FALSE;
}

GstTfcWork
gst_tfc_overlay_decide_privacy (GstTfcOverlay *self, GstBuffer *buffer, GstClockTime running)
{
  if (self->style.privacy == TFC_PRIVACY_NONE) {
    if (GST_CLOCK_TIME_IS_VALID (self->privacy_time) || self->regions->n_regions)
      gst_tfc_overlay_forget_regions (self);
    self->privacy_state = GST_TFC_PRIVACY_NOTHING;
    return 0;
  }
  GstTfcPrivacyState state = decide (self, buffer, running);
  if (state != GST_TFC_PRIVACY_DROPS && !can_hide (self, state, buffer))
    state = GST_TFC_PRIVACY_DROPS;
  tell_change (self, state, buffer);
  GST_LOG_OBJECT (self, "%u regions to hide, %u of them not seen any more",
                  self->regions->n_redactions, self->regions->n_held);
  return state == GST_TFC_PRIVACY_NOTHING ? 0
         : state == GST_TFC_PRIVACY_DROPS ? GST_TFC_WORK_DROP
                                          : GST_TFC_WORK_REDACT;
}

gboolean
gst_tfc_overlay_redact (GstTfcOverlay *self, GstVideoFrame *mapped)
{
  GstVideoFrame frame = *mapped; /* borrowed: mapped is who unmaps */

  /* Pixels around the picture of the caps: which part of them is shown is not said by everybody in
   * the same way. */
  if (!gst_tfc_frame_show_all (&frame))
    return FALSE;
  if (GST_VIDEO_FRAME_WIDTH (&frame) != GST_VIDEO_INFO_WIDTH (&self->info) ||
      GST_VIDEO_FRAME_HEIGHT (&frame) != GST_VIDEO_INFO_HEIGHT (&self->info))
    tfc_privacy_regions_redact_whole (self->regions, FALSE);
  return gst_tfc_redact_frame (&self->redact_scratch, self->overlay, &frame, self->style.privacy,
                               self->regions->redactions, self->regions->n_redactions);
}
