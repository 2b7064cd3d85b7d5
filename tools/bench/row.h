/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One line of the benchmark: a case on a backend or by a peer, with a number of threads, and its
 * times. */
#include <cJSON.h>

#include "tools/bench/bare.h"
#include "tools/bench/case.h"
#include "tools/bench/chain.h"
#include "tools/bench/peer.h"

/* How one of ours compares with a peer at the same number of threads: over the rounds, our time by
 * the peer's in the same round; median, and what a tenth of the rounds lie under and over. */
typedef struct {
  gchar peer[32];
  gdouble ratio, p10, p90;
  gdouble ms; /* the peer's median */
} Against;

typedef struct {
  gchar *network; /* as the user named it; owned */
  gchar *backend; /* "auto", ..., "bare": bare.h, or a peer's name; owned */
  gchar *version; /* of a peer, as it says; or NULL */
  gboolean peer;  /* bare counts as one */
  guint threads;  /* really used */
  guint64 macs;   /* multiply-accumulates of one run */
  gdouble peak;   /* most of them in a second with so many threads, 0 if not measured */
  guint n_fallback;
  gdouble sum;     /* of the absolute values of all outputs; chains: how many were found; 0: bare */
  GArray *ns;      /* gint64, one a run; in order of time until row_sort */
  gdouble ratio;   /* to the network's first row, see row_compare */
  GArray *against; /* Against */
  /*< private >*/
  const Case *of;
  TfcPool *pool;
  TfcModel *model;
  Chain *chain;
  Bare *bare;
  Peer *child;
} Row;

/* Opens the case for a row; it must outlive the row until row_finish. Inputs are the same in every
 * row. program NULL: one of our backends or bare; else a peer's, and case_share was called. NULL
 * with error set: UNSUPPORTED if a peer skips or its results are not expected (the sum of a row of
 * ours, 0 if none is known). */
Row *row_new (const Case *c, const gchar *backend, const gchar *program, guint threads,
              gdouble expected, GError **error);
void row_free (Row *row); /* NULL is allowed */
/* Closes the network or ends the peer; the times stay. */
void row_finish (Row *row);
typedef enum {
  ROW_UNTIMED,
  ROW_CLOCK,
  ROW_CPU /* CPU time of all threads: what others do at the same time does not count */
} RowTime;

/* The clock's time or the process's so far. */
gint64 row_now_ns (RowTime time);
/* One run; timed runs are added to ns. FALSE with error set (RUN). */
gboolean row_run (Row *row, RowTime time, GError **error);
/* Sets ratio: the median over the rounds of this row's time by first's in the same round. Rows that
 * took turns meet the same noise in a round, so this stays steady where medians do not. Before
 * row_sort; first may be row itself. */
void row_compare (Row *row, const Row *first);
/* Adds to against, which names peer's row. Before row_sort. */
void row_compare_peer (Row *row, const Row *peer);
void row_sort (Row *row);
/* Of sorted times; fraction 0: the fastest, 0.5: the median, 0.9; in milliseconds. */
gdouble row_ms (const Row *row, gdouble fraction);
/* What the network's products take at the machine's peak, 0 if that is not known. Where Winograd's
 * way needs fewer (inference/backends/cpu/f32/winograd.h), a row may be faster. */
gdouble row_roofline_ms (const Row *row);
/* The peer that comes nearest to this row of ours or passes it, bare aside; NULL if there is none.
 */
const Against *row_best_peer (const Row *row);
/* How much of the machine's peak the median reaches, 1 being all of it; 0 if that is not known. */
gdouble row_of_peak (const Row *row);

/* A markdown table on standard output: one line a row, or, where there are peers, one for each row
 * of ours. rows: Row*. */
void row_print_table (const GPtrArray *rows);
/* An object for each row, into the list. */
void row_to_json (const GPtrArray *rows, cJSON *list);
