/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GraphModels that the test writes itself: each op, each way to write an attribute, each way to
 * store a weight, loops and lists, the picture and the box coder. */
#include "graphmodel.h"
#include "model.h"

#include <math.h>
#include <string.h>

#define T "'T':{'type':'DT_FLOAT'}"
#define LIST(name, ...) "'" name "':{'list':{'i':[" #__VA_ARGS__ "]}}"
#define VALID "'padding':{'s':'VkFMSUQ='}"
#define SAME "'padding':{'s':'U0FNRQ=='}"
#define UNIT LIST ("strides", 1, 1, 1, 1)

static TfcModel *
open_it (GraphModel *f)
{
  TfcModelOptions options = {.backend = "reference"};
  GError *error = NULL;
  TfcModel *m = tfc_model_open (graphmodel_write (f), &options, &error);
  g_assert_no_error (error);
  return m;
}

/* Input x holds 1, 2, 3, ... */
static void
run (TfcModel *m)
{
  const TfcTensor *x = tfc_model_input (m, 0);
  for (gsize i = 0; i < tfc_tensor_count (x); i++)
    ((gfloat *)x->data)[i] = (gfloat)(i + 1);
  g_assert_true (tfc_model_run (m, NULL));
}

static void
expect (const TfcTensor *y, const gchar *shape, const gfloat *want)
{
  gchar is[96];
  g_assert_cmpstr (tfc_shape_print (&y->shape, is), ==, shape);
  for (gsize i = 0; i < tfc_tensor_count (y); i++)
    g_assert_cmpfloat_with_epsilon (((const gfloat *)y->data)[i], want[i],
                                    1e-5 * MAX (1, fabs (want[i])));
}

/* x -> y of one op; constants are set up before. */
typedef struct {
  const gchar *name, *input, *op, *inputs, *attr, *shape;
  gfloat want[16];
} OpCase;

// clang-format off
static const OpCase op_cases[] = {
  {"relu", "1,4", "Relu", "sub", T, "1x4", {0, 0, 0.5f, 1.5f}},
  {"relu6", "1,8", "Relu6", "x", T, "1x8", {1, 2, 3, 4, 5, 6, 6, 6}},
  {"leaky", "1,4", "LeakyRelu", "sub", "'alpha':{'f':0.5}", "1x4", {-0.75f, -0.25f, 0.5f, 1.5f}},
  {"prelu", "1,2", "Prelu", "sub2,two", T, "1x2", {-3, -1}},
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
  {"depthwise", "1,2,1,2", "DepthwiseConv2dNative", "x,hwcm", VALID "," UNIT, "1x1x1x4", {1 * 1 + 3 * 5, 1 * 2 + 3 * 6, 2 * 3 + 4 * 7, 2 * 4 + 4 * 8}},
  {"depthwise-fused", "1,2,1,2", "FusedDepthwiseConv2dNative", "x,hwcm,quad", VALID "," UNIT ",'fused_ops':{'list':{'s':['Qmlhc0FkZA==','UmVsdQ==']}}", "1x1x1x4", {0, 0, 4, 10}},
  {"batch-norm", "1,1,1,2", "FusedBatchNormV3", "x,pair,down,pair,quarter", "'epsilon':{'f':0.0}", "1x1x1x2", {-280, -760}},
  {"matmul", "1,2", "MatMul", "x,square", T, "1x2", {1 * 1 + 2 * 3, 1 * 2 + 2 * 4}},
  {"matmul-transposed", "1,2", "MatMul", "x,square", "'transpose_b':{'b':true}", "1x2", {5, 11}},
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
  {"strided-back", "1,4", "StridedSlice", "x,i0m,i01,i1m", "'end_mask':{'i':'3'}", "1x4", {4, 3, 2, 1}},
  {"strided-new", "1,4", "StridedSlice", "x,i10,i01,i11", "'new_axis_mask':{'i':'1'}", "1x1x4", {1, 2, 3, 4}},
  {"pack", "1,2", "Pack", "x,x,row", "'axis':{'i':'1'}", "1x3x2", {1, 2, 1, 2, 1, 2}},
  {"unpack", "2,2", "Unpack", "x", "'axis':{'i':'1'},'num':{'i':'2'}", "2", {1, 3}},
  {"split", "1,4", "Split", "im1,x", "'num_split':{'i':'2'}", "1x2", {1, 2}},
  {"split-sizes", "1,4", "SplitV", "x,i1m,im1", T, "1x1", {1}},
  {"tile", "1,2", "Tile", "x,i23", T, "2x6", {1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2}},
  {"gather", "1,4", "GatherV2", "x,i30,im1", T, "1x2", {4, 1}},
  {"identity", "1,2", "Identity", "x", T, "1x2", {1, 2}},
};
// clang-format on

