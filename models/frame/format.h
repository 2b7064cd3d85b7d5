/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The pixel formats as rows of a table: where each component of a pixel lies. Code that reads
 * pixels follows the row; it never branches on a format's name. */
#include <glib.h>

typedef enum { TFC_PIXELS_RGB, TFC_PIXELS_YUV, TFC_PIXELS_GRAY } TfcPixelKind;

/* One component (R, G, B or Y, U, V or the gray).
 * Its sample for pixel (x, y) is at plane[plane] + (y >> sub_y) * stride + (x >> sub_x) * step +
 * offset. (A frame of odd size has (n + (1 << sub) - 1) >> sub samples along that axis.) */
typedef struct {
  guint8 plane, offset, step, sub_x, sub_y;
} TfcComponent;

typedef struct {
  const gchar *name; /* as GStreamer spells it: "NV12" */
  TfcPixelKind kind;
  guint8 n_planes; /* that components lie in; a plane of alpha behind them is not counted */
  TfcComponent component[3]; /* GRAY: only [0] */
  guint8 bits;               /* of a sample: 8 in one byte, or 9..16 in two */
  guint8 shift;              /* bits of the two bytes that lie below the sample's lowest one */
  gboolean big_endian;       /* of the two bytes */
  gboolean alpha_plane;      /* there is one, behind the others */
} TfcFormat;

/* NULL if there is no such format. */
const TfcFormat *tfc_format_find (const gchar *name);
/* NULL past the end. */
const TfcFormat *tfc_format_nth (guint n);

/* How many components there are: 3, or 1 of GRAY. */
guint tfc_format_n_components (const TfcFormat *format);
/* What plane of a picture of width x height has: bytes of a row (whole pixels, no padding) and
 * rows. */
void tfc_format_plane_size (const TfcFormat *format, guint plane, guint width, guint height,
                            guint64 *row_bytes, guint64 *rows);
