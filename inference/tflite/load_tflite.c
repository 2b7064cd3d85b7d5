/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/builder/load.h"
#include "inference/tflite/reader.h"

#define SCHEMA_VERSION 3
/* Constants that must be copied or decoded may take this much beside the file. */
#define BUDGET_TIMES 8
#define BUDGET_BYTES (1 << 20)

/* Field numbers of the schema. */
enum { MODEL_VERSION, MODEL_CODES, MODEL_SUBGRAPHS, MODEL_BUFFERS = 4 };
enum { CODE_OLD, CODE_CUSTOM, CODE_BUILTIN = 3 };
enum { OPERATOR_CODE, OPERATOR_OPTIONS = 4, OPERATOR_CUSTOM };

guint
tfc_tfl_numbers (TfcTfl *l, gsize table, guint field, guint *numbers, guint max, gboolean optional)
{
  TfcFbVector v = tfc_fb_vector (&l->fb, table, field, 4);
  if (v.n > max) {
    tfc_fb_fail (&l->fb, v.at, "an operator has too many inputs or outputs");
    return 0;
  }
  for (guint32 i = 0; i < v.n; i++) {
    gint32 id = tfc_fb_at_i32 (&l->fb, v, i);
    gboolean missing = id == -1 && optional;
    numbers[i] = missing ? TFC_NONE : (guint)id;
    if (!missing && numbers[i] >= l->n_tensors)
      tfc_fb_fail (&l->fb, v.at + 4 * i, "a tensor that does not exist is used");
  }
  return l->fb.error ? 0 : v.n;
}

static gboolean
read_operator (TfcTfl *l, guint index, gsize table, TfcFbVector codes)
{
  TfcTflNode node;
  guint32 which = tfc_fb_u32 (&l->fb, table, OPERATOR_CODE, 0);
  gsize code_table;
  gint code;
  gchar *custom;
  gboolean done;
  if (which >= codes.n) {
    tfc_fb_fail (&l->fb, table, "an operator's code does not exist");
    return FALSE;
  }
  code_table = tfc_fb_at_table (&l->fb, codes, which);
  code = MAX (tfc_fb_i8 (&l->fb, code_table, CODE_OLD, 0),
              tfc_fb_i32 (&l->fb, code_table, CODE_BUILTIN, 0));
  node.options = tfc_fb_table (&l->fb, table, OPERATOR_OPTIONS);
  node.custom = tfc_fb_vector (&l->fb, table, OPERATOR_CUSTOM, 1);
  node.n_in = tfc_tfl_numbers (l, table, TFC_TFL_OPERATOR_INPUTS, node.tensor_in,
                               TFC_MAX_NODE_INPUTS, TRUE);
  node.n_out =
      tfc_tfl_numbers (l, table, TFC_TFL_OPERATOR_OUTPUTS, node.out, TFC_MAX_NODE_INPUTS, FALSE);
  custom = tfc_fb_string (&l->fb, code_table, CODE_CUSTOM);
  l->b.index = index;
  done = tfc_tfl_good (l) && tfc_tfl_operator (l, &node, code, custom) && tfc_tfl_good (l);
  l->b.op = NULL;
  g_free (custom);
  return done;
}

static gboolean
read_operators (TfcTfl *l, gsize subgraph, TfcFbVector codes)
{
  TfcFbVector v = tfc_fb_vector (&l->fb, subgraph, TFC_TFL_GRAPH_OPERATORS, 4);
  if (v.n > TFC_MAX_NODES)
    tfc_fb_fail (&l->fb, v.at, "too many operators");
  for (guint32 i = 0; i < v.n && tfc_tfl_good (l); i++) {
    if (l->stopped)
      return tfc_builder_fail (&l->b, TFC_ERROR_UNSUPPORTED, "operators after %s are not supported",
                               l->b.graph->tail->name);
    if (l->skipped && l->skipped[i])
      continue;
    if (!read_operator (l, i, tfc_fb_at_table (&l->fb, v, i), codes))
      return FALSE;
  }
  return tfc_tfl_good (l);
}

static void
add_input (TfcTfl *l, TfcTflTensor *t, const gchar *name)
{
  const TfcTensor desc = {.type = t->type, .shape = tfc_tfl_open_shape (l, t), .quant = t->quant};
  if (l->skipped && (!t->wanted || t->id != TFC_NONE)) /* nothing needs it, or it was asked for */
    return;
  if (!t->supported)
    tfc_builder_fail (&l->b, TFC_ERROR_UNSUPPORTED, "input %s has a type that is not supported",
                      name);
  else if (t->id != TFC_NONE)
    tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "input %s is a constant or listed twice", name);
  else
    t->id = tfc_builder_input (&l->b, name, &desc);
}

static void
add_output (TfcTfl *l, TfcTflTensor *t, const gchar *name)
{
  if (t->id == TFC_NONE)
    tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "nothing computes output %s", name);
  else
    tfc_graph_output (l->b.graph, t->id);
}

typedef void Add (TfcTfl *l, TfcTflTensor *t, const gchar *name);

static void
add_end (TfcTfl *l, guint tensor, Add *add)
{
  gchar *name = tfc_tfl_name (l, &l->tensors[tensor]);
  add (l, &l->tensors[tensor], name ? name : "");
  g_free (name);
}

static gboolean
read_ends (TfcTfl *l, gsize subgraph, guint field, Add *add)
{
  TfcFbVector v = tfc_fb_vector (&l->fb, subgraph, field, 4);
  if (v.n > l->n_tensors)
    tfc_fb_fail (&l->fb, v.at, "too many inputs or outputs");
  for (guint32 i = 0; i < v.n && tfc_tfl_good (l); i++) {
    guint32 id = (guint32)tfc_fb_at_i32 (&l->fb, v, i);
    if (id >= l->n_tensors)
      tfc_fb_fail (&l->fb, v.at + 4 * i, "an input or output that does not exist");
    else
      add_end (l, id, add);
  }
  return tfc_tfl_good (l);
}

