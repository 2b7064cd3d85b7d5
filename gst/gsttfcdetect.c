/* SPDX-License-Identifier: LGPL-2.1-or-later */
// clang-format off
/**
 * SECTION:element-tfcdetect
 * @title: tfcdetect
 * @short_description: sees 80 kinds of everyday objects (COCO-SSD)
 *
 * Looks for objects in raw video and notes on each buffer where they are, what they are and how
 * sure that is: a #GstTfcDetectionMeta, and for older tools one #GstVideoRegionOfInterestMeta per
 * object. The picture goes on as it came, not copied, not converted. To see the boxes put
 * tfcoverlay behind it.
 *
 * `mode=latest` is for displays with an engine slower than the camera: buffers pass at once, with the
 * newest result there is, marked as held, its PTS that of the picture it was found on; the engine
 * takes the newest picture whenever it is free. Objects are not
 * tracked, so their boxes stay where they were. No latency is added; `stats` tells the lag. The
 * engine holds a reference to the buffer it looks at: pixels are copied only if an element behind writes on them
 * meanwhile. At EOS what was taken in is finished first; a flush drops it.
 *
 * Elements in a process that use the same files, backend and number of threads share the networks
 * (`share`), one running after the other.
 *
 * Any size and stride in the common 8-bit formats is read as it is; colour matrix and range are the
 * caps'. Of interlaced frames the top field is looked at. Pixels need not be square.
 *
 * `model-file` takes one's own SSD: a .tflite that ends in TFLite_Detection_PostProcess, one that
 * ends before it (`anchors` then names its pipeline.config or another file with its anchors, unless
 * they are packed in the model or lie beside it), or a TensorFlow.js GraphModel. Names of classes come
 * from `label-file`, else from the labels packed in the model, else from a label file beside it. Model, backend, threads and filters may be changed
 * while playing: the new network is loaded beside the old one and takes over between two buffers;
 * if it cannot be loaded there is a warning, the old one goes on and the properties go back to what
 * runs. Element messages tell: `model-loading`, `model-loaded`, `model-failed`.
 *
 * With `post-messages` the results are also element messages: a structure `tfcdetect` with
 * timestamp, stream-time, running-time and an array `detections` of {label, class_id, score,
 * track_id, x, y, w, h}.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 v4l2src ! videoconvert ! tfcdetect base-model=mobilenet-v1-quant ! \
 *   tfcoverlay ! videoconvert ! autovideosink
 * ]|
 * A camera with what it sees drawn on it.
 * |[
 * gst-launch-1.0 -m filesrc location=street.mp4 ! decodebin ! videoconvert ! \
 *   tfcdetect base-model=mobilenet-v1-quant classes=person,bicycle score-threshold=0.6 \
 *   post-messages=changes ! fakesink
 * ]|
 * Prints a message whenever another number of people or bicycles is seen in a film.
 *
 * Since: 0.1
 */
// clang-format on
#include "gsttfcdetect.h"
#include "gsttfcdetectengine.h"
#include "gsttfcerror.h"

GST_DEBUG_CATEGORY_STATIC (gst_tfc_detect_debug);
#define GST_CAT_DEFAULT gst_tfc_detect_debug

#define DEFAULT_BASE_MODEL GST_TFC_BASE_MODEL_LITE_MOBILENET_V2
#define DEFAULT_MAX_DETECTIONS 20
#define DEFAULT_SCORE_THRESHOLD 0.5f
#define DEFAULT_IOU_THRESHOLD 0.5f

enum {
  PROP_0,
  PROP_BASE_MODEL,
  PROP_MODEL_FILE,
  PROP_LABEL_FILE,
  PROP_ANCHORS,
  PROP_MAX_DETECTIONS,
  PROP_SCORE_THRESHOLD,
  PROP_IOU_THRESHOLD,
  PROP_CLASSES,
  PROP_EXCLUDE_CLASSES
};

