/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/load.h"
#include "inference/tflite/reader.h"

#include <string.h>

#define SCHEMA_VERSION 3
/* Constants that must be copied or decoded may take this much beside the file. */
#define BUDGET_TIMES 8
#define BUDGET_BYTES (1 << 20)

/* Field numbers of the schema. */
enum { MODEL_VERSION, MODEL_CODES, MODEL_SUBGRAPHS, MODEL_BUFFERS = 4 };
enum { CODE_OLD, CODE_CUSTOM, CODE_BUILTIN = 3 };
enum { GRAPH_TENSORS, GRAPH_INPUTS, GRAPH_OUTPUTS, GRAPH_OPERATORS };
enum {
  TENSOR_SHAPE,
  TENSOR_TYPE,
  TENSOR_BUFFER,
  TENSOR_NAME,
  TENSOR_QUANT,
  TENSOR_VARIABLE,
  TENSOR_SPARSITY,
  TENSOR_SIGNATURE,
  TENSOR_HAS_RANK
};
enum { QUANT_SCALE = 2, QUANT_ZERO_POINT, QUANT_DETAILS_TYPE, QUANT_DETAILS, QUANT_DIMENSION };
enum { OPERATOR_CODE, OPERATOR_INPUTS, OPERATOR_OUTPUTS, OPERATOR_OPTIONS = 4, OPERATOR_CUSTOM };
enum { BUFFER_DATA, BUFFER_OFFSET, BUFFER_SIZE };

/* TensorType of the schema -> ours, -1 for those we do not run. */
static const gint types[] = {
    TFC_TYPE_F32, TFC_TYPE_F16,  TFC_TYPE_I32, TFC_TYPE_U8, TFC_TYPE_I64,
    -1,           TFC_TYPE_BOOL, -1,           -1,          TFC_TYPE_I8,
};

static gboolean
fail (TfcTfl *l, gint code, const gchar *kind, const TfcTflNode *node, const gchar *why)
{
  if (!l->fb.error)
    tfc_graph_fail (l->graph, g_error_new (TFC_ERROR, code, "%s: %s%s (operator %u): %s", l->name,
                                           kind, node->name, node->index, why));
  return FALSE;
}

gboolean
tfc_tfl_unsupported (TfcTfl *l, const TfcTflNode *node, const gchar *why)
{
  return fail (l, TFC_ERROR_UNSUPPORTED, "cannot run ", node, why);
}

gboolean
tfc_tfl_corrupt (TfcTfl *l, const TfcTflNode *node, const gchar *why)
{
  return fail (l, TFC_ERROR_FORMAT, "corrupt ", node, why);
}

static void *
take_budget (TfcTfl *l, gsize bytes)
{
  if (bytes > l->budget) {
    tfc_graph_fail (l->graph, g_error_new (TFC_ERROR, TFC_ERROR_FORMAT,
                                           "%s: constants are far larger than the file", l->name));
    return NULL;
  }
  l->budget -= bytes;
  return tfc_graph_alloc (l->graph, bytes);
}

gboolean
tfc_tfl_work (TfcTfl *l, gsize n)
{
  if (n > l->work) {
    tfc_fb_fail (&l->fb, l->fb.size,
                 "parts of the file are used over and over, which no sound file does,");
    return FALSE;
  }
  l->work -= n;
  return TRUE;
}

void *
tfc_tfl_alloc (TfcTfl *l, const TfcTflNode *node, gsize bytes)
{
  return take_budget (l, bytes);
}

/* Bytes of the file as aligned memory with a tail: the mapping itself where that will do. */
static void *
constant (TfcTfl *l, TfcFbVector v, gsize bytes, gsize align)
{
  const guint8 *at = l->fb.data + v.at;
  /* The same place may hold bytes for one user and scales for another: two keys. */
  gpointer key = GSIZE_TO_POINTER (v.at * 2 + (bytes != v.n));
  void *copy;
  if (GPOINTER_TO_SIZE (at) % align == 0 && l->fb.size - v.at >= bytes + TFC_TAIL_BYTES)
    return (void *)at;
  copy = g_hash_table_lookup (l->copies, key);
  if (copy)
    return copy;
  copy = take_budget (l, bytes);
  if (copy) {
    memcpy (copy, at, bytes);
    g_hash_table_insert (l->copies, key, copy);
  }
  return copy;
}

