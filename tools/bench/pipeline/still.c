/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/pipeline/still.h"

#include "tools/common/picture.h"

static GstVideoConverter *
converter (const GstVideoInfo *from, const GstVideoInfo *to)
{
  gint width = MIN (to->width, (gint)((gint64)to->height * from->width / from->height));
  gint height = MIN (to->height, (gint)((gint64)to->width * from->height / from->width));
  // clang-format off
  return gst_video_converter_new (from, to, gst_structure_new ("options",
      GST_VIDEO_CONVERTER_OPT_DEST_X, G_TYPE_INT, (to->width - width) / 2,
      GST_VIDEO_CONVERTER_OPT_DEST_Y, G_TYPE_INT, (to->height - height) / 2,
      GST_VIDEO_CONVERTER_OPT_DEST_WIDTH, G_TYPE_INT, MAX (width, 1),
      GST_VIDEO_CONVERTER_OPT_DEST_HEIGHT, G_TYPE_INT, MAX (height, 1), NULL));
  // clang-format on
}

static void
convert (const TfcPicture *picture, const GstVideoInfo *info, GstBuffer *buffer)
{
  const TfcFrame *f = &picture->frame;
  GstBuffer *source = gst_buffer_new_wrapped_full (GST_MEMORY_FLAG_READONLY, picture->pixels,
                                                   (gsize)f->stride[0] * f->height, 0,
                                                   (gsize)f->stride[0] * f->height, NULL, NULL);
  GstVideoInfo from;
  GstVideoFrame in, out;
  GstVideoConverter *converts;
  gst_video_info_set_format (&from, GST_VIDEO_FORMAT_RGB, f->width, f->height);
  from.fps_n = info->fps_n;
  from.fps_d = info->fps_d;
  from.stride[0] = f->stride[0];
  from.size = (gsize)f->stride[0] * f->height;
  converts = converter (&from, info);
  gst_video_frame_map (&in, &from, source, GST_MAP_READ);
  gst_video_frame_map (&out, info, buffer, GST_MAP_WRITE);
  gst_video_converter_frame (converts, &in, &out);
  gst_video_frame_unmap (&out);
  gst_video_frame_unmap (&in);
  gst_video_converter_free (converts);
  gst_buffer_unref (source);
}

GstBuffer *
still_new (const gchar *path, GstVideoFormat format, guint width, guint height, gint rate,
           GstVideoInfo *info, GError **error)
{
  static const guint8 black[3];
  TfcPicture picture = {.frame = {.width = 1, .height = 1, .stride = {3}}};
  GstBuffer *buffer;
  if (path && !tfc_picture_load (path, &picture, error))
    return NULL;
  if (!path)
    picture.pixels = (guint8 *)black;
  gst_video_info_set_format (info, format, width, height);
  info->fps_n = rate;
  info->fps_d = 1;
  buffer = gst_buffer_new_allocate (NULL, info->size, NULL);
  convert (&picture, info, buffer);
  if (path)
    tfc_picture_clear (&picture);
  return buffer;
}
