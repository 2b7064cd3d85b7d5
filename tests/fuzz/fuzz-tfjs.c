/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GraphModels. An input is either text and, behind its first zero byte, the weights' bytes; or
 * (first byte 1) choices from which a model.json is written whose JSON, ops and edges are mostly
 * sound. */
#include "fuzz.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "engine.h"
#include "load.h"

#define MAX_NODES 24
#define WEIGHT_BYTES 512

// clang-format off
static const gchar *const op_names[] = {
  "Add", "AddN", "AddV2", "AvgPool", "BiasAdd", "Cast", "ClipByValue", "Concat", "ConcatV2", "Const", "Conv2D",
  "DepthToSpace", "DepthwiseConv2dNative", "Enter", "Equal", "Exit", "Exp", "ExpandDims", "Fill", "FloorDiv",
  "FloorMod", "FusedBatchNormV3", "FusedDepthwiseConv2dNative", "Gather", "GatherV2", "Greater", "Identity",
  "IdentityN", "LeakyRelu", "Less", "LogicalAnd", "LogicalNot", "LoopCond", "MatMul", "MaxPool", "Maximum", "Mean",
  "Merge", "Minimum", "Mul", "Neg", "NextIteration", "NoOp", "Pack", "Pad", "PadV2", "Placeholder", "Prelu", "Range",
  "Rank", "RealDiv", "Reciprocal", "Relu", "Relu6", "Reshape", "ResizeBilinear", "Rsqrt", "Shape", "Sigmoid", "Size",
  "Slice", "Softmax", "Split", "SplitV", "Sqrt", "Square", "SquaredDifference", "Squeeze", "StopGradient",
  "StridedSlice", "Sub", "Switch", "Tanh", "TensorArrayGatherV3", "TensorArrayReadV3", "TensorArrayScatterV3",
  "TensorArraySizeV3", "TensorArrayV3", "TensorArrayWriteV3", "Tile", "Transpose", "Unpack", "_FusedConv2D",
  "_FusedMatMul", "Mystery",
};
static const gchar *const inputs_of[] = { /* ops that take constants of some sense: others take any two */
  "Reshape:x=shape", "Transpose:x=perm", "Pad:x=pads", "Mean:x=axes", "ExpandDims:x=zero", "Conv2D:x=kernel",
  "DepthwiseConv2dNative:x=kernel", "_FusedConv2D:x=kernel,bias", "FusedBatchNormV3:x=bias,bias,bias,bias",
  "ResizeBilinear:x=size", "Slice:x=begin,perm", "StridedSlice:x=begin,perm,ones", "ConcatV2:x,x=zero", "Split:=zero,x",
  "TensorArrayV3:=three", "TensorArrayWriteV3:x=zero,x,flow", "TensorArrayGatherV3:x=size,flow", "Fill:=size,zero",
  "TensorArrayScatterV3:x=size,x,flow", "Range:=zero,three,one", "Tile:x=ones", "Enter:=zero", "Gather:x=size",
  "GatherV2:x=size,zero", "MatMul:x=matrix", "_FusedMatMul:x=matrix,bias", "Less:=zero,three", "ClipByValue:x=zero,six",
  "Prelu:x=bias", "BiasAdd:x=bias", "SplitV:x=size,zero",
};
/* Weights: name, type, shape; their bytes follow one another. */
static const struct { const gchar *name, *json; gint32 v[8]; guint n; } weights[] = {
  {"shape", "\"dtype\":\"int32\",\"shape\":[2]", {1, -1}, 2},
  {"perm", "\"dtype\":\"int32\",\"shape\":[4]", {0, 2, 1, 3}, 4},
  {"pads", "\"dtype\":\"int32\",\"shape\":[4,2]", {0, 0, 1, 1, 0, 1, 0, 0}, 8},
  {"axes", "\"dtype\":\"int32\",\"shape\":[2]", {1, 2}, 2},
  {"size", "\"dtype\":\"int32\",\"shape\":[2]", {2, 3}, 2},
  {"begin", "\"dtype\":\"int32\",\"shape\":[4]", {0, 0, 1, 0}, 4},
  {"ones", "\"dtype\":\"int32\",\"shape\":[4]", {1, 1, 1, 1}, 4},
  {"zero", "\"dtype\":\"int32\",\"shape\":[]", {0}, 1},
  {"one", "\"dtype\":\"int32\",\"shape\":[]", {1}, 1},
  {"three", "\"dtype\":\"int32\",\"shape\":[]", {3}, 1},
  {"six", "\"dtype\":\"float32\",\"shape\":[]", {0x40c00000}, 1},
  {"flow", "\"dtype\":\"float32\",\"shape\":[]", {0}, 1},
  {"bias", "\"dtype\":\"float32\",\"shape\":[2]", {0x3f800000, 0x3f000000}, 2},
  {"kernel", "\"dtype\":\"float32\",\"shape\":[1,1,2,2]", {0x3f800000, 0, 0, 0x3f800000}, 4},
  {"matrix", "\"dtype\":\"float32\",\"shape\":[2,2]", {0x3f800000, 0, 0, 0x3f800000}, 4},
  {"bytes", "\"dtype\":\"float32\",\"shape\":[4],\"quantization\":{\"dtype\":\"uint8\",\"scale\":0.5,\"min\":-1}",
   {0x03020100}, 1},
  {"halves", "\"dtype\":\"float32\",\"shape\":[2],\"quantization\":{\"dtype\":\"float16\"}", {0x3c003c00}, 1},
  {"flag", "\"dtype\":\"int32\",\"shape\":[1]", {1}, 1},
  {"two", "\"dtype\":\"int32\",\"shape\":[1]", {2}, 1},
};
static const gchar *const attrs[] = {
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
};
// clang-format on

