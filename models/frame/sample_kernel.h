/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Internal to models/frame: the passes over one row that a compiler can vectorise. Every array has
 * room for n rounded up to TFC_SAMPLE_BLOCK elements, all of which are read and written; only
 * store_* writes exactly n pixels. The same C compiled for several instruction sets, chosen at run
 * time; all give the same bits (no contraction into fused multiply-adds). */
#include <glib.h>

#define TFC_SAMPLE_BLOCK 16
#define TFC_CACHE_LINE 64

/* Outside any frame, yet small enough to count with. Every start and step lies within +-this: these
 * passes are compiled in the belief that all numbers are finite (that is what makes a clamp one
 * instruction), so whoever calls them sees to it. */
#define TFC_SAMPLE_FAR 4194304.

/* So near to a half that blending in single precision does not tell where it rounds to. */
static inline gboolean
tfc_sample_is_tie (gfloat value)
{
  const gfloat off = value - (gfloat)(gint32)value - 0.5f;
  return (off < 0.f ? -off : off) < 1e-4f;
}

/* One axis of one component group (all components with the same subsampling). */
typedef struct {
  gdouble last;       /* last pixel of the frame: its size - 1 */
  gdouble mul, add;   /* frame position -> position among the group's samples */
  gdouble group_last; /* last sample of the group */
  gint32 pair_last;   /* last sample that has a right (lower) neighbour; 0 if there is but one */
} TfcSampleAxis;

/* One component as two words a target pixel and source row: the sample itself in left, its right
 * neighbour in right, each (word >> shift) & mask. */
typedef struct {
  const guint32 *left[2], *right[2]; /* [0] upper row, [1] lower row */
  guint left_shift, right_shift;
  guint32 mask; /* at most 65535 */
} TfcSampleLane;

typedef void (*TfcBlendFunc) (const TfcSampleLane *lane, const gfloat *part_x, const gfloat *part_y,
                              guint n, gfloat *value);

typedef struct {
  gfloat matrix[3][3], bias[3]; /* RGB = matrix * components + bias, then clamped to 0..255 */
} TfcSampleColour;

/* index: the sample to the left; part: how much of its right neighbour, 0..1. */
typedef void (*TfcGeometryFunc) (const TfcSampleAxis *axis, gdouble start, gdouble step, guint n,
                              gint32 *index, gfloat *part);

/* A row of a rotated map, both axes: where its pixels are in the frame, and what a sample's column
 * and row are in bytes. Offsets are in 32 bits: of a frame that fits (tfc_frame_fits) none, and no
 * part of one, is further than TFC_FRAME_MAX_PLANE from the plane's begin. */
typedef struct {
  const TfcSampleAxis *axis[2]; /* x, y */
  gdouble start[2], step[2];
  gint32 bytes[2];
} TfcSlant;

typedef void (*TfcGeometryPixelsFunc) (const TfcSlant *slant, guint n, gint32 *offset, gfloat *part_x,
                                    gfloat *part_y);

typedef void (*TfcCoverFunc) (gdouble start, gdouble step, gdouble size, guint n, gfloat *mask);

typedef struct TfcShuffle TfcShuffle;

/* Prefetches a cache line that is needed a microsecond from now, into the second cache: a line on its way
 * to the first takes one of the few slots for outstanding misses (24 on Zen 4), and where all are taken the
 * CPU drops the request. So never prefetch a whole row at once. It drops requests for the second cache too
 * where it has not met the page lately: prefetch one line of that page into the first. */
#define TFC_PREFETCH_L2(at) __builtin_prefetch ((const void *)(at), 0, 2)
#define TFC_PREFETCH_L1(at) __builtin_prefetch ((const void *)(at), 0, 3)

/* One load of an axis-aligned map: samples shuffled out of the row at row and the one stride bytes further
 * and blended, into the rows of shuffle's components. shuffle->n_pairs > 0. The same bytes ahead bytes
 * further on are prefetched along the way; 0: nothing is. */
