/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/sample_load.h"
#include <string.h>

static inline guint32
load16 (const guint8 *p)
{
  guint16 v;
  memcpy (&v, p, 2);
  return GUINT16_FROM_LE (v);
}

static inline guint32
load16_big (const guint8 *p)
{
  return (guint32)p[0] << 8 | p[1];
}

static inline guint32
load32 (const guint8 *p)
{
  guint32 v;
  memcpy (&v, p, 4);
  return GUINT32_FROM_LE (v);
}

static inline guint64
load64 (const guint8 *p)
{
  guint64 v;
  memcpy (&v, p, 8);
  return GUINT64_FROM_LE (v);
}

/* BRING (p, k): the words of the pair at p, into element i of row k. */
#define LOAD(name, BRING)                                                                        \
  static void name (const guint8 *base, gssize stride, const gint32 *offset, guint n, gint next, \
                    guint32 *const left[2], guint32 *const right[2])                             \
  {                                                                                              \
    guint32 *restrict left0 = left[0], *restrict left1 = left[1];                                \
    guint32 *restrict right0 = right[0], *restrict right1 = right[1];                            \
    (void)right0, (void)right1;                                                                  \
    _Pragma ("GCC unroll 4") for (gsize i = 0; i < n; i++)                                       \
    {                                                                                            \
      const guint8 *p = base + offset[i], *q = p + stride;                                       \
      BRING (p, 0);                                                                              \
      BRING (q, 1);                                                                              \
    }                                                                                            \
  }

#define BYTES(p, k) left##k[i] = p[0] | (guint32)p[next] << 8
#define WORDS(p, k) left##k[i] = load16 (p) | load16 ((p) + next) << 16
#define WORDS_BIG(p, k) left##k[i] = load16_big (p) | load16_big ((p) + next) << 16
#define PAIR(p, k) left##k[i] = load16 (p)
#define TWO_PAIRS(p, k) left##k[i] = load32 (p)
#define THREE(p, k) left##k[i] = load32 (p), right##k[i] = load32 (p + 2)

LOAD (load_bytes, BYTES)
LOAD (load_words, WORDS)
LOAD (load_words_big, WORDS_BIG)
LOAD (load_pair, PAIR)
LOAD (load_two_pairs, TWO_PAIRS)
LOAD (load_three, THREE)

#define BLOCK 64

/* Four bytes a column: both words of a pair in one load, which a second pass takes apart. */
static void
load_eight (const guint8 *base, gssize stride, const gint32 *offset, guint n, gint next,
            guint32 *const left[2], guint32 *const right[2])
{
  for (guint at = 0; at < n; at += BLOCK) {
    const guint size = MIN (n - at, BLOCK);
    guint64 words[2][BLOCK];
    _Pragma ("GCC unroll 4") for (gsize i = 0; i < size; i++)
    {
      const guint8 *p = base + offset[at + i];
      words[0][i] = load64 (p);
      words[1][i] = load64 (p + stride);
    }
    for (guint k = 0; k < 2; k++)
      for (gsize i = 0; i < size; i++) {
        left[k][at + i] = (guint32)words[k][i];
        right[k][at + i] = (guint32)(words[k][i] >> 32);
      }
  }
}

/* n components that lie step bytes from their neighbours, in one load or two. Samples of two bytes
 * are their steps too: one alone, or a pair in four bytes. */
typedef struct {
  guint8 n_components, step;
  TfcSampleLoadFunc func;
  gboolean two_words;
  guint8 right_shift; /* added to the component's own place */
} Layout;

static const Layout layouts[] = {
    {1, 1, load_pair, FALSE, 8},       {1, 2, load_two_pairs, FALSE, 16},
    {2, 2, load_two_pairs, FALSE, 16}, {3, 3, load_three, TRUE, 8},
    {3, 4, load_eight, TRUE, 0},       {2, 4, load_eight, TRUE, 0},
};

/* NULL: no load brings all that, or the bytes come the wrong way round. */
static const Layout *
find_layout (const TfcFormat *format, guint n_components, guint step)
{
  if (format->big_endian)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (layouts[i].n_components == n_components && layouts[i].step == step)
      return &layouts[i];
  return NULL;
}

static gboolean
together (const TfcComponent *a, const TfcComponent *b)
{
  return a->plane == b->plane && a->step == b->step && a->sub_x == b->sub_x && a->sub_y == b->sub_y;
}

static TfcSampleLoad *
add_load (TfcSampleLoadPlan *plan, const TfcComponent *c)
{
  TfcSampleLoad *load = &plan->load[plan->n_loads++];

  memset (load, 0, sizeof *load);
  load->prefetches = TRUE;
  for (const TfcSampleLoad *other = plan->load; other < load; other++)
    load->prefetches &= other->plane != c->plane;
  load->group = c->sub_x || c->sub_y;
  load->plane = c->plane;
  load->step = c->step;
  return load;
}

static void
add_together (TfcSampleLoadPlan *plan, const TfcFormat *format, guint first, guint n,
              const Layout *layout)
{
  TfcSampleLoad *load = add_load (plan, &format->component[first]);

  load->func = layout->func;
  load->two_words = layout->two_words;
  load->n_components = n;
  for (guint i = 0; i < n; i++) {
    load->component[i] = first + i;
    load->left_shift[i] = 8 * format->component[first + i].offset + format->shift;
    load->right_shift[i] = load->left_shift[i] + layout->right_shift;
  }
}

static void
add_single (TfcSampleLoadPlan *plan, const TfcFormat *format, guint component)
{
  TfcSampleLoad *load = add_load (plan, &format->component[component]);
  const gboolean bytes = format->bits == 8;

  load->func = bytes ? load_bytes : format->big_endian ? load_words_big : load_words;
  load->byte = format->component[component].offset;
  load->n_components = 1;
  load->component[0] = component;
  load->left_shift[0] = format->shift;
  load->right_shift[0] = format->shift + (bytes ? 8 : 16);
}

void
tfc_sample_load_plan (TfcSampleLoadPlan *plan, const TfcFormat *format, gboolean single)
{
  const guint n = tfc_format_n_components (format);

  plan->n_loads = 0;
  plan->mask = (1u << format->bits) - 1;
  plan->shift = format->shift;
  plan->big_endian = format->big_endian;
  for (guint first = 0; first < n;) {
    const TfcComponent *c = &format->component[first];
    guint end = first + 1;

    while (end < n && together (c, &format->component[end]))
      end++;
    const Layout *layout = single ? NULL : find_layout (format, end - first, c->step);
    if (layout)
      add_together (plan, format, first, end - first, layout);
    else
      for (guint i = first; i < end; i++)
        add_single (plan, format, i);
    first = end;
  }
}
