/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/**
 * SECTION:element-tfcoverlay
 * @title: tfcoverlay
 * @short_description: draws the results of the tfc elements and of other detectors
 *
 * Draws boxes, labels, face meshes, irises, skeletons and a legend of classes from the metadata of
 * a buffer: #GstTfcDetectionMeta, #GstTfcFaceMeta, #GstTfcPoseMeta and #GstTfcClassMeta; if there
 * is none, object detections of GStreamer's analytics library (with GStreamer 1.24 or newer); if
 * there are none of those either, #GstVideoRegionOfInterestMeta. It accepts every raw format that
 * GStreamer can blend, at any size. 8-bit formats are drawn on directly, in the colour matrix and
 * range of the caps; in the others (10 bits and more, 4:1:1, formats with a plane of alpha)
 * GStreamer blends the areas that are drawn on. If the downstream element accepts
 * #GstVideoOverlayCompositionMeta, the drawing is attached and pixels do not change; then frames
 * may be in any memory (GL, VA, DMABuf). A buffer with nothing to draw passes unchanged.
 *
 * With #GstTfcOverlay:privacy faces are hidden in the pixels themselves: inside the outline of each
 * mesh of a #GstTfcFaceMeta, or, on buffers without one, inside every box of the other metadata.
 * The element fails closed. A lost face stays hidden for #GstTfcOverlay:privacy-hold, where it was
 * last and where it is predicted to be. What happens to a buffer without metadata is decided by
 * #GstTfcOverlay:privacy-unknown; by default the whole frame is hidden. Invalid boxes, and more
 * boxes than are supported, hide the whole frame too. Faces can be hidden in all raw formats but
 * RGB8P, MT2110T and MT2110R. Frames of a format that is not supported, if they arrive before the
 * caps change, are dropped, and so are buffers with several pictures (views, or fields with a
 * #GstVideoMeta each). docs/guide/privacy.md says what is promised and how to miss fewer faces.
 *
 * With #GstTfcOverlay:mask the people of a #GstTfcMaskMeta are tinted, or what is behind them is
 * blurred, pixelated, replaced or made transparent, in the pixels themselves. An effect that hides
 * the background hides it on buffers without a mask too.
 *
 * #GstTfcOverlay:mirror mirrors the picture together with our metadata, regions of interest, crop
 * and the positions of overlays that are already attached (their pixels stay as they are).
 * Analytics metadata with positions is removed; affine transformations are not changed. Formats
 * that cannot be mirrored (tiled ones) are not accepted; frames of such a format, if they arrive
 * before the caps change, pass unmirrored.
 *
 * docs/guide/overlay.md describes every property, message and error.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 v4l2src ! tfcdetect base-model=mobilenet-v1-quant ! tfcoverlay ! videoconvert ! \
 *   autovideosink
 * ]|
 * Draws boxes around the objects that a camera sees.
 * |[
 * gst-launch-1.0 v4l2src ! tfcfacemesh max-faces=4 ! tfcoverlay mirror=true draw-stats=true \
 *   point-cloud=true ! videoconvert ! autovideosink
 * ]|
 * Draws meshes on a mirrored picture, with a point cloud in the corner.
 * |[
 * gst-launch-1.0 filesrc location=in.mp4 ! decodebin ! tfcfacemesh max-faces=10 ! tfcoverlay \
 *   mesh=false draw-boxes=false draw-irises=false privacy=pixelate ! videoconvert ! x264enc ! \
 *   mp4mux ! filesink location=out.mp4
 * ]|
 * Pixelates the faces in a video.
 *
 * Since: 0.1
 */
#include "gst/overlay/gsttfcoverlay.h"
#include "gst/util/gsttfcerror.h"
#include "gst/overlay/gsttfcmirror.h"
#include "gst/util/gsttfctimes.h"
#include <string.h>
#include <sys/resource.h>

GST_DEBUG_CATEGORY (gst_tfc_overlay_debug);
#define GST_CAT_DEFAULT gst_tfc_overlay_debug

#define FEATURE GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION
#define CAPS                                                        \
  GST_VIDEO_CAPS_MAKE (GST_VIDEO_OVERLAY_COMPOSITION_BLEND_FORMATS) \
  "; " GST_VIDEO_CAPS_MAKE_WITH_FEATURES (                          \
      GST_CAPS_FEATURE_MEMORY_SYSTEM_MEMORY ", " FEATURE,           \
      GST_VIDEO_OVERLAY_COMPOSITION_BLEND_FORMATS) "; video/x-raw(ANY)"

static GstStaticPadTemplate sink_template =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (CAPS));
static GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (CAPS));

