/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* How a picture lies: EXIF's orientation, 1 (upright) to 8, where GdkPixbuf does not read it
 * itself. */
#include <glib.h>

/* Of an EXIF block of n bytes, with or without JPEG's "Exif" before it; 1 where it says nothing or
 * is damaged. */
guint tfc_exif_orientation (const guint8 *exif, gsize n);

/* Of a PNG file, out of its eXIf chunk; 1 where it has none, or is no PNG file, or cannot be read.
 */
guint tfc_exif_png_orientation (const gchar *path);
