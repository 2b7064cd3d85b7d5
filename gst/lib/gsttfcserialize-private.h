/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Private to the metadata library: results as bytes, for gst_meta_serialize (GStreamer 1.24).
 * Numbers and texts as gsttfcbytes-private.h says: held (1 byte), pts (8), model (text), n (4),
 * then the items in the order of their fields; age (8), seen (1) and speed (2 floats) stand
 * together, behind the label or object_id. Faces have whether there is a head (1), it, n_points (4)
 * and points; poses n_points, whether there are world points (1), points and world points; a mask
 * its sizes, whether there are labels (1), n_indices (1), labels, values. An event is its type (1),
 * direction (1), track id (8), dwell (8), count (4), zone, line, label; a zone whether it is a line
 * (1), count (4), crossings (8, 8), name, n_points (1), points. */
#include "gst/lib/gsttfcbytes-private.h"
#include "gst/lib/gsttfcresults-private.h"

#define TFC_SERIAL_VERSION 1 /* 0: without age, seen and speed; not read */

void tfc_results_serialize (const GstTfcResults *results, gboolean held, GByteArray *bytes);
/* NULL if the bytes are not what write makes: every length is checked against size first, a pose
 * has the points of its layout, a mask no value above n_indices where values are indices. Texts are
 * interned, so a process takes at most 4096 new ones from bytes; what has more is refused too. */
GstTfcResults *tfc_results_deserialize (GstTfcResultsKind kind, const guint8 *data, gsize size,
                                        gboolean *held);

/* Of one item; what is read is checked, its tail goes to tail, and the tail's end is returned. */
void tfc_write_event (GByteArray *bytes, gconstpointer item);
guint8 *tfc_read_event (TfcReader *reader, gpointer item, guint8 *tail);
void tfc_write_zone (GByteArray *bytes, gconstpointer item);
guint8 *tfc_read_zone (TfcReader *reader, gpointer item, guint8 *tail);