typedef void (*TfcShuffleFunc) (const TfcShuffle *shuffle, const guint8 *row, gssize stride, gssize ahead,
                             const gfloat *part_x, gfloat part_y, guint n, gfloat *const value[3]);

typedef struct {
  const gchar *name;
  /* Where target pixels 0..n-1, at frame positions start + step * i, fall. [1]: nearest; [2]: as [0], but of
   * positions that are computed in single precision. locate in double precision, for what serves a whole frame;
   * locate_row in single, within 1e-4 of a pixel for steps up to 50. */
  TfcGeometryFunc locate[3], locate_row[2];
  /* How much of a pixel at start + step * i is of the frame, by TfcBorder less one. [0]: 1 in [-0.5, size - 0.5),
   * else 0. [1]: 1 in [0, size - 1], falling to 0 over the next pixel. [2]: 1 in [0, size - 1], else 0, of
   * positions that are computed in single precision. */
  TfcCoverFunc cover[3];
  /* Both axes by locate_row[0], and offset of what comes out; columns and rows are for it alone. */
  TfcGeometryPixelsFunc locate_pixels;
  /* offset = column * step + row * stride; row NULL: no rows */
  void (*offset) (const gint32 *column, const gint32 *row, gint32 step, gint32 stride, guint n,
                  gint32 *offset);
  /* Bilinear value of one component, 0..mask. [1]: axis-aligned, part_y is one number for the whole row.
   */
  TfcBlendFunc blend[2];
  void (*colour) (const TfcSampleColour *colour, gfloat *const in[3], guint n,
                  gfloat *const out[3]);
  /* plane *= a * b */
  void (*mask) (const gfloat *a, const gfloat *b, guint n, gfloat *plane);
  void (*store_f32) (gfloat *const rgb[3], guint n, gfloat scale, gfloat offset, gfloat *pixels);
  void (*store_u8) (gfloat *const rgb[3], guint n, guint32 *scratch, guint8 *pixels);
  void (*store_i32) (gfloat *const rgb[3], guint n, gint32 *pixels); /* truncated */
  void (*truncate) (guint n, gfloat *plane);
  /* tie[i]: 1 if one of pixel i's values is a tie, else 0. FALSE if none is (behind n may be some).
   */
  gboolean (*ties) (gfloat *const rgb[3], guint n, guint32 *tie);
  /* NULL all where a CPU has no such shuffles; their rows lie on boundaries of 64 bytes. shuffle: the
   * bits of a load and blend[1]. */
  TfcShuffleFunc shuffle;
  /* colour and a store in one, for matrices of tfc_sample_colour: one factor of Y for all, no U in
   * red, no V in blue. */
  void (*colour_u8) (const TfcSampleColour *colour, gfloat *const in[3], guint n, guint8 *pixels);
  void (*colour_f32) (const TfcSampleColour *colour, gfloat *const in[3], guint n, gfloat scale,
                      gfloat offset, gfloat *pixels);
} TfcSampleKernel;

/* The best for this machine. Never NULL. */
const TfcSampleKernel *tfc_sample_kernel (void);
/* All that this machine can run, for tests: the portable one first, NULL past the end. */
const TfcSampleKernel *tfc_sample_kernel_nth (guint n);

/* sample_vbmi.c, sample_colour_vbmi.c: AVX-512 with VBMI (Intel from Ice Lake, AMD from Zen 4).
 * x86-64 only. */
void tfc_sample_shuffle_vbmi (const TfcShuffle *shuffle, const guint8 *row, gssize stride, gssize ahead,
                           const gfloat *part_x, gfloat part_y, guint n, gfloat *const value[3]);
void tfc_sample_colour_u8_vbmi (const TfcSampleColour *colour, gfloat *const in[3], guint n,
                                guint8 *pixels);
void tfc_sample_colour_f32_vbmi (const TfcSampleColour *colour, gfloat *const in[3], guint n,
                                 gfloat scale, gfloat offset, gfloat *pixels);
gboolean tfc_sample_vbmi_runs (void);
