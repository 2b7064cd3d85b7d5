/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The hand chain against what TF.js's hand-pose-detection answers for the same pictures, alone and
 * three times over with its state kept: same hands in the same order, points, world points,
 * presence and handedness within the contract's tolerances, on every backend, from RGB and NV12. */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "models/hand/palm_detector.h"
#include "tests/emulated.h"
#include "tests/models/hand/hand-golden.h"

/* Its palms tie, so the order of its hands is chance, and which is the one with max 1. */
#define TIED "two_hands"

static const gchar *const pictures[] = {
    TIED,          "victory",  "raised_four", "keyboard",     "man_four",       "selfie_two",
    "woman_rock",  "fog_call", "head_hands",  "man_standing", "hand_at_border", "group_reject",
    "no_hand_cat", "overlap"};

typedef struct {
  const HandNetworks *networks;
  const gchar *backend, *format, *picture; /* format NULL: RGB */
} Case;

static TfcHandPipeline *
open_chain (const Case *c)
{
  static TfcHandPipeline *chain;
  static const HandNetworks *networks;
  static const gchar *backend;
  if (chain && networks == c->networks && backend == c->backend)
    return chain;
  tfc_hand_close (chain);
  networks = c->networks;
  backend = c->backend;
  chain = c->networks ? hand_open (c->networks, c->backend) : NULL;
  return chain;
}

/* Tolerances as the README of the golden results gives them. A call that follows another feeds its
 * errors back. */
static void
compare_hand (const TfcPose *hand, const cJSON *golden, const TfcFrame *frame, gdouble drift)
{
  const HandError e = hand_error (hand, golden, frame);
  const gdouble pixels = drift ? drift : 0.05;
  g_test_message ("points %.4f px at most, %.4f px = %.3f %% on average, z %.4f px, world %.3f mm, "
                  "presence %.6f",
                  e.worst, e.mean, 100 * e.mean / e.size, e.z, 1000 * e.world,
                  hand->score - golden_member (golden, "score"));
  g_assert_cmpint (hand->handedness, ==, hand_golden_side (golden, "handedness"));
  g_assert_cmpfloat (e.worst, <, pixels);
  g_assert_cmpfloat (e.z, <, pixels);
  g_assert_cmpfloat (e.world, <, pixels * 2e-3);
  g_assert_cmpfloat (fabs (hand->score - golden_member (golden, "score")), <, 5e-4);
}

/* 4:2:0 has other colours: 1 % of the hand's longer edge. The hands of these three are 35 to 75
 * pixels long, and it is the format's doing: its chroma turned back into RGB and given to the RGB
 * path does it too. */
static const struct {
  const gchar *picture;
  gdouble part;
} subsampled[] = {{"fog_call", 0.015}, {"man_standing", 0.0125}, {"group_reject", 0.015}};

static void
compare_hand_yuv (const TfcPose *hand, const cJSON *golden, const TfcFrame *frame,
                  const gchar *picture)
{
  const HandError e = hand_error (hand, golden, frame);
  gdouble part = 0.01;
  for (guint i = 0; i < G_N_ELEMENTS (subsampled); i++)
    part = strcmp (picture, subsampled[i].picture) ? part : subsampled[i].part;
  g_test_message ("points %.4f px at most, %.3f %% on average, presence %.6f", e.worst,
                  100 * e.mean / e.size, hand->score - golden_member (golden, "score"));
  g_assert_cmpint (hand->handedness, ==, hand_golden_side (golden, "handedness"));
  g_assert_cmpfloat (e.mean / e.size, <, part);
}

static void
compare (const Case *c, const TfcPose *hands, gint n, const cJSON *golden, const TfcFrame *frame,
         gboolean follows)
{
  const cJSON *list = cJSON_GetObjectItem (golden, "hands"), *hand;
  const gboolean tied = !strcmp (c->picture, TIED);
  gint i = 0;
  g_assert_cmpint (n, ==, cJSON_GetArraySize (list));
  cJSON_ArrayForEach (hand, list) {
    const TfcPose *ours = tied ? hand_nearest (hands, n, hand, frame) : &hands[i];
    if (c->format)
      compare_hand_yuv (ours, hand, frame, c->picture);
    else
      compare_hand (ours, hand, frame, follows ? c->networks->drift : 0);
    i++;
  }
}

