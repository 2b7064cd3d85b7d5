/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Many elements, one CPU, no memory. */
#define _GNU_SOURCE
#include <malloc.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include "tests/gst/common/detect.h"

#define FIFTY 50
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(TFC_SANITIZED)
#define SANITIZED TRUE
#else
#define SANITIZED FALSE
#endif

static void
assert_cat (GstBuffer *buffer, gboolean closely)
{
  const GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (buffer);

  g_assert_nonnull (meta);
  g_assert_cmpuint (meta->n_detections, >=, 1);
  g_assert_cmpstr (meta->detections[0].label, ==, "cat");
  if (closely)
    g_assert_cmpfloat_with_epsilon (meta->detections[0].score, 0.77, 0.05);
}

static guint
entries (const gchar *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

typedef struct {
  GstHarness *h;
  GstBuffer *photo;
  gboolean faces;
} Worker;

static GstElement *
faces_new (void)
{
  g_autofree gchar *models = shared_path ("models");

  return gst_element_factory_make_full ("tfcfacemesh", "model-path", models, "threads", 1, NULL);
}

static gpointer
work (gpointer data)
{
  Worker *w = data;

  for (guint i = 0; i < 4; i++) {
    GstBuffer *in = gst_buffer_copy (w->photo), *out;
    GST_BUFFER_PTS (in) = i * GST_SECOND / 30;
    g_assert_cmpint (gst_harness_push (w->h, in), ==, GST_FLOW_OK);
    out = gst_harness_pull (w->h);
    if (w->faces)
      g_assert_nonnull (gst_buffer_get_tfc_face_meta (out));
    else
      assert_cat (out, TRUE);
    gst_buffer_unref (out);
  }
  return NULL;
}

/* All at once, from a thread each; some share their network, some do not. */
static void
test_fifty (void)
{
  Worker workers[FIFTY];
  GThread *threads[FIFTY];
  GstCaps *caps;
  GstBuffer *photo;
  guint files, n_threads;

  if (!have_model ())
    return;
  g_thread_pool_set_max_unused_threads (0);
  photo = cat ("NV12", 640, 480, &caps);
  files = entries ("/proc/self/fd");
  n_threads = entries ("/proc/self/task");
  for (guint i = 0; i < FIFTY; i++) {
    GstElement *e = i % 3 == 2 ? faces_new () : detect_new ("share", i % 10 > 0, NULL);
    workers[i] = (Worker){detect_play (e, NULL), photo, i % 3 == 2};
    gst_harness_set_src_caps (workers[i].h, gst_caps_ref (caps));
  }
  for (guint i = 0; i < FIFTY; i++)
    threads[i] = g_thread_new ("stream", work, &workers[i]);
  for (guint i = 0; i < FIFTY; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < FIFTY; i++)
    detect_done (workers[i].h, NULL);
  for (guint i = 0; i < 100 && entries ("/proc/self/task") > n_threads; i++)
    g_usleep (50000);
  g_assert_cmpuint (entries ("/proc/self/task"), <=, n_threads);
  g_assert_cmpuint (entries ("/proc/self/fd"), <=, files); /* some were still being closed */
  gst_buffer_unref (photo);
  gst_caps_unref (caps);
}

static void
test_one_cpu (void)
{
  static const guint threads[] = {0, 1, 2, 4};
  GstCaps *caps;
  GstBuffer *photo;
  cpu_set_t all, one;
  gfloat scores[G_N_ELEMENTS (threads)];

  if (!have_model ())
    return;
  photo = cat ("NV12", 640, 480, &caps);
  g_assert_cmpint (sched_getaffinity (0, sizeof all, &all), ==, 0);
  CPU_ZERO (&one);
  for (guint i = 0; i < CPU_SETSIZE && !CPU_COUNT (&one); i++) {
    if (CPU_ISSET (i, &all))
      CPU_SET (i, &one);
  }
  g_assert_cmpint (sched_setaffinity (0, sizeof one, &one), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    GstHarness *h = detect_play (detect_new ("threads", threads[i], NULL), NULL);
    GstBuffer *out;
    guint used;
    gst_harness_set_src_caps (h, gst_caps_ref (caps));
    out = through (h, gst_buffer_copy (photo));
    assert_cat (out, TRUE);
    scores[i] = gst_buffer_get_tfc_detection_meta (out)->detections[0].score;
    g_assert_cmpfloat (scores[i], ==, scores[0]);
    g_object_get (h->element, "threads-used", &used, NULL);
    g_assert_cmpuint (used, ==, 1);
    gst_buffer_unref (out);
    detect_done (h, NULL);
  }
  g_assert_cmpint (sched_setaffinity (0, sizeof all, &all), ==, 0);
  gst_buffer_unref (photo);
  gst_caps_unref (caps);
}

static gulong
mapped_kb (void)
{
  g_autofree gchar *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  return strtoul (text, NULL, 10) * 4;
}

static void
limit_to (gulong kb)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_AS, &limit), ==, 0);
  limit.rlim_cur = kb ? (rlim_t)kb * 1024 : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
}

