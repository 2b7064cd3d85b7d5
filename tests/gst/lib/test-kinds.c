/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Poses, masks and classes: on buffers, as bytes, on frames that were changed. */
#include <string.h>
#include "tests/gst/lib/samples.h"
#include "gst/lib/gsttfcserialize-private.h"
#include "gst/lib/gsttfctransform-private.h"

static GstTfcKeypoint keypoints[2][21];
static GstTfcPoint metres[21];
static const GstTfcPose poses[2] = {
    {0.2f, 0.1f, 0.4f, 0.6f, 0.9f, .track_id = 5, .object_id = 3, .n_points = 17,
     .points = keypoints[0], .age = 9 * GST_SECOND, .seen = TRUE, .speed_x = 0.5f,
     .speed_y = 0.25f},
    {0.6f, 0.4f, 0.2f, 0.2f, 0.8f, 6, 0, GST_TFC_POINT_LAYOUT_HAND_21, GST_TFC_HANDEDNESS_LEFT,
     0.75f, 21, keypoints[1], metres},
};
static const GstTfcClass classes[2] = {
    {.class_id = 7, .score = 0.6f, .rank = 0, .object_id = 9, .label = "cup"},
    {.class_id = -1, .score = 0.3f, .rank = 1, .object_id = 9},
};
static const gchar *const labels[] = {"arm", "leg"};
static const guint8 values[6] = {0, 1, 2, 2, 1, 0}; /* three wide, two high */
static const GstTfcMask mask = {3, 2,      0.25f, 0, 0.5f, 1, GST_TFC_MASK_KIND_PARTS,
                                2, values, labels};

static void
fill (void)
{
  for (guint k = 0; k < 21; k++) {
    for (guint i = 0; i < 2; i++)
      keypoints[i][k] = (GstTfcKeypoint){0.01f * k, 0.02f * k, 0.1f * i, 0.04f * k};
    metres[k] = (GstTfcPoint){0.01f * k, 0.02f, 0.03f};
  }
}

static GstTfcResults *
make (GstTfcResultsKind kind)
{
  switch (kind) {
    case GST_TFC_RESULTS_KIND_POSES:
      return gst_tfc_results_new_poses ("m", 42, poses, 2);
    case GST_TFC_RESULTS_KIND_MASK:
      return gst_tfc_results_new_mask ("m", 42, &mask);
    default:
      return gst_tfc_results_new_classes ("m", 42, classes, 2);
  }
}

#define SAME_HEAD(a, b, Type, end) \
  g_assert_cmpmem (a, G_STRUCT_OFFSET (Type, end), b, G_STRUCT_OFFSET (Type, end))

static void
assert_poses (const GstTfcPose *got)
{
  for (guint i = 0; i < 2; i++) {
    SAME_HEAD (&got[i], &poses[i], GstTfcPose, points);
    g_assert_true (got[i].points != poses[i].points);
    g_assert_cmpmem (got[i].points, got[i].n_points * sizeof *keypoints[0], keypoints[i],
                     poses[i].n_points * sizeof *keypoints[0]);
  }
  g_assert_null (got[0].world);
  g_assert_cmpmem (got[1].world, sizeof metres, metres, sizeof metres);
}

static void
assert_mask (const GstTfcMask *got)
{
  SAME_HEAD (got, &mask, GstTfcMask, data);
  g_assert_cmpmem (got->data, 6, values, 6);
  g_assert_cmpstr (gst_tfc_mask_get_label (got, 0), ==, "arm");
  g_assert_cmpstr (gst_tfc_mask_get_label (got, 1), ==, "leg");
  g_assert_null (gst_tfc_mask_get_label (got, 2));
}

static void
assert_classes (const GstTfcClass *got)
{
  for (guint i = 0; i < 2; i++)
    SAME_HEAD (&got[i], &classes[i], GstTfcClass, label);
  g_assert_true (got[0].label == g_intern_static_string ("cup"));
}

static void
assert_results (const GstTfcResults *results)
{
  const GstTfcResultsKind kind = gst_tfc_results_get_kind (results);
  guint n;

  g_assert_cmpstr (gst_tfc_results_get_model (results), ==, "m");
  g_assert_true (!!gst_tfc_results_get_poses (results, &n) == (kind == GST_TFC_RESULTS_KIND_POSES));
  if (n)
    assert_poses (gst_tfc_results_get_poses (results, NULL));
  g_assert_true (!!gst_tfc_results_get_mask (results) == (kind == GST_TFC_RESULTS_KIND_MASK));
  if (kind == GST_TFC_RESULTS_KIND_MASK)
    assert_mask (gst_tfc_results_get_mask (results));
  g_assert_true (!!gst_tfc_results_get_classes (results, &n) ==
                 (kind == GST_TFC_RESULTS_KIND_CLASSES));
  if (n)
    assert_classes (gst_tfc_results_get_classes (results, NULL));
  g_assert_null (gst_tfc_results_get_faces (results, &n));
}

