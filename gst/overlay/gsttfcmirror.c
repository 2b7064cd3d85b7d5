/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/overlay/gsttfcmirror.h"
#include <string.h>
#include "models/frame/format.h"

/* Exchanges n samples of size bytes, step bytes apart. */
static void
reverse (guint8 *row, gint n, gint step, gint size)
{
  guint8 *left = row, *right = row + (gssize)(n - 1) * step, kept[16];
  for (; left < right; left += step, right -= step) {
    memcpy (kept, left, size);
    memcpy (left, right, size);
    memcpy (right, kept, size);
  }
}

static void
reverse_bytes (guint8 *row, gint n, gint step)
{
  guint8 *left = row, *right = row + (gssize)(n - 1) * step;
  for (; left < right; left += step, right -= step) {
    guint8 kept = *left;
    *left = *right;
    *right = kept;
  }
}

static void
reverse_words (guint8 *row, gint n)
{
  guint32 *left = (guint32 *)row, *right = left + n - 1;
  for (; left < right; left++, right--) {
    guint32 kept = *left;
    *left = *right;
    *right = kept;
  }
}

/* Bytes from a plane's begin to its first sample of component c. GStreamer 1.22 has it wrong where
 * a sample is two bytes and not alone in its plane (P010, Y210). */
static gint
offset_of (const GstVideoFormatInfo *f, guint c)
{
  const TfcFormat *known = tfc_format_find (f->name);
  return known && c < tfc_format_n_components (known) ? known->component[c].offset : f->poffset[c];
}

static void
mirror_component (GstVideoFrame *frame, guint c)
{
  gint w = GST_VIDEO_FRAME_COMP_WIDTH (frame, c), h = GST_VIDEO_FRAME_COMP_HEIGHT (frame, c);
  const GstVideoFormatInfo *f = frame->info.finfo;
  gint step = f->pixel_stride[c], size = (gint)(f->depth[c] + f->shift[c] + 7) / 8;
  guint8 *row = (guint8 *)GST_VIDEO_FRAME_PLANE_DATA (frame, f->plane[c]) + offset_of (f, c);
  for (; h--; row += GST_VIDEO_FRAME_COMP_STRIDE (frame, c))
    if (size == 1)
      reverse_bytes (row, w, step);
    else
      reverse (row, w, step, size);
}

static void
mirror_pixels (GstVideoFrame *frame)
{
  gint w = GST_VIDEO_FRAME_WIDTH (frame), h = GST_VIDEO_FRAME_HEIGHT (frame);
  gint step = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, 0);
  guint8 *row = GST_VIDEO_FRAME_PLANE_DATA (frame, 0);
  for (; h--; row += GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0))
    if (step == 4 && !((gsize)row & 3))
      reverse_words (row, w);
    else
      reverse (row, w, step, step);
}

static gboolean
mirror_unpacked (GstVideoFrame *frame)
{
  const GstVideoFormatInfo *f = frame->info.finfo;
  const GstVideoFormatInfo *u = gst_video_format_get_info (f->unpack_format);
  gint w = GST_VIDEO_FRAME_WIDTH (frame), h = GST_VIDEO_FRAME_HEIGHT (frame);
  gint size = u->pixel_stride[0];
  guint8 *line = g_try_malloc (((gsize)w + 64) * size);
  if (!line)
    return FALSE;
  for (gint y = 0; y < h; y++) {
    f->unpack_func (f, GST_VIDEO_PACK_FLAG_NONE, line, frame->data, frame->info.stride, 0, y, w);
    reverse (line, w, size, size);
    f->pack_func (f, GST_VIDEO_PACK_FLAG_NONE, line, (w + 64) * size, frame->data,
                  frame->info.stride, frame->info.chroma_site, y, w);
  }
  g_free (line);
  return TRUE;
}

/* Every component in bytes of its own (10 bits lie in two). */
static gboolean
bytewise (const GstVideoFormatInfo *f)
{
  for (guint c = 0; c < f->n_components; c++)
    if (f->pixel_stride[c] < 1)
      return FALSE;
  return TRUE;
}

static gboolean
whole_pixels (const GstVideoFormatInfo *f)
{
  for (guint c = 0; c < f->n_components; c++)
    if (f->plane[c] || f->w_sub[c] || f->h_sub[c] || f->pixel_stride[c] != f->pixel_stride[0])
      return FALSE;
  return f->pixel_stride[0] >= 1 && f->pixel_stride[0] <= 16;
}

static gboolean
unpacks (const GstVideoFormatInfo *f)
{
  const GstVideoFormatInfo *u = gst_video_format_get_info (f->unpack_format);
  return f->unpack_func && f->pack_func && f->pack_lines == 1 && u && u->pixel_stride[0] >= 1 &&
         u->pixel_stride[0] <= 16;
}

/* Rows of single pixels, of single components, or neither. */
typedef enum { ROWS_OF_PIXELS, ROWS_OF_COMPONENTS, ROWS_PACKED } Rows;

static Rows
rows_of (const GstVideoFormatInfo *f)
{
  if (f->flags & GST_VIDEO_FORMAT_FLAG_PALETTE)
    return ROWS_OF_PIXELS;
  if (f->flags & GST_VIDEO_FORMAT_FLAG_COMPLEX)
    return ROWS_PACKED;
  return whole_pixels (f) ? ROWS_OF_PIXELS : bytewise (f) ? ROWS_OF_COMPONENTS : ROWS_PACKED;
}

gboolean
gst_tfc_mirror_supports (const GstVideoFormatInfo *f)
{
  return !(f->flags & GST_VIDEO_FORMAT_FLAG_TILED) && f->format > GST_VIDEO_FORMAT_ENCODED &&
         (rows_of (f) != ROWS_PACKED || unpacks (f));
}

gboolean
gst_tfc_mirror_frame (GstVideoFrame *frame)
{
  const GstVideoFormatInfo *f = frame->info.finfo;
  Rows rows = rows_of (f);
  if (!gst_tfc_mirror_supports (f))
    return FALSE;
  if (rows == ROWS_PACKED)
    return mirror_unpacked (frame);
  if (rows == ROWS_OF_PIXELS)
    mirror_pixels (frame);
  for (guint c = 0; rows == ROWS_OF_COMPONENTS && c < f->n_components; c++)
    mirror_component (frame, c);
  return TRUE;
}
