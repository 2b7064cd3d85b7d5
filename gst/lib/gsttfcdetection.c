/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcdetection.h"

/**
 * gst_tfc_detection_copy: (skip)
 * @detection: a detection
 *
 * Copies a detection, so that it stays valid when the buffer is gone.
 *
 * Returns: (transfer full): a copy, for gst_tfc_detection_free()
 *
 * Since: 0.1
 */
GstTfcDetection *
gst_tfc_detection_copy (const GstTfcDetection *detection)
{
  g_return_val_if_fail (detection != NULL, NULL);
  return g_memdup2 (detection, sizeof *detection);
}

/**
 * gst_tfc_detection_free: (skip)
 * @detection: (transfer full) (nullable): a copy
 *
 * Frees a copy.
 *
 * Since: 0.1
 */
void
gst_tfc_detection_free (GstTfcDetection *detection)
{
  g_free (detection);
}

G_DEFINE_BOXED_TYPE (GstTfcDetection, gst_tfc_detection, gst_tfc_detection_copy,
                     gst_tfc_detection_free)
