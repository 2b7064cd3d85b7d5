/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Regions to hide by what a face looks like: boxes and meshes of all shapes, and those that cannot
 * be. */
#include "models/result/topology.h"
#include "tests/overlay/memory.h"
#include "tests/seed.h"
#include <math.h>
#include <string.h>

/* A box that cannot be right hides everything, for some time too. */
static void
test_odd (void)
{
  static const TfcBox odd[] = {{NAN, 0, 1, 1},   {0, INFINITY, 1, 1},   {0, 0, -INFINITY, 1},
                               {0, 0, 1, NAN},   {0, 0, 0, 1},          {0, 0, 1, -0.1f},
                               {1e30f, 0, 1, 1}, {-1e30f, 0, 1e30f, 1}, {0, 0, 1e30f, 1e5f}};
  const TfcBox all = {0, 0, 1, 1};
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++) {
    Memory *m = memory_new ();
    m->seen[0] = (TfcDetection){.box = {0.3f, 0.3f, 0.1f, 0.1f}};
    m->seen[1] = (TfcDetection){.box = odd[i]};
    show (m, 2);
    g_assert_true (m->regions.whole && hides (m, all));
    for (guint64 t = FRAME; t <= HOLD; t += FRAME) {
      show (m, 0);
      g_assert_true (m->regions.whole && hides (m, all));
    }
    show (m, 0);
    g_assert_false (m->regions.whole);
    g_assert_cmpuint (m->regions.n_redactions, ==, 0);
    g_free (m);
  }
}

/* More than there is room for, at once or one after the other. */
static void
test_too_many (void)
{
  Memory *m = memory_new ();
  for (guint i = 0; i < 300; i++)
    m->seen[i] = (TfcDetection){.box = {(i % 20) / 20.f, i / 20 / 20.f, 0.04f, 0.04f}};
  show (m, TFC_PRIVACY_REGIONS);
  g_assert_false (m->regions.whole);
  g_assert_cmpuint (m->regions.n_redactions, ==, TFC_PRIVACY_REGIONS);
  show (m, TFC_PRIVACY_REGIONS);
  g_assert_false (m->regions.whole);
  g_assert_cmpuint (m->regions.n_redactions, ==, TFC_PRIVACY_REGIONS);
  memmove (m->seen, m->seen + 100, 200 * sizeof *m->seen); /* 100 are lost, then 44 are new */
  show (m, 156);
  g_assert_false (m->regions.whole);
  show (m, 200);
  g_assert_true (m->regions.whole);
  show (m, 0);
  g_assert_true (m->regions.whole);
  tfc_privacy_regions_reset (&m->regions);
  show (m, TFC_PRIVACY_REGIONS + 1);
  g_assert_true (m->regions.whole);
  g_free (m);
}

/* Any sequence of pictures: what is seen is hidden, and no more is remembered than was seen in the
 * time. */
static void
test_random (void)
{
  GRand *rand = g_rand_new_with_seed (test_seed ());
  Memory *m = memory_new ();
  for (guint i = 0; i < 3000; i++) {
    gint n = g_rand_int_range (rand, -1, 5);
    for (gint k = 0; k < n; k++)
      m->seen[k] = (TfcDetection){.box = {(gfloat)g_rand_double_range (rand, -0.2, 1),
                                          (gfloat)g_rand_double_range (rand, -0.2, 1),
                                          (gfloat)g_rand_double_range (rand, 0.01, 0.4),
                                          (gfloat)g_rand_double_range (rand, 0.01, 0.4)},
                                  .track_id = g_rand_int_range (rand, 0, 4)};
    show (m, n);
    g_assert_false (m->regions.whole);
    for (gint k = 0; k < n; k++)
      g_assert_true (hides (m, m->seen[k].box));
    g_assert_cmpuint (m->regions.n_regions, <=, 13 * 4);
  }
  g_free (m);
  g_rand_free (rand);
}

