/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Private to the metadata library: results as bytes, for gst_meta_serialize (GStreamer 1.24).
 * Little endian, floats as their IEEE bits: held (1 byte), pts (8), model (2 bytes of length,
 * text), n (4), then the items in the order of their fields; texts as the model's, faces with
 * n_points (4) and points. */
#include "gst/lib/gsttfcresults-private.h"

#define TFC_SERIAL_VERSION 0

void tfc_results_serialize (const GstTfcResults *results, gboolean held, GByteArray *bytes);
/* NULL if the bytes are not what write makes: every length is checked against size first. Texts are
 * interned, so a process takes at most 4096 new ones from bytes; what has more is refused too. */
GstTfcResults *tfc_results_deserialize (TfcResultsKind kind, const guint8 *data, gsize size,
                                        gboolean *held);
