/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/builder.h"

#include "inference/builder/ends.h"

#include <string.h>

#define MAX_MESSAGE 1024 /* bytes: what it quotes may be as long as the file */

void
tfc_builder_init (TfcBuilder *b, const gchar *file, gsize bytes, gsize work)
{
  *b = (TfcBuilder){.graph = tfc_graph_new (), .file = file, .bytes = bytes, .work = work};
}

TfcGraph *
tfc_builder_finish (TfcBuilder *b, GError **error)
{
  const gboolean ok = tfc_builder_ok (b) && tfc_builder_shapes_fit (b);
  TfcGraph *graph = g_steal_pointer (&b->graph);
  GError *failed = g_steal_pointer (&b->error);
  if (ok && !tfc_graph_check (graph, &failed))
    g_prefix_error (&failed, "%s: ", b->file);
  g_clear_pointer (&b->wide, g_hash_table_unref);
  g_clear_pointer (&b->shapes_used, g_free);
  if (!failed)
    return graph;
  tfc_graph_free (graph);
  g_propagate_error (error, failed);
  return NULL;
}

static void
record (TfcBuilder *b, TfcErrorCode code, const gchar *where, const gchar *format, va_list args)
{
  gchar what[MAX_MESSAGE];
  if (b->error)
    return;
  g_vsnprintf (what, sizeof what, format, args);
  gchar *whole = g_utf8_make_valid (what, -1); /* where it was cut there may be half a character */
  b->error = g_error_new (TFC_ERROR, (gint)code, "%s: %s%s", b->file, where, whole);
  g_free (whole);
}

gboolean
tfc_builder_fail (TfcBuilder *b, TfcErrorCode code, const gchar *format, ...)
{
  va_list args;
  va_start (args, format);
  record (b, code, "", format, args);
  va_end (args);
  return FALSE;
}

static void
record_here (TfcBuilder *b, TfcErrorCode code, const gchar *format, va_list args)
{
  gchar where[2 * TFC_MAX_NAME + 32] = "", *whole;
  const gchar *kind = code == TFC_ERROR_UNSUPPORTED ? "cannot run " : "";
  if (b->op && b->node)
    g_snprintf (where, sizeof where, "%s%.*s node %.*s: ", kind, TFC_MAX_NAME, b->op, TFC_MAX_NAME,
                b->node);
  else if (b->op)
    g_snprintf (where, sizeof where, "%s%.*s (operator %u): ", kind, TFC_MAX_NAME, b->op, b->index);
  whole = g_utf8_make_valid (where, -1);
  record (b, code, whole, format, args);
  g_free (whole);
}

gboolean
tfc_builder_bad (TfcBuilder *b, const gchar *format, ...)
{
  va_list args;
  va_start (args, format);
  record_here (b, TFC_ERROR_FORMAT, format, args);
  va_end (args);
  return FALSE;
}

gboolean
tfc_builder_unsupported (TfcBuilder *b, const gchar *format, ...)
{
  va_list args;
  va_start (args, format);
  record_here (b, TFC_ERROR_UNSUPPORTED, format, args);
  va_end (args);
  return FALSE;
}

gboolean
tfc_builder_take_error (TfcBuilder *b)
{
  const GError *e = b->graph->error;
  return !e || tfc_builder_fail (b, (TfcErrorCode)e->code, "%s", e->message);
}

gboolean
tfc_builder_work (TfcBuilder *b, gsize n)
{
  if (n > b->work)
    return tfc_builder_fail (b, TFC_ERROR_FORMAT,
                             "parts of the file are used over and over, which no sound file does");
  b->work -= n;
  return TRUE;
}

void *
tfc_builder_alloc (TfcBuilder *b, gsize bytes)
{
  if (!tfc_builder_ok (b))
    return NULL;
  if (bytes > b->bytes) {
    tfc_builder_bad (b, "more constants than a model of this size may make");
    return NULL;
  }
  b->bytes -= bytes;
  void *data = tfc_graph_alloc (b->graph, bytes);
  return tfc_builder_ok (b) ? data : NULL;
}

guint
tfc_builder_constant (TfcBuilder *b, TfcType type, const TfcShape *shape, void **data)
{
  TfcTensor desc = {.type = type, .shape = *shape};
  gsize count;
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  if (!tfc_shape_count (shape, &count) || count > b->bytes / tfc_type_size (type) ||
      count > b->work)
    return TFC_BAD (b, "more constants than a model of this size may make");
  b->work -= count;
  desc.data = *data = tfc_builder_alloc (b, count * tfc_type_size (type));
  guint id = desc.data ? tfc_graph_value (b->graph, b->name, &desc) : TFC_NONE;
  return tfc_builder_ok (b) ? id : TFC_NONE;
}

guint
tfc_builder_constant_ints (TfcBuilder *b, TfcType type, const TfcShape *shape, const gint32 *values)
{
  void *to = NULL;
  if (type != TFC_TYPE_I32 && type != TFC_TYPE_I64)
    return TFC_UNSUPPORTED (b, "whole numbers as %s", tfc_type_name (type));
  guint id = tfc_builder_constant (b, type, shape, &to);
  const gsize n = id == TFC_NONE ? 0 : tfc_tensor_count (tfc_builder_tensor (b, id));
  for (gsize i = 0; i < n; i++) {
    if (type == TFC_TYPE_I32)
      ((gint32 *)to)[i] = values[i];
    else
      ((gint64 *)to)[i] = values[i];
  }
  return id;
}
