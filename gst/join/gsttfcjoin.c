/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/**
 * SECTION:element-tfcjoin
 * @title: tfcjoin
 * @short_description: puts what a small branch found onto the buffers of another one
 *
 * What arrives at the pad sink passes to src, whatever it is and in whatever memory: full-size
 * frames, frames on a graphics card, compressed video. It is neither mapped nor copied. Small
 * frames with metadata arrive at the pad meta and end there. Each passing buffer gets the metadata
 * of the newest small frame that is not later than it, by running time: the branches of a tee agree
 * about that.
 *
 * Boxes and points of our metadata are fractions of the frame, so they fit any size;
 * #GstVideoRegionOfInterestMeta and analytics metadata are scaled where both sizes are known.
 * Results of another time than the buffer's are marked as held; what is tracked in them is moved by
 * its speed to where it will be, for a second at most. What the
 * buffer has already is replaced: of our metadata what is of the same kind and the same model, of
 * regions and analytics all, where the small frame has some. Events (#GstTfcEventMeta) are told
 * once, by the first buffer that is not earlier.
 *
 * The small branch may be slow, end, fail or never begin: buffers pass without its results, or with
 * older ones up to #GstTfcJoin:max-age. It is only waited for where #GstTfcJoin:max-wait says so.
 * It is never held up either: where it has a source of its own that is not live, put clocksync
 * before the pad meta. The last 256 small frames with results are remembered, without their pixels.
 *
 * docs/guide/join.md has pipelines for sub-streams, key frames and hardware decoders.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 filesrc location=in.mp4 ! decodebin ! tee name=tee \
 *   tee. ! videoscale ! video/x-raw,width=320 ! tfcdetect base-model=mobilenet-v1-quant ! \
 *   join.meta \
 *   tee. ! queue ! join.sink \
 *   tfcjoin name=join ! tfcoverlay ! videoconvert ! autovideosink
 * ]|
 * Detects in small frames and draws on the large ones.
 *
 * Since: 0.1
 */
#include "gst/join/gsttfcjoin.h"
#include "gst/util/gsttfcproperties.h"

GST_DEBUG_CATEGORY_STATIC (gst_tfc_join_debug);
#define GST_CAT_DEFAULT gst_tfc_join_debug

#define TEMPLATE(name, direction) \
  GST_STATIC_PAD_TEMPLATE (name, direction, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY)

static GstStaticPadTemplate sink_template = TEMPLATE ("sink", GST_PAD_SINK);
static GstStaticPadTemplate meta_template = TEMPLATE ("meta", GST_PAD_SINK);
static GstStaticPadTemplate src_template = TEMPLATE ("src", GST_PAD_SRC);

G_DEFINE_TYPE (GstTfcJoin, gst_tfc_join, GST_TYPE_ELEMENT)
GST_ELEMENT_REGISTER_DEFINE (tfcjoin, "tfcjoin", GST_RANK_NONE, GST_TYPE_TFC_JOIN)

/* ---- properties ---- */

static gpointer
settings_of (GObject *object)
{
  return &GST_TFC_JOIN (object)->settings;
}

static gboolean
changes_latency (GObject *object, GError **refused)
{
  return TRUE;
}

/* Who waits may have to go on. */
static void
post_latency (GObject *object)
{
  GstTfcJoin *self = GST_TFC_JOIN (object);

  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->wake);
  g_mutex_unlock (&self->lock);
  gst_element_post_message (GST_ELEMENT (object), gst_message_new_latency (GST_OBJECT (object)));
}

static const GstTfcJoinSettings defaults = {.max_wait = 0, .max_age = 2000};

// clang-format off
#define MS(field) GST_TFC_PROPERTY_UINT, G_STRUCT_OFFSET (GstTfcJoinSettings, field)
static const GstTfcProperty rows[] = {
  {"max-wait", "Maximum wait", "How long a buffer waits for results of its own time, milliseconds (0 = not at all); added to the latency", MS (max_wait), 0, 60000, .changed = changes_latency},
  {"max-age", "Maximum age", "Results that are older than the buffer by more than this are not attached, milliseconds (0 = only those of its own time)", MS (max_age), 0, G_MAXUINT},
};
// clang-format on

