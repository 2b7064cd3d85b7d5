/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/**
 * SECTION:element-tfcpose
 * @title: tfcpose
 * @short_description: finds the bodies of people, with 17 or 33 points of each
 *
 * Attaches a #GstTfcPoseMeta to each buffer: for each person a box, a score and the points of the
 * body, with an id that it keeps while it is followed. Networks: MoveNet, PoseNet, BlazePose, which
 * adds depth and points in metres. For other elements and applications it also attaches a
 * #GstVideoRegionOfInterestMeta (`pose`) per body and, with GStreamer 1.24 or newer, GstAnalytics
 * metadata. Pixels are neither copied nor changed. tfcoverlay draws the skeletons.
 *
 * docs/guide/pose.md describes every property, message and error.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 v4l2src ! tfcpose ! tfcoverlay ! videoconvert ! autovideosink
 * ]|
 * Draws the skeleton of one person before a camera.
 * |[
 * gst-launch-1.0 filesrc location=dance.mp4 ! decodebin ! tfcpose model=movenet-multipose \
 *   max-poses=6 ! tfcoverlay ! videoconvert ! autovideosink
 * ]|
 * Draws those of up to six dancers.
 *
 * Since: 0.1
 */
#include "gst/pose/gsttfcposedetector-private.h"
#include "gst/analyzer/gsttfcmasks.h"
#include "gst/analyzer/gsttfcposes.h"

GST_DEBUG_CATEGORY (gst_tfc_pose_debug);

G_DEFINE_FINAL_TYPE_WITH_CODE (GstTfcPoseDetector, gst_tfc_pose_detector, GST_TYPE_TFC_ANALYZER,
                               GST_DEBUG_CATEGORY_INIT (gst_tfc_pose_debug, "tfcpose", 0,
                                                        "bodies and their points"))
GST_ELEMENT_REGISTER_DEFINE (tfcpose, "tfcpose", GST_RANK_NONE, GST_TYPE_TFC_POSE_DETECTOR)

/* ---- a frame ---- */

static void
reset (GstTfcAnalyzer *analyzer)
{
  tfc_pose_state_reset (GST_TFC_POSE_DETECTOR (analyzer)->state);
}

static void
fill_timings (GstTfcTimings *timings, const TfcPoseTimes *spent)
{
  timings->ns[GST_TFC_STAGE_SAMPLE] = spent->sample;
  timings->ns[GST_TFC_STAGE_DETECTOR] = spent->detector_ran ? spent->detector : -1;
  timings->ns[GST_TFC_STAGE_NETWORK] = spent->network ? spent->network : -1;
  timings->ns[GST_TFC_STAGE_DECODE] = spent->decode;
}

/* One analysis, of the frame or of each object. */
typedef struct {
  TfcPosePipeline *poses;
  TfcPoseState *state;
  TfcPoseOptions options;
  GstClockTime pts;
  TfcPoseTimes spent;
} Job;

/* In an object, that may be elsewhere on the next frame: nothing is known before and after. */
static gint
find_in_object (gpointer data, const TfcFrame *frame, guint max, TfcPose *out, GError **error)
{
  Job *job = data;
  TfcPoseOptions options = job->options;
  TfcPoseTimes spent;
  gint n;

  options.max_poses = MIN (options.max_poses, max);
  options.smoothing = FALSE;
  options.fills_frame = TRUE;
  options.mask = FALSE;
  tfc_pose_state_reset (job->state);
  n = tfc_pose_run (job->poses, frame, job->pts, &options, out, &spent, error);
  tfc_pose_state_reset (job->state);
  job->spent.sample += spent.sample;
  job->spent.detector += spent.detector;
  job->spent.network += spent.network;
  job->spent.decode += spent.decode;
  job->spent.detector_ran |= spent.detector_ran;
  return n;
}

/* The person's mask goes on the buffer, too. Nobody: one value says so. */
static void
add_mask (GstTfcAnalyzer *analyzer, const GstTfcModel *model, const Job *job)
{
  static const guint8 nothing = 0;
  static const TfcMask nobody = {1, 1, {0, 0, 1, 1}, TFC_MASK_PERSON, 0, &nothing};
  const TfcMask *mask = tfc_pose_mask (job->poses);

  gst_tfc_analyzer_add_results (analyzer,
                                gst_tfc_analyzer_mask_results (analyzer, model->source, job->pts,
                                                               mask ? mask : &nobody, NULL));
}

static GstTfcResults *
process (GstTfcAnalyzer *analyzer, GstTfcModel *model, const TfcFrame *frame, GstClockTime pts,
         GstTfcTimings *timings, GError **error)
{
  GstTfcPoseDetector *self = GST_TFC_POSE_DETECTOR (analyzer);
  const GstTfcPoseSettings *opened = model->config->settings;
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
  job.options.mask = opened->options.mask; /* which this model was checked for */
  most = job.options.max_poses;
  job.poses = gst_tfc_model_acquire (model);
  tfc_pose_use_state (job.poses, self->state);
  if (gst_tfc_analyzer_objects (analyzer, &self->settings.objects, max, &objects)) {
    n = gst_tfc_poses_of_objects (&objects, frame, find_in_object, &job, self->found, error);
    most = TFC_MAX_POSES;
  } else {
    n = tfc_pose_run (job.poses, frame, pts, &job.options, self->found, &job.spent, error);
    if (n >= 0 && job.options.mask)
      add_mask (analyzer, model, &job);
  }
  gst_tfc_model_release (model);
  if (n < 0)
    return NULL;
  gst_tfc_poses_to_frame (analyzer, self->found, n);
  n = (gint)gst_tfc_analyzer_track_poses (analyzer, &track, pts, self->found, (guint)n, most);
  fill_timings (timings, &job.spent);
  GST_LOG_OBJECT (self, "%d bodies: detector %s, network %" G_GINT64_FORMAT " us", n,
                  job.spent.detector_ran ? "ran" : "rested", job.spent.network / 1000);
  return gst_tfc_poses_to_results (model->source, pts, self->found, (guint)n);
}

