/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The two files that a connection is made with. */
#include <gst/gst.h>

/* The first line of a file that nobody but its owner may read (mode 600 or 400): free with
 * gst_tfc_mqtt_forget. NULL with a GST_RESOURCE_ERROR that names the file, and holds nothing of
 * what is in it. */
gchar *gst_tfc_mqtt_read_password (const gchar *path, GError **error);
/* FALSE with a GST_RESOURCE_ERROR: it cannot be read, or has no certificate in PEM format. What is
 * in it is checked by OpenSSL when the connection is made. */
gboolean gst_tfc_mqtt_check_certificates (const gchar *path, GError **error);
