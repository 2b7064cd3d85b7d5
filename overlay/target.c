/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/blend.h"
#include "overlay/strokes.h"

/* On the window's grid of two, which subsampled formats are blended on. */
gboolean
tfc_target_begin (TfcOverlay *overlay, TfcArea area)
{
  const TfcArea *w = &overlay->target.window;
  gint x = (area.x - w->x) & ~1, y = (area.y - w->y) & ~1;
  gint right = (area.x - w->x + area.w + 1) & ~1, bottom = (area.y - w->y + area.h + 1) & ~1;
  return tfc_mask_begin (&overlay->mask, (TfcArea){w->x + x, w->y + y, right - x, bottom - y});
}

static void
put_on_cairo (cairo_t *cr, const TfcMask *mask, guint32 argb)
{
  const TfcArea *a = &mask->area;
  cairo_surface_t *surface =
      cairo_image_surface_create_for_data (mask->data, CAIRO_FORMAT_A8, a->w, a->h, mask->stride);
  cairo_set_source_rgba (cr, (argb >> 16 & 255) / 255.0, (argb >> 8 & 255) / 255.0,
                         (argb & 255) / 255.0, (argb >> 24) / 255.0);
  cairo_mask_surface (cr, surface, a->x, a->y);
  cairo_surface_destroy (surface);
}

gboolean
tfc_overlay_paints (const TfcFormat *format)
{
  return tfc_blend_takes (format);
}

void
tfc_target_put (TfcOverlay *overlay, guint32 argb)
{
  const TfcTarget *target = &overlay->target;
  const TfcMask *mask = &overlay->mask;
  const TfcArea *a = &mask->area;
  const TfcCoverage coverage = {
      mask->data, mask->stride, a->x - target->window.x, a->y - target->window.y, a->w, a->h};
  if (target->cr)
    put_on_cairo (target->cr, mask, argb);
  else
    tfc_blend (target->pixels, argb, &coverage);
}
