/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The pictures and answers of golden/classify, for tests. */
#include "models/classification/classifier.h"
#include "tests/models/photo.h"

#define CLASSIFY "golden/classify/"
#define HUB "models/classify/mobilenet_v1_025_224/model.json"
#define IMAGENET "models/classify/imagenet_labels.txt"

typedef struct {
  guint8 *pixels;
  TfcFrame frame;
} GoldenPicture;

/* FALSE, and the test skipped, if it is not there. */
static inline gboolean
golden_picture (const gchar *name, GoldenPicture *p)
{
  static const gchar *const folders[] = {CLASSIFY "pictures", CLASSIFY "pictures_no_licence",
                                         "media"};
  const gchar *root = g_getenv ("TFC_SHARED");
  guint width, height;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree gchar *file = g_strdup_printf ("%s/%s.png", folders[i], name);
    g_autofree gchar *path = g_build_filename (root ? root : "../shared", file, NULL);
    if (!g_file_test (path, G_FILE_TEST_EXISTS) && i + 1 < G_N_ELEMENTS (folders))
      continue;
    if (!photo_load_file (file, &p->pixels, &width, &height))
      return FALSE;
    p->frame = tfc_frame_rgb (p->pixels, width, height);
    return TRUE;
  }
  return FALSE;
}

/* A file of the mirror as a classifier; labels NULL: those beside. NULL, and skipped, if it is not
 * there. */
static inline TfcClassifier *
golden_classifier (const gchar *file, const gchar *labels)
{
  g_autofree gchar *path = golden_path (file), *label_path = labels ? golden_path (labels) : NULL;
  const TfcClassifierFiles files = {path, label_path, NULL};
  GError *error = NULL;

  if (!path || (labels && !label_path))
    return NULL;
  TfcClassifier *c = tfc_classifier_open (&files, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tfc_classifier_note (c), ==, NULL);
  return c;
}
