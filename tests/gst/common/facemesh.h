/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the tests of tfcfacemesh share. */
#include "tests/gst/common/detect.h"

#define FRAME (GST_SECOND / 30)

/* FALSE: the mirror's face models are not there and the test was skipped. */
gboolean have_models (void);
/* A tfcfacemesh with the mirror's models; as detect_new. */
GstElement *mesh_new (const gchar *first_property, ...);

/* A photo of the mirror in format, through more ("videocrop left=3 !", or ""); the caller's. */
GstSample *sample_of (const gchar *name, const gchar *format, const gchar *more);
/* A grey picture; the caller's. */
GstSample *blank (const gchar *format, guint width, guint height);
/* The frame-th buffer with sample's picture (caps with the first); what comes out. */
GstBuffer *show (GstHarness *h, GstSample *sample, guint frame);

/* What a buffer says of faces. */
typedef struct {
  gint n; /* -1: no meta */
  gboolean held;
  guint points;
  guint64 id[20];
} Seen;
Seen look (GstHarness *h, GstSample *sample, guint frame);

/* How often a stage was run, by the element's stats. */
guint64 stage_count (GstElement *element, const gchar *stage);

/* The end of a segment and the begin of another. */
void forget_by_segment (GstHarness *h);
