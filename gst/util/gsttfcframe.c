/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/util/gsttfcframe.h"
#include <string.h>

/* The table's formats that are plain bytes, or the others. */
static GstCaps *
caps_of (gboolean plain)
{
  GstCaps *caps = gst_caps_from_string (GST_VIDEO_CAPS_MAKE ("RGB"));
  GValue names = G_VALUE_INIT, name = G_VALUE_INIT;
  const TfcFormat *format;

  g_value_init (&names, GST_TYPE_LIST);
  g_value_init (&name, G_TYPE_STRING);
  for (guint i = 0; (format = tfc_format_nth (i)); i++) {
    if ((format->bits == 8 && !format->alpha_plane) != plain)
      continue;
    g_value_set_string (&name, format->name);
    gst_value_list_append_value (&names, &name);
  }
  gst_caps_set_value (caps, "format", &names);
  g_value_unset (&name);
  g_value_unset (&names);
  return caps;
}

GstCaps *
gst_tfc_frame_caps (void)
{
  GstCaps *caps = caps_of (TRUE);

  gst_caps_append (caps, caps_of (FALSE));
  return caps;
}

static TfcMatrix
matrix_of (const GstVideoInfo *info)
{
  switch (info->colorimetry.matrix) {
    case GST_VIDEO_COLOR_MATRIX_BT601:
    case GST_VIDEO_COLOR_MATRIX_FCC:
      return TFC_MATRIX_BT601;
    case GST_VIDEO_COLOR_MATRIX_BT709:
    case GST_VIDEO_COLOR_MATRIX_SMPTE240M:
      return TFC_MATRIX_BT709;
    case GST_VIDEO_COLOR_MATRIX_BT2020:
      return TFC_MATRIX_BT2020;
    default:
      return info->height < 720 ? TFC_MATRIX_BT601 : TFC_MATRIX_BT709;
  }
}

/* Bytes of a row and rows of a plane. Of formats without whole pixels a row is what caps say. */
static void
plane_size (const GstVideoInfo *info, guint plane, guint64 *row_bytes, guint64 *rows)
{
  const GstVideoFormatInfo *f = info->finfo;

  *row_bytes = *rows = 0;
  for (guint c = 0; c < f->n_components; c++) {
    const gint step = f->pixel_stride[c];
    if (f->plane[c] != plane)
      continue;
    const guint64 columns = (guint64)GST_VIDEO_SUB_SCALE (f->w_sub[c], info->width);
    const guint64 bytes = step > 0 ? columns * (guint)step : (guint64)ABS (info->stride[plane]);
    *row_bytes = MAX (*row_bytes, bytes);
    *rows = MAX (*rows, (guint64)GST_VIDEO_SUB_SCALE (f->h_sub[c], info->height));
  }
}

/* Strides of tiled formats are no bytes between rows. */
static gboolean
is_tiled (const GstVideoInfo *info)
{
  return GST_VIDEO_FORMAT_INFO_IS_TILED (info->finfo);
}

gboolean
gst_tfc_frame_check_size (const GstVideoInfo *info, GError **error)
{
  guint64 row_bytes, rows,
      most = info->size > TFC_FRAME_MAX_PLANE && is_tiled (info) ? info->size : 0;

  for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES (info) && !is_tiled (info); p++) {
    plane_size (info, p, &row_bytes, &rows);
    most = MAX (most, tfc_plane_span (row_bytes, rows, info->stride[p]));
  }
  if (most <= TFC_FRAME_MAX_PLANE && info->width <= TFC_FRAME_MAX_SIDE &&
      info->height <= TFC_FRAME_MAX_SIDE)
    return TRUE;
  g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
               "A video frame of %d x %d pixels in format %s is too big: its largest plane has "
               "%" G_GUINT64_FORMAT
               " bytes, and at most %d bytes and %d pixels a side can be worked on. "
               "Scale it down (videoscale) or crop it (videocrop) before.",
               info->width, info->height, GST_VIDEO_INFO_NAME (info), most, TFC_FRAME_MAX_PLANE,
               TFC_FRAME_MAX_SIDE);
  return FALSE;
}

gboolean
gst_tfc_frame_parse_caps (GstVideoInfo *info, const GstCaps *caps, GError **error)
{
  if (gst_video_info_from_caps (info, caps))
    return TRUE;
  g_autofree gchar *text = gst_caps_to_string (caps);
  g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
               "GStreamer can make no video frames of the caps %s: they are incomplete, or frames "
               "would be too big.",
               text);
  return FALSE;
}

gboolean
gst_tfc_frame_setup (TfcFrame *view, const GstVideoInfo *info, GError **error)
{
  const TfcFormat *format = tfc_format_find (GST_VIDEO_INFO_NAME (info));

  if (!format) {
    g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
                 "Pixels of format %s cannot be read. Convert them (videoconvert) before.",
                 GST_VIDEO_INFO_NAME (info));
    return FALSE;
  }
  if (!gst_tfc_frame_check_size (info, error))
    return FALSE;
  *view = (TfcFrame){
      .width = info->width,
      .height = info->height,
      .format = format,
      .matrix = matrix_of (info),
      .full_range = info->colorimetry.range == GST_VIDEO_COLOR_RANGE_0_255 ||
                    (info->colorimetry.range == GST_VIDEO_COLOR_RANGE_UNKNOWN &&
                     format->kind != TFC_PIXELS_YUV) ||
                    format->kind == TFC_PIXELS_RGB,
  };
  return TRUE;
}

