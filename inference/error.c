/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/error.h"

G_DEFINE_QUARK (tfc - error - quark, tfc_error)

TfcErrorCode
tfc_error_of_file (const GError *error)
{
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TFC_ERROR_NOT_FOUND;
  return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOMEM) ? TFC_ERROR_MEMORY
                                                                   : TFC_ERROR_READ;
}

gchar *
tfc_printable (const gchar *text)
{
  gchar *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);

  for (const gchar *at = valid; *at; at = g_utf8_next_char (at)) {
    const gunichar c = g_utf8_get_char (at);
    g_string_append_unichar (out, g_unichar_iscntrl (c) ? '?' : c);
  }
  g_free (valid);
  return g_string_free (out, FALSE);
}

void
tfc_error_tidy (GError **error)
{
  if (!error || !*error)
    return;
  gchar *message = (*error)->message;
  (*error)->message = tfc_printable (message);
  g_free (message);
}
