/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Events and zones: on buffers, as bytes, on frames that were changed. */
#include "gst/lib/gsttfcserialize-private.h"
#include "gst/lib/gsttfctransform-private.h"
#include "tests/gst/lib/samples.h"

static const GstTfcPoint corners[] = {{0.1f, 0.5f}, {0.4f, 0.5f}, {0.4f, 0.9f}, {0.1f, 0.9f}};
static const GstTfcPoint ends[] = {{0.2f, 0.8f}, {0.6f, 0.8f}};
static const GstTfcZone zones[] = {
    {.name = "porch", .n_points = 4, .points = corners, .count = 3},
    {"gate", TRUE, 2, ends, 0, 7, G_GUINT64_CONSTANT (1) << 40},
};
static const GstTfcEvent events[] = {
    {GST_TFC_EVENT_LEAVE, 0, "porch", NULL, 5, "cat", 3 * GST_SECOND, 2},
    {GST_TFC_EVENT_CROSS, GST_TFC_DIRECTION_B_TO_A, NULL, "gate", 6, NULL, GST_CLOCK_TIME_NONE, 1},
};

static GstTfcResults *
make (GstTfcResultsKind kind)
{
  return kind == GST_TFC_RESULTS_KIND_EVENTS ? gst_tfc_results_new_events ("z", 42, events, 2)
                                             : gst_tfc_results_new_zones ("z", 42, zones, 2);
}

static void
assert_events (const GstTfcEvent *got)
{
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpint (got[i].type, ==, events[i].type);
    g_assert_cmpint (got[i].direction, ==, events[i].direction);
    g_assert_cmpstr (got[i].zone, ==, events[i].zone);
    g_assert_cmpstr (got[i].line, ==, events[i].line);
    g_assert_cmpstr (got[i].label, ==, events[i].label);
    g_assert_cmpuint (got[i].track_id, ==, events[i].track_id);
    g_assert_cmpuint (got[i].dwell, ==, events[i].dwell);
    g_assert_cmpuint (got[i].count, ==, events[i].count);
  }
}

static void
assert_zones (const GstTfcZone *got)
{
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpstr (got[i].name, ==, zones[i].name);
    g_assert_cmpint (got[i].is_line, ==, zones[i].is_line);
    g_assert_cmpuint (got[i].count, ==, zones[i].count);
    g_assert_cmpuint (got[i].count_a_b, ==, zones[i].count_a_b);
    g_assert_cmpuint (got[i].count_b_a, ==, zones[i].count_b_a);
    g_assert_true (got[i].points != zones[i].points);
    g_assert_cmpmem (got[i].points, got[i].n_points * sizeof *corners, zones[i].points,
                     zones[i].n_points * sizeof *corners);
  }
}

static void
assert_results (const GstTfcResults *results)
{
  const GstTfcEvent *got_events = gst_tfc_results_get_events (results, NULL);
  guint n = 2;

  g_assert_cmpstr (gst_tfc_results_get_model (results), ==, "z");
  if (got_events)
    assert_events (got_events);
  else
    assert_zones (gst_tfc_results_get_zones (results, &n));
  g_assert_true (got_events || n == 2);
  g_assert_null (gst_tfc_results_get_classes (results, NULL));
}

static void
test_buffers (void)
{
  for (GstTfcResultsKind kind = GST_TFC_RESULTS_KIND_EVENTS; tfc_item_kind (kind); kind++) {
    GstBuffer *buffer = gst_buffer_new (), *copy;
    GstTfcResults *results = make (kind);

    gst_buffer_add_tfc_results (buffer, results, FALSE);
    gst_tfc_results_unref (results);
    copy = gst_buffer_copy (buffer);
    gst_buffer_unref (buffer);
    g_assert_cmpint (results->refs, ==, 1);
    assert_results (results);
    g_assert_nonnull (gst_buffer_get_meta (copy, tfc_item_kind (kind)->meta_info ()->api));
    gst_buffer_unref (copy);
  }
}

