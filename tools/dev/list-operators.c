/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* list-operators [--check FILE]: the page docs/guide/operators.md out of the readers' tables; or
 * whether FILE is that page: status 1 if not. */
#include <stdio.h>
#include <string.h>

#include "inference/tfjs/reader.h"
#include "inference/tflite/reader.h"

#define COLUMNS 6 /* names a line of a list */

static const gchar *const head =
    "# Operators\n"
    "\n"
    "What networks in files may consist of. This page is made by "
    "`build-release/tools/dev/list-operators`, out "
    "of "
    "the tables that the readers have; a\n"
    "test compares the two. [Models](models.md#operators-and-number-formats) has the rules that "
    "go beyond an operator: number formats,\n"
    "what must be constant, sizes. An operator that is neither here nor known by its number is "
    "refused too, by its number.\n";

/* Which elements the first input may have. */
static void
append_types (GString *s, TfcOp op)
{
  static const struct {
    guint type;
    const gchar *name;
  } names[] = {{1 << TFC_TYPE_F32, "float32"}, {1 << TFC_TYPE_U8, "8 bits"},
               {1 << TFC_TYPE_I32, "int32"},   {1 << TFC_TYPE_I64, "int64"},
               {1 << TFC_TYPE_BOOL, "bool"},   {1 << TFC_TYPE_F16, "float16"}};
  const guint in = tfc_op_table[op].in[0], all = (1 << TFC_N_TYPES) - 1;
  gboolean first = TRUE;
  if ((in & all) == all) {
    g_string_append (s, "any");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (in & names[i].type) {
      g_string_append_printf (s, "%s%s", first ? "" : ", ", names[i].name);
      first = FALSE;
    }
  }
}

/* Of two lines, by the first word in backquotes; the backquote behind it is its end. */
static gint
by_name (gconstpointer a, gconstpointer b)
{
  const gchar *x = strchr (*(const gchar *const *)a, '`') + 1,
              *y = strchr (*(const gchar *const *)b, '`') + 1;
  for (; *x == *y && *x != '`'; x++)
    y++;
  return (*x == '`' ? 0 : *x) - (*y == '`' ? 0 : *y);
}

/* In the order of their names, each once. */
static void
append_sorted (GString *s, GPtrArray *lines, const gchar *between, guint columns)
{
  g_ptr_array_sort (lines, by_name);
  for (guint i = 0; i < lines->len; i++) {
    g_assert_true (i == 0 || strcmp (lines->pdata[i - 1], lines->pdata[i]) != 0);
    g_string_append (s, lines->pdata[i]);
    if (i + 1 < lines->len)
      g_string_append (s, (i + 1) % columns ? between : *between == ',' ? ",\n" : between);
  }
}

/* Those that are read, as rows of a table, and the others. */
static void
append_tflite (GString *s)
{
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_free),
                        refused = g_ptr_array_new_with_free_func (g_free);
  TfcTflOperator o;
  for (guint i = 0; tfc_tfl_operator_nth (i, &o); i++) {
    if (!o.name)
      continue;
    GString *line = g_string_new (NULL);
    g_string_append_printf (line, o.is_read ? "| `%s` | " : "`%s`", o.name);
    if (o.is_read && o.op < TFC_N_OPS)
      append_types (line, o.op);
    else if (o.is_read)
      g_string_append (line, "those of its parts");
    g_string_append (line, o.is_read ? " |" : "");
    g_ptr_array_add (o.is_read ? read : refused, g_string_free (line, FALSE));
  }
  g_string_append_printf (
      s,
      "\n## Read from `.tflite` files\n\n%u of them. The elements are those of what is "
      "computed with; 8 bits: uint8 or int8 with a scale.\n\n| operator | elements |\n| --- | --- "
      "|\n",
      read->len);
  append_sorted (s, read, "\n", 1);
  g_string_append (s, "\n");
  g_string_append_printf (s, "\n## Refused by name in `.tflite` files\n\n%u of them.\n\n",
                          refused->len);
  append_sorted (s, refused, ", ", COLUMNS);
  g_string_append (s, ".\n");
}

static void
append_tfjs (GString *s)
{
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; tfjs_op_name (i); i++)
    g_ptr_array_add (read, g_strdup_printf ("`%s`", tfjs_op_name (i)));
  g_string_append_printf (s,
                          "\n## Read from GraphModels\n\n%u of them; every other one is refused, "
                          "where an output needs it. Besides, a network "
                          "may end in\n`NonMaxSuppression` of any version: that is left to whoever "
                          "reads its outputs.\n\n",
                          read->len);
  append_sorted (s, read, ", ", COLUMNS);
  g_string_append (s, ".\n");
}

static gint
check (const gchar *path, const gchar *page)
{
  g_autofree gchar *text = NULL;
  if (g_file_get_contents (path, &text, NULL, NULL) && strcmp (text, page) == 0)
    return 0;
  g_printerr ("%s is another page than tools/dev/list-operators makes\n", path);
  return 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (GString) page = g_string_new (head);
  append_tflite (page);
  append_tfjs (page);
  if (argc == 3 && strcmp (argv[1], "--check") == 0)
    return check (argv[2], page->str);
  if (argc != 1) {
    g_printerr ("usage: list-operators [--check FILE]\n");
    return 2;
  }
  return fputs (page->str, stdout) < 0;
}
