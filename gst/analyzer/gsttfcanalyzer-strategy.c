/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcanalyzer-private.h"
#include "gst/analyzer/gsttfcexport.h"
#include "gst/analyzer/gsttfcobject.h"

#define private_of gst_tfc_analyzer_private

/* What the strategy in use has for buffer; a held result is one of an earlier buffer. */
static GstTfcResults *
attach_latest (GstTfcAnalyzer *self, GstBuffer *buffer, gboolean held)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcResults *results = priv->strategy->latest (self, GST_BUFFER_PTS (buffer)), *beside;

  if (!results)
    return NULL;
  GST_OBJECT_LOCK (self);
  if (held)
    gst_tfc_stats_held (&priv->stats, GST_BUFFER_PTS (buffer), gst_tfc_results_get_pts (results));
  beside = priv->held_beside ? gst_tfc_results_ref (priv->held_beside) : NULL;
  GST_OBJECT_UNLOCK (self);
  gst_tfc_attach (buffer, results, held, priv->now.attach, priv->info.width, priv->info.height);
  if (beside)
    gst_tfc_attach (buffer, beside, held, priv->now.attach, priv->info.width, priv->info.height);
  gst_tfc_results_unref (beside);
  return results;
}

static void
log_held (GstTfcAnalyzer *self, const gchar *how, GstBuffer *buffer, GstTfcFrameState state,
          const GstTfcResults *results)
{
  GST_LOG_OBJECT (
      self, "%" GST_TIME_FORMAT ": %s, %s, %u results of %" GST_TIME_FORMAT,
      GST_TIME_ARGS (GST_BUFFER_PTS (buffer)), how, gst_tfc_frame_state_name (state),
      results ? gst_tfc_results_size (results) : 0,
      GST_TIME_ARGS (results ? gst_tfc_results_get_pts (results) : GST_CLOCK_TIME_NONE));
}

/* ---- sync: a buffer that is due waits for its results ---- */

/* Those that tracking=motion follows go on; others are as they were analysed. */
static GstTfcResults *
latest_sync (GstTfcAnalyzer *self, GstClockTime pts)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);

  return gst_tfc_extrapolate_seen (&priv->extrapolator, &priv->seen, priv->held, pts);
}

static gboolean
submit_sync (GstTfcAnalyzer *self, GstBuffer *buffer, GstTfcFrameState state)
{
  gboolean held = state != GST_TFC_FRAME_DUE;
  GstTfcResults *results;

  if (!held &&
      !gst_tfc_analyzer_process (self, buffer, private_of (self)->now.post_messages, &held))
    return FALSE;
  results = attach_latest (self, buffer, held);
  if (held)
    log_held (self, "held", buffer, state, results);
  gst_tfc_results_unref (results);
  return TRUE;
}

/* Nothing is ever on its way. */
static void
do_nothing (GstTfcAnalyzer *self)
{
}

/* ---- async: buffers pass at once, the worker analyses the newest ---- */

/* On the worker's thread. */
void
gst_tfc_analyzer_process_async (gpointer self, GstBuffer *buffer)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcPostMessages post;
  gboolean failed, held;

  GST_OBJECT_LOCK (self);
  post = priv->settings.post_messages;
  failed = priv->failed;
  GST_OBJECT_UNLOCK (self);
  gst_tfc_analyzer_take_model (self);
  if (failed || gst_tfc_analyzer_process (self, buffer, post, &held))
    return;
  GST_OBJECT_LOCK (self);
  priv->failed = TRUE;
  GST_OBJECT_UNLOCK (self);
}

/* Moved to where things are at pts. */
static GstTfcResults *
latest_async (GstTfcAnalyzer *self, GstClockTime pts)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcExtrapolator *extrapolator = &priv->extrapolator;
  GstTfcResults *held, *previous, *moved = NULL;
  GstTfcLastSeen seen;

  GST_OBJECT_LOCK (self);
  held = priv->held ? gst_tfc_results_ref (priv->held) : NULL;
  previous = priv->previous ? gst_tfc_results_ref (priv->previous) : NULL;
  seen = priv->seen;
  GST_OBJECT_UNLOCK (self);
  if (held && GST_CLOCK_TIME_IS_VALID (seen.max_age))
    moved = gst_tfc_extrapolate_seen (extrapolator, &seen, held, pts);
  else if (held)
    moved = gst_tfc_extrapolate (extrapolator, previous, held, pts);
  gst_tfc_results_unref (held);
  gst_tfc_results_unref (previous);
  return moved;
}

/* FALSE: an error was posted. */
static gboolean
hand_over (GstTfcAnalyzer *self, GstBuffer *buffer)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  g_autoptr (GError) error = NULL;
  gboolean replaced;

  if (!gst_tfc_async_submit (&priv->worker, gst_buffer_ref (buffer), &replaced, &error)) {
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

/* Attaches before the worker holds the buffer too, which then cannot be written. */
static gboolean
submit_async (GstTfcAnalyzer *self, GstBuffer *buffer, GstTfcFrameState state)
{
  GstTfcResults *results = attach_latest (self, buffer, TRUE);

  log_held (self, "latest", buffer, state, results);
  gst_tfc_results_unref (results);
  return state != GST_TFC_FRAME_DUE || hand_over (self, buffer);
}

static void
drain_async (GstTfcAnalyzer *self)
{
  gst_tfc_async_drain (&private_of (self)->worker);
}

static void
cancel_async (GstTfcAnalyzer *self)
{
  gst_tfc_async_cancel (&private_of (self)->worker);
}

/* ---- both ---- */

const GstTfcStrategy *
gst_tfc_analyzer_strategy (GstTfcMode mode)
{
  static const GstTfcStrategy strategies[] = {
      [GST_TFC_MODE_SYNC] = {submit_sync, do_nothing, do_nothing, latest_sync},
      [GST_TFC_MODE_LATEST] = {submit_async, drain_async, cancel_async, latest_async},
  };

  return &strategies[mode];
}
