/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Addresses, topics and files: what they mean, and what is refused, in words without secrets. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "gst/mqtt/gsttfcmqtt-settings.h"
#include "tests/gst/common/runner.h"

typedef struct {
  const gchar *address, *host; /* host NULL: refused */
  guint port;
  gboolean tls;
} Address;

static const Address addresses[] = {
    {"mqtt://broker", "broker", 1883, FALSE},
    {"mqtts://broker", "broker", 8883, TRUE},
    {"mqtt://broker:99/", "broker", 99, FALSE},
    {"mqtts://[::1]:77", "::1", 77, TRUE},
    {"mqtt://192.0.2.1", "192.0.2.1", 1883, FALSE},
    {"mqtt://", NULL},
    {"mqtt:", NULL},
    {"broker:1883", NULL},
    {"http://broker", NULL},
    {"mqtt://broker:0", NULL},
    {"mqtt://broker:65536", NULL},
    {"mqtt://broker:-1", NULL},
    {"mqtt://broker/topic", NULL},
    {"mqtt://broker?x=1", NULL},
    {"mqtt://broker#x", NULL},
    {"mqtt://me:hunter2@broker", NULL},
    {"mqtt://me:hunter2@broker:x", NULL},
    {"mqtt://hunter2@", NULL},
    {"mqtt://me%3ahunter2%40broker", NULL},
    {"mqtt://bro%0aker", NULL},
    {"mqtt://bro\xff", NULL},
    {"", NULL},
};

static void
test_address (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    const GstTfcTransportOptions options = {.source = "door", .address = addresses[i].address};
    g_autoptr (GError) error = NULL;
    GstTfcMqttSettings *s = gst_tfc_mqtt_settings_new (&options, &error);

    g_test_message ("%s", error ? error->message : addresses[i].address);
    g_assert_true (!s == !addresses[i].host);
    g_assert_true (!s == !!error);
    if (s) {
      g_assert_cmpstr (s->host, ==, addresses[i].host);
      g_assert_cmpuint (s->port, ==, addresses[i].port);
      g_assert_true (s->tls == addresses[i].tls);
      g_assert_true (g_str_has_prefix (s->client_id, "tfc-"));
    } else {
      g_assert_true (g_str_has_prefix (error->message, "address: "));
      g_assert_null (strstr (error->message, "hunter2"));
    }
    gst_tfc_mqtt_settings_free (s);
  }
}

static void
test_topic (void)
{
  static const struct {
    const gchar *source, *topic, *is;
  } topics[] = {
      {"door", NULL, "tfc/door"},   {"front/door+#\n\x7f", NULL, "tfc/front_door____"},
      {"Tür 1", NULL, "tfc/Tür 1"}, {"door", "a/b", "a/b"},
      {"door", "a/+", NULL},        {"door", "#", NULL},
      {"door", "/a", NULL},         {"door", "a/", NULL},
      {"door", "$SYS/a", NULL},     {"door", "a\nb", NULL},
      {"door", "a\xff", NULL},
  };
  g_autofree gchar *longest = g_strnfill (GST_TFC_MQTT_MAX_TOPIC + 1, 'x');
  GstTfcTransportOptions options = {.address = "mqtt://host"};

  for (guint i = 0; i < G_N_ELEMENTS (topics); i++) {
    GstTfcMqttSettings *s;
    options.source = topics[i].source;
    options.topic = topics[i].topic;
    s = gst_tfc_mqtt_settings_new (&options, NULL);
    g_assert_cmpstr (s ? s->topic : NULL, ==, topics[i].is);
    if (s)
      g_assert_true (g_str_has_suffix (s->status, "/status"));
    gst_tfc_mqtt_settings_free (s);
  }
  options.topic = longest;
  g_assert_null (gst_tfc_mqtt_settings_new (&options, NULL));
  options.topic = longest + 1;
  gst_tfc_mqtt_settings_free (gst_tfc_mqtt_settings_new (&options, NULL));
}

