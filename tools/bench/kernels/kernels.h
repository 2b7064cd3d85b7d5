/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* tfc-bench --kernels: each distinct layer of the known networks, as a small graph of its own, on every set of CPU
 * features that this machine has: compared with the reference, and timed against XNNPACK. */
#include <cJSON.h>

#include "tools/bench/kernels/measure.h"

typedef struct {
  gboolean on;
  gchar **models;   /* files or names of the registry; NULL: all there are */
  gchar **filter;   /* words, one of which the layer or its network must hold; NULL: every layer */
  gchar *mirrors;   /* networks.h; may be NULL */
  gchar *model_path;
  gchar *cpu;       /* feature sets with commas between; NULL: all that this CPU has */
  gchar *report;    /* file for a page with the summary; may be NULL */
  gboolean quick;   /* compare few layers of each kind, time nothing */
  gint turns;
  gboolean cpu_time; /* of the process in place of the clock's; with one thread */
  gboolean quiet;   /* no tables on standard output */
  guint *threads, n_threads;
} KernelsOptions;

/* The command line's words for on, mirrors, cpu, report, quick and turns. */
void kernels_add_options (GOptionContext *context, KernelsOptions *options);
void kernels_clear (KernelsOptions *options); /* those, and threads */

/* Each set of features is measured by a child process: what XNNPACK uses is decided once in a process. No other thread
 * may run. 0; 1: a layer differs or is slower where a plan takes our
 * kernel for it, or a network that was named cannot be had (all are named on standard error); 2: words that mean nothing.
 * rows: an object for each layer, set and number of threads is added. */
gint kernels_run (const KernelsOptions *options, cJSON *rows);

/* kernels_report.c: of such objects. */
gboolean kernels_any_bad (const cJSON *rows);
void kernels_print (const cJSON *rows, gboolean each);
void kernels_print_bad (const cJSON *rows); /* on standard error */
gboolean kernels_write_report (const KernelsOptions *options, const cJSON *rows, GError **error);
