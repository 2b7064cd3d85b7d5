/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Metadata out of bytes, through a matrix, and back into bytes. */
#include "tests/fuzz/fuzz.h"

#include "gst/lib/gsttfctransform-private.h"
#include "gst/lib/gsttfcserialize-private.h"

static void
transform (FuzzBytes *b, const GstTfcResults *results)
{
  TfcHomography m = {.old_width = 1 + fuzz_below (b, 4000), .old_height = 1 + fuzz_below (b, 4000)};
  for (guint i = 0; i < 9; i++)
    m.matrix[i / 3][i % 3] = i % 4 ? fuzz_float (b) : 1;
  if (fuzz_below (b, 4))
    m.matrix[2][0] = m.matrix[2][1] = 0, m.matrix[2][2] = 1;
  m.in_x = fuzz_below (b, 4000);
  m.in_y = fuzz_below (b, 4000);
  m.out_x = fuzz_below (b, 4000);
  m.out_y = fuzz_below (b, 4000);
  m.out_width = m.new_width = 1 + fuzz_below (b, 4000);
  m.out_height = m.new_height = 1 + fuzz_below (b, 4000);
  GstTfcResults *out = tfc_results_transform (results, &m);
  if (out)
    gst_tfc_results_unref (out);
}

static void
read_back (TfcResultsKind kind, const guint8 *data, gsize size)
{
  gboolean held = FALSE;
  GstTfcResults *results = tfc_results_deserialize (kind, data, size, &held);
  if (!results)
    return;
  FuzzBytes b = {data, size};
  GByteArray *bytes = g_byte_array_new (), *again = g_byte_array_new ();
  transform (&b, results);
  tfc_results_serialize (results, held, bytes);
  gst_tfc_results_unref (results);
  results = tfc_results_deserialize (kind, bytes->data, bytes->len, &held);
  g_assert_nonnull (results);
  tfc_results_serialize (results, held, again);
  g_assert_cmpmem (bytes->data, bytes->len, again->data, again->len);
  gst_tfc_results_unref (results);
  g_byte_array_unref (bytes);
  g_byte_array_unref (again);
}

void
fuzz_one (const guint8 *data, gsize size)
{
  read_back (TFC_RESULTS_DETECTIONS, data, size);
  read_back (TFC_RESULTS_FACES, data, size);
}

static void
seed (GstTfcResults *results)
{
  GByteArray *bytes = g_byte_array_new ();
  tfc_results_serialize (results, TRUE, bytes);
  fuzz_seed_bytes (g_byte_array_free_to_bytes (bytes));
  gst_tfc_results_unref (results);
}

void
fuzz_seeds (void)
{
  for (guint n = 0; n < 4; n++) {
    GstTfcResults *objects = tfc_results_new (TFC_RESULTS_DETECTIONS, "net", 40, n, 0);
    GstTfcResults *faces = tfc_results_new (TFC_RESULTS_FACES, "mesh", 40, n, n * 5);
    GstTfcPoint *points = tfc_results_points (faces);
    for (guint i = 0; i < n; i++) {
      objects->detections[i] =
          (GstTfcDetection){0.1f, 0.2f, 0.3f, 0.4f, 0.9f, .class_id = i, .label = "cat"};
      faces->faces[i] =
          (GstTfcFace){0.1f, 0.2f, 0.3f, 0.4f, .n_points = 5, .points = points + 5 * i};
    }
    memset (points, 0, n * 5 * sizeof *points);
    seed (objects);
    seed (faces);
  }
}
