/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Enum types of tfcpublish's properties. */
#include "tfc-prelude.h"

G_BEGIN_DECLS

/**
 * GstTfcPublishWhen:
 * @GST_TFC_PUBLISH_WHEN_ALL: a line for every buffer
 * @GST_TFC_PUBLISH_WHEN_CHANGES: when something else is seen than on the buffer before
 * @GST_TFC_PUBLISH_WHEN_EVENTS: when something happened in a zone or on a line
 * @GST_TFC_PUBLISH_WHEN_EVERY: once in as many milliseconds as `every` says
 *
 * Values of `tfcpublish when`. Events make a line in any case, unless `include` leaves them out.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_PUBLISH_WHEN_ALL,
  GST_TFC_PUBLISH_WHEN_CHANGES,
  GST_TFC_PUBLISH_WHEN_EVENTS,
  GST_TFC_PUBLISH_WHEN_EVERY
} GstTfcPublishWhen;

/**
 * GstTfcPublishInclude:
 * @GST_TFC_PUBLISH_INCLUDE_BOXES: objects, faces, bodies, hands and classes
 * @GST_TFC_PUBLISH_INCLUDE_POINTS: their points, and how heads are held
 * @GST_TFC_PUBLISH_INCLUDE_MASKS: masks as pictures, PNG in base64
 * @GST_TFC_PUBLISH_INCLUDE_STATS: counters of the element, of zones and lines
 * @GST_TFC_PUBLISH_INCLUDE_EVENTS: what happened in zones and on lines
 *
 * Values of `tfcpublish include`.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_PUBLISH_INCLUDE_BOXES = 1 << 0,
  GST_TFC_PUBLISH_INCLUDE_POINTS = 1 << 1,
  GST_TFC_PUBLISH_INCLUDE_MASKS = 1 << 2,
  GST_TFC_PUBLISH_INCLUDE_STATS = 1 << 3,
  GST_TFC_PUBLISH_INCLUDE_EVENTS = 1 << 4
} GstTfcPublishInclude;

/**
 * GstTfcUnits:
 * @GST_TFC_UNITS_FRACTION: fractions of the frame's width and height
 * @GST_TFC_UNITS_PIXEL: pixels of the frame
 *
 * Values of `tfcpublish units`: what boxes and points are counted in.
 *
 * Since: 0.1
 */
typedef enum { GST_TFC_UNITS_FRACTION, GST_TFC_UNITS_PIXEL } GstTfcUnits;

/**
 * GST_TYPE_TFC_PUBLISH_WHEN:
 *
 * The type of #GstTfcPublishWhen.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_PUBLISH_WHEN (gst_tfc_publish_when_get_type ())
GST_TFC_API GType gst_tfc_publish_when_get_type (void);

/**
 * GST_TYPE_TFC_PUBLISH_INCLUDE:
 *
 * The type of #GstTfcPublishInclude.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_PUBLISH_INCLUDE (gst_tfc_publish_include_get_type ())
GST_TFC_API GType gst_tfc_publish_include_get_type (void);

/**
 * GST_TYPE_TFC_UNITS:
 *
 * The type of #GstTfcUnits.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_UNITS (gst_tfc_units_get_type ())
GST_TFC_API GType gst_tfc_units_get_type (void);

G_END_DECLS
