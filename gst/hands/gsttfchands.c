/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/**
 * SECTION:element-tfchands
 * @title: tfchands
 * @short_description: detects and tracks hands, with 21 points of each
 *
 * Attaches a #GstTfcPoseMeta to each buffer: for each hand 21 points in the frame and in metres,
 * whether it is a left or a right one, and an id that it keeps while it is tracked. For other
 * elements and applications it also attaches a #GstVideoRegionOfInterestMeta (`hand`) per hand and,
 * with GStreamer 1.24 or newer, GstAnalytics metadata. Pixels are neither copied nor changed.
 * tfcoverlay draws the hands.
 *
 * docs/guide/hands.md describes every property, message and error.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 v4l2src ! tfchands ! tfcoverlay ! videoconvert ! autovideosink
 * ]|
 * Draws up to two hands before a camera.
 * |[
 * gst-launch-1.0 -m filesrc location=signs.mp4 ! decodebin ! tfchands max-hands=4 \
 *   post-messages=changes ! fakesink
 * ]|
 * Prints a message whenever the number of hands in a video changes.
 *
 * Since: 0.1
 */
#include "gst/hands/gsttfchands.h"
#include "gst/analyzer/gsttfcposes.h"
#include "gst/analyzer/gsttfctracker.h"
#include "gst/util/gsttfcdebug.h"
#include "models/hand/hand_pipeline.h"

#define GST_CAT_DEFAULT gst_tfc_hands_debug
GST_DEBUG_CATEGORY (gst_tfc_hands_debug);

typedef struct {
  GstTfcHandModel model;
  TfcHandOptions options;
  GstTfcObjectSettings objects;
  GstTfcTrackSettings track;
} GstTfcHandsSettings;

struct _GstTfcHands {
  GstTfcAnalyzer parent;
  GstTfcHandsSettings settings; /* under the lock */
  /* The thread that analyses: */
  TfcHandState *state; /* of the hands that are tracked, whatever model runs */
  TfcPose *found;      /* TFC_MAX_POSES */
};

G_DEFINE_FINAL_TYPE_WITH_CODE (GstTfcHands, gst_tfc_hands, GST_TYPE_TFC_ANALYZER,
                               GST_DEBUG_CATEGORY_INIT (gst_tfc_hands_debug, "tfchands", 0,
                                                        "hands and their points"))
GST_ELEMENT_REGISTER_DEFINE (tfchands, "tfchands", GST_RANK_NONE, GST_TYPE_TFC_HANDS)

/* ---- the model ---- */

static const struct {
  const gchar *detector, *landmarks;
} registry_names[] = {
    [GST_TFC_HAND_MODEL_FULL] = {"hand/palm_full", "hand/landmark_full"},
    [GST_TFC_HAND_MODEL_LITE] = {"hand/palm_lite", "hand/landmark_lite"},
};

static GstTfcConfig *
dup_config (GstTfcAnalyzer *analyzer)
{
  GstTfcConfig *config = GST_TFC_ANALYZER_CLASS (gst_tfc_hands_parent_class)->dup_config (analyzer);
  const GstTfcHandsSettings *s = config->settings;

  config->name = g_strjoin (" + ", registry_names[s->model].detector,
                            registry_names[s->model].landmarks, NULL);
  return config;
}

static TfcHandPipeline *
open_hands (const GstTfcModel *model, GError **error)
{
  const TfcHandConfig config = {model->files[0].path, model->files[1].path, model->options};
  TfcHandPipeline *hands = tfc_hand_open (&config, error);

  if (hands && (!gst_tfc_model_verify (model, error) ||
                (!model->config->first && !tfc_hand_warm_up (hands, error))))
    g_clear_pointer (&hands, tfc_hand_close);
  return hands;
}