struct _GstTfcDetect {
  GstTfcAnalyzer parent;
  /* Under the lock: */
  GstTfcDetectChoice choice;
  TfcSsdOptions options; /* classes: unused */
  /* Streaming thread: */
  TfcSsdOptions now;
  GBytes *filter; /* owns now.classes */
};

G_DEFINE_FINAL_TYPE_WITH_CODE (GstTfcDetect, gst_tfc_detect, GST_TFC_TYPE_ANALYZER,
                               GST_DEBUG_CATEGORY_INIT (gst_tfc_detect_debug, "tfcdetect", 0,
                                                        "COCO-SSD objects"))
GST_ELEMENT_REGISTER_DEFINE (tfcdetect, "tfcdetect", GST_RANK_NONE, GST_TFC_TYPE_DETECT)

static const gchar *const stages[] = {"sample", "network", "decode", "total", NULL};

static gpointer
choose (GstTfcAnalyzer *analyzer)
{
  return gst_tfc_detect_choice_copy (&GST_TFC_DETECT (analyzer)->choice);
}

/* Not the filters: those that stand were checked against the engine that goes on. */
static void
restore (GstTfcAnalyzer *analyzer, gpointer data)
{
  GstTfcDetectChoice *to = &GST_TFC_DETECT (analyzer)->choice;
  const GstTfcDetectChoice *from = data;

  to->base_model = from->base_model;
  g_free (to->model_file);
  to->model_file = g_strdup (from->model_file);
  g_free (to->label_file);
  to->label_file = g_strdup (from->label_file);
  g_free (to->anchors);
  to->anchors = g_strdup (from->anchors);
}

static void
snapshot (GstTfcAnalyzer *analyzer, gpointer data)
{
  GstTfcDetect *self = GST_TFC_DETECT (analyzer);
  GstTfcDetectEngine *engine = data;

  self->now = self->options;
  if (self->filter != engine->filter) {
    g_clear_pointer (&self->filter, g_bytes_unref);
    self->filter = engine->filter ? g_bytes_ref (engine->filter) : NULL;
  }
  self->now.classes = self->filter ? g_bytes_get_data (self->filter, NULL) : NULL;
}

static GstTfcResults *
run (GstTfcAnalyzer *analyzer, gpointer data, const TfcFrame *frame, GstClockTime pts,
     gint64 *times, GError **error)
{
  GstTfcDetect *self = GST_TFC_DETECT (analyzer);
  GstTfcDetectEngine *engine = data;
  TfcLabels *labels = tfc_ssd_labels (engine->ssd);
  TfcSsdTimes spent = {0};
  gint n;

  gst_tfc_network_take (engine->network);
  n = tfc_ssd_run (engine->ssd, frame, &self->now, engine->found, G_N_ELEMENTS (engine->found),
                   &spent, error);
  gst_tfc_network_give (engine->network);
  if (n < 0)
    return NULL;
  for (gint i = 0; i < n; i++) {
    const TfcDetection *d = &engine->found[i];
    engine->seen[i] = (GstTfcDetection){
        d->box.x, d->box.y,    d->box.w,    d->box.h,
        d->score, d->class_id, d->track_id, tfc_labels_name (labels, d->class_id)};
  }
  times[0] = spent.sample;
  times[1] = spent.network;
  times[2] = spent.decode;
  return gst_tfc_results_new_detections (engine->model, pts, engine->seen, n);
}

/* New class filters. They are checked against the labels of the network that runs; what it does not
 * know is a warning and no change. While stopped, start checks. */