static TfcShape
read_shape (TfcTfl *l, gsize table)
{
  TfcFbVector v = tfc_fb_vector (&l->fb, table, TENSOR_SHAPE, 4);
  TfcFbVector signature = tfc_fb_vector (&l->fb, table, TENSOR_SIGNATURE, 4);
  TfcShape shape = {.rank = -1};
  if (!v.n && signature.n)
    v = signature;
  if (v.n > TFC_MAX_RANK) {
    tfc_fb_fail (&l->fb, v.at, "a tensor has too many dimensions");
    return shape;
  }
  shape.rank = v.n;
  for (guint i = 0; i < v.n; i++) {
    shape.dim[i] = tfc_fb_at_i32 (&l->fb, v, i);
    if (shape.dim[i] < 0) /* any size: we run one */
      shape.dim[i] = 1;
  }
  return shape;
}

static void
read_quant (TfcTfl *l, gsize quant, TfcQuant *q)
{
  TfcFbVector scale = tfc_fb_vector (&l->fb, quant, QUANT_SCALE, 4);
  TfcFbVector zero = tfc_fb_vector (&l->fb, quant, QUANT_ZERO_POINT, 8);
  gint64 zero_point = zero.n ? tfc_fb_at_i64 (&l->fb, zero, 0) : 0;
  if (!scale.n)
    return;
  if (zero_point < G_MININT32 || zero_point > G_MAXINT32) {
    tfc_fb_fail (&l->fb, zero.at, "zero point out of range");
    return;
  }
  memcpy (&q->scale, l->fb.data + scale.at, sizeof q->scale);
  q->zero_point = (gint32)zero_point;
  /* One zero point is kept: that of all channels. */
  for (guint32 i = 1; i < zero.n && tfc_tfl_work (l, 1); i++) {
    if (tfc_fb_at_i64 (&l->fb, zero, i) != zero_point)
      tfc_fb_fail (&l->fb, zero.at + 8 * (gsize)i, "zero points that differ between channels");
  }
  if (scale.n > 1) {
    q->axis = tfc_fb_i32 (&l->fb, quant, QUANT_DIMENSION, 0);
    q->n_channels = scale.n;
    q->scales = constant (l, scale, 4 * (gsize)scale.n, 4);
  }
}

/* The quantisation must be one that the shape can have. */
static void
check_quant (TfcTfl *l, gsize table, const TfcTensor *t)
{
  const TfcQuant *q = &t->quant;
  gboolean good = q->scale >= 0 && q->scale <= G_MAXFLOAT && tfc_tfl_work (l, q->n_channels);
  for (guint i = 0; good && i < q->n_channels && q->scales; i++)
    good = good && q->scales[i] >= 0 && q->scales[i] <= G_MAXFLOAT;
  if (q->n_channels)
    good = good && q->axis >= 0 && q->axis < t->shape.rank &&
           t->shape.dim[q->axis] == (gint64)q->n_channels;
  if (!good)
    tfc_fb_fail (&l->fb, table, "impossible quantisation of a tensor");
}

static void
read_constant (TfcTfl *l, gsize table, TfcFbVector buffers, TfcTflTensor *t, TfcTensor *desc)
{
  guint32 index = tfc_fb_u32 (&l->fb, table, TENSOR_BUFFER, 0);
  gsize buffer, count;
  if (index >= buffers.n) {
    tfc_fb_fail (&l->fb, table, "a tensor's buffer does not exist");
    return;
  }
  buffer = tfc_fb_at_table (&l->fb, buffers, index);
  t->bytes = tfc_fb_vector (&l->fb, buffer, BUFFER_DATA, 1);
  if (!t->bytes.n || t->sparsity || !t->supported || l->fb.error)
    return;
  if (!tfc_shape_count (&t->shape, &count) || count > G_MAXSSIZE / 8 ||
      count * tfc_type_size (desc->type) != t->bytes.n)
    tfc_fb_fail (&l->fb, t->bytes.at, "a constant's bytes do not fit its shape and type");
  else
    desc->data = constant (l, t->bytes, t->bytes.n, tfc_type_size (desc->type));
}