static void
run (const Case *c, TfcHandState *state, guint max, const cJSON *golden, const TfcFrame *frame)
{
  const TfcHandOptions options = hand_reference_options (max);
  TfcHandPipeline *chain = open_chain (c);
  TfcPose hands[TFC_MAX_POSES];
  TfcHandTimes times;
  GError *error = NULL;
  tfc_hand_use_state (chain, state);
  const gint n = tfc_hand_run (chain, frame, G_MAXUINT64, &options, hands, &times, &error);
  tfc_hand_use_state (chain, NULL);
  g_assert_no_error (error);
  const cJSON *ran = cJSON_GetObjectItem (golden, "detectorRan");
  if (ran)
    g_assert_cmpint (times.detector_ran, ==, cJSON_IsTrue (ran));
  compare (c, hands, n, golden, frame, ran != NULL);
}

static void
test_picture (gconstpointer data)
{
  static const struct {
    const gchar *name;
    guint max;
  } stills[] = {{"maxHands1", 1}, {"maxHands2", 2}, {"maxHands4", 4}},
    tracked[] = {{"tracking1", 1}, {"tracking2", 2}};
  const Case *c = data;
  TfcPicture rgb = {0}, other = {0};
  gchar *name = g_strdup_printf ("golden/hand/results/%s.json", c->picture);
  cJSON *root = golden_json (name);
  g_free (name);
  if (!root || !hand_picture (c->picture, &rgb))
    return;
  if (c->format)
    g_assert_true (tfc_picture_convert (&rgb, tfc_format_find (c->format), &other));
  const TfcFrame *frame = c->format ? &other.frame : &rgb.frame;
  const cJSON *results = cJSON_GetObjectItem (root, c->networks->golden);
  const gboolean tied = !strcmp (c->picture, TIED);
  for (guint i = tied; i < G_N_ELEMENTS (stills); i++) {
    TfcHandState *state = tfc_hand_state_new ();
    run (c, state, stills[i].max, cJSON_GetObjectItem (results, stills[i].name), frame);
    tfc_hand_state_free (state);
  }
  for (guint i = tied; !c->format && i < G_N_ELEMENTS (tracked); i++) {
    TfcHandState *state = tfc_hand_state_new ();
    const cJSON *call;
    cJSON_ArrayForEach (call, cJSON_GetObjectItem (results, tracked[i].name))
      run (c, state, tracked[i].max, call, frame);
    tfc_hand_state_free (state);
  }
  tfc_picture_clear (&rgb);
  tfc_picture_clear (&other);
  cJSON_Delete (root);
}

/* ---- palms ---- */

static void
compare_palm (const TfcPalm *palm, const cJSON *golden, const TfcFrame *frame)
{
  const cJSON *box = cJSON_GetObjectItem (golden, "box"),
              *points = cJSON_GetObjectItem (golden, "keypoints");
  const cJSON *wrist = cJSON_GetArrayItem (points, 0), *middle = cJSON_GetArrayItem (points, 2);
  const gdouble w = frame->width, h = frame->height;
  const gdouble off[] = {palm->cx - palm->w / 2 - golden_number (box, 0) * w,
                         palm->cy - palm->h / 2 - golden_number (box, 1) * h,
                         palm->cx + palm->w / 2 - golden_number (box, 2) * w,
                         palm->cy + palm->h / 2 - golden_number (box, 3) * h,
                         palm->wrist.x - golden_number (wrist, 0) * w,
                         palm->wrist.y - golden_number (wrist, 1) * h,
                         palm->middle.x - golden_number (middle, 0) * w,
                         palm->middle.y - golden_number (middle, 1) * h};
  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    g_assert_cmpfloat (fabs (off[i]), <, 0.05);
  g_assert_cmpfloat (fabs (palm->score - golden_member (golden, "score")), <, 5e-4);
}

static void
test_palms (gconstpointer data)
{
  const HandNetworks *networks = data;
  gchar *path = hand_model_path (networks->palm);
  const TfcModelOptions options = {0};
  GError *error = NULL;
  TfcPalmDetector *detector = tfc_palm_detector_open (path, &options, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++) {
    TfcPicture rgb = {0};
    TfcPalm palms[4];
    TfcHandTimes times = {0};
    gchar *name = g_strdup_printf ("golden/hand/results/%s.json", pictures[i]);
    cJSON *root = golden_json (name);
    g_free (name);
    if (!root || !hand_picture (pictures[i], &rgb) || !strcmp (pictures[i], TIED)) {
      tfc_picture_clear (&rgb);
      cJSON_Delete (root);
      continue;
    }
    const cJSON *list = cJSON_GetObjectItem (cJSON_GetObjectItem (root, networks->golden), "palms");
    const gint n = tfc_palm_detector_run (detector, &rgb.frame, 0.5f, palms, 4, &times, &error);
    g_assert_no_error (error);
    g_assert_true (times.detector_ran);
    g_assert_cmpint (n, ==, cJSON_GetArraySize (list));
    for (gint k = 0; k < n; k++)
      compare_palm (&palms[k], cJSON_GetArrayItem (list, k), &rgb.frame);
    tfc_picture_clear (&rgb);
    cJSON_Delete (root);
  }
  tfc_palm_detector_close (detector);
  g_free (path);
}

