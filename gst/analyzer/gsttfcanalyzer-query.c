/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcanalyzer-private.h"

#define private_of gst_tfc_analyzer_private

/* ---- latency ---- */

/* Lock held. How long a buffer waits for its result, as measured; before that as long as a frame
 * lasts, which is what an analysis that keeps up takes at most. */
static GstClockTime
bound (GstTfcAnalyzer *self)
{
  const GstTfcAnalyzerPrivate *priv = private_of (self);
  const TfcDurations *total = &priv->stats.stage[GST_TFC_STAGE_TOTAL];

  return priv->stats.analysed < 2 ? priv->frame_duration
                                  : (GstClockTime)tfc_durations_bound (total);
}

/* The same with a reserve: what is a little slower is no reason for another message. */
static GstClockTime
bound_to_promise (GstTfcAnalyzer *self)
{
  const GstClockTime b = bound (self);

  return private_of (self)->stats.analysed < 2 ? b : b + b / 4;
}

/* Looks once a second, so a burst of slow frames is one message; and the reserve has to be used up
 * first, so the next message is not before it grows by a quarter again. */
gboolean
gst_tfc_analyzer_latency_grew (GstTfcAnalyzer *self, gint64 now)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);

  if (priv->settings.mode != GST_TFC_MODE_SYNC || priv->stats.analysed < 2 ||
      (priv->latency_checked && now - priv->latency_checked < (gint64)GST_SECOND))
    return FALSE;
  priv->latency_checked = now;
  if (!priv->latency) /* nobody asked yet */
    priv->latency = priv->frame_duration;
  if (bound (self) <= priv->latency)
    return FALSE;
  priv->latency = bound_to_promise (self);
  GST_DEBUG_OBJECT (self, "latency grows to %" GST_TIME_FORMAT, GST_TIME_ARGS (priv->latency));
  return TRUE;
}

/* mode=sync: what upstream says, and the time that a buffer waits here. */
static void
add_latency (GstTfcAnalyzer *self, GstQuery *query)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstClockTime min, max, own;
  gboolean live;

  GST_OBJECT_LOCK (self);
  own = priv->settings.mode == GST_TFC_MODE_SYNC ? bound_to_promise (self) : 0;
  priv->latency = own;
  GST_OBJECT_UNLOCK (self);
  gst_query_parse_latency (query, &live, &min, &max);
  GST_DEBUG_OBJECT (self, "latency: %" GST_TIME_FORMAT " more than upstream's %" GST_TIME_FORMAT,
                    GST_TIME_ARGS (own), GST_TIME_ARGS (min));
  gst_query_set_latency (query, live, min + own,
                         GST_CLOCK_TIME_IS_VALID (max) ? max + own : GST_CLOCK_TIME_NONE);
}

/* ---- contexts ---- */

void
gst_tfc_analyzer_set_context (GstElement *element, GstContext *context)
{
  GstTfcAnalyzerPrivate *priv = private_of (element);
  gpointer parent = g_type_class_peek (GST_TYPE_BASE_TRANSFORM);
  GstTfcModelCache *old;

  if (gst_context_has_context_type (context, GST_TFC_MODEL_CACHE_CONTEXT)) {
    GST_OBJECT_LOCK (element);
    old = priv->cache;
    priv->cache = gst_tfc_model_cache_from_context (context);
    GST_OBJECT_UNLOCK (element);
    gst_tfc_model_cache_unref (old);
  }
  GST_ELEMENT_CLASS (parent)->set_context (element, context);
}

/* FALSE: not a question that this element knows the answer of. */
static gboolean
answer_context (GstElement *element, GstQuery *query)
{
  GstContext *context;
  const gchar *type;

  if (!gst_query_parse_context_type (query, &type) ||
      !g_str_equal (type, GST_TFC_MODEL_CACHE_CONTEXT))
    return FALSE;
  context = gst_element_get_context (element, type);
  if (!context)
    return FALSE;
  gst_query_set_context (query, context);
  gst_context_unref (context);
  return TRUE;
}

gboolean
gst_tfc_analyzer_query (GstBaseTransform *trans, GstPadDirection direction, GstQuery *query)
{
  GstBaseTransformClass *parent = g_type_class_peek (GST_TYPE_BASE_TRANSFORM);

  if (GST_QUERY_TYPE (query) == GST_QUERY_CONTEXT && answer_context (GST_ELEMENT (trans), query))
    return TRUE;
  if (!parent->query (trans, direction, query))
    return FALSE;
  if (GST_QUERY_TYPE (query) == GST_QUERY_LATENCY && direction == GST_PAD_SRC)
    add_latency (GST_TFC_ANALYZER (trans), query);
  return TRUE;
}

/* ---- allocation ---- */

/* Two buffers more than others need: the one that is analysed and the one that waits. */
static gboolean
ask_for_two (GstTfcAnalyzer *self, GstQuery *query)
{
  guint n = gst_query_get_n_allocation_pools (query), size, min, max;
  GstBufferPool *pool;
  GstVideoInfo info;
  GstCaps *caps;

  for (guint i = 0; i < n; i++) {
    gst_query_parse_nth_allocation_pool (query, i, &pool, &size, &min, &max);
    min = max ? MIN (min + 2, max) : min + 2;
    gst_query_set_nth_allocation_pool (query, i, pool, size, min, max);
    gst_clear_object (&pool);
  }
  gst_query_parse_allocation (query, &caps, NULL);
  if (n == 0 && caps && gst_video_info_from_caps (&info, caps))
    gst_query_add_allocation_pool (query, NULL, info.size, 2, 0);
  return TRUE;
}

/* In place and blind to strides: whatever memory downstream likes is fine. Video meta is offered
 * where downstream understands it, because buffers go on as they come. */
gboolean
gst_tfc_analyzer_propose_allocation (GstBaseTransform *trans, GstQuery *decide, GstQuery *query)
{
  gboolean answered = gst_pad_peer_query (GST_BASE_TRANSFORM_SRC_PAD (trans), query);
  GstTfcMode mode;

  GST_OBJECT_LOCK (trans);
  mode = private_of (trans)->settings.mode;
  GST_OBJECT_UNLOCK (trans);
  return mode == GST_TFC_MODE_LATEST ? ask_for_two (GST_TFC_ANALYZER (trans), query) : answered;
}
