/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* .tflite files: the reader, and what it lets through also lowered, planned and run. */
#include "fuzz.h"

#include "engine.h"
#include "load.h"
#include "tfl-cases.h"
#include "tfl-detectors.h"
#include "tfl-nets.h"

static void
load (GBytes *bytes, guint backend)
{
  GError *error = NULL;
  TfcGraph *graph = tfc_load_tflite_bytes (bytes, "fuzz", &error);
  g_assert_true ((graph != NULL) != (error != NULL));
  if (graph) {
    fuzz_engine (graph, backend);
  } else {
    g_assert_true (error->domain == TFC_ERROR && strstr (error->message, "fuzz"));
    g_error_free (error);
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

void
fuzz_seeds (void)
{
  for (guint i = 0; i < n_tfl_cases; i++)
    fuzz_seed_bytes (tfl_case_write (&tfl_cases[i], i % 4 * 3, i % 2));
  for (guint i = 0; i < n_tfl_nets; i++)
    fuzz_seed_bytes (tfl_net_write (i));
  for (guint i = 0; i < TFL_N_NETS; i++) {
    fuzz_seed_bytes (tfl_detector_write (i, TFL_WEIGHTS_INT8, FALSE));
    fuzz_seed_bytes (tfl_detector_write (i, TFL_WEIGHTS_HYBRID_CHANNELS, i % 2));
  }
}
