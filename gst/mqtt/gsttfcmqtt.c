/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The plug-in file, and what tfcpublish calls. */
#include <errno.h>
#include <gmodule.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "config.h"
#include "gst/mqtt/gsttfcmqtt-private.h"

GST_DEBUG_CATEGORY (gst_tfc_mqtt_debug);
#define GST_CAT_DEFAULT gst_tfc_mqtt_debug

#define LOOK_AGAIN 1000 /* ms: wake says earlier */

void
gst_tfc_mqtt_unref (GstTfcTransport *t)
{
  if (!g_atomic_int_dec_and_test (&t->refs))
    return;
  if (t->client)
    mosquitto_destroy (t->client);
  g_ptr_array_unref (t->in_flight);
  g_queue_clear_full (&t->lines, (GDestroyNotify)gst_tfc_mqtt_message_free);
  gst_tfc_mqtt_discovery_free (t->discovery);
  gst_tfc_mqtt_settings_free (t->settings);
  g_mutex_clear (&t->lock);
  g_cond_clear (&t->changed);
  g_free (t->problem);
  g_free (t->told);
  if (t->event >= 0)
    close (t->event);
  g_free (t);
}

void
gst_tfc_mqtt_wake (GstTfcTransport *t)
{
  gboolean wanted;

  g_mutex_lock (&t->lock);
  wanted = t->waking = t->wake && !t->abandoned;
  g_mutex_unlock (&t->lock);
  if (!wanted)
    return;
  t->wake (t->wake_data);
  g_mutex_lock (&t->lock);
  t->waking = FALSE;
  g_cond_broadcast (&t->changed);
  g_mutex_unlock (&t->lock);
}

void
gst_tfc_mqtt_tell (GstTfcTransport *t, gboolean connected, gchar *problem)
{
  g_mutex_lock (&t->lock);
  if (problem && g_strcmp0 (problem, t->problem) != 0)
    GST_INFO ("%s", problem);
  t->connected = connected;
  g_free (t->problem);
  t->problem = problem;
  g_mutex_unlock (&t->lock);
  gst_tfc_mqtt_wake (t);
}

/* libmosquitto has SIGPIPE ignored in the whole process: what the application had is put back; our
 * thread blocks it. */
static struct mosquitto *
new_client (const gchar *id, gpointer data)
{
  struct sigaction before;
  struct mosquitto *client;

  sigaction (SIGPIPE, NULL, &before);
  client = mosquitto_new (id, true, data);
  sigaction (SIGPIPE, &before, NULL);
  return client;
}

static int
configure (GstTfcTransport *t)
{
  const GstTfcMqttSettings *s = t->settings;
  int code = mosquitto_int_option (t->client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V311);

  if (code == 0)
    code = mosquitto_int_option (t->client, MOSQ_OPT_SEND_MAXIMUM, GST_TFC_MQTT_IN_FLIGHT);
  if (code == 0)
    code = mosquitto_int_option (t->client, MOSQ_OPT_TCP_NODELAY, 1);
  if (code == 0)
    code =
        mosquitto_will_set (t->client, s->status, strlen ("offline"), "offline", (int)s->qos, true);
  if (code == 0 && s->username)
    code = mosquitto_username_pw_set (t->client, s->username, s->password);
  if (code == 0 && s->ca_file)
    code = mosquitto_tls_set (t->client, s->ca_file, NULL, NULL, NULL, NULL);
  else if (code == 0 && s->tls)
    code = mosquitto_int_option (t->client, MOSQ_OPT_TLS_USE_OS_CERTS, 1);
  gst_tfc_mqtt_listen (t);
  return code;
}

static GstTfcTransport *
transport_new (GstTfcMqttSettings *settings, const GstTfcTransportOptions *options)
{
  GstTfcTransport *t = g_new0 (GstTfcTransport, 1);

  t->refs = 1;
  t->settings = settings;
  t->wake = options->wake;
  t->wake_data = options->wake_data;
  t->event = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  t->in_flight = g_ptr_array_new_with_free_func ((GDestroyNotify)gst_tfc_mqtt_message_free);
  g_queue_init (&t->lines);
  g_mutex_init (&t->lock);
  g_cond_init (&t->changed);
  if (settings->home_assistant)
    t->discovery = gst_tfc_mqtt_discovery_new (settings);
  t->client = new_client (settings->client_id, t);
  return t;
}

