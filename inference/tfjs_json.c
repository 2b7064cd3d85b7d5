/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tfjs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* json-glib descends by recursion and makes much out of little: what it is given is strict JSON of
 * bounded depth and number of parts. */
static gboolean
scan (TfjsLoad *l, const gchar *text, gsize n)
{
  gsize tokens = 0, depth = 0;
  for (gsize i = 0; i < n; i++) {
    switch (text[i]) {
      case '"':
        for (i++; i < n && text[i] != '"'; i++)
          i += text[i] == '\\';
        break;
      case '[':
      case '{':
        if (++depth > TFJS_MAX_JSON_DEPTH)
          return tfjs_fail (l, TFC_ERROR_FORMAT,
                            "JSON nested deeper than %d at byte %" G_GSIZE_FORMAT,
                            TFJS_MAX_JSON_DEPTH, i);
        tokens++;
        break;
      case ']':
      case '}':
        depth -= depth > 0;
        break;
      case ',':
      case ':':
        tokens++;
        break;
      default:
        if (!text[i] || !strchr (" \t\r\n+-.0123456789eEtrufalsn", text[i]))
          return tfjs_fail (l, TFC_ERROR_FORMAT, "not JSON at byte %" G_GSIZE_FORMAT, i);
    }
    if (tokens > TFJS_MAX_JSON_TOKENS)
      return tfjs_fail (l, TFC_ERROR_FORMAT, "more than %d parts in the JSON",
                        TFJS_MAX_JSON_TOKENS);
  }
  return TRUE;
}

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
    else if ((ok = scan (l, text + skip, n - skip)))
      ok = json_parser_load_from_data (l->parser, text + skip, n - skip, &error);
    g_mapped_file_unref (file);
  }
  if (error) {
    TfcErrorCode code =
        error->domain == G_FILE_ERROR ? tfc_error_of_file (error) : TFC_ERROR_FORMAT;
    tfjs_fail (l, code, "%s", error->message);
    g_error_free (error);
  }
  return ok;
}

JsonObject *
tfjs_member_object (JsonObject *object, const gchar *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
tfjs_member_array (JsonObject *object, const gchar *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;
  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

const gchar *
tfjs_member_string (JsonObject *object, const gchar *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;
  return node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

gboolean
tfjs_number (JsonNode *node, gdouble *number)
{
  if (!node || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  GType type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING) {
    gchar *end;
    const gchar *text = json_node_get_string (node);
    *number = g_ascii_strtod (text, &end);
    return end != text && !*end;
  }
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *number = json_node_get_double (node);
  return TRUE;
}

static gboolean
read_nodes (TfjsLoad *l, JsonArray *array)
{
  guint n = json_array_get_length (array);
  if (n > TFC_MAX_NODES)
    return tfjs_fail (l, TFC_ERROR_FORMAT, "%u nodes; at most %d", n, TFC_MAX_NODES);
  l->nodes = g_new0 (TfjsNode, n);
  for (guint i = 0; i < n; i++) {
    JsonNode *json = json_array_get_element (array, i);
    JsonObject *object = JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
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
link_node (TfjsLoad *l, TfjsNode *node, JsonArray *inputs)
{
  guint n = inputs ? json_array_get_length (inputs) : 0;
  node->in = g_new0 (TfjsEdge, n + 1);
  for (guint k = 0; k < n; k++) {
    JsonNode *json = json_array_get_element (inputs, k);
    const gchar *ref = JSON_NODE_HOLDS_VALUE (json) ? json_node_get_string (json) : NULL;
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
link_nodes (TfjsLoad *l, JsonArray *array)
{
  for (guint i = 0; i < l->n_nodes; i++) {
    JsonObject *object = json_array_get_object_element (array, i);
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
find_outputs (TfjsLoad *l, JsonObject *root)
{
  JsonObject *signature = tfjs_member_object (root, "signature");
  if (!signature)
    signature = tfjs_member_object (tfjs_member_object (root, "userDefinedMetadata"), "signature");
  JsonObject *outputs = tfjs_member_object (signature, "outputs");
  GList *members = outputs ? json_object_get_members (outputs) : NULL;
  gboolean ok = TRUE;
  for (GList *m = members; ok && m; m = m->next) {
    const gchar *name = tfjs_member_string (tfjs_member_object (outputs, m->data), "name");
    TfjsEdge edge;
    ok = find_edge (l, name ? name : m->data, &edge);
    if (ok)
      add_output (l, edge, name ? name : m->data);
    else
      tfjs_fail (l, TFC_ERROR_FORMAT, "the signature's output %s is not there",
                 name ? name : (const gchar *)m->data);
  }
  for (guint i = 0; !members && i < l->n_nodes; i++) {
    if (!l->nodes[i].read && strcmp (l->nodes[i].op, "NoOp") && strcmp (l->nodes[i].op, "Const"))
      add_output (l, (TfjsEdge){i, 0}, l->nodes[i].name);
  }
  g_list_free (members);
  if (ok && (l->outputs->len == 0 || l->outputs->len > 1024))
    return tfjs_fail (l, TFC_ERROR_FORMAT, "%u outputs", l->outputs->len);
  return ok;
}

gboolean
tfjs_read_json (TfjsLoad *l)
{
  if (!parse (l))
    return FALSE;
  JsonNode *json = json_parser_get_root (l->parser);
  JsonObject *root = json && JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  JsonObject *topology = tfjs_member_object (root, "modelTopology");
  JsonArray *nodes;
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
