/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What lower.c drives: passes over a checked graph. A pass is one function that looks at one node
 * and perhaps changes the graph through the calls below; it is called for every node in running
 * order, and all passes are repeated until none changes anything. To add one: write the function,
 * name it here, put it into the table of lower.c.
 *
 * During a pass node indices and value ids stay valid (removed nodes leave a hole that is closed
 * after the pass, n_in 0); new values and nodes are added with graph.h's calls. tfc_graph_v and
 * tfc_graph_n pointers last until the next value or node is added. */
#include "inference/graph/graph.h"

/* What lowering may still spend, however the file reuses its parts. */
typedef struct {
  gsize bytes; /* of new constants */
  gsize work;  /* multiply-accumulates or elements while folding */
} TfcBudget;

typedef struct {
  TfcGraph *graph;
  guint n_values;  /* when the pass began; arrays below have so many elements */
  guint *uses;     /* by value: inputs of nodes that it is, and graph outputs and tail constants */
  guint *producer; /* by value: node index, TFC_NONE for inputs and constants */
  guint *alias;    /* by value: what took its place, itself if nothing did */
  gboolean *output; /* by value: it is an output of the graph */
  guint changed;   /* how often something was done */
  TfcBudget *budget;
} TfcRewriter;

typedef void (*TfcPass) (TfcRewriter *rewriter, guint node);

/* Passes. fold.c */
void tfc_pass_fold (TfcRewriter *rewriter, guint node);        /* all inputs constant: run it now */
/* simplify.c */
void tfc_pass_noop (TfcRewriter *rewriter, guint node);        /* changes nothing: gone */
void tfc_pass_reshape (TfcRewriter *rewriter, guint node);     /* RESHAPE of RESHAPE: one */
/* absorb_preprocess.c */
void tfc_pass_absorb_preprocess (TfcRewriter *rewriter, guint node);        /* MUL, ADD, SUB on a picture: its sampler's */
/* transposes.c: networks of another layout turn around every convolution */
void tfc_pass_join_transposes (TfcRewriter *rewriter, guint node); /* TRANSPOSE of TRANSPOSE: one */
void tfc_pass_sink_transpose (TfcRewriter *rewriter, guint node);  /* elementwise, PAD, CONCAT, SLICE of it: before it */
void tfc_pass_turned_rows (TfcRewriter *rewriter, guint node); /* rows made one axis behind the channels: before TRANSPOSE */
/* transposed_convolution.c */
void tfc_pass_transpose_conv (TfcRewriter *rewriter, guint node); /* TRANSPOSE_CONV_2D of float32: CONV_2D, DEPTH_TO_SPACE */
/* fuse.c */
void tfc_pass_linear (TfcRewriter *rewriter, guint node);      /* MUL, ADD, SUB a channel: into the weights */
void tfc_pass_sink (TfcRewriter *rewriter, guint node);        /* ADD a channel after an ADD of a convolution: its bias */
void tfc_pass_activation (TfcRewriter *rewriter, guint node);  /* CLAMP: into the node before */
void tfc_pass_leaky_relu (TfcRewriter *rewriter, guint node);  /* of a convolution: PRELU, which may be its epilogue */
void tfc_pass_pad (TfcRewriter *rewriter, guint node);         /* PAD before it: into its own padding */

/* Removes nodes that have no outputs any more. */
void tfc_close_holes (TfcGraph *graph);
/* Nodes and values that no output needs, and memory that no value needs, are dropped; ids change. */
void tfc_eliminate_dead (TfcGraph *graph);

/* Memory that no value points into is freed. */
void tfc_drop_memory (TfcGraph *graph);

/* Constant bytes of a value, NULL if it has none or is TFC_NONE. */
const void *tfc_rewriter_data (const TfcRewriter *rewriter, guint value);
/* Index of the node whose output this value is, if nothing but one input of one node reads it and
 * it may therefore vanish; else TFC_NONE. */
guint tfc_rewriter_private (const TfcRewriter *rewriter, guint value);
/* Zeroed memory that the graph owns; NULL (no error) if lowering has used up what it may use. */
void *tfc_rewriter_alloc (TfcRewriter *rewriter, gsize bytes);
/* A new float32 constant over data (from tfc_rewriter_alloc). */
guint tfc_rewriter_const (TfcRewriter *rewriter, const gchar *name, const TfcShape *shape, void *data);
/* The node reads value as its input k from now on. */
void tfc_rewriter_input (TfcRewriter *rewriter, guint node, guint k, guint value);
void tfc_rewriter_remove (TfcRewriter *rewriter, guint node);
/* The node is gone and who read its output reads value; FALSE, and nothing done, if its output
 * must stay because it is one of the graph's. */
gboolean tfc_rewriter_replace (TfcRewriter *rewriter, guint node, guint value);
/* The node is gone and the one before it computes its output; before's old output vanishes. */
void tfc_rewriter_absorb (TfcRewriter *rewriter, guint before, guint node);
