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

/* queue ! analysers ! tfczones ! tfcpublish ! fakesink, as settings say. FALSE, and error says
 * which element is missing and of which package, or which value it does not take. */
gboolean watch_parts_add (GstBin *pipeline, const WatchSettings *settings, WatchParts *parts,
                          GError **error);
/* Where the stream comes from, decoded; encoded: only parsed, for recording (transfer floating). */
GstElement *watch_source_new (const WatchSettings *settings, WatchKeyId uri, gboolean encoded,
                              GError **error);
/* Elements and values that this installation does not have are told as mistakes. */
void watch_parts_check (const WatchConfig *config, GPtrArray *mistakes);
