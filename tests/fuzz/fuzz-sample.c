/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The sampler: any format, size, stride, map, border and target. Under AddressSanitizer the padding
 * after each row may not be read either. */
#include "tests/fuzz/fuzz.h"

#include <math.h>

#include "models/frame/sample.h"

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ASAN 1
#endif
#endif
#ifdef HAS_ASAN
#include <sanitizer/asan_interface.h>
#else
#define __asan_poison_memory_region(at, n) ((void)(at), (void)(n))
#define __asan_unpoison_memory_region(at, n) ((void)(at), (void)(n))
#endif

typedef struct {
  TfcFrame frame;
  guint8 *memory[3];
  gsize size[3];
} Picture;

static void
make_plane (Picture *p, guint plane, guint extra, gboolean upside_down)
{
  guint64 row, rows;
  tfc_format_plane_size (p->frame.format, plane, p->frame.width, p->frame.height, &row, &rows);
  gsize stride = row + extra;
  p->size[plane] = stride * rows;
  p->memory[plane] = g_malloc (p->size[plane]);
  memset (p->memory[plane], 0x80, p->size[plane]);
  for (gsize y = 0; y < rows; y++) {
    p->memory[plane][y * stride] = y * 50;
    __asan_poison_memory_region (p->memory[plane] + y * stride + row, extra);
  }
  p->frame.plane[plane] = p->memory[plane] + (upside_down ? stride * (rows - 1) : 0);
  p->frame.stride[plane] = upside_down ? -(gint)stride : (gint)stride;
}

static void
free_plane (Picture *p, guint plane)
{
  __asan_unpoison_memory_region (p->memory[plane], p->size[plane]);
  g_free (p->memory[plane]);
}

/* An ordinary crop, a turned one, or any numbers at all. */
static TfcMap
any_map (FuzzBytes *b, const TfcFrame *f, const TfcTarget *t)
{
  TfcMap map = tfc_map_stretch (f, t->width, t->height, fuzz_below (b, 2));
  gdouble *all[] = {&map.xx, &map.xy, &map.x0, &map.yx, &map.yy, &map.y0};
  guint how = fuzz_below (b, 4);
  if (how == 1) {
    gdouble angle = fuzz_below (b, 64) / 10.0, scale = fuzz_below (b, 50) / 8.0;
    map = (TfcMap){cos (angle) * scale, -sin (angle) * scale, fuzz_float (b),
                   sin (angle) * scale, cos (angle) * scale,  fuzz_float (b)};
  }
  for (guint i = 0; i < 6 && how >= 2; i++) {
    guint64 bits = (guint64)fuzz_take (b, 4) << 32 | fuzz_take (b, 4);
    if (how == 3)
      memcpy (all[i], &bits, 8);
    else
      *all[i] += fuzz_float (b);
  }
  return map;
}

static void
run (FuzzBytes *b, TfcSampler *sampler, const TfcTarget *t, void *pixels)
{
  guint n_formats = 0, extra;
  Picture p = {0};
  while (tfc_format_nth (n_formats))
    n_formats++;
  p.frame.format = tfc_format_nth (fuzz_below (b, n_formats));
  p.frame.width = 1 + fuzz_below (b, fuzz_below (b, 4) ? 24 : 256);
  p.frame.height = 1 + fuzz_below (b, fuzz_below (b, 4) ? 24 : 256);
  p.frame.matrix = fuzz_below (b, 3);
  p.frame.full_range = fuzz_below (b, 2);
  extra = fuzz_below (b, 40);
  for (guint i = 0; i < p.frame.format->n_planes; i++)
    make_plane (&p, i, extra, fuzz_below (b, 8) == 0);
  TfcMap map = any_map (b, &p.frame, t);
  tfc_sampler_run (sampler, &p.frame, &map, pixels);
  for (guint i = 0; i < p.frame.format->n_planes; i++)
    free_plane (&p, i);
}

/* Every value lies between black and white, where those can be told. */
static void
check (const TfcTarget *t, const void *pixels)
{
  gdouble a = t->offset, b = t->scale * 255. + t->offset, size = ABS (a) + ABS (b);
  if (t->type != TFC_SAMPLE_F32 || !(size < 1e30))
    return;
  for (guint i = 0; i < t->width * t->height * 3; i++) {
    gfloat v = ((const gfloat *)pixels)[i];
    if (!(v >= MIN (a, b) - 1e-4 * size - 1e-6 && v <= MAX (a, b) + 1e-4 * size + 1e-6))
      g_error ("value %u is %g with scale %g and offset %g", i, v, t->scale, t->offset);
  }
}

void
fuzz_one (const guint8 *data, gsize size)
{
  FuzzBytes b = {data, size};
  TfcTarget t = {.width = fuzz_below (&b, 40), .height = fuzz_below (&b, 40)};
  t.type = (TfcSampleType)fuzz_below (&b, TFC_SAMPLE_F32_TRUNC + 1);
  t.scale = fuzz_float (&b);
  t.offset = fuzz_float (&b);
  t.border = (TfcBorder)fuzz_below (&b, TFC_BORDER_ZERO_HARD + 1);
  t.nearest = fuzz_below (&b, 2);
  TfcSampler *sampler = tfc_sampler_new (&t);
  g_assert_true ((sampler != NULL) == (t.width > 0 && t.height > 0));
  if (!sampler)
    return;
  gboolean bytes_only = t.type == TFC_SAMPLE_U8 || t.type == TFC_SAMPLE_U8_TRUNC;
  gsize bytes = t.width * t.height * 3 * (bytes_only ? 1 : 4);
  void *pixels = g_malloc (bytes);
  for (guint frames = 1 + fuzz_below (&b, 3); frames > 0; frames--) {
    run (&b, sampler, &t, pixels);
    check (&t, pixels);
  }
  g_free (pixels);
  tfc_sampler_free (sampler);
}

void
fuzz_seeds (void)
{
  GRand *rand = g_rand_new_with_seed (2);
  guint8 bytes[100];
  for (guint i = 0; i < 100; i++) {
    for (guint k = 0; k < sizeof bytes; k++)
      bytes[k] = g_rand_int (rand);
    fuzz_seed (bytes, sizeof bytes);
  }
  g_rand_free (rand);
}
