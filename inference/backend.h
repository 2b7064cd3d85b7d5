/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* An engine that runs a stretch of a graph: five slots. The reference accepts every op and stays
 * simple; what another backend cannot run falls to it by segment (plan.h), and the log says so. */
#include "graph.h"
#include "pool.h"

/* A run of consecutive nodes for one backend. in and out are the values that cross its border:
 * constants are not among in. place[id] is the fixed address of every value that crosses a border
 * (and, for the reference, of every value it computes), NULL for values a backend keeps inside.
 * Addresses have TFC_TAIL_BYTES readable bytes behind them and are aligned to 64 bytes, except
 * values that are written straight into a part of a concatenation: those to their element. */
typedef struct {
  const TfcGraph *graph;
  guint first, n; /* nodes */
  const guint *in, *out;
  guint n_in, n_out;
  void *const *place;
} TfcSegment;

typedef struct {
  const gchar *name;        /* "xnnpack", as the backend property spells it */
  const gchar *description; /* one line for a user */
  /* TRUE if node, checked and lowered, runs here with these types, shapes and parameters. */
  gboolean (*can_run) (const TfcGraph *graph, const TfcNode *node);
  /* Packs weights and so on; the segment, its graph and places stay valid and unmoved until
   * destroy. Returns the state, or NULL with error set. */
  void *(*prepare) (const TfcSegment *segment, TfcPool *pool, GError **error);
  /* Computes out from in; no allocation, no logging. FALSE if the engine failed. One at a time. */
  gboolean (*run) (void *state);
  void (*destroy) (void *state); /* NULL is fine */
} TfcBackend;

/* Backends built in, the default first; NULL past the end. */
const TfcBackend *tfc_backend_nth (guint n);
/* NULL with error set (BACKEND, says which are built in) if there is none of that name. name NULL:
 * the default. */
const TfcBackend *tfc_backend_find (const gchar *name, GError **error);

/* Always built in; also used to fold constants and as every other backend's fallback. */
extern const TfcBackend tfc_backend_reference;
/* There only where HAVE_XNNPACK. */
extern const TfcBackend tfc_backend_xnnpack;

/* Runs one node on ordinary tensors with the reference's loops: what folding and tests use.
 * in[i] is NULL for a missing optional input; out[i]->data must hold the result. FALSE with error
 * set (UNSUPPORTED) if the reference has no loop for these types. */
gboolean tfc_reference_run_node (const TfcNode *node, const TfcTensor *const *in,
                                 TfcTensor *const *out, GError **error);
