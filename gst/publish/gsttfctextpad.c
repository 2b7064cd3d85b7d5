/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/gsttfctextpad.h"

void
gst_tfc_text_restart (GstTfcText *text)
{
  text->started = text->segmented = FALSE;
}

/* A stream of the video's group, with gaps. */
static GstEvent *
stream_start (GstPad *pad, GstPad *sink)
{
  g_autoptr (GstElement) element = gst_pad_get_parent_element (pad);
  g_autoptr (GstEvent) video = gst_pad_get_sticky_event (sink, GST_EVENT_STREAM_START, 0);
  g_autofree gchar *id = gst_pad_create_stream_id (pad, element, "text");
  GstEvent *event = gst_event_new_stream_start (id);
  guint group;

  gst_event_set_stream_flags (event, GST_STREAM_FLAG_SPARSE);
  if (video && gst_event_parse_group_id (video, &group))
    gst_event_set_group_id (event, group);
  if (video)
    gst_event_set_seqnum (event, gst_event_get_seqnum (video));
  return event;
}

/* What must come before anything else. */
static void
begin (GstTfcText *text, GstPad *pad, GstPad *sink, const GstSegment *segment)
{
  if (!text->started) {
    g_autoptr (GstCaps) caps = gst_caps_from_string (GST_TFC_TEXT_CAPS);
    gst_pad_push_event (pad, stream_start (pad, sink));
    gst_pad_push_event (pad, gst_event_new_caps (caps));
    text->started = TRUE;
    text->segmented = FALSE;
  }
  if (!text->segmented) {
    g_autoptr (GstEvent) video = gst_pad_get_sticky_event (sink, GST_EVENT_SEGMENT, 0);
    GstEvent *event = gst_event_new_segment (segment);
    if (video)
      gst_event_set_seqnum (event, gst_event_get_seqnum (video));
    gst_pad_push_event (pad, event);
    text->segmented = TRUE;
  }
}

static GstBuffer *
text_buffer (GstBuffer *frame, const gchar *line, gsize length)
{
  GstBuffer *buffer = gst_buffer_new_memdup (line, length);

  GST_BUFFER_PTS (buffer) = GST_BUFFER_PTS (frame);
  GST_BUFFER_DURATION (buffer) = GST_BUFFER_DURATION (frame);
  return buffer;
}

GstFlowReturn
gst_tfc_text_push (GstTfcText *text, GstPad *pad, GstPad *sink, const GstSegment *segment,
                   GstBuffer *frame, const gchar *line, gsize length)
{
  GstFlowReturn ret = GST_FLOW_OK;

  if (segment->format == GST_FORMAT_UNDEFINED)
    return GST_FLOW_OK; /* the base class says what is wrong with that */
  begin (text, pad, sink, segment);
  if (length)
    ret = gst_pad_push (pad, text_buffer (frame, line, length));
  else if (GST_BUFFER_PTS_IS_VALID (frame))
    gst_pad_push_event (pad,
                        gst_event_new_gap (GST_BUFFER_PTS (frame), GST_BUFFER_DURATION (frame)));
  /* Nobody listens, or not at the moment: no reason to stop the video. */
  return ret < GST_FLOW_EOS ? ret : GST_FLOW_OK;
}

void
gst_tfc_text_event (GstTfcText *text, GstPad *pad, GstPad *sink, const GstSegment *segment,
                    GstEvent *event)
{
  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_STREAM_START:
      gst_tfc_text_restart (text);
      break;
    case GST_EVENT_FLUSH_STOP:
    case GST_EVENT_SEGMENT:
      text->segmented = FALSE;
      break;
    default:
      break;
  }
  if (!pad)
    return;
  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_EOS:
    case GST_EVENT_GAP:
      if (segment->format != GST_FORMAT_UNDEFINED)
        begin (text, pad, sink, segment);
      gst_pad_push_event (pad, gst_event_ref (event));
      break;
    case GST_EVENT_FLUSH_START:
    case GST_EVENT_FLUSH_STOP:
      gst_pad_push_event (pad, gst_event_ref (event));
      break;
    default:
      break;
  }
}
