/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tfjs/tfjs-cases.h"

#include <string.h>

#define T "'T':{'type':'DT_FLOAT'}"
#define LIST(name, ...) "'" name "':{'list':{'i':[" #__VA_ARGS__ "]}}"
#define VALID "'padding':{'s':'VkFMSUQ='}"
#define SAME "'padding':{'s':'U0FNRQ=='}"
#define UNIT LIST ("strides", 1, 1, 1, 1)

// clang-format off
const TfjsCase tfjs_cases[] = {
  {"relu", "1,4", "Relu", "sub", T, "1x4", {0, 0, 0.5f, 1.5f}},
  {"relu6", "1,8", "Relu6", "x", T, "1x8", {1, 2, 3, 4, 5, 6, 6, 6}},
  {"leaky", "1,4", "LeakyRelu", "sub", "'alpha':{'f':0.5}", "1x4", {-0.75f, -0.25f, 0.5f, 1.5f}},
  {"prelu", "1,2", "Prelu", "sub,two", T, "1x2", {-3, -1}},
  {"sigmoid", "1,1", "Sigmoid", "x", T, "1x1", {0.73105858f}},
  {"tanh", "1,1", "Tanh", "x", T, "1x1", {0.76159416f}},
  {"exp", "1,2", "Exp", "x", T, "1x2", {2.7182818f, 7.3890561f}},
  {"sqrt", "1,4", "Sqrt", "x", T, "1x4", {1, 1.4142136f, 1.7320508f, 2}},
  {"rsqrt", "1,4", "Rsqrt", "x", T, "1x4", {1, 0.70710678f, 0.57735027f, 0.5f}},
  {"neg", "1,2", "Neg", "x", T, "1x2", {-1, -2}},
  {"square", "1,3", "Square", "x", T, "1x3", {1, 4, 9}},
  {"softmax", "1,2", "Softmax", "x", T, "1x2", {0.26894142f, 0.73105858f}},
  {"reciprocal", "1,2", "Reciprocal", "x", T, "1x2", {1, 0.5f}},
  {"clip", "1,4", "ClipByValue", "x,two,three", T, "1x4", {2, 2, 3, 3}},
  {"add", "1,2", "Add", "x,two", T, "1x2", {3, 4}},
  {"addv2", "1,2", "AddV2", "two,x", T, "1x2", {3, 4}},
  {"addn", "1,2", "AddN", "x,x,x", T, "1x2", {3, 6}},
  {"sub", "1,2", "Sub", "two,x", T, "1x2", {1, 0}},
  {"mul", "1,2", "Mul", "x,three", T, "1x2", {3, 6}},
  {"div", "1,2", "RealDiv", "x,two", T, "1x2", {0.5f, 1}},
  {"maximum", "1,3", "Maximum", "x,two", T, "1x3", {2, 2, 3}},
  {"minimum", "1,3", "Minimum", "x,two", T, "1x3", {1, 2, 2}},
  {"squared-difference", "1,3", "SquaredDifference", "x,two", T, "1x3", {1, 0, 1}},
  {"bias", "1,1,2,2", "BiasAdd", "x,pair", T, "1x1x2x2", {11, 22, 13, 24}},
  {"conv", "1,2,2,1", "Conv2D", "x,hwio", VALID "," UNIT, "1x1x1x2", {1 * 1 + 2 * 3 + 3 * 5 + 4 * 7, 1 * 2 + 2 * 4 + 3 * 6 + 4 * 8}},
  {"conv-same", "1,2,2,1", "Conv2D", "x,hwio", SAME "," LIST ("strides", 1, 2, 2, 1), "1x1x1x2", {50, 60}},
  {"conv-fused", "1,2,2,1", "_FusedConv2D", "x,hwio,pair", VALID "," UNIT ",'fused_ops':{'list':{'s':['Qmlhc0FkZA==','UmVsdTY=']}},'num_args':{'i':'1'}", "1x1x1x2", {6, 6}},
  {"conv-prelu", "1,2,2,1", "_FusedConv2D", "x,hwio,down,half", VALID "," UNIT ",'fused_ops':{'list':{'s':['Qmlhc0FkZA==','UHJlbHU=']}}", "1x1x1x2", {-25, 20}},
  {"conv-explicit", "1,1,1,1", "Conv2D", "x,hwio", "'padding':{'s':'RVhQTElDSVQ='},'explicit_paddings':{'list':{'i':[0,0,1,0,1,0,0,0]}}," UNIT, "1x1x1x2", {7, 8}},
  {"conv-computed", "1,2,2,1", "Conv2D", "x,minus-hwio", VALID "," UNIT, "1x1x1x2", {-50, -60}},
  {"conv-sigmoid", "1,2,2,1", "_FusedConv2D", "x,hwio,down", VALID "," UNIT ",'fused_ops':{'list':{'s':['Qmlhc0FkZA==','U2lnbW9pZA==']}}", "1x1x1x2", {0, 1}},
  {"conv-leaky", "1,2,2,1", "_FusedConv2D", "x,hwio,down", VALID "," UNIT ",'leakyrelu_alpha':{'f':0.1},'fused_ops':{'list':{'s':['Qmlhc0FkZA==','TGVha3lSZWx1']}}", "1x1x1x2", {-5, 20}},
  {"conv-batch-norm", "1,2,2,1", "_FusedConv2D", "x,hwio,pair,down,pair,quarter", VALID "," UNIT ",'epsilon':{'f':0},'fused_ops':{'list':{'s':['RnVzZWRCYXRjaE5vcm0=']}}", "1x1x1x2", {700, 1560}},
  {"depthwise", "1,2,1,2", "DepthwiseConv2dNative", "x,hwcm", VALID "," UNIT, "1x1x1x4", {1 * 1 + 3 * 5, 1 * 2 + 3 * 6, 2 * 3 + 4 * 7, 2 * 4 + 4 * 8}},
  {"depthwise-fused", "1,2,1,2", "FusedDepthwiseConv2dNative", "x,hwcm,quad", VALID "," UNIT ",'fused_ops':{'list':{'s':['Qmlhc0FkZA==','UmVsdQ==']}}", "1x1x1x4", {0, 0, 4, 10}},
  {"batch-norm", "1,1,1,2", "FusedBatchNormV3", "x,pair,down,pair,quarter", "'epsilon':{'f':0.0}", "1x1x1x2", {-280, -760}},
  {"matmul", "1,2", "MatMul", "x,square", T, "1x2", {1 * 1 + 2 * 3, 1 * 2 + 2 * 4}},
  {"matmul-transposed", "1,2", "MatMul", "x,square", "'transpose_b':{'b':true}", "1x2", {5, 11}},
  {"matmul-computed", "1,2", "MatMul", "x,minus-square", T, "1x2", {-7, -10}},
  {"max-pool", "1,2,2,1", "MaxPool", "x", VALID "," UNIT "," LIST ("ksize", 1, 2, 2, 1), "1x1x1x1", {4}},
  {"avg-pool", "1,2,2,1", "AvgPool", "x", SAME "," UNIT "," LIST ("ksize", 1, 2, 2, 1), "1x2x2x1", {2.5f, 3, 3.5f, 4}},
  {"mean", "1,2,2,1", "Mean", "x,axes12", "'keep_dims':{'b':true}", "1x1x1x1", {2.5f}},
  {"pad", "1,2", "Pad", "x,pads", T, "2x4", {0, 1, 2, 0, 0, 0, 0, 0}},
  {"pad-zero", "1,2", "PadV2", "x,pads,zero", T, "2x4", {0, 1, 2, 0, 0, 0, 0, 0}},
  {"resize", "1,1,2,1", "ResizeBilinear", "x,i14", "'align_corners':{'b':false}", "1x1x4x1", {1, 1.5f, 2, 2}},
  {"depth-to-space", "1,1,1,4", "DepthToSpace", "x", "'block_size':{'i':'2'}", "1x2x2x1", {1, 2, 3, 4}},
  {"reshape", "1,4", "Reshape", "x,i2m", T, "2x2", {1, 2, 3, 4}},
  {"squeeze", "1,2,1,1", "Squeeze", "x", LIST ("squeeze_dims", "2", -1), "1x2", {1, 2}},
  {"squeeze-all", "1,2,1", "Squeeze", "x", LIST ("squeeze_dims"), "2", {1, 2}},
  {"expand", "1,2", "ExpandDims", "x,im1", T, "1x2x1", {1, 2}},
  {"concat", "1,2", "ConcatV2", "x,row,im1", T, "1x4", {1, 2, 1, 2}},
  {"concat-old", "1,2", "Concat", "i0,x,row", T, "2x2", {1, 2, 1, 2}},
  {"transpose", "2,2", "Transpose", "x,i10", T, "2x2", {1, 3, 2, 4}},
  {"slice", "1,4", "Slice", "x,i01,imm", T, "1x3", {2, 3, 4}},
  {"strided", "2,4", "StridedSlice", "x,i01,i03,i12", "'begin_mask':{'i':1},'end_mask':{'i':'1'}", "2x1", {2, 6}},
  {"strided-shrink", "2,4", "StridedSlice", "x,i10,i2m,i12", "'shrink_axis_mask':{'i':'1'},'end_mask':{'i':'2'}", "2", {5, 7}},
  {"strided-shrink-masked", "2,4", "StridedSlice", "x,i10,i2m,i12", "'begin_mask':{'i':'1'},'shrink_axis_mask':{'i':'1'},'end_mask':{'i':'2'}", "2", {5, 7}},
  {"strided-back", "1,4", "StridedSlice", "x,i0m,i01,i1m", "'end_mask':{'i':'3'}", "1x4", {4, 3, 2, 1}},
  {"strided-new", "1,4", "StridedSlice", "x,i10,i01,i11", "'new_axis_mask':{'i':'1'}", "1x1x4", {1, 2, 3, 4}},
  {"strided-ellipsis", "2,4", "StridedSlice", "x,i01,i03,i11", "'ellipsis_mask':{'i':'1'}", "2x2", {2, 3, 6, 7}},
  {"pack", "1,2", "Pack", "x,x,row", "'axis':{'i':'1'}", "1x3x2", {1, 2, 1, 2, 1, 2}},
  {"unpack", "2,2", "Unpack", "x", "'axis':{'i':'1'},'num':{'i':'2'}", "2", {1, 3}},
  {"split", "1,4", "Split", "im1,x", "'num_split':{'i':'2'}", "1x2", {1, 2}},
  {"split-sizes", "1,4", "SplitV", "x,i1m,im1", T, "1x1", {1}},
  {"tile", "1,2", "Tile", "x,i23", T, "2x6", {1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2}},
  {"gather", "1,4", "GatherV2", "x,i30,im1", T, "1x2", {4, 1}},
  {"gather-one", "1,4", "GatherV2", "x,i0,im1", T, "1", {1}},
  {"squeeze-axis", "1,2,1,1", "Squeeze", "x", LIST ("axis", 2), "1x2x1", {1, 2}},
  {"gather-square", "1,4", "GatherV2", "x,i2x2,im1", T, "1x2x2", {2, 1, 4, 3}},
  {"abs", "1,4", "Abs", "sub", T, "1x4", {1.5f, 0.5f, 0.5f, 1.5f}},
  {"floor", "1,4", "Floor", "sub", T, "1x4", {-2, -1, 0, 1}},
  {"ceil", "1,4", "Ceil", "sub", T, "1x4", {-1, 0, 1, 2}},
  {"round", "1,4", "Round", "sub", T, "1x4", {-2, 0, 0, 2}},
  {"log", "1,2", "Log", "x", T, "1x2", {0, 0.69314718f}},
  {"sin", "1,1", "Sin", "x", T, "1x1", {0.84147098f}},
  {"cos", "1,1", "Cos", "x", T, "1x1", {0.54030231f}},
  {"elu", "1,4", "Elu", "sub", T, "1x4", {-0.77686984f, -0.39346934f, 0.5f, 1.5f}},
  {"pow", "1,3", "Pow", "x,two", T, "1x3", {1, 4, 9}},
  {"floor-div", "1,4", "FloorDiv", "sub,two", T, "1x4", {-1, -1, 0, 0}},
  {"floor-mod", "1,4", "FloorMod", "sub,two", T, "1x4", {0.5f, 1.5f, 0.5f, 1.5f}},
  {"log-softmax", "1,2", "LogSoftmax", "x", T, "1x2", {-1.31326169f, -0.31326169f}},
  {"sum", "1,2,2,1", "Sum", "x,axes12", "'keep_dims':{'b':false}", "1x1", {10}},
  {"max", "1,2,2,1", "Max", "x,axes12", "'keep_dims':{'b':true}", "1x1x1x1", {4}},
  {"min", "1,4", "Min", "sub,im1", T, "1", {-1.5f}},
  {"prod", "1,3", "Prod", "x,im1", T, "1", {6}},
  {"resize-nearest", "1,1,2,1", "ResizeNearestNeighbor", "x,i14", "'half_pixel_centers':{'b':true}", "1x1x4x1", {1, 1, 2, 2}},
  {"broadcast", "1,2", "BroadcastTo", "x,i22", T, "2x2", {1, 2, 1, 2}},
  {"reverse", "1,3", "ReverseV2", "x,im1", T, "1x3", {3, 2, 1}},
  {"mirror", "2,2", "MirrorPad", "x,pads", "'mode':{'s':'UkVGTEVDVA=='}", "3x4", {2, 1, 2, 1, 4, 3, 4, 3, 2, 1, 2, 1}},
  {"mirror-edge", "2,1", "MirrorPad", "x,pads", "'mode':{'s':'U1lNTUVUUklD'}", "3x3", {1, 1, 1, 2, 2, 2, 2, 2, 2}},
  {"pad-other", "1,2", "PadV2", "x,pads,three", T, "2x4", {3, 1, 2, 3, 3, 3, 3, 3}},
  {"space-to-depth", "1,2,2,1", "SpaceToDepth", "x", "'block_size':{'i':'2'}", "1x1x1x4", {1, 2, 3, 4}},
  {"space-to-batch", "1,1,3,1", "SpaceToBatchND", "x,i12,pads-end", T, "2x1x2x1", {1, 3, 2, 0}},
  {"batch-to-space", "2,1,2,1", "BatchToSpaceND", "x,i12,pads-end", T, "1x1x3x1", {1, 3, 2}},
  {"conv-transpose", "1,1,2,1", "Conv2DBackpropInput", "to-1241,hwoi,x", SAME "," LIST ("strides", 1, 2, 2, 1), "1x2x4x1", {1, 2, 2, 4, 3, 4, 6, 8}},
  {"gather-computed", "1,4", "GatherV2", "x,below-int,im1", T, "1x1x4", {2, 2, 1, 1}},
  {"gather-nd", "1,4", "GatherNd", "x,i2x2-low", T, "2", {2, 4}},
  {"gather-nd-computed", "2,2", "GatherNd", "x,below-int", T, "2", {4, 1}},
  {"cast-computed", "1,4", "Cast", "below-int", "'DstT':{'type':'DT_FLOAT'}", "1x4", {1, 1, 0, 0}},
  {"sparse", "1,4", "Mul", "x,dense", T, "1x4", {2, 4, 3, 8}},
  {"select", "1,4", "SelectV2", "below,x,three", T, "1x4", {1, 2, 3, 3}},
  {"sign", "1,4", "Sign", "sub", T, "1x4", {-1, -1, 1, 1}},
  {"any", "1,4", "Cast", "some", "'DstT':{'type':'DT_FLOAT'}", "1", {1}},
  {"all", "1,4", "Cast", "every", "'DstT':{'type':'DT_FLOAT'}", "1", {0}},
  {"scatter-nd", "2", "ScatterNd", "i2x2-one,x,i3-shape", T, "3", {0, 3, 0}},
  {"one-hot", "1,4", "OneHot", "below-int,i3,three,two", T, "1x4x3", {2, 3, 2, 2, 3, 2, 3, 2, 2, 3, 2, 2}},
  {"one-hot-first", "1,4", "OneHot", "below-int,i3,three,two", "'axis':{'i':'0'}", "3x1x4", {2, 2, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2}},
  {"cumsum", "1,4", "Cumsum", "x,im1", "'exclusive':{'b':true}", "1x4", {0, 1, 3, 6}},
  {"cumsum-back", "1,4", "Cumsum", "x,im1", "'reverse':{'b':true}", "1x4", {10, 9, 7, 4}},
  {"batch-matmul", "1,2,2", "BatchMatMulV2", "x,x", "'adj_y':{'b':true}", "1x2x2", {5, 11, 11, 25}},
  {"batch-matmul-constant", "1,2,2", "BatchMatMul", "x,square", "'adj_x':{'b':true}", "1x2x2", {10, 14, 14, 20}},
  {"matmul-first-transposed", "2,1", "MatMul", "x,square", "'transpose_a':{'b':true}", "1x2", {7, 10}},
  {"erf", "1,2", "Erf", "x", T, "1x2", {0.842700793f, 0.995322265f}},
  {"selu", "1,1", "Selu", "x", T, "1x1", {1.05070099f}},
  {"softplus", "1,1", "Softplus", "x", T, "1x1", {1.31326169f}},
  {"expm1", "1,1", "Expm1", "x", T, "1x1", {1.71828183f}},
  {"log1p", "1,1", "Log1p", "x", T, "1x1", {0.69314718f}},
  {"atan", "1,1", "Atan", "x", T, "1x1", {0.78539816f}},
  {"atan2", "1,2", "Atan2", "x,row", T, "1x2", {0.78539816f, 0.78539816f}},
  {"div-no-nan", "1,4", "DivNoNan", "x,zero", T, "1x4", {0, 0, 0, 0}},
  {"mod", "1,4", "Mod", "sub,two", T, "1x4", {0.5f, 1.5f, 0.5f, 1.5f}},
  {"gelu", "1,2", "Mul", "half-x,erf-1", T, "1x2", {0.841344746f, 1.95449974f}},
  {"select-rows", "2,2", "Select", "row-mask,x,three", T, "2x2", {1, 2, 3, 3}},
  {"snapshot", "1,2", "Snapshot", "x", T, "1x2", {1, 2}},
  {"check-numerics", "1,2", "CheckNumerics", "x", T, "1x2", {1, 2}},
  {"prevent-gradient", "1,2", "PreventGradient", "x", T, "1x2", {1, 2}},
  {"fake-quant", "1,2", "FakeQuantWithMinMaxVars", "x,zero,three", T, "1x2", {1, 2}},
  {"zeros", "1,2", "ZerosLike", "x", T, "1x2", {0, 0}},
  {"ones", "1,2", "OnesLike", "x", T, "1x2", {1, 1}},
  {"identity", "1,2", "Identity", "x", T, "1x2", {1, 2}},
  {"log-softmax-far", "1,2", "LogSoftmax", "apart", T, "1x2", {-300, 0}},
  {"l2-norm", "1,2", "Mul", "x,by-length", T, "1x2", {0.4472136f, 0.8944272f}},
  {"l2-norm-zero", "1,2", "Mul", "nothing,by-least", T, "1x2", {0, 0}},
  {"conv-elu", "1,2,2,1", "_FusedConv2D", "x,hwio,down", VALID "," UNIT ",'fused_ops':{'list':{'s':['Qmlhc0FkZA==','RWx1']}}", "1x1x1x2", {-1, 20}},
  {"default", "1,2", "PlaceholderWithDefault", "x", T, "1x2", {1, 2}},
};
// clang-format on
const guint n_tfjs_cases = G_N_ELEMENTS (tfjs_cases);

