/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/common/table.h"

struct Table {
  guint left;
  GPtrArray *lines; /* GPtrArray* of gchar*; the first holds the titles */
};

Table *
table_new (guint left)
{
  Table *t = g_new (Table, 1);
  t->left = left;
  t->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  table_line (t);
  return t;
}

void
table_free (Table *t)
{
  if (!t)
    return;
  g_ptr_array_unref (t->lines);
  g_free (t);
}

void
table_line (Table *t)
{
  g_ptr_array_add (t->lines, g_ptr_array_new_with_free_func (g_free));
}

void
table_cell (Table *t, gchar *text)
{
  g_ptr_array_add (t->lines->pdata[t->lines->len - 1], text ? text : g_strdup (""));
}

void
table_column (Table *t, gchar *title)
{
  table_cell (t, title);
}

static const GPtrArray *
line_at (const Table *t, guint line)
{
  return t->lines->pdata[line];
}

static const gchar *
cell_at (const Table *t, guint line, guint column)
{
  return column < line_at (t, line)->len ? line_at (t, line)->pdata[column] : "";
}

static void
print_line (const Table *t, guint line, const gint *width)
{
  for (guint c = 0; c < line_at (t, 0)->len; c++) {
    const gchar *text = cell_at (t, line, c);
    gint blank = width[c] - (gint)g_utf8_strlen (text, -1);
    if (c < t->left)
      g_print ("| %s%*s ", text, blank, "");
    else
      g_print ("| %*s%s ", blank, "", text);
  }
  g_print ("|\n");
}

static void
print_rule (const Table *t, const gint *width)
{
  for (guint c = 0; c < line_at (t, 0)->len; c++) {
    g_autofree gchar *dashes = g_strnfill (width[c] + 1, '-');
    g_print (c < t->left ? "|%s-" : "|%s:", dashes);
  }
  g_print ("|\n");
}

void
table_print (const Table *t)
{
  guint n = line_at (t, 0)->len;
  g_autofree gint *width = g_new0 (gint, n);
  for (guint c = 0; c < n; c++)
    for (guint line = 0; line < t->lines->len; line++)
      width[c] = MAX (width[c], (gint)g_utf8_strlen (cell_at (t, line, c), -1));
  for (guint line = 0; line < t->lines->len; line++) {
    print_line (t, line, width);
    if (line == 0)
      print_rule (t, width);
  }
}
