/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The text of a configuration. */
#include <string.h>

#include "tools/watch/settings.h"

/* ---- the text ---- */

typedef struct {
  WatchConfig *config;
  GPtrArray *mistakes;
  WatchValue *values; /* of the group that is read; NULL: its lines are passed over */
  WatchPlace place;
  guint line, all_line;
  gboolean in_group;
} Reader;

static gboolean
name_is_good (const gchar *name)
{
  const gsize n = strlen (name);
  return n > 0 && n <= WATCH_MAX_NAME && *name != '-' &&
         strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") == n;
}

static const WatchSettings *
find_camera (const GPtrArray *cameras, const gchar *name)
{
  for (guint i = 0; i < cameras->len; i++) {
    const WatchSettings *s = g_ptr_array_index (cameras, i);
    if (g_str_equal (s->name, name))
      return s;
  }
  return NULL;
}

static void
read_camera (Reader *r, const gchar *name)
{
  const WatchSettings *other;
  if (!name_is_good (name)) {
    watch_mistake (r->mistakes, r->line,
                   g_strdup_printf ("a camera's name has 1 to %d of A-Z a-z 0-9 _ - and does not "
                                    "begin with -",
                                    WATCH_MAX_NAME));
  } else if ((other = find_camera (r->config->cameras, name))) {
    watch_mistake (r->mistakes, r->line,
                   g_strdup_printf ("[camera %s] stands in line %u already", name, other->line));
  } else if (r->config->cameras->len == WATCH_MAX_CAMERAS) {
    watch_mistake (r->mistakes, r->line,
                   g_strdup_printf ("more than %d cameras", WATCH_MAX_CAMERAS));
  } else {
    WatchSettings *s = watch_settings_new (g_strdup (name), r->line);
    g_ptr_array_add (r->config->cameras, s);
    r->values = s->values;
    r->place = WATCH_IN_CAMERA;
  }
}

static void
read_all (Reader *r)
{
  if (r->all_line) {
    watch_mistake (r->mistakes, r->line,
                   g_strdup_printf ("[all] stands in line %u already", r->all_line));
    return;
  }
  r->all_line = r->line;
  r->values = r->config->all;
  r->place = WATCH_IN_ALL;
}

static void
read_group (Reader *r, gchar *text)
{
  const gsize n = strlen (text);
  r->values = NULL;
  r->place = 0;
  r->in_group = TRUE;
  if (text[n - 1] != ']') {
    watch_mistake (r->mistakes, r->line, g_strdup ("a group ends with ]"));
    return;
  }
  text[n - 1] = '\0';
  text = g_strstrip (text + 1);
  if (g_str_equal (text, "all"))
    read_all (r);
  else if (g_str_has_prefix (text, "camera "))
    read_camera (r, g_strstrip (text + 7));
  else
    watch_mistake (
        r->mistakes, r->line,
        g_strdup_printf ("[%.40s] is no group; there are [all] and [camera NAME]", text));
}

static gchar *
unknown (const gchar *name)
{
  const gchar *near = watch_key_nearest (name);
  if (!name_is_good (name)) /* as key: value, which may be an address with a password */
    return g_strdup ("neither [group] nor key=value; keys have letters and - only");
  return near ? g_strdup_printf ("there is no key \"%.64s\"; is it \"%s\"?", name, near)
              : g_strdup_printf ("there is no key \"%.64s\"; tfc-watch --keys lists them", name);
}

/* NULL, or why key=value cannot stand here. */
static gchar *
refuse_here (const Reader *r, const WatchKey *key, const WatchValue *value, const gchar *text)
{
  g_autofree gchar *wrong = NULL;
  if (!(key->place & r->place))
    return g_strdup_printf ("\"%s\" can only stand in %s", key->name,
                            key->place == WATCH_IN_ALL ? "[all]" : "[camera NAME]");
  if (value->text)
    return g_strdup_printf ("\"%s\" stands in line %u already", key->name, value->line);
  wrong = watch_key_refuse (key, text);
  return wrong ? g_strdup_printf ("\"%s\" %s", key->name, wrong) : NULL;
}

