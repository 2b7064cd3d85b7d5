/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Plans held to what they promise: a backend that copies what comes in before anything else,
 * computes in memory of its own and hands results out at the very end; a walk that sees whether a
 * value is overwritten while it is still read; and the same numbers as node by node. */
#include "inference/plan/plan.h"
#include "tests/inference/plan/random-graph.h"

/* The strict backend: bit op % 32 set: it runs that op; and whether its prepare and run fail. */
extern const TfcBackend strict;
extern guint32 strict_ops;
extern gboolean strict_fails_prepare, strict_fails_run;
/* The same of the backend of turns_backend, and which ops it says pay. */
extern guint32 turns_ops, turns_pay;

TfcBackend turns_backend (void);
/* Whether value v lies in the arena. */
gboolean in_arena (const TfcPlan *plan, guint v);
/* Returns how many nodes cost nothing. */
guint walk (const TfcPlan *plan);
/* A plan of g for backend, which must succeed; on the caller's thread alone. */
TfcPlan *plan_new (TfcGraph *g, const TfcBackend *backend);
/* Runs g through a plan three times and compares; returns how many nodes cost nothing. */
guint check_plan (TfcGraph *g, const TfcBackend *backend, const Values *values, gfloat tolerance);
