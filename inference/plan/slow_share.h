/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
#include "inference/plan/plan.h"

/* Which share (0..1) of a run's time, by a rough estimate, is spent on the reference's loops
 * because no other backend of the plan runs a node; 0 if they were asked for. op, unless NULL: the
 * name of the op with most of it, or NULL. */
gdouble tfc_plan_slow_share (const TfcPlan *plan, const TfcBackend *asked, const gchar **op);
