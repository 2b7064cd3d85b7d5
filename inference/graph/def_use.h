/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Who makes and who reads each value: a picture of a graph at one moment, in time linear in its
 * size. It goes stale when nodes are added, removed or moved. */
#include "inference/graph/graph.h"

typedef struct {
  guint *producer; /* [values] index of the node that makes it, TFC_NONE for inputs and constants */
  guint *first;    /* [values + 1] readers of v are reader[first[v] .. first[v + 1] - 1] */
  guint *reader;   /* node indices, rising; a node that reads v twice stands there twice */
} TfcDefUse;

/* Ids must be in range. Where two nodes claim one value, the later one stands in producer. */
void tfc_def_use_init (TfcDefUse *edges, const TfcGraph *graph);
void tfc_def_use_finish (TfcDefUse *edges); /* all zero is fine */