static void
read_tensor (TfcTfl *l, gsize table, TfcFbVector buffers, TfcTflTensor *t)
{
  TfcTensor desc = {0};
  gchar *name = tfc_fb_string (&l->fb, table, TENSOR_NAME);
  t->file_type = tfc_fb_i8 (&l->fb, table, TENSOR_TYPE, 0);
  t->supported =
      t->file_type >= 0 && (gsize)t->file_type < G_N_ELEMENTS (types) && types[t->file_type] >= 0;
  t->sparsity = tfc_fb_table (&l->fb, table, TENSOR_SPARSITY);
  t->shape = read_shape (l, table);
  desc.type = t->supported ? types[t->file_type] : TFC_TYPE_F32;
  desc.shape = t->shape;
  if (desc.type == TFC_TYPE_U8 || desc.type == TFC_TYPE_I8 || desc.type == TFC_TYPE_I32)
    read_quant (l, tfc_fb_table (&l->fb, table, TENSOR_QUANT), &desc.quant);
  if (!l->fb.error)
    check_quant (l, table, &desc);
  read_constant (l, table, buffers, t, &desc);
  tfc_graph_value (l->graph, name, &desc);
  g_free (name);
}

static gboolean
read_tensors (TfcTfl *l, gsize subgraph, TfcFbVector buffers)
{
  TfcFbVector v = tfc_fb_vector (&l->fb, subgraph, GRAPH_TENSORS, 4);
  if (v.n > TFC_MAX_VALUES)
    tfc_fb_fail (&l->fb, v.at, "too many tensors");
  if (l->fb.error)
    return FALSE;
  l->tensors = g_new0 (TfcTflTensor, v.n);
  l->n_tensors = v.n;
  for (guint32 i = 0; i < v.n && !l->fb.error && !l->graph->error; i++)
    read_tensor (l, tfc_fb_at_table (&l->fb, v, i), buffers, &l->tensors[i]);
  return !l->fb.error && !l->graph->error;
}

/* Tensor numbers into ids; optional: -1 stands for one that is not there. */
static guint
read_ids (TfcTfl *l, gsize table, guint field, guint *ids, guint max, gboolean optional)
{
  TfcFbVector v = tfc_fb_vector (&l->fb, table, field, 4);
  if (v.n > max) {
    tfc_fb_fail (&l->fb, v.at, "an operator has too many inputs or outputs");
    return 0;
  }
  for (guint32 i = 0; i < v.n; i++) {
    gint32 id = tfc_fb_at_i32 (&l->fb, v, i);
    gboolean missing = id == -1 && optional;
    ids[i] = missing ? TFC_NONE : (guint)id;
    if (!missing && ids[i] >= l->n_tensors)
      tfc_fb_fail (&l->fb, v.at + 4 * i, "a tensor that does not exist is used");
  }
  return l->fb.error ? 0 : v.n;
}

static gboolean
read_operator (TfcTfl *l, guint index, gsize table, TfcFbVector codes)
{
  TfcTflNode node = {.index = index};
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
  node.n_in = read_ids (l, table, OPERATOR_INPUTS, node.in, G_N_ELEMENTS (node.in), TRUE);
  node.n_out = read_ids (l, table, OPERATOR_OUTPUTS, node.out, G_N_ELEMENTS (node.out), FALSE);
  custom = tfc_fb_string (&l->fb, code_table, CODE_CUSTOM);
  done = !l->fb.error && tfc_tfl_operator (l, &node, code, custom);
  g_free (custom);
  return done;
}

static gboolean
read_operators (TfcTfl *l, gsize subgraph, TfcFbVector codes)
{
  TfcFbVector v = tfc_fb_vector (&l->fb, subgraph, GRAPH_OPERATORS, 4);
  if (v.n > TFC_MAX_NODES)
    tfc_fb_fail (&l->fb, v.at, "too many operators");
  for (guint32 i = 0; i < v.n && !l->fb.error; i++) {
    if (l->stopped) {
      tfc_graph_fail (l->graph, g_error_new (TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                                             "%s: operators after %s are not supported", l->name,
                                             l->graph->tail->name));
      return FALSE;
    }
    if (!read_operator (l, i, tfc_fb_at_table (&l->fb, v, i), codes))
      return FALSE;
  }
  return !l->fb.error;
}

