/* SPDX-License-Identifier: LGPL-2.1-or-later */
/**
 * SECTION:element-tfcfacemesh
 * @title: tfcfacemesh
 * @short_description: faces, their 468-point mesh and irises
 *
 * Looks for faces in raw video and notes on each buffer where they are and what shape they have: a
 * #GstTfcFaceMeta with 468 points of the face's surface and 10 of the irises per face, and for
 * older tools one #GstVideoRegionOfInterestMeta (`face`) each. The picture goes on as it came, not
 * copied, not converted. To see the mesh put tfcoverlay behind it.
 *
 * A face that was found is followed: where its mesh was tells where to look on the next frame, and
 * the detector runs again only when faces are missing. A face keeps its track id while it is
 * followed; ids are never used again. All that is forgotten at a flush, a new segment, other caps
 * and a discontinuity that goes back by more than a frame or ahead by more than a second; lost frames
 * and lossy networks do no harm.
 *
 * `mode=latest` is for displays with an engine slower than the camera: buffers pass at once, with
 * the newest result there is, marked as held, its PTS that of the picture it was found on; the
 * engine takes the newest picture whenever it is free. Faces are moved on to the buffer's time as
 * they moved between the last two analyses. No latency is added; `stats` tells the lag. The engine
 * holds a reference to the buffer it looks at: pixels are copied only if an element behind writes
 * on them meanwhile. At EOS what was taken in is finished first; a flush drops it.
 *
 * Elements in a process that use the same files, backend and number of threads share the networks
 * (`share`), one running after the other.
 *
 * Frames of any size and stride are read as they are, 8 to 16 bits, 4:2:0 to 4:4:4, RGB and gray,
 * as cameras and decoders give them: no videoconvert before. Colour matrix and range are the caps'.
 * Of interlaced frames the top field is looked at. Pixels need not be square, but the
 * networks know faces of square pixels best.
 *
 * Every property may be changed at any time, also while the first networks are being loaded. Numbers
 * take effect on the next frame. For another detector, mesh model, backend or number of threads the
 * new networks are loaded beside the old ones and take over between two buffers, faces being followed
 * all the while; changes that follow each other closely are one. If they cannot be loaded there is a
 * warning, the old ones go on and the properties are set back to what runs, with notifications (from
 * the thread that loads). Element messages tell: `model-loading`, `model-loaded`, `model-failed`.
 *
 * Every buffer has its metadata; with `mode=latest` those before the first result have none. A
 * frame that is flagged GAP (videorate, livesync and intervideosrc flag repeated pictures so)
 * carries the last results, marked as held, and is analysed only where there are none, or where data
 * was lost right before it (DISCONT): what it repeats may never have come here.
 *
 * In live pipelines `mode=sync` adds the time that a buffer waits, as it is measured, to the latency,
 * and posts a latency message when that grows by a quarter; `mode=latest` adds none. With `qos`
 * frames that are late pass unanalysed, and each of them is told of by a QoS message; frames are never
 * dropped. `threads-used` notifies when it changes; `stats` at the start, at other networks, at EOS
 * and at the stop, and while frames flow at most once a second if a handler is connected to it.
 *
 * With `post-messages` the results are also element messages: a structure `tfcfacemesh` with
 * timestamp, stream-time, running-time, model and an array `faces`.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 v4l2src ! videoconvert ! tfcfacemesh ! tfcoverlay ! videoconvert ! autovideosink
 * ]|
 * A camera with the mesh of one face and its irises drawn on it.
 * |[
 * gst-launch-1.0 -m filesrc location=group.mp4 ! decodebin ! tfcfacemesh max-faces=20
 * detector=full-range smoothing=true post-messages=changes ! fakesink
 * ]|
 * Prints a message whenever another number of faces is seen in a film.
 *
 * Since: 0.1
 */
#include "gst/facemesh/gsttfcfacemesh.h"
#include "gst/util/gsttfcdebug.h"
#include "gst/facemesh/gsttfcfacemeshmodel.h"

GST_DEBUG_CATEGORY (gst_tfc_face_mesh_debug);
#define GST_CAT_DEFAULT gst_tfc_face_mesh_debug

