/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/mqtt/broker.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <gmodule.h>
#include <mosquitto.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct Broker {
  gchar *program, *folder, *config;
  guint port;
  GPid pid; /* 0: not running */
};

struct Listener {
  struct mosquitto *client;
  GAsyncQueue *heard; /* of struct mosquitto_message */
};

static struct sockaddr_in
loopback (guint port)
{
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons ((guint16)port)};

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  return address;
}

int
listen_on_loopback (guint *port)
{
  struct sockaddr_in address = loopback (0);
  socklen_t size = sizeof address;
  const int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (fd, (struct sockaddr *)&address, size), ==, 0);
  g_assert_cmpint (listen (fd, 1), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *)&address, &size), ==, 0);
  *port = ntohs (address.sin_port);
  return fd;
}

/* Where nobody listens now. */
static guint
free_port (void)
{
  guint port;

  close (listen_on_loopback (&port));
  return port;
}

static gboolean
accepts (guint port)
{
  struct sockaddr_in address = loopback (port);
  const int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const gboolean ok = connect (fd, (struct sockaddr *)&address, sizeof address) == 0;

  close (fd);
  return ok;
}

static gchar *
find_mosquitto (void)
{
  gchar *program = g_find_program_in_path ("mosquitto");

  if (program || !g_file_test ("/usr/sbin/mosquitto", G_FILE_TEST_IS_EXECUTABLE))
    return program;
  return g_strdup ("/usr/sbin/mosquitto");
}

Broker *
broker_new (const gchar *config)
{
  gchar *program = find_mosquitto ();
  Broker *broker;

  if (!program) {
    g_test_skip ("mosquitto is not installed");
    return NULL;
  }
  broker = g_new0 (Broker, 1);
  broker->program = program;
  broker->folder = g_dir_make_tmp ("tfc-mqtt-XXXXXX", NULL);
  broker->config = g_strdup (config ? config : "allow_anonymous true\n");
  broker->port = free_port ();
  return broker;
}

guint
broker_port (const Broker *broker)
{
  return broker->port;
}

gchar *
broker_path (const Broker *broker, const gchar *name)
{
  return g_build_filename (broker->folder, name, NULL);
}

/* In the child: a test that fails leaves no broker behind. */
static void
end_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
broker_start (Broker *broker)
{
  g_autofree gchar *file = broker_path (broker, "mosquitto.conf");
  g_autofree gchar *text =
      g_strdup_printf ("user %s\nlog_type none\npersistence false\nlistener %u 127.0.0.1\n%s",
                       g_get_user_name (), broker->port, broker->config);
  gchar *argv[] = {broker->program, (gchar *)"-c", file, NULL};
  g_autoptr (GError) error = NULL;

  g_file_set_contents (file, text, -1, &error);
  g_assert_no_error (error);
  g_spawn_async (broker->folder, argv, NULL,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                     G_SPAWN_STDERR_TO_DEV_NULL,
                 end_with_parent, NULL, &broker->pid, &error);
  g_assert_no_error (error);
  for (guint i = 0; !accepts (broker->port); i++) {
    g_assert_cmpuint (i, <, 2000);
    g_assert_cmpint (waitpid (broker->pid, NULL, WNOHANG), ==, 0);
    g_usleep (10000);
  }
}

void
broker_stop (Broker *broker, int signal)
{
  if (!broker->pid)
    return;
  kill (broker->pid, signal);
  waitpid (broker->pid, NULL, 0);
  broker->pid = 0;
}

void
broker_free (Broker *broker)
{
  GDir *dir = g_dir_open (broker->folder, 0, NULL);
  const gchar *name;

  broker_stop (broker, SIGTERM);
  while ((name = g_dir_read_name (dir))) {
    g_autofree gchar *path = broker_path (broker, name);
    g_unlink (path);
  }
  g_dir_close (dir);
  g_rmdir (broker->folder);
  g_free (broker->program);
  g_free (broker->folder);
  g_free (broker->config);
  g_free (broker);
}

static void
on_message (struct mosquitto *client, void *data, const struct mosquitto_message *message)
{
  struct mosquitto_message *copy = g_new0 (struct mosquitto_message, 1);

  mosquitto_message_copy (copy, message);
  g_async_queue_push (data, copy);
}

static void
free_message (gpointer message)
{
  mosquitto_message_free_contents (message);
  g_free (message);
}

static void
on_subscribe (struct mosquitto *client, void *data, int id, int n, const int *qos)
{
  struct mosquitto_message *ready = g_new0 (struct mosquitto_message, 1);

  g_async_queue_push (data, ready);
}

