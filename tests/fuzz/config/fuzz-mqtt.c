/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What tfcpublish's properties say of a broker, and a name of a class or zone: lines of text, in
 * the order address, topic, source, username, client id, suffix. Each is cut at 600 bytes. */
#include <cjson/cJSON.h>
#include <mosquitto.h>
#include <string.h>

#include "gst/mqtt/gsttfcmqtt-discovery.h"
#include "gst/mqtt/gsttfcmqtt-settings.h"
#include "tests/fuzz/fuzz.h"

enum { ADDRESS, TOPIC, SOURCE, USERNAME, CLIENT_ID, SUFFIX, LINES };

/* NULL for a line that is empty. */
static void
split (const guint8 *data, gsize size, gchar *lines[LINES])
{
  for (guint i = 0; i < LINES; i++) {
    const guint8 *end = size ? memchr (data, '\n', size) : NULL;
    const gsize n = end ? (gsize)(end - data) : size;
    lines[i] = n ? g_strndup ((const gchar *)data, MIN (n, 600)) : NULL;
    data += end ? n + 1 : n;
    size -= end ? n + 1 : n;
  }
}

/* UTF-8 that a terminal takes. */
static void
check_words (const gchar *text)
{
  g_assert_true (*text && g_utf8_validate (text, -1, NULL));
  for (; *text; text = g_utf8_next_char (text))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (text)));
}

/* What is before an '@' may be a password. */
static void
check_error (const GError *error, const gchar *address)
{
  g_assert_true (error && error->domain == GST_RESOURCE_ERROR);
  check_words (error->message);
  g_assert_true (!address || !strchr (address, '@') || !strchr (error->message, '@'));
}

static void
check_topic (const gchar *topic)
{
  g_assert_cmpint (mosquitto_pub_topic_check (topic), ==, MOSQ_ERR_SUCCESS);
  g_assert_true (g_utf8_validate (topic, -1, NULL) && strlen (topic) < 65536);
}

static void
check_discovery (const GstTfcMqttSettings *settings, const gchar *suffix)
{
  GstTfcMqttDiscovery *discovery = gst_tfc_mqtt_discovery_new (settings);
  GstTfcMqttMessage *message;
  guint n = 0;

  g_assert_true (gst_tfc_mqtt_discovery_note (discovery, suffix, "1"));
  gst_tfc_mqtt_discovery_restart (discovery);
  while ((message = gst_tfc_mqtt_discovery_next (discovery))) {
    cJSON *json = cJSON_ParseWithLength (message->text, message->length);
    g_assert_nonnull (json);
    if (n < 2)
      check_topic (message->topic);
    cJSON_Delete (json);
    gst_tfc_mqtt_message_free (message);
    n++;
  }
  g_assert_cmpuint (n, ==, 3);
  gst_tfc_mqtt_discovery_free (discovery);
}

void
fuzz_one (const guint8 *data, gsize size)
{
  gchar *lines[LINES];
  g_autoptr (GError) error = NULL;
  GstTfcMqttSettings *settings;

  split (data, size, lines);
  const GstTfcTransportOptions options = {.source = lines[SOURCE] ? lines[SOURCE] : "",
                                          .address = lines[ADDRESS],
                                          .topic = lines[TOPIC],
                                          .username = lines[USERNAME],
                                          .client_id = lines[CLIENT_ID],
                                          .home_assistant = TRUE};
  settings = gst_tfc_mqtt_settings_new (&options, &error);
  if (settings) {
    g_assert_true (*settings->host && settings->port >= 1 && settings->port <= 65535);
    check_words (settings->host);
    check_topic (settings->topic);
    check_topic (settings->status);
    check_discovery (settings, lines[SUFFIX] ? lines[SUFFIX] : "");
  } else {
    check_error (error, lines[ADDRESS]);
  }
  gst_tfc_mqtt_settings_free (settings);
  for (guint i = 0; i < LINES; i++)
    g_free (lines[i]);
}

void
fuzz_seeds (void)
{
  static const gchar *const texts[] = {
      "mqtt://broker\n\ndoor\n\n\ncount/person",
      "mqtts://[::1]:8883/\nhouse/door\ndoor\ncam\ntfc-1\nzone/porch/cat",
      "mqtt://me:secret@broker:1883\n\n\n\n\n",
      "mqtts://192.0.2.1\na/+/#\nd\303\266r+#/\nc\na\001m\nzone/\"\\\303\244",
      "mqtt://h:0\n/a/\n$SYS\n\n\n/",
      "mqtt://h%41:99999999999",
      "mqtt://h%0a%41%c3%a4/\nx",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    fuzz_seed (texts[i], strlen (texts[i]));
}
