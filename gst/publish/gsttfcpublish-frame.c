/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/gsttfcpublish.h"
#include "gst/util/gsttfcdebug.h"
#include "gst/util/gsttfctimes.h"

#define GST_CAT_DEFAULT gst_tfc_publish_debug

void
gst_tfc_publish_forget (GstTfcPublish *self)
{
  self->signed_before = FALSE;
  self->last = GST_CLOCK_TIME_NONE;
}

GstPad *
gst_tfc_publish_dup_text_pad (GstTfcPublish *self)
{
  GST_OBJECT_LOCK (self);
  GstPad *pad = self->text_pad ? gst_object_ref (self->text_pad) : NULL;
  if (self->text_is_new)
    gst_tfc_text_restart (&self->text);
  self->text_is_new = FALSE;
  GST_OBJECT_UNLOCK (self);
  return pad;
}

/* ---- when ---- */

static gboolean
has_changed (GstTfcPublish *self)
{
  const guint64 signature = gst_tfc_seen_signature (self->seen);
  const gboolean changed = !self->signed_before || signature != self->signature;

  self->signature = signature;
  self->signed_before = TRUE;
  return changed;
}

/* Buffers without a time are counted as one a moment: each is due. */
static gboolean
is_due (GstTfcPublish *self, GstClockTime running)
{
  const GstClockTime interval = self->now.every * GST_MSECOND;

  if (GST_CLOCK_TIME_IS_VALID (self->last) && GST_CLOCK_TIME_IS_VALID (running) &&
      running >= self->last && running - self->last < interval)
    return FALSE;
  /* In the rhythm of the interval, not of the frames that are a bit later each time. */
  if (GST_CLOCK_TIME_IS_VALID (self->last) && GST_CLOCK_TIME_IS_VALID (running) &&
      running >= self->last && running - self->last < 2 * interval)
    self->last += interval;
  else
    self->last = running;
  return TRUE;
}

/* Each rule sees every buffer, whichever decides. */
static gboolean
is_wanted (GstTfcPublish *self, GstClockTime running)
{
  const gboolean happened =
      self->seen->n_events > 0 && self->now.include & GST_TFC_PUBLISH_INCLUDE_EVENTS;

  switch (self->now.when) {
    case GST_TFC_PUBLISH_WHEN_CHANGES:
      return has_changed (self) || happened;
    case GST_TFC_PUBLISH_WHEN_EVERY:
      return is_due (self, running) || happened;
    case GST_TFC_PUBLISH_WHEN_EVENTS:
      return happened;
    default:
      return TRUE;
  }
}

/* ---- the line ---- */

/* Where "dropped" can be put in. */
static gsize
write_line (GstTfcPublish *self, GstTfcPublisher *publisher, GstClockTime running,
            GstClockTime stream)
{
  GstTfcLineHead head = {.source = self->source,
                         .seq = ++self->seq,
                         .utc = gst_tfc_wall_clock_of (&self->wall, GST_ELEMENT (self), running),
                         .stream = stream,
                         .width = self->width,
                         .height = self->height,
                         .units = self->now.units,
                         .include = self->now.include,
                         .stats = self->stats,
                         .max_length = GST_TFC_MAX_LINE};
  if (publisher && head.include & GST_TFC_PUBLISH_INCLUDE_STATS) {
    GstTfcPublisherStats stats;
    gst_tfc_publisher_get_stats (publisher, &stats);
    head.stats.published = stats.published;
    head.stats.dropped = stats.dropped;
    head.stats.queued = stats.queued;
  }
  return gst_tfc_line_write (&self->json, &head, self->seen);
}

/* With the newline, which the publisher's transports have of their own. */
static GstFlowReturn
push_text (GstTfcPublish *self, GstPad *pad, GstBuffer *buffer, gboolean wanted)
{
  GstBaseTransform *trans = GST_BASE_TRANSFORM (self);

  if (wanted)
    gst_tfc_json_newline (&self->json);
  return gst_tfc_text_push (&self->text, pad, GST_BASE_TRANSFORM_SINK_PAD (self), &trans->segment,
                            buffer, self->json.text, wanted ? self->json.length : 0);
}

GstFlowReturn
gst_tfc_publish_frame (GstTfcPublish *self, GstBuffer *buffer)
{
  g_autoptr (GstPad) pad = gst_tfc_publish_dup_text_pad (self);
  GstTfcPublisher *publisher = self->publisher; /* changes only when nothing streams */
  GstClockTime running, stream;

  gst_tfc_publish_snapshot (self, &self->now);
  GST_OBJECT_LOCK (self);
  self->stats.frames++;
  GST_OBJECT_UNLOCK (self);
  if (!publisher && !pad)
    return GST_FLOW_OK;
  gst_tfc_buffer_times (GST_BASE_TRANSFORM (self), buffer, &running, &stream);
  gst_tfc_seen_read (self->seen, buffer, self->width, self->height);
  const gboolean wanted = is_wanted (self, running);
  if (wanted) {
    const gsize insert = write_line (self, publisher, running, stream);
    GST_LOG_OBJECT (self, "line %" G_GUINT64_FORMAT " of %" G_GSIZE_FORMAT " bytes", self->seq,
                    self->json.length);
    if (publisher)
      gst_tfc_publisher_push (publisher, self->json.text, self->json.length, insert);
  }
  if (self->counts)
    gst_tfc_counts_update (self->counts, self->seen, publisher);
  return pad ? push_text (self, pad, buffer, wanted) : GST_FLOW_OK;
}
