/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/**
 * SECTION:element-tfcdetect
 * @title: tfcdetect
 * @short_description: detects objects: the 80 classes of COCO-SSD, or those of a custom SSD
 *
 * Attaches a #GstTfcDetectionMeta to each buffer: a box, a class and a score for each object. For
 * other elements and applications it also attaches a #GstVideoRegionOfInterestMeta per object and,
 * with GStreamer 1.24 or newer, GstAnalytics metadata. Pixels are neither copied nor changed.
 * tfcoverlay draws the boxes.
 *
 * docs/guide/detect.md describes every property, message and error.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 v4l2src ! tfcdetect base-model=mobilenet-v1-quant ! tfcoverlay ! videoconvert ! \
 *   autovideosink
 * ]|
 * Draws boxes around the objects that a camera sees.
 * |[
 * gst-launch-1.0 -m filesrc location=street.mp4 ! decodebin ! tfcdetect \
 *   base-model=mobilenet-v1-quant classes=person,bicycle post-messages=changes ! fakesink
 * ]|
 * Prints a message whenever the number of people or bicycles in a video changes.
 *
 * Since: 0.1
 */
#include "gst/detect/gsttfcdetect-private.h"

GST_DEBUG_CATEGORY (gst_tfc_detect_debug);

G_DEFINE_FINAL_TYPE_WITH_CODE (GstTfcDetect, gst_tfc_detect, GST_TYPE_TFC_ANALYZER,
                               GST_DEBUG_CATEGORY_INIT (gst_tfc_detect_debug, "tfcdetect", 0,
                                                        "COCO-SSD objects"))
GST_ELEMENT_REGISTER_DEFINE (tfcdetect, "tfcdetect", GST_RANK_NONE, GST_TYPE_TFC_DETECT)

/* ---- a frame ---- */

/* Those of the network: a tracker wants to see more than is reported. */
static TfcSsdOptions
options_of (const TfcSsdOptions *asked, const GstTfcTrackSettings *track)
{
  TfcSsdOptions options = *asked;

  if (track->tracking == GST_TFC_TRACKING_NONE)
    return options;
  options.score_threshold = MIN (options.score_threshold, TFC_MOTION_LOWEST);
  options.max_detections = TFC_MOTION_FOUND;
  return options;
}

/* How many of n are above threshold; the surest come first. */
static guint
count_sure (const TfcDetection *found, gint n, gfloat threshold)
{
  gint sure = 0;

  while (sure < n && found[sure].score > threshold)
    sure++;
  return (guint)sure;
}

static GstTfcResults *
process (GstTfcAnalyzer *analyzer, GstTfcModel *model, const TfcFrame *frame, GstClockTime pts,
         GstTfcTimings *timings, GError **error)
{
  GstTfcDetect *self = GST_TFC_DETECT (analyzer);
  TfcSsdTimes spent = {0};
  GstTfcTrackSettings track;
  TfcSsdOptions asked, options;
  guint n_sure;
  gint n;

  GST_OBJECT_LOCK (self);
  asked = self->settings.options;
  track = self->settings.track;
  GST_OBJECT_UNLOCK (self);
  options = options_of (&asked, &track);
  options.classes = gst_tfc_analyzer_classes (analyzer);
  n = gst_tfc_detect_look (self, gst_tfc_model_acquire (model), frame, &options,
                           self->scratch->found, G_N_ELEMENTS (self->scratch->found), &spent,
                           error);
  gst_tfc_model_release (model);
  if (n < 0)
    return NULL;
  n_sure = count_sure (self->scratch->found, n, asked.score_threshold);
  n = (gint)gst_tfc_analyzer_track (analyzer, &track, asked.score_threshold, pts,
                                    self->scratch->found, (guint)n, asked.max_detections);
  gst_tfc_detect_learn (self, self->scratch->found, (guint)n, n_sure);
  timings->runs = self->scratch->look.n_crops;
  for (gint i = 0; i < n; i++) {
    const TfcDetection *d = &self->scratch->found[i];
    self->scratch->reported[i] = (GstTfcDetection){
        d->box.x,     d->box.y,      d->box.w,         d->box.h,
        d->score,     d->class_id,   d->track_id,      tfc_labels_name (model->labels, d->class_id),
        d->track.age, d->track.seen, d->track.speed_x, d->track.speed_y};
  }
  timings->ns[GST_TFC_STAGE_SAMPLE] = spent.sample;
  timings->ns[GST_TFC_STAGE_NETWORK] = spent.network;
  timings->ns[GST_TFC_STAGE_DECODE] = spent.decode;
  GST_LOG_OBJECT (self,
                  "%d objects: sampled in %" G_GINT64_FORMAT ", run in %" G_GINT64_FORMAT
                  ", decoded in %" G_GINT64_FORMAT " us",
                  n, spent.sample / 1000, spent.network / 1000, spent.decode / 1000);
  return gst_tfc_results_new_detections (model->source, pts, self->scratch->reported, (guint)n);
}

static void
reset (GstTfcAnalyzer *analyzer)
{
  gst_tfc_detect_look_reset (&GST_TFC_DETECT (analyzer)->scratch->look);
}

/* ---- properties ---- */

