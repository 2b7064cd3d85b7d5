/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Faces that do not go on as they came: one turns back or pauses while another hides it, or while
 * it hides another; overtakes and grows; or nobody follows it. The scenes are random, from fixed
 * seeds; the program takes their number and the first seed as arguments and prints how many of each
 * kind went wrong. */
#include "tests/emulated.h"
#include "tests/models/face/face-golden.h"
#include "tests/models/tracking/face-stage.h"

#define PLAYS 72 /* where all is slow, one of each kind */
#define DOUBT 2  /* frames for which an id may be wrong in a play */

typedef enum {
  HIDDEN_TURNS,
  HIDING_TURNS,
  BOTH_TURN,
  HIDDEN_PAUSES,
  HIDING_PAUSES,
  OVERTAKES,
  UNFOLLOWED,
  UNFOLLOWED_TURNS,
  ALIKE,
  KINDS
} Kind;

typedef struct {
  guint played, wrong,
      frames;          /* plays, those with more than DOUBT frames of a wrong id, such frames */
  guint back, renewed; /* of those that were hidden: with the old id, with a new one */
} Tally;

static const struct {
  const gchar *name;
  StageMotion behind, before; /* of the first two: the hidden one, and the one before it */
} kinds[KINDS] = {
    [HIDDEN_TURNS] = {"the hidden one turns back", STAGE_TURN, STAGE_STRAIGHT},
    [HIDING_TURNS] = {"the hiding one turns back", STAGE_STRAIGHT, STAGE_TURN},
    [BOTH_TURN] = {"both turn back", STAGE_TURN, STAGE_TURN},
    [HIDDEN_PAUSES] = {"the hidden one pauses", STAGE_PAUSE, STAGE_STRAIGHT},
    [HIDING_PAUSES] = {"the hiding one pauses", STAGE_STRAIGHT, STAGE_PAUSE},
    [OVERTAKES] = {"one overtakes and grows", STAGE_STRAIGHT, STAGE_STRAIGHT},
    [UNFOLLOWED] = {"one that nobody follows passes before it", STAGE_STAND, STAGE_STRAIGHT},
    [UNFOLLOWED_TURNS] = {"it comes before it and turns back", STAGE_STAND, STAGE_TURN},
    [ALIKE] = {"all look alike, the hidden one turns back", STAGE_TURN, STAGE_STRAIGHT},
};

static void
place (StageActor *a, gdouble from_x, gdouble from_y, gdouble to_x, gdouble to_y)
{
  a->from[0] = from_x, a->from[1] = from_y;
  a->to[0] = to_x, a->to[1] = to_y;
}

/* The first two, in the middle row, who meet at half time or a little later. */
static void
write_pair (StageActor *behind, StageActor *before, Kind kind, GRand *rand)
{
  const gdouble left = STAGE_WIDTH * 0.18, right = STAGE_WIDTH - left, row = STAGE_HEIGHT / 2;
  const gboolean mirrored = g_rand_boolean (rand);
  const gdouble high = row + g_rand_double_range (rand, -20, 20),
                low = row + g_rand_double_range (rand, -20, 20);
  behind->motion = kinds[kind].behind;
  before->motion = kinds[kind].before;
  behind->turn = g_rand_double_range (rand, 0.45, 0.58);
  before->turn = g_rand_double_range (rand, 0.45, 0.58);
  behind->pace = g_rand_double_range (rand, 0.3, 0.8);
  before->pace = g_rand_double_range (rand, 0.3, 0.8);
  place (behind, left, high, right, high);
  place (before, right, low, left, low);
  if (kind == OVERTAKES) {
    place (before, left, low, right, low);
    place (behind, STAGE_WIDTH * 0.45, high, STAGE_WIDTH * 0.55, high);
    before->growth = g_rand_double_range (rand, 0.1, 0.35);
    before->size *= 0.85;
  }
  if (kind == UNFOLLOWED || kind == UNFOLLOWED_TURNS) {
    before->late = TRUE;
    place (before, -120, low, STAGE_WIDTH + 120, low);
  }
  if (mirrored) {
    behind->from[0] = STAGE_WIDTH - behind->from[0], behind->to[0] = STAGE_WIDTH - behind->to[0];
    before->from[0] = STAGE_WIDTH - before->from[0], before->to[0] = STAGE_WIDTH - before->to[0];
  }
}

