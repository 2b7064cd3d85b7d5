/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Models and backends changed over and over while frames flow: every frame comes out once and in
 * order, every change is answered, and memory is back at its level. TFC_RELOADS sets how many (24);
 * with 100 or more every model also runs on the reference, which takes a while. */
#include "tests/gst/common/tiny-ssd.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

#include "config.h"

typedef struct {
  gsize frames;      /* atomic */
  GstClockTime next; /* PTS that must come */
  gboolean lost;
} Seen; /* the streaming thread's */

static const gchar *const backends[] = {"auto", "reference",
#if HAVE_XNNPACK
                                        "xnnpack"
#endif
};
#define REFERENCE 1
#define N_BACKENDS G_N_ELEMENTS (backends)

typedef struct {
  gchar *path;
  gboolean heavy; /* for the reference */
  guint loads[N_BACKENDS];
} Model;

static GArray *models;
static const gchar *shared, *made; /* folders; made: what ../shared/tools/synth-models writes */

static GstPadProbeReturn
count (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Seen *seen = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  seen->lost |= GST_BUFFER_PTS (buffer) != seen->next;
  seen->next = GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer);
  g_atomic_pointer_add (&seen->frames, 1);
  return GST_PAD_PROBE_OK;
}

static gsize
frames_so_far (Seen *seen)
{
  return (gsize)g_atomic_pointer_get (&seen->frames);
}

static glong
resident_kb (void)
{
  glong pages = 0, unused;
  FILE *f = fopen ("/proc/self/statm", "r");
  g_assert_nonnull (f);
  g_assert_cmpint (fscanf (f, "%ld %ld", &unused, &pages), ==, 2);
  fclose (f);
  return pages * (sysconf (_SC_PAGESIZE) / 1024);
}

/* Waits until the change is answered; TRUE if the new model runs. */
static gboolean
answered (GstBus *bus)
{
  for (;;) {
    GstMessage *m =
        gst_bus_timed_pop_filtered (bus, 600 * GST_SECOND, GST_MESSAGE_ELEMENT | GST_MESSAGE_ERROR);
    g_assert_nonnull (m);
    g_assert_cmpint (GST_MESSAGE_TYPE (m), ==, GST_MESSAGE_ELEMENT);
    const GstStructure *s = gst_message_get_structure (m);
    const gboolean loaded = gst_structure_has_name (s, "tfc-model-loaded");
    const gboolean failed = gst_structure_has_name (s, "tfc-model-failed");
    gst_message_unref (m);
    if (loaded || failed)
      return loaded;
  }
}

static Model *
model (guint i)
{
  return &g_array_index (models, Model, i);
}

static void
add_model (gchar *path, gboolean heavy)
{
  const Model m = {path, heavy, {0}};

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_array_append_val (models, m);
  else
    g_free (path);
}

