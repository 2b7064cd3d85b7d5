/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Photos of the shared mirror as frames, for tests. */
#include <cairo.h>
#include "models/frame/frame.h"
#include "tests/models/golden.h"

/* A file of the mirror, a .png, as packed RGB (g_free *pixels); FALSE, and the test skipped, if it is not there. */
static inline gboolean
photo_load_file (const gchar *file, guint8 **pixels, guint *width, guint *height)
{
  gchar *path = golden_path (file);

  if (!path)
    return FALSE;
  cairo_surface_t *png = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (png), ==, CAIRO_STATUS_SUCCESS);
  *width = cairo_image_surface_get_width (png);
  *height = cairo_image_surface_get_height (png);
  *pixels = g_malloc ((gsize) *width * *height * 3);
  guint8 *p = *pixels;
  for (guint y = 0; y < *height; y++) {
    const guint32 *row = (const guint32 *) (gconstpointer) (cairo_image_surface_get_data (png) +
                                                            y * cairo_image_surface_get_stride (png));
    for (guint x = 0; x < *width; x++, p += 3) {
      p[0] = row[x] >> 16;
      p[1] = row[x] >> 8;
      p[2] = row[x];
    }
  }
  cairo_surface_destroy (png);
  g_free (path);
  return TRUE;
}

/* The same of media/NAME.png. */
static inline gboolean
photo_load (const gchar *name, guint8 **pixels, guint *width, guint *height)
{
  gchar *file = g_strdup_printf ("media/%s.png", name);
  const gboolean ok = photo_load_file (file, pixels, width, height);

  g_free (file);
  return ok;
}
