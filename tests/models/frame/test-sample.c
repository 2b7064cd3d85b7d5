/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sampler against plain double arithmetic, over random frames whose planes end at (or begin
 * after) a page that may not be touched. */
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "models/frame/sample_geometry.h"

#define MAX_TARGET 70

typedef struct {
  gpointer mapping[3];
  gsize mapped[3];
  TfcFrame frame;
} Guarded;

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

static void
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

static void
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

/* FALSE where a hair's breadth decides between two pixels. */
static gboolean
true_pixel (const TfcFrame *f, const TfcTarget *t, const TfcMap *m, guint x, guint y,
            gdouble rgb[3])
{
  const gdouble px = m->xx * x + (m->xy * y + m->x0), py = m->yx * x + (m->yy * y + m->y0);
  gdouble component[3];

  if ((t->nearest || t->border == TFC_BORDER_ZERO) &&
      (fabs (px - floor (px) - 0.5) < 1e-4 || fabs (py - floor (py) - 0.5) < 1e-4))
    return FALSE;
  if (t->border == TFC_BORDER_ZERO &&
      (px < -0.5 || py < -0.5 || px >= f->width - 0.5 || py >= f->height - 0.5)) {
    rgb[0] = rgb[1] = rgb[2] = 0.;
    return TRUE;
  }
  for (guint c = 0; c < tfc_format_n_components (f->format); c++)
    component[c] = true_component (f, c, px, py, t->nearest);
  true_colour (f, component, rgb);
  return TRUE;
}

static void
compare (const TfcFrame *f, const TfcTarget *t, const TfcMap *m, const void *pixels)
{
  /* Turned maps place pixels within 1e-4 (sample.h), and one pixel further the value may be another
   * by 255, along both axes; level ones are placed in double precision. */
  const gdouble placed = m->xy != 0 || m->yx != 0 ? 2 * 255 * 1e-4 : 2e-2;
  const gdouble step = MAX (fabs (m->xx), fabs (m->yx)), slack = placed * MAX (step / 12., 1.);
  gdouble rgb[3];

  for (guint i = 0; i < t->width * t->height; i++) {
    if (!true_pixel (f, t, m, i % t->width, i / t->width, rgb))
      continue;
    for (guint c = 0; c < 3; c++)
      if (t->type == TFC_SAMPLE_U8)
        g_assert_cmpfloat_with_epsilon (((const guint8 *)pixels)[3 * i + c], rgb[c], 0.5 + slack);
      else
        g_assert_cmpfloat_with_epsilon (((const gfloat *)pixels)[3 * i + c],
                                        rgb[c] * t->scale + t->offset, slack * fabs (t->scale));
  }
}

static TfcTarget
random_target (GRand *rand)
{
  return (TfcTarget){
      .width = g_rand_int_range (rand, 1, MAX_TARGET),
      .height = g_rand_int_range (rand, 1, 20),
      .type = g_rand_boolean (rand) ? TFC_SAMPLE_U8 : TFC_SAMPLE_F32,
      .scale = g_rand_boolean (rand) ? 1. / 128. : 1.,
      .offset = g_rand_boolean (rand) ? -1. : 0.,
      .border = g_rand_boolean (rand) ? TFC_BORDER_ZERO : TFC_BORDER_CLAMP,
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

static void
check_one (GRand *rand, const TfcFormat *format, guint width, guint height)
{
  gfloat pixels[MAX_TARGET * 20 * 3 + 1];
  const TfcTarget target = random_target (rand);
  TfcSampler *sampler = tfc_sampler_new_on (&target, random_kernel (rand));
  const gsize used = (gsize)target.width * target.height * 3 *
                     (target.type == TFC_SAMPLE_U8 ? 1 : sizeof (gfloat));
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

/* A turned crop about a point of the frame's edge, or its middle. */
static TfcMap
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

/* Turned crops over every edge and corner, on every instruction set. */
static void
test_edges (gconstpointer data)
{
  static const guint sizes[][2] = {{2, 2}, {3, 3}, {5, 4}, {66, 35}, {131, 67}};
  const guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);
  gfloat pixels[MAX_TARGET * 20 * 3];

  g_test_message ("seed %u", seed);
  for (guint k = 0; tfc_sample_kernel_nth (k); k++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes) * 9; i++) {
      const TfcTarget target = random_target (rand);
      TfcSampler *sampler = tfc_sampler_new_on (&target, tfc_sample_kernel_nth (k));
      Guarded g;
      guarded_init (&g, rand, data, sizes[i / 9][0], sizes[i / 9][1]);
      const TfcMap map = edge_map (rand, &g.frame, &target, i % 9);
      tfc_sampler_run (sampler, &g.frame, &map, pixels);
      compare (&g.frame, &target, &map, pixels);
      guarded_finish (&g);
      tfc_sampler_free (sampler);
    }
  g_rand_free (rand);
}

static void
test_random (gconstpointer data)
{
  static const guint sizes[][2] = {{1, 1}, {2, 1}, {1, 2}, {3, 5}, {2, 2}, {641, 427}, {64, 48}};
  const TfcFormat *format = data;
  const guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 12; round++) {
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      check_one (rand, format, sizes[i][0], sizes[i][1]);
    check_one (rand, format, g_rand_int_range (rand, 1, 90), g_rand_int_range (rand, 1, 90));
  }
  g_rand_free (rand);
}

