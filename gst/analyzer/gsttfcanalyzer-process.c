/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gst/analyzer/gsttfcanalyzer-private.h"
#include "models/clock.h"
#include "gst/util/gsttfcerror.h"
#include "gst/util/gsttfcframe.h"
#include "gst/util/gsttfctimes.h"

#define private_of gst_tfc_analyzer_private

gboolean
gst_tfc_analyzer_take_engine (GstTfcAnalyzer *self)
{
  GstTfcModelLoader *loader = &private_of (self)->loader;
  guint threads_before;
  gboolean fresh;

  GST_OBJECT_LOCK (self);
  threads_before = loader->engine->threads;
  fresh = gst_tfc_model_loader_swap (loader);
  GST_TFC_ANALYZER_GET_CLASS (self)->snapshot (self, loader->engine->impl);
  GST_OBJECT_UNLOCK (self);
  if (fresh) {
    GST_INFO_OBJECT (self, "swapped: %s runs from now on, %u threads", loader->engine->network,
                     loader->engine->threads);
    gst_tfc_analyzer_notify_engine (self, threads_before);
  }
  return fresh;
}

static void
count_times (GstTfcAnalyzer *self, const gint64 *times, gint64 now)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  const gchar *const *stages = GST_TFC_ANALYZER_GET_CLASS (self)->stages;
  gboolean grew;

  GST_OBJECT_LOCK (self);
  priv->stats.analysed++;
  for (guint i = 0; stages[i]; i++) {
    if (times[i] >= 0)
      gst_tfc_stats_time (&priv->stats, i, times[i]);
  }
  grew = gst_tfc_analyzer_latency_grew (self, now);
  GST_OBJECT_UNLOCK (self);
  if (grew)
    gst_element_post_message (GST_ELEMENT (self), gst_message_new_latency (GST_OBJECT (self)));
}

/* NULL: an error was posted. */
static GstTfcResults *
analyse (GstTfcAnalyzer *self, GstBuffer *buffer)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcAnalyzerClass *klass = GST_TFC_ANALYZER_GET_CLASS (self);
  g_autoptr (GError) error = NULL;
  gint64 times[GST_TFC_STATS_STAGES] = {0}, start = tfc_now (), end;
  GstTfcResults *results;
  GstVideoFrame frame;
  guint total = 0;

  if (!gst_tfc_frame_map (&frame, &priv->info, buffer, GST_MAP_READ, &error)) {
    gst_tfc_post_error (GST_ELEMENT (self), GST_MESSAGE_ERROR, error);
    return NULL;
  }
  gst_tfc_frame_show (&priv->view, &frame);
  results = klass->run (self, priv->loader.engine->impl, &priv->view, GST_BUFFER_PTS (buffer),
                        times, &error);
  gst_video_frame_unmap (&frame);
  if (!results) {
    gst_tfc_post_error (GST_ELEMENT (self), GST_MESSAGE_ERROR, error);
    return NULL;
  }
  while (klass->stages[total + 1])
    total++;
  end = tfc_now ();
  times[total] = end - start;
  count_times (self, times, end);
  GST_LOG_OBJECT (self, "%" GST_TIME_FORMAT ": analysed, %u results in %" G_GINT64_FORMAT " us",
                  GST_TIME_ARGS (GST_BUFFER_PTS (buffer)), gst_tfc_results_size (results),
                  times[total] / 1000);
  return results;
}

static void
post_results (GstTfcAnalyzer *self, GstBuffer *buffer, GstTfcPostMessages when)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcTimes times = {.pts = GST_BUFFER_PTS (buffer)};
  GstStructure *structure;

  if (when == GST_TFC_POST_MESSAGES_NONE ||
      (when == GST_TFC_POST_MESSAGES_CHANGES && !gst_tfc_results_differ (priv->before, priv->held)))
    return;
  gst_tfc_buffer_times (GST_BASE_TRANSFORM (self), buffer, &times.running, &times.stream);
  structure =
      gst_tfc_results_structure (priv->held, GST_TFC_ANALYZER_GET_CLASS (self)->message, &times);
  gst_element_post_message (GST_ELEMENT (self),
                            gst_message_new_element (GST_OBJECT (self), structure));
}

gboolean
gst_tfc_analyzer_look (GstTfcAnalyzer *self, GstBuffer *buffer, GstTfcPostMessages post)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcResults *results = analyse (self, buffer), *unused;

  if (!results)
    return FALSE;
  GST_OBJECT_LOCK (self);
  unused = priv->before;
  priv->before = priv->held;
  priv->held = results;
  GST_OBJECT_UNLOCK (self);
  gst_tfc_results_unref (unused);
  post_results (self, buffer, post);
  return TRUE;
}
