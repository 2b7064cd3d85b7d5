/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/redact_regions.h"
#include "models/result/topology.h"
#include <math.h>
#include <string.h>

#define MS G_GUINT64_CONSTANT (1000000)
#define FRAME (40 * MS)
#define HOLD (500 * MS)

typedef struct {
  TfcPrivacyRegions regions;
  TfcDetection seen[300];
} Memory;

static Memory *
memory_new (void)
{
  Memory *m = g_new0 (Memory, 1);
  tfc_privacy_regions_reset (&m->regions);
  return m;
}

/* The next picture, with n of m->seen on it; n < 0: nothing is known. */
static void
show_for (Memory *m, gint n, guint64 elapsed, guint64 hold, guint64 age)
{
  const TfcAnnotations scene = {.n_detections = (guint)MAX (n, 0), .detections = m->seen};
  const TfcPrivacyTimes times = {elapsed, hold, age};
  tfc_privacy_regions_update (&m->regions, n < 0 ? NULL : &scene, TRUE, &times);
}

static void
show (Memory *m, gint n)
{
  show_for (m, n, FRAME, HOLD, 0);
}

static gboolean
contains (const TfcBox *a, const TfcBox *b)
{
  return a->x <= b->x && a->y <= b->y && a->x + a->w >= b->x + b->w && a->y + a->h >= b->y + b->h;
}

static gboolean
hides (const Memory *m, TfcBox box)
{
  for (guint i = 0; i < m->regions.n_redactions; i++)
    if (contains (&m->regions.redactions[i].box, &box))
      return TRUE;
  return FALSE;
}

/* What is seen is hidden as it is, and nothing else. */
static void
test_seen (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.2f, 0.3f, 0.1f, 0.2f}};
  for (guint i = 0; i < 5; i++) {
    show (m, 1);
    g_assert_cmpuint (m->regions.n_redactions, ==, 1);
    g_assert_cmpuint (m->regions.n_held, ==, 0);
    g_assert_cmpmem (&m->regions.redactions[0].box, sizeof (TfcBox), &m->seen[0].box,
                     sizeof (TfcBox));
    m->seen[0].box.x += 0.01f;
  }
  show (m, 0);
  g_assert_cmpuint (m->regions.n_redactions, ==, 1);
  g_free (m);
}

/* What is lost stays hidden for as long as it should, to the frame; unknown pictures count as
 * others. */
static void
test_hold (void)
{
  for (gint unknown = 0; unknown < 2; unknown++) {
    Memory *m = memory_new ();
    m->seen[0] = (TfcDetection){.box = {0.2f, 0.3f, 0.1f, 0.2f}, .track_id = 3};
    show (m, 1);
    for (guint64 t = FRAME; t <= HOLD; t += FRAME) {
      show (m, -unknown);
      g_assert_true (hides (m, m->seen[0].box));
      g_assert_cmpuint (m->regions.n_held, ==, 1);
    }
    show (m, -unknown);
    g_assert_cmpuint (m->regions.n_redactions, ==, 0);
    g_free (m);
  }
}

static void
test_no_hold (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.2f, 0.3f, 0.1f, 0.2f}};
  show_for (m, 1, FRAME, 0, 0);
  show_for (m, 0, FRAME, 0, 0);
  g_assert_cmpuint (m->regions.n_redactions, ==, 0);
  show_for (m, 1, FRAME, 0, 0);
  show_for (m, 0, 0, 0, 0);
  g_assert_cmpuint (m->regions.n_redactions, ==, 0);
  g_free (m);
}

/* Where no time passes nothing is forgotten; reset forgets. */
static void
test_no_time (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.2f, 0.3f, 0.1f, 0.2f}};
  show_for (m, 1, 0, HOLD, 0);
  for (guint i = 0; i < 1000; i++)
    show_for (m, 0, 0, HOLD, 0);
  g_assert_true (hides (m, m->seen[0].box));
  show_for (m, 0, G_MAXUINT64, G_MAXINT64, 0); /* nor does time overflow */
  show_for (m, 0, G_MAXUINT64, G_MAXINT64, 0);
  g_assert_true (hides (m, m->seen[0].box));
  tfc_privacy_regions_reset (&m->regions);
  show_for (m, 0, 0, HOLD, 0);
  g_assert_cmpuint (m->regions.n_redactions, ==, 0);
  g_free (m);
}

