/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One MQTT message on its way to the broker. */
#include <gst/gst.h>

typedef struct {
  gchar *topic;
  gchar *text;
  gsize length; /* of text, bytes */
  gboolean retain;
  gboolean line; /* tfcpublish's, to be counted; FALSE: status and discovery */
  gint id;       /* of the message in flight; 0: not sent yet */
} GstTfcMqttMessage;

/* Takes topic; copies length bytes of text. */
GstTfcMqttMessage *gst_tfc_mqtt_message_new (gchar *topic, const gchar *text, gsize length,
                                             gboolean retain, gboolean line);
void gst_tfc_mqtt_message_free (GstTfcMqttMessage *message); /* NULL is allowed */
