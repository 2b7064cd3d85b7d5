/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Events and queries of tfcjoin. Between sink and src they go as if there were nothing between the
 * two; the small branch ends here. */
#include <gst/video/video.h>
#include "gst/join/gsttfcjoin.h"

void
gst_tfc_join_input_reset (GstTfcJoinInput *input)
{
  gst_segment_init (&input->segment, GST_FORMAT_UNDEFINED);
  input->picture = (GstTfcJoinPicture){0, 0};
  input->flushing = input->eos = FALSE;
  input->flush = GST_SEQNUM_INVALID;
}

/* ---- what both inputs remember ---- */

static void
set_picture (GstTfcJoinInput *input, GstEvent *event)
{
  const GstStructure *s;
  GstCaps *caps;

  gst_event_parse_caps (event, &caps);
  s = gst_caps_get_structure (caps, 0);
  input->picture = (GstTfcJoinPicture){0, 0};
  gst_structure_get_int (s, "width", &input->picture.width);
  gst_structure_get_int (s, "height", &input->picture.height);
}

/* Behind a flush running time begins anew: nothing that was found before it is of use. */
static void
end_flush (GstTfcJoin *self, GstTfcJoinInput *input, GstEvent *event)
{
  gst_segment_init (&input->segment, GST_FORMAT_UNDEFINED);
  input->flushing = input->eos = FALSE;
  input->flush = gst_event_get_seqnum (event);
  gst_tfc_join_store_forget (&self->store);
  self->reached = GST_CLOCK_TIME_NONE;
  self->waited_in_vain = FALSE;
}

static void
note_gap (GstTfcJoin *self, GstEvent *event)
{
  GstClockTime start, duration, end;

  gst_event_parse_gap (event, &start, &duration);
  end = GST_CLOCK_TIME_IS_VALID (duration) ? start + duration : start;
  gst_tfc_join_reach (self, end);
}

static void
note_event (GstTfcJoin *self, GstTfcJoinInput *input, GstEvent *event)
{
  g_mutex_lock (&self->lock);
  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_STREAM_START:
      input->eos = FALSE;
      break;
    case GST_EVENT_CAPS:
      set_picture (input, event);
      break;
    case GST_EVENT_SEGMENT:
      gst_event_copy_segment (event, &input->segment);
      break;
    case GST_EVENT_GAP:
      if (input == &self->meta)
        note_gap (self, event);
      break;
    case GST_EVENT_EOS:
      input->eos = TRUE;
      break;
    case GST_EVENT_FLUSH_START:
      input->flushing = TRUE;
      break;
    case GST_EVENT_FLUSH_STOP:
      end_flush (self, input, event);
      break;
    default:
      break;
  }
  g_cond_broadcast (&self->wake);
  g_mutex_unlock (&self->lock);
}

static gboolean
sink_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  GstTfcJoin *self = GST_TFC_JOIN (parent);

  note_event (self, &self->sink, event);
  return gst_pad_event_default (pad, parent, event);
}

static gboolean
meta_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  GstTfcJoin *self = GST_TFC_JOIN (parent);

  GST_LOG_OBJECT (pad, "%" GST_PTR_FORMAT, event);
  note_event (self, &self->meta, event);
  gst_event_unref (event);
  return TRUE;
}

/* ---- from downstream ---- */

static gboolean
flushed_by (GstTfcJoin *self, guint32 seqnum)
{
  gboolean does;

  g_mutex_lock (&self->lock);
  does = self->meta.flush == seqnum;
  g_mutex_unlock (&self->lock);
  return does;
}

/* One source for both has flushed both branches by the time that it answers. Else the small branch
 * has a source of its own, which is to go there too. Without a flush there is no telling. */