static void
add_models (void)
{
  static const gchar *const files[] = {
      "models/coco-ssd/mobilenet_v1_quant/detect.tflite",
      "models-synthetic/coco-ssd/lite_mobilenet_v2/model.json",
      "models-synthetic/coco-ssd/lite_mobilenet_v2_uint16/model.json"};
  static const gchar *const generated[] = {"lite_mobilenet_v2_fused", "mobilenet_v1",
                                           "mobilenet_v2"};

  add_model (tiny_ssd_write (), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    add_model (g_build_filename (shared, files[i], NULL), TRUE);
  for (guint i = 0; made && i < G_N_ELEMENTS (generated); i++)
    add_model (g_build_filename (made, "coco-ssd", generated[i], "model.json", NULL), TRUE);
}

static void
forget_models (void)
{
  g_unlink (model (0)->path);
  for (guint i = 0; i < models->len; i++)
    g_free (model (i)->path);
  g_array_unref (models);
}

/* ---- the walk: each step changes the model or the backend, first to what did not run yet ---- */

typedef struct {
  guint model, backend;
} Spot;

static gboolean
may_run (Spot s, gboolean long_run)
{
  const Model *m = model (s.model);
  return s.backend != REFERENCE || !m->heavy || (long_run && !m->loads[REFERENCE]);
}

static Spot
next_spot (Spot from, gboolean long_run, GRand *rand)
{
  const guint n = models->len + N_BACKENDS;
  Spot some = from;

  for (guint k = 0, at = g_rand_int_range (rand, 0, n); k < n; k++, at = (at + 1) % n) {
    Spot to = from;
    if (at < models->len)
      to.model = at;
    else
      to.backend = at - models->len;
    if ((to.model == from.model && to.backend == from.backend) || !may_run (to, long_run))
      continue;
    if (!model (to.model)->loads[to.backend])
      return to;
    some = to;
  }
  return some;
}

static void
go_to (GstElement *e, GstBus *bus, Spot *at, Spot to)
{
  if (to.model != at->model)
    g_object_set (e, "model-file", model (to.model)->path, NULL);
  else
    gst_util_set_object_arg (G_OBJECT (e), "backend", backends[to.backend]);
  g_assert_true (answered (bus));
  *at = to;
  model (to.model)->loads[to.backend]++;
}

/* What is not there: what ran goes on. */
static void
go_wrong (GstElement *e, GstBus *bus)
{
  g_object_set (e, "model-file", "/nowhere/none.tflite", NULL);
  g_assert_false (answered (bus));
}

/* Memory with the tiny model alone. */
static glong
level_kb (GstElement *e, GstBus *bus, Spot *at, Seen *seen)
{
  if (at->backend != 0)
    go_to (e, bus, at, (Spot){at->model, 0});
  if (at->model != 0)
    go_to (e, bus, at, (Spot){0, 0});
  for (gsize from = frames_so_far (seen); frames_so_far (seen) < from + 5;)
    g_usleep (20000); /* by then the one before is being closed */
  g_usleep (200000);
  malloc_trim (0);
  return resident_kb ();
}

static guint
count_pairs (void)
{
  guint pairs = 0;

  for (guint i = 0; i < models->len; i++) {
    for (guint k = 0; k < N_BACKENDS; k++)
      pairs += model (i)->loads[k] > 0;
  }
  return pairs;
}

static void
walk (GstElement *e, GstBus *bus, Seen *seen, guint n)
{
  GRand *rand = g_rand_new_with_seed (g_test_rand_int ());
  glong half = 0, end;
  Spot at = {0, 0};

  for (guint i = 0; i < n; i++) {
    if (i % 10 == 9)
      go_wrong (e, bus);
    else
      go_to (e, bus, &at, next_spot (at, n >= 100, rand));
    if (i == n / 2)
      half = level_kb (e, bus, &at, seen);
  }
  end = level_kb (e, bus, &at, seen);
  g_test_message ("%u changes, %u models, %u pairs of model and backend, %" G_GSIZE_FORMAT
                  " frames, memory %+ld KB over the second half",
                  n, models->len, count_pairs (), frames_so_far (seen), end - half);
#if !defined(TFC_SANITIZED)
  g_assert_cmpint (end - half, <, 2 * 1024);
#endif
  g_rand_free (rand);
}

static void
test_swaps (void)
{
  const gchar *wanted = g_getenv ("TFC_RELOADS");
  GError *error = NULL;
  GstElement *pipeline = gst_parse_launch (
      "videotestsrc name=source is-live=true ! video/x-raw,format=NV12,width=320,height=240,"
      "framerate=30/1 ! tfcdetect name=e threads=1 ! fakesink name=sink",
      &error);
  g_assert_no_error (error);
  GstElement *e = gst_bin_get_by_name (GST_BIN (pipeline), "e"),
             *source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  GstPad *in = gst_element_get_static_pad (e, "sink"), *out = gst_element_get_static_pad (e, "src");
  GstBus *bus = GST_ELEMENT_BUS (pipeline);
  Seen before = {0}, after = {0};

  models = g_array_new (FALSE, FALSE, sizeof (Model));
  add_models ();
  gst_pad_add_probe (in, GST_PAD_PROBE_TYPE_BUFFER, count, &before, NULL);
  gst_pad_add_probe (out, GST_PAD_PROBE_TYPE_BUFFER, count, &after, NULL);
  g_object_set (e, "model-file", model (0)->path, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_assert_true (answered (bus));
  walk (e, bus, &after, wanted ? atoi (wanted) : 24);

  gst_element_send_event (source, gst_event_new_eos ());
  GstMessage *m =
      gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (m);
  g_assert_cmpint (GST_MESSAGE_TYPE (m), ==, GST_MESSAGE_EOS);
  gst_message_unref (m);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_cmpuint (before.frames, ==, after.frames);
  g_assert_false (after.lost && !before.lost);
  gst_object_unref (in);
  gst_object_unref (out);
  gst_object_unref (e);
  gst_object_unref (source);
  gst_object_unref (pipeline);
  forget_models ();
}

int
main (int argc, char **argv)
{
  mallopt (M_ARENA_MAX, 1); /* each thread's arena keeps what it will, up to 20 MB more or less */
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  shared = g_getenv ("TFC_SHARED");
  if (!shared)
    shared = "nowhere";
  made = argc > 1 ? argv[1] : NULL;
  g_test_add_func ("/reload-walk", test_swaps);
  return g_test_run ();
}