/* A buffer, its copy and a buffer that repeats the results share them. */
static void
test_buffers (void)
{
  for (GstTfcResultsKind kind = GST_TFC_RESULTS_KIND_POSES; kind <= GST_TFC_RESULTS_KIND_CLASSES;
       kind++) {
    GstBuffer *buffer = gst_buffer_new ();
    GstTfcResults *results = make (kind);
    const GType api = tfc_item_kind (kind)->meta_info ()->api;

    g_assert_true (gst_buffer_add_tfc_results (buffer, results, TRUE)->info->api == api);
    gst_tfc_results_unref (results);
    GstBuffer *copy = gst_buffer_copy (buffer);
    gst_buffer_unref (buffer);
    g_assert_cmpint (results->refs, ==, 1);
    assert_results (results);
    g_assert_nonnull (gst_buffer_get_meta (copy, api));
    gst_buffer_unref (copy);
  }
}

static void
test_metas (void)
{
  GstBuffer *buffer = gst_buffer_new ();
  GBytes *bytes;
  GList *copies;

  gst_buffer_add_tfc_pose_meta (buffer, "m", 42, FALSE, poses, 2);
  gst_buffer_add_tfc_mask_meta (buffer, "m", 42, FALSE, &mask);
  gst_buffer_add_tfc_class_meta (buffer, "m", 42, TRUE, classes, 2);
  assert_poses (gst_buffer_get_tfc_pose_meta (buffer)->poses);
  assert_mask (gst_buffer_get_tfc_mask_meta (buffer)->mask);
  assert_classes (gst_buffer_get_tfc_class_meta (buffer)->classes);
  g_assert_true (gst_buffer_get_tfc_class_meta (buffer)->held);
  bytes = gst_tfc_mask_meta_dup_bytes (gst_buffer_get_tfc_mask_meta (buffer));
  g_assert_true (g_bytes_get_data (bytes, NULL) ==
                 gst_buffer_get_tfc_mask_meta (buffer)->mask->data);
  copies = gst_tfc_pose_meta_dup_poses (gst_buffer_get_tfc_pose_meta (buffer));
  gst_buffer_unref (buffer);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), values, 6);
  NEAR (((GstTfcPose *)copies->next->data)->world[20].x, 0.2f);
  NEAR (gst_tfc_pose_get_coordinates (copies->data, NULL)[4 * 16 + 3], 0.64f);
  g_list_free_full (copies, (GDestroyNotify)gst_tfc_pose_free);
  g_bytes_unref (bytes);
}

/* Readers have the sizes of these structures compiled in: new fields go into the reserved space. */
static void
test_layout (void)
{
  g_assert_cmpuint (sizeof (GstTfcKeypoint), ==, 4 * sizeof (gfloat));
  g_assert_cmpuint (sizeof (GstTfcPose), ==, 80 + (2 + GST_PADDING) * sizeof (gpointer));
  g_assert_cmpuint (sizeof (GstTfcMask), ==, 32 + (2 + GST_PADDING) * sizeof (gpointer));
  g_assert_cmpuint (sizeof (GstTfcClass), ==, 24 + (1 + GST_PADDING) * sizeof (gpointer));
}

/* Masks as large as the picture: a steady stream of them allocates nothing. */
static void
test_large_masks (void)
{
  static const guint sizes[][2] = {{513, 513}, {1920, 1080}};
  guint before = 0;

  for (guint size = 0; size < 2; size++) {
    GstTfcMask big = {sizes[size][0], sizes[size][1], 0, 0, 1, 1};
    g_autofree guint8 *data = g_malloc0 ((gsize)big.width * big.height);
    big.data = data;
    for (guint round = 0; round < 3; round++) {
      GstTfcResults *flight[8];
      for (guint i = 0; i < 8; i++)
        flight[i] = gst_tfc_results_new_mask ("m", i, &big);
      if (round == 1)
        before = tfc_results_allocated ();
      for (guint i = 0; i < 8; i++)
        gst_tfc_results_unref (flight[i]);
    }
    g_assert_cmpuint (tfc_results_allocated (), ==, before);
  }
  g_assert_null (gst_tfc_results_new_mask ("m", 0, &(GstTfcMask){.width = 20000, .height = 1}));
}

