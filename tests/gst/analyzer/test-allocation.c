/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Counts what is allocated while frames flow, by who asked: the first library up the stack that is
 * neither libc nor GLib. From the tenth frame on ours must ask for nothing; what GStreamer needs
 * for buffers and metas is printed. (With G_SLICE=always-malloc, which the build sets: GLib's
 * slices too.) */
#define _GNU_SOURCE /* dladdr */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <string.h>
#include <unistd.h>
#include <gst/gst.h>

void *__libc_malloc (size_t);
void *__libc_calloc (size_t, size_t);
void *__libc_realloc (void *, size_t);
void *__libc_memalign (size_t, size_t);

#define EXPORT __attribute__ ((visibility ("default")))
EXPORT void *malloc (size_t n);
EXPORT void *calloc (size_t n, size_t size);
EXPORT void *realloc (void *old, size_t n);
EXPORT void *memalign (size_t align, size_t n);
EXPORT void *aligned_alloc (size_t align, size_t n);
EXPORT int posix_memalign (void **out, size_t align, size_t n);

static gint armed, ours, others;
static __thread gboolean inside;
static gchar first_of_ours[512];

/* 1: ours, 0: somebody else's, -1: look further up. */
static gint
whose (const gchar *library)
{
  static const gchar *const us[] = {"libgsttfc", "XNNPACK", "pthreadpool"};
  static const gchar *const look_up[] = {"libc.so", "libglib-2.0", "libgobject-2.0", "test-alloc"};

  for (guint i = 0; i < G_N_ELEMENTS (us); i++)
    if (strstr (library, us[i]))
      return 1;
  for (guint i = 0; i < G_N_ELEMENTS (look_up); i++)
    if (strstr (library, look_up[i]))
      return -1;
  return 0;
}

static void
count (size_t n)
{
  void *stack[24];
  int depth;

  if (!g_atomic_int_get (&armed) || inside)
    return;
  inside = TRUE;
  depth = backtrace (stack, G_N_ELEMENTS (stack));
  for (int i = 0; i < depth; i++) {
    Dl_info info;
    gint who = dladdr (stack[i], &info) ? whose (info.dli_fname) : -1;
    if (who < 0)
      continue;
    g_atomic_int_inc (who ? &ours : &others);
    if (who && !*first_of_ours)
      g_snprintf (first_of_ours, sizeof first_of_ours, "%zu bytes from %s (%s+%p)", n,
                  info.dli_fname, info.dli_sname ? info.dli_sname : "?",
                  (void *)((gchar *)stack[i] - (gchar *)info.dli_fbase));
    break;
  }
  inside = FALSE;
}

void *
malloc (size_t n)
{
  count (n);
  return __libc_malloc (n);
}

void *
calloc (size_t n, size_t size)
{
  count (n * size);
  return __libc_calloc (n, size);
}

void *
realloc (void *old, size_t n)
{
  count (n);
  return __libc_realloc (old, n);
}

void *
memalign (size_t align, size_t n)
{
  count (n);
  return __libc_memalign (align, n);
}

void *
aligned_alloc (size_t align, size_t n)
{
  count (n);
  return __libc_memalign (align, n);
}

int
posix_memalign (void **out, size_t align, size_t n)
{
  count (n);
  *out = __libc_memalign (align, n);
  return *out ? 0 : ENOMEM;
}

#define FIRST 10
#define LAST 30

static GstPadProbeReturn
see (GstPad *pad, GstPadProbeInfo *info, gpointer frames)
{
  guint frame = ++*(guint *)frames;

  g_atomic_int_set (&armed, frame >= FIRST && frame < LAST);
  return GST_PAD_PROBE_OK;
}

/* 40 frames from line, which ends in a sink called sink. */
static void
check_steady (const gchar *line)
{
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  guint frames = 0;

  ours = others = 0;
  pipeline = gst_parse_launch (line, NULL);
  g_assert_nonnull (pipeline);
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  pad = gst_element_get_static_pad (sink, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, see, &frames, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  bus = gst_element_get_bus (pipeline);
  message =
      gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_test_message ("in %d frames: %d allocations of ours, %d of GStreamer", LAST - FIRST, ours,
                  others);
  g_assert_cmpuint (frames, ==, 40);
  g_assert_cmpstr (first_of_ours, ==, "");
  g_assert_cmpint (ours, ==, 0);
}

static void
test_steady (gconstpointer settings)
{
  g_autofree gchar *shared = g_build_filename (g_getenv ("TFC_SHARED"), "models", NULL);
  g_autofree gchar *model =
      g_build_filename (shared, "coco-ssd", "mobilenet_v1_quant", "detect.tflite", NULL);
  g_autofree gchar *line = g_strdup_printf (
      "videotestsrc num-buffers=40 ! video/x-raw,format=NV12,width=1920,height=1080,framerate=30/1 "
      "! "
      "tfcdetect base-model=mobilenet-v1-quant model-path=%s score-threshold=0.1 %s ! "
      "fakesink name=sink sync=false",
      shared, (const gchar *)settings);

  if (!g_file_test (model, G_FILE_TEST_EXISTS)) {
    g_test_skip ("the mirror of models is not there");
    return;
  }
  check_steady (line);
  g_assert_cmpint (others, >, 0); /* it does count */
}

/* tfcpublish writes a line for each frame and copies it for the thread that writes the file. */
static void
test_publish (void)
{
  g_autofree gchar *path = NULL;
  const gint fd = g_file_open_tmp ("tfcpublish-XXXXXX", &path, NULL);
  g_autofree gchar *line = g_strdup_printf (
      "videotestsrc num-buffers=40 ! video/x-raw,format=NV12,width=320,height=240 ! "
      "tfcpublish when=all include=boxes+points+stats+events units=pixel location=%s ! "
      "fakesink name=sink sync=false",
      path);

  g_assert_cmpint (fd, >=, 0);
  check_steady (line);
  g_assert_cmpint (lseek (fd, 0, SEEK_END), >, 40 * 100);
  close (fd);
  g_assert_cmpint (unlink (path), ==, 0);
}

static void
test_privacy (gconstpointer format)
{
  g_autofree gchar *line =
      g_strdup_printf ("videotestsrc num-buffers=40 ! video/x-raw,format=%s,width=320,height=240 ! "
                       "tfcoverlay privacy=blur ! fakesink name=sink sync=false",
                       (const gchar *)format);
  check_steady (line);
}

int
main (int argc, char **argv)
{
  void *stack[4];

  backtrace (stack, G_N_ELEMENTS (stack)); /* its own first call allocates */
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/alloc/own-meta", "attach=own threads=1", test_steady);
  g_test_add_data_func ("/alloc/all-metas", "threads=2", test_steady);
  g_test_add_data_func ("/alloc/held", "attach=own interval=4 threads=1", test_steady);
  g_test_add_func ("/alloc/publish", test_publish);
  g_test_add_data_func ("/alloc/zones",
                        "attach=own threads=1 ! tfczones post-messages=none zones=[zone\\ all]|"
                        "polygon=0,0;1,0;1,1;0,1|inertia=0|[line\\ middle]|from=0.5,1|to=0.5,0|",
                        test_steady);
  g_test_add_data_func ("/alloc/privacy/bytes", "NV12", test_privacy);
  g_test_add_data_func ("/alloc/privacy/unpacked", "I420_10LE", test_privacy);
  return g_test_run ();
}