static void
read_pair (Reader *r, gchar *text)
{
  gchar *equals = strchr (text, '='), *wrong;
  gint id;
  if (!equals) {
    watch_mistake (r->mistakes, r->line,
                   g_strdup ("neither [group] nor key=value; comments begin with #"));
    return;
  }
  *equals = '\0';
  g_strstrip (text);
  id = watch_key_find (text);
  if (!r->place)
    wrong =
        r->in_group ? NULL : g_strdup ("stands in no group; [all] or [camera NAME] goes before it");
  else if (id < 0)
    wrong = unknown (text);
  else
    wrong = refuse_here (r, &watch_keys[id], &r->values[id], g_strstrip (equals + 1));
  if (wrong)
    watch_mistake (r->mistakes, r->line, wrong);
  else if (r->place)
    r->values[id] = (WatchValue){g_strdup (equals + 1), r->line};
}

static void
read_line (Reader *r, const gchar *at, gsize n)
{
  g_autofree gchar *line = NULL;
  gchar *text;
  if (n > WATCH_MAX_LINE) {
    watch_mistake (r->mistakes, r->line, g_strdup_printf ("longer than %d bytes", WATCH_MAX_LINE));
    return;
  }
  if (memchr (at, '\0', n) || !g_utf8_validate (at, (gssize)n, NULL)) {
    watch_mistake (r->mistakes, r->line, g_strdup ("is not UTF-8 text"));
    return;
  }
  line = g_strndup (at, n);
  text = g_strstrip (line);
  if (*text == '[')
    read_group (r, text);
  else if (*text && *text != '#')
    read_pair (r, text);
}

/* ---- what follows from the text ---- */

static gchar *
with_name (const gchar *text, const gchar *name)
{
  GString *s = g_string_new (text);
  g_string_replace (s, "{camera}", name, 0);
  return g_string_free (s, FALSE);
}

static void
fill_in (WatchSettings *s, const WatchValue *all, GPtrArray *mistakes)
{
  for (guint i = 0; i < WATCH_N_KEYS; i++) {
    WatchValue *v = &s->values[i];
    const gboolean given = v->text || !all[i].text;
    g_autofree gchar *text = given ? g_steal_pointer (&v->text) : g_strdup (all[i].text);
    v->line = given ? v->line : all[i].line;
    if (text || watch_keys[i].fallback)
      v->text = with_name (text ? text : watch_keys[i].fallback, s->name);
    if (v->text && strlen (v->text) > WATCH_MAX_LINE) {
      watch_mistake (mistakes, v->line,
                     g_strdup_printf ("\"%s\" is longer than %d bytes with the camera's name",
                                      watch_keys[i].name, WATCH_MAX_LINE));
      g_clear_pointer (&v->text, g_free);
    }
  }
}