static void
constants (GraphModel *f)
{
  static const struct {
    const gchar *name, *shape;
    gfloat v[8];
  } floats[] = {
      {"zero", "", {0}},
      {"two", "", {2}},
      {"three", "", {3}},
      {"shift", "", {2.5f}},
      {"four", "", {4}},
      {"pair", "2", {10, 20}},
      {"down", "2", {-100, -40}},
      {"half", "2", {0.5f, 0.5f}},
      {"quarter", "2", {0.25f, 0.25f}},
      {"quad", "4", {-100, -100, -30, -30}},
      {"row", "1,2", {1, 2}},
      {"square", "2,2", {1, 2, 3, 4}},
      {"hwio", "2,2,1,2", {1, 2, 3, 4, 5, 6, 7, 8}},
      {"hwcm", "2,1,2,2", {1, 2, 3, 4, 5, 6, 7, 8}},
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
  };
  for (guint i = 0; i < G_N_ELEMENTS (floats); i++)
    graphmodel_floats (f, floats[i].name, *floats[i].shape ? floats[i].shape : "", floats[i].v);
  for (guint i = 0; i < G_N_ELEMENTS (ints); i++)
    graphmodel_ints (f, ints[i].name, ints[i].shape, ints[i].v);
  graphmodel_node (f, "sub", "Sub", "x,shift", T);
  graphmodel_node (f, "sub2", "Sub", "x,shift", T);
}

static void
test_op (gconstpointer data)
{
  const OpCase *c = data;
  GraphModel *f = graphmodel_new ();
  graphmodel_input (f, c->input);
  constants (f);
  f->extra = "'signature':{'outputs':{'o':{'name':'y:0'}}},";
  graphmodel_node (f, "y", c->op, c->inputs, c->attr);
  TfcModel *m = open_it (f);
  run (m);
  g_assert_cmpuint (tfc_model_n_outputs (m), ==, 1);
  expect (tfc_model_output (m, 0), c->shape, c->want);
  tfc_model_close (m);
  graphmodel_free (f);
}

/* The old way: texts as character codes, numbers as texts, types as numbers, every list there. */
static void
test_old_style (void)
{
  static const gfloat want[] = {6, 6};
  GraphModel *f = graphmodel_new ();
  graphmodel_node (
      f, "x", "Placeholder", NULL,
      "'dtype':{'type':1},'shape':{'shape':{'dim':[{'size':'-1'},{'size':2},{'size':'2'},"
      "{'size':'1'}]}}");
  constants (f);
  graphmodel_node (
      f, "conv", "_FusedConv2D", "x,hwio,pair,^two",
      "'padding':{'s':[86,65,76,73,68]},'data_format':{'s':[78,72,87,67]},'T':{'type':1},"
      "'strides':{'list':{'s':[],'i':['1','1','1','1'],'f':[],'b':[]}},"
      "'fused_ops':{'list':{'s':[[66,105,97,115,65,100,100],[82,101,108,117,54]],'i':[]}},"
      "'num_args':{'i':'1'}");
  graphmodel_node (f, "y", "Identity", "conv", NULL);
  TfcModel *m = open_it (f);
  run (m);
  for (guint i = 0; i < tfc_model_n_outputs (m); i++) {
    if (strcmp (tfc_model_output_name (m, i), "y") == 0)
      expect (tfc_model_output (m, i), "1x1x1x2", want);
  }
  g_assert_cmpuint (tfc_model_n_outputs (m), >=, 1);
  tfc_model_close (m);
  graphmodel_free (f);
}

/* The outputs of a signature are all there is; else what nothing reads. */
static void
test_outputs (void)
{
  static const gfloat want[] = {-1, -2};
  GraphModel *f = graphmodel_new ();
  graphmodel_input (f, "1,2");
  graphmodel_node (f, "a", "Neg", "x", T);
  graphmodel_node (f, "b", "Square", "a", T);
  graphmodel_node (f, "unused", "NeverHeardOf", "a", T);
  f->extra =
      "'userDefinedMetadata':{'signature':{'outputs':{'q':{'name':'b:0'},'p':{'name':'a'}}}},"
      "'unknown':[{'deep':{}}],";
  TfcModel *m = open_it (f);
  g_assert_cmpuint (tfc_model_n_outputs (m), ==, 2);
  g_assert_cmpstr (tfc_model_output_name (m, 0), ==, "b:0");
  g_assert_cmpstr (tfc_model_output_name (m, 1), ==, "a");
  run (m);
  expect (tfc_model_output (m, 1), "1x2", want);
  tfc_model_close (m);
  graphmodel_free (f);
}