#define DEFAULT_DETECTOR GST_TFC_FACE_DETECTOR_SHORT_RANGE
#define DEFAULT_MESH_MODEL GST_TFC_MESH_MODEL_PLAIN
#define DEFAULT_MAX_FACES 1
#define DEFAULT_PREDICT_IRISES TRUE
#define DEFAULT_DETECTION_CONFIDENCE 0.9f
#define DEFAULT_SCORE_THRESHOLD 0.75f
#define DEFAULT_IOU_THRESHOLD 0.3f
#define DEFAULT_MAX_CONTINUOUS_CHECKS 5
#define DEFAULT_SMOOTHING FALSE

enum {
  PROP_0,
  PROP_DETECTOR,
  PROP_MESH_MODEL,
  PROP_MAX_FACES,
  PROP_PREDICT_IRISES,
  PROP_DETECTION_CONFIDENCE,
  PROP_SCORE_THRESHOLD,
  PROP_IOU_THRESHOLD,
  PROP_MAX_CONTINUOUS_CHECKS,
  PROP_SMOOTHING
};

struct _GstTfcFaceMesh {
  GstTfcAnalyzer parent;
  /* Under the lock: */
  gint detector, mesh_model;
  TfcFaceOptions options;
  /* Streaming thread: */
  TfcFaceOptions now;
  TfcFaceState *state;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (GstTfcFaceMesh, gst_tfc_face_mesh, GST_TYPE_TFC_ANALYZER,
                               GST_DEBUG_CATEGORY_INIT (gst_tfc_face_mesh_debug, "tfcfacemesh", 0,
                                                        "faces, meshes and irises"))
GST_ELEMENT_REGISTER_DEFINE (tfcfacemesh, "tfcfacemesh", GST_RANK_NONE, GST_TYPE_TFC_FACE_MESH)

static const gchar *const stages[] = {"sample", "detector", "mesh", "iris",
                                      "decode", "total",    NULL};

static gpointer
choose (GstTfcAnalyzer *analyzer)
{
  GstTfcFaceMesh *self = GST_TFC_FACE_MESH (analyzer);
  GstTfcFaceMeshConfig *choice = g_new (GstTfcFaceMeshConfig, 1);

  *choice = (GstTfcFaceMeshConfig){self->detector, self->mesh_model, self->options.predict_irises};
  return choice;
}

static void
restore (GstTfcAnalyzer *analyzer, gpointer data, GstTfcReverts *reverts)
{
  GstTfcFaceMesh *self = GST_TFC_FACE_MESH (analyzer);
  const GstTfcFaceMeshConfig *from = data;

  if (self->detector != from->detector)
    gst_tfc_reverts_add (reverts, "detector");
  self->detector = from->detector;
  if (self->mesh_model != from->mesh)
    gst_tfc_reverts_add (reverts, "mesh-model");
  self->mesh_model = from->mesh;
  if (from->mesh == GST_TFC_MESH_MODEL_PLAIN && !from->irises && self->options.predict_irises) {
    gst_tfc_reverts_add (reverts, "predict-irises");
    self->options.predict_irises = FALSE;
  }
}

static void
snapshot (GstTfcAnalyzer *analyzer, gpointer impl)
{
  GstTfcFaceMesh *self = GST_TFC_FACE_MESH (analyzer);

  self->now = self->options;
}

static void
reset (GstTfcAnalyzer *analyzer)
{
  tfc_face_state_reset (GST_TFC_FACE_MESH (analyzer)->state);
}

G_STATIC_ASSERT (sizeof (TfcPoint) == sizeof (GstTfcPoint));

static GstTfcFace
face_of (const TfcFace *f)
{
  return (GstTfcFace){
      f->box.x,    f->box.y,    f->box.w,    f->box.h,    f->score,
      f->presence, f->track_id, f->rotation, f->n_points, (const GstTfcPoint *)f->points};
}

static GstTfcResults *
run (GstTfcAnalyzer *analyzer, gpointer data, const TfcFrame *frame, GstClockTime pts,
     gint64 *times, GError **error)
{
  GstTfcFaceMesh *self = GST_TFC_FACE_MESH (analyzer);
  GstTfcFaceMeshModel *engine = data;
  TfcFaceTimes spent;
  TfcFacePipeline *chain = gst_tfc_shared_model_acquire (engine->network);
  gint n;

  tfc_face_use_state (chain, self->state);
  n = tfc_face_run (chain, frame, pts, &self->now, engine->found, &spent, error);
  gst_tfc_shared_model_release (engine->network);
  if (n < 0)
    return NULL;
  for (gint i = 0; i < n; i++)
    engine->seen[i] = face_of (&engine->found[i]);
  times[0] = spent.sample;
  times[1] = spent.detector_ran ? spent.detector : -1;
  times[2] = spent.mesh ? spent.mesh : -1;
  times[3] = spent.iris ? spent.iris : -1;
  times[4] = spent.decode;
  GST_LOG_OBJECT (
      self, "%d faces: detector %s, mesh %" G_GINT64_FORMAT ", irises %" G_GINT64_FORMAT " us", n,
      spent.detector_ran ? "ran" : "rested", spent.mesh / 1000, spent.iris / 1000);
  return gst_tfc_results_new_faces (engine->model, pts, engine->seen, n);
}

/* Lock held. */
static void
set_choice (GstTfcFaceMesh *self, gint *field, gint value)
{
  if (*field == value)
    return;
  *field = value;
  gst_tfc_analyzer_reload (GST_TFC_ANALYZER (self));
}

/* Lock held. The iris network is only loaded when it is wanted for the first time. */
static void
set_irises (GstTfcFaceMesh *self, gboolean wanted)
{
  const GstTfcEnginesNow now = gst_tfc_analyzer_engines (GST_TFC_ANALYZER (self));
  GstTfcFaceMeshModel *newest = now.next ? now.next : now.used;
  const gboolean turned_on = wanted && !self->options.predict_irises;

  self->options.predict_irises = wanted;
  if (turned_on && (now.loading || !newest || !tfc_face_has_irises (newest->chain)))
    gst_tfc_analyzer_reload (GST_TFC_ANALYZER (self));
}

static void
gst_tfc_face_mesh_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GstTfcFaceMesh *self = GST_TFC_FACE_MESH (object);

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_DETECTOR:
      set_choice (self, &self->detector, g_value_get_enum (value));
      break;
    case PROP_MESH_MODEL:
      set_choice (self, &self->mesh_model, g_value_get_enum (value));
      break;
    case PROP_MAX_FACES:
      self->options.max_faces = g_value_get_uint (value);
      break;
    case PROP_PREDICT_IRISES:
      set_irises (self, g_value_get_boolean (value));
      break;
    case PROP_DETECTION_CONFIDENCE:
      self->options.detection_confidence = g_value_get_float (value);
      break;
    case PROP_SCORE_THRESHOLD:
      self->options.score_threshold = g_value_get_float (value);
      break;
    case PROP_IOU_THRESHOLD:
      self->options.iou_threshold = g_value_get_float (value);
      break;
    case PROP_MAX_CONTINUOUS_CHECKS:
      self->options.max_continuous_checks = g_value_get_uint (value);
      break;
    case PROP_SMOOTHING:
      self->options.smoothing = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_tfc_face_mesh_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GstTfcFaceMesh *self = GST_TFC_FACE_MESH (object);

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_DETECTOR:
      g_value_set_enum (value, self->detector);
      break;
    case PROP_MESH_MODEL:
      g_value_set_enum (value, self->mesh_model);
      break;
    case PROP_MAX_FACES:
      g_value_set_uint (value, self->options.max_faces);
      break;
    case PROP_PREDICT_IRISES:
      g_value_set_boolean (value, self->options.predict_irises);
      break;
    case PROP_DETECTION_CONFIDENCE:
      g_value_set_float (value, self->options.detection_confidence);
      break;
    case PROP_SCORE_THRESHOLD:
      g_value_set_float (value, self->options.score_threshold);
      break;
    case PROP_IOU_THRESHOLD:
      g_value_set_float (value, self->options.iou_threshold);
      break;
    case PROP_MAX_CONTINUOUS_CHECKS:
      g_value_set_uint (value, self->options.max_continuous_checks);
      break;
    case PROP_SMOOTHING:
      g_value_set_boolean (value, self->options.smoothing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_tfc_face_mesh_finalize (GObject *object)
{
  tfc_face_state_free (GST_TFC_FACE_MESH (object)->state);
  G_OBJECT_CLASS (gst_tfc_face_mesh_parent_class)->finalize (object);
}

static void
gst_tfc_face_mesh_init (GstTfcFaceMesh *self)
{
  self->detector = DEFAULT_DETECTOR;
  self->mesh_model = DEFAULT_MESH_MODEL;
  self->options = (TfcFaceOptions){
      DEFAULT_MAX_FACES,       DEFAULT_PREDICT_IRISES, DEFAULT_DETECTION_CONFIDENCE,
      DEFAULT_SCORE_THRESHOLD, DEFAULT_IOU_THRESHOLD,  DEFAULT_MAX_CONTINUOUS_CHECKS,
      DEFAULT_SMOOTHING};
  self->state = tfc_face_state_new ();
}

#define PLAYING (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING)
#define CONTROLLED (PLAYING | GST_PARAM_CONTROLLABLE)

// clang-format off
static void
install_properties (GObjectClass *object)
{
  g_object_class_install_property (object, PROP_DETECTOR, g_param_spec_enum ("detector", "Detector",
      "Network that looks for faces; `tfc-models get` fetches it", GST_TYPE_TFC_FACE_DETECTOR, DEFAULT_DETECTOR, PLAYING));
  g_object_class_install_property (object, PROP_MESH_MODEL, g_param_spec_enum ("mesh-model", "Mesh model",
      "Network that gives a face its points", GST_TYPE_TFC_MESH_MODEL, DEFAULT_MESH_MODEL, PLAYING));
  g_object_class_install_property (object, PROP_MAX_FACES, g_param_spec_uint ("max-faces", "Max faces",
      "At most so many faces are followed", 1, TFC_MAX_FACES, DEFAULT_MAX_FACES, CONTROLLED));
  g_object_class_install_property (object, PROP_PREDICT_IRISES, g_param_spec_boolean ("predict-irises", "Predict irises",
      "478 points, the last ten being the irises, and finer eyes; otherwise 468", DEFAULT_PREDICT_IRISES, CONTROLLED));
  g_object_class_install_property (object, PROP_DETECTION_CONFIDENCE, g_param_spec_float ("detection-confidence",
      "Detection confidence", "A face whose mesh is less sure than this is dropped", 0, 1, DEFAULT_DETECTION_CONFIDENCE, CONTROLLED));
  g_object_class_install_property (object, PROP_SCORE_THRESHOLD, g_param_spec_float ("score-threshold", "Score threshold",
      "Faces that the detector gives a greater score are looked at", 0, 1, DEFAULT_SCORE_THRESHOLD, CONTROLLED));
  g_object_class_install_property (object, PROP_IOU_THRESHOLD, g_param_spec_float ("iou-threshold", "IoU threshold",
      "Of two detected boxes that overlap by so much (intersection over union) the surer one stays",
      0, 1, DEFAULT_IOU_THRESHOLD, CONTROLLED));
  g_object_class_install_property (object, PROP_MAX_CONTINUOUS_CHECKS, g_param_spec_uint ("max-continuous-checks",
      "Max continuous checks", "Frames between two runs of the detector while some, but fewer than max-faces, are followed",
      0, G_MAXUINT, DEFAULT_MAX_CONTINUOUS_CHECKS, CONTROLLED));
  g_object_class_install_property (object, PROP_SMOOTHING, g_param_spec_boolean ("smoothing", "Smoothing",
      "Filter out the trembling of a face's points (one-euro filter by timestamps)", DEFAULT_SMOOTHING, CONTROLLED));
}
// clang-format on

static void
gst_tfc_face_mesh_class_init (GstTfcFaceMeshClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GstTfcAnalyzerClass *analyzer = GST_TFC_ANALYZER_CLASS (klass);

  object->set_property = gst_tfc_face_mesh_set_property;
  object->get_property = gst_tfc_face_mesh_get_property;
  object->finalize = gst_tfc_face_mesh_finalize;
  install_properties (object);
  gst_element_class_set_static_metadata (
      GST_ELEMENT_CLASS (klass), "Face mesh", "Filter/Video",
      "Finds faces, their mesh and irises and notes them on the buffers as metadata", "tfc");

  analyzer->message = "tfcfacemesh";
  analyzer->stages = stages;
  analyzer->engine = gst_tfc_face_mesh_model;
  analyzer->choose = choose;
  analyzer->restore = restore;
  analyzer->snapshot = snapshot;
  analyzer->run = run;
  analyzer->reset = reset;
  gst_type_mark_as_plugin_api (GST_TYPE_TFC_FACE_DETECTOR, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_TFC_MESH_MODEL, 0);
}
