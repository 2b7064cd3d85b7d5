/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "tools/common/json.h"
#include "tools/bench/row.h"
#include "tools/common/table.h"

static gchar *
ms (gdouble value)
{
  return g_strdup_printf ("%.3f", value);
}

static gchar *
name_of (const Row *row)
{
  return g_strdup_printf ("%s%s", row->backend, row->n_fallback ? "*" : "");
}

static gchar *
count (guint value)
{
  return g_strdup_printf ("%u", value);
}

static void
print_rows (const GPtrArray *rows)
{
  static const gchar *const titles[] = {"network", "backend", "threads", "median ms", "min ms",
                                        "p90 ms",  "runs",    "MMAC",    "ratio"};
  Table *t = table_new (2);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    table_column (t, g_strdup (titles[i]));
  for (guint r = 0; r < rows->len; r++) {
    const Row *row = rows->pdata[r];
    table_line (t);
    table_cell (t, g_strdup (row->network));
    table_cell (t, name_of (row));
    table_cell (t, count (row->threads));
    table_cell (t, ms (row_ms (row, 0.5)));
    table_cell (t, ms (row_ms (row, 0)));
    table_cell (t, ms (row_ms (row, 0.9)));
    table_cell (t, count (row->ns->len));
    table_cell (t, row->macs ? g_strdup_printf ("%.1f", row->macs / 1e6) : NULL);
    table_cell (t, ms (row->ratio));
  }
  table_print (t);
  table_free (t);
}

/* The peers' rows, one of each name, in order of appearance. */
static GPtrArray *
peers_of (const GPtrArray *rows)
{
  GPtrArray *peers = g_ptr_array_new ();
  for (guint r = 0; r < rows->len; r++) {
    const Row *row = rows->pdata[r];
    gboolean known = !row->peer;
    for (guint p = 0; !known && p < peers->len; p++)
      known = g_str_equal (((const Row *)peers->pdata[p])->backend, row->backend);
    if (!known)
      g_ptr_array_add (peers, (gpointer)row);
  }
  return peers;
}

static gchar *
against_cell (const Row *row, const gchar *peer)
{
  for (guint i = 0; i < row->against->len; i++) {
    const Against *a = &g_array_index (row->against, Against, i);
    if (g_str_equal (a->peer, peer))
      return g_strdup_printf ("%.3f: %.3f (%.3f..%.3f)", a->ms, a->ratio, a->p10, a->p90);
  }
  return NULL;
}

static void
against_line (Table *t, const Row *row, const GPtrArray *peers)
{
  const Against *best = row_best_peer (row);
  table_line (t);
  table_cell (t, g_strdup (row->network));
  table_cell (t, name_of (row));
  table_cell (t, count (row->threads));
  table_cell (t, ms (row_ms (row, 0.5)));
  table_cell (t, row_roofline_ms (row) > 0 ? ms (row_roofline_ms (row)) : NULL);
  table_cell (t, row_of_peak (row) > 0 ? g_strdup_printf ("%.0f %%", 100 * row_of_peak (row)) : NULL);
  for (guint p = 0; p < peers->len; p++)
    table_cell (t, against_cell (row, ((const Row *)peers->pdata[p])->backend));
  table_cell (t, best ? g_strdup_printf ("%.3f %s", best->ratio, best->peer) : NULL);
}

/* One line for each of ours; the peers are columns. */
static void
print_against (const GPtrArray *rows, const GPtrArray *peers)
{
  static const gchar *const titles[] = {"network", "backend",     "threads",
                                        "ours ms", "roofline ms", "of roofline"};
  Table *t = table_new (2);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    table_column (t, g_strdup (titles[i]));
  for (guint p = 0; p < peers->len; p++)
    table_column (t, g_strdup (((const Row *)peers->pdata[p])->backend));
  table_column (t, g_strdup ("best peer"));
  for (guint r = 0; r < rows->len; r++) {
    const Row *row = rows->pdata[r];
    if (!row->peer)
      against_line (t, row, peers);
  }
  table_print (t);
  table_free (t);
  g_print (
      "\nA peer's column: its median ms, then our time by its in the same round with as many "
      "threads, median (p10..p90): below 1 we are faster. Best peer: the one that comes nearest "
      "to us or passes us, bare aside. Roofline: all products that the network is written with, at "
      "the CPU's peak; kernels that make do with fewer (Winograd's) may be below it.\n");
  for (guint p = 0; p < peers->len; p++) {
    const Row *peer = peers->pdata[p];
    if (peer->version)
      g_print ("%s: %s\n", peer->backend, peer->version);
  }
}

void
row_print_table (const GPtrArray *rows)
{
  g_autoptr (GPtrArray) peers = peers_of (rows);
  gboolean fallback = FALSE;
  for (guint r = 0; r < rows->len; r++)
    fallback |= ((const Row *)rows->pdata[r])->n_fallback > 0;
  if (peers->len)
    print_against (rows, peers);
  else
    print_rows (rows);
  if (fallback)
    g_print ("\n\\* some nodes run on the reference\n");
}

static void
member_against (cJSON *to, const Row *row)
{
  cJSON *all = cJSON_AddObjectToObject (to, "against");
  for (guint i = 0; i < row->against->len; i++) {
    const Against *a = &g_array_index (row->against, Against, i);
    cJSON *o = cJSON_AddObjectToObject (all, a->peer);
    cJSON_AddNumberToObject (o, "median_ms", a->ms);
    cJSON_AddNumberToObject (o, "ratio", a->ratio);
    cJSON_AddNumberToObject (o, "p10", a->p10);
    cJSON_AddNumberToObject (o, "p90", a->p90);
  }
}

static void
member_best (cJSON *to, const Against *best)
{
  cJSON *o = cJSON_AddObjectToObject (to, "best_peer");
  cJSON_AddStringToObject (o, "name", best->peer);
  cJSON_AddNumberToObject (o, "ratio", best->ratio);
}

static cJSON *
object_of (const Row *row)
{
  cJSON *o = cJSON_CreateObject ();
  tfc_json_text (o, "network", row->network);
  cJSON_AddStringToObject (o, "backend", row->backend);
  if (row->version)
    cJSON_AddStringToObject (o, "version", row->version);
  cJSON_AddNumberToObject (o, "threads", row->threads);
  cJSON_AddNumberToObject (o, "median_ms", row_ms (row, 0.5));
  cJSON_AddNumberToObject (o, "min_ms", row_ms (row, 0));
  cJSON_AddNumberToObject (o, "p90_ms", row_ms (row, 0.9));
  cJSON_AddNumberToObject (o, "runs", row->ns->len);
  cJSON_AddNumberToObject (o, "mmac", row->macs / 1e6);
  cJSON_AddNumberToObject (o, "ratio", row->ratio);
  cJSON_AddNumberToObject (o, "fallback_nodes", row->n_fallback);
  if (row_roofline_ms (row) > 0)
    cJSON_AddNumberToObject (o, "roofline_ms", row_roofline_ms (row));
  if (row->against->len)
    member_against (o, row);
  if (row_best_peer (row))
    member_best (o, row_best_peer (row));
  return o;
}

void
row_to_json (const GPtrArray *rows, cJSON *list)
{
  for (guint r = 0; r < rows->len; r++)
    cJSON_AddItemToArray (list, object_of (rows->pdata[r]));
}
