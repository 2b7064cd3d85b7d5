/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include "gsttfcanalyzerpriv.h"
#include "clock.h"
#include "gsttfcerror.h"
#include "gsttfcframe.h"

GST_DEBUG_CATEGORY_STATIC (gst_tfc_analyzer_debug);
#define GST_CAT_DEFAULT gst_tfc_analyzer_debug

#define PATIENCE \
  GST_SECOND /* of running time: qos skips at most so long, then one frame is analysed */

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

static GstTfcRequest
make_request (GstElement *element)
{
  GstTfcAnalyzerPrivate *priv = private_of (element);

  return (GstTfcRequest){
      .model_path = g_strdup (priv->model_path),
      .backend = priv->backend,
      .threads = priv->threads,
      .choice = GST_TFC_ANALYZER_GET_CLASS (element)->choose (GST_TFC_ANALYZER (element)),
      .engines = priv->share && priv->engines ? gst_tfc_engines_ref (priv->engines) : NULL};
}

static void
restore (GstElement *element, const GstTfcRequest *request)
{
  GstTfcAnalyzerPrivate *priv = private_of (element);

  priv->backend = request->backend;
  priv->threads = request->threads;
  GST_TFC_ANALYZER_GET_CLASS (element)->restore (GST_TFC_ANALYZER (element), request->choice);
}

void
gst_tfc_analyzer_reload (GstTfcAnalyzer *self)
{
  gst_tfc_loader_reload (&private_of (self)->loader);
}

gpointer
gst_tfc_analyzer_newest (GstTfcAnalyzer *self, gboolean *busy)
{
  GstTfcLoader *loader = &private_of (self)->loader;
  GstTfcEngine *newest = gst_tfc_loader_newest (loader);

  *busy = gst_tfc_loader_is_busy (loader) || loader->next != NULL;
  return newest ? newest->impl : NULL;
}

static gboolean
gst_tfc_analyzer_start (GstBaseTransform *trans)
{
  GstTfcAnalyzerPrivate *priv = private_of (trans);

  GST_OBJECT_LOCK (trans);
  priv->earliest = GST_CLOCK_TIME_NONE;
  priv->failed = FALSE;
  memset (&priv->stats, 0, sizeof priv->stats);
  GST_OBJECT_UNLOCK (trans);
  gst_tfc_latest_flush (&priv->latest, FALSE);
  gst_tfc_engines_find (GST_ELEMENT (trans));
  return gst_tfc_loader_start (&priv->loader);
}

static void
forget (GstTfcAnalyzer *self)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcAnalyzerClass *klass = GST_TFC_ANALYZER_GET_CLASS (self);

  gst_tfc_latest_drop (&priv->latest);
  g_clear_pointer (&priv->held, gst_tfc_results_unref);
  g_clear_pointer (&priv->before, gst_tfc_results_unref);
  priv->since = 0;
  priv->last_pts = priv->last_analysed = GST_CLOCK_TIME_NONE;
  if (klass->reset)
    klass->reset (self);
}

static gboolean
gst_tfc_analyzer_stop (GstBaseTransform *trans)
{
  GstTfcAnalyzerPrivate *priv = private_of (trans);

  gst_tfc_latest_stop (&priv->latest);
  gst_tfc_loader_stop (&priv->loader);
  forget (GST_TFC_ANALYZER (trans));
  gst_tfc_forward_clear (&priv->forward);
  return TRUE;
}

