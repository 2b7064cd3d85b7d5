/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/assign.h"

#include <math.h>
#include <string.h>

#define NOT_FINITE 1e6

/* Rows and columns count from 1, 0 stands for none: the usual form with potentials. */
typedef struct {
  const gdouble *cost;
  guint rows, columns;
  gdouble u[TFC_ASSIGN_MAX + 1], v[TFC_ASSIGN_MAX + 1];
  guint row_of[TFC_ASSIGN_MAX + 1]; /* of a column */
  guint way[TFC_ASSIGN_MAX + 1];    /* the column before on the augmenting path */
} Problem;

static gdouble
reduced (const Problem *p, guint row, guint column)
{
  const gdouble cost = p->cost[(gsize)(row - 1) * p->columns + column - 1];
  return (isfinite (cost) ? cost : NOT_FINITE) - p->u[row] - p->v[column];
}

/* Dijkstra's step: the cheapest column that the path has not reached. */
static guint
advance (Problem *p, guint from, gdouble *least, gboolean *used)
{
  gdouble delta = INFINITY;
  guint next = 0;
  used[from] = TRUE;
  for (guint j = 1; j <= p->columns; j++) {
    if (used[j])
      continue;
    const gdouble cost = reduced (p, p->row_of[from], j);
    if (cost < least[j]) {
      least[j] = cost;
      p->way[j] = from;
    }
    if (least[j] < delta) {
      delta = least[j];
      next = j;
    }
  }
  for (guint j = 0; j <= p->columns; j++) {
    if (used[j]) {
      p->u[p->row_of[j]] += delta;
      p->v[j] -= delta;
    } else {
      least[j] -= delta;
    }
  }
  return next;
}

static void
add_row (Problem *p, guint row)
{
  gdouble least[TFC_ASSIGN_MAX + 1];
  gboolean used[TFC_ASSIGN_MAX + 1] = {FALSE};
  guint column = 0;
  for (guint j = 0; j <= p->columns; j++)
    least[j] = INFINITY;
  p->row_of[0] = row;
  do
    column = advance (p, column, least, used);
  while (p->row_of[column]);
  for (; column; column = p->way[column])
    p->row_of[column] = p->row_of[p->way[column]];
}

void
tfc_assign (const gdouble *cost, guint rows, guint columns, guint *column)
{
  Problem p = {.cost = cost, .rows = rows, .columns = columns};
  g_return_if_fail (rows <= columns && columns <= TFC_ASSIGN_MAX);
  for (guint i = 1; i <= rows; i++)
    add_row (&p, i);
  for (guint j = 1; j <= columns; j++) {
    if (p.row_of[j])
      column[p.row_of[j] - 1] = j - 1;
  }
}
