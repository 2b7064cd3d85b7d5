/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/line/gsttfcline-private.h"
#include "models/result/coverage.h"
#include <cairo.h>
#include <string.h>

static cairo_status_t
append (gpointer bytes, const guchar *data, guint n)
{
  g_byte_array_append (bytes, data, n);
  return CAIRO_STATUS_SUCCESS;
}

/* A picture of 8 bits of grey, a mask's values as they are; NULL: no memory. */
static GByteArray *
encode_png (const GstTfcMask *mask)
{
  cairo_surface_t *grey =
      cairo_image_surface_create (CAIRO_FORMAT_A8, (gint)mask->width, (gint)mask->height);
  GByteArray *png = g_byte_array_new ();
  gboolean done = FALSE;

  if (cairo_surface_status (grey) == CAIRO_STATUS_SUCCESS) {
    const gsize stride = (gsize)cairo_image_surface_get_stride (grey);
    guint8 *to = cairo_image_surface_get_data (grey);
    for (gsize y = 0; y < mask->height; y++)
      memcpy (to + y * stride, mask->data + y * mask->width, mask->width);
    cairo_surface_mark_dirty (grey);
    done = cairo_surface_write_to_png_stream (grey, append, png) == CAIRO_STATUS_SUCCESS;
  }
  cairo_surface_destroy (grey);
  if (!done)
    g_clear_pointer (&png, g_byte_array_unref);
  return png;
}

static void
write_png (GstTfcLine *line, const GstTfcMask *mask)
{
  g_autoptr (GByteArray) png = encode_png (mask);

  if (!png)
    return;
  gst_tfc_json_key (line->json, "png");
  gst_tfc_json_base64 (line->json, png->data, png->len);
}

void
gst_tfc_line_mask (GstTfcLine *line, const GstTfcMask *mask)
{
  static const gchar *const kinds[] = {"person", "parts", "people"};
  const gsize n = (gsize)mask->width * mask->height;

  gst_tfc_json_key (line->json, "segments");
  gst_tfc_json_open (line->json, '{');
  gst_tfc_line_count (line, "width", mask->width);
  gst_tfc_line_count (line, "height", mask->height);
  gst_tfc_line_name (line, "kind", kinds[MIN (mask->kind, G_N_ELEMENTS (kinds) - 1)]);
  gst_tfc_line_score (line, "coverage", tfc_mask_coverage (mask->data, n, (TfcMaskKind)mask->kind));
  if (mask->kind == GST_TFC_MASK_KIND_PEOPLE)
    gst_tfc_line_count (line, "people", mask->n_indices);
  gst_tfc_line_box (line, mask->x, mask->y, mask->w, mask->h);
  if (line->include & GST_TFC_PUBLISH_INCLUDE_MASKS && n)
    write_png (line, mask);
  gst_tfc_json_close (line->json, '}');
}
