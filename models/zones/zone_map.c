/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/zones/zone_map.h"
#include <string.h>
#include "inference/error.h"
#include "models/files/text_file.h"
#include "models/zones/zone_group.h"

/* The name behind word in a group's name, or NULL. */
static const gchar *
name_after (const gchar *group, const gchar *word)
{
  const gsize n = strlen (word);

  if (strncmp (group, word, n) || (group[n] && !g_ascii_isspace (group[n])))
    return NULL;
  for (group += n; g_ascii_isspace (*group);)
    group++;
  return group;
}

/* FALSE: "[GROUP] what". */
static gboolean
refuse (const gchar *group, const gchar *what, GError **error)
{
  g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "[%s] %s", group, what);
  return FALSE;
}

static gboolean
add_zone (TfcZoneMap *map, const gchar *group, const gchar *found, gboolean is_line, GError **error)
{
  g_autofree gchar *name = g_strchomp (g_strdup (found));
  TfcZone *zone = &map->zones[map->n];

  if (map->n == TFC_MAX_ZONES)
    return refuse (group, "is one too many; there may be 64 zones and lines", error);
  if (!*name || strlen (name) > TFC_ZONE_NAME_BYTES)
    return refuse (group, "has no name of 1 to 64 bytes, as [zone porch] and [line gate] have",
                   error);
  for (guint i = 0; i < map->n; i++) {
    if (map->zones[i].is_line == is_line && g_str_equal (map->zones[i].name, name))
      return refuse (group, "has a name that another one has", error);
  }
  map->n++;
  zone->name = g_steal_pointer (&name);
  zone->is_line = is_line;
  return TRUE;
}

/* The groups whose names begin with word. */
static gboolean
read_groups (TfcZoneMap *map, GKeyFile *file, gchar **groups, const gchar *word, gboolean is_line,
             GError **error)
{
  for (; *groups; groups++) {
    const gchar *name = name_after (*groups, word);
    if (name && (!add_zone (map, *groups, name, is_line, error) ||
                 !tfc_zone_read_group (file, *groups, &map->zones[map->n - 1], error)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
know_all (gchar **groups, GError **error)
{
  if (!*groups) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "there are no zones; a zone begins with [zone NAME], a line with [line NAME]");
    return FALSE;
  }
  for (; *groups; groups++) {
    if (!name_after (*groups, "zone") && !name_after (*groups, "line"))
      return refuse (*groups, "is neither [zone NAME] nor [line NAME]", error);
  }
  return TRUE;
}

/* A key file takes the last of two that are named alike, and merges groups. */
static gboolean
is_said_once (const gchar *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const gchar *group = "";

  for (guint i = 0; lines[i]; i++) {
    gchar *line = g_strstrip (lines[i]);
    if (*line == '[')
      group = line;
    else if (*line && *line != '#')
      line[strcspn (line, "=")] = 0;
    if (*line && *line != '#' &&
        !g_hash_table_add (seen,
                           g_strconcat (group, *line == '[' ? "" : " ", g_strchomp (line), NULL))) {
      g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "%s%s%s is there twice; take one out",
                   group, *line == '[' ? "" : " ", *line == '[' ? "" : line);
      return FALSE;
    }
  }
  return TRUE;
}

static TfcZoneMap *
read_text (const gchar *text, gsize length, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) why = NULL;
  g_auto (GStrv) groups = NULL;
  TfcZoneMap *map;

  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_KEEP_TRANSLATIONS, &why)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "%s", why->message);
    return NULL;
  }
  groups = g_key_file_get_groups (file, NULL);
  if (!know_all (groups, error) || !is_said_once (text, error))
    return NULL;
  map = g_new0 (TfcZoneMap, 1);
  if (read_groups (map, file, groups, "zone", FALSE, error)) {
    map->n_zones = map->n;
    if (read_groups (map, file, groups, "line", TRUE, error))
      return map;
  }
  tfc_zone_map_free (map);
  return NULL;
}

/* ---- texts ---- */

#define BYTE_ORDER_MARK "\xef\xbb\xbf" /* some editors write it */

/* With a 0 behind it; lines end as a key file's. */
static gchar *
with_lines (const gchar *text, gsize length)
{
  gchar *copy = g_strndup (text, length), *to = copy;

  for (const gchar *at = copy; *at; at++) {
    const gboolean two = at[0] == '\\' && at[1] == 'n';
    *to++ = *at == '|' || two ? '\n' : *at;
    at += two;
  }
  *to = 0;
  return copy;
}

/* The message says where it is from, and holds nothing that a terminal would obey. */
static TfcZoneMap *
read_named (const gchar *what, const gchar *text, gsize length, GError **error)
{
  const gboolean is_text = g_utf8_validate_len (text, length, NULL);
  const gsize mark = g_str_has_prefix (text, BYTE_ORDER_MARK) ? strlen (BYTE_ORDER_MARK) : 0;
  TfcZoneMap *map = is_text ? read_text (text + mark, length - mark, error) : NULL;

  if (!is_text)
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "it is no text in UTF-8");
  if (!map) {
    g_prefix_error (error, "%s: ", what);
    tfc_error_tidy (error);
  }
  return map;
}

TfcZoneMap *
tfc_zone_map_open (const gchar *path, GError **error)
{
  gsize length;
  g_autofree gchar *text =
      tfc_text_file_read ("zone file", path, TFC_ZONE_FILE_BYTES, &length, error);
  g_autofree gchar *what = g_strdup_printf ("zone file '%s'", path);

  return text ? read_named (what, text, length, error) : NULL;
}

TfcZoneMap *
tfc_zone_map_parse (const gchar *text, gsize length, GError **error)
{
  g_autofree gchar *lines = NULL;

  if (length > TFC_ZONE_FILE_BYTES) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "zones: there are more than %d bytes",
                 TFC_ZONE_FILE_BYTES);
    return NULL;
  }
  lines = with_lines (text, length);
  return read_named ("zones", lines, strlen (lines), error);
}

void
tfc_zone_map_free (TfcZoneMap *map)
{
  for (guint i = 0; map && i < map->n; i++) {
    g_free (map->zones[i].name);
    g_strfreev (map->zones[i].labels);
  }
  g_free (map);
}

gboolean
tfc_zone_wants (const TfcZone *zone, const gchar *label)
{
  if (!zone->labels)
    return TRUE;
  for (guint i = 0; label && zone->labels[i]; i++) {
    if (!g_ascii_strcasecmp (zone->labels[i], label))
      return TRUE;
  }
  return FALSE;
}