/* ---- properties ---- */

static gpointer
settings_of (GObject *object)
{
  return &GST_TFC_POSE_DETECTOR (object)->settings;
}

#define FIELD(field) G_STRUCT_OFFSET (GstTfcPoseSettings, field)
#define OPTION(field) G_STRUCT_OFFSET (GstTfcPoseSettings, options.field)
#define RELOADS .flags = GST_TFC_PROPERTY_RELOADS
#define CONTROLLABLE .flags = GST_TFC_PROPERTY_CONTROLLABLE

// clang-format off
static const GstTfcProperty rows[] = {
  {"model", "Model", "Which known model runs, or of which kind model-file is; `tfc-models get` fetches them",
    GST_TFC_PROPERTY_ENUM, FIELD (model), .type = gst_tfc_pose_model_get_type, RELOADS},
  {"model-file", "Model file", "A network of model's kind, a .tflite file or the model.json of a TensorFlow.js GraphModel; of BlazePose the landmark network, whose detector is of the same format (NULL = model's own)",
    GST_TFC_PROPERTY_STRING, FIELD (model_file), RELOADS},
  {"max-poses", "Max poses", "Maximum number of people per frame; networks for one person find one",
    GST_TFC_PROPERTY_UINT, OPTION (max_poses), 1, TFC_MAX_POSES, CONTROLLABLE},
  {"score-threshold", "Score threshold", "Only people with a score of at least this are reported, of PoseNet for several those with such a point (-1 = 0.25 with MoveNet, 0.5 with others)",
    GST_TFC_PROPERTY_FLOAT, OPTION (score_threshold), -1, 1, CONTROLLABLE},
  {"point-threshold", "Point threshold", "Only points with a score of at least this count for the box around a person",
    GST_TFC_PROPERTY_FLOAT, OPTION (point_threshold), 0, 1, CONTROLLABLE},
  {"smoothing", "Smoothing", "Smooth the points of each person over time (the reference's filters, on buffer timestamps)",
    GST_TFC_PROPERTY_BOOLEAN, OPTION (smoothing), CONTROLLABLE},
  {"mask", "Mask", "on=frame: attach the mask of the person, too, as metadata of its own; needs a BlazePose model",
    GST_TFC_PROPERTY_BOOLEAN, OPTION (mask), RELOADS},
  {"tracker", "Tracker", "MultiPose and PoseNet, tracking=none: by what people are known again from frame to frame",
    GST_TFC_PROPERTY_ENUM, OPTION (tracker), .type = gst_tfc_pose_tracker_get_type, CONTROLLABLE},
  {"internal-size", "Internal size", "Edge of the picture that PoseNet sees, in pixels; larger finds smaller people and is slower (0 = the reference's 257)",
    GST_TFC_PROPERTY_UINT, FIELD (internal_size), 0, TFC_POSE_MAX_INTERNAL_SIZE, RELOADS},
  {"black-border", "Black border", "PoseNet: what lies around the frame in the square that it sees is black, as the posenet package has it, not the frame's own edge, as pose-detection has it",
    GST_TFC_PROPERTY_BOOLEAN, OPTION (black_border), CONTROLLABLE},
  {"output-stride", "Output stride", "Pixels from one cell of PoseNet's maps to the next: 16, or 8, which is another file, finer and slower",
    GST_TFC_PROPERTY_UINT, FIELD (output_stride), 8, 16, RELOADS},
  GST_TFC_OBJECT_ROWS (GstTfcPoseSettings, objects, "looked at"),
  GST_TFC_TRACK_ROWS (GstTfcPoseSettings, track),
};
// clang-format on

static const GstTfcPoseSettings defaults = {.model = GST_TFC_POSE_MODEL_MOVENET_LIGHTNING,
                                            .output_stride = 16,
                                            .options = TFC_POSE_DEFAULTS,
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
gst_tfc_pose_detector_finalize (GObject *object)
{
  GstTfcPoseDetector *self = GST_TFC_POSE_DETECTOR (object);

  tfc_pose_state_free (self->state);
  g_free (self->found);
  G_OBJECT_CLASS (gst_tfc_pose_detector_parent_class)->finalize (object);
}

static void
gst_tfc_pose_detector_init (GstTfcPoseDetector *self)
{
  self->state = tfc_pose_state_new ();
  self->found = g_new0 (TfcPose, TFC_MAX_POSES);
}

static void
gst_tfc_pose_detector_class_init (GstTfcPoseDetectorClass *klass)
{
  GstTfcAnalyzerClass *analyzer = GST_TFC_ANALYZER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gst_tfc_pose_detector_finalize;
  gst_tfc_analyzer_class_install (analyzer, &table);
  gst_element_class_set_static_metadata (
      GST_ELEMENT_CLASS (klass), "Pose detector", "Filter/Analyzer/Video",
      "Finds the bodies of people and attaches their points to buffers as metadata",
      "The tfc authors");
  analyzer->message = "tfcpose";
  analyzer->stages = GST_TFC_STAGE_BIT (SAMPLE) | GST_TFC_STAGE_BIT (DETECTOR) |
                     GST_TFC_STAGE_BIT (NETWORK) | GST_TFC_STAGE_BIT (DECODE);
  analyzer->dup_config = gst_tfc_pose_detector_dup_config;
  analyzer->open_model = gst_tfc_pose_detector_open_model;
  analyzer->process = process;
  analyzer->reset = reset;
}