static gboolean
gst_tfc_analyzer_set_caps (GstBaseTransform *trans, GstCaps *in, GstCaps *out)
{
  GstTfcAnalyzer *self = GST_TFC_ANALYZER (trans);
  GstTfcAnalyzerPrivate *priv = private_of (self);

  g_autoptr (GError) error = NULL;

  gst_tfc_latest_drop (&priv->latest);
  if (!gst_video_info_from_caps (&priv->info, in)) {
    GST_ELEMENT_ERROR (self, STREAM, FORMAT, ("Video caps that GStreamer cannot make frames of."),
                       ("%" GST_PTR_FORMAT, in));
    return FALSE;
  }
  if (!gst_tfc_frame_setup (&priv->view, &priv->info, &error)) {
    gst_tfc_post_error (GST_ELEMENT (self), GST_MESSAGE_ERROR, error);
    return FALSE;
  }
  forget (self);
  return TRUE;
}

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
static gboolean
gst_tfc_analyzer_propose_allocation (GstBaseTransform *trans, GstQuery *decide, GstQuery *query)
{
  gboolean answered = gst_pad_peer_query (GST_BASE_TRANSFORM_SRC_PAD (trans), query);
  GstTfcMode mode;

  GST_OBJECT_LOCK (trans);
  mode = private_of (trans)->settings.mode;
  GST_OBJECT_UNLOCK (trans);
  return mode == GST_TFC_MODE_LATEST ? ask_for_two (GST_TFC_ANALYZER (trans), query) : answered;
}

static gboolean
gst_tfc_analyzer_sink_event (GstBaseTransform *trans, GstEvent *event)
{
  GstTfcAnalyzerPrivate *priv = private_of (trans);

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_FLUSH_START:
      gst_tfc_latest_flush (&priv->latest, TRUE);
      break;
    case GST_EVENT_EOS:
      gst_tfc_latest_finish (&priv->latest); /* messages of what was taken in come first */
      break;
    case GST_EVENT_FLUSH_STOP:
    case GST_EVENT_SEGMENT:
    case GST_EVENT_STREAM_START:
      forget (GST_TFC_ANALYZER (trans));
      GST_OBJECT_LOCK (trans);
      priv->earliest = GST_CLOCK_TIME_NONE;
      GST_OBJECT_UNLOCK (trans);
      if (GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP)
        gst_tfc_latest_flush (&priv->latest, FALSE);
      break;
    default:
      break;
  }
  return GST_BASE_TRANSFORM_CLASS (gst_tfc_analyzer_parent_class)->sink_event (trans, event);
}

static gboolean
gst_tfc_analyzer_src_event (GstBaseTransform *trans, GstEvent *event)
{
  GstTfcAnalyzerPrivate *priv = private_of (trans);

  if (GST_EVENT_TYPE (event) == GST_EVENT_QOS) {
    GstClockTimeDiff late;
    GstClockTime at;
    gst_event_parse_qos (event, NULL, NULL, &late, &at);
    GST_OBJECT_LOCK (trans);
    priv->earliest =
        GST_CLOCK_TIME_IS_VALID (at) ? at + MAX (late, -(GstClockTimeDiff)at) : GST_CLOCK_TIME_NONE;
    GST_OBJECT_UNLOCK (trans);
  }
  return GST_BASE_TRANSFORM_CLASS (gst_tfc_analyzer_parent_class)->src_event (trans, event);
}

static void
gst_tfc_analyzer_before_transform (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstClockTime time =
      gst_segment_to_stream_time (&trans->segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));

  if (GST_CLOCK_TIME_IS_VALID (time))
    gst_object_sync_values (GST_OBJECT (trans), time);
}

/* Takes the settings, counts the frame; without latest also the engine. TRUE if the frame at
 * running is late. */
static gboolean
begin_frame (GstTfcAnalyzer *self, GstClockTime running)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  gboolean late;

  GST_OBJECT_LOCK (self);
  priv->now = priv->settings;
  late = priv->now.qos && GST_CLOCK_TIME_IS_VALID (running) &&
         GST_CLOCK_TIME_IS_VALID (priv->earliest) && running <= priv->earliest;
  priv->number = priv->loader.engine->number;
  gst_tfc_stats_frame (&priv->stats, tfc_now ());
  GST_OBJECT_UNLOCK (self);
  if (priv->now.mode == GST_TFC_MODE_SYNC) {
    gst_tfc_latest_drop (&priv->latest); /* it may have been on until now */
    if (gst_tfc_analyzer_take_engine (self))
      priv->since = 0;
  }
  return late;
}

