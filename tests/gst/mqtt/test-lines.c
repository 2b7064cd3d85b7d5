/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Lines to a broker that is there, is not there yet, and is started again. */
#include <signal.h>
#include <string.h>

#include "tests/gst/common/runner.h"
#include "tests/gst/mqtt/broker.h"

#define LINES 200

static void
expect (Listener *listener, const gchar *topic, const gchar *text)
{
  g_autofree gchar *heard = listener_next (listener, topic, NULL);

  g_assert_cmpstr (heard, ==, text);
}

/* All lines arrive, in order, with every quality of service. */
static void
test_all_arrive (gconstpointer data)
{
  Broker *broker = broker_new (NULL);
  GstTfcTransportOptions options;
  GstTfcTransport *transport;
  Listener *listener;

  if (!broker)
    return;
  options = broker_options (broker);
  options.qos = GPOINTER_TO_UINT (data);
  broker_start (broker);
  listener = listener_new (broker);
  transport = transport_open (&options);
  for (guint i = 0; i < LINES; i++) {
    g_autofree gchar *line = g_strdup_printf ("{\"v\":1,\"seq\":%u}", i);
    transport_send (transport, NULL, line);
  }
  expect (listener, "tfc/door/status", "online");
  for (guint i = 0; i < LINES; i++) {
    g_autofree gchar *line = g_strdup_printf ("{\"v\":1,\"seq\":%u}", i);
    expect (listener, "tfc/door", line);
  }
  g_assert_cmpuint (transport_class ()->close (transport, 5000), ==, 0);
  expect (listener, "tfc/door/status", "offline");
  listener_free (listener);
  broker_free (broker);
}

/* Lines up to the limit; longer ones are refused. */
static void
test_long_lines (void)
{
  Broker *broker = broker_new (NULL);
  g_autofree gchar *text = g_strnfill (GST_TFC_MAX_LINE + 1, 'x');
  const GstTfcTransportLine longer = {text, GST_TFC_MAX_LINE + 1, NULL, FALSE};
  GstTfcTransportOptions options;
  GstTfcTransport *transport;
  Listener *listener;

  if (!broker)
    return;
  options = broker_options (broker);
  broker_start (broker);
  listener = listener_new (broker);
  transport = transport_open (&options);
  wait_connected (transport, TRUE);
  g_assert_cmpint (transport_class ()->send (transport, &longer), ==, GST_TFC_REFUSED);
  text[GST_TFC_MAX_LINE] = 0;
  for (guint i = 0; i < 6; i++) /* more than are taken over at a time */
    transport_send (transport, NULL, text);
  for (guint i = 0; i < 6; i++) {
    g_autofree gchar *heard = listener_next (listener, "tfc/door", NULL);
    g_assert_cmpuint (strlen (heard), ==, GST_TFC_MAX_LINE);
  }
  g_assert_cmpuint (transport_class ()->close (transport, 5000), ==, 0);
  listener_free (listener);
  broker_free (broker);
}

/* Who comes later is told whether it is there. */
static void
test_status_is_retained (void)
{
  Broker *broker = broker_new (NULL);
  GstTfcTransportOptions options;
  GstTfcTransport *transport;
  Listener *listener;
  gboolean retained = FALSE;
  g_autofree gchar *status = NULL;

  if (!broker)
    return;
  options = broker_options (broker);
  options.topic = "house/front door";
  broker_start (broker);
  transport = transport_open (&options);
  wait_connected (transport, TRUE);
  transport_send (transport, NULL, "{}"); /* behind "online" */
  g_assert_cmpuint (transport_class ()->close (transport, 5000), ==, 0);
  listener = listener_new (broker);
  status = listener_next (listener, "house/front door/status", &retained);
  g_assert_cmpstr (status, ==, "offline");
  g_assert_true (retained);
  listener_free (listener);
  broker_free (broker);
}

/* Nothing is taken over, nothing waits, and the reason is told; then the broker comes. */
static void
test_broker_comes_later (void)
{
  const GstTfcTransportLine line = {"{}", 2, NULL, FALSE};
  Broker *broker = broker_new (NULL);
  GstTfcTransportOptions options;
  GstTfcTransport *transport;
  Listener *listener;

  if (!broker)
    return;
  options = broker_options (broker);
  transport = transport_open (&options);
  g_assert_cmpint (transport_class ()->send (transport, &line), ==, GST_TFC_RETRY);
  wait_problem (transport, "refused");
  broker_start (broker);
  listener = listener_new (broker);
  transport_send (transport, NULL, "{\"seq\":1}");
  expect (listener, "tfc/door", "{\"seq\":1}");
  g_assert_cmpuint (transport_class ()->close (transport, 5000), ==, 0);
  listener_free (listener);
  broker_free (broker);
}