/* Weights stored in every way, cut into shards of every size. */
static void
test_weights (gconstpointer data)
{
  static const gfloat want[] = {1 + 0.5f + 1.25f + 9.75f + 7 + 1, 2 + 0.25f + 1.5f + 9.5f - 8 + 0};
  static const gfloat plain[] = {0.5f, 0.25f};
  static const guint16 half[] = {0x3d00, 0x3e00}, words[] = {1000, 0};
  static const guint8 bytes[] = {255, 3}, truth[] = {1, 0};
  static const gint32 whole[] = {7, -8};
  GraphModel *f = graphmodel_new ();
  gsize shard = GPOINTER_TO_SIZE (data);
  graphmodel_input (f, "1,2");
  graphmodel_weight (f, "u8", "float32", "1,2", "{'dtype':'uint8','scale':0.5,'min':-2}", bytes, 2);
  graphmodel_weight (f, "f32", "float32", "1,2", NULL, plain, 8);
  graphmodel_group (f, shard);
  graphmodel_weight (f, "b", "bool", "1,2", NULL, truth, 2);
  graphmodel_weight (f, "f16", "float32", "1,2", "{'dtype':'float16'}", half, 4);
  graphmodel_weight (f, "i32", "int32", "1,2", NULL, whole, 8);
  graphmodel_weight (f, "u16", "float32", "1,2", "{'dtype':'uint16','scale':0.00025,'min':9.5}",
                     words, 4);
  graphmodel_weight (f, "s64", "complex64", "1", NULL, whole, 8);
  graphmodel_group (f, shard);
  graphmodel_node (f, "fi", "Cast", "i32", "'DstT':{'type':1}");
  graphmodel_node (f, "fb", "Cast", "b", "'DstT':{'type':'DT_FLOAT'}");
  graphmodel_node (f, "sum", "AddN", "x,f32,f16,u16,fi,fb", T);
  graphmodel_node (f, "y", "Sub", "sum,u8", T);
  TfcModel *m = open_it (f);
  run (m);
  expect (tfc_model_output (m, 0), "1x2", (gfloat[]){want[0] - 125.5f, want[1] + 0.5f});
  tfc_model_close (m);
  graphmodel_free (f);
}

/* i = 0; while i < turns: x += step, i++ ; the steps are read from one list and sums written to
 * another. */
static void
loop (GraphModel *f, gint32 turns)
{
  static const gfloat step[] = {1, 10, 100, 1000};
  static const gint32 zero = 0, one = 1;
#define FRAME "'frame_name':{'s':'bG9vcA=='},'is_constant':{'b':false}"
  graphmodel_input (f, "1,1");
  graphmodel_floats (f, "steps", "4,1,1", step);
  graphmodel_ints (f, "zero", "", &zero);
  graphmodel_ints (f, "one", "", &one);
  graphmodel_ints (f, "turns", "", &turns);
  graphmodel_ints (f, "length", "", (gint32[]){4});
  graphmodel_node (f, "a", "TensorArrayV3", "length", NULL);
  graphmodel_node (f, "b", "TensorArrayV3", "length", NULL);
  graphmodel_node (f, "all", "Range", "zero,length,one", NULL);
  graphmodel_node (f, "filled", "TensorArrayScatterV3", "a,all,steps,a:1", NULL);
  graphmodel_node (f, "limit", "Enter", "turns", FRAME);
  graphmodel_node (f, "handle", "Enter", "a", FRAME);
  graphmodel_node (f, "flow", "Enter", "filled", FRAME);
  graphmodel_node (f, "i/enter", "Enter", "zero", FRAME);
  graphmodel_node (f, "i", "Merge", "i/enter,i/next", NULL);
  graphmodel_node (f, "x/enter", "Enter", "x", FRAME);
  graphmodel_node (f, "x/merge", "Merge", "x/enter,x/next", NULL);
  graphmodel_node (f, "b/enter", "Enter", "b:1", FRAME);
  graphmodel_node (f, "b/merge", "Merge", "b/enter,b/next", NULL);
  graphmodel_node (f, "less", "Less", "i,limit", NULL);
  graphmodel_node (f, "cond", "LoopCond", "less", NULL);
  graphmodel_node (f, "i/switch", "Switch", "i,cond", NULL);
  graphmodel_node (f, "x/switch", "Switch", "x/merge,cond", NULL);
  graphmodel_node (f, "b/switch", "Switch", "b/merge,cond", NULL);
  graphmodel_node (f, "i/add", "Add", "i/switch:1,one", NULL);
  graphmodel_node (f, "read", "TensorArrayReadV3", "handle,i/switch:1,flow", NULL);
  graphmodel_node (f, "x/add", "Add", "x/switch:1,read", NULL);
  graphmodel_node (f, "write", "TensorArrayWriteV3", "handle,i/switch:1,x/add,b/switch:1", NULL);
  graphmodel_node (f, "i/next", "NextIteration", "i/add", NULL);
  graphmodel_node (f, "x/next", "NextIteration", "x/add", NULL);
  graphmodel_node (f, "b/next", "NextIteration", "write", NULL);
  graphmodel_node (f, "x/exit", "Exit", "x/switch", NULL);
  graphmodel_node (f, "b/exit", "Exit", "b/switch", NULL);
  graphmodel_node (f, "size", "TensorArraySizeV3", "b,b/exit", NULL);
  graphmodel_node (f, "range", "Range", "zero,size,one", NULL);
  graphmodel_node (f, "list", "TensorArrayGatherV3", "b,range,b/exit", NULL);
  f->extra = "'signature':{'outputs':{'o':{'name':'x/exit'},'l':{'name':'list'}}},";
}

