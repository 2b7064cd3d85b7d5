/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* GraphModels: text and, behind its first zero byte, the shards, each as two bytes that say how
 * long it is and its bytes. */
#include "tests/fuzz/fuzz.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "tests/fuzz/ends.h"
#include "tests/fuzz/engine.h"
#include "inference/builder/load.h"
#include "tests/fuzz/mutate.h"
#include "tests/inference/tfjs/tfjs-cases.h"
#include "tests/inference/tfjs/tfjs-nets.h"
#include "tests/inference/tfjs/tfjs-suppressing.h"
#include "tests/inference/tfjs/tfjs-wrongs.h"

#define MAX_SHARDS 16

// clang-format off
static const gchar *const words[] = {
  "Add", "AddN", "AddV2", "AvgPool", "BiasAdd", "Cast", "ClipByValue", "Concat", "ConcatV2", "Const", "Conv2D",
  "DepthToSpace", "DepthwiseConv2dNative", "Enter", "Equal", "Exit", "Exp", "ExpandDims", "Fill", "FloorDiv",
  "FloorMod", "FusedBatchNormV3", "FusedDepthwiseConv2dNative", "Gather", "GatherV2", "Greater", "Identity",
  "IdentityN", "LeakyRelu", "Less", "LogicalAnd", "LogicalNot", "LoopCond", "MatMul", "MaxPool", "Maximum", "Mean",
  "Merge", "Minimum", "Mul", "Neg", "NextIteration", "NoOp", "Pack", "Pad", "PadV2", "Placeholder", "PlaceholderWithDefault", "Prelu", "Range",
  "Rank", "RealDiv", "Reciprocal", "Relu", "Relu6", "Reshape", "ResizeBilinear", "Rsqrt", "Shape", "Sigmoid", "Size",
  "Slice", "Softmax", "Split", "SplitV", "Sqrt", "Square", "SquaredDifference", "Squeeze", "StopGradient",
  "StridedSlice", "Sub", "Switch", "Tanh", "TensorArrayGatherV3", "TensorArrayReadV3", "TensorArrayScatterV3",
  "TensorArraySizeV3", "TensorArrayV3", "TensorArrayWriteV3", "TensorListFromTensor", "TensorListGetItem",
  "TensorListLength", "TensorListReserve", "TensorListSetItem", "TensorListStack", "CombinedNonMaxSuppression",
  "NonMaxSuppressionV3", "NonMaxSuppressionV5", "Tile", "Transpose", "Unpack", "_FusedConv2D",
  "_FusedMatMul", "Mystery",
  "float32", "int32", "bool", "uint8", "uint16", "float16", "complex64", "DT_FLOAT", "DT_INT32", "DT_BOOL", "NHWC",
  "TkhXQw==", "U0FNRQ==", "VkFMSUQ=", "RVhQTElDSVQ=", "Qmlhc0FkZA==", "UmVsdQ==", "UmVsdTY=", "UHJlbHU=", "U2lnbW9pZA==",
  "TGVha3lSZWx1", "RnVzZWRCYXRjaE5vcm0=",
};
static const gchar *const members[] = {
  "\"T\":{\"type\":\"DT_FLOAT\"}", "\"DstT\":{\"type\":\"DT_INT32\"}", "\"strides\":{\"list\":{\"i\":[1,2,2,1]}}",
  "\"strides\":{\"list\":{\"i\":[\"1\",\"1\",\"1\",\"1\"]}}", "\"ksize\":{\"list\":{\"i\":[1,2,2,1]}}",
  "\"padding\":{\"s\":\"U0FNRQ==\"}", "\"padding\":{\"s\":\"VkFMSUQ=\"}", "\"padding\":{\"s\":[83,65,77,69]}",
  "\"dilations\":{\"list\":{\"i\":[1,2,2,1]}}", "\"fused_ops\":{\"list\":{\"s\":[\"Qmlhc0FkZA==\",\"UmVsdTY=\"]}}",
  "\"num_args\":{\"i\":\"1\"}", "\"N\":{\"i\":\"2\"}", "\"num_split\":{\"i\":2}", "\"num\":{\"i\":2}", "\"axis\":{\"i\":-1}",
  "\"keep_dims\":{\"b\":true}", "\"squeeze_dims\":{\"list\":{\"i\":[0]}}", "\"block_size\":{\"i\":2}",
  "\"begin_mask\":{\"i\":3}", "\"end_mask\":{\"i\":15}", "\"shrink_axis_mask\":{\"i\":1}", "\"new_axis_mask\":{\"i\":1}",
  "\"ellipsis_mask\":{\"i\":2}", "\"frame_name\":{\"s\":\"bG9vcA==\"}", "\"is_constant\":{\"b\":true}",
  "\"alpha\":{\"f\":0.5}", "\"epsilon\":{\"f\":0.001}", "\"align_corners\":{\"b\":true}", "\"transpose_b\":{\"b\":true}",
  "\"shape\":{\"shape\":{\"dim\":[{\"size\":\"1\"},{\"size\":4},{\"size\":4},{\"size\":2}]}}",
  "\"shape\":{\"shape\":{\"dim\":[{\"size\":\"1\"},{\"size\":-1},{\"size\":-1},{\"size\":3}]}}",
  "\"dtype\":{\"type\":\"DT_FLOAT\"}", "\"dtype\":{\"type\":4}", "\"half_pixel_centers\":{\"b\":true}",
  "\"value\":{\"tensor\":{\"dtype\":\"DT_FLOAT\",\"tensorShape\":{}}}",
  "\"padding\":{\"s\":\"RVhQTElDSVQ=\"}", "\"explicit_paddings\":{\"list\":{\"i\":[0,0,1,0,0,1,0,0]}}",
  "\"quantization\":{\"dtype\":\"uint8\",\"scale\":0.5,\"min\":-1}", "\"quantization\":{\"dtype\":\"uint16\",\"scale\":0.1,\"min\":0}",
  "\"quantization\":{\"dtype\":\"float16\"}", "\"fused_ops\":{\"list\":{\"s\":[\"RnVzZWRCYXRjaE5vcm0=\",\"TGVha3lSZWx1\"]}}",
};
// clang-format on

