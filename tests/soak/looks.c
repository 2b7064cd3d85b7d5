/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/soak/looks.h"

static const gchar *const kinds[] = {
    "format=NV12,width=640,height=480",  "format=NV12,width=1280,height=720",
    "format=I420,width=641,height=361",  "format=YUY2,width=320,height=240",
    "format=UYVY,width=512,height=288",  "format=RGB,width=333,height=251",
    "format=BGRx,width=800,height=600",  "format=RGBA,width=64,height=48",
    "format=GRAY8,width=640,height=480", "format=YV12,width=176,height=144",
    "format=xRGB,width=31,height=17",    "format=NV21,width=960,height=540"};

static const gchar *const patterns[] = {"smpte", "ball", "zone-plate", "black"};

static GstBuffer *
render (const gchar *source, const gchar *kind)
{
  g_autofree gchar *line = g_strdup_printf (
      "%s ! videoconvert ! videoscale add-borders=false ! video/x-raw,%s,pixel-aspect-ratio=1/1 ! "
      "fakesink name=out sync=false enable-last-sample=true",
      source, kind);
  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch (line, &error);
  GstSample *sample = NULL;
  GstBuffer *frame;
  GstElement *out;

  if (!pipeline || error)
    g_error ("%s: %s", line, error->message);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_message_unref (gst_bus_timed_pop_filtered (GST_ELEMENT_BUS (pipeline), GST_CLOCK_TIME_NONE,
                                                 GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
  out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_object_get (out, "last-sample", &sample, NULL);
  if (!sample)
    g_error ("no picture comes out of: %s", line);
  frame = gst_buffer_copy_deep (gst_sample_get_buffer (sample)); /* not a pool's */
  gst_sample_unref (sample);
  gst_object_unref (out);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  return frame;
}

static gchar *
checksum (const Looks *looks)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_MD5);

  for (guint i = 0; i < looks->n; i++) {
    for (guint k = 0; k < looks->looks[i].n_frames; k++) {
      GstMapInfo map;
      gst_buffer_map (looks->looks[i].frames[k], &map, GST_MAP_READ);
      g_checksum_update (sum, map.data, map.size);
      gst_buffer_unmap (looks->looks[i].frames[k], &map);
    }
  }
  return g_strdup (g_checksum_get_string (sum));
}

Looks *
looks_new (gchar **photos, guint n_photos)
{
  Looks *looks = g_new0 (Looks, 1);
  guint n = n_photos ? n_photos : G_N_ELEMENTS (patterns);

  looks->n = G_N_ELEMENTS (kinds);
  looks->looks = g_new0 (Look, looks->n);
  for (guint i = 0; i < looks->n; i++) {
    g_autofree gchar *caps = g_strconcat ("video/x-raw,", kinds[i], NULL);
    Look *look = &looks->looks[i];
    look->caps = gst_caps_from_string (caps);
    look->n_frames = n;
    look->frames = g_new0 (GstBuffer *, n);
    for (guint k = 0; k < n; k++) {
      g_autofree gchar *source =
          n_photos ? g_strdup_printf ("filesrc location=\"%s\" ! pngdec", photos[k])
                   : g_strdup_printf ("videotestsrc num-buffers=1 pattern=%s", patterns[k]);
      look->frames[k] = render (source, kinds[i]);
    }
  }
  looks->sum = checksum (looks);
  return looks;
}

gboolean
looks_are_untouched (const Looks *looks)
{
  g_autofree gchar *sum = checksum (looks);

  return g_str_equal (sum, looks->sum);
}

GstBuffer *
look_frame (const Look *look, guint photo)
{
  GstBuffer *from = look->frames[photo % look->n_frames], *frame = gst_buffer_new ();

  gst_buffer_copy_into (frame, from, GST_BUFFER_COPY_MEMORY, 0, -1);
  return frame;
}

void
looks_free (Looks *looks)
{
  for (guint i = 0; i < looks->n; i++) {
    for (guint k = 0; k < looks->looks[i].n_frames; k++)
      gst_buffer_unref (looks->looks[i].frames[k]);
    g_free (looks->looks[i].frames);
    gst_caps_unref (looks->looks[i].caps);
  }
  g_free (looks->looks);
  g_free (looks->sum);
  g_free (looks);
}
