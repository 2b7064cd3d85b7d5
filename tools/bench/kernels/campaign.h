/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* All layers of all networks, with the CPU features that this process uses. */
#include "tools/bench/kernels/kernels.h"
#include "tools/bench/kernels/networks.h"

/* Adds an object for each layer and number of threads to rows. cpu: the name of the features. first: files that are passed
 * over are named on standard error. FALSE, told there, if a network or a layer fails. */
gboolean campaign_run (const KernelsOptions *options, const GPtrArray *networks, const gchar *cpu, gboolean first,
                       cJSON *rows);
