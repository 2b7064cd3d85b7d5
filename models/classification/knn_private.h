/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Examples from the inside: shared by knn.c and knn_file.c only. */
#include "models/classification/knn.h"

typedef struct {
  gchar *label;
  gint number;    /* by first use */
  gint64 order;   /* classes stand by it: whole numbers themselves, then the others by first use */
  GArray *values; /* gfloat: examples one after the other */
  guint votes;    /* of the query that is being answered */
} TfcKnnClass;

typedef struct {
  gfloat similarity;
  guint example, class_index;
} TfcKnnNeighbour;

struct TfcKnn {
  guint size, n_examples;
  GPtrArray *classes; /* TfcKnnClass, in their order */
  GPtrArray *labels;  /* by number, of forgotten ones too */
  gint64 next_order;
  gfloat *query;               /* [size] */
  TfcKnnNeighbour *neighbours; /* [room] */
  guint room;
};

/* Adds n examples of size numbers as they are. The same errors as tfc_knn_add. */
gboolean tfc_knn_add_rows (TfcKnn *knn, const gchar *label, const gfloat *rows, guint n, guint size,
                           GError **error);
