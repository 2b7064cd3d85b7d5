/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One detected object. */
#include "tfc-prelude.h"

G_BEGIN_DECLS

/**
 * GstTfcDetection:
 * @x: left edge, fraction of the frame's width; may be negative
 * @y: top edge, fraction of the frame's height; may be negative
 * @w: width, fraction of the frame's width
 * @h: height, fraction of the frame's height
 * @score: 0..1
 * @class_id: number of the class in the model's label table
 * @track_id: the same for the same object from frame to frame; 0 if it is not tracked
 * @label: (transfer none) (nullable): name of the class; an interned string, never freed
 * @age: time since it was first seen
 * @seen: whether it was found in the frame that was analysed; %FALSE if its place is only predicted
 * @speed_x: of the middle of its box, fractions of the frame's width a second
 * @speed_y: fractions of the frame's height a second
 *
 * One object that was detected. The box is not clipped to the frame.
 *
 * @age, @seen and the speed mean something where @track_id is not 0; elements set @seen of all that
 * they find.
 *
 * Since: 0.1
 */
typedef struct _GstTfcDetection {
  gfloat x, y, w, h;
  gfloat score;
  gint class_id;
  guint64 track_id;
  const gchar *label;
  GstClockTime age;
  gboolean seen;
  gfloat speed_x, speed_y;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING]; /* zero */
} GstTfcDetection;

/**
 * GST_TYPE_TFC_DETECTION:
 *
 * The boxed type of #GstTfcDetection.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_DETECTION (gst_tfc_detection_get_type ())
GST_TFC_API GType gst_tfc_detection_get_type (void);
GST_TFC_API GstTfcDetection *gst_tfc_detection_copy (const GstTfcDetection *detection);
GST_TFC_API void gst_tfc_detection_free (GstTfcDetection *detection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcDetection, gst_tfc_detection_free)

G_END_DECLS