/* Lost while it moves, in any direction: hidden where it stopped, where it goes on, and on the way.
 */
static void
test_motion (void)
{
  static const gfloat speeds[][2] = {
      {0.5f, 0}, {-0.5f, 0}, {0, 0.6f}, {0.4f, -0.4f}, {-0.7f, 0.3f}};
  for (guint k = 0; k < G_N_ELEMENTS (speeds); k++)
    for (guint64 id = 0; id < 2; id++) {
      Memory *m = memory_new ();
      const gfloat dx = speeds[k][0] * 0.04f, dy = speeds[k][1] * 0.04f;
      TfcBox stopped, on;
      m->seen[0] = (TfcDetection){.box = {0.45f, 0.45f, 0.1f, 0.12f}, .track_id = id};
      for (guint i = 0; i < 12; i++) {
        show (m, 1);
        g_assert_cmpuint (m->regions.n_redactions, ==, 1);
        stopped = on = m->seen[0].box;
        m->seen[0].box.x += dx;
        m->seen[0].box.y += dy;
      }
      for (guint64 t = FRAME; t <= HOLD; t += FRAME) {
        on.x += dx;
        on.y += dy;
        show (m, 0);
        g_assert_true (hides (m, stopped));
        g_assert_true (hides (m, on));
      }
      g_free (m);
    }
}

/* Found again before the time is over, with its id, with another or none: one region, not two. */
static void
test_found_again (void)
{
  for (guint64 id = 0; id < 3; id++) {
    Memory *m = memory_new ();
    m->seen[0] = (TfcDetection){.box = {0.2f, 0.3f, 0.1f, 0.2f}, .track_id = 1};
    show (m, 1);
    show (m, 0);
    m->seen[0].track_id = id;
    m->seen[0].box.x += 0.02f;
    show (m, 1);
    g_assert_cmpuint (m->regions.n_redactions, ==, 1);
    g_assert_cmpuint (m->regions.n_regions, ==, 1);
    g_free (m);
  }
}

/* Two cross; the one behind is lost while it is covered, and still hidden when it is not any more.
 */
static void
test_covered (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.1f, 0.3f, 0.2f, 0.2f}, .track_id = 1};
  m->seen[1] = (TfcDetection){.box = {0.5f, 0.3f, 0.2f, 0.2f}, .track_id = 2};
  const TfcBox behind = m->seen[1].box;
  for (guint i = 0; i < 9; i++) { /* the first runs over the second */
    show (m, m->seen[0].box.x > 0.3f && m->seen[0].box.x < 0.7f ? 1 : 2);
    g_assert_true (hides (m, behind));
    m->seen[0].box.x += 0.08f;
  }
  g_free (m);
}

/* An id that is on another object all of a sudden does not uncover the first. */
static void
test_stolen_id (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.1f, 0.1f, 0.1f, 0.1f}, .track_id = 1};
  const TfcBox was = m->seen[0].box;
  show (m, 1);
  m->seen[0].box = (TfcBox){0.8f, 0.8f, 0.1f, 0.1f};
  show (m, 1);
  g_assert_true (hides (m, was));
  g_assert_true (hides (m, m->seen[0].box));
  g_free (m);
}

/* What is known of an older picture is hidden with room for what has happened since. */
static void
test_age (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.3f, 0.3f, 0.1f, 0.1f}, .track_id = 1};
  for (guint i = 0; i < 5; i++) {
    show (m, 1);
    m->seen[0].box.x += 0.02f; /* 0.5 per second */
  }
  m->seen[0].box.x -= 0.02f;
  for (guint i = 1; i < 6; i++) {
    TfcBox now = m->seen[0].box;
    now.x += 0.02f * (gfloat)i;
    show_for (m, 1, FRAME, HOLD, i * FRAME);
    g_assert_cmpuint (m->regions.n_redactions, ==, 1);
    g_assert_true (hides (m, now));
  }
  /* And lost then, it is still known to move. */
  TfcBox on = m->seen[0].box;
  on.x += 0.02f * 8;
  for (guint i = 0; i < 3; i++)
    show (m, 0);
  g_assert_true (hides (m, on));
  g_free (m);
}

