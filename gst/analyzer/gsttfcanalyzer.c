/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/analyzer/gsttfcanalyzer-private.h"
#include "gst/util/gsttfcerror.h"
#include "gst/util/gsttfcframe.h"

GST_DEBUG_CATEGORY (gst_tfc_analyzer_debug);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (GstTfcAnalyzer, gst_tfc_analyzer, GST_TYPE_BASE_TRANSFORM,
                                  G_ADD_PRIVATE (GstTfcAnalyzer);
                                  GST_DEBUG_CATEGORY_INIT (gst_tfc_analyzer_debug, "tfcanalyzer", 0,
                                                           "base of tfcdetect and tfcfacemesh"))

GstTfcAnalyzerPrivate *
gst_tfc_analyzer_private (gpointer analyzer)
{
  return gst_tfc_analyzer_get_instance_private (analyzer);
}

#define private_of gst_tfc_analyzer_private

/* ---- models ---- */

void
gst_tfc_analyzer_reload (GObject *self)
{
  gst_tfc_model_loader_reload (&private_of (self)->loader);
}

GstTfcModel *
gst_tfc_analyzer_newest_model (GstTfcAnalyzer *self)
{
  const GstTfcModelLoader *loader = &private_of (self)->loader;

  return gst_tfc_model_loader_is_busy (loader) ? NULL : gst_tfc_model_loader_newest (loader);
}

/* ---- start, stop, reset ---- */

static gboolean
gst_tfc_analyzer_start (GstBaseTransform *trans)
{
  GstTfcAnalyzerPrivate *priv = private_of (trans);

  GST_OBJECT_LOCK (trans);
  priv->lateness = (GstTfcLateness){GST_CLOCK_TIME_NONE, 1};
  priv->failed = FALSE;
  priv->latency = 0;
  priv->frame_duration = GST_SECOND / 30;
  priv->latency_checked = 0;
  memset (&priv->stats, 0, sizeof priv->stats);
  GST_OBJECT_UNLOCK (trans);
  priv->stats_told = 0;
  gst_tfc_async_flush (&priv->worker, FALSE);
  gst_tfc_model_cache_find (GST_ELEMENT (trans));
  if (!gst_tfc_roi_start (GST_TFC_ANALYZER (trans)) || !gst_tfc_model_loader_start (&priv->loader))
    return FALSE;
  gst_tfc_analyzer_notify_model (GST_TFC_ANALYZER (trans), 0);
  return TRUE;
}

void
gst_tfc_analyzer_reset (GstTfcAnalyzer *self, const gchar *why)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcAnalyzerClass *klass = GST_TFC_ANALYZER_GET_CLASS (self);

  GST_DEBUG_OBJECT (self, "reset: %s", why);
  priv->strategy->cancel (self);
  g_clear_pointer (&priv->held, gst_tfc_results_unref);
  g_clear_pointer (&priv->previous, gst_tfc_results_unref);
  g_clear_pointer (&priv->held_beside, gst_tfc_results_unref);
  priv->since = 0;
  priv->last = priv->last_analysed = GST_CLOCK_TIME_NONE;
  gst_tfc_tracker_reset (priv->tracker);
  if (klass->reset)
    klass->reset (self);
}

static gboolean
gst_tfc_analyzer_stop (GstBaseTransform *trans)
{
  GstTfcAnalyzer *self = GST_TFC_ANALYZER (trans);
  GstTfcAnalyzerPrivate *priv = private_of (trans);
  guint threads_before;

  gst_tfc_async_stop (&priv->worker);
  GST_OBJECT_LOCK (self);
  threads_before = priv->loader.model ? priv->loader.model->threads : 0;
  gst_tfc_class_filter_use (&priv->filter, NULL, TRUE);
  GST_OBJECT_UNLOCK (self);
  gst_tfc_model_loader_stop (&priv->loader);
  gst_tfc_analyzer_reset (self, "stopped");
  gst_tfc_extrapolator_clear (&priv->extrapolator);
  gst_tfc_analyzer_notify_model (self, threads_before);
  return TRUE;
}

static GstClockTime
duration_of (const GstVideoInfo *info)
{
  return info->fps_n > 0 && info->fps_d > 0
             ? gst_util_uint64_scale_int (GST_SECOND, info->fps_d, info->fps_n)
             : GST_SECOND / 30;
}

static gboolean
gst_tfc_analyzer_set_caps (GstBaseTransform *trans, GstCaps *in, GstCaps *out)
{
  GstTfcAnalyzer *self = GST_TFC_ANALYZER (trans);
  GstTfcAnalyzerPrivate *priv = private_of (self);
  g_autoptr (GError) error = NULL;

  priv->strategy->cancel (self);
  if (!gst_tfc_frame_parse_caps (&priv->info, in, &error) ||
      !gst_tfc_frame_setup (&priv->view, &priv->info, &error)) {
    gst_tfc_post_error (GST_ELEMENT (self), GST_MESSAGE_ERROR, error);
    return FALSE;
  }
  GST_OBJECT_LOCK (self);
  priv->frame_duration = duration_of (&priv->info);
  GST_OBJECT_UNLOCK (self);
  GST_DEBUG_OBJECT (self, "caps: %" GST_PTR_FORMAT, in);
  gst_tfc_analyzer_reset (self, "caps");
  return TRUE;
}

static void
begin_anew (GstBaseTransform *trans, GstEvent *event)
{
  GstTfcAnalyzerPrivate *priv = private_of (trans);

  gst_tfc_analyzer_reset (GST_TFC_ANALYZER (trans), GST_EVENT_TYPE_NAME (event));
  GST_OBJECT_LOCK (trans);
  priv->lateness = (GstTfcLateness){GST_CLOCK_TIME_NONE, 1};
  GST_OBJECT_UNLOCK (trans);
}

