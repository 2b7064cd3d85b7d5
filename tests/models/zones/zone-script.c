/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/models/zones/zone-script.h"
#include <string.h>

void
script_begin (Script *script, const gchar *zones)
{
  g_autoptr (GError) error = NULL;
  TfcZoneMap *map = tfc_zone_map_parse (zones, strlen (zones), &error);

  g_assert_no_error (error);
  script->watch = tfc_zone_watch_new (map);
  script->told = g_string_new (NULL);
}

void
script_end (Script *script)
{
  tfc_zone_watch_free (script->watch);
  g_string_free (script->told, TRUE);
}

TfcZoneObject
script_object (guint64 id, gdouble x, gdouble y)
{
  return (TfcZoneObject){.box = {(gfloat)x - 0.05f, (gfloat)y - 0.2f, 0.1f, 0.2f},
                         .track_id = id,
                         .label = "person",
                         .seen = TRUE};
}

static void
write_down (Script *script, const TfcZoneEvent *e)
{
  static const gchar *const signs[] = {"+", "-", "", "~", "="};
  const gchar *name = tfc_zone_watch_map (script->watch)->zones[e->zone].name;

  g_assert_true (e->type == TFC_ZONE_COUNT || !g_strcmp0 (e->label, "person") ||
                 !g_strcmp0 (e->label, "cat"));
  if (e->type == TFC_ZONE_CROSS)
    g_string_append (script->told, e->crossed == TFC_CROSSED_A_TO_B ? "ab" : "ba");
  else
    g_string_append_printf (script->told, "%s%s", signs[e->type], name);
  if (e->type == TFC_ZONE_COUNT)
    g_string_append_printf (script->told, ":%u", e->count);
  else
    g_string_append_printf (script->told, ":%" G_GUINT64_FORMAT, e->track_id);
  if (e->dwell != TFC_NO_DWELL)
    g_string_append_printf (script->told, "/%" G_GUINT64_FORMAT, e->dwell / MS);
  g_string_append_c (script->told, ' ');
}

void
script_frame (Script *script, guint64 ms, const TfcZoneObject *objects, guint n)
{
  guint n_events;
  const TfcZoneEvent *events =
      tfc_zone_watch_update (script->watch, objects, n, ms * MS, &n_events);

  for (guint i = 0; i < n_events; i++)
    write_down (script, &events[i]);
}

void
script_step (Script *script, guint64 ms, guint64 id, gdouble x, gdouble y)
{
  const TfcZoneObject object = script_object (id, x, y);

  script_frame (script, ms, &object, id ? 1 : 0);
}

void
script_walk (Script *script, guint64 first, guint64 last, guint step, guint64 id, gdouble x,
             gdouble y, gdouble to_x, gdouble to_y)
{
  for (guint64 ms = first; ms <= last; ms += step) {
    const gdouble t = last > first ? (gdouble)(ms - first) / (gdouble)(last - first) : 0;
    script_step (script, ms, id, x + t * (to_x - x), y + t * (to_y - y));
  }
}

static void
take_out_counts (GString *told)
{
  g_auto (GStrv) words = g_strsplit (told->str, " ", -1);

  g_string_truncate (told, 0);
  for (guint i = 0; words[i]; i++) {
    if (*words[i] && *words[i] != '=')
      g_string_append_printf (told, "%s ", words[i]);
  }
}

void
script_expect (Script *script, const gchar *told)
{
  if (!strchr (told, '='))
    take_out_counts (script->told);
  g_assert_cmpstr (g_strchomp (script->told->str), ==, told);
  g_string_truncate (script->told, 0);
}
