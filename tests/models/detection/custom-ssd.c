/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/models/detection/custom-ssd.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "tests/inference/tflite/fbwriter.h"

enum { RESHAPE = 22, CUSTOM_OP = 32, STRIDED_SLICE = 45 };

typedef struct {
  const Custom *c;
  TflWriter *w;
  gint picture, outputs[4];
  guint n_outputs;
} Write;

static gint
tensor (Write *t, const gchar *name, const TfcShape *shape)
{
  static const gfloat unit = 1 / 256.f;
  const gint id =
      (gint)tflw_tensor (t->w, t->c->quantised ? TFL_U8 : TFL_F32, name, shape, NULL, 0);

  if (t->c->quantised)
    tflw_quant (t->w, (guint)id, &unit, 1, 0, 0);
  return id;
}

static gint
activate (Write *t, gint x, const TfcShape *shape)
{
  if (t->c->end == CUSTOM_PLAIN)
    return x;
  const gint y = tensor (t, "activated", shape);
  const guint op = tflw_op (t->w, t->c->end, NULL, &x, 1, &y, 1);
  if (t->c->end == CUSTOM_SOFTMAX)
    tflw_option_f32 (t->w, op, 0, 1);
  return y;
}

static gint
rows (Write *t, const gchar *name, gint from, gint n)
{
  const TfcShape all = tfc_shape (3, 1, CUSTOM_BOXES, 4), some = tfc_shape (3, 1, n, 4),
                 three = tfc_shape (1, 3);
  const gint32 begin[] = {0, from, 0}, end[] = {1, from + n, 4}, stride[] = {1, 1, 1};
  gint x = tensor (t, name, &all), y, in[4];

  tflw_op (t->w, RESHAPE, NULL, &t->picture, 1, &x, 1);
  if (n == CUSTOM_BOXES)
    return x;
  y = tensor (t, name, &some);
  in[0] = x;
  in[1] = (gint)tflw_tensor (t->w, TFL_I32, "begin", &three, begin, sizeof begin);
  in[2] = (gint)tflw_tensor (t->w, TFL_I32, "end", &three, end, sizeof end);
  in[3] = (gint)tflw_tensor (t->w, TFL_I32, "stride", &three, stride, sizeof stride);
  tflw_op (t->w, STRIDED_SLICE, NULL, in, 4, &y, 1);
  return y;
}

static gint
as_map (Write *t, const gchar *name, gint x, const TfcShape *shape)
{
  const gint y = tensor (t, name, shape);

  tflw_op (t->w, RESHAPE, NULL, &x, 1, &y, 1);
  return y;
}

static void
add_pair (Write *t, gint from, gint n)
{
  const TfcShape shape = t->c->maps ? tfc_shape (4, 1, 2, n / 4, 8) : tfc_shape (3, 1, n, 4);
  gint boxes = rows (t, "raw_boxes", from, n), scores = rows (t, "class_scores", from, n);

  if (t->c->maps) {
    boxes = as_map (t, "raw_boxes", boxes, &shape);
    scores = as_map (t, "class_scores", scores, &shape);
  }
  scores = activate (t, scores, &shape);

  t->outputs[t->n_outputs + !!t->c->scores_first] = boxes;
  t->outputs[t->n_outputs + !t->c->scores_first] = scores;
  t->n_outputs += 2;
}

/* The four outputs in the order of TensorFlow 2's exporter: scores, boxes, number, classes. */
static void
add_tail (Write *t)
{
  static const gint32 classes = 3;
  const FlexEntry options[] = {{"num_classes", 1, &classes}, {"y_scale", .f = TRUE, .number = 10}};
  const TfcShape shape = tfc_shape (2, CUSTOM_BOXES, 4), four = tfc_shape (3, 1, 10, 4),
                 ten = tfc_shape (2, 1, 10), one = tfc_shape (1, 1);
  gfloat anchors[CUSTOM_BOXES * 4];
  gint out[4], in[3];

  for (guint i = 0; i < G_N_ELEMENTS (anchors); i++)
    anchors[i] = 0.5f;
  in[0] = t->outputs[!!t->c->scores_first];
  in[1] = t->outputs[!t->c->scores_first];
  in[2] = (gint)tflw_tensor (t->w, TFL_F32, "anchors", &shape, anchors, sizeof anchors);
  out[0] = (gint)tflw_tensor (t->w, TFL_F32, "boxes", &four, NULL, 0);
  out[1] = (gint)tflw_tensor (t->w, TFL_F32, "classes", &ten, NULL, 0);
  out[2] = (gint)tflw_tensor (t->w, TFL_F32, "scores", &ten, NULL, 0);
  out[3] = (gint)tflw_tensor (t->w, TFL_F32, "count", &one, NULL, 0);
  GBytes *flex = flex_write (options, G_N_ELEMENTS (options));
  tflw_custom (t->w, tflw_op (t->w, CUSTOM_OP, "TFLite_Detection_PostProcess", in, 3, out, 4),
               flex);
  g_bytes_unref (flex);
  t->outputs[0] = out[2];
  t->outputs[1] = out[0];
  t->outputs[2] = out[3];
  t->outputs[3] = out[1];
  t->n_outputs = 4;
}

