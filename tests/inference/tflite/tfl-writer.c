/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tflite/fbwriter.h"

#include <string.h>

typedef struct {
  gint type;
  gchar *name;
  TfcShape shape;
  guint8 *data;
  guint bytes;
  gfloat *scales;
  guint n_scales;
  gint64 *zero_points;
  guint n_zero_points;
  gint axis;
  guint8 *segments, *indices;
  guint n_segments, n_indices;
  TfcShape signature; /* rank 0: none */
} Tensor;

typedef struct {
  gint code;
  gchar *custom;
  gint *in, *out;
  guint n_in, n_out;
  struct {
    gboolean set;
    gint32 value;
  } options[8];
  GBytes *bytes;
} Operator;

struct TflWriter {
  GArray *tensors, *operators;
  GBytes *metadata;
  guint skew;
  gboolean new_codes;
};

static void
tensor_clear (gpointer data)
{
  Tensor *t = data;
  g_free (t->name);
  g_free (t->data);
  g_free (t->scales);
  g_free (t->zero_points);
  g_free (t->segments);
  g_free (t->indices);
}

static void
operator_clear (gpointer data)
{
  Operator *o = data;
  g_free (o->custom);
  g_free (o->in);
  g_free (o->out);
  g_clear_pointer (&o->bytes, g_bytes_unref);
}

TflWriter *
tflw_new (void)
{
  TflWriter *w = g_new0 (TflWriter, 1);
  w->tensors = g_array_new (FALSE, TRUE, sizeof (Tensor));
  g_array_set_clear_func (w->tensors, tensor_clear);
  w->operators = g_array_new (FALSE, TRUE, sizeof (Operator));
  g_array_set_clear_func (w->operators, operator_clear);
  return w;
}

void
tflw_free (TflWriter *w)
{
  g_clear_pointer (&w->metadata, g_bytes_unref);
  g_array_unref (w->tensors);
  g_array_unref (w->operators);
  g_free (w);
}

void
tflw_skew (TflWriter *w, guint skew)
{
  w->skew = skew;
}

void
tflw_new_codes (TflWriter *w)
{
  w->new_codes = TRUE;
}

guint
tflw_tensor (TflWriter *w, gint type, const gchar *name, const TfcShape *shape, const void *data,
             guint bytes)
{
  Tensor t = {.type = type, .name = g_strdup (name), .shape = *shape, .bytes = bytes};
  t.data = g_malloc0 (bytes + 1);
  if (data)
    memcpy (t.data, data, bytes);
  g_array_append_val (w->tensors, t);
  return w->tensors->len - 1;
}

void
tflw_quant (TflWriter *w, guint tensor, const gfloat *scales, guint n, gint64 zero_point, gint axis)
{
  Tensor *t = &g_array_index (w->tensors, Tensor, tensor);
  t->scales = g_memdup2 (scales, n * sizeof *scales);
  t->n_scales = n;
  t->axis = axis;
  tflw_zero_points (w, tensor, &zero_point, 1);
}

void
tflw_zero_points (TflWriter *w, guint tensor, const gint64 *zero_points, guint n)
{
  Tensor *t = &g_array_index (w->tensors, Tensor, tensor);
  g_free (t->zero_points);
  t->zero_points = g_memdup2 (zero_points, n * sizeof *zero_points);
  t->n_zero_points = n;
}

void
tflw_sparse (TflWriter *w, guint tensor, const guint8 *segments, guint n_segments,
             const guint8 *indices, guint n_indices)
{
  Tensor *t = &g_array_index (w->tensors, Tensor, tensor);
  t->segments = g_memdup2 (segments, n_segments);
  t->n_segments = n_segments;
  t->indices = g_memdup2 (indices, n_indices);
  t->n_indices = n_indices;
}

void
tflw_signature (TflWriter *w, guint tensor, const TfcShape *shape)
{
  g_array_index (w->tensors, Tensor, tensor).signature = *shape;
}