/* The folder of this run, in memory where there is /dev/shm. */
static gchar *folder, *model_path, *shard_paths[MAX_SHARDS];

static void
clean (void)
{
  for (guint i = 0; i < MAX_SHARDS; i++)
    g_unlink (shard_paths[i]);
  g_unlink (model_path);
  g_rmdir (folder);
}

static void
make_folder (void)
{
  gboolean shm = access ("/dev/shm", W_OK) == 0;
  folder = g_mkdtemp (g_strdup (shm ? "/dev/shm/tfc-XXXXXX" : "/tmp/tfc-XXXXXX"));
  g_assert_nonnull (folder);
  model_path = g_build_filename (folder, "model.json", NULL);
  for (guint i = 0; i < MAX_SHARDS; i++) {
    gchar *name = graphmodel_shard_name (i);
    shard_paths[i] = g_build_filename (folder, name, NULL);
    g_free (name);
  }
  atexit (clean);
}

static void
write_file (const gchar *path, gconstpointer data, gsize n)
{
  FILE *file = fopen (path, "wb");
  g_assert_true (file && fwrite (data, 1, n, file) == n && fclose (file) == 0);
}

static void
write_shards (FuzzBytes b)
{
  static guint n_written;
  guint n = 0;
  for (; n < MAX_SHARDS && b.left > 0; n++) {
    gsize size = fuzz_take (&b, 2);
    size = MIN (size, b.left);
    write_file (shard_paths[n], b.at, size);
    b.at += size;
    b.left -= size;
  }
  for (guint i = n; i < n_written; i++)
    g_unlink (shard_paths[i]);
  n_written = n;
}

static void
check_error (GError *error)
{
  g_assert_true (error->domain == TFC_ERROR && strstr (error->message, "model.json"));
  g_error_free (error);
}

/* TRUE: it opens, and is small enough to be run. */
static gboolean
load_with_ends (const gchar *path, const TfcEnds *ends, guint backend)
{
  GError *error = NULL;
  TfcGraph *graph = tfc_load_tfjs_with (path, ends, &error);
  g_assert_true ((graph != NULL) != (error != NULL));
  if (!graph) {
    check_error (error);
    return FALSE;
  }
  const gboolean small = fuzz_is_small (graph);
  fuzz_engine (graph, backend);
  return small;
}

/* The same file with other ends, and another shape for the network as it is. */
static void
load_otherwise (const gchar *path, const TfcGraph *graph, guint32 seed, guint backend)
{
  const gboolean small = fuzz_is_small (graph);
  FuzzEnds e;
  fuzz_ends (graph, seed, &e);
  load_with_ends (path, &e.ends, backend);
  e.ends.inputs = e.ends.outputs = NULL;
  if (load_with_ends (path, &e.ends, backend) && small)
    fuzz_reshape (path, &e, backend);
}

