/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/mask/mask_png.h"

#include <cairo.h>
#include <string.h>

static cairo_status_t
append (gpointer bytes, const guchar *data, guint n)
{
  g_byte_array_append (bytes, data, n);
  return CAIRO_STATUS_SUCCESS;
}

GByteArray *
tfc_mask_png (const guint8 *values, guint width, guint height)
{
  cairo_surface_t *grey = cairo_image_surface_create (CAIRO_FORMAT_A8, (gint)width, (gint)height);
  GByteArray *png = g_byte_array_new ();
  gboolean done = FALSE;

  if (cairo_surface_status (grey) == CAIRO_STATUS_SUCCESS) {
    const gsize stride = (gsize)cairo_image_surface_get_stride (grey);
    guint8 *to = cairo_image_surface_get_data (grey);
    for (gsize y = 0; y < height; y++)
      memcpy (to + y * stride, values + y * width, width);
    cairo_surface_mark_dirty (grey);
    done = cairo_surface_write_to_png_stream (grey, append, png) == CAIRO_STATUS_SUCCESS;
  }
  cairo_surface_destroy (grey);
  if (!done)
    g_clear_pointer (&png, g_byte_array_unref);
  return png;
}
