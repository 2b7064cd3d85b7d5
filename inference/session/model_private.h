/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A model from the inside, for the files of this folder. */
#include "inference/model.h"
#include "inference/session/specialization.h"

#include <string.h>

/* What a model keeps to go back to, besides the one in use. */
#define TFC_MAX_PLANS 8
#define TFC_MAX_PLANS_BYTES ((gsize)256 << 20)

struct TfcModel {
  TfcSpecialization *now;     /* of specializations */
  GPtrArray *specializations; /* TfcSpecialization, owned, the one that was used last first */
  TfcPackedStore *packed; /* of all of them */
  TfcPool *pool;
  const TfcBackend *backend;
  /* What it was opened from; path NULL: a graph in memory. */
  gchar *path;
  gchar **input_names, **output_names;
  TfcRunFunc *watch; /* or NULL */
  gpointer watch_data;
  struct TfcSource *source; /* from the first reshape on: the file, and what was parsed of it */
};
