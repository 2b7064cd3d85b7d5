/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "row.h"

#define FIXED 8

static const gchar *const titles[FIXED + 1] = {
    "network", "backend", "threads", "median ms", "min ms", "p90 ms", "runs", "MMAC", "ratio"};

/* The table's columns: FIXED, then the share of the peak and one for each peer, or the ratio alone.
 */
typedef struct {
  GPtrArray *titles; /* gchar* */
  GPtrArray *lines;  /* gchar** */
  GPtrArray *peers;  /* const gchar*, names in order of appearance */
} Table;

static gchar **
cells_of (const Table *t, const Row *row)
{
  gchar **cells = g_new0 (gchar *, t->titles->len + 1);
  gdouble peak = row_of_peak (row);
  guint c = FIXED;
  cells[0] = g_strdup (row->network);
  cells[1] = g_strdup_printf ("%s%s", row->backend, row->n_fallback ? "*" : "");
  cells[2] = g_strdup_printf ("%u", row->threads);
  cells[3] = g_strdup_printf ("%.3f", row_ms (row, 0.5));
  cells[4] = g_strdup_printf ("%.3f", row_ms (row, 0));
  cells[5] = g_strdup_printf ("%.3f", row_ms (row, 0.9));
  cells[6] = g_strdup_printf ("%u", row->ns->len);
  cells[7] = row->macs ? g_strdup_printf ("%.1f", row->macs / 1e6) : g_strdup ("");
  if (!t->peers->len) {
    cells[c] = g_strdup_printf ("%.3f", row->ratio);
    return cells;
  }
  cells[c++] = peak > 0 ? g_strdup_printf ("%.0f %%", 100 * peak) : g_strdup ("");
  for (guint p = 0; p < t->peers->len; p++, c++) {
    for (guint i = 0; i < row->against->len; i++) {
      const Against *a = &g_array_index (row->against, Against, i);
      if (g_str_equal (a->peer, t->peers->pdata[p]))
        cells[c] = g_strdup_printf ("%.3f (%.3f..%.3f)", a->ratio, a->p10, a->p90);
    }
    if (!cells[c])
      cells[c] = g_strdup ("");
  }
  return cells;
}

static void
find_peers (Table *t, const GPtrArray *rows)
{
  for (guint r = 0; r < rows->len; r++) {
    const Row *row = rows->pdata[r];
    if (row->peer && !g_ptr_array_find_with_equal_func (t->peers, row->backend, g_str_equal, NULL))
      g_ptr_array_add (t->peers, row->backend);
  }
}

static void
add_titles (Table *t)
{
  guint fixed = t->peers->len ? FIXED : FIXED + 1;
  for (guint i = 0; i < fixed; i++)
    g_ptr_array_add (t->titles, g_strdup (titles[i]));
  if (t->peers->len)
    g_ptr_array_add (t->titles, g_strdup ("of peak"));
  for (guint p = 0; p < t->peers->len; p++)
    g_ptr_array_add (t->titles, g_strdup_printf (": %s", (gchar *)t->peers->pdata[p]));
}

static void
print_line (gchar *const *cells, const gint *width, guint n)
{
  for (guint c = 0; c < n; c++) {
    gint blank = width[c] - (gint)g_utf8_strlen (cells[c], -1);
    if (c < 2)
      g_print ("| %s%*s ", cells[c], blank, "");
    else
      g_print ("| %*s%s ", blank, "", cells[c]);
  }
  g_print ("|\n");
}

static void
print (const Table *t)
{
  guint n = t->titles->len;
  g_autofree gint *width = g_new0 (gint, n);
  for (guint c = 0; c < n; c++) {
    width[c] = g_utf8_strlen (t->titles->pdata[c], -1);
    for (guint r = 0; r < t->lines->len; r++)
      width[c] = MAX (width[c], (gint)g_utf8_strlen (((gchar **)t->lines->pdata[r])[c], -1));
  }
  print_line ((gchar *const *)t->titles->pdata, width, n);
  for (guint c = 0; c < n; c++) {
    g_autofree gchar *dashes = g_strnfill (width[c] + 1, '-');
    g_print (c < 2 ? "|%s-" : "|%s:", dashes);
  }
  g_print ("|\n");
  for (guint r = 0; r < t->lines->len; r++)
    print_line (t->lines->pdata[r], width, n);
}

void
row_print_table (const GPtrArray *rows)
{
  Table t = {g_ptr_array_new_with_free_func (g_free),
             g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev), g_ptr_array_new ()};
  gboolean fallback = FALSE;
  find_peers (&t, rows);
  add_titles (&t);
  for (guint r = 0; r < rows->len; r++) {
    const Row *row = rows->pdata[r];
    g_ptr_array_add (t.lines, cells_of (&t, row));
    fallback |= row->n_fallback > 0;
  }
  print (&t);
  if (t.peers->len)
    g_print (
        "\n\": peer\" is our time by the peer's in the same round with as many threads, median "
        "(p10..p90): below 1 we are faster.\n");
  if (fallback)
    g_print ("\n\\* some nodes run on the reference\n");
  g_ptr_array_unref (t.titles);
  g_ptr_array_unref (t.lines);
  g_ptr_array_unref (t.peers);
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

static void
member_text (JsonBuilder *b, const gchar *name, const gchar *value)
{
  json_builder_set_member_name (b, name);
  json_builder_add_string_value (b, value);
}

static void
member_against (JsonBuilder *b, const Row *row)
{
  json_builder_set_member_name (b, "against");
  json_builder_begin_object (b);
  for (guint i = 0; i < row->against->len; i++) {
    const Against *a = &g_array_index (row->against, Against, i);
    json_builder_set_member_name (b, a->peer);
    json_builder_begin_object (b);
    member (b, "ratio", a->ratio);
    member (b, "p10", a->p10);
    member (b, "p90", a->p90);
    json_builder_end_object (b);
  }
  json_builder_end_object (b);
}

JsonNode *
row_to_json (const GPtrArray *rows)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  json_builder_begin_array (b);
  for (guint r = 0; r < rows->len; r++) {
    const Row *row = rows->pdata[r];
    json_builder_begin_object (b);
    member_text (b, "network", row->network);
    member_text (b, "backend", row->backend);
    if (row->version)
      member_text (b, "version", row->version);
    member_int (b, "threads", row->threads);
    member (b, "median_ms", row_ms (row, 0.5));
    member (b, "min_ms", row_ms (row, 0));
    member (b, "p90_ms", row_ms (row, 0.9));
    member_int (b, "runs", row->ns->len);
    member (b, "mmac", row->macs / 1e6);
    member (b, "ratio", row->ratio);
    member_int (b, "fallback_nodes", row->n_fallback);
    if (row->peak > 0)
      member (b, "roofline_ms", row->macs / row->peak * 1e3);
    if (row->against->len)
      member_against (b, row);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  return json_builder_get_root (b);
}
