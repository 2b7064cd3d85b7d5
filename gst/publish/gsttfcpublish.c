/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/**
 * SECTION:element-tfcpublish
 * @title: tfcpublish
 * @short_description: tells what the tfc elements and other detectors see as lines of JSON
 *
 * Passes buffers of any kind, untouched, and writes what is on them as JSON, one object a line:
 * objects, faces, bodies, hands, classes, masks, and events of zones. It reads the metadata of the
 * tfc elements; if there is none, object detections of GStreamer's analytics library (with
 * GStreamer 1.24 or newer); if there are none of those either, #GstVideoRegionOfInterestMeta.
 *
 * Lines go to #GstTfcPublish:location, a file, standard output or a unix socket, or to the MQTT
 * broker at #GstTfcPublish:address, and also as a stream of text with the times of the buffers to
 * the pad `text`, for muxers and other elements. With neither, only the text pad has them.
 *
 * The stream is never held up: a thread writes, from a queue of 1000 lines. When the queue is full
 * the oldest line goes, and the next one that is written says how many did.
 *
 * docs/guide/publish.md describes every property and the line; docs/tfc-line.schema.json is a JSON
 * schema of it.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 -q v4l2src ! tfcdetect base-model=mobilenet-v1-quant ! tfcpublish location=- ! \
 *   fakesink
 * ]|
 * Prints a line whenever other objects are seen than before.
 * |[
 * gst-launch-1.0 v4l2src ! tfcdetect base-model=mobilenet-v1-quant tracking=motion ! \
 *   tfczones zones-file=porch.zones ! tfcpublish source=door when=events \
 *   location=out/door-%Y%m%d.jsonl max-bytes=10000000 ! fakesink
 * ]|
 * A file a day of who came and went.
 * |[
 * gst-launch-1.0 filesrc location=in.mp4 ! decodebin ! tfcdetect \
 *   base-model=mobilenet-v1-quant ! tfcpublish name=p when=all ! videoconvert ! x264enc \
 *   tune=zerolatency ! matroskamux name=mux ! filesink location=out.mkv p.text ! queue ! mux.
 * ]|
 * Records what is seen as a track of its own.
 *
 * Since: 0.1
 */
#include "gst/publish/gsttfcpublish.h"
#include "gst/util/gsttfcdebug.h"

GST_DEBUG_CATEGORY (gst_tfc_publish_debug);
#define GST_CAT_DEFAULT gst_tfc_publish_debug

static GstStaticPadTemplate sink_template =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
static GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
static GstStaticPadTemplate text_template = GST_STATIC_PAD_TEMPLATE (
    "text", GST_PAD_SRC, GST_PAD_REQUEST, GST_STATIC_CAPS (GST_TFC_TEXT_CAPS));

G_DEFINE_TYPE (GstTfcPublish, gst_tfc_publish, GST_TYPE_BASE_TRANSFORM)
GST_ELEMENT_REGISTER_DEFINE (tfcpublish, "tfcpublish", GST_RANK_NONE, GST_TYPE_TFC_PUBLISH)

/* ---- streaming ---- */

static gboolean
gst_tfc_publish_set_caps (GstBaseTransform *trans, GstCaps *in, GstCaps *out)
{
  GstTfcPublish *self = GST_TFC_PUBLISH (trans);
  const GstStructure *structure = gst_caps_get_structure (in, 0);
  gint width = 0, height = 0;

  gst_structure_get_int (structure, "width", &width);
  gst_structure_get_int (structure, "height", &height);
  self->width = (guint)MAX (width, 0);
  self->height = (guint)MAX (height, 0);
  GST_DEBUG_OBJECT (self, "frames of %ux%u: %" GST_PTR_FORMAT, self->width, self->height, in);
  return TRUE;
}

static GstFlowReturn
gst_tfc_publish_transform_ip (GstBaseTransform *trans, GstBuffer *buffer)
{
  return gst_tfc_publish_frame (GST_TFC_PUBLISH (trans), buffer);
}

static gboolean
gst_tfc_publish_sink_event (GstBaseTransform *trans, GstEvent *event)
{
  GstTfcPublish *self = GST_TFC_PUBLISH (trans);
  GstTfcPublisher *publisher = self->publisher; /* changes only when nothing streams */
  gboolean anew = FALSE;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_FLUSH_START:
      if (publisher) /* the end of the stream may wait */
        gst_tfc_publisher_interrupt (publisher);
      break;
    case GST_EVENT_FLUSH_STOP:
      gst_event_parse_flush_stop (event, &anew);
      if (anew)
        gst_tfc_wall_clock_restart (&self->wall, GST_ELEMENT (self));
      gst_tfc_publish_forget (self);
      break;
    case GST_EVENT_STREAM_START:
      gst_tfc_publish_forget (self);
      break;
    case GST_EVENT_EOS:
      if (publisher)
        gst_tfc_publisher_drain (publisher);
      break;
    default:
      break;
  }
  g_autoptr (GstPad) text = gst_tfc_publish_dup_text_pad (self);
  gst_tfc_text_event (&self->text, text, GST_BASE_TRANSFORM_SINK_PAD (trans), &trans->segment,
                      event);
  return GST_BASE_TRANSFORM_CLASS (gst_tfc_publish_parent_class)->sink_event (trans, event);
}

