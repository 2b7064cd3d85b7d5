/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The thread that publishes, with a transport that does as the tests say. */
#include "gst/publish/gsttfccounts.h"
#include "gst/publish/gsttfcpublisher.h"
#include "tests/gst/common/runner.h"
#include "tests/gst/publish/publish-kinds.h"
#include <string.h>

GST_DEBUG_CATEGORY (gst_tfc_publish_debug);

/* ---- the transport ---- */

struct GstTfcTransport {
  gint unused;
};
static struct GstTfcTransport the_one;
static GMutex lock;
static GCond changed;
static GPtrArray *sent; /* "suffix=text" or "text" */
static GstTfcSendResult answer;
static const gchar *problem;
static guint works;
static GstTfcTransportOptions given;

static GstTfcTransport *
open_it (const GstTfcTransportOptions *options, GError **error)
{
  given = *options;
  if (g_str_equal (options->source, "wrong")) {
    g_set_error_literal (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "all wrong");
    return NULL;
  }
  return &the_one;
}

static GstTfcSendResult
send_it (GstTfcTransport *transport, const GstTfcTransportLine *line)
{
  g_assert_cmpuint (strlen (line->text), ==, line->length);
  g_assert_true (!line->suffix == !line->retain);
  g_mutex_lock (&lock);
  const GstTfcSendResult result = answer;
  if (result == GST_TFC_SENT)
    g_ptr_array_add (sent, line->suffix ? g_strdup_printf ("%s=%s", line->suffix, line->text)
                                        : g_strdup (line->text));
  g_cond_broadcast (&changed);
  g_mutex_unlock (&lock);
  return result;
}

static guint
work_it (GstTfcTransport *transport)
{
  g_mutex_lock (&lock);
  works++;
  const guint ms = answer == GST_TFC_RETRY ? 1 : 1000;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&lock);
  return ms;
}

static void
get_state (GstTfcTransport *transport, GstTfcTransportState *state)
{
  g_mutex_lock (&lock);
  *state =
      (GstTfcTransportState){.connected = answer == GST_TFC_SENT, .problem = problem, .lost = 3};
  g_mutex_unlock (&lock);
}

static guint64
close_it (GstTfcTransport *transport, guint timeout_ms)
{
  g_assert_cmpuint (timeout_ms, >, 0);
  return 7;
}

static const GstTfcTransportClass transport = {
    GST_TFC_TRANSPORT_VERSION, open_it, send_it, work_it, get_state, close_it};

static void
set_answer (GstTfcSendResult result, const gchar *why)
{
  g_mutex_lock (&lock);
  answer = result;
  problem = why;
  g_mutex_unlock (&lock);
}

/* ---- what the tests do ---- */

static GstElement *element;
static GstBus *bus;

static GstTfcPublisher *
publisher_new (void)
{
  const GstTfcTransportOptions options = {.source = "door", .home_assistant = TRUE};

  g_ptr_array_set_size (sent, 0);
  works = 0;
  GstTfcPublisher *p = gst_tfc_publisher_new (&transport, &options, element, NULL);
  g_assert_nonnull (p);
  return p;
}

static void
push (GstTfcPublisher *p, const gchar *name)
{
  g_autofree gchar *text = g_strdup_printf ("{%s}", name);
  gst_tfc_publisher_push (p, text, strlen (text), strlen (text) - 1);
}

static void
wait_for_sent (guint n)
{
  g_mutex_lock (&lock);
  while (sent->len < n)
    g_cond_wait (&changed, &lock);
  g_mutex_unlock (&lock);
}

static void
assert_sent (const gchar *expected)
{
  g_ptr_array_add (sent, NULL);
  g_autofree gchar *all = g_strjoinv (" ", (gchar **)sent->pdata);
  g_assert_cmpstr (all, ==, expected);
}

static guint
count_warnings (void)
{
  guint n = 0;

  for (GstMessage *m; (m = gst_bus_pop_filtered (bus, GST_MESSAGE_WARNING)); n++)
    gst_message_unref (m);
  return n;
}

/* ---- tests ---- */

