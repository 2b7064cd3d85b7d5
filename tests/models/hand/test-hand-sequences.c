/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Hands followed over frames: with the reference's rules the answers of TF.js, with the element's
 * those of MediaPipe, which keeps hands that its detector misses. A clip, a camera that pans over a
 * picture, and pictures that jump. */
#include <stdlib.h>
#include <glib/gstdio.h>
#include "tests/emulated.h"
#include "tests/models/hand/hand-golden.h"

/* What is played and held against what. */
typedef struct {
  const gchar *sequence;
  const HandNetworks *networks;
  guint max_hands;
  gchar *mediapipe; /* file; NULL: TF.js's answers in the sequence */
} Case;

static gchar *clip_folder; /* with the frames of the clip, or NULL */

/* The clip's frames, by the script that made them for the reference. */
static void
make_clip (void)
{
  gchar *script = golden_path ("golden/hand/frames.py"),
        *clip = golden_path ("media/clips/asl_hand.25fps.mp4");
  gint status = -1;
  clip_folder = g_dir_make_tmp ("tfc-hand-XXXXXX", NULL);
  gchar *argv[] = {
      (gchar *)"/usr/bin/python3", script, clip, clip_folder, (gchar *)"44", (gchar *)"50", NULL};
  if (!script || !clip ||
      !g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, NULL))
    status = -1;
  g_free (script);
  g_free (clip);
  if (status == 0)
    return;
  g_rmdir (clip_folder);
  g_clear_pointer (&clip_folder, g_free);
}

static void
remove_clip (void)
{
  GDir *dir = clip_folder ? g_dir_open (clip_folder, 0, NULL) : NULL;
  for (const gchar *name; dir && (name = g_dir_read_name (dir));) {
    gchar *path = g_build_filename (clip_folder, name, NULL);
    g_unlink (path);
    g_free (path);
  }
  if (dir)
    g_dir_close (dir);
  if (clip_folder)
    g_rmdir (clip_folder);
  g_free (clip_folder);
}

/* The frame that a sequence's list describes, as a window on picture; FALSE and skipped if it
 * cannot be had. */
static gboolean
load_frame (const cJSON *described, TfcPicture *picture, TfcFrame *frame)
{
  const cJSON *crop = cJSON_GetObjectItem (described, "crop");
  GError *error = NULL;
  if (!crop) {
    gchar *path = g_strdup_printf ("%s/asl_%03d.png", clip_folder,
                                   (gint)golden_member (described, "clip_frame"));
    tfc_picture_load (path, picture, &error);
    g_free (path);
    g_assert_no_error (error);
    *frame = picture->frame;
    return TRUE;
  }
  if (!hand_picture (golden_text (described, "picture"), picture))
    return FALSE;
  *frame = picture->frame;
  frame->plane[0] +=
      (gssize)golden_number (crop, 1) * frame->stride[0] + 3 * (gssize)golden_number (crop, 0);
  frame->width = golden_number (crop, 2);
  frame->height = golden_number (crop, 3);
  return TRUE;
}

/* ---- TF.js ---- */

static void
compare_reference (const TfcPose *hands, gint n, const cJSON *golden, const TfcFrame *frame,
                   gdouble pixels, gdouble presence)
{
  const cJSON *list = cJSON_GetObjectItem (golden, "hands");
  g_assert_cmpint (n, ==, cJSON_GetArraySize (list));
  for (gint i = 0; i < n; i++) {
    const cJSON *hand = cJSON_GetArrayItem (list, i);
    const HandError e = hand_error (&hands[i], hand, frame);
    g_test_message ("points %.4f of %.4f px, world %.3f mm, presence %.6f", e.worst, pixels,
                    1000 * e.world, hands[i].score - golden_member (hand, "score"));
    g_assert_cmpfloat (e.worst, <, pixels);
    g_assert_cmpfloat (fabs (hands[i].score - golden_member (hand, "score")), <, presence);
    g_assert_cmpint (hands[i].handedness, ==, hand_golden_side (hand, "handedness"));
  }
}

/* ---- MediaPipe ---- */

/* Its landmarks are fractions of the frame. */
static gdouble
mediapipe_distance (const TfcPose *hand, const cJSON *golden, const TfcFrame *frame, gdouble *worst)
{
  const cJSON *list = cJSON_GetObjectItem (golden, "landmarks");
  gdouble least[2] = {G_MAXDOUBLE, G_MAXDOUBLE}, most[2] = {-G_MAXDOUBLE, -G_MAXDOUBLE}, sum = 0;
  *worst = 0;
  for (guint i = 0; i < TFC_HAND_POINTS; i++) {
    const cJSON *p = cJSON_GetArrayItem (list, i);
    const gdouble at[2] = {golden_number (p, 0) * frame->width,
                           golden_number (p, 1) * frame->height};
    const gdouble off = hypot ((gdouble)hand->points[i].x * frame->width - at[0],
                               (gdouble)hand->points[i].y * frame->height - at[1]);
    for (guint k = 0; k < 2; k++) {
      least[k] = fmin (least[k], at[k]);
      most[k] = fmax (most[k], at[k]);
    }
    sum += off;
    *worst = fmax (*worst, off);
  }
  const gdouble size = fmax (most[0] - least[0], most[1] - least[1]);
  *worst /= size;
  return sum / TFC_HAND_POINTS / size;
}

