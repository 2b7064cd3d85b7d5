/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define _GNU_SOURCE
#include "inference/graph/graph.h"
#include "inference/runtime/region.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void
value_clear (gpointer value)
{
  g_free (((TfcValue *)value)->name);
}

static void
node_clear (gpointer node)
{
  g_free (((TfcNode *)node)->in);
  g_free (((TfcNode *)node)->out);
}

TfcGraph *
tfc_graph_new (void)
{
  TfcGraph *g = g_new0 (TfcGraph, 1);
  g->values = g_array_new (FALSE, TRUE, sizeof (TfcValue));
  g_array_set_clear_func (g->values, value_clear);
  g->nodes = g_array_new (FALSE, TRUE, sizeof (TfcNode));
  g_array_set_clear_func (g->nodes, node_clear);
  g->inputs = g_array_new (FALSE, FALSE, sizeof (guint));
  g->outputs = g_array_new (FALSE, FALSE, sizeof (guint));
  g->keep = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g->files = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g->region = tfc_region_new ();
  return g;
}

static void
tail_free (TfcPostprocess *tail)
{
  if (!tail)
    return;
  g_free (tail->name);
  g_clear_pointer (&tail->options, g_hash_table_unref);
  g_free (tail->consts);
  g_free (tail);
}

void
tfc_graph_free (TfcGraph *g)
{
  if (!g)
    return;
  g_array_unref (g->values);
  g_array_unref (g->nodes);
  g_array_unref (g->inputs);
  g_array_unref (g->outputs);
  g_ptr_array_unref (g->keep);
  g_ptr_array_unref (g->files);
  tfc_region_unref (g->region);
  tail_free (g->tail);
  g_clear_error (&g->error);
  g_free (g);
}

void
tfc_graph_fail (TfcGraph *g, GError *error)
{
  if (g->error)
    g_error_free (error);
  else
    g->error = error;
}

void
tfc_graph_keep (TfcGraph *g, GBytes *bytes)
{
  g_ptr_array_add (g->keep, g_bytes_ref (bytes));
}

void
tfc_graph_keep_file (TfcGraph *g, GBytes *bytes)
{
  g_ptr_array_add (g->files, g_bytes_ref (bytes));
}

void
tfc_graph_advise_dontneed (const TfcGraph *g, const TfcTensor *t)
{
  const guintptr page = sysconf (_SC_PAGESIZE);
  const guintptr from = (guintptr)t->data, to = from + tfc_tensor_bytes (t);
  for (guint i = 0; i < g->files->len && to - from >= page; i++) { /* else others lie there, too */
    gsize size;
    const guintptr file = (guintptr)g_bytes_get_data (g_ptr_array_index (g->files, i), &size);
    const guintptr first = from / page * page;
    if (from >= file && to <= file + size && file % page == 0)
      madvise ((void *)first, to - first, MADV_DONTNEED);
  }
}

static gsize
bytes_of (const GPtrArray *list)
{
  gsize sum = 0;
  for (guint i = 0; i < list->len; i++)
    sum += g_bytes_get_size (g_ptr_array_index (list, i));
  return sum;
}

gsize
tfc_graph_constant_bytes (const TfcGraph *g)
{
  return bytes_of (g->files) + bytes_of (g->keep);
}

typedef struct {
  TfcRegion *region;
  void *memory;
  gsize bytes;
} Owned;

static void
owned_free (gpointer data)
{
  Owned *owned = data;
  tfc_region_free (owned->region, owned->memory, owned->bytes);
  tfc_region_unref (owned->region);
  g_free (owned);
}

GBytes *
tfc_graph_alloc_bytes (TfcGraph *g, gsize bytes)
{
  const gsize all = bytes + TFC_TAIL_BYTES;
  void *mem = all > bytes ? tfc_region_alloc (g->region, all) : NULL;
  if (!mem) {
    tfc_graph_fail (g,
                    g_error_new (TFC_ERROR, TFC_ERROR_MEMORY,
                                 "no memory for a constant of %" G_GSIZE_FORMAT " bytes", bytes));
    return NULL;
  }
  Owned *owned = g_new (Owned, 1);
  *owned = (Owned){tfc_region_ref (g->region), mem, all};
  return g_bytes_new_with_free_func (mem, all, owned_free, owned);
}