/* The ends that were asked for by name: their tensors. */
static gboolean
add_named (TfcTfl *l, const GArray *tensors, Add *add)
{
  for (guint i = 0; i < tensors->len && tfc_tfl_good (l); i++)
    add_end (l, g_array_index (tensors, guint, i), add);
  return tfc_tfl_good (l);
}

static gboolean
read_between (TfcTfl *l, gsize subgraph, TfcFbVector codes)
{
  const TfcEnds *o = l->b.ends;
  TfcTflCut cut;
  const gboolean ok =
      tfc_tfl_cut_init (l, &cut, subgraph) && add_named (l, cut.inputs, add_input) &&
      read_ends (l, subgraph, TFC_TFL_GRAPH_INPUTS, add_input) &&
      read_operators (l, subgraph, codes) &&
      (l->stopped ||
       (o && o->outputs ? add_named (l, cut.outputs, add_output)
                        : read_ends (l, subgraph, TFC_TFL_GRAPH_OUTPUTS, add_output)));
  tfc_tfl_cut_finish (&cut);
  return ok;
}

static void
read_model (TfcTfl *l)
{
  gsize model = tfc_fb_root (&l->fb, "TFL3"), subgraph = 0;
  TfcFbVector codes = tfc_fb_vector (&l->fb, model, MODEL_CODES, 4);
  TfcFbVector subgraphs = tfc_fb_vector (&l->fb, model, MODEL_SUBGRAPHS, 4);
  TfcFbVector buffers = tfc_fb_vector (&l->fb, model, MODEL_BUFFERS, 4), tensors;
  if (model && tfc_fb_u32 (&l->fb, model, MODEL_VERSION, 0) != SCHEMA_VERSION)
    tfc_fb_fail (&l->fb, model, "not schema version 3");
  if (!subgraphs.n)
    tfc_fb_fail (&l->fb, model, "no graph");
  else
    subgraph = tfc_fb_at_table (&l->fb, subgraphs, 0);
  tensors = tfc_fb_vector (&l->fb, subgraph, TFC_TFL_GRAPH_TENSORS, 4);
  if (tfc_tfl_tensors (l, tensors, buffers))
    read_between (l, subgraph, codes);
}

static TfcGraph *
load (GBytes *bytes, const gchar *name, const TfcEnds *ends, gboolean mapped, GError **error)
{
  TfcTfl l = {.copies = g_hash_table_new (NULL, NULL)};
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const gsize budget =
      size < G_MAXSSIZE / BUDGET_TIMES ? size * BUDGET_TIMES + BUDGET_BYTES : G_MAXSSIZE;
  tfc_fb_init (&l.fb, data, size, name);
  tfc_builder_init (&l.b, name, budget, budget);
  l.b.ends = ends;
  (mapped ? tfc_graph_keep_file : tfc_graph_keep) (l.b.graph, bytes);
  read_model (&l);
  if (l.fb.error) { /* what was made of it says less */
    g_clear_error (&l.b.error);
    l.b.error = g_steal_pointer (&l.fb.error);
  }
  tfc_fb_finish (&l.fb);
  g_hash_table_unref (l.copies);
  g_free (l.tensors);
  g_free (l.skipped);
  return tfc_builder_finish (&l.b, error);
}

TfcGraph *
tfc_load_tflite_bytes (GBytes *bytes, const gchar *name, GError **error)
{
  return load (bytes, name, NULL, FALSE, error);
}

TfcGraph *
tfc_load_tflite_bytes_with (GBytes *bytes, const gchar *name, const TfcEnds *ends, GError **error)
{
  return load (bytes, name, ends, FALSE, error);
}

TfcGraph *
tfc_load_tflite (const gchar *path, GError **error)
{
  return tfc_load_tflite_with (path, NULL, error);
}

typedef struct {
  GBytes *bytes; /* mapped */
  gchar *path;
} File;

gpointer
tfc_tflite_open (const gchar *path, GError **error)
{
  GError *failed = NULL;
  GMappedFile *mapped = g_mapped_file_new (path, FALSE, &failed);
  File *file;
  if (!mapped) {
    const TfcErrorCode code = tfc_error_of_file (failed);
    g_set_error (error, TFC_ERROR, (gint)code, "%s: %s", path,
                 code == TFC_ERROR_MEMORY ? "no memory to map it into" : failed->message);
    g_error_free (failed);
    return NULL;
  }
  file = g_new (File, 1);
  *file = (File){g_mapped_file_get_bytes (mapped), g_strdup (path)};
  g_mapped_file_unref (mapped);
  return file;
}

TfcGraph *
tfc_tflite_graph (gpointer file, const TfcEnds *ends, GError **error)
{
  const File *f = file;
  return load (f->bytes, f->path, ends, TRUE, error);
}

void
tfc_tflite_each (gpointer file, TfcSourceFunc *func, gpointer data)
{
  func (data, ((const File *)file)->bytes);
}

void
tfc_tflite_close (gpointer file)
{
  File *f = file;
  g_bytes_unref (f->bytes);
  g_free (f->path);
  g_free (f);
}

TfcGraph *
tfc_load_tflite_with (const gchar *path, const TfcEnds *ends, GError **error)
{
  gpointer file = tfc_tflite_open (path, error);
  TfcGraph *graph = file ? tfc_tflite_graph (file, ends, error) : NULL;
  if (file)
    tfc_tflite_close (file);
  return graph;
}
