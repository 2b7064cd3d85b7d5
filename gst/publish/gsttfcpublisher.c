/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/gsttfcpublisher.h"
#include "gst/publish/gsttfclinequeue.h"
#include "gst/publish/gsttfcnumbers.h"
#include "gst/util/gsttfcdebug.h"
#include <pthread.h>
#include <signal.h>

#define GST_CAT_DEFAULT gst_tfc_publish_debug

/* A problem that comes and goes is told this often at most. */
#define WARNING_INTERVAL (10 * G_TIME_SPAN_SECOND)

struct GstTfcPublisher {
  const GstTfcTransportClass *transport;
  GstTfcTransportOptions options;
  GstElement *element; /* who owns this */
  GThread *thread;

  GMutex lock;
  GCond changed; /* of whatever follows */
  GstTfcLineQueue *queue;
  GstTfcNumbers *numbers; /* NULL: none are wanted */
  GstTfcPublisherStats stats;
  gboolean opened, woken, in_hand, quit;
  gboolean interrupted; /* nobody waits in drain */
  gboolean hurried;     /* what is left is given up */
  gboolean waited;      /* drain has waited in vain */
  GError *failed;       /* open has */

  /* The thread's own. */
  GstTfcTransport *open;
  GstTfcQueuedLine line; /* is being published, if in_hand */
  guint64 lost;          /* as the transport says */
  guint64 given_up;      /* when it was closed */
  gint64 work_due;       /* monotonic */
  gchar told[256];       /* the problem that was posted last */
  gint64 told_at;
};

static void
wake (gpointer publisher)
{
  GstTfcPublisher *p = publisher;
  g_mutex_lock (&p->lock);
  p->woken = TRUE;
  g_cond_broadcast (&p->changed);
  g_mutex_unlock (&p->lock);
}

/* ---- the transport ---- */

/* A problem is posted once, and again only if it was gone in between or is another one. */
static void
tell_problem (GstTfcPublisher *p, const gchar *problem)
{
  const gint64 now = g_get_monotonic_time ();

  if (!problem) {
    if (*p->told)
      GST_INFO_OBJECT (p->element, "gone: %s", p->told);
    *p->told = 0;
    return;
  }
  if (g_strcmp0 (p->told, problem) == 0 || (p->told_at && now - p->told_at < WARNING_INTERVAL))
    return;
  g_strlcpy (p->told, problem, sizeof p->told);
  p->told_at = now;
  gst_element_message_full (p->element, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR,
                            GST_RESOURCE_ERROR_WRITE, g_strdup (problem), NULL, __FILE__, G_STRFUNC,
                            __LINE__);
}

static void
look_at_state (GstTfcPublisher *p)
{
  GstTfcTransportState state = {0};

  p->transport->get_state (p->open, &state);
  g_mutex_lock (&p->lock);
  p->stats.connected = state.connected;
  p->stats.reconnects = state.reconnects;
  p->stats.dropped += state.lost - p->lost;
  p->lost = state.lost;
  g_strlcpy (p->stats.problem, state.problem ? state.problem : "", sizeof p->stats.problem);
  g_mutex_unlock (&p->lock);
  tell_problem (p, *p->stats.problem ? p->stats.problem : NULL);
}

static void
work (GstTfcPublisher *p)
{
  const guint ms = p->transport->work (p->open);
  p->work_due = g_get_monotonic_time () + CLAMP (ms, 1, 1000) * 1000;
  look_at_state (p);
}

/* What became of the line in hand. */
static void
settle (GstTfcPublisher *p, GstTfcSendResult result)
{
  g_mutex_lock (&p->lock);
  if (result == GST_TFC_SENT)
    p->stats.published++;
  if (result == GST_TFC_REFUSED) {
    gst_tfc_line_queue_lose (p->queue, &p->line);
    p->stats.dropped++;
  }
  if (result != GST_TFC_RETRY)
    p->in_hand = FALSE;
  g_cond_broadcast (&p->changed);
  g_mutex_unlock (&p->lock);
}

