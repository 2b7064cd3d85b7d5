/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The command line of tfc-bench, and what its words mean. */
#include "tools/bench/group.h"
#include "tools/bench/kernels/kernels.h"
#include "tools/bench/pipeline.h"

typedef struct {
  gchar **models, **chains, **pictures;
  gchar *backends, *threads, *against, *peers, *json, *model_path;
  gchar *sizes, *formats, *streams;
  gboolean cpu_time, layers;
  GroupOptions group;
  PipelineOptions pipeline;
  KernelsOptions kernels;
} Options;

/* Reads argv into o, which holds defaults; with --kernels, o keeps what is left of argv, which filters. FALSE with error
 * set (SETTINGS, G_OPTION_ERROR); o is then only good for options_clear. */
gboolean options_parse (Options *o, gint *argc, gchar ***argv, GError **error);
void options_clear (Options *o);
