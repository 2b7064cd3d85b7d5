/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Memory for the constants of a network while it is opened: many, of which most are gone again once weights are packed.
 * Each from two pages to 1 MiB lies in pages of its own, but these come from the system 2 MiB at a time, as a large page where it has
 * one, which costs as much as two dozen small ones. Pages that are freed serve the next constants. When no more come, the region is
 * settled: from then on it takes the pages in which something lies and no others. Anything smaller or larger is
 * large_alloc.h's. One thread at a time. */
#include <glib.h>

typedef struct TfcRegion TfcRegion;

TfcRegion *tfc_region_new (void);
TfcRegion *tfc_region_ref (TfcRegion *region);
void tfc_region_unref (TfcRegion *region); /* NULL is allowed; what was allocated is freed before that */

/* Zeroed, at a multiple of 64; NULL if there is none. */
void *tfc_region_alloc (TfcRegion *region, gsize bytes);
void tfc_region_free (TfcRegion *region, void *memory, gsize bytes);
/* What lies there keeps its address; nobody else reads it meanwhile. */
void tfc_region_settle (TfcRegion *region);