/* ---- whatever there may be ---- */

/* Files that are exchanged are no crash but an error that names the file and its task. */
static void
test_exchanged (void)
{
  gchar *palm = hand_model_path ("hand/palm_lite"),
        *landmarks = hand_model_path ("hand/landmark_lite");
  const struct {
    TfcHandConfig config;
    const gchar *file, *what;
  } cases[] = {{{landmarks, palm, {0}}, landmarks, "a palm detector"},
               {{palm, palm, {0}}, palm, "a hand landmark network"}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GError *error = NULL;
    g_assert_null (tfc_hand_open (&cases[i].config, &error));
    g_assert_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED);
    g_assert_nonnull (strstr (error->message, cases[i].file));
    g_assert_nonnull (strstr (error->message, cases[i].what));
    g_error_free (error);
  }
  g_free (palm);
  g_free (landmarks);
}

/* Every anchor a palm, every region a hand, on noise and on frames of a few pixels: numbers, and no
 * more than asked for. */
static void
test_extremes (void)
{
  static const guint sizes[][2] = {{1, 1}, {1, 300}, {301, 2}, {64, 48}};
  TfcHandPipeline *chain = hand_open (&hand_networks[1], NULL);
  guint8 noise[301 * 300 * 3];
  g_assert_true (tfc_hand_warm_up (chain, NULL));
  for (guint i = 0; i < sizeof noise; i++)
    noise[i] = i * 2654435761u >> 24;
  for (guint i = 0; i < 4 * G_N_ELEMENTS (sizes); i++) {
    const TfcFrame frame = tfc_frame_rgb (noise, sizes[i / 4][0], sizes[i / 4][1]);
    TfcHandOptions options = TFC_HAND_DEFAULTS;
    TfcPose hands[TFC_MAX_POSES];
    options.detection_confidence = options.score_threshold = 0;
    options.max_hands = i % 2 ? TFC_MAX_POSES : 3;
    options.keep_followed = i % 4 < 2;
    const gint n = tfc_hand_run (chain, &frame, i, &options, hands, NULL, NULL);
    g_assert_cmpint (n, >=, 0);
    g_assert_cmpint (n, <=, options.max_hands);
    for (gint k = 0; k < n; k++) {
      g_assert_true (isfinite (hands[k].box.x) && isfinite (hands[k].box.w));
      g_assert_true (isfinite (hands[k].points[20].z) && isfinite (hands[k].world[20].z));
      g_assert_cmpfloat (hands[k].handedness_score, >=, 0.5);
    }
  }
  tfc_hand_close (chain);
}

static void
add_pictures (const HandNetworks *networks, const gchar *backend, const gchar *format, guint n)
{
  for (guint i = 0; i < n; i += few_will_do () ? 3 : 1) {
    Case *c = g_new (Case, 1);
    *c = (Case){networks, backend, format, pictures[i]};
    gchar *path = g_strdup_printf ("/hand/%s/%s/%s/%s", backend, networks->name,
                                   format ? format : "RGB", pictures[i]);
    g_test_add_data_func_full (path, c, test_picture, g_free);
    g_free (path);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gchar *there = golden_path ("golden/hand/README.md");
  if (!there) {
    g_print ("1..0 # SKIP no golden results\n");
    return 0;
  }
  g_free (there);
  g_test_add_func ("/hand/exchanged", test_exchanged);
  g_test_add_func ("/hand/extremes", test_extremes);
  for (guint i = 0; i < G_N_ELEMENTS (hand_networks); i++) {
    gchar *path = g_strdup_printf ("/hand/palms/%s", hand_networks[i].name);
    g_test_add_data_func (path, &hand_networks[i], test_palms);
    g_free (path);
    for (guint b = 0; tfc_backend_nth (b); b++) {
      const gchar *backend = tfc_backend_nth (b)->name;
      const guint n = strcmp (backend, "reference") ? G_N_ELEMENTS (pictures) : 0;
      add_pictures (&hand_networks[i], backend, NULL, n);
      add_pictures (&hand_networks[i], backend, "NV12", b ? 0 : n);
    }
  }
  const gint result = g_test_run ();
  open_chain (&(Case){0});
  return result;
}