static gpointer
settings_of (GObject *object)
{
  return &GST_TFC_DETECT (object)->settings;
}

#define FIELD(field) G_STRUCT_OFFSET (GstTfcDetectSettings, field)
#define RELOADS .flags = GST_TFC_PROPERTY_RELOADS
#define CONTROLLABLE .flags = GST_TFC_PROPERTY_CONTROLLABLE

// clang-format off
static const GstTfcProperty rows[] = {
  {"base-model", "Base model", "Which known model runs while model-file is not set; `tfc-models get` fetches them",
    GST_TFC_PROPERTY_ENUM, FIELD (base_model), .type = gst_tfc_base_model_get_type, RELOADS},
  {"model-file", "Model file", "Custom SSD model, a .tflite file or the model.json of a TensorFlow.js GraphModel; overrides base-model (NULL = base-model runs)",
    GST_TFC_PROPERTY_STRING, FIELD (model_file), RELOADS},
  {"label-file", "Label file", "Names of the classes: one a line from class 0, lines of \"id name\", or a label_map.pbtxt (NULL = those packed in or beside the model, else COCO's)",
    GST_TFC_PROPERTY_STRING, FIELD (label_file), RELOADS},
  {"anchors", "Anchors", "Anchors of a model-file without a post-processing op: its pipeline.config, or four numbers a line (NULL = those in or beside the model)",
    GST_TFC_PROPERTY_STRING, FIELD (anchors), RELOADS},
  {"max-detections", "Max detections", "Maximum number of objects per frame, highest scores first",
    GST_TFC_PROPERTY_UINT, FIELD (options.max_detections), 1, TFC_MAX_DETECTIONS, CONTROLLABLE},
  {"score-threshold", "Score threshold", "Only objects with a score above this are reported",
    GST_TFC_PROPERTY_FLOAT, FIELD (options.score_threshold), 0, 1, CONTROLLABLE},
  {"iou-threshold", "IoU threshold", "NMS threshold: the lower-scoring of two boxes whose IoU (intersection over union) is at least this is dropped",
    GST_TFC_PROPERTY_FLOAT, FIELD (options.iou_threshold), 0, 1, CONTROLLABLE},
  {"regions", "Regions", "Further runs of the network on a frame, on crops: moving places first, then what was found and not seen since, then the next tile of a sweep (0 = none)",
    GST_TFC_PROPERTY_UINT, FIELD (regions.regions), 0, TFC_MAX_REGIONS, CONTROLLABLE},
  {"full-every", "Full every", "With regions: the whole frame (or roi) is looked at on every n-th analysed frame",
    GST_TFC_PROPERTY_UINT, FIELD (regions.full_every), 1, G_MAXUINT, CONTROLLABLE},
  {"motion-gate", "Motion gate", "Do not run the network while nothing moves and what is tracked stands still; results are held",
    GST_TFC_PROPERTY_BOOLEAN, FIELD (regions.motion_gate), CONTROLLABLE},
  {"gate-max", "Gate max", "motion-gate: the network runs at least every so many milliseconds",
    GST_TFC_PROPERTY_UINT, FIELD (regions.gate_max), 0, G_MAXUINT, CONTROLLABLE},
  GST_TFC_TRACK_ROWS (GstTfcDetectSettings, track),
};
// clang-format on

static const GstTfcDetectSettings defaults = {.base_model = GST_TFC_BASE_MODEL_LITE_MOBILENET_V2,
                                              .options = TFC_SSD_DEFAULTS,
                                              .regions = GST_TFC_REGION_DEFAULTS,
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
gst_tfc_detect_finalize (GObject *object)
{
  gst_tfc_detect_look_clear (&GST_TFC_DETECT (object)->scratch->look);
  g_free (GST_TFC_DETECT (object)->scratch);
  G_OBJECT_CLASS (gst_tfc_detect_parent_class)->finalize (object);
}

static void
gst_tfc_detect_init (GstTfcDetect *self)
{
  self->scratch = g_malloc0 (sizeof *self->scratch);
  gst_tfc_detect_look_init (&self->scratch->look);
}

static void
gst_tfc_detect_class_init (GstTfcDetectClass *klass)
{
  GstTfcAnalyzerClass *analyzer = GST_TFC_ANALYZER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gst_tfc_detect_finalize;
  gst_tfc_analyzer_class_install (analyzer, &table);
  gst_tfc_analyzer_class_install_filter (analyzer);
  gst_element_class_set_static_metadata (
      GST_ELEMENT_CLASS (klass), "Object detector", "Filter/Analyzer/Video",
      "Detects objects (COCO-SSD or a custom SSD) and attaches them to buffers as metadata",
      "The tfc authors");
  analyzer->message = "tfcdetect";
  analyzer->stages =
      GST_TFC_STAGE_BIT (SAMPLE) | GST_TFC_STAGE_BIT (NETWORK) | GST_TFC_STAGE_BIT (DECODE);
  analyzer->dup_config = gst_tfc_detect_dup_config;
  analyzer->open_model = gst_tfc_detect_open_model;
  analyzer->glance = gst_tfc_detect_glance;
  analyzer->process = process;
  analyzer->reset = reset;
  analyzer->max_areas = TFC_MAX_AREAS;
}
