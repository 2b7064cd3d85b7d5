/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/group.h"

#include "tools/bench/peak.h"

/* Adds the row, or tells why it is passed over: a peer that fails is none of our failures. */
static void
add (GPtrArray *rows, Row *row, const Case *c, guint threads, GError *refused)
{
  if (row) {
    g_ptr_array_add (rows, row);
    return;
  }
  g_printerr ("tfc-bench: skipped: %s, %u thread%s: %s\n", c->title, threads,
              threads == 1 ? "" : "s", refused->message);
  g_error_free (refused);
}

static void
add_bare (GPtrArray *rows, const Case *c, const Numbers *threads)
{
  for (guint t = 0; t < threads->n; t++) {
    GError *refused = NULL;
    Row *row = row_new (c, "bare", NULL, threads->v[t], 0, &refused);
    add (rows, row, c, threads->v[t], refused);
  }
}

static gboolean
add_ours (GPtrArray *rows, const Case *c, const gchar *backend, const Numbers *threads,
          GError **error)
{
  gboolean single = g_str_equal (backend, "reference"); /* it never uses workers */
  for (guint t = 0; t < (single ? 1 : threads->n); t++) {
    Row *row = row_new (c, backend, NULL, single ? 1 : threads->v[t], 0, error);
    if (!row) {
      g_prefix_error (error, "%s on %s: ", c->title, backend);
      return FALSE;
    }
    g_ptr_array_add (rows, row);
  }
  return TRUE;
}

/* ours: a row of ours, whose results a peer's must be. */
static void
add_peer (GPtrArray *rows, const Case *c, const gchar *program, const Numbers *threads,
          const Row *ours)
{
  g_autofree gchar *name = g_path_get_basename (program);
  for (guint t = 0; t < threads->n; t++) {
    guint n = threads->v[t] ? threads->v[t] : ours->threads;
    GError *refused = NULL;
    Row *row = row_new (c, name, program, n, ours->sum, &refused);
    add (rows, row, c, n, refused);
  }
}

static gboolean
add_rows (GPtrArray *rows, Case *c, const GroupOptions *o, GError **error)
{
  if (o->bare && c->graph)
    add_bare (rows, c, &o->threads);
  for (guint i = 0; o->backends[i]; i++) {
    if (!add_ours (rows, c, o->backends[i], &o->threads, error))
      return FALSE;
  }
  if (o->peers && !case_share (c, error))
    return FALSE;
  for (guint i = 0; o->peers && i < o->peers->len; i++)
    add_peer (rows, c, o->peers->pdata[i], &o->threads, rows->pdata[rows->len - 1]);
  return TRUE;
}

/* TRUE while the row wants another run. */
static gboolean
wants (const Row *row, const GroupOptions *o, gdouble spent)
{
  return (gint)row->ns->len < o->runs && (spent < o->seconds || row->ns->len < 1);
}

/* One turn. settle: a run that is not timed goes first, since others have had the caches. */
static gboolean
take_turn (Row *row, gboolean settle, RowTime time, GError **error)
{
  return (!settle || row_run (row, ROW_UNTIMED, error)) && row_run (row, time, error);
}

static gboolean
measure_rows (Row **rows, guint n, const GroupOptions *o, GError **error)
{
  g_autofree gdouble *spent = g_new0 (gdouble, n);
  gboolean more = TRUE, settle = o->peers && !o->one_by_one;
  for (guint i = 0; i < n; i++) {
    gint64 start = g_get_monotonic_time ();
    for (gint k = 0; k < o->warm_up && g_get_monotonic_time () - start < o->seconds * 2e5; k++) {
      if (!row_run (rows[i], ROW_UNTIMED, error))
        return FALSE;
    }
  }
  while (more) {
    more = FALSE;
    for (guint i = 0; i < n; i++) {
      gint64 start = g_get_monotonic_time ();
      if (!wants (rows[i], o, spent[i]))
        continue;
      if (!take_turn (rows[i], settle, o->time, error))
        return FALSE;
      spent[i] += (g_get_monotonic_time () - start) / 1e6;
      more = TRUE;
    }
  }
  return TRUE;
}

/* Multiplications are the network's, whoever runs it. */
static void
compare (Row **group, guint n, const Case *c)
{
  for (guint i = 0; i < n; i++)
    group[i]->macs = MAX (group[i]->macs, c->macs);
  for (guint i = 0; i < n; i++) {
    row_compare (group[i], group[0]);
    for (guint p = 0; !group[i]->peer && p < n; p++) {
      if (group[p]->peer && group[p]->threads == group[i]->threads)
        row_compare_peer (group[i], group[p]);
    }
  }
}

static gboolean
measure (GPtrArray *rows, guint first, Case *c, const GroupOptions *o, GError **error)
{
  Row **group = (Row **)rows->pdata + first;
  guint n = rows->len - first, step = o->one_by_one ? 1 : n;
  for (guint i = 0; i < n; i++)
    c->macs = MAX (c->macs, group[i]->macs);
  for (guint i = 0; i < n; i++) {
    guint threads = o->time == ROW_CPU ? 1 : group[i]->threads; /* CPU time is theirs together */
    group[i]->peak =
        o->bare || o->peers ? peak_known (c->quantised ? PEAK_BYTES : PEAK_FLOAT, threads) : 0;
  }
  for (guint i = 0; i < n; i += step) {
    if (!measure_rows (group + i, step, o, error))
      return FALSE;
  }
  compare (group, n, c);
  for (guint i = 0; i < n; i++)
    row_sort (group[i]);
  return TRUE;
}

gboolean
group_measure (GPtrArray *rows, Case *c, const GroupOptions *o, GError **error)
{
  guint first = rows->len;
  if (add_rows (rows, c, o, error) && measure (rows, first, c, o, error)) {
    for (guint i = first; i < rows->len; i++)
      row_finish (rows->pdata[i]);
    return TRUE;
  }
  g_ptr_array_set_size (rows, first);
  return FALSE;
}
