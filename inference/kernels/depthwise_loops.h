/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Depthwise layers of float32, written once for every kind of vector. Whoever includes this has
 * included vec_avx512.h or vec_avx2.h and defined VT (v16 or v8) and V (v16_##name or v8_##name).
 *
 * A block is as many channels as a vector has lanes, from channel on, or lanes of them where there
 * are not so many left (whole is FALSE). limited: there is a clamp. Both are known when compiled.
 * Rows are those of the output. Sums are added up column by column, as reference/mac.h says. */
#define BLOCK_ARGS                                                                                 \
  const TfcDepthwiseF32 *d, const gfloat *x, gfloat *y, gint32 from, gint32 to, guint channel,     \
      guint lanes

#define GET(p) (whole ? V (load) (p) : V (load_part) (p, part))

#define PUT(p, sum)                                         \
  {                                                         \
    VT v = limited ? V (min) (V (max) (sum, low), high) : sum; \
    if (whole)                                              \
      V (store) (p, v);                                     \
    else                                                    \
      V (store_part) (p, v, part);                          \
  }

#define COLUMN(c, at)                                 \
  if (G_LIKELY ((guint)(at) < (guint)d->x_columns)) { \
    const gsize o = (gsize)(at) * d->channels;        \
    c##0 = GET (r0 + o);                              \
    c##1 = GET (r1 + o);                              \
    c##2 = GET (r2 + o);                              \
  } else {                                            \
    c##0 = c##1 = c##2 = V (all) (0);                 \
  }

#define TAKE(x, i) s = V (fma) (x, k##i, s);

#define PIXEL(a, b, c)                                          \
  {                                                             \
    VT s = bias;                                                \
    TAKE (a##0, 0) TAKE (a##1, 1) TAKE (a##2, 2)                \
    TAKE (b##0, 3) TAKE (b##1, 4) TAKE (b##2, 5)                \
    TAKE (c##0, 6) TAKE (c##1, 7) TAKE (c##2, 8)                \
    PUT (out, s)                                                \
    out += d->channels;                                         \
  }

#define K(i) V (load) (k + (i) * TFC_PANEL)

/* Pixels of a row share what they can of the columns of their windows. */
VEC void
V (block_3x3) (BLOCK_ARGS, const gboolean whole, const gboolean limited)
{
  const TfcWindow *w = &d->window;
  const gfloat *k = tfc_depthwise_f32_kernel (d, channel);
  const VT bias = K (0), k0 = K (1), k1 = K (2), k2 = K (3), k3 = K (4), k4 = K (5), k5 = K (6),
           k6 = K (7), k7 = K (8), k8 = K (9);
  const VT low = V (all) (d->clamp.min), high = V (all) (d->clamp.max);
  const V (part) part = V (part_of) (lanes);
  const gint32 tap = w->dilation_w, step = w->stride_w;
  for (gint32 row = from; row < to; row++) {
    const gint32 top = row * w->stride_h - w->pad_top;
    const gfloat *r0 = tfc_depthwise_f32_row (d, x, top) + channel;
    const gfloat *r1 = tfc_depthwise_f32_row (d, x, top + w->dilation_h) + channel;
    const gfloat *r2 = tfc_depthwise_f32_row (d, x, top + 2 * w->dilation_h) + channel;
    gfloat *out = y + (gsize)row * d->y_columns * d->channels + channel;
    gint32 at = -w->pad_left, n = d->y_columns;
    VT a0, a1, a2, b0, b1, b2, c0, c1, c2;
    if (step == tap) {
      COLUMN (a, at)
      COLUMN (b, at + tap)
      for (; n >= 3; n -= 3, at += 3 * tap) {
        COLUMN (c, at + 2 * tap)
        PIXEL (a, b, c)
        COLUMN (a, at + 3 * tap)
        PIXEL (b, c, a)
        COLUMN (b, at + 4 * tap)
        PIXEL (c, a, b)
      }
    } else if (step == 2 * tap) {
      COLUMN (a, at)
      for (; n >= 2; n -= 2, at += 2 * step) {
        COLUMN (b, at + tap)
        COLUMN (c, at + step)
        PIXEL (a, b, c)
        COLUMN (b, at + step + tap)
        COLUMN (a, at + 2 * step)
        PIXEL (c, b, a)
      }
    }
    for (; n; n--, at += step) {
      COLUMN (a, at)
      COLUMN (b, at + tap)
      COLUMN (c, at + 2 * tap)
      PIXEL (a, b, c)
    }
  }
}

/* Any kernel: the taps that lie inside. */
VEC void
V (block_any) (BLOCK_ARGS, const gboolean whole, const gboolean limited)
{
  const TfcWindow *w = &d->window;
  const gfloat *k = tfc_depthwise_f32_kernel (d, channel);
  const VT bias = K (0), low = V (all) (d->clamp.min), high = V (all) (d->clamp.max);
  const V (part) part = V (part_of) (lanes);
  gfloat *out = y + (gsize)from * d->y_columns * d->channels + channel;
  for (gint32 row = from; row < to; row++) {
    const gint32 top = row * w->stride_h - w->pad_top;
    for (gint32 column = 0; column < d->y_columns; column++, out += d->channels) {
      const gint32 left = column * w->stride_w - w->pad_left;
      VT s = bias;
      for (gint32 j = 0; j < d->kernel_w; j++) {
        const gint32 at = left + j * w->dilation_w;
        if ((guint)at >= (guint)d->x_columns)
          continue;
        for (gint32 i = 0; i < d->kernel_h; i++) {
          const gint32 r = top + i * w->dilation_h;
          if ((guint)r < (guint)d->x_rows)
            s = V (fma) (GET (tfc_depthwise_f32_row (d, x, r) + (gsize)at * d->channels + channel),
                         K (1 + j * d->kernel_h + i), s);
        }
      }
      PUT (out, s)
    }
  }
}

#define BLOCK(name, whole, limited)                                                  \
  VEC_TARGET static void V (name##_##whole##_##limited) (BLOCK_ARGS)                 \
  {                                                                                  \
    V (block_##name) (d, x, y, from, to, channel, lanes, whole, limited);            \
  }
BLOCK (3x3, 0, 0)
BLOCK (3x3, 0, 1)
BLOCK (3x3, 1, 0)
BLOCK (3x3, 1, 1)
BLOCK (any, 0, 1)
BLOCK (any, 1, 1)

/* [any size][whole][limited] */
static void (*const V (blocks)[2][2][2]) (BLOCK_ARGS) = {
    {{V (3x3_0_0), V (3x3_0_1)}, {V (3x3_1_0), V (3x3_1_1)}},
    {{V (any_0_1), V (any_0_1)}, {V (any_1_1), V (any_1_1)}}};

#undef BLOCK
#undef BLOCK_ARGS
#undef GET
#undef PUT
#undef COLUMN
#undef TAKE
#undef PIXEL
#undef K
