/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tests/inference/tflite/fbwriter.h"
#include "inference/builder/load.h"
#include "inference/passes/lower.h"
#include "tests/inference/tflite/tfl-cases.h"

#include <string.h>

#define IDS(...) (const gint[]){__VA_ARGS__}, G_N_ELEMENTS (((const gint[]){__VA_ARGS__}))

static TfcGraph *
load_ok (GBytes *bytes)
{
  GError *error = NULL;
  TfcGraph *g = tfc_load_tflite_bytes (bytes, "test.tflite", &error);
  g_assert_no_error (error);
  g_bytes_unref (bytes);
  return g;
}

static void
test_ops (void)
{
  for (guint i = 0; tfl_case (i); i++) {
    for (guint variant = 0; variant < 2; variant++) {
      const TflCase *c = tfl_case (i);
      g_test_message ("%s", c->name);
      TfcGraph *g = load_ok (tfl_case_write (c, variant * 3, variant));
      guint id = g_array_index (g->outputs, guint, 0);
      TfcShape expect = tfl_shape (c->expect);
      g_assert_cmpint (tfc_graph_n (g, g->nodes->len - 1)->op, ==, c->op);
      g_assert_cmpstr (tfc_graph_v (g, id)->name, ==, "y");
      g_assert_true (tfc_shape_equal (&expect, &tfc_graph_v (g, id)->tensor.shape));
      tfc_graph_free (g);
    }
  }
}

static const TflCase *
case_named (const gchar *name)
{
  for (guint i = 0; tfl_case (i); i++) {
    if (!strcmp (tfl_case (i)->name, name))
      return tfl_case (i);
  }
  g_assert_not_reached ();
}

static const TfcParams *
params_of (const gchar *name, TfcGraph **g)
{
  *g = load_ok (tfl_case_write (case_named (name), 0, FALSE));
  return &tfc_graph_n (*g, 0)->params;
}

static void
test_params (void)
{
  TfcGraph *g;
  const TfcParams *p = params_of ("add", &g);
  g_assert_cmpfloat (p->clamp.min, ==, 0);
  g_assert_cmpfloat (p->clamp.max, ==, 6);
  tfc_graph_free (g);
  p = params_of ("conv", &g);
  g_assert_cmpint (p->window.stride_h, ==, 2);
  g_assert_cmpint (p->window.pad_top, ==, 1);
  g_assert_cmpint (p->window.pad_bottom, ==, 1);
  g_assert_cmpfloat (p->clamp.min, ==, 0);
  g_assert_cmpfloat (p->clamp.max, ==, G_MAXFLOAT);
  tfc_graph_free (g);
  p = params_of ("conv without bias", &g);
  g_assert_cmpint (p->window.dilation_h, ==, 2);
  g_assert_cmpfloat (p->clamp.min, ==, -G_MAXFLOAT);
  tfc_graph_free (g);
  p = params_of ("resize_bilinear", &g);
  g_assert_cmpint (p->resize.width, ==, 7);
  g_assert_true (p->resize.half_pixel);
  g_assert_false (p->resize.align_corners);
  tfc_graph_free (g);
  p = params_of ("pad", &g);
  g_assert_cmpint (p->pad.after[1], ==, 2);
  g_assert_cmpint (p->pad.before[2], ==, 3);
  tfc_graph_free (g);
  p = params_of ("strided_slice", &g);
  g_assert_cmpint (p->slice.begin[1], ==, 1);
  g_assert_cmpint (p->slice.begin[2], ==, 4);
  g_assert_cmpint (p->slice.stride[1], ==, 2);
  tfc_graph_free (g);
  p = params_of ("leaky_relu", &g);
  g_assert_cmpfloat (p->alpha, ==, 0.125f);
  tfc_graph_free (g);
}

static const TfcTensor *
named (const TfcGraph *g, const gchar *name)
{
  for (guint i = 0; i < g->values->len; i++) {
    if (g_strcmp0 (tfc_graph_v (g, i)->name, name) == 0)
      return &tfc_graph_v (g, i)->tensor;
  }
  g_error ("the graph has no %s", name);
}

