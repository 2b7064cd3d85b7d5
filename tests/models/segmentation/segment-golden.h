/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the tests of segmentation share: the golden set's pictures and masks, and how masks are compared. */
#include <math.h>
#include "models/segmentation/segmentation_pipeline.h"
#include "tests/models/golden.h"
#include "tools/common/picture.h"

#define SEGMENT_GOLDEN "golden/segment/"

/* A picture of the golden set (its own or one of media/), in format (NULL: RGB). Asserts that it is there. */
static inline void
segment_picture (const gchar *name, const gchar *format, TfcPicture *picture)
{
  gchar *file = g_strdup_printf (SEGMENT_GOLDEN "pictures/%s.png", name);
  gchar *own = g_build_filename (g_getenv ("TFC_SHARED"), file, NULL);
  gchar *media = g_strdup_printf ("%s/media/%s.png", g_getenv ("TFC_SHARED"), name);
  GError *error = NULL;
  TfcPicture rgb;

  tfc_picture_load (g_file_test (own, G_FILE_TEST_EXISTS) ? own : media, &rgb, &error);
  g_assert_no_error (error);
  if (format) {
    g_assert_true (tfc_picture_convert (&rgb, tfc_format_find (format), picture));
    tfc_picture_clear (&rgb);
  } else {
    *picture = rgb;
  }
  g_free (file);
  g_free (own);
  g_free (media);
}

/* The grey PNG FOLDER/FILE of the golden set, which must have n values. g_free. */
static inline guint8 *
segment_mask (const gchar *folder, const gchar *file, gsize n)
{
  gchar *path = g_build_filename (g_getenv ("TFC_SHARED"), SEGMENT_GOLDEN, folder, file, NULL);
  GError *error = NULL;
  TfcPicture grey;
  guint8 *mask = g_malloc (n);

  tfc_picture_load (path, &grey, &error);
  g_assert_no_error (error);
  g_assert_cmpuint ((gsize)grey.frame.width * grey.frame.height, ==, n);
  for (gsize i = 0; i < n; i++)
    mask[i] = grey.frame.plane[0][i / grey.frame.width * (gsize)grey.frame.stride[0] +
                                  i % grey.frame.width * 3];
  tfc_picture_clear (&grey);
  g_free (path);
  return mask;
}

/* A model of the mirror; NULL, and the test skipped, if it is not there. */
static inline TfcSegmentPipeline *
segment_open (const gchar *file, const gchar *backend)
{
  const TfcModelOptions options = {.backend = backend};
  gchar *relative = g_build_filename ("models", file, NULL), *path = golden_path (relative);
  GError *error = NULL;
  TfcSegmentPipeline *p = path ? tfc_segment_open (path, &options, &error) : NULL;

  g_assert_no_error (error);
  g_free (relative);
  g_free (path);
  return p;
}

/* Mean difference of two masks, 0..1. */
static inline gdouble
segment_difference (const guint8 *a, const guint8 *b, gsize n)
{
  guint64 sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (guint64)ABS (a[i] - b[i]);
  return (gdouble)sum / 255 / (gdouble)n;
}

static inline guint
segment_worst (const guint8 *a, const guint8 *b, gsize n)
{
  guint worst = 0;

  for (gsize i = 0; i < n; i++)
    worst = MAX (worst, (guint)ABS (a[i] - b[i]));
  return worst;
}

/* Intersection over union of what is above one half. */
static inline gdouble
segment_iou (const guint8 *a, const guint8 *b, gsize n)
{
  gsize both = 0, either = 0;

  for (gsize i = 0; i < n; i++) {
    both += a[i] > 127 && b[i] > 127;
    either += a[i] > 127 || b[i] > 127;
  }
  return either ? (gdouble)both / (gdouble)either : 1;
}

/* Values that are not equal. */
static inline gsize
segment_unequal (const guint8 *a, const guint8 *b, gsize n)
{
  gsize unequal = 0;

  for (gsize i = 0; i < n; i++)
    unequal += a[i] != b[i];
  return unequal;
}
