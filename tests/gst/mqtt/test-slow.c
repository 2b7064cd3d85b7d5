/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A broker that lets us in and does not read: how much is taken over, and that the line which was
 * cut when it hangs up is sent again, whole. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/gst/common/runner.h"
#include "tests/gst/mqtt/broker.h"

#define LONGEST 4 /* lines of the longest kind that are taken over at a time */

static GMutex lock;
static GCond changed;
static gboolean full;      /* no more was taken over */
static guint64 n_received; /* bytes over the second connection */

/* Lets a client in, and gives the connection. */
static int
let_in (int socket)
{
  const int fd = accept (socket, NULL, NULL);
  gchar request[256];

  g_assert_cmpint (recv (fd, request, sizeof request, 0), >, 0);
  g_assert_cmpint (send (fd, "\x20\x02\x00\x00", 4, MSG_NOSIGNAL), ==, 4);
  return fd;
}

static gpointer
play_broker (gpointer data)
{
  const int socket = *(int *)data;
  const int slow = let_in (socket);
  gchar bytes[65536];
  gssize n;
  int fd;

  g_mutex_lock (&lock);
  while (!full)
    g_cond_wait (&changed, &lock);
  g_mutex_unlock (&lock);
  close (slow);
  fd = let_in (socket);
  while ((n = recv (fd, bytes, sizeof bytes, 0)) > 0)
    n_received += (guint64)n;
  close (fd);
  return NULL;
}

/* Sends until nothing is taken over any more; how many were. */
static guint
fill (GstTfcTransport *transport, const gchar *text)
{
  const GstTfcTransportLine line = {text, strlen (text), NULL, FALSE};
  guint n = 0;

  while (transport_class ()->send (transport, &line) == GST_TFC_SENT)
    n++;
  return n;
}

static void
test_cut_line (void)
{
  g_autofree gchar *text = g_strnfill (GST_TFC_MAX_LINE, 'x');
  GstTfcTransportOptions options = {.source = "door", .qos = 0};
  g_autofree gchar *address = NULL;
  const int small = 4096;
  GstTfcTransport *transport;
  GThread *thread;
  guint port;
  int socket = listen_on_loopback (&port);

  g_assert_cmpint (setsockopt (socket, SOL_SOCKET, SO_RCVBUF, &small, sizeof small), ==, 0);
  address = g_strdup_printf ("mqtt://127.0.0.1:%u", port);
  options.address = address;
  thread = g_thread_new ("broker", play_broker, &socket);
  transport = transport_open (&options);
  wait_connected (transport, TRUE);
  g_assert_cmpuint (fill (transport, text), >=, LONGEST);
  g_usleep (100000); /* what the sockets hold is written */
  fill (transport, text);
  g_mutex_lock (&lock);
  full = TRUE;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&lock);
  wait_connected (transport, FALSE);
  wait_connected (transport, TRUE);
  g_assert_cmpuint (transport_class ()->close (transport, 20000), ==, 0);
  g_thread_join (thread);
  close (socket);
  g_assert_cmpuint (n_received, >=, (guint64)LONGEST * GST_TFC_MAX_LINE);
  g_assert_cmpuint (n_received, <, (guint64)(LONGEST + 1) * GST_TFC_MAX_LINE);
}

static const TestCase cases[] = {
    {"/mqtt/slow/cut-line", test_cut_line},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
