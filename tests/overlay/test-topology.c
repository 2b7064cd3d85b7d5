/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/result/topology.h"
#include "models/result/result.h"
#include <string.h>

/* How often triangles run along the edge from a to b, in that direction. */
static guint8 along[TFC_MESH_POINTS][TFC_MESH_POINTS];

static void
count_edges (void)
{
  memset (along, 0, sizeof along);
  for (guint t = 0; t < TFC_TOPOLOGY_TRIANGLES; t++)
    for (guint i = 0; i < 3; i++) {
      const guint16 *p = tfc_topology_triangles[t];
      g_assert_cmpuint (p[i], <, TFC_MESH_POINTS);
      along[p[i]][p[(i + 1) % 3]]++;
    }
}

static void
test_triangles (void)
{
  gboolean used[TFC_MESH_POINTS] = {FALSE};
  count_edges ();
  for (guint t = 0; t < TFC_TOPOLOGY_TRIANGLES; t++) {
    const guint16 *p = tfc_topology_triangles[t];
    g_assert_true (p[0] != p[1] && p[1] != p[2] && p[2] != p[0]);
    for (guint i = 0; i < 3; i++)
      used[p[i]] = TRUE;
  }
  for (guint i = 0; i < TFC_MESH_POINTS; i++)
    g_assert_true (used[i]);
}

/* One winding everywhere: no two triangles run along an edge in the same direction. That also rules
 * out triangles that are there twice. */
static void
test_winding (void)
{
  count_edges ();
  for (guint a = 0; a < TFC_MESH_POINTS; a++)
    for (guint b = 0; b < TFC_MESH_POINTS; b++)
      g_assert_cmpuint (along[a][b], <=, 1);
}

static void
test_edges (void)
{
  guint total = 0;
  count_edges ();
  for (guint i = 0; i < TFC_TOPOLOGY_EDGES; i++) {
    const TfcEdge *e = &tfc_topology_edges[i];
    g_assert_cmpuint (e->a, <, e->b);
    g_assert_cmpuint (e->b, <, TFC_MESH_POINTS);
    g_assert_cmpuint (along[e->a][e->b] + along[e->b][e->a], ==, e->triangles);
    g_assert_cmpuint (e->triangles, >=, 1);
    along[e->a][e->b] = along[e->b][e->a] = 0;
    total += e->triangles;
  }
  g_assert_cmpuint (total, ==, 3 * TFC_TOPOLOGY_TRIANGLES);
}

static gboolean
on_rim (guint a, guint b)
{
  for (guint i = 0; i < TFC_TOPOLOGY_EDGES; i++) {
    const TfcEdge *e = &tfc_topology_edges[i];
    if (e->a == MIN (a, b) && e->b == MAX (a, b))
      return e->triangles == 1;
  }
  return FALSE;
}

/* The oval and the inner lips are the rim, the whole of it. */
static void
test_rim (void)
{
  const guint loops[] = {TFC_REGION_OVAL, TFC_REGION_LIPS_INNER};
  guint rim = 0, walked = 0;
  for (guint i = 0; i < TFC_TOPOLOGY_EDGES; i++)
    rim += tfc_topology_edges[i].triangles == 1;
  for (guint k = 0; k < G_N_ELEMENTS (loops); k++) {
    const TfcMeshRegion *r = &tfc_topology_regions[loops[k]];
    for (guint i = 0; i < r->n; i++, walked++)
      g_assert_true (on_rim (r->points[i], r->points[(i + 1) % r->n]));
  }
  g_assert_cmpuint (walked, ==, rim);
}

static void
test_regions (void)
{
  for (guint i = 0; i < TFC_N_REGIONS; i++) {
    const TfcMeshRegion *r = &tfc_topology_regions[i];
    gboolean seen[TFC_FACE_POINTS] = {FALSE};
    g_assert_nonnull (r->name);
    g_assert_cmpuint (r->n, >=, 1);
    for (guint k = 0; k < r->n; k++) {
      g_assert_cmpuint (r->points[k], <, TFC_FACE_POINTS);
      g_assert_false (seen[r->points[k]]);
      seen[r->points[k]] = TRUE;
    }
    for (guint k = 0; k < i; k++)
      g_assert_cmpstr (r->name, !=, tfc_topology_regions[k].name);
  }
  g_assert_cmpuint (tfc_topology_regions[TFC_REGION_LEFT_IRIS].points[0], ==, 468);
  g_assert_cmpuint (tfc_topology_regions[TFC_REGION_RIGHT_IRIS].points[0], ==, 473);
}

/* What the generator prints from the shared facts is what is checked in. */
static void
test_generated (void)
{
  g_autofree gchar *facts = g_build_filename (
      g_getenv ("TFC_SHARED") ? g_getenv ("TFC_SHARED") : "", "golden", "face_topology.json", NULL);
  g_autofree gchar *python = g_find_program_in_path ("python3");
  const gchar *source = g_getenv ("TFC_SOURCE");
  if (!python || !source || !g_file_test (facts, G_FILE_TEST_EXISTS)) {
    g_test_skip ("no python3 or no shared face_topology.json");
    return;
  }
  g_autofree gchar *tool = g_build_filename (source, "tools", "dev", "gen-topology", NULL);
  g_autofree gchar *path = g_build_filename (source, "models", "result", "topology.c", NULL);
  g_autofree gchar *printed = NULL, *there = NULL;
  gchar *argv[] = {python, tool, facts, NULL};
  gint status = -1;
  g_assert_true (
      g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &printed, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_file_get_contents (path, &there, NULL, NULL));
  g_assert_cmpstr (printed, ==, there);
}

/* The map of points in docs/guide/faces.md is these tables. */
static void
test_documented (void)
{
  const gchar *source = g_getenv ("TFC_SOURCE");
  if (!source) {
    g_test_skip ("TFC_SOURCE is not set");
    return;
  }
  g_autofree gchar *path = g_build_filename (source, "docs", "guide", "faces.md", NULL);
  g_autofree gchar *page = NULL;
  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  for (guint r = 0; r < TFC_N_REGIONS; r++) {
    const TfcMeshRegion *region = &tfc_topology_regions[r];
    g_autoptr (GString) row = g_string_new (NULL);
    g_string_printf (row, "| `%s` |", region->name);
    for (guint i = 0; i < region->n; i++)
      g_string_append_printf (row, " %u", region->points[i]);
    g_string_append (row, " |\n");
    if (!strstr (page, row->str))
      g_error ("docs/guide/faces.md lacks: %s", row->str);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/topology/triangles", test_triangles);
  g_test_add_func ("/topology/winding", test_winding);
  g_test_add_func ("/topology/edges", test_edges);
  g_test_add_func ("/topology/rim", test_rim);
  g_test_add_func ("/topology/regions", test_regions);
  g_test_add_func ("/topology/generated", test_generated);
  g_test_add_func ("/topology/documented", test_documented);
  return g_test_run ();
}