static void
test_sends (void)
{
  set_answer (GST_TFC_SENT, NULL);
  GstTfcPublisher *p = publisher_new ();
  GstTfcPublisherStats stats;

  push (p, "a");
  push (p, "b");
  gst_tfc_publisher_drain (p);
  gst_tfc_publisher_get_stats (p, &stats);
  g_assert_cmpuint (stats.published, ==, 2);
  g_assert_cmpuint (stats.dropped, ==, 3); /* as the transport says */
  g_assert_cmpuint (stats.queued, ==, 0);
  g_assert_true (stats.connected);
  push (p, "c");
  g_assert_cmpuint (gst_tfc_publisher_free (p), ==, 7); /* as closing says */
  assert_sent ("{a} {b} {c}");
}

/* While it is not possible, nothing is lost or turned round, and the reason is told once. */
static void
test_retries (void)
{
  set_answer (GST_TFC_RETRY, "no broker");
  GstTfcPublisher *p = publisher_new ();

  push (p, "a");
  push (p, "b");
  g_mutex_lock (&lock);
  while (works < 20)
    g_cond_wait (&changed, &lock);
  g_mutex_unlock (&lock);
  g_assert_cmpuint (count_warnings (), ==, 1);
  set_answer (GST_TFC_SENT, NULL);
  wait_for_sent (2);
  gst_tfc_publisher_free (p);
  assert_sent ("{a} {b}");
  g_assert_cmpuint (count_warnings (), ==, 0);
}

/* A line that is refused is gone, and the next one says so. */
static void
test_refused (void)
{
  set_answer (GST_TFC_REFUSED, NULL);
  GstTfcPublisher *p = publisher_new ();

  push (p, "a");
  push (p, "b");
  gst_tfc_publisher_drain (p);
  set_answer (GST_TFC_SENT, NULL);
  push (p, "c");
  push (p, "d");
  gst_tfc_publisher_free (p);
  assert_sent ("{c,\"dropped\":2} {d}");
}

/* The oldest make room; the line in hand is not among them. */
static void
test_full (void)
{
  set_answer (GST_TFC_RETRY, NULL);
  GstTfcPublisher *p = publisher_new ();
  GstTfcPublisherStats stats;

  push (p, "first");
  g_mutex_lock (&lock);
  while (works < 5) /* it is in hand */
    g_cond_wait (&changed, &lock);
  g_mutex_unlock (&lock);
  for (guint i = 0; i < 1010; i++)
    push (p, i == 10 ? "oldest" : "x");
  gst_tfc_publisher_get_stats (p, &stats);
  g_assert_cmpuint (stats.queued, ==, 1001);
  g_assert_cmpuint (stats.dropped, ==, 10 + 3);
  set_answer (GST_TFC_SENT, NULL);
  wait_for_sent (1001);
  gst_tfc_publisher_free (p);
  g_assert_cmpstr (sent->pdata[0], ==, "{first}");
  g_assert_cmpstr (sent->pdata[1], ==, "{oldest,\"dropped\":10}");
  g_assert_cmpstr (sent->pdata[2], ==, "{x}");
}

/* Who waits for the end goes on when told; what cannot be sent is given up in the end, and counted.
 */
static gpointer
drain (gpointer publisher)
{
  gst_tfc_publisher_drain (publisher);
  return NULL;
}

static void
test_gives_up (void)
{
  set_answer (GST_TFC_RETRY, NULL);
  GstTfcPublisher *p = publisher_new ();

  for (guint i = 0; i < 5; i++)
    push (p, "x");
  GThread *thread = g_thread_new ("drain", drain, p);
  gst_tfc_publisher_interrupt (p);
  g_thread_join (thread);
  g_assert_cmpuint (gst_tfc_publisher_free (p), ==, 5 + 7);
  assert_sent ("");
}

static void
test_wakes (void)
{
  set_answer (GST_TFC_SENT, NULL);
  GstTfcPublisher *p = publisher_new ();

  for (guint i = 1; i <= 5; i++) {
    given.wake (given.wake_data);
    g_mutex_lock (&lock);
    while (works <= i) /* the first one comes by itself */
      g_cond_wait (&changed, &lock);
    g_mutex_unlock (&lock);
  }
  gst_tfc_publisher_free (p);
}

static void
test_open_fails (void)
{
  const GstTfcTransportOptions options = {.source = "wrong"};
  g_autoptr (GError) error = NULL;

  g_assert_null (gst_tfc_publisher_new (&transport, &options, element, &error));
  g_assert_error (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS);
}

