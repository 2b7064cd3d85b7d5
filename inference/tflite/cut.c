/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A file of which only a part is read: from and to tensors that were asked for by name. */
#include "inference/tflite/reader.h"

#include "inference/builder/ends.h"

/* name -> number of the first tensor that is called so, + 1. names: all of them, owned by the
 * array. */
static GHashTable *
index_names (TfcTfl *l, GPtrArray *names)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < l->n_tensors && tfc_tfl_good (l); i++) {
    gchar *name = tfc_tfl_name (l, &l->tensors[i]);
    g_ptr_array_add (names, name);
    if (name && !g_hash_table_contains (index, name))
      g_hash_table_insert (index, name, GUINT_TO_POINTER (i + 1));
  }
  return index;
}

static gboolean
find_tensors (TfcTfl *l, GHashTable *index, const GPtrArray *names, const gchar *const *wanted,
              GArray *found)
{
  for (guint i = 0; wanted && wanted[i]; i++) {
    const guint at = GPOINTER_TO_UINT (g_hash_table_lookup (index, wanted[i]));
    if (!at)
      return tfc_builder_no_tensor (&l->b, wanted[i], (const gchar *const *)names->pdata,
                                    names->len);
    g_array_append_val (found, (guint){at - 1});
  }
  return tfc_tfl_good (l);
}

static gboolean
find_ends (TfcTfl *l, TfcTflCut *cut)
{
  const TfcEnds *o = l->b.ends;
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GHashTable *index = index_names (l, names);
  const gboolean ok = tfc_tfl_good (l) && find_tensors (l, index, names, o->inputs, cut->inputs) &&
                      find_tensors (l, index, names, o->outputs, cut->outputs);
  g_hash_table_unref (index);
  g_ptr_array_unref (names);
  return ok;
}

/* The file's outputs, unless others were asked for. */
static void
want_outputs (TfcTfl *l, const TfcTflCut *cut, gsize subgraph)
{
  const TfcFbVector v = tfc_fb_vector (&l->fb, subgraph, TFC_TFL_GRAPH_OUTPUTS, 4);
  for (guint i = 0; i < cut->outputs->len; i++)
    l->tensors[g_array_index (cut->outputs, guint, i)].wanted = TRUE;
  for (guint32 i = 0; !l->b.ends->outputs && i < v.n; i++) {
    const guint32 id = (guint32)tfc_fb_at_i32 (&l->fb, v, i);
    if (id < l->n_tensors)
      l->tensors[id].wanted = TRUE;
  }
}

/* Of an operator whose output is wanted the inputs are, unless that output is an input itself. */
static gboolean
want_inputs (TfcTfl *l, gsize table)
{
  guint numbers[TFC_MAX_NODE_INPUTS];
  gboolean needed = FALSE;
  guint n =
      tfc_tfl_numbers (l, table, TFC_TFL_OPERATOR_OUTPUTS, numbers, TFC_MAX_NODE_INPUTS, FALSE);
  for (guint k = 0; k < n; k++)
    needed = needed || (l->tensors[numbers[k]].wanted && !l->tensors[numbers[k]].given);
  n = needed
          ? tfc_tfl_numbers (l, table, TFC_TFL_OPERATOR_INPUTS, numbers, TFC_MAX_NODE_INPUTS, TRUE)
          : 0;
  for (guint k = 0; k < n; k++) {
    if (numbers[k] != TFC_NONE)
      l->tensors[numbers[k]].wanted = TRUE;
  }
  return needed;
}

static void
give_inputs (TfcTfl *l, const TfcTflCut *cut)
{
  for (guint i = 0; i < cut->inputs->len; i++) {
    TfcTflTensor *t = &l->tensors[g_array_index (cut->inputs, guint, i)];
    if (t->given || t->id != TFC_NONE)
      tfc_builder_fail (&l->b, TFC_ERROR_SETTINGS, "input '%.*s' is %s", TFC_MAX_NAME,
                        l->b.ends->inputs[i], t->given ? "asked for twice" : "a constant");
    t->given = t->wanted = TRUE;
  }
}

static void
find_needed (TfcTfl *l, const TfcTflCut *cut, gsize subgraph)
{
  const TfcFbVector v = tfc_fb_vector (&l->fb, subgraph, TFC_TFL_GRAPH_OPERATORS, 4);
  if (v.n > TFC_MAX_NODES)
    tfc_fb_fail (&l->fb, v.at, "too many operators");
  give_inputs (l, cut);
  want_outputs (l, cut, subgraph);
  l->skipped = tfc_tfl_good (l) ? g_new0 (guint8, (gsize)v.n + 1) : NULL;
  for (guint32 i = v.n; i > 0 && tfc_tfl_good (l); i--)
    l->skipped[i - 1] = !want_inputs (l, tfc_fb_at_table (&l->fb, v, i - 1));
}

gboolean
tfc_tfl_cut_init (TfcTfl *l, TfcTflCut *cut, gsize subgraph)
{
  const TfcEnds *o = l->b.ends;
  cut->inputs = g_array_new (FALSE, FALSE, sizeof (guint));
  cut->outputs = g_array_new (FALSE, FALSE, sizeof (guint));
  if (!o || !(o->inputs || o->outputs))
    return TRUE;
  if (find_ends (l, cut))
    find_needed (l, cut, subgraph);
  return tfc_tfl_good (l);
}

void
tfc_tfl_cut_finish (TfcTflCut *cut)
{
  g_array_unref (cut->inputs);
  g_array_unref (cut->outputs);
}
