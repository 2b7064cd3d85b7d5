/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gst/analyzer/gsttfcanalyzer-private.h"
#include "models/clock.h"
#include "gst/util/gsttfctimes.h"

#define private_of gst_tfc_analyzer_private
/* In running time: qos skips at most so long, then one frame is analysed. A discontinuity that
 * leaves out no more than this is the same scene; so is one that goes back by a frame at most, as
 * times of a network do. */
#define PATIENCE GST_SECOND

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
jumped (GstTfcAnalyzer *self, GstBuffer *buffer, GstClockTime running)
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
                        : running - last > MAX (PATIENCE, frame + frame / 2);
}

/* Takes the settings, counts the frame; without latest also the engine. TRUE if the frame at
 * running is late. */
static gboolean
begin_frame (GstTfcAnalyzer *self, GstClockTime running)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  const gint64 now = tfc_now ();
  gboolean late;

  GST_OBJECT_LOCK (self);
  priv->now = priv->settings;
  late = GST_CLOCK_TIME_IS_VALID (running) && GST_CLOCK_TIME_IS_VALID (priv->lateness.earliest) &&
         running <= priv->lateness.earliest;
  priv->number = priv->loader.engine->number;
  gst_tfc_stats_frame (&priv->stats, now);
  GST_OBJECT_UNLOCK (self);
  gst_tfc_analyzer_notify_stats_rarely (self, now);
  if (priv->now.mode == GST_TFC_MODE_SYNC) {
    gst_tfc_async_cancel (&priv->latest); /* it may have been on until now */
    if (gst_tfc_analyzer_take_engine (self) || !priv->held)
      priv->since = 0;
    if (!priv->held)
      priv->last_analysed = GST_CLOCK_TIME_NONE; /* nothing to show: late or not */
  }
  return late && gst_base_transform_is_qos_enabled (GST_BASE_TRANSFORM (self));
}

/* ---- which frames are analysed ---- */

typedef enum { DUE, BETWEEN, REPEATED, LATE } Verdict;
static const gchar *const reasons[] = {"due", "between two (interval)", "repeated (gap)", "late"};

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
static Verdict
decide (GstTfcAnalyzer *self, GstBuffer *buffer, gboolean late, GstClockTime running)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  const gboolean gap =
      GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_GAP) && !GST_BUFFER_IS_DISCONT (buffer);

  if (priv->since != 0 && (gap || priv->since < priv->now.interval)) {
    priv->since += priv->since < priv->now.interval;
    return gap ? REPEATED : BETWEEN;
  }
  if (late && GST_CLOCK_TIME_IS_VALID (priv->last_analysed) &&
      running < priv->last_analysed + PATIENCE) {
    post_qos (self, buffer);
    return LATE;
  }
  /* Streams that share a network and began together do not all come to it at the same frame. */
  priv->since = priv->since == 0 ? 1 + priv->number % priv->now.interval : 1;
  if (gap)
    priv->since = G_MAXUINT;
  priv->last_analysed = running;
  return DUE;
}

/* ---- sync ---- */

/* The buffer waits for its result, if it is due. */
static GstFlowReturn
wait_for_result (GstTfcAnalyzer *self, GstBuffer *buffer, Verdict verdict)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  const gboolean due = verdict == DUE;

  if (due && !gst_tfc_analyzer_look (self, buffer, priv->now.post_messages))
    return GST_FLOW_ERROR;
  if (!due) {
    GST_OBJECT_LOCK (self);
    priv->stats.repeated++;
    gst_tfc_stats_lag (&priv->stats, GST_BUFFER_PTS (buffer), gst_tfc_results_get_pts (priv->held));
    GST_OBJECT_UNLOCK (self);
    GST_LOG_OBJECT (self, "%" GST_TIME_FORMAT ": held, %s, %u results of %" GST_TIME_FORMAT,
                    GST_TIME_ARGS (GST_BUFFER_PTS (buffer)), reasons[verdict],
                    gst_tfc_results_size (priv->held),
                    GST_TIME_ARGS (gst_tfc_results_get_pts (priv->held)));
  }
  gst_tfc_attach (buffer, priv->held, !due, priv->now.attach, priv->info.width, priv->info.height);
  return GST_FLOW_OK;
}