static gboolean
open_model (GstTfcModel *model, GError **error)
{
  const GstTfcHandsSettings *s = model->config->settings;
  GString *key;

  if (!gst_tfc_model_find (model, registry_names[s->model].detector, error) ||
      !gst_tfc_model_find (model, registry_names[s->model].landmarks, error))
    return FALSE;
  model->name = g_strdup (model->config->name);
  model->source = g_intern_static_string (registry_names[s->model].landmarks);
  key = gst_tfc_model_key (model, "hands");
  if (gst_tfc_model_enter (model, key->str))
    gst_tfc_model_leave (model, open_hands (model, error), (GDestroyNotify)tfc_hand_close);
  g_string_free (key, TRUE);
  if (!model->network)
    return FALSE;
  model->threads = tfc_hand_threads (model->network);
  model->bytes = tfc_hand_bytes (model->network);
  GST_INFO ("opened %s", model->name);
  return TRUE;
}

/* ---- a frame ---- */

static void
reset (GstTfcAnalyzer *analyzer)
{
  tfc_hand_state_reset (GST_TFC_HANDS (analyzer)->state);
}

static void
fill_timings (GstTfcTimings *timings, const TfcHandTimes *spent)
{
  timings->ns[GST_TFC_STAGE_SAMPLE] = spent->sample;
  timings->ns[GST_TFC_STAGE_DETECTOR] = spent->detector_ran ? spent->detector : -1;
  timings->ns[GST_TFC_STAGE_LANDMARKS] = spent->landmarks ? spent->landmarks : -1;
  timings->ns[GST_TFC_STAGE_DECODE] = spent->decode;
}

/* One analysis, of the frame or of each object. */
typedef struct {
  TfcHandPipeline *hands;
  TfcHandState *state;
  TfcHandOptions options;
  GstClockTime pts;
  TfcHandTimes spent;
} Job;

/* In an object, that may be elsewhere on the next frame: nothing is known before and after. */
static gint
find_in_object (gpointer data, const TfcFrame *frame, guint max, TfcPose *out, GError **error)
{
  Job *job = data;
  TfcHandOptions options = job->options;
  TfcHandTimes spent;
  gint n;

  options.max_hands = MIN (options.max_hands, max);
  options.smoothing = FALSE;
  tfc_hand_state_reset (job->state);
  n = tfc_hand_run (job->hands, frame, job->pts, &options, out, &spent, error);
  tfc_hand_state_reset (job->state);
  job->spent.sample += spent.sample;
  job->spent.detector += spent.detector;
  job->spent.landmarks += spent.landmarks;
  job->spent.decode += spent.decode;
  job->spent.detector_ran |= spent.detector_ran;
  return n;
}

static GstTfcResults *
process (GstTfcAnalyzer *analyzer, GstTfcModel *model, const TfcFrame *frame, GstClockTime pts,
         GstTfcTimings *timings, GError **error)
{
  GstTfcHands *self = GST_TFC_HANDS (analyzer);
  Job job = {.state = self->state, .pts = pts};
  GstTfcObjects objects;
  GstTfcTrackSettings track;
  guint max, most;
  gint n;

  GST_OBJECT_LOCK (self);
  track = self->settings.track;
  job.options = self->settings.options;
  max = self->settings.objects.max_objects;
  GST_OBJECT_UNLOCK (self);
  most = job.options.max_hands;
  job.hands = gst_tfc_model_acquire (model);
  tfc_hand_use_state (job.hands, self->state);
  if (gst_tfc_analyzer_objects (analyzer, &self->settings.objects, max, &objects)) {
    n = gst_tfc_poses_of_objects (&objects, frame, find_in_object, &job, self->found, error);
    most = TFC_MAX_POSES;
  } else {
    n = tfc_hand_run (job.hands, frame, pts, &job.options, self->found, &job.spent, error);
  }
  gst_tfc_model_release (model);
  if (n < 0)
    return NULL;
  gst_tfc_poses_to_frame (analyzer, self->found, n);
  n = (gint)gst_tfc_analyzer_track_poses (analyzer, &track, pts, self->found, (guint)n, most);
  fill_timings (timings, &job.spent);
  GST_LOG_OBJECT (self, "%d hands: detector %s, landmarks %" G_GINT64_FORMAT " us", n,
                  job.spent.detector_ran ? "ran" : "rested", job.spent.landmarks / 1000);
  return gst_tfc_poses_to_results (model->source, pts, self->found, (guint)n);
}

/* ---- properties ---- */

static gpointer
settings_of (GObject *object)
{
  return &GST_TFC_HANDS (object)->settings;
}