/* Whether this frame is looked at; counts it as skipped if it is due but late. */
static gboolean
is_due (GstTfcAnalyzer *self, gboolean late, GstClockTime running)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);

  if (priv->since != 0 && priv->since < priv->now.interval) {
    priv->since++;
    return FALSE;
  }
  if (late && GST_CLOCK_TIME_IS_VALID (priv->last_analysed) &&
      running < priv->last_analysed + PATIENCE) {
    GST_OBJECT_LOCK (self);
    priv->stats.skipped++;
    GST_OBJECT_UNLOCK (self);
    return FALSE;
  }
  /* Streams that share a network and began together do not all come to it at the same frame. */
  priv->since = priv->since == 0 ? 1 + priv->number % priv->now.interval : 1;
  priv->last_analysed = running;
  return TRUE;
}

/* A discontinuity: nothing followed so far holds. Not where only some frames were dropped before
 * this one, as leaky queues and live sources do all the time: then it is later than the next frame
 * would have been, but not by long. */
static gboolean
jumped (const GstTfcAnalyzerPrivate *priv, GstBuffer *buffer)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer), last = priv->last_pts, frame = 0;

  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    frame = GST_BUFFER_DURATION (buffer);
  else if (priv->info.fps_n > 0)
    frame = gst_util_uint64_scale_int (GST_SECOND, priv->info.fps_d, priv->info.fps_n);
  if (!GST_BUFFER_IS_DISCONT (buffer))
    return FALSE;
  return !GST_CLOCK_TIME_IS_VALID (pts) || !GST_CLOCK_TIME_IS_VALID (last) ||
         pts <= last + frame * 3 / 2 || pts - last > PATIENCE;
}

/* The buffer waits for its result, if it is due. */
static GstFlowReturn
wait_for_result (GstTfcAnalyzer *self, GstBuffer *buffer, gboolean due)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);

  if (due && !gst_tfc_analyzer_look (self, buffer, priv->now.post_messages))
    return GST_FLOW_ERROR;
  if (!priv->held)
    return GST_FLOW_OK;
  if (!due) {
    GST_OBJECT_LOCK (self);
    priv->stats.repeated++;
    gst_tfc_stats_lag (&priv->stats, GST_BUFFER_PTS (buffer), gst_tfc_results_get_pts (priv->held));
    GST_OBJECT_UNLOCK (self);
  }
  gst_tfc_attach (buffer, priv->held, !due, priv->now.attach, priv->info.width, priv->info.height);
  return GST_FLOW_OK;
}

/* mode=latest, on its thread. */
static void
look_at_newest (gpointer self, GstBuffer *buffer)
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

static void
attach_newest (GstTfcAnalyzer *self, GstBuffer *buffer)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcResults *held, *before, *shown;

  GST_OBJECT_LOCK (self);
  held = priv->held ? gst_tfc_results_ref (priv->held) : NULL;
  before = priv->before ? gst_tfc_results_ref (priv->before) : NULL;
  if (held) {
    priv->stats.repeated++;
    gst_tfc_stats_lag (&priv->stats, GST_BUFFER_PTS (buffer), gst_tfc_results_get_pts (held));
  }
  GST_OBJECT_UNLOCK (self);
  if (held) {
    shown = gst_tfc_forward (&priv->forward, before, held, GST_BUFFER_PTS (buffer));
    gst_tfc_attach (buffer, shown, TRUE, priv->now.attach, priv->info.width, priv->info.height);
    gst_tfc_results_unref (shown);
  }
  gst_tfc_results_unref (held);
  gst_tfc_results_unref (before);
}

/* The buffer passes with what there is. */
static GstFlowReturn
pass_at_once (GstTfcAnalyzer *self, GstBuffer *buffer, gboolean due)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  gboolean dropped, failed;

  attach_newest (self, buffer); /* before somebody else holds the buffer too */
  dropped = due && gst_tfc_latest_offer (&priv->latest, gst_buffer_ref (buffer));
  GST_OBJECT_LOCK (self);
  priv->stats.dropped += dropped;
  failed = priv->failed;
  GST_OBJECT_UNLOCK (self);
  return failed ? GST_FLOW_ERROR : GST_FLOW_OK;
}

