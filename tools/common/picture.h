/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Picture files in and out of the frame view, for the command-line tools and the tests. */
#include "models/frame/frame.h"

typedef struct {
  TfcFrame frame; /* its pixels are this picture's own */
  guint8 *pixels; /* one block with all planes */
} TfcPicture;

/* Reads a PNG, JPEG, WebP or whatever else GdkPixbuf reads as packed RGB, turned upright as its EXIF says; of an animation
 * the first frame. Transparency is dropped. FALSE with error set; its message names the file. */
gboolean tfc_picture_load (const gchar *path, TfcPicture *picture, GError **error);

/* The RGB picture from in another format: YUV in the matrix that GStreamer takes for its size (BT.709
 * from 720 lines on, else BT.601), limited range, chroma averaged over the pixels it covers.
 * FALSE if there is no memory for it. */
gboolean tfc_picture_convert (const TfcPicture *from, const TfcFormat *format, TfcPicture *to);

void tfc_picture_clear (TfcPicture *picture);
