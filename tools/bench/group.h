/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The rows of one case, measured together: they take turns, so that noise hits all alike. */
#include "tools/bench/row.h"

typedef struct {
  guint *v;
  guint n;
} Numbers;

typedef struct {
  gchar **backends;  /* ours */
  Numbers threads;
  gboolean bare;     /* a row of bare.h, where the network is for it */
  GPtrArray *peers;  /* their programs; or NULL */
  RowTime time;
  gint runs, warm_up;
  gdouble seconds;   /* no further run of a row after so long */
  gboolean one_by_one; /* no turns */
} GroupOptions;

/* Opens the case's rows, measures and compares them, and adds them to rows, which need the
 * case no more. Who passes over the case is named on standard error. FALSE with error set,
 * and rows as they were, if one of ours cannot be had or a run fails. */
gboolean group_measure (GPtrArray *rows, Case *c, const GroupOptions *options, GError **error);
