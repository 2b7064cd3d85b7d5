/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Makes a graph out of a file, one operator after another. Both readers use it: a reader parses its
 * format, says which operator is at hand, reads its options, and calls the functions of operators.h,
 * each of which adds what the operator computes.
 *
 * Shapes are inferred as nodes are added, so nobody needs those that a file declares for what lies
 * between two operators. What is computed from constants alone becomes a constant at once. Constants
 * and what is looked at while loading are counted against one budget, which follows from the size of
 * the file.
 *
 * Values are named by their ids in the graph. TFC_NONE is no value: it comes out of every call that
 * failed, which has then recorded why, and after a failure every call does nothing and gives TFC_NONE
 * (or FALSE). So a reader may nest calls and look once. Not thread-safe. */
#include "inference/graph/graph.h"

/* Where a graph begins and ends, as whoever opens the file asks for it: TfcModelOptions has the same (model.h). */
typedef struct {
  const TfcInputShape *input_shapes;
  guint n_input_shapes;
  const gchar *const *inputs, *const *outputs; /* NULL: the file's */
} TfcEnds;

typedef struct {
  TfcGraph *graph;   /* owned until tfc_builder_finish */
  const gchar *file; /* its name in messages; borrowed */
  gsize bytes;       /* of constants that may still be made */
  gsize work;        /* elements that may still be looked at or computed while loading */
  /* Constants that the budget does not suffice for. TRUE: an error, as what they say may decide what
   * is loaded. FALSE: they are left to lowering, which has a budget of its own. */
  gboolean must_fold;
  /* Shapes of inputs, and which tensors are inputs and outputs (ends.h); borrowed, NULL: as the file has them. */
  const TfcEnds *ends;
  /* The operator at hand, set by the reader before it calls anything below; all borrowed. */
  const gchar *op;    /* what the file calls it; NULL: none */
  const gchar *node;  /* the name of its node; NULL where nodes have none and are counted: */
  guint index;
  const gchar *name;  /* for the values that it makes; may be NULL */
  /*< private >*/
  GError *error;      /* the first; owned */
  GHashTable *wide;   /* constant of fewer bits -> the same as float32; made when there is one */
  guint8 *shapes_used; /* [ends->n_input_shapes] an input has this one; made when one has */
} TfcBuilder;

/* bytes and work: the budget. file is borrowed. */
void tfc_builder_init (TfcBuilder *b, const gchar *file, gsize bytes, gsize work);
/* The graph, checked (tfc_graph_check), or NULL with error set to the first thing that went wrong, whose
 * message names the file. b is empty then. */
TfcGraph *tfc_builder_finish (TfcBuilder *b, GError **error);

/* The graph's own error, if there is one, becomes the builder's. Returns FALSE. */
gboolean tfc_builder_take_error (TfcBuilder *b);

/* FALSE if something has gone wrong. */
static inline gboolean
tfc_builder_ok (TfcBuilder *b)
{
  return !b->error && (!b->graph->error || tfc_builder_take_error (b));
}

/* Records an error of the file, "FILE: ...", unless there is one. Returns FALSE. */
gboolean tfc_builder_fail (TfcBuilder *b, TfcErrorCode code, const gchar *format, ...)
    G_GNUC_PRINTF (3, 4);
/* The same of the operator at hand, which is wrong (FORMAT) or which we cannot run (UNSUPPORTED):
 * "FILE: [cannot run] OP node NAME: ..." or "FILE: [cannot run] OP (operator INDEX): ...". */
gboolean tfc_builder_bad (TfcBuilder *b, const gchar *format, ...) G_GNUC_PRINTF (2, 3);
gboolean tfc_builder_unsupported (TfcBuilder *b, const gchar *format, ...) G_GNUC_PRINTF (2, 3);
/* For those who give an id: TFC_NONE. */
#define TFC_BAD(b, ...) (tfc_builder_bad (b, __VA_ARGS__), TFC_NONE)
#define TFC_UNSUPPORTED(b, ...) (tfc_builder_unsupported (b, __VA_ARGS__), TFC_NONE)

/* Counts n elements that are about to be looked at; FALSE if so many cannot be, unless parts of the
 * file are used over and over. */
gboolean tfc_builder_work (TfcBuilder *b, gsize n);
/* Zeroed memory that the graph owns, counted; NULL on failure. */
void *tfc_builder_alloc (TfcBuilder *b, gsize bytes);

/* An input of the network, of the shape that was asked for (ends.h); desc: as the file has it, -1 for any size. A
 * batch of any size is 1, for others a shape must have been asked for. */
guint tfc_builder_input (TfcBuilder *b, const gchar *name, const TfcTensor *desc);
/* A constant that the caller fills in; *data is zeroed. Size and elements are counted. */
guint tfc_builder_constant (TfcBuilder *b, TfcType type, const TfcShape *shape, void **data);
/* Whole numbers as a constant of int32 or int64. */
guint tfc_builder_constant_ints (TfcBuilder *b, TfcType type, const TfcShape *shape,
                                 const gint32 *values);

/* Type, shape, and bytes if it is constant, of a value; good until the next is added. */
static inline const TfcTensor *
tfc_builder_tensor (const TfcBuilder *b, guint id)
{
  return &tfc_graph_v (b->graph, id)->tensor;
}

static inline const TfcShape *
tfc_builder_shape (const TfcBuilder *b, guint id)
{
  return &tfc_builder_tensor (b, id)->shape;
}

/* Numbers that are known while loading (known.c). what: "axis", for the message. FALSE, with the
 * error recorded: not constant, of another type, or too many. */
/* Whole numbers, int32 or int64 (then cut to int32), at most max; *n: how many. */
gboolean tfc_builder_ints (TfcBuilder *b, guint id, const gchar *what, gint32 *list, guint max,
                           guint *n);
gboolean tfc_builder_int (TfcBuilder *b, guint id, const gchar *what, gint32 *number);
/* A shape, whose dimensions may be -1. */
gboolean tfc_builder_known_shape (TfcBuilder *b, guint id, TfcShape *shape);
/* One real number: float32, int32, bool, or 8 bits as what they stand for. */
gboolean tfc_builder_number (TfcBuilder *b, guint id, const gchar *what, gdouble *number);
/* Any number of whole numbers, counted as work; g_free. NULL on failure. */
gint32 *tfc_builder_list (TfcBuilder *b, guint id, const gchar *what, gsize *n);
/* Makes an axis below 0, which counts from the end, one from the start; FALSE if there is none. */
gboolean tfc_builder_axis (TfcBuilder *b, gint32 *axis, gint rank);

/* Adds a node (node.c) and gives its output. y: the output's type and quantisation; its shape has rank -1, save
 * for RESHAPE and SLICE, where it says what comes out. NULL: like the first input.
 *
 * Constants with fewer bits (float16, quantised weights) of an operator on float32 become float32.
 * Where y is quantised otherwise than an op that only moves numbers would have it, the stored
 * numbers stay. If all inputs are constant the output is, and there is no node. */
guint tfc_build (TfcBuilder *b, TfcOp op, const TfcParams *params, const guint *in, guint n_in,
                 const TfcTensor *y);
/* The same of an op with several outputs, into out; y is that of the first. FALSE on failure. */
gboolean tfc_build_all (TfcBuilder *b, TfcOp op, const TfcParams *params, const guint *in, guint n_in,
                        const TfcTensor *y, guint *out);
/* The same with params of tfc_params (op) and y NULL. */
guint tfc_build1 (TfcBuilder *b, TfcOp op, guint x);
guint tfc_build2 (TfcBuilder *b, TfcOp op, guint a, guint b2);
