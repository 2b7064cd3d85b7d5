/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Masks as GStreamer's analytics library reads them (1.26): where they lie, which regions they
 * have, what these are called, and how tfcjoin takes them to a larger frame. */
#include <gst/analytics/analytics.h>
#include "gst/analyzer/gsttfcexport.h"
#include "tests/gst/join/join-bench.h"

/* A width that no row of a video frame has without padding. */
#define WIDTH 5
#define HEIGHT 3

static const guint8 values[WIDTH * HEIGHT] = {0, 1, 2, 3, 127, 128, 255, 0, 1, 2, 3, 0, 200, 90, 1};
static const gchar *const parts[] = {"head", "torso", "foot"};

static GstTfcResults *
results_of (GstTfcMaskKind kind)
{
  GstTfcMask mask = {.width = WIDTH,
                     .height = HEIGHT,
                     .x = 0.25f,
                     .y = -0.5f,
                     .w = 0.5f,
                     .h = 2,
                     .kind = kind,
                     .data = values};
  guint8 indices[WIDTH * HEIGHT];

  for (guint i = 0; i < G_N_ELEMENTS (indices); i++)
    indices[i] = values[i] % 4;
  if (kind != GST_TFC_MASK_KIND_PERSON) {
    mask.n_indices = 3;
    mask.data = indices;
  }
  if (kind == GST_TFC_MASK_KIND_PARTS)
    mask.labels = parts;
  return gst_tfc_results_new_mask ("m", 0, &mask);
}

static GstBuffer *
frame (GstTfcResults *results)
{
  GstBuffer *buffer = gst_buffer_new ();

  GST_BUFFER_PTS (buffer) = 0;
  gst_tfc_attach (buffer, results, FALSE, GST_TFC_ATTACH_ANALYTICS, 320, 180);
  return buffer;
}

/* The one mask of a buffer. */
static GstAnalyticsMtd
mask_of (GstBuffer *buffer)
{
  const GstAnalyticsMtdType type = gst_analytics_segmentation_mtd_get_mtd_type ();
  GstAnalyticsRelationMeta *relations = gst_buffer_get_analytics_relation_meta (buffer);
  GstAnalyticsMtd mask, other;
  gpointer state = NULL;

  g_assert_nonnull (relations);
  g_assert_true (gst_analytics_relation_meta_iterate (relations, &state, type, &mask));
  g_assert_false (gst_analytics_relation_meta_iterate (relations, &state, type, &other));
  return mask;
}

/* It covers this part of the frame. */
static void
assert_place (const GstAnalyticsMtd *mask, gint x, gint y, guint w, guint h)
{
  gint left, top;
  guint width, height;
  GstBuffer *regions = gst_analytics_segmentation_mtd_get_mask (mask, &left, &top, &width, &height);

  g_assert_cmpint (left, ==, x);
  g_assert_cmpint (top, ==, y);
  g_assert_cmpuint (width, ==, w);
  g_assert_cmpuint (height, ==, h);
  gst_buffer_unref (regions);
}

/* Region i is called names[i], for readers of both kinds of relation. */
static void
assert_names (const GstAnalyticsMtd *mask, const gchar *const *names, gsize n)
{
  const GstAnalyticsRelTypes relations[] = {GST_ANALYTICS_REL_TYPE_RELATE_TO,
                                            GST_ANALYTICS_REL_TYPE_N_TO_N};
  GstAnalyticsMtd classes;
  gsize index;

  g_assert_cmpuint (gst_analytics_segmentation_mtd_get_region_count (mask), ==, n);
  for (guint r = 0; r < G_N_ELEMENTS (relations); r++) {
    g_assert_true (gst_analytics_relation_meta_get_direct_related (
        mask->meta, mask->id, relations[r], gst_analytics_cls_mtd_get_mtd_type (), NULL, &classes));
    g_assert_cmpuint (gst_analytics_cls_mtd_get_length (&classes), ==, n);
    for (guint i = 0; i < n; i++) {
      g_assert_true (gst_analytics_segmentation_mtd_get_region_index (mask, &index, i));
      g_assert_cmpuint (index, ==, i);
      g_assert_cmpstr (g_quark_to_string (gst_analytics_cls_mtd_get_quark (&classes, i)), ==,
                       names[i]);
    }
  }
}