static const GstTfcPropertyTable table = {
    rows, G_N_ELEMENTS (rows), &defaults, sizeof (GstTfcJoinSettings), settings_of,
    NULL, post_latency};

/* ---- the small branch ---- */

/* NONE where the input is not timed. */
static GstClockTime
running_time (const GstTfcJoinInput *input, GstClockTime pts)
{
  if (input->segment.format != GST_FORMAT_TIME)
    return GST_CLOCK_TIME_NONE;
  return gst_segment_to_running_time (&input->segment, GST_FORMAT_TIME, pts);
}

void
gst_tfc_join_reach (GstTfcJoin *self, GstClockTime pts)
{
  const GstClockTime running = running_time (&self->meta, pts);

  if (GST_CLOCK_TIME_IS_VALID (running) &&
      (!GST_CLOCK_TIME_IS_VALID (self->reached) || running > self->reached))
    self->reached = running;
  self->waited_in_vain = FALSE;
  g_cond_broadcast (&self->wake);
}

static GstFlowReturn
chain_meta (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  GstTfcJoin *self = GST_TFC_JOIN (parent);
  const GstClockTime running = running_time (&self->meta, GST_BUFFER_PTS (buffer));
  gboolean over;

  g_mutex_lock (&self->lock);
  over = self->sink.eos;
  self->brought_by = g_thread_self ();
  if (GST_CLOCK_TIME_IS_VALID (running))
    gst_tfc_join_store_put (&self->store, buffer, running, &self->meta.picture);
  gst_tfc_join_reach (self, GST_BUFFER_PTS (buffer));
  g_mutex_unlock (&self->lock);
  gst_buffer_unref (buffer);
  return over ? GST_FLOW_EOS : GST_FLOW_OK;
}

/* ---- the buffers that pass ---- */

/* Whether results for running may still come. Not where this very thread brings them: it waits
 * here. */
static gboolean
may_come (GstTfcJoin *self, GstClockTime running)
{
  return !self->stopping && !self->sink.flushing && !self->meta.flushing && !self->meta.eos &&
         (!GST_CLOCK_TIME_IS_VALID (self->reached) || self->reached < running) &&
         self->brought_by != g_thread_self () && gst_pad_is_linked (self->meta.pad);
}

static guint
max_wait (GstTfcJoin *self)
{
  guint ms;

  GST_OBJECT_LOCK (self);
  ms = self->settings.max_wait;
  GST_OBJECT_UNLOCK (self);
  return ms;
}

/* Lock held. After waiting in vain nobody waits again before something comes. */
static void
wait_for_results (GstTfcJoin *self, GstClockTime running)
{
  const gint64 begun = g_get_monotonic_time ();
  guint ms;

  while (!self->waited_in_vain && (ms = max_wait (self)) > 0 && may_come (self, running))
    if (!g_cond_wait_until (&self->wake, &self->lock, begun + ms * G_TIME_SPAN_MILLISECOND)) {
      self->waited_in_vain = TRUE;
      GST_DEBUG_OBJECT (self, "waited in vain for results of %" GST_TIME_FORMAT,
                        GST_TIME_ARGS (running));
    }
}