static void
test_serial (void)
{
  for (GstTfcResultsKind kind = GST_TFC_RESULTS_KIND_POSES; kind <= GST_TFC_RESULTS_KIND_CLASSES;
       kind++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_autoptr (GstTfcResults) results = make (kind);
    gboolean held = FALSE;

    tfc_results_serialize (results, TRUE, bytes);
    GstTfcResults *back = tfc_results_deserialize (kind, bytes->data, bytes->len, &held);
    g_assert_nonnull (back);
    g_assert_true (held);
    if (kind == GST_TFC_RESULTS_KIND_CLASSES)
      g_assert_cmpstr (back->classes[1].label, ==, ""); /* there is no text that says NULL */
    assert_results (back);
    gst_tfc_results_unref (back);
    for (guint n = 0; n < bytes->len; n++) {
      g_autofree guint8 *cut = g_memdup2 (bytes->data, n);
      g_assert_null (tfc_results_deserialize (kind, cut, n, &held));
    }
  }
}

/* The byte of the stream at from the end becomes value: refused. */
static void
assert_refused (GstTfcResultsKind kind, guint from_end, guint8 value)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GstTfcResults) results = make (kind);
  gboolean held;

  tfc_results_serialize (results, FALSE, bytes);
  bytes->data[bytes->len - from_end] = value;
  g_assert_null (tfc_results_deserialize (kind, bytes->data, bytes->len, &held));
}

static void
test_serial_hostile (void)
{
  const guint second = 21 * (4 + 3) * 4, mask_head = 6 + 2 * (2 + 3);

  assert_refused (GST_TFC_RESULTS_KIND_MASK, 1, 3);             /* a value above n_indices */
  assert_refused (GST_TFC_RESULTS_KIND_MASK, mask_head + 3, 3); /* no such kind */
  assert_refused (GST_TFC_RESULTS_KIND_MASK, mask_head + 2, 2); /* labels: neither there nor not */
  assert_refused (GST_TFC_RESULTS_KIND_MASK, mask_head + 3 + 24, 2); /* fewer values than sent */
  assert_refused (GST_TFC_RESULTS_KIND_POSES, second + 1, 2);  /* world: neither there nor not */
  assert_refused (GST_TFC_RESULTS_KIND_POSES, second + 5, 20); /* not the points of a hand */
  assert_refused (GST_TFC_RESULTS_KIND_POSES, second + 6, 3);  /* no such handedness */
  assert_refused (GST_TFC_RESULTS_KIND_POSES, second + 7, 9);  /* no such layout */
}

/* 100x50 frames; the map takes pixel (x, y) to (a x + b y + c, d x + e y + f). */
static GstTfcResults *
moved (GstTfcResultsKind kind, const gfloat *m, gint w, gint h)
{
  const TfcHomography map = {.matrix = {{m[0], m[1], m[2]}, {m[3], m[4], m[5]}, {0, 0, 1}},
                             .out_width = w,
                             .out_height = h,
                             .old_width = 100,
                             .old_height = 50,
                             .new_width = w,
                             .new_height = h};
  g_autoptr (GstTfcResults) results = make (kind);
  return tfc_results_transform (results, &map);
}

static const gfloat mirror[] = {-1, 0, 100, 0, 1, 0};
static const gfloat quarter[] = {0, -1, 50, 1, 0, 0}; /* clockwise */
static const gfloat left_half[] = {1, 0, 0, 0, 1, 0}; /* with a frame of 50x50 */
static const gfloat tilt[] = {0.8f, -0.6f, 0, 0.6f, 0.8f, 0};

