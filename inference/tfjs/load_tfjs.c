/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/builder/load.h"
#include "inference/tfjs/reader.h"

#include <string.h>

#define SMALL (16 << 20)
#define MAX_WORK ((gsize)1 << 28)

static void
shard_clear (gpointer shard)
{
  g_bytes_unref (((TfjsShard *)shard)->bytes);
}

static void
load_init (TfjsLoad *l, const gchar *path)
{
  *l = (TfjsLoad){.picture = TFC_NONE, .path = g_strdup (path)};
  tfc_builder_init (&l->b, l->path, SMALL, MAX_WORK);
  l->b.must_fold = TRUE;
  l->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  l->outputs = g_array_new (FALSE, FALSE, sizeof (TfjsEdge));
  l->output_names = g_ptr_array_new ();
  l->output_keys = g_ptr_array_new ();
  l->weights = g_array_new (FALSE, FALSE, sizeof (TfjsWeight));
  l->weight_by_name = g_hash_table_new (g_str_hash, g_str_equal);
  l->shards = g_array_new (FALSE, FALSE, sizeof (TfjsShard));
  g_array_set_clear_func (l->shards, shard_clear);
  l->converted = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  l->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
}

static void
load_finish (TfjsLoad *l)
{
  for (guint i = 0; i < l->n_nodes; i++)
    g_free (l->nodes[i].in);
  g_free (l->nodes);
  g_hash_table_unref (l->by_name);
  g_array_unref (l->outputs);
  g_ptr_array_unref (l->output_names);
  g_ptr_array_unref (l->output_keys);
  g_array_unref (l->weights);
  g_hash_table_unref (l->weight_by_name);
  g_array_unref (l->shards);
  g_ptr_array_unref (l->converted);
  g_ptr_array_unref (l->lists);
  g_clear_pointer (&l->tree, g_bytes_unref);
}

/* What the file does behind the network, which models/ does: it is left out, unless outputs were
 * asked for by name. */
static gboolean
evaluate (TfjsLoad *l)
{
  if (l->b.ends && l->b.ends->outputs)
    return tfjs_evaluate (l);
  if (!tfjs_cut_suppression (l) || !tfjs_evaluate (l) || !tfjs_end_suppression (l))
    return FALSE;
  tfjs_cut_tail (l->b.graph);
  tfjs_tell_suppression (l);
  return TRUE;
}

/* As when the file had just been read. */
static void
renew (TfjsLoad *l)
{
  tfc_builder_init (&l->b, l->path, l->bytes, l->work);
  l->b.must_fold = TRUE;
  tfjs_uncut (l);
  for (guint i = 0; i < l->shards->len; i++)
    tfc_graph_keep_file (l->b.graph, g_array_index (l->shards, TfjsShard, i).bytes);
  for (guint i = 0; i < l->weights->len; i++) {
    TfjsWeight *w = &g_array_index (l->weights, TfjsWeight, i);
    for (guint k = 0; k < TFJS_N_LAYOUTS; k++)
      w->id[k] = TFC_NONE;
  }
  for (guint i = 0; i < l->converted->len; i++)
    tfc_graph_keep (l->b.graph, g_ptr_array_index (l->converted, i));
  for (guint i = 0; i < l->n_nodes; i++)
    l->nodes[i].frame = 0;
  g_array_set_size (l->outputs, 0);
  g_ptr_array_set_size (l->output_names, 0);
  g_ptr_array_set_size (l->output_keys, 0);
  g_ptr_array_set_size (l->lists, 0);
  memset (&l->suppression, 0, sizeof l->suppression);
  l->n_elements = 0;
  l->picture = TFC_NONE;
  tfjs_find_outputs (l);
}

gpointer
tfc_tfjs_open (const gchar *path, GError **error)
{
  TfjsLoad *l = g_new (TfjsLoad, 1);
  load_init (l, path);
  if (tfjs_read_json (l)) {
    l->bytes = l->b.bytes;
    l->work = l->b.work;
    return l;
  }
  tfc_graph_free (tfc_builder_finish (&l->b, error));
  tfc_tfjs_close (l);
  return NULL;
}

TfcGraph *
tfc_tfjs_graph (gpointer file, const TfcEnds *ends, GError **error)
{
  TfjsLoad *l = file;
  if (l->evaluated)
    renew (l);
  l->evaluated = TRUE;
  l->b.ends = ends;
  if (tfc_builder_ok (&l->b) && tfjs_cut_ends (l))
    evaluate (l);
  return tfc_builder_finish (&l->b, error);
}

void
tfc_tfjs_each (gpointer file, TfcSourceFunc *func, gpointer data)
{
  const TfjsLoad *l = file;
  for (guint i = 0; i < l->shards->len; i++)
    func (data, g_array_index (l->shards, TfjsShard, i).bytes);
  for (guint i = 0; i < l->converted->len; i++)
    func (data, g_ptr_array_index (l->converted, i));
}

void
tfc_tfjs_close (gpointer file)
{
  TfjsLoad *l = file;
  tfc_graph_free (l->b.graph); /* if nothing was made of it */
  load_finish (l);
  g_free (l->path);
  g_free (l);
}

TfcGraph *
tfc_load_tfjs_with (const gchar *path, const TfcEnds *ends, GError **error)
{
  gpointer file = tfc_tfjs_open (path, error);
  TfcGraph *graph = file ? tfc_tfjs_graph (file, ends, error) : NULL;
  if (file)
    tfc_tfjs_close (file);
  return graph;
}

TfcGraph *
tfc_load_tfjs (const gchar *path, GError **error)
{
  return tfc_load_tfjs_with (path, NULL, error);
}