static void
set_filter (GstTfcDetect *self, gboolean exclude, const gchar *text)
{
  GstTfcAnalyzer *analyzer = GST_TFC_ANALYZER (self);
  g_autoptr (GError) error = NULL;
  gchar **field = exclude ? &self->choice.exclude : &self->choice.classes;
  GstTfcDetectEngine *engine;
  GBytes *filter = NULL;
  gboolean busy, good = TRUE;

  GST_OBJECT_LOCK (self);
  engine = gst_tfc_analyzer_newest (analyzer, &busy);
  if (engine)
    good =
        gst_tfc_detect_filter (tfc_ssd_labels (engine->ssd), exclude ? self->choice.classes : text,
                               exclude ? text : self->choice.exclude, &filter, &error);
  if (good) {
    g_free (*field);
    *field = g_strdup (text);
  }
  if (good && engine) {
    g_clear_pointer (&engine->filter, g_bytes_unref);
    engine->filter = filter;
    if (busy)
      gst_tfc_analyzer_reload (analyzer); /* that one was told of the old filter */
  }
  GST_OBJECT_UNLOCK (self);
  if (!good)
    gst_tfc_post_error (GST_ELEMENT (self), GST_MESSAGE_WARNING, error);
}

/* Lock held. */
static void
set_file (GstTfcDetect *self, gchar **field, const GValue *value)
{
  const gchar *text = g_value_get_string (value);

  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  gst_tfc_analyzer_reload (GST_TFC_ANALYZER (self));
}

static void
set_base_model (GstTfcDetect *self, gint base_model)
{
  if (self->choice.base_model == base_model)
    return;
  self->choice.base_model = base_model;
  gst_tfc_analyzer_reload (GST_TFC_ANALYZER (self));
}

