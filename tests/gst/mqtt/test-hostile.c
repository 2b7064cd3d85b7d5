/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Brokers that are none: whatever they send, the connection is given up with a word about it,
 * nothing grows, and closing takes no longer than it may. */
#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/emulated.h"
#include "tests/gst/common/runner.h"
#include "tests/gst/mqtt/broker.h"

typedef struct {
  const gchar *name;
  gsize n;            /* of bytes; 0: nothing is sent */
  const gchar *bytes; /* the answer to CONNECT */
  guint repeat;       /* the rest of the bytes, from which on, is sent so often */
  gsize from;
  const gchar *word; /* what is told */
  gboolean stays;    /* does not hang up */
} Attack;

#define CONNACK "\x20\x02\x00\x00"
/* A topic "a", message id 1, qos 2, no payload. */
#define UNASKED      \
  "\x34\x05\x00\x01" \
  "a"                \
  "\x00\x01"

static const Attack attacks[] = {
    {"garbage", 8, "HTTP/1.1", 1, 0, "MQTT broker"},
    {"nothing", 0, "", 0, 0, "closed"},
    {"refused-with-a-strange-code", 4, "\x20\x02\x00\x77", 1, 0, "MQTT broker"},
    {"connack-of-256-megabytes", 7, "\x20\xff\xff\xff\x7f\x00\x00", 1, 0, "closed"},
    {"length-without-end", 6, "\x20\xff\xff\xff\xff\xff", 1, 0, "not MQTT"},
    {"twice-connected", 8, CONNACK CONNACK, 1, 0, "not MQTT"},
    {"acknowledges-what-was-never-sent", 8, CONNACK "\x40\x02\x33\x33", 100, 4, "closed"},
    {"flood-of-messages", 11, CONNACK UNASKED, 100000, 4, "not MQTT"},
    {"long-topic", 8, CONNACK "\x30\x02\xff\xff", 1, 0, "MQTT broker"},
};

typedef struct {
  const Attack *attack;
  int fd;
} Peer;

static void
send_bytes (int fd, const gchar *bytes, gsize n)
{
  while (n > 0) {
    const gssize sent = send (fd, bytes, n, MSG_NOSIGNAL);
    if (sent <= 0)
      return;
    bytes += sent;
    n -= (gsize)sent;
  }
}

/* Takes one connection, attacks, and hangs up. */
static gpointer
play_broker (gpointer data)
{
  const Peer *peer = data;
  const Attack *attack = peer->attack;
  const int fd = accept (peer->fd, NULL, NULL);
  gchar request[256];

  if (recv (fd, request, sizeof request, 0) > 0 && attack->n > 0) {
    send_bytes (fd, attack->bytes, attack->from);
    for (guint i = 0; i < attack->repeat; i++)
      send_bytes (fd, attack->bytes + attack->from, attack->n - attack->from);
    if (!attack->stays)
      shutdown (fd, SHUT_WR);
    while (recv (fd, request, sizeof request, 0) > 0)
      ;
  }
  close (fd);
  return NULL;
}

static void
test_attack (gconstpointer data)
{
  Peer peer = {data, -1};
  GstTfcTransportOptions options = {.source = "door", .qos = 1};
  g_autofree gchar *address = NULL;
  GstTfcTransport *transport;
  GThread *thread;
  guint port;

  peer.fd = listen_on_loopback (&port);
  address = g_strdup_printf ("mqtt://127.0.0.1:%u", port);
  options.address = address;
  thread = g_thread_new ("broker", play_broker, &peer);
  transport = transport_open (&options);
  wait_problem (transport, peer.attack->word);
  g_assert_cmpuint (transport_class ()->close (transport, 10000), ==, 0);
  g_thread_join (thread);
  close (peer.fd);
}

/* It accepts connections and says nothing: closing waits for it no longer than it may. */
static void
test_stalled (void)
{
  GstTfcTransportOptions options = {.source = "door", .qos = 1};
  g_autofree gchar *address = NULL;
  GstTfcTransport *transport;
  gint64 start;
  guint port;
  const int fd = listen_on_loopback (&port);

  address = g_strdup_printf ("mqtt://127.0.0.1:%u", port);
  options.address = address;
  transport = transport_open (&options);
  g_usleep (20000);
  start = g_get_monotonic_time ();
  g_assert_cmpuint (transport_class ()->close (transport, 60000), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 50 * G_USEC_PER_SEC);
  close (fd);
}

