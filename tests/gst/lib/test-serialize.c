/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "tests/gst/lib/samples.h"
#include "gst/lib/gsttfcserialize-private.h"

static GByteArray *
written (GstTfcResults *results)
{
  GByteArray *bytes = g_byte_array_new ();

  tfc_results_serialize (results, TRUE, bytes);
  gst_tfc_results_unref (results);
  return bytes;
}

static void
test_serial (void)
{
  GstTfcFace faces[2];
  GByteArray *bytes = written (gst_tfc_results_new_detections ("m", 42, two, 2));
  gboolean held = FALSE;
  GstTfcResults *back =
      tfc_results_deserialize (GST_TFC_RESULTS_KIND_DETECTIONS, bytes->data, bytes->len, &held);
  GstBuffer *buffer = gst_buffer_new ();

  g_assert_nonnull (back);
  g_assert_true (held);
  g_assert_cmpmem (back->detections[1]._gst_reserved, sizeof two[1]._gst_reserved,
                   two[1]._gst_reserved, sizeof two[1]._gst_reserved);
  gst_buffer_add_tfc_results (buffer, back, held);
  assert_two (gst_buffer_get_tfc_detection_meta (buffer));
  gst_tfc_results_unref (back);
  gst_buffer_unref (buffer);
  g_byte_array_unref (bytes);

  make_faces (faces);
  bytes = written (gst_tfc_results_new_faces ("m", 42, faces, 2));
  back = tfc_results_deserialize (GST_TFC_RESULTS_KIND_FACES, bytes->data, bytes->len, &held);
  g_assert_nonnull (back);
  g_assert_null (back->faces[0].head);
  g_assert_cmpmem (back->faces[1].head, sizeof (GstTfcHead), faces[1].head, sizeof (GstTfcHead));
  g_assert_cmpmem (back->faces[1].points, 478 * sizeof (GstTfcPoint), points[1],
                   478 * sizeof (GstTfcPoint));
  g_assert_cmpmem (back->faces[1]._gst_reserved, sizeof faces[1]._gst_reserved,
                   faces[1]._gst_reserved, sizeof faces[1]._gst_reserved);
  g_assert_cmpmem (&back->faces[1], G_STRUCT_OFFSET (GstTfcFace, points), &faces[1],
                   G_STRUCT_OFFSET (GstTfcFace, points));
  g_assert_cmpuint (back->faces[0].age, ==, 5 * GST_MSECOND);
  g_assert_true (!back->faces[0].seen && back->faces[1].seen);
  g_assert_true (back->faces[1].speed_x == 0.5f && back->faces[1].speed_y == 0.25f);
  g_assert_cmpuint (back->faces[0].object_id, ==, 0);
  g_assert_cmpuint (back->faces[1].object_id, ==, 2);
  gst_tfc_results_unref (back);
  g_byte_array_unref (bytes);
}

/* Every length of a cut, and random bytes: refused or sound, never out of bounds (run with ASan).
 */
static void
test_serial_hostile (void)
{
  GByteArray *bytes = written (gst_tfc_results_new_detections ("m", 42, two, 2));
  gboolean held;

  for (guint n = 0; n < bytes->len; n++) {
    guint8 *cut = g_memdup2 (bytes->data, n);
    g_assert_null (tfc_results_deserialize (GST_TFC_RESULTS_KIND_DETECTIONS, cut, n, &held));
    g_assert_null (tfc_results_deserialize (GST_TFC_RESULTS_KIND_FACES, cut, n, &held));
    g_free (cut);
  }
  for (guint i = 0; i < 3000; i++) {
    guint at = g_test_rand_int_range (0, bytes->len);
    guint8 old = bytes->data[at];
    GstTfcResults *back;
    bytes->data[at] = g_test_rand_int_range (0, 256);
    back = tfc_results_deserialize (i % 2, bytes->data, bytes->len, &held);
    gst_tfc_results_unref (back);
    if (i % 7)
      bytes->data[at] = old;
  }
  g_byte_array_unref (bytes);
}

/* Texts stay in memory for good: a stream cannot bring ever new ones. */
static void
test_serial_texts (void)
{
  GByteArray *known = written (gst_tfc_results_new_detections ("m", 42, two, 2));
  GByteArray *bytes = written (gst_tfc_results_new_detections ("00000000", 42, two, 0));
  GstTfcResults *back = NULL;
  gboolean held;
  guint n = 0;

  for (gboolean more = TRUE; more && n < 10000; n++) {
    gchar *text = g_strdup_printf ("%08u", n);
    memcpy (bytes->data + 1 + 8 + 2, text, 8);
    back =
        tfc_results_deserialize (GST_TFC_RESULTS_KIND_DETECTIONS, bytes->data, bytes->len, &held);
    more = back != NULL;
    gst_tfc_results_unref (back);
    g_free (text);
  }
  g_assert_cmpuint (n, >, 1000);
  g_assert_cmpuint (n, <, 5000);
  back = tfc_results_deserialize (GST_TFC_RESULTS_KIND_DETECTIONS, known->data, known->len, &held);
  g_assert_nonnull (back);
  gst_tfc_results_unref (back);
  g_byte_array_unref (known);
  g_byte_array_unref (bytes);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serialize/there-and-back", test_serial);
  g_test_add_func ("/serialize/hostile", test_serial_hostile);
  g_test_add_func ("/serialize/texts", test_serial_texts); /* uses up what may be new: last */
  return g_test_run ();
}
