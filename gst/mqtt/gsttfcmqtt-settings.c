/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/mqtt/gsttfcmqtt-settings.h"

#include <string.h>

#include "gst/mqtt/gsttfcmqtt-files.h"

#define SETTINGS GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS
#define MAX_NAME 1024 /* bytes of address, username and client-id */
#define MAX_HOST 255

static gboolean
is_control (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

static const gchar *
wrong_text (const gchar *text, gsize max)
{
  if (!g_utf8_validate (text, -1, NULL))
    return "is not UTF-8";
  for (const gchar *p = text; *p; p = g_utf8_next_char (p))
    if (is_control (g_utf8_get_char (p)))
      return "has a control character";
  return strlen (text) > max ? "is too long" : NULL;
}

/* GLib's own errors may hold a part of the address, and so a password: they are not passed on. */
static gboolean
read_uri (GstTfcMqttSettings *s, const gchar *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const gchar *scheme = uri ? g_uri_get_scheme (uri) : "";
  const gchar *host = uri ? g_uri_get_host (uri) : NULL;
  const gchar *path = uri ? g_uri_get_path (uri) : "";
  const gint port = uri ? g_uri_get_port (uri) : 0;

  s->tls = g_str_equal (scheme, "mqtts");
  if (!s->tls && !g_str_equal (scheme, "mqtt"))
    return FALSE;
  if (!host || !*host || wrong_text (host, MAX_HOST) || port == 0 ||
      !(*path == 0 || g_str_equal (path, "/")) || g_uri_get_query (uri) || g_uri_get_fragment (uri))
    return FALSE;
  s->host = g_strdup (host);
  s->port = port > 0 ? (guint)port : s->tls ? 8883 : 1883;
  return TRUE;
}

static gboolean
read_address (GstTfcMqttSettings *s, const gchar *address, GError **error)
{
  const gchar *wrong = wrong_text (address, MAX_NAME);

  if (strchr (address, '@') || strstr (address, "%40"))
    g_set_error (error, SETTINGS,
                 "address: user name and password do not belong into it: use the "
                 "properties username and password-file");
  else if (wrong)
    g_set_error (error, SETTINGS, "address: it %s (at most %d bytes of UTF-8)", wrong, MAX_NAME);
  else if (read_uri (s, address))
    return TRUE;
  else
    g_set_error (error, SETTINGS,
                 "address: \"%s\" is not mqtt://HOST, mqtt://HOST:PORT or the same with mqtts:// "
                 "for TLS",
                 address);
  return FALSE;
}

/* One level of a topic: what MQTT forbids or means something else by is '_'. */
static gchar *
level_of (const gchar *name)
{
  g_autofree gchar *valid = g_utf8_make_valid (name, -1);
  GString *level = g_string_new (NULL);

  for (const gchar *p = valid; *p; p = g_utf8_next_char (p)) {
    const gunichar c = g_utf8_get_char (p);
    g_string_append_unichar (level, c == '+' || c == '#' || c == '/' || is_control (c) ? '_' : c);
  }
  return g_string_free (level, FALSE);
}

static const gchar *
wrong_topic (const gchar *topic)
{
  const gchar *wrong = wrong_text (topic, GST_TFC_MQTT_MAX_TOPIC);

  if (wrong)
    return wrong;
  if (strpbrk (topic, "+#"))
    return "has + or #, which are for those who subscribe";
  return *topic == '$' || *topic == '/' || g_str_has_suffix (topic, "/")
             ? "begins with $ or /, or ends with /"
             : NULL;
}

static gboolean
read_topic (GstTfcMqttSettings *s, const gchar *topic, GError **error)
{
  g_autofree gchar *level = level_of (s->source);
  const gchar *wrong;

  s->topic = topic ? g_strdup (topic) : g_strdup_printf ("tfc/%s", level);
  s->status = g_strdup_printf ("%s/status", s->topic);
  wrong = wrong_topic (s->topic);
  if (wrong)
    g_set_error (error, SETTINGS, "%s: it %s (at most %d bytes of UTF-8)",
                 topic ? "topic" : "source", wrong, GST_TFC_MQTT_MAX_TOPIC);
  return !wrong;
}

/* 23 characters of these are what every broker takes. */
static gchar *
make_up_id (void)
{
  return g_strdup_printf ("tfc-%08x%08x", g_random_int (), g_random_int ());
}

static gboolean
read_names (GstTfcMqttSettings *s, const GstTfcTransportOptions *options, GError **error)
{
  const struct {
    const gchar *name, *text;
  } names[] = {{"username", options->username}, {"client-id", options->client_id}};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const gchar *wrong = names[i].text ? wrong_text (names[i].text, MAX_NAME) : NULL;
    if (wrong) {
      g_set_error (error, SETTINGS, "%s: it %s (at most %d bytes of UTF-8)", names[i].name, wrong,
                   MAX_NAME);
      return FALSE;
    }
  }
  s->username = g_strdup (options->username);
  s->client_id = options->client_id ? g_strdup (options->client_id) : make_up_id ();
  return TRUE;
}

static gboolean
read_files (GstTfcMqttSettings *s, const GstTfcTransportOptions *options, GError **error)
{
  if (options->ca_file && !s->tls) {
    g_set_error (error, SETTINGS, "ca-file: it needs TLS, which is an address mqtts://");
    return FALSE;
  }
  if (options->password_file && !options->username) {
    g_set_error (error, SETTINGS, "password-file: it needs a username");
    return FALSE;
  }
  if (options->ca_file && !gst_tfc_mqtt_check_certificates (options->ca_file, error))
    return FALSE;
  s->ca_file = g_strdup (options->ca_file);
  if (options->password_file)
    s->password = gst_tfc_mqtt_read_password (options->password_file, error);
  return s->password || !options->password_file;
}

GstTfcMqttSettings *
gst_tfc_mqtt_settings_new (const GstTfcTransportOptions *options, GError **error)
{
  GstTfcMqttSettings *s = g_new0 (GstTfcMqttSettings, 1);

  s->source = g_utf8_make_valid (options->source, -1);
  s->qos = MIN (options->qos, 2);
  s->home_assistant = options->home_assistant;
  if (!options->address)
    g_set_error (error, SETTINGS, "address: it is not set");
  else if (read_address (s, options->address, error) && read_topic (s, options->topic, error) &&
           read_names (s, options, error) && read_files (s, options, error))
    return s;
  gst_tfc_mqtt_settings_free (s);
  return NULL;
}

void
gst_tfc_mqtt_forget (gchar **secret)
{
  if (*secret)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

void
gst_tfc_mqtt_settings_free (GstTfcMqttSettings *s)
{
  if (!s)
    return;
  gst_tfc_mqtt_forget (&s->password);
  g_free (s->source);
  g_free (s->host);
  g_free (s->topic);
  g_free (s->status);
  g_free (s->client_id);
  g_free (s->username);
  g_free (s->ca_file);
  g_free (s);
}