/* The password that a file of this mode with these bytes gives; NULL with a reason without it. */
static gchar *
password_of (const gchar *bytes, gssize n, int mode)
{
  g_autofree gchar *path = g_build_filename (g_get_tmp_dir (), "tfc-password-XXXXXX", NULL);
  GstTfcTransportOptions options = {.source = "door", .address = "mqtt://host", .username = "cam"};
  const int fd = g_mkstemp (path);
  g_autoptr (GError) error = NULL;
  GstTfcMqttSettings *s;
  gchar *password = NULL;

  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents (path, bytes, n, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  options.password_file = path;
  s = gst_tfc_mqtt_settings_new (&options, &error);
  if (s)
    password = g_strdup (s->password);
  else
    g_assert_true (strstr (error->message, path) && !strstr (error->message, "hunter2"));
  gst_tfc_mqtt_settings_free (s);
  g_unlink (path);
  return password;
}

static void
test_password (void)
{
  g_autofree gchar *longest = g_strnfill (1025, 'x');
  const struct {
    const gchar *bytes;
    gssize n;
    int mode;
    const gchar *is;
  } files[] = {
      {"hunter2\n", -1, 0600, "hunter2"},
      {"hunter2", -1, 0400, "hunter2"},
      {"hunter2\r\nsecond line\n", -1, 0600, "hunter2"},
      {"hunter2\n", -1, 0644, NULL},
      {"hunter2\n", -1, 0640, NULL},
      {"hunter2\n", -1, 0602, NULL},
      {"", -1, 0600, NULL},
      {"\nhunter2\n", -1, 0600, NULL},
      {"hun\0ter2\n", 9, 0600, NULL},
      {longest + 1, -1, 0600, longest + 1},
      {longest, -1, 0600, NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree gchar *password = password_of (files[i].bytes, files[i].n, files[i].mode);
    g_assert_cmpstr (password, ==, files[i].is);
  }
}

/* systemd hands them over so. */
static void
test_credentials (void)
{
  g_autofree gchar *inside = NULL, *open = NULL;

  g_setenv ("CREDENTIALS_DIRECTORY", g_get_tmp_dir (), TRUE);
  inside = password_of ("hunter2\n", -1, 0440);
  open = password_of ("hunter2\n", -1, 0444);
  g_unsetenv ("CREDENTIALS_DIRECTORY");
  g_assert_cmpstr (inside, ==, "hunter2");
  g_assert_null (open);
}

static void
test_combinations (void)
{
  static const struct {
    GstTfcTransportOptions options;
    const gchar *property;
  } wrongs[] = {
      {{.address = NULL}, "address"},
      {{.address = "mqtt://h", .ca_file = "/etc/hostname"}, "ca-file"},
      {{.address = "mqtts://h", .ca_file = "/nowhere"}, "ca-file"},
      {{.address = "mqtts://h", .ca_file = "/etc/hostname"}, "ca-file"},
      {{.address = "mqtts://h", .ca_file = "/"}, "ca-file"},
      {{.address = "mqtt://h", .password_file = "/nowhere"}, "password-file"},
      {{.address = "mqtt://h", .username = "a", .password_file = "/nowhere"}, "password-file"},
      {{.address = "mqtt://h", .username = "a", .password_file = "/"}, "password-file"},
      {{.address = "mqtt://h", .username = "a\nb"}, "username"},
      {{.address = "mqtt://h", .client_id = "\xff"}, "client-id"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++) {
    GstTfcTransportOptions options = wrongs[i].options;
    g_autofree gchar *start = g_strdup_printf ("%s: ", wrongs[i].property);
    g_autoptr (GError) error = NULL;

    options.source = "door";
    g_assert_null (gst_tfc_mqtt_settings_new (&options, &error));
    g_test_message ("%s", error->message);
    g_assert_true (g_str_has_prefix (error->message, start));
    g_assert_true (error->domain == GST_RESOURCE_ERROR);
  }
}

static const TestCase cases[] = {
    {"/mqtt/settings/address", test_address},
    {"/mqtt/settings/topic", test_topic},
    {"/mqtt/settings/password", test_password},
    {"/mqtt/settings/credentials", test_credentials},
    {"/mqtt/settings/combinations", test_combinations},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