/* What goes together and what does not. */
static void
check_whole (const WatchSettings *s, GPtrArray *mistakes)
{
  const WatchValue *v = s->values;
  const gboolean saves = watch_flag (s, WATCH_CLIPS) || !watch_choice (s, WATCH_SNAPSHOTS, "none");
  const WatchValue *saving = watch_flag (s, WATCH_CLIPS) ? &v[WATCH_CLIPS] : &v[WATCH_SNAPSHOTS];
  if (!v[WATCH_URI].text)
    watch_mistake (mistakes, s->line, g_strdup_printf ("[camera %s] has no uri", s->name));
  if (saves && !v[WATCH_FOLDER].text)
    watch_mistake (mistakes, saving->line, g_strdup ("snapshots and clips need \"folder\""));
  if (saves && !v[WATCH_ZONES].text && !v[WATCH_ZONES_FILE].text)
    watch_mistake (mistakes, saving->line,
                   g_strdup_printf ("snapshots and clips of [camera %s] need events: \"zones\" or "
                                    "\"zones-file\"",
                                    s->name));
  if (v[WATCH_ZONES].text && v[WATCH_ZONES_FILE].text)
    watch_mistake (mistakes, MAX (v[WATCH_ZONES].line, v[WATCH_ZONES_FILE].line),
                   g_strdup_printf ("[camera %s] has \"zones\" and \"zones-file\"", s->name));
  if (v[WATCH_PUBLISH].text && g_str_has_prefix (v[WATCH_PUBLISH].text, "mqtt") &&
      strchr (v[WATCH_PUBLISH].text, '@'))
    watch_mistake (mistakes, v[WATCH_PUBLISH].line,
                   g_strdup ("\"publish\" has a user; \"mqtt-username\" and "
                             "\"mqtt-password-file\" are for that"));
  if (v[WATCH_PASSWORD_FILE].text && v[WATCH_PASSWORD_ENV].text)
    watch_mistake (
        mistakes, MAX (v[WATCH_PASSWORD_FILE].line, v[WATCH_PASSWORD_ENV].line),
        g_strdup_printf ("[camera %s] has \"password-file\" and \"password-env\"", s->name));
}

static gboolean
is_https (const WatchSettings *s)
{
  const gchar *const addresses[] = {watch_text (s, WATCH_URI), watch_text (s, WATCH_SUBSTREAM)};
  return (addresses[0] && g_str_has_prefix (addresses[0], "https:")) ||
         (addresses[1] && g_str_has_prefix (addresses[1], "https:"));
}

/* Without a file of certificates nothing would be left to tell the camera from others. */
static void
check_names (const WatchSettings *s, GPtrArray *mistakes)
{
  const WatchValue *v = &s->values[WATCH_TLS_NAME_CHECK];
  if (watch_flag (s, WATCH_TLS_NAME_CHECK))
    return;
  if (!watch_text (s, WATCH_TLS_CA_FILE))
    watch_mistake (mistakes, v->line, g_strdup ("\"tls-name-check\" needs \"tls-ca-file\""));
  if (is_https (s))
    watch_mistake (mistakes, v->line,
                   g_strdup_printf ("\"tls-name-check\" is for rtsps:// alone, and [camera %s] has "
                                    "https://",
                                    s->name));
}

static void
read_lines (Reader *r, const gchar *text, gsize size)
{
  const gsize mark = size >= 3 && !memcmp (text, "\xEF\xBB\xBF", 3) ? 3 : 0; /* of UTF-8 */
  text += mark;
  size -= mark;
  while (size > 0) {
    const gchar *end = memchr (text, '\n', size);
    const gsize n = end ? (gsize)(end - text) : size;
    r->line++;
    read_line (r, text, n);
    text += n + (end != NULL);
    size -= n + (end != NULL);
  }
}

WatchConfig *
watch_config_parse (const gchar *text, gsize size, GPtrArray *mistakes)
{
  WatchConfig *config = g_new0 (WatchConfig, 1);
  Reader r = {.config = config, .mistakes = mistakes};
  config->cameras = g_ptr_array_new_with_free_func ((GDestroyNotify)watch_settings_unref);
  if (size > WATCH_MAX_BYTES)
    watch_mistake (mistakes, 0, g_strdup_printf ("larger than %d bytes", WATCH_MAX_BYTES));
  else
    read_lines (&r, text, size);
  if (!config->cameras->len)
    watch_mistake (mistakes, 0, g_strdup ("there is no [camera NAME]"));
  for (guint i = 0; i < config->cameras->len; i++) {
    fill_in (g_ptr_array_index (config->cameras, i), config->all, mistakes);
    check_whole (g_ptr_array_index (config->cameras, i), mistakes);
    check_names (g_ptr_array_index (config->cameras, i), mistakes);
  }
  watch_mistakes_sort (mistakes);
  return config;
}
