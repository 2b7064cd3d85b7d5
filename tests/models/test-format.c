/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include "frame.h"

static void
test_all_named (void)
{
  static const gchar names[] =
      "NV12 NV21 I420 YV12 YUY2 UYVY RGB BGR RGBx BGRx xRGB xBGR RGBA BGRA "
      "ARGB ABGR GRAY8";
  g_auto (GStrv) list = g_strsplit (names, " ", -1);
  guint n = g_strv_length (list);

  for (guint i = 0; i < n; i++) {
    const TfcFormat *format = tfc_format_find (list[i]);
    g_assert_nonnull (format);
    g_assert_cmpstr (format->name, ==, list[i]);
    g_assert_true (format == tfc_format_nth (i));
  }
  g_assert_null (tfc_format_nth (n));
  g_assert_null (tfc_format_nth (G_MAXUINT));
  g_assert_null (tfc_format_find ("nv12"));
  g_assert_null (tfc_format_find (""));
  g_assert_null (tfc_format_find (NULL));
}

/* In a packed RGB format the letters of the name are the order of the bytes. */
static void
test_rgb_as_spelled (void)
{
  const TfcFormat *format;

  for (guint i = 0; (format = tfc_format_nth (i)); i++) {
    if (format->kind != TFC_PIXELS_RGB)
      continue;
    for (guint c = 0; c < 3; c++) {
      g_assert_cmpint (format->name[format->component[c].offset], ==, "RGB"[c]);
      g_assert_cmpuint (format->component[c].step, ==, strlen (format->name));
      g_assert_cmpuint (format->component[c].plane, ==, 0);
    }
  }
}

/* No two components of a format share a byte, and every plane is used. */
static void
test_rows_make_sense (void)
{
  const TfcFormat *format;

  for (guint i = 0; (format = tfc_format_nth (i)); i++) {
    const guint n = format->kind == TFC_PIXELS_GRAY ? 1 : 3;
    guint planes = 0;

    for (guint a = 0; a < n; a++) {
      const TfcComponent *c = &format->component[a];
      g_assert_cmpuint (c->plane, <, format->n_planes);
      g_assert_cmpuint (c->offset, <, c->step);
      planes |= 1u << c->plane;
      for (guint b = 0; b < a; b++) {
        const TfcComponent *d = &format->component[b];
        const guint step = MIN (c->step, d->step);
        g_assert_true (c->plane != d->plane || c->offset % step != d->offset % step);
      }
    }
    g_assert_cmpuint (planes, ==, (1u << format->n_planes) - 1);
  }
}

static void
test_yuv_order (void)
{
  const struct {
    const gchar *name;
    guint u_plane, u_offset, v_plane, v_offset;
  } rows[] = {
      {"NV12", 1, 0, 1, 1}, {"NV21", 1, 1, 1, 0}, {"I420", 1, 0, 2, 0},
      {"YV12", 2, 0, 1, 0}, {"YUY2", 0, 1, 0, 3}, {"UYVY", 0, 0, 0, 2},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const TfcFormat *format = tfc_format_find (rows[i].name);
    g_assert_cmpuint (format->component[1].plane, ==, rows[i].u_plane);
    g_assert_cmpuint (format->component[1].offset, ==, rows[i].u_offset);
    g_assert_cmpuint (format->component[2].plane, ==, rows[i].v_plane);
    g_assert_cmpuint (format->component[2].offset, ==, rows[i].v_offset);
  }
}

static void
test_frame_rgb (void)
{
  const guint8 pixels[5 * 7 * 3] = {0};
  TfcFrame frame = tfc_frame_rgb (pixels, 5, 7);

  g_assert_cmpuint (frame.width, ==, 5);
  g_assert_cmpuint (frame.height, ==, 7);
  g_assert_true (frame.plane[0] == pixels);
  g_assert_cmpint (frame.stride[0], ==, 15);
  g_assert_cmpstr (frame.format->name, ==, "RGB");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/all-named", test_all_named);
  g_test_add_func ("/format/rgb-as-spelled", test_rgb_as_spelled);
  g_test_add_func ("/format/rows-make-sense", test_rows_make_sense);
  g_test_add_func ("/format/yuv-order", test_yuv_order);
  g_test_add_func ("/frame/rgb", test_frame_rgb);
  return g_test_run ();
}
