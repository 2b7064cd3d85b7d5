/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/common/webp.h"
#include "tools/common/exif.h"

#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>

gboolean
tfc_webp_is (const guint8 *bytes, gsize n)
{
  return n >= 12 && !memcmp (bytes, "RIFF", 4) && !memcmp (bytes + 8, "WEBP", 4);
}

/* Packed RGB of a still picture, straight into the pixbuf. */
static gboolean
decode_still (const guint8 *bytes, gsize n, GdkPixbuf *to)
{
  return WebPDecodeRGBInto (bytes, n, gdk_pixbuf_get_pixels (to), gdk_pixbuf_get_byte_length (to),
                            gdk_pixbuf_get_rowstride (to)) != NULL;
}

/* The first frame of an animation as it stands on its canvas. */
static gboolean
decode_first (const WebPData *data, GdkPixbuf *to)
{
  WebPAnimDecoder *decoder = WebPAnimDecoderNew (data, NULL);
  const gint width = gdk_pixbuf_get_width (to), height = gdk_pixbuf_get_height (to);
  guint8 *rgba;
  int ms;
  const gboolean ok = decoder && WebPAnimDecoderGetNext (decoder, &rgba, &ms);
  for (gint y = 0; ok && y < height; y++) {
    const guint8 *in = rgba + (gsize)y * width * 4;
    guint8 *out = gdk_pixbuf_get_pixels (to) + (gsize)y * gdk_pixbuf_get_rowstride (to);
    for (gint x = 0; x < width; x++)
      memcpy (out + 3 * x, in + 4 * x, 3);
  }
  WebPAnimDecoderDelete (decoder);
  return ok;
}

static void
set_orientation (const WebPData *data, GdkPixbuf *pixbuf)
{
  WebPDemuxer *demuxer = WebPDemux (data);
  WebPChunkIterator chunk = {0};
  if (demuxer && WebPDemuxGetChunk (demuxer, "EXIF", 1, &chunk)) {
    const gchar value[] = {
        (gchar)('0' + tfc_exif_orientation (chunk.chunk.bytes, chunk.chunk.size)), 0};
    gdk_pixbuf_set_option (pixbuf, "orientation", value);
    WebPDemuxReleaseChunkIterator (&chunk);
  }
  WebPDemuxDelete (demuxer);
}

GdkPixbuf *
tfc_webp_decode (const guint8 *bytes, gsize n, GError **error)
{
  const WebPData data = {bytes, n};
  WebPBitstreamFeatures is;
  GdkPixbuf *pixbuf;
  if (WebPGetFeatures (bytes, n, &is) != VP8_STATUS_OK) {
    g_set_error (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_CORRUPT_IMAGE, "damaged WebP picture");
    return NULL;
  }
  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, is.width, is.height);
  if (!pixbuf) {
    g_set_error (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY,
                 "no memory for a WebP picture of %d x %d", is.width, is.height);
    return NULL;
  }
  if (!(is.has_animation ? decode_first (&data, pixbuf) : decode_still (bytes, n, pixbuf))) {
    g_set_error (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_CORRUPT_IMAGE,
                 "damaged WebP picture of %d x %d", is.width, is.height);
    g_clear_object (&pixbuf);
    return NULL;
  }
  set_orientation (&data, pixbuf);
  return pixbuf;
}