static void
test_loop (void)
{
  static const gfloat sums[] = {2, 12, 112, 1112};
  GraphModel *f = graphmodel_new ();
  loop (f, 4);
  TfcModel *m = open_it (f);
  run (m);
  expect (tfc_model_output (m, 0), "1x1", sums + 3);
  expect (tfc_model_output (m, 1), "4x1x1", sums);
  tfc_model_close (m);
  graphmodel_free (f);
}

static const gchar any_picture[] = "'dtype':{'type':'DT_UINT8'},'shape':{'shape':{'dim':[{'size':'-"
                                   "1'},{'size':'-1'},{'size':'-1'},"
                                   "{'size':'3'}]}}";

static void
test_picture (void)
{
  static const gint32 size[] = {2, 3};
  static const gfloat two = 2, five = 5;
  gfloat scale = 0, offset = 0;
  GraphModel *f = graphmodel_new ();
  graphmodel_node (f, "x", "Placeholder", NULL, any_picture);
  graphmodel_ints (f, "size", "2", size);
  graphmodel_floats (f, "two", "", &two);
  graphmodel_floats (f, "five", "", &five);
  graphmodel_node (f, "float", "Cast", "x", "'DstT':{'type':'DT_FLOAT'}");
  graphmodel_node (f, "resized", "ResizeBilinear", "float,size", NULL);
  graphmodel_node (f, "scaled", "Mul", "two,resized", NULL);
  graphmodel_node (f, "moved", "Sub", "five,scaled", NULL);
  graphmodel_node (f, "y", "Relu", "moved", NULL);
  TfcModel *m = open_it (f);
  expect (tfc_model_output (m, 0), "1x2x3x3", (gfloat[18]){0});
  g_assert_true (tfc_model_picture (m, &scale, &offset));
  g_assert_cmpfloat (scale, ==, -2);
  g_assert_cmpfloat (offset, ==, 5);
  tfc_model_close (m);
  graphmodel_free (f);
}