static guint64
reconnects (GstTfcTransport *transport)
{
  GstTfcTransportState state;

  transport_class ()->get_state (transport, &state);
  g_assert_cmpuint (state.lost, ==, 0);
  return state.reconnects;
}

/* Killed and started again: what was taken over arrives over the next connection. */
static void
test_broker_restarts (gconstpointer data)
{
  Broker *broker = broker_new (NULL);
  GstTfcTransportOptions options;
  GstTfcTransport *transport;
  Listener *listener;

  if (!broker)
    return;
  options = broker_options (broker);
  options.qos = GPOINTER_TO_UINT (data);
  broker_start (broker);
  transport = transport_open (&options);
  wait_connected (transport, TRUE);
  transport_send (transport, NULL, "{\"seq\":1}");
  broker_stop (broker, SIGKILL);
  wait_connected (transport, FALSE);
  broker_start (broker);
  listener = listener_new (broker);
  transport_send (transport, NULL, "{\"seq\":2}");
  for (g_autofree gchar *heard = NULL; g_strcmp0 (heard, "{\"seq\":2}") != 0;) {
    g_free (heard);
    heard = listener_next (listener, "tfc/door", NULL);
    g_assert_nonnull (heard);
  }
  g_assert_cmpuint (reconnects (transport), ==, 1);
  listener_free (listener);
  g_assert_cmpuint (transport_class ()->close (transport, 5000), ==, 0);
  broker_free (broker);
}

/* Open files of this process. */
static guint
count_files (void)
{
  GDir *dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  g_dir_close (dir);
  return n;
}

/* Opened and closed again and again, with and without a line: nothing stays behind. */
static void
test_open_and_close (void)
{
  Broker *broker = broker_new (NULL);
  GstTfcTransportOptions options;
  guint n_files = 0;

  if (!broker)
    return;
  options = broker_options (broker);
  options.home_assistant = TRUE;
  broker_start (broker);
  for (guint i = 0; i < 20; i++) {
    GstTfcTransport *transport = transport_open (&options);
    if (i % 2 == 0)
      transport_send (transport, NULL, "{}");
    g_assert_cmpuint (transport_class ()->close (transport, 20000), ==, 0);
    if (i == 1)
      n_files = count_files ();
  }
  g_assert_cmpuint (count_files (), ==, n_files);
  broker_free (broker);
}

/* Closed without a broker: at once where there is nothing to say, else within the time given. */
static void
test_close_without_broker (void)
{
  Broker *broker = broker_new (NULL);
  GstTfcTransportOptions options;
  GstTfcTransport *transport;

  if (!broker)
    return;
  options = broker_options (broker);
  transport = transport_open (&options);
  g_assert_cmpuint (transport_class ()->close (transport, 60000), ==, 0);
  broker_start (broker);
  transport = transport_open (&options);
  wait_connected (transport, TRUE);
  broker_stop (broker, SIGKILL);
  wait_connected (transport, FALSE);
  g_assert_cmpuint (transport_class ()->close (transport, 60000), ==, 0);
  broker_free (broker);
}

static const TestCase cases[] = {
    {"/mqtt/all-arrive/qos-0", .run_with = test_all_arrive, .data = GUINT_TO_POINTER (0)},
    {"/mqtt/all-arrive/qos-1", .run_with = test_all_arrive, .data = GUINT_TO_POINTER (1)},
    {"/mqtt/all-arrive/qos-2", .run_with = test_all_arrive, .data = GUINT_TO_POINTER (2)},
    {"/mqtt/long-lines", test_long_lines},
    {"/mqtt/status-is-retained", test_status_is_retained},
    {"/mqtt/broker-comes-later", test_broker_comes_later},
    {"/mqtt/broker-restarts/qos-0", .run_with = test_broker_restarts, .data = GUINT_TO_POINTER (0)},
    {"/mqtt/broker-restarts/qos-1", .run_with = test_broker_restarts, .data = GUINT_TO_POINTER (1)},
    {"/mqtt/broker-restarts/qos-2", .run_with = test_broker_restarts, .data = GUINT_TO_POINTER (2)},
    {"/mqtt/open-and-close", test_open_and_close},
    {"/mqtt/close-without-broker", test_close_without_broker},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
