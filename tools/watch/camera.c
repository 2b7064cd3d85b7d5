/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/watch/camera.h"

#include "tools/watch/uri.h"

#define STOP_US (10 * G_USEC_PER_SEC) /* what stopping may take */
#define CALM_US (60 * G_USEC_PER_SEC) /* frames for so long: the next failure is a new one */
#define MAX_STUCK 3                   /* with more, nothing new is started */

struct WatchCamera {
  WatchSettings *settings;
  WatchMeter *meter;
  WatchRecorder *recorder;
  WatchState state;
  gboolean closed;       /* nothing is to be started again */
  WatchRun *run;         /* NULL: none */
  GPtrArray *stuck;      /* WatchRun*, which did not stop in time */
  gint64 since;          /* of the state, monotonic us */
  gint64 wait;           /* us, of WATCH_WAITING */
  guint restarts, tries; /* tries: in a row, without calm in between */
  gchar *failure;
  WatchNumbers before; /* of the pipelines before this one; but for the lines, of the last */
  guint64 counted;     /* frames at the last report */
  gint64 reported;
  gdouble fps;
};

static const gchar *const states[] = {"connecting", "running", "closing", "waiting", "ended"};

const gchar *
watch_state_name (WatchState state)
{
  return states[state];
}

static void
enter (WatchCamera *c, WatchState state)
{
  c->state = state;
  c->since = g_get_monotonic_time ();
}

static void
begin (WatchCamera *c)
{
  c->run = watch_run_new (c->settings, c->meter, c->recorder);
  enter (c, WATCH_CONNECTING);
}

WatchCamera *
watch_camera_new (WatchSettings *settings)
{
  WatchCamera *c = g_new0 (WatchCamera, 1);
  c->settings = watch_settings_ref (settings);
  c->meter = g_atomic_rc_box_new0 (WatchMeter);
  c->recorder = watch_recorder_new (settings, c->meter);
  c->stuck = g_ptr_array_new ();
  enter (c, WATCH_WAITING);
  return c;
}

/* 1, 2, 4 .. seconds, a fifth more or less, so that cameras that failed together come back one by
 * one. */
static gint64
backoff (const WatchCamera *c)
{
  const gint64 most = watch_integer (c->settings, WATCH_BACKOFF_MAX);
  const gint64 seconds = MIN (most, (gint64)1 << MIN (c->tries, 12));
  return (gint64)((gdouble)(seconds * G_USEC_PER_SEC) * g_random_double_range (0.8, 1.2));
}

static void
stop_run (WatchCamera *c)
{
  WatchNumbers numbers;
  watch_run_numbers (c->run, &numbers);
  numbers.published += c->before.published;
  numbers.unpublished += c->before.unpublished;
  numbers.queued = 0;
  c->before = numbers;
  watch_run_stop (c->run);
  watch_recorder_reset (c->recorder);
  enter (c, WATCH_CLOSING);
}

/* Takes why. */
static void
fail (WatchCamera *c, gchar *why)
{
  const gboolean calm = c->state == WATCH_RUNNING && g_get_monotonic_time () - c->since > CALM_US;
  const gboolean live = watch_uri_is_live (watch_text (c->settings, WATCH_URI));
  if (calm || (!live && watch_run_ended (c->run))) /* a file's end is no failure */
    c->tries = 0;
  c->wait = backoff (c);
  c->tries++;
  c->restarts++;
  g_free (c->failure);
  c->failure = why;
  g_printerr ("tfc-watch: %s: %s; again in %.1f s\n", c->settings->name, why,
              (gdouble)c->wait / G_USEC_PER_SEC);
  stop_run (c);
}

static gboolean
stays_ended (const WatchCamera *c)
{
  return !watch_uri_is_live (watch_text (c->settings, WATCH_URI)) &&
         watch_choice (c->settings, WATCH_AT_END, "stop");
}

/* Why a pipeline is to be stopped, or NULL (transfer full). */
static gchar *
what_is_wrong (const WatchCamera *c, gint64 now)
{
  const gboolean runs = c->state == WATCH_RUNNING;
  const gint64 last = runs ? (gint64)c->meter->last : c->since;
  const gint seconds = watch_integer (c->settings, runs ? WATCH_STALL : WATCH_CONNECT_TIMEOUT);
  gchar *failure = watch_run_failure (c->run);
  if (failure)
    return failure;
  if (watch_run_ended (c->run) && !stays_ended (c))
    return g_strdup ("the stream has ended");
  if (now - last > seconds * G_USEC_PER_SEC)
    return g_strdup_printf (runs ? "no frame for %d s" : "no frame within %d s", seconds);
  return NULL;
}

