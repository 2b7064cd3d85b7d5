/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What counts as motion: things that move, wherever they are. What does not, or not for ever:
 * noise, flicker, a lamp. */
#include <math.h>
#include <string.h>
#include "models/motion/motion_detector.h"
#include "tests/seed.h"

#define WIDTH 320
#define HEIGHT 180
#define FPS 25
#define N_NOISE 8192

/* A textured scene whose light and contents the tests change. */
typedef struct {
  GRand *rand;
  TfcMotionDetector *detector;
  TfcMotion motion;
  gdouble noise;               /* standard deviation */
  gdouble light[2];            /* of the left and of the right half, 1 as it was */
  gint x, y, w, h;             /* a thing; w = 0: none */
  gfloat normal[N_NOISE];      /* noise of deviation 1; each row begins anywhere in it */
  guint8 scene[HEIGHT][WIDTH]; /* without all that */
  guint8 shown[HEIGHT][WIDTH];
} Stage;

/* Nearly normal, of deviation 1. */
static gfloat
random_noise (GRand *rand)
{
  gfloat sum = -6;

  for (guint i = 0; i < 12; i++)
    sum += (gfloat)g_rand_double (rand);
  return sum;
}

static void
stage_init (Stage *s)
{
  *s = (Stage){.rand = g_rand_new_with_seed (test_seed ()),
               .detector = tfc_motion_detector_new (),
               .noise = 3,
               .light = {1, 1}};
  for (guint i = 0; i < N_NOISE; i++)
    s->normal[i] = random_noise (s->rand);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      s->scene[y][x] = (guint8)(110 + 40 * sin (x * 0.11) * cos (y * 0.07) +
                                g_rand_int_range (s->rand, -20, 21));
}

static void
stage_clear (Stage *s)
{
  tfc_motion_detector_free (s->detector);
  g_rand_free (s->rand);
}

static const TfcMotion *
show (Stage *s)
{
  for (gint y = 0; y < HEIGHT; y++) {
    const gfloat *normal = s->normal + g_rand_int_range (s->rand, 0, N_NOISE - WIDTH);
    for (gint x = 0; x < WIDTH; x++) {
      const gboolean thing = x >= s->x && x < s->x + s->w && y >= s->y && y < s->y + s->h;
      const gdouble value = (thing ? 200 : s->scene[y][x]) * s->light[x >= WIDTH / 2];
      s->shown[y][x] = (guint8)CLAMP (value + s->noise * (gdouble)normal[x], 0, 255);
    }
  }
  const TfcFrame frame = {.width = WIDTH,
                          .height = HEIGHT,
                          .plane = {s->shown[0]},
                          .stride = {WIDTH},
                          .format = tfc_format_find ("GRAY8"),
                          .full_range = TRUE};
  tfc_motion_detector_run (s->detector, &frame, 1. / FPS, &s->motion);
  return &s->motion;
}

/* On how many of n frames something moves, or nothing is known. */
static guint
moving_frames (Stage *s, guint n)
{
  guint moving = 0;

  for (guint i = 0; i < n; i++) {
    const TfcMotion *m = show (s);
    moving += !m->known || m->n > 0;
  }
  return moving;
}

static void
test_noise (void)
{
  static const gdouble noises[] = {0, 2, 5, 12};
  Stage s;

  stage_init (&s);
  for (guint i = 0; i < G_N_ELEMENTS (noises); i++) {
    s.noise = noises[i];
    moving_frames (&s, 4 * FPS); /* it learns how much noise there is */
    g_assert_cmpuint (moving_frames (&s, 4 * FPS), <=, 2);
  }
  stage_clear (&s);
}

static void
test_first (void)
{
  Stage s;

  stage_init (&s);
  g_assert_false (show (&s)->known);
  g_assert_cmpuint (s.motion.n, ==, 0);
  g_assert_true (show (&s)->known);
  tfc_motion_detector_reset (s.detector);
  g_assert_false (show (&s)->known);
  stage_clear (&s);
}

