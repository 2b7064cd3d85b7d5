/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where a network's time goes: each node that is run, timed inside the runs of one plan, which is the one that
 * applications run: same kernels, same buffers, epilogues on convolutions. */
#include <cJSON.h>

#include "tools/bench/group.h"

/* A node, or several that are run as one; or, of a backend that keeps values inside (backend.h,
 * run_node), a whole segment. */
typedef struct {
  gchar *op;       /* "CONV_2D 3x3 /2, CONV_2D 1x1 + ADD"; "xnnpack: 12 nodes" */
  gchar *in, *out; /* shapes; of a segment NULL */
  guint64 macs;
  gsize bytes; /* of what is read and written, weights too, less what is between joined nodes; of a
                  segment 0 */
  GArray *ns;     /* gint64, one a run, sorted when measured */
} Layer;

typedef struct {
  gchar *network, *backend;
  guint threads;   /* really used */
  gdouble peak;    /* multiply-accumulates a second, 0 if not known */
  GPtrArray *layers; /* Layer* */
  GArray *whole;   /* gint64, runs in one go, taking turns with those that are timed inside; sorted */
} Profile;

/* Adds a Profile for each backend and number of threads. o: its runs, seconds and time; no turns are taken between
 * profiles. FALSE with error set, and without the one at fault, if one cannot be had or a run fails. */
gboolean layers_measure (GPtrArray *profiles, const Case *c, const GroupOptions *o, GError **error);
void layers_free (Profile *profile); /* NULL is allowed */

/* Of sorted times; fraction 0: the fastest, 0.5: the median; in milliseconds. */
gdouble layers_ms (const GArray *ns, gdouble fraction);
/* Markdown: a table for each. */
void layers_print (const GPtrArray *profiles);
/* An object for each, into the list. */
void layers_to_json (const GPtrArray *profiles, cJSON *list);