static void
test_metas (void)
{
  GstBuffer *buffer = gst_buffer_new ();
  GList *copies;
  guint n;

  gst_buffer_add_tfc_event_meta (buffer, "z", 42, FALSE, events, 2);
  gst_buffer_add_tfc_zone_meta (buffer, "z", 42, FALSE, zones, 2);
  assert_events (gst_buffer_get_tfc_event_meta (buffer)->events);
  assert_zones (gst_buffer_get_tfc_zone_meta (buffer)->zones);
  copies = gst_tfc_zone_meta_dup_zones (gst_buffer_get_tfc_zone_meta (buffer));
  gst_buffer_unref (buffer);
  NEAR (gst_tfc_zone_get_points (copies->next->data, &n)[1].x, 0.6f);
  g_assert_cmpuint (n, ==, 2);
  g_list_free_full (copies, (GDestroyNotify)gst_tfc_zone_free);
}

/* A zone of an application may have any number of points; 64 of them count. */
static void
test_points (void)
{
  static const GstTfcPoint many[100];
  const GstTfcZone zone = {.n_points = 100, .points = many}, none = {.n_points = 9};
  GstTfcZone *copy = gst_tfc_zone_copy (&zone);

  g_assert_cmpuint (copy->n_points, ==, 64);
  gst_tfc_zone_free (copy);
  copy = gst_tfc_zone_copy (&none);
  g_assert_cmpuint (copy->n_points, ==, 0);
  gst_tfc_zone_free (copy);
}

static void
test_names (void)
{
  GEnumClass *types = g_type_class_ref (GST_TYPE_TFC_EVENT_TYPE);

  for (guint i = 0; i < types->n_values; i++)
    g_assert_cmpstr (gst_tfc_event_type_get_name (types->values[i].value), ==,
                     types->values[i].value_nick);
  g_assert_null (gst_tfc_event_type_get_name (types->n_values));
  g_assert_cmpstr (gst_tfc_direction_get_name (GST_TFC_DIRECTION_A_TO_B), ==, "a->b");
  g_assert_cmpstr (gst_tfc_direction_get_name (GST_TFC_DIRECTION_B_TO_A), ==, "b->a");
  g_assert_null (gst_tfc_direction_get_name (GST_TFC_DIRECTION_NONE));
  g_assert_null (gst_tfc_direction_get_name (GST_TFC_DIRECTION_B_TO_A + 1));
  g_type_class_unref (types);
}

static void
test_layout (void)
{
  g_assert_cmpuint (sizeof (GstTfcEvent), ==, 32 + (3 + GST_PADDING) * sizeof (gpointer));
  g_assert_cmpuint (sizeof (GstTfcZone), ==, 32 + (2 + GST_PADDING) * sizeof (gpointer));
}

static void
test_serial (void)
{
  for (GstTfcResultsKind kind = GST_TFC_RESULTS_KIND_EVENTS; tfc_item_kind (kind); kind++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_autoptr (GstTfcResults) results = make (kind);
    gboolean held = TRUE;
    GstTfcResults *back;

    tfc_results_serialize (results, FALSE, bytes);
    back = tfc_results_deserialize (kind, bytes->data, bytes->len, &held);
    g_assert_nonnull (back);
    g_assert_false (held);
    assert_results (back);
    gst_tfc_results_unref (back);
    for (guint n = 0; n < bytes->len; n++) {
      g_autofree guint8 *cut = g_memdup2 (bytes->data, n);
      g_assert_null (tfc_results_deserialize (kind, cut, n, &held));
    }
  }
}

/* The byte at becomes value: refused. */
static void
assert_refused (GstTfcResultsKind kind, guint at, guint8 value)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GstTfcResults) results = make (kind);
  gboolean held;

  tfc_results_serialize (results, FALSE, bytes);
  bytes->data[at] = value;
  g_assert_null (tfc_results_deserialize (kind, bytes->data, bytes->len, &held));
}