/* The folder of this run, in memory where there is /dev/shm. */
static gchar *folder, *model_path, *shard_path;

static void
clean (void)
{
  g_unlink (model_path);
  g_unlink (shard_path);
  g_rmdir (folder);
}

static void
write_files (const gchar *text, gsize n, const guint8 *bytes, gsize n_bytes)
{
  if (!folder) {
    gboolean shm = access ("/dev/shm", W_OK) == 0;
    folder = g_mkdtemp (g_strdup (shm ? "/dev/shm/tfc-XXXXXX" : "/tmp/tfc-XXXXXX"));
    g_assert_nonnull (folder);
    model_path = g_build_filename (folder, "model.json", NULL);
    shard_path = g_build_filename (folder, "w", NULL);
    atexit (clean);
  }
  FILE *file = fopen (model_path, "wb");
  g_assert_true (file && fwrite (text, 1, n, file) == n && fclose (file) == 0);
  file = fopen (shard_path, "wb");
  g_assert_true (file && fwrite (bytes, 1, n_bytes, file) == n_bytes && fclose (file) == 0);
}

static void
add_weights (GString *json, guint8 *bytes, guint *n_bytes)
{
  *n_bytes = 0;
  g_string_append (json, "]},\"weightsManifest\":[{\"paths\":[\"w\"],\"weights\":[");
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++) {
    g_string_append_printf (json, "%s{\"name\":\"%s\",%s}", i ? "," : "", weights[i].name,
                            weights[i].json);
    memcpy (bytes + *n_bytes, weights[i].v, 4 * weights[i].n);
    *n_bytes += 4 * weights[i].n;
  }
  g_string_append (json, "]}]}");
}

/* A name that stands before node n, or after it now and then. */
static void
add_ref (GString *json, FuzzBytes *b, guint n, guint n_nodes)
{
  guint pick = fuzz_below (b, 32);
  if (pick == 0)
    g_string_append_printf (json, "\"%s\"", weights[fuzz_below (b, G_N_ELEMENTS (weights))].name);
  else if (pick == 1)
    g_string_append_printf (json, "\"n%u\"", fuzz_below (b, n_nodes));
  else if (pick == 2 && n)
    g_string_append_printf (json, "\"^n%u\"", fuzz_below (b, n));
  else if (pick < 8 && n)
    g_string_append_printf (json, "\"n%u:%u\"", n - 1 - fuzz_below (b, MIN (n, 4)),
                            fuzz_below (b, 3));
  else if (n)
    g_string_append_printf (json, "\"n%u\"", n - 1 - fuzz_below (b, MIN (n, 4)));
  else
    g_string_append (json, "\"x\"");
}

static void
add_inputs (GString *json, FuzzBytes *b, const gchar *op, guint n, guint n_nodes)
{
  gsize length = strlen (op);
  guint any = 1 + fuzz_below (b, 3);
  const gchar *known = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (inputs_of); i++) {
    if (!strncmp (inputs_of[i], op, length) && inputs_of[i][length] == ':')
      known = inputs_of[i] + length + 1;
  }
  for (guint k = 0; (!known || !fuzz_below (b, 16)) && k < any; k++) {
    g_string_append (json, k ? "," : "");
    add_ref (json, b, n, n_nodes);
    known = NULL;
  }
  gchar **words = g_strsplit_set (known ? known : "", "=,", -1);
  for (guint k = 0, some = 0; words[k]; k++) {
    if (!*words[k])
      continue;
    g_string_append (json, some++ ? "," : "");
    if (strcmp (words[k], "x"))
      g_string_append_printf (json, "\"%s\"", words[k]);
    else
      add_ref (json, b, n, n_nodes);
  }
  g_strfreev (words);
}

