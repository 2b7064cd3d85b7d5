/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/load.h"
#include "inference/tfjs/reader.h"

#define SMALL (16 << 20)
#define MAX_WORK ((gsize)1 << 28)

gboolean
tfjs_fail (TfjsLoad *l, TfcErrorCode code, const gchar *format, ...)
{
  gchar what[TFJS_MAX_MESSAGE];
  va_list args;
  va_start (args, format);
  g_vsnprintf (what, sizeof what, format, args);
  va_end (args);
  if (!l->error) { /* where it was cut there may be half a character */
    gchar *whole = g_utf8_make_valid (what, -1);
    l->error = g_error_new (TFC_ERROR, (gint)code, "%s: %s", l->path, whole);
    g_free (whole);
  }
  return FALSE;
}

static void
shard_clear (gpointer shard)
{
  g_bytes_unref (((TfjsShard *)shard)->bytes);
}

static void
load_init (TfjsLoad *l, const gchar *path)
{
  *l = (TfjsLoad){.path = path, .budget = SMALL, .work = MAX_WORK, .picture = TFC_NONE};
  l->graph = tfc_graph_new ();
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
  g_clear_error (&l->error);
  tfc_graph_free (l->graph);
}

TfcGraph *
tfc_load_tfjs (const gchar *path, GError **error)
{
  TfcGraph *graph = NULL;
  GError *why = NULL;
  TfjsLoad l;
  load_init (&l, path);
  if (tfjs_read_json (&l) && tfjs_cut_suppression (&l) && tfjs_evaluate (&l) &&
      tfjs_end_suppression (&l)) {
    tfjs_cut_tail (l.graph);
    tfjs_tell_suppression (&l);
    if (tfc_graph_check (l.graph, &why))
      graph = g_steal_pointer (&l.graph);
    else
      g_prefix_error (&why, "%s: ", path);
  } else {
    why = g_steal_pointer (&l.error);
  }
  if (why)
    g_propagate_error (error, why);
  load_finish (&l);
  return graph;
}
