/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The name of a file that has the date in it, and the names of the files that it was before. */
#include <glib.h>

/* Rotated files that are kept beside PATH: PATH.1, the newest, to PATH.9. */
#define GST_TFC_MAX_ROTATED 9

typedef struct {
  const gchar *pattern; /* as strftime has it; borrowed */
  gchar path[4096];     /* now */
  gint64 looked;        /* second in which path was made */
} GstTfcFileName;

/* FALSE with a GST_RESOURCE_ERROR: it has no name, or a longer one than systems have. */
gboolean gst_tfc_file_name_init (GstTfcFileName *name, const gchar *pattern, GError **error);
/* TRUE: path has become another one; asked at most once a second. Local time. */
gboolean gst_tfc_file_name_is_due (GstTfcFileName *name);
/* Makes the folders, if a date is part of their names; others must be there. */
void gst_tfc_file_name_make_folders (const GstTfcFileName *name);
/* path becomes path.1, path.1 path.2, ...; the last one goes. FALSE with errno: it stays. */
gboolean gst_tfc_file_name_rotate (const GstTfcFileName *name);
