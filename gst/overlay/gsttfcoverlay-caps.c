/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Which formats tfcoverlay takes: with and without compositions, fewer with privacy and mirror. */
#include "gst/overlay/gsttfcoverlay.h"
#include "gst/overlay/gsttfcredact.h"
#include "gst/overlay/gsttfcmirror.h"

#define FEATURE GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION

/* caps, and before or behind them the same ones with or without the composition feature. */
static GstCaps *
with_alternatives (GstCaps *caps, GstPadDirection direction)
{
  GstCaps *first = gst_caps_new_empty (), *second = gst_caps_new_empty ();
  for (guint i = 0; i < gst_caps_get_size (caps); i++) {
    GstStructure *s = gst_caps_get_structure (caps, i);
    GstCapsFeatures *f = gst_caps_get_features (caps, i);
    gboolean has = gst_caps_features_contains (f, FEATURE);
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
  GstCaps *supported = gst_caps_new_empty_simple ("video/x-raw");
  gst_caps_set_features_simple (supported, gst_caps_features_new_any ());
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
