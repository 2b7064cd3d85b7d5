/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* .tflite files in memory that are loaded, or must not be. */
#include "inference/graph/graph.h"
#include "tests/inference/tflite/tfl-cases.h"

#define IDS(...) (const gint[]){__VA_ARGS__}, G_N_ELEMENTS (((const gint[]){__VA_ARGS__}))

/* Takes bytes; they must load. */
TfcGraph *load_ok (GBytes *bytes);
/* Takes bytes; loading them fails with code, and the error has says in it. */
void fails (GBytes *bytes, gint code, const gchar *says);
/* Loads a copy that ends where its memory ends: an error or not, nothing is read behind it. */
void load_any (const guint8 *data, gsize size);
/* The row of that name, which there is. */
const TflCase *case_named (const gchar *name);
