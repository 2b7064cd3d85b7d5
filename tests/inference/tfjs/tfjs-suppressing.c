/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tfjs/tfjs-suppressing.h"

#define PICTURE(batch)                                                                       \
  "'dtype':{'type':'DT_UINT8'},'shape':{'shape':{'dim':[{'size':'" batch "'},{'size':'-1'}," \
  "{'size':'-1'},{'size':'3'}]}}"
#define FRAME "'frame_name':{'s':'bG9vcA=='},'is_constant':{'b':false}"

typedef enum { UNPACK, LISTS } Preparation;

/* One picture of the batch, stretched, and back into a batch. */
static void
resize (GraphModel *f, const gchar *picture, const gchar *resized)
{
  gchar *in = g_strconcat (picture, ",zero", NULL);

  graphmodel_node (f, "expanded", "ExpandDims", in, NULL);
  graphmodel_node (f, "stretched", "ResizeBilinear", "expanded,side", NULL);
  graphmodel_node (f, resized, "Squeeze", "stretched", "'squeeze_dims':{'list':{'i':['0']}}");
  g_free (in);
}

/* A loop over the batch, as map_fn makes it. */
static void
lists (GraphModel *f)
{
  graphmodel_ints (f, "any", "1", (gint32[]){-1});
  graphmodel_node (f, "pictures", "TensorListFromTensor", "float,any", NULL);
  graphmodel_node (f, "room", "TensorListReserve", "any,one", NULL);
  graphmodel_node (f, "enter/i", "Enter", "zero", FRAME);
  graphmodel_node (f, "enter/in", "Enter", "pictures", FRAME);
  graphmodel_node (f, "enter/out", "Enter", "room", FRAME);
  graphmodel_node (f, "enter/n", "Enter", "one", FRAME);
  graphmodel_node (f, "enter/one", "Enter", "one", FRAME);
  graphmodel_node (f, "i", "Merge", "enter/i,next/i", NULL);
  graphmodel_node (f, "out", "Merge", "enter/out,next/out", NULL);
  graphmodel_node (f, "less", "Less", "i,enter/n", NULL);
  graphmodel_node (f, "go", "LoopCond", "less", NULL);
  graphmodel_node (f, "switch/i", "Switch", "i,go", NULL);
  graphmodel_node (f, "switch/out", "Switch", "out,go", NULL);
  graphmodel_node (f, "item", "TensorListGetItem", "enter/in,switch/i:1,any", NULL);
  resize (f, "item", "resized");
  graphmodel_node (f, "set", "TensorListSetItem", "switch/out:1,switch/i:1,resized", NULL);
  graphmodel_node (f, "plus", "AddV2", "switch/i:1,enter/one", NULL);
  graphmodel_node (f, "next/i", "NextIteration", "plus", NULL);
  graphmodel_node (f, "next/out", "NextIteration", "set", NULL);
  graphmodel_node (f, "exit", "Exit", "switch/out", NULL);
  graphmodel_node (f, "batch", "TensorListStack", "exit,any", NULL);
}

/* raw [1, 12, 4] = picture / 256. */
static void
network (GraphModel *f, Preparation how)
{
  static const gfloat scale = 1 / 256.f;

  graphmodel_node (f, "x", "Placeholder", NULL, how == LISTS ? PICTURE ("-1") : PICTURE ("1"));
  graphmodel_ints (f, "zero", "", (gint32[]){0});
  graphmodel_ints (f, "one", "", (gint32[]){1});
  graphmodel_ints (f, "side", "2", (gint32[]){4, 4});
  graphmodel_ints (f, "rows", "3", (gint32[]){1, 12, 4});
  graphmodel_floats (f, "scale", "", &scale);
  graphmodel_node (f, "float", "Cast", "x", "'DstT':{'type':'DT_FLOAT'}");
  if (how == LISTS) {
    lists (f);
  } else {
    graphmodel_node (f, "unpacked", "Unpack", "float", "'num':{'i':'1'},'axis':{'i':'0'}");
    resize (f, "unpacked", "resized");
    graphmodel_node (f, "batch", "Pack", "resized", "'axis':{'i':'0'}");
  }
  graphmodel_node (f, "normal", "Mul", "batch,scale", NULL);
  graphmodel_node (f, "boxes", "Reshape", "normal,rows", NULL);
  graphmodel_node (f, "scores", "Reshape", "normal,rows", NULL);
}

