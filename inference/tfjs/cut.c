/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A GraphModel of which only a part is evaluated: from and to nodes that were asked for by name. */
#include "inference/tfjs/reader.h"

#include "inference/builder/ends.h"

static gboolean
no_node (TfjsLoad *l, const gchar *wanted)
{
  const gchar **names = g_new (const gchar *, (gsize)l->n_nodes + 1);
  for (guint i = 0; i < l->n_nodes; i++)
    names[i] = l->nodes[i].name;
  tfc_builder_no_tensor (&l->b, wanted, names, l->n_nodes);
  g_free (names);
  return FALSE;
}

static gboolean
give_input (TfjsCall *c, gint which)
{
  return tfjs_give_id (c, c->node->input);
}

static gboolean
cut_input (TfjsLoad *l, const gchar *name)
{
  static const TfjsOp cut = {"input", give_input, 0, 0, 0};
  TfcTensor desc = {.type = TFC_TYPE_F32, .shape = {.rank = -1}};
  gboolean given;
  TfjsEdge edge;
  if (!tfjs_find_edge (l, name, &edge))
    return no_node (l, name);
  TfjsNode *node = &l->nodes[edge.node];
  if (node->kind && node->kind->run == tfjs_placeholder) /* it is one */
    return TRUE;
  if (edge.output || node->kind == &cut || (node->kind && node->kind->run == tfjs_const_op))
    return tfc_builder_fail (&l->b, TFC_ERROR_SETTINGS, "input '%.*s' is %s", TFC_MAX_NAME, name,
                             edge.output          ? "not the first output of its node"
                             : node->kind == &cut ? "asked for twice"
                                                  : "a constant");
  if (!tfc_builder_input_shape (&l->b, node->name, &desc.shape, &given))
    return FALSE;
  if (!given)
    return tfc_builder_fail (
        &l->b, TFC_ERROR_SETTINGS,
        "input '%.*s' lies inside the file, which does not say its shape: it must "
        "be given (input_shapes; tfc-run --shape)",
        TFC_MAX_NAME, name);
  node->input = tfc_builder_add_input (&l->b, node->name, &desc);
  node->kind = &cut;
  node->is_cut = TRUE;
  node->file_n_in = node->n_in;
  node->n_in = 0;
  return node->input != TFC_NONE;
}

gboolean
tfjs_cut_ends (TfjsLoad *l)
{
  const TfcEnds *o = l->b.ends;
  for (guint i = 0; o && o->inputs && o->inputs[i]; i++) {
    if (!cut_input (l, o->inputs[i]))
      return FALSE;
  }
  if (o && o->outputs) {
    g_array_set_size (l->outputs, 0);
    g_ptr_array_set_size (l->output_names, 0);
    g_ptr_array_set_size (l->output_keys, 0);
  }
  for (guint i = 0; o && o->outputs && o->outputs[i]; i++) {
    TfjsEdge edge;
    if (!tfjs_find_edge (l, o->outputs[i], &edge))
      return no_node (l, o->outputs[i]);
    tfjs_add_output (l, edge, o->outputs[i], o->outputs[i]);
  }
  return TRUE;
}

void
tfjs_uncut (TfjsLoad *l)
{
  for (guint i = 0; i < l->n_nodes; i++) {
    TfjsNode *node = &l->nodes[i];
    if (!node->is_cut)
      continue;
    node->kind = tfjs_op (node->op);
    node->n_in = node->file_n_in;
    node->is_cut = FALSE;
  }
}
