/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lists of operators in docs/guide/models.md are the readers' tables. */
#include <string.h>

#include "inference/tfjs/reader.h"
#include "inference/tflite/reader.h"

/* The words in backquotes of the paragraph that begins with this. */
static GHashTable *
words_after (const gchar *text, const gchar *heading)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const gchar *at = strstr (text, heading);
  g_assert_nonnull (at);
  g_autofree gchar *paragraph = g_strndup (at, (gsize)(strstr (at, "\n\n") - at));
  g_auto (GStrv) parts = g_strsplit (paragraph, "`", -1);
  for (guint i = 1; parts[i]; i += 2)
    g_assert_true (g_hash_table_add (words, g_strdup (parts[i])));
  return words;
}

static gchar *
read_docs (void)
{
  g_autofree gchar *path = g_build_filename (g_getenv ("TFC_SOURCE"), "docs", "guide", "models.md", NULL);
  g_autoptr (GError) error = NULL;
  gchar *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_tflite (void)
{
  g_autofree gchar *text = read_docs ();
  const gchar *name;
  gboolean is_read;
  GHashTable *read = words_after (text, "Read from `.tflite` files:"),
             *refused = words_after (text, "Refused by name:");
  g_hash_table_remove (read, ".tflite");
  for (guint i = 0; tfc_tfl_operator_nth (i, &name, &is_read); i++) {
    if (name && !g_hash_table_remove (is_read ? read : refused, name))
      g_error ("docs/guide/models.md does not say that %s is %s", name, is_read ? "read" : "refused");
  }
  g_assert_cmpuint (g_hash_table_size (read), ==, 0);
  g_assert_cmpuint (g_hash_table_size (refused), ==, 0);
  g_hash_table_unref (read);
  g_hash_table_unref (refused);
}

static void
test_tfjs (void)
{
  g_autofree gchar *text = read_docs ();
  GHashTable *read = words_after (text, "Read from GraphModels:");
  for (guint i = 0; tfjs_op_name (i); i++) {
    if (!g_hash_table_remove (read, tfjs_op_name (i)))
      g_error ("docs/guide/models.md does not say that %s is read", tfjs_op_name (i));
    g_assert_true (!i || strcmp (tfjs_op_name (i - 1), tfjs_op_name (i)) < 0); /* it is searched */
  }
  g_assert_cmpuint (g_hash_table_size (read), ==, 0);
  g_hash_table_unref (read);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/operators/tflite", test_tflite);
  g_test_add_func ("/operators/tfjs", test_tfjs);
  return g_test_run ();
}
