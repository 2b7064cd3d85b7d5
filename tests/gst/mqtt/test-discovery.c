/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What Home Assistant is told, and when. */
#include <cjson/cJSON.h>
#include <signal.h>
#include <string.h>

#include "gst/mqtt/gsttfcmqtt-discovery.h"
#include "tests/gst/common/runner.h"
#include "tests/gst/mqtt/broker.h"

static GstTfcMqttSettings *
settings_of (const gchar *source, const gchar *topic)
{
  const GstTfcTransportOptions options = {
      .source = source, .topic = topic, .address = "mqtt://host", .qos = 1, .home_assistant = TRUE};
  GstTfcMqttSettings *settings = gst_tfc_mqtt_settings_new (&options, NULL);

  g_assert_nonnull (settings);
  return settings;
}

static const gchar *
string_of (const cJSON *object, const gchar *key)
{
  return cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, key));
}

/* homeassistant/COMPONENT/ID/config, and nothing in ID that Home Assistant does not take. */
static void
assert_topic (const gchar *topic, const gchar *component)
{
  g_auto (GStrv) parts = g_strsplit (topic, "/", -1);

  g_assert_cmpuint (g_strv_length (parts), ==, 4);
  g_assert_cmpstr (parts[0], ==, "homeassistant");
  g_assert_cmpstr (parts[1], ==, component);
  g_assert_cmpuint (
      strspn (parts[2], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"), ==,
      strlen (parts[2]));
  g_assert_cmpuint (strlen (parts[2]), <=, 80);
  g_assert_cmpstr (parts[3], ==, "config");
}

static void
assert_announcement (const GstTfcMqttMessage *message, const GstTfcMqttSettings *s,
                     const gchar *component, const gchar *name, const gchar *suffix,
                     GHashTable *ids)
{
  cJSON *object = cJSON_Parse (message->text);
  g_autofree gchar *state = g_strdup_printf ("%s/%s", s->topic, suffix);
  const cJSON *device = cJSON_GetObjectItemCaseSensitive (object, "device");

  g_assert_true (message->retain);
  g_assert_false (message->line);
  assert_topic (message->topic, component);
  g_assert_nonnull (object);
  g_assert_cmpstr (string_of (object, "name"), ==, name);
  g_assert_cmpstr (string_of (object, "state_topic"), ==, state);
  g_assert_cmpstr (string_of (object, "availability_topic"), ==, s->status);
  g_assert_cmpstr (string_of (device, "name"), ==, s->source);
  g_assert_true (cJSON_IsArray (cJSON_GetObjectItemCaseSensitive (device, "identifiers")));
  g_assert_true (g_hash_table_add (ids, g_strdup (string_of (object, "unique_id"))));
  if (g_str_equal (component, "binary_sensor"))
    g_assert_cmpstr (string_of (object, "device_class"), ==, "occupancy");
  else
    g_assert_cmpstr (string_of (object, "state_class"), ==, "measurement");
  cJSON_Delete (object);
}

/* Names with everything in them that JSON, topics and ids do not take as it is. */
static void
test_messages (void)
{
  static const struct {
    const gchar *suffix, *name;
  } numbers[] = {
      {"count/person", "person"},
      {"count/pers\"on\\", "pers\"on\\"},
      {"zone/porch", "porch"},
      {"zone/porch/cat", "porch cat"},
      {"zone/hälla", "hälla"},
      {"zone/h\xc3\xa5lla", "h\xc3\xa5lla"}, /* another letter, the same characters in the id */
      {"zone/a very long name of a zone, so long that it does not fit into an id", NULL},
  };
  GstTfcMqttSettings *s = settings_of ("front \"door\"", NULL);
  GstTfcMqttDiscovery *d = gst_tfc_mqtt_discovery_new (s);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_null (gst_tfc_mqtt_discovery_next (d));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    const gchar *name = numbers[i].name ? numbers[i].name : numbers[i].suffix + strlen ("zone/");
    g_autofree gchar *count = g_strdup_printf ("%s count", name);
    g_autofree gchar *occupancy = g_strdup_printf ("%s occupancy", name);
    GstTfcMqttMessage *message;

    g_assert_true (gst_tfc_mqtt_discovery_note (d, numbers[i].suffix, "1"));
    g_assert_true (gst_tfc_mqtt_discovery_note (d, numbers[i].suffix, "2")); /* known by now */
    message = gst_tfc_mqtt_discovery_next (d);
    assert_announcement (message, s, "sensor", count, numbers[i].suffix, ids);
    gst_tfc_mqtt_message_free (message);
    message = gst_tfc_mqtt_discovery_next (d);
    assert_announcement (message, s, "binary_sensor", occupancy, numbers[i].suffix, ids);
    gst_tfc_mqtt_message_free (message);
    g_assert_null (gst_tfc_mqtt_discovery_next (d));
  }
  gst_tfc_mqtt_discovery_free (d);
  gst_tfc_mqtt_settings_free (s);
}

