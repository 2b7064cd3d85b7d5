/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/model_io.h"

/* The first output from start on with count elements, or -1. */
static gint
find_output (const TfcModel *model, gsize count, guint start)
{
  for (guint i = start; i < tfc_model_n_outputs (model); i++) {
    const TfcTensor *t = tfc_model_output (model, i);
    if (t->type == TFC_TYPE_F32 && tfc_tensor_count (t) == count)
      return i;
  }
  return -1;
}

gboolean
tfc_model_match_outputs (const TfcModel *model, const gchar *path, const gchar *what, guint size,
                const gsize *counts, guint n, guint *index, GError **error)
{
  const TfcShape want = tfc_shape (4, 1, size, size, 3);
  gboolean ok = tfc_model_n_inputs (model) == 1 &&
                tfc_model_input (model, 0)->type == TFC_TYPE_F32 &&
                tfc_shape_equal (&tfc_model_input (model, 0)->shape, &want);
  for (guint i = 0; ok && i < n; i++) {
    guint start = 0;
    for (guint k = 0; k < i; k++) /* equal sizes: one after the other */
      start = counts[k] == counts[i] ? index[k] + 1 : start;
    const gint found = find_output (model, counts[i], start);
    index[i] = found;
    ok = found >= 0;
  }
  if (ok)
    return TRUE;
  GString *sizes = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sizes, "%s%" G_GSIZE_FORMAT, i ? ", " : "", counts[i]);
  g_set_error (
      error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
      "%s: is not %s: that has one float32 input of 1x%ux%ux3 and float32 outputs of %s elements",
      path, what, size, size, sizes->str);
  g_string_free (sizes, TRUE);
  return FALSE;
}
