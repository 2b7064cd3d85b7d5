/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcpublishenums.h"
#include "gst/lib/gsttfcenums-private.h"

// clang-format off
static const GEnumValue gst_tfc_publish_when_values[] = {
  { GST_TFC_PUBLISH_WHEN_ALL, "For every buffer", "all" },
  { GST_TFC_PUBLISH_WHEN_CHANGES, "When other objects, labels, numbers or states are seen than before", "changes" },
  { GST_TFC_PUBLISH_WHEN_EVENTS, "When something happened in a zone or on a line", "events" },
  { GST_TFC_PUBLISH_WHEN_EVERY, "Once in as many milliseconds as the property every says", "every" },
  { 0, NULL, NULL }
};
static const GFlagsValue gst_tfc_publish_include_values[] = {
  { GST_TFC_PUBLISH_INCLUDE_BOXES, "Objects, faces, bodies, hands and classes", "boxes" },
  { GST_TFC_PUBLISH_INCLUDE_POINTS, "Their points, and how heads are held", "points" },
  { GST_TFC_PUBLISH_INCLUDE_MASKS, "Masks as PNG pictures in base64", "masks" },
  { GST_TFC_PUBLISH_INCLUDE_STATS, "Counters of the element, of zones and lines", "stats" },
  { GST_TFC_PUBLISH_INCLUDE_EVENTS, "What happened in zones and on lines", "events" },
  { 0, NULL, NULL }
};
static const GEnumValue gst_tfc_units_values[] = {
  { GST_TFC_UNITS_FRACTION, "Fractions of the frame's width and height", "fraction" },
  { GST_TFC_UNITS_PIXEL, "Pixels of the frame", "pixel" },
  { 0, NULL, NULL }
};
// clang-format on

GST_TFC_DEFINE_TYPE ("GstTfcPublishWhen", gst_tfc_publish_when, g_enum_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcPublishInclude", gst_tfc_publish_include, g_flags_register_static)
GST_TFC_DEFINE_TYPE ("GstTfcUnits", gst_tfc_units, g_enum_register_static)
