/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/overlay/gsttfcredact.h"

#define SLACK 64 /* pixels that unpacking may write behind a row's end */

static guint
n_shown (const GstVideoFormatInfo *f)
{
  return GST_VIDEO_FORMAT_INFO_IS_GRAY (f) ? 1 : 3;
}

/* Every sample that a picture shows is 8 bits wide and a byte of its own. */
static gboolean
is_bytes (const GstVideoFormatInfo *f)
{
  const guint odd =
      GST_VIDEO_FORMAT_FLAG_COMPLEX | GST_VIDEO_FORMAT_FLAG_TILED | GST_VIDEO_FORMAT_FLAG_PALETTE;
  if (f->flags & odd || f->n_components < n_shown (f))
    return FALSE;
  for (guint c = 0; c < n_shown (f); c++)
    if (f->depth[c] != 8 || f->shift[c] || f->pixel_stride[c] < 1 || f->plane[c] > 2 ||
        f->w_sub[c] > 2 || f->h_sub[c] > 2)
      return FALSE;
  return TRUE;
}

/* What the format's rows unpack to: four components, 8 or 16 bits each. */
static const GstVideoFormatInfo *
unpacked (const GstVideoFormatInfo *f)
{
  return gst_video_format_get_info (f->unpack_format);
}

/* GStreamer's functions for MT2110T and MT2110R (1.24 and newer) leave out the pixels right of the
 * last whole tile. */
static gboolean
repacks (const GstVideoFormatInfo *f)
{
  return f->unpack_func && f->pack_func && f->pack_lines == 1 &&
         !g_str_has_prefix (f->name, "MT2110");
}

gboolean
gst_tfc_redact_supports (const GstVideoFormatInfo *f)
{
  if (is_bytes (f))
    return TRUE;
  if (!repacks (f) || f->flags & GST_VIDEO_FORMAT_FLAG_PALETTE)
    return FALSE;
  const GstVideoFormatInfo *u = unpacked (f);
  return u && u->n_components == 4 && (u->depth[0] == 8 || u->depth[0] == 16);
}

/* One byte of each of f's samples as a row of overlay/'s table. */
static TfcFormat
layout (const GstVideoFormatInfo *f, TfcPixelKind kind, guint byte)
{
  TfcFormat format = {.name = f->name, .kind = kind, .n_planes = MIN (f->n_planes, 3)};
  for (guint c = 0; c < MIN (f->n_components, 3); c++)
    format.component[c] = (TfcComponent){
        .plane = f->plane[c],
        .offset = f->poffset[c] + byte,
        .step = f->pixel_stride[c],
        .sub_x = f->w_sub[c],
        .sub_y = f->h_sub[c],
    };
  return format;
}

/* The same of what f unpacks to, where pixels that share a sample each have their own: packing
 * takes the first of them, so the others are skipped. Skipped rows are a plane of their own, for
 * its stride. */
static TfcFormat
layout_unpacked (const GstVideoFormatInfo *f, TfcPixelKind kind, guint byte)
{
  TfcFormat format = layout (unpacked (f), kind, byte);
  format.n_planes = 2;
  for (guint c = 1; c < 3 && f->n_components >= 3; c++) {
    TfcComponent *chroma = &format.component[c];
    chroma->plane = 1;
    chroma->sub_x = f->w_sub[c];
    chroma->sub_y = f->h_sub[c];
    chroma->step <<= chroma->sub_x;
  }
  return format;
}

static TfcPixelKind
kind_of (const GstVideoFormatInfo *f)
{
  return GST_VIDEO_FORMAT_INFO_IS_RGB (f)    ? TFC_PIXELS_RGB
         : GST_VIDEO_FORMAT_INFO_IS_GRAY (f) ? TFC_PIXELS_GRAY
                                             : TFC_PIXELS_YUV;
}

static gboolean
full_range (const GstVideoFrame *frame)
{
  GstVideoColorRange range = frame->info.colorimetry.range;
  return range == GST_VIDEO_COLOR_RANGE_0_255 ||
         (range == GST_VIDEO_COLOR_RANGE_UNKNOWN && !GST_VIDEO_INFO_IS_YUV (&frame->info));
}

