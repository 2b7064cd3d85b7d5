/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The parts of a pipeline. Functions may be called from any thread. */
#include <gst/gst.h>

#include "tools/watch/settings.h"

typedef struct {
  GstElement *queue, *sink;       /* borrowed from the pipeline */
  GstElement *analyser, *publish; /* or NULL */
  GstElement *shown;              /* what frames leave with all metadata: its source pad */
} WatchParts;

/* NULL, and error says which package has it (transfer floating). */
GstElement *watch_element_make (const gchar *factory, GError **error);
/* queue ! analysers ! tfczones ! tfcpublish ! fakesink, as settings say. FALSE, and error says
 * which element is missing and of which package, or which value it does not take. */
gboolean watch_parts_add (GstBin *pipeline, const WatchSettings *settings, WatchParts *parts,
                          GError **error);
/* Where the stream comes from, decoded (transfer floating), to be linked by watch_link_source. */
GstElement *watch_source_new (const WatchSettings *settings, WatchKeyId uri, GError **error);
void watch_link_source (GstElement *source, GstElement *to);
/* The sink where the stream of WATCH_URI arrives as the camera encoded it, and what is in front of
 * it. */
GstElement *watch_recording_add (GstBin *pipeline, const WatchSettings *settings, GError **error);
/* Elements and values that this installation does not have are told as mistakes. notes: NULL, or
 * the analysers are started, too, and what is not there of their models is told in it. */
void watch_parts_check (const WatchConfig *config, GPtrArray *mistakes, GPtrArray *notes);
