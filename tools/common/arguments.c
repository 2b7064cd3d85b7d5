/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/common/arguments.h"

gboolean
tfc_arguments_parse (GOptionContext *context, int *argc, char ***argv, const gchar *(*check) (void))
{
  GError *error = NULL;
  const gchar *wrong =
      g_option_context_parse (context, argc, argv, &error) ? check () : error->message;
  if (wrong)
    g_printerr ("%s: %s\nTry '%s --help'.\n", g_get_prgname (), wrong, g_get_prgname ());
  g_clear_error (&error);
  g_option_context_free (context);
  return !wrong;
}
