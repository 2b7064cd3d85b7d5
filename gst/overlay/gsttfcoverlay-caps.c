/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Which formats tfcoverlay takes: with and without compositions, fewer with privacy and mirror. */
#include "gst/overlay/gsttfcoverlay.h"
#include "gst/overlay/gsttfcredact.h"
#include "gst/overlay/gsttfcmirror.h"
#include "gst/util/gsttfcframe.h"

#define FEATURE GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION

gboolean
gst_tfc_overlay_is_system_memory (const GstCapsFeatures *features)
{
  g_autoptr (GstCapsFeatures) memory = NULL;

  if (gst_caps_features_is_any (features))
    return FALSE;
  memory = gst_caps_features_copy (features);
  gst_caps_features_remove (memory, FEATURE);
  return gst_caps_features_is_equal (memory, GST_CAPS_FEATURES_MEMORY_SYSTEM_MEMORY);
}

/* Only downstream can draw on it, as a composition. */
static gboolean
is_foreign (const GstCapsFeatures *features)
{
  return !gst_caps_features_is_any (features) && !gst_tfc_overlay_is_system_memory (features);
}

/* caps, and before or behind them the same ones with or without the composition feature. src has no
 * foreign memory without it. */
static GstCaps *
with_alternatives (GstCaps *caps, GstPadDirection direction)
{
  GstCaps *first = gst_caps_new_empty (), *second = gst_caps_new_empty ();
  for (guint i = 0; i < gst_caps_get_size (caps); i++) {
    GstStructure *s = gst_caps_get_structure (caps, i);
    GstCapsFeatures *f = gst_caps_get_features (caps, i);
    gboolean has = gst_caps_features_contains (f, FEATURE);
    if (has || !is_foreign (f))
      gst_caps_append_structure_full (direction == GST_PAD_SINK ? second : first,
                                      gst_structure_copy (s), gst_caps_features_copy (f));
    if (gst_caps_features_is_any (f) || has == (direction == GST_PAD_SINK))
      continue;
    f = gst_caps_features_copy (f);
    if (has)
      gst_caps_features_remove (f, FEATURE);
    else
      gst_caps_features_add (f, FEATURE);
    gst_caps_append_structure_full (direction == GST_PAD_SINK ? first : second,
                                    gst_structure_copy (s), f);
  }
  return gst_caps_merge (first, second);
}

typedef gboolean (*Supports) (const GstVideoFormatInfo *format);

static GstCaps *
keep_formats (GstCaps *caps, Supports supports)
{
  GValue list = G_VALUE_INIT, name = G_VALUE_INIT;
  guint n;
  const GstVideoFormat *all = gst_video_formats_raw (&n);
  g_value_init (&list, GST_TYPE_LIST);
  g_value_init (&name, G_TYPE_STRING);
  for (guint i = 0; i < n; i++) {
    const GstVideoFormatInfo *format = gst_video_format_get_info (all[i]);
    if (!supports (format))
      continue;
    g_value_set_string (&name, format->name);
    gst_value_list_append_value (&list, &name);
  }
  /* Pixels are changed: no other memory will do. */
  GstCaps *supported = gst_caps_from_string (
      "video/x-raw; video/x-raw(" GST_CAPS_FEATURE_MEMORY_SYSTEM_MEMORY ", " FEATURE ")");
  gst_caps_set_value (supported, "format", &list);
  GstCaps *kept = gst_caps_intersect_full (caps, supported, GST_CAPS_INTERSECT_FIRST);
  g_value_unset (&list);
  g_value_unset (&name);
  gst_caps_unref (supported);
  gst_caps_unref (caps);
  return kept;
}

GstCaps *
gst_tfc_overlay_transform_caps (GstBaseTransform *trans, GstPadDirection direction, GstCaps *caps,
                                GstCaps *filter)
{
  GstTfcOverlay *self = GST_TFC_OVERLAY (trans);
  GstCaps *out = with_alternatives (caps, direction);
  GST_OBJECT_LOCK (self);
  gboolean hide = self->settings.privacy != TFC_PRIVACY_NONE, mirror = self->settings.mirror;
  gboolean mask = self->settings.mask != TFC_MASK_NONE;
  GST_OBJECT_UNLOCK (self);
  if (hide)
    out = keep_formats (out, gst_tfc_redact_supports);
  if (mask)
    out = keep_formats (out, gst_tfc_overlay_masks_format);
  if (mirror)
    out = keep_formats (out, gst_tfc_mirror_supports);
  if (filter) {
    GstCaps *both = gst_caps_intersect_full (filter, out, GST_CAPS_INTERSECT_FIRST);
    gst_caps_unref (out);
    out = both;
  }
  return out;
}

/* ---- memory that is not the system's ---- */

/* Of such frames only the size is of interest, and others may not be known: NULL with an error, or
 * their memory. */
