/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/common/tiny-ssd.h"

#include "tests/inference/tflite/fbwriter.h"

#include <glib/gstdio.h>

enum { CONV_2D = 3, RESHAPE = 22, CUSTOM = 32 };
#define BOXES 12
#define CLASSES 3

static void
add_tail (TflWriter *w, gint boxes, gint scores, gint anchors, const gint *out)
{
  static const gint32 classes = CLASSES, ten = 10;
  const FlexEntry options[] = {{"h_scale", .f = TRUE, .number = 5},
                               {"max_detections", 1, &ten},
                               {"nms_iou_threshold", .f = TRUE, .number = 0.6f},
                               {"num_classes", 1, &classes},
                               {"w_scale", .f = TRUE, .number = 5},
                               {"x_scale", .f = TRUE, .number = 10},
                               {"y_scale", .f = TRUE, .number = 10}};
  GBytes *flex = flex_write (options, G_N_ELEMENTS (options));
  guint op = tflw_op (w, CUSTOM, "TFLite_Detection_PostProcess",
                      (const gint[]){boxes, scores, anchors}, 3, out, 4);

  tflw_custom (w, op, flex);
  g_bytes_unref (flex);
}

static GBytes *
make (void)
{
  static const gfloat unit = 1 / 256.f, half = 0.5f, product = 0.5f / 256.f;
  TfcShape picture = tfc_shape (4, 1, 4, 4, 3), kernel = tfc_shape (4, 3, 1, 1, 3),
           three = tfc_shape (1, 3), rows = tfc_shape (3, 1, BOXES, 4),
           places = tfc_shape (2, BOXES, 4);
  gfloat anchors[BOXES * 4];
  TflWriter *w = tflw_new ();
  gint x, y, k, b, a, found[2], out[4], seen[3];
  GBytes *bytes;

  for (guint i = 0; i < G_N_ELEMENTS (anchors); i++)
    anchors[i] = 0.5f;
  x = tflw_tensor (w, TFL_U8, "picture", &picture, NULL, 0);
  k = tflw_tensor (w, TFL_U8, "kernel", &kernel, "\2\0\0\0\2\0\0\0\2", 9);
  b = tflw_tensor (w, TFL_I32, "bias", &three, NULL, 12);
  y = tflw_tensor (w, TFL_U8, "y", &picture, NULL, 0);
  a = tflw_tensor (w, TFL_F32, "anchors", &places, anchors, sizeof anchors);
  tflw_quant (w, x, &unit, 1, 0, 0);
  tflw_quant (w, k, &half, 1, 0, 0);
  tflw_quant (w, b, &product, 1, 0, 0);
  tflw_quant (w, y, &unit, 1, 0, 0);
  seen[0] = x;
  seen[1] = k;
  seen[2] = b;
  guint op = tflw_op (w, CONV_2D, NULL, seen, 3, &y, 1);
  for (guint i = 0; i < 3; i++)
    tflw_option (w, op, i, 1);
  for (guint i = 0; i < 2; i++) {
    found[i] = tflw_tensor (w, TFL_U8, "rows", &rows, NULL, 0);
    tflw_quant (w, found[i], &unit, 1, 0, 0);
    tflw_op (w, RESHAPE, NULL, &y, 1, &found[i], 1);
  }
  for (guint i = 0; i < 4; i++)
    out[i] = tflw_tensor (w, TFL_F32, "found", &rows, NULL, 0);
  add_tail (w, found[0], found[1], a, out);
  bytes = tflw_finish (w, &x, 1, out, 4);
  tflw_free (w);
  return bytes;
}

gchar *
tiny_ssd_write (void)
{
  GBytes *bytes = make ();
  gchar *path = NULL;

  g_close (g_file_open_tmp ("tiny-ssd-XXXXXX.tflite", &path, NULL), NULL);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize)g_bytes_get_size (bytes), NULL));
  g_bytes_unref (bytes);
  return path;
}
