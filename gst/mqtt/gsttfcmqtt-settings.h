/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What tfcpublish's properties for MQTT mean: an address taken apart, topics that MQTT allows, a
 * password out of its file. All are checked here, before there is a connection. */
#include "gst/publish/gsttfctransport.h"

/* Bytes of a topic, without a line's suffix. */
#define GST_TFC_MQTT_MAX_TOPIC 512

/* Owned by it; never NULL unless said. */
typedef struct {
  gchar *source;
  gchar *host; /* a name, or an IPv4 or IPv6 address without brackets */
  guint port;  /* 1..65535 */
  gboolean tls;
  gchar *topic;  /* of lines; without wildcards, valid UTF-8 */
  gchar *status; /* of "online" and "offline": TOPIC/status */
  gchar *client_id;
  gchar *username; /* NULL: none */
  gchar *password; /* NULL: none. Never printed; overwritten when it is freed */
  gchar *ca_file;  /* NULL: the system's certificates */
  guint qos;       /* 0..2 */
  gboolean home_assistant;
} GstTfcMqttSettings;

/* NULL with a GST_RESOURCE_ERROR that names the property, and never holds a password or an address
 * that has one in it. Reads password-file and the start of ca-file. */
GstTfcMqttSettings *gst_tfc_mqtt_settings_new (const GstTfcTransportOptions *options,
                                               GError **error);
void gst_tfc_mqtt_settings_free (GstTfcMqttSettings *settings); /* NULL is allowed */
/* Overwrites and frees; NULL is allowed. */
void gst_tfc_mqtt_forget (gchar **secret);
