/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gst/detect/gsttfcdetect-private.h"
#include "gst/util/gsttfcerror.h"

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

void
gst_tfc_detect_set_defaults (GstTfcDetect *self)
{
  self->choice.base_model = DEFAULT_BASE_MODEL;
  self->options =
      (TfcSsdOptions){DEFAULT_SCORE_THRESHOLD, DEFAULT_IOU_THRESHOLD, DEFAULT_MAX_DETECTIONS, NULL};
}

/* Lock held. The wanted filter is new. FALSE with error set: refused. Where an engine is being
 * loaded, that one's labels decide (adopt), and the one in use takes the filter if it can. */
static gboolean
check_filter (GstTfcDetect *self, GError **error)
{
  const GstTfcEnginesNow now = gst_tfc_analyzer_engines (GST_TFC_ANALYZER (self));
  GstTfcDetectModel *newest = now.next ? now.next : now.used;
  const gboolean fits = !newest || gst_tfc_detect_use_filter (newest, &self->wanted, error);

  if (fits && now.next)
    gst_tfc_detect_use_filter (now.used, &self->wanted, NULL);
  if (fits && (newest || !now.loading)) /* stopped: start checks */
    gst_tfc_detect_filter_copy (&self->accepted, &self->wanted);
  if (now.loading)
    g_clear_error (error);
  return fits || now.loading;
}

static void
set_filter (GstTfcDetect *self, gboolean exclude, const gchar *text)
{
  gchar **field = exclude ? &self->wanted.exclude : &self->wanted.classes;
  g_autoptr (GError) error = NULL;

  GST_OBJECT_LOCK (self);
  g_free (*field);
  *field = g_strdup (text);
  if (!check_filter (self, &error))
    gst_tfc_detect_filter_copy (&self->wanted, &self->accepted);
  GST_OBJECT_UNLOCK (self);
  if (error)
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
      g_value_set_string (value, self->wanted.classes);
      break;
    case PROP_EXCLUDE_CLASSES:
      g_value_set_string (value, self->wanted.exclude);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

#define PLAYING (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING)

// clang-format off
void
gst_tfc_detect_install_properties (GObjectClass *object)
{
  object->set_property = gst_tfc_detect_set_property;
  object->get_property = gst_tfc_detect_get_property;
  g_object_class_install_property (object, PROP_BASE_MODEL, g_param_spec_enum ("base-model", "Base model",
      "Which of the known networks, unless model-file names one's own; `tfc-models get` fetches them",
      GST_TYPE_TFC_BASE_MODEL, DEFAULT_BASE_MODEL, PLAYING));
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
      "At most so many objects per frame, the surest ones", 1, TFC_MAX_DETECTIONS, DEFAULT_MAX_DETECTIONS,
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
