/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Elements of a process share a network, one at a time and in turn, and keep what is their own. */
#include <glib/gstdio.h>
#include <unistd.h>
#include "tests/gst/common/detect.h"

#define CONTEXT "tfc.model-cache"

static guint
streams (GstHarness *h)
{
  g_autoptr (GstStructure) stats = NULL;
  guint n;

  g_object_get (h->element, "stats", &stats, NULL);
  g_assert_true (gst_structure_get_uint (stats, "streams", &n));
  return n;
}

static GstHarness *
play (const gchar *property, gint value)
{
  return detect_play (detect_new (property, value, NULL), NULL);
}

static void
test_who (void)
{
  GstHarness *a, *b, *alone, *other;

  if (!have_model ())
    return;
  a = play ("max-detections", 20);
  g_assert_cmpuint (streams (a), ==, 1);
  b = play ("max-detections", 3);
  alone = play ("share", FALSE);
  other = threads_of (2) == 2 ? play ("threads", 2) : play ("share", FALSE);
  g_assert_cmpuint (streams (a), ==, 2);
  g_assert_cmpuint (streams (b), ==, 2);
  g_assert_cmpuint (streams (alone), ==, 1);
  g_assert_cmpuint (streams (other), ==, 1);
  detect_done (a, NULL);
  g_assert_cmpuint (streams (b), ==, 1);
  a = play ("max-detections", 20);
  g_assert_cmpuint (streams (a), ==, 2);
  detect_done (a, NULL);
  detect_done (b, NULL);
  detect_done (alone, NULL);
  detect_done (other, NULL);
}

/* The same file by another name is the same; a copy of it is not. */
static void
test_files (void)
{
  g_autofree gchar *dir = NULL, *model = NULL, *link = NULL, *copy = NULL, *bytes = NULL;
  GstHarness *a, *b, *c;
  gsize size;

  if (!have_model ())
    return;
  dir = g_dir_make_tmp ("tfc-share-XXXXXX", NULL);
  link = g_build_filename (dir, "link.tflite", NULL);
  copy = g_build_filename (dir, "copy.tflite", NULL);
  a = play ("max-detections", 20);
  g_object_get (a->element, "model-file", &model, NULL);
  g_assert_true (g_file_get_contents (model, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, size, NULL));
  {
    g_autofree gchar *target = g_canonicalize_filename (model, NULL);
    g_assert_cmpint (symlink (target, link), ==, 0);
  }
  b = detect_play (detect_new ("model-file", link, NULL), NULL);
  c = detect_play (detect_new ("model-file", copy, NULL), NULL);
  g_assert_cmpuint (streams (a), ==, 2);
  g_assert_cmpuint (streams (b), ==, 2);
  g_assert_cmpuint (streams (c), ==, 1);
  detect_done (a, NULL);
  detect_done (b, NULL);
  detect_done (c, NULL);
  g_unlink (link);
  g_unlink (copy);
  g_rmdir (dir);
}

/* ---- several at once ---- */

#define N 4
#define FRAMES 12

typedef struct {
  GstHarness *h;
  GstBuffer *buffer;
  guint expected; /* detections */
} Stream;

static gpointer
push_all (gpointer data)
{
  Stream *stream = data;

  for (guint i = 0; i < FRAMES; i++) {
    GstBuffer *out = through (stream->h, gst_buffer_ref (stream->buffer));
    GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (out);
    g_assert_nonnull (meta);
    g_assert_false (meta->held);
    g_assert_cmpuint (meta->n_detections, ==, stream->expected);
    gst_buffer_unref (out);
  }
  return NULL;
}

/* Each sees its own picture with its own settings, and all get through. */
static void
test_together (void)
{
  Stream stream[N];
  GThread *thread[N];

  if (!have_model ())
    return;
  for (guint i = 0; i < N; i++) {
    gboolean seen = i % 2 == 0;
    GstCaps *caps;
    stream[i].buffer = cat (i < 2 ? "NV12" : "RGB", 320, 240, &caps);
    stream[i].expected = seen;
    stream[i].h =
        detect_play (detect_new ("max-detections", 1, "score-threshold", 0.2, "exclude-classes",
                                 seen ? NULL : "cat", "classes", "cat", NULL),
                     NULL);
    gst_harness_set_src_caps (stream[i].h, caps);
  }
  g_assert_cmpuint (streams (stream[0].h), ==, N);
  for (guint i = 0; i < N; i++)
    thread[i] = g_thread_new ("stream", push_all, &stream[i]);
  for (guint i = 0; i < N; i++)
    g_thread_join (thread[i]);
  for (guint i = 0; i < N; i++) {
    gst_buffer_unref (stream[i].buffer);
    detect_done (stream[i].h, NULL);
  }
}

