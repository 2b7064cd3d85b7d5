/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "row.h"

#define COLUMNS 9

static const gchar *const titles[COLUMNS] = {"network", "backend", "threads", "median ms", "min ms",
                                             "p90 ms",  "runs",    "MMAC",    "ratio"};

static void
cells_of (const Row *row, gchar *cells[COLUMNS])
{
  const gchar *note = row->n_fallback ? "*" : "";
  cells[0] = g_strdup (row->network);
  cells[1] = g_strdup_printf ("%s%s", row->backend, note);
  cells[2] = g_strdup_printf ("%u", row->threads);
  cells[3] = g_strdup_printf ("%.3f", row_ms (row, 0.5));
  cells[4] = g_strdup_printf ("%.3f", row_ms (row, 0));
  cells[5] = g_strdup_printf ("%.3f", row_ms (row, 0.9));
  cells[6] = g_strdup_printf ("%u", row->ns->len);
  cells[7] = row->macs ? g_strdup_printf ("%.1f", row->macs / 1e6) : g_strdup ("");
  cells[8] = g_strdup_printf ("%.3f", row->ratio);
}

static void
print_line (gchar *const cells[COLUMNS], const gint width[COLUMNS])
{
  for (guint c = 0; c < COLUMNS; c++)
    g_print (c < 2 ? "| %-*s " : "| %*s ", width[c], cells[c]);
  g_print ("|\n");
}

void
row_print_table (const GPtrArray *rows)
{
  gchar *(*cells)[COLUMNS] = g_malloc0 (sizeof (gchar *[COLUMNS]) * (rows->len + 1));
  gint width[COLUMNS];
  gboolean fallback = FALSE;
  for (guint c = 0; c < COLUMNS; c++)
    width[c] = strlen (titles[c]);
  for (guint r = 0; r < rows->len; r++) {
    const Row *row = rows->pdata[r];
    cells_of (row, cells[r]);
    fallback |= row->n_fallback > 0;
    for (guint c = 0; c < COLUMNS; c++)
      width[c] = MAX (width[c], (gint)strlen (cells[r][c]));
  }
  print_line ((gchar *const *)titles, width);
  for (guint c = 0; c < COLUMNS; c++) {
    g_autofree gchar *dashes = g_strnfill (width[c] + 1, '-');
    g_print (c < 2 ? "|%s-" : "|%s:", dashes);
  }
  g_print ("|\n");
  for (guint r = 0; r < rows->len; r++) {
    print_line (cells[r], width);
    for (guint c = 0; c < COLUMNS; c++)
      g_free (cells[r][c]);
  }
  if (fallback)
    g_print ("\n\\* some nodes run on the reference\n");
  g_free (cells);
}

static void
member (JsonBuilder *b, const gchar *name, gdouble value)
{
  json_builder_set_member_name (b, name);
  json_builder_add_double_value (b, value);
}

static void
member_int (JsonBuilder *b, const gchar *name, gint64 value)
{
  json_builder_set_member_name (b, name);
  json_builder_add_int_value (b, value);
}

JsonNode *
row_to_json (const GPtrArray *rows)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_array (b);
  for (guint r = 0; r < rows->len; r++) {
    const Row *row = rows->pdata[r];
    json_builder_begin_object (b);
    json_builder_set_member_name (b, "network");
    json_builder_add_string_value (b, row->network);
    json_builder_set_member_name (b, "backend");
    json_builder_add_string_value (b, row->backend);
    member_int (b, "threads", row->threads);
    member (b, "median_ms", row_ms (row, 0.5));
    member (b, "min_ms", row_ms (row, 0));
    member (b, "p90_ms", row_ms (row, 0.9));
    member_int (b, "runs", row->ns->len);
    member (b, "mmac", row->macs / 1e6);
    member (b, "ratio", row->ratio);
    member_int (b, "fallback_nodes", row->n_fallback);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  return json_builder_get_root (b);
}
