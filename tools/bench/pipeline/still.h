/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One picture in the size and format that a camera would have. */
#include <gst/video/video.h>

/* The picture of the file (NULL: black), as large as fits without being distorted, the rest black. NULL with error
 * set. Writes info. Unref. */
GstBuffer *still_new (const gchar *path, GstVideoFormat format, guint width, guint height,
                      gint rate, GstVideoInfo *info, GError **error);
