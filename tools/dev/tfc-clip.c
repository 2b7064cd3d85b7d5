/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfc-clip: photos to a short moving clip, as raw BGRx frames on standard output, for the demo:
 * each photo drifts and grows slowly, as if a camera moved. Or one of them as it is, upright. */
#include "tools/common/picture.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>

static gint width = 640, height = 480, fps = 25;
static gdouble seconds = 2.5;
static gchar **pictures, *still;

static const GOptionEntry entries[] = {
    {"width", 0, 0, G_OPTION_ARG_INT, &width, "Of the clip, pixels (640)", "N"},
    {"height", 0, 0, G_OPTION_ARG_INT, &height, "Of the clip, pixels (480)", "N"},
    {"fps", 0, 0, G_OPTION_ARG_INT, &fps, "Frames a second (25)", "N"},
    {"still", 0, 0, G_OPTION_ARG_FILENAME, &still, "Write the first picture there and no clip",
     "FILE.png"},
    {"seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "Of each picture (2.5)", "S"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &pictures, NULL, "PICTURE..."},
    {NULL}};

static cairo_surface_t *
load (const gchar *path, GError **error)
{
  TfcPicture p = {0};
  if (!tfc_picture_load (path, &p, error))
    return NULL;
  cairo_surface_t *s =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, p.frame.width, p.frame.height);
  for (guint y = 0; y < p.frame.height; y++) {
    const guint8 *in = p.frame.plane[0] + (gsize)y * p.frame.stride[0];
    guint32 *out = (guint32 *)(cairo_image_surface_get_data (s) +
                               (gsize)y * cairo_image_surface_get_stride (s));
    for (guint x = 0; x < p.frame.width; x++, in += 3)
      out[x] = (guint32)in[0] << 16 | in[1] << 8 | in[2];
  }
  cairo_surface_mark_dirty (s);
  tfc_picture_clear (&p);
  return s;
}

/* Frame at time t (0..1) of its photo: the whole photo, growing by 12 % and swaying by 3 %. */
static void
paint (cairo_t *cr, cairo_surface_t *photo, gdouble t)
{
  const gdouble w = cairo_image_surface_get_width (photo),
                h = cairo_image_surface_get_height (photo);
  const gdouble scale = MIN (width / w, height / h) * (1 + 0.12 * t);
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  cairo_paint (cr);
  cairo_save (cr);
  cairo_translate (cr, width / 2.0 + 0.03 * width * sin (2 * G_PI * t),
                   height / 2.0 + 0.02 * height * cos (2 * G_PI * t));
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, photo, -w / 2, -h / 2);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
}

static gboolean
emit (cairo_surface_t *photo)
{
  if (still)
    return !cairo_surface_write_to_png (photo, still);
  cairo_surface_t *frame = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (frame);
  const gint n = MAX (1, (gint)(seconds * fps));
  gboolean ok = TRUE;
  for (gint i = 0; i < n && ok; i++) {
    paint (cr, photo, (gdouble)i / n);
    cairo_surface_flush (frame);
    ok = fwrite (cairo_image_surface_get_data (frame), (gsize)width * 4, height, stdout) ==
         (gsize)height;
  }
  cairo_destroy (cr);
  cairo_surface_destroy (frame);
  return ok;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  GOptionContext *context = g_option_context_new ("- photos to raw BGRx frames on standard output");
  g_option_context_add_main_entries (context, entries, NULL);
  const gboolean parsed = g_option_context_parse (context, &argc, &argv, &error);
  g_option_context_free (context);
  if (!parsed || !pictures || width < 16 || width > 8192 || height < 16 || height > 8192 ||
      fps < 1 || !(seconds > 0 && seconds < 3600)) {
    g_printerr ("tfc-clip: %s\n", error ? error->message : "wrong usage, try --help");
    return 2;
  }
  for (gchar **p = pictures; *p && (!still || p == pictures); p++) {
    cairo_surface_t *photo = load (*p, &error);
    const gboolean ok = photo && emit (photo);
    if (photo)
      cairo_surface_destroy (photo);
    if (!ok) {
      g_printerr ("tfc-clip: %s\n", error ? error->message : "cannot write the pictures");
      return 1;
    }
  }
  return 0;
}
