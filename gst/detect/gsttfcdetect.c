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
 * Frames of any size and stride are read as they are, 8 to 16 bits, 4:2:0 to 4:4:4, RGB and gray, as
 * cameras and decoders give them: no videoconvert before. Colour matrix and range are the caps'.
 * Of interlaced frames the top field is looked at. Pixels need not be square.
 *
 * `model-file` takes one's own SSD: a .tflite that ends in TFLite_Detection_PostProcess, one that
 * ends before it (`anchors` then names its pipeline.config or another file with its anchors, unless
 * they are packed in the model or lie beside it), or a TensorFlow.js GraphModel, also one that suppresses
 * inside. Names of classes come from `label-file`, else from the labels packed in the model, else from a
 * label file beside it. Every property may be changed at any time, also while
 * the first network is being loaded. For another model, backend or number of threads the new network
 * is loaded beside the old one and takes over between two buffers; changes that follow each other
 * closely are one. If it cannot be loaded there is a warning, the old one goes on and the properties
 * are set back to what runs, with notifications (from the thread that loads). So is a class filter
 * with a class that the network does not know. Element messages tell: `model-loading`,
 * `model-loaded`, `model-failed`.
 *
 * Every buffer has its metadata; with `mode=latest` those before the first result have none. A
 * frame that is flagged GAP (videorate, livesync and intervideosrc flag repeated pictures so)
 * carries the last results, marked as held, and is analysed only where there are none, or where data
 * was lost right before it (DISCONT): what it repeats may never have come here.
 *
 * In live pipelines `mode=sync` adds the time that a buffer waits, as it is measured, to the latency,
 * and posts a latency message when that grows by a quarter; `mode=latest` adds none. With `qos`
 * frames that are late pass unanalysed, and each of them is told of by a QoS message; frames are never
 * dropped. `threads-used` notifies when it changes; `stats` at the start, at another network, at EOS
 * and at the stop, and while frames flow at most once a second if a handler is connected to it.
 *
 * With `post-messages` the results are also element messages: a structure `tfcdetect` with
 * timestamp, stream-time, running-time, model and an array `detections` of {label, class_id, score,
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
#include "gst/util/gsttfcdebug.h"
#include "gst/detect/gsttfcdetect-private.h"

GST_DEBUG_CATEGORY (gst_tfc_detect_debug);
#define GST_CAT_DEFAULT gst_tfc_detect_debug

G_DEFINE_FINAL_TYPE_WITH_CODE (GstTfcDetect, gst_tfc_detect, GST_TYPE_TFC_ANALYZER,
                               GST_DEBUG_CATEGORY_INIT (gst_tfc_detect_debug, "tfcdetect", 0,
                                                        "COCO-SSD objects"))
GST_ELEMENT_REGISTER_DEFINE (tfcdetect, "tfcdetect", GST_RANK_NONE, GST_TYPE_TFC_DETECT)

static const gchar *const stages[] = {"sample", "network", "decode", "total", NULL};

static gpointer
choose (GstTfcAnalyzer *analyzer)
{
  return gst_tfc_detect_config_copy (&GST_TFC_DETECT (analyzer)->choice);
}

static void
restore_file (gchar **to, const gchar *from, const gchar *name, GstTfcReverts *reverts)
{
  if (g_strcmp0 (*to, from) == 0)
    return;
  g_free (*to);
  *to = g_strdup (from);
  gst_tfc_reverts_add (reverts, name);
}

static void
restore (GstTfcAnalyzer *analyzer, gpointer data, GstTfcReverts *reverts)
{
  GstTfcDetectConfig *to = &GST_TFC_DETECT (analyzer)->choice;
  const GstTfcDetectConfig *from = data;

  if (to->base_model != from->base_model)
    gst_tfc_reverts_add (reverts, "base-model");
  to->base_model = from->base_model;
  restore_file (&to->model_file, from->model_file, "model-file", reverts);
  restore_file (&to->label_file, from->label_file, "label-file", reverts);
  restore_file (&to->anchors, from->anchors, "anchors", reverts);
}

/* ---- class filters ---- */

gboolean
gst_tfc_detect_use_filter (GstTfcDetectModel *engine, const GstTfcDetectFilter *filter,
                           GError **error)
{
  GBytes *bytes;

  if (!gst_tfc_detect_filter_compile (filter, tfc_ssd_labels (engine->ssd), &bytes, error))
    return FALSE;
  g_clear_pointer (&engine->filter, g_bytes_unref);
  engine->filter = bytes;
  return TRUE;
}

/* Lock held. What of the wanted filter does not fit is set back; fitting: what is used instead. */
static void
refuse_filter (GstTfcDetect *self, const GstTfcDetectFilter *fitting, GstTfcReverts *reverts)
{
  if (g_strcmp0 (self->wanted.classes, fitting->classes) != 0)
    gst_tfc_reverts_add (reverts, "classes");
  if (g_strcmp0 (self->wanted.exclude, fitting->exclude) != 0)
    gst_tfc_reverts_add (reverts, "exclude-classes");
  gst_tfc_detect_filter_copy (&self->wanted, fitting);
}

static gboolean
adopt (GstTfcAnalyzer *analyzer, gpointer engine, gboolean newest, GstTfcReverts *reverts,
       GError **error)
{
  GstTfcDetect *self = GST_TFC_DETECT (analyzer);
  const GstTfcDetectFilter *w = &self->wanted, *a = &self->accepted;
  const GstTfcDetectFilter fallbacks[] = {{w->classes, a->exclude}, {a->classes, w->exclude}, *a};
  GError *why = NULL;
  guint i = 0;

  if (gst_tfc_detect_use_filter (engine, w, &why)) {
    if (newest)
      gst_tfc_detect_filter_copy (&self->accepted, w);
    return TRUE;
  }
  while (i < G_N_ELEMENTS (fallbacks) && !gst_tfc_detect_use_filter (engine, &fallbacks[i], NULL))
    i++;
  if (i == G_N_ELEMENTS (fallbacks)) {
    g_propagate_error (error, why);
    return FALSE;
  }
  if (newest) {
    refuse_filter (self, &fallbacks[i], reverts);
    gst_tfc_detect_filter_copy (&self->accepted, w);
    g_propagate_error (&reverts->refused, g_steal_pointer (&why));
  }
  g_clear_error (&why);
  return TRUE;
}

/* ---- frames ---- */

static void
snapshot (GstTfcAnalyzer *analyzer, gpointer data)
{
  GstTfcDetect *self = GST_TFC_DETECT (analyzer);
  GstTfcDetectModel *engine = data;

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
  GstTfcDetectModel *engine = data;
  TfcLabels *labels = tfc_ssd_labels (engine->ssd);
  TfcSsdTimes spent = {0};
  gint n;

  gst_tfc_shared_model_acquire (engine->network);
  n = tfc_ssd_run (engine->ssd, frame, &self->now, engine->found, G_N_ELEMENTS (engine->found),
                   &spent, error);
  gst_tfc_shared_model_release (engine->network);
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
  GST_LOG_OBJECT (self,
                  "%d objects: sampled in %" G_GINT64_FORMAT ", run in %" G_GINT64_FORMAT
                  ", decoded in %" G_GINT64_FORMAT " us",
                  n, times[0] / 1000, times[1] / 1000, times[2] / 1000);
  return gst_tfc_results_new_detections (engine->model, pts, engine->seen, n);
}

static void
gst_tfc_detect_finalize (GObject *object)
{
  GstTfcDetect *self = GST_TFC_DETECT (object);

  gst_tfc_detect_config_clear (&self->choice);
  gst_tfc_detect_filter_clear (&self->wanted);
  gst_tfc_detect_filter_clear (&self->accepted);
  g_clear_pointer (&self->filter, g_bytes_unref);
  G_OBJECT_CLASS (gst_tfc_detect_parent_class)->finalize (object);
}

static void
gst_tfc_detect_init (GstTfcDetect *self)
{
  gst_tfc_detect_set_defaults (self);
}

static void
gst_tfc_detect_class_init (GstTfcDetectClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GstTfcAnalyzerClass *analyzer = GST_TFC_ANALYZER_CLASS (klass);

  object->finalize = gst_tfc_detect_finalize;
  gst_tfc_detect_install_properties (object);
  gst_element_class_set_static_metadata (
      GST_ELEMENT_CLASS (klass), "Object detector", "Filter/Video",
      "Finds everyday objects (COCO-SSD) and notes them on the buffers as metadata", "tfc");

  analyzer->message = "tfcdetect";
  analyzer->stages = stages;
  analyzer->engine = gst_tfc_detect_model;
  analyzer->choose = choose;
  analyzer->restore = restore;
  analyzer->adopt = adopt;
  analyzer->snapshot = snapshot;
  analyzer->run = run;
  gst_type_mark_as_plugin_api (GST_TYPE_TFC_BASE_MODEL, 0);
}