/* qemu-user lets nobody set one. */
static gboolean
limits_hold (void)
{
  const gsize much = 64 * 1024 * 1024;
  gpointer taken;

  limit_to (mapped_kb () + 1024);
  taken = mmap (NULL, much, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  limit_to (0);
  if (taken != MAP_FAILED)
    munmap (taken, much);
  return taken == MAP_FAILED;
}

/* With so much more address space than there is now: TRUE if it starts, and then works; else it
 * said why. */
static gboolean
starts_within (const gchar *model, gulong more_kb)
{
  GstBus *bus = gst_bus_new ();
  GstElement *element = gst_object_ref_sink (detect_new ("model-file", model, NULL));
  g_autoptr (GstMessage) message = NULL;
  gboolean started;

  gst_element_set_bus (element, bus);
  limit_to (mapped_kb () + more_kb);
  started = gst_element_set_state (element, GST_STATE_PAUSED) != GST_STATE_CHANGE_FAILURE;
  limit_to (0);
  message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  if (!started) {
    g_autoptr (GError) error = NULL;
    g_assert_nonnull (message);
    gst_message_parse_error (message, &error, NULL);
    g_test_message ("%lu KiB: %s", more_kb, error->message);
    if (!strstr (error->message, "thread")) /* whose stack has no room: the model has less */
      g_assert_error (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT);
  } else {
    g_assert_null (message);
    g_test_message ("%lu KiB: it starts", more_kb);
  }
  gst_element_set_state (element, GST_STATE_NULL);
  gst_element_set_bus (element, NULL);
  gst_object_unref (element);
  gst_object_unref (bus);
  return started;
}

/* Room in malloc's own heap, which it keeps until a model has been opened: for what is small, and
 * GLib's g_malloc, which knows no failure. Large blocks are mapped, and find none. */
static void
reserve (void)
{
  gpointer blocks[512];

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    blocks[i] = g_malloc (64 * 1024);
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    g_free (blocks[i]);
}

static void
memory_child (void)
{
  static const gchar *const models[] = {"models/coco-ssd/mobilenet_v1_quant/detect.tflite",
                                        "models-synthetic/coco-ssd/lite_mobilenet_v2/model.json"};

  mallopt (M_MMAP_THRESHOLD, 128 * 1024);
  mallopt (M_TRIM_THRESHOLD, 1 << 30);
  mallopt (M_ARENA_MAX, 1);
  for (guint m = 0; m < G_N_ELEMENTS (models); m++) {
    g_autofree gchar *model = shared_path (models[m]);
    gboolean refused = FALSE, started = FALSE;
    if (!g_file_test (model, G_FILE_TEST_EXISTS))
      continue;
    for (gulong kb = 256; kb <= 256 * 1024; kb *= 2) {
      reserve ();
      started = starts_within (model, kb);
      refused |= !started;
    }
    g_assert_true (refused);
    g_assert_true (started);
  }
}

/* Not an abort: an error, and once there is memory it works. */
static void
test_memory (void)
{
  if (!have_model ())
    return;
  if (SANITIZED) {
    g_test_skip ("a sanitizer needs all the address space");
    return;
  }
  if (!limits_hold ()) {
    g_test_skip ("a process may map more than its limit here");
    return;
  }
  if (g_test_subprocess ()) {
    memory_child ();
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static const TestCase cases[] = {
    {"/resources/fifty", test_fifty},
    {"/resources/one-cpu", test_one_cpu},
    {"/resources/memory", test_memory},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
