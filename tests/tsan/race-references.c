/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/tsan/race.h"

static void
gone (gpointer data, GObject *object)
{
  race_value++;
}

static gpointer
give_back (gpointer object)
{
  const gboolean right = GPOINTER_TO_INT (g_object_get_data (object, "right"));
  if (right)
    race_value++;
  g_object_unref (object);
  if (!right)
    race_value++;
  race_go_on (1);
  return NULL;
}

void
race_unref (gboolean right)
{
  GObject *object = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_weak_ref (object, gone, NULL);
  g_object_set_data (object, "right", GINT_TO_POINTER (right));
  GThread *thread = g_thread_new (NULL, give_back, g_object_ref (object));
  race_wait_for (1);
  g_object_unref (object);
  g_thread_join (thread);
}

static gpointer
give_text_back (gpointer text)
{
  const gboolean right = *(const gchar *)text == 'r';
  if (right)
    race_value++;
  g_ref_string_release (text);
  if (!right)
    race_value++;
  race_go_on (1);
  return NULL;
}

void
race_ref_string (gboolean right)
{
  gchar *text = g_ref_string_new (right ? "right" : "wrong");
  GThread *thread = g_thread_new (NULL, give_text_back, g_ref_string_acquire (text));
  race_wait_for (1);
  g_ref_string_release (text);
  race_value++;
  g_thread_join (thread);
}