static void
round_face (TfcFace *face, gfloat x, gfloat y, gfloat radius)
{
  memset (face, 0, sizeof *face);
  face->n_points = TFC_MESH_POINTS;
  face->box = (TfcBox){x - 1.5f * radius, y - 1.5f * radius, 3 * radius, 3 * radius};
  for (guint i = 0; i < TFC_MESH_POINTS; i++)
    face->points[i] = (TfcPoint){x, y, 0};
  const TfcMeshRegion *oval = &tfc_topology_regions[TFC_REGION_OVAL];
  for (guint i = 0; i < oval->n; i++) {
    gdouble angle = 2 * G_PI * i / oval->n;
    face->points[oval->points[i]].x += radius * (gfloat)cos (angle);
    face->points[oval->points[i]].y += radius * (gfloat)sin (angle);
  }
}

/* In profile nose and mouth stand out of the oval: hidden too. */
static void
test_profile (void)
{
  static TfcFace face;
  gdouble p[TFC_PRIVACY_OUTLINE][2], left = 1;
  round_face (&face, 0.5f, 0.5f, 0.1f);
  face.points[1].x = 0.33f; /* the tip of the nose */
  guint n = tfc_privacy_outline (&(TfcRedaction){.face = &face}, p);
  g_assert_cmpuint (n, >, 8);
  for (guint i = 0; i < n; i++)
    left = MIN (left, p[i][0]);
  g_assert_cmpfloat (left, <, 0.33);
  g_assert_cmpfloat (left, >, 0.29);
}

/* Faces: the mesh, or the box where the mesh is none of that face. */
static void
test_faces (void)
{
  Memory *m = memory_new ();
  static TfcFace face;
  const TfcFace *faces[] = {&face};
  const TfcAnnotations scene = {.n_faces = 1, .faces = faces};
  const TfcPrivacyTimes times = {FRAME, HOLD, 0}, aged = {FRAME, HOLD, 200 * MS};
  round_face (&face, 0.5f, 0.5f, 0.1f);
  tfc_privacy_regions_update (&m->regions, &scene, FALSE, &times);
  const TfcRedaction *redaction = &m->regions.redactions[0];
  g_assert_true (redaction->face == &face);
  g_assert_cmpfloat_with_epsilon (redaction->box.w, 0.22, 1e-4);
  g_assert_true (redaction->grow_x == 0 && redaction->grow_y == 0);
  tfc_privacy_regions_update (&m->regions, &scene, FALSE, &aged);
  g_assert_true (redaction->grow_x > 0.005f && redaction->grow_y > 0.005f);
  for (guint i = 0; i < TFC_MESH_POINTS; i++)
    face.points[i].x = 0.5f; /* a line */
  tfc_privacy_regions_update (&m->regions, &scene, FALSE, &times);
  g_assert_true (!redaction->face && contains (&redaction->box, &face.box));
  face.box.w = NAN;
  tfc_privacy_regions_update (&m->regions, &scene, FALSE, &times);
  g_assert_true (m->regions.whole);
  g_free (m);
}

/* A mesh that lies beside its face's box, or is much smaller: one of them is wrong, both are
 * hidden. */
static void
test_strange_mesh (void)
{
  Memory *m = memory_new ();
  static TfcFace face;
  const TfcFace *faces[] = {&face};
  const TfcAnnotations scene = {.n_faces = 1, .faces = faces};
  const TfcPrivacyTimes times = {FRAME, HOLD, 0};
  static const TfcBox boxes[] = {{0.1f, 0.1f, 0.3f, 0.3f}, {0, 0, 0.9f, 0.9f}, {2, 2, 0.1f, 0.1f}};
  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++) {
    round_face (&face, 0.7f, 0.7f, i == 1 ? 0.02f : 0.1f);
    const TfcBox mesh = {0.69f, 0.69f, 0.02f, 0.02f};
    face.box = boxes[i];
    tfc_privacy_regions_update (&m->regions, &scene, FALSE, &times);
    g_assert_true (hides (m, face.box) && hides (m, mesh));
    g_assert_true (m->regions.redactions[0].face == NULL);
  }
  g_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy-regions/odd", test_odd);
  g_test_add_func ("/privacy-regions/too-many", test_too_many);
  g_test_add_func ("/privacy-regions/random", test_random);
  g_test_add_func ("/privacy-regions/faces", test_faces);
  g_test_add_func ("/privacy-regions/profile", test_profile);
  g_test_add_func ("/privacy-regions/strange-mesh", test_strange_mesh);
  return g_test_run ();
}
