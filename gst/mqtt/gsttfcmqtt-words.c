/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/mqtt/gsttfcmqtt-private.h"

#include <string.h>

typedef struct {
  int code;
  const gchar *words;
} Words;

static const Words refusals[] = {
    /* of CONNACK */
    {1, "it does not speak MQTT 3.1.1"},
    {2, "it refuses the client-id"},
    {3, "it is not available now"},
    {4, "it refuses the user name or the password"},
    {5, "it does not let this client in: check username, password-file and its access list"},
};

static const Words failures[] = {
    {MOSQ_ERR_CONN_LOST, "it closed the connection"},
    {MOSQ_ERR_NO_CONN, "it closed the connection"},
    {MOSQ_ERR_INVAL, "it closed the connection"}, /* arguments are right: the socket was reset */
    /* OpenSSL has not said why: how libmosquitto 2.0.21 tells a reset in the handshake */
    {MOSQ_ERR_TLS, "TLS failed: no reason was given, it may have closed the connection"},
    {MOSQ_ERR_KEEPALIVE, "it does not answer any more"},
    {MOSQ_ERR_PROTOCOL, "what it sends is not MQTT, or was not asked for"},
    {MOSQ_ERR_MALFORMED_PACKET, "what it sends is not MQTT"},
    {MOSQ_ERR_EAI, "the name cannot be resolved"},
    {MOSQ_ERR_NOMEM, "no memory"},
};

static const gchar *
find (const Words *words, guint n, int code)
{
  for (guint i = 0; i < n; i++)
    if (words[i].code == code)
      return words[i].words;
  return NULL;
}

static gchar *
tls_words (const GstTfcTransport *t)
{
  const GstTfcMqttSettings *s = t->settings;

  if (t->wrong_host)
    return g_strdup ("its certificate is not for this host name");
  if (strstr (t->tls_reason, "certificate verify failed"))
    return s->ca_file
               ? g_strdup_printf ("its certificate is not valid, or not signed by an "
                                  "authority of ca-file \"%s\"",
                                  s->ca_file)
               : g_strdup ("its certificate is not valid, or not signed by an authority that "
                           "this system trusts: name one with ca-file");
  if (strstr (t->tls_reason, "wrong version number"))
    return g_strdup (
        "it does not speak TLS at this port: an address without TLS begins with mqtt://");
  return g_strdup_printf ("TLS failed: %s", *t->tls_reason ? t->tls_reason : "no reason was given");
}

gchar *
gst_tfc_mqtt_words (const GstTfcTransport *t, int code, int error)
{
  const gchar *words = find (refusals, G_N_ELEMENTS (refusals), t->refusal);
  g_autofree gchar *tls = !words && t->tls_failed ? tls_words (t) : NULL;

  if (code == MOSQ_ERR_ERRNO && error == 0) /* in the middle of a packet */
    code = MOSQ_ERR_CONN_LOST;
  if (!words)
    words = tls ? tls : find (failures, G_N_ELEMENTS (failures), code);
  if (!words)
    words = code == MOSQ_ERR_ERRNO ? g_strerror (error) : mosquitto_strerror (code);
  return g_strdup_printf ("MQTT broker %s, port %u: %s", t->settings->host, t->settings->port,
                          words);
}
