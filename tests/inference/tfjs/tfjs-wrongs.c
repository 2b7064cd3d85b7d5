/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tfjs/tfjs-wrongs.h"

#define ANY "{'size':'-1'}"
#define PICTURE3 "'dtype':{'type':1},'shape':{'shape':{'dim':[" ANY "," ANY ",{'size':'3'}]}}"
#define PICTURE4 \
  "'dtype':{'type':1},'shape':{'shape':{'dim':[{'size':'1'}," ANY "," ANY ",{'size':'3'}]}}"

// clang-format off
const TfjsWrongText tfjs_wrong_texts[] = {
    {"cut", "{\"modelTopology\":{\"node\":[", "a bracket open", TFC_ERROR_FORMAT},
    {"cut-in-a-text", "{\"modelTopology\":{\"node", "ends in a text", TFC_ERROR_FORMAT},
    {"cut-behind-a-stroke", "{\"node\\", "ends in a text", TFC_ERROR_FORMAT},
    {"cut-in-a-letter", "{\"node\\u00", "no character at byte 6", TFC_ERROR_FORMAT},
    {"cut-behind-a-comma", "{\"node\":1,", "a bracket open", TFC_ERROR_FORMAT},
    {"more-behind", "{\"node\":[]}\n 1", "not JSON at byte 13", TFC_ERROR_FORMAT},
    {"twice", "{\"node\":[]}{\"node\":[]}", "not JSON at byte 11", TFC_ERROR_FORMAT},
    {"other-bracket", "{\"node\":[}}", "not JSON at byte 9", TFC_ERROR_FORMAT},
    {"comma", "{\"node\":[],}", "not JSON at byte 12", TFC_ERROR_FORMAT},
    {"list", "[1,2]", "GraphModel", TFC_ERROR_FORMAT},
    {"case", "{\"Node\":[]}", "GraphModel", TFC_ERROR_FORMAT},
    {"control", "{\"no\001de\":[]}", "control character in a text at byte 4", TFC_ERROR_FORMAT},
    {"line-end", "{\"no\nde\":[]}", "control character in a text at byte 4", TFC_ERROR_FORMAT},
    {"control-outside", "{\001\"node\":[]}", "not JSON at byte 1", TFC_ERROR_FORMAT},
    {"zero", "{\"node\":[{\"name\":\"a\\u0000b\"}]}", "no character at byte 19", TFC_ERROR_FORMAT},
    {"letter", "{\"n\\u00g0\":[]}", "no character at byte 3", TFC_ERROR_FORMAT},
    {"half-a-letter", "{\"n\\ud83d\":[]}", "not JSON at byte", TFC_ERROR_FORMAT},
    {"escape", "{\"n\\q\":[]}", "not JSON at byte", TFC_ERROR_FORMAT},
    {"output-twice",
     "{\"node\":[{\"name\":\"a\",\"op\":\"Neg\"}],\"signature\":{\"outputs\":{\"a\":{},\"a\":{}}}}",
     "two outputs of the signature are called a", TFC_ERROR_FORMAT},
    {"no-nodes", "{\"modelTopology\":{}}", "GraphModel", TFC_ERROR_FORMAT},
    {"layers", "{\"modelTopology\":{\"model_config\":{}}}", "layers", TFC_ERROR_UNSUPPORTED},
    {"empty", "{\"modelTopology\":{\"node\":[]}}", "0 outputs", TFC_ERROR_FORMAT},
    {"nodes-are-numbers", "{\"node\":[1,2]}", "no name", TFC_ERROR_FORMAT},
    {"comment", "{/* \" */\"node\":[]}", "not JSON", TFC_ERROR_FORMAT},
    {"quotes", "{'node':[]}", "not JSON", TFC_ERROR_FORMAT},
    {"inputs-are-numbers", "{\"node\":[{\"name\":\"a\",\"op\":\"Neg\",\"input\":[7]}]}",
     "is no name", TFC_ERROR_FORMAT},
    {"utf8", "{\"node\":[\"\xff\xfe\"]}", "not UTF-8 at byte 10", TFC_ERROR_FORMAT},
    {"shard-above",
     "{\"node\":[{\"name\":\"a\",\"op\":\"Const\"},{\"name\":\"b\",\"op\":\"Neg\",\"input\":[\"a\"]"
     "}],"
     "\"weightsManifest\":[{\"paths\":[\"../../etc/passwd\"],\"weights\":[]}]}",
     "does not lie beside", TFC_ERROR_FORMAT},
    {"shard-absolute",
     "{\"node\":[{\"name\":\"b\",\"op\":\"Neg\",\"input\":[\"b\"]},{\"name\":\"c\",\"op\":\"Neg\","
     "\"input\":[\"b\"]}],\"weightsManifest\":[{\"paths\":[\"/etc/passwd\"],\"weights\":[]}]}",
     "does not lie beside", TFC_ERROR_FORMAT},
    {"shard-url",
     "{\"node\":[{\"name\":\"c\",\"op\":\"Neg\"}],\"weightsManifest\":[{\"paths\":[\"http://x/y\"],"
     "\"weights\":[]}]}",
     "does not lie beside", TFC_ERROR_FORMAT},
    {"shard-above-later",
     "{\"node\":[{\"name\":\"c\",\"op\":\"Neg\"}],\"weightsManifest\":[{\"paths\":[\"./a/../../x\"],"
     "\"weights\":[]}]}",
     "does not lie beside", TFC_ERROR_FORMAT},
    {"shard-here",
     "{\"node\":[{\"name\":\"c\",\"op\":\"Neg\"}],\"weightsManifest\":[{\"paths\":[\".\"],"
     "\"weights\":[]}]}",
     "does not lie beside", TFC_ERROR_FORMAT},
    {"shard-here-last",
     "{\"node\":[{\"name\":\"c\",\"op\":\"Neg\"}],\"weightsManifest\":[{\"paths\":[\"a/.\"],"
     "\"weights\":[]}]}",
     "does not lie beside", TFC_ERROR_FORMAT},
    {"shard-folder",
     "{\"node\":[{\"name\":\"c\",\"op\":\"Neg\"}],\"weightsManifest\":[{\"paths\":[\"./\"],"
     "\"weights\":[]}]}",
     "does not lie beside", TFC_ERROR_FORMAT},
    {"shard-in-dots",
     "{\"node\":[{\"name\":\"c\",\"op\":\"Neg\"}],\"weightsManifest\":[{\"paths\":[\"./..\"],"
     "\"weights\":[]}]}",
     "does not lie beside", TFC_ERROR_FORMAT},
    {"shard-root",
     "{\"node\":[{\"name\":\"c\",\"op\":\"Neg\"}],\"weightsManifest\":[{\"paths\":[\".//x\"],"
     "\"weights\":[]}]}",
     "does not lie beside", TFC_ERROR_FORMAT},
    {"shard-missing",
     "{\"node\":[{\"name\":\"c\",\"op\":\"Neg\"}],\"weightsManifest\":[{\"paths\":[\"nowhere\"],"
     "\"weights\":[]}]}",
     "nowhere", TFC_ERROR_NOT_FOUND},
};
const guint n_tfjs_wrong_texts = G_N_ELEMENTS (tfjs_wrong_texts);

