/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A zone file, the bytes up to the first 0; then objects that run about in its zones. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "inference/error.h"
#include "models/zones/zone_watch.h"

static void
check_map (const TfcZoneMap *map)
{
  g_assert_true (map->n > 0 && map->n <= TFC_MAX_ZONES && map->n_zones <= map->n);
  for (guint i = 0; i < map->n; i++) {
    const TfcZone *z = &map->zones[i];
    g_assert_true (*z->name && z->is_line == (i >= map->n_zones));
    g_assert_true (z->is_line ? z->n_points == 2 : z->n_points >= 3 && z->n_points <= 64);
    for (guint k = 0; k < z->n_points; k++)
      g_assert_true (z->points[k].x >= 0 && z->points[k].x <= 1 && z->points[k].y >= 0 &&
                     z->points[k].y <= 1);
  }
}

/* Who is in a zone has entered and not left. */
static void
check_counts (const TfcZoneWatch *watch)
{
  const TfcZoneMap *map = tfc_zone_watch_map (watch);

  for (guint i = 0; i < map->n; i++) {
    const TfcZoneCounts *c = tfc_zone_watch_counts (watch, i);
    guint64 inside = 0;
    for (guint k = 0; k < c->n_tallies; k++) {
      const TfcZoneTally *t = &c->tallies[k];
      g_assert_true (map->zones[i].is_line || t->count == t->total[0] - t->total[1]);
      inside += t->count;
    }
    g_assert_true (map->zones[i].is_line || inside <= c->count);
  }
}

static void
run_about (FuzzBytes *b, TfcZoneWatch *watch)
{
  static const gchar *const labels[] = {NULL, "person", "cat", "dog"};
  guint64 now = 0;

  for (guint frame = 0; frame < 100 && b->left; frame++) {
    TfcZoneObject objects[8];
    const guint n = fuzz_below (b, G_N_ELEMENTS (objects) + 1);
    guint n_events;
    for (guint i = 0; i < n; i++) {
      objects[i] = (TfcZoneObject){.track_id = fuzz_below (b, 5), .kind = fuzz_below (b, 2)};
      objects[i].box = (TfcBox){(gfloat)fuzz_below (b, 100) / 100, fuzz_float (b), 0.1f, 0.1f};
      if (!fuzz_below (b, 8))
        objects[i].box.w = objects[i].box.h = fuzz_float (b);
      if (fuzz_below (b, 4) == 0) {
        objects[i].age = (guint64)fuzz_below (b, 64) * 10000000;
        objects[i].speed_x = fuzz_float (b);
        objects[i].speed_y = fuzz_float (b);
      }
      objects[i].label = labels[fuzz_below (b, G_N_ELEMENTS (labels))];
      objects[i].seen = fuzz_below (b, 4) != 0;
    }
    now += fuzz_below (b, 16) ? 40000000 * (guint64)fuzz_below (b, 20) : (guint64)-900000000;
    tfc_zone_watch_update (watch, objects, n, now, &n_events);
    g_assert_cmpuint (n_events, <=, TFC_MAX_ZONE_EVENTS);
    check_counts (watch);
  }
}

void
fuzz_one (const guint8 *data, gsize size)
{
  const guint8 *end = size ? memchr (data, 0, size) : NULL;
  const gsize length = end ? (gsize)(end - data) : size;
  FuzzBytes b = {data + MIN (length + 1, size), size - MIN (length + 1, size)};
  GError *error = NULL;
  TfcZoneMap *map = tfc_zone_map_parse ((const gchar *)data, length, &error);
  TfcZoneWatch *watch;

  if (!map) {
    g_assert_true (error && error->domain == TFC_ERROR &&
                   g_utf8_validate (error->message, -1, NULL));
    g_error_free (error);
    return;
  }
  check_map (map);
  watch = tfc_zone_watch_new (map);
  run_about (&b, watch);
  tfc_zone_watch_free (watch);
}

#define PORCH                                                                                \
  "[zone "                                                                                   \
  "porch]\npolygon=0.1,0.5;0.4,0.5;0.4,0.9;0.1,0.9\nlabels=person;cat\ninertia=200\nloiter=" \
  "500\nanchor=center\n"
#define GATE "[line gate]\nfrom=0.2,0.9\nto=0.8,0.1\nlabels=person\n"

void
fuzz_seeds (void)
{
  static const gchar *const texts[] = {
      PORCH GATE,
      "[zone a]|polygon=0,0;1,0;1,1;0,1|inertia=0|[line b]|from=0.5,0|to=0.5,1|inertia=0",
      "# zones\\n[zone \303\244]\\npolygon=0,0;1e-3,0x1p-2;.5,1;\\n",
      "[zone a]\npolygon=0,0;1,1\n",
      "[zone a]\n[zone a]\n",
      "[door]\n"};
  guint8 bytes[1200];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    const gsize length = strlen (texts[i]) + 1;
    memcpy (bytes, texts[i], length);
    for (gsize k = length; k < sizeof bytes; k++)
      bytes[k] = (guint8)(k * k * 31 + k / 7);
    fuzz_seed (bytes, sizeof bytes);
  }
}