static void
test_transform_poses (void)
{
  GstTfcResults *to = moved (GST_TFC_RESULTS_KIND_POSES, mirror, 100, 50);

  g_assert_cmpuint (to->n, ==, 2);
  NEAR (to->poses[0].x, 1 - 0.2 - 0.4);
  NEAR (to->poses[1].points[20].x, 1 - 0.2);
  NEAR (to->poses[1].world[20].x, -0.2);
  NEAR (to->poses[1].world[20].y, 0.02);
  g_assert_cmpint (to->poses[1].handedness, ==, GST_TFC_HANDEDNESS_LEFT);
  gst_tfc_results_unref (to);
  to = moved (GST_TFC_RESULTS_KIND_POSES, quarter, 50, 100);
  NEAR (to->poses[1].points[10].x, 1 - 0.2);
  NEAR (to->poses[1].points[10].y, 0.1);
  NEAR (to->poses[1].points[10].z, 0.2); /* the frame is half as wide now */
  NEAR (to->poses[1].world[10].x, -0.02);
  NEAR (to->poses[1].world[10].y, 0.1);
  gst_tfc_results_unref (to);
  to = moved (GST_TFC_RESULTS_KIND_POSES, left_half, 50, 50);
  g_assert_cmpuint (to->n, ==, 1); /* the hand is outside */
  NEAR (to->poses[0].points[10].x, 0.2);
  gst_tfc_results_unref (to);
}

static void
test_transform_mask (void)
{
  static const guint8 mirrored[] = {2, 1, 0, 0, 1, 2}, turned[] = {2, 0, 1, 1, 0, 2};
  GstTfcResults *to = moved (GST_TFC_RESULTS_KIND_MASK, mirror, 100, 50);

  g_assert_cmpmem (to->mask->data, 6, mirrored, 6);
  NEAR (to->mask->x, 0.25);
  gst_tfc_results_unref (to);
  to = moved (GST_TFC_RESULTS_KIND_MASK, quarter, 50, 100);
  g_assert_cmpuint (to->mask->width, ==, 2);
  g_assert_cmpuint (to->mask->height, ==, 3);
  g_assert_cmpmem (to->mask->data, 6, turned, 6);
  NEAR (to->mask->y, 0.25);
  NEAR (to->mask->h, 0.5);
  gst_tfc_results_unref (to);
  to = moved (GST_TFC_RESULTS_KIND_MASK, left_half, 50, 50);
  g_assert_cmpmem (to->mask->data, 6, values, 6);
  NEAR (to->mask->x, 0.5);
  NEAR (to->mask->w, 1); /* half of it is outside */
  gst_tfc_results_unref (to);
  g_assert_null (moved (GST_TFC_RESULTS_KIND_MASK, tilt, 100, 50));
}

static void
test_transform_classes (void)
{
  GstTfcResults *to = moved (GST_TFC_RESULTS_KIND_CLASSES, tilt, 100, 50);

  assert_results (to);
  gst_tfc_results_unref (to);
}

static void
test_point_layouts (void)
{
  static const struct {
    GstTfcPointLayout layout;
    guint n_points, n_edges;
    const gchar *first, *last;
  } rows[] = {{GST_TFC_POINT_LAYOUT_COCO_17, 17, 16, "nose", "right_ankle"},
              {GST_TFC_POINT_LAYOUT_BLAZEPOSE_33, 33, 35, "nose", "right_foot_index"},
              {GST_TFC_POINT_LAYOUT_HAND_21, 21, 21, "wrist", "pinky_finger_tip"},
              {99, 0, 0, NULL, NULL}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const guint n = rows[i].n_points;
    guint n_indices;
    const guint16 *edges = gst_tfc_point_layout_get_edges (rows[i].layout, &n_indices);
    g_assert_cmpuint (gst_tfc_point_layout_get_n_points (rows[i].layout), ==, n);
    g_assert_cmpuint (n_indices, ==, 2 * rows[i].n_edges);
    g_assert_cmpstr (gst_tfc_point_layout_get_point_name (rows[i].layout, 0), ==, rows[i].first);
    g_assert_cmpstr (gst_tfc_point_layout_get_point_name (rows[i].layout, n ? n - 1 : 0), ==,
                     rows[i].last);
    g_assert_null (gst_tfc_point_layout_get_point_name (rows[i].layout, n));
    for (guint k = 0; k < n_indices; k++)
      g_assert_cmpuint (edges[k], <, n);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  fill ();
  g_test_add_func ("/kinds/buffers", test_buffers);
  g_test_add_func ("/kinds/metas", test_metas);
  g_test_add_func ("/kinds/layout", test_layout);
  g_test_add_func ("/kinds/large-masks", test_large_masks);
  g_test_add_func ("/kinds/serialize", test_serial);
  g_test_add_func ("/kinds/hostile", test_serial_hostile);
  g_test_add_func ("/kinds/transform-poses", test_transform_poses);
  g_test_add_func ("/kinds/transform-mask", test_transform_mask);
  g_test_add_func ("/kinds/transform-classes", test_transform_classes);
  g_test_add_func ("/kinds/point-layouts", test_point_layouts);
  return g_test_run ();
}
