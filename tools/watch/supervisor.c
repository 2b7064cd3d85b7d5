/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/watch/supervisor.h"

#include "tools/watch/camera.h"
#include "tools/watch/status.h"

#define STATUS_US G_USEC_PER_SEC

typedef struct {
  WatchSettings *settings;
  WatchCamera *camera;
} Watched;

struct WatchSupervisor {
  WatchConfig *config;
  GPtrArray *cameras; /* Watched*, in the order of the configuration */
  GPtrArray *leaving; /* Watched*, that were removed or changed */
  WatchOutput *status, *prometheus;
  gint64 began, told;
};

static Watched *
watched_new (WatchSettings *settings)
{
  Watched *w = g_new (Watched, 1);
  *w = (Watched){watch_settings_ref (settings), watch_camera_new (settings)};
  return w;
}

static void
watched_free (gpointer data)
{
  Watched *w = data;
  watch_camera_free (w->camera);
  watch_settings_unref (w->settings);
  g_free (w);
}

/* ---- what is told ---- */

static gboolean
open_outputs (const WatchConfig *config, WatchOutput **status, WatchOutput **prometheus,
              GError **error)
{
  *prometheus = NULL;
  *status = watch_output_new (config->all[WATCH_STATUS].text, error);
  if (*status)
    *prometheus = watch_output_new (config->all[WATCH_PROMETHEUS].text, error);
  if (*prometheus)
    return TRUE;
  g_clear_pointer (status, watch_output_free);
  return FALSE;
}

static void
tell (WatchSupervisor *s)
{
  const gint64 now = g_get_monotonic_time ();
  const gdouble seconds = (gdouble)(now - s->began) / G_USEC_PER_SEC;
  g_autofree WatchReport *reports = g_new (WatchReport, s->cameras->len + 1);
  if (s->told && now - s->told < STATUS_US)
    return;
  s->told = now;
  for (guint i = 0; i < s->cameras->len; i++) {
    const Watched *w = g_ptr_array_index (s->cameras, i);
    watch_camera_report (w->camera, &reports[i]);
  }
  watch_output_set (s->status, watch_status_json (reports, s->cameras->len, seconds));
  watch_output_set (s->prometheus, watch_status_prometheus (reports, s->cameras->len, seconds));
}

/* ---- cameras ---- */

WatchSupervisor *
watch_supervisor_new (WatchConfig *config, GError **error)
{
  WatchSupervisor *s = g_new0 (WatchSupervisor, 1);
  s->config = config;
  s->cameras = g_ptr_array_new_with_free_func (watched_free);
  s->leaving = g_ptr_array_new_with_free_func (watched_free);
  s->began = g_get_monotonic_time ();
  if (!open_outputs (config, &s->status, &s->prometheus, error)) {
    watch_supervisor_free (s);
    return NULL;
  }
  for (guint i = 0; i < config->cameras->len; i++)
    g_ptr_array_add (s->cameras, watched_new (g_ptr_array_index (config->cameras, i)));
  return s;
}

/* The camera of that name that does the same already, out of the list; NULL: there is none. */
static Watched *
take_same (GPtrArray *cameras, const WatchSettings *settings)
{
  for (guint i = 0; i < cameras->len; i++) {
    const Watched *w = g_ptr_array_index (cameras, i);
    if (watch_settings_equal (w->settings, settings))
      return g_ptr_array_steal_index (cameras, i);
  }
  return NULL;
}

static gboolean
change_outputs (WatchSupervisor *s, const WatchConfig *config, GError **error)
{
  WatchOutput *status, *prometheus;
  const WatchValue *a = s->config->all, *b = config->all;
  if (!g_strcmp0 (a[WATCH_STATUS].text, b[WATCH_STATUS].text) &&
      !g_strcmp0 (a[WATCH_PROMETHEUS].text, b[WATCH_PROMETHEUS].text))
    return TRUE;
  if (!g_strcmp0 (a[WATCH_STATUS].text, b[WATCH_STATUS].text)) /* its socket is in use by itself */
    g_clear_pointer (&s->status, watch_output_free);
  if (!open_outputs (config, &status, &prometheus, error)) {
    s->status = s->status ? s->status : watch_output_new (a[WATCH_STATUS].text, NULL);
    s->status = s->status ? s->status : watch_output_new (NULL, NULL);
    return FALSE;
  }
  watch_output_free (s->status);
  watch_output_free (s->prometheus);
  s->status = status;
  s->prometheus = prometheus;
  return TRUE;
}