/* Not finite or huge: any pixel of the frame or black, but no fault and no garbage. */
static void
test_wild_maps (void)
{
  const gdouble wild[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 1e30, -1e10, 4e9, 0.};
  const TfcFormat *format;
  const guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint k = 0; (format = tfc_format_nth (k)); k++)
    for (guint round = 0; round < 40; round++) {
      gfloat pixels[19 * 3 * 3];
      TfcTarget target = random_target (rand);
      TfcMap map;
      Guarded g;

      target.width = 19, target.height = 3, target.type = TFC_SAMPLE_F32;
      target.scale = 1., target.offset = 0.;
      TfcSampler *sampler = tfc_sampler_new (&target);
      gdouble *m[] = {&map.xx, &map.xy, &map.x0, &map.yx, &map.yy, &map.y0};
      for (guint i = 0; i < 6; i++)
        *m[i] = wild[g_rand_int_range (rand, 0, G_N_ELEMENTS (wild))];
      guarded_init (&g, rand, format, g_rand_int_range (rand, 1, 40), 11);
      tfc_sampler_run (sampler, &g.frame, &map, pixels);
      for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
        g_assert_true (pixels[i] >= 0. && pixels[i] <= 255.);
      guarded_finish (&g);
      tfc_sampler_free (sampler);
    }
  g_rand_free (rand);
}

/* Address space that takes no memory until it is written to; NULL where there is not so much. */
static guint8 *
wide_memory (gsize bytes, gint protection)
{
  gpointer map = mmap (NULL, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  return map == MAP_FAILED ? NULL : map;
}

/* Targets about the frame's last corner, on every instruction set. */
static void
check_corner (GRand *rand, const TfcFrame *frame)
{
  gfloat pixels[MAX_TARGET * 20 * 3];

  for (guint k = 0; tfc_sample_kernel_nth (k); k++)
    for (guint round = 0; round < 12; round++) {
      const TfcTarget target = random_target (rand);
      TfcSampler *sampler = tfc_sampler_new_on (&target, tfc_sample_kernel_nth (k));
      TfcMap map = edge_map (rand, frame, &target, 8);
      if (round % 2)
        map = (TfcMap){.xx = 0.5, .x0 = frame->width - 9, .yy = 0.5, .y0 = frame->height - 9.};
      tfc_sampler_run (sampler, frame, &map, pixels);
      compare (frame, &target, &map, pixels);
      tfc_sampler_free (sampler);
    }
}

/* Frames as big as they may be are read right in their last corner: nothing is counted in too few
 * bits. */
static void
test_largest (void)
{
  static const struct {
    const gchar *format;
    guint width, height;
    gint stride;
  } rows[] = {
      {"RGBx", 32768, 16383, 131072},    {"ARGB64", 32768, 8191, 262144},
      {"GRAY8", 100, 2, G_MAXINT - 100}, {"GRAY16_LE", 46340, 23170, 92680},
      {"Y210", 32768, 16383, 131072},
  };
  GRand *rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint i = 0; i < 2 * G_N_ELEMENTS (rows); i++) {
    TfcFrame frame = {.width = rows[i / 2].width,
                      .height = rows[i / 2].height,
                      .stride = {rows[i / 2].stride},
                      .format = tfc_format_find (rows[i / 2].format)};
    guint64 bytes, n_rows;
    tfc_format_plane_size (frame.format, 0, frame.width, frame.height, &bytes, &n_rows);
    const gsize span = tfc_plane_span (bytes, n_rows, frame.stride[0]);
    guint8 *memory = wide_memory (span, PROT_READ | PROT_WRITE);
    if (!memory) {
      g_test_skip ("not so much address space");
      break;
    }
    frame.plane[0] = memory;
    if (i % 2) { /* upside down */
      frame.plane[0] = memory + (n_rows - 1) * (gsize)frame.stride[0];
      frame.stride[0] = -frame.stride[0];
    }
    for (guint y = frame.height - MIN (60, frame.height); y < frame.height; y++)
      for (gsize x = bytes - 100; x < bytes; x++)
        ((guint8 *)frame.plane[0])[(gssize)y * frame.stride[0] + (gssize)x] = g_rand_int (rand);
    g_test_message ("%s %ux%u, stride %d", frame.format->name, frame.width, frame.height,
                    frame.stride[0]);
    g_assert_true (tfc_frame_fits (&frame));
    check_corner (rand, &frame);
    munmap (memory, span);
  }
  g_rand_free (rand);
}

