/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A network planned for one shape of its inputs. A model has one, or some that it goes back to. */
#include "inference/plan/plan.h"
#include "inference/runtime/governor.h"

typedef struct {
  TfcGraph *graph;
  TfcPlan *plan;
  TfcTensor *inputs, *outputs; /* with their places */
  gboolean *activated;         /* [outputs] the file ends them in a sigmoid or softmax */
  gsize constant_bytes;        /* of the lowered graph */
  gsize packed_bytes;          /* of weights in the store that no other can share */
  TfcGovernor governor;
  TfcShape *given; /* [inputs] the shape that was asked for; rank -1: none was */
} TfcSpecialization;

/* Checks, lowers and plans graph, which it takes, also on failure. NULL with error set. */
TfcSpecialization *tfc_specialization_new (TfcGraph *graph, const TfcBackend *backend, TfcPool *pool, TfcPackedStore *packed,
                             GError **error);
void tfc_specialization_free (TfcSpecialization *specialization); /* NULL is allowed */
/* What it holds that no other has, about; weights that are packed in the store are not counted. */
gsize tfc_specialization_bytes (const TfcSpecialization *specialization);
/* Names, types and number of inputs and outputs, and post-processing, are the same. */
gboolean tfc_specialization_is_alike (const TfcSpecialization *a, const TfcSpecialization *b);

static inline guint
tfc_specialization_id (const GArray *ids, guint index)
{
  return g_array_index (ids, guint, index);
}
