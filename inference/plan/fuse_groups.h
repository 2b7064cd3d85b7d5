/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Which nodes of a plan are run as one (backend.h, joins): neighbours in a step that goes by node,
 * each of which but the first is the only one to read what the one before it computes. */
#include "inference/graph/def_use.h"
#include "inference/plan/plan.h"

typedef struct {
  guint *last;    /* [nodes, in the plan's order] the last of those that it is run with; of steps'
                     nodes alone */
  guint8 *inside; /* [values] between two of them */
} TfcFuseGroups;

/* plan has its graph and steps. def_use is of a graph whose node order[i] is the plan's node i.
 * crosses[value]: somebody outside the step that computes it sees it. threads: of the pool. */
void tfc_fuse_groups_init (TfcFuseGroups *groups, const TfcPlan *plan, const TfcDefUse *def_use,
                           const guint *order, const guint8 *crosses, guint threads);
void tfc_fuse_groups_finish (TfcFuseGroups *groups); /* all zero is allowed */