/* What MediaPipe Model Maker writes: anchors of 0.5 0.5 0.5 0.5, scales of 10 10 5 5. */
static GBytes *
detector_options (const Custom *c)
{
  FbWriter *b = fbw_new ("V001");
  const guint root = fbw_table (b, 3), ssd = fbw_table (b, 1), fixed = fbw_table (b, 1);
  guint list, decode;

  fbw_ref (b, root, 1, ssd);
  fbw_ref (b, ssd, 0, fixed);
  list = fbw_vector (b, fixed, 0, 4, CUSTOM_BOXES, NULL, 4, 0);
  for (guint i = 0; i < CUSTOM_BOXES; i++) {
    const guint anchor = fbw_table (b, 4);
    fbw_element (b, list, i, anchor);
    for (guint k = 0; k < 4; k++)
      fbw_f32 (b, anchor, k, 0.5f);
  }
  decode = fbw_table (b, 12);
  fbw_ref (b, root, 2, decode);
  fbw_i32 (b, decode, 0, CUSTOM_COLUMNS);
  fbw_i32 (b, decode, 1, CUSTOM_BOXES);
  for (guint i = 0; i < 4; i++)
    fbw_f32 (b, decode, 6 + i, i < 2 ? 10 : 5);
  fbw_i32 (b, decode, 10, 1);
  fbw_i32 (b, decode, 11, c->sigmoid);
  return g_byte_array_free_to_bytes (b);
}

static void
add_input (const Custom *c, FbWriter *b, guint subgraph)
{
  const guint list = fbw_vector (b, subgraph, 2, 4, 1, NULL, 4, 0), input = fbw_table (b, 7);

  fbw_element (b, list, 0, input);
  const guint units = fbw_vector (b, input, 4, 4, 1, NULL, 4, 0), unit = fbw_table (b, 2);
  fbw_element (b, units, 0, unit);
  fbw_i32 (b, unit, 0, 1);
  const guint norm = fbw_table (b, 2);
  fbw_ref (b, unit, 1, norm);
  const gfloat means[] = {c->mean, c->mean, c->mean + 1};
  fbw_vector (b, norm, 0, 4, c->uneven ? 3 : 1, means, 4, 0);
  fbw_vector (b, norm, 1, 4, 1, &c->std, 4, 0);
}

static void
add_label_file (const Custom *c, FbWriter *b, guint subgraph)
{
  const guint list = fbw_vector (b, subgraph, 3, 4, 1, NULL, 4, 0), output = fbw_table (b, 7);

  fbw_element (b, list, 0, output);
  const guint files = fbw_vector (b, output, 6, 4, 1, NULL, 4, 0), file = fbw_table (b, 5);
  fbw_element (b, files, 0, file);
  fbw_string (b, file, 0, c->labels);
  fbw_i32 (b, file, 2, 3);
}

static void
add_custom (const Custom *c, FbWriter *b, guint subgraph)
{
  GBytes *bytes = detector_options (c);
  const guint list = fbw_vector (b, subgraph, 9, 4, 1, NULL, 4, 0), entry = fbw_table (b, 2);

  fbw_element (b, list, 0, entry);
  fbw_string (b, entry, 0, "DETECTOR_METADATA");
  fbw_vector (b, entry, 1, 1, (guint)g_bytes_get_size (bytes), g_bytes_get_data (bytes, NULL), 16,
              0);
  g_bytes_unref (bytes);
}

static void
add_metadata (Write *t)
{
  const Custom *c = t->c;
  FbWriter *b = fbw_new ("M001");
  const guint root = fbw_table (b, 8), list = fbw_vector (b, root, 3, 4, 1, NULL, 4, 0),
              subgraph = fbw_table (b, 10);

  fbw_element (b, list, 0, subgraph);
  if (c->std != 0)
    add_input (c, b, subgraph);
  if (c->labels)
    add_label_file (c, b, subgraph);
  if (c->anchors)
    add_custom (c, b, subgraph);
  GBytes *bytes = g_byte_array_free_to_bytes (b);
  tflw_metadata (t->w, bytes);
  g_bytes_unref (bytes);
}

gchar *
custom_write (const Custom *c)
{
  const TfcShape shape = tfc_shape (4, 1, 4, 4, 3);
  Write t = {.c = c, .w = tflw_new ()};
  gchar *folder = g_dir_make_tmp ("tfc-custom-XXXXXX", NULL),
        *path = g_build_filename (folder, "mine.tflite", NULL);

  t.picture = tensor (&t, "picture", &shape);
  if (c->levels == 2) {
    add_pair (&t, 8, 4);
    add_pair (&t, 0, 8);
  } else {
    add_pair (&t, 0, CUSTOM_BOXES);
  }
  if (c->tail)
    add_tail (&t);
  if (c->anchors || c->std != 0 || c->labels)
    add_metadata (&t);
  GBytes *bytes = tflw_finish (t.w, &t.picture, 1, t.outputs, t.n_outputs);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize)g_bytes_get_size (bytes), NULL));
  g_bytes_unref (bytes);
  tflw_free (t.w);
  g_free (folder);
  return path;
}

void
custom_beside (const gchar *path, const gchar *name, const gchar *text)
{
  gchar *folder = g_path_get_dirname (path), *to = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (to, text, -1, NULL));
  g_free (to);
  g_free (folder);
}

void
custom_clear (gchar *path)
{
  gchar *folder = g_path_get_dirname (path);
  GDir *dir = g_dir_open (folder, 0, NULL);
  const gchar *name;

  while ((name = g_dir_read_name (dir))) {
    gchar *file = g_build_filename (folder, name, NULL);
    g_unlink (file);
    g_free (file);
  }
  g_dir_close (dir);
  g_rmdir (folder);
  g_free (folder);
  g_free (path);
}
