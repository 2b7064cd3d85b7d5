/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcclassify on photos against the mobilenet package's answers. */
#include "tests/gst/common/classify.h"
#include "tests/models/golden.h"

/* How far the three best may lie apart: NV12 halves the colours of the photo before the network
 * sees it, which is more than any rounding. */
static const struct {
  const gchar *format;
  gdouble near;
  gboolean order; /* the three best in order; else the best where it leads by twice near */
} formats[] = {{"RGB", 1e-4, TRUE}, {"BGRx", 1e-4, TRUE}, {"NV12", 0.1, FALSE}};

static void
check (GstBuffer *buffer, const cJSON *want, guint row)
{
  const cJSON *index = cJSON_GetObjectItem (want, "top5_index");
  const cJSON *probability = cJSON_GetObjectItem (want, "top5_probability");
  const gdouble lead = golden_number (probability, 0) - golden_number (probability, 1);
  const gboolean fragile = cJSON_IsTrue (cJSON_GetObjectItem (want, "fragile"));
  guint n;
  const GstTfcClass *c = classes_of (buffer, &n);

  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpuint (c[i].rank, ==, i);
    g_assert_cmpuint (c[i].object_id, ==, 0);
    if (formats[row].order)
      g_assert_cmpfloat_with_epsilon (c[i].score, golden_number (probability, (gint)i),
                                      formats[row].near);
    if (formats[row].order && !fragile)
      g_assert_cmpint (c[i].class_id, ==, (gint)golden_number (index, (gint)i));
  }
  if (formats[row].order || lead < 2 * formats[row].near)
    return;
  g_assert_cmpint (c[0].class_id, ==, (gint)golden_number (index, 0));
  g_assert_cmpfloat_with_epsilon (c[0].score, golden_number (probability, 0), formats[row].near);
}

static void
test_photos (gconstpointer data)
{
  const guint row = GPOINTER_TO_UINT (data);
  cJSON *root = have_classifier () ? golden_json ("golden/classify/tfjs/results.json") : NULL;
  GstHarness *h;
  guint frame = 0;

  if (!root)
    return;
  h = detect_play (classify_new (NULL, NULL), NULL);
  for (cJSON *p = cJSON_GetObjectItem (root, "pictures")->child; p; p = p->next) {
    GstBuffer *buffer = classify_show (h, p->string, formats[row].format, frame++);
    check (buffer, p, row);
    gst_buffer_unref (buffer);
  }
  detect_done (h, NULL);
  cJSON_Delete (root);
}

int
main (int argc, char **argv)
{
  static const TestCase cases[] = {
      {.path = "/classify/photos/rgb", .run_with = test_photos, .data = GUINT_TO_POINTER (0)},
      {.path = "/classify/photos/bgrx", .run_with = test_photos, .data = GUINT_TO_POINTER (1)},
      {.path = "/classify/photos/nv12", .run_with = test_photos, .data = GUINT_TO_POINTER (2)},
      {NULL}};

  return run_cases (argc, argv, cases, NULL, NULL);
}
