/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* test-scenarios FOLDER: plays a short film with objects, faces and drawing through every
 * *.scenario of the folder, and watches the pads of our elements as gst-validate does. The files
 * are in gst-validate's format, of which this knows seek, set-property, pause, play and wait;
 * Debian 12 has no gst-validate. */
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>
#include "gst/lib/tfc.h"

#define FRAME (GST_SECOND / 10)
#define PATIENCE (60 * GST_SECOND)

/* What one pad saw; its streaming thread's. */
typedef struct {
  gchar *name;
  GstSegment segment;
  gboolean started, caps, has_segment, eos;
  guint32 seqnum, end_seqnum; /* of the segment, of the end */
  GstClockTime last;          /* PTS, in this segment */
  guint flush_starts, flush_stops, segments, eoses, buffers, since_segment;
} Watch;

static gchar *film;

/* ---- watching ---- */

static void
watch_buffer (Watch *w, GstBuffer *buffer)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer), end = pts + FRAME, from, to;

  if (!w->started || !w->caps || !w->has_segment)
    g_error ("%s: a buffer before stream-start, caps or segment", w->name);
  if (w->eos)
    g_error ("%s: a buffer after the end", w->name);
  if (!gst_segment_clip (&w->segment, GST_FORMAT_TIME, pts, end, &from, &to))
    g_error ("%s: %" GST_TIME_FORMAT " is out of the segment", w->name, GST_TIME_ARGS (pts));
  if (w->since_segment && w->segment.rate > 0 && pts <= w->last)
    g_error ("%s: time goes backwards", w->name);
  w->last = pts;
  w->since_segment++;
  w->buffers++;
}

static void
watch_event (Watch *w, GstEvent *event)
{
  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_FLUSH_START:
      w->flush_starts++;
      break;
    case GST_EVENT_FLUSH_STOP:
      w->flush_stops++;
      w->eos = w->has_segment = FALSE;
      if (w->flush_stops != w->flush_starts)
        g_error ("%s: a flush stops that did not start", w->name);
      break;
    case GST_EVENT_STREAM_START:
      w->started = TRUE;
      break;
    case GST_EVENT_CAPS:
      w->caps = w->started;
      break;
    case GST_EVENT_SEGMENT:
      if (!w->caps)
        g_error ("%s: a segment before caps", w->name);
      gst_event_copy_segment (event, &w->segment);
      w->seqnum = gst_event_get_seqnum (event);
      w->has_segment = TRUE;
      w->since_segment = 0;
      w->segments++;
      break;
    case GST_EVENT_EOS:
      if (w->eos)
        g_error ("%s: a second end", w->name);
      w->end_seqnum = gst_event_get_seqnum (event);
      w->eos = TRUE;
      w->eoses++;
      break;
    default:
      break;
  }
}

static GstPadProbeReturn
watch (GstPad *pad, GstPadProbeInfo *info, gpointer w)
{
  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER)
    watch_buffer (w, GST_PAD_PROBE_INFO_BUFFER (info));
  else
    watch_event (w, GST_PAD_PROBE_INFO_EVENT (info));
  return GST_PAD_PROBE_OK;
}

/* What lies on a frame that arrives is of this segment, and of no frame to come. */
static GstPadProbeReturn
watch_metas (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  const Watch *w = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  const GstTfcDetectionMeta *d = gst_buffer_get_tfc_detection_meta (buffer);
  const GstTfcFaceMeta *f = gst_buffer_get_tfc_face_meta (buffer);
  const GstClockTime of[] = {d ? d->pts : GST_CLOCK_TIME_NONE, f ? f->pts : GST_CLOCK_TIME_NONE};
  GstClockTime from, to;

  for (guint i = 0; i < 2; i++) {
    if (!GST_CLOCK_TIME_IS_VALID (of[i]))
      continue;
    if (!gst_segment_clip (&w->segment, GST_FORMAT_TIME, of[i], of[i] + FRAME, &from, &to))
      g_error ("results of %" GST_TIME_FORMAT " outlive a seek to %" GST_TIME_FORMAT,
               GST_TIME_ARGS (of[i]), GST_TIME_ARGS (w->segment.start));
    if (w->segment.rate > 0 && of[i] > GST_BUFFER_PTS (buffer))
      g_error ("results of a frame to come");
  }
  return GST_PAD_PROBE_OK;
}