Listener *
listener_new (const Broker *broker)
{
  Listener *listener = g_new0 (Listener, 1);
  struct mosquitto_message *ready;

  listener->heard = g_async_queue_new_full (free_message);
  mosquitto_lib_init ();
  listener->client = mosquitto_new (NULL, true, listener->heard);
  mosquitto_message_callback_set (listener->client, on_message);
  mosquitto_subscribe_callback_set (listener->client, on_subscribe);
  g_assert_cmpint (mosquitto_connect (listener->client, "127.0.0.1", (int)broker->port, 60), ==, 0);
  g_assert_cmpint (mosquitto_subscribe (listener->client, NULL, "#", 2), ==, 0);
  g_assert_cmpint (mosquitto_loop_start (listener->client), ==, 0);
  ready = g_async_queue_timeout_pop (listener->heard, 10 * G_USEC_PER_SEC);
  g_assert_nonnull (ready);
  free_message (ready);
  return listener;
}

/* Topics that begin so, or that one alone. */
static gchar *
next_of (Listener *listener, const gchar *topic, gboolean whole, gboolean *retained)
{
  struct mosquitto_message *message;
  gchar *text = NULL;

  while (!text && (message = g_async_queue_timeout_pop (listener->heard, 10 * G_USEC_PER_SEC))) {
    if (whole ? g_str_equal (message->topic, topic) : g_str_has_prefix (message->topic, topic)) {
      text = g_strndup (message->payload, (gsize)message->payloadlen);
      if (retained)
        *retained = message->retain;
    }
    free_message (message);
  }
  return text;
}

gchar *
listener_next (Listener *listener, const gchar *topic, gboolean *retained)
{
  return next_of (listener, topic, TRUE, retained);
}

gchar *
listener_next_under (Listener *listener, const gchar *start)
{
  return next_of (listener, start, FALSE, NULL);
}

void
listener_free (Listener *listener)
{
  mosquitto_disconnect (listener->client);
  mosquitto_loop_stop (listener->client, false);
  mosquitto_destroy (listener->client);
  g_async_queue_unref (listener->heard);
  g_free (listener);
}

/* As tfcpublish finds it. */
const GstTfcTransportClass *
transport_class (void)
{
  static gpointer found = NULL;
  g_autoptr (GstPlugin) plugin = NULL;
  g_autoptr (GstPlugin) loaded = NULL;
  GModule *module;

  if (found)
    return found;
  plugin = gst_registry_find_plugin (gst_registry_get (), "tfcmqtt");
  g_assert_nonnull (plugin);
  loaded = gst_plugin_load (plugin);
  g_assert_nonnull (loaded);
  module = g_module_open (gst_plugin_get_filename (loaded), G_MODULE_BIND_LOCAL);
  g_assert_nonnull (module);
  g_assert_true (g_module_symbol (module, GST_TFC_MQTT_SYMBOL, &found));
  return found;
}

GstTfcTransportOptions
broker_options (const Broker *broker)
{
  static gchar address[64];
  GstTfcTransportOptions options = {.source = "door", .address = address, .qos = 1};

  g_snprintf (address, sizeof address, "mqtt://127.0.0.1:%u", broker->port);
  return options;
}

GstTfcTransport *
transport_open (const GstTfcTransportOptions *options)
{
  g_autoptr (GError) error = NULL;
  GstTfcTransport *transport = transport_class ()->open (options, &error);

  g_assert_no_error (error);
  g_assert_nonnull (transport);
  return transport;
}

void
transport_send (GstTfcTransport *transport, const gchar *suffix, const gchar *text)
{
  const GstTfcTransportLine line = {text, strlen (text), suffix, suffix != NULL};
  GstTfcSendResult result;

  for (guint i = 0; (result = transport_class ()->send (transport, &line)) == GST_TFC_RETRY; i++) {
    g_assert_cmpuint (i, <, 20000);
    g_usleep (1000);
  }
  g_assert_cmpint (result, ==, GST_TFC_SENT);
}

void
wait_connected (GstTfcTransport *transport, gboolean connected)
{
  GstTfcTransportState state;

  for (guint i = 0; i < 20000; i++) {
    transport_class ()->get_state (transport, &state);
    if (state.connected == connected)
      return;
    g_usleep (1000);
  }
  g_error ("still %s: %s", connected ? "not connected" : "connected",
           state.problem ? state.problem : "no problem");
}

void
wait_problem (GstTfcTransport *transport, const gchar *word)
{
  GstTfcTransportState state;

  for (guint i = 0; i < 20000; i++) {
    transport_class ()->get_state (transport, &state);
    if (state.problem && strstr (state.problem, word)) {
      g_test_message ("%s", state.problem);
      return;
    }
    g_usleep (1000);
  }
  g_error ("\"%s\" is not in: %s", word, state.problem ? state.problem : "no problem");
}