/* Seen moving on pictures that are 200 ms old, as mode=latest has it, then lost: it has gone on
 * since. */
static void
test_late (void)
{
  Memory *m = memory_new ();
  m->seen[0] = (TfcDetection){.box = {0.1f, 0.3f, 0.1f, 0.1f}, .track_id = 1};
  for (guint i = 0; i < 12; i++) {
    m->seen[0].box.x += i % 3 ? 0 : 0.06f; /* 0.5 per second, every third frame has a result */
    show_for (m, 1, FRAME, HOLD, 200 * MS + i % 3 * FRAME);
    g_assert_cmpuint (m->regions.n_redactions, ==, 1);
  }
  TfcBox now = m->seen[0].box;
  now.x += 0.5f * 0.28f;
  for (guint i = 0; i < 4; i++) {
    now.x += 0.02f;
    show_for (m, 0, FRAME, HOLD, 200 * MS);
    g_assert_true (hides (m, now));
    g_assert_true (hides (m, m->seen[0].box));
  }
  g_free (m);
}

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

/* All alike: no matter which goes on which, but quickly. */
static void
test_alike (void)
{
  Memory *m = memory_new ();
  for (guint i = 0; i < TFC_PRIVACY_REGIONS; i++)
    m->seen[i] = (TfcDetection){.box = {0.3f, 0.3f, 0.1f, 0.1f}, .track_id = 7};
  for (guint i = 0; i < 3; i++)
    show (m, TFC_PRIVACY_REGIONS);
  g_assert_false (m->regions.whole);
  g_assert_cmpuint (m->regions.n_regions, ==, TFC_PRIVACY_REGIONS);
  g_free (m);
}

/* However fast it seems to be and however old what is known of it: it is hidden where it was. */
static void
test_fast (void)
{
  static const guint64 spans[] = {1, 1000, MS, HOLD, 1000 * HOLD, G_MAXINT64, G_MAXUINT64};
  const guint n = G_N_ELEMENTS (spans);
  for (guint i = 0; i < n * n * n; i++) {
    Memory *m = memory_new ();
    m->seen[0] = (TfcDetection){.box = {0.1f, 0.3f, 0.1f, 0.1f}, .track_id = 1};
    show_for (m, 1, FRAME, G_MAXUINT64, 0);
    m->seen[0].box.x += 0.05f;
    m->seen[0].box.y -= 0.02f;
    show_for (m, 1, spans[i % n], G_MAXUINT64, spans[i / n % n]);
    g_assert_true (hides (m, m->seen[0].box));
    show_for (m, 0, spans[i / n / n], G_MAXUINT64, 0);
    g_assert_true (hides (m, m->seen[0].box));
    g_free (m);
  }
}

/* Any sequence of pictures: what is seen is hidden, and no more is remembered than was seen in the
 * time. */
static void
test_random (void)
{
  guint32 seed = g_random_int ();
  g_test_message ("seed %u", seed);
  GRand *rand = g_rand_new_with_seed (seed);
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
  g_test_add_func ("/privacy-regions/seen", test_seen);
  g_test_add_func ("/privacy-regions/hold", test_hold);
  g_test_add_func ("/privacy-regions/no-hold", test_no_hold);
  g_test_add_func ("/privacy-regions/no-time", test_no_time);
  g_test_add_func ("/privacy-regions/motion", test_motion);
  g_test_add_func ("/privacy-regions/found-again", test_found_again);
  g_test_add_func ("/privacy-regions/covered", test_covered);
  g_test_add_func ("/privacy-regions/stolen-id", test_stolen_id);
  g_test_add_func ("/privacy-regions/age", test_age);
  g_test_add_func ("/privacy-regions/late", test_late);
  g_test_add_func ("/privacy-regions/odd", test_odd);
  g_test_add_func ("/privacy-regions/too-many", test_too_many);
  g_test_add_func ("/privacy-regions/alike", test_alike);
  g_test_add_func ("/privacy-regions/fast", test_fast);
  g_test_add_func ("/privacy-regions/random", test_random);
  g_test_add_func ("/privacy-regions/faces", test_faces);
  g_test_add_func ("/privacy-regions/profile", test_profile);
  g_test_add_func ("/privacy-regions/strange-mesh", test_strange_mesh);
  return g_test_run ();
}