static GstFlowReturn
gst_tfc_analyzer_transform_ip (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstTfcAnalyzer *self = GST_TFC_ANALYZER (trans);
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstClockTime running =
      gst_segment_to_running_time (&trans->segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  gboolean late = begin_frame (self, running);

  if (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_GAP))
    return GST_FLOW_OK; /* nothing to see in it */
  if (jumped (priv, buffer))
    forget (self);
  priv->last_pts = GST_BUFFER_PTS (buffer);
  if (priv->now.mode == GST_TFC_MODE_LATEST)
    return pass_at_once (self, buffer, is_due (self, FALSE, running));
  return wait_for_result (self, buffer, is_due (self, late, running));
}

static void
gst_tfc_analyzer_set_context (GstElement *element, GstContext *context)
{
  GstTfcAnalyzerPrivate *priv = private_of (element);
  GstTfcEngines *old;

  if (gst_context_has_context_type (context, GST_TFC_ENGINES_CONTEXT)) {
    GST_OBJECT_LOCK (element);
    old = priv->engines;
    priv->engines = gst_tfc_engines_from_context (context);
    GST_OBJECT_UNLOCK (element);
    gst_tfc_engines_unref (old);
  }
  GST_ELEMENT_CLASS (gst_tfc_analyzer_parent_class)->set_context (element, context);
}

static gboolean
gst_tfc_analyzer_query (GstBaseTransform *trans, GstPadDirection direction, GstQuery *query)
{
  GstContext *context;
  const gchar *type;

  if (GST_QUERY_TYPE (query) == GST_QUERY_CONTEXT && gst_query_parse_context_type (query, &type) &&
      g_str_equal (type, GST_TFC_ENGINES_CONTEXT) &&
      (context = gst_element_get_context (GST_ELEMENT (trans), type))) {
    gst_query_set_context (query, context);
    gst_context_unref (context);
    return TRUE;
  }
  return GST_BASE_TRANSFORM_CLASS (gst_tfc_analyzer_parent_class)->query (trans, direction, query);
}

/* An EOS that waits for an analysis does not hold up who stops the element. */
static GstStateChangeReturn
gst_tfc_analyzer_change_state (GstElement *element, GstStateChange transition)
{
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    gst_tfc_latest_flush (&private_of (element)->latest, TRUE);
  return GST_ELEMENT_CLASS (gst_tfc_analyzer_parent_class)->change_state (element, transition);
}

static void
gst_tfc_analyzer_finalize (GObject *object)
{
  GstTfcAnalyzerPrivate *priv = private_of (object);

  gst_tfc_latest_clear (&priv->latest);
  gst_tfc_engines_unref (priv->engines);
  g_free (priv->model_path);
  G_OBJECT_CLASS (gst_tfc_analyzer_parent_class)->finalize (object);
}

static void
gst_tfc_analyzer_constructed (GObject *object)
{
  GstTfcAnalyzerPrivate *priv = private_of (object);

  priv->loading =
      (GstTfcLoaderVTable){&GST_TFC_ANALYZER_GET_CLASS (object)->engine, make_request, restore};
  gst_tfc_loader_init (&priv->loader, GST_ELEMENT (object), &priv->loading);
  G_OBJECT_CLASS (gst_tfc_analyzer_parent_class)->constructed (object);
}

static void
gst_tfc_analyzer_init (GstTfcAnalyzer *self)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);

  gst_tfc_analyzer_set_defaults (priv);
  gst_tfc_latest_init (&priv->latest, self, look_at_newest);
  priv->earliest = priv->last_pts = priv->last_analysed = GST_CLOCK_TIME_NONE;
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
  gst_tfc_analyzer_install_properties (object);
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

  gst_type_mark_as_plugin_api (GST_TFC_TYPE_ANALYZER, 0);
}