static GString *
write_model (FuzzBytes *b, guint8 *bytes, guint *n_bytes)
{
  GString *json = g_string_new ("{\"modelTopology\":{\"node\":[");
  guint n_nodes = 1 + fuzz_below (b, MAX_NODES);
  g_string_append_printf (
      json,
      "{\"name\":\"x\",\"op\":\"Placeholder\",\"attr\":{\"dtype\":{\"type\":\"%s\"},"
      "\"shape\":{\"shape\":{\"dim\":[{\"size\":1},{\"size\":%d},{\"size\":4},{\"size\":2}]}}}}",
      fuzz_below (b, 4) ? "DT_FLOAT" : "DT_INT32", fuzz_below (b, 4) ? 4 : -1);
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    g_string_append_printf (json, ",{\"name\":\"%s\",\"op\":\"Const\"}", weights[i].name);
  for (guint i = 0; i < n_nodes; i++) {
    const gchar *op = op_names[fuzz_below (b, G_N_ELEMENTS (op_names))];
    g_string_append_printf (json, ",{\"name\":\"n%u\",\"op\":\"%s\",\"input\":[", i, op);
    add_inputs (json, b, op, i, n_nodes);
    g_string_append (json, "],\"attr\":{");
    for (guint k = 0, n = fuzz_below (b, 6); k < n; k++)
      g_string_append_printf (json, "%s%s", k ? "," : "",
                              attrs[fuzz_below (b, G_N_ELEMENTS (attrs))]);
    g_string_append (json, "}}");
  }
  add_weights (json, bytes, n_bytes);
  return json;
}

static void
load (const gchar *path, guint backend)
{
  GError *error = NULL;
  TfcGraph *graph = tfc_load_tfjs (path, &error);
  g_assert_true ((graph != NULL) != (error != NULL));
  if (graph) {
    fuzz_engine (graph, backend);
  } else {
    g_assert_true (error->domain == TFC_ERROR && strstr (error->message, "model.json"));
    g_error_free (error);
  }
}

void
fuzz_one (const guint8 *data, gsize size)
{
  const guint8 *end = size ? memchr (data, 0, size) : NULL;
  if (size && data[0] == 1) {
    FuzzBytes b = {data + 1, size - 1};
    guint8 bytes[WEIGHT_BYTES];
    guint n_bytes;
    GString *json = write_model (&b, bytes, &n_bytes);
    write_files (json->str, json->len, bytes, n_bytes);
    g_string_free (json, TRUE);
  } else {
    gsize n = end ? (gsize)(end - data) : size;
    write_files ((const gchar *)data, n, end ? end + 1 : data, end ? size - n - 1 : 0);
  }
  for (guint i = 0; i < fuzz_n_backends (); i++)
    load (model_path, i);
}

static void
seed_text (const gchar *text, const guint8 *bytes, guint n_bytes)
{
  GByteArray *all = g_byte_array_new ();
  g_byte_array_append (all, (const guint8 *)text, strlen (text) + 1);
  g_byte_array_append (all, bytes, n_bytes);
  fuzz_seed_bytes (g_byte_array_free_to_bytes (all));
}