gboolean
watch_supervisor_change (WatchSupervisor *s, WatchConfig *config, GError **error)
{
  GPtrArray *before = s->cameras;
  guint kept = 0;
  if (!change_outputs (s, config, error)) {
    watch_config_free (config);
    return FALSE;
  }
  s->cameras = g_ptr_array_new_with_free_func (watched_free);
  for (guint i = 0; i < config->cameras->len; i++) {
    WatchSettings *settings = g_ptr_array_index (config->cameras, i);
    Watched *same = take_same (before, settings);
    kept += same != NULL;
    g_ptr_array_add (s->cameras, same ? same : watched_new (settings));
  }
  g_printerr ("tfc-watch: the configuration was read again: %u cameras go on, %u begin, %u end\n",
              kept, s->cameras->len - kept, before->len);
  while (before->len) {
    Watched *w = g_ptr_array_steal_index (before, 0);
    watch_camera_close (w->camera);
    g_ptr_array_add (s->leaving, w);
  }
  g_ptr_array_unref (before);
  watch_config_free (s->config);
  s->config = config;
  return TRUE;
}

/* One camera at a time has a name: many cameras take one connection only, and what the old one
 * publishes at its end must not come after the new one has begun. */
static gboolean
must_wait (const WatchSupervisor *s, const Watched *w)
{
  for (guint i = 0; i < s->leaving->len; i++) {
    const Watched *old = g_ptr_array_index (s->leaving, i);
    if (g_str_equal (old->settings->name, w->settings->name) && !watch_camera_ended (old->camera))
      return TRUE;
  }
  return FALSE;
}

static void
tick_all (WatchSupervisor *s)
{
  for (guint i = 0; i < s->leaving->len; i++)
    watch_camera_tick (((Watched *)g_ptr_array_index (s->leaving, i))->camera);
  for (guint i = 0; i < s->cameras->len; i++) {
    const Watched *w = g_ptr_array_index (s->cameras, i);
    if (!must_wait (s, w))
      watch_camera_tick (w->camera);
  }
}

void
watch_supervisor_tick (WatchSupervisor *s)
{
  tick_all (s);
  for (guint i = 0; i < s->leaving->len; i++) {
    if (watch_camera_gone (((Watched *)g_ptr_array_index (s->leaving, i))->camera))
      g_ptr_array_remove_index (s->leaving, i--);
  }
  if (watch_supervisor_idle (s)) /* the last thing that is told */
    s->told = 0;
  tell (s);
}

void
watch_supervisor_close (WatchSupervisor *s)
{
  for (guint i = 0; i < s->cameras->len; i++)
    watch_camera_close (((Watched *)g_ptr_array_index (s->cameras, i))->camera);
}

static gboolean
is_gone (const GPtrArray *cameras, guint i)
{
  return watch_camera_gone (((Watched *)g_ptr_array_index (cameras, i))->camera);
}

gboolean
watch_supervisor_idle (const WatchSupervisor *s)
{
  for (guint i = 0; i < s->cameras->len; i++) {
    if (!is_gone (s->cameras, i))
      return FALSE;
  }
  return s->leaving->len == 0;
}

void
watch_supervisor_tell_stuck (const WatchSupervisor *s)
{
  for (guint i = 0; i < s->cameras->len; i++) {
    const Watched *w = g_ptr_array_index (s->cameras, i);
    if (!is_gone (s->cameras, i))
      g_printerr ("tfc-watch: %s: does not stop\n", w->settings->name);
  }
}

void
watch_supervisor_free (WatchSupervisor *s)
{
  g_ptr_array_unref (s->cameras);
  g_ptr_array_unref (s->leaving);
  watch_output_free (s->status);
  watch_output_free (s->prometheus);
  watch_config_free (s->config);
  g_free (s);
}
