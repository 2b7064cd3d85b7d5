/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What goes over a connection, in this order: "online", announcements, lines, "offline". */
#include "gst/mqtt/gsttfcmqtt-private.h"

#include <string.h>
#include <unistd.h>

#define AT_ONCE 64 /* messages of qos 0 before the broker is looked at again */

/* The line is the broker's now, or lost. */
static void
give_up_line (GstTfcTransport *t, const GstTfcMqttMessage *message, gboolean lost)
{
  g_mutex_lock (&t->lock);
  t->n_taken--;
  t->n_bytes -= message->length;
  t->lost += lost;
  g_mutex_unlock (&t->lock);
  gst_tfc_mqtt_wake (t);
}

static void
finish (GstTfcTransport *t, guint index, gboolean lost)
{
  GstTfcMqttMessage *message = g_ptr_array_steal_index (t->in_flight, index);

  if (message->line)
    give_up_line (t, message, lost);
  gst_tfc_mqtt_message_free (message);
}

/* Acknowledged; of qos 0: written. An id that is not in flight is not ours, or the broker's
 * invention. */
static void
on_publish (struct mosquitto *client, void *data, int id)
{
  GstTfcTransport *t = data;

  for (guint i = 0; i < t->in_flight->len; i++) {
    const GstTfcMqttMessage *message = g_ptr_array_index (t->in_flight, i);
    if (message->id == id) {
      finish (t, i, FALSE);
      return;
    }
  }
}

static void
on_connect (struct mosquitto *client, void *data, int code)
{
  GstTfcTransport *t = data;

  t->refusal = code;
  if (code != 0 || t->n_accepted++ > 0)
    return;
  GST_CAT_INFO (gst_tfc_mqtt_debug, "connected to %s, port %u", t->settings->host,
                t->settings->port);
  g_mutex_lock (&t->lock);
  t->connections++;
  if (t->discovery)
    gst_tfc_mqtt_discovery_restart (t->discovery);
  g_mutex_unlock (&t->lock);
  gst_tfc_mqtt_tell (t, TRUE, NULL);
}

/* OpenSSL's text, of which nothing but plain characters is kept. */
static void
on_log (struct mosquitto *client, void *data, int level, const char *text)
{
  GstTfcTransport *t = data;
  const gchar *reason = strrchr (text, ':');

  if (level != MOSQ_LOG_ERR && level != MOSQ_LOG_WARNING)
    return;
  t->wrong_host |= strstr (text, "host name verification failed") != NULL;
  if (!g_str_has_prefix (text, "OpenSSL Error") || !reason || *t->tls_reason)
    return;
  t->tls_failed = TRUE;
  g_strlcpy (t->tls_reason, reason + 1, sizeof t->tls_reason);
  for (gchar *p = t->tls_reason; *p; p++)
    if (!g_ascii_isprint (*p))
      *p = '?';
}

void
gst_tfc_mqtt_listen (GstTfcTransport *t)
{
  mosquitto_connect_callback_set (t->client, on_connect);
  mosquitto_publish_callback_set (t->client, on_publish);
  mosquitto_log_callback_set (t->client, on_log);
}

static GstTfcMqttMessage *
status (const GstTfcTransport *t, const gchar *text)
{
  return gst_tfc_mqtt_message_new (g_strdup (t->settings->status), text, strlen (text), TRUE,
                                   FALSE);
}

static GstTfcMqttMessage *
next_message (GstTfcTransport *t)
{
  GstTfcMqttMessage *message = NULL;

  if (!t->said_online) {
    t->said_online = TRUE;
    return status (t, "online");
  }
  g_mutex_lock (&t->lock);
  if (t->discovery)
    message = gst_tfc_mqtt_discovery_next (t->discovery);
  if (!message)
    message = g_queue_pop_head (&t->lines);
  if (!message && t->closing && !t->said_offline) {
    t->said_offline = TRUE;
    message = status (t, "offline");
  }
  g_mutex_unlock (&t->lock);
  return message;
}

/* What libmosquitto has not kept will not come back over another connection. */
static gboolean
was_refused (int code)
{
  return code == MOSQ_ERR_INVAL || code == MOSQ_ERR_NOMEM || code == MOSQ_ERR_PAYLOAD_SIZE ||
         code == MOSQ_ERR_MALFORMED_UTF8 || code == MOSQ_ERR_OVERSIZE_PACKET ||
         code == MOSQ_ERR_QOS_NOT_SUPPORTED;
}

/* qos 0: on_publish is called from within, unless the socket is full. */
static void
send_message (GstTfcTransport *t, GstTfcMqttMessage *message)
{
  int code;

  g_ptr_array_add (t->in_flight, message);
  t->n_sent++;
  code = mosquitto_publish (t->client, &message->id, message->topic, (int)message->length,
                            message->text, (int)t->settings->qos, message->retain);
  if (was_refused (code)) {
    GST_CAT_WARNING (gst_tfc_mqtt_debug, "not sent: %s", mosquitto_strerror (code));
    finish (t, t->in_flight->len - 1, TRUE);
  }
}

/* Of qos 0 one at a time, so that what is lost with a connection is known. */
static gboolean
has_room (const GstTfcTransport *t)
{
  return t->in_flight->len < (t->settings->qos == 0 ? 1 : GST_TFC_MQTT_IN_FLIGHT);
}

void
gst_tfc_mqtt_send_messages (GstTfcTransport *t)
{
  const guint64 more = 1;
  GstTfcMqttMessage *message = NULL;
  guint n = 0;

  while (t->n_accepted && has_room (t) && n < AT_ONCE && (message = next_message (t))) {
    send_message (t, message);
    n++;
  }
  if (n == AT_ONCE && write (t->event, &more, sizeof more) < 0)
    GST_CAT_LOG (gst_tfc_mqtt_debug, "it is awake already");
}

gboolean
gst_tfc_mqtt_has_finished (GstTfcTransport *t)
{
  return t->said_offline && t->in_flight->len == 0;
}

void
gst_tfc_mqtt_take_back (GstTfcTransport *t)
{
  while (t->settings->qos == 0 && t->in_flight->len > 0) {
    GstTfcMqttMessage *message = g_ptr_array_steal_index (t->in_flight, t->in_flight->len - 1);
    if (message->line) {
      g_mutex_lock (&t->lock);
      g_queue_push_head (&t->lines, message);
      g_mutex_unlock (&t->lock);
    } else {
      gst_tfc_mqtt_message_free (message);
    }
  }
}
