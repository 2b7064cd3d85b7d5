/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tfjs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static gboolean
parse (TfjsLoad *l)
{
  GError *error = NULL;
  GMappedFile *file = g_mapped_file_new (l->path, FALSE, &error);
  gboolean ok = file != NULL;
  if (ok) {
    const gchar *text = g_mapped_file_get_contents (file);
    gsize n = g_mapped_file_get_length (file), skip = 0;
    if (n >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
      skip = 3;
    if (n == skip)
      ok = tfjs_fail (l, TFC_ERROR_FORMAT, "an empty file");
    else if (n > TFJS_MAX_JSON_BYTES)
      ok = tfjs_fail (l, TFC_ERROR_FORMAT, "larger than %d bytes", TFJS_MAX_JSON_BYTES);
    else
      ok = tfc_json_parse (&l->json, text + skip, n - skip, &error);
    g_mapped_file_unref (file);
  }
  if (error) {
    TfcErrorCode code =
        error->domain == G_FILE_ERROR ? tfc_error_of_file (error) : (TfcErrorCode)error->code;
    tfjs_fail (l, code, "%s", error->message);
    g_error_free (error);
  }
  return ok;
}

static const TfcJson *
member_of (const TfcJson *object, const gchar *name, TfcJsonKind kind)
{
  const TfcJson *value = tfc_json_member (object, name);
  return value && value->kind == kind ? value : NULL;
}

const TfcJson *
tfjs_member_object (const TfcJson *object, const gchar *name)
{
  return member_of (object, name, TFC_JSON_OBJECT);
}

const TfcJson *
tfjs_member_array (const TfcJson *object, const gchar *name)
{
  return member_of (object, name, TFC_JSON_ARRAY);
}

const gchar *
tfjs_string (const TfcJson *value)
{
  return value && value->kind == TFC_JSON_STRING ? value->text : NULL;
}

const gchar *
tfjs_member_string (const TfcJson *object, const gchar *name)
{
  return tfjs_string (tfc_json_member (object, name));
}

gboolean
tfjs_number (const TfcJson *value, gdouble *number)
{
  const gchar *text = tfjs_string (value);
  gchar *end;
  if (text) {
    *number = g_ascii_strtod (text, &end);
    return end != text && !*end;
  }
  if (!value || value->kind != TFC_JSON_NUMBER)
    return FALSE;
  *number = value->number;
  return TRUE;
}

static gboolean
read_nodes (TfjsLoad *l, const TfcJson *array)
{
  const TfcJson *object = tfc_json_first (array);
  guint n = array->n;
  if (n > TFC_MAX_NODES)
    return tfjs_fail (l, TFC_ERROR_FORMAT, "%u nodes; at most %d", n, TFC_MAX_NODES);
  l->nodes = g_new0 (TfjsNode, n);
  for (guint i = 0; i < n; i++, object = tfc_json_next (object)) {
    TfjsNode *node = &l->nodes[l->n_nodes++];
    node->name = tfjs_member_string (object, "name");
    node->op = tfjs_member_string (object, "op");
    node->attr = tfjs_member_object (object, "attr");
    if (!node->name || !node->op || !*node->name)
      return tfjs_fail (l, TFC_ERROR_FORMAT, "node %u has no name or no op", i);
    node->kind = tfjs_op (node->op);
    if (!g_hash_table_insert (l->by_name, (gpointer)node->name, GUINT_TO_POINTER (i + 1)))
      return tfjs_fail (l, TFC_ERROR_FORMAT, "two nodes are called %s", node->name);
  }
  return TRUE;
}

/* "name" or "name:2" to what it means; FALSE if there is no such node. */
static gboolean
find_edge (TfjsLoad *l, const gchar *ref, TfjsEdge *edge)
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
link_node (TfjsLoad *l, TfjsNode *node, const TfcJson *inputs)
{
  const TfcJson *input = inputs ? tfc_json_first (inputs) : NULL;
  guint n = inputs ? inputs->n : 0;
  node->in = g_new0 (TfjsEdge, n + 1);
  for (guint k = 0; k < n; k++, input = tfc_json_next (input)) {
    const gchar *ref = tfjs_string (input);
    gboolean control = ref && ref[0] == '^';
    TfjsEdge edge;
    if (!ref)
      return tfjs_fail (l, TFC_ERROR_FORMAT, "input %u of node %s is no name", k, node->name);
    if (!find_edge (l, ref + control, &edge))
      return tfjs_fail (l, TFC_ERROR_FORMAT, "node %s takes %s, which is not there", node->name,
                        ref + control);
    l->nodes[edge.node].read = TRUE;
    if (!control)
      node->in[node->n_in++] = edge;
  }
  return TRUE;
}

static gboolean
link_nodes (TfjsLoad *l, const TfcJson *array)
{
  const TfcJson *object = tfc_json_first (array);
  for (guint i = 0; i < l->n_nodes; i++, object = tfc_json_next (object)) {
    if (!link_node (l, &l->nodes[i], tfjs_member_array (object, "input")))
      return FALSE;
  }
  return TRUE;
}

static void
add_output (TfjsLoad *l, TfjsEdge edge, const gchar *name)
{
  g_array_append_val (l->outputs, edge);
  g_ptr_array_add (l->output_names, (gpointer)name);
}

/* What the signature says, else what nothing reads, as TensorFlow.js has it. */
static gboolean
find_outputs (TfjsLoad *l, const TfcJson *root)
{
  const TfcJson *signature = tfjs_member_object (root, "signature");
  if (!signature)
    signature = tfjs_member_object (tfjs_member_object (root, "userDefinedMetadata"), "signature");
  const TfcJson *outputs = tfjs_member_object (signature, "outputs");
  const TfcJson *m = outputs ? tfc_json_first (outputs) : NULL;
  const guint n = outputs ? outputs->n : 0;
  for (guint i = 0; i < n; i++, m = tfc_json_next (m)) {
    const gchar *name = tfjs_member_string (m, "name");
    TfjsEdge edge;
    if (!name)
      name = m->name;
    if (!find_edge (l, name, &edge))
      return tfjs_fail (l, TFC_ERROR_FORMAT, "the signature's output %s is not there", name);
    add_output (l, edge, name);
  }
  for (guint i = 0; !n && i < l->n_nodes; i++) {
    if (!l->nodes[i].read && strcmp (l->nodes[i].op, "NoOp") && strcmp (l->nodes[i].op, "Const"))
      add_output (l, (TfjsEdge){i, 0}, l->nodes[i].name);
  }
  if (l->outputs->len == 0 || l->outputs->len > 1024)
    return tfjs_fail (l, TFC_ERROR_FORMAT, "%u outputs", l->outputs->len);
  return TRUE;
}

gboolean
tfjs_read_json (TfjsLoad *l)
{
  if (!parse (l))
    return FALSE;
  const TfcJson *root = l->json.values, *topology = tfjs_member_object (root, "modelTopology");
  const TfcJson *nodes;
  if (!topology)
    topology = root;
  nodes = tfjs_member_array (topology, "node");
  if (!nodes && tfjs_member_object (topology, "model_config"))
    return tfjs_fail (l, TFC_ERROR_UNSUPPORTED, "a layers model; convert it to a graph model");
  if (!nodes)
    return tfjs_fail (l, TFC_ERROR_FORMAT,
                      "not a GraphModel: no modelTopology with a list of nodes");
  return read_nodes (l, nodes) && link_nodes (l, nodes) && find_outputs (l, root) &&
         tfjs_read_manifest (l, root);
}