guint
tflw_op (TflWriter *w, gint code, const gchar *custom, const gint *in, guint n_in, const gint *out,
         guint n_out)
{
  Operator o = {.code = code, .custom = g_strdup (custom), .n_in = n_in, .n_out = n_out};
  o.in = g_memdup2 (in, n_in * sizeof *in);
  o.out = g_memdup2 (out, n_out * sizeof *out);
  g_array_append_val (w->operators, o);
  return w->operators->len - 1;
}

void
tflw_option (TflWriter *w, guint op, guint field, gint32 value)
{
  Operator *o = &g_array_index (w->operators, Operator, op);
  o->options[field].set = TRUE;
  o->options[field].value = value;
}

void
tflw_option_f32 (TflWriter *w, guint op, guint field, gfloat value)
{
  gint32 bits;
  memcpy (&bits, &value, 4);
  tflw_option (w, op, field, bits);
}

void
tflw_custom (TflWriter *w, guint op, GBytes *bytes)
{
  g_array_index (w->operators, Operator, op).bytes = g_bytes_ref (bytes);
}

static void
write_sparsity (FbWriter *b, guint table, const Tensor *t)
{
  guint sparsity = fbw_table (b, 3), first;
  gint32 order[TFC_MAX_RANK];
  fbw_ref (b, table, 6, sparsity);
  for (gint i = 0; i < t->shape.rank; i++)
    order[i] = i;
  fbw_vector (b, sparsity, 0, 4, t->shape.rank, order, 4, 0);
  first = fbw_vector (b, sparsity, 2, 4, t->shape.rank, NULL, 4, 0);
  for (gint i = 0; i < t->shape.rank; i++) {
    guint dimension = fbw_table (b, 6), vector;
    fbw_element (b, first, i, dimension);
    fbw_i32 (b, dimension, 0, i == t->shape.rank - 1);
    if (i < t->shape.rank - 1) {
      fbw_i32 (b, dimension, 1, t->shape.dim[i]);
      continue;
    }
    fbw_i32 (b, dimension, 2, 3);
    vector = fbw_table (b, 1);
    fbw_ref (b, dimension, 3, vector);
    fbw_vector (b, vector, 0, 1, t->n_segments, t->segments, 4, 0);
    fbw_i32 (b, dimension, 4, 3);
    vector = fbw_table (b, 1);
    fbw_ref (b, dimension, 5, vector);
    fbw_vector (b, vector, 0, 1, t->n_indices, t->indices, 4, 0);
  }
}

static guint
write_tensor (FbWriter *b, const Tensor *t, guint buffer)
{
  guint table = fbw_table (b, 9), quant;
  fbw_vector (b, table, 0, 4, t->shape.rank, t->shape.dim, 4, 0);
  fbw_i32 (b, table, 1, t->type);
  fbw_i32 (b, table, 2, buffer);
  fbw_string (b, table, 3, t->name);
  if (t->n_scales) {
    quant = fbw_table (b, 7);
    fbw_ref (b, table, 4, quant);
    fbw_vector (b, quant, 2, 4, t->n_scales, t->scales, 4, 0);
    fbw_vector (b, quant, 3, 8, t->n_zero_points, t->zero_points, 8, 0);
    fbw_i32 (b, quant, 6, t->axis);
  }
  if (t->n_segments)
    write_sparsity (b, table, t);
  if (t->signature.rank)
    fbw_vector (b, table, 7, 4, t->signature.rank, t->signature.dim, 4, 0);
  return table;
}

static guint
write_operator (FbWriter *b, const Operator *o, guint code)
{
  guint table = fbw_table (b, 7), options;
  fbw_i32 (b, table, 0, code);
  fbw_vector (b, table, 1, 4, o->n_in, o->in, 4, 0);
  fbw_vector (b, table, 2, 4, o->n_out, o->out, 4, 0);
  fbw_i32 (b, table, 3, 1);
  options = fbw_table (b, G_N_ELEMENTS (o->options));
  fbw_ref (b, table, 4, options);
  for (guint i = 0; i < G_N_ELEMENTS (o->options); i++) {
    if (o->options[i].set)
      fbw_i32 (b, options, i, o->options[i].value);
  }
  if (o->bytes)
    fbw_vector (b, table, 5, 1, g_bytes_get_size (o->bytes), g_bytes_get_data (o->bytes, NULL), 4,
                0);
  return table;
}

