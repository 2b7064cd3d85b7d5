/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/common/json.h"

void
tfc_json_text (cJSON *to, const gchar *key, const gchar *text)
{
  gchar *valid = g_utf8_make_valid (text, -1);
  cJSON_AddStringToObject (to, key, valid);
  g_free (valid);
}
