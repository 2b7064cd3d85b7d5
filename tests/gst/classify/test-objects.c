/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* on=objects: what was detected upstream is classified, and the results are tied to it. */
#include <math.h>
#include "tests/gst/common/classify.h"
#if HAVE_ANALYTICS
#include <gst/analytics/analytics.h>
#endif

/* Two photos beside each other in one frame, with a little room around. */
#define SIDE 224
#define WIDTH 640
#define HEIGHT 320

typedef struct {
  gfloat x, y;
  gfloat score;
  guint64 track_id;
  gint class_id;
  const gchar *label;
} Placed;

static const Placed cat_left = {32.f / WIDTH, 48.f / HEIGHT, 0.7f, 11, 17, "cat"};
static const Placed dog_right = {352.f / WIDTH, 48.f / HEIGHT, 0.9f, 12, 18, "dog"};

static void
paste (GstBuffer *to, const gchar *name, const Placed *at)
{
  g_autofree gchar *file = g_strdup_printf ("golden/classify/pictures/%s.png", name);
  GstBuffer *from = photo (file, "RGB", SIDE, SIDE, NULL);
  GstMapInfo source, target;

  gst_buffer_map (from, &source, GST_MAP_READ);
  gst_buffer_map (to, &target, GST_MAP_READWRITE);
  for (guint y = 0; y < SIDE; y++)
    memcpy (target.data + ((guint)(at->y * HEIGHT + 0.5f) + y) * WIDTH * 3 +
                (guint)(at->x * WIDTH + 0.5f) * 3,
            source.data + y * SIDE * 3, SIDE * 3);
  gst_buffer_unmap (to, &target);
  gst_buffer_unmap (from, &source);
  gst_buffer_unref (from);
}

/* The frame-th buffer of a cat and a dog, with n detections. */
static GstBuffer *
scene (GstHarness *h, guint frame, const Placed *placed, guint n)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, WIDTH * HEIGHT * 3, NULL);
  GstTfcDetection detections[8] = {{0}};

  gst_buffer_memset (buffer, 0, 0, WIDTH * HEIGHT * 3);
  paste (buffer, "cat224", &cat_left);
  paste (buffer, "fox", &dog_right);
  for (guint i = 0; i < n; i++)
    detections[i] = (GstTfcDetection){placed[i].x,           placed[i].y,     (gfloat)SIDE / WIDTH,
                                      (gfloat)SIDE / HEIGHT, placed[i].score, placed[i].class_id,
                                      placed[i].track_id,    placed[i].label};
  gst_buffer_add_tfc_detection_meta (buffer, "test", 0, FALSE, detections, n);
  GST_BUFFER_PTS (buffer) = frame * GST_SECOND / 30;
  if (frame == 0)
    gst_harness_set_src_caps (h, caps_of ("RGB", WIDTH, HEIGHT));
  return buffer;
}

/* "12 fox, 11 cat": ids and the surest labels' first word. */
static gchar *
said (GstBuffer *buffer)
{
  GString *text = g_string_new (NULL);
  guint n;
  const GstTfcClass *c = classes_of (buffer, &n);

  for (guint i = 0; i < n; i++)
    if (c[i].rank == 0)
      g_string_append_printf (text, "%s%" G_GUINT64_FORMAT " %s", text->len ? ", " : "",
                              c[i].object_id, c[i].label);
  gst_buffer_unref (buffer);
  return g_string_free (text, FALSE);
}

static void
assert_said (GstBuffer *buffer, const gchar *want)
{
  g_autofree gchar *text = said (buffer);

  g_assert_cmpstr (text, ==, want);
}

#define CAT "tabby, tabby cat"
#define FOX "red fox, Vulpes vulpes"

static GstElement *
objects_new (const gchar *classes, guint max)
{
  return classify_new ("on", "objects", "top-k", 2, "classes", classes, "max-objects", max, NULL);
}

/* The surest first; classes and ids; the rest of the list. */
static void
test_objects (void)
{
  static const struct {
    const gchar *classes;
    guint max;
    const gchar *want;
  } rows[] = {{NULL, 8, "12 " FOX ", 11 " CAT},    {"cat", 8, "11 " CAT}, {" Dog ,x", 8, "12 " FOX},
              {"18,17", 8, "12 " FOX ", 11 " CAT}, {NULL, 1, "12 " FOX},  {"cats, 1", 8, ""}};
  const Placed placed[] = {cat_left, dog_right};

  if (!have_classifier ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GstHarness *h = detect_play (objects_new (rows[i].classes, rows[i].max), NULL);
    assert_said (through (h, scene (h, 0, placed, 2)), rows[i].want);
    detect_done (h, NULL);
  }
}

