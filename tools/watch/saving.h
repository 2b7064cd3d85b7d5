/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the threads of the recorder write. */
#include <gst/gst.h>

#include "tools/watch/meter.h"
#include "tools/watch/store.h"

/* Who asked for a file; owns what it points at. */
typedef struct {
  gchar *folder, *camera, *event, *place;
  gint64 time;
  guint64 max_bytes; /* of the folder */
  WatchMeter *meter; /* counted */
} WatchOrder;

void watch_order_clear (WatchOrder *order);
/* Says why a file of order was not written, and counts it. */
void watch_order_failed (const WatchOrder *order, const GError *error);
WatchSubject watch_order_subject (const WatchOrder *order);

/* Takes sample and order. drawn: with what tfcoverlay draws. Blocks. */
void watch_snapshot_write (GstSample *sample, gboolean drawn, WatchOrder *order);

/* A clip that is being written: buffers come in, a thread takes them out. */
typedef struct WatchClip WatchClip;
/* Takes order. mp4: else Matroska. */
WatchClip *watch_clip_new (GstCaps *caps, gboolean mp4, WatchOrder order);
/* FALSE: it is cut off here, since 64 MiB wait to be written. */
gboolean watch_clip_push (WatchClip *clip, GstBuffer *buffer);
void watch_clip_end (WatchClip *clip);
/* The thread: writes until the end, and frees it. */
void watch_clip_write (WatchClip *clip);
