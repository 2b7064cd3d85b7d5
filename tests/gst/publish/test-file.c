/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Lines of tfcpublish in files: all of them, whole ones, whatever happens to the file. */
#include "tests/gst/common/runner.h"
#include "tests/gst/publish/publish-bench.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* A harness that publishes every frame to folder/name, and its bus. */
typedef struct {
  gchar *folder, *path;
  GstHarness *h;
  GstBus *bus;
} Bench;

static void
bench_open (Bench *b, const gchar *name, const gchar *properties)
{
  *b = (Bench){.folder = publish_folder ()};
  b->path = g_build_filename (b->folder, name, NULL);
  g_autofree gchar *all = g_strdup_printf ("when=all location=%s %s", b->path, properties);
  b->h = publish_new (all);
  b->bus = gst_bus_new ();
  g_autoptr (GstElement) element = gst_harness_find_element (b->h, "tfcpublish");
  gst_element_set_bus (element, b->bus);
}

static void
bench_end (Bench *b)
{
  publish_end (b->h);
  gst_harness_teardown (b->h);
}

static void
bench_close (Bench *b)
{
  gst_object_unref (b->bus);
  publish_remove_folder (b->folder);
  g_free (b->path);
}

static guint
count_warnings (Bench *b)
{
  guint n = 0;

  for (GstMessage *m; (m = gst_bus_pop_filtered (b->bus, GST_MESSAGE_WARNING)); n++)
    gst_message_unref (m);
  return n;
}

static gboolean
is_idle (gpointer h)
{
  return publish_stat (h, "queued") == 0;
}

static gboolean
has_problem (gpointer h)
{
  GstElement *element = gst_harness_find_element (h, "tfcpublish");
  g_autoptr (GstStructure) stats = NULL;

  g_object_get (element, "stats", &stats, NULL);
  gst_object_unref (element);
  return *gst_structure_get_string (stats, "problem") != 0;
}

static gboolean
has_no_problem (gpointer h)
{
  return !has_problem (h);
}

/* The frames from first on, not faster than they are written. */
static void
push (GstHarness *h, guint first, guint n)
{
  for (guint i = 0; i < n; i++) {
    publish_push (h, publish_people (first + i, 1, 1));
    if (i % 500 == 499)
      g_assert_true (publish_wait (is_idle, h));
  }
}

/* Lines are whole and number from first on without a gap; how many there are. */
static guint
assert_lines (const gchar *path, guint first)
{
  g_auto (GStrv) lines = publish_lines (path);
  guint n = 0;

  for (; lines[n]; n++) {
    g_assert_true (g_str_has_prefix (lines[n], "{\"v\":1,"));
    g_assert_true (g_str_has_suffix (lines[n], "\"events\":[]}"));
    g_assert_cmpuint (publish_number (lines[n], "seq"), ==, first + n);
    g_assert_null (strstr (lines[n], "dropped"));
  }
  return n;
}

static void
test_all (void)
{
  Bench b;

  bench_open (&b, "lines", "");
  push (b.h, 0, 2345);
  bench_end (&b);
  g_assert_cmpuint (assert_lines (b.path, 1), ==, 2345);
  g_assert_cmpuint (count_warnings (&b), ==, 0);
  bench_close (&b);
}

/* Stopped without an end of the stream: what was pushed is there as well. */
static void
test_stopped (void)
{
  Bench b;

  bench_open (&b, "lines", "");
  push (b.h, 0, 300);
  gst_harness_teardown (b.h);
  g_assert_cmpuint (assert_lines (b.path, 1), ==, 300);
  bench_close (&b);
}

/* What was in the file stays; lines are numbered anew. */
static void
test_appends (void)
{
  Bench b;

  bench_open (&b, "lines", "");
  push (b.h, 0, 3);
  g_autoptr (GstElement) element = gst_harness_find_element (b.h, "tfcpublish");
  gst_element_set_state (element, GST_STATE_READY);
  gst_element_set_state (element, GST_STATE_PLAYING);
  gst_harness_set_src_caps_str (b.h, "video/x-raw,format=RGB,width=640,height=480");
  push (b.h, 3, 2);
  bench_end (&b);
  g_auto (GStrv) lines = publish_lines (b.path);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_cmpuint (publish_number (lines[2], "seq"), ==, 3);
  g_assert_cmpuint (publish_number (lines[3], "seq"), ==, 1);
  bench_close (&b);
}

