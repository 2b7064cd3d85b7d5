/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/**
 * SECTION:element-tfczones
 * @title: tfczones
 * @short_description: counts tracked objects in zones and on lines, and tells who comes and goes
 *
 * Reads the objects that stand on a buffer (of tfcdetect, tfcfacemesh, tfcpose, tfchands, and where
 * there are none of those, of GStreamer's analytics or regions of interest) and passes it on with a
 * #GstTfcZoneMeta. What happens is an element message `tfczones`, and a #GstTfcEventMeta on the
 * buffer where it happened: `enter`, `leave`, `loiter` and `count` of zones, `cross` of lines.
 *
 * The buffer may be anything in any memory: it is neither mapped nor copied. Objects need track ids
 * (tfcdetect tracking=motion); without, all that can be counted is how many are in a zone now.
 *
 * docs/guide/zones.md has the keys of #GstTfcZones:zones-file and the rules.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 -m filesrc location=in.mp4 ! decodebin ! \
 *   tfcdetect base-model=mobilenet-v1-quant tracking=motion ! tfczones \
 *   zones="[zone left] |polygon=0,0;0.5,0;0.5,1;0,1|[line middle] |from=0.5,1|to=0.5,0" ! fakesink
 * ]|
 * Tells who comes into the left half of the picture, and who passes its middle.
 *
 * Since: 0.1
 */
#include "gst/zones/gsttfczones.h"
#include "gst/util/gsttfcerror.h"
#include "gst/util/gsttfctimes.h"

GST_DEBUG_CATEGORY (gst_tfc_zones_debug);
#define GST_CAT_DEFAULT gst_tfc_zones_debug

static GstStaticPadTemplate sink_template =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
static GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

G_DEFINE_TYPE (GstTfcZones, gst_tfc_zones, GST_TYPE_BASE_TRANSFORM)
GST_ELEMENT_REGISTER_DEFINE (tfczones, "tfczones", GST_RANK_NONE, GST_TYPE_TFC_ZONES)

/* ---- buffers ---- */

/* Buffers without a time stamp follow the one before. */
static GstClockTime
time_of (GstTfcZones *self, GstBuffer *buffer)
{
  const GstClockTime duration =
      GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 40 * GST_MSECOND;

  self->now = GST_BUFFER_PTS_IS_VALID (buffer) ? GST_BUFFER_PTS (buffer) : self->now + duration;
  return self->now;
}

static guint
list_objects (GstTfcZones *self, GstBuffer *buffer)
{
  gst_tfc_collect (&self->frame->collection, buffer, self->width, self->height);
  for (guint i = 0; i < self->frame->collection.n; i++) {
    const GstTfcCollected *o = &self->frame->collection.objects[i];
    self->frame->objects[i] = (TfcZoneObject){.box = o->box,
                                              .track_id = o->track_id,
                                              .kind = o->kind,
                                              .label = o->label,
                                              .seen = o->seen,
                                              .age = o->age,
                                              .speed_x = o->speed_x,
                                              .speed_y = o->speed_y};
  }
  return self->frame->collection.n;
}

static void
watch_buffer (GstTfcZones *self, GstBuffer *buffer)
{
  const GstClockTime now = time_of (self, buffer);
  const guint n = list_objects (self, buffer);
  const TfcZoneEvent *events;
  guint n_events;

  g_mutex_lock (&self->counting);
  events = tfc_zone_watch_update (self->watch, self->frame->objects, n, now, &n_events);
  g_mutex_unlock (&self->counting);
  gst_tfc_zones_report_fill (&self->frame->report, self->watch, events, n_events);
}

static void
post (GstTfcZones *self, GstStructure *structure)
{
  gst_element_post_message (GST_ELEMENT (self),
                            gst_message_new_element (GST_OBJECT (self), structure));
}

static void
post_report (GstTfcZones *self, GstBuffer *buffer)
{
  GstTfcZonesTimes times = {.pts = GST_BUFFER_PTS (buffer)};

  if (self->post == GST_TFC_POST_MESSAGES_NONE ||
      (self->post == GST_TFC_POST_MESSAGES_CHANGES && !self->frame->report.n_events))
    return;
  gst_tfc_buffer_times (GST_BASE_TRANSFORM (self), buffer, &times.running, &times.stream);
  for (guint i = 0; i < self->frame->report.n_events; i++)
    post (self, gst_tfc_zones_event_structure (&self->frame->report.events[i], &times));
  if (self->post == GST_TFC_POST_MESSAGES_ALL) {
    GstStructure *counts = gst_tfc_zones_counts_structure ("tfczones-counts", self->watch);
    gst_structure_set (counts, "timestamp", G_TYPE_UINT64, times.pts, NULL);
    post (self, counts);
  }
}

/* Each once. */
static void
warn (GstTfcZones *self)
{
  if (!self->told_untracked && tfc_zone_watch_saw_untracked (self->watch)) {
    self->told_untracked = TRUE;
    GST_ELEMENT_WARNING (
        self, STREAM, FAILED,
        ("Objects have no track ids: how many are in a zone is counted, but nobody "
         "enters, leaves or crosses; set tracking=motion of tfcdetect"),
        (NULL));
  }
  if (!self->told_dropped && tfc_zone_watch_dropped (self->watch)) {
    self->told_dropped = TRUE;
    GST_WARNING_OBJECT (self, "more than %d tracks, or %d events of a frame: the rest is left out",
                        TFC_MAX_ZONE_TRACKS, TFC_MAX_ZONE_EVENTS);
  }
}