/* Those whose centre lies in roi, also when it changes while playing. */
static void
test_roi (void)
{
  static const gchar *const rows[][2] = {{"", "12 " FOX ", 11 " CAT},
                                         {"0,0,0.5,1", "11 " CAT},
                                         {"0.5,0,0.5,1", "12 " FOX},
                                         {"0,0,0.01,0.01", ""}};
  const Placed placed[] = {cat_left, dog_right};
  GstHarness *h;

  if (!have_classifier ())
    return;
  h = detect_play (objects_new (NULL, 8), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_object_set (h->element, "roi", rows[i][0], NULL);
    assert_said (through (h, scene (h, i, placed, 2)), rows[i][1]);
  }
  detect_done (h, NULL);
}

/* Where detections are not tracked, results are tied to their place among them. */
static void
test_untracked (void)
{
  Placed placed[] = {cat_left, dog_right};
  GstHarness *h;

  if (!have_classifier ())
    return;
  placed[0].track_id = placed[1].track_id = 0;
  h = detect_play (objects_new (NULL, 8), NULL);
  assert_said (through (h, scene (h, 0, placed, 2)), "2 " FOX ", 1 " CAT);
  detect_done (h, NULL);
}

/* Boxes beyond the frame, empty ones and those that are no numbers are left out. */
static void
test_hostile (void)
{
  Placed placed[] = {cat_left, cat_left, cat_left, cat_left};
  GstHarness *h;

  if (!have_classifier ())
    return;
  placed[0].x = 1.5f;
  placed[1].x = G_MAXFLOAT;
  placed[2].y = (gfloat)NAN;
  h = detect_play (objects_new (NULL, 8), NULL);
  assert_said (through (h, scene (h, 0, placed, 4)), "11 " CAT);
  detect_done (h, NULL);
}

/* Runs of the network so far. */
static guint64
runs (GstHarness *h)
{
  g_autoptr (GstStructure) stats = NULL, stage = NULL;
  guint64 n = 0;

  g_object_get (h->element, "stats", &stats, NULL);
  if (gst_structure_get (stats, "network", GST_TYPE_STRUCTURE, &stage, NULL))
    gst_structure_get_uint64 (stage, "count", &n);
  return n;
}

/* With a budget of one each frame looks at another object; what is known is said again without a
 * run until it is too old. */
static void
test_again (void)
{
  const Placed placed[] = {cat_left, dog_right};
  GstHarness *h;

  if (!have_classifier ())
    return;
  h = detect_play (objects_new (NULL, 1), NULL);
  g_object_set (h->element, "again", 100, NULL);
  assert_said (through (h, scene (h, 0, placed, 2)), "12 " FOX);
  assert_said (through (h, scene (h, 1, placed, 2)), "12 " FOX ", 11 " CAT);
  g_assert_cmpuint (runs (h), ==, 2);
  assert_said (through (h, scene (h, 2, placed, 2)), "12 " FOX ", 11 " CAT);
  g_assert_cmpuint (runs (h), ==, 2);
  assert_said (through (h, scene (h, 5, placed, 2)), "12 " FOX);
  g_assert_cmpuint (runs (h), ==, 3);
  g_object_set (h->element, "again", 0, "max-objects", 8, NULL);
  assert_said (through (h, scene (h, 6, placed, 2)), "12 " FOX ", 11 " CAT);
  g_assert_cmpuint (runs (h), ==, 4);
  detect_done (h, NULL);
}

/* What is learnt is the surest object, also where another one was the last to be classified. */
static void
test_learn (void)
{
  const Placed placed[] = {cat_left, dog_right};
  gboolean ok = FALSE;
  GstHarness *h;

  if (!have_classifier ())
    return;
  h = detect_play (objects_new (NULL, 1), NULL);
  g_object_set (h->element, "again", 1000, "k", 1, "top-k", 1, NULL);
  gst_buffer_unref (through (h, scene (h, 0, placed, 2)));
  assert_said (through (h, scene (h, 1, placed, 2)), "12 " FOX ", 11 " CAT);
  g_signal_emit_by_name (h->element, "learn", "the dog", &ok);
  g_assert_true (ok);
  gst_buffer_unref (through (h, scene (h, 2, &cat_left, 1)));
  g_signal_emit_by_name (h->element, "learn", "the cat", &ok);
  g_assert_true (ok);
  g_object_set (h->element, "max-objects", 8, NULL);
  assert_said (through (h, scene (h, 3, placed, 2)), "12 the dog, 11 the cat");
  detect_done (h, NULL);
}