/* Lock held. buffer, or a writable one with the same memory and results. */
static GstBuffer *
join (GstTfcJoin *self, GstBuffer *buffer, GstClockTime running, guint max_age)
{
  const GstTfcJoinEntry *entry =
      gst_tfc_join_store_find (&self->store, running, max_age * GST_MSECOND);
  const gboolean has_events = gst_tfc_join_store_has_events (&self->store, running);
  GstTfcJoinTarget target = {
      .time = running, .segment = &self->sink.segment, .picture = self->sink.picture};

  GST_LOG_OBJECT (self, "%" GST_TIME_FORMAT ": results of %" GST_TIME_FORMAT,
                  GST_TIME_ARGS (running),
                  GST_TIME_ARGS (entry ? entry->time : GST_CLOCK_TIME_NONE));
  if (!entry && !has_events)
    return buffer;
  target.buffer = gst_buffer_make_writable (buffer);
  if (entry)
    gst_tfc_join_attach (entry, &target);
  if (has_events)
    gst_tfc_join_attach_events (&self->store, &target);
  return target.buffer;
}

static GstFlowReturn
chain_sink (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  GstTfcJoin *self = GST_TFC_JOIN (parent);
  const GstClockTime running = running_time (&self->sink, GST_BUFFER_PTS (buffer));
  guint max_age;

  GST_OBJECT_LOCK (self);
  max_age = self->settings.max_age;
  GST_OBJECT_UNLOCK (self);
  if (GST_CLOCK_TIME_IS_VALID (running)) {
    g_mutex_lock (&self->lock);
    wait_for_results (self, running);
    buffer = join (self, buffer, running, max_age);
    g_mutex_unlock (&self->lock);
  }
  return gst_pad_push (self->src, buffer);
}

/* ---- states ---- */

static void
stop_waiting (GstTfcJoin *self)
{
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_broadcast (&self->wake);
  g_mutex_unlock (&self->lock);
}

/* No pad is active. */
static void
forget (GstTfcJoin *self)
{
  gst_tfc_join_store_free (&self->store);
  gst_tfc_join_input_reset (&self->sink);
  gst_tfc_join_input_reset (&self->meta);
  self->reached = GST_CLOCK_TIME_NONE;
  self->brought_by = NULL;
  self->waited_in_vain = self->stopping = FALSE;
}

static GstStateChangeReturn
change_state (GstElement *element, GstStateChange transition)
{
  GstTfcJoin *self = GST_TFC_JOIN (element);
  GstStateChangeReturn result;

  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    stop_waiting (self);
  result = GST_ELEMENT_CLASS (gst_tfc_join_parent_class)->change_state (element, transition);
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    forget (self);
  return result;
}

static void
gst_tfc_join_finalize (GObject *object)
{
  GstTfcJoin *self = GST_TFC_JOIN (object);

  gst_tfc_join_store_free (&self->store);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);
  G_OBJECT_CLASS (gst_tfc_join_parent_class)->finalize (object);
}

static void
gst_tfc_join_init (GstTfcJoin *self)
{
  gst_tfc_properties_init (&table, &self->settings);
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  self->sink.pad = gst_pad_new_from_static_template (&sink_template, "sink");
  self->meta.pad = gst_pad_new_from_static_template (&meta_template, "meta");
  self->src = gst_pad_new_from_static_template (&src_template, "src");
  gst_pad_set_chain_function (self->sink.pad, chain_sink);
  gst_pad_set_chain_function (self->meta.pad, chain_meta);
  gst_tfc_join_add_pads (self);
  forget (self);
}

static void
gst_tfc_join_class_init (GstTfcJoinClass *klass)
{
  GstElementClass *element = GST_ELEMENT_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (gst_tfc_join_debug, "tfcjoin", 0, "joining of results and buffers");
  G_OBJECT_CLASS (klass)->finalize = gst_tfc_join_finalize;
  element->change_state = change_state;
  gst_tfc_properties_install (G_OBJECT_CLASS (klass), &table, 1);
  gst_element_class_add_static_pad_template (element, &sink_template);
  gst_element_class_add_static_pad_template (element, &meta_template);
  gst_element_class_add_static_pad_template (element, &src_template);
  gst_element_class_set_static_metadata (
      element, "Joiner of results", "Generic/Metadata",
      "Puts what was found in small frames onto the buffers of another branch", "The tfc authors");
}
