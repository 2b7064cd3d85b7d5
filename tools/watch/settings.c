/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/watch/settings.h"

#include <string.h>

/* Of a file that would change how a terminal looks. */
#define CONTROLS                                                       \
  "\x01\x02\x03\x04\x05\x06\a\b\t\n\v\f\r\x0E\x0F\x10\x11\x12\x13\x14" \
  "\x15\x16\x17\x18\x19\x1A\x1B\x1C\x1D\x1E\x1F\x7F"

/* ---- mistakes ---- */

static void
mistake_free (gpointer data)
{
  g_free (((WatchMistake *)data)->text);
  g_free (data);
}

GPtrArray *
watch_mistakes_new (void)
{
  return g_ptr_array_new_with_free_func (mistake_free);
}

void
watch_mistake (GPtrArray *mistakes, guint line, gchar *text)
{
  for (guint i = 0; i < mistakes->len; i++) {
    const WatchMistake *m = g_ptr_array_index (mistakes, i);
    if (m->line == line && g_str_equal (m->text, text)) {
      g_free (text);
      return;
    }
  }
  if (mistakes->len < WATCH_MAX_MISTAKES) {
    WatchMistake *m = g_new (WatchMistake, 1);
    *m = (WatchMistake){line, g_strdelimit (text, CONTROLS, '?')};
    g_ptr_array_add (mistakes, m);
  } else {
    g_free (text);
  }
}

static gint
by_line (gconstpointer a, gconstpointer b)
{
  const WatchMistake *x = *(WatchMistake *const *)a, *y = *(WatchMistake *const *)b;
  return x->line < y->line ? -1 : x->line > y->line;
}

void
watch_mistakes_sort (GPtrArray *mistakes)
{
  g_ptr_array_sort (mistakes, by_line);
}

/* ---- settings ---- */

static void
clear_values (WatchValue *values)
{
  for (guint i = 0; i < WATCH_N_KEYS; i++)
    g_clear_pointer (&values[i].text, g_free);
}

static void
settings_clear (gpointer data)
{
  WatchSettings *s = data;
  clear_values (s->values);
  g_free (s->name);
  g_free (s->user);
  g_free (s->password);
  g_free (s->stamp);
}

WatchSettings *
watch_settings_new (gchar *name, guint line)
{
  WatchSettings *s = g_atomic_rc_box_new0 (WatchSettings);
  s->name = name;
  s->line = line;
  return s;
}

WatchSettings *
watch_settings_ref (WatchSettings *settings)
{
  return g_atomic_rc_box_acquire (settings);
}

void
watch_settings_unref (WatchSettings *settings)
{
  g_atomic_rc_box_release_full (settings, settings_clear);
}

gboolean
watch_settings_equal (const WatchSettings *a, const WatchSettings *b)
{
  for (guint i = 0; i < WATCH_N_KEYS; i++) {
    if (watch_keys[i].place != WATCH_IN_ALL && g_strcmp0 (a->values[i].text, b->values[i].text))
      return FALSE;
  }
  return !g_strcmp0 (a->name, b->name) && !g_strcmp0 (a->user, b->user) &&
         !g_strcmp0 (a->password, b->password) && !g_strcmp0 (a->stamp, b->stamp);
}

const gchar *
watch_text (const WatchSettings *settings, WatchKeyId key)
{
  return settings->values[key].text;
}

gboolean
watch_flag (const WatchSettings *settings, WatchKeyId key)
{
  return watch_text_is_yes (settings->values[key].text);
}

gint
watch_integer (const WatchSettings *settings, WatchKeyId key)
{
  const gchar *text = settings->values[key].text;
  return text ? (gint)g_ascii_strtoll (text, NULL, 10) : 0;
}

gboolean
watch_choice (const WatchSettings *settings, WatchKeyId key, const gchar *choice)
{
  return !g_strcmp0 (settings->values[key].text, choice);
}

void
watch_config_free (WatchConfig *config)
{
  if (!config)
    return;
  clear_values (config->all);
  g_ptr_array_unref (config->cameras);
  g_free (config);
}