/* Its values, as any reader of a GRAY8 image sees them. */
static void
assert_regions (const GstAnalyticsMtd *mask, GstTfcMaskKind kind)
{
  GstBuffer *regions = gst_analytics_segmentation_mtd_get_mask (mask, NULL, NULL, NULL, NULL);
  GstVideoMeta *meta = gst_buffer_get_video_meta (regions);
  GstMapInfo map;
  guint8 *data;
  gint stride;

  g_assert_nonnull (meta);
  g_assert_cmpint (meta->format, ==, GST_VIDEO_FORMAT_GRAY8);
  g_assert_cmpuint (meta->width, ==, WIDTH);
  g_assert_cmpuint (meta->height, ==, HEIGHT);
  g_assert_true (gst_video_meta_map (meta, 0, &map, (gpointer *)&data, &stride, GST_MAP_READ));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_cmpuint (data[i / WIDTH * stride + i % WIDTH], ==,
                      kind == GST_TFC_MASK_KIND_PERSON ? values[i] >= 128 : values[i] % 4);
  gst_video_meta_unmap (meta, 0, &map);
  gst_buffer_unref (regions);
}

static const struct {
  GstTfcMaskKind kind;
  gsize n;
  const gchar *names[4];
} masks[] = {
    {GST_TFC_MASK_KIND_PERSON, 2, {"background", "person"}},
    {GST_TFC_MASK_KIND_PARTS, 4, {"background", "head", "torso", "foot"}},
    {GST_TFC_MASK_KIND_PEOPLE, 4, {"background", "person", "person", "person"}},
};

static void
test_attached (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (masks); i++) {
    GstTfcResults *results = results_of (masks[i].kind);
    GstBuffer *buffer = frame (results);
    GstAnalyticsMtd mask;
    gst_tfc_results_unref (results); /* the buffer keeps what it needs */
    mask = mask_of (buffer);
    assert_place (&mask, 80, -90, 160, 360);
    assert_names (&mask, masks[i].names, masks[i].n);
    assert_regions (&mask, masks[i].kind);
    gst_buffer_unref (buffer);
  }
}

/* Indices are shared by the frames that show them, and outlive these. */
static void
test_shared (void)
{
  GstTfcResults *results = results_of (GST_TFC_MASK_KIND_PEOPLE);
  const guint8 *data = gst_tfc_results_get_mask (results)->data;

  for (guint i = 0; i < 2; i++) {
    GstBuffer *buffer = frame (results), *regions;
    const GstAnalyticsMtd mask = mask_of (buffer);
    GstMapInfo map;
    regions = gst_analytics_segmentation_mtd_get_mask (&mask, NULL, NULL, NULL, NULL);
    gst_buffer_unref (buffer);
    g_assert_true (gst_buffer_map (regions, &map, GST_MAP_READ));
    g_assert_true (map.data == data);
    gst_buffer_unmap (regions, &map);
    gst_buffer_unref (regions);
  }
  gst_tfc_results_unref (results);
}

/* No part of the frame: nothing for others. */
static void
test_nowhere (void)
{
  const GstTfcMask mask = {.width = WIDTH, .height = HEIGHT, .w = 0, .h = 1, .data = values};
  GstTfcResults *results = gst_tfc_results_new_mask ("m", 0, &mask);
  GstBuffer *buffer = frame (results);
  GstAnalyticsRelationMeta *relations = gst_buffer_get_analytics_relation_meta (buffer);

  g_assert_true (!relations || !gst_analytics_relation_get_length (relations));
  gst_buffer_unref (buffer);
  gst_tfc_results_unref (results);
}

static void
test_joined (void)
{
  JoinBench b = join_bench_new ("");
  GstTfcResults *results = results_of (GST_TFC_MASK_KIND_PEOPLE);

  g_assert_cmpint (gst_harness_push (b.small, frame (results)), ==, GST_FLOW_OK);
  gst_tfc_results_unref (results);
  for (guint i = 0; i < 2; i++) {
    GstBuffer *out = pass (&b, MS (i));
    const GstAnalyticsMtd mask = mask_of (out);
    assert_place (&mask, 320, -360, 640, 1440);
    assert_names (&mask, masks[2].names, masks[2].n);
    assert_regions (&mask, GST_TFC_MASK_KIND_PEOPLE);
    gst_buffer_unref (out);
  }
  join_bench_free (&b);
}

static const TestCase cases[] = {
    {"/segment/analytics/attached", test_attached},
    {"/segment/analytics/shared", test_shared},
    {"/segment/analytics/nowhere", test_nowhere},
    {"/segment/analytics/joined", test_joined},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
