/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Lines as a stream of text beside the video: a source pad with stream-start, caps and segment of
 * its own, a buffer for each line and a gap for each frame without one. */
#include <gst/gst.h>

#define GST_TFC_TEXT_CAPS "text/x-raw, format=(string)utf8"

/* Streaming thread of the video. */
typedef struct {
  gboolean started;   /* stream-start and caps were sent */
  gboolean segmented; /* the segment as well */
} GstTfcText;

/* All is sent anew with the next buffer: another stream, another pad. */
void gst_tfc_text_restart (GstTfcText *text);

/* A line of length bytes to pad, at frame's time; 0: a gap. sink and segment are the video's. What
 * downstream says, if it is an error of its own making; else GST_FLOW_OK. */
GstFlowReturn gst_tfc_text_push (GstTfcText *text, GstPad *pad, GstPad *sink,
                                 const GstSegment *segment, GstBuffer *frame, const gchar *line,
                                 gsize length);
/* Hands on what of the video's events concerns the text as well. pad: NULL: there is none. Takes no
 * reference. */
void gst_tfc_text_event (GstTfcText *text, GstPad *pad, GstPad *sink, const GstSegment *segment,
                         GstEvent *event);
