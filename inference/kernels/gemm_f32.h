/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tiles of the float32 matrix product for one instruction set, which has defined before it includes
 * this: TARGET, the attribute of its functions; Wide, a vector of WIDE octets, and Octet, of one;
 * and for both (wide_load, octet_load, ...)
 *   load (p), put (p, v)                   all lanes
 *   get_some (p, n), put_some (p, v, n)    the first n lanes; the others are read as 0
 *   every (x)                              one number in all lanes
 *   fma (a, b, c)                          a * b + c
 *   add (a, b), clamp (low, v, high)       NaN stays NaN
 *   slant (v, slope)                       v, or v * slope where v is below 0
 * Whole tiles are unrolled: with rows and octets constant, all sums stay in registers. */
#include "kernels.h"

#define INLINE static inline __attribute__ ((always_inline)) TARGET
#define EACH(i, n) _Pragma ("GCC unroll 8") for (guint i = 0; i < (n); i++)
#define FLOATS(p) ((const gfloat *)(gconstpointer)(p))
#define MAX_WIDE (TFC_MAX_OCTETS / WIDE)

/* What happens to a vector of sums before it is stored; n lanes count, add[0 .. n_add - 1] is
 * there. */
#define FINISH(Vector, vector, lanes)                                                           \
  INLINE void vector##_finish (const TfcGemmF32 *g, Vector v, guint channel, const gfloat *add, \
                               gfloat *y)                                                       \
  {                                                                                             \
    const guint n = g->outputs - channel;                                                       \
    if (channel + lanes <= g->added)                                                            \
      v = vector##_add (v, vector##_load (add + channel));                                      \
    else if (channel < g->added)                                                                \
      v = vector##_add (v, vector##_get_some (add + channel, g->added - channel));              \
    if (g->slope)                                                                               \
      v = vector##_slant (v, vector##_load (g->slope + channel));                               \
    v = vector##_clamp (vector##_every (g->min), v, vector##_every (g->max));                   \
    if (n >= lanes)                                                                             \
      vector##_put (y + channel, v);                                                            \
    else                                                                                        \
      vector##_put_some (y + channel, v, n);                                                    \
  }

FINISH (Wide, wide, 8 * WIDE)
FINISH (Octet, octet, 8)

/* rows pixels times octets * 8 channels, of which an odd one (rest) has a vector of its own. */
INLINE void
tile (const TfcGemmF32 *g, const TfcColumns *c, const guint8 *const *pieces, const gfloat *add,
      gfloat *y, const guint rows, const guint octets)
{
  const guint wides = octets / WIDE, rest = octets % WIDE;
  const gfloat *w = c->weights;
  Wide sum[TFC_TILE_ROWS][MAX_WIDE], b[MAX_WIDE];
  Octet sum_rest[TFC_TILE_ROWS], b_rest = octet_every (0);

  EACH (i, rows)
  {
    EACH (j, wides) sum[i][j] = wide_load (w + 8 * WIDE * j);
    if (rest)
      sum_rest[i] = octet_load (w + 8 * WIDE * wides);
  }
  w += 8 * octets;
  for (guint tap = 0; tap < g->taps; tap++, pieces += TFC_TILE_ROWS) {
    const guint8 *x[TFC_TILE_ROWS];
    EACH (i, rows) x[i] = pieces[i];
    for (gsize k = 0; k < g->channels * sizeof (gfloat); k += sizeof (gfloat), w += 8 * octets) {
      EACH (j, wides) b[j] = wide_load (w + 8 * WIDE * j);
      if (rest)
        b_rest = octet_load (w + 8 * WIDE * wides);
      EACH (i, rows)
      {
        const gfloat a = *FLOATS (x[i] + k);
        EACH (j, wides) sum[i][j] = wide_fma (wide_every (a), b[j], sum[i][j]);
        if (rest)
          sum_rest[i] = octet_fma (octet_every (a), b_rest, sum_rest[i]);
      }
    }
  }
  EACH (i, rows)
  {
    EACH (j, wides) wide_finish (g, sum[i][j], c->first + 8 * WIDE * j, add, y);
    if (rest)
      octet_finish (g, sum_rest[i], c->first + 8 * WIDE * wides, add, y);
    add += g->added;
    y += g->outputs;
  }
}

typedef void (*Tile) (const TfcGemmF32 *g, const TfcColumns *c, const guint8 *const *pieces,
                      const gfloat *add, gfloat *y);

#define TILE(rows, octets)                                                                   \
  TARGET static void tile_##rows##_##octets (const TfcGemmF32 *g, const TfcColumns *c,       \
                                             const guint8 *const *pieces, const gfloat *add, \
                                             gfloat *y)                                      \
  {                                                                                          \
    tile (g, c, pieces, add, y, rows, octets);                                               \
  }
