/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcanalyzer-private.h"
#include "gst/util/gsttfctimes.h"
#include "models/clock.h"

#define private_of gst_tfc_analyzer_private
/* In running time: qos skips at most so long, then one frame is analysed. A discontinuity that
 * leaves out no more than this is the same scene; so is one that goes back by a frame at most, as
 * times of a network do. */
#define MAX_SKIP GST_SECOND

void
gst_tfc_analyzer_before_transform (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstClockTime stream;

  gst_tfc_buffer_times (trans, buffer, NULL, &stream);
  if (GST_CLOCK_TIME_IS_VALID (stream))
    gst_object_sync_values (GST_OBJECT (trans), stream);
}

/* A discontinuity in time: nothing followed so far holds. The flag alone says only that data was
 * lost, as leaky queues and lossy networks do all the time. Without times there is no telling; who
 * seeks sends a segment or a flush. */
static gboolean
is_time_jump (GstTfcAnalyzer *self, GstBuffer *buffer, GstClockTime running)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstClockTime last = priv->last, frame;

  if (!GST_CLOCK_TIME_IS_VALID (running))
    return FALSE;
  priv->last = running;
  if (!GST_BUFFER_IS_DISCONT (buffer) || !GST_CLOCK_TIME_IS_VALID (last))
    return FALSE;
  frame =
      GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : priv->frame_duration;
  return running < last ? last - running > frame
                        : running - last > MAX (MAX_SKIP, frame + frame / 2);
}

/* What a frame finds when it comes. */
typedef struct {
  gboolean late;
  gboolean news; /* another model waits, or another class filter */
} Arrival;

/* Takes the settings, counts the frame at running. FLUSHING: there is no model, the element is
 * still being started by another thread. ERROR: one was posted. */
static GstFlowReturn
begin_frame (GstTfcAnalyzer *self, GstClockTime running, Arrival *arrival)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  const gint64 now = tfc_now ();
  gboolean failed;

  GST_OBJECT_LOCK (self);
  if (!priv->loader.model) {
    GST_OBJECT_UNLOCK (self);
    return GST_FLOW_FLUSHING;
  }
  priv->now = priv->settings;
  priv->slot = priv->loader.model->slot;
  arrival->late = GST_CLOCK_TIME_IS_VALID (running) &&
                  GST_CLOCK_TIME_IS_VALID (priv->lateness.earliest) &&
                  running <= priv->lateness.earliest;
  arrival->news = priv->loader.next || priv->filter.stale;
  failed = priv->failed;
  gst_tfc_stats_frame (&priv->stats, now);
  GST_OBJECT_UNLOCK (self);
  gst_tfc_analyzer_notify_stats_rarely (self, now);
  arrival->late = arrival->late && gst_base_transform_is_qos_enabled (GST_BASE_TRANSFORM (self));
  return failed && priv->now.mode == GST_TFC_MODE_LATEST ? GST_FLOW_ERROR : GST_FLOW_OK;
}

/* The strategy of this frame's mode. In mode=sync a model that waits takes over here. */
static const GstTfcStrategy *
begin_strategy (GstTfcAnalyzer *self, gboolean news)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  const GstTfcStrategy *strategy = gst_tfc_analyzer_strategy (priv->now.mode);

  if (strategy != priv->strategy)
    priv->strategy->cancel (self);
  priv->strategy = strategy;
  if (priv->now.mode != GST_TFC_MODE_SYNC)
    return strategy;
  if (news && gst_tfc_analyzer_take_model (self))
    priv->since = 0;
  if (!priv->held) { /* nothing to show: late or not */
    priv->since = 0;
    priv->last_analysed = GST_CLOCK_TIME_NONE;
  }
  return strategy;
}

/* ---- which frames are analysed ---- */

const gchar *
gst_tfc_frame_state_name (GstTfcFrameState state)
{
  static const gchar *const names[] = {
      [GST_TFC_FRAME_DUE] = "due",
      [GST_TFC_FRAME_BETWEEN] = "between two (interval)",
      [GST_TFC_FRAME_REPEATED] = "repeated (gap)",
      [GST_TFC_FRAME_LATE] = "late",
  };

  return names[state];
}

static void
post_qos (GstTfcAnalyzer *self, GstBuffer *buffer)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstClockTime running, stream;
  GstTfcLateness lateness;
  guint64 analysed, skipped;
  GstMessage *message;

  gst_tfc_buffer_times (GST_BASE_TRANSFORM (self), buffer, &running, &stream);
  GST_OBJECT_LOCK (self);
  skipped = ++priv->stats.skipped;
  analysed = priv->stats.analysed;
  lateness = priv->lateness;
  GST_OBJECT_UNLOCK (self);
  GST_DEBUG_OBJECT (self, "skipped: %" GST_TIME_FORMAT " is late, %" GST_TIME_FORMAT " is next",
                    GST_TIME_ARGS (running), GST_TIME_ARGS (lateness.earliest));
  message = gst_message_new_qos (GST_OBJECT (self), FALSE, running, stream, GST_BUFFER_PTS (buffer),
                                 GST_BUFFER_DURATION (buffer));
  gst_message_set_qos_values (message, GST_CLOCK_DIFF (running, lateness.earliest),
                              lateness.proportion, 1000000);
  gst_message_set_qos_stats (message, GST_FORMAT_BUFFERS, analysed, skipped);
  gst_element_post_message (GST_ELEMENT (self), message);
}

/* A repeated picture (GAP, as videorate and live sources flag it) shows what was seen before and is
 * only analysed where nothing was; it is a frame of the interval like others, and never keeps the
 * next real one waiting. Where something was lost before it (DISCONT), what it repeats may never
 * have been seen. */
static GstTfcFrameState
classify (GstTfcAnalyzer *self, GstBuffer *buffer, gboolean late, GstClockTime running)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  const gboolean gap =
      GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_GAP) && !GST_BUFFER_IS_DISCONT (buffer);

  if (priv->since != 0 && (gap || priv->since < priv->now.interval)) {
    priv->since += priv->since < priv->now.interval;
    return gap ? GST_TFC_FRAME_REPEATED : GST_TFC_FRAME_BETWEEN;
  }
  if (late && priv->now.mode == GST_TFC_MODE_SYNC &&
      GST_CLOCK_TIME_IS_VALID (priv->last_analysed) && running < priv->last_analysed + MAX_SKIP) {
    post_qos (self, buffer);
    return GST_TFC_FRAME_LATE;
  }
  /* Streams that share a network and began together do not all come to it at the same frame. */
  priv->since = priv->since == 0 ? 1 + priv->slot % priv->now.interval : 1;
  if (gap)
    priv->since = G_MAXUINT;
  priv->last_analysed = running;
  return GST_TFC_FRAME_DUE;
}

GstFlowReturn
gst_tfc_analyzer_transform_ip (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstTfcAnalyzer *self = GST_TFC_ANALYZER (trans);
  const GstTfcStrategy *strategy;
  GstTfcFrameState state;
  GstClockTime running;
  GstFlowReturn flow;
  Arrival arrival;

  gst_tfc_buffer_times (trans, buffer, &running, NULL);
  if (is_time_jump (self, buffer, running)) {
    gst_tfc_analyzer_reset (self, "jump in time");
    private_of (self)->last = running;
  }
  flow = begin_frame (self, running, &arrival);
  if (flow != GST_FLOW_OK)
    return flow;
  strategy = begin_strategy (self, arrival.news);
  state = classify (self, buffer, arrival.late, running);
  return strategy->submit (self, buffer, state) ? GST_FLOW_OK : GST_FLOW_ERROR;
}