/* With interval, those who share do not all analyse the same frames. */
static void
test_phases (void)
{
  Stream stream[3];
  GstCaps *caps;
  GstBuffer *buffer;

  if (!have_model ())
    return;
  buffer = cat ("RGB", 64, 48, &caps);
  for (guint i = 0; i < 3; i++) {
    stream[i].h = play ("interval", 3);
    gst_harness_set_src_caps (stream[i].h, gst_caps_ref (caps));
  }
  for (guint frame = 0; frame < 10; frame++) {
    guint fresh = 0;
    for (guint i = 0; i < 3; i++) {
      GstBuffer *out = through (stream[i].h, gst_buffer_ref (buffer));
      gboolean held = gst_buffer_get_tfc_detection_meta (out)->held;
      if (frame)
        g_assert_cmpint (!held, ==, (frame + i) % 3 == 0);
      fresh += !held;
      gst_buffer_unref (out);
    }
    g_assert_cmpuint (fresh, ==, frame ? 1 : 3); /* the first frame has a result in any case */
  }
  for (guint i = 0; i < 3; i++)
    detect_done (stream[i].h, NULL);
  gst_caps_unref (caps);
  gst_buffer_unref (buffer);
}

/* Another network for one is not another for all. */
static void
test_swap (void)
{
  GstStructure *loaded;
  GstHarness *a, *b;
  GstBuffer *buffer;
  GstCaps *caps;
  GstBus *bus;

  if (!have_model ())
    return;
  buffer = cat ("RGB", 64, 48, &caps);
  a = detect_play (detect_new ("max-detections", 20, NULL), &bus);
  b = play ("max-detections", 20);
  gst_harness_set_src_caps (a, gst_caps_ref (caps));
  gst_harness_set_src_caps (b, caps);
  gst_structure_free (wait_message (bus, "tfc-model-loaded"));
  g_object_set (a->element, "share", FALSE, NULL);
  loaded = wait_message (bus, "tfc-model-loaded");
  g_assert_nonnull (loaded);
  gst_structure_free (loaded);
  do /* the message comes a moment before the network waits to be taken */
    gst_buffer_unref (through (a, gst_buffer_ref (buffer)));
  while (streams (a) != 1);
  gst_buffer_unref (through (b, buffer));
  detect_done (a, bus);
  g_assert_cmpuint (streams (b), ==, 1);
  detect_done (b, NULL);
}

/* Faces: networks are shared, who is followed is not. */
static GstHarness *
play_faces (GstCaps *caps)
{
  g_autofree gchar *models = shared_path ("models");
  GstElement *element =
      gst_element_factory_make_full ("tfcfacemesh", "model-path", models, "threads", 1, NULL);
  GstHarness *h = detect_play (element, NULL);

  gst_harness_set_src_caps (h, gst_caps_ref (caps));
  return h;
}

/* Track id of the only face; 0 if there is none. */
static guint64
face_in (GstHarness *h, GstBuffer *buffer)
{
  GstBuffer *out = through (h, gst_buffer_ref (buffer));
  GstTfcFaceMeta *meta = gst_buffer_get_tfc_face_meta (out);
  guint64 track = meta->n_faces ? meta->faces[0].track_id : 0;

  g_assert_cmpuint (meta->n_faces, <=, 1);
  gst_buffer_unref (out);
  return track;
}