static GPtrArray *
watch_elements (GstElement *pipeline)
{
  static const gchar *const names[] = {"detect", "faces", "overlay"};
  static const gchar *const sides[] = {"sink", "src"};
  GPtrArray *watches = g_ptr_array_new ();

  for (guint i = 0; i < 6; i++) {
    g_autoptr (GstElement) e = gst_bin_get_by_name (GST_BIN (pipeline), names[i / 2]);
    g_autoptr (GstPad) pad = gst_element_get_static_pad (e, sides[i % 2]);
    Watch *w = g_new0 (Watch, 1);
    w->name = g_strdup_printf ("%s:%s", names[i / 2], sides[i % 2]);
    gst_pad_add_probe (pad,
                       GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM |
                           GST_PAD_PROBE_TYPE_EVENT_FLUSH,
                       watch, w, NULL);
    if (i == 5)
      gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, watch_metas, w, NULL);
    g_ptr_array_add (watches, w);
  }
  return watches;
}

/* Whatever went into an element came out of it, but what a flush met inside. */
static void
assert_passed (guint in, guint out, guint flushes)
{
  g_assert_cmpuint (in, >=, out);
  g_assert_cmpuint (in - out, <=, flushes);
}

static void
compare (const GPtrArray *watches)
{
  for (guint i = 0; i < watches->len; i += 2) {
    const Watch *in = watches->pdata[i], *out = watches->pdata[i + 1];
    g_assert_cmpuint (in->flush_starts, ==, out->flush_starts);
    g_assert_cmpuint (in->flush_stops, ==, out->flush_stops);
    g_assert_cmpuint (in->flush_starts, ==, in->flush_stops);
    assert_passed (in->segments, out->segments, in->flush_stops);
    assert_passed (in->eoses, out->eoses, in->flush_stops);
    assert_passed (in->buffers, out->buffers, in->flush_stops);
    g_assert_cmpuint (in->seqnum, ==, out->seqnum);
    g_assert_cmpuint (in->end_seqnum, ==, out->end_seqnum);
    g_assert_true (in->eos && out->eos);
  }
}

/* ---- acting ---- */

static GstClockTime
seconds (const GstStructure *action, const gchar *field, GstClockTime otherwise)
{
  const GValue *value = gst_structure_get_value (action, field);
  GValue as_double = G_VALUE_INIT;

  if (!value)
    return otherwise;
  g_value_init (&as_double, G_TYPE_DOUBLE);
  g_assert_true (g_value_transform (value, &as_double));
  return g_value_get_double (&as_double) * GST_SECOND;
}

static void
act_seek (GstElement *pipeline, const GstStructure *action)
{
  GstClockTime start = seconds (action, "start", 0),
               stop = seconds (action, "stop", GST_CLOCK_TIME_NONE);
  GValue flags = G_VALUE_INIT;
  gdouble rate = 1;
  gint64 at = -1;

  gst_structure_get_double (action, "rate", &rate);
  g_value_init (&flags, GST_TYPE_SEEK_FLAGS);
  g_assert_true (gst_value_deserialize (&flags, gst_structure_get_string (action, "flags")));
  g_assert_true (gst_element_seek (pipeline, rate, GST_FORMAT_TIME, g_value_get_flags (&flags),
                                   GST_SEEK_TYPE_SET, start, GST_SEEK_TYPE_SET, stop));
  if (!(g_value_get_flags (&flags) & GST_SEEK_FLAG_FLUSH))
    return;
  g_assert_cmpint (gst_element_get_state (pipeline, NULL, NULL, PATIENCE), ==,
                   GST_STATE_CHANGE_SUCCESS);
  if (GST_STATE (pipeline) == GST_STATE_PAUSED &&
      g_value_get_flags (&flags) & GST_SEEK_FLAG_ACCURATE) {
    g_assert_true (gst_element_query_position (pipeline, GST_FORMAT_TIME, &at));
    g_assert_cmpint (ABS (at - (gint64)start), <=, FRAME);
  }
}

static void
act_set_property (GstElement *pipeline, const GstStructure *action)
{
  g_autoptr (GstElement) element = gst_bin_get_by_name (
      GST_BIN (pipeline), gst_structure_get_string (action, "target-element-name"));
  const gchar *name = gst_structure_get_string (action, "property-name");
  const GValue *value = gst_structure_get_value (action, "property-value");
  g_autofree gchar *text =
      G_VALUE_HOLDS_STRING (value) ? g_value_dup_string (value) : gst_value_serialize (value);

  g_assert_nonnull (g_object_class_find_property (G_OBJECT_GET_CLASS (element), name));
  gst_util_set_object_arg (G_OBJECT (element), name, text);
}

static void
act_state (GstElement *pipeline, GstState state)
{
  gst_element_set_state (pipeline, state);
  g_assert_cmpint (gst_element_get_state (pipeline, NULL, NULL, PATIENCE), ==,
                   GST_STATE_CHANGE_SUCCESS);
}

