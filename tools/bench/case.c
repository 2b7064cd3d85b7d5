/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/case.h"

#include <glib/gstdio.h>
#include <string.h>

#include "inference/graph/graph.h"
#include "tools/bench/kernels/networks.h"
#include "tools/bench/onnx/onnx.h"

static const gchar *const tasks[N_CASES] = {"network", "detect",   "faces",  "poses",
                                            "hands",   "segments", "classes"};

void
case_fill (const TfcTensor *t, void *data)
{
  guint32 state = 1;
  for (gsize i = 0, n = tfc_tensor_count (t); i < n; i++) {
    state = state * 1664525u + 1013904223u;
    if (t->type == TFC_TYPE_F32)
      ((gfloat *)data)[i] = (state >> 24) / 127.5f - 1.0f;
    else if (t->type == TFC_TYPE_I32)
      ((gint32 *)data)[i] = state >> 24;
    else
      ((guint8 *)data)[i] = state >> 24;
  }
}

static gboolean
computes_bytes (const TfcGraph *g)
{
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *n = tfc_graph_n (g, i);
    if (n->op == TFC_OP_CONV_2D)
      return tfc_graph_v (g, n->in[1])->tensor.type != TFC_TYPE_F32;
  }
  return FALSE;
}

Case *
case_network (const gchar *title, const gchar *path, GError **error)
{
  Case *c = g_new0 (Case, 1);
  c->title = g_strdup (title);
  c->path = g_strdup (path);
  c->peer_path = g_strdup (path);
  c->graph = network_open (path, error);
  if (!c->graph) {
    case_free (c);
    return NULL;
  }
  c->quantised = computes_bytes (c->graph);
  return c;
}

static CaseTask
task_of (const gchar *what, const gchar *colon)
{
  for (CaseTask t = CASE_DETECT; colon && t < N_CASES; t++) {
    if (strlen (tasks[t]) == (gsize)(colon - what) && g_str_has_prefix (what, tasks[t]))
      return t;
  }
  return N_CASES;
}

Case *
case_chain (const gchar *what, const gchar *picture, const gchar *model_path, GError **error)
{
  Case *c = g_new0 (Case, 1);
  const gchar *colon = strchr (what, ':');
  c->task = task_of (what, colon);
  if (c->task == N_CASES) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "a chain is detect:FILE, faces:FOLDER, poses:FILE, hands:FOLDER, segments:FILE or "
                 "classes:FILE, not \"%s\"",
                 what);
  } else if (tfc_picture_load (picture, &c->picture, error)) {
    c->title = g_strdup_printf ("%s, %ux%u", tasks[c->task], c->picture.frame.width,
                                c->picture.frame.height);
    c->peer_path = g_strdup (colon + 1);
    c->path = g_strdup (c->task == CASE_FACES ? model_path : colon + 1);
    return c;
  }
  case_free (c);
  return NULL;
}

const gchar *
case_task_name (const Case *c)
{
  return tasks[c->task];
}

static gboolean
put (const Case *c, const gchar *name, guint index, gconstpointer data, gsize n, GError **error)
{
  g_autofree gchar *file = g_strdup_printf ("%s/%s%u", c->folder, name, index);
  return g_file_set_contents (file, data, n, error);
}

static void
add_line (GString *lines, const TfcTensor *t)
{
  static const gchar *const types[TFC_N_TYPES] = {
      [TFC_TYPE_F32] = "f32", [TFC_TYPE_U8] = "u8", [TFC_TYPE_I8] = "i8", [TFC_TYPE_I32] = "i32"};
  g_string_append (lines, types[t->type] ? types[t->type] : "other");
  for (gint i = 0; i < t->shape.rank; i++)
    g_string_append_printf (lines, " %d", t->shape.dim[i]);
  g_string_append_c (lines, '\n');
}

static gboolean
share_input (Case *c, guint index, const TfcTensor *t, const void *data, GString *lines,
             GError **error)
{
  g_autofree void *turned = onnx_turn (t, data);
  add_line (lines, t);
  return put (c, "input", index, data, tfc_tensor_bytes (t), error) &&
         put (c, "turned", index, turned, tfc_tensor_bytes (t), error);
}

static gboolean
share_inputs (Case *c, GString *lines, GError **error)
{
  const TfcFrame *f = &c->picture.frame;
  TfcTensor picture = {.type = TFC_TYPE_U8, .shape = tfc_shape (4, 1, f->height, f->width, 3)};
  if (c->task != CASE_NETWORK)
    return share_input (c, 0, &picture, c->picture.pixels, lines, error);
  for (guint i = 0; i < c->graph->inputs->len; i++) {
    const TfcTensor *t =
        &tfc_graph_v (c->graph, g_array_index (c->graph->inputs, guint, i))->tensor;
    g_autofree void *data = g_malloc0 (tfc_tensor_bytes (t));
    case_fill (t, data);
    if (!share_input (c, i, t, data, lines, error))
      return FALSE;
  }
  return TRUE;
}

static void
add_names (GString *lines, const TfcGraph *g, const GArray *values)
{
  for (guint i = 0; i < values->len; i++) {
    const gchar *name = tfc_graph_v (g, g_array_index (values, guint, i))->name;
    g_string_append_printf (lines, "%s%s", i ? " " : "", name ? name : "?");
  }
  g_string_append_c (lines, '\n');
}

static gboolean
share_network (Case *c, GError **error)
{
  g_autofree gchar *onnx = g_build_filename (c->folder, "net.onnx", NULL);
  g_autofree gchar *names = g_build_filename (c->folder, "names", NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  GError *refused = NULL;
  GByteArray *bytes = onnx_from_graph (c->graph, &refused);
  gboolean ok = TRUE;
  if (bytes)
    ok = g_file_set_contents (onnx, (gchar *)bytes->data, bytes->len, error);
  else
    g_printerr ("tfc-bench: %s: %s\n", c->title, refused->message);
  g_clear_error (&refused);
  g_clear_pointer (&bytes, g_byte_array_unref);
  add_names (lines, c->graph, c->graph->inputs);
  add_names (lines, c->graph, c->graph->outputs);
  return ok && g_file_set_contents (names, lines->str, lines->len, error);
}

gboolean
case_share (Case *c, GError **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree gchar *inputs = NULL;
  if (c->folder)
    return TRUE;
  c->folder = g_dir_make_tmp ("tfc-bench-XXXXXX", error);
  if (!c->folder || !share_inputs (c, lines, error))
    return FALSE;
  inputs = g_build_filename (c->folder, "inputs", NULL);
  return g_file_set_contents (inputs, lines->str, lines->len, error) &&
         (c->task != CASE_NETWORK || share_network (c, error));
}

static void
remove_folder (const gchar *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  for (const gchar *name; dir && (name = g_dir_read_name (dir));) {
    g_autofree gchar *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
  if (dir)
    g_dir_close (dir);
  g_rmdir (folder);
}

void
case_free (Case *c)
{
  if (!c)
    return;
  if (c->folder)
    remove_folder (c->folder);
  tfc_picture_clear (&c->picture);
  tfc_graph_free (c->graph);
  g_free (c->folder);
  g_free (c->peer_path);
  g_free (c->path);
  g_free (c->title);
  g_free (c);
}