const TfjsWrongWeight tfjs_wrong_weights[] = {
    {"short", "float32", "1,2", NULL, "hold 7 bytes", 7, TFC_ERROR_FORMAT},
    {"long", "float32", "1,2", NULL, "hold 9 bytes", 9, TFC_ERROR_FORMAT},
    {"overflow", "float32", "2147483647,2147483647,2147483647", NULL, "impossibly large", 8,
     TFC_ERROR_FORMAT},
    {"wrap", "float32", "65536,65536,65536,65536", NULL, "impossibly large", 8, TFC_ERROR_FORMAT},
    {"negative", "float32", "-1,2", NULL, "impossible shape", 8, TFC_ERROR_FORMAT},
    {"fraction", "float32", "1.5,2", NULL, "impossible shape", 8, TFC_ERROR_FORMAT},
    {"huge", "float32", "1e30", NULL, "impossible shape", 8, TFC_ERROR_FORMAT},
    {"saturated", "float32", "4294967298", NULL, "impossible shape", 8, TFC_ERROR_FORMAT},
    {"rank", "float32", "1,1,1,1,1,1,1,1,2", NULL, "dimensions", 8, TFC_ERROR_FORMAT},
    {"string", "string", "1,2", NULL, "string", 8, TFC_ERROR_UNSUPPORTED},
    {"complex", "complex64", "1,1", NULL, "no use", 8, TFC_ERROR_UNSUPPORTED},
    {"scale-text", "float32", "1,8", "{'dtype':'uint8','scale':'nan','min':0}", "impossible scale",
     8, TFC_ERROR_FORMAT},
    {"scale-huge", "float32", "1,8", "{'dtype':'uint8','scale':1e300,'min':0}", "impossible scale",
     8, TFC_ERROR_FORMAT},
    {"scale-endless", "float32", "1,8", "{'dtype':'uint8','scale':1e999,'min':0}",
     "impossible scale", 8, TFC_ERROR_FORMAT},
    {"scale-missing", "float32", "1,8", "{'dtype':'uint8'}", "impossible scale", 8,
     TFC_ERROR_FORMAT},
    {"quantised-int4", "float32", "1,8", "{'dtype':'int4'}", "quantised to int4", 8,
     TFC_ERROR_UNSUPPORTED},
    {"quantised-bool", "bool", "1,8", "{'dtype':'uint8','scale':1,'min':0}", "quantised bool", 8,
     TFC_ERROR_UNSUPPORTED},
};
const guint n_tfjs_wrong_weights = G_N_ELEMENTS (tfjs_wrong_weights);

