/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* .tflite files: the reader, and what it lets through also lowered, planned and run. */
#include "tests/fuzz/fuzz.h"

#include "tests/fuzz/ends.h"
#include "tests/fuzz/engine.h"
#include "inference/builder/load.h"
#include "tests/fuzz/mutate.h"
#include "tests/inference/tflite/tfl-cases.h"
#include "tests/inference/tflite/tfl-detectors.h"
#include "tests/inference/tflite/tfl-inputs.h"
#include "tests/inference/tflite/tfl-nets.h"

static void
check_error (GError *error)
{
  g_assert_true (error->domain == TFC_ERROR && strstr (error->message, "fuzz"));
  g_error_free (error);
}

/* The same file with other ends, chosen by its bytes. */
static void
load_with_ends (GBytes *bytes, const TfcGraph *graph, guint backend)
{
  GError *error = NULL;
  FuzzEnds e;
  fuzz_ends (graph, g_bytes_hash (bytes) + backend, &e);
  TfcGraph *other = tfc_load_tflite_bytes_with (bytes, "fuzz", &e.ends, &error);
  g_assert_true ((other != NULL) != (error != NULL));
  if (other)
    fuzz_engine (other, backend);
  else
    check_error (error);
}

static void
load (GBytes *bytes, guint backend)
{
  GError *error = NULL;
  TfcGraph *graph = tfc_load_tflite_bytes (bytes, "fuzz", &error);
  g_assert_true ((graph != NULL) != (error != NULL));
  if (graph) {
    load_with_ends (bytes, graph, backend);
    fuzz_engine (graph, backend);
  } else {
    check_error (error);
  }
}

void
fuzz_one (const guint8 *data, gsize size)
{
  GBytes *bytes = g_bytes_new_static (data, size);
  for (guint i = 0; i < fuzz_n_backends (); i++)
    load (bytes, i);
  g_bytes_unref (bytes);
}

#define MAX_INPUTS 64

/* An operator's input is taken away, or becomes another tensor. */
static gboolean
bend_input (guint8 *data, gsize size, GRand *rand)
{
  gsize at[MAX_INPUTS];
  const guint n = tfl_inputs (data, size, at, MAX_INPUTS);
  gint32 id = g_rand_boolean (rand) ? -1 : g_rand_int_range (rand, -2, (gint)MAX_INPUTS / 4);
  if (!n)
    return FALSE;
  id = (gint32)GUINT32_TO_LE ((guint32)id);
  memcpy (data + at[g_rand_int_range (rand, 0, (gint)n)], &id, 4);
  return TRUE;
}

gsize
fuzz_bend (guint8 *data, gsize size, gsize max, GRand *rand)
{
  if (g_rand_int_range (rand, 0, 4) || !bend_input (data, size, rand))
    fuzz_bend_bytes (data, size, rand);
  return size;
}

/* The net with one of its inputs missing. */
static void
seeds_without (guint net)
{
  gsize at[MAX_INPUTS], size;
  guint n = 1;
  for (guint k = 0; k < n; k++) {
    GBytes *bytes = tfl_net_write (net);
    guint8 *data = g_bytes_unref_to_data (bytes, &size);
    n = tfl_inputs (data, size, at, MAX_INPUTS);
    memset (data + at[k], 0xff, 4);
    fuzz_seed_bytes (g_bytes_new_take (data, size));
  }
}

void
fuzz_seeds (void)
{
  for (guint i = 0; tfl_case (i); i++)
    fuzz_seed_bytes (tfl_case_write (tfl_case (i), i % 4 * 3, i % 2));
  for (guint i = 0; i < n_tfl_nets; i++)
    fuzz_seed_bytes (tfl_net_write (i)), seeds_without (i);
  for (guint i = 0; i < TFL_N_NETS; i++) {
    fuzz_seed_bytes (tfl_detector_write (i, TFL_WEIGHTS_INT8, FALSE));
    fuzz_seed_bytes (tfl_detector_write (i, TFL_WEIGHTS_HYBRID_CHANNELS, i % 2));
  }
}