/* Suppression a class: its scores out of all, then the op; what follows it we need not know. */
static void
suppress_classes (GraphModel *f, const gchar *op, guint first, guint n)
{
  GString *found = g_string_new (NULL);

  graphmodel_ints (f, "flat", "2", (gint32[]){12, 4});
  graphmodel_ints (f, "list", "1", (gint32[]){12});
  graphmodel_ints (f, "column", "2", (gint32[]){12, 1});
  graphmodel_ints (f, "most", "", (gint32[]){100});
  graphmodel_node (f, "all/boxes", "Reshape", "boxes,flat", NULL);
  graphmodel_node (f, "all/scores", "Reshape", "scores,flat", NULL);
  for (guint i = 0; i < n; i++) {
    gchar *begin = g_strdup_printf ("begin%u", i), *slice = g_strdup_printf ("slice%u", i);
    gchar *own = g_strdup_printf ("scores%u", i), *name = g_strdup_printf ("nms%u", i);
    gchar *cut = g_strdup_printf ("all/scores,%s,column", begin),
          *flat = g_strdup_printf ("%s,list", slice),
          *in = g_strdup_printf ("all/boxes,%s,most", own);
    graphmodel_ints (f, begin, "2", (gint32[]){0, (gint)(first + i)});
    graphmodel_node (f, slice, "Slice", cut, NULL);
    graphmodel_node (f, own, "Reshape", flat, NULL);
    graphmodel_node (f, name, op, in, NULL);
    g_string_append_printf (found, "%s%s", i ? "," : "", name);
    g_free (begin);
    g_free (slice);
    g_free (own);
    g_free (name);
    g_free (cut);
    g_free (flat);
    g_free (in);
  }
  graphmodel_node (f, "suppressed", "NobodyKnowsThisOp", found->str, NULL);
  graphmodel_node (f, "Identity", "Identity", "suppressed", NULL);
  graphmodel_node (f, "Identity_1", "Identity", "suppressed:1", NULL);
  g_string_free (found, TRUE);
}

#define SUPPRESSED \
  "'detection_boxes':{'name':'Identity:0'},'num_detections':{'name':'Identity_1:0'},"

/* As the exporter signs it, in an order of its own. */
static void
signed_raw (GraphModel *f)
{
  network (f, UNPACK);
  suppress_classes (f, "NonMaxSuppressionV5", 1, 3);
  f->extra = "'signature':{'outputs':{" SUPPRESSED "'raw_detection_scores':{'name':'scores:0'},"
             "'raw_detection_boxes':{'name':'boxes:0'}}},";
}

static void
signed_lists (GraphModel *f)
{
  network (f, LISTS);
  suppress_classes (f, "NonMaxSuppressionV5", 1, 3);
  f->extra = "'signature':{'outputs':{" SUPPRESSED "'raw_detection_scores':{'name':'scores:0'},"
             "'raw_detection_boxes':{'name':'boxes:0'}}},";
}

/* Names that say nothing: which column is the background's follows from the number of classes. */
static void
unsigned_raw (GraphModel *f)
{
  network (f, UNPACK);
  suppress_classes (f, "NonMaxSuppressionV4", 1, 3);
  graphmodel_node (f, "Identity_2", "Identity", "boxes", NULL);
  graphmodel_node (f, "Identity_3", "Identity", "scores", NULL);
}

static void
inputs_only (GraphModel *f)
{
  network (f, UNPACK);
  suppress_classes (f, "NonMaxSuppressionV3", 1, 3);
}

static void
with_score (GraphModel *f)
{
  network (f, LISTS);
  suppress_classes (f, "NonMaxSuppressionWithScore", 1, 3);
}

/* One class alone. */
static void
one_class (GraphModel *f)
{
  network (f, UNPACK);
  suppress_classes (f, "NonMaxSuppressionV5", 2, 1);
}

static void
combined (GraphModel *f)
{
  network (f, UNPACK);
  graphmodel_ints (f, "shared", "4", (gint32[]){1, 12, 1, 4});
  graphmodel_ints (f, "begin", "3", (gint32[]){0, 0, 1});
  graphmodel_ints (f, "size", "3", (gint32[]){1, 12, 3});
  graphmodel_ints (f, "most", "", (gint32[]){100});
  graphmodel_floats (f, "limit", "", (gfloat[]){0.5f});
  graphmodel_node (f, "spread", "Reshape", "boxes,shared", NULL);
  graphmodel_node (f, "classes", "Slice", "scores,begin,size", NULL);
  graphmodel_node (f, "nms", "CombinedNonMaxSuppression", "spread,classes,most,most,limit,limit",
                   NULL);
  graphmodel_node (f, "Identity", "Identity", "nms", NULL);
  graphmodel_node (f, "Identity_1", "Identity", "nms:1", NULL);
  graphmodel_node (f, "Identity_2", "Identity", "nms:2", NULL);
  graphmodel_node (f, "Identity_3", "Identity", "nms:3", NULL);
}

