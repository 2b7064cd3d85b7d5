/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/watch/status.h"

#include "tools/common/json.h"
#include "tools/watch/uri.h"

#define MS 1e6

/* ---- JSON ---- */

static void
add_number (cJSON *to, const gchar *name, gdouble value)
{
  cJSON_AddNumberToObject (to, name, value);
}

/* Three digits behind the point are enough for people and keep lines short. */
static gdouble
rounded (gdouble value)
{
  return (gdouble)(gint64)(value * 1000 + 0.5) / 1000;
}

static cJSON *
camera_json (const WatchReport *r)
{
  const WatchMeter *m = r->meter;
  const WatchNumbers *n = &r->numbers;
  g_autofree gchar *uri = watch_uri_show (watch_text (r->settings, WATCH_URI));
  cJSON *camera = cJSON_CreateObject (), *ms;
  tfc_json_text (camera, "name", r->settings->name);
  tfc_json_text (camera, "uri", uri);
  cJSON_AddStringToObject (camera, "state", watch_state_name (r->state));
  add_number (camera, "frames", (gdouble)m->frames);
  add_number (camera, "fps", rounded (r->fps));
  add_number (camera, "analysed", (gdouble)n->analysed);
  add_number (camera, "lag", rounded ((gdouble)r->lag / GST_SECOND));
  add_number (camera, "late", (gdouble)m->late);
  add_number (camera, "dropped", (gdouble)m->dropped);
  add_number (camera, "queue", n->queued);
  add_number (camera, "restarts", r->restarts);
  add_number (camera, "stuck", r->stuck);
  ms = cJSON_AddObjectToObject (camera, "ms");
  add_number (ms, "mean", rounded ((gdouble)n->mean / MS));
  add_number (ms, "p95", rounded ((gdouble)n->p95 / MS));
  add_number (camera, "model_bytes", (gdouble)n->bytes);
  add_number (camera, "model_streams", n->streams);
  add_number (camera, "events", (gdouble)m->events);
  add_number (camera, "snapshots", (gdouble)m->snapshots);
  add_number (camera, "clips", (gdouble)m->clips);
  add_number (camera, "unsaved", (gdouble)m->unsaved);
  add_number (camera, "published", (gdouble)n->published);
  add_number (camera, "unpublished", (gdouble)n->unpublished);
  if (r->failure)
    tfc_json_text (camera, "failure", r->failure);
  return camera;
}

gchar *
watch_status_json (const WatchReport *reports, guint n, gdouble seconds)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree gchar *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");
  g_autofree gchar *full =
      g_strdup_printf ("%s.%03dZ", time, g_date_time_get_microsecond (now) / 1000);
  cJSON *status = cJSON_CreateObject (), *cameras;
  gchar *text, *line;
  add_number (status, "v", 1);
  cJSON_AddStringToObject (status, "time", full);
  add_number (status, "uptime", rounded (seconds));
  cameras = cJSON_AddArrayToObject (status, "cameras");
  for (guint i = 0; i < n; i++)
    cJSON_AddItemToArray (cameras, camera_json (&reports[i]));
  text = cJSON_PrintUnformatted (status);
  line = g_strconcat (text, "\n", NULL);
  cJSON_free (text);
  cJSON_Delete (status);
  return line;
}

/* ---- Prometheus ---- */

static gdouble
up (const WatchReport *r)
{
  return r->state == WATCH_RUNNING;
}

static gdouble
lag (const WatchReport *r)
{
  return (gdouble)r->lag / GST_SECOND;
}

static gdouble
restarts (const WatchReport *r)
{
  return r->restarts;
}

static gdouble
queued (const WatchReport *r)
{
  return r->numbers.queued;
}

static gdouble
mean (const WatchReport *r)
{
  return (gdouble)r->numbers.mean / GST_SECOND;
}

static gdouble
stuck (const WatchReport *r)
{
  return r->stuck;
}

static gdouble
fps (const WatchReport *r)
{
  return r->fps;
}

static gdouble
published (const WatchReport *r)
{
  return (gdouble)r->numbers.published;
}

static gdouble
unpublished (const WatchReport *r)
{
  return (gdouble)r->numbers.unpublished;
}

#define COUNTED(name)                        \
  static gdouble name (const WatchReport *r) \
  {                                          \
    return (gdouble)r->meter->name;          \
  }
COUNTED (frames)
COUNTED (late)
COUNTED (dropped)
COUNTED (events)
COUNTED (snapshots)
COUNTED (clips)
COUNTED (unsaved)

static const struct {
  const gchar *name, *type, *help;
  gdouble (*value) (const WatchReport *r);
} metrics[] = {
    {"up", "gauge", "Whether frames come", up},
    {"frames_total", "counter", "Frames that were watched", frames},
    {"frames_per_second", "gauge", "Frames a second", fps},
    {"lag_seconds", "gauge", "The most from a frame's time to its end in the last second", lag},
    {"late_total", "counter", "Frames later than they should be", late},
    {"dropped_total", "counter", "Frames that were let go since the analysis was behind", dropped},
    {"queue_frames", "gauge", "Frames that wait for their analysis", queued},
    {"restarts_total", "counter", "Restarts", restarts},
    {"stuck", "gauge", "Pipelines that do not stop", stuck},
    {"analysis_seconds", "gauge", "Mean time of an analysis", mean},
    {"events_total", "counter", "Events of zones and lines", events},
    {"published_total", "counter", "Lines published", published},
    {"unpublished_total", "counter", "Lines that could not be published", unpublished},
    {"snapshots_total", "counter", "Snapshots written", snapshots},
    {"clips_total", "counter", "Clips written", clips},
    {"unsaved_total", "counter", "Snapshots and clips that could not be written", unsaved},
};

static void
add_label (GString *text, const gchar *value)
{
  for (; *value; value++) {
    if (*value == '\n')
      g_string_append (text, "\\n");
    else if (*value == '"' || *value == '\\')
      g_string_append_printf (text, "\\%c", *value);
    else
      g_string_append_c (text, *value);
  }
}

static void
add_value (GString *text, gdouble value)
{
  gchar digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append (text, g_ascii_formatd (digits, sizeof digits, "%.10g", value));
  g_string_append_c (text, '\n');
}

gchar *
watch_status_prometheus (const WatchReport *reports, guint n, gdouble seconds)
{
  GString *text = g_string_new ("# HELP tfc_watch_uptime_seconds Since the program began\n"
                                "# TYPE tfc_watch_uptime_seconds gauge\n"
                                "tfc_watch_uptime_seconds ");
  add_value (text, seconds);
  for (guint m = 0; m < G_N_ELEMENTS (metrics); m++) {
    const gchar *name = metrics[m].name;
    g_string_append_printf (text, "# HELP tfc_watch_%s %s\n# TYPE tfc_watch_%s %s\n", name,
                            metrics[m].help, name, metrics[m].type);
    for (guint i = 0; i < n; i++) {
      g_string_append_printf (text, "tfc_watch_%s{camera=\"", name);
      add_label (text, reports[i].settings->name);
      g_string_append (text, "\"} ");
      add_value (text, metrics[m].value (&reports[i]));
    }
  }
  return g_string_free (text, FALSE);
}