static GstFlowReturn
gst_tfc_zones_transform_ip (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstTfcZones *self = GST_TFC_ZONES (trans);

  gst_tfc_zones_take_settings (self);
  if (!self->watch)
    return GST_FLOW_OK;
  watch_buffer (self, buffer);
  gst_tfc_zones_report_attach (&self->frame->report, buffer);
  post_report (self, buffer);
  warn (self);
  return GST_FLOW_OK;
}

/* ---- the element ---- */

static gboolean
gst_tfc_zones_start (GstBaseTransform *trans)
{
  GstTfcZones *self = GST_TFC_ZONES (trans);
  g_autoptr (GError) error = NULL;

  if (!gst_tfc_zones_load (self, &error)) {
    gst_tfc_post_error (GST_ELEMENT (self), GST_MESSAGE_ERROR, error);
    return FALSE;
  }
  self->now = 0;
  self->told_untracked = self->told_dropped = FALSE;
  return TRUE;
}

/* The counters stay readable. */
static gboolean
gst_tfc_zones_stop (GstBaseTransform *trans)
{
  GST_OBJECT_LOCK (trans);
  GST_TFC_ZONES (trans)->started = FALSE;
  GST_OBJECT_UNLOCK (trans);
  return TRUE;
}

static void
read_caps (GstTfcZones *self, GstEvent *event)
{
  const GstStructure *s;
  GstCaps *caps;
  gint width = 0, height = 0;

  gst_event_parse_caps (event, &caps);
  s = gst_caps_get_structure (caps, 0);
  gst_structure_get_int (s, "width", &width);
  gst_structure_get_int (s, "height", &height);
  self->width = (guint)MAX (width, 0);
  self->height = (guint)MAX (height, 0);
}

/* An element with set_caps would get no buffers of a stream without caps. */
static gboolean
gst_tfc_zones_sink_event (GstBaseTransform *trans, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS)
    read_caps (GST_TFC_ZONES (trans), event);
  return GST_BASE_TRANSFORM_CLASS (gst_tfc_zones_parent_class)->sink_event (trans, event);
}

/* Buffers go on as they come: downstream decides. */
static gboolean
gst_tfc_zones_propose_allocation (GstBaseTransform *trans, GstQuery *decide, GstQuery *query)
{
  return gst_pad_peer_query (GST_BASE_TRANSFORM_SRC_PAD (trans), query);
}

/* It makes no buffers. */
static gboolean
gst_tfc_zones_decide_allocation (GstBaseTransform *trans, GstQuery *query)
{
  while (gst_query_get_n_allocation_pools (query) > 0)
    gst_query_remove_nth_allocation_pool (query, 0);
  return TRUE;
}

static void
gst_tfc_zones_finalize (GObject *object)
{
  GstTfcZones *self = GST_TFC_ZONES (object);

  tfc_zone_watch_free (self->watch);
  tfc_zone_watch_free (self->next);
  gst_tfc_zones_clear_settings (self);
  g_free (self->frame);
  g_mutex_clear (&self->counting);
  G_OBJECT_CLASS (gst_tfc_zones_parent_class)->finalize (object);
}

static void
gst_tfc_zones_init (GstTfcZones *self)
{
  gst_tfc_zones_init_settings (self);
  self->frame = g_new0 (GstTfcZonesFrame, 1);
  g_mutex_init (&self->counting);
  gst_base_transform_set_in_place (GST_BASE_TRANSFORM (self), TRUE);
  gst_base_transform_set_passthrough (GST_BASE_TRANSFORM (self), FALSE);
}

static void
gst_tfc_zones_class_init (GstTfcZonesClass *klass)
{
  GstElementClass *element = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *trans = GST_BASE_TRANSFORM_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (gst_tfc_zones_debug, "tfczones", 0, "zones and lines");
  G_OBJECT_CLASS (klass)->finalize = gst_tfc_zones_finalize;
  gst_tfc_zones_install_properties (G_OBJECT_CLASS (klass));
  gst_element_class_add_static_pad_template (element, &sink_template);
  gst_element_class_add_static_pad_template (element, &src_template);
  gst_element_class_set_static_metadata (
      element, "Zones and lines", "Filter/Analyzer/Metadata",
      "Counts tracked objects in zones and on lines, and tells who comes and goes",
      "The tfc authors");
  trans->passthrough_on_same_caps = FALSE;
  trans->transform_ip_on_passthrough = FALSE;
  trans->start = GST_DEBUG_FUNCPTR (gst_tfc_zones_start);
  trans->stop = GST_DEBUG_FUNCPTR (gst_tfc_zones_stop);
  trans->sink_event = GST_DEBUG_FUNCPTR (gst_tfc_zones_sink_event);
  trans->propose_allocation = GST_DEBUG_FUNCPTR (gst_tfc_zones_propose_allocation);
  trans->decide_allocation = GST_DEBUG_FUNCPTR (gst_tfc_zones_decide_allocation);
  trans->transform_ip = GST_DEBUG_FUNCPTR (gst_tfc_zones_transform_ip);
}
