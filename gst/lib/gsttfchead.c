/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfchead.h"

/**
 * gst_tfc_head_copy: (skip)
 * @head: a head
 *
 * Copies a head.
 *
 * Returns: (transfer full): a copy, for gst_tfc_head_free()
 *
 * Since: 0.1
 */
GstTfcHead *
gst_tfc_head_copy (const GstTfcHead *head)
{
  g_return_val_if_fail (head != NULL, NULL);
  return g_memdup2 (head, sizeof *head);
}

/**
 * gst_tfc_head_free: (skip)
 * @head: (transfer full) (nullable): a copy
 *
 * Frees a copy.
 *
 * Since: 0.1
 */
void
gst_tfc_head_free (GstTfcHead *head)
{
  g_free (head);
}

G_DEFINE_BOXED_TYPE (GstTfcHead, gst_tfc_head, gst_tfc_head_copy, gst_tfc_head_free)