void
tfjs_constants (GraphModel *f, const gchar *inputs)
{
  static const struct {
    const gchar *name, *shape;
    gfloat v[8];
  } floats[] = {
      {"zero", "", {0}},
      {"one", "1", {1}},
      {"0.5", "", {0.5f}},
      {"root", "", {0.70710678f}},
      {"two", "", {2}},
      {"three", "", {3}},
      {"shift", "", {2.5f}},
      {"four", "", {4}},
      {"300", "", {300}},
      {"tiny", "", {1e-12f}},
      {"pair", "2", {10, 20}},
      {"down", "2", {-100, -40}},
      {"half", "2", {0.5f, 0.5f}},
      {"quarter", "2", {0.25f, 0.25f}},
      {"quad", "4", {-100, -100, -30, -30}},
      {"row", "1,2", {1, 2}},
      {"square", "2,2", {1, 2, 3, 4}},
      {"hwio", "2,2,1,2", {1, 2, 3, 4, 5, 6, 7, 8}},
      {"hwcm", "2,1,2,2", {1, 2, 3, 4, 5, 6, 7, 8}},
      {"hwoi", "2,2,1,1", {1, 2, 3, 4}},
  };
  static const struct {
    const gchar *name, *shape;
    gint32 v[4];
  } ints[] = {
      {"i0", "", {0}},         {"im1", "", {-1}},
      {"axes12", "2", {1, 2}}, {"pads", "2,2", {0, 1, 1, 1}},
      {"i14", "2", {1, 4}},    {"i2m", "2", {2, -1}},
      {"i10", "2", {1, 0}},    {"i01", "2", {0, 1}},
      {"imm", "2", {-1, -1}},  {"i03", "2", {0, 3}},
      {"i12", "2", {1, 2}},    {"i0m", "2", {0, -1}},
      {"i1m", "2", {1, -1}},   {"i11", "2", {1, 1}},
      {"i23", "2", {2, 3}},    {"i30", "2", {3, 0}},
      {"i22", "2", {2, 2}},    {"i2x2", "2,2", {1, 0, 3, 2}},
      {"i2x2-low", "2,2", {0, 1, 0, 3}}, {"i4", "1", {4}}, {"i2", "1", {2}}, {"i3", "", {3}}, {"i3-shape", "1", {3}}, {"i2x2-one", "2,1", {1, 1}},
      {"pads-end", "2,2", {0, 0, 0, 1}},
      {"to-1241", "4", {1, 2, 4, 1}},
  };
  gchar **names = g_strsplit (inputs, ",", -1);
  for (guint i = 0; i < G_N_ELEMENTS (floats); i++) {
    if (g_strv_contains ((const gchar *const *)names, floats[i].name))
      graphmodel_floats (f, floats[i].name, floats[i].shape, floats[i].v);
  }
  for (guint i = 0; i < G_N_ELEMENTS (ints); i++) {
    if (g_strv_contains ((const gchar *const *)names, ints[i].name))
      graphmodel_ints (f, ints[i].name, ints[i].shape, ints[i].v);
  }
  g_strfreev (names);
}