static void
test_faces (void)
{
  GstBuffer *face, *blank;
  GstHarness *a, *b;
  GstCaps *caps;
  guint64 first;

  if (!have_model ())
    return;
  face = photo ("media/tfjs_portrait.png", "RGB", 0, 0, &caps);
  blank = gst_buffer_new_allocate (NULL, gst_buffer_get_size (face), NULL);
  gst_buffer_memset (blank, 0, 99, -1);
  a = play_faces (caps);
  b = play_faces (caps);
  g_assert_cmpuint (streams (a), ==, 2);
  first = face_in (a, face);
  g_assert_cmpuint (first, !=, 0);
  g_assert_cmpuint (face_in (b, face), ==, first); /* each counts for itself */
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpuint (face_in (b, blank), ==, 0);
    g_assert_cmpuint (face_in (a, face), ==, first);
  }
  g_assert_cmpuint (face_in (b, face), >, first);
  detect_done (a, NULL);
  g_assert_cmpuint (face_in (b, face), >, first); /* with the state of its own still there */
  detect_done (b, NULL);
  gst_caps_unref (caps);
  gst_buffer_unref (face);
  gst_buffer_unref (blank);
}

/* ---- how they find each other ---- */

static GstContext *
context_of (GstElement *element)
{
  GstContext *context = gst_element_get_context (element, CONTEXT);

  g_assert_nonnull (context);
  return context;
}

/* Who knows no table asks, takes the process's, tells, and answers who asks. */
static void
test_context (void)
{
  g_autoptr (GstMessage) need = NULL, have = NULL;
  GstContext *context, *answer = NULL;
  GstQuery *query;
  GstHarness *h;
  GstBus *bus;
  const gchar *type;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("max-detections", 20, NULL), &bus);
  need = gst_bus_pop_filtered (bus, GST_MESSAGE_NEED_CONTEXT);
  g_assert_nonnull (need);
  g_assert_true (gst_message_parse_context_type (need, &type));
  g_assert_cmpstr (type, ==, CONTEXT);
  have = gst_bus_pop_filtered (bus, GST_MESSAGE_HAVE_CONTEXT);
  g_assert_nonnull (have);
  context = context_of (h->element);
  query = gst_query_new_context (CONTEXT);
  g_assert_true (gst_pad_query (h->element->srcpads->data, query));
  gst_query_parse_context (query, &answer);
  g_assert_nonnull (answer);
  g_assert_true (gst_structure_is_equal (gst_context_get_structure (answer),
                                         gst_context_get_structure (context)));
  gst_query_unref (query);
  gst_context_unref (context);
  detect_done (h, bus);
}

/* In a bin the second is given what the first found, and both share; so do those beside it. */
static void
test_bin (void)
{
  g_autoptr (GstElement) pipeline = gst_pipeline_new (NULL);
  GstElement *element[2];
  GstHarness *beside;

  if (!have_model ())
    return;
  for (guint i = 0; i < 2; i++) {
    element[i] = detect_new ("max-detections", 20, NULL);
    gst_bin_add (GST_BIN (pipeline), element[i]);
  }
  g_assert_true (gst_element_link (element[0], element[1]));
  g_assert_cmpint (gst_element_set_state (pipeline, GST_STATE_PAUSED), !=,
                   GST_STATE_CHANGE_FAILURE);
  beside = play ("max-detections", 20);
  g_assert_cmpuint (streams (beside), ==, 3);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_cmpuint (streams (beside), ==, 1);
  detect_done (beside, NULL);
}

/* A table of the application's own keeps apart. */
static void
test_apart (void)
{
  GstElement *element;
  GstHarness *a, *b;
  GstContext *context;

  if (!have_model ())
    return;
  a = play ("max-detections", 20);
  element = detect_new ("max-detections", 20, NULL);
  context = gst_context_new (CONTEXT, TRUE);
  gst_element_set_context (element, context); /* without a table: it makes do */
  gst_context_unref (context);
  b = detect_play (element, NULL);
  g_assert_cmpuint (streams (a), ==, 1);
  g_assert_cmpuint (streams (b), ==, 1);
  detect_done (a, NULL);
  detect_done (b, NULL);
}

static const TestCase cases[] = {
    {"/share/who", test_who},           {"/share/files", test_files},
    {"/share/together", test_together}, {"/share/phases", test_phases},
    {"/share/swap", test_swap},         {"/share/faces", test_faces},
    {"/share/context", test_context},   {"/share/bin", test_bin},
    {"/share/apart", test_apart},       {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
