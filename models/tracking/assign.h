/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The assignment problem: rows to columns so that the sum of costs is least (the Hungarian method,
 * O(rows^2 columns)). Pure; no allocation. */
#include <glib.h>

#define TFC_ASSIGN_MAX 64 /* columns at most */

/* cost: rows x columns values, row by row; one that is not finite counts as 1e6. rows <= columns <=
 * TFC_ASSIGN_MAX. Writes to column[i] which column the i-th row gets; no two get the same. */
void tfc_assign (const gdouble *cost, guint rows, guint columns, guint *column);
