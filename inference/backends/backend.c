/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backend.h"
#include "inference/graph/graph.h"

#include "config.h"

static const TfcBackend *const backends[] = {
    &tfc_backend_auto,
#if HAVE_XNNPACK
    &tfc_backend_xnnpack,
#endif
    &tfc_backend_reference,
};

const TfcBackend *
tfc_backend_nth (guint n)
{
  return n < G_N_ELEMENTS (backends) ? backends[n] : NULL;
}

const TfcBackend *
tfc_backend_find (const gchar *name, GError **error)
{
  GString *names;
  if (!name)
    return backends[0];
  for (guint i = 0; i < G_N_ELEMENTS (backends); i++) {
    if (g_str_equal (backends[i]->name, name))
      return backends[i];
  }
  names = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (backends); i++)
    g_string_append_printf (names, "%s%s", i ? ", " : "", backends[i]->name);
  g_set_error (error, TFC_ERROR, TFC_ERROR_BACKEND, "backend \"%s\" is not built in; there are: %s",
               name, names->str);
  g_string_free (names, TRUE);
  return NULL;
}
