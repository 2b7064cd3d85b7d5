/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One pipeline with a camera of its own: a thread that hands in pictures at its rate, as a live source
 * does. Every frame is numbered, and the sink's end sees whether each comes out: once, in order, with its
 * own timestamp. All calls come from one thread; what goes wrong is told to stream_fail. */
#include "tests/soak/looks.h"

typedef struct {
  const gchar *name;
  const gchar *line; /* what lies between the camera and the sink */
} StreamPlan;

typedef struct {
  guint64 pushed, arrived, discarded; /* frames: handed in; seen at the sink; gone with a flush or a stop */
  guint64 overruns;                   /* frames that the camera kept, because four were waiting */
  guint64 analysed, objects, faces, poses;   /* frames with results of their own, and what was in them */
  guint64 loaded, refused;            /* models */
} StreamCount;

typedef struct Stream Stream;

/* Tells that something does not hold; any thread. The first ones are printed. */
void stream_fail (const gchar *format, ...) G_GNUC_PRINTF (1, 2);
guint stream_failures (void);

/* looks is borrowed. The pipeline does not run yet; stream_start. */
Stream *stream_new (const StreamPlan *plan, const Looks *looks);
void stream_free (Stream *s); /* stops it */

void stream_start (Stream *s);   /* fails if it does not play */
void stream_stop (Stream *s);    /* to NULL; what is under way is gone */
void stream_rebuild (Stream *s); /* all elements new, stopped; properties are the line's again */
void stream_end (Stream *s);     /* EOS, which every frame must outrun, then NULL */
void stream_pause (Stream *s, gulong us);
void stream_flush (Stream *s, GstClockTime to); /* a flushing seek */
void stream_hush (Stream *s);  /* the camera waits, and every frame has arrived */
void stream_go_on (Stream *s); /* the camera does */
void stream_silence (Stream *s, gulong us);     /* no signal: a gap event, no frames */
void stream_gaps (Stream *s, guint n);          /* the next n frames are gaps */
void stream_look (Stream *s, guint look, guint rate); /* both wrap around */

/* Sets a property ("element.property"); value NULL: no text. Nothing if there is no such element. */
void stream_set (Stream *s, const gchar *property, const gchar *value);
/* Asks for what applications ask for: stats, latency, position. */
void stream_ask (Stream *s);
/* Takes what is on the bus. TRUE while a model is being loaded. */
gboolean stream_listen (Stream *s);
StreamCount stream_count (Stream *s);
