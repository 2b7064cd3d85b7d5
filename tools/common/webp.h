/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* WebP pictures, which GdkPixbuf reads only where a loader for them is installed. */
#include <gdk-pixbuf/gdk-pixbuf.h>

/* TRUE if a file begins so; n is how many of its bytes are there. */
gboolean tfc_webp_is (const guint8 *bytes, gsize n);

/* The picture of a whole WebP file, of an animation the first frame, without its transparency. What EXIF says of its
 * orientation is an option of the pixbuf, as GdkPixbuf's own loaders leave it. NULL with error set (GDK_PIXBUF_ERROR):
 * the file is damaged, or there is no memory for the picture. g_object_unref. */
GdkPixbuf *tfc_webp_decode (const guint8 *bytes, gsize n, GError **error);