/* The same from run to run, another for another topic. */
static void
test_ids_stay (void)
{
  g_autofree gchar *topics[3] = {NULL};

  for (guint i = 0; i < 3; i++) {
    GstTfcMqttSettings *s = settings_of ("door", i < 2 ? "house/door" : "house_door");
    GstTfcMqttDiscovery *d = gst_tfc_mqtt_discovery_new (s);
    GstTfcMqttMessage *message;
    gst_tfc_mqtt_discovery_note (d, "zone/porch", "0");
    message = gst_tfc_mqtt_discovery_next (d);
    topics[i] = g_strdup (message->topic);
    gst_tfc_mqtt_message_free (message);
    gst_tfc_mqtt_discovery_free (d);
    gst_tfc_mqtt_settings_free (s);
  }
  g_assert_cmpstr (topics[0], ==, topics[1]);
  g_assert_cmpstr (topics[0], !=, topics[2]);
  g_free (topics[1]);
  g_free (topics[2]);
}

static guint
count_messages (GstTfcMqttDiscovery *d)
{
  GstTfcMqttMessage *message;
  guint n = 0;

  while ((message = gst_tfc_mqtt_discovery_next (d))) {
    gst_tfc_mqtt_message_free (message);
    n++;
  }
  return n;
}

/* No more than that many, and after a new connection all of them again, with their numbers. */
static void
test_limit (void)
{
  GstTfcMqttSettings *s = settings_of ("door", NULL);
  GstTfcMqttDiscovery *d = gst_tfc_mqtt_discovery_new (s);

  for (guint i = 0; i < GST_TFC_MQTT_MAX_ANNOUNCED + 10; i++) {
    g_autofree gchar *suffix = g_strdup_printf ("count/%u", i);
    g_assert_true (gst_tfc_mqtt_discovery_note (d, suffix, "1") ==
                   (i < GST_TFC_MQTT_MAX_ANNOUNCED));
  }
  g_assert_true (gst_tfc_mqtt_discovery_note (d, "count/0", "123456789012345678901234567890"));
  g_assert_cmpuint (count_messages (d), ==, 2 * GST_TFC_MQTT_MAX_ANNOUNCED);
  gst_tfc_mqtt_discovery_restart (d);
  g_assert_cmpuint (count_messages (d), ==, 3 * GST_TFC_MQTT_MAX_ANNOUNCED - 1);
  gst_tfc_mqtt_discovery_free (d);
  gst_tfc_mqtt_settings_free (s);
}

/* What is there for those who come later; fresh messages are waited for. */
static void
expect_retained (const Broker *broker, const gchar *topic, const gchar *text)
{
  gboolean retained = FALSE;

  while (!retained) {
    Listener *listener = listener_new (broker);
    g_autofree gchar *heard = listener_next (listener, topic, &retained);
    g_assert_cmpstr (heard, ==, text);
    listener_free (listener);
  }
}

/* A broker that has forgotten everything is told again, without a new line. */
static void
test_after_restart (void)
{
  Broker *broker = broker_new (NULL);
  GstTfcTransportOptions options;
  GstTfcTransport *transport;

  if (!broker)
    return;
  options = broker_options (broker);
  options.home_assistant = TRUE;
  broker_start (broker);
  transport = transport_open (&options);
  transport_send (transport, "zone/porch/person", "2");
  for (guint i = 0; i < 2; i++) {
    expect_retained (broker, "tfc/door/zone/porch/person", "2");
    expect_retained (broker, "tfc/door/status", "online");
    if (i == 1)
      break;
    broker_stop (broker, SIGKILL);
    wait_connected (transport, FALSE);
    broker_start (broker);
    wait_connected (transport, TRUE);
  }
  g_assert_cmpuint (transport_class ()->close (transport, 5000), ==, 0);
  broker_free (broker);
}

static const TestCase cases[] = {
    {"/mqtt/discovery/messages", test_messages},
    {"/mqtt/discovery/ids-stay", test_ids_stay},
    {"/mqtt/discovery/limit", test_limit},
    {"/mqtt/discovery/after-restart", test_after_restart},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
