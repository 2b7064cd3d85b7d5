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
read_back (GstTfcResultsKind kind, const guint8 *data, gsize size)
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
  for (guint kind = 0; tfc_item_kind (kind); kind++)
    read_back (kind, data, size);
}

static void
seed (GstTfcResults *results)
{
  GByteArray *bytes = g_byte_array_new ();
  tfc_results_serialize (results, TRUE, bytes);
  fuzz_seed_bytes (g_byte_array_free_to_bytes (bytes));
  gst_tfc_results_unref (results);
}

static void
seed_items (guint n)
{
  static const GstTfcPoint points[21];
  static const GstTfcKeypoint keypoints[21];
  GstTfcDetection objects[4];
  GstTfcFace faces[4];
  GstTfcPose poses[4];
  GstTfcClass classes[4];
  GstTfcEvent events[4];
  GstTfcZone zones[4];
  for (guint i = 0; i < n; i++) {
    objects[i] = (GstTfcDetection){0.1f, 0.2f, 0.3f, 0.4f, 0.9f, .class_id = i, .label = "cat"};
    faces[i] = (GstTfcFace){0.1f, 0.2f, 0.3f, 0.4f, .n_points = 5, .points = points};
    poses[i] =
        (GstTfcPose){0.1f,
                     0.2f,
                     0.3f,
                     0.4f,
                     .layout = i % 2 ? GST_TFC_POINT_LAYOUT_HAND_21 : GST_TFC_POINT_LAYOUT_COCO_17,
                     .n_points = i % 2 ? 21 : 17,
                     .points = keypoints,
                     .world = i % 2 ? points : NULL};
    events[i] = (GstTfcEvent){i, i % 3, "porch", i ? "gate" : NULL, 7, "cat", 1000, 2};
    zones[i] = (GstTfcZone){"porch", i % 2, i % 2 ? 2 : 4, points, 1, 2, 3};
    classes[i] = (GstTfcClass){.class_id = i, .score = 0.5f, .rank = i, .label = "cat"};
  }
  seed (gst_tfc_results_new_detections ("net", 40, objects, n));
  seed (gst_tfc_results_new_faces ("mesh", 40, faces, n));
  seed (gst_tfc_results_new_poses ("body", 40, poses, n));
  seed (gst_tfc_results_new_classes ("net", 40, classes, n));
  seed (gst_tfc_results_new_events ("zones", 40, events, n));
  seed (gst_tfc_results_new_zones ("zones", 40, zones, n));
}

void
fuzz_seeds (void)
{
  static const gchar *const labels[] = {"arm", "leg", NULL};
  static const guint8 values[12] = {0, 1, 2};
  for (guint n = 0; n < 4; n++)
    seed_items (n);
  for (guint kind = 0; kind < 3; kind++) {
    GstTfcMask mask = {4, 3, 0, 0, 1, 1, kind, kind ? 3 : 0, values, kind ? labels : NULL};
    seed (gst_tfc_results_new_mask ("net", 40, &mask));
  }
}
