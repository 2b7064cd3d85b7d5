/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Which points of a face mesh form triangles and named regions: constant tables. */
#include "tfc-prelude.h"

G_BEGIN_DECLS

GST_TFC_API const guint16 *gst_tfc_face_get_triangles (guint *n_indices);
GST_TFC_API const gchar *gst_tfc_face_get_region_name (guint index);
GST_TFC_API const guint16 *gst_tfc_face_get_region (const gchar *name, guint *n_indices);

G_END_DECLS
