/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfc-bench-pipeline: one row of `tfc-bench --pipeline`, as a JSON object on standard output. Exit
 * status 0 when it ran, 1 for a failure told on standard error, 2 for wrong usage. */
#include <stdio.h>

#include "tools/bench/pipeline/job.h"
#include "tools/bench/pipeline/still.h"

typedef struct {
  gchar *element, *size, *format, *picture;
  gint rate;
  Job job;
} Arguments;

void
job_threads (cJSON *row, GstElement *see)
{
  guint threads;
  if (!g_object_class_find_property (G_OBJECT_GET_CLASS (see), "threads-used"))
    return;
  g_object_get (see, "threads-used", &threads, NULL);
  cJSON_AddNumberToObject (row, "threads", threads);
}

gboolean
job_failed (GstElement *pipeline, GError **error)
{
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  if (message) {
    gst_message_parse_error (message, error, NULL);
    gst_message_unref (message);
  }
  gst_object_unref (bus);
  return message != NULL;
}

static gboolean
open_job (Arguments *a, GError **error)
{
  GstVideoFormat format = gst_video_format_from_string (a->format);
  guint width, height;
  gchar more;
  if (sscanf (a->size, "%ux%u%c", &width, &height, &more) != 2 || !width || !height ||
      width > 16384 || height > 16384) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "a size is 1920x1080, not \"%s\"",
                 a->size);
  } else if (format == GST_VIDEO_FORMAT_UNKNOWN || format == GST_VIDEO_FORMAT_ENCODED) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "there is no format \"%s\"",
                 a->format);
  } else {
    a->job.element = a->element;
    a->job.still = still_new (a->picture, format, width, height, a->rate, &a->job.info, error);
  }
  return a->job.still != NULL;
}

static gboolean
run (Arguments *a, GError **error)
{
  cJSON *row = cJSON_CreateObject ();
  gboolean ok =
      open_job (a, error) && (a->job.streams ? live_run : frames_run) (&a->job, row, error);
  if (ok) {
    gchar *text = cJSON_PrintUnformatted (row);
    puts (text);
    cJSON_free (text);
  }
  cJSON_Delete (row);
  return ok;
}

static gint
say (const GError *error)
{
  g_printerr ("%s\n", error->message);
  return error->domain == G_OPTION_ERROR ? 2 : 1;
}

int
main (int argc, char **argv)
{
  Arguments a = {.rate = 25, .job = {.frames = 50, .warm_up = 5, .seconds = 10}};
  const GOptionEntry entries[] = {
      {"element", 0, 0, G_OPTION_ARG_STRING, &a.element, "The element with its properties", "E"},
      {"size", 0, 0, G_OPTION_ARG_STRING, &a.size, "Of the frames", "WxH"},
      {"format", 0, 0, G_OPTION_ARG_STRING, &a.format, "Of the pixels", "F"},
      {"picture", 0, 0, G_OPTION_ARG_FILENAME, &a.picture, "What they show (default: black)",
       "FILE"},
      {"frames", 0, 0, G_OPTION_ARG_INT, &a.job.frames, "Timed frames (default: 50)", "N"},
      {"warm-up", 0, 0, G_OPTION_ARG_INT, &a.job.warm_up, "Frames before them (default: 5)", "N"},
      {"seconds", 0, 0, G_OPTION_ARG_DOUBLE, &a.job.seconds,
       "At most; of live streams: exactly (default: 10)", "S"},
      {"streams", 0, 0, G_OPTION_ARG_INT, &a.job.streams, "So many live streams instead", "N"},
      {"rate", 0, 0, G_OPTION_ARG_INT, &a.rate, "Their frames a second (default: 25)", "N"},
      {NULL}};
  GOptionContext *context = g_option_context_new ("- one row of tfc-bench --pipeline");
  GError *error = NULL;
  gint status = 0;
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, &argc, &argv, &error))
    status = say (error);
  else if (!a.element || !a.size || !a.format)
    status = 2;
  else if (!run (&a, &error))
    status = say (error);
  g_clear_error (&error);
  g_option_context_free (context);
  gst_clear_buffer (&a.job.still);
  g_free (a.element);
  g_free (a.size);
  g_free (a.format);
  g_free (a.picture);
  return status;
}