static gboolean
seek (GstTfcJoin *self, GstEvent *event)
{
  const guint32 seqnum = gst_event_get_seqnum (event);
  GstSeekFlags flags;
  gboolean done;

  gst_event_parse_seek (event, NULL, NULL, &flags, NULL, NULL, NULL, NULL);
  done = gst_pad_push_event (self->sink.pad, gst_event_ref (event));
  if (done && flags & GST_SEEK_FLAG_FLUSH && !flushed_by (self, seqnum))
    gst_pad_push_event (self->meta.pad, gst_event_ref (event));
  gst_event_unref (event);
  return done;
}

/* What the small branch does is of no weight for those behind: their QoS is not for it. */
static gboolean
src_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  GstTfcJoin *self = GST_TFC_JOIN (parent);

  if (GST_EVENT_TYPE (event) == GST_EVENT_SEEK)
    return seek (self, event);
  if (GST_EVENT_TYPE (event) == GST_EVENT_LATENCY)
    gst_pad_push_event (self->meta.pad, gst_event_ref (event));
  return gst_pad_event_default (pad, parent, event);
}

static void
add_wait (GstTfcJoin *self, GstQuery *query)
{
  GstClockTime min, max, wait;
  gboolean live;

  GST_OBJECT_LOCK (self);
  wait = self->settings.max_wait * GST_MSECOND;
  GST_OBJECT_UNLOCK (self);
  gst_query_parse_latency (query, &live, &min, &max);
  if (GST_CLOCK_TIME_IS_VALID (max))
    max += wait;
  gst_query_set_latency (query, live, min + wait, max);
}

static gboolean
src_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  GstTfcJoin *self = GST_TFC_JOIN (parent);

  if (GST_QUERY_TYPE (query) != GST_QUERY_LATENCY)
    return gst_pad_query_default (pad, parent, query);
  if (!gst_pad_peer_query (self->sink.pad, query))
    return FALSE;
  add_wait (self, query);
  return TRUE;
}

/* Nobody looks at the small branch's pixels: whatever lies in them, and wherever, will do. */
static gboolean
meta_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  switch (GST_QUERY_TYPE (query)) {
    case GST_QUERY_ALLOCATION:
      gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);
      return TRUE;
    case GST_QUERY_DRAIN:
      return TRUE;
    default:
      return gst_pad_query_default (pad, parent, query);
  }
}

/* ---- pads ---- */

/* Nothing comes from there any more: who waits looks again. */
static void
on_unlinked (GstPad *pad, GstPad *peer, gpointer join)
{
  GstTfcJoin *self = join;

  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->wake);
  g_mutex_unlock (&self->lock);
}

static GstIterator *
links (GstPad *pad, GstObject *parent)
{
  GstTfcJoin *self = GST_TFC_JOIN (parent);
  GstPad *other = pad == self->src ? self->sink.pad : pad == self->sink.pad ? self->src : NULL;
  GValue value = G_VALUE_INIT;
  GstIterator *iterator;

  if (!other)
    return NULL;
  g_value_init (&value, GST_TYPE_PAD);
  g_value_set_object (&value, other);
  iterator = gst_iterator_new_single (GST_TYPE_PAD, &value);
  g_value_unset (&value);
  return iterator;
}

static void
add (GstTfcJoin *self, GstPad *pad, GstPadEventFunction event, GstPadQueryFunction query)
{
  gst_pad_set_event_function (pad, event);
  gst_pad_set_query_function (pad, query);
  gst_pad_set_iterate_internal_links_function (pad, links);
  gst_element_add_pad (GST_ELEMENT (self), pad);
}

void
gst_tfc_join_add_pads (GstTfcJoin *self)
{
  GST_PAD_SET_PROXY_CAPS (self->sink.pad);
  GST_PAD_SET_PROXY_ALLOCATION (self->sink.pad);
  GST_PAD_SET_PROXY_CAPS (self->src);
  add (self, self->sink.pad, sink_event, gst_pad_query_default);
  add (self, self->meta.pad, meta_event, meta_query);
  g_signal_connect (self->meta.pad, "unlinked", G_CALLBACK (on_unlinked), self);
  add (self, self->src, src_event, src_query);
}