static GstTfcTransport *
mqtt_open (const GstTfcTransportOptions *options, GError **error)
{
  static gsize once = 0;
  GstTfcMqttSettings *settings = gst_tfc_mqtt_settings_new (options, error);
  GstTfcTransport *t;
  int code;

  if (!settings)
    return NULL;
  if (g_once_init_enter (&once)) {
    mosquitto_lib_init ();
    g_once_init_leave (&once, 1);
  }
  t = transport_new (settings, options);
  code = t->client && t->event >= 0 ? configure (t) : MOSQ_ERR_NOMEM;
  gst_tfc_mqtt_forget (&settings->password);
  if (code == 0) {
    g_atomic_int_inc (&t->refs);
    t->thread = g_thread_try_new ("tfcmqtt", gst_tfc_mqtt_run, t, error);
    if (t->thread)
      return t;
    g_atomic_int_add (&t->refs, -1);
  } else {
    g_set_error (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "MQTT broker %s: %s",
                 settings->host, mosquitto_strerror (code));
  }
  gst_tfc_mqtt_unref (t);
  return NULL;
}

static void
rouse (GstTfcTransport *t)
{
  const guint64 one = 1;

  while (write (t->event, &one, sizeof one) < 0 && errno == EINTR)
    ;
}

/* The lock is held. */
static void
note_number (GstTfcTransport *t, const GstTfcTransportLine *line)
{
  if (t->discovery && line->suffix && line->retain &&
      !gst_tfc_mqtt_discovery_note (t->discovery, line->suffix, line->text) && !t->crowded) {
    t->crowded = TRUE;
    GST_WARNING ("more than %d classes and zones: the others are not announced to Home Assistant",
                 GST_TFC_MQTT_MAX_ANNOUNCED);
  }
}

static GstTfcSendResult
mqtt_send (GstTfcTransport *t, const GstTfcTransportLine *line)
{
  const GstTfcMqttSettings *s = t->settings;
  GstTfcSendResult result = GST_TFC_RETRY;

  if (line->length > GST_TFC_MAX_LINE ||
      (line->suffix && strlen (line->suffix) > GST_TFC_MAX_SUFFIX))
    return GST_TFC_REFUSED;
  g_mutex_lock (&t->lock);
  if (t->connected && t->n_taken < GST_TFC_MQTT_IN_FLIGHT && t->n_bytes < GST_TFC_MQTT_MAX_BYTES) {
    gchar *topic =
        line->suffix ? g_strdup_printf ("%s/%s", s->topic, line->suffix) : g_strdup (s->topic);
    g_queue_push_tail (
        &t->lines, gst_tfc_mqtt_message_new (topic, line->text, line->length, line->retain, TRUE));
    t->n_taken++;
    t->n_bytes += line->length;
    note_number (t, line);
    result = GST_TFC_SENT;
  }
  g_mutex_unlock (&t->lock);
  if (result == GST_TFC_SENT)
    rouse (t);
  return result;
}

/* The thread does all of it. */
static guint
mqtt_work (GstTfcTransport *t)
{
  return LOOK_AGAIN;
}

static void
mqtt_get_state (GstTfcTransport *t, GstTfcTransportState *state)
{
  g_mutex_lock (&t->lock);
  g_free (t->told);
  t->told = g_strdup (t->problem);
  state->connected = t->connected;
  state->problem = t->told;
  state->lost = t->lost;
  state->reconnects = t->connections > 0 ? t->connections - 1 : 0;
  g_mutex_unlock (&t->lock);
}

/* A thread that hangs in the resolver is left alone; it ends when it comes back. */
static guint64
mqtt_close (GstTfcTransport *t, guint timeout_ms)
{
  GThread *thread = t->thread;
  guint64 lost;
  gboolean ended;

  g_mutex_lock (&t->lock);
  t->closing = TRUE;
  t->deadline = g_get_monotonic_time () + (gint64)timeout_ms * 1000;
  g_mutex_unlock (&t->lock);
  rouse (t);
  g_mutex_lock (&t->lock);
  while (!t->ended && g_cond_wait_until (&t->changed, &t->lock, t->deadline + 100000))
    ;
  t->abandoned = TRUE;
  while (t->waking)
    g_cond_wait (&t->changed, &t->lock);
  ended = t->ended;
  lost = t->n_taken;
  g_mutex_unlock (&t->lock);
  if (ended)
    g_thread_join (thread);
  else
    g_thread_unref (thread);
  gst_tfc_mqtt_unref (t);
  return lost;
}

G_MODULE_EXPORT const GstTfcTransportClass gst_tfc_mqtt_transport = {
    .version = GST_TFC_TRANSPORT_VERSION,
    .open = mqtt_open,
    .send = mqtt_send,
    .work = mqtt_work,
    .get_state = mqtt_get_state,
    .close = mqtt_close,
};

static gboolean
plugin_init (GstPlugin *plugin)
{
  GST_DEBUG_CATEGORY_INIT (gst_tfc_mqtt_debug, "tfcmqtt", 0, "MQTT connections of tfcpublish");
  return TRUE;
}

#define PACKAGE "tfc"
GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, tfcmqtt, "MQTT for tfcpublish",
                   plugin_init, TFC_VERSION, "LGPL", "tfc", "tfc")
