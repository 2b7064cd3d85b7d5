/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the two ends of a stream share with stream.c. */
#include "tests/soak/stream.h"

#define N_RATES 6 /* frame rates that stream_look chooses from */
#define HEARD (GST_MESSAGE_ERROR | GST_MESSAGE_WARNING | GST_MESSAGE_ELEMENT)
#define PATIENCE (60 * GST_SECOND)

struct Stream {
  const StreamPlan *plan;
  const Looks *looks;
  GstElement *pipeline, *source;
  GThread *camera;
  guint loading;
  GMutex lock;
  GCond wake;
  /* Under the lock: */
  gboolean on, quit;
  guint look, rate, gaps;
  gboolean changed; /* caps must be told */
  guint64 expected; /* number of the frame that comes out next */
  GstClockTime offset, last_in, last_out, in_flight[32]; /* PTS by number */
  StreamCount count;
};

/* The camera's thread: hands in frames at their rate while it is on, until quit. data: the Stream.
 */
gpointer stream_camera (gpointer data);
/* The probe at the sink: a frame has arrived. data: the Stream. */
GstPadProbeReturn stream_arrive (GstPad *pad, GstPadProbeInfo *info, gpointer data);
/* Takes note of a message: a model that is not there is refused with a warning; nothing else may be
 * amiss. */
void stream_hear (Stream *s, GstMessage *message);
/* Waits for the end of the stream; what else comes is heard too. FALSE if it does not come. */
gboolean stream_hear_the_end (Stream *s);