static void
test_rotates (void)
{
  Bench b;
  guint n = 0;

  bench_open (&b, "lines", "max-bytes=3000");
  push (b.h, 0, 100);
  bench_end (&b);
  for (guint i = 9; i > 0; i--) {
    g_autofree gchar *path = g_strdup_printf ("%s.%u", b.path, i);
    GStatBuf st;
    if (g_stat (path, &st) < 0)
      continue;
    g_assert_cmpint (st.st_size, <=, 3000);
    n += assert_lines (path, n + 1);
  }
  n += assert_lines (b.path, n + 1);
  g_assert_cmpuint (n, ==, 100);
  bench_close (&b);
}

/* Of many files nine are kept. */
static void
test_bounded (void)
{
  Bench b;
  guint files = 0;

  bench_open (&b, "lines", "max-bytes=1");
  push (b.h, 0, 50);
  bench_end (&b);
  GDir *dir = g_dir_open (b.folder, 0, NULL);
  while (g_dir_read_name (dir))
    files++;
  g_dir_close (dir);
  g_assert_cmpuint (files, ==, 10);
  g_assert_cmpuint (assert_lines (b.path, 50), ==, 1);
  bench_close (&b);
}

/* What has the name of the last file cannot be moved away: that is said, and lines go on. */
static void
test_not_rotated (void)
{
  Bench b;
  g_autofree gchar *last = NULL, *within = NULL;

  bench_open (&b, "lines", "max-bytes=1000");
  last = g_strconcat (b.path, ".9", NULL);
  within = g_build_filename (last, "folder", NULL);
  g_assert_cmpint (g_mkdir_with_parents (within, 0777), ==, 0);
  push (b.h, 0, 100);
  g_assert_true (publish_wait (has_problem, b.h));
  g_assert_cmpuint (publish_stat (b.h, "connected"), ==, TRUE);
  g_assert_cmpint (g_rmdir (within), ==, 0);
  g_assert_cmpint (g_rmdir (last), ==, 0);
  push (b.h, 100, 10);
  g_assert_true (publish_wait (has_no_problem, b.h));
  bench_end (&b);
  g_assert_cmpuint (count_warnings (&b), ==, 1);
  bench_close (&b);
}

/* Somebody else rotates. */
static void
test_moved (void)
{
  Bench b;
  g_autofree gchar *moved = NULL;

  bench_open (&b, "lines", "");
  moved = g_strconcat (b.path, ".old", NULL);
  push (b.h, 0, 10);
  g_assert_true (publish_wait (is_idle, b.h));
  g_assert_cmpint (g_rename (b.path, moved), ==, 0);
  push (b.h, 10, 5);
  bench_end (&b);
  g_assert_cmpuint (assert_lines (moved, 1), ==, 10);
  g_assert_cmpuint (assert_lines (b.path, 11), ==, 5);
  bench_close (&b);
}

/* Two elements into one file that is rotated: each line is whole and there once. */
static void
test_two (void)
{
  Bench b;
  guint seen[2][100] = {0}, n = 0;

  bench_open (&b, "lines", "source=a max-bytes=8000");
  g_autofree gchar *second =
      g_strdup_printf ("source=b when=all max-bytes=8000 location=%s", b.path);
  GstHarness *other = publish_new (second);
  for (guint i = 0; i < 100; i++) {
    push (b.h, i, 1);
    push (other, i, 1);
  }
  publish_end (other);
  gst_harness_teardown (other);
  bench_end (&b);
  for (guint i = 0; i < 10; i++) {
    g_autofree gchar *path = i ? g_strdup_printf ("%s.%u", b.path, i) : g_strdup (b.path);
    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      continue;
    g_auto (GStrv) lines = publish_lines (path);
    for (guint k = 0; lines[k]; k++, n++)
      seen[strstr (lines[k], "\"source\":\"b\"") != NULL][publish_number (lines[k], "seq") - 1]++;
  }
  g_assert_cmpuint (n, ==, 200);
  for (guint i = 0; i < 200; i++)
    g_assert_cmpuint (seen[i / 100][i % 100], ==, 1);
  bench_close (&b);
}