G_DEFINE_TYPE (GstTfcOverlay, gst_tfc_overlay, GST_TYPE_BASE_TRANSFORM)
GST_ELEMENT_REGISTER_DEFINE (tfcoverlay, "tfcoverlay", GST_RANK_NONE, GST_TYPE_TFC_OVERLAY)

static gboolean
gst_tfc_overlay_set_caps (GstBaseTransform *trans, GstCaps *in, GstCaps *out)
{
  GstTfcOverlay *self = GST_TFC_OVERLAY (trans);
  g_autoptr (GError) error = NULL;
  if (!gst_tfc_overlay_parse_caps (self, in, &error)) {
    gst_tfc_post_error (GST_ELEMENT (self), GST_MESSAGE_ERROR, error);
    return FALSE;
  }
  self->direct = !self->memory && gst_tfc_frame_setup (&self->view, &self->info, NULL) &&
                 tfc_overlay_paints (self->view.format);
  self->warned = FALSE;
  g_atomic_int_set (&self->ask_downstream, TRUE);
  GST_DEBUG_OBJECT (self, "caps %" GST_PTR_FORMAT " to %" GST_PTR_FORMAT, in, out);
  return TRUE;
}

/* What was seen before a seek is not to be looked for behind it. */
static gboolean
gst_tfc_overlay_sink_event (GstBaseTransform *trans, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP)
    gst_tfc_overlay_forget_regions (GST_TFC_OVERLAY (trans));
  return GST_BASE_TRANSFORM_CLASS (gst_tfc_overlay_parent_class)->sink_event (trans, event);
}

static gboolean
gst_tfc_overlay_src_event (GstBaseTransform *trans, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE)
    g_atomic_int_set (&GST_TFC_OVERLAY (trans)->ask_downstream, TRUE);
  return GST_BASE_TRANSFORM_CLASS (gst_tfc_overlay_parent_class)->src_event (trans, event);
}

/* Working in place, the base class does not ask for an allocation: whether downstream blends
 * compositions is asked here, on the first buffer after a change. */
static void
ask_downstream (GstTfcOverlay *self)
{
  GstPad *src = GST_BASE_TRANSFORM_SRC_PAD (self);
  GstCaps *caps = gst_pad_get_current_caps (src);
  if (!caps)
    return;
  GstQuery *query = gst_query_new_allocation (caps, FALSE);
  self->attach =
      (gst_pad_peer_query (src, query) &&
       gst_query_find_allocation_meta (query, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, NULL)) ||
      self->memory; /* its caps say so */
  gst_query_unref (query);
  gst_caps_unref (caps);
  g_atomic_int_set (&self->ask_downstream, FALSE);
  GST_DEBUG_OBJECT (self, "drawing is %s",
                    self->attach   ? "attached for downstream to blend"
                    : self->direct ? "done on the pixels"
                                   : "blended by area");
}

static void
update_stats (GstTfcOverlay *self, TfcAnnotations *annotations)
{
  struct rusage usage;
  gint64 now = g_get_monotonic_time ();
  if (self->last_frame)
    self->interval +=
        ((gdouble)(now - self->last_frame) - self->interval) * (self->interval > 0 ? 0.1 : 1);
  self->last_frame = now;
  annotations->fps = self->interval > 0 ? 1e6 / self->interval : 0;
  annotations->ms = self->drawing / 1000;
  annotations->mbytes = getrusage (RUSAGE_SELF, &usage) ? 0 : usage.ru_maxrss / 1024.0;
}

/* Decides what is to be done, so that a buffer with nothing to do passes as it is. */
static GstFlowReturn
gst_tfc_overlay_prepare_output_buffer (GstBaseTransform *trans, GstBuffer *in, GstBuffer **out)
{
  GstTfcOverlay *self = GST_TFC_OVERLAY (trans);
  guint width = GST_VIDEO_INFO_WIDTH (&self->info), height = GST_VIDEO_INFO_HEIGHT (&self->info);
  GstClockTime running, stream;
  gst_tfc_buffer_times (trans, in, &running, &stream);
  if (GST_CLOCK_TIME_IS_VALID (stream))
    gst_object_sync_values (GST_OBJECT (self), stream);
  if (g_atomic_int_get (&self->ask_downstream))
    ask_downstream (self);
  gst_tfc_overlay_snapshot (self);
  if (self->style.mirror && !gst_tfc_mirror_supports (self->info.finfo))
    self->style.mirror = FALSE; /* came before caps that can be mirrored */
  gst_tfc_annotations_collect (self->annotations, in, width, height);
  if (self->style.draw_stats)
    update_stats (self, &self->annotations->plain);
  self->layout =
      tfc_overlay_lay_out (self->overlay, width, height, &self->style, &self->annotations->plain);
  self->n_areas = tfc_layout_areas (self->layout, self->areas, GST_TFC_OVERLAY_BLENDER_AREAS);
  self->work =
      (self->n_areas ? GST_TFC_WORK_DRAW : 0) | (self->style.mirror ? GST_TFC_WORK_MIRROR : 0) |
      gst_tfc_overlay_decide_privacy (self, in, running) | gst_tfc_overlay_decide_mask (self, in);
  if (!self->work || self->work & GST_TFC_WORK_DROP) {
    *out = in;
    return GST_FLOW_OK;
  }
  return GST_BASE_TRANSFORM_CLASS (gst_tfc_overlay_parent_class)
      ->prepare_output_buffer (trans, in, out);
}

