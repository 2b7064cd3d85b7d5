/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The public entry point of inference/: one open network. Open, fill the inputs, run, read the outputs, close.
 * One thread at a time per model; different models run in parallel (sharing a pool, they queue).
 * After open, run allocates nothing, logs nothing and touches no file. */
#include "inference/error.h"
#include "inference/pool.h"
#include "inference/tensor.h"

typedef struct TfcModel TfcModel;
struct TfcGraph; /* graph.h */

/* Looks at a model's tensors: when its inputs are set and it is about to run, and again when it has run and its
 * outputs stand. path: of its file. Called by the thread that runs it. */
typedef enum { TFC_RUN_BEGINS, TFC_RUN_ENDED } TfcRunStage;
typedef void TfcRunFunc (gpointer data, const gchar *path, TfcModel *model, TfcRunStage stage);

typedef struct {
  const gchar *backend; /* NULL: the default, "auto" */
  TfcPool *pool;        /* lent (a reference is taken); NULL: the calling thread alone */
  /* Shapes of inputs, of which the last for an input counts; others are as in the file. A file's batch of any size is
   * 1 unless it is given; every other size that the file leaves open must be. Fixed sizes may be given
   * another value: opening fails if the network does not go with it. */
  const TfcInputShape *input_shapes;
  guint n_input_shapes;
  /* Tensors inside the file (tfc_model_list) to be read off or set, each list ended by NULL; NULL: the file's own.
   * outputs: in this order, in place of the file's; what they do not need is not read, so a file may have operators
   * there that are not supported. No post-processing is looked for. inputs: in this order, before those of the
   * file that are still needed; what computes them is left out. For an input inside a GraphModel, which is float32, a shape must be given. */
  const gchar *const *inputs;
  const gchar *const *outputs;
  TfcRunFunc *watch; /* NULL: nobody looks */
  gpointer watch_data;
} TfcModelOptions;

/* Reads (.tflite or GraphModel, by content), lowers and plans path. options may be NULL.
 * NULL with error set (TFC_ERROR; SETTINGS: a shape is missing or does not fit, or a name is none). */
TfcModel *tfc_model_open (const gchar *path, const TfcModelOptions *options, GError **error);

/* The same from a graph built in memory; takes the graph, also on failure. Of the options only backend and pool
 * count. */
TfcModel *tfc_model_open_graph (struct TfcGraph *graph, const TfcModelOptions *options, GError **error);

void tfc_model_close (TfcModel *model); /* NULL is allowed */

/* Gives inputs another shape, while nobody runs the model: the same as opening it again with these shapes (a
 * dimension of -1 and inputs that are not named stay as they are), but weights that our kernels have packed for one
 * new shape are not packed again for the next. Tensors and names that the calls below gave are those of the shape before; inputs are zeros. The model
 * keeps the 8 plans that were used last, besides the one in use of no more than 256 MiB: to go back to one of their
 * shapes costs next to nothing, and its tensors are as they were left. The first new shape reads the file again, which must be as it was; from then on
 * the model holds it open (mapped; what was parsed of a GraphModel; its quantised weights as the floats that they stand for). FALSE with error set, and the model is as it was and runs: SETTINGS (no such input, another rank),
 * UNSUPPORTED (opened from a graph), or as for opening. */
gboolean tfc_model_reshape (TfcModel *model, const TfcInputShape *shapes, guint n_shapes, GError **error);

/* What a file's graph computes, in its order, before lowering: each tensor with type and shape, and the op that
 * computes it as the table of ops calls it. data, name and desc are lent for the call. options as for opening.
 * FALSE with error set. */
typedef void TfcTensorFunc (gpointer data, const gchar *name, const TfcTensor *desc, const gchar *op);
gboolean tfc_model_list (const gchar *path, const TfcModelOptions *options, TfcTensorFunc *func, gpointer data,
                         GError **error);

/* Inputs and outputs in the file's order. The tensor's data is where the caller writes an input
 * before run, and where an output stands until the next run. Owned by the model. */
guint tfc_model_n_inputs (const TfcModel *model);
guint tfc_model_n_outputs (const TfcModel *model);
const TfcTensor *tfc_model_input (const TfcModel *model, guint index);
const TfcTensor *tfc_model_output (const TfcModel *model, guint index);
/* The file's name for an input or an output, or "". */
const gchar *tfc_model_input_name (const TfcModel *model, guint index);
const gchar *tfc_model_output_name (const TfcModel *model, guint index);

/* Whether the file itself ends this output in a sigmoid or softmax (perhaps rounded or moved after that). */
gboolean tfc_model_output_activated (const TfcModel *model, guint index);

/* FALSE with error set (RUN). */
gboolean tfc_model_run (TfcModel *model, GError **error);

/* What the file does to a picture's values (0..255) before the network and leaves to the caller,
 * after stretching the picture to input 0 (bilinear, no half pixel, corners not aligned):
 * value * scale + offset. FALSE, and nothing written, if it does not say. */
gboolean tfc_model_picture (const TfcModel *model, gfloat *scale, gfloat *offset);

/* The post-processing that the file asks for after the network and that models/ does:
 * NULL if none, else its name: "TFLite_Detection_PostProcess", or "BoxCoder" for a box coder (and
 * perhaps a sigmoid: option "logits") that was found at the end of a GraphModel. Both have the
 * options y_scale, x_scale, h_scale, w_scale and num_classes, the anchors (cy, cx, h, w) as their
 * first constant, and stand behind two outputs: box encodings, then scores. "NonMaxSuppression": a
 * GraphModel's own suppression that was cut off; corner boxes, then scores, and num_classes. */
const gchar *tfc_model_postprocess (const TfcModel *model);
/* One of its options, fallback if it is not there. */
gdouble tfc_model_postprocess_option (const TfcModel *model, const gchar *name, gdouble fallback);
/* Its index-th constant input (the anchors), NULL if there are fewer. */
const TfcTensor *tfc_model_postprocess_const (const TfcModel *model, guint index);

/* For tfc-bench and stats. */
const gchar *tfc_model_backend (const TfcModel *model); /* the one asked for */
guint tfc_model_threads (const TfcModel *model);
guint64 tfc_model_macs (const TfcModel *model);  /* multiply-accumulates of one run */
gsize tfc_model_bytes (const TfcModel *model);   /* constants + arena, as far as we hold them */
/* Nodes that fell back to the reference, 0 when the backend runs all. */
guint tfc_model_n_fallback (const TfcModel *model);
/* Which share (0..1) of a run's time, by a rough estimate, goes to the reference because the backend does not
 * run everything. op, unless NULL: the name of the op with most of it ("GATHER_ND"), or NULL. */
gdouble tfc_model_slow_share (const TfcModel *model, const gchar **op);
