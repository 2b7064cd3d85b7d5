/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Faces cut out of photos pass before and behind each other. Who is never hidden keeps the id; who
 * comes out again has the old id or a new one, never another's. The scenes are random, from fixed
 * seeds. */
#include "tests/emulated.h"
#include "tests/models/face/face-golden.h"
#include "tests/models/tracking/face-stage.h"

#define PLAYS (few_will_do () ? 6u : 24u)

/* Rows of faces that begin and end apart: odd ones go left. */
static void
write_play (Stage *p, guint32 seed)
{
  GRand *rand = g_rand_new_with_seed (seed);
  memset (p, 0, sizeof *p);
  p->n = 2 + seed % 3;
  p->frames = 50 + g_rand_int_range (rand, 0, 61);
  const gboolean turned = seed % 8 == 3 && p->n == 2; /* one above the other */
  const gdouble least = p->n == 2 ? 150 : 120, most = p->n == 2 ? 210 : 150;
  const guint first = g_rand_int_range (rand, 0, 2);
  const gboolean same = g_rand_int_range (rand, 0, 6) == 0;
  guint order[STAGE_ACTORS] = {0, 1, 2, 3};
  for (guint i = p->n; i-- > 1;) {
    const guint k = g_rand_int_range (rand, 0, i + 1), keep = order[i];
    order[i] = order[k];
    order[k] = keep;
  }
  for (guint i = 0; i < p->n; i++) {
    StageActor *a = &p->actor[order[i]];
    a->photo = (same ? seed : seed + i * (1 + seed / 7 % 3)) % STAGE_PHOTOS;
    a->size = g_rand_double_range (rand, least, most);
    a->motion =
        i == 0 && p->n == 2 && !same ? g_rand_int_range (rand, 0, STAGE_TURN) : STAGE_STRAIGHT;
    const gdouble slot = p->n == 2 ? 0.5 : (i / 2 + 0.5) / 2,
                  jitter = g_rand_double_range (rand, -15, 15);
    const gdouble begin = STAGE_WIDTH * 0.18, end = STAGE_WIDTH - begin;
    a->from[0] = (i + first) % 2 ? begin : end, a->to[0] = STAGE_WIDTH - a->from[0];
    a->from[1] = STAGE_HEIGHT * slot + jitter,
    a->to[1] = STAGE_HEIGHT * slot + g_rand_double_range (rand, -15, 15);
    if (turned) {
      a->size = 130;
      a->from[0] = STAGE_WIDTH / 2 + jitter, a->to[0] = STAGE_WIDTH / 2;
      a->from[1] = i % 2 ? 80 : 320, a->to[1] = STAGE_HEIGHT - a->from[1];
    }
  }
  g_rand_free (rand);
}

typedef struct {
  guint played[STAGE_ACTORS + 1]; /* by number of faces */
  guint back, renewed;            /* of those that were hidden: with the old id, with a new one */
} Tally;

static void
finish (Stage *p, Tally *tally)
{
  tally->played[p->n]++;
  for (guint i = 0; i < p->n; i++) {
    const StageActor *a = &p->actor[i];
    if (a->was_hidden && a->last) {
      tally->back += a->last == a->id;
      tally->renewed += a->last != a->id;
    } else if (!a->was_hidden) {
      g_assert_cmpuint (a->last, ==, a->id);
      g_assert_cmpuint (10 * a->seen, >=, 8 * p->frames);
    }
  }
}

static void
play (TfcFacePipeline *chain, guint32 seed, Tally *tally)
{
  TfcFaceOptions options = TFC_FACE_DEFAULTS;
  TfcFace *faces = g_new0 (TfcFace, TFC_MAX_FACES);
  Stage *p = g_new (Stage, 1);
  const TfcFrame frame = tfc_frame_rgb (p->canvas, STAGE_WIDTH, STAGE_HEIGHT);
  guint wrong = 0, i;
  write_play (p, seed);
  options.max_faces = p->n + seed / 3 % 2;
  options.score_threshold = 0.5f;
  tfc_face_reset (chain);
  for (i = 0; i < p->frames && (i <= STAGE_STILL || stage_all_known (p)); i++) {
    GError *error = NULL;
    stage_show (p, i);
    const gint n = tfc_face_run (chain, &frame, i * 33333333, &options, faces, NULL, &error);
    g_assert_no_error (error);
    wrong += stage_check (p, faces, n);
  }
  if (i == p->frames)
    finish (p, tally);
  if (wrong)
    g_test_message ("play %u: %u faces, %u frames, %u times a wrong id", seed, p->n, p->frames,
                    wrong);
  g_assert_cmpuint (wrong, <=, 2); /* for a frame it may be in doubt */
  stage_clear (p);
  g_free (p);
  g_free (faces);
}

static void
test_plays (void)
{
  Tally tally = {0};
  if (!stage_open ())
    return;
  TfcFacePipeline *near = face_chain (NULL, TFC_DETECTOR_SHORT_RANGE, TFC_MESH_PLAIN);
  TfcFacePipeline *far = face_chain (NULL, TFC_DETECTOR_BACK, TFC_MESH_ATTENTION);
  for (guint32 seed = 0; seed < PLAYS; seed++)
    play (seed % 3 ? far : near, seed, &tally);
  g_test_message (
      "plays of 2, 3 and 4 faces: %u, %u, %u; of the hidden ones %u had their old id after it, "
      "%u a new one",
      tally.played[2], tally.played[3], tally.played[4], tally.back, tally.renewed);
  for (guint n = 2; n <= STAGE_ACTORS; n++)
    g_assert_cmpuint (tally.played[n], >=, PLAYS / 4);
  g_assert_cmpuint (tally.back, >, tally.renewed);
  tfc_face_close (near);
  tfc_face_close (far);
  stage_close ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face-crossing/plays", test_plays);
  return g_test_run ();
}
