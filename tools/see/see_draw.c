/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/mask_effect.h"
#include "tools/see/see.h"

#define FORMAT (G_BYTE_ORDER == G_LITTLE_ENDIAN ? "BGRx" : "xRGB") /* Cairo's */

static void
copy_pixels (cairo_surface_t *surface, const TfcFrame *rgb)
{
  for (guint y = 0; y < rgb->height; y++) {
    const guint8 *in = rgb->plane[0] + (gsize)y * rgb->stride[0];
    guint32 *out = (guint32 *)(cairo_image_surface_get_data (surface) +
                               (gsize)y * cairo_image_surface_get_stride (surface));
    for (guint x = 0; x < rgb->width; x++, in += 3)
      out[x] = (guint32)in[0] << 16 | in[1] << 8 | in[2];
  }
  cairo_surface_mark_dirty (surface);
}

/* People or their parts in colours. */
static void
tint (TfcOverlay *overlay, cairo_surface_t *surface, const TfcStyle *style, const TfcMask *mask)
{
  const TfcPixels pixels = {.width = (guint)cairo_image_surface_get_width (surface),
                            .height = (guint)cairo_image_surface_get_height (surface),
                            .plane = {cairo_image_surface_get_data (surface)},
                            .stride = {cairo_image_surface_get_stride (surface)},
                            .format = tfc_format_find (FORMAT)};
  const TfcAlphaBytes none = {0};
  tfc_overlay_mask (overlay, &pixels, style, mask, NULL, &none);
  cairo_surface_mark_dirty (surface);
}

gboolean
tfc_see_draw (const TfcFrame *rgb, const TfcAnnotations *annotations, const gchar *path,
              GError **error)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, rgb->width, rgb->height);
  if (!cairo_surface_status (surface)) {
    TfcOverlay *overlay = tfc_overlay_new ();
    TfcStyle style = tfc_style_defaults;
    copy_pixels (surface, rgb);
    if (annotations->mask) {
      style.mask = annotations->mask->kind == TFC_MASK_PERSON ? TFC_MASK_TINT : TFC_MASK_TINT_PARTS;
      tint (overlay, surface, &style, annotations->mask);
    }
    cairo_t *cr = cairo_create (surface);
    tfc_overlay_draw (overlay, cr, rgb->width, rgb->height, &style, annotations);
    cairo_destroy (cr);
    tfc_overlay_free (overlay);
  }
  const cairo_status_t status = cairo_surface_write_to_png (surface, path);
  if (status)
    g_set_error (error, TFC_ERROR, TFC_ERROR_READ, "%s: cannot write the picture: %s", path,
                 cairo_status_to_string (status));
  cairo_surface_destroy (surface);
  return !status;
}