static void
test_numbers (void)
{
  set_answer (GST_TFC_SENT, NULL);
  GstTfcPublisher *p = publisher_new ();
  guint n = 0;

  for (guint i = 0; i < 3; i++) /* only what is new is sent */
    gst_tfc_publisher_number (p, "count/cat", 2);
  wait_for_sent (1);
  gst_tfc_publisher_number (p, "count/cat", 0);
  wait_for_sent (2);
  push (p, "a");
  wait_for_sent (3);
  for (guint i = 0; i < 300; i++) { /* so many have no room */
    g_autofree gchar *name = g_strdup_printf ("count/%u", i);
    gst_tfc_publisher_number (p, name, 1);
  }
  wait_for_sent (3 + 255);
  push (p, "b");
  gst_tfc_publisher_free (p);
  g_assert_cmpstr (sent->pdata[0], ==, "count/cat=2");
  g_assert_cmpstr (sent->pdata[1], ==, "count/cat=0");
  g_assert_cmpstr (sent->pdata[2], ==, "{a}");
  for (guint i = 0; i < sent->len; i++)
    n += g_str_has_prefix (sent->pdata[i], "count/");
  g_assert_cmpuint (n, ==, 2 + 255);
}

/* What is counted of what is seen, under names that are levels of topics. */
static void
test_counts (void)
{
  set_answer (GST_TFC_SENT, NULL);
  GstTfcPublisher *p = publisher_new ();
  GstTfcCounts *counts = gst_tfc_counts_new ();
  GstTfcSeen *seen = g_new0 (GstTfcSeen, 1);
  const gchar *odd = g_intern_string ("a/b+c#d\n\xff");
  const GstTfcDetection objects[] = {{.label = g_intern_static_string ("cat")},
                                     {.label = g_intern_static_string ("cat")},
                                     {.label = odd}};
  const GstTfcEvent enter = {.type = GST_TFC_EVENT_ENTER, .zone = "porch", .label = "person"};

  for (guint i = 0; i < 2; i++) {
    GstBuffer *buffer = gst_buffer_new ();
    g_autoptr (GstTfcResults) events = gst_tfc_results_new_events (NULL, 0, &enter, 1);
    gst_buffer_add_tfc_detection_meta (buffer, "m", 0, FALSE, objects, i ? 1 : 3);
    if (i == 0)
      gst_buffer_add_tfc_results (buffer, events, FALSE);
    else
      publish_add_events (buffer); /* somebody leaves */
    gst_tfc_seen_read (seen, buffer, 640, 480);
    gst_tfc_counts_update (counts, seen, p);
    gst_buffer_unref (buffer);
    wait_for_sent (3 + 3 * i);
  }
  gst_tfc_publisher_free (p);
  gst_tfc_counts_free (counts);
  g_free (seen);
  assert_sent ("count/cat=2 count/a_b_c_d__=1 zone/porch/person=1 "
               "count/cat=1 count/a_b_c_d__=0 zone/porch/person=0");
}

static void
set_up (void)
{
  GST_DEBUG_CATEGORY_INIT (gst_tfc_publish_debug, "tfcpublish", 0, "in a test");
  sent = g_ptr_array_new_with_free_func (g_free);
  bus = gst_bus_new ();
  element = gst_bin_new ("publisher"); /* any element: for warnings */
  gst_object_ref_sink (element);
  gst_element_set_bus (element, bus);
}

static void
tear_down (void)
{
  gst_element_set_bus (element, NULL);
  gst_object_unref (element);
  gst_object_unref (bus);
  g_ptr_array_unref (sent);
}

int
main (int argc, char **argv)
{
  static const TestCase cases[] = {
      {"/publisher/sends", test_sends},           {"/publisher/retries", test_retries},
      {"/publisher/refused", test_refused},       {"/publisher/full", test_full},
      {"/publisher/gives-up", test_gives_up},     {"/publisher/wakes", test_wakes},
      {"/publisher/open-fails", test_open_fails}, {"/publisher/numbers", test_numbers},
      {"/publisher/counts", test_counts},         {NULL}};
  return run_cases (argc, argv, cases, set_up, tear_down);
}