static void
tell_warning (const WatchCamera *c)
{
  g_autofree gchar *warning = watch_run_warning (c->run);
  if (warning)
    g_printerr ("tfc-watch: %s: %s\n", c->settings->name, warning);
}

static void
look (WatchCamera *c)
{
  gchar *wrong = what_is_wrong (c, g_get_monotonic_time ());
  tell_warning (c);
  if (wrong) {
    fail (c, wrong);
  } else if (watch_run_ended (c->run)) {
    g_printerr ("tfc-watch: %s: the file has ended\n", c->settings->name);
    c->closed = TRUE;
    stop_run (c);
  } else if (c->state == WATCH_CONNECTING && c->meter->last) {
    g_autofree gchar *uri = watch_uri_show (watch_text (c->settings, WATCH_URI));
    g_printerr ("tfc-watch: %s: runs, %s\n", c->settings->name, uri);
    enter (c, WATCH_RUNNING);
  }
}

/* TRUE: the pipeline is away, or left behind. */
static gboolean
see_stopped (WatchCamera *c)
{
  if (watch_run_stopped (c->run)) {
    watch_run_free (c->run);
  } else if (g_get_monotonic_time () - c->since > STOP_US) {
    g_printerr ("tfc-watch: %s: its pipeline does not stop within %d s and is left behind\n",
                c->settings->name, (gint)(STOP_US / G_USEC_PER_SEC));
    g_ptr_array_add (c->stuck, c->run);
  } else {
    return FALSE;
  }
  c->run = NULL;
  return TRUE;
}

static void
free_stuck (WatchCamera *c)
{
  for (guint i = 0; i < c->stuck->len; i++) {
    WatchRun *run = g_ptr_array_index (c->stuck, i);
    if (watch_run_stopped (run)) {
      watch_run_free (run);
      g_ptr_array_remove_index_fast (c->stuck, i--);
    }
  }
}

void
watch_camera_tick (WatchCamera *c)
{
  free_stuck (c);
  if (c->state == WATCH_CONNECTING || c->state == WATCH_RUNNING)
    look (c);
  else if (c->state == WATCH_CLOSING && see_stopped (c))
    enter (c, c->closed ? WATCH_ENDED : WATCH_WAITING);
  else if (c->state == WATCH_WAITING && c->stuck->len < MAX_STUCK &&
           g_get_monotonic_time () - c->since >= c->wait)
    begin (c);
}

void
watch_camera_close (WatchCamera *c)
{
  c->closed = TRUE;
  if (c->state == WATCH_CONNECTING || c->state == WATCH_RUNNING)
    stop_run (c);
  else if (c->state == WATCH_WAITING)
    enter (c, WATCH_ENDED);
}

gboolean
watch_camera_ended (const WatchCamera *c)
{
  return c->state == WATCH_ENDED;
}

gboolean
watch_camera_gone (const WatchCamera *c)
{
  return c->state == WATCH_ENDED && !c->stuck->len;
}

void
watch_camera_free (WatchCamera *c)
{
  watch_recorder_free (c->recorder);
  watch_settings_unref (c->settings);
  g_atomic_rc_box_release (c->meter);
  g_ptr_array_unref (c->stuck);
  g_free (c->failure);
  g_free (c);
}

/* Smoothed over some seconds. */
static void
count_rate (WatchCamera *c)
{
  const gint64 now = g_get_monotonic_time ();
  const guint64 frames = c->meter->frames;
  const gdouble seconds = (gdouble)(now - c->reported) / G_USEC_PER_SEC;
  const gdouble rate = (gdouble)(frames - c->counted) / MAX (seconds, 0.001);
  if (c->reported)
    c->fps += (rate - c->fps) * (c->fps > 0 ? 0.3 : 1);
  c->reported = now;
  c->counted = frames;
}

void
watch_camera_report (WatchCamera *c, WatchReport *report)
{
  count_rate (c);
  *report = (WatchReport){.settings = c->settings,
                          .meter = c->meter,
                          .state = c->state,
                          .restarts = c->restarts,
                          .stuck = c->stuck->len,
                          .failure = c->failure,
                          .fps = c->fps,
                          .lag = atomic_exchange (&c->meter->lag_most, 0)};
  report->numbers = c->before;
  if (c->run && c->state == WATCH_RUNNING) {
    watch_run_numbers (c->run, &report->numbers);
    report->numbers.published += c->before.published;
    report->numbers.unpublished += c->before.unpublished;
  }
}