/* What gst_video_frame_map takes for granted. */
static gboolean
check_meta (const GstVideoInfo *info, GstBuffer *buffer, GError **error)
{
  const GstVideoMeta *meta = gst_buffer_get_video_meta (buffer);

  if (!meta ||
      (meta->format == GST_VIDEO_INFO_FORMAT (info) && meta->width >= (guint)info->width &&
       meta->height >= (guint)info->height && meta->width <= TFC_FRAME_MAX_SIDE &&
       meta->height <= TFC_FRAME_MAX_SIDE && meta->n_planes >= GST_VIDEO_INFO_N_PLANES (info)))
    return TRUE;
  g_set_error (
      error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
      "A buffer's GstVideoMeta says %u x %u pixels in %u planes of %s, which do not hold the "
      "%d x %d pixels of %s that the caps promise.",
      meta->width, meta->height, meta->n_planes, gst_video_format_to_string (meta->format),
      info->width, info->height, GST_VIDEO_INFO_NAME (info));
  return FALSE;
}

/* TRUE where bytes from low to below high of the plane that begins at data lie in its memory. Where
 * some other kind of memory maps planes in its own way, it is not known what lies around them. */
static gboolean
is_within (const GstMapInfo *map, const guint8 *data, gint64 low, gint64 high)
{
  const gsize start = (gsize)map->data, at = (gsize)data;

  if (!map->data || at < start || at - start > map->size)
    return data != NULL;
  return (guint64)-low <= at - start && (guint64)high <= map->size - (at - start);
}

static gboolean
check_plane (const GstVideoFrame *frame, guint plane, GError **error)
{
  const GstMapInfo *map = &frame->map[frame->meta ? plane : 0];
  const gint64 stride = frame->info.stride[plane];
  guint64 row_bytes, rows;

  plane_size (&frame->info, plane, &row_bytes, &rows);
  const guint64 span = tfc_plane_span (row_bytes, rows, stride);
  const gint64 low = stride < 0 && rows ? stride * (gint64)(rows - 1) : 0;
  if (span > TFC_FRAME_MAX_PLANE) {
    g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
                 "Plane %u of a video frame is too big: a GstVideoMeta puts %" G_GUINT64_FORMAT
                 " rows %" G_GINT64_FORMAT " bytes apart, which are %" G_GUINT64_FORMAT
                 " bytes, and at most %d can be worked on.",
                 plane, rows, stride, span, TFC_FRAME_MAX_PLANE);
    return FALSE;
  }
  if (is_within (map, frame->data[plane], low, (gint64)span + low))
    return TRUE;
  g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
               "Plane %u of a video frame lies outside of its memory of %" G_GSIZE_FORMAT
               " bytes: a GstVideoMeta puts %" G_GUINT64_FORMAT " rows of %" G_GUINT64_FORMAT
               " bytes %" G_GINT64_FORMAT " bytes apart, from byte %" G_GSSIZE_FORMAT " on.",
               plane, map->size, rows, row_bytes, stride,
               (gssize)((const guint8 *)frame->data[plane] - map->data));
  return FALSE;
}

gboolean
gst_tfc_frame_map (GstVideoFrame *frame, const GstVideoInfo *info, GstBuffer *buffer,
                   GstMapFlags flags, GError **error)
{
  gboolean sound = TRUE;

  memset (frame->map, 0, sizeof frame->map);
  if (!check_meta (info, buffer, error))
    return FALSE;
  if (!gst_video_frame_map (frame, info, buffer, flags)) {
    g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT,
                 "A buffer does not hold the frame its caps promise: %" G_GSIZE_FORMAT
                 " bytes for %d x %d pixels of %s.",
                 gst_buffer_get_size (buffer), info->width, info->height,
                 GST_VIDEO_INFO_NAME (info));
    return FALSE;
  }
  frame->info.width = info->width;
  frame->info.height = info->height;
  for (guint p = 0; sound && p < GST_VIDEO_INFO_N_PLANES (info) && !is_tiled (info); p++)
    sound = check_plane (frame, p, error);
  if (!sound)
    gst_video_frame_unmap (frame);
  return sound;
}

gboolean
gst_tfc_frame_show_all (GstVideoFrame *frame)
{
  const gint width = frame->info.width, height = frame->info.height;
  const GstVideoMeta *meta = frame->meta;
  gboolean sound = TRUE;

  if (!meta)
    return TRUE;
  frame->info.width = (gint)meta->width;
  frame->info.height = (gint)meta->height;
  for (guint p = 0; sound && p < GST_VIDEO_INFO_N_PLANES (&frame->info); p++)
    sound = is_tiled (&frame->info) || check_plane (frame, p, NULL);
  if (!sound) {
    frame->info.width = width;
    frame->info.height = height;
  }
  return sound;
}

void
gst_tfc_frame_show (TfcFrame *view, const GstVideoFrame *frame)
{
  const gboolean field = GST_VIDEO_FRAME_IS_INTERLACED (frame) && frame->info.height > 1;

  view->height = field ? (frame->info.height + 1) / 2 : frame->info.height;
  for (guint i = 0; i < view->format->n_planes; i++) {
    const gint64 stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, i) * (gint64)(field ? 2 : 1);
    view->plane[i] = GST_VIDEO_FRAME_PLANE_DATA (frame, i);
    /* beyond that there is but one row */
    view->stride[i] = (gint)CLAMP (stride, -G_MAXINT, G_MAXINT);
  }
}
