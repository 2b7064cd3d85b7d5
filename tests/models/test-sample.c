/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sampler against plain double arithmetic, over random frames whose planes end at (or begin
 * after) a page that may not be touched; and against saved results of the reference. */
#include <cairo.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "sample_place.h"

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
  for (gsize i = 0; i < bytes; i++)
    first[i] = g_rand_int (rand) >> 11;
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

static const gchar *
shared (void)
{
  const gchar *dir = g_getenv ("TFC_SHARED");
  return dir ? dir : "../shared";
}

/* Tight RGB of a PNG, or NULL. */
static guint8 *
read_png (const gchar *path, guint *width, guint *height)
{
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  guint8 *rgb = NULL;

  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS) {
    *width = cairo_image_surface_get_width (surface);
    *height = cairo_image_surface_get_height (surface);
    rgb = g_malloc (3 * *width * *height);
    for (guint i = 0; i < *width * *height; i++) {
      const guint8 *row = cairo_image_surface_get_data (surface) +
                          (gsize)(i / *width) * cairo_image_surface_get_stride (surface);
      const guint32 word = ((const guint32 *)row)[i % *width];
      rgb[3 * i] = word >> 16;
      rgb[3 * i + 1] = word >> 8;
      rgb[3 * i + 2] = word;
    }
  }
  cairo_surface_destroy (surface);
  return rgb;
}

/* Samples media/NAME.png to 300x300 as target says; NULL (and a skip) without the files. */
static void *
sample_picture (const gchar *name, const TfcTarget *target)
{
  g_autofree gchar *file = g_strconcat (name, ".png", NULL);
  g_autofree gchar *path = g_build_filename (shared (), "media", file, NULL);
  guint width, height;
  g_autofree guint8 *rgb = read_png (path, &width, &height);

  if (!rgb)
    return NULL;
  const TfcFrame frame = tfc_frame_rgb (rgb, width, height);
  const TfcMap map = tfc_map_stretch (&frame, target->width, target->height, FALSE);
  TfcSampler *sampler = tfc_sampler_new (target);
  void *pixels = g_malloc (sizeof (gfloat) * 3 * target->width * target->height);
  tfc_sampler_run (sampler, &frame, &map, pixels);
  tfc_sampler_free (sampler);
  return pixels;
}

static void
test_golden_u8 (gconstpointer name)
{
  const TfcTarget target = {.width = 300, .height = 300, .type = TFC_SAMPLE_U8};
  g_autofree gchar *file = g_strconcat (name, ".input.u8", NULL);
  g_autofree gchar *path = g_build_filename (shared (), "golden", "tflite", file, NULL);
  g_autofree gchar *golden = NULL;
  g_autofree guint8 *pixels = sample_picture (name, &target);
  gsize bytes;
  guint off = 0;

  if (!pixels || !g_file_get_contents (path, &golden, &bytes, NULL)) {
    g_test_skip ("no mirror of pictures and golden results");
    return;
  }
  g_assert_cmpuint (bytes, ==, 300 * 300 * 3);
  /* Also where exact arithmetic would give one half and the last bit of the reference's doubles
   * decides. */
  for (gsize i = 0; i < bytes; i++)
    off += pixels[i] != (guint8)golden[i];
  g_assert_cmpuint (off, ==, 0);
}

static void
test_golden_f32 (void)
{
  const TfcTarget target = {
      .width = 300, .height = 300, .type = TFC_SAMPLE_F32, .scale = 2.f / 255.f, .offset = -1.f};
  g_autofree gchar *path = g_build_filename (shared (), "golden", "coco", "lite_mobilenet_v2",
                                             "inner.coral_cat.0.f32", NULL);
  g_autofree gchar *golden = NULL;
  g_autofree gfloat *pixels = sample_picture ("coral_cat", &target);
  gsize bytes;
  gdouble worst = 0.;

  if (!pixels || !g_file_get_contents (path, &golden, &bytes, NULL)) {
    g_test_skip ("no mirror of pictures and golden results");
    return;
  }
  g_assert_cmpuint (bytes, ==, 300 * 300 * 3 * sizeof (gfloat));
  for (gsize i = 0; i < bytes / sizeof (gfloat); i++)
    worst = MAX (worst, fabs (pixels[i] - ((const gfloat *)(gpointer)golden)[i]));
  g_test_message ("worst difference %g", worst);
  g_assert_cmpfloat (worst, <, 1e-5);
}

int
main (int argc, char **argv)
{
  static const gchar *const pictures[] = {"coral_bird",          "coral_cat",
                                          "coral_grace_hopper",  "coral_hot_dog",
                                          "coral_kite_and_cold", "coral_pets"};
  const TfcFormat *format;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; (format = tfc_format_nth (i)); i++) {
    g_autofree gchar *path = g_strconcat ("/sample/random/", format->name, NULL);
    g_autofree gchar *edges = g_strconcat ("/sample/edges/", format->name, NULL);
    g_test_add_data_func (path, format, test_random);
    g_test_add_data_func (edges, format, test_edges);
  }
  g_test_add_func ("/sample/wild-maps", test_wild_maps);
  g_test_add_func ("/sample/limits", test_limits);
  g_test_add_func ("/sample/known-colours", test_known_colours);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++) {
    g_autofree gchar *path = g_strconcat ("/sample/golden/u8/", pictures[i], NULL);
    g_test_add_data_func (path, pictures[i], test_golden_u8);
  }
  g_test_add_func ("/sample/golden/f32", test_golden_f32);
  return g_test_run ();
}