static void
test_hostile (void)
{
  const guint first = 1 + 8 + 2 + 1 + 4; /* held, pts, "z", n */

  assert_refused (GST_TFC_RESULTS_KIND_EVENTS, first, GST_TFC_EVENT_COUNT + 1);
  assert_refused (GST_TFC_RESULTS_KIND_EVENTS, first + 1, GST_TFC_DIRECTION_B_TO_A + 1);
  assert_refused (GST_TFC_RESULTS_KIND_ZONES, first, 2); /* neither a line nor not */
  assert_refused (GST_TFC_RESULTS_KIND_ZONES, first + 1 + 4 + 8 + 8 + 2 + 5, 65); /* points */
}

static GstTfcResults *
moved (const gfloat *m, gint w, gint h)
{
  const TfcHomography map = {.matrix = {{m[0], m[1], m[2]}, {m[3], m[4], m[5]}, {0, 0, 1}},
                             .out_width = w,
                             .out_height = h,
                             .old_width = 100,
                             .old_height = 50,
                             .new_width = w,
                             .new_height = h};
  g_autoptr (GstTfcResults) results = make (GST_TFC_RESULTS_KIND_ZONES);

  return tfc_results_transform (results, &map);
}

static const gfloat mirror[] = {-1, 0, 100, 0, 1, 0};
static const gfloat quarter[] = {0, -1, 50, 1, 0, 0};     /* clockwise */
static const gfloat upper_right[] = {1, 0, -70, 0, 1, 0}; /* with a frame of 30x20 */

/* Whether (x, y) is on the left of one who goes along the line. */
static gboolean
is_left (const GstTfcPoint *line, gdouble x, gdouble y)
{
  return (line[1].x - line[0].x) * (y - line[0].y) < (line[1].y - line[0].y) * (x - line[0].x);
}

/* What was side a (above the line) is on the left still. */
static void
test_transform (void)
{
  GstTfcResults *to = moved (mirror, 100, 50);

  NEAR (to->zones[0].points[1].x, 0.6);
  NEAR (to->zones[0].points[1].y, 0.5);
  NEAR (to->zones[1].points[0].x, 0.4); /* turned round */
  g_assert_true (is_left (to->zones[1].points, 0.5, 0.1));
  gst_tfc_results_unref (to);
  to = moved (quarter, 50, 100);
  NEAR (to->zones[1].points[0].x, 1 - 0.8);
  NEAR (to->zones[1].points[0].y, 0.2);
  g_assert_true (is_left (to->zones[1].points, 0.9, 0.5)); /* what was above is at the right */
  gst_tfc_results_unref (to);
  to = moved (upper_right, 30, 20);
  g_assert_cmpuint (to->n, ==, 2); /* outside, yet their counters are true */
  g_assert_cmpuint (to->zones[0].count, ==, 3);
  g_assert_cmpfloat (to->zones[0].points[0].x, <, 0);
  gst_tfc_results_unref (to);
}

static void
test_mirrored_twice (void)
{
  g_autoptr (GstTfcResults) results = make (GST_TFC_RESULTS_KIND_ZONES);
  g_autoptr (GstTfcResults) once = gst_tfc_results_new_mirrored (results);
  g_autoptr (GstTfcResults) twice = gst_tfc_results_new_mirrored (once);

  for (guint z = 0; z < 2; z++) {
    for (guint i = 0; i < zones[z].n_points; i++)
      NEAR (twice->zones[z].points[i].x, zones[z].points[i].x);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zones/buffers", test_buffers);
  g_test_add_func ("/zones/metas", test_metas);
  g_test_add_func ("/zones/points", test_points);
  g_test_add_func ("/zones/names", test_names);
  g_test_add_func ("/zones/layout", test_layout);
  g_test_add_func ("/zones/serialize", test_serial);
  g_test_add_func ("/zones/hostile", test_hostile);
  g_test_add_func ("/zones/transform", test_transform);
  g_test_add_func ("/zones/mirrored-twice", test_mirrored_twice);
  return g_test_run ();
}
