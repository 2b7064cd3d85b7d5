/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gsttfcframe.h"

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

gboolean
gst_tfc_frame_setup (TfcFrame *view, const GstVideoInfo *info)
{
  const TfcFormat *format = tfc_format_find (GST_VIDEO_INFO_NAME (info));

  if (!format)
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

void
gst_tfc_frame_show (TfcFrame *view, const GstVideoFrame *frame)
{
  gboolean field = GST_VIDEO_FRAME_IS_INTERLACED (frame) && frame->info.height > 1;

  view->height = field ? (frame->info.height + 1) / 2 : frame->info.height;
  for (guint i = 0; i < view->format->n_planes; i++) {
    view->plane[i] = GST_VIDEO_FRAME_PLANE_DATA (frame, i);
    view->stride[i] = GST_VIDEO_FRAME_PLANE_STRIDE (frame, i) * (field ? 2 : 1);
  }
}