static gboolean
gst_tfc_analyzer_sink_event (GstBaseTransform *trans, GstEvent *event)
{
  GstTfcAnalyzerPrivate *priv = private_of (trans);

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_FLUSH_START:
      GST_DEBUG_OBJECT (trans, "flush starts");
      gst_tfc_async_flush (&priv->worker, TRUE);
      break;
    case GST_EVENT_EOS:
      priv->strategy->drain (
          GST_TFC_ANALYZER (trans)); /* messages of what was taken in come first */
      gst_tfc_analyzer_notify_stats (GST_TFC_ANALYZER (trans));
      break;
    case GST_EVENT_FLUSH_STOP:
      GST_DEBUG_OBJECT (trans, "flush stops");
      begin_anew (trans, event);
      gst_tfc_async_flush (&priv->worker, FALSE);
      break;
    case GST_EVENT_SEGMENT:
    case GST_EVENT_STREAM_START:
      begin_anew (trans, event);
      break;
    default:
      break;
  }
  return GST_BASE_TRANSFORM_CLASS (gst_tfc_analyzer_parent_class)->sink_event (trans, event);
}

/* QoS events go past the base class, which would drop the buffers that come late; here they pass.
 */
static gboolean
gst_tfc_analyzer_src_event (GstBaseTransform *trans, GstEvent *event)
{
  GstTfcAnalyzerPrivate *priv = private_of (trans);
  GstTfcLateness lateness;
  GstClockTimeDiff late;
  GstClockTime at;

  if (GST_EVENT_TYPE (event) != GST_EVENT_QOS)
    return GST_BASE_TRANSFORM_CLASS (gst_tfc_analyzer_parent_class)->src_event (trans, event);
  gst_event_parse_qos (event, NULL, &lateness.proportion, &late, &at);
  lateness.earliest =
      GST_CLOCK_TIME_IS_VALID (at) ? at + MAX (late, -(GstClockTimeDiff)at) : GST_CLOCK_TIME_NONE;
  GST_OBJECT_LOCK (trans);
  priv->lateness = lateness;
  GST_OBJECT_UNLOCK (trans);
  return gst_pad_push_event (GST_BASE_TRANSFORM_SINK_PAD (trans), event);
}

/* An EOS that waits for an analysis does not hold up who stops the element. */
static GstStateChangeReturn
gst_tfc_analyzer_change_state (GstElement *element, GstStateChange transition)
{
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    gst_tfc_async_flush (&private_of (element)->worker, TRUE);
  return GST_ELEMENT_CLASS (gst_tfc_analyzer_parent_class)->change_state (element, transition);
}

/* The subclass's settings: only now is it known whose object this is. */
static void
gst_tfc_analyzer_constructed (GObject *object)
{
  gst_tfc_analyzer_init_own_settings (GST_TFC_ANALYZER (object));
  G_OBJECT_CLASS (gst_tfc_analyzer_parent_class)->constructed (object);
}

static void
gst_tfc_analyzer_finalize (GObject *object)
{
  GstTfcAnalyzerPrivate *priv = private_of (object);

  gst_tfc_async_clear (&priv->worker);
  gst_tfc_model_loader_clear (&priv->loader);
  gst_tfc_model_cache_unref (priv->cache);
  gst_tfc_tracker_free (priv->tracker);
  gst_tfc_analyzer_clear_settings (GST_TFC_ANALYZER (object));
  G_OBJECT_CLASS (gst_tfc_analyzer_parent_class)->finalize (object);
}

static void
gst_tfc_analyzer_init (GstTfcAnalyzer *self)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);

  gst_tfc_analyzer_init_settings (self);
  gst_tfc_model_loader_init (&priv->loader, self);
  gst_tfc_async_init (&priv->worker, self, gst_tfc_analyzer_process_async);
  priv->strategy = gst_tfc_analyzer_strategy (priv->settings.mode);
  priv->lateness = (GstTfcLateness){GST_CLOCK_TIME_NONE, 1};
  priv->last = priv->last_analysed = GST_CLOCK_TIME_NONE;
  gst_base_transform_set_in_place (GST_BASE_TRANSFORM (self), TRUE);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), FALSE);
}

static void
add_pad_template (GstElementClass *element, const gchar *name, GstPadDirection direction)
{
  GstCaps *caps = gst_tfc_frame_caps ();

  gst_element_class_add_pad_template (element,
                                      gst_pad_template_new (name, direction, GST_PAD_ALWAYS, caps));
  gst_caps_unref (caps);
}

static void
gst_tfc_analyzer_class_init (GstTfcAnalyzerClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GstElementClass *element = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *trans = GST_BASE_TRANSFORM_CLASS (klass);

  object->constructed = gst_tfc_analyzer_constructed;
  object->finalize = gst_tfc_analyzer_finalize;
  gst_tfc_analyzer_install_properties (klass);
  element->set_context = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_set_context);
  element->change_state = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_change_state);
  add_pad_template (element, "sink", GST_PAD_SINK);
  add_pad_template (element, "src", GST_PAD_SRC);

  trans->passthrough_on_same_caps = FALSE;
  trans->transform_ip_on_passthrough = FALSE;
  trans->start = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_start);
  trans->stop = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_stop);
  trans->set_caps = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_set_caps);
  trans->propose_allocation = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_propose_allocation);
  trans->sink_event = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_sink_event);
  trans->src_event = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_src_event);
  trans->query = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_query);
  trans->before_transform = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_before_transform);
  trans->transform_ip = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_transform_ip);

  gst_type_mark_as_plugin_api (GST_TYPE_TFC_ANALYZER, 0);
}
