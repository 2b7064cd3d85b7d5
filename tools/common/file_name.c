/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/common/file_name.h"

#include <string.h>

#define MAX_FILE_NAME 200 /* file systems allow 255, and a temporary name is longer */

gchar *
tfc_file_name (const gchar *name)
{
  GString *safe = g_string_new (NULL);
  for (const gchar *c = name; *c && safe->len < MAX_FILE_NAME; c++) {
    const gboolean plain = g_ascii_isalnum (*c) || strchr ("-_", *c) || (*c == '.' && safe->len);
    g_string_append_c (safe, plain ? *c : '_');
  }
  return g_string_free (safe, FALSE);
}