const TfjsWrongGraph tfjs_wrong_graphs[] = {
  {"unknown-op", "op Frobnicate of node y", TFC_ERROR_UNSUPPORTED, {{"y", "Frobnicate", "x", NULL}}},
  {"cycle", "depends on itself", TFC_ERROR_FORMAT, {{"a", "Add", "x,b", NULL}, {"b", "Neg", "a", NULL}, {"y", "Neg", "b", NULL}}},
  {"own-input", "depends on itself", TFC_ERROR_FORMAT, {{"a", "Add", "x,a", NULL}, {"y", "Neg", "a", NULL}}},
  {"dangling", "not there", TFC_ERROR_FORMAT, {{"y", "Neg", "nobody", NULL}}},
  {"duplicate", "two nodes", TFC_ERROR_FORMAT, {{"y", "Neg", "x", NULL}, {"y", "Neg", "x", NULL}}},
  {"output-number", "output 7 of x", TFC_ERROR_FORMAT, {{"y", "Neg", "x:7", NULL}}},
  {"too-few", "1 inputs", TFC_ERROR_FORMAT, {{"y", "Add", "x", NULL}}},
  {"no-weight", "no weight of this name", TFC_ERROR_FORMAT, {{"k", "Const", NULL, NULL}, {"y", "Add", "x,k", NULL}}},
  {"reshape", "do not fill", TFC_ERROR_FORMAT, {{"y", "Reshape", "x,seven", NULL}}},
  {"tile", "may make", TFC_ERROR_FORMAT, {{"y", "Tile", "c,many", NULL}, {"z", "Add", "x,y", NULL}}},
  {"fill", "may make", TFC_ERROR_FORMAT, {{"k", "Fill", "vast,one", NULL}, {"y", "Add", "x,k", NULL}}},
  {"range", "numbers", TFC_ERROR_FORMAT, {{"k", "Range", "zero,most,one", NULL}, {"y", "Reshape", "x,k", NULL}}},
  {"range-still", "numbers", TFC_ERROR_FORMAT, {{"k", "Range", "zero,most,zero", NULL}, {"y", "Reshape", "x,k", NULL}}},
  {"list", "a list of", TFC_ERROR_FORMAT, {{"k", "TensorArrayV3", "most", NULL}, {"y", "TensorArrayReadV3", "k,zero,k:1", NULL}}},
  {"list-minus", "a list of", TFC_ERROR_FORMAT, {{"k", "TensorArrayV3", "minus", NULL}, {"y", "TensorArrayReadV3", "k,zero,k:1", NULL}}},
  {"list-empty", "never written", TFC_ERROR_FORMAT, {{"k", "TensorArrayV3", "one", NULL}, {"y", "TensorArrayReadV3", "k,zero,k:1", NULL}}},
  {"list-outside", "element 1 of a list", TFC_ERROR_FORMAT, {{"k", "TensorArrayV3", "one", NULL}, {"y", "TensorArrayReadV3", "k,one,k:1", NULL}}},
  {"no-list", "no TensorArray", TFC_ERROR_FORMAT, {{"y", "TensorArrayReadV3", "x,zero,x", NULL}}},
  {"list-as-tensor", "no tensor", TFC_ERROR_FORMAT, {{"k", "TensorArrayV3", "one", NULL}, {"y", "Neg", "k", NULL}}},
  {"unpack", "parts", TFC_ERROR_FORMAT, {{"y", "Unpack", "x", "'num':{'i':'3'}"}}},
  {"axis", "axis 9", TFC_ERROR_FORMAT, {{"y", "Unpack", "x", "'axis':{'i':'9'}"}}},
  {"split", "parts", TFC_ERROR_FORMAT, {{"y", "Split", "zero,x", "'num_split':{'i':'-1'}"}}},
  {"stride", "stride of 0", TFC_ERROR_FORMAT, {{"y", "StridedSlice", "c,z1,z1,z1", NULL}, {"z", "Add", "x,y", NULL}}},
  {"attr-number", "no whole number", TFC_ERROR_FORMAT, {{"y", "Unpack", "x", "'axis':{'i':'one'}"}}},
  {"attr-endless", "no whole number", TFC_ERROR_FORMAT, {{"y", "Unpack", "x", "'axis':{'i':1e300}"}}},
  {"attr-large", "no whole number", TFC_ERROR_FORMAT, {{"y", "Unpack", "x", "'axis':{'i':4294967296}"}}},
  {"attr-largest", "no whole number", TFC_ERROR_FORMAT, {{"y", "Unpack", "x", "'axis':{'i':9007199254740993}"}}},
  {"attr-text", "no text", TFC_ERROR_FORMAT, {{"y", "MaxPool", "x", "'data_format':{'s':[1.5,-3]}"}}},
  {"nchw", "NCHW", TFC_ERROR_UNSUPPORTED, {{"y", "MaxPool", "x", "'data_format':{'s':'TkNIVw=='}"}}},
  {"no-padding", "padding", TFC_ERROR_UNSUPPORTED, {{"y", "MaxPool", "x", NULL}}},
  {"branch", "not known before", TFC_ERROR_UNSUPPORTED, {{"s", "Switch", "x,x", NULL}, {"y", "Merge", "s,s:1", NULL}}},
  {"exit", "not in", TFC_ERROR_FORMAT, {{"y", "Exit", "x", NULL}}},
  {"two-loops", "mixes two loops", TFC_ERROR_FORMAT, {{"a", "Enter", "x", "'frame_name':{'s':'YQ=='}"}, {"b", "Enter", "x", "'frame_name':{'s':'Yg=='}"}, {"c2", "Add", "a,b", NULL}, {"y", "Exit", "c2", NULL}}},
  {"inside-a-loop", "inside a loop", TFC_ERROR_FORMAT, {{"y", "Enter", "x", "'frame_name':{'s':'YQ=='}"}}},
  {"next-outside", "closes another loop", TFC_ERROR_FORMAT, {{"m", "Merge", "x,n", NULL}, {"n", "NextIteration", "m", NULL}, {"y", "Neg", "m", NULL}}},
  {"conv-rank", "", TFC_ERROR_FORMAT, {{"y", "Conv2D", "x,c", "'padding':{'s':'VkFMSUQ='},'strides':{'list':{'i':[1,1,1,1]}}"}}},
  {"attr-bool", "neither true nor false", TFC_ERROR_FORMAT, {{"y", "MatMul", "x,w22", "'transpose_b':{'b':3}"}}},
  {"attr-float", "is no number", TFC_ERROR_FORMAT, {{"y", "LeakyRelu", "x", "'alpha':{'f':'x'}"}}},
  {"attr-zero-byte", "no text", TFC_ERROR_FORMAT, {{"y", "MaxPool", "x", "'data_format':{'s':'AA=='}"}}},
  {"attr-text-number", "no text", TFC_ERROR_FORMAT, {{"y", "MaxPool", "x", "'data_format':{'s':5}"}}},
  {"attr-many", "has 5 numbers", TFC_ERROR_FORMAT, {{"y", "MaxPool", "x", "'padding':{'s':'VkFMSUQ='},'strides':{'list':{'i':[1,1,1,1,1]}}"}}},
  {"strides", "not 1, h, w, 1", TFC_ERROR_UNSUPPORTED, {{"y", "MaxPool", "x", "'padding':{'s':'VkFMSUQ='},'strides':{'list':{'i':[2,1,1,1]}}"}}},
  {"explicit", "eight explicit", TFC_ERROR_FORMAT, {{"y", "MaxPool", "x", "'padding':{'s':'RVhQTElDSVQ='}"}}},
  {"fused-op", "fused op Selu", TFC_ERROR_UNSUPPORTED, {{"y", "_FusedMatMul", "x,w22", "'fused_ops':{'list':{'s':['U2VsdQ==']}}"}}},
  {"fused-too-many", "3 inputs, of which 2", TFC_ERROR_FORMAT, {{"y", "_FusedMatMul", "x,w22,c", NULL}}},
  {"fused-too-few", "input 2 is missing", TFC_ERROR_FORMAT, {{"y", "_FusedMatMul", "x,w22", "'fused_ops':{'list':{'s':['Qmlhc0FkZA==']}}"}}},
  {"transpose-a", "do not fit", TFC_ERROR_FORMAT, {{"y", "MatMul", "x,w22", "'transpose_a':{'b':true}"}}},
  {"batch-matmul", "2 columns by 1 rows", TFC_ERROR_FORMAT, {{"y", "BatchMatMul", "x,x", NULL}}},
  {"one-hot-vast", "more constants", TFC_ERROR_FORMAT, {{"y", "OneHot", "z2,most,one,zero", NULL}}},
  {"one-hot-none", "depth of -1", TFC_ERROR_FORMAT, {{"y", "OneHot", "z2,minus,one,zero", NULL}}},
  {"cumsum-axis", "axis 7 of 2", TFC_ERROR_FORMAT, {{"y", "Cumsum", "x,seven", NULL}}},
  {"depthwise-rank", "do not fit the input", TFC_ERROR_FORMAT, {{"y", "DepthwiseConv2dNative", "x,w22", "'padding':{'s':'VkFMSUQ='},'strides':{'list':{'i':[1,1,1,1]}}"}}},
  {"batch-norm", "statistics", TFC_ERROR_UNSUPPORTED, {{"y", "FusedBatchNormV3", "x,c,c,c,c", NULL}}},
  {"input-type", "unknown type", TFC_ERROR_UNSUPPORTED, {{"p", "Placeholder", NULL, NULL}, {"y", "Add", "x,p", NULL}}},
  {"input-rank", "unknown rank", TFC_ERROR_UNSUPPORTED, {{"p", "Placeholder", NULL, "'dtype':{'type':1},'shape':{'shape':{'unknownRank':true}}"}, {"y", "Add", "x,p", NULL}}},
  {"compare-shapes", "do not go together", TFC_ERROR_FORMAT, {{"y", "Less", "x,c", NULL}}},
  {"compare-types", "inputs of int32 and float32", TFC_ERROR_UNSUPPORTED, {{"k", "Less", "vast,c", NULL}, {"y", "Reshape", "x,k", NULL}}},
  {"range-list", "is no number", TFC_ERROR_FORMAT, {{"k", "Range", "zero,vast,one", NULL}, {"y", "Reshape", "x,k", NULL}}},
  {"fill-list", "more than one value", TFC_ERROR_FORMAT, {{"k", "Fill", "z1,vast", NULL}, {"y", "Reshape", "x,k", NULL}}},
  {"ints-are-floats", "numbers of float32", TFC_ERROR_FORMAT, {{"y", "Reshape", "x,c", NULL}}},
  {"int-is-list", "is no number", TFC_ERROR_FORMAT, {{"y", "ExpandDims", "x,nil", NULL}}},
  {"squeeze", "dimension 1 is not 1", TFC_ERROR_FORMAT, {{"y", "Squeeze", "x", "'squeeze_dims':{'list':{'i':[1]}}"}}},
  {"squeeze-axis", "axis 9", TFC_ERROR_FORMAT, {{"y", "Squeeze", "x", "'axis':{'list':{'i':[9]}}"}}},
  {"pad-lengths", "1 paddings for 2", TFC_ERROR_FORMAT, {{"y", "Pad", "x,seven", NULL}}},
  {"pad-value", "pads float32 with int32", TFC_ERROR_FORMAT, {{"y", "PadV2", "x,square,one", NULL}}},
  {"depth-nchw", "another data format", TFC_ERROR_UNSUPPORTED, {{"y", "DepthToSpace", "x", "'data_format':{'s':'TkNIVw=='}"}}},
  {"slice-lengths", "begins and", TFC_ERROR_FORMAT, {{"y", "Slice", "x,z1,z1", NULL}}},
  {"strided-lengths", "differ in length", TFC_ERROR_FORMAT, {{"y", "StridedSlice", "x,z1,vast,z1", NULL}}},
  {"strided-ellipses", "more than one ellipsis", TFC_ERROR_FORMAT, {{"y", "StridedSlice", "x,vast,vast,vast", "'ellipsis_mask':{'i':3}"}}},
  {"strided-shrink", "element 7 of 1", TFC_ERROR_FORMAT, {{"y", "StridedSlice", "x,seven,seven,seven", "'shrink_axis_mask':{'i':1}"}}},
  {"strided-empty", "an empty result", TFC_ERROR_UNSUPPORTED, {{"y", "StridedSlice", "x,z1,z1,seven", NULL}}},
  {"strided-more", "more entries than dimensions", TFC_ERROR_FORMAT, {{"y", "StridedSlice", "x,ones,ones,ones", "'begin_mask':{'i':15},'end_mask':{'i':15}"}}},
  {"pack-axis", "axis 5", TFC_ERROR_FORMAT, {{"y", "Pack", "x,x", "'axis':{'i':5}"}}},
  {"split-sizes", "not the whole", TFC_ERROR_FORMAT, {{"y", "SplitV", "x,seven,one", NULL}}},
  {"split-nothing", "a part of 0", TFC_ERROR_FORMAT, {{"y", "SplitV", "x,z1,one", NULL}}},
  {"tile-lengths", "1 multiples for 2", TFC_ERROR_FORMAT, {{"y", "Tile", "x,seven", NULL}}},
  {"tile-nothing", "0 times", TFC_ERROR_FORMAT, {{"k", "Tile", "c,z1", NULL}, {"y", "Add", "x,k", NULL}}},
  {"gather-outside", "element 7 of 2", TFC_ERROR_FORMAT, {{"y", "GatherV2", "x,seven,one", NULL}}},
  {"gather-batches", "2 batch dimensions", TFC_ERROR_FORMAT, {{"y", "GatherV2", "x,z1,one", "'batch_dims':{'i':2}"}}},
  {"gather-reals", "indices of float32", TFC_ERROR_FORMAT, {{"y", "GatherV2", "x,x,one", NULL}}},
  {"gather-nd-outside", "element 7 of 1", TFC_ERROR_FORMAT, {{"y", "GatherNd", "x,seven", NULL}}},
  {"gather-nd-reals", "indices of float32", TFC_ERROR_FORMAT, {{"y", "GatherNd", "x,x", NULL}}},
  {"gather-nd-long", "4 numbers for 2 dimensions", TFC_ERROR_FORMAT, {{"y", "GatherNd", "x,ones", NULL}}},
  {"sparse-outside", "element 7 of 7", TFC_ERROR_FORMAT, {{"y", "SparseToDense", "seven,seven,one,zero", NULL}}},
  {"sparse-vast", "more constants", TFC_ERROR_FORMAT, {{"y", "SparseToDense", "square,vast,one,zero", NULL}}},
  {"sparse-computed", "not constant", TFC_ERROR_UNSUPPORTED, {{"y", "SparseToDense", "z1,seven,x,zero", NULL}}},
  {"mirror-far", "to mirror", TFC_ERROR_FORMAT, {{"s", "AddN", "square,square", NULL}, {"k", "Add", "square,i22", NULL}, {"y", "MirrorPad", "x,k", "'mode':{'s':'UkVGTEVDVA=='}"}}},
  {"nearest-corners", "half pixels at once", TFC_ERROR_FORMAT, {{"d", "ExpandDims", "x,zero", NULL}, {"e", "ExpandDims", "d,zero", NULL}, {"y", "ResizeNearestNeighbor", "e,i11", "'align_corners':{'b':true},'half_pixel_centers':{'b':true}"}}},
  {"picture-nearest", "nearest", TFC_ERROR_UNSUPPORTED, {{"p", "Placeholder", NULL, PICTURE4}, {"y", "ResizeNearestNeighbor", "p,i11", NULL}}},
  {"broadcast-fewer", "to fewer dimensions", TFC_ERROR_FORMAT, {{"y", "BroadcastTo", "x,seven", NULL}}},
  {"broadcast-other", "do not go together", TFC_ERROR_FORMAT, {{"y", "BroadcastTo", "x,i11", NULL}}},
  {"blocks", "blocks", TFC_ERROR_FORMAT, {{"y", "SpaceToBatchND", "x,seven,square", NULL}}},
  {"block-size", "a block that does not fit", TFC_ERROR_FORMAT, {{"y", "SpaceToDepth", "x", "'block_size':{'i':2}"}}},
  {"arg-axis", "axis 7", TFC_ERROR_FORMAT, {{"y", "ArgMax", "x,seven", NULL}}},
  {"reduce-axis", "axis 7", TFC_ERROR_FORMAT, {{"y", "Max", "x,seven", NULL}}},
  {"reverse-axis", "axis 7", TFC_ERROR_FORMAT, {{"y", "ReverseV2", "x,seven", NULL}}},
  {"scatter", "more elements than rows", TFC_ERROR_FORMAT, {{"k", "TensorArrayV3", "one", NULL}, {"s", "TensorArrayScatterV3", "k,z2,x,k:1", NULL}, {"y", "TensorArrayReadV3", "k,zero,s", NULL}}},
  {"list-of-nothing", "of nothing", TFC_ERROR_UNSUPPORTED, {{"k", "TensorArrayV3", "one", NULL}, {"y", "TensorArrayGatherV3", "k,nil,k:1", NULL}}},
  {"picture-any", "a shape must be given", TFC_ERROR_SETTINGS, {{"p", "Placeholder", NULL, PICTURE4}, {"y", "Neg", "p", NULL}}},
  {"picture-corners", "aligned corners", TFC_ERROR_UNSUPPORTED, {{"p", "Placeholder", NULL, PICTURE4}, {"y", "ResizeBilinear", "p,z2", "'align_corners':{'b':true}"}}},
  {"picture-no-picture", "a shape must be given", TFC_ERROR_SETTINGS, {{"p", "Placeholder", NULL, PICTURE3}, {"y", "ResizeBilinear", "p,z2", NULL}}},
  {"picture-rank", "not one of height", TFC_ERROR_FORMAT, {{"p", "Placeholder", NULL, PICTURE4}, {"s", "Squeeze", "p", "'squeeze_dims':{'list':{'i':[0]}}"}, {"y", "ResizeBilinear", "s,z2", NULL}}},
  {"picture-nothing", "to 0x0 pixels", TFC_ERROR_FORMAT, {{"p", "Placeholder", NULL, PICTURE4}, {"y", "ResizeBilinear", "p,z2", NULL}}},
  {"picture-twice", "a second time", TFC_ERROR_UNSUPPORTED, {{"p", "Placeholder", NULL, PICTURE4}, {"a", "ResizeBilinear", "p,i11", NULL}, {"b", "ResizeBilinear", "p,i22", NULL}, {"y", "Add", "a,b", NULL}}},
  {"picture-besides", "besides", TFC_ERROR_UNSUPPORTED, {{"p", "Placeholder", NULL, PICTURE4}, {"a", "ResizeBilinear", "p,i11", NULL}, {"y", "Add", "x,a", NULL}}},
  {"picture-count", "depends on the size", TFC_ERROR_UNSUPPORTED, {{"p", "Placeholder", NULL, PICTURE4}, {"k", "Size", "p", NULL}, {"y", "Reshape", "x,k", NULL}}},
};
const guint n_tfjs_wrong_graphs = G_N_ELEMENTS (tfjs_wrong_graphs);
// clang-format on

