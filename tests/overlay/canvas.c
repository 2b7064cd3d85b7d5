/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/overlay/canvas.h"

#include <math.h>
#include <string.h>

Canvas
canvas_new (gint w, gint h)
{
  Canvas c = {w, h, cairo_image_surface_create (CAIRO_FORMAT_RGB24, w, h), tfc_overlay_new ()};
  cairo_t *cr = cairo_create (c.surface);
  cairo_set_source_rgb (cr, 0x40 / 255.0, 0x60 / 255.0, 0x80 / 255.0);
  cairo_paint (cr);
  cairo_destroy (cr);
  return c;
}

void
canvas_free (Canvas *c)
{
  cairo_surface_destroy (c->surface);
  tfc_overlay_free (c->overlay);
}

void
draw (Canvas *c, const TfcStyle *style, const TfcAnnotations *scene)
{
  cairo_t *cr = cairo_create (c->surface);
  tfc_overlay_draw (c->overlay, cr, c->w, c->h, style, scene);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (c->surface);
}

guint32
pixel (const Canvas *c, gint x, gint y)
{
  const guint8 *data = cairo_image_surface_get_data (c->surface);
  const guint8 *row = data + (gsize)y * cairo_image_surface_get_stride (c->surface);
  return ((const guint32 *)row)[x] | 0xff000000;
}

guint
count (const Canvas *c, TfcArea a, guint32 color)
{
  guint n = 0;
  for (gint y = MAX (a.y, 0); y < MIN (a.y + a.h, c->h); y++)
    for (gint x = MAX (a.x, 0); x < MIN (a.x + a.w, c->w); x++)
      n += pixel (c, x, y) == color;
  return n;
}

void
fill_face (TfcFace *face, gfloat x, gfloat y, gfloat size)
{
  memset (face, 0, sizeof *face);
  face->n_points = TFC_FACE_POINTS;
  face->box = (TfcBox){x - size, y - size, 2 * size, 2 * size};
  for (guint i = 0; i < TFC_MESH_POINTS; i++) {
    gfloat radius = size * (i % 13 + 1) / 13, angle = i * 0.7f;
    face->points[i] =
        (TfcPoint){x + radius * cosf (angle), y + radius * sinf (angle), radius * 0.3f};
  }
  for (guint k = 0; k < 2; k++) {
    TfcPoint *iris = &face->points[TFC_MESH_POINTS + 5 * k];
    gfloat cx = x + (k ? -0.4f : 0.4f) * size, r = size / 8;
    const gfloat at[5][2] = {{0, 0}, {r, 0}, {0, -r}, {-r, 0}, {0, r}};
    for (guint i = 0; i < 5; i++)
      iris[i] = (TfcPoint){cx + at[i][0], y + at[i][1], 0};
  }
}
