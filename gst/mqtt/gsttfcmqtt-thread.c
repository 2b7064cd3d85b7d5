/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The thread that makes connections and looks after them. */
#include "gst/mqtt/gsttfcmqtt-private.h"

#include <errno.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#define KEEPALIVE 15 /* seconds; a broker that stalls is left after twice that */
#define MAX_ANSWER (10 * G_USEC_PER_SEC) /* until a broker has let us in */
#define MIN_PAUSE 1000                   /* ms before the next connection is tried; doubles */
#define MAX_PAUSE 30000
#define STABLE (10 * G_USEC_PER_SEC) /* after a connection that held so long it starts anew */
#define ROUND 1000                   /* ms that poll waits at most */
/* A broker has little to say to a client that never subscribes. What it may: */
#define MAX_RECEIVED 262144 /* bytes over a connection, certificates included */
#define MAX_PER_MESSAGE 256 /* and for each message that it acknowledges */
#define MAX_PER_SECOND 64   /* and for what keeps the connection alive */

/* A signal handler of the application's does not run here, and a socket that the broker has closed
 * is an error, not a SIGPIPE. */
static void
block_signals (void)
{
  sigset_t all;

  sigfillset (&all);
  pthread_sigmask (SIG_BLOCK, &all, NULL);
}

static gboolean
is_over (GstTfcTransport *t)
{
  gboolean over;

  g_mutex_lock (&t->lock);
  over = t->closing && (t->n_taken == 0 || g_get_monotonic_time () >= t->deadline);
  g_mutex_unlock (&t->lock);
  return over;
}

/* ms that may be waited: 0..max, no longer than closing may take. */
static gint
bounded (GstTfcTransport *t, gint max)
{
  gint64 left;

  g_mutex_lock (&t->lock);
  left = t->closing ? (t->deadline - g_get_monotonic_time ()) / 1000 + 1 : max;
  g_mutex_unlock (&t->lock);
  return (gint)CLAMP (left, 0, max);
}

/* Closing, and the time is over, or there is nothing to say good-bye to. */
static gboolean
gives_up (GstTfcTransport *t)
{
  return is_over (t) && (!t->n_accepted || bounded (t, 1) == 0);
}

/* Waits for whoever writes to event, and for the broker. */
static short
wait_for (GstTfcTransport *t, int socket, short events, gint ms)
{
  struct pollfd fds[2] = {{t->event, POLLIN, 0}, {socket, events, 0}};
  guint64 count;

  if (poll (fds, 2, ms) > 0 && fds[0].revents && read (t->event, &count, sizeof count) < 0)
    GST_CAT_LOG (gst_tfc_mqtt_debug, "somebody else was awake");
  return fds[1].revents;
}

