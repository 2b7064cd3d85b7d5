/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/session/ends.h"
#include "inference/session/model_private.h"

static gboolean
no_input (const TfcModel *m, const TfcInputShape *s, GError **error)
{
  if (s->name)
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "a shape for input '%.*s', which is none",
                 TFC_MAX_NAME, s->name);
  else
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "a shape for input %u, of %u inputs",
                 s->index, tfc_model_n_inputs (m));
  return FALSE;
}

/* What this input is to have, in full. */
static gboolean
set_input (const TfcModel *m, guint i, const TfcShape *shape, TfcShape *want, GError **error)
{
  const TfcShape *is = &m->now->inputs[i].shape;
  gchar has[96];
  if (shape->rank != is->rank) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "input '%s' is %s: a shape of %d dimensions does not fit it",
                 tfc_model_input_name (m, i), tfc_shape_print (is, has), shape->rank);
    return FALSE;
  }
  TfcShape full = *shape;
  for (gint k = 0; k < full.rank; k++)
    full.dim[k] = full.dim[k] == -1 ? is->dim[k] : full.dim[k];
  if (want[i].rank >= 0 || !tfc_shape_equal (&full, is)) /* else it is so without being asked */
    want[i] = full;
  return TRUE;
}

/* Nothing forbids a file two inputs of one name: the shape is for both, as when it is opened. */
static gboolean
set_shape (const TfcModel *m, const TfcInputShape *s, TfcShape *want, GError **error)
{
  const guint n = tfc_model_n_inputs (m);
  gboolean found = FALSE;
  for (guint i = 0; i < n; i++) {
    if (s->name ? g_strcmp0 (s->name, tfc_model_input_name (m, i)) != 0 : s->index != i)
      continue;
    found = TRUE;
    if (!set_input (m, i, &s->shape, want, error))
      return FALSE;
  }
  return found || no_input (m, s, error);
}

/* [inputs] with rank -1 for those that nobody asks about. */
static TfcShape *
wanted_shapes (const TfcModel *m, const TfcInputShape *shapes, guint n, GError **error)
{
  TfcShape *want = g_memdup2 (m->now->given, (tfc_model_n_inputs (m) + 1) * sizeof *want);
  for (guint i = 0; i < n; i++) {
    if (!set_shape (m, &shapes[i], want, error))
      g_clear_pointer (&want, g_free);
    if (!want)
      return NULL;
  }
  return want;
}

static gboolean
has_shapes (const TfcSpecialization *v, const TfcShape *want)
{
  for (guint i = 0; i < v->graph->inputs->len; i++) {
    const TfcShape *given = &v->given[i];
    if (given->rank != want[i].rank || (given->rank >= 0 && !tfc_shape_equal (given, &want[i])))
      return FALSE;
  }
  return TRUE;
}

/* One that is there comes first. */
static gboolean
go_back (TfcModel *m, const TfcShape *want)
{
  for (guint i = 0; i < m->specializations->len; i++) {
    TfcSpecialization *v = g_ptr_array_index (m->specializations, i);
    if (!has_shapes (v, want))
      continue;
    g_ptr_array_steal_index (m->specializations, i);
    g_ptr_array_insert (m->specializations, 0, v);
    m->now = v;
    return TRUE;
  }
  return FALSE;
}

/* Constants that lie there keep their address from now on. */
static void
keep_bytes (gpointer model, GBytes *bytes)
{
  const TfcModel *m = model;
  gsize n;
  gconstpointer from = g_bytes_get_data (bytes, &n);
  tfc_packed_store_keep (m->packed, from, n);
}

static TfcGraph *
load_graph (TfcModel *m, const TfcEnds *ends, GError **error)
{
  const gboolean first = !m->source;
  if (first)
    m->source = tfc_source_open (m->path, error);
  TfcGraph *graph = m->source ? tfc_source_graph (m->source, ends, error) : NULL;
  if (first && graph)
    tfc_source_each (m->source, keep_bytes, m);
  return graph;
}

static TfcSpecialization *
load_specialization (TfcModel *m, const TfcShape *want, GError **error)
{
  const guint n = tfc_model_n_inputs (m);
  TfcInputShape *shapes = g_new0 (TfcInputShape, n + 1);
  TfcEnds ends = {.input_shapes = shapes,
                  .inputs = (const gchar *const *)m->input_names,
                  .outputs = (const gchar *const *)m->output_names};
  for (guint i = 0; i < n; i++) {
    if (want[i].rank >= 0)
      shapes[ends.n_input_shapes++] = (TfcInputShape){.index = i, .shape = want[i]};
  }
  TfcGraph *graph = load_graph (m, &ends, error);
  g_free (shapes);
  return graph ? tfc_specialization_new (graph, m->backend, m->pool, m->packed, error) : NULL;
}

/* Those that were used last stay, as far as there is room for them. */
static void
trim (TfcModel *m)
{
  gsize bytes = 0;
  for (guint i = 1; i < m->specializations->len; i++) {
    const TfcSpecialization *v = g_ptr_array_index (m->specializations, i);
    bytes += tfc_specialization_bytes (v) + v->packed_bytes;
    if (i < TFC_MAX_PLANS && bytes <= TFC_MAX_PLANS_BYTES)
      continue;
    g_ptr_array_set_size (m->specializations, (gint)i);
    return;
  }
}

/* NULL with error set. */
static TfcSpecialization *
load_alike (TfcModel *m, const TfcShape *want, GError **error)
{
  TfcSpecialization *v = load_specialization (m, want, error);
  if (!v || tfc_specialization_is_alike (v, m->now))
    return v;
  g_set_error (error, TFC_ERROR, TFC_ERROR_READ,
               "%s: the file is another one than when it was opened", m->path);
  tfc_specialization_free (v);
  return NULL;
}

static gboolean
specialize (TfcModel *m, const TfcShape *want, GError **error)
{
  const gboolean first = !m->source;
  TfcSpecialization *v = load_alike (m, want, error);
  if (!v && first) { /* perhaps it is not the file that was opened */
    tfc_packed_store_unkeep (m->packed);
    g_clear_pointer (&m->source, tfc_source_free);
  }
  if (!v)
    return FALSE;
  memcpy (v->given, want, tfc_model_n_inputs (m) * sizeof *want);
  g_ptr_array_insert (m->specializations, 0, v);
  m->now = v;
  trim (m);
  return TRUE;
}

gboolean
tfc_model_reshape (TfcModel *m, const TfcInputShape *shapes, guint n, GError **error)
{
  TfcShape *want;
  if (!m->path) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "a network that was not opened from a file keeps its shape");
    return FALSE;
  }
  want = wanted_shapes (m, shapes, n, error);
  const gboolean ok = want && (go_back (m, want) || specialize (m, want, error));
  g_free (want);
  if (!ok)
    tfc_error_tidy (error);
  return ok;
}
