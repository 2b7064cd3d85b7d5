/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* The pixel formats as rows of a table: where each component of a pixel lies. Code that reads
 * pixels follows the row; it never branches on a format's name. */
#include <glib.h>

typedef enum { TFC_PIXELS_RGB, TFC_PIXELS_YUV, TFC_PIXELS_GRAY } TfcPixelKind;

/* One component (R, G, B or Y, U, V or the gray): 8 bits each.
 * Its sample for pixel (x, y) is at plane[plane] + (y >> sub_y) * stride + (x >> sub_x) * step + offset.
 * (A frame of odd size has (n + 1) >> sub samples along that axis.) */
typedef struct {
  guint8 plane, offset, step, sub_x, sub_y;
} TfcComponent;

typedef struct {
  const gchar *name; /* as GStreamer spells it: "NV12" */
  TfcPixelKind kind;
  guint8 n_planes;
  TfcComponent component[3]; /* GRAY: only [0] */
} TfcFormat;

/* NULL if there is no such format. */
const TfcFormat *tfc_format_find (const gchar *name);
/* NULL past the end. */
const TfcFormat *tfc_format_nth (guint n);