/* DENSIFY [2, 3] float16, and int8 weights with a scale a channel. */
static void
test_constants (void)
{
  static const guint16 values[] = {11, 22, 33}, dense[] = {0, 11, 0, 22, 0, 33};
  static const gfloat scales[] = {0.5f, 0.25f}, one = 0.1f;
  TfcShape s = tfc_shape (2, 2, 3), w_shape = tfc_shape (4, 2, 1, 1, 1),
           x_shape = tfc_shape (4, 1, 2, 2, 1);
  TflWriter *w = tflw_new ();
  gint sparse = tflw_tensor (w, TFL_F16, "sparse", &s, values, sizeof values);
  gint full = tflw_tensor (w, TFL_F16, "full", &s, NULL, 0),
       wide = tflw_tensor (w, TFL_F32, "wide", &s, NULL, 0);
  tflw_sparse (w, sparse, (const guint8[]){0, 1, 3}, 3, (const guint8[]){1, 0, 2}, 3);
  tflw_op (w, 124, NULL, &sparse, 1, &full, 1);
  tflw_op (w, 6, NULL, &full, 1, &wide, 1);
  gint x = tflw_tensor (w, TFL_I8, "x", &x_shape, NULL, 0), y;
  gint weights = tflw_tensor (w, TFL_I8, "w", &w_shape, "\1\2", 2);
  x_shape.dim[3] = 2;
  y = tflw_tensor (w, TFL_I8, "y", &x_shape, NULL, 0);
  tflw_quant (w, x, &one, 1, -5, 0);
  tflw_quant (w, y, &one, 1, 6, 0);
  tflw_quant (w, weights, scales, 2, 0, 0);
  guint op = tflw_op (w, 3, NULL, IDS (x, weights, -1), &y, 1);
  tflw_option (w, op, 1, 1);
  tflw_option (w, op, 2, 1);
  TfcGraph *g = load_ok (tflw_finish (w, &x, 1, IDS (y, wide)));
  const TfcTensor *t = named (g, "full");
  g_assert_cmpmem (t->data, tfc_tensor_bytes (t), dense, sizeof dense);
  t = named (g, "w");
  g_assert_cmpuint (t->quant.n_channels, ==, 2);
  g_assert_cmpfloat (t->quant.scales[1], ==, 0.25f);
  g_assert_cmpint (named (g, "x")->quant.zero_point, ==, -5);
  tfc_graph_free (g);
  tflw_free (w);
}

/* Constants lie in the file itself where they are aligned and have a tail, else in a copy. */
static void
test_placement (void)
{
  static const gfloat values[] = {1, -2, 3.5f};
  for (guint skew = 0; skew < 16; skew++) {
    TfcShape s = tfc_shape (1, 3);
    TflWriter *w = tflw_new ();
    tflw_skew (w, skew);
    gint x = tflw_tensor (w, TFL_F32, "x", &s, NULL, 0),
         y = tflw_tensor (w, TFL_F32, "y", &s, NULL, 0);
    gint c = tflw_tensor (w, TFL_F32, "c", &s, values, sizeof values);
    tflw_op (w, 0, NULL, IDS (x, c), &y, 1);
    GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
    gsize size;
    const guint8 *file = g_bytes_get_data (bytes, &size);
    TfcGraph *g = load_ok (bytes);
    const guint8 *data = named (g, "c")->data;
    gboolean inside = data >= file && data < file + size;
    g_assert_cmpmem (data, sizeof values, values, sizeof values);
    g_assert_true (inside == (skew % 4 == 0));
    g_assert_true (!inside || data + sizeof values + TFC_TAIL_BYTES <= file + size);
    tfc_graph_free (g);
    tflw_free (w);
  }
}