static GstTfcSendResult
send_line (GstTfcPublisher *p)
{
  const GstTfcTransportLine line = {.text = p->line.text, .length = p->line.length};
  const GstTfcSendResult result = p->transport->send (p->open, &line);
  settle (p, result);
  return result;
}

static GstTfcSendResult
send_number (GstTfcPublisher *p, const GstTfcNumber *number)
{
  gchar text[24];
  const gsize length = (gsize)g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number->value);
  const GstTfcTransportLine line = {text, length, number->suffix, TRUE};
  const GstTfcSendResult result = p->transport->send (p->open, &line);

  if (result == GST_TFC_RETRY)
    return result;
  g_mutex_lock (&p->lock);
  gst_tfc_numbers_sent (p->numbers, number);
  g_cond_broadcast (&p->changed);
  g_mutex_unlock (&p->lock);
  return result;
}

/* ---- the thread ---- */

typedef enum { NOTHING, LINE, NUMBER, QUIT } Next;

/* Lock held: what there is to do. */
static Next
next (GstTfcPublisher *p, GstTfcNumber *number)
{
  if (p->in_hand)
    return LINE;
  if (gst_tfc_line_queue_pop (p->queue, &p->line)) {
    p->in_hand = TRUE;
    gst_tfc_queued_line_tell (&p->line);
    return LINE;
  }
  if (p->numbers && gst_tfc_numbers_next (p->numbers, number))
    return NUMBER;
  return p->quit ? QUIT : NOTHING;
}

/* Waits for something to do, for work's turn, or after RETRY for nothing else. */
static Next
wait_for_next (GstTfcPublisher *p, gboolean retry, GstTfcNumber *number)
{
  Next found = NOTHING;

  g_mutex_lock (&p->lock);
  while (!p->woken && !(p->quit && p->hurried)) {
    if (!retry && (found = next (p, number)) != NOTHING)
      break;
    if (!g_cond_wait_until (&p->changed, &p->lock, p->work_due))
      break;
  }
  if (p->quit && p->hurried)
    found = QUIT;
  else if (found == NOTHING && (p->woken || retry))
    found = next (p, number);
  if (p->woken)
    p->work_due = 0;
  p->woken = FALSE;
  g_mutex_unlock (&p->lock);
  return found;
}

static void
run (GstTfcPublisher *p)
{
  gboolean retry = FALSE;
  GstTfcNumber number;

  work (p);
  for (Next found; (found = wait_for_next (p, retry, &number)) != QUIT;) {
    GstTfcSendResult result = GST_TFC_SENT;
    if (retry || g_get_monotonic_time () >= p->work_due)
      work (p);
    if (found == LINE)
      result = send_line (p);
    if (found == NUMBER)
      result = send_number (p, &number);
    retry = result == GST_TFC_RETRY;
    if (result != GST_TFC_SENT)
      work (p);
  }
}

/* A reader that goes away must not end the process, nor a file that is as large as the process may
 * write: writing says so. */
static void
block_signals (void)
{
  sigset_t set;
  sigemptyset (&set);
  sigaddset (&set, SIGPIPE);
  sigaddset (&set, SIGXFSZ);
  pthread_sigmask (SIG_BLOCK, &set, NULL);
}

static gpointer
thread_main (gpointer publisher)
{
  GstTfcPublisher *p = publisher;
  g_autoptr (GError) error = NULL;

  block_signals ();
  p->open = p->transport->open (&p->options, &error);
  g_mutex_lock (&p->lock);
  p->opened = TRUE;
  p->failed = g_steal_pointer (&error);
  g_cond_broadcast (&p->changed);
  g_mutex_unlock (&p->lock);
  if (!p->open)
    return NULL;
  run (p);
  p->given_up = p->transport->close (p->open, GST_TFC_CLOSE_MS);
  return NULL;
}

/* ---- from outside ---- */

