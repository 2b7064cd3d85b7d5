/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/models/frame/sample-check.h"

#include "models/frame/sample_geometry.h"
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* rows of row_bytes, stride apart, with a forbidden page right after the last byte or right before
 * the first. Returns the first byte. */
static guint8 *
guarded_plane (Guarded *g, guint plane, GRand *rand, gsize bytes)
{
  const gsize page = sysconf (_SC_PAGESIZE), body = (bytes + page - 1) / page * page;
  guint8 *map =
      mmap (NULL, body + 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  g_assert_true (map != MAP_FAILED);
  g_assert_cmpint (mprotect (map, page, PROT_NONE), ==, 0);
  g_assert_cmpint (mprotect (map + page + body, page, PROT_NONE), ==, 0);
  g->mapping[plane] = map;
  g->mapped[plane] = body + 2 * page;
  guint8 *first = g_rand_boolean (rand) ? map + page : map + page + body - bytes;
  guint32 state = g_rand_int (rand);
  for (gsize i = 0; i < bytes; i++) {
    state = state * 1664525u + 1013904223u;
    first[i] = state >> 24;
  }
  return first;
}

void
guarded_init (Guarded *g, GRand *rand, const TfcFormat *format, guint width, guint height)
{
  *g = (Guarded){.frame = {.width = width, .height = height, .format = format}};
  for (guint p = 0; p < format->n_planes; p++) {
    guint64 row_bytes, rows;
    tfc_format_plane_size (format, p, width, height, &row_bytes, &rows);
    const gint stride = row_bytes + (g_rand_boolean (rand) ? g_rand_int_range (rand, 0, 40) : 0);
    guint8 *first = guarded_plane (g, p, rand, (rows - 1) * stride + row_bytes);
    const gboolean upwards = g_rand_boolean (rand);
    g->frame.plane[p] = upwards ? first + (rows - 1) * stride : first;
    g->frame.stride[p] = upwards ? -stride : stride;
  }
  g->frame.matrix = g_rand_int_range (rand, 0, 3);
  g->frame.full_range = g_rand_boolean (rand);
}

void
guarded_finish (Guarded *g)
{
  for (guint p = 0; p < 3; p++)
    if (g->mapping[p])
      munmap (g->mapping[p], g->mapped[p]);
}

static gdouble
sample_at (const TfcFrame *f, const TfcComponent *c, gint x, gint y)
{
  const guint8 *p =
      f->plane[c->plane] + (gssize)y * f->stride[c->plane] + (gssize)x * c->step + c->offset;

  if (f->format->bits == 8)
    return *p;
  const guint word = f->format->big_endian ? p[0] * 256u + p[1] : p[0] + p[1] * 256u;
  return word / (1u << f->format->shift) % (1u << f->format->bits);
}

static gdouble
true_component (const TfcFrame *f, guint component, gdouble x, gdouble y, gboolean nearest)
{
  const TfcComponent *c = &f->format->component[component];
  const gdouble wide = 1u << c->sub_x, high = 1u << c->sub_y;
  const gint columns = ceil (f->width / wide), rows = ceil (f->height / high);

  x = CLAMP (x, 0., f->width - 1.);
  y = CLAMP (y, 0., f->height - 1.);
  if (nearest)
    return sample_at (f, c, (gint)floor (x + 0.5) >> c->sub_x, (gint)floor (y + 0.5) >> c->sub_y);
  if (c->sub_x)
    x = CLAMP ((x + 0.5) / wide - 0.5, 0., columns - 1.);
  if (c->sub_y)
    y = CLAMP ((y + 0.5) / high - 0.5, 0., rows - 1.);
  const gint x0 = floor (x), y0 = floor (y), x1 = MIN (x0 + 1, columns - 1),
             y1 = MIN (y0 + 1, rows - 1);
  const gdouble fx = x - x0, fy = y - y0;
  return (1. - fy) * ((1. - fx) * sample_at (f, c, x0, y0) + fx * sample_at (f, c, x1, y0)) +
         fy * ((1. - fx) * sample_at (f, c, x0, y1) + fx * sample_at (f, c, x1, y1));
}

/* From the standards' luma equation: Y = kr R + kg G + kb B, the rest is solving for R, G, B. In n
 * bits black, white and no colour of limited range are 16, 235 and 128 times two to the n - 8. */
static void
true_colour (const TfcFrame *f, const gdouble yuv[3], gdouble rgb[3])
{
  const gdouble kr[] = {0.299, 0.2126, 0.2627}, kb[] = {0.114, 0.0722, 0.0593};
  const gdouble r = kr[f->matrix], b = kb[f->matrix];
  const gdouble steps = ldexp (1., f->format->bits), more = steps / 256., top = steps - 1.;
  const gdouble y = f->full_range ? yuv[0] / top : (yuv[0] - 16. * more) / (219. * more);
  const gdouble span = f->full_range ? top : 224. * more;

  if (f->format->kind == TFC_PIXELS_RGB) {
    for (guint i = 0; i < 3; i++)
      rgb[i] = yuv[i] / top;
  } else if (f->format->kind == TFC_PIXELS_GRAY) {
    rgb[0] = rgb[1] = rgb[2] = y;
  } else {
    rgb[0] = y + (yuv[2] - steps / 2.) / span * 2. * (1. - r);
    rgb[2] = y + (yuv[1] - steps / 2.) / span * 2. * (1. - b);
    rgb[1] = (y - r * rgb[0] - b * rgb[2]) / (1. - r - b);
  }
  for (guint i = 0; i < 3; i++)
    rgb[i] = CLAMP (rgb[i] * 255., 0., 255.);
}

static gdouble
inside (gdouble index, guint size)
{
  return index >= 0. && index < size ? 1. : 0.;
}

/* How much of what is read at p, along an axis of size pixels, is of the frame. */
static gdouble
true_cover (TfcBorder border, gdouble p, guint size)
{
  const gdouble left = floor (p), part = p - left;

  switch (border) {
    case TFC_BORDER_ZERO:
      return p >= -0.5 && p < size - 0.5;
    case TFC_BORDER_ZERO_SOFT:
      return (1. - part) * inside (left, size) + part * inside (left + 1., size);
    case TFC_BORDER_ZERO_HARD:
      return p >= 0. && p <= size - 1.;
    case TFC_BORDER_CLAMP:
    default:
      return 1.;
  }
}

static gboolean
near_edge (gdouble p, guint size)
{
  const gdouble slack = MAX (1e-4, size * 2.5e-7); /* what single precision tells apart */
  return fabs (p) < slack || fabs (p - (size - 1.)) < slack;
}

/* A hair's breadth decides between two pixels, or pixel and black. */
static gboolean
is_undecided (const TfcFrame *f, const TfcTarget *t, gboolean rotated, gdouble px, gdouble py)
{
  const gboolean halves = t->nearest || t->border == TFC_BORDER_ZERO;

  if (halves && (fabs (px - floor (px) - 0.5) < 1e-4 || fabs (py - floor (py) - 0.5) < 1e-4))
    return TRUE;
  return rotated && t->border == TFC_BORDER_ZERO_HARD &&
         (near_edge (px, f->width) || near_edge (py, f->height));
}

/* FALSE where it is not decided. */
static gboolean
true_pixel (const TfcFrame *f, const TfcTarget *t, const TfcMap *m, guint x, guint y,
            gdouble rgb[3])
{
  const gboolean rotated = m->xy != 0. || m->yx != 0.;
  gdouble px = m->xx * x + (m->xy * y + m->x0), py = m->yx * x + (m->yy * y + m->y0);
  gdouble component[3];

  if (!rotated && t->border == TFC_BORDER_ZERO_HARD) { /* as crop_and_resize computes it */
    px = (gfloat)m->x0 + (gfloat)((gfloat)m->xx * (gfloat)x);
    py = (gfloat)m->y0 + (gfloat)((gfloat)m->yy * (gfloat)y);
  }
  if (is_undecided (f, t, rotated, px, py))
    return FALSE;
  for (guint c = 0; c < tfc_format_n_components (f->format); c++)
    component[c] = true_component (f, c, px, py, t->nearest);
  true_colour (f, component, rgb);
  for (guint c = 0; c < 3; c++)
    rgb[c] *= true_cover (t->border, px, f->width) * true_cover (t->border, py, f->height);
  return TRUE;
}

static void
check_value (const TfcTarget *t, const void *pixels, gsize at, gdouble want, gdouble slack)
{
  switch (t->type) {
    case TFC_SAMPLE_F32:
      g_assert_cmpfloat_with_epsilon (((const gfloat *)pixels)[at], want * t->scale + t->offset,
                                      slack * fabs (t->scale));
      break;
    case TFC_SAMPLE_U8:
      g_assert_cmpfloat_with_epsilon (((const guint8 *)pixels)[at], want, 0.5 + slack);
      break;
    case TFC_SAMPLE_U8_TRUNC:
      g_assert_cmpfloat_with_epsilon (((const guint8 *)pixels)[at] + 0.5, want, 0.5 + slack);
      break;
    case TFC_SAMPLE_F32_TRUNC: {
      const gdouble whole = (((const gfloat *)pixels)[at] - t->offset) / t->scale;
      g_assert_cmpfloat_with_epsilon (whole, rint (whole), 1e-3);
      g_assert_cmpfloat_with_epsilon (whole + 0.5, want, 0.5 + slack + 1e-3);
      break;
    }
    case TFC_SAMPLE_I32_TRUNC:
    default:
      g_assert_cmpfloat_with_epsilon (((const gint32 *)pixels)[at] + 0.5, want, 0.5 + slack);
      break;
  }
}

void
compare (const TfcFrame *f, const TfcTarget *t, const TfcMap *m, const void *pixels)
{
  /* Rotated maps locate pixels within 1e-4 (sample.h), and one pixel further the value may be
   * another by 255, along both axes; axis-aligned ones are located in double precision. */
  const gdouble located = m->xy != 0 || m->yx != 0 ? 2 * 255 * 1e-4 : 2e-2;
  const gdouble step = MAX (fabs (m->xx), fabs (m->yx)), slack = located * MAX (step / 12., 1.);
  gdouble rgb[3];

  for (guint i = 0; i < t->width * t->height; i++) {
    if (!true_pixel (f, t, m, i % t->width, i / t->width, rgb))
      continue;
    for (guint c = 0; c < 3; c++)
      check_value (t, pixels, 3 * (gsize)i + c, rgb[c], slack);
  }
}

TfcTarget
random_target (GRand *rand)
{
  return (TfcTarget){
      .width = g_rand_int_range (rand, 1, MAX_TARGET),
      .height = g_rand_int_range (rand, 1, 20),
      .type = (TfcSampleType)g_rand_int_range (rand, TFC_SAMPLE_F32, TFC_SAMPLE_F32_TRUNC + 1),
      .scale = g_rand_boolean (rand) ? 1. / 128. : 1.,
      .offset = g_rand_boolean (rand) ? -1. : 0.,
      .border = (TfcBorder)g_rand_int_range (rand, TFC_BORDER_CLAMP, TFC_BORDER_ZERO_HARD + 1),
      .nearest = g_rand_boolean (rand),
  };
}

/* About the frame; sometimes mirrored, turned, off to a side, all of it outside, or a single point.
 */
static TfcMap
random_map (GRand *rand, const TfcFrame *f, const TfcTarget *t)
{
  const gdouble zoom = g_rand_int_range (rand, 0, 5) ? g_rand_double_range (rand, -2., 2.) : 0.;
  const gdouble angle = g_rand_boolean (rand) ? 0. : g_rand_double_range (rand, -4., 4.);
  const gdouble x = zoom * f->width / t->width, y = zoom * f->height / t->height;
  const gdouble far = g_rand_int_range (rand, 0, 8) ? 1. : 1e5;

  if (g_rand_int_range (rand, 0, 6) == 0)
    return tfc_map_stretch (f, t->width, t->height, g_rand_boolean (rand));
  return (TfcMap){
      .xx = x * cos (angle),
      .xy = -x * sin (angle),
      .x0 = far * g_rand_double_range (rand, -0.5, 1.2) * f->width,
      .yx = y * sin (angle),
      .yy = y * cos (angle),
      .y0 = far * g_rand_double_range (rand, -0.5, 1.2) * f->height,
  };
}

static const TfcSampleKernel *
random_kernel (GRand *rand)
{
  guint n = 0;

  while (tfc_sample_kernel_nth (n))
    n++;
  return tfc_sample_kernel_nth (g_rand_int_range (rand, 0, n));
}

void
check_one (GRand *rand, const TfcFormat *format, guint width, guint height)
{
  gfloat pixels[MAX_TARGET * 20 * 3 + 1];
  const TfcTarget target = random_target (rand);
  TfcSampler *sampler = tfc_sampler_new_on (&target, random_kernel (rand));
  const gboolean bytes = target.type == TFC_SAMPLE_U8 || target.type == TFC_SAMPLE_U8_TRUNC;
  const gsize used = (gsize)target.width * target.height * 3 * (bytes ? 1 : sizeof (gfloat));
  Guarded g;

  /* a sampler serves frames of any format and size, one after the other */
  guarded_init (&g, rand, tfc_format_nth (0), 9, 7);
  const TfcMap first = random_map (rand, &g.frame, &target);
  tfc_sampler_run (sampler, &g.frame, &first, pixels);
  guarded_finish (&g);

  guarded_init (&g, rand, format, width, height);
  const TfcMap map = random_map (rand, &g.frame, &target);
  ((guint8 *)pixels)[used] = 0xa5;
  tfc_sampler_run (sampler, &g.frame, &map, pixels);
  g_assert_cmpuint (((guint8 *)pixels)[used], ==, 0xa5);
  compare (&g.frame, &target, &map, pixels);
  guarded_finish (&g);
  tfc_sampler_free (sampler);
}

TfcMap
edge_map (GRand *rand, const TfcFrame *f, const TfcTarget *t, guint point)
{
  const gdouble angle = g_rand_double_range (rand, -3., 3.),
                zoom = g_rand_double_range (rand, 0.2, 3.);
  const gdouble c = zoom * cos (angle), s = zoom * sin (angle);
  const gdouble x = point % 3 * 0.5 * (f->width - 1.), y = point / 3 * 0.5 * (f->height - 1.);

  return (TfcMap){.xx = c,
                  .xy = -s,
                  .x0 = x - c * t->width / 2. + s * t->height / 2.,
                  .yx = s,
                  .yy = c,
                  .y0 = y - s * t->width / 2. - c * t->height / 2.};
}
