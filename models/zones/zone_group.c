/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/zones/zone_group.h"
#include <string.h>
#include "inference/error.h"
#include "models/zones/zone_geometry.h"

#define MS G_GUINT64_CONSTANT (1000000)
#define DEFAULT_INERTIA 200
#define MAX_INERTIA 60000
#define MAX_LOITER 86400000

/* A group while it is read. */
typedef struct {
  GKeyFile *file;
  const gchar *group, *key;
  TfcZone *zone;
} Reading;

/* The message without its what and where; FALSE. */
G_GNUC_PRINTF (3, 4)
static gboolean
refuse (const Reading *r, GError **error, const gchar *format, ...)
{
  va_list args;
  g_autofree gchar *what = NULL;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "[%s] %s%s%s", r->group, r->key ? r->key : "",
               r->key ? ": " : "", what);
  return FALSE;
}

static gboolean
refuse_missing (const Reading *r, GError **error, const gchar *key)
{
  return refuse (r, error, "%s is missing", key);
}

/* ---- values ---- */

/* A number of text, behind which stands `behind` or nothing but space; returns what is behind that,
 * or NULL. */
static const gchar *
read_number (const gchar *text, gchar behind, gdouble *value)
{
  gchar *end;

  *value = g_ascii_strtod (text, &end);
  if (end == text)
    return NULL;
  while (g_ascii_isspace (*end))
    end++;
  return *end == behind ? end + 1 : NULL;
}

static gboolean
read_point (const Reading *r, const gchar *text, TfcPoint *point, GError **error)
{
  gdouble x, y;
  const gchar *rest = read_number (text, ',', &x);

  if (!rest || !read_number (rest, 0, &y))
    return refuse (r, error, "'%s' is no point; a point is x,y such as 0.1,0.5", text);
  if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1))
    return refuse (r, error,
                   "'%s' is not on the picture: fractions of its width and height, 0 to 1", text);
  *point = (TfcPoint){(gfloat)x, (gfloat)y, 0};
  return TRUE;
}

static gboolean
read_polygon (Reading *r, const gchar *value, GError **error)
{
  g_auto (GStrv) points = g_strsplit (value, ";", TFC_MAX_ZONE_POINTS + 2);
  guint n = g_strv_length (points);

  if (n && !*g_strstrip (points[n - 1])) /* a list may end with its separator */
    n--;
  if (n < 3 || n > TFC_MAX_ZONE_POINTS)
    return refuse (r, error, "a polygon has 3 to %d points: x,y;x,y;x,y", TFC_MAX_ZONE_POINTS);
  for (guint i = 0; i < n; i++) {
    if (!read_point (r, points[i], &r->zone->points[i], error))
      return FALSE;
  }
  r->zone->n_points = n;
  return tfc_polygon_has_area (r->zone->points, n) ||
         refuse (r, error, "all points lie on one line; nobody can be inside");
}

static gboolean
read_from (Reading *r, const gchar *value, GError **error)
{
  r->zone->n_points |= 1;
  return read_point (r, value, &r->zone->points[0], error);
}

static gboolean
read_to (Reading *r, const gchar *value, GError **error)
{
  r->zone->n_points |= 2;
  return read_point (r, value, &r->zone->points[1], error);
}

static gboolean
read_labels (Reading *r, const gchar *value, GError **error)
{
  gsize n = 0;

  g_strfreev (r->zone->labels);
  r->zone->labels = g_key_file_get_string_list (r->file, r->group, r->key, &n, NULL);
  if (!n || n > TFC_MAX_ZONE_LABELS)
    return refuse (r, error, "%s; leave the line out for all, or name 1 to %d: person;cat",
                   *value ? "there are too many" : "there is none", TFC_MAX_ZONE_LABELS);
  for (gsize i = 0; i < n; i++) {
    if (!*g_strstrip (r->zone->labels[i]) || strlen (r->zone->labels[i]) > TFC_ZONE_NAME_BYTES)
      return refuse (r, error, "a label has 1 to %d bytes", TFC_ZONE_NAME_BYTES);
    if (strchr (r->zone->labels[i], ','))
      return refuse (r, error, "'%s' has a comma; labels are separated by ';': person;cat",
                     r->zone->labels[i]);
  }
  return TRUE;
}

