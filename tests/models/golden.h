/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The shared mirror of golden results, for tests. */
#include <cJSON.h>
#include <glib.h>
#include <string.h>

/* A path below TFC_SHARED; NULL, and the test skipped, if it is not there. g_free. */
static inline gchar *
golden_path (const gchar *name)
{
  const gchar *root = g_getenv ("TFC_SHARED");
  gchar *path = g_build_filename (root ? root : "../shared", name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_test_skip_printf ("%s is not there (TFC_SHARED)", path);
    g_clear_pointer (&path, g_free);
  }
  return path;
}

/* A whole file, which must have exactly size bytes; NULL and skipped as above. g_free. */
static inline gpointer
golden_read (const gchar *name, gsize size)
{
  gchar *path = golden_path (name), *bytes = NULL;
  gsize length = 0;

  if (!path)
    return NULL;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (length, ==, size);
  g_free (path);
  return bytes;
}

/* NULL and skipped as above. cJSON_Delete. */
static inline cJSON *
golden_json (const gchar *name)
{
  gchar *path = golden_path (name), *text;
  cJSON *root;

  if (!path)
    return NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (root = cJSON_Parse (text));
  g_free (text);
  g_free (path);
  return root;
}

/* One that is not there is NaN, which passes no comparison. */
static inline gdouble
golden_number (const cJSON *list, gint i)
{
  return cJSON_GetNumberValue (cJSON_GetArrayItem (list, i));
}

static inline gdouble
golden_member (const cJSON *object, const gchar *name)
{
  return cJSON_GetNumberValue (cJSON_GetObjectItem (object, name));
}

static inline const gchar *
golden_text (const cJSON *object, const gchar *name)
{
  return cJSON_GetStringValue (cJSON_GetObjectItem (object, name));
}