static const gchar *
parse_foreign (GstVideoInfo *info, const GstCaps *caps, GError **error)
{
  const GstStructure *s = gst_caps_get_structure (caps, 0);
  g_autofree gchar *features = gst_caps_features_to_string (gst_caps_get_features (caps, 0));

  gst_video_info_init (info);
  if (!gst_structure_get_int (s, "width", &info->width) ||
      !gst_structure_get_int (s, "height", &info->height) || info->width < 1 || info->height < 1) {
    g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
                 "Frames in memory of the kind %s have no width and height in their caps.",
                 features);
    return NULL;
  }
  gst_structure_get_fraction (s, "framerate", &info->fps_n, &info->fps_d);
  return g_intern_string (features);
}

gboolean
gst_tfc_overlay_parse_caps (GstTfcOverlay *self, const GstCaps *caps, GError **error)
{
  self->memory = NULL;
  if (gst_tfc_overlay_is_system_memory (gst_caps_get_features (caps, 0)))
    return gst_tfc_frame_parse_caps (&self->info, caps, error) &&
           gst_tfc_frame_check_size (&self->info, error);
  self->memory = parse_foreign (&self->info, caps, error);
  return self->memory != NULL;
}

/* What it is that needs the pixels, or NULL. */
static const gchar *
pixels_are_for (GstTfcOverlay *self)
{
  const gchar *what;

  GST_OBJECT_LOCK (self);
  what = self->settings.privacy != TFC_PRIVACY_NONE ? "privacy"
         : self->settings.mask != TFC_MASK_NONE     ? "mask"
         : self->settings.mirror                    ? "mirror"
                                                    : NULL;
  GST_OBJECT_UNLOCK (self);
  return what;
}

/* Whether downstream takes caps with compositions. */
static gboolean
downstream_composes (GstTfcOverlay *self, const GstCaps *caps)
{
  g_autoptr (GstCaps) with = gst_caps_copy (caps), taken = NULL;

  gst_caps_features_add (gst_caps_get_features (with, 0), FEATURE);
  taken = gst_pad_peer_query_caps (GST_BASE_TRANSFORM_SRC_PAD (self), with);
  return !gst_caps_is_empty (taken);
}

/* What is wrong with frames of such caps, or NULL (transfer full). */
static gchar *
refusal_of (GstTfcOverlay *self, const GstCaps *caps)
{
  const gchar *what;

  if (!is_foreign (gst_caps_get_features (caps, 0)))
    return NULL;
  what = pixels_are_for (self);
  if (what)
    return g_strdup_printf ("%s changes the pixels, and these frames are not in the system's "
                            "memory. Put an element that fetches them in front of tfcoverlay "
                            "(gldownload, vapostproc).",
                            what);
  if (downstream_composes (self, caps))
    return NULL;
  return g_strdup ("These frames are not in the system's memory, and the element behind "
                   "tfcoverlay does not draw for it. Put an element that fetches them in front of "
                   "tfcoverlay (gldownload, vapostproc), or one that blends overlay compositions "
                   "behind it (glimagesink, gloverlaycompositor).");
}

/* Posts an error or a warning about such caps, if something is wrong with them. */
static void
tell_refusal (GstTfcOverlay *self, GstMessageType type, const GstCaps *caps)
{
  gchar *text = refusal_of (self, caps);

  g_atomic_int_set (&self->refusal_told, text != NULL);
  if (text)
    gst_element_message_full (
        GST_ELEMENT (self), type, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT, text,
        gst_info_strdup_printf ("caps are %" GST_PTR_FORMAT, (gconstpointer)caps), __FILE__,
        GST_FUNCTION, __LINE__);
}

gboolean
gst_tfc_overlay_accept_caps (GstBaseTransform *trans, GstPadDirection direction, GstCaps *caps)
{
  const GstBaseTransformClass *base = g_type_class_peek (GST_TYPE_BASE_TRANSFORM);
  GstTfcOverlay *self = GST_TFC_OVERLAY (trans);
  const gboolean ok = base->accept_caps (trans, direction, caps);

  if (!ok && direction == GST_PAD_SINK && !g_atomic_int_get (&self->refusal_told))
    tell_refusal (self, GST_MESSAGE_WARNING, caps);
  return ok;
}

GstPadProbeReturn
gst_tfc_overlay_check_caps (GstPad *pad, GstPadProbeInfo *info, gpointer self)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  tell_refusal (self, GST_MESSAGE_ERROR, caps);
  return GST_PAD_PROBE_OK;
}

GstFlowReturn
gst_tfc_overlay_submit_input_buffer (GstBaseTransform *trans, gboolean discont, GstBuffer *buffer)
{
  const GstBaseTransformClass *base = g_type_class_peek (GST_TYPE_BASE_TRANSFORM);
  const GstFlowReturn flow = base->submit_input_buffer (trans, discont, buffer);
  g_autoptr (GstCaps) caps = NULL;

  if (flow != GST_FLOW_NOT_NEGOTIATED)
    return flow;
  caps = gst_pad_get_current_caps (GST_BASE_TRANSFORM_SINK_PAD (trans));
  if (caps)
    tell_refusal (GST_TFC_OVERLAY (trans), GST_MESSAGE_ERROR, caps);
  return flow;
}