TfcPixels
gst_tfc_overlay_pixels (GstTfcOverlay *self, GstVideoFrame *frame)
{
  TfcPixels pixels = {
      .width = GST_VIDEO_FRAME_WIDTH (frame),
      .height = GST_VIDEO_FRAME_HEIGHT (frame),
      .format = self->view.format,
      .full_range = self->view.full_range,
      .matrix = self->view.matrix,
  };
  for (guint i = 0; i < pixels.format->n_planes; i++) {
    pixels.plane[i] = GST_VIDEO_FRAME_PLANE_DATA (frame, i);
    pixels.stride[i] = GST_VIDEO_FRAME_PLANE_STRIDE (frame, i);
  }
  return pixels;
}

static gboolean
draw (GstTfcOverlay *self, GstVideoFrame *frame)
{
  if (!self->direct)
    return gst_tfc_overlay_blender_blend (&self->blender, self->layout, frame, self->areas,
                                          self->n_areas);
  const TfcPixels pixels = gst_tfc_overlay_pixels (self, frame);
  tfc_layout_paint_pixels (self->layout, &pixels, 0, 0);
  return TRUE;
}

/* Privacy, mirror, strokes: what needs the pixels. */
static GstFlowReturn
work_on_pixels (GstTfcOverlay *self, GstBuffer *buffer)
{
  GstFlowReturn ret = GST_FLOW_OK;
  g_autoptr (GError) error = NULL;
  GstVideoFrame frame;
  if (!gst_tfc_frame_map (&frame, &self->info, buffer,
                          GST_MAP_READWRITE | GST_VIDEO_FRAME_MAP_FLAG_NO_REF, &error)) {
    gst_tfc_post_error (GST_ELEMENT (self), GST_MESSAGE_ERROR, error);
    return GST_FLOW_ERROR;
  }
  if ((self->work & GST_TFC_WORK_REDACT && !gst_tfc_overlay_redact (self, &frame)) ||
      (self->work & GST_TFC_WORK_MASK && !gst_tfc_overlay_apply_mask (self, buffer, &frame)) ||
      (self->work & GST_TFC_WORK_MIRROR && !gst_tfc_mirror_frame (&frame))) {
    GST_WARNING_OBJECT (
        self, "dropped, it could not be changed for want of memory: %" GST_PTR_FORMAT, buffer);
    ret = GST_BASE_TRANSFORM_FLOW_DROPPED;
  } else if (self->work & GST_TFC_WORK_DRAW && !self->attach && !draw (self, &frame)) {
    GST_WARNING_OBJECT (self, "could not draw");
  }
  gst_video_frame_unmap (&frame);
  return ret;
}

static GstFlowReturn
gst_tfc_overlay_transform_ip (GstBaseTransform *trans, GstBuffer *buffer)
{
  GstTfcOverlay *self = GST_TFC_OVERLAY (trans);
  gint64 begun = g_get_monotonic_time ();
  if (!self->work)
    return GST_FLOW_OK;
  if (self->work & GST_TFC_WORK_DROP)
    return GST_BASE_TRANSFORM_FLOW_DROPPED;
  if (!self->attach || self->work & ~GST_TFC_WORK_DRAW) {
    GstFlowReturn ret = work_on_pixels (self, buffer);
    if (ret != GST_FLOW_OK)
      return ret;
  }
  if (self->work & GST_TFC_WORK_MIRROR) /* before ours, which comes mirrored, is attached */
    gst_tfc_annotations_mirror_metas (buffer, GST_VIDEO_INFO_WIDTH (&self->info));
  if (self->work & GST_TFC_WORK_DRAW && self->attach)
    gst_tfc_overlay_blender_attach (&self->blender, self->layout, buffer, self->areas,
                                    self->n_areas);
  gint64 took = g_get_monotonic_time () - begun;
  self->drawing += ((gdouble)took - self->drawing) * 0.1;
  GST_LOG_OBJECT (self, "%" GST_TIME_FORMAT ": %s%s%s%u areas, %" G_GINT64_FORMAT " us",
                  GST_TIME_ARGS (GST_BUFFER_PTS (buffer)),
                  self->work & GST_TFC_WORK_REDACT ? "hidden, " : "",
                  self->work & GST_TFC_WORK_MIRROR ? "mirrored, " : "",
                  !(self->work & GST_TFC_WORK_DRAW) ? ""
                  : self->attach                    ? "attached "
                                                    : "drawn ",
                  self->n_areas, took);
  return GST_FLOW_OK;
}

