/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/**
 * SECTION:element-tfcfacemesh
 * @title: tfcfacemesh
 * @short_description: detects and tracks faces, with a mesh of 468 points and the irises of each
 *
 * Attaches a #GstTfcFaceMeta to each buffer: for each face 468 points of its surface and 10 of the
 * irises, and an id that it keeps while it is tracked. For other elements and applications it also
 * attaches a #GstVideoRegionOfInterestMeta (`face`) per face and, with GStreamer 1.24 or newer,
 * GstAnalytics metadata. Pixels are neither copied nor changed. tfcoverlay draws the mesh, or hides
 * the faces.
 *
 * docs/guide/faces.md describes every property, message and error.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 v4l2src ! tfcfacemesh ! tfcoverlay ! videoconvert ! autovideosink
 * ]|
 * Draws the mesh and the irises of one face before a camera.
 * |[
 * gst-launch-1.0 -m filesrc location=group.mp4 ! decodebin ! tfcfacemesh max-faces=20 \
 *   detector=full-range smoothing=true post-messages=changes ! fakesink
 * ]|
 * Prints a message whenever the number of faces in a video changes.
 *
 * Since: 0.1
 */
#include "gst/facemesh/gsttfcfacemesh-private.h"

GST_DEBUG_CATEGORY (gst_tfc_face_mesh_debug);

G_DEFINE_FINAL_TYPE_WITH_CODE (GstTfcFaceMesh, gst_tfc_face_mesh, GST_TYPE_TFC_ANALYZER,
                               GST_DEBUG_CATEGORY_INIT (gst_tfc_face_mesh_debug, "tfcfacemesh", 0,
                                                        "faces, meshes and irises"))
GST_ELEMENT_REGISTER_DEFINE (tfcfacemesh, "tfcfacemesh", GST_RANK_NONE, GST_TYPE_TFC_FACE_MESH)

/* ---- irises ---- */

/* The attention mesh brings irises of its own; the plain one that runs may lack their network. */
static void
set_config (GstTfcAnalyzer *analyzer, const GstTfcConfig *config, GstTfcReverts *reverts)
{
  TfcFaceOptions *options = &GST_TFC_FACE_MESH (analyzer)->settings.options;
  const GstTfcFaceMeshSettings *runs = config->settings;

  GST_TFC_ANALYZER_CLASS (gst_tfc_face_mesh_parent_class)->set_config (analyzer, config, reverts);
  if (runs->mesh_model != TFC_MESH_PLAIN || runs->options.predict_irises ||
      !options->predict_irises)
    return;
  options->predict_irises = FALSE;
  gst_tfc_reverts_add (reverts, "predict-irises");
}

/* Lock held. The iris network is only loaded when it is asked for, and stays then. */
static gboolean
predict_irises_changed (GObject *object, GError **refused)
{
  const GstTfcModel *model = gst_tfc_analyzer_newest_model (GST_TFC_ANALYZER (object));

  if (GST_TFC_FACE_MESH (object)->settings.options.predict_irises &&
      (!model || !tfc_face_has_irises (model->network)))
    gst_tfc_analyzer_reload (object);
  return FALSE;
}

/* ---- properties ---- */

static gpointer
settings_of (GObject *object)
{
  return &GST_TFC_FACE_MESH (object)->settings;
}

#define FIELD(field) G_STRUCT_OFFSET (GstTfcFaceMeshSettings, field)
#define OPTION(field) G_STRUCT_OFFSET (GstTfcFaceMeshSettings, options.field)
#define RELOADS .flags = GST_TFC_PROPERTY_RELOADS
#define CONTROLLABLE .flags = GST_TFC_PROPERTY_CONTROLLABLE