/* A third and a fourth cross the whole from corner to corner. */
static void
write_play (Stage *s, guint32 seed, Kind kind)
{
  GRand *rand = g_rand_new_with_seed (seed + 1000);
  memset (s, 0, sizeof *s);
  s->n = 2 + g_rand_int_range (rand, 0, 4) % 3; /* two, twice as often */
  s->frames = g_rand_int_range (rand, 55, 106);
  const guint first = g_rand_int_range (rand, 0, STAGE_PHOTOS),
              step = g_rand_int_range (rand, 1, 4);
  const gdouble least = s->n == 2 ? 150 : 110, most = s->n == 2 ? 200 : 140;
  for (guint i = 0; i < s->n; i++) {
    s->actor[i].photo = (first + (kind == ALIKE ? 0 : i * step)) % STAGE_PHOTOS;
    s->actor[i].size = g_rand_double_range (rand, least, most);
  }
  write_pair (&s->actor[0], &s->actor[1], kind, rand);
  for (guint i = 2; i < s->n; i++) {
    const gdouble x = g_rand_boolean (rand) ? 0.2 : 0.8, y = i == 2 ? 0.17 : 0.83;
    place (&s->actor[i], STAGE_WIDTH * x, STAGE_HEIGHT * y, STAGE_WIDTH * (1 - x),
           STAGE_HEIGHT * (g_rand_boolean (rand) ? y : 1 - y));
  }
  g_rand_free (rand);
}

static void
count_returns (const Stage *s, Tally *tally)
{
  for (guint i = 0; i < s->n; i++) {
    const StageActor *a = &s->actor[i];
    if (a->was_hidden && !a->hidden && a->last && a->id) {
      tally->back += a->last == a->id;
      tally->renewed += a->last != a->id;
    }
  }
}

/* FALSE if not everybody was found at the beginning. */
static gboolean
play (TfcFacePipeline *chain, Stage *s, guint *wrong)
{
  TfcFace faces[TFC_MAX_FACES];
  const TfcFrame frame = tfc_frame_rgb (s->canvas, STAGE_WIDTH, STAGE_HEIGHT);
  TfcFaceOptions options = TFC_FACE_DEFAULTS;
  options.predict_irises = FALSE;
  options.score_threshold = 0.5f;
  options.max_faces = 0;
  for (guint i = 0; i < s->n; i++)
    options.max_faces += !s->actor[i].late;
  tfc_face_reset (chain);
  for (guint i = 0; i < s->frames; i++) {
    GError *error = NULL;
    stage_show (s, i);
    const gint n = tfc_face_run (chain, &frame, i * 33333333, &options, faces, NULL, &error);
    g_assert_no_error (error);
    *wrong += stage_check (s, faces, n);
    if (i >= STAGE_STILL && !stage_all_known (s))
      return FALSE;
  }
  return TRUE;
}

static void
play_all (guint32 first, guint plays, Tally *tally)
{
  TfcFacePipeline *near = face_chain (NULL, TFC_DETECTOR_SHORT_RANGE, TFC_MESH_PLAIN);
  TfcFacePipeline *far = face_chain (NULL, TFC_DETECTOR_BACK, TFC_MESH_ATTENTION);
  Stage *s = g_new (Stage, 1);
  for (guint32 seed = first; seed < first + plays; seed++) {
    const Kind kind = seed % KINDS;
    guint wrong = 0;
    write_play (s, seed, kind);
    if (play (seed / KINDS % 3 ? far : near, s, &wrong)) {
      tally[kind].played++;
      tally[kind].wrong += wrong > DOUBT;
      tally[kind].frames += wrong;
      count_returns (s, &tally[kind]);
    }
    if (wrong > DOUBT)
      g_test_message ("play %u, %s: %u faces, %u frames, %u times a wrong id", seed,
                      kinds[kind].name, s->n, s->frames, wrong);
    stage_clear (s);
  }
  g_free (s);
  tfc_face_close (near);
  tfc_face_close (far);
}

static guint n_plays = PLAYS, first_seed = 0;

static void
test_plays (void)
{
  Tally tally[KINDS] = {0}, all = {0};
  if (!stage_open ())
    return;
  play_all (first_seed, n_plays, tally);
  for (guint i = 0; i < KINDS; i++) {
    const Tally *t = &tally[i];
    g_test_message (
        "%-42s %4u plays, %3u wrong (%u frames); hidden ones: %u with the old id, %u with "
        "a new one",
        kinds[i].name, t->played, t->wrong, t->frames, t->back, t->renewed);
    all.played += t->played;
    all.wrong += t->wrong;
    all.frames += t->frames;
    all.back += t->back;
    all.renewed += t->renewed;
  }
  g_test_message (
      "%u plays, %u wrong (%u frames); hidden ones: %u with the old id, %u with a new one",
      all.played, all.wrong, all.frames, all.back, all.renewed);
  if (n_plays <= PLAYS && first_seed == 0) {
    g_assert_cmpuint (all.wrong, <=, 3);
    g_assert_cmpuint (tally[UNFOLLOWED].wrong + tally[UNFOLLOWED_TURNS].wrong, <=, 2);
  }
  if (n_plays == PLAYS && first_seed == 0)
    g_assert_cmpuint (all.back, >, 2 * all.renewed);
  stage_close ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (emulated ())
    n_plays = KINDS;
  if (argc > 1)
    n_plays = (guint)g_ascii_strtoull (argv[1], NULL, 10);
  if (argc > 2)
    first_seed = (guint)g_ascii_strtoull (argv[2], NULL, 10);
  g_test_add_func ("/face-crossing/hostile", test_plays);
  return g_test_run ();
}
