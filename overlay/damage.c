/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/strokes.h"

/* Grows rectangles to a grid of tile pixels, inside the picture. */
static void
snap (cairo_rectangle_int_t *r, guint n, gint tile, gint width, gint height)
{
  for (; n--; r++) {
    gint right = MIN ((r->x + r->width + tile - 1) / tile * tile, width);
    gint bottom = MIN ((r->y + r->height + tile - 1) / tile * tile, height);
    r->x = r->x / tile * tile;
    r->y = r->y / tile * tile;
    r->width = right - r->x;
    r->height = bottom - r->y;
  }
}

guint
tfc_layout_areas (TfcLayout *layout, TfcArea *areas, guint max)
{
  guint n = layout->strokes->len;
  if (!n || !max)
    return 0;
  g_array_set_size (layout->overlay->rectangles, n);
  cairo_rectangle_int_t *r = (cairo_rectangle_int_t *)layout->overlay->rectangles->data;
  for (guint i = 0; i < n; i++) {
    TfcArea a = g_array_index (layout->strokes, TfcStroke, i).area;
    r[i] = (cairo_rectangle_int_t){a.x, a.y, a.w, a.h};
  }
  cairo_region_t *region = cairo_region_create_rectangles (r, n);
  for (gint tile = 16; (guint)cairo_region_num_rectangles (region) > max; tile *= 2) {
    cairo_region_destroy (region);
    snap (r, n, tile, layout->width, layout->height);
    region = cairo_region_create_rectangles (r, n);
  }
  guint count = cairo_region_num_rectangles (region);
  for (guint i = 0; i < count; i++) {
    cairo_rectangle_int_t one;
    cairo_region_get_rectangle (region, i, &one);
    areas[i] = (TfcArea){one.x, one.y, one.width, one.height};
  }
  cairo_region_destroy (region);
  return count;
}
