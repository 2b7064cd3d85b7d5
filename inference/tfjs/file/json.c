/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/reader.h"

#include <stdlib.h>
#include <string.h>

static gboolean
read_nodes (TfjsLoad *l, const cJSON *list)
{
  const guint n = (guint)cJSON_GetArraySize (list);
  const cJSON *object;
  if (n > TFC_MAX_NODES)
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "%u nodes; at most %d", n, TFC_MAX_NODES);
  l->nodes = g_new0 (TfjsNode, n);
  cJSON_ArrayForEach (object, list) {
    TfjsNode *node = &l->nodes[l->n_nodes++];
    node->name = tfjs_member_string (l, object, "name");
    node->op = tfjs_member_string (l, object, "op");
    node->attr = tfjs_member_object (l, object, "attr");
    if (!node->name || !node->op || !*node->name)
      return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "node %u has no name or no op",
                               l->n_nodes - 1);
    node->kind = tfjs_op (node->op);
    if (!g_hash_table_insert (l->by_name, (gpointer)node->name, GUINT_TO_POINTER (l->n_nodes)))
      return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "two nodes are called %s", node->name);
  }
  return TRUE;
}

gboolean
tfjs_find_edge (TfjsLoad *l, const gchar *ref, TfjsEdge *edge)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (l->by_name, ref));
  const gchar *colon = strrchr (ref, ':');
  edge->output = 0;
  if (!found && colon && colon[1] && strspn (colon + 1, "0123456789") == strlen (colon + 1) &&
      strlen (colon + 1) < 6) {
    gchar *name = g_strndup (ref, colon - ref);
    found = GPOINTER_TO_UINT (g_hash_table_lookup (l->by_name, name));
    edge->output = (guint)atoi (colon + 1);
    g_free (name);
  }
  edge->node = found - 1;
  return found != 0;
}

static gboolean
link_node (TfjsLoad *l, TfjsNode *node, const cJSON *inputs)
{
  const cJSON *input;
  guint k = 0;
  node->in = g_new0 (TfjsEdge, (gsize)cJSON_GetArraySize (inputs) + 1);
  cJSON_ArrayForEach (input, inputs) {
    const gchar *ref = cJSON_GetStringValue (input);
    const gboolean control = ref && ref[0] == '^';
    TfjsEdge edge;
    if (!ref)
      return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "input %u of node %s is no name", k,
                               node->name);
    if (!tfjs_find_edge (l, ref + control, &edge))
      return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "node %s takes %s, which is not there",
                               node->name, ref + control);
    l->nodes[edge.node].read = TRUE;
    if (!control)
      node->in[node->n_in++] = edge;
    k++;
  }
  return TRUE;
}

static gboolean
link_nodes (TfjsLoad *l, const cJSON *list)
{
  TfjsNode *node = l->nodes;
  const cJSON *object;
  cJSON_ArrayForEach (object, list) {
    if (!link_node (l, node++, tfjs_member_array (l, object, "input")))
      return FALSE;
  }
  return TRUE;
}

void
tfjs_add_output (TfjsLoad *l, TfjsEdge edge, const gchar *name, const gchar *key)
{
  g_array_append_val (l->outputs, edge);
  g_ptr_array_add (l->output_names, (gpointer)name);
  g_ptr_array_add (l->output_keys, (gpointer)key);
}

gboolean
tfjs_find_outputs (TfjsLoad *l)
{
  const cJSON *root = l->json;
  const cJSON *signature = tfjs_member_object (l, root, "signature"), *outputs, *output;
  if (!signature)
    signature =
        tfjs_member_object (l, tfjs_member_object (l, root, "userDefinedMetadata"), "signature");
  outputs = tfjs_member_object (l, signature, "outputs");
  cJSON_ArrayForEach (output, outputs) {
    const gchar *name = tfjs_member_string (l, output, "name");
    TfjsEdge edge;
    if (tfjs_member (l, outputs, output->string) != output)
      return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT,
                               "two outputs of the signature are called %s", output->string);
    name = name ? name : output->string;
    if (!tfjs_find_edge (l, name, &edge))
      return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "the signature's output %s is not there",
                               name);
    tfjs_add_output (l, edge, name, output->string);
  }
  for (guint i = 0; !(outputs && outputs->child) && i < l->n_nodes; i++) {
    if (!l->nodes[i].read && strcmp (l->nodes[i].op, "NoOp") && strcmp (l->nodes[i].op, "Const"))
      tfjs_add_output (l, (TfjsEdge){i, 0}, l->nodes[i].name, l->nodes[i].name);
  }
  if (l->outputs->len == 0 || l->outputs->len > 1024)
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "%u outputs", l->outputs->len);
  return TRUE;
}

gboolean
tfjs_read_json (TfjsLoad *l)
{
  const cJSON *topology, *nodes;
  if (!tfjs_parse (l))
    return FALSE;
  topology = tfjs_member_object (l, l->json, "modelTopology");
  topology = topology ? topology : l->json;
  nodes = tfjs_member_array (l, topology, "node");
  if (!nodes && tfjs_member_object (l, topology, "model_config"))
    return tfc_builder_fail (&l->b, TFC_ERROR_UNSUPPORTED,
                             "a layers model; convert it to a graph model");
  if (!nodes)
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT,
                             "not a GraphModel: no modelTopology with a list of nodes");
  return read_nodes (l, nodes) && link_nodes (l, nodes) && tfjs_find_outputs (l) &&
         tfjs_read_manifest (l, l->json) && tfc_builder_ok (&l->b);
}