static gboolean
read_time (const Reading *r, const gchar *value, guint least, guint most, guint64 *ns,
           GError **error)
{
  guint64 ms;

  if (!g_ascii_string_to_unsigned (value, 10, least, most, &ms, NULL))
    return refuse (r, error, "'%s' is no number of milliseconds from %u to %u", value, least, most);
  *ns = ms * MS;
  return TRUE;
}

static gboolean
read_inertia (Reading *r, const gchar *value, GError **error)
{
  return read_time (r, value, 0, MAX_INERTIA, &r->zone->inertia, error);
}

static gboolean
read_loiter (Reading *r, const gchar *value, GError **error)
{
  return read_time (r, value, 1, MAX_LOITER, &r->zone->loiter, error);
}

static gboolean
read_anchor (Reading *r, const gchar *value, GError **error)
{
  static const gchar *const names[] = {"bottom-center", "center"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_str_equal (value, names[i])) {
      r->zone->anchor = i;
      return TRUE;
    }
  }
  return refuse (r, error, "'%s' is no anchor; there are bottom-center and center", value);
}

/* ---- groups ---- */

typedef struct {
  const gchar *key;
  gboolean (*read) (Reading *r, const gchar *value, GError **error);
} Key;

static const Key zone_keys[] = {{"polygon", read_polygon}, {"labels", read_labels},
                                {"inertia", read_inertia}, {"loiter", read_loiter},
                                {"anchor", read_anchor},   {NULL, NULL}};
static const Key line_keys[] = {{"from", read_from},     {"to", read_to},
                                {"labels", read_labels}, {"inertia", read_inertia},
                                {"anchor", read_anchor}, {NULL, NULL}};

static gboolean
refuse_key (Reading *r, const Key *keys, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree gchar *key = g_strdup (r->key);

  for (; keys->key; keys++)
    g_string_append_printf (all, "%s%s", all->len ? ", " : "", keys->key);
  r->key = NULL;
  return refuse (r, error, "there is no key '%s'; a %s has %s", key,
                 r->zone->is_line ? "line" : "zone", all->str);
}

static gboolean
read_key (Reading *r, const Key *keys, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autofree gchar *value = g_key_file_get_string (r->file, r->group, r->key, &wrong);

  for (const Key *k = keys; k->key; k++) {
    if (g_str_equal (k->key, r->key))
      return value && !wrong ? k->read (r, g_strstrip (value), error)
                             : refuse (r, error, "there is a backslash that means nothing");
  }
  return refuse_key (r, keys, error);
}

/* What must be there. */
static gboolean
is_whole (const Reading *r, GError **error)
{
  const TfcZone *z = r->zone;

  if (!z->is_line)
    return z->n_points || refuse_missing (r, error, "polygon");
  if (z->n_points != 3)
    return refuse_missing (r, error, z->n_points & 1 ? "to" : "from");
  if (z->points[0].x == z->points[1].x && z->points[0].y == z->points[1].y)
    return refuse (r, error, "from and to are the same point");
  r->zone->n_points = 2;
  return TRUE;
}

gboolean
tfc_zone_read_group (GKeyFile *file, const gchar *group, TfcZone *zone, GError **error)
{
  Reading r = {file, group, NULL, zone};
  const Key *keys = zone->is_line ? line_keys : zone_keys;
  g_auto (GStrv) found = g_key_file_get_keys (file, group, NULL, NULL);

  zone->inertia = DEFAULT_INERTIA * MS;
  for (guint i = 0; found && found[i]; i++) {
    r.key = found[i];
    if (!read_key (&r, keys, error))
      return FALSE;
  }
  r.key = NULL;
  return is_whole (&r, error);
}
