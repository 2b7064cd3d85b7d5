/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcanalyzer-private.h"
#include "gst/analyzer/gsttfcmessage.h"
#include "gst/analyzer/gsttfcobject.h"
#include "gst/util/gsttfcerror.h"
#include "gst/util/gsttfcframe.h"
#include "gst/util/gsttfctimes.h"
#include "models/clock.h"

#define private_of gst_tfc_analyzer_private

gboolean
gst_tfc_analyzer_take_model (GstTfcAnalyzer *self)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcModelLoader *loader = &priv->loader;
  guint threads_before;
  gboolean fresh;

  GST_OBJECT_LOCK (self);
  threads_before = loader->model->threads;
  fresh = gst_tfc_model_loader_swap (loader);
  gst_tfc_class_filter_use (&priv->filter, loader->model->labels, fresh);
  GST_OBJECT_UNLOCK (self);
  if (fresh) {
    GST_INFO_OBJECT (self, "swapped: %s runs from now on, %u threads", loader->model->name,
                     loader->model->threads);
    gst_tfc_analyzer_notify_model (self, threads_before);
  }
  return fresh;
}

static void
count_analysis (GstTfcAnalyzer *self, const GstTfcTimings *timings, gint64 now)
{
  const guint stages = GST_TFC_ANALYZER_GET_CLASS (self)->stages | GST_TFC_STAGE_BIT (TOTAL);
  GstTfcAnalyzerPrivate *priv = private_of (self);
  gboolean grew;

  GST_OBJECT_LOCK (self);
  gst_tfc_stats_analysis (&priv->stats, stages, timings);
  grew = gst_tfc_analyzer_latency_grew (self, now);
  GST_OBJECT_UNLOCK (self);
  if (grew)
    gst_element_post_message (GST_ELEMENT (self), gst_message_new_latency (GST_OBJECT (self)));
}

/* What there is to see on a frame. NULL with error set, or *held set. */
static GstTfcResults *
run_on (GstTfcAnalyzer *self, GstClockTime pts, GstTfcTimings *timings, gboolean *held,
        GError **error)
{
  const GstTfcAnalyzerClass *klass = GST_TFC_ANALYZER_GET_CLASS (self);
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcModel *model = priv->loader.model;
  const TfcFrame frame = gst_tfc_roi_show (self, &priv->view);

  *held = klass->glance && !klass->glance (self, model, &frame, pts) && priv->held;
  return *held ? NULL : klass->process (self, model, &frame, pts, timings, error);
}

/* NULL with error set, or *held set. */
static GstTfcResults *
run_model (GstTfcAnalyzer *self, GstBuffer *buffer, GstTfcTimings *timings, gboolean *held,
           GError **error)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcResults *results;
  GstVideoFrame frame;

  *held = FALSE;
  if (!gst_tfc_frame_map (&frame, &priv->info, buffer, GST_MAP_READ, error))
    return NULL;
  gst_tfc_frame_show (&priv->view, &frame);
  priv->analysed = buffer;
  results = run_on (self, GST_BUFFER_PTS (buffer), timings, held, error);
  priv->analysed = NULL;
  gst_video_frame_unmap (&frame);
  return results;
}

/* NULL: nothing new, and *held is set, or an error was posted. */
static GstTfcResults *
analyse (GstTfcAnalyzer *self, GstBuffer *buffer, gboolean *held)
{
  const gint64 start = tfc_now ();
  GstTfcTimings timings = {{0}, 0};
  g_autoptr (GError) error = NULL;
  GstTfcResults *results = run_model (self, buffer, &timings, held, &error);
  gint64 end;

  if (*held) {
    GST_OBJECT_LOCK (self);
    private_of (self)->stats.gated++;
    GST_OBJECT_UNLOCK (self);
    return NULL;
  }
  if (!results) {
    gst_tfc_post_error (GST_ELEMENT (self), GST_MESSAGE_ERROR, error);
    return NULL;
  }
  end = tfc_now ();
  timings.ns[GST_TFC_STAGE_TOTAL] = end - start;
  count_analysis (self, &timings, end);
  GST_LOG_OBJECT (self, "%" GST_TIME_FORMAT ": analysed, %u results in %" G_GINT64_FORMAT " us",
                  GST_TIME_ARGS (GST_BUFFER_PTS (buffer)), gst_tfc_results_size (results),
                  (end - start) / 1000);
  return results;
}

static void
post_results (GstTfcAnalyzer *self, GstBuffer *buffer, GstTfcPostMessages when)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcTimes times = {.pts = GST_BUFFER_PTS (buffer)};
  GstStructure *structure;

  if (when == GST_TFC_POST_MESSAGES_NONE || (when == GST_TFC_POST_MESSAGES_CHANGES &&
                                             !gst_tfc_results_differ (priv->previous, priv->held)))
    return;
  gst_tfc_buffer_times (GST_BASE_TRANSFORM (self), buffer, &times.running, &times.stream);
  structure =
      gst_tfc_results_structure (priv->held, GST_TFC_ANALYZER_GET_CLASS (self)->message, &times);
  gst_element_post_message (GST_ELEMENT (self),
                            gst_message_new_element (GST_OBJECT (self), structure));
}

void
gst_tfc_analyzer_add_results (GstTfcAnalyzer *self, GstTfcResults *results)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);

  gst_tfc_results_unref (priv->beside);
  priv->beside = results;
}

gboolean
gst_tfc_analyzer_process (GstTfcAnalyzer *self, GstBuffer *buffer, GstTfcPostMessages post,
                          gboolean *held)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcResults *results = analyse (self, buffer, held), *unused, *unused_beside;

  if (!results) {
    g_clear_pointer (&priv->beside, gst_tfc_results_unref);
    return *held;
  }
  GST_OBJECT_LOCK (self);
  unused = priv->previous;
  priv->previous = priv->held;
  priv->held = results;
  unused_beside = priv->held_beside;
  priv->held_beside = priv->beside;
  priv->beside = NULL;
  gst_tfc_tracker_tell (priv->tracker, &priv->seen);
  GST_OBJECT_UNLOCK (self);
  gst_tfc_results_unref (unused);
  gst_tfc_results_unref (unused_beside);
  post_results (self, buffer, post);
  return TRUE;
}