void
tfjs_wrong_weight_write (GraphModel *f, const TfjsWrongWeight *w)
{
  static const guint8 bytes[16];
  graphmodel_input (f, "1,2");
  graphmodel_weight (f, "w", w->dtype, w->shape, w->quantization, bytes, w->bytes);
  graphmodel_node (f, "y", "Mul", "x,w", NULL);
}

void
tfjs_wrong_constants (GraphModel *f, const gchar *inputs)
{
  static const struct {
    const gchar *name, *shape;
    gint32 v[4];
  } ints[] = {
      {"zero", "", {0}},
      {"one", "", {1}},
      {"minus", "", {-1}},
      {"most", "", {G_MAXINT32}},
      {"seven", "1", {7}},
      {"many", "1", {1 << 28}},
      {"vast", "2", {G_MAXINT32, G_MAXINT32}},
      {"z1", "1", {0}},
      {"z2", "2", {0, 0}},
      {"i11", "2", {1, 1}},
      {"i22", "2", {2, 2}},
      {"nil", "0", {0}},
      {"ones", "4", {1, 1, 1, 1}},
      {"square", "2,2", {0, 0, 0, 0}},
  };
  gchar **names = g_strsplit_set (inputs, ",:", -1);
  if (g_strv_contains ((const gchar *const *)names, "x"))
    graphmodel_input (f, "1,2");
  if (g_strv_contains ((const gchar *const *)names, "c"))
    graphmodel_floats (f, "c", "4", (gfloat[]){1, 2, 3, 4});
  if (g_strv_contains ((const gchar *const *)names, "w22"))
    graphmodel_floats (f, "w22", "2,2", (gfloat[]){1, 2, 3, 4});
  for (guint i = 0; i < G_N_ELEMENTS (ints); i++) {
    if (g_strv_contains ((const gchar *const *)names, ints[i].name))
      graphmodel_ints (f, ints[i].name, ints[i].shape, ints[i].v);
  }
  g_strfreev (names);
}

void
tfjs_wrong_graph_write (GraphModel *f, const TfjsWrongGraph *g)
{
  GString *inputs = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (g->nodes) && g->nodes[i][0]; i++)
    g_string_append_printf (inputs, "%s,", g->nodes[i][2] ? g->nodes[i][2] : "");
  tfjs_wrong_constants (f, inputs->str);
  for (guint i = 0; i < G_N_ELEMENTS (g->nodes) && g->nodes[i][0]; i++)
    graphmodel_node (f, g->nodes[i][0], g->nodes[i][1], g->nodes[i][2], g->nodes[i][3]);
  g_string_free (inputs, TRUE);
}
