/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/overlay/gsttfcoverlayblender.h"
#include <gst/video/video-blend.h>
#include <string.h>

#define MAX_KEPT 256 /* buffers */

void
gst_tfc_overlay_blender_init (GstTfcOverlayBlender *blender)
{
  memset (blender, 0, sizeof *blender);
  blender->argb =
      tfc_format_find (gst_video_format_to_string (GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB));
  blender->buffers = g_ptr_array_new_with_free_func ((GDestroyNotify)gst_buffer_unref);
}

void
gst_tfc_overlay_blender_finish (GstTfcOverlayBlender *blender)
{
  g_clear_pointer (&blender->buffers, g_ptr_array_unref);
  g_clear_pointer (&blender->scratch, g_free);
  blender->scratch_size = 0;
}

/* Of an area in an overlay rectangle's format. */
static gsize
bytes_of (const TfcArea *area)
{
  return (gsize)area->w * 4 * area->h;
}

/* Paints what was laid out for area onto memory of an overlay rectangle's format. */
static void
paint (GstTfcOverlayBlender *blender, TfcLayout *layout, guint8 *data, const TfcArea *area)
{
  const TfcPixels pixels = {
      .width = area->w,
      .height = area->h,
      .plane = {data},
      .stride = {4 * area->w},
      .format = blender->argb,
  };
  memset (data, 0, bytes_of (area));
  tfc_layout_paint_pixels (layout, &pixels, area->x, area->y);
}

/* A view of the part of frame around area, so that blending need not walk whole lines: on a grid of
 * four pixels, which no subsampling exceeds. Formats without plain samples: the whole frame. */
static GstVideoFrame
part_of (const GstVideoFrame *frame, const TfcArea *area, TfcArea *part)
{
  const GstVideoFormatInfo *f = frame->info.finfo;
  const guint odd =
      GST_VIDEO_FORMAT_FLAG_COMPLEX | GST_VIDEO_FORMAT_FLAG_TILED | GST_VIDEO_FORMAT_FLAG_PALETTE;
  GstVideoFrame view = *frame;
  gint width = GST_VIDEO_FRAME_WIDTH (frame), height = GST_VIDEO_FRAME_HEIGHT (frame);
  *part = (TfcArea){0, 0, width, height};
  for (guint c = 0; c < f->n_components; c++)
    if (f->pixel_stride[c] < 1 || f->flags & odd)
      return view;
  part->x = area->x & ~3;
  part->y = area->y & ~3;
  part->w = MIN ((area->x + area->w + 3) & ~3, width) - part->x;
  part->h = MIN ((area->y + area->h + 3) & ~3, height) - part->y;
  view.info.width = part->w;
  view.info.height = part->h;
  for (guint c = 0; c < f->n_components; c++) {
    guint plane = f->plane[c];
    view.data[plane] = (guint8 *)frame->data[plane] +
                       (gssize)(part->y >> f->h_sub[c]) * frame->info.stride[plane] +
                       (gssize)(part->x >> f->w_sub[c]) * f->pixel_stride[c];
  }
  return view;
}

static gboolean
blend_area (GstTfcOverlayBlender *blender, TfcLayout *layout, GstVideoFrame *frame,
            const TfcArea *area)
{
  gsize need = bytes_of (area);
  TfcArea part;
  if (need > TFC_FRAME_MAX_PLANE) /* more than GStreamer's blending counts with */
    return FALSE;
  if (need > blender->scratch_size) {
    g_free (blender->scratch);
    blender->scratch = g_try_malloc (need);
    blender->scratch_size = blender->scratch ? need : 0;
  }
  if (!blender->scratch)
    return FALSE;
  paint (blender, layout, blender->scratch, area);
  GstVideoFrame view = part_of (frame, area, &part), source = {0};
  gst_video_info_set_format (&source.info, GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, area->w,
                             area->h);
  source.info.flags |= GST_VIDEO_FLAG_PREMULTIPLIED_ALPHA;
  source.data[0] = blender->scratch;
  return gst_video_blend (&view, &source, area->x - part.x, area->y - part.y, 1.0f);
}

gboolean
gst_tfc_overlay_blender_blend (GstTfcOverlayBlender *blender, TfcLayout *layout,
                               GstVideoFrame *frame, const TfcArea *areas, guint n)
{
  gboolean done = TRUE;
  for (guint i = 0; i < n; i++)
    done &= blend_area (blender, layout, frame, &areas[i]);
  return done;
}

/* A buffer of at least size bytes that nobody else holds, taken out of the list. */
static GstBuffer *
take_buffer (GstTfcOverlayBlender *blender, gsize size)
{
  for (guint i = 0; i < blender->buffers->len; i++) {
    GstBuffer *buffer = blender->buffers->pdata[i];
    gsize has = gst_buffer_get_size (buffer);
    if (has >= size && has / 8 <= size && gst_buffer_is_writable (buffer) &&
        gst_buffer_is_all_memory_writable (buffer))
      return g_ptr_array_steal_index_fast (blender->buffers, i);
  }
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, size, NULL);
  if (buffer)
    gst_buffer_add_video_meta (buffer, GST_VIDEO_FRAME_FLAG_NONE,
                               GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, 1, 1);
  return buffer;
}

static void
put_buffer (GstTfcOverlayBlender *blender, GstBuffer *buffer)
{
  if (blender->buffers->len == MAX_KEPT)
    g_ptr_array_remove_index_fast (blender->buffers, 0);
  g_ptr_array_add (blender->buffers, buffer);
}

static GstVideoOverlayRectangle *
make_rectangle (GstTfcOverlayBlender *blender, TfcLayout *layout, const TfcArea *area)
{
  gsize stride = (gsize)area->w * 4, need = bytes_of (area);
  GstBuffer *buffer = need > TFC_FRAME_MAX_PLANE ? NULL : take_buffer (blender, need);
  GstVideoOverlayRectangle *rectangle = NULL;
  GstMapInfo map;
  if (!buffer)
    return NULL;
  GstVideoMeta *meta = gst_buffer_get_video_meta (buffer);
  meta->width = area->w;
  meta->height = area->h;
  meta->stride[0] = (gint)stride;
  if (gst_buffer_map (buffer, &map, GST_MAP_WRITE)) {
    paint (blender, layout, map.data, area);
    gst_buffer_unmap (buffer, &map);
    rectangle =
        gst_video_overlay_rectangle_new_raw (buffer, area->x, area->y, area->w, area->h,
                                             GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
  }
  put_buffer (blender, buffer);
  return rectangle;
}

gboolean
gst_tfc_overlay_blender_attach (GstTfcOverlayBlender *blender, TfcLayout *layout, GstBuffer *buffer,
                                const TfcArea *areas, guint n)
{
  GstVideoOverlayCompositionMeta *there = gst_buffer_get_video_overlay_composition_meta (buffer);
  GstVideoOverlayComposition *all = there ? gst_video_overlay_composition_copy (there->overlay)
                                          : gst_video_overlay_composition_new (NULL);
  gboolean done = TRUE;
  for (guint i = 0; i < n; i++) {
    GstVideoOverlayRectangle *rectangle = make_rectangle (blender, layout, &areas[i]);
    done &= rectangle != NULL;
    if (!rectangle)
      continue;
    gst_video_overlay_composition_add_rectangle (all, rectangle);
    gst_video_overlay_rectangle_unref (rectangle);
  }
  if (there)
    gst_buffer_remove_video_overlay_composition_meta (buffer, there);
  gst_buffer_add_video_overlay_composition_meta (buffer, all);
  gst_video_overlay_composition_unref (all);
  return done;
}
