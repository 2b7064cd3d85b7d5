/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Passwords and certificates: what is let in, what is refused and in which words; and that no
 * password is printed. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "tests/gst/common/runner.h"
#include "tests/gst/mqtt/broker.h"

#define SECRET "correct-horse-battery"
#define WRONG "tr0ub4dor-and-3"

/* Writes text into a file of the broker's folder; its path, g_free. */
static gchar *
write_file (const Broker *broker, const gchar *name, const gchar *text)
{
  gchar *path = broker_path (broker, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  return path;
}

/* Runs a program in the broker's folder; FALSE if it is not installed. */
static gboolean
run (const Broker *broker, const gchar *command)
{
  g_autofree gchar *folder = broker_path (broker, "");
  g_auto (GStrv) argv = NULL;
  g_autofree gchar *program = NULL;
  g_autoptr (GError) error = NULL;
  gint status = 0;

  g_shell_parse_argv (command, NULL, &argv, NULL);
  program = g_find_program_in_path (argv[0]);
  if (!program)
    return FALSE;
  g_spawn_sync (folder, argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return TRUE;
}

static void
look_for_secrets (GstDebugCategory *category, GstDebugLevel level, const gchar *file,
                  const gchar *function, gint line, GObject *object, GstDebugMessage *message,
                  gpointer data)
{
  const gchar *text = gst_debug_message_get (message);

  g_assert_null (strstr (text, SECRET));
  g_assert_null (strstr (text, WRONG));
}

/* One line arrives, and the connection is closed. */
static void
assert_works (const Broker *broker, const GstTfcTransportOptions *options)
{
  GstTfcTransport *transport = transport_open (options);

  transport_send (transport, NULL, "{}");
  g_assert_cmpuint (transport_class ()->close (transport, 10000), ==, 0);
}

static void
assert_refused (const GstTfcTransportOptions *options, const gchar *word)
{
  GstTfcTransport *transport = transport_open (options);
  GstTfcTransportState state;

  wait_problem (transport, word);
  transport_class ()->get_state (transport, &state);
  g_assert_null (strstr (state.problem, SECRET));
  g_assert_null (strstr (state.problem, WRONG));
  g_assert_false (state.connected);
  g_assert_cmpuint (transport_class ()->close (transport, 10000), ==, 0);
}

static void
test_password (void)
{
  Broker *broker = broker_new ("allow_anonymous false\npassword_file passwords\n");
  g_autofree gchar *passwords = NULL, *right = NULL, *wrong = NULL;
  GstTfcTransportOptions options;

  if (!broker)
    return;
  passwords = write_file (broker, "passwords", "cam:" SECRET "\n");
  right = write_file (broker, "right", SECRET "\n");
  wrong = write_file (broker, "wrong", WRONG "\n");
  if (!run (broker, "mosquitto_passwd -U passwords")) {
    g_test_skip ("mosquitto_passwd is not installed");
    broker_free (broker);
    return;
  }
  broker_start (broker);
  gst_debug_add_log_function (look_for_secrets, NULL, NULL);
  gst_debug_set_threshold_from_string ("*:4,tfcmqtt:9", TRUE);
  options = broker_options (broker);
  options.username = "cam";
  options.password_file = wrong;
  assert_refused (&options, "username");
  options.password_file = right;
  assert_works (broker, &options);
  gst_debug_set_threshold_from_string ("*:0", TRUE);
  gst_debug_remove_log_function (look_for_secrets);
  broker_free (broker);
}

/* An authority, its certificate for 127.0.0.1, and another authority. */
static gboolean
make_certificates (const Broker *broker)
{
  static const gchar *const commands[] = {
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=here -days 2 "
      "-keyout ca.key -out ca.pem",
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=there -days "
      "2 "
      "-keyout other.key -out other.pem",
      "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=broker "
      "-keyout key.pem -out request.pem",
      "openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 "
      "-extfile names -out cert.pem",
  };

  g_free (write_file (broker, "names", "subjectAltName=IP:127.0.0.1\n"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (!run (broker, commands[i]))
      return FALSE;
  return TRUE;
}

static void
test_tls (void)
{
  Broker *broker = broker_new ("allow_anonymous true\ncertfile cert.pem\nkeyfile key.pem\n");
  g_autofree gchar *ca = NULL, *other = NULL, *by_name = NULL, *by_number = NULL;
  GstTfcTransportOptions options;

  if (!broker)
    return;
  if (!make_certificates (broker)) {
    g_test_skip ("openssl is not installed");
    broker_free (broker);
    return;
  }
  broker_start (broker);
  ca = broker_path (broker, "ca.pem");
  other = broker_path (broker, "other.pem");
  by_number = g_strdup_printf ("mqtts://127.0.0.1:%u", broker_port (broker));
  by_name = g_strdup_printf ("mqtts://localhost:%u", broker_port (broker));
  options = broker_options (broker);
  options.address = by_number;
  options.ca_file = ca;
  assert_works (broker, &options);
  options.ca_file = other;
  assert_refused (&options, "ca-file");
  options.ca_file = NULL; /* the system does not know our authority */
  assert_refused (&options, "ca-file");
  options.ca_file = ca;
  options.address = by_name;
  assert_refused (&options, "host name");
  options = broker_options (broker); /* without TLS to a broker that wants it */
  assert_refused (&options, "closed the connection");
  broker_free (broker);
}

/* TLS to a broker that has none. */
static void
test_tls_is_not_spoken (void)
{
  Broker *broker = broker_new (NULL);
  g_autofree gchar *address = NULL;
  GstTfcTransportOptions options;

  if (!broker)
    return;
  broker_start (broker);
  address = g_strdup_printf ("mqtts://127.0.0.1:%u", broker_port (broker));
  options = broker_options (broker);
  options.address = address;
  assert_refused (&options, "MQTT broker");
  broker_free (broker);
}

static const TestCase cases[] = {
    {"/mqtt/access/password", test_password},
    {"/mqtt/access/tls", test_tls},
    {"/mqtt/access/tls-is-not-spoken", test_tls_is_not_spoken},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
