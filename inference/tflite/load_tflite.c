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
good (TfcTfl *l)
{
  return !l->fb.error && tfc_builder_ok (&l->b);
}

gchar *
tfc_tfl_name (TfcTfl *l, const TfcTflTensor *t)
{
  return tfc_fb_string (&l->fb, t->table, TENSOR_NAME);
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
  copy = tfc_builder_alloc (&l->b, bytes);
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
    shape.dim[i] = MAX (shape.dim[i], -1); /* any size */
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
  for (guint32 i = 1; i < zero.n && tfc_builder_work (&l->b, 1); i++) {
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
check_quant (TfcTfl *l, gsize table, const TfcTflTensor *t)
{
  const TfcQuant *q = &t->quant;
  gboolean sound =
      q->scale >= 0 && q->scale <= G_MAXFLOAT && tfc_builder_work (&l->b, q->n_channels);
  for (guint i = 0; sound && i < q->n_channels && q->scales; i++)
    sound = q->scales[i] >= 0 && q->scales[i] <= G_MAXFLOAT;
  if (q->n_channels)
    sound = sound && q->axis >= 0 && q->axis < t->shape.rank &&
            t->shape.dim[q->axis] == (gint64)q->n_channels;
  if (!sound)
    tfc_fb_fail (&l->fb, table, "impossible quantisation of a tensor");
}

static void
read_constant (TfcTfl *l, gsize table, TfcFbVector buffers, TfcTflTensor *t)
{
  guint32 index = tfc_fb_u32 (&l->fb, table, TENSOR_BUFFER, 0);
  TfcTensor desc = {.type = t->type, .shape = t->shape, .quant = t->quant};
  gsize buffer, count;
  if (index >= buffers.n) {
    tfc_fb_fail (&l->fb, table, "a tensor's buffer does not exist");
    return;
  }
  buffer = tfc_fb_at_table (&l->fb, buffers, index);
  t->bytes = tfc_fb_vector (&l->fb, buffer, BUFFER_DATA, 1);
  if (!t->bytes.n || t->sparsity || !t->supported || !good (l))
    return;
  if (!tfc_shape_count (&t->shape, &count) || count > G_MAXSSIZE / 8 ||
      count * tfc_type_size (t->type) != t->bytes.n) {
    tfc_fb_fail (&l->fb, t->bytes.at, "a constant's bytes do not fit its shape and type");
    return;
  }
  desc.data = constant (l, t->bytes, t->bytes.n, tfc_type_size (t->type));
  if (desc.data) {
    gchar *name = tfc_tfl_name (l, t);
    t->id = tfc_graph_value (l->b.graph, name, &desc);
    g_free (name);
  }
}

static void
read_tensor (TfcTfl *l, gsize table, TfcFbVector buffers, TfcTflTensor *t)
{
  const gint file_type = tfc_fb_i8 (&l->fb, table, TENSOR_TYPE, 0);
  t->supported = file_type >= 0 && (gsize)file_type < G_N_ELEMENTS (types) && types[file_type] >= 0;
  t->type = t->supported ? types[file_type] : TFC_TYPE_F32;
  t->table = table;
  t->sparsity = tfc_fb_table (&l->fb, table, TENSOR_SPARSITY);
  t->shape = read_shape (l, table);
  t->id = TFC_NONE;
  if (t->type == TFC_TYPE_U8 || t->type == TFC_TYPE_I8 || t->type == TFC_TYPE_I32)
    read_quant (l, tfc_fb_table (&l->fb, table, TENSOR_QUANT), &t->quant);
  if (!l->fb.error)
    check_quant (l, table, t);
  read_constant (l, table, buffers, t);
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
  for (guint32 i = 0; i < v.n && good (l); i++)
    read_tensor (l, tfc_fb_at_table (&l->fb, v, i), buffers, &l->tensors[i]);
  return good (l);
}

/* Numbers of tensors; optional: -1 stands for one that is not there. */
static guint
read_numbers (TfcTfl *l, gsize table, guint field, guint *numbers, guint max, gboolean optional)
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
  node.n_in = read_numbers (l, table, OPERATOR_INPUTS, node.tensor_in, TFC_MAX_NODE_INPUTS, TRUE);
  node.n_out = read_numbers (l, table, OPERATOR_OUTPUTS, node.out, TFC_MAX_NODE_INPUTS, FALSE);
  custom = tfc_fb_string (&l->fb, code_table, CODE_CUSTOM);
  l->b.index = index;
  done = good (l) && tfc_tfl_operator (l, &node, code, custom) && good (l);
  l->b.op = NULL;
  g_free (custom);
  return done;
}

static gboolean
read_operators (TfcTfl *l, gsize subgraph, TfcFbVector codes)
{
  TfcFbVector v = tfc_fb_vector (&l->fb, subgraph, GRAPH_OPERATORS, 4);
  if (v.n > TFC_MAX_NODES)
    tfc_fb_fail (&l->fb, v.at, "too many operators");
  for (guint32 i = 0; i < v.n && good (l); i++) {
    if (l->stopped)
      return tfc_builder_fail (&l->b, TFC_ERROR_UNSUPPORTED, "operators after %s are not supported",
                               l->b.graph->tail->name);
    if (!read_operator (l, i, tfc_fb_at_table (&l->fb, v, i), codes))
      return FALSE;
  }
  return good (l);
}

static void
add_input (TfcTfl *l, TfcTflTensor *t, const gchar *name)
{
  const TfcTensor desc = {.type = t->type, .shape = t->shape, .quant = t->quant};
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

static gboolean
read_ends (TfcTfl *l, gsize subgraph, guint field,
           void (*add) (TfcTfl *l, TfcTflTensor *t, const gchar *name))
{
  TfcFbVector v = tfc_fb_vector (&l->fb, subgraph, field, 4);
  if (v.n > l->n_tensors)
    tfc_fb_fail (&l->fb, v.at, "too many inputs or outputs");
  for (guint32 i = 0; i < v.n && good (l); i++) {
    guint32 id = (guint32)tfc_fb_at_i32 (&l->fb, v, i);
    if (id >= l->n_tensors) {
      tfc_fb_fail (&l->fb, v.at + 4 * i, "an input or output that does not exist");
    } else {
      gchar *name = tfc_tfl_name (l, &l->tensors[id]);
      add (l, &l->tensors[id], name ? name : "");
      g_free (name);
    }
  }
  return good (l);
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
  if (!l->fb.error && read_tensors (l, subgraph, buffers) &&
      read_ends (l, subgraph, GRAPH_INPUTS, add_input) && read_operators (l, subgraph, codes) &&
      !l->stopped)
    read_ends (l, subgraph, GRAPH_OUTPUTS, add_output);
}

static TfcGraph *
load (GBytes *bytes, const gchar *name, gboolean mapped, GError **error)
{
  TfcTfl l = {.copies = g_hash_table_new (NULL, NULL)};
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const gsize budget =
      size < G_MAXSSIZE / BUDGET_TIMES ? size * BUDGET_TIMES + BUDGET_BYTES : G_MAXSSIZE;
  tfc_fb_init (&l.fb, data, size, name);
  tfc_builder_init (&l.b, name, budget, budget);
  (mapped ? tfc_graph_keep_file : tfc_graph_keep) (l.b.graph, bytes);
  read_model (&l);
  if (l.fb.error) { /* what was made of it says less */
    g_clear_error (&l.b.error);
    l.b.error = g_steal_pointer (&l.fb.error);
  }
  tfc_fb_finish (&l.fb);
  g_hash_table_unref (l.copies);
  g_free (l.tensors);
  return tfc_builder_finish (&l.b, error);
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
