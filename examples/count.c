/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Counts what passes the middle of the picture, by the ids that tfcdetect gives: tells of each
 * crossing, and at the end how many of each class were seen. (tfczones does this in the pipeline.)
 * cc count.c $(pkg-config --cflags --libs gstreamer-tfc-1.0 gstreamer-app-1.0) */
#include <gst/app/gstappsink.h>
#include <gst/tfc/tfc.h>

#define MIDDLE 0.5
#define MARGIN 0.02 /* who trembles on the line does not cross it again and again */
#define FORGET (10 * GST_SECOND)

/* Of one class. */
typedef struct {
  guint seen, right, left;
} Tally;

/* Of one id. */
typedef struct {
  gint side;         /* -1: left of the middle, 1: right; 0: not clear yet */
  GstClockTime last; /* when it was seen last */
} Track;

typedef struct {
  GHashTable *tallies; /* class, an interned string -> Tally */
  GHashTable *tracks;  /* id -> Track */
} Counter;

static gpointer
find (GHashTable *table, gconstpointer key, gsize key_size, gsize size)
{
  gpointer found = g_hash_table_lookup (table, key);
  if (!found) {
    found = g_malloc0 (size);
    g_hash_table_insert (table, key_size ? g_memdup2 (key, key_size) : (gpointer)key, found);
  }
  return found;
}

static gboolean
is_over (gpointer id, gpointer track, gpointer now)
{
  return *(GstClockTime *)now > ((Track *)track)->last + FORGET;
}

static Tally *
tally_of (Counter *counter, const GstTfcDetection *d)
{
  return find (counter->tallies, d->label ? d->label : "?", 0, sizeof (Tally));
}

static void
count (Counter *counter, const GstTfcDetection *d, GstClockTime pts)
{
  const gdouble x = d->x + d->w / 2;
  const gint side = x < MIDDLE - MARGIN ? -1 : x > MIDDLE + MARGIN ? 1 : 0;
  Track *track = find (counter->tracks, &d->track_id, sizeof d->track_id, sizeof *track);
  if (!track->last)
    tally_of (counter, d)->seen++;
  if (side && track->side && side != track->side) {
    g_print ("%" GST_TIME_FORMAT " %s %" G_GUINT64_FORMAT " to the %s\n", GST_TIME_ARGS (pts),
             d->label, d->track_id, side > 0 ? "right" : "left");
    tally_of (counter, d)->right += side > 0;
    tally_of (counter, d)->left += side < 0;
  }
  track->side = side ? side : track->side;
  track->last = pts + 1;
}

static void
count_sample (Counter *counter, GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (buffer);
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  for (guint i = 0; meta && i < meta->n_detections; i++)
    if (meta->detections[i].track_id) /* 0: not followed yet */
      count (counter, &meta->detections[i], pts);
  g_hash_table_foreach_remove (counter->tracks, is_over, &pts);
}

static void
print_tallies (Counter *counter)
{
  GHashTableIter iter;
  gpointer label, tally;
  g_hash_table_iter_init (&iter, counter->tallies);
  while (g_hash_table_iter_next (&iter, &label, &tally)) {
    const Tally *t = tally;
    g_print ("%s: %u seen, %u to the right, %u to the left\n", (gchar *)label, t->seen, t->right,
             t->left);
  }
}

/* Until the end of the stream (NULL), or an error. */
static GError *
count_all (Counter *counter, GstAppSink *sink, GstBus *bus)
{
  GError *error = NULL;
  while (!error && !gst_app_sink_is_eos (sink)) {
    /* Not for ever: after an error there may be neither a frame nor an end. */
    GstSample *sample = gst_app_sink_try_pull_sample (sink, 100 * GST_MSECOND);
    GstMessage *message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
    if (sample) {
      count_sample (counter, sample);
      gst_sample_unref (sample);
    }
    if (message) {
      gst_message_parse_error (message, &error, NULL);
      gst_message_unref (message);
    }
  }
  return error;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  gst_init (&argc, &argv);
  if (argc != 3) {
    g_printerr ("usage: count URI MODEL\n");
    return 2;
  }
  gchar *line = g_strdup_printf ("uridecodebin name=source ! tfcdetect base-model=%s "
                                 "tracking=motion ! appsink name=sink sync=false max-buffers=4",
                                 argv[2]);
  GstElement *pipeline = gst_parse_launch (line, &error);
  g_free (line);
  if (error) { /* there can be a pipeline too, but not all of it */
    g_printerr ("%s\n", error->message);
    return 1;
  }
  gst_child_proxy_set (GST_CHILD_PROXY (pipeline), "source::uri", argv[1], NULL);
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  Counter counter = {g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free),
                     g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free)};

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  error = count_all (&counter, GST_APP_SINK (sink), GST_ELEMENT_BUS (pipeline));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (error)
    g_printerr ("%s\n", error->message);
  else
    print_tallies (&counter);
  g_hash_table_unref (counter.tallies);
  g_hash_table_unref (counter.tracks);
  gst_object_unref (sink);
  gst_object_unref (pipeline);
  return error ? 1 : 0;
}
