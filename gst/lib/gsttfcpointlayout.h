/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Names of a pose's points and the lines between them: constant tables. */
#include "gsttfckinds.h"

G_BEGIN_DECLS

GST_TFC_API guint gst_tfc_point_layout_get_n_points (GstTfcPointLayout layout);
GST_TFC_API const gchar *gst_tfc_point_layout_get_point_name (GstTfcPointLayout layout,
                                                              guint index);
GST_TFC_API const guint16 *gst_tfc_point_layout_get_edges (GstTfcPointLayout layout,
                                                           guint *n_indices);

G_END_DECLS
