/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/**
 * SECTION:element-tfcsegment
 * @title: tfcsegment
 * @short_description: tells people from the background, pixel by pixel
 *
 * Attaches a #GstTfcMaskMeta to each buffer: how sure the network is that a person is at each
 * place, or which part of the body, or which of several people. Pixels are neither copied nor
 * changed. tfcoverlay blurs or replaces the background by it.
 *
 * docs/guide/segment.md describes every property, message and error.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 v4l2src ! tfcsegment ! tfcoverlay mask=blur-background ! videoconvert ! \
 *   autovideosink
 * ]|
 * Blurs what is behind whoever sits before a camera.
 *
 * Since: 0.1
 */
#include "gst/segment/gsttfcsegment-private.h"
#include "gst/analyzer/gsttfcmasks.h"

GST_DEBUG_CATEGORY (gst_tfc_segment_debug);

G_DEFINE_FINAL_TYPE_WITH_CODE (GstTfcSegment, gst_tfc_segment, GST_TYPE_TFC_ANALYZER,
                               GST_DEBUG_CATEGORY_INIT (gst_tfc_segment_debug, "tfcsegment", 0,
                                                        "masks of people"))
GST_ELEMENT_REGISTER_DEFINE (tfcsegment, "tfcsegment", GST_RANK_NONE, GST_TYPE_TFC_SEGMENT)

/* ---- a frame ---- */

static void
reset (GstTfcAnalyzer *analyzer)
{
  tfc_segment_state_reset (GST_TFC_SEGMENT (analyzer)->state);
}

static GstTfcResults *
process (GstTfcAnalyzer *analyzer, GstTfcModel *model, const TfcFrame *frame, GstClockTime pts,
         GstTfcTimings *timings, GError **error)
{
  GstTfcSegment *self = GST_TFC_SEGMENT (analyzer);
  const GstTfcSegmentSettings *opened = model->config->settings;
  GstTfcResults *results = NULL;
  TfcSegmentOptions options;
  TfcSegmentPipeline *p;
  TfcSegmentTimes spent;
  TfcMask found;

  GST_OBJECT_LOCK (self);
  options = self->settings.options;
  GST_OBJECT_UNLOCK (self);
  options.output = opened->options.output; /* which this model was checked for */
  p = gst_tfc_model_acquire (model);
  if (tfc_segment_run (p, self->state, frame, pts, &options, &found, &spent, error)) {
    const gchar *const *labels = found.kind == TFC_MASK_PARTS ? tfc_body_pix_part_names : NULL;
    results = gst_tfc_analyzer_mask_results (analyzer, model->source, pts, &found, labels);
  }
  gst_tfc_model_release (model);
  timings->ns[GST_TFC_STAGE_SAMPLE] = spent.sample;
  timings->ns[GST_TFC_STAGE_NETWORK] = spent.network;
  timings->ns[GST_TFC_STAGE_DECODE] = spent.decode;
  if (results)
    GST_LOG_OBJECT (self,
                    "%ux%u mask: sampling %" G_GINT64_FORMAT ", network %" G_GINT64_FORMAT
                    ", decoding %" G_GINT64_FORMAT " us",
                    found.width, found.height, spent.sample / 1000, spent.network / 1000,
                    spent.decode / 1000);
  return results;
}

/* ---- properties ---- */

static gpointer
settings_of (GObject *object)
{
  return &GST_TFC_SEGMENT (object)->settings;
}

#define FIELD(field) G_STRUCT_OFFSET (GstTfcSegmentSettings, field)
#define OPTION(field) G_STRUCT_OFFSET (GstTfcSegmentSettings, options.field)
#define RELOADS .flags = GST_TFC_PROPERTY_RELOADS
#define CONTROLLABLE .flags = GST_TFC_PROPERTY_CONTROLLABLE

// clang-format off
static const GstTfcProperty rows[] = {
  {"model", "Model", "Model to use when model-file is not set; `tfc-models get` fetches it",
    GST_TFC_PROPERTY_ENUM, FIELD (model), .type = gst_tfc_segment_model_get_type, RELOADS},
  {"model-file", "Model file", "Selfie segmentation (.tflite or GraphModel) or BodyPix (model.json)",
    GST_TFC_PROPERTY_STRING, FIELD (model_file), RELOADS},
  {"output", "Output", "What the values of the mask say; parts and people need a BodyPix model",
    GST_TFC_PROPERTY_ENUM, OPTION (output), .type = gst_tfc_mask_kind_get_type, RELOADS},
  {"threshold", "Threshold", "Values above this are 255, others 0; 0 keeps the probability (for parts and people 0 is BodyPix's 0.7)",
    GST_TFC_PROPERTY_FLOAT, OPTION (threshold), 0, 1, CONTROLLABLE},
  {"internal-resolution", "Internal resolution", "Size of BodyPix's input: a part of the frame's sides",
    GST_TFC_PROPERTY_ENUM, OPTION (internal_resolution), .type = gst_tfc_internal_resolution_get_type},
  {"smoothing", "Smoothing", "Mix unsure values of output=person with those of the frame before",
    GST_TFC_PROPERTY_BOOLEAN, OPTION (smoothing), CONTROLLABLE},
  {"refine", "Refine", "Draw the edges of output=person to those of the frame",
    GST_TFC_PROPERTY_BOOLEAN, OPTION (refine), CONTROLLABLE},
};
// clang-format on

static const GstTfcSegmentSettings defaults = {.model = GST_TFC_SEGMENT_MODEL_SELFIE,
                                               .options = TFC_SEGMENT_DEFAULTS};
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
gst_tfc_segment_finalize (GObject *object)
{
  tfc_segment_state_free (GST_TFC_SEGMENT (object)->state);
  G_OBJECT_CLASS (gst_tfc_segment_parent_class)->finalize (object);
}

static void
gst_tfc_segment_init (GstTfcSegment *self)
{
  self->state = tfc_segment_state_new ();
}

static void
gst_tfc_segment_class_init (GstTfcSegmentClass *klass)
{
  GstTfcAnalyzerClass *analyzer = GST_TFC_ANALYZER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gst_tfc_segment_finalize;
  gst_tfc_analyzer_class_install (analyzer, &table);
  gst_element_class_set_static_metadata (
      GST_ELEMENT_CLASS (klass), "Person segmenter", "Filter/Analyzer/Video",
      "Attaches masks of people to buffers as metadata", "The tfc authors");
  analyzer->message = "tfcsegment";
  analyzer->stages =
      GST_TFC_STAGE_BIT (SAMPLE) | GST_TFC_STAGE_BIT (NETWORK) | GST_TFC_STAGE_BIT (DECODE);
  analyzer->dup_config = gst_tfc_segment_dup_config;
  analyzer->open_model = gst_tfc_segment_open_model;
  analyzer->process = process;
  analyzer->reset = reset;
}
