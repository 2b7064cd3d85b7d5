/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Home Assistant's MQTT discovery: what it is to show for each number that tfcpublish keeps on the
 * broker (the suffixes of gsttfctransport.h). For each there are two retained messages,
 * homeassistant/sensor/ID/config for the count and homeassistant/binary_sensor/ID/config for
 * whether it is above 0, in the format of Home Assistant's documentation of "MQTT discovery" for
 * single components. ID is made of the topic and the suffix, so it stays the same from run to run.
 *
 * Not thread-safe. */
#include "gst/mqtt/gsttfcmqtt-message.h"
#include "gst/mqtt/gsttfcmqtt-settings.h"

/* Numbers that are announced; the rest are published all the same. */
#define GST_TFC_MQTT_MAX_ANNOUNCED 256

typedef struct GstTfcMqttDiscovery GstTfcMqttDiscovery;

/* settings must outlive it. */
GstTfcMqttDiscovery *gst_tfc_mqtt_discovery_new (const GstTfcMqttSettings *settings);
void gst_tfc_mqtt_discovery_free (GstTfcMqttDiscovery *discovery); /* NULL is allowed */

/* A number is published under suffix and is value now. FALSE: it is one more than can be announced.
 */
gboolean gst_tfc_mqtt_discovery_note (GstTfcMqttDiscovery *discovery, const gchar *suffix,
                                      const gchar *value);
/* (transfer full) (nullable): the next message that the broker has not been given since the last
 * restart: the announcements of each number, and after a restart the number itself, which the
 * broker may have forgotten. */
GstTfcMqttMessage *gst_tfc_mqtt_discovery_next (GstTfcMqttDiscovery *discovery);
/* There is a new connection: all is announced again. */
void gst_tfc_mqtt_discovery_restart (GstTfcMqttDiscovery *discovery);