/* A detector's end: the graph stops before it and keeps its options and anchors. */
static void
test_tail (void)
{
  static const gint32 ten = 10, off = 0;
  static const gfloat anchors[] = {1, 2, 3, 4, 5, 6, 7, 8};
  const FlexEntry entries[] = {{"max_detections", 1, &ten, FALSE, 0},
                               {"nms_iou_threshold", 1, NULL, TRUE, 0.6f},
                               {"use_regular_nms", 1, &off, FALSE, 0}};
  TfcShape boxes = tfc_shape (3, 1, 2, 4), classes = tfc_shape (3, 1, 2, 3),
           a = tfc_shape (2, 2, 4);
  TflWriter *w = tflw_new ();
  GBytes *flex = flex_write (entries, G_N_ELEMENTS (entries));
  gint x = tflw_tensor (w, TFL_F32, "x", &boxes, NULL, 0),
       b = tflw_tensor (w, TFL_F32, "b", &boxes, NULL, 0);
  gint c = tflw_tensor (w, TFL_F32, "c", &classes, NULL, 0);
  gint anchor = tflw_tensor (w, TFL_F32, "anchors", &a, anchors, sizeof anchors);
  gint out = tflw_tensor (w, TFL_F32, "out", &a, NULL, 0);
  tflw_op (w, 14, NULL, &x, 1, &b, 1);
  guint op = tflw_op (w, 32, "TFLite_Detection_PostProcess", IDS (b, c, anchor), &out, 1);
  tflw_custom (w, op, flex);
  TfcGraph *g = load_ok (tflw_finish (w, IDS (x, c), &out, 1));
  g_assert_nonnull (g->tail);
  g_assert_cmpstr (g->tail->name, ==, "TFLite_Detection_PostProcess");
  g_assert_cmpfloat (*(gdouble *)g_hash_table_lookup (g->tail->options, "max_detections"), ==, 10);
  g_assert_cmpfloat (*(gdouble *)g_hash_table_lookup (g->tail->options, "nms_iou_threshold"), ==,
                     0.6f);
  g_assert_cmpuint (g->tail->n_consts, ==, 1);
  g_assert_cmpmem (tfc_graph_v (g, g->tail->consts[0])->tensor.data, 32, anchors, 32);
  g_assert_cmpuint (g->outputs->len, ==, 2);
  g_assert_cmpstr (tfc_graph_v (g, g_array_index (g->outputs, guint, 0))->name, ==, "b");
  tfc_graph_free (g);
  g_bytes_unref (flex);
  tflw_free (w);
}

static void
fails (GBytes *bytes, gint code, const gchar *says)
{
  GError *error = NULL;
  g_assert_null (tfc_load_tflite_bytes (bytes, "test.tflite", &error));
  g_assert_error (error, TFC_ERROR, code);
  g_assert_nonnull (strstr (error->message, "test.tflite"));
  if (!strstr (error->message, says))
    g_error ("\"%s\" does not say \"%s\"", error->message, says);
  g_error_free (error);
  g_bytes_unref (bytes);
}

static GBytes *
write_one (gint code, const gchar *custom, gint type, guint constant_bytes)
{
  TfcShape s = tfc_shape (2, 2, 3);
  TflWriter *w = tflw_new ();
  gint x = tflw_tensor (w, type, "x", &s, NULL, 0),
       c = tflw_tensor (w, TFL_F32, "c", &s, NULL, constant_bytes);
  gint y = tflw_tensor (w, TFL_F32, "y", &s, NULL, 0);
  tflw_op (w, code, custom, IDS (x, c), &y, 1);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  return bytes;
}

static void
test_refused (void)
{
  GError *error = NULL;
  fails (write_one (97, NULL, TFL_F32, 24), TFC_ERROR_FORMAT,
         "RESIZE_NEAREST_NEIGHBOR (operator 0)");
  fails (write_one (201, NULL, TFL_F32, 24), TFC_ERROR_UNSUPPORTED, "builtin operator");
  fails (write_one (32, "Mystery", TFL_F32, 24), TFC_ERROR_UNSUPPORTED, "Mystery (operator 0)");
  fails (write_one (0, NULL, TFL_STRING, 24), TFC_ERROR_UNSUPPORTED, "input x has a type");
  fails (write_one (0, NULL, TFL_F32, 23), TFC_ERROR_FORMAT, "do not fit its shape");
  fails (write_one (14, NULL, TFL_F32, 24), TFC_ERROR_FORMAT, "wrong number of inputs");
  fails (g_bytes_new_static ("TFL3TFL3TFL3", 12), TFC_ERROR_FORMAT, "at byte");
  fails (g_bytes_new_static ("", 0), TFC_ERROR_FORMAT, "at byte 0");
  g_assert_null (tfc_load_tflite ("/nonexistent/x.tflite", &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_NOT_FOUND);
  g_error_free (error);
}

/* -1 stands for an input that is not there; an output is always there. */
static void
test_ids (void)
{
  static const gint ids[] = {-1, -2, 2, G_MAXINT, G_MININT};
  TfcShape s = tfc_shape (1, 2);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (ids); i++) {
    TflWriter *w = tflw_new ();
    gint x = tflw_tensor (w, TFL_F32, "x", &s, NULL, 0),
         y = tflw_tensor (w, TFL_F32, "y", &s, NULL, 0);
    gint bad = ids[i / 2];
    tflw_op (w, 14, NULL, i % 2 ? &bad : &x, 1, i % 2 ? &y : &bad, 1);
    fails (tflw_finish (w, &x, 1, &y, 1), TFC_ERROR_FORMAT,
           bad == -1 && i % 2 ? "an input is missing" : "a tensor that does not exist");
    tflw_free (w);
  }
}

