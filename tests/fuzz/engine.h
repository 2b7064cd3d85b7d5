/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
#include "graph.h"

/* Lowers, plans and runs the graph once on backend ("reference"; NULL: the default), with inputs of
 * small numbers; takes the graph. What would take more than some MB or some ten million steps is
 * only checked and lowered. Errors must be of TFC_ERROR. */
void fuzz_engine (TfcGraph *graph, const gchar *backend);