static void
redact_bytes (TfcOverlay *overlay, GstVideoFrame *frame, TfcPrivacy privacy,
              const TfcRedaction *redactions, guint n)
{
  const TfcFormat format = layout (frame->info.finfo, kind_of (frame->info.finfo), 0);
  TfcPixels pixels = {
      .width = GST_VIDEO_FRAME_WIDTH (frame),
      .height = GST_VIDEO_FRAME_HEIGHT (frame),
      .format = &format,
      .full_range = full_range (frame),
  };
  for (guint i = 0; i < format.n_planes; i++) {
    pixels.plane[i] = GST_VIDEO_FRAME_PLANE_DATA (frame, i);
    pixels.stride[i] = GST_VIDEO_FRAME_PLANE_STRIDE (frame, i);
  }
  tfc_overlay_redact (overlay, &pixels, privacy, redactions, n);
}

/* Of 16 bits the upper 8 are hidden like bytes; the lower ones, which still show something, become
 * 0. */
static void
redact_unpacked (TfcOverlay *overlay, const GstVideoFormatInfo *f, TfcPixels pixels,
                 TfcPrivacy privacy, const TfcRedaction *redactions, guint n)
{
  const gboolean wide = unpacked (f)->depth[0] == 16;
  const guint high = wide && G_BYTE_ORDER == G_LITTLE_ENDIAN;
  const TfcFormat upper = layout_unpacked (f, kind_of (unpacked (f)), high);
  const TfcFormat lower = layout_unpacked (f, TFC_PIXELS_RGB, !high); /* whose black is 0 */

  pixels.format = &upper;
  tfc_overlay_redact (overlay, &pixels, privacy, redactions, n);
  pixels.format = &lower;
  if (wide)
    tfc_overlay_redact (overlay, &pixels, TFC_PRIVACY_FILL, redactions, n);
}

static gboolean
reserve (GstTfcRedactScratch *scratch, gsize need)
{
  if (need > scratch->size) {
    g_free (scratch->pixels);
    scratch->pixels = g_try_malloc (need);
    scratch->size = scratch->pixels ? need : 0;
  }
  return scratch->pixels != NULL;
}

/* All rows are unpacked before one is packed: they may share samples. */
static gboolean
redact_by_unpacking (GstTfcRedactScratch *scratch, TfcOverlay *overlay, GstVideoFrame *frame,
                     TfcPrivacy privacy, const TfcRedaction *redactions, guint n)
{
  const GstVideoFormatInfo *f = frame->info.finfo, *u = unpacked (f);
  const gint width = GST_VIDEO_FRAME_WIDTH (frame), height = GST_VIDEO_FRAME_HEIGHT (frame);
  gint rows[2];
  const guint64 stride = ((guint64)width + SLACK) * u->pixel_stride[0];
  if (stride * (height + 4) > G_MAXINT || !reserve (scratch, stride * height))
    return FALSE;
  const TfcPixels pixels = {
      .width = width,
      .height = height,
      .plane = {scratch->pixels, scratch->pixels},
      .stride = {(gint)stride, (gint)stride << f->h_sub[1]},
      .full_range = full_range (frame),
  };
  if (!tfc_overlay_redact_rows (&pixels, redactions, n, rows))
    return TRUE;
  for (gint y = rows[0]; y < rows[1]; y++)
    f->unpack_func (f, GST_VIDEO_PACK_FLAG_NONE, scratch->pixels + y * stride, frame->data,
                    frame->info.stride, 0, y, width);
  redact_unpacked (overlay, f, pixels, privacy, redactions, n);
  for (gint y = rows[0]; y < rows[1]; y++)
    f->pack_func (f, GST_VIDEO_PACK_FLAG_NONE, scratch->pixels + y * stride, (gint)stride,
                  frame->data, frame->info.stride, frame->info.chroma_site, y, width);
  return TRUE;
}

gboolean
gst_tfc_redact_frame (GstTfcRedactScratch *scratch, TfcOverlay *overlay, GstVideoFrame *frame,
                      TfcPrivacy privacy, const TfcRedaction *redactions, guint n)
{
  if (!gst_tfc_redact_supports (frame->info.finfo))
    return FALSE;
  if (!is_bytes (frame->info.finfo))
    return redact_by_unpacking (scratch, overlay, frame, privacy, redactions, n);
  redact_bytes (overlay, frame, privacy, redactions, n);
  return TRUE;
}

void
gst_tfc_redact_scratch_clear (GstTfcRedactScratch *scratch)
{
  g_clear_pointer (&scratch->pixels, g_free);
  scratch->size = 0;
}