static void
load_any (const guint8 *data, gsize size)
{
  guint8 *copy = g_memdup2 (data, size); /* of just this size, so that reading past it is seen */
  GBytes *bytes = g_bytes_new_take (copy, size);
  GError *error = NULL;
  TfcGraph *g = tfc_load_tflite_bytes (bytes, "fuzz", &error);
  g_assert_true ((g != NULL) != (error != NULL));
  if (error)
    g_assert_true (error->domain == TFC_ERROR);
  g_clear_error (&error);
  if (g && !tfc_lower (g, &error))
    g_assert_true (error->domain == TFC_ERROR);
  g_clear_error (&error);
  tfc_graph_free (g);
  g_bytes_unref (bytes);
}

/* DENSIFY of [2, 3] from three halves at the given places. */
static GBytes *
write_sparse (const gchar *segments, const gchar *columns)
{
  TfcShape s = tfc_shape (2, 2, 3);
  TflWriter *w = tflw_new ();
  gint sparse = tflw_tensor (w, TFL_F16, "sparse", &s, NULL, 6), x, y;
  gint full = tflw_tensor (w, TFL_F16, "full", &s, NULL, 0);
  tflw_sparse (w, sparse, (const guint8 *)segments, 3, (const guint8 *)columns, 3);
  tflw_op (w, 124, NULL, &sparse, 1, &full, 1);
  x = tflw_tensor (w, TFL_F32, "x", &s, NULL, 0);
  y = tflw_tensor (w, TFL_F32, "y", &s, NULL, 0);
  tflw_op (w, 14, NULL, &x, 1, &y, 1);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  return bytes;
}

static void
test_sparse_refused (void)
{
  tfc_graph_free (load_ok (write_sparse ("\0\1\3", "\1\0\2")));
  fails (write_sparse ("\0\1\3", "\1\0\3"), TFC_ERROR_FORMAT, "out of range"); /* past the row */
  fails (write_sparse ("\0\1\3", "\1\2\2"), TFC_ERROR_FORMAT, "out of range"); /* twice */
  fails (write_sparse ("\0\1\4", "\1\0\2"), TFC_ERROR_FORMAT,
         "out of range"); /* more than there are */
  fails (write_sparse ("\0\2\1", "\1\2\2"), TFC_ERROR_FORMAT, "out of range"); /* backwards */
  fails (write_sparse ("\1\1\3", "\1\0\2"), TFC_ERROR_FORMAT,
         "out of range"); /* not from the start */
}

static void
test_hostile (void)
{
  static const gchar *const picked[] = {"conv", "reshape", "tanh", "strided_slice", "strided_slice, an axis less"};
  guint32 seed = g_random_int ();
  GRand *rand = g_rand_new_with_seed (seed);
  g_test_message ("seed %u", seed);
  for (guint i = 0; i < G_N_ELEMENTS (picked); i++) {
    GBytes *bytes = tfl_case_write (case_named (picked[i]), 0, FALSE);
    gsize size;
    const guint8 *data = g_bytes_get_data (bytes, &size);
    for (gsize n = 0; n < size; n++)
      load_any (data, n);
    for (guint k = 0; k < 2000; k++) {
      guint8 *bent = g_memdup2 (data, size);
      for (guint flips = g_rand_int_range (rand, 1, 5); flips-- > 0;)
        bent[g_rand_int_range (rand, 0, size)] ^= 1 << g_rand_int_range (rand, 0, 8);
      load_any (bent, size);
      g_free (bent);
    }
    g_bytes_unref (bytes);
  }
  g_rand_free (rand);
}

/* The files of the mirror. kmac: thousands of multiply-accumulates of the convolutions. */
typedef struct {
  const gchar *path;
  TfcShape input;
  guint n_outputs;
  const gchar *outputs[7];
  guint64 kmac;
} File;

#define RGB(size)      \
  {                    \
    4,                 \
    {                  \
      1, size, size, 3 \
    }                  \
  }
