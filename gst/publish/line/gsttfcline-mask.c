/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/line/gsttfcline-private.h"
#include "models/result/coverage.h"
#include "overlay/mask/mask_png.h"

static void
write_png (GstTfcLine *line, const GstTfcMask *mask)
{
  g_autoptr (GByteArray) png = tfc_mask_png (mask->data, mask->width, mask->height);

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
