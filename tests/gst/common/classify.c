/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/common/classify.h"

#define MODEL "models/classify/mobilenet_v1_025_224/model.json"
#define LABELS "models/classify/imagenet_labels.txt"

gboolean
have_classifier (void)
{
  return have_shared (MODEL);
}

GstElement *
classify_new (const gchar *first_property, ...)
{
  g_autofree gchar *model = shared_path (MODEL), *labels = shared_path (LABELS);
  GstElement *element = gst_element_factory_make ("tfcclassify", NULL);
  va_list rest;

  g_assert_nonnull (element);
  g_object_set (element, "model-file", model, "label-file", labels, "threads", 1, NULL);
  va_start (rest, first_property);
  set_properties_valist (element, first_property, rest);
  va_end (rest);
  return element;
}

GstBuffer *
classify_picture (const gchar *name, const gchar *format, GstCaps **caps)
{
  static const gchar *const folders[] = {"golden/classify/pictures",
                                         "golden/classify/pictures_no_licence", "media"};

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree gchar *file = g_strdup_printf ("%s/%s.png", folders[i], name);
    g_autofree gchar *path = shared_path (file);
    if (g_file_test (path, G_FILE_TEST_EXISTS))
      return photo (file, format, 0, 0, caps);
  }
  g_assert_not_reached ();
}

GstBuffer *
classify_show (GstHarness *h, const gchar *name, const gchar *format, guint frame)
{
  GstCaps *caps;
  GstBuffer *buffer = classify_picture (name, format, &caps);

  gst_harness_set_src_caps (h, caps);
  GST_BUFFER_PTS (buffer) = frame * GST_SECOND / 30;
  return through (h, buffer);
}

const GstTfcClass *
classes_of (GstBuffer *buffer, guint *n)
{
  const GstTfcClassMeta *meta = gst_buffer_get_tfc_class_meta (buffer);

  g_assert_nonnull (meta);
  return gst_tfc_class_meta_get_classes (meta, n);
}

const gchar *
classify_best (GstHarness *h, const gchar *name, guint frame)
{
  GstBuffer *buffer = classify_show (h, name, "RGB", frame);
  guint n;
  const GstTfcClass *classes = classes_of (buffer, &n);
  const gchar *label = n ? classes[0].label : NULL;

  gst_buffer_unref (buffer);
  return label;
}
