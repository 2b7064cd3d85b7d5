/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/mqtt/gsttfcmqtt-message.h"

GstTfcMqttMessage *
gst_tfc_mqtt_message_new (gchar *topic, const gchar *text, gsize length, gboolean retain,
                          gboolean line)
{
  GstTfcMqttMessage *message = g_new0 (GstTfcMqttMessage, 1);

  message->topic = topic;
  message->text = g_strndup (text, length);
  message->length = length;
  message->retain = retain;
  message->line = line;
  return message;
}

void
gst_tfc_mqtt_message_free (GstTfcMqttMessage *message)
{
  if (!message)
    return;
  g_free (message->topic);
  g_free (message->text);
  g_free (message);
}
