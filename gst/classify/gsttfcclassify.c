/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/**
 * SECTION:element-tfcclassify
 * @title: tfcclassify
 * @short_description: says what a frame or each object shows: ImageNet's 1000 classes, a custom
 *   classifier's, or classes that are taught while playing
 *
 * Attaches a #GstTfcClassMeta to each buffer: the surest classes with their scores, of the whole
 * frame or of each object that tfcdetect upstream has detected. Pixels are neither copied nor
 * changed. tfcoverlay draws a legend.
 *
 * docs/guide/classify.md describes every property, signal, message and error.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 v4l2src ! tfcclassify ! tfcoverlay ! videoconvert ! autovideosink
 * ]|
 * Says what a camera sees.
 * |[
 * gst-launch-1.0 v4l2src ! tfcdetect base-model=mobilenet-v1-quant classes=dog ! \
 *   tfcclassify on=objects top-k=1 ! tfcoverlay ! videoconvert ! autovideosink
 * ]|
 * Names the breed of each dog.
 *
 * Since: 0.1
 */
#include "gst/classify/gsttfcclassify-private.h"

GST_DEBUG_CATEGORY (gst_tfc_classify_debug);

G_DEFINE_FINAL_TYPE_WITH_CODE (GstTfcClassify, gst_tfc_classify, GST_TYPE_TFC_ANALYZER,
                               GST_DEBUG_CATEGORY_INIT (gst_tfc_classify_debug, "tfcclassify", 0,
                                                        "classes of frames and objects"))
GST_ELEMENT_REGISTER_DEFINE (tfcclassify, "tfcclassify", GST_RANK_NONE, GST_TYPE_TFC_CLASSIFY)

/* ---- a frame ---- */

/* One frame on its way. */
typedef struct {
  GstTfcClassify *self;
  TfcClassifier *classifier;
  const TfcFrame *frame;
  TfcLabels *labels;
  TfcClassifierOptions options;
  GstClockTime pts, again;
  TfcClassifierTimes spent;
  guint runs, n; /* n: classes in self->reported */
} Job;

static void
report (Job *job, const TfcClass *classes, guint n, guint64 object_id)
{
  for (guint i = 0; i < n; i++)
    job->self->reported[job->n++] = (GstTfcClass){
        .class_id = classes[i].class_id,
        .score = classes[i].score,
        .rank = i,
        .object_id = object_id,
        .label = gst_tfc_taught_label (&job->self->taught, job->labels, classes[i].class_id)};
}

/* region NULL: the whole frame. keep: this is what learn teaches. */
static gboolean
classify (Job *job, const TfcBox *region, gboolean keep, TfcClass *out, guint *n, GError **error)
{
  if (!tfc_classifier_run (job->classifier, job->frame, region, &job->spent, error))
    return FALSE;
  *n = gst_tfc_taught_classes (&job->self->taught, job->classifier, &job->options, keep, out);
  job->runs++;
  return TRUE;
}

/* One that was classified a moment ago is not classified again, and leaves its place to another. */
static gboolean
classify_object (Job *job, const GstTfcUpstreamObject *object, gboolean surest, guint max,
                 GError **error)
{
  TfcObjectMemory *memory = job->self->memory;
  const gboolean timed = object->tracked && GST_CLOCK_TIME_IS_VALID (job->pts);
  TfcClass found[TFC_MAX_CLASSES];
  const TfcClass *classes = NULL;
  guint n = 0;

  if (timed && job->again)
    classes = tfc_object_memory_recall (memory, object->object_id, job->pts, job->again, &n);
  if (!classes) {
    if (job->runs == max)
      return TRUE;
    if (!classify (job, &object->box, surest, found, &n, error))
      return FALSE;
    if (timed && job->again)
      tfc_object_memory_keep (memory, object->object_id, job->pts, found, n);
    classes = found;
  }
  report (job, classes, n, object->object_id);
  return TRUE;
}

static gboolean
classify_all (Job *job, guint max, GError **error)
{
  GstTfcClassify *self = job->self;
  TfcClass found[TFC_MAX_CLASSES];
  GstTfcObjects objects;
  guint n = 0;

  if (!gst_tfc_analyzer_objects (GST_TFC_ANALYZER (self), &self->settings.objects,
                                 GST_TFC_MAX_OBJECTS, &objects)) {
    if (!classify (job, NULL, TRUE, found, &n, error))
      return FALSE;
    report (job, found, n, 0);
    return TRUE;
  }
  for (guint i = 0; i < objects.n; i++)
    if (!classify_object (job, &objects.object[i], i == 0, max, error))
      return FALSE;
  return TRUE;
}

static gboolean
options_equal (const TfcClassifierOptions *a, const TfcClassifierOptions *b)
{
  return a->top_k == b->top_k && a->score_threshold == b->score_threshold && a->k == b->k;
}