/* It lets us in and acknowledges nothing: what it was given counts as lost when we leave. */
static void
test_never_acknowledges (void)
{
  static const Attack mute = {"mute", 4, CONNACK, 0, 4, NULL, TRUE};
  Peer peer = {&mute, -1};
  GstTfcTransportOptions options = {.source = "door", .qos = 1};
  g_autofree gchar *address = NULL;
  GstTfcTransport *transport;
  GstTfcTransportState state;
  GThread *thread;
  guint port;

  peer.fd = listen_on_loopback (&port);
  address = g_strdup_printf ("mqtt://127.0.0.1:%u", port);
  options.address = address;
  thread = g_thread_new ("broker", play_broker, &peer);
  transport = transport_open (&options);
  wait_connected (transport, TRUE);
  for (guint i = 0; i < 3; i++)
    transport_send (transport, NULL, "{}");
  transport_class ()->get_state (transport, &state);
  g_assert_cmpuint (state.lost, ==, 0);
  g_assert_cmpuint (transport_class ()->close (transport, 200), ==, 3);
  g_thread_join (thread);
  close (peer.fd);
}

static GMutex lock;
static GCond changed;
static guint asked, answered; /* how often for the name that hangs */

/* In libc's place: a resolver that hangs. */
__attribute__ ((visibility ("default"))) int
getaddrinfo (const char *name, const char *service, const struct addrinfo *hints,
             struct addrinfo **result)
{
  int (*real) (const char *, const char *, const struct addrinfo *, struct addrinfo **) =
      (int (*) (const char *, const char *, const struct addrinfo *, struct addrinfo **))dlsym (
          RTLD_NEXT, "getaddrinfo");

  if (g_strcmp0 (name, "hangs.invalid") != 0)
    return real (name, service, hints, result);
  g_mutex_lock (&lock);
  asked++;
  g_cond_broadcast (&changed);
  while (answered < asked)
    g_cond_wait (&changed, &lock);
  g_mutex_unlock (&lock);
  return EAI_AGAIN;
}

static gboolean woken_after_close;

static void
on_wake (gpointer closed)
{
  woken_after_close |= g_atomic_int_get ((gint *)closed);
}

/* Closing does not wait for a resolver that hangs, and it is let alone when it comes back. */
static void
test_resolver_hangs (void)
{
  gint closed = FALSE;
  const GstTfcTransportOptions options = {
      .source = "door", .address = "mqtt://hangs.invalid", .wake = on_wake, .wake_data = &closed};
  GstTfcTransport *transport = transport_open (&options);
  const GstTfcTransportLine line = {"{}", 2, NULL, FALSE};

  g_mutex_lock (&lock);
  while (asked == 0)
    g_cond_wait (&changed, &lock);
  g_mutex_unlock (&lock);
  g_assert_cmpint (transport_class ()->send (transport, &line), ==, GST_TFC_RETRY);
  g_assert_cmpuint (transport_class ()->work (transport), >, 0);
  g_assert_cmpuint (transport_class ()->close (transport, 50), ==, 0);
  g_atomic_int_set (&closed, TRUE);
  g_mutex_lock (&lock);
  answered = asked;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&lock);
  g_usleep (50000); /* it ends */
  g_assert_false (woken_after_close);
}

/* Resets the connection in the middle of TLS's handshake. */
static gpointer
play_reset (gpointer data)
{
  const Peer *peer = data;
  const struct linger now = {1, 0};
  const int fd = accept (peer->fd, NULL, NULL);
  gchar request[256];

  g_assert_cmpint (recv (fd, request, sizeof request, 0), >, 0);
  setsockopt (fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  close (fd);
  return NULL;
}

static void
test_reset_in_handshake (void)
{
  Peer peer = {NULL, -1};
  GstTfcTransportOptions options = {.source = "door"};
  g_autofree gchar *address = NULL;
  GstTfcTransport *transport;
  GThread *thread;
  guint port;

  peer.fd = listen_on_loopback (&port);
  address = g_strdup_printf ("mqtts://127.0.0.1:%u", port);
  options.address = address;
  thread = g_thread_new ("broker", play_reset, &peer);
  transport = transport_open (&options);
  wait_problem (transport, "closed");
  g_assert_cmpuint (transport_class ()->close (transport, 10000), ==, 0);
  g_thread_join (thread);
  close (peer.fd);
}

static const TestCase more_cases[] = {
    {"/mqtt/hostile/reset-in-handshake", test_reset_in_handshake},
    {"/mqtt/hostile/resolver-hangs", test_resolver_hangs},
    {"/mqtt/hostile/stalled", test_stalled},
    {"/mqtt/hostile/never-acknowledges", test_never_acknowledges},
};

int
main (int argc, char **argv)
{
  TestCase cases[G_N_ELEMENTS (attacks) + G_N_ELEMENTS (more_cases) + 1] = {0};
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++) {
    if (emulated () && attacks[i].repeat > 1000)
      continue; /* qemu-user does not hand out TCP_INFO, which counts what came */
    g_ptr_array_add (paths, g_strdup_printf ("/mqtt/hostile/%s", attacks[i].name));
    cases[n] =
        (TestCase){g_ptr_array_index (paths, n), .run_with = test_attack, .data = &attacks[i]};
    n++;
  }
  for (guint i = 0; i < G_N_ELEMENTS (more_cases); i++)
    cases[n++] = more_cases[i];
  return run_cases (argc, argv, cases, NULL, NULL);
}
