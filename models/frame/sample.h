/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The sampler: any part of any frame, cropped, rotated, scaled, converted to RGB and
 * normalised straight into a network's input, in one pass over just the pixels that it needs.
 *
 * Coordinates: pixel (0, 0) is the top left one and its CENTRE is the point (0, 0) of the map. A map
 * takes the index (x, y) of a target pixel to a point in the frame:
 *     source_x = xx * x + xy * y + x0,   source_y = yx * x + yy * y + y0.
 * TensorFlow's old resize (no half pixel, corners not aligned) is xx = in / out, x0 = 0; the
 * half-pixel one is xx = in / out, x0 = 0.5 * xx - 0.5.
 *
 * Bilinear: four samples of each component, in single precision. Positions are exact to double where the map
 * is axis-aligned, else within 1e-4 of a pixel (for steps of up to 50 pixels). Chroma of subsampled formats
 * is interpolated at its own position, centred between the luma samples that it covers along each
 * subsampled axis (2 in 4:2:0: chroma index = (luma index + 0.5) / 2 - 0.5); the siting that a stream states
 * is not looked at, a quarter of a sample at most. Nearest: the chroma sample that covers the pixel. Y, U, V
 * are interpolated first and turned into RGB after: the same but for colours outside RGB, which are clamped
 * once, after.
 *
 * Two more places interpolate, and cannot share these passes: sample_rounding.c repeats single values in
 * double precision, which is its purpose, and models/face/iris.c cuts out of a network's input, which is
 * floats and not a frame.
 *
 * Samples of more than 8 bits are read and interpolated with all of them; bits beside a sample's own
 * are not looked at. What comes out is exact arithmetic on the samples, without the rounding that a
 * conversion to 8 bits before would have added. */
#include "models/frame/frame.h"

typedef struct {
  gdouble xx, xy, x0;
  gdouble yx, yy, y0;
} TfcMap;

typedef enum {
  TFC_BORDER_CLAMP,    /* outside the frame: the nearest edge pixel */
  TFC_BORDER_ZERO,     /* the same within half a pixel of the edge pixel's centre (the pixel itself),
                        * beyond that black: 0, before normalising */
  TFC_BORDER_ZERO_SOFT, /* a frame of black all around: of the four neighbours those outside count as 0, so an
                        * edge pixel fades over the one beside it */
  TFC_BORDER_ZERO_HARD /* black from beyond the edge pixels' centres on, as TensorFlow's crop_and_resize has it. Like
                        * its, the positions of an axis-aligned map are in single precision */
} TfcBorder;

typedef enum {
  TFC_SAMPLE_F32, /* value * scale + offset, value in 0..255, not rounded before */
  TFC_SAMPLE_U8,  /* value rounded to nearest, halves upwards; scale and offset are ignored. Axis-aligned maps over
                   * RGB of 8 bits round as double precision would */
  TFC_SAMPLE_U8_TRUNC, /* value without its fraction, as a cast to integer has it; scale and offset are ignored */
  TFC_SAMPLE_I32_TRUNC, /* the same in 32 bits */
  TFC_SAMPLE_F32_TRUNC  /* the same, times scale, plus offset */
} TfcSampleType;

/* What a network wants: [height][width][3], R G B. */
typedef struct {
  guint width, height; /* 1..4096 */
  TfcSampleType type;
  gfloat scale, offset;
  TfcBorder border;
  gboolean nearest; /* nearest neighbour (floor (x + 0.5)) instead of bilinear */
} TfcTarget;

typedef struct TfcSampler TfcSampler;

/* Allocates the tables and rows for target; NULL if target is out of its limits. */
TfcSampler *tfc_sampler_new (const TfcTarget *target);
void tfc_sampler_free (TfcSampler *sampler); /* NULL is allowed */

/* Fills pixels (width * height * 3 elements of the target's type). Allocates nothing. Any map is
 * legal, however far outside the frame it points; a coordinate that is not a number counts as 0
 * (TFC_BORDER_ZERO: as outside). A frame too big to be read (tfc_frame_fits) is black throughout: it
 * is for the caller to refuse it before, with a word to the user. Format, size and map may differ
 * from call to call. Reads only bytes of the frame's pixels, no padding after a row. One thread at a
 * time per sampler. */
void tfc_sampler_run (TfcSampler *sampler, const TfcFrame *frame, const TfcMap *map, void *pixels);

/* The whole frame stretched to width x height. half_pixel: which of the two resizes (above). */
TfcMap tfc_map_stretch (const TfcFrame *frame, guint width, guint height, gboolean half_pixel);
