/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Private to the metadata library: what all kinds of meta have in common, so that initialising,
 * transforming and serialising them is written once. */
#include "gst/lib/gsttfcclassmeta.h"
#include "gst/lib/gsttfceventmeta.h"
#include "gst/lib/gsttfcdetectionmeta.h"
#include "gst/lib/gsttfcfacemeta.h"
#include "gst/lib/gsttfcmaskmeta.h"
#include "gst/lib/gsttfcposemeta.h"
#include "gst/lib/gsttfczonemeta.h"

/* The layout of GstTfcDetectionMeta, GstTfcFaceMeta and the others; meta/gsttfcmeta.c asserts it field
 * by field.
 */
typedef struct {
  GstMeta meta;
  const gchar *model;
  GstClockTime pts;
  gboolean held;
  guint n_items;
  gconstpointer items; /* in results */
  GstTfcResults *results;
  gpointer reserved[GST_PADDING];
} GstTfcMetaHead;

/* For the *_get_type and *_get_info functions, which call them once. The names are static. */
GType gst_tfc_meta_register_api (const gchar *name);
const GstMetaInfo *gst_tfc_meta_register (GType api, const gchar *name);
