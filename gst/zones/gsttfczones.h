/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The element that tells what tracked objects do in zones and on lines; the rules stand in
 * models/zones. */
#include <gst/base/gstbasetransform.h>
#include "gst/collect/gsttfccollect.h"
#include "gst/zones/gsttfczonesreport.h"
#include "gst/lib/gsttfcenums.h"

G_BEGIN_DECLS

#define GST_TYPE_TFC_ZONES (gst_tfc_zones_get_type ())
G_DECLARE_FINAL_TYPE (GstTfcZones, gst_tfc_zones, GST, TFC_ZONES, GstBaseTransform)

typedef struct {
  gchar *zones_file, *zones; /* ref strings; NULL: none */
  GstTfcPostMessages post_messages;
} GstTfcZonesSettings;

/* What a buffer needs, too large for an instance. */
typedef struct {
  GstTfcZonesReport report;
  GstTfcCollection collection;
  TfcZoneObject objects[GST_TFC_MAX_COLLECTED];
} GstTfcZonesFrame;

struct _GstTfcZones {
  GstBaseTransform parent;

  /* Under the object lock. */
  GstTfcZonesSettings settings;
  gboolean started;
  gboolean changed; /* next, which may be NULL, takes the place of watch at the next buffer */
  TfcZoneWatch *next;

  GMutex counting;     /* while watch is changed or read; the streaming thread changes it */
  TfcZoneWatch *watch; /* NULL: no zones */

  /* Streaming thread only. */
  guint width, height;     /* of the frame, pixels; 0: unknown */
  GstClockTime now;        /* of the last buffer */
  GstTfcPostMessages post; /* the snapshot for this buffer */
  gboolean told_untracked, told_dropped;
  GstTfcZonesFrame *frame;
};

/* Properties (gsttfczones-props.c). */
/* In class_init: with their setter and getter. */
void gst_tfc_zones_install_properties (GObjectClass *klass);
void gst_tfc_zones_init_settings (GstTfcZones *self);
void gst_tfc_zones_clear_settings (GstTfcZones *self);
/* Loads what the properties ask for, in place of all that was there. FALSE with error set. */
gboolean gst_tfc_zones_load (GstTfcZones *self, GError **error);
/* For this buffer; the streaming thread. Takes over zones that were set meanwhile. */
void gst_tfc_zones_take_settings (GstTfcZones *self);

extern GstDebugCategory *gst_tfc_zones_debug;

GST_ELEMENT_REGISTER_DECLARE (tfczones)

G_END_DECLS
