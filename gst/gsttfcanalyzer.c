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

// clang-format off
#define FORMATS "{ NV12, NV21, I420, YV12, YUY2, UYVY, RGB, BGR, RGBx, BGRx, xRGB, xBGR, RGBA, " \
                "BGRA, ARGB, ABGR, GRAY8 }"
// clang-format on

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE (
    "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE (FORMATS)));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE (
    "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE (FORMATS)));

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

  return (GstTfcRequest){g_strdup (priv->model_path), priv->backend, priv->threads,
                         GST_TFC_ANALYZER_GET_CLASS (element)->choose (GST_TFC_ANALYZER (element))};
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
  memset (&priv->stats, 0, sizeof priv->stats);
  GST_OBJECT_UNLOCK (trans);
  return gst_tfc_loader_start (&priv->loader);
}

static void
forget (GstTfcAnalyzer *self)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcAnalyzerClass *klass = GST_TFC_ANALYZER_GET_CLASS (self);

  g_clear_pointer (&priv->held, gst_tfc_results_unref);
  priv->since = 0;
  priv->last_pts = priv->last_analysed = GST_CLOCK_TIME_NONE;
  if (klass->reset)
    klass->reset (self);
}

static gboolean
gst_tfc_analyzer_stop (GstBaseTransform *trans)
{
  gst_tfc_loader_stop (&private_of (trans)->loader);
  forget (GST_TFC_ANALYZER (trans));
  return TRUE;
}

static gboolean
gst_tfc_analyzer_set_caps (GstBaseTransform *trans, GstCaps *in, GstCaps *out)
{
  GstTfcAnalyzer *self = GST_TFC_ANALYZER (trans);
  GstTfcAnalyzerPrivate *priv = private_of (self);

  if (!gst_video_info_from_caps (&priv->info, in) ||
      !gst_tfc_frame_setup (&priv->view, &priv->info)) {
    GST_ERROR_OBJECT (self, "cannot read %" GST_PTR_FORMAT, in);
    return FALSE;
  }
  forget (self);
  return TRUE;
}

/* In place and blind to strides: whatever memory downstream likes is fine. Video meta is offered
 * where downstream understands it, because buffers go on as they come. */
static gboolean
gst_tfc_analyzer_propose_allocation (GstBaseTransform *trans, GstQuery *decide, GstQuery *query)
{
  return gst_pad_peer_query (GST_BASE_TRANSFORM_SRC_PAD (trans), query);
}

static gboolean
gst_tfc_analyzer_sink_event (GstBaseTransform *trans, GstEvent *event)
{
  GstTfcAnalyzerPrivate *priv = private_of (trans);

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_FLUSH_STOP:
    case GST_EVENT_SEGMENT:
    case GST_EVENT_STREAM_START:
      forget (GST_TFC_ANALYZER (trans));
      GST_OBJECT_LOCK (trans);
      priv->earliest = GST_CLOCK_TIME_NONE;
      GST_OBJECT_UNLOCK (trans);
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

/* Takes over a waiting engine and the settings, counts the frame. TRUE if the frame at running is
 * late. */
static gboolean
begin_frame (GstTfcAnalyzer *self, GstClockTime running)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  gboolean late;

  GST_OBJECT_LOCK (self);
  if (gst_tfc_loader_swap (&priv->loader))
    priv->since = 0;
  priv->now = priv->settings;
  GST_TFC_ANALYZER_GET_CLASS (self)->snapshot (self, priv->loader.engine->impl);
  late = priv->now.qos && GST_CLOCK_TIME_IS_VALID (running) &&
         GST_CLOCK_TIME_IS_VALID (priv->earliest) && running <= priv->earliest;
  gst_tfc_stats_frame (&priv->stats, tfc_now ());
  GST_OBJECT_UNLOCK (self);
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
  priv->since = 1;
  priv->last_analysed = running;
  return TRUE;
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

  if (!gst_video_frame_map (&frame, &priv->info, buffer, GST_MAP_READ)) {
    GST_ELEMENT_ERROR (self, STREAM, FORMAT, ("A buffer does not hold the frame its caps promise."),
                       ("%" G_GSIZE_FORMAT " bytes for %ux%u %s", gst_buffer_get_size (buffer),
                        priv->info.width, priv->info.height, GST_VIDEO_INFO_NAME (&priv->info)));
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
              GstClockTime pts)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstStructure *structure;

  if (priv->now.post_messages == GST_TFC_POST_MESSAGES_NONE ||
      (priv->now.post_messages == GST_TFC_POST_MESSAGES_CHANGES &&
       !gst_tfc_results_differ (before, after)))
    return;
  structure = gst_tfc_results_structure (after, GST_TFC_ANALYZER_GET_CLASS (self)->message, pts,
                                         &GST_BASE_TRANSFORM (self)->segment);
  gst_element_post_message (GST_ELEMENT (self),
                            gst_message_new_element (GST_OBJECT (self), structure));
}

/* A jump in time, as after a seek without flush: nothing followed so far holds. */
static gboolean
jumped (GstTfcAnalyzerPrivate *priv, GstBuffer *buffer)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer), last = priv->last_pts;

  priv->last_pts = pts;
  return GST_BUFFER_IS_DISCONT (buffer) && GST_CLOCK_TIME_IS_VALID (pts) &&
         GST_CLOCK_TIME_IS_VALID (last) && (pts < last || pts - last > PATIENCE);
}

static GstFlowReturn
gst_tfc_analyzer_transform_ip (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstTfcAnalyzer *self = GST_TFC_ANALYZER (trans);
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstClockTime running =
      gst_segment_to_running_time (&trans->segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  gboolean late = begin_frame (self, running), due;

  if (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_GAP))
    return GST_FLOW_OK; /* nothing to see in it */
  if (jumped (priv, buffer))
    forget (self);
  due = is_due (self, late, running);
  if (due) {
    GstTfcResults *results = analyse (self, buffer);
    if (!results)
      return GST_FLOW_ERROR;
    post_results (self, priv->held, results, GST_BUFFER_PTS (buffer));
    gst_tfc_results_unref (priv->held);
    priv->held = results;
  } else if (priv->held) {
    GST_OBJECT_LOCK (self);
    priv->stats.repeated++;
    GST_OBJECT_UNLOCK (self);
  }
  if (priv->held)
    gst_tfc_attach (buffer, priv->held, !due, priv->now.attach, priv->info.width,
                    priv->info.height);
  return GST_FLOW_OK;
}

static void
gst_tfc_analyzer_finalize (GObject *object)
{
  g_free (private_of (object)->model_path);
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
  priv->earliest = priv->last_pts = priv->last_analysed = GST_CLOCK_TIME_NONE;
  gst_base_transform_set_in_place (GST_BASE_TRANSFORM (self), TRUE);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), FALSE);
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
  gst_element_class_add_static_pad_template (element, &sink_template);
  gst_element_class_add_static_pad_template (element, &src_template);

  trans->passthrough_on_same_caps = FALSE;
  trans->transform_ip_on_passthrough = FALSE;
  trans->start = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_start);
  trans->stop = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_stop);
  trans->set_caps = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_set_caps);
  trans->propose_allocation = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_propose_allocation);
  trans->sink_event = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_sink_event);
  trans->src_event = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_src_event);
  trans->before_transform = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_before_transform);
  trans->transform_ip = GST_DEBUG_FUNCPTR (gst_tfc_analyzer_transform_ip);

  gst_type_mark_as_plugin_api (GST_TFC_TYPE_ANALYZER, 0);
}
