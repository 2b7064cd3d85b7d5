/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Zone files: what they say, and what is wrong with those that are refused. Where a point is. */
#include <glib/gstdio.h>
#include <string.h>
#include "inference/error.h"
#include "models/zones/zone_geometry.h"

#define POLYGON "polygon=0.1,0.5;0.4,0.5;0.4,0.9\n"
#define LINE "from=0.2,0.9\nto=0.8,0.9\n"

static TfcZoneMap *
parse (const gchar *text, GError **error)
{
  return tfc_zone_map_parse (text, strlen (text), error);
}

static void
test_file (void)
{
  static const gchar text[] =
      "# comment\n[line gate]\nfrom=0.2,0.9\nto=0.8,0.9\nlabels=person\n\n"
      "[zone porch]\npolygon = 0.1,0.5 ; 0.4, 0.5;0.4,0.9;0.1,0.9;\nlabels=person; cat\ninertia=0\n"
      "loiter=5000\nanchor=center\n";
  g_autofree gchar *path = g_build_filename (g_get_tmp_dir (), "tfc-zones-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  TfcZoneMap *map;

  g_close (g_mkstemp (path), NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  map = tfc_zone_map_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (map->n == 2 && map->n_zones == 1);
  g_assert_cmpstr (map->zones[0].name, ==, "porch");
  g_assert_cmpuint (map->zones[0].n_points, ==, 4);
  g_assert_cmpfloat (map->zones[0].points[3].y, ==, 0.9f);
  g_assert_cmpuint (map->zones[0].inertia, ==, 0);
  g_assert_cmpuint (map->zones[0].loiter, ==, G_GUINT64_CONSTANT (5000000000));
  g_assert_cmpint (map->zones[0].anchor, ==, TFC_ANCHOR_CENTER);
  g_assert_cmpstr (map->zones[1].name, ==, "gate");
  g_assert_cmpuint (map->zones[1].inertia, ==, 200000000);
  g_assert_cmpfloat (map->zones[1].points[1].x, ==, 0.8f);
  g_assert_true (tfc_zone_wants (&map->zones[0], "Cat") && !tfc_zone_wants (&map->zones[1], "cat"));
  g_assert_true (!tfc_zone_wants (&map->zones[1], NULL));
  tfc_zone_map_free (map);
  g_unlink (path);
  g_assert_null (tfc_zone_map_open (path, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_NOT_FOUND);
}

/* As a property: lines may end in other ways. */
static void
test_text (void)
{
  static const gchar *const texts[] = {"[zone a]|polygon=0,0;1,0;1,1|inertia=7",
                                       "[zone a]\\npolygon=0,0;1,0;1,1\\ninertia=7\\n",
                                       "[zone a]\npolygon=0,0;1,0;1,1\ninertia=7\n",
                                       "\xef\xbb\xbf[zone a]\npolygon=0,0;1,0;1,1\ninertia=7"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    TfcZoneMap *map = parse (texts[i], NULL);
    g_assert_true (map->n == 1 && map->zones[0].n_points == 3);
    g_assert_cmpuint (map->zones[0].inertia, ==, 7000000);
    tfc_zone_map_free (map);
  }
}

/* Each names the group, the key where there is one, and what would be right. */
static void
test_wrong (void)
{
  static const struct {
    const gchar *text, *told;
  } rows[] = {
      {"", "there are no zones; a zone begins with [zone NAME], a line with [line NAME]"},
      {"[zone \xff]\n" POLYGON, "it is no text in UTF-8"},
      {"[zone a]\n" POLYGON "labels=\\q\n",
       "[zone a] labels: there is a backslash that means nothing"},
      {"[zones a]\n", "[zones a] is neither [zone NAME] nor [line NAME]"},
      {"[zone]\n" POLYGON,
       "[zone] has no name of 1 to 64 bytes, as [zone porch] and [line gate] have"},
      {"[zone a]\n", "[zone a] polygon is missing"},
      {"[line a]\nto=0,0\n", "[line a] from is missing"},
      {"[line a]\nfrom=0,0\n", "[line a] to is missing"},
      {"[line a]\nfrom=0,0\nto=0,0\n", "[line a] from and to are the same point"},
      {"[zone a]\npolygon=0,0;1,1\n",
       "[zone a] polygon: a polygon has 3 to 64 points: x,y;x,y;x,y"},
      {"[zone a]\npolygon=0,0;0.5,0.5;1,1\n",
       "[zone a] polygon: all points lie on one line; nobody can be inside"},
      {"[zone a]\npolygon=0,0;1,0;320,240\n", "[zone a] polygon: '320,240' is not on the picture: "
                                              "fractions of its width and height, 0 to 1"},
      {"[zone a]\npolygon=0,0;1,0;nan,0\n", "[zone a] polygon: 'nan,0' is not on the picture: "
                                            "fractions of its width and height, 0 to 1"},
      {"[zone a]\npolygon=0,0;1;1,1\n",
       "[zone a] polygon: '1' is no point; a point is x,y such as 0.1,0.5"},
      {"[zone a]\npolygon=0,0;1,0,1;1,1\n",
       "[zone a] polygon: '1,0,1' is no point; a point is x,y such as 0.1,0.5"},
      {"[zone a]\n" POLYGON "inertia=-1\n",
       "[zone a] inertia: '-1' is no number of milliseconds from 0 to 60000"},
      {"[zone a]\n" POLYGON "loiter=0\n",
       "[zone a] loiter: '0' is no number of milliseconds from 1 to 86400000"},
      {"[zone a]\n" POLYGON "loiter=5 s\n",
       "[zone a] loiter: '5 s' is no number of milliseconds from 1 to 86400000"},
      {"[zone a]\n" POLYGON "anchor=top\n",
       "[zone a] anchor: 'top' is no anchor; there are bottom-center and center"},
      {"[zone a]\n" POLYGON "label=cat\n", "[zone a] there is no key 'label'; a zone has polygon, "
                                           "labels, inertia, loiter, anchor"},
      {"[line a]\n" LINE "loiter=5\n",
       "[line a] there is no key 'loiter'; a line has from, to, labels, inertia, anchor"},
      {"[zone a]\n" POLYGON "labels=\n",
       "[zone a] labels: there is none; leave the line out for all, or name 1 to 32: person;cat"},
      {"[zone a]\n" POLYGON "labels=cat;;dog\n", "[zone a] labels: a label has 1 to 64 bytes"},
      {"[zone a]\n" POLYGON "labels=cat,dog\n",
       "[zone a] labels: 'cat,dog' has a comma; labels are separated by ';': person;cat"},
      {"[zone a]\n" POLYGON "inertia[de]=3\n",
       "[zone a] there is no key 'inertia[de]'; a zone has polygon, labels, inertia, loiter, "
       "anchor"},
      {"[zone a]\n" POLYGON "[line a]\n" LINE "[zone a]\ninertia=5\n",
       "[zone a] is there twice; take one out"},
      {"[zone a]\n" POLYGON "[zone  a]\n" POLYGON, "[zone  a] has a name that another one has"},
      {"[zone a]\n" POLYGON "inertia=5\n inertia = 6\n",
       "[zone a] inertia is there twice; take one out"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree gchar *told = g_strconcat ("zones: ", rows[i].told, NULL);
    g_assert_null (parse (rows[i].text, &error));
    g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
    g_assert_cmpstr (error->message, ==, told);
  }
}

static void
assert_refused (const GString *text, const gchar *told)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tfc_zone_map_parse (text->str, text->len, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, told));
}

static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  TfcZoneMap *map;

  for (guint i = 0; i < TFC_MAX_ZONES; i++)
    g_string_append_printf (text, "[%s %u]\n%s", i % 2 ? "zone" : "line", i,
                            i % 2 ? POLYGON : LINE);
  map = parse (text->str, NULL);
  g_assert_cmpuint (map->n, ==, TFC_MAX_ZONES);
  tfc_zone_map_free (map);
  g_string_append (text, "[line more]\n" LINE);
  assert_refused (text, "[line more] is one too many");
  g_string_assign (text, "[zone a]\npolygon=");
  for (guint i = 0; i < 63; i++)
    g_string_append_printf (text, "0.%02u,%u;", i, i % 2);
  g_string_append (text, "0.99,0.5");
  map = parse (text->str, NULL);
  g_assert_cmpuint (map->zones[0].n_points, ==, 64);
  tfc_zone_map_free (map);
  g_string_append (text, ";0,0.5");
  assert_refused (text, "3 to 64 points");
  g_string_assign (text, "[zone ");
  for (guint i = 0; i < 65; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "]\n" POLYGON);
  assert_refused (text, "1 to 64 bytes");
  g_string_set_size (text, TFC_ZONE_FILE_BYTES + 1);
  assert_refused (text, "65536 bytes");
}

/* ---- geometry ---- */

static gboolean
contains (const gchar *polygon, gfloat x, gfloat y)
{
  g_autofree gchar *text = g_strconcat ("[zone a]|polygon=", polygon, NULL);
  TfcZoneMap *map = parse (text, NULL);
  const gboolean inside =
      tfc_polygon_contains (map->zones[0].points, map->zones[0].n_points, (TfcPoint){x, y, 0});

  tfc_zone_map_free (map);
  return inside;
}

static void
test_polygons (void)
{
  const gchar *const horseshoe = "0.1,0.1;0.9,0.1;0.9,0.9;0.6,0.9;0.6,0.4;0.4,0.4;0.4,0.9;0.1,0.9";

  g_assert_true (contains (horseshoe, 0.2f, 0.8f));
  g_assert_true (contains (horseshoe, 0.5f, 0.3f));
  g_assert_true (contains (horseshoe, 0.8f, 0.8f));
  g_assert_false (contains (horseshoe, 0.5f, 0.8f));
  g_assert_false (contains (horseshoe, 0.05f, 0.5f));
}

/* Somebody on an edge between two zones is in one of them. */
static void
test_edges (void)
{
  for (guint i = 1; i < 100; i++) {
    const gfloat at = (gfloat)i / 100;
    g_assert_true (contains ("0,0;0.5,0;0.5,1;0,1", 0.5f, at) !=
                   contains ("0.5,0;1,0;1,1;0.5,1", 0.5f, at));
    g_assert_true (contains ("0,0;1,0;1,0.5;0,0.5", at, 0.5f) !=
                   contains ("0,0.5;1,0.5;1,1;0,1", at, 0.5f));
    g_assert_true (contains ("0,0;1,0;0,1", at, 1 - at) != contains ("1,0;1,1;0,1", at, 1 - at));
  }
}

/* Feet below the picture stand on its edge. */
static void
test_anchors (void)
{
  const TfcBox box = {0.8f, 0.5f, 0.4f, 0.7f};
  const TfcPoint feet = tfc_anchor_point (&box, TFC_ANCHOR_BOTTOM_CENTER);
  const TfcPoint middle = tfc_anchor_point (&box, TFC_ANCHOR_CENTER);

  g_assert_true (contains ("0.5,0.5;1,0.5;1,1;0.5,1", feet.x, feet.y));
  g_assert_cmpfloat_with_epsilon (middle.y, 0.85, 1e-6);
}

static void
test_sides (void)
{
  const TfcPoint up[2] = {{0.5f, 0.9f, 0}, {0.5f, 0.3f, 0}};
  const TfcPoint left = {0.2f, 0.5f, 0}, right = {0.8f, 0.5f, 0}, past = {0.8f, 0, 0};
  const TfcBox box = {0, 0, 0.1f, 0.2f};

  g_assert_cmpfloat (tfc_line_side (up, left), <, 0);
  g_assert_cmpfloat (tfc_line_side (up, right), >, 0);
  g_assert_cmpfloat_with_epsilon (tfc_line_distance (up, left, &box), 3, 1e-5);
  g_assert_true (tfc_line_is_passed (up, left, right));
  g_assert_false (tfc_line_is_passed (up, left, past));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zone-map/file", test_file);
  g_test_add_func ("/zone-map/text", test_text);
  g_test_add_func ("/zone-map/wrong", test_wrong);
  g_test_add_func ("/zone-map/bounds", test_bounds);
  g_test_add_func ("/zone-map/polygons", test_polygons);
  g_test_add_func ("/zone-map/edges", test_edges);
  g_test_add_func ("/zone-map/anchors", test_anchors);
  g_test_add_func ("/zone-map/sides", test_sides);
  return g_test_run ();
}
