/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/run/run.h"

#include <string.h>

/* "1x257x257x3" or "1,257,257,3"; "?" for what stays. */
static gboolean
parse_dimensions (const gchar *text, TfcShape *shape)
{
  *shape = tfc_shape (0);
  while (shape->rank < TFC_MAX_RANK) {
    gchar *end = (gchar *)text + 1;
    const gboolean same = *text == '?';
    const gint64 size = same ? -1 : g_ascii_strtoll (text, &end, 10);
    if (!same && (!g_ascii_isdigit (*text) || size < 1 || size > G_MAXINT32))
      return FALSE;
    shape->dim[shape->rank++] = (gint32)size;
    if (!*end)
      return TRUE;
    if (*end != 'x' && *end != ',')
      return FALSE;
    text = end + 1;
  }
  return FALSE;
}

static gboolean
parse_shape (const gchar *word, TfcInputShape *shape)
{
  const gchar *equals = strrchr (word, '=');
  *shape = (TfcInputShape){0};
  if (!parse_dimensions (equals ? equals + 1 : word, &shape->shape))
    return FALSE;
  if (!equals)
    return TRUE;
  if (equals == word)
    return FALSE;
  gchar *name = g_strndup (word, equals - word), *end;
  const guint64 index = g_ascii_strtoull (name, &end, 10);
  if (g_ascii_isdigit (*name) && !*end && index < G_MAXUINT) {
    shape->index = (guint)index;
    g_free (name);
  } else {
    shape->name = name;
  }
  return TRUE;
}

TfcInputShape *
tfc_run_shapes (const gchar *const *words, guint *n, const gchar **wrong)
{
  *n = words ? g_strv_length ((gchar **)words) : 0;
  *wrong = NULL;
  TfcInputShape *shapes = g_new0 (TfcInputShape, (gsize)*n + 1);
  for (guint i = 0; i < *n && !*wrong; i++) {
    if (!parse_shape (words[i], &shapes[i]))
      *wrong = words[i];
  }
  return shapes;
}

void
tfc_run_shapes_free (TfcInputShape *shapes, guint n)
{
  for (guint i = 0; shapes && i < n; i++)
    g_free ((gchar *)shapes[i].name);
  g_free (shapes);
}

static void
list_tensor (gpointer data, const gchar *name, const TfcTensor *desc, const gchar *op)
{
  gchar *printable = tfc_printable (name), shape[96];
  g_string_append_printf (data, "'%s'  %s  %s  %s\n", printable, tfc_type_name (desc->type),
                          tfc_shape_print (&desc->shape, shape), op);
  g_free (printable);
}

gboolean
tfc_run_list (const gchar *path, const TfcModelOptions *options, GString *text, GError **error)
{
  return tfc_model_list (path, options, list_tensor, text, error);
}
