/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/builder/load.h"
#include "inference/tfjs/reader.h"

#define SMALL (16 << 20)
#define MAX_WORK ((gsize)1 << 28)

static void
shard_clear (gpointer shard)
{
  g_bytes_unref (((TfjsShard *)shard)->bytes);
}

static void
load_init (TfjsLoad *l, const gchar *path, const TfcEnds *ends)
{
  *l = (TfjsLoad){.picture = TFC_NONE};
  tfc_builder_init (&l->b, path, SMALL, MAX_WORK);
  l->b.must_fold = TRUE;
  l->b.ends = ends;
  l->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  l->outputs = g_array_new (FALSE, FALSE, sizeof (TfjsEdge));
  l->output_names = g_ptr_array_new ();
  l->output_keys = g_ptr_array_new ();
  l->weights = g_array_new (FALSE, FALSE, sizeof (TfjsWeight));
  l->weight_by_name = g_hash_table_new (g_str_hash, g_str_equal);
  l->shards = g_array_new (FALSE, FALSE, sizeof (TfjsShard));
  g_array_set_clear_func (l->shards, shard_clear);
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
  g_ptr_array_unref (l->lists);
  cJSON_Delete (l->json);
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

TfcGraph *
tfc_load_tfjs_with (const gchar *path, const TfcEnds *ends, GError **error)
{
  TfcGraph *graph;
  TfjsLoad l;
  load_init (&l, path, ends);
  if (tfjs_read_json (&l) && tfjs_cut_ends (&l))
    evaluate (&l);
  graph = tfc_builder_finish (&l.b, error);
  load_finish (&l);
  return graph;
}

TfcGraph *
tfc_load_tfjs (const gchar *path, GError **error)
{
  return tfc_load_tfjs_with (path, NULL, error);
}