// clang-format off
static const GstTfcProperty rows[] = {
  {"detector", "Detector", "Model that detects faces; `tfc-models get` fetches it",
    GST_TFC_PROPERTY_ENUM, FIELD (detector), .type = gst_tfc_face_detector_get_type, RELOADS},
  {"mesh-model", "Mesh model", "Model that computes the points of a face; `tfc-models get` fetches it",
    GST_TFC_PROPERTY_ENUM, FIELD (mesh_model), .type = gst_tfc_mesh_model_get_type, RELOADS},
  {"max-faces", "Max faces", "Maximum number of faces that are tracked at a time",
    GST_TFC_PROPERTY_UINT, OPTION (max_faces), 1, TFC_MAX_FACES, CONTROLLABLE},
  {"predict-irises", "Predict irises", "Compute 478 points, the last ten of which are the irises, and refine the eyes; false computes 468",
    GST_TFC_PROPERTY_BOOLEAN, OPTION (predict_irises), CONTROLLABLE, .changed = predict_irises_changed},
  {"detection-confidence", "Detection confidence", "A tracked face is lost when the mesh model's presence score for it falls below this",
    GST_TFC_PROPERTY_FLOAT, OPTION (detection_confidence), 0, 1, CONTROLLABLE},
  {"score-threshold", "Score threshold", "Only faces with a detector score above this are tracked",
    GST_TFC_PROPERTY_FLOAT, OPTION (score_threshold), 0, 1, CONTROLLABLE},
  {"iou-threshold", "IoU threshold", "NMS threshold of the detector: the lower-scoring of two boxes whose IoU (intersection over union) is at least this is dropped",
    GST_TFC_PROPERTY_FLOAT, OPTION (iou_threshold), 0, 1, CONTROLLABLE},
  {"max-continuous-checks", "Max continuous checks", "Frames between two runs of the detector while at least one but fewer than max-faces faces are tracked",
    GST_TFC_PROPERTY_UINT, OPTION (max_continuous_checks), 0, G_MAXUINT, CONTROLLABLE},
  {"smoothing", "Smoothing", "Smooth the points of each face over time (one-euro filter on buffer timestamps)",
    GST_TFC_PROPERTY_BOOLEAN, OPTION (smoothing), CONTROLLABLE},
  GST_TFC_OBJECT_ROWS (GstTfcFaceMeshSettings, objects, "looked at"),
  GST_TFC_TRACK_ROWS (GstTfcFaceMeshSettings, track),
};
// clang-format on

static const GstTfcFaceMeshSettings defaults = {.detector = TFC_DETECTOR_SHORT_RANGE,
                                                .mesh_model = TFC_MESH_PLAIN,
                                                .options = TFC_FACE_DEFAULTS,
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
reset (GstTfcAnalyzer *analyzer)
{
  tfc_face_state_reset (GST_TFC_FACE_MESH (analyzer)->state);
}

static void
gst_tfc_face_mesh_finalize (GObject *object)
{
  GstTfcFaceMesh *self = GST_TFC_FACE_MESH (object);

  tfc_face_state_free (self->state);
  g_free (self->found);
  G_OBJECT_CLASS (gst_tfc_face_mesh_parent_class)->finalize (object);
}

static void
gst_tfc_face_mesh_init (GstTfcFaceMesh *self)
{
  self->state = tfc_face_state_new ();
  self->found = g_new0 (TfcFace, TFC_MAX_FACES);
}

static void
gst_tfc_face_mesh_class_init (GstTfcFaceMeshClass *klass)
{
  GstTfcAnalyzerClass *analyzer = GST_TFC_ANALYZER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gst_tfc_face_mesh_finalize;
  gst_tfc_analyzer_class_install (analyzer, &table);
  gst_element_class_set_static_metadata (
      GST_ELEMENT_CLASS (klass), "Face mesh detector", "Filter/Analyzer/Video",
      "Detects and tracks faces and attaches their meshes and irises to buffers as metadata",
      "The tfc authors");
  analyzer->message = "tfcfacemesh";
  analyzer->stages = GST_TFC_STAGE_BIT (SAMPLE) | GST_TFC_STAGE_BIT (DETECTOR) |
                     GST_TFC_STAGE_BIT (MESH) | GST_TFC_STAGE_BIT (IRIS) |
                     GST_TFC_STAGE_BIT (DECODE);
  analyzer->dup_config = gst_tfc_face_mesh_dup_config;
  analyzer->set_config = set_config;
  analyzer->open_model = gst_tfc_face_mesh_open_model;
  analyzer->process = gst_tfc_face_mesh_process;
  analyzer->reset = reset;
}
