/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Reads the GraphModels that a test wrote. */
#include "tests/inference/tfjs/graphmodel.h"

/* says: what the error says, or NULL: it opens. */
void graphmodel_expect (const gchar *path, const gchar *says);
