/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tfjs/tfjs-nets.h"

#include "tests/inference/tfjs/tfjs-cases.h"

#define FRAME "'frame_name':{'s':'bG9vcA=='},'is_constant':{'b':false}"
#define T "'T':{'type':'DT_FLOAT'}"

void
tfjs_old_style (GraphModel *f)
{
  graphmodel_node (
      f, "x", "Placeholder", NULL,
      "'dtype':{'type':1},'shape':{'shape':{'dim':[{'size':'-1'},{'size':2},{'size':'2'},"
      "{'size':'1'}]}}");
  tfjs_constants (f, "hwio,pair,two");
  graphmodel_node (
      f, "conv", "_FusedConv2D", "x,hwio,pair,^two",
      "'padding':{'s':[86,65,76,73,68]},'data_format':{'s':[78,72,87,67]},'T':{'type':1},"
      "'strides':{'list':{'s':[],'i':['1','1','1','1'],'f':[],'b':[]}},"
      "'fused_ops':{'list':{'s':[[66,105,97,115,65,100,100],[82,101,108,117,54]],'i':[]}},"
      "'num_args':{'i':'1'}");
  graphmodel_node (f, "y", "Identity", "conv", NULL);
}

void
tfjs_two_outputs (GraphModel *f)
{
  graphmodel_input (f, "1,2");
  graphmodel_node (f, "a", "Neg", "x", T);
  graphmodel_node (f, "b", "Square", "a", T);
  graphmodel_node (f, "unused", "NeverHeardOf", "a", T);
  f->extra =
      "'userDefinedMetadata':{'signature':{'outputs':{'q':{'name':'b:0'},'p':{'name':'a'}}}},"
      "'unknown':[{'deep':{}}],";
}

void
tfjs_weight_kinds (GraphModel *f, gsize shard)
{
  static const gfloat plain[] = {0.5f, 0.25f};
  static const guint16 half[] = {0x3d00, 0x3e00}, words[] = {1000, 0};
  static const guint8 bytes[] = {255, 3}, truth[] = {1, 0};
  static const gint32 whole[] = {7, -8};
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
}

void
tfjs_loop (GraphModel *f, gint32 turns)
{
  static const gfloat step[] = {1, 10, 100, 1000};
  static const gint32 zero = 0, one = 1;
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

void
tfjs_any_picture (GraphModel *f)
{
  static const gint32 size[] = {2, 3};
  static const gfloat two = 2, five = 5;
  graphmodel_node (f, "x", "Placeholder", NULL,
                   "'dtype':{'type':'DT_UINT8'},'shape':{'shape':{'dim':[{'size':'-1'},"
                   "{'size':'-1'},{'size':'-1'},{'size':'3'}]}}");
  graphmodel_ints (f, "size", "2", size);
  graphmodel_floats (f, "two", "", &two);
  graphmodel_floats (f, "five", "", &five);
  graphmodel_node (f, "float", "Cast", "x", "'DstT':{'type':'DT_FLOAT'}");
  graphmodel_node (f, "resized", "ResizeBilinear", "float,size", NULL);
  graphmodel_node (f, "scaled", "Mul", "two,resized", NULL);
  graphmodel_node (f, "moved", "Sub", "five,scaled", NULL);
  graphmodel_node (f, "y", "Relu", "moved", NULL);
}

void
tfjs_coder (GraphModel *f, gfloat centre_scale)
{
  static const gfloat centres[] = {0.25f, 0.5f, 0.75f, 0.5f}, sizes[] = {0.5f, 0.25f, 0.25f, 1};
  const gfloat scales[] = {centre_scale, 0.5f, 0.25f};
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
}

void
tfjs_comparisons (GraphModel *f)
{
  static const struct {
    const gchar *op, *inputs;
  } ops[] = {{"Less", "a,b"},           {"LessEqual", "a,b"}, {"Greater", "a,b"},
             {"GreaterEqual", "a,two"}, {"Equal", "two,a"},   {"NotEqual", "a,b"},
             {"LogicalAnd", "p,q"},     {"LogicalOr", "p,q"}, {"LogicalNot", "p"}};
  GString *all = g_string_new ("x");
  graphmodel_input (f, "1,3");
  graphmodel_ints (f, "a", "3", (gint32[]){1, 2, 3});
  graphmodel_ints (f, "b", "3", (gint32[]){3, 2, 1});
  graphmodel_ints (f, "two", "", (gint32[]){2});
  graphmodel_weight (f, "p", "bool", "3", NULL, (guint8[]){1, 0, 1}, 3);
  graphmodel_weight (f, "q", "bool", "3", NULL, (guint8[]){1, 1, 0}, 3);
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++) {
    gchar *weight = g_strdup_printf ("%u", 1u << i), *cast = g_strconcat (ops[i].op, "/f", NULL);
    gchar *scaled = g_strconcat (ops[i].op, "/s", NULL);
    gchar *pair = g_strdup_printf ("%s,%s", cast, weight);
    graphmodel_floats (f, weight, "", (gfloat[]){(gfloat)(1u << i)});
    graphmodel_node (f, ops[i].op, ops[i].op, ops[i].inputs, NULL);
    graphmodel_node (f, cast, "Cast", ops[i].op, "'DstT':{'type':1}");
    graphmodel_node (f, scaled, "Mul", pair, T);
    g_string_append_printf (all, ",%s", scaled);
    g_free (pair);
    g_free (scaled);
    g_free (cast);
    g_free (weight);
  }
  graphmodel_node (f, "y", "AddN", all->str, T);
  g_string_free (all, TRUE);
}

