/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Numbers with a name each, of which those that changed are sent. Not thread-safe. */
#include "gst/publish/gsttfctransport.h"

typedef struct {
  gchar suffix[GST_TFC_MAX_SUFFIX + 1];
  gint64 value;
  guint index;
} GstTfcNumber;

typedef struct GstTfcNumbers GstTfcNumbers;

GstTfcNumbers *gst_tfc_numbers_new (guint max);
void gst_tfc_numbers_free (GstTfcNumbers *numbers);
/* TRUE: it has another value than before, or is new. A new one of which there is no room is left
 * out. */
gboolean gst_tfc_numbers_set (GstTfcNumbers *numbers, const gchar *suffix, gint64 value);
/* A copy of one that is to be sent. FALSE: there is none. */
gboolean gst_tfc_numbers_next (GstTfcNumbers *numbers, GstTfcNumber *number);
/* It was sent, and is to be again if it has another value by now. */
void gst_tfc_numbers_sent (GstTfcNumbers *numbers, const GstTfcNumber *number);