static GstTfcResults *
process (GstTfcAnalyzer *analyzer, GstTfcModel *model, const TfcFrame *frame, GstClockTime pts,
         GstTfcTimings *timings, GError **error)
{
  GstTfcClassify *self = GST_TFC_CLASSIFY (analyzer);
  Job job = {.self = self, .frame = frame, .labels = model->labels, .pts = pts};
  const gboolean changed = gst_tfc_taught_begin (&self->taught, model);
  gboolean ok;
  guint max;

  GST_OBJECT_LOCK (self);
  job.options = self->settings.options;
  job.again = (GstClockTime)self->settings.again * GST_MSECOND;
  max = self->settings.objects.max_objects;
  GST_OBJECT_UNLOCK (self);
  if (changed || model != self->model || !options_equal (&job.options, &self->options))
    tfc_object_memory_clear (self->memory);
  self->options = job.options;
  self->model = model;
  job.classifier = gst_tfc_model_acquire (model);
  ok = classify_all (&job, max, error);
  gst_tfc_model_release (model);
  if (!ok)
    return NULL;
  timings->ns[GST_TFC_STAGE_SAMPLE] = job.runs ? job.spent.sample : -1;
  timings->ns[GST_TFC_STAGE_NETWORK] = job.runs ? job.spent.network : -1;
  GST_LOG_OBJECT (self, "%u classes, %u runs of the network in %" G_GINT64_FORMAT " us", job.n,
                  job.runs, job.spent.network / 1000);
  return gst_tfc_results_new_classes (model->source, pts, self->reported, job.n);
}

static void
reset (GstTfcAnalyzer *analyzer)
{
  GstTfcClassify *self = GST_TFC_CLASSIFY (analyzer);

  tfc_object_memory_clear (self->memory);
  gst_tfc_taught_forget_seen (&self->taught);
  self->model = NULL;
}

/* ---- properties ---- */

static gpointer
settings_of (GObject *object)
{
  return &GST_TFC_CLASSIFY (object)->settings;
}

#define FIELD(field) G_STRUCT_OFFSET (GstTfcClassifySettings, field)
#define RELOADS .flags = GST_TFC_PROPERTY_RELOADS
#define CONTROLLABLE .flags = GST_TFC_PROPERTY_CONTROLLABLE

// clang-format off
static const GstTfcProperty rows[] = {
  {"model", "Model", "Which known model runs while model-file is not set; `tfc-models get` fetches them",
    GST_TFC_PROPERTY_ENUM, FIELD (model), .type = gst_tfc_classify_model_get_type, RELOADS},
  {"model-file", "Model file", "Custom classifier, a .tflite file or the model.json of a TensorFlow.js GraphModel; overrides model (NULL = model runs)",
    GST_TFC_PROPERTY_STRING, FIELD (model_file), RELOADS},
  {"label-file", "Label file", "Names of the classes, one a line, lines of \"id name\", or a label_map.pbtxt (NULL = those packed in or beside the model)",
    GST_TFC_PROPERTY_STRING, FIELD (label_file), RELOADS},
  {"examples-file", "Examples file", "Examples of classes that are reported in place of the network's own, as `save` writes them (NULL = none but those that are taught)",
    GST_TFC_PROPERTY_STRING, FIELD (examples_file), RELOADS},
  {"top-k", "Top k", "Maximum number of classes of a frame or of an object, highest scores first",
    GST_TFC_PROPERTY_UINT, FIELD (options.top_k), 1, TFC_MAX_CLASSES, CONTROLLABLE},
  {"score-threshold", "Score threshold", "Only classes with a score of at least this are reported",
    GST_TFC_PROPERTY_FLOAT, FIELD (options.score_threshold), 0, 1, CONTROLLABLE},
  {"k", "K", "How many of the examples that are most similar vote for a class",
    GST_TFC_PROPERTY_UINT, FIELD (options.k), 1, TFC_KNN_MAX_K, CONTROLLABLE},
  GST_TFC_OBJECT_ROWS (GstTfcClassifySettings, objects, "classified"),
  {"again", "Again", "on=objects: a tracked object is classified again after so many milliseconds (0 = on every frame)",
    GST_TFC_PROPERTY_UINT, FIELD (again), 0, G_MAXUINT, CONTROLLABLE},
};
// clang-format on

static const GstTfcClassifySettings defaults = {.model = GST_TFC_CLASSIFY_MODEL_MOBILENET_V1_025,
                                                .options = TFC_CLASSIFIER_DEFAULTS,
                                                .objects = GST_TFC_OBJECT_DEFAULTS,
                                                .again = 500};
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
gst_tfc_classify_finalize (GObject *object)
{
  GstTfcClassify *self = GST_TFC_CLASSIFY (object);

  gst_tfc_taught_clear (&self->taught);
  tfc_object_memory_free (self->memory);
  g_free (self->reported);
  G_OBJECT_CLASS (gst_tfc_classify_parent_class)->finalize (object);
}

static void
gst_tfc_classify_init (GstTfcClassify *self)
{
  gst_tfc_taught_init (&self->taught);
  self->memory = tfc_object_memory_new ();
  self->reported = g_new0 (GstTfcClass, GST_TFC_MAX_OBJECTS * TFC_MAX_CLASSES);
}

static void
gst_tfc_classify_class_init (GstTfcClassifyClass *klass)
{
  GstTfcAnalyzerClass *analyzer = GST_TFC_ANALYZER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gst_tfc_classify_finalize;
  gst_tfc_analyzer_class_install (analyzer, &table);
  gst_tfc_classify_install_signals (klass);
  gst_element_class_set_static_metadata (
      GST_ELEMENT_CLASS (klass), "Image classifier", "Filter/Analyzer/Video",
      "Classifies frames or detected objects and attaches the classes to buffers as metadata",
      "The tfc authors");
  analyzer->message = "tfcclassify";
  analyzer->stages = GST_TFC_STAGE_BIT (SAMPLE) | GST_TFC_STAGE_BIT (NETWORK);
  analyzer->dup_config = gst_tfc_classify_dup_config;
  analyzer->open_model = gst_tfc_classify_open_model;
  analyzer->process = process;
  analyzer->reset = reset;
}