/* While somebody else has the file locked, nothing is written into it. */
static void
test_locked (void)
{
  Bench b;

  bench_open (&b, "lines", "");
  const gint fd = open (b.path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  push (b.h, 0, 3);
  g_usleep (30000);
  g_assert_cmpint (lseek (fd, 0, SEEK_END), ==, 0);
  g_assert_cmpuint (publish_stat (b.h, "queued"), ==, 3);
  g_assert_cmpint (flock (fd, LOCK_UN), ==, 0);
  bench_end (&b);
  close (fd);
  g_assert_cmpuint (assert_lines (b.path, 1), ==, 3);
  bench_close (&b);
}

/* The date is a part of the name, of the folder's too, which is made then. */
static void
test_dated (void)
{
  Bench b;
  gchar year[8];
  const time_t now = time (NULL);
  struct tm local;

  g_assert_nonnull (localtime_r (&now, &local));
  strftime (year, sizeof year, "%Y", &local);
  bench_open (&b, "%Y/lines-%Y", "");
  push (b.h, 0, 1);
  bench_end (&b);
  g_autofree gchar *folder = g_build_filename (b.folder, year, NULL);
  g_autofree gchar *path = g_strdup_printf ("%s/lines-%s", folder, year);
  g_assert_cmpuint (assert_lines (path, 1), ==, 1);
  g_assert_cmpint (g_remove (path), ==, 0);
  bench_close (&b);
}

/* No file may grow beyond some kilobytes, which is how a full disk looks: whole lines up to there,
 * one warning, and the rest as soon as there is room. */
static void
test_full (void)
{
  struct rlimit before, low;
  Bench b;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  low = before;
  low.rlim_cur = 5000;
  bench_open (&b, "lines", "");
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &low), ==, 0);
  push (b.h, 0, 100);
  g_assert_true (publish_wait (has_problem, b.h));
  push (b.h, 100, 10);
  GStatBuf st;
  g_assert_cmpint (g_stat (b.path, &st), ==, 0);
  g_assert_cmpint (st.st_size, <=, 5000);
  const guint n = assert_lines (b.path, 1);
  g_assert_cmpuint (n, >, 10);
  g_assert_cmpuint (n, <, 40);
  g_assert_cmpuint (publish_stat (b.h, "connected"), ==, FALSE);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  bench_end (&b);
  g_assert_cmpuint (assert_lines (b.path, 1), ==, 110);
  g_assert_cmpuint (count_warnings (&b), ==, 1);
  bench_close (&b);
}

/* What cannot work is an error when the element starts, which names the place. */
static void
test_errors (void)
{
  static const struct {
    const gchar *properties, *place;
    gint code;
  } cases[] = {
      {"location=/nowhere/at/all/lines", "/nowhere/at/all/lines", GST_RESOURCE_ERROR_NOT_FOUND},
      {"location=/", "/", GST_RESOURCE_ERROR_OPEN_WRITE},
      {"location=unix:/nowhere/at/all/socket", "/nowhere/at/all/socket",
       GST_RESOURCE_ERROR_NOT_FOUND},
      {"location=unix:", "", GST_RESOURCE_ERROR_OPEN_WRITE},
      {"location=unix:/proc/version", "/proc/version", GST_RESOURCE_ERROR_BUSY},
      {"location=x address=mqtt://localhost", "exclude each other", GST_RESOURCE_ERROR_SETTINGS},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *launch = g_strconcat ("tfcpublish ", cases[i].properties, NULL);
    g_autoptr (GstElement) element = gst_parse_launch (launch, NULL);
    g_autoptr (GstBus) bus = gst_bus_new ();
    g_autoptr (GError) error = NULL;

    gst_object_ref_sink (element);
    gst_element_set_bus (element, bus);
    g_assert_cmpint (gst_element_set_state (element, GST_STATE_PAUSED), ==,
                     GST_STATE_CHANGE_FAILURE);
    g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
    g_assert_nonnull (message);
    gst_message_parse_error (message, &error, NULL);
    g_assert_error (error, GST_RESOURCE_ERROR, cases[i].code);
    g_assert_nonnull (strstr (error->message, cases[i].place));
    gst_element_set_state (element, GST_STATE_NULL);
    gst_element_set_bus (element, NULL);
  }
}

int
main (int argc, char **argv)
{
  static const TestCase cases[] = {{"/file/all", test_all},
                                   {"/file/stopped", test_stopped},
                                   {"/file/appends", test_appends},
                                   {"/file/rotates", test_rotates},
                                   {"/file/bounded", test_bounded},
                                   {"/file/not-rotated", test_not_rotated},
                                   {"/file/moved", test_moved},
                                   {"/file/two", test_two},
                                   {"/file/locked", test_locked},
                                   {"/file/dated", test_dated},
                                   {"/file/full", test_full},
                                   {"/file/errors", test_errors},
                                   {NULL}};
  return run_cases (argc, argv, cases, NULL, NULL);
}