static void
test_flicker (void)
{
  Stage s;
  guint moving = 0;

  stage_init (&s);
  moving_frames (&s, FPS);
  for (guint i = 0; i < 8 * FPS; i++) { /* 10 a second, and each half its own */
    s.light[0] = 1 + 0.15 * sin (i * 2.5);
    s.light[1] = 1 + 0.10 * sin (i * 2.1);
    const guint m = moving_frames (&s, 1);
    moving += i >= 4 * FPS ? m : 0;
  }
  g_assert_cmpuint (moving, <=, FPS / 5);
  stage_clear (&s);
}

static void
test_lamp (void)
{
  Stage s;

  stage_init (&s);
  moving_frames (&s, 2 * FPS);
  s.light[1] = 1.35;
  moving_frames (&s, 6 * FPS); /* for some seconds it may move */
  g_assert_cmpuint (moving_frames (&s, 2 * FPS), <=, 2);
  s.light[0] = s.light[1] = 0.5;
  moving_frames (&s, 6 * FPS);
  g_assert_cmpuint (moving_frames (&s, 2 * FPS), <=, 2);
  stage_clear (&s);
}

static void
test_passing (void)
{
  Stage s;
  guint seen = 0, inside = 0;

  stage_init (&s);
  moving_frames (&s, 2 * FPS);
  s.w = 8;
  s.h = 16;
  s.y = 90;
  for (s.x = 20; s.x < 280; s.x += 4) {
    const TfcMotion *m = show (&s);
    gboolean here = FALSE;
    for (guint i = 0; i < m->n; i++) {
      const gdouble x = m->box[i].x * WIDTH, right = x + m->box[i].w * WIDTH,
                    y = m->box[i].y * HEIGHT, bottom = y + m->box[i].h * HEIGHT;
      here |= x < s.x + s.w && right > s.x && y < s.y + s.h && bottom > s.y;
      inside += y > s.y - 8 && bottom < s.y + s.h + 8;
    }
    seen += here;
    g_assert_cmpuint (m->n, <=, 3);
  }
  g_assert_cmpuint (seen, >=, 62); /* of 65 */
  g_assert_cmpuint (inside, >=, 62);
  s.w = 0;
  moving_frames (&s, 4 * FPS); /* what it hid is soon known again */
  g_assert_cmpuint (moving_frames (&s, FPS), <=, 1);
  stage_clear (&s);
}

/* Somebody who stays becomes a part of the scene; when they go on, they move. */
static void
test_standing (void)
{
  Stage s;

  stage_init (&s);
  moving_frames (&s, FPS);
  s.x = 100;
  s.y = 50;
  s.w = 12;
  s.h = 30;
  moving_frames (&s, 12 * FPS);
  g_assert_cmpuint (moving_frames (&s, FPS), <=, 1);
  s.x = 116;
  g_assert_cmpuint (moving_frames (&s, 1), ==, 1);
  stage_clear (&s);
}

/* However many move, the boxes are no more than there is room for, and lie in the frame. */
static void
test_crowd (void)
{
  Stage s;

  stage_init (&s);
  s.noise = 0;
  moving_frames (&s, 4);
  for (guint y = 8; y + 4 < HEIGHT; y += 16)
    for (guint x = 8; x + 4 < WIDTH; x += 16)
      for (guint i = 0; i < 16; i++)
        s.scene[y + i / 4][x + i % 4] ^= 0x80;
  const TfcMotion *m = show (&s);
  g_assert_cmpuint (m->n, ==, TFC_MAX_COMPONENTS);
  for (guint i = 0; i < m->n; i++) {
    g_assert_true (m->box[i].x >= 0 && m->box[i].y >= 0 && m->box[i].w > 0 && m->box[i].h > 0);
    g_assert_cmpfloat (m->box[i].x + m->box[i].w, <=, 1.0001);
    g_assert_cmpfloat (m->box[i].y + m->box[i].h, <=, 1.0001);
  }
  stage_clear (&s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/motion/first", test_first);
  g_test_add_func ("/motion/noise", test_noise);
  g_test_add_func ("/motion/flicker", test_flicker);
  g_test_add_func ("/motion/lamp", test_lamp);
  g_test_add_func ("/motion/passing", test_passing);
  g_test_add_func ("/motion/standing", test_standing);
  g_test_add_func ("/motion/crowd", test_crowd);
  return g_test_run ();
}