GstTfcPublisher *
gst_tfc_publisher_new (const GstTfcTransportClass *transport, const GstTfcTransportOptions *options,
                       GstElement *element, GError **error)
{
  GstTfcPublisher *p = g_new0 (GstTfcPublisher, 1);

  p->transport = transport;
  p->options = *options;
  p->options.wake = wake;
  p->options.wake_data = p;
  p->element = element;
  g_mutex_init (&p->lock);
  g_cond_init (&p->changed);
  p->queue = gst_tfc_line_queue_new ();
  if (options->home_assistant)
    p->numbers = gst_tfc_numbers_new (GST_TFC_MAX_NUMBERS);
  p->thread = g_thread_new ("tfcpublish", thread_main, p);
  g_mutex_lock (&p->lock);
  while (!p->opened)
    g_cond_wait (&p->changed, &p->lock);
  g_mutex_unlock (&p->lock);
  if (!p->failed)
    return p;
  g_propagate_error (error, g_steal_pointer (&p->failed));
  gst_tfc_publisher_free (p);
  return NULL;
}

/* Lock held: lines that are not published yet. */
static guint
waiting (GstTfcPublisher *p)
{
  return gst_tfc_line_queue_length (p->queue) + (p->in_hand ? 1 : 0);
}

/* Lock held: there are lines or numbers to publish. */
static gboolean
is_busy (GstTfcPublisher *p)
{
  GstTfcNumber number;

  return waiting (p) || (p->numbers && gst_tfc_numbers_next (p->numbers, &number));
}

guint64
gst_tfc_publisher_free (GstTfcPublisher *p)
{
  const gint64 deadline = g_get_monotonic_time () + GST_TFC_DRAIN_MS * 1000;

  g_mutex_lock (&p->lock);
  p->quit = TRUE;
  p->woken = TRUE;
  g_cond_broadcast (&p->changed);
  while (p->open && !p->waited && is_busy (p) &&
         g_cond_wait_until (&p->changed, &p->lock, deadline))
    ;
  p->hurried = TRUE;
  g_cond_broadcast (&p->changed);
  g_mutex_unlock (&p->lock);
  g_thread_join (p->thread);
  const guint64 given_up = p->given_up + waiting (p);
  gst_tfc_line_queue_free (p->queue);
  g_clear_pointer (&p->numbers, gst_tfc_numbers_free);
  g_free (p->line.text);
  g_mutex_clear (&p->lock);
  g_cond_clear (&p->changed);
  g_free (p);
  return given_up;
}

void
gst_tfc_publisher_push (GstTfcPublisher *p, const gchar *text, gsize length, gsize insert)
{
  g_mutex_lock (&p->lock);
  p->stats.dropped += gst_tfc_line_queue_push (p->queue, text, length, insert);
  p->interrupted = p->waited = FALSE;
  g_cond_broadcast (&p->changed);
  g_mutex_unlock (&p->lock);
}

void
gst_tfc_publisher_number (GstTfcPublisher *p, const gchar *suffix, gint64 value)
{
  g_mutex_lock (&p->lock);
  if (p->numbers && gst_tfc_numbers_set (p->numbers, suffix, value))
    g_cond_broadcast (&p->changed);
  g_mutex_unlock (&p->lock);
}

void
gst_tfc_publisher_drain (GstTfcPublisher *p)
{
  const gint64 deadline = g_get_monotonic_time () + GST_TFC_DRAIN_MS * 1000;

  g_mutex_lock (&p->lock);
  while (!p->interrupted && !p->waited && is_busy (p))
    p->waited = !g_cond_wait_until (&p->changed, &p->lock, deadline);
  g_mutex_unlock (&p->lock);
}

void
gst_tfc_publisher_interrupt (GstTfcPublisher *p)
{
  g_mutex_lock (&p->lock);
  p->interrupted = TRUE;
  g_cond_broadcast (&p->changed);
  g_mutex_unlock (&p->lock);
}

void
gst_tfc_publisher_get_stats (GstTfcPublisher *p, GstTfcPublisherStats *stats)
{
  g_mutex_lock (&p->lock);
  *stats = p->stats;
  stats->queued = waiting (p);
  g_mutex_unlock (&p->lock);
}