static void
act (GstElement *pipeline, const GstStructure *action)
{
  if (gst_structure_has_name (action, "seek"))
    act_seek (pipeline, action);
  else if (gst_structure_has_name (action, "set-property"))
    act_set_property (pipeline, action);
  else if (gst_structure_has_name (action, "pause"))
    act_state (pipeline, GST_STATE_PAUSED);
  else if (gst_structure_has_name (action, "play"))
    act_state (pipeline, GST_STATE_PLAYING);
  else if (gst_structure_has_name (action, "wait"))
    g_usleep (seconds (action, "duration", 0) / 1000);
  else if (!gst_structure_has_name (action, "description"))
    g_error ("unknown action %s", gst_structure_get_name (action));
}

/* Until the film is there, or past it, or at its end. */
static void
wait_for (GstElement *pipeline, GstClockTime time, const Watch *last)
{
  gint64 until = g_get_monotonic_time () + GST_TIME_AS_USECONDS (PATIENCE), at = 0;

  if (!GST_CLOCK_TIME_IS_VALID (time))
    return;
  while (!last->eos &&
         (!gst_element_query_position (pipeline, GST_FORMAT_TIME, &at) || at < (gint64)time)) {
    g_assert_cmpint (g_get_monotonic_time (), <, until);
    g_usleep (5000);
  }
}

/* ---- */

static GstMessage *
end_of (GstElement *pipeline)
{
  GstMessage *message =
      gst_bus_timed_pop_filtered (GST_ELEMENT_BUS (pipeline), PATIENCE,
                                  GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_WARNING);

  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_EOS) {
    g_autofree gchar *text = gst_structure_to_string (gst_message_get_structure (message));
    g_error ("%s", text);
  }
  return message;
}

static void
make_film (const gchar *photo)
{
  film = g_strdup_printf ("%s/tfc-film-%u.mkv", g_get_tmp_dir (), g_random_int ());
  g_autofree gchar *line = g_strdup_printf (
      "filesrc location=%s ! pngdec ! imagefreeze num-buffers=30 ! videoconvert ! videoscale ! "
      "video/x-raw,format=I420,width=320,height=240,framerate=10/1 ! jpegenc ! matroskamux ! "
      "filesink location=%s",
      photo, film);
  GstElement *pipeline = gst_parse_launch (line, NULL);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_message_unref (end_of (pipeline));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

static void
run_actions (GstElement *pipeline, const gchar *file, const Watch *last)
{
  g_autofree gchar *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    GstStructure *action =
        *lines[i] && *lines[i] != '#' ? gst_structure_from_string (lines[i], NULL) : NULL;
    if (!action) {
      g_assert_true (*lines[i] == '\0' || *lines[i] == '#');
      continue;
    }
    wait_for (pipeline, seconds (action, "playback-time", GST_CLOCK_TIME_NONE), last);
    act (pipeline, action);
    gst_structure_free (action);
  }
}

static void
watch_free (gpointer data)
{
  Watch *w = data;

  g_free (w->name);
  g_free (w);
}

static void
test_scenario (gconstpointer file)
{
  if (!film) {
    g_test_skip ("no shared photos");
    return;
  }
  g_autofree gchar *line = g_strdup_printf (
      "filesrc location=%s ! matroskademux ! jpegdec ! tfcdetect name=detect "
      "base-model=mobilenet-v1-quant threads=1 ! queue ! tfcfacemesh name=faces threads=1 ! "
      "tfcoverlay name=overlay ! fakesink sync=true",
      film);
  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch (line, &error);

  g_assert_no_error (error);
  GPtrArray *watches = watch_elements (pipeline);
  g_ptr_array_set_free_func (watches, watch_free);
  act_state (pipeline, GST_STATE_PLAYING);
  run_actions (pipeline, file, watches->pdata[5]);
  gst_message_unref (end_of (pipeline));
  compare (watches);
  g_test_message ("%u segments, %u flushes, %u frames", ((Watch *)watches->pdata[5])->segments,
                  ((Watch *)watches->pdata[5])->flush_stops, ((Watch *)watches->pdata[5])->buffers);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  g_ptr_array_unref (watches);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  GDir *dir = g_dir_open (argv[1], 0, NULL);
  g_autofree gchar *photo =
      g_build_filename (g_getenv ("TFC_SHARED"), "media", "coral_cat.png", NULL);
  if (g_file_test (photo, G_FILE_TEST_EXISTS))
    make_film (photo);
  for (const gchar *name; (name = g_dir_read_name (dir));) {
    if (!g_str_has_suffix (name, ".scenario"))
      continue;
    g_autofree gchar *path = g_strconcat ("/scenario/", name, NULL);
    g_test_add_data_func_full (path, g_build_filename (argv[1], name, NULL), test_scenario, g_free);
  }
  g_dir_close (dir);
  const int status = g_test_run ();
  if (film)
    g_remove (film);
  g_free (film);
  return status;
}
