/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Whole chains on a picture, ours: sampling, networks, decoding. A row of a table for each task. */
#include "inference/model.h"
#include "tools/bench/case.h"

typedef struct Chain Chain;

/* Opens the networks of c, which outlives it. NULL with error set. */
Chain *chain_open (const Case *c, const TfcModelOptions *options, GError **error);
void chain_close (Chain *chain); /* NULL is allowed */
/* One turn on the case's picture: how many things were found; -1 with error set. */
gint chain_run (Chain *chain, GError **error);
/* Of a chain of one network; else NULL. */
const TfcModel *chain_model (const Chain *chain);