/* What a case reads besides x and the constants; each reads those above. */
static const struct {
  const gchar *name, *op, *inputs, *attr;
} between[] = {
    {"sub", "Sub", "x,shift", T},
    {"below", "Less", "x,shift", T},
    {"below-int", "Cast", "below", "'DstT':{'type':'DT_INT32'}"},
    {"some", "Any", "below,im1", T},
    {"every", "All", "below,im1", T},
    {"row-sums", "Sum", "x,im1", T},
    {"row-mask", "Less", "row-sums,four", T},
    {"apart", "Mul", "x,300", T},
    {"squares", "Square", "x", T},
    {"squared-length", "Sum", "squares,im1", "'keep_dims':{'b':true}"},
    {"not-zero", "Maximum", "squared-length,tiny", T},
    {"by-length", "Rsqrt", "not-zero", T},
    {"nothing", "Mul", "x,zero", T},
    {"no-squares", "Square", "nothing", T},
    {"no-length", "Sum", "no-squares,im1", "'keep_dims':{'b':true}"},
    {"least", "Maximum", "no-length,tiny", T},
    {"by-least", "Rsqrt", "least", T},
    {"half-x", "Mul", "x,0.5", T},
    {"scaled", "Mul", "x,root", T},
    {"erf-x", "Erf", "scaled", T},
    {"erf-1", "AddV2", "erf-x,one", T},
    {"dense", "SparseToDense", "i2,i4,one,two", T},
    {"minus-hwio", "Neg", "hwio", T},
    {"minus-square", "Neg", "square", T},
};

/* Whether the name stands in a list with commas. */
static gboolean
listed (const gchar *list, const gchar *name)
{
  g_auto (GStrv) names = g_strsplit (list, ",", -1);
  return g_strv_contains ((const gchar *const *)names, name);
}

void
tfjs_case_write (GraphModel *f, const TfjsCase *c)
{
  g_autoptr (GString) wanted = g_string_new (c->inputs);
  graphmodel_input (f, c->input);
  for (guint i = G_N_ELEMENTS (between); i-- > 0;) {
    if (listed (wanted->str, between[i].name))
      g_string_append_printf (wanted, ",%s", between[i].inputs);
  }
  tfjs_constants (f, wanted->str);
  for (guint i = 0; i < G_N_ELEMENTS (between); i++) {
    if (listed (wanted->str, between[i].name))
      graphmodel_node (f, between[i].name, between[i].op, between[i].inputs, between[i].attr);
  }
  f->extra = "'signature':{'outputs':{'o':{'name':'y:0'}}},";
  graphmodel_node (f, "y", c->op, c->inputs, c->attr);
}