/* TLS's handshake would go on waiting. */
static gboolean
hung_up (const GstTfcTransport *t, int socket)
{
  gchar byte;

  return !t->n_accepted && recv (socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* Gives code. libmosquitto closes the socket before it opens another. */
static int
hang_up (int socket, int code)
{
  shutdown (socket, SHUT_RDWR);
  return code;
}

/* Messages that nobody subscribed to, or answers without a question. */
static gboolean
misbehaves (const GstTfcTransport *t, int socket)
{
  const guint64 seconds = (guint64)(g_get_monotonic_time () - t->since) / G_USEC_PER_SEC;
  struct tcp_info info = {0};
  socklen_t size = sizeof info;

  if (getsockopt (socket, IPPROTO_TCP, TCP_INFO, &info, &size) < 0)
    return FALSE;
  return t->n_accepted > 1 || info.tcpi_bytes_received > MAX_RECEIVED +
                                                             MAX_PER_MESSAGE * t->n_sent +
                                                             MAX_PER_SECOND * seconds;
}

/* What libmosquitto would put up with. */
static int
look (const GstTfcTransport *t, int socket)
{
  int code = MOSQ_ERR_SUCCESS;

  if (mosquitto_socket (t->client) != socket)
    return code;
  if (!t->n_accepted && g_get_monotonic_time () - t->since > MAX_ANSWER)
    code = MOSQ_ERR_KEEPALIVE;
  else if (misbehaves (t, socket))
    code = MOSQ_ERR_PROTOCOL;
  return code == MOSQ_ERR_SUCCESS ? code : hang_up (socket, code);
}

/* One round: sends, waits, reads. A code of libmosquitto's; MOSQ_ERR_SUCCESS while it is connected.
 */
static int
serve (GstTfcTransport *t, int socket)
{
  short events = POLLIN;
  int code = MOSQ_ERR_SUCCESS;

  gst_tfc_mqtt_send_messages (t);
  if (mosquitto_want_write (t->client))
    events |= POLLOUT;
  events = wait_for (t, socket, events, bounded (t, ROUND));
  if (events & (POLLIN | POLLHUP | POLLERR))
    code = hung_up (t, socket) ? hang_up (socket, MOSQ_ERR_CONN_LOST)
                               : mosquitto_loop_read (t->client, 1);
  if (code == MOSQ_ERR_SUCCESS && events & POLLOUT)
    code = mosquitto_loop_write (t->client, GST_TFC_MQTT_IN_FLIGHT);
  if (code == MOSQ_ERR_SUCCESS)
    code = mosquitto_loop_misc (t->client);
  return code == MOSQ_ERR_SUCCESS ? look (t, socket) : code;
}

static void
forget_connection (GstTfcTransport *t)
{
  t->n_accepted = 0;
  t->refusal = 0;
  t->said_online = t->said_offline = FALSE;
  t->tls_failed = t->wrong_host = FALSE;
  t->tls_reason[0] = 0;
  t->n_sent = 0;
  t->since = g_get_monotonic_time ();
}

/* Until it fails, is lost or the transport is closed. Resolving and connecting may take minutes.
 * TRUE: it was stable. */
static gboolean
make_connection (GstTfcTransport *t)
{
  int code, error, socket;

  forget_connection (t);
  code = mosquitto_connect (t->client, t->settings->host, (int)t->settings->port, KEEPALIVE);
  error = errno;
  t->since = g_get_monotonic_time ();
  while (code == MOSQ_ERR_SUCCESS && (socket = mosquitto_socket (t->client)) >= 0 &&
         !gives_up (t)) {
    errno = 0;
    code = serve (t, socket);
    error = errno;
    if (gst_tfc_mqtt_has_finished (t))
      mosquitto_disconnect (t->client);
  }
  if (gst_tfc_mqtt_has_finished (t))
    return TRUE;
  gst_tfc_mqtt_take_back (t);
  gst_tfc_mqtt_tell (t, FALSE, code ? gst_tfc_mqtt_words (t, code, error) : NULL);
  return t->n_accepted && g_get_monotonic_time () - t->since > STABLE;
}

/* The longer the more often it failed; not all clients of a broker at the same time. */
static void
pause_before (GstTfcTransport *t, guint n_failed)
{
  const gint base = MIN (MIN_PAUSE << MIN (n_failed, 5), MAX_PAUSE * 4 / 5);
  const gint64 end =
      g_get_monotonic_time () + 1000 * (gint64)(base + g_random_int_range (0, base / 4 + 1));
  gint64 left;

  while (!is_over (t) && (left = (end - g_get_monotonic_time ()) / 1000) > 0)
    wait_for (t, -1, 0, bounded (t, (gint)left));
}

static void
end (GstTfcTransport *t)
{
  g_mutex_lock (&t->lock);
  t->ended = TRUE;
  g_cond_broadcast (&t->changed);
  g_mutex_unlock (&t->lock);
  gst_tfc_mqtt_unref (t);
}

gpointer
gst_tfc_mqtt_run (gpointer data)
{
  GstTfcTransport *t = data;
  guint n_failed = 0;

  block_signals ();
  for (;;) {
    if (make_connection (t))
      n_failed = 0;
    if (is_over (t))
      break;
    pause_before (t, n_failed++);
    if (is_over (t))
      break;
  }
  end (t);
  return NULL;
}
