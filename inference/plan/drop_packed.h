/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Weights that an engine has packed into its own form need not be held twice. */
#include "inference/plan/plan.h"

/* After the plan was made, once: constants that only nodes read whose backend packs its weights lose
 * their data, and memory that nothing points into is freed. Shapes stay. What native workers run stays too: it is
 * packed once more where a run is to go without them. */
void tfc_drop_packed (TfcGraph *graph, TfcPlan *plan);