#define FIELD(field) G_STRUCT_OFFSET (GstTfcHandsSettings, field)
#define OPTION(field) G_STRUCT_OFFSET (GstTfcHandsSettings, options.field)
#define RELOADS .flags = GST_TFC_PROPERTY_RELOADS
#define CONTROLLABLE .flags = GST_TFC_PROPERTY_CONTROLLABLE

// clang-format off
static const GstTfcProperty rows[] = {
  {"model", "Model", "Models that detect palms and compute the points of a hand; `tfc-models get` fetches them",
    GST_TFC_PROPERTY_ENUM, FIELD (model), .type = gst_tfc_hand_model_get_type, RELOADS},
  {"max-hands", "Max hands", "Maximum number of hands that are tracked at a time; the palm detector runs while they are fewer",
    GST_TFC_PROPERTY_UINT, OPTION (max_hands), 1, TFC_MAX_POSES, CONTROLLABLE},
  {"score-threshold", "Score threshold", "A hand is lost when the landmark model's presence score for it falls below this",
    GST_TFC_PROPERTY_FLOAT, OPTION (score_threshold), 0, 1, CONTROLLABLE},
  {"detection-confidence", "Detection confidence", "Only palms with at least this detector score are looked at",
    GST_TFC_PROPERTY_FLOAT, OPTION (detection_confidence), 0, 1, CONTROLLABLE},
  {"smoothing", "Smoothing", "Smooth the points of each hand over time (one-euro filter on buffer timestamps)",
    GST_TFC_PROPERTY_BOOLEAN, OPTION (smoothing), CONTROLLABLE},
  {"mirrored", "Mirrored", "The frames come from a mirrored (selfie) camera, so left and right hands look exchanged",
    GST_TFC_PROPERTY_BOOLEAN, OPTION (mirrored), CONTROLLABLE},
  GST_TFC_OBJECT_ROWS (GstTfcHandsSettings, objects, "looked at"),
  GST_TFC_TRACK_ROWS (GstTfcHandsSettings, track),
};
// clang-format on

static const GstTfcHandsSettings defaults = {.model = GST_TFC_HAND_MODEL_FULL,
                                             .options = TFC_HAND_DEFAULTS,
                                             .objects = GST_TFC_OBJECT_DEFAULTS,
                                             .track = GST_TFC_TRACK_DEFAULTS};
static const GstTfcPropertyTable table = {
    .rows = rows,
    .n_rows = G_N_ELEMENTS (rows),
    .defaults = &defaults,
    .size = sizeof defaults,
    .settings = settings_of,
    .reload = gst_tfc_analyzer_reload,
};

/* ---- the class ---- */

static void
gst_tfc_hands_finalize (GObject *object)
{
  GstTfcHands *self = GST_TFC_HANDS (object);

  tfc_hand_state_free (self->state);
  g_free (self->found);
  G_OBJECT_CLASS (gst_tfc_hands_parent_class)->finalize (object);
}

static void
gst_tfc_hands_init (GstTfcHands *self)
{
  self->state = tfc_hand_state_new ();
  self->found = g_new0 (TfcPose, TFC_MAX_POSES);
}

static void
gst_tfc_hands_class_init (GstTfcHandsClass *klass)
{
  GstTfcAnalyzerClass *analyzer = GST_TFC_ANALYZER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gst_tfc_hands_finalize;
  gst_tfc_analyzer_class_install (analyzer, &table);
  gst_element_class_set_static_metadata (
      GST_ELEMENT_CLASS (klass), "Hand detector", "Filter/Analyzer/Video",
      "Detects and tracks hands and attaches their points to buffers as metadata",
      "The tfc authors");
  analyzer->message = "tfchands";
  analyzer->stages = GST_TFC_STAGE_BIT (SAMPLE) | GST_TFC_STAGE_BIT (DETECTOR) |
                     GST_TFC_STAGE_BIT (LANDMARKS) | GST_TFC_STAGE_BIT (DECODE);
  analyzer->dup_config = dup_config;
  analyzer->open_model = open_model;
  analyzer->process = process;
  analyzer->reset = reset;
}