// clang-format off
/* Nodes that stand before the weights, as "name op inputs attributes". */
static const gchar *const nets[][8] = {
  {"a:Conv2D:x,kernel:\"strides\":{\"list\":{\"i\":[1,1,1,1]}},\"padding\":{\"s\":\"U0FNRQ==\"}", "b:BiasAdd:a,bias:", "c:Relu6:b:",
   "d:Mean:c,axes:", "e:Reshape:d,shape:", "f:Softmax:e:"},
  {"a:_FusedConv2D:x,kernel,bias:\"strides\":{\"list\":{\"i\":[1,2,2,1]}},\"padding\":{\"s\":\"VkFMSUQ=\"},\"num_args\":{\"i\":1},"
   "\"fused_ops\":{\"list\":{\"s\":[\"Qmlhc0FkZA==\",\"UmVsdTY=\"]}}", "b:FusedBatchNormV3:a,bias,bias,bias,bias:\"is_training\":{\"b\":false}"},
  {"a:DepthwiseConv2dNative:x,kernel:\"strides\":{\"list\":{\"i\":[1,1,1,1]}},\"padding\":{\"s\":\"U0FNRQ==\"}",
   "b:MaxPool:x:\"ksize\":{\"list\":{\"i\":[1,2,2,1]}},\"strides\":{\"list\":{\"i\":[1,2,2,1]}},\"padding\":{\"s\":\"U0FNRQ==\"}"},
  {"a:Shape:x:", "b:StridedSlice:a,flag,two,flag:\"shrink_axis_mask\":{\"i\":1}", "c:Pack:b,b:\"N\":{\"i\":2}", "d:ResizeBilinear:x,c:",
   "e:Transpose:d,perm:", "f:Pad:e,pads:"},
  /* a loop of three turns */
  {"e:Exit:s:", "i:Enter:zero:\"frame_name\":{\"s\":\"bG9vcA==\"}",
   "m:Merge:i,n:", "l:Less:m,t:", "t:Enter:three:\"frame_name\":{\"s\":\"bG9vcA==\"},\"is_constant\":{\"b\":true}", "c:LoopCond:l:", "s:Switch:m,c:",
   "n:NextIteration:s%1:"},
  {"a:TensorArrayV3:three:\"dtype\":{\"type\":1}", "b:TensorArrayWriteV3:a,zero,x,a%1:", "c:TensorArrayReadV3:a,zero,b:\"dtype\":{\"type\":1}",
   "d:Identity:c:", "e:Split:three,x:\"num_split\":{\"i\":2}", "f:ConcatV2:e,e%1,three:", "g:AddN:f,f:", "h:Exp:g:"},
  {"a:Unpack:x:\"num\":{\"i\":1}", "b:ExpandDims:a,zero:", "c:Squeeze:b:\"squeeze_dims\":{\"list\":{\"i\":[0]}}", "d:Tile:b,ones:",
   "e:Slice:d,begin,ones:", "f:Cast:e:\"DstT\":{\"type\":1}", "g:ClipByValue:f,flow,six:", "h:SquaredDifference:g,six:"},
  {"a:Reshape:x,shape:", "b:Range:zero,three,one:", "c:GatherV2:x,one,three:", "d:Reciprocal:c:", "e:LeakyRelu:d:\"alpha\":{\"f\":0.5}",
   "f:Prelu:x,bias:", "g:Sigmoid:f:", "h:RealDiv:g,bias:"},
};
// clang-format on

static void
seed_net (const gchar *const *nodes, const guint8 *bytes, const gchar *tail)
{
  GString *json = g_string_new (
      "{\"modelTopology\":{\"node\":[{\"name\":\"x\",\"op\":\"Placeholder\",\"attr\":"
      "{\"dtype\":{\"type\":\"DT_FLOAT\"},\"shape\":{\"shape\":{\"dim\":[{\"size\":1},"
      "{\"size\":4},{\"size\":4},{\"size\":2}]}}}}");
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    g_string_append_printf (json, ",{\"name\":\"%s\",\"op\":\"Const\"}", weights[i].name);
  for (guint i = 0; i < 8 && nodes[i]; i++) {
    gchar **parts = g_strsplit (nodes[i], ":", 4), **in = g_strsplit (parts[2], ",", -1);
    gchar *names = g_strjoinv ("\",\"", in);
    g_strdelimit (names, "%", ':');
    g_string_append_printf (json,
                            ",{\"name\":\"%s\",\"op\":\"%s\",\"input\":[\"%s\"],\"attr\":{%s}}",
                            parts[0], parts[1], names, parts[3]);
    g_free (names);
    g_strfreev (parts);
    g_strfreev (in);
  }
  g_string_append (json, tail);
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    n += 4 * weights[i].n;
  seed_text (json->str, bytes, n);
  g_string_free (json, TRUE);
}

void
fuzz_seeds (void)
{
  GRand *rand = g_rand_new_with_seed (4);
  GString *tail = g_string_new (NULL);
  guint8 bytes[WEIGHT_BYTES], choices[300];
  guint n_bytes;
  add_weights (tail, bytes, &n_bytes);
  fuzz_seed ("", 0);
  fuzz_seed ("\xef\xbb\xbf", 3);
  for (guint i = 0; i < G_N_ELEMENTS (nets); i++)
    seed_net (nets[i], bytes, tail->str);
  for (guint i = 0; i < 80; i++) {
    for (guint k = 0; k < sizeof choices; k++)
      choices[k] = g_rand_int (rand);
    choices[0] = 1;
    fuzz_seed (choices, sizeof choices);
  }
  g_string_free (tail, TRUE);
  g_rand_free (rand);
}