/* mode=latest: the buffer that is analysed brings its own detections. */
static void
test_latest (void)
{
  const Placed placed[] = {cat_left, dog_right};
  GstHarness *h;
  GstBuffer *out;
  guint n = 0;

  if (!have_classifier ())
    return;
  h = detect_play (objects_new ("cat", 8), NULL);
  g_object_set (h->element, "mode", 1, NULL);
  for (guint frame = 0; n == 0 && frame < 600; frame++) {
    out = through (h, scene (h, frame, placed, 2));
    if (gst_buffer_get_tfc_class_meta (out))
      classes_of (out, &n);
    if (n)
      assert_said (gst_buffer_ref (out), "11 " CAT);
    gst_buffer_unref (out);
    g_usleep (10000);
  }
  g_assert_cmpuint (n, ==, 2);
  detect_done (h, NULL);
}

/* A scene without metadata of ours. */
static GstBuffer *
bare (GstHarness *h, guint frame)
{
  GstBuffer *buffer = scene (h, frame, NULL, 0);

  gst_buffer_remove_meta (buffer, (GstMeta *)gst_buffer_get_tfc_detection_meta (buffer));
  return buffer;
}

static void
add_region (GstBuffer *buffer, guint x, gdouble score, guint64 track_id)
{
  gst_video_region_of_interest_meta_add_param (
      gst_buffer_add_video_region_of_interest_meta (buffer, "animal", x, 48, SIDE, SIDE),
      gst_structure_new ("detection", "score", G_TYPE_DOUBLE, score, "track-id", G_TYPE_UINT64,
                         track_id, NULL));
}

/* Regions of another element, where there are no detections; without either nothing is said. */
static void
test_regions (void)
{
  GstHarness *h;
  GstBuffer *buffer;

  if (!have_classifier ())
    return;
  h = detect_play (objects_new ("animal", 8), NULL);
  buffer = bare (h, 0);
  gst_buffer_add_video_region_of_interest_meta (buffer, "animal", 32, 48, SIDE, SIDE)->id = 5;
  gst_buffer_add_video_region_of_interest_meta (buffer, "other", 352, 48, SIDE, SIDE);
  assert_said (through (h, buffer), "5 " CAT);
  assert_said (through (h, scene (h, 1, NULL, 0)), "");
  buffer = bare (h, 2); /* tracked by somebody who says so, and as sure as he is */
  add_region (buffer, 32, 0.5, 11);
  add_region (buffer, 352, 0.75, G_GUINT64_CONSTANT (0x100000007));
  assert_said (through (h, buffer), "4294967303 " FOX ", 11 " CAT);
  detect_done (h, NULL);
}

#if HAVE_ANALYTICS
/* Those of GStreamer's analytics come before regions. */
static void
test_analytics (void)
{
  GstHarness *h;
  GstBuffer *buffer;
  GstAnalyticsRelationMeta *relations;
  GstAnalyticsODMtd cat, other;
  GstAnalyticsTrackingMtd track;

  if (!have_classifier ())
    return;
  h = detect_play (objects_new ("animal", 8), NULL);
  buffer = bare (h, 0);
  add_region (buffer, 352, 0.75, 11);
  relations = gst_buffer_add_analytics_relation_meta (buffer);
  g_assert_true (gst_analytics_relation_meta_add_od_mtd (relations, g_quark_from_string ("other"),
                                                         352, 48, SIDE, SIDE, 0.9f, &other));
  g_assert_true (gst_analytics_relation_meta_add_od_mtd (relations, g_quark_from_string ("animal"),
                                                         32, 48, SIDE, SIDE, 0.5f, &cat));
  g_assert_true (gst_analytics_relation_meta_add_tracking_mtd (relations, 12, 0, &track));
  gst_analytics_relation_meta_set_relation (relations, GST_ANALYTICS_REL_TYPE_RELATE_TO, cat.id,
                                            track.id);
  assert_said (through (h, buffer), "12 " CAT);
  detect_done (h, NULL);
}
#endif

int
main (int argc, char **argv)
{
  static const TestCase cases[] = {
    {.path = "/classify/objects/all", .run = test_objects},
    {.path = "/classify/objects/roi", .run = test_roi},
    {.path = "/classify/objects/untracked", .run = test_untracked},
    {.path = "/classify/objects/hostile", .run = test_hostile},
    {.path = "/classify/objects/again", .run = test_again},
    {.path = "/classify/objects/learn", .run = test_learn},
    {.path = "/classify/objects/latest", .run = test_latest},
    {.path = "/classify/objects/regions", .run = test_regions},
#if HAVE_ANALYTICS
    {.path = "/classify/objects/analytics", .run = test_analytics},
#endif
    {NULL}
  };

  return run_cases (argc, argv, cases, NULL, NULL);
}
