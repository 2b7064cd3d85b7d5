/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* An engine that runs a stretch of a graph. The reference accepts every op and stays simple; what
 * another backend cannot run falls to the next in its chain, and in the end to the reference, by
 * segment (plan.h). */
#include "inference/error.h"
#include "inference/pool.h"
#include "inference/tensor.h"

/* inference/graph/graph.h */
typedef struct TfcGraph TfcGraph;
typedef struct TfcNode TfcNode;

/* A run of consecutive nodes for one backend. in and out are the values that cross its border:
 * constants are not among in. buffer[id] is the fixed address of every value that crosses a border
 * (and, for backends that go by node, of every value they compute but those between joined nodes),
 * NULL for values a backend keeps inside. Addresses have TFC_TAIL_BYTES readable bytes behind them
 * and are aligned to 64 bytes, except values that are written straight into a part of a
 * concatenation: those to their element. */
typedef struct {
  const TfcGraph *graph;
  guint first, n; /* nodes */
  const guint *in, *out;
  guint n_in, n_out;
  void *const *buffer;
  gboolean more; /* another segment runs right after it: worker threads need not be sent to sleep */
  struct TfcPackedStore *packed; /* runtime/packed_store.h: where weights are packed; NULL: prepare has one of its own */
} TfcSegment;

#define TFC_MAX_TOGETHER 16 /* nodes that are run as one */

typedef struct TfcBackend TfcBackend;
struct TfcBackend {
  const gchar *name;        /* "xnnpack", as the backend property spells it */
  const gchar *description; /* one line for a user */
  /* Runs its nodes one after the other in the order of the segment, and wants a buffer for every
   * value that it computes; else it keeps values inside and reads and writes at any time. */
  gboolean by_node;
  /* can_run may be asked about convolutions with more inputs (op.h, TFC_CONV_) and then runs them. */
  gboolean takes_epilogues;
  /* prepare copies weights, biases and slopes (what CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED and
   * PRELU have as constants); their data may go after it. */
  gboolean packs_weights;
  /* It does so in the segment's store, once for nodes that have the same weights, within the store's limit. */
  gboolean shares_packed;
  /* prepare takes turned weights (tensor.h); for others they are put in order before it. */
  gboolean takes_turned;
  /* Where nodes go that it cannot run; NULL for the reference alone. */
  const TfcBackend *fallback;
  /* TRUE if node, checked and lowered, runs here with these types, shapes and parameters. */
  gboolean (*can_run) (const TfcGraph *graph, const TfcNode *node);
  /* Of a node that can run here: TRUE if that is worth leaving another backend and coming back. One
   * that is not runs here only beside others that do (assign_backends.h). NULL: every node is. */
  gboolean (*pays) (const TfcGraph *graph, const TfcNode *node);
  /* For by_node: next, which follows node, is the only one to read what node computes. TRUE: they
   * are run as one, and that value stays inside (buffer NULL). threads: of the pool. NULL: never. */
  gboolean (*joins) (const TfcGraph *graph, const TfcNode *node, const TfcNode *next,
                     guint threads);
  /* Packs weights and so on; the segment, its graph and buffers stay valid and unmoved until
   * destroy. Returns the state, or NULL with error set. */
  void *(*prepare) (const TfcSegment *segment, TfcPool *pool, GError **error);
  /* TRUE if the segment is run by the pool's native workers (tfc_pool_native): those are then to run the whole
   * plan, and its constants stay where they are. NULL: never. */
  gboolean (*is_native) (const void *state);
  /* TRUE if a run may go without workers. FALSE: not yet, what it takes is being made on a thread of its own, which
   * the first call starts. NULL: always. By the thread that runs, not inside a run. */
  gboolean (*runs_alone) (void *state);
  /* Computes out from in; no allocation, no logging. pool: that of prepare; NULL: without its workers, where
   * runs_alone allows that. FALSE if the engine failed. One at a time. */
  gboolean (*run) (void *state, TfcPool *pool);
  /* The segment's i-th node alone, or with those that join it, for who times them: all of them in
   * order are one run. NULL: no node can be run on its own. */
  gboolean (*run_node) (void *state, TfcPool *pool, guint i);
  void (*destroy) (void *state); /* NULL is allowed */
};

/* The best of the CPU features that kernels of tfc_backend_auto use here ("avx2", "avx512vnni" ..: the
 * words of TFC_CPU, or "sse2" or "plain" where it has few). */
const gchar *tfc_backend_auto_kernels (void);

/* Backends built in, the default first; NULL past the end. */
const TfcBackend *tfc_backend_nth (guint n);
/* NULL with error set (BACKEND, says which are built in) if there is none of that name. name NULL:
 * the default. */
const TfcBackend *tfc_backend_find (const gchar *name, GError **error);

/* Always built in; also used to fold constants and as every other backend's fallback. */
extern const TfcBackend tfc_backend_reference;
/* Our own kernels (backends/cpu), then XNNPACK where it is built in, then the reference. On a CPU
 * without the instructions that most of them need, only moves and 8-bit layers but convolutions are
 * ours, and those where XNNPACK has none or runs nothing beside. */
extern const TfcBackend tfc_backend_auto;
/* There only where HAVE_XNNPACK. */
extern const TfcBackend tfc_backend_xnnpack;

/* Runs one node on ordinary tensors with the reference's loops: what folding and tests use.
 * in[i] is NULL for a missing optional input; out[i]->data must hold the result. FALSE with error
 * set (UNSUPPORTED) if the reference has no loop for these types. */
gboolean tfc_reference_run_node (const TfcNode *node, const TfcTensor *const *in,
                                 TfcTensor *const *out, GError **error);
