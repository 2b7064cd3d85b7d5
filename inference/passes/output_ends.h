/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What a checked graph ends its outputs with. */
#include "inference/graph/graph.h"

/* For each output whether it comes from a SIGMOID or SOFTMAX through nothing but ops that move elements or convert
 * them. g_free. */
gboolean *tfc_ends_activated (const TfcGraph *graph);