/* Bigger ones are not read at all, whatever the map; their picture is black. */
static void
test_too_big (void)
{
  static const TfcMap maps[] = {{1., 0., 1000., 0., 1., 16290.},
                                {1., 0.01, 1000., -0.01, 1., 16290.},
                                {100., 0., 0., 0., 100., 0.}};
  const gsize size = (gsize)32768 * 4 * 16500;
  guint8 *memory = wide_memory (size, PROT_NONE);
  const TfcFrame frame = {.width = 32768,
                          .height = 16500,
                          .plane = {memory},
                          .stride = {32768 * 4},
                          .format = tfc_format_find ("RGBx"),
                          .full_range = TRUE};

  if (!memory) {
    g_test_skip ("not so much address space");
    return;
  }
  for (guint k = 0; tfc_sample_kernel_nth (k); k++)
    for (guint i = 0; i < 2 * G_N_ELEMENTS (maps); i++) {
      const TfcTarget target = {
          30, 20, i % 2 ? TFC_SAMPLE_U8 : TFC_SAMPLE_F32, 0.5f, -3.f, TFC_BORDER_CLAMP, FALSE};
      TfcSampler *sampler = tfc_sampler_new_on (&target, tfc_sample_kernel_nth (k));
      gfloat pixels[30 * 20 * 3 + 1];
      memset (pixels, 0x55, sizeof pixels);
      tfc_sampler_run (sampler, &frame, &maps[i / 2], pixels);
      for (guint at = 0; at < 30 * 20 * 3; at++)
        if (i % 2)
          g_assert_cmpuint (((guint8 *)pixels)[at], ==, 0);
        else
          g_assert_cmpfloat (pixels[at], ==, -3.f);
      g_assert_cmpuint (((guint8 *)pixels)[30 * 20 * 3 * (i % 2 ? 1 : 4)], ==, 0x55);
      tfc_sampler_free (sampler);
    }
  munmap (memory, size);
}

static void
test_limits (void)
{
  const guint sides[][3] = {{0, 1, 0},    {1, 0, 0}, {4097, 1, 0},
                            {1, 4097, 0}, {1, 1, 1}, {4096, 1, 1}};

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++) {
    const TfcTarget target = {.width = sides[i][0], .height = sides[i][1]};
    TfcSampler *sampler = tfc_sampler_new (&target);
    g_assert_cmpint (sampler != NULL, ==, sides[i][2]);
    tfc_sampler_free (sampler);
  }
  tfc_sampler_free (NULL);
}

/* White, black and the primaries by hand: limited BT.709 as published. */
static void
test_known_colours (void)
{
  static const struct {
    guint8 yuv[3], rgb[3];
  } rows[] = {
      {{235, 128, 128}, {255, 255, 255}}, {{16, 128, 128}, {0, 0, 0}},
      {{63, 102, 240}, {255, 0, 0}},      {{173, 42, 26}, {0, 255, 0}},
      {{32, 240, 118}, {0, 0, 255}},      {{255, 128, 128}, {255, 255, 255}},
  };
  const TfcTarget target = {.width = 1, .height = 1, .type = TFC_SAMPLE_U8};
  TfcSampler *sampler = tfc_sampler_new (&target);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const guint8 *yuv = rows[i].yuv;
    const TfcFrame frame = {.width = 1,
                            .height = 1,
                            .plane = {yuv, yuv + 1, yuv + 2},
                            .stride = {1, 1, 1},
                            .format = tfc_format_find ("I420"),
                            .matrix = TFC_MATRIX_BT709};
    const TfcMap map = tfc_map_stretch (&frame, 1, 1, FALSE);
    guint8 rgb[3];
    tfc_sampler_run (sampler, &frame, &map, rgb);
    for (guint c = 0; c < 3; c++)
      g_assert_cmpint (ABS (rgb[c] - rows[i].rgb[c]), <=, 1);
  }
  tfc_sampler_free (sampler);
}

int
main (int argc, char **argv)
{
  const TfcFormat *format;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; (format = tfc_format_nth (i)); i++) {
    g_autofree gchar *path = g_strconcat ("/sample/random/", format->name, NULL);
    g_autofree gchar *edges = g_strconcat ("/sample/edges/", format->name, NULL);
    g_test_add_data_func (path, format, test_random);
    g_test_add_data_func (edges, format, test_edges);
  }
  g_test_add_func ("/sample/wild-maps", test_wild_maps);
  g_test_add_func ("/sample/largest", test_largest);
  g_test_add_func ("/sample/too-big", test_too_big);
  g_test_add_func ("/sample/limits", test_limits);
  g_test_add_func ("/sample/known-colours", test_known_colours);
  return g_test_run ();
}
