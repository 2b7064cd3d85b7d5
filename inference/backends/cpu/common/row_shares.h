/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Rows dealt out to jobs that run side by side. Each takes its own from the front, a few at a time, so
 * that it can go on with what it has of those before; one that is done takes the later half of what
 * the one with the most has left. So a job that begins late, or on a CPU that others slow, is waited for
 * no longer than for a few rows. No lock. */
#include <glib.h>

/* The first and the last but one of part's elements, rows, ... when n are dealt out to parts. */
static inline gsize
tfc_f32_share (gsize n, guint part, guint parts)
{
  return n / parts * part + n % parts * part / parts;
}

typedef struct {
  guint64 left;    /* atomic; the next row in the upper half, the end in the lower */
  guint8 rest[56]; /* a cache line each */
} TfcRowShare;

/* Before jobs begin. */
void tfc_row_shares_deal (TfcRowShare *shares, guint jobs, gint32 rows);
/* me's next rows, up to a multiple of many; FALSE: none are left. */
gboolean tfc_row_shares_take (TfcRowShare *shares, guint me, gint32 many, gint32 *from, gint32 *to);
/* Where me has none left: TRUE if it has some again. Nobody is left with less than least rows for it. */
gboolean tfc_row_shares_steal (TfcRowShare *shares, guint jobs, guint me, gint32 least);