static void
load (const gchar *path, guint32 seed, guint backend)
{
  GError *error = NULL;
  TfcGraph *graph = tfc_load_tfjs (path, &error);
  g_assert_true ((graph != NULL) != (error != NULL));
  if (graph) {
    load_otherwise (path, graph, seed, backend);
    fuzz_engine (graph, backend);
  } else {
    check_error (error);
  }
}

static guint32
seed_of (const guint8 *data, gsize size)
{
  guint32 seed = (guint32)size;
  for (gsize i = 0; i < size; i++)
    seed = seed * 31 + data[i];
  return seed;
}

/* Which backend: as the length happens to be. */
void
fuzz_one (const guint8 *data, gsize size)
{
  const guint8 *zero = size ? memchr (data, 0, size) : NULL;
  gsize n = zero ? (gsize)(zero - data) : size;
  if (!folder)
    make_folder ();
  write_file (model_path, data, n);
  write_shards ((FuzzBytes){zero ? zero + 1 : data, zero ? size - n - 1 : 0});
  load (model_path, seed_of (data, size), size % fuzz_n_backends ());
}

gsize
fuzz_bend (guint8 *data, gsize size, gsize max, GRand *rand)
{
  static const FuzzJson json = {words, members, G_N_ELEMENTS (words), G_N_ELEMENTS (members)};
  return fuzz_bend_json (data, size, max, &json, rand);
}

static void
append_file (GByteArray *all, const gchar *path, gboolean shard)
{
  gchar *bytes;
  gsize n;
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL) && n < 65536);
  if (shard)
    g_byte_array_append (all, (guint8[]){(guint8)(n >> 8), (guint8)n}, 2);
  g_byte_array_append (all, (const guint8 *)bytes, (guint)n);
  g_free (bytes);
}

/* Takes the model. */
static void
seed (GraphModel *f)
{
  GByteArray *all = g_byte_array_new ();
  append_file (all, graphmodel_write (f), FALSE);
  g_byte_array_append (all, (const guint8 *)"", 1);
  for (guint i = 0; i < f->n_shards; i++) {
    gchar *name = graphmodel_shard_name (i), *path = g_build_filename (f->folder, name, NULL);
    append_file (all, path, TRUE);
    g_free (path);
    g_free (name);
  }
  fuzz_seed_bytes (g_byte_array_free_to_bytes (all));
  graphmodel_free (f);
}

static void
seed_nets (void)
{
  static void (*const plain[]) (GraphModel *) = {
      tfjs_old_style, tfjs_two_outputs, tfjs_any_picture, tfjs_comparisons,
      tfjs_quotients, tfjs_counts,      tfjs_pictures};
  GraphModel *f;
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    plain[i](f = graphmodel_new ()), seed (f);
  for (gsize shard = 3; shard <= 4096; shard *= 11)
    tfjs_weight_kinds (f = graphmodel_new (), shard), seed (f);
  for (gint turns = 0; turns <= 4; turns += 2)
    tfjs_loop (f = graphmodel_new (), turns), seed (f);
  for (gint sign = -1; sign <= 1; sign++)
    tfjs_coder (f = graphmodel_new (), (gfloat)sign / 8), seed (f);
}

void
fuzz_seeds (void)
{
  GraphModel *f;
  for (guint i = 0; i < n_tfjs_cases; i++)
    tfjs_case_write (f = graphmodel_new (), &tfjs_cases[i]), seed (f);
  for (guint i = 0; i < n_tfjs_wrong_weights; i++)
    tfjs_wrong_weight_write (f = graphmodel_new (), &tfjs_wrong_weights[i]), seed (f);
  for (guint i = 0; i < n_tfjs_wrong_graphs; i++)
    tfjs_wrong_graph_write (f = graphmodel_new (), &tfjs_wrong_graphs[i]), seed (f);
  for (guint i = 0; i < n_tfjs_wrong_texts; i++)
    fuzz_seed (tfjs_wrong_texts[i].text, strlen (tfjs_wrong_texts[i].text));
  for (guint i = 0; i < tfjs_n_suppressing; i++)
    tfjs_suppressing[i].write (f = graphmodel_new ()), seed (f);
  seed_nets ();
}
