/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Which classes tfcdetect reports: names and ids as people write them, compiled against a model's
 * labels. */
#include <glib.h>
#include "models/result/labels.h"

/* Comma-separated names or ids; NULL or "": all, and none excluded. Zeroed at first. */
typedef struct {
  gchar *classes, *exclude;
} GstTfcDetectFilter;

/* to, which is overwritten, becomes from. */
void gst_tfc_detect_filter_copy (GstTfcDetectFilter *to, const GstTfcDetectFilter *from);
void gst_tfc_detect_filter_clear (GstTfcDetectFilter *filter);

/* (out) (transfer full) bytes: a byte by class id, 0: not reported; NULL: all are. FALSE with error
 * set for a class that labels do not have (SETTINGS), or without memory (MEMORY). */
gboolean gst_tfc_detect_filter_compile (const GstTfcDetectFilter *filter, const TfcLabels *labels,
                                        GBytes **bytes, GError **error);