static gboolean
gst_tfc_overlay_stop (GstBaseTransform *trans)
{
  GstTfcOverlay *self = GST_TFC_OVERLAY (trans);
  gst_tfc_overlay_blender_finish (&self->blender);
  gst_tfc_overlay_blender_init (&self->blender);
  tfc_overlay_free (self->overlay); /* with its fonts and planes */
  self->overlay = tfc_overlay_new ();
  gst_tfc_redact_scratch_clear (&self->redact_scratch);
  gst_tfc_background_clear (&self->background);
  gst_tfc_overlay_forget_regions (self);
  self->faces_known = FALSE;
  g_atomic_int_set (&self->refusal_told, FALSE);
  self->last_frame = 0;
  self->interval = self->drawing = 0;
  self->attach = FALSE;
  return TRUE;
}

static void
gst_tfc_overlay_finalize (GObject *object)
{
  GstTfcOverlay *self = GST_TFC_OVERLAY (object);
  tfc_overlay_free (self->overlay);
  gst_tfc_overlay_blender_finish (&self->blender);
  gst_tfc_redact_scratch_clear (&self->redact_scratch);
  gst_tfc_background_clear (&self->background);
  g_free (self->regions);
  g_free (self->annotations);
  gst_tfc_overlay_clear_settings (self);
  G_OBJECT_CLASS (gst_tfc_overlay_parent_class)->finalize (object);
}

static void
gst_tfc_overlay_init (GstTfcOverlay *self)
{
  gst_tfc_overlay_init_settings (self);
  self->overlay = tfc_overlay_new ();
  self->annotations = g_new0 (GstTfcAnnotations, 1);
  self->regions = g_new0 (TfcPrivacyRegions, 1);
  gst_tfc_overlay_forget_regions (self);
  gst_tfc_overlay_blender_init (&self->blender);
  gst_video_info_init (&self->info);
  gst_pad_add_probe (GST_BASE_TRANSFORM_SINK_PAD (self), GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     gst_tfc_overlay_check_caps, self, NULL);
}

static void
gst_tfc_overlay_class_init (GstTfcOverlayClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GstElementClass *element = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *trans = GST_BASE_TRANSFORM_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (gst_tfc_overlay_debug, "tfcoverlay", 0,
                           "drawing of detections and faces");
  object->finalize = gst_tfc_overlay_finalize;
  gst_tfc_overlay_install_properties (object);
  gst_element_class_set_static_metadata (element, "Overlay of detections",
                                         "Analyzer/Visualization/Video",
                                         "Draws objects, faces, bodies, hands and classes from "
                                         "metadata, and hides faces or what is behind people",
                                         "The tfc authors");
  gst_element_class_add_static_pad_template (element, &sink_template);
  gst_element_class_add_static_pad_template (element, &src_template);
  trans->transform_caps = GST_DEBUG_FUNCPTR (gst_tfc_overlay_transform_caps);
  trans->accept_caps = GST_DEBUG_FUNCPTR (gst_tfc_overlay_accept_caps);
  trans->set_caps = GST_DEBUG_FUNCPTR (gst_tfc_overlay_set_caps);
  trans->sink_event = GST_DEBUG_FUNCPTR (gst_tfc_overlay_sink_event);
  trans->src_event = GST_DEBUG_FUNCPTR (gst_tfc_overlay_src_event);
  trans->submit_input_buffer = GST_DEBUG_FUNCPTR (gst_tfc_overlay_submit_input_buffer);
  trans->prepare_output_buffer = GST_DEBUG_FUNCPTR (gst_tfc_overlay_prepare_output_buffer);
  trans->transform_ip = GST_DEBUG_FUNCPTR (gst_tfc_overlay_transform_ip);
  trans->stop = GST_DEBUG_FUNCPTR (gst_tfc_overlay_stop);
  trans->passthrough_on_same_caps = FALSE;
}