void *
tfc_graph_alloc (TfcGraph *g, gsize bytes)
{
  GBytes *owned = tfc_graph_alloc_bytes (g, bytes);
  if (!owned)
    return NULL;
  g_ptr_array_add (g->keep, owned);
  return (void *)g_bytes_get_data (owned, NULL);
}

void
tfc_graph_settle (TfcGraph *g)
{
  tfc_region_settle (g->region);
}

/* Values are many and a name may be as long as the file. The cut is between characters. */
static gchar *
short_name (const gchar *name)
{
  gsize n = name ? strnlen (name, TFC_MAX_NAME + 1) : 0;
  if (n <= TFC_MAX_NAME)
    return g_strdup (name);
  do
    n--;
  while (n > 0 && ((guint8)name[n] & 0xc0) == 0x80);
  return g_strndup (name, n);
}

void
tfc_graph_rename (TfcGraph *g, guint value, const gchar *name)
{
  TfcValue *v = tfc_graph_v (g, value);
  g_free (v->name);
  v->name = short_name (name);
}

guint
tfc_graph_value (TfcGraph *g, const gchar *name, const TfcTensor *desc)
{
  TfcValue value = {.tensor = *desc};
  if (g->values->len >= TFC_MAX_VALUES) {
    tfc_graph_fail (
        g, g_error_new (TFC_ERROR, TFC_ERROR_FORMAT, "more than %d tensors", TFC_MAX_VALUES));
    return 0;
  }
  value.name = short_name (name);
  g_array_append_val (g->values, value);
  return g->values->len - 1;
}

guint
tfc_graph_unknown (TfcGraph *g, const gchar *name)
{
  TfcTensor desc = {.shape = {.rank = -1}};
  return tfc_graph_value (g, name, &desc);
}

guint
tfc_graph_const (TfcGraph *g, const gchar *name, TfcType type, const TfcShape *shape,
                 const void *data)
{
  TfcTensor desc = {.type = type, .shape = *shape};
  gsize count;
  if (!tfc_shape_count (shape, &count) || count > G_MAXSSIZE / 8) {
    tfc_graph_fail (
        g, g_error_new (TFC_ERROR, TFC_ERROR_FORMAT, "constant %s: impossible shape", name));
    return tfc_graph_value (g, name, &desc);
  }
  desc.data = tfc_graph_alloc (g, count * tfc_type_size (type));
  if (desc.data && count)
    memcpy (desc.data, data, count * tfc_type_size (type));
  return tfc_graph_value (g, name, &desc);
}

guint
tfc_graph_node (TfcGraph *g, TfcOp op, const TfcParams *params, const guint *in, guint n_in,
                const guint *out, guint n_out)
{
  TfcNode node = {.op = op, .n_in = n_in, .n_out = n_out, .params = *params};
  if (g->nodes->len >= TFC_MAX_NODES || n_in > TFC_MAX_NODE_INPUTS) {
    tfc_graph_fail (g, g_error_new (TFC_ERROR, TFC_ERROR_FORMAT,
                                    "more than %d nodes, or a node with more than %d inputs",
                                    TFC_MAX_NODES, TFC_MAX_NODE_INPUTS));
    return 0;
  }
  node.in = g_memdup2 (in, n_in * sizeof (guint));
  node.out = g_memdup2 (out, n_out * sizeof (guint));
  g_array_append_val (g->nodes, node);
  return g->nodes->len - 1;
}

void
tfc_graph_input (TfcGraph *g, guint value)
{
  g_array_append_val (g->inputs, value);
}

void
tfc_graph_output (TfcGraph *g, guint value)
{
  g_array_append_val (g->outputs, value);
}

guint64
tfc_graph_macs (const TfcGraph *g, const TfcNode *node)
{
  if (!tfc_op_is (node->op, TFC_OP_FLAG_WEIGHTS) && node->op != TFC_OP_BATCH_MATMUL)
    return 0;
  return (guint64)tfc_tensor_count (&tfc_graph_v (g, node->out[0])->tensor) *
         tfc_op_products (node->op, &node->params, &tfc_graph_v (g, node->in[1])->tensor);
}