static void
read_ends (TfcTfl *l, gsize subgraph, guint field, void (*add) (TfcGraph *, guint))
{
  TfcFbVector v = tfc_fb_vector (&l->fb, subgraph, field, 4);
  if (v.n > l->n_tensors) {
    tfc_fb_fail (&l->fb, v.at, "too many inputs or outputs");
    return;
  }
  for (guint32 i = 0; i < v.n && !l->fb.error; i++) {
    guint32 id = (guint32)tfc_fb_at_i32 (&l->fb, v, i);
    if (id >= l->n_tensors || !l->tensors[id].supported)
      tfc_fb_fail (&l->fb, v.at + 4 * i,
                   "an input or output that does not exist or has a type we do not know");
    else
      add (l->graph, id);
  }
}

static void
read_model (TfcTfl *l)
{
  gsize model = tfc_fb_root (&l->fb, "TFL3"), subgraph = 0;
  TfcFbVector codes = tfc_fb_vector (&l->fb, model, MODEL_CODES, 4);
  TfcFbVector subgraphs = tfc_fb_vector (&l->fb, model, MODEL_SUBGRAPHS, 4);
  TfcFbVector buffers = tfc_fb_vector (&l->fb, model, MODEL_BUFFERS, 4);
  if (model && tfc_fb_u32 (&l->fb, model, MODEL_VERSION, 0) != SCHEMA_VERSION)
    tfc_fb_fail (&l->fb, model, "not schema version 3");
  if (!subgraphs.n)
    tfc_fb_fail (&l->fb, model, "no graph");
  else
    subgraph = tfc_fb_at_table (&l->fb, subgraphs, 0);
  if (l->fb.error || !read_tensors (l, subgraph, buffers) || !read_operators (l, subgraph, codes))
    return;
  read_ends (l, subgraph, GRAPH_INPUTS, tfc_graph_input);
  if (!l->stopped)
    read_ends (l, subgraph, GRAPH_OUTPUTS, tfc_graph_output);
}

static TfcGraph *
load (GBytes *bytes, const gchar *name, gboolean mapped, GError **error)
{
  TfcTfl l = {.name = name, .graph = tfc_graph_new (), .copies = g_hash_table_new (NULL, NULL)};
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GError *failed = NULL;
  tfc_fb_init (&l.fb, data, size, name);
  l.budget = size < G_MAXSSIZE / BUDGET_TIMES ? size * BUDGET_TIMES + BUDGET_BYTES : G_MAXSSIZE;
  l.work = l.budget;
  (mapped ? tfc_graph_keep_file : tfc_graph_keep) (l.graph, bytes);
  read_model (&l);
  if (l.fb.error)
    failed = g_steal_pointer (&l.fb.error);
  else if (l.graph->error)
    failed = g_steal_pointer (&l.graph->error);
  else if (!tfc_graph_check (l.graph, &failed))
    g_prefix_error (&failed, "%s: ", name);
  tfc_fb_finish (&l.fb);
  g_hash_table_unref (l.copies);
  g_free (l.tensors);
  if (!failed)
    return l.graph;
  tfc_graph_free (l.graph);
  g_propagate_error (error, failed);
  return NULL;
}

TfcGraph *
tfc_load_tflite_bytes (GBytes *bytes, const gchar *name, GError **error)
{
  return load (bytes, name, FALSE, error);
}

TfcGraph *
tfc_load_tflite (const gchar *path, GError **error)
{
  GError *failed = NULL;
  GMappedFile *file = g_mapped_file_new (path, FALSE, &failed);
  TfcGraph *graph;
  GBytes *bytes;
  if (!file) {
    const TfcErrorCode code = tfc_error_of_file (failed);
    g_set_error (error, TFC_ERROR, (gint)code, "%s: %s", path,
                 code == TFC_ERROR_MEMORY ? "no memory to map it into" : failed->message);
    g_error_free (failed);
    return NULL;
  }
  bytes = g_mapped_file_get_bytes (file);
  g_mapped_file_unref (file);
  graph = load (bytes, path, TRUE, error);
  g_bytes_unref (bytes);
  return graph;
}