// clang-format off
static const File files[] = {
  {"coco-ssd/mobilenet_v1_quant/detect.tflite", RGB (300), 2, {"Squeeze", "convert_scores"}, 728000},
  {"face/face_detection_back.tflite", RGB (256), 2, {"regressors", "classificators"}, 188700},
  {"face/face_detection_full_range.tflite", RGB (192), 2, {"reshaped_regressor_face_4", "reshaped_classifier_face_4"}, 105700},
  {"face/face_detection_full_range_sparse.tflite", RGB (192), 2, {"Identity", "Identity_1"}, 117200},
  {"face/face_detection_short_range.tflite", RGB (128), 2, {"regressors", "classificators"}, 30800},
  {"face/face_landmark.tflite", RGB (192), 2, {"conv2d_20", "conv2d_30"}, 35000},
  {"face/face_landmark_with_attention.tflite", RGB (192), 7, {"output_mesh_identity", "output_lips", "output_left_eye", "output_right_eye", "output_left_iris", "output_right_iris", "conv_faceflag"}, 43500},
  {"face/iris_landmark.tflite", RGB (64), 2, {"output_eyes_contours_and_brows", "output_iris"}, 53700},
};
// clang-format on

static gchar *
shared_model (const gchar *name)
{
  const gchar *shared = g_getenv ("TFC_SHARED");
  gchar *path = g_build_filename (shared ? shared : "../shared", "models", name, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  g_test_skip_printf ("%s is not there", path);
  g_free (path);
  return NULL;
}

static guint64
macs (const TfcGraph *g)
{
  guint64 sum = 0;
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *n = tfc_graph_n (g, i);
    if (n->op != TFC_OP_CONV_2D && n->op != TFC_OP_DEPTHWISE_CONV_2D)
      continue;
    const gint32 *w = tfc_graph_v (g, n->in[1])->tensor.shape.dim;
    guint64 each = (guint64)w[1] * w[2] * (n->op == TFC_OP_CONV_2D ? w[3] : 1);
    sum += each * tfc_tensor_count (&tfc_graph_v (g, n->out[0])->tensor);
  }
  return sum;
}

static void
test_file (gconstpointer data)
{
  const File *f = data;
  gchar *path = shared_model (f->path);
  GError *error = NULL;
  if (!path)
    return;
  TfcGraph *g = tfc_load_tflite (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g->inputs->len, ==, 1);
  g_assert_true (tfc_shape_equal (
      &f->input, &tfc_graph_v (g, g_array_index (g->inputs, guint, 0))->tensor.shape));
  g_assert_cmpuint (g->outputs->len, ==, f->n_outputs);
  for (guint i = 0; i < f->n_outputs; i++)
    g_assert_cmpstr (tfc_graph_v (g, g_array_index (g->outputs, guint, i))->name, ==,
                     f->outputs[i]);
  g_assert_cmpuint ((macs (g) + 50000) / 100000, ==, f->kmac / 100);
  g_assert_true ((g->tail != NULL) == (strstr (f->path, "detect.tflite") != NULL));
  tfc_graph_free (g);
  g_free (path);
}

static void
test_file_cut (gconstpointer data)
{
  gchar *path = shared_model (((const File *)data)->path), *bytes;
  gsize size;
  if (!path)
    return;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  /* Every KiB with -m slow; else at the ends, and in larger steps between. */
  for (gsize n = 0; n < size;
       n += g_test_slow () || n < 32768 || n + 32768 > size ? 1024 : 15 * 1024)
    load_any ((const guint8 *)bytes, n);
  g_free (bytes);
  g_free (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tflite/ops", test_ops);
  g_test_add_func ("/tflite/params", test_params);
  g_test_add_func ("/tflite/constants", test_constants);
  g_test_add_func ("/tflite/placement", test_placement);
  g_test_add_func ("/tflite/tail", test_tail);
  g_test_add_func ("/tflite/refused", test_refused);
  g_test_add_func ("/tflite/ids", test_ids);
  g_test_add_func ("/tflite/sparse-refused", test_sparse_refused);
  g_test_add_func ("/tflite/hostile", test_hostile);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    gchar *name = g_strdup_printf ("/tflite/file/%s", files[i].path);
    gchar *cut = g_strdup_printf ("/tflite/cut/%s", files[i].path);
    g_test_add_data_func (name, &files[i], test_file);
    g_test_add_data_func (cut, &files[i], test_file_cut);
    g_free (name);
    g_free (cut);
  }
  return g_test_run ();
}
