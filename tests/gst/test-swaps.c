/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Models, backends and threads changed over and over while frames flow: every frame comes out once
 * and in order, every change is answered, and memory is back at its level. TFC_SWAPS sets how many
 * (24). */
#include <gst/gst.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "config.h"

typedef struct {
  guint64 frames;
  GstClockTime next; /* PTS that must come */
  gboolean lost;
} Seen;

static GPtrArray *settings; /* "model-file=... backend=..." as pairs */
static const gchar *shared;

static GstPadProbeReturn
count (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Seen *seen = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  seen->lost |= GST_BUFFER_PTS (buffer) != seen->next;
  seen->next = GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer);
  seen->frames++;
  return GST_PAD_PROBE_OK;
}

static glong
resident_kb (void)
{
  glong pages = 0, unused;
  FILE *f = fopen ("/proc/self/statm", "r");
  g_assert_nonnull (f);
  g_assert_cmpint (fscanf (f, "%ld %ld", &unused, &pages), ==, 2);
  fclose (f);
  return pages * (sysconf (_SC_PAGESIZE) / 1024);
}

/* Waits until the change asked for last is answered; TRUE if the new model runs. */
static gboolean
answered (GstBus *bus)
{
  for (;;) {
    GstMessage *m =
        gst_bus_timed_pop_filtered (bus, 120 * GST_SECOND, GST_MESSAGE_ELEMENT | GST_MESSAGE_ERROR);
    g_assert_nonnull (m);
    g_assert_cmpint (GST_MESSAGE_TYPE (m), ==, GST_MESSAGE_ELEMENT);
    const GstStructure *s = gst_message_get_structure (m);
    const gboolean loaded = gst_structure_has_name (s, "model-loaded");
    const gboolean failed = gst_structure_has_name (s, "model-failed");
    gst_message_unref (m);
    if (loaded || failed)
      return loaded;
  }
}

static void
add_setting (const gchar *model)
{
  if (g_file_test (model, G_FILE_TEST_EXISTS))
    g_ptr_array_add (settings, g_strdup (model));
}

static void
test_swaps (void)
{
  const gchar *wanted = g_getenv ("TFC_SWAPS");
  const guint n = wanted ? atoi (wanted) : 24;
  static const gchar *const backends[] = {"auto", HAVE_XNNPACK ? "xnnpack" : "auto"};
  settings = g_ptr_array_new_with_free_func (g_free);
  static const gchar *const files[] = {
      "models/coco-ssd/mobilenet_v1_quant/detect.tflite",
      "models-synthetic/coco-ssd/lite_mobilenet_v2/model.json",
      "models-synthetic/coco-ssd/lite_mobilenet_v2_uint16/model.json"};
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    gchar *path = g_build_filename (shared, files[i], NULL);
    add_setting (path);
    g_free (path);
  }
  if (settings->len < 2) {
    g_test_skip ("no shared models");
    return;
  }
  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch (
      "videotestsrc name=source is-live=true ! video/x-raw,format=NV12,width=320,height=240,"
      "framerate=30/1 ! tfcdetect name=e threads=1 ! fakesink name=sink",
      &error);
  g_assert_no_error (error);
  GstElement *e = gst_bin_get_by_name (GST_BIN (pipeline), "e"),
             *source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  GstPad *in = gst_element_get_static_pad (e, "sink"), *out = gst_element_get_static_pad (e, "src");
  Seen before = {0}, after = {0};
  gst_pad_add_probe (in, GST_PAD_PROBE_TYPE_BUFFER, count, &before, NULL);
  gst_pad_add_probe (out, GST_PAD_PROBE_TYPE_BUFFER, count, &after, NULL);
  g_object_set (e, "model-file", settings->pdata[0], NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  GstBus *bus = GST_ELEMENT_BUS (pipeline);

  GRand *rand = g_rand_new_with_seed (g_test_rand_int ());
  glong level = 0;
  guint loaded = 0, at = 0;
  gst_element_get_state (pipeline, NULL, NULL, GST_CLOCK_TIME_NONE);
  for (guint i = 0; i < n; i++) {
    /* Nearly always another model, now and then one that is not there. */
    const gboolean bad = i % 10 == 9;
    if (!bad) /* else what runs stays, and asking for it again would change nothing */
      at = (at + 1 + g_rand_int_range (rand, 0, settings->len - 1)) % settings->len;
    gst_bus_set_flushing (bus, TRUE);
    gst_bus_set_flushing (bus, FALSE);
    gst_util_set_object_arg (G_OBJECT (e), "backend", backends[g_rand_int_range (rand, 0, 2)]);
    g_object_set (e, "model-file", bad ? "/nowhere/none.tflite" : settings->pdata[at], NULL);
    const gboolean good = answered (bus);
    loaded += good;
    g_usleep (20000);
    if (i == n / 2)
      level = resident_kb ();
  }
  const glong growth = resident_kb () - level;
  gst_element_send_event (source, gst_event_new_eos ());
  GstMessage *m =
      gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (m);
  g_assert_cmpint (GST_MESSAGE_TYPE (m), ==, GST_MESSAGE_EOS);
  gst_message_unref (m);
  g_test_message ("%u changes, %u loaded, %" G_GUINT64_FORMAT
                  " frames, memory %+ld KB over the second half",
                  n, loaded, after.frames, growth);
  g_assert_cmpuint (before.frames, ==, after.frames);
  g_assert_false (after.lost && !before.lost);
  g_assert_cmpuint (loaded, >=, n / 2);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(TFC_SANITIZED)
  g_assert_cmpint (growth, <, 48 * 1024); /* the biggest network against the smallest */
#endif
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (in);
  gst_object_unref (out);
  gst_object_unref (e);
  gst_object_unref (source);
  gst_object_unref (pipeline);
  g_ptr_array_unref (settings);
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  shared = g_getenv ("TFC_SHARED");
  if (!shared)
    shared = "nowhere";
  g_test_add_func ("/swaps", test_swaps);
  return g_test_run ();
}
