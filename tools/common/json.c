/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/common/json.h"

#include <stdio.h>

void
tfc_json_text (cJSON *to, const gchar *key, const gchar *text)
{
  gchar *valid = g_utf8_make_valid (text, -1);
  cJSON_AddStringToObject (to, key, valid);
  g_free (valid);
}

gboolean
tfc_json_write (cJSON *list, const gchar *where, GError **error)
{
  gboolean ok = TRUE;
  gchar *text = cJSON_Print (list);
  if (g_str_equal (where, "-"))
    printf ("%s\n", text); /* g_print would make it the locale's */
  else
    ok = g_file_set_contents (where, text, -1, error);
  cJSON_free (text);
  cJSON_Delete (list);
  return ok;
}