/* Suppression inside the loop over the batch: its inputs are read in the first turn. */
static void
in_a_loop (GraphModel *f)
{
  network (f, UNPACK);
  graphmodel_ints (f, "flat", "2", (gint32[]){12, 4});
  graphmodel_ints (f, "any", "1", (gint32[]){-1});
  graphmodel_ints (f, "begin", "2", (gint32[]){0, 2});
  graphmodel_ints (f, "column", "2", (gint32[]){12, 1});
  graphmodel_ints (f, "list", "1", (gint32[]){12});
  graphmodel_node (f, "per", "TensorListFromTensor", "boxes,any", NULL);
  graphmodel_node (f, "enter/i", "Enter", "zero", FRAME);
  graphmodel_node (f, "enter/per", "Enter", "per", FRAME);
  graphmodel_node (f, "enter/n", "Enter", "one", FRAME);
  graphmodel_node (f, "i", "Merge", "enter/i,next/i", NULL);
  graphmodel_node (f, "less", "Less", "i,enter/n", NULL);
  graphmodel_node (f, "go", "LoopCond", "less", NULL);
  graphmodel_node (f, "switch/i", "Switch", "i,go", NULL);
  graphmodel_node (f, "item", "TensorListGetItem", "enter/per,switch/i:1,any", NULL);
  graphmodel_node (f, "slice", "Slice", "item,begin,column", NULL);
  graphmodel_node (f, "own", "Reshape", "slice,list", NULL);
  graphmodel_node (f, "nms", "NonMaxSuppressionV5", "item,own,one", NULL);
  graphmodel_node (f, "enter/one", "Enter", "one", FRAME);
  graphmodel_node (f, "plus", "AddV2", "switch/i:1,enter/one", NULL);
  graphmodel_node (f, "next/i", "NextIteration", "plus", NULL);
  graphmodel_node (f, "enter/sum", "Enter", "zero", FRAME);
  graphmodel_node (f, "sum", "Merge", "enter/sum,next/sum", NULL);
  graphmodel_node (f, "switch/sum", "Switch", "sum,go", NULL);
  graphmodel_node (f, "found", "NobodyKnowsThisOp", "switch/sum:1,nms", NULL);
  graphmodel_node (f, "next/sum", "NextIteration", "found", NULL);
  graphmodel_node (f, "exit", "Exit", "switch/sum", NULL);
  graphmodel_node (f, "Identity", "Identity", "exit", NULL);
}

const TfjsSuppressing tfjs_suppressing[] = {
    {"signed-raw", signed_raw, 2}, {"signed-lists", signed_lists, 2}, {"unsigned", unsigned_raw, 2},
    {"inputs", inputs_only, 2},    {"with-score", with_score, 2},     {"one-class", one_class, 1},
    {"combined", combined, 2},     {"in-a-loop", in_a_loop, 1},
};

const guint tfjs_n_suppressing = G_N_ELEMENTS (tfjs_suppressing);

/* Boxes of each class' own. */
static void
own_boxes (GraphModel *f)
{
  network (f, UNPACK);
  graphmodel_node (f, "other", "Neg", "boxes", NULL);
  graphmodel_node (f, "nms0", "NonMaxSuppressionV5", "boxes,scores,one", NULL);
  graphmodel_node (f, "nms1", "NonMaxSuppressionV5", "other,scores,one", NULL);
  graphmodel_node (f, "y", "AddV2", "nms0,nms1", NULL);
}

static void
no_inputs (GraphModel *f)
{
  network (f, UNPACK);
  graphmodel_node (f, "nms0", "NonMaxSuppressionV5", "boxes", NULL);
}

static void
no_boxes (GraphModel *f)
{
  network (f, UNPACK);
  graphmodel_floats (f, "three", "3", (gfloat[]){1, 2, 3});
  graphmodel_node (f, "nms0", "NonMaxSuppressionV5", "three,three,one", NULL);
  f->extra = "'signature':{'outputs':{'y':{'name':'nms0'}}},";
}

const TfjsSuppressingWrong tfjs_suppressing_wrong[] = {
    {own_boxes, "suppression of this form"},
    {no_inputs, "suppression of this form"},
    {no_boxes, "not boxes and scores"},
};

const guint tfjs_n_suppressing_wrong = G_N_ELEMENTS (tfjs_suppressing_wrong);