static void
write_codes (TflWriter *w, FbWriter *b, guint model)
{
  guint first = fbw_vector (b, model, 1, 4, w->operators->len, NULL, 4, 0);
  for (guint i = 0; i < w->operators->len; i++) {
    const Operator *o = &g_array_index (w->operators, Operator, i);
    guint code = fbw_table (b, 4);
    fbw_element (b, first, i, code);
    fbw_i32 (b, code, 0, w->new_codes ? 0 : MIN (o->code, 127));
    fbw_i32 (b, code, 3, w->new_codes || o->code > 127 ? o->code : 0);
    if (o->custom)
      fbw_string (b, code, 1, o->custom);
  }
}

static guint
write_graph (TflWriter *w, FbWriter *b, guint model)
{
  guint first = fbw_vector (b, model, 2, 4, 1, NULL, 4, 0), graph = fbw_table (b, 5);
  fbw_element (b, first, 0, graph);
  first = fbw_vector (b, graph, 0, 4, w->tensors->len, NULL, 4, 0);
  for (guint i = 0; i < w->tensors->len; i++)
    fbw_element (b, first, i, write_tensor (b, &g_array_index (w->tensors, Tensor, i), i + 1));
  first = fbw_vector (b, graph, 3, 4, w->operators->len, NULL, 4, 0);
  for (guint i = 0; i < w->operators->len; i++)
    fbw_element (b, first, i, write_operator (b, &g_array_index (w->operators, Operator, i), i));
  return graph;
}

void
tflw_metadata (TflWriter *w, GBytes *bytes)
{
  w->metadata = g_bytes_ref (bytes);
}

/* The last buffer holds it. */
static void
write_metadata (TflWriter *w, FbWriter *b, guint model, guint buffers)
{
  gsize size;
  const void *data = g_bytes_get_data (w->metadata, &size);
  guint list = fbw_vector (b, model, 6, 4, 1, NULL, 4, 0), entry = fbw_table (b, 2), buffer;
  fbw_element (b, list, 0, entry);
  fbw_string (b, entry, 0, "TFLITE_METADATA");
  fbw_i32 (b, entry, 1, (gint32)w->tensors->len + 1);
  buffer = fbw_table (b, 1);
  fbw_element (b, buffers, w->tensors->len + 1, buffer);
  fbw_vector (b, buffer, 0, 1, (guint)size, data, 16, 0);
}

GBytes *
tflw_finish (TflWriter *w, const gint *in, guint n_in, const gint *out, guint n_out)
{
  FbWriter *b = fbw_new ("TFL3");
  guint model = fbw_table (b, 7), graph, first, table;
  fbw_i32 (b, model, 0, 3);
  write_codes (w, b, model);
  graph = write_graph (w, b, model);
  first = fbw_vector (b, model, 4, 4, w->tensors->len + 1 + (w->metadata != NULL), NULL, 4, 0);
  fbw_element (b, first, 0, fbw_table (b, 1));
  for (guint i = 0; i < w->tensors->len; i++) {
    const Tensor *t = &g_array_index (w->tensors, Tensor, i);
    table = fbw_table (b, 1);
    fbw_element (b, first, i + 1, table);
    if (t->bytes)
      fbw_vector (b, table, 0, 1, t->bytes, t->data, 16, w->skew);
  }
  if (w->metadata)
    write_metadata (w, b, model, first);
  fbw_vector (b, graph, 1, 4, n_in, in, 4, 0);
  fbw_vector (b, graph, 2, 4, n_out, out, 4, 0);
  return g_byte_array_free_to_bytes (b);
}
