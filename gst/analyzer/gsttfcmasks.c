/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcmasks.h"
#include "gst/analyzer/gsttfcroi.h"

G_STATIC_ASSERT ((int)GST_TFC_MASK_KIND_PERSON == TFC_MASK_PERSON);
G_STATIC_ASSERT ((int)GST_TFC_MASK_KIND_PARTS == TFC_MASK_PARTS);
G_STATIC_ASSERT ((int)GST_TFC_MASK_KIND_PEOPLE == TFC_MASK_PEOPLE);

GstTfcResults *
gst_tfc_analyzer_mask_results (GstTfcAnalyzer *analyzer, const gchar *model, GstClockTime pts,
                               const TfcMask *m, const gchar *const *labels)
{
  static const TfcBox whole = {0, 0, 1, 1};
  const TfcBox *part = gst_tfc_analyzer_part (analyzer), *p = part ? part : &whole;
  const GstTfcMask mask = {.width = m->width,
                           .height = m->height,
                           .x = p->x + m->region.x * p->w,
                           .y = p->y + m->region.y * p->h,
                           .w = m->region.w * p->w,
                           .h = m->region.h * p->h,
                           .kind = (GstTfcMaskKind)m->kind,
                           .n_indices = m->n_indices,
                           .data = m->data,
                           .labels = labels};

  return gst_tfc_results_new_mask (model, pts, &mask);
}