/* y = x[.., 4] decoded in another way than COCO-SSD's graphs write it. */
static TfcModel *
coder (gfloat centre_scale)
{
  static const gfloat centres[] = {0.25f, 0.5f, 0.75f, 0.5f}, sizes[] = {0.5f, 0.25f, 0.25f, 1};
  const gfloat scales[] = {centre_scale, 0.5f, 0.25f};
  GraphModel *f = graphmodel_new ();
  TfcModel *m;
  graphmodel_input (f, "1,2,1,4");
  graphmodel_floats (f, "centres", "1,2,1,2", centres);
  graphmodel_floats (f, "sizes", "1,2,1,2", sizes);
  graphmodel_floats (f, "tenth", "", &scales[0]);
  graphmodel_floats (f, "half", "", &scales[1]);
  graphmodel_floats (f, "fourth", "", &scales[2]);
  graphmodel_ints (f, "axis", "", (gint32[]){-1});
  graphmodel_ints (f, "begin", "4", (gint32[]){0, 0, 0, 1});
  graphmodel_ints (f, "end", "4", (gint32[]){-1, -1, -1, -1});
  graphmodel_ints (f, "rows", "3", (gint32[]){1, 2, 4});
  graphmodel_node (f, "encodings", "Square", "x", NULL);
  graphmodel_node (f, "parts", "Split", "axis,encodings", "'num_split':{'i':2}");
  graphmodel_node (f, "t", "Mul", "parts,tenth", NULL);
  graphmodel_node (f, "moved", "Mul", "t,sizes", NULL);
  graphmodel_node (f, "c", "Add", "centres,moved", NULL);
  graphmodel_node (f, "s", "Mul", "parts:1,fourth", NULL);
  graphmodel_node (f, "e", "Exp", "s", NULL);
  graphmodel_node (f, "hw", "Mul", "e,sizes", NULL);
  graphmodel_node (f, "h", "Mul", "hw,half", NULL);
  graphmodel_node (f, "from", "Sub", "c,h", NULL);
  graphmodel_node (f, "to", "Add", "h,c", NULL);
  graphmodel_node (f, "boxes", "ConcatV2", "from,to,axis", NULL);
  graphmodel_node (f, "logits", "Neg", "encodings", NULL);
  graphmodel_node (f, "sigmoid", "Sigmoid", "logits", NULL);
  graphmodel_node (f, "scores", "Slice", "sigmoid,begin,end", NULL);
  f->extra = "'signature':{'outputs':{'s':{'name':'scores'},'b':{'name':'boxes'}}},";
  m = open_it (f);
  graphmodel_free (f);
  return m;
}

static void
test_coder (void)
{
  static const gfloat encodings[] = {1, 4, 9, 16, 25, 36, 49, 64};
  static const gfloat anchors[] = {0.25f, 0.5f, 0.5f, 0.25f, 0.75f, 0.5f, 0.25f, 1};
  TfcModel *m = coder (0.125f);
  g_assert_cmpstr (tfc_model_tail (m), ==, "BoxCoder");
  g_assert_cmpfloat (tfc_model_tail_option (m, "y_scale", 0), ==, 8);
  g_assert_cmpfloat (tfc_model_tail_option (m, "x_scale", 0), ==, 8);
  g_assert_cmpfloat (tfc_model_tail_option (m, "h_scale", 0), ==, 4);
  g_assert_cmpfloat (tfc_model_tail_option (m, "w_scale", 0), ==, 4);
  g_assert_cmpfloat (tfc_model_tail_option (m, "logits", 0), ==, 1);
  g_assert_cmpfloat (tfc_model_tail_option (m, "num_classes", 0), ==, 3);
  expect (tfc_model_tail_const (m, 0), "2x4", anchors);
  run (m);
  expect (tfc_model_output (m, 0), "1x2x1x4", encodings);
  g_assert_cmpstr (tfc_model_output_name (m, 1), ==, "logits");
  tfc_model_close (m);
  /* Centres that go the other way are no box coder; the graph stays as it is. */
  m = coder (-0.125f);
  g_assert_null (tfc_model_tail (m));
  g_assert_cmpstr (tfc_model_output_name (m, 1), ==, "boxes");
  tfc_model_close (m);
}

gint
main (gint argc, gchar **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (op_cases); i++) {
    gchar *path = g_strdup_printf ("/tfjs/op/%s", op_cases[i].name);
    g_test_add_data_func (path, &op_cases[i], test_op);
    g_free (path);
  }
  g_test_add_func ("/tfjs/old-style", test_old_style);
  g_test_add_func ("/tfjs/outputs", test_outputs);
  g_test_add_data_func ("/tfjs/weights/1", GSIZE_TO_POINTER (1), test_weights);
  g_test_add_data_func ("/tfjs/weights/3", GSIZE_TO_POINTER (3), test_weights);
  g_test_add_data_func ("/tfjs/weights/7", GSIZE_TO_POINTER (7), test_weights);
  g_test_add_data_func ("/tfjs/weights/4096", GSIZE_TO_POINTER (4096), test_weights);
  g_test_add_func ("/tfjs/loop", test_loop);
  g_test_add_func ("/tfjs/picture", test_picture);
  g_test_add_func ("/tfjs/coder", test_coder);
  return g_test_run ();
}
