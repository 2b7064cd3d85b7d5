/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/overlay/gsttfcbackground.h"
#include <gdk-pixbuf/gdk-pixbuf.h>
#include "inference/error.h"

/* A small file may claim any size. */
#define MOST_SIDE 16384        /* pixels */
#define MOST_PIXELS (64 << 20) /* a quarter of a gigabyte while it is read */

void
gst_tfc_background_clear (GstTfcBackground *b)
{
  if (b->buffer)
    gst_video_frame_unmap (&b->frame);
  gst_clear_buffer (&b->buffer);
  g_clear_pointer (&b->file, g_free);
}

/* RGB or RGBA, upright; NULL with error set. */
static GdkPixbuf *
read_file (const gchar *file, GError **error)
{
  gint width = 0, height = 0;
  g_autoptr (GError) why = NULL;
  GdkPixbuf *read, *upright;

  if (gdk_pixbuf_get_file_info (file, &width, &height) &&
      (width > MOST_SIDE || height > MOST_SIDE || (gint64)width * height > MOST_PIXELS)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "%s: the picture has %d x %d pixels; at most %d on a side and %d altogether can "
                 "be read: scale it down",
                 file, width, height, MOST_SIDE, MOST_PIXELS);
    return NULL;
  }
  read = gdk_pixbuf_new_from_file (file, &why);
  if (!read) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_READ, "%s: no picture can be read from it: %s", file,
                 why->message);
    return NULL;
  }
  upright = gdk_pixbuf_apply_embedded_orientation (read);
  g_object_unref (read);
  return upright;
}

/* The part of the picture that has the frame's shape. */
static GstStructure *
cover (GdkPixbuf *picture, const GstVideoInfo *info)
{
  const gdouble w = gdk_pixbuf_get_width (picture), h = gdk_pixbuf_get_height (picture);
  const gdouble shape =
      (gdouble)info->width * MAX (info->par_n, 1) / MAX (info->par_d, 1) / info->height;
  const gint across = (gint)CLAMP (h * shape + 0.5, 1, w),
             down = (gint)CLAMP (w / shape + 0.5, 1, h);
  // clang-format off
  return gst_structure_new ("background",
      GST_VIDEO_CONVERTER_OPT_SRC_X, G_TYPE_INT, ((gint)w - across) / 2,
      GST_VIDEO_CONVERTER_OPT_SRC_Y, G_TYPE_INT, ((gint)h - down) / 2,
      GST_VIDEO_CONVERTER_OPT_SRC_WIDTH, G_TYPE_INT, across,
      GST_VIDEO_CONVERTER_OPT_SRC_HEIGHT, G_TYPE_INT, down,
      GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD, GST_TYPE_VIDEO_RESAMPLER_METHOD, GST_VIDEO_RESAMPLER_METHOD_LANCZOS, NULL);
  // clang-format on
}

static gboolean
convert (GdkPixbuf *picture, GstVideoFrame *to)
{
  GstVideoInfo from;
  GstVideoFrame source = {0};
  GstVideoConverter *converter;

  gst_video_info_set_format (
      &from, gdk_pixbuf_get_has_alpha (picture) ? GST_VIDEO_FORMAT_RGBA : GST_VIDEO_FORMAT_RGB,
      (guint)gdk_pixbuf_get_width (picture), (guint)gdk_pixbuf_get_height (picture));
  converter = gst_video_converter_new (&from, &to->info, cover (picture, &to->info));
  if (!converter)
    return FALSE;
  source.info = from;
  source.info.stride[0] = gdk_pixbuf_get_rowstride (picture);
  source.data[0] = gdk_pixbuf_get_pixels (picture);
  gst_video_converter_frame (converter, &source, to);
  gst_video_converter_free (converter);
  return TRUE;
}

static void
show (GstTfcBackground *b, GdkPixbuf *picture, GError **error)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, b->info.size, NULL);

  if (!buffer || !gst_video_frame_map (&b->frame, &b->info, buffer, GST_MAP_READWRITE)) {
    gst_clear_buffer (&buffer);
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "%s: no memory for the background", b->file);
    return;
  }
  if (convert (picture, &b->frame)) {
    b->buffer = buffer;
    return;
  }
  gst_video_frame_unmap (&b->frame);
  gst_buffer_unref (buffer);
  g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED, "%s: cannot be converted to %s", b->file,
               GST_VIDEO_INFO_NAME (&b->info));
}

/* One picture in memory of its own that looks like a frame: without its rate and fields, which
 * cannot be converted to, and without its strides, which may be those of a larger buffer. */
static GstVideoInfo
describe (const GstVideoInfo *frame)
{
  GstVideoInfo still;

  gst_video_info_set_format (&still, GST_VIDEO_INFO_FORMAT (frame), (guint)frame->width,
                             (guint)frame->height);
  still.colorimetry = frame->colorimetry;
  still.chroma_site = frame->chroma_site;
  still.par_n = frame->par_n;
  still.par_d = frame->par_d;
  return still;
}

gboolean
gst_tfc_background_load (GstTfcBackground *b, const gchar *file, const GstVideoInfo *info,
                         GError **error)
{
  const GstVideoInfo still = describe (info);
  GdkPixbuf *picture;

  if (b->file && g_str_equal (b->file, file) && gst_video_info_is_equal (&b->info, &still))
    return b->buffer != NULL;
  gst_tfc_background_clear (b);
  b->file = g_strdup (file);
  b->info = still;
  picture = read_file (file, error);
  if (picture)
    show (b, picture, error);
  g_clear_object (&picture);
  return b->buffer != NULL;
}