static void
gst_tfc_detect_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GstTfcDetect *self = GST_TFC_DETECT (object);

  if (id == PROP_CLASSES || id == PROP_EXCLUDE_CLASSES) {
    set_filter (self, id == PROP_EXCLUDE_CLASSES, g_value_get_string (value));
    return;
  }
  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_BASE_MODEL:
      set_base_model (self, g_value_get_enum (value));
      break;
    case PROP_MODEL_FILE:
      set_file (self, &self->choice.model_file, value);
      break;
    case PROP_LABEL_FILE:
      set_file (self, &self->choice.label_file, value);
      break;
    case PROP_ANCHORS:
      set_file (self, &self->choice.anchors, value);
      break;
    case PROP_MAX_DETECTIONS:
      self->options.max_detections = g_value_get_uint (value);
      break;
    case PROP_SCORE_THRESHOLD:
      self->options.score_threshold = g_value_get_float (value);
      break;
    case PROP_IOU_THRESHOLD:
      self->options.iou_threshold = g_value_get_float (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_tfc_detect_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GstTfcDetect *self = GST_TFC_DETECT (object);

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_BASE_MODEL:
      g_value_set_enum (value, self->choice.base_model);
      break;
    case PROP_MODEL_FILE:
      g_value_set_string (value, self->choice.model_file);
      break;
    case PROP_LABEL_FILE:
      g_value_set_string (value, self->choice.label_file);
      break;
    case PROP_ANCHORS:
      g_value_set_string (value, self->choice.anchors);
      break;
    case PROP_MAX_DETECTIONS:
      g_value_set_uint (value, self->options.max_detections);
      break;
    case PROP_SCORE_THRESHOLD:
      g_value_set_float (value, self->options.score_threshold);
      break;
    case PROP_IOU_THRESHOLD:
      g_value_set_float (value, self->options.iou_threshold);
      break;
    case PROP_CLASSES:
      g_value_set_string (value, self->choice.classes);
      break;
    case PROP_EXCLUDE_CLASSES:
      g_value_set_string (value, self->choice.exclude);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_tfc_detect_finalize (GObject *object)
{
  GstTfcDetect *self = GST_TFC_DETECT (object);

  gst_tfc_detect_choice_clear (&self->choice);
  g_clear_pointer (&self->filter, g_bytes_unref);
  G_OBJECT_CLASS (gst_tfc_detect_parent_class)->finalize (object);
}

static void
gst_tfc_detect_init (GstTfcDetect *self)
{
  self->choice.base_model = DEFAULT_BASE_MODEL;
  self->options =
      (TfcSsdOptions){DEFAULT_SCORE_THRESHOLD, DEFAULT_IOU_THRESHOLD, DEFAULT_MAX_DETECTIONS, NULL};
}

#define PLAYING (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING)

// clang-format off
static void
install_properties (GObjectClass *object)
{
  g_object_class_install_property (object, PROP_BASE_MODEL, g_param_spec_enum ("base-model", "Base model",
      "Which of the known networks, unless model-file names one's own; `tfc-models get` fetches them",
      GST_TFC_TYPE_BASE_MODEL, DEFAULT_BASE_MODEL, PLAYING));
  g_object_class_install_property (object, PROP_MODEL_FILE, g_param_spec_string ("model-file", "Model file",
      "One's own SSD (.tflite or a GraphModel's model.json); wins over base-model", NULL, PLAYING));
  g_object_class_install_property (object, PROP_LABEL_FILE, g_param_spec_string ("label-file", "Label file",
      "Names of the classes: one a line from class 0, lines of \"id name\", or a label_map.pbtxt "
      "(NULL = packed in or beside the model, else COCO's)",
      NULL, PLAYING));
  g_object_class_install_property (object, PROP_ANCHORS, g_param_spec_string ("anchors", "Anchors",
      "Of a model-file without a post-process op: its pipeline.config, or four numbers a line "
      "(NULL = the model's own, or NAME.anchors or pipeline.config beside it)",
      NULL, PLAYING));
  g_object_class_install_property (object, PROP_MAX_DETECTIONS, g_param_spec_uint ("max-detections", "Max detections",
      "At most so many objects per frame, the surest ones", 1, TFC_SSD_MAX_DETECTIONS, DEFAULT_MAX_DETECTIONS,
      PLAYING | GST_PARAM_CONTROLLABLE));
  g_object_class_install_property (object, PROP_SCORE_THRESHOLD, g_param_spec_float ("score-threshold", "Score threshold",
      "Objects with a greater score are reported", 0, 1, DEFAULT_SCORE_THRESHOLD, PLAYING | GST_PARAM_CONTROLLABLE));
  g_object_class_install_property (object, PROP_IOU_THRESHOLD, g_param_spec_float ("iou-threshold", "IoU threshold",
      "Of two boxes that overlap by so much (intersection over union) the surer one stays",
      0, 1, DEFAULT_IOU_THRESHOLD, PLAYING | GST_PARAM_CONTROLLABLE));
  g_object_class_install_property (object, PROP_CLASSES, g_param_spec_string ("classes", "Classes",
      "Report only these: comma-separated names or class ids, as in \"person,cat,3\" (NULL = all)", NULL, PLAYING));
  g_object_class_install_property (object, PROP_EXCLUDE_CLASSES, g_param_spec_string ("exclude-classes", "Exclude classes",
      "Do not report these: comma-separated names or class ids", NULL, PLAYING));
}
// clang-format on

static void
gst_tfc_detect_class_init (GstTfcDetectClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GstTfcAnalyzerClass *analyzer = GST_TFC_ANALYZER_CLASS (klass);

  object->set_property = gst_tfc_detect_set_property;
  object->get_property = gst_tfc_detect_get_property;
  object->finalize = gst_tfc_detect_finalize;
  install_properties (object);
  gst_element_class_set_static_metadata (
      GST_ELEMENT_CLASS (klass), "Object detector", "Filter/Video",
      "Finds everyday objects (COCO-SSD) and notes them on the buffers as metadata", "tfc");

  analyzer->message = "tfcdetect";
  analyzer->stages = stages;
  analyzer->engine = gst_tfc_detect_engine;
  analyzer->choose = choose;
  analyzer->restore = restore;
  analyzer->snapshot = snapshot;
  analyzer->run = run;
  gst_type_mark_as_plugin_api (GST_TFC_TYPE_BASE_MODEL, 0);
}
