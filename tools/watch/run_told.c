/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/watch/run_private.h"

#include <string.h>

#include "tools/watch/uri.h"

/* ---- messages ---- */

void
watch_run_fail (WatchRun *run, const gchar *text)
{
  g_mutex_lock (&run->lock);
  if (!run->failure)
    run->failure = watch_scrub (text, run->settings->password);
  g_mutex_unlock (&run->lock);
}

static void
warn (WatchRun *run, const gchar *text)
{
  g_mutex_lock (&run->lock);
  if (!run->warning)
    run->warning = watch_scrub (text, run->settings->password);
  g_mutex_unlock (&run->lock);
}

static void
take_event (WatchRun *run, const GstStructure *s)
{
  const gchar *type, *zone, *line;
  if (!s || !gst_structure_has_name (s, "tfczones"))
    return;
  type = gst_structure_get_string (s, "type");
  zone = gst_structure_get_string (s, "zone");
  line = gst_structure_get_string (s, "line");
  if (type)
    watch_recorder_event (run->recorder, type, zone ? zone : line);
}

gchar *
watch_message_text (GstMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *debug = NULL, *second = NULL;
  const gchar *more;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, &debug);
  else
    gst_message_parse_warning (message, &error, &debug);
  more = debug ? strchr (debug, '\n') : NULL;
  second = more ? g_strndup (more, 1 + strcspn (more + 1, "\n")) : NULL;
  return g_strconcat (error ? error->message : "an element failed", second, NULL);
}

static void
take_text (WatchRun *run, GstMessage *message, void (*tell) (WatchRun *run, const gchar *text))
{
  g_autofree gchar *text = watch_message_text (message);
  tell (run, text);
}

GstBusSyncReply
watch_run_on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  WatchRun *run = data;
  switch (watch_run_is_over (run) ? GST_MESSAGE_UNKNOWN : GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_ERROR:
      take_text (run, message, watch_run_fail);
      break;
    case GST_MESSAGE_WARNING:
      take_text (run, message, warn);
      break;
    case GST_MESSAGE_EOS:
      g_atomic_int_set (&run->ended, 1);
      break;
    case GST_MESSAGE_ELEMENT:
      take_event (run, gst_message_get_structure (message));
      break;
    default:
      break;
  }
  gst_message_unref (message); /* who drops one has it */
  return GST_BUS_DROP;
}

/* ---- how it stands ---- */

gchar *
watch_run_failure (WatchRun *run)
{
  gchar *text;
  g_mutex_lock (&run->lock);
  text = g_strdup (run->failure);
  g_mutex_unlock (&run->lock);
  return text;
}

/* The same text is told once in a run. */
gchar *
watch_run_warning (WatchRun *run)
{
  gchar *text;
  g_mutex_lock (&run->lock);
  text = g_steal_pointer (&run->warning);
  if (text && !g_strcmp0 (text, run->told)) {
    g_clear_pointer (&text, g_free);
  } else if (text) {
    g_free (run->told);
    run->told = g_strdup (text);
  }
  g_mutex_unlock (&run->lock);
  return text;
}

gboolean
watch_run_ended (WatchRun *run)
{
  return g_atomic_int_get (&run->ended);
}

static GstStructure *
stats_of (GstElement *element)
{
  GstStructure *stats = NULL;
  if (element && g_object_class_find_property (G_OBJECT_GET_CLASS (element), "stats"))
    g_object_get (element, "stats", &stats, NULL);
  return stats;
}

static guint64
number (const GstStructure *s, const gchar *field)
{
  guint64 value = 0;
  guint small = 0;
  if (!gst_structure_get_uint64 (s, field, &value) && gst_structure_get_uint (s, field, &small))
    value = small;
  return value;
}

void
watch_run_numbers (WatchRun *run, WatchNumbers *numbers)
{
  GstStructure *stats;
  g_autoptr (GstStructure) total = NULL;
  gboolean ready;
  *numbers = (WatchNumbers){0};
  g_mutex_lock (&run->lock);
  ready = run->ready;
  g_mutex_unlock (&run->lock);
  if (!ready)
    return;
  g_object_get (run->parts.queue, "current-level-buffers", &numbers->queued, NULL);
  if ((stats = stats_of (run->parts.analyser))) {
    numbers->analysed = number (stats, "analysed");
    numbers->bytes = number (stats, "bytes");
    numbers->streams = (guint)number (stats, "streams");
    if (gst_structure_get (stats, "total", GST_TYPE_STRUCTURE, &total, NULL)) {
      numbers->mean = number (total, "mean");
      numbers->p95 = number (total, "p95");
    }
    gst_structure_free (stats);
  }
  if ((stats = stats_of (run->parts.publish))) {
    numbers->published = number (stats, "published");
    numbers->unpublished = number (stats, "dropped");
    gst_structure_free (stats);
  }
}