void
tfjs_quotients (GraphModel *f)
{
  graphmodel_input (f, "1,3");
  graphmodel_floats (f, "a", "3", (gfloat[]){-7, 7, 7});
  graphmodel_floats (f, "b", "3", (gfloat[]){2, 2, 0});
  graphmodel_node (f, "div", "FloorDiv", "a,b", NULL);
  graphmodel_node (f, "mod", "FloorMod", "a,b", NULL);
  graphmodel_node (f, "z", "Mul", "x,mod", NULL);
  graphmodel_node (f, "y", "Mul", "x,div", NULL);
  f->extra = "'signature':{'outputs':{'y':{'name':'y'},'z':{'name':'z'}}},";
}

void
tfjs_counts (GraphModel *f)
{
  graphmodel_input (f, "1,3");
  graphmodel_ints (f, "k", "1,3", (gint32[]){0, 0, 0});
  graphmodel_ints (f, "one", "1", (gint32[]){1});
  graphmodel_ints (f, "two", "1", (gint32[]){2});
  graphmodel_node (f, "shape", "Shape", "x", NULL);
  graphmodel_node (f, "width", "StridedSlice", "shape,one,two,one", "'shrink_axis_mask':{'i':1}");
  graphmodel_node (f, "rank", "Rank", "k", NULL);
  graphmodel_node (f, "size", "Size", "x", NULL);
  graphmodel_node (f, "all", "Pack", "width,rank,size", NULL);
  graphmodel_node (f, "float", "Cast", "all", "'DstT':{'type':1}");
  graphmodel_node (f, "y", "Add", "x,float", NULL);
}

void
tfjs_pictures (GraphModel *f)
{
  graphmodel_node (f, "x", "Placeholder", NULL,
                   "'dtype':{'type':'DT_FLOAT'},'shape':{'shape':{'dim':[{'size':'1'},"
                   "{'size':'-1'},{'size':'-1'},{'size':'3'}]}}");
  graphmodel_ints (f, "size", "2", (gint32[]){2, 3});
  graphmodel_ints (f, "zero", "", (gint32[]){0});
  graphmodel_ints (f, "length", "", (gint32[]){1});
  graphmodel_ints (f, "three", "1", (gint32[]){3});
  graphmodel_ints (f, "four", "1", (gint32[]){4});
  graphmodel_ints (f, "step", "1", (gint32[]){1});
  graphmodel_ints (f, "first", "1", (gint32[]){0});
  graphmodel_ints (f, "six", "", (gint32[]){6});
  graphmodel_node (f, "list", "TensorArrayV3", "length", NULL);
  graphmodel_node (f, "filled", "TensorArrayScatterV3", "list,first,x,list:1", NULL);
  graphmodel_node (f, "one", "TensorArrayReadV3", "list,zero,filled", NULL);
  graphmodel_node (f, "picture", "ExpandDims", "one,zero", NULL);
  graphmodel_node (f, "shape", "Shape", "picture", NULL);
  graphmodel_node (f, "channels", "StridedSlice", "shape,three,four,step",
                   "'shrink_axis_mask':{'i':1}");
  graphmodel_node (f, "resized", "ResizeBilinear", "picture,size", NULL);
  graphmodel_node (f, "flat", "Pack", "six,channels", NULL);
  graphmodel_node (f, "y", "Reshape", "resized,flat", NULL);
}