/* Of the i-th of ours, the distance to the nearest of theirs; lists may be in any order. */
static gdouble
nearest_distance (const TfcPose *hand, const cJSON *list, const TfcFrame *frame, gdouble *worst)
{
  gdouble least = G_MAXDOUBLE;
  const cJSON *theirs;
  cJSON_ArrayForEach (theirs, list) {
    gdouble farthest;
    const gdouble mean = mediapipe_distance (hand, theirs, frame, &farthest);
    *worst = mean < least ? farthest : *worst;
    least = fmin (least, mean);
  }
  return least;
}

/* MediaPipe samples otherwise: the tolerances are those that the README of the golden results gives
 * for that. A hand that leaves the picture goes another way there, frame by frame. */
static void
compare_mediapipe (const TfcPose *hands, gint n, const cJSON *golden, const TfcFrame *frame)
{
  for (gint i = 0; i < n; i++) {
    const TfcBox *b = &hands[i].box;
    const gboolean inside = b->x > 0 && b->y > 0 && b->x + b->w < 1 && b->y + b->h < 1;
    gdouble worst = 0;
    const gdouble mean =
        nearest_distance (&hands[i], cJSON_GetObjectItem (golden, "hands"), frame, &worst);
    g_test_message ("hand %d, %s: %.2f %% on average, %.2f %% at most", i,
                    inside ? "inside" : "leaves", 100 * mean, 100 * worst);
    if (!inside)
      continue;
    g_assert_cmpfloat (mean, <, 0.06);
    g_assert_cmpfloat (worst, <, 0.15);
  }
}

/* ---- a sequence ---- */

typedef struct {
  const cJSON *frames, *reference,
      *difference; /* of the sequence: pictures, TF.js's answers, how far its backends differ */
  const cJSON *mediapipe; /* its answers, or NULL */
} Golden;

typedef struct {
  guint64 ids[TFC_MAX_POSES], newest;
  gint n_ids;
  guint more; /* hands that the reference had lost */
} Played;

/* No id is told twice, none of an earlier frame comes back after it was gone, the oldest come
 * first. */
static void
check_ids (const TfcPose *hands, gint n, Played *played)
{
  guint64 most = played->newest;
  for (gint i = 0; i < n; i++) {
    gboolean known = hands[i].track_id > played->newest;
    for (gint k = 0; k < played->n_ids; k++)
      known |= played->ids[k] == hands[i].track_id;
    g_assert_true (known);
    g_assert_true (i == 0 || hands[i].track_id > hands[i - 1].track_id);
    most = MAX (most, hands[i].track_id);
  }
  for (gint i = 0; i < n; i++)
    played->ids[i] = hands[i].track_id;
  played->n_ids = n;
  played->newest = most;
}

static void
check_reference (const Case *c, const Golden *golden, guint i, const TfcPose *hands, gint n,
                 const TfcFrame *frame, gboolean detector_ran)
{
  const cJSON *answer = cJSON_GetArrayItem (golden->reference, i);
  const gdouble px = golden_number (cJSON_GetObjectItem (golden->difference, "px"), i),
                presence = golden_number (cJSON_GetObjectItem (golden->difference, "presence"), i);
  g_assert_cmpint (detector_ran, ==, cJSON_IsTrue (cJSON_GetObjectItem (answer, "detectorRan")));
  compare_reference (hands, n, answer, frame, c->networks->drift + 5 * px, 5e-4 + 5 * presence);
}

/* Where nobody leaves the picture it has as many hands; else no fewer than TF.js has. */
static void
check_mediapipe (const Case *c, const Golden *golden, guint i, const TfcPose *hands, gint n,
                 const TfcFrame *frame, Played *played)
{
  const cJSON *answer = cJSON_GetArrayItem (golden->mediapipe, i);
  const gint theirs = cJSON_GetArraySize (cJSON_GetObjectItem (answer, "hands")),
             reference = cJSON_GetArraySize (
                 cJSON_GetObjectItem (cJSON_GetArrayItem (golden->reference, i), "hands"));
  compare_mediapipe (hands, n, answer, frame);
  check_ids (hands, n, played);
  if (!strcmp (c->sequence, "pan"))
    g_assert_cmpint (n, >=, reference);
  else
    g_assert_cmpint (n, ==, theirs);
  played->more += n > reference;
}

