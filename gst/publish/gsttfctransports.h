/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Which transports there are. */
#include "gst/publish/gsttfctransport.h"

extern const GstTfcTransportClass gst_tfc_file_transport; /* a file, a fifo, "-": standard output */
extern const GstTfcTransportClass gst_tfc_socket_transport; /* "unix:PATH" */

/* The one for location or address, of which one is there. NULL with a GST_RESOURCE_ERROR: it needs
 * a plug-in file that is not there, or of another version. A plug-in file that was loaded stays. */
const GstTfcTransportClass *gst_tfc_transport_find (const GstTfcTransportOptions *options,
                                                    GError **error);

/* g_set_error of the domain GST_RESOURCE_ERROR; the text names place. */
void gst_tfc_transport_fail (GError **error, GstResourceError code, const gchar *place,
                             const gchar *why, const gchar *what_to_do);
