/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/passes/passes.h"

#include <stdlib.h>

/* Calls f for the address of every value id that the graph itself refers to. */
static void
each_root (TfcGraph *g, void (*f) (guint *id, gpointer data), gpointer data)
{
  for (guint i = 0; i < g->inputs->len; i++)
    f (&g_array_index (g->inputs, guint, i), data);
  for (guint i = 0; i < g->outputs->len; i++)
    f (&g_array_index (g->outputs, guint, i), data);
  for (guint i = 0; g->tail && i < g->tail->n_consts; i++)
    f (&g->tail->consts[i], data);
}

static void
mark (guint *id, gpointer live)
{
  ((gboolean *)live)[*id] = TRUE;
}

/* From the last node to the first: alive if an output is. */
static void
drop_nodes (TfcGraph *g, gboolean *live)
{
  for (guint i = g->nodes->len; i-- > 0;) {
    TfcNode *n = tfc_graph_n (g, i);
    gboolean needed = FALSE;
    for (guint k = 0; k < n->n_out; k++)
      needed = needed || live[n->out[k]];
    if (!needed) {
      n->n_out = 0;
      continue;
    }
    for (guint k = 0; k < n->n_in; k++) {
      if (n->in[k] != TFC_NONE)
        live[n->in[k]] = TRUE;
    }
    for (guint k = 0; k < n->n_out; k++)
      live[n->out[k]] = TRUE;
  }
  tfc_close_holes (g);
}

static void
renumber (guint *id, gpointer number)
{
  if (*id != TFC_NONE)
    *id = ((const guint *)number)[*id];
}

static void
drop_values (TfcGraph *g, const gboolean *live)
{
  guint *number = g_new0 (guint, g->values->len), kept = 0;
  for (guint i = 0; i < g->values->len; i++) {
    TfcValue *from = tfc_graph_v (g, i), *to = tfc_graph_v (g, kept);
    if (!live[i])
      continue;
    if (to != from) {
      const TfcValue swap = *from;
      *from = *to;
      *to = swap;
    }
    number[i] = kept++;
  }
  g_array_set_size (g->values, kept);
  each_root (g, renumber, number);
  for (guint i = 0; i < g->nodes->len; i++) {
    TfcNode *n = tfc_graph_n (g, i);
    for (guint k = 0; k < n->n_in; k++)
      renumber (&n->in[k], number);
    for (guint k = 0; k < n->n_out; k++)
      renumber (&n->out[k], number);
  }
  g_free (number);
}

static int
by_address (const void *a, const void *b)
{
  guintptr x = *(const guintptr *)a, y = *(const guintptr *)b;
  return x < y ? -1 : x > y;
}

static gboolean
any_inside (const guintptr *at, guint n, guintptr first, gsize size)
{
  guint low = 0, high = n;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (at[middle] < first)
      low = middle + 1;
    else
      high = middle;
  }
  return low < n && at[low] - first < size;
}

static void
drop_unused (GPtrArray *keep, const guintptr *at, guint n)
{
  for (guint i = keep->len; i-- > 0;) {
    gsize size;
    guintptr first = (guintptr)g_bytes_get_data (g_ptr_array_index (keep, i), &size);
    if (!any_inside (at, n, first, size))
      g_ptr_array_remove_index_fast (keep, i);
  }
}

void
tfc_drop_memory (TfcGraph *g)
{
  guintptr *at = g_new (guintptr, 2 * g->values->len + 1);
  guint n = 0;
  for (guint i = 0; i < g->values->len; i++) {
    const TfcTensor *t = &tfc_graph_v (g, i)->tensor;
    if (t->data)
      at[n++] = (guintptr)t->data;
    if (t->quant.scales)
      at[n++] = (guintptr)t->quant.scales;
  }
  qsort (at, n, sizeof *at, by_address);
  drop_unused (g->keep, at, n);
  drop_unused (g->files, at, n);
  g_free (at);
}

void
tfc_eliminate_dead (TfcGraph *g)
{
  gboolean *live = g_new0 (gboolean, g->values->len);
  each_root (g, mark, live);
  drop_nodes (g, live);
  drop_values (g, live);
  g_free (live);
  tfc_drop_memory (g);
}
