/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* One line of the benchmark: a network on a backend with a number of threads, and its times. */
#include <json-glib/json-glib.h>

#include "bare.h"
#include "model.h"

typedef struct {
  gchar *network; /* as the user named it; owned */
  gchar *backend; /* "xnnpack", "reference", or "bare": bare.h; owned */
  guint threads;  /* really used */
  guint64 macs;   /* multiply-accumulates of one run */
  guint n_fallback;
  GArray *ns;    /* gint64, one a run; in order of time until row_sort */
  gdouble ratio; /* to the network's first row, see row_compare */
  /*< private >*/
  TfcModel *model;
  TfcGraph *graph;
  Bare *bare;
} Row;

/* Opens the file for a row; inputs are filled with the same pseudo-random picture in every row.
 * NULL with error set. */
Row *row_new (const gchar *network, const gchar *path, const gchar *backend, guint threads,
              GError **error);
void row_free (Row *row); /* NULL is fine */
/* One run; timed runs are added to ns. FALSE with error set (RUN). */
gboolean row_run (Row *row, gboolean timed, GError **error);
/* Sets ratio: the median over the rounds of this row's time by first's in the same round. Rows that
 * took turns meet the same noise in a round, so this stays steady where medians do not. Before
 * row_sort; first may be row itself. */
void row_compare (Row *row, const Row *first);
void row_sort (Row *row);
/* Of sorted times; fraction 0: the fastest, 0.5: the median, 0.9; in milliseconds. */
gdouble row_ms (const Row *row, gdouble fraction);

/* A markdown table on standard output. rows: Row*. */
void row_print_table (const GPtrArray *rows);
/* An array of objects; json_node_unref. */
JsonNode *row_to_json (const GPtrArray *rows);
