/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/common/detect.h"

#include "config.h"
#include "inference/runtime/cpus.h"

gchar *
shared_path (const gchar *name)
{
  return g_build_filename (g_getenv ("TFC_SHARED") ? g_getenv ("TFC_SHARED") : "../shared", name,
                           NULL);
}

#define MODEL "models/coco-ssd/mobilenet_v1_quant/detect.tflite"
#define LABELS "models/coco-ssd/mobilenet_v1_quant/labelmap.txt"

gboolean
have_shared (const gchar *name)
{
  g_autofree gchar *path = shared_path (name);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_test_skip ("the mirror of models is not there");
  return FALSE;
}

gboolean
have_model (void)
{
  return have_shared (MODEL);
}

guint
threads_of (guint wanted)
{
  return HAVE_XNNPACK ? MIN (wanted ? wanted : 4, tfc_cpus_usable ()) : 1;
}

GstElement *
detect_new (const gchar *first_property, ...)
{
  g_autofree gchar *model = shared_path (MODEL);
  GstElement *element = gst_element_factory_make ("tfcdetect", NULL);
  va_list rest;

  g_assert_nonnull (element);
  g_object_set (element, "model-file", model, "threads", 1, NULL);
  va_start (rest, first_property);
  set_properties_valist (element, first_property, rest);
  va_end (rest);
  return element;
}

GstHarness *
detect_play (GstElement *element, GstBus **bus)
{
  GstHarness *h;

  if (bus) {
    *bus = gst_bus_new ();
    gst_element_set_bus (element, *bus);
  }
  h = gst_harness_new_with_element (element, "sink", "src");
  gst_object_unref (element);
  return h;
}

void
detect_done (GstHarness *h, GstBus *bus)
{
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
  if (bus) {
    gst_bus_set_flushing (bus, TRUE);
    gst_object_unref (bus);
  }
}

GstCaps *
caps_of (const gchar *format, guint width, guint height)
{
  return gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, format, "width", G_TYPE_INT,
                              width, "height", G_TYPE_INT, height, "framerate", GST_TYPE_FRACTION,
                              30, 1, NULL);
}

GstBuffer *
photo (const gchar *name, const gchar *format, guint width, guint height, GstCaps **caps)
{
  g_autofree gchar *file = shared_path (name);
  g_autofree gchar *size =
      width ? g_strdup_printf (",width=%u,height=%u,pixel-aspect-ratio=1/1", width, height)
            : g_strdup ("");
  g_autofree gchar *line = g_strdup_printf (
      "filesrc location=%s ! pngdec ! videoconvert ! videoscale add-borders=false ! "
      "video/x-raw,format=%s%s ! fakesink name=out sync=false",
      file, format, size);
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, NULL);
  g_autoptr (GstElement) out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_autoptr (GstSample) sample = NULL;
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  GstBuffer *buffer;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 30 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  g_object_get (out, "last-sample", &sample, NULL);
  if (caps)
    *caps = gst_caps_ref (gst_sample_get_caps (sample));
  buffer = gst_buffer_ref (gst_sample_get_buffer (sample));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_clear_pointer (&sample, gst_sample_unref);
  buffer = gst_buffer_make_writable (buffer);
  GST_BUFFER_PTS (buffer) = 0;
  GST_BUFFER_FLAG_UNSET (buffer, GST_BUFFER_FLAG_DISCONT);
  return buffer;
}

GstBuffer *
cat (const gchar *format, guint width, guint height, GstCaps **caps)
{
  return photo ("media/coral_cat.png", format, width, height, caps);
}

GstBuffer *
through (GstHarness *h, GstBuffer *buffer)
{
  g_assert_cmpint (gst_harness_push (h, buffer), ==, GST_FLOW_OK);
  return gst_harness_pull (h);
}

void
assert_message (GstBus *bus, GstMessageType type, GQuark domain, gint code, const gchar *word)
{
  g_autoptr (GstMessage) message =
      gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_ERROR | GST_MESSAGE_WARNING);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, type);
  if (type == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  else
    gst_message_parse_warning (message, &error, NULL);
  g_test_message ("%s", error->message);
  g_assert_error (error, domain, code);
  if (!strstr (error->message, word))
    g_error ("\"%s\" is missing in: %s", word, error->message);
}

void
assert_refused (GstElement *element, GQuark domain, gint code, const gchar *word)
{
  GstBus *bus = gst_bus_new ();

  gst_object_ref_sink (element);
  gst_element_set_bus (element, bus);
  g_assert_cmpint (gst_element_set_state (element, GST_STATE_PAUSED), ==, GST_STATE_CHANGE_FAILURE);
  assert_message (bus, GST_MESSAGE_ERROR, domain, code, word);
  gst_element_set_bus (element, NULL);
  gst_element_set_state (element, GST_STATE_NULL);
  gst_object_unref (element);
  gst_bus_set_flushing (bus, TRUE);
  gst_object_unref (bus);
}

void
assert_defaults (GstElement *element)
{
  guint n;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (element), &n);

  for (guint i = 0; i < n; i++) {
    GValue has = G_VALUE_INIT;
    if (!(specs[i]->flags & G_PARAM_READABLE) || specs[i]->owner_type == GST_TYPE_OBJECT ||
        g_str_equal (specs[i]->name, "stats"))
      continue;
    g_value_init (&has, specs[i]->value_type);
    g_object_get_property (G_OBJECT (element), specs[i]->name, &has);
    if (!g_param_value_defaults (specs[i], &has))
      g_error ("%s does not begin with its default", specs[i]->name);
    g_value_unset (&has);
  }
}

GstStructure *
wait_message (GstBus *bus, const gchar *name)
{
  for (;;) {
    g_autoptr (GstMessage) message =
        gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_ELEMENT);
    if (!message)
      return NULL;
    if (gst_message_has_name (message, name))
      return gst_structure_copy (gst_message_get_structure (message));
  }
}

static GstBuffer *picture; /* one conversion serves all tests */
static GstCaps *picture_caps;

GstBuffer *
cat_at (GstHarness *h, guint frame)
{
  GstBuffer *buffer;

  if (!picture)
    picture = cat ("NV12", 320, 240, &picture_caps);
  if (frame == 0)
    gst_harness_set_src_caps (h, gst_caps_ref (picture_caps));
  buffer = gst_buffer_copy (picture);
  GST_BUFFER_PTS (buffer) = frame * (GST_SECOND / 30);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / 30;
  return buffer;
}

gint
count_at (GstHarness *h, guint frame, gboolean *held)
{
  GstBuffer *out = through (h, cat_at (h, frame));
  GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (out);
  gint n = meta ? (gint)meta->n_detections : -1;

  if (held)
    *held = meta && meta->held;
  gst_buffer_unref (out);
  return n;
}

void
forget_cat (void)
{
  gst_clear_buffer (&picture);
  gst_clear_caps (&picture_caps);
}

GstBuffer *
detect_in (GstHarness *h, const gchar *format, guint width, guint height)
{
  GstCaps *caps;
  GstBuffer *buffer = cat (format, width, height, &caps);

  gst_harness_set_src_caps (h, caps);
  return through (h, buffer);
}
