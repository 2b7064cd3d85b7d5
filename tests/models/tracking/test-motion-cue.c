/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What tracked things look like, on frames of every format. */
#include <math.h>
#include <string.h>

#include "models/tracking/motion_cue.h"

static const TfcBox everything = {0, 0, 1, 1};

/* Every sample, of alpha and padding too. */
static void
fill (const TfcFormat *format, guint8 *data, gsize n, guint8 value)
{
  const guint sample = (guint)value << (format->bits - 8) << format->shift;
  for (gsize i = 0; i < n; i++) {
    const gboolean high = (i % 2 != 0) != format->big_endian;
    data[i] = (guint8)(format->bits == 8 ? value : sample >> (high ? 8 : 0));
  }
}

/* Planes of just the size that is needed, so that a read beside them is seen by sanitizers. */
static TfcFrame
frame_new (const TfcFormat *format, guint width, guint height, guint8 value)
{
  TfcFrame f = {.width = width, .height = height, .format = format, .full_range = TRUE};
  for (guint i = 0; i < format->n_planes; i++) {
    guint64 bytes, rows;
    tfc_format_plane_size (format, i, width, height, &bytes, &rows);
    guint8 *data = g_malloc (bytes * rows);
    fill (format, data, bytes * rows, value);
    f.plane[i] = data;
    f.stride[i] = (gint)bytes;
  }
  return f;
}

static void
frame_clear (TfcFrame *f)
{
  for (guint i = 0; i < f->format->n_planes; i++)
    g_free ((guint8 *)f->plane[i]);
}

/* Rows from first on, as far as they go, in one colour of 8 bits a component. */
static void
paint (const TfcFrame *f, guint first, const guint8 *color)
{
  for (guint c = 0; c < tfc_format_n_components (f->format); c++) {
    const TfcComponent *k = &f->format->component[c];
    for (guint y = first; y < f->height; y++)
      for (guint x = 0; x < f->width; x++)
        ((guint8 *)f->plane[k->plane])[(y >> k->sub_y) * f->stride[k->plane] +
                                       (x >> k->sub_x) * k->step + k->offset] = color[c];
  }
}

static TfcMotionCue
look (const TfcFrame *f, const TfcBox *box)
{
  TfcMotionCue cue;
  tfc_motion_cue_sample (f, box, &cue);
  return cue;
}

static void
test_colors (void)
{
  static const guint8 colors[][3] = {
      {200, 30, 30}, {30, 200, 30}, {30, 30, 200}, {30, 30, 30}, {220, 220, 220}};
  TfcMotionCue cues[G_N_ELEMENTS (colors)];
  TfcFrame f = frame_new (tfc_format_find ("RGB"), 64, 48, 0);
  for (guint i = 0; i < G_N_ELEMENTS (colors); i++) {
    paint (&f, 0, colors[i]);
    cues[i] = look (&f, &everything);
    g_assert_true (cues[i].known);
    for (guint k = 0; k < i; k++)
      g_assert_cmpfloat (tfc_motion_cue_distance (&cues[i], &cues[k]), >, 0.3);
    g_assert_cmpfloat (tfc_motion_cue_distance (&cues[i], &cues[i]), ==, 0);
  }
  frame_clear (&f);
}

/* Shirt and trousers exchanged are another look. */
static void
test_parts (void)
{
  static const guint8 red[] = {200, 30, 30}, blue[] = {30, 30, 200};
  TfcFrame f = frame_new (tfc_format_find ("RGB"), 64, 48, 0);
  paint (&f, 0, red);
  paint (&f, 24, blue);
  const TfcMotionCue a = look (&f, &everything);
  paint (&f, 0, blue);
  paint (&f, 24, red);
  const TfcMotionCue b = look (&f, &everything);
  g_assert_cmpfloat (tfc_motion_cue_distance (&a, &b), >, 0.3);
  frame_clear (&f);
}

/* One grey in each format is one look: about the same luma, no colour. */
static void
test_formats (void)
{
  const TfcFormat *format;
  TfcFrame gray = frame_new (tfc_format_find ("RGB"), 34, 26, 128);
  const TfcMotionCue cue = look (&gray, &everything);
  for (guint i = 0; (format = tfc_format_nth (i)); i++) {
    TfcFrame f = frame_new (format, 33, 25, 128);
    const TfcBox boxes[] = {
        everything, {-0.5f, 0.5f, 1, 1}, {0.5f, -0.2f, 1, 0.8f}, {0.9f, 0.9f, 0.2f, 0.2f}};
    for (guint k = 0; k < G_N_ELEMENTS (boxes); k++) {
      const TfcMotionCue other = look (&f, &boxes[k]);
      g_test_message ("%s, box %u", format->name, k);
      g_assert_true (other.known);
      g_assert_cmpfloat (tfc_motion_cue_distance (&cue, &other), <, 0.02);
    }
    frame_clear (&f);
  }
  frame_clear (&gray);
}

static void
test_unknown (void)
{
  static const TfcBox boxes[] = {
      {NAN, 0, 1, 1}, {0, 0, INFINITY, 1}, {0, 0, 0, 1},      {0, 0, 1, -1},  {2, 0, 1, 1},
      {0, -3, 1, 1},  {1e30f, 0, 1, 1},    {0, 0, -1e30f, 1}, {0, 0, 1, NAN}, {-INFINITY, 0, 1, 1}};
  TfcFrame f = frame_new (tfc_format_find ("NV12"), 64, 48, 90);
  const TfcMotionCue known = look (&f, &everything);
  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++) {
    const TfcMotionCue cue = look (&f, &boxes[i]);
    g_assert_false (cue.known);
    g_assert_cmpfloat (tfc_motion_cue_distance (&known, &cue), <, 0);
    g_assert_cmpfloat (tfc_motion_cue_distance (&cue, &known), <, 0);
  }
  const TfcMotionCue huge = look (&f, &(TfcBox){-1e6f, -1e6f, 2e6f, 2e6f});
  g_assert_true (huge.known);
  frame_clear (&f);
  f.width = 0;
  const TfcMotionCue none = look (&f, &everything);
  g_assert_false (none.known);
}

static void
test_learning (void)
{
  TfcFrame f = frame_new (tfc_format_find ("RGB"), 64, 48, 20);
  const TfcMotionCue dark = look (&f, &everything), unknown = {0};
  TfcMotionCue cue = {0};
  memset ((guint8 *)f.plane[0], 230, (gsize)f.stride[0] * f.height);
  const TfcMotionCue light = look (&f, &everything);
  tfc_motion_cue_learn (&cue, &unknown, 0.5f);
  g_assert_false (cue.known);
  tfc_motion_cue_learn (&cue, &dark, 0.1f);
  g_assert_cmpfloat (tfc_motion_cue_distance (&cue, &dark), ==, 0);
  for (guint i = 0; i < 60; i++)
    tfc_motion_cue_learn (&cue, &light, 0.1f);
  g_assert_cmpfloat (tfc_motion_cue_distance (&cue, &light), <, 0.05);
  frame_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/motion-cue/colors", test_colors);
  g_test_add_func ("/motion-cue/parts", test_parts);
  g_test_add_func ("/motion-cue/formats", test_formats);
  g_test_add_func ("/motion-cue/unknown", test_unknown);
  g_test_add_func ("/motion-cue/learning", test_learning);
  return g_test_run ();
}