/* ---- the text pad ---- */

/* The video is not to be slowed down because text is late. */
static gboolean
text_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) != GST_EVENT_QOS && GST_EVENT_TYPE (event) != GST_EVENT_RECONFIGURE)
    return gst_pad_event_default (pad, parent, event);
  gst_event_unref (event);
  return TRUE;
}

static GstPad *
gst_tfc_publish_request_new_pad (GstElement *element, GstPadTemplate *templ, const gchar *name,
                                 const GstCaps *caps)
{
  GstTfcPublish *self = GST_TFC_PUBLISH (element);
  GstPad *pad = gst_pad_new_from_template (templ, "text");

  gst_pad_set_event_function (pad, text_event);
  gst_pad_use_fixed_caps (pad);
  GST_OBJECT_LOCK (self);
  const gboolean taken = self->text_pad != NULL;
  if (!taken) {
    self->text_pad = gst_object_ref (pad);
    self->text_is_new = TRUE;
  }
  GST_OBJECT_UNLOCK (self);
  if (taken) {
    GST_WARNING_OBJECT (self, "there is one text pad only; a tee behind it makes more of it");
    gst_object_unref (pad);
    return NULL;
  }
  if (GST_STATE_TARGET (element) > GST_STATE_READY)
    gst_pad_set_active (pad, TRUE);
  gst_element_add_pad (element, pad);
  return pad;
}

static void
gst_tfc_publish_release_pad (GstElement *element, GstPad *pad)
{
  GstTfcPublish *self = GST_TFC_PUBLISH (element);

  GST_OBJECT_LOCK (self);
  GstPad *old = g_steal_pointer (&self->text_pad);
  GST_OBJECT_UNLOCK (self);
  gst_clear_object (&old);
  gst_pad_set_active (pad, FALSE);
  gst_element_remove_pad (element, pad);
}

/* ---- states ---- */

static gboolean
start (GstBaseTransform *trans)
{
  GstTfcPublish *self = GST_TFC_PUBLISH (trans);

  gst_tfc_publish_forget (self);
  gst_tfc_text_restart (&self->text);
  gst_tfc_wall_clock_init (&self->wall);
  self->seq = 0;
  self->width = self->height = 0;
  return gst_tfc_publish_start (self);
}

static gboolean
stop (GstBaseTransform *trans)
{
  gst_tfc_publish_stop (GST_TFC_PUBLISH (trans));
  return TRUE;
}

/* Before pads are stopped: one may be waiting for the end's lines to go out. */
static GstStateChangeReturn
gst_tfc_publish_change_state (GstElement *element, GstStateChange change)
{
  GstTfcPublish *self = GST_TFC_PUBLISH (element);

  if (change == GST_STATE_CHANGE_PAUSED_TO_READY) {
    GST_OBJECT_LOCK (self);
    if (self->publisher)
      gst_tfc_publisher_interrupt (self->publisher);
    GST_OBJECT_UNLOCK (self);
  }
  return GST_ELEMENT_CLASS (gst_tfc_publish_parent_class)->change_state (element, change);
}

/* ---- the class ---- */

static void
gst_tfc_publish_finalize (GObject *object)
{
  GstTfcPublish *self = GST_TFC_PUBLISH (object);

  gst_clear_object (&self->text_pad);
  gst_tfc_json_clear (&self->json);
  g_free (self->seen);
  gst_tfc_publish_clear_settings (self);
  G_OBJECT_CLASS (gst_tfc_publish_parent_class)->finalize (object);
}

static void
gst_tfc_publish_init (GstTfcPublish *self)
{
  gst_tfc_publish_init_settings (self);
  self->seen = g_new0 (GstTfcSeen, 1);
  gst_tfc_publish_forget (self);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), TRUE);
}

static void
gst_tfc_publish_class_init (GstTfcPublishClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GstElementClass *element = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *trans = GST_BASE_TRANSFORM_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (gst_tfc_publish_debug, "tfcpublish", 0, "publishing of what is seen");
  object->finalize = gst_tfc_publish_finalize;
  gst_tfc_publish_install_properties (object);
  gst_element_class_set_static_metadata (
      element, "Publisher of detections", "Analyzer/Metadata/Video",
      "Tells objects, faces, bodies, hands, classes and events as lines of JSON: to a file, a "
      "socket, an MQTT broker, a pad of text",
      "The tfc authors");
  gst_element_class_add_static_pad_template (element, &sink_template);
  gst_element_class_add_static_pad_template (element, &src_template);
  gst_element_class_add_static_pad_template (element, &text_template);
  element->request_new_pad = GST_DEBUG_FUNCPTR (gst_tfc_publish_request_new_pad);
  element->release_pad = GST_DEBUG_FUNCPTR (gst_tfc_publish_release_pad);
  element->change_state = GST_DEBUG_FUNCPTR (gst_tfc_publish_change_state);
  trans->set_caps = GST_DEBUG_FUNCPTR (gst_tfc_publish_set_caps);
  trans->transform_ip = GST_DEBUG_FUNCPTR (gst_tfc_publish_transform_ip);
  trans->sink_event = GST_DEBUG_FUNCPTR (gst_tfc_publish_sink_event);
  trans->start = GST_DEBUG_FUNCPTR (start);
  trans->stop = GST_DEBUG_FUNCPTR (stop);
}
