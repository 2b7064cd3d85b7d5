/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gsttfcanalyzerpriv.h"
#include "clock.h"
#include "gsttfcerror.h"
#include "gsttfcframe.h"

#define private_of gst_tfc_analyzer_private

gboolean
gst_tfc_analyzer_take_engine (GstTfcAnalyzer *self)
{
  GstTfcLoader *loader = &private_of (self)->loader;
  gboolean fresh;

  GST_OBJECT_LOCK (self);
  fresh = gst_tfc_loader_swap (loader);
  GST_TFC_ANALYZER_GET_CLASS (self)->snapshot (self, loader->engine->impl);
  GST_OBJECT_UNLOCK (self);
  return fresh;
}

static void
count_times (GstTfcAnalyzer *self, const gint64 *times)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  const gchar *const *stages = GST_TFC_ANALYZER_GET_CLASS (self)->stages;

  GST_OBJECT_LOCK (self);
  priv->stats.analysed++;
  for (guint i = 0; stages[i]; i++) {
    if (times[i] >= 0)
      gst_tfc_stats_time (&priv->stats, i, times[i]);
  }
  GST_OBJECT_UNLOCK (self);
}

/* NULL: an error was posted. */
static GstTfcResults *
analyse (GstTfcAnalyzer *self, GstBuffer *buffer)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcAnalyzerClass *klass = GST_TFC_ANALYZER_GET_CLASS (self);
  g_autoptr (GError) error = NULL;
  gint64 times[GST_TFC_STATS_STAGES] = {0}, start = tfc_now ();
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
  times[total] = tfc_now () - start;
  count_times (self, times);
  return results;
}

static void
post_results (GstTfcAnalyzer *self, const GstTfcResults *before, const GstTfcResults *after,
              GstClockTime pts, GstTfcPostMessages when)
{
  GstStructure *structure;

  if (when == GST_TFC_POST_MESSAGES_NONE ||
      (when == GST_TFC_POST_MESSAGES_CHANGES && !gst_tfc_results_differ (before, after)))
    return;
  structure = gst_tfc_results_structure (after, GST_TFC_ANALYZER_GET_CLASS (self)->message, pts,
                                         &GST_BASE_TRANSFORM (self)->segment);
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
  post_results (self, priv->before, priv->held, GST_BUFFER_PTS (buffer), post);
  return TRUE;
}