static Played
play (const Case *c, const Golden *golden)
{
  TfcHandPipeline *chain = hand_open (c->networks, NULL);
  TfcHandOptions options = hand_reference_options (c->max_hands);
  const gint n_frames =
      cJSON_GetArraySize (golden->mediapipe ? golden->mediapipe : golden->reference);
  Played played = {0};
  options.keep_followed = c->mediapipe != NULL;
  for (gint i = 0; i < n_frames; i++) {
    TfcPicture picture = {0};
    TfcFrame frame;
    TfcPose hands[TFC_MAX_POSES];
    TfcHandTimes times;
    GError *error = NULL;
    if (!load_frame (cJSON_GetArrayItem (golden->frames, i), &picture, &frame))
      break;
    const gint n = tfc_hand_run (chain, &frame, G_MAXUINT64, &options, hands, &times, &error);
    g_assert_no_error (error);
    g_test_message ("frame %d", i);
    if (c->mediapipe)
      check_mediapipe (c, golden, i, hands, n, &frame, &played);
    else
      check_reference (c, golden, i, hands, n, &frame, times.detector_ran);
    tfc_picture_clear (&picture);
  }
  tfc_hand_close (chain);
  return played;
}

static void
test_sequence (gconstpointer data)
{
  const Case *c = data;
  gchar *name = g_strdup_printf ("golden/hand/sequences/%s.json", c->sequence);
  gchar *run = g_strdup_printf ("%s.maxHands%u", c->networks->golden, c->max_hands);
  cJSON *root = golden_json (name),
        *theirs = c->mediapipe && root ? golden_json (c->mediapipe) : NULL;
  if (root && !strcmp (c->sequence, "asl") && !clip_folder) {
    g_test_skip ("the clip cannot be decoded");
  } else if (root && (theirs || !c->mediapipe)) {
    const cJSON *frames = cJSON_GetObjectItem (theirs, "frames");
    const Golden golden = {
        .frames = cJSON_GetObjectItem (root, "frames"),
        .reference = cJSON_GetObjectItem (cJSON_GetObjectItem (root, "results"), run),
        .difference = cJSON_GetObjectItem (cJSON_GetObjectItem (root, "wasmDifference"), run),
        .mediapipe = frames ? frames : cJSON_GetObjectItem (theirs, "pictures")};
    const Played played = play (c, &golden);
    /* While a hand leaves the picture, TF.js loses one that its detector does not see. */
    if (theirs && c->max_hands == 4)
      g_assert_cmpuint (played.more, >=, 5);
  }
  cJSON_Delete (root);
  cJSON_Delete (theirs);
  g_free (run);
  g_free (name);
}

static void
case_free (gpointer data)
{
  g_free (((Case *)data)->mediapipe);
  g_free (data);
}

static void
add (const gchar *sequence, const HandNetworks *networks, guint max_hands, const gchar *mediapipe)
{
  Case *c = g_new (Case, 1);
  gchar *path = g_strdup_printf ("/hand/%s/%s/%s/%u", mediapipe ? "mediapipe" : "tfjs", sequence,
                                 networks->name, max_hands);
  *c = (Case){sequence, networks, max_hands,
              mediapipe ? g_strdup_printf ("golden/hand/mediapipe/%s.json", mediapipe) : NULL};
  g_test_add_data_func_full (path, c, test_sequence, case_free);
  g_free (path);
}

int
main (int argc, char **argv)
{
  static const struct {
    const gchar *sequence;
    guint max_hands;
  } runs[] = {{"asl", 1}, {"jump", 1}, {"jump", 2}, {"pan", 2}, {"pan", 4}};
  g_test_init (&argc, &argv, NULL);
  make_clip ();
  for (guint k = emulated () ? 1 : 0; k < G_N_ELEMENTS (hand_networks); k++) {
    /* Of the lite .tflite the last is left out: a hand that leaves the picture there is lost and
     * found by the last digits of the weights, and its reference is the GraphModel, which is held
     * against it. */
    for (guint i = 0; i < (emulated () ? 2 : G_N_ELEMENTS (runs) - (k == 1)); i++)
      add (runs[i].sequence, &hand_networks[k], runs[i].max_hands, NULL);
  }
  add ("asl", &hand_networks[0], 1, "full.asl");
  add ("asl", &hand_networks[1], 1, "lite.asl");
  add ("jump", &hand_networks[0], 2, "full.jump.maxHands2");
  add ("pan", &hand_networks[0], 2, "full.pan.maxHands2");
  add ("pan", &hand_networks[0], 4, "full.pan.maxHands4");
  const gint result = g_test_run ();
  remove_clip ();
  return result;
}
