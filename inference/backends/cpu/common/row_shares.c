/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/common/row_shares.h"

static guint64
pack (gint32 next, gint32 end)
{
  return (guint64)next << 32 | (guint32)end;
}

static gint32
next_of (guint64 left)
{
  return (gint32)(left >> 32);
}

static gint32
end_of (guint64 left)
{
  return (gint32)(left & G_MAXUINT32);
}

static guint64
look (const TfcRowShare *s)
{
  return __atomic_load_n (&s->left, __ATOMIC_RELAXED);
}

static void
put (TfcRowShare *s, gint32 next, gint32 end)
{
  __atomic_store_n (&s->left, pack (next, end), __ATOMIC_RELAXED);
}

/* Only which rows are whose goes through here: what they are made from is there before jobs begin.
 */
static gboolean
change (TfcRowShare *s, guint64 *left, gint32 next, gint32 end)
{
  return __atomic_compare_exchange_n (&s->left, left, pack (next, end), TRUE, __ATOMIC_RELAXED,
                                      __ATOMIC_RELAXED);
}

void
tfc_row_shares_deal (TfcRowShare *shares, guint jobs, gint32 rows)
{
  for (guint i = 0; i < jobs; i++)
    put (&shares[i], (gint32)tfc_f32_share (rows, i, jobs),
         (gint32)tfc_f32_share (rows, i + 1, jobs));
}

gboolean
tfc_row_shares_take (TfcRowShare *shares, guint me, gint32 many, gint32 *from, gint32 *to)
{
  guint64 left = look (&shares[me]);
  do {
    *from = next_of (left);
    *to = MIN (*from + many - *from % many, end_of (left));
    if (*from >= end_of (left))
      return FALSE;
  } while (!change (&shares[me], &left, *to, end_of (left)));
  return TRUE;
}

static guint
richest (const TfcRowShare *shares, guint jobs)
{
  gint32 most = 0;
  guint who = 0;
  for (guint i = 0; i < jobs; i++) {
    const guint64 left = look (&shares[i]);
    if (end_of (left) - next_of (left) > most) {
      most = end_of (left) - next_of (left);
      who = i;
    }
  }
  return who;
}

gboolean
tfc_row_shares_steal (TfcRowShare *shares, guint jobs, guint me, gint32 least)
{
  for (;;) {
    TfcRowShare *from = &shares[richest (shares, jobs)];
    guint64 left = look (from);
    const gint32 next = next_of (left), end = end_of (left), middle = next + (end - next + 1) / 2;
    if (middle - next < least || end - middle < least)
      return FALSE;
    if (!change (from, &left, next, middle))
      continue;
    put (&shares[me], middle, end);
    return TRUE;
  }
}
