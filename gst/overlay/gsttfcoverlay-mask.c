/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Effects of masks: what a buffer needs, and doing it. A background that is to be hidden is hidden
 * on every frame: one without a mask counts as a frame without people, and one that cannot be
 * changed is dropped. */
#include "gst/lib/gsttfcmaskmeta.h"
#include "gst/overlay/gsttfcoverlay.h"
#include "gst/util/gsttfcerror.h"
#include "overlay/mask_effect.h"

#define GST_CAT_DEFAULT gst_tfc_overlay_debug

gboolean
gst_tfc_overlay_masks_format (const GstVideoFormatInfo *format)
{
  const TfcFormat *known = tfc_format_find (format->name);

  return known && tfc_overlay_masks (known);
}

static gboolean
hides_background (const GstTfcOverlay *self)
{
  return self->style.mask >= TFC_MASK_BLUR_BACKGROUND;
}

static const GstTfcMask *
find_mask (GstBuffer *buffer)
{
  const GstTfcMaskMeta *meta = gst_buffer_get_tfc_mask_meta (buffer);

  return meta ? gst_tfc_mask_meta_get_mask (meta) : NULL;
}

GstTfcWork
gst_tfc_overlay_decide_mask (GstTfcOverlay *self, GstBuffer *buffer)
{
  if (self->style.mask == TFC_MASK_NONE)
    return 0;
  if (!gst_tfc_overlay_masks_format (self->info.finfo)) {
    gst_tfc_overlay_warn (self, hides_background (self)
                                    ? "This video format cannot be changed by a mask: frames are "
                                      "dropped, so that no background is "
                                      "shown. Put videoconvert in front of tfcoverlay."
                                    : "This video format cannot be changed by a mask. Put "
                                      "videoconvert in front of tfcoverlay.");
    return hides_background (self) ? GST_TFC_WORK_DROP : 0;
  }
  if (hides_background (self) && gst_tfc_overlay_has_more_pictures (buffer)) {
    gst_tfc_overlay_warn (
        self, "Buffers of several pictures (views or fields) are dropped: the mask is that of the "
              "first of them alone. Split them in front of tfcoverlay.");
    return GST_TFC_WORK_DROP;
  }
  return hides_background (self) || find_mask (buffer) ? GST_TFC_WORK_MASK : 0;
}

static TfcAlphaBytes
find_alpha (GstVideoFrame *frame)
{
  if (!GST_VIDEO_INFO_HAS_ALPHA (&frame->info))
    return (TfcAlphaBytes){0};
  return (TfcAlphaBytes){GST_VIDEO_FRAME_COMP_DATA (frame, GST_VIDEO_COMP_A),
                         GST_VIDEO_FRAME_COMP_STRIDE (frame, GST_VIDEO_COMP_A),
                         GST_VIDEO_FRAME_COMP_PSTRIDE (frame, GST_VIDEO_COMP_A)};
}

/* Once for a file. Without the picture the colour is shown. */
static gboolean
load_background (GstTfcOverlay *self, const GstVideoInfo *info)
{
  const gchar *file = self->style.background_file;
  g_autoptr (GError) error = NULL;

  if (self->style.mask != TFC_MASK_REPLACE_BACKGROUND || !file || !*file)
    return FALSE;
  if (gst_tfc_background_load (&self->background, file, info, &error))
    return TRUE;
  if (error)
    gst_tfc_post_error (GST_ELEMENT (self), GST_MESSAGE_WARNING, error);
  return FALSE;
}

gboolean
gst_tfc_overlay_apply_mask (GstTfcOverlay *self, GstBuffer *buffer, GstVideoFrame *mapped)
{
  GstVideoFrame frame = *mapped; /* borrowed: mapped is who unmaps */
  const GstTfcMask *found = find_mask (buffer);
  TfcMask mask = {0};
  TfcPixels background, pixels;
  TfcAlphaBytes alpha;
  gboolean replaced;

  if (!gst_tfc_frame_show_all (&frame))
    return FALSE;
  if (GST_VIDEO_FRAME_WIDTH (&frame) != GST_VIDEO_INFO_WIDTH (&self->info) ||
      GST_VIDEO_FRAME_HEIGHT (&frame) != GST_VIDEO_INFO_HEIGHT (&self->info))
    found =
        NULL; /* where in it the analysed picture lies is not said by everybody in the same way */
  if (found)
    mask = (TfcMask){found->width,
                     found->height,
                     {found->x, found->y, found->w, found->h},
                     (TfcMaskKind)found->kind,
                     found->n_indices,
                     found->data};
  pixels = gst_tfc_overlay_pixels (self, &frame);
  alpha = find_alpha (&frame);
  replaced = load_background (self, &frame.info);
  if (replaced)
    background = gst_tfc_overlay_pixels (self, &self->background.frame);
  return tfc_overlay_mask (self->overlay, &pixels, &self->style, found ? &mask : NULL,
                           replaced ? &background : NULL, &alpha);
}
