/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/common/hand.h"

#include <string.h>

static GstBusSyncReply
on_message (GstBus *bus, GstMessage *m, gpointer data)
{
  Hand *hand = data;
  const GstStructure *s = gst_message_get_structure (m);
  const gchar *name = s ? gst_structure_get_name (s) : "";

  if (g_str_equal (name, "tfc-model-loading"))
    g_atomic_int_inc (&hand->loading);
  if (g_str_equal (name, "tfc-model-loaded"))
    g_atomic_int_inc (&hand->loaded);
  if (g_str_equal (name, "tfc-model-failed"))
    g_atomic_int_inc (&hand->failed);
  if (GST_MESSAGE_TYPE (m) == GST_MESSAGE_WARNING)
    g_atomic_int_inc (&hand->warnings);
  if (GST_MESSAGE_TYPE (m) == GST_MESSAGE_ERROR)
    g_atomic_int_inc (&hand->errors);
  if (hand->moment && g_str_equal (name, hand->moment) && g_atomic_int_add (&hand->left, -1) > 0)
    hand->set (GST_ELEMENT (GST_MESSAGE_SRC (m)), hand->data);
  return GST_BUS_PASS;
}

GstHarness *
play_with (GstElement *element, Hand *hand, GstBus **bus)
{
  GstHarness *h;

  *bus = gst_bus_new ();
  gst_bus_set_sync_handler (*bus, on_message, hand, NULL);
  gst_element_set_bus (element, *bus);
  h = gst_harness_new_with_element (element, "sink", "src");
  gst_object_unref (element);
  gst_harness_set_src_caps (h, caps_of ("RGB", 16, 16));
  return h;
}

gint
hand_count (gint *what)
{
  return g_atomic_int_get (what);
}

gboolean
until (GstHarness *h, gboolean (*pleases) (GstElement *, Sight, gconstpointer), gconstpointer data)
{
  for (guint i = 0; i < 60000; i++) {
    if (pleases (h->element, look_at (h, i), data))
      return TRUE;
    g_usleep (1000);
  }
  return FALSE;
}

gboolean
uses_threads (GstElement *element, Sight sight, gconstpointer n)
{
  guint used;

  g_object_get (element, "threads-used", &used, NULL);
  return used == threads_of (GPOINTER_TO_UINT (n));
}

void
note (GObject *object, GParamSpec *spec, gpointer text)
{
  static GMutex lock;

  g_mutex_lock (&lock);
  g_string_append_printf (text, "%s ", spec->name);
  g_mutex_unlock (&lock);
}

void
set_bad_model (GstElement *element, gpointer unused)
{
  g_object_set (element, "model-file", "/nowhere/none.tflite", NULL);
}