/* ---- latest ---- */

/* On its thread. */
void
gst_tfc_analyzer_look_at_newest (gpointer self, GstBuffer *buffer)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcPostMessages post;
  gboolean failed;

  GST_OBJECT_LOCK (self);
  post = priv->settings.post_messages;
  failed = priv->failed;
  GST_OBJECT_UNLOCK (self);
  gst_tfc_analyzer_take_engine (self);
  if (failed || gst_tfc_analyzer_look (self, buffer, post))
    return;
  GST_OBJECT_LOCK (self);
  priv->failed = TRUE;
  GST_OBJECT_UNLOCK (self);
}

/* FALSE: an analysis failed meanwhile, an error was posted. */
static gboolean
attach_newest (GstTfcAnalyzer *self, GstBuffer *buffer, Verdict verdict)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcResults *held, *before, *shown;
  gboolean failed;

  GST_OBJECT_LOCK (self);
  failed = priv->failed;
  held = priv->held ? gst_tfc_results_ref (priv->held) : NULL;
  before = priv->before ? gst_tfc_results_ref (priv->before) : NULL;
  if (held) {
    priv->stats.repeated++;
    gst_tfc_stats_lag (&priv->stats, GST_BUFFER_PTS (buffer), gst_tfc_results_get_pts (held));
  }
  GST_OBJECT_UNLOCK (self);
  if (held) {
    shown = gst_tfc_extrapolate (&priv->forward, before, held, GST_BUFFER_PTS (buffer));
    gst_tfc_attach (buffer, shown, TRUE, priv->now.attach, priv->info.width, priv->info.height);
    gst_tfc_results_unref (shown);
  }
  GST_LOG_OBJECT (self, "%" GST_TIME_FORMAT ": latest, %s, %u results of %" GST_TIME_FORMAT,
                  GST_TIME_ARGS (GST_BUFFER_PTS (buffer)), reasons[verdict],
                  held ? gst_tfc_results_size (held) : 0,
                  GST_TIME_ARGS (held ? gst_tfc_results_get_pts (held) : GST_CLOCK_TIME_NONE));
  gst_tfc_results_unref (held);
  gst_tfc_results_unref (before);
  return !failed;
}

/* FALSE: an error was posted. */
static gboolean
offer (GstTfcAnalyzer *self, GstBuffer *buffer)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  g_autoptr (GError) error = NULL;
  gboolean replaced;

  if (!gst_tfc_async_submit (&priv->latest, gst_buffer_ref (buffer), &replaced, &error)) {
    GST_ELEMENT_ERROR (self, RESOURCE, FAILED,
                       ("No thread can be had to analyse on: end some programs, raise the limit of "
                        "threads, or use mode=sync."),
                       ("%s", error->message));
    return FALSE;
  }
  if (replaced) {
    GST_DEBUG_OBJECT (self, "skipped: the picture that waited, for a newer one");
    GST_OBJECT_LOCK (self);
    priv->stats.dropped++;
    GST_OBJECT_UNLOCK (self);
  }
  return TRUE;
}

/* The buffer passes with what there is. */
static GstFlowReturn
pass_at_once (GstTfcAnalyzer *self, GstBuffer *buffer, Verdict verdict)
{
  /* attached before somebody else holds the buffer too */
  return attach_newest (self, buffer, verdict) && (verdict != DUE || offer (self, buffer))
             ? GST_FLOW_OK
             : GST_FLOW_ERROR;
}

GstFlowReturn
gst_tfc_analyzer_transform_ip (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstTfcAnalyzer *self = GST_TFC_ANALYZER (trans);
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstClockTime running;
  gboolean late;

  gst_tfc_buffer_times (trans, buffer, &running, NULL);
  if (jumped (self, buffer, running)) {
    gst_tfc_analyzer_reset (self, "jump in time");
    priv->last = running;
  }
  late = begin_frame (self, running);
  if (priv->now.mode == GST_TFC_MODE_LATEST)
    return pass_at_once (self, buffer, decide (self, buffer, FALSE, running));
  return wait_for_result (self, buffer, decide (self, buffer, late, running));
}
