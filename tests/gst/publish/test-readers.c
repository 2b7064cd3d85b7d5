/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Readers of pipes and sockets that are slow, late, or go away: the stream never waits, lines are
 * whole, and what is missing is told. */
#include "tests/gst/common/runner.h"
#include "tests/gst/publish/publish-bench.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

typedef struct {
  gchar *folder, *path;
  GstHarness *h;
} Bench;

static Bench
bench_new (const gchar *prefix)
{
  Bench b = {.folder = publish_folder ()};

  b.path = g_build_filename (b.folder, "out", NULL);
  if (!*prefix)
    g_assert_cmpint (mkfifo (b.path, 0600), ==, 0);
  g_autofree gchar *properties = g_strdup_printf ("when=all location=%s%s", prefix, b.path);
  b.h = publish_new (properties);
  return b;
}

static void
bench_free (Bench *b)
{
  publish_remove_folder (b->folder);
  g_free (b->path);
}

static void
push (GstHarness *h, guint first, guint n)
{
  for (guint i = 0; i < n; i++)
    publish_push (h, publish_people (first + i, 1, 1));
}

static FILE *
connect_to (const gchar *path)
{
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  gint fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (connect (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  return fdopen (fd, "r");
}

/* Reads until there are n lines or the end (n = 0). */
static GPtrArray *
read_lines (FILE *file, guint n)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (free);
  gchar *line = NULL;
  gsize size = 0;

  for (gssize got; (!n || lines->len < n) && (got = getline (&line, &size, file)) > 0;) {
    g_assert_true (line[got - 1] == '\n');
    line[got - 1] = 0;
    g_ptr_array_add (lines, g_steal_pointer (&line));
    size = 0;
  }
  free (line);
  return lines;
}

/* Numbers are without gaps, but for those that a line tells of. Returns the last one. */
static guint64
assert_complete (GPtrArray *lines, guint64 last)
{
  for (guint i = 0; i < lines->len; i++) {
    const gchar *line = lines->pdata[i];
    g_assert_true (g_str_has_suffix (line, "\"events\":[]}"));
    const guint64 seq = publish_number (line, "seq");
    g_assert_cmpuint (seq, ==, last + 1 + publish_number (line, "dropped"));
    last = seq;
  }
  return last;
}

static gboolean
is_idle (gpointer h)
{
  return publish_stat (h, "queued") == 0;
}

/* Nobody reads at first: the newest thousand lines and the one in hand wait, and the first of them
 * that was not in hand tells how many are missing. */
static void
test_late (void)
{
  Bench b = bench_new ("");

  push (b.h, 0, 1500);
  g_assert_cmpuint (publish_stat (b.h, "queued"), <=, 1001);
  g_assert_cmpuint (publish_stat (b.h, "dropped"), >=, 499);
  FILE *fd = fopen (b.path, "re");
  g_autoptr (GPtrArray) lines = read_lines (fd, 1000);
  g_assert_cmpuint (assert_complete (lines, 0), >=, 1499);
  push (b.h, 1500, 5);
  publish_end (b.h);
  gst_harness_teardown (b.h);
  g_autoptr (GPtrArray) rest = read_lines (fd, 0);
  g_assert_cmpuint (assert_complete (rest, publish_number (lines->pdata[lines->len - 1], "seq")),
                    ==, 1505);
  fclose (fd);
  bench_free (&b);
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

/* A pipe's reader goes, which ends nothing; another one comes and gets the lines of the time
 * between. */
static void
test_gone (void)
{
  Bench b = bench_new ("");

  push (b.h, 0, 10);
  FILE *fd = fopen (b.path, "re");
  g_autoptr (GPtrArray) lines = read_lines (fd, 10);
  fclose (fd);
  push (b.h, 10, 10);
  g_assert_true (publish_wait (has_problem, b.h));
  fd = fopen (b.path, "re");
  g_autoptr (GPtrArray) rest = read_lines (fd, 10);
  g_assert_cmpuint (assert_complete (rest, assert_complete (lines, 0)), ==, 20);
  publish_end (b.h);
  gst_harness_teardown (b.h);
  fclose (fd);
  bench_free (&b);
}

/* Several at a socket, of whom one reads nothing until the end, one goes, and one says that it has
 * nothing to say. */
static void
test_socket (void)
{
  Bench b = bench_new ("unix:");
  FILE *slow = connect_to (b.path), *quick = connect_to (b.path), *gone = connect_to (b.path);

  shutdown (fileno (quick), SHUT_WR);
  push (b.h, 0, 20);
  g_autoptr (GPtrArray) first = read_lines (quick, 20);
  g_assert_cmpuint (assert_complete (first, 0), ==, 20);
  fclose (gone);
  for (guint i = 0; i < 40; i++) { /* more than a socket holds by itself */
    push (b.h, 20 + 100 * i, 100);
    g_autoptr (GPtrArray) some = read_lines (quick, 100);
    g_assert_cmpuint (assert_complete (some, 20 + 100 * i), ==, 120 + 100 * i);
  }
  g_assert_cmpuint (publish_stat (b.h, "dropped"), ==, 0);
  publish_end (b.h);
  g_autoptr (GPtrArray) late = read_lines (slow, 4020);
  g_assert_cmpuint (assert_complete (late, 0), ==, 4020);
  gst_harness_teardown (b.h);
  g_assert_false (g_file_test (b.path, G_FILE_TEST_EXISTS));
  fclose (slow);
  fclose (quick);
  bench_free (&b);
}

/* One who comes later gets the lines from then on. */
static void
test_joins (void)
{
  Bench b = bench_new ("unix:");

  push (b.h, 0, 5);
  g_assert_true (publish_wait (is_idle, b.h));
  FILE *fd = connect_to (b.path);
  push (b.h, 5, 5);
  g_autoptr (GPtrArray) lines = read_lines (fd, 5);
  g_assert_cmpuint (assert_complete (lines, 5), ==, 10);
  publish_end (b.h);
  gst_harness_teardown (b.h);
  fclose (fd);
  bench_free (&b);
}

/* A socket's file that was left behind is taken over; one that is served is not. */
static void
test_left_behind (void)
{
  Bench b = bench_new ("unix:");
  g_autofree gchar *launch = g_strdup_printf ("tfcpublish location=unix:%s", b.path);
  g_autoptr (GstElement) second = gst_parse_launch (launch, NULL);

  gst_object_ref_sink (second);
  g_assert_cmpint (gst_element_set_state (second, GST_STATE_PAUSED), ==, GST_STATE_CHANGE_FAILURE);
  gst_element_set_state (second, GST_STATE_NULL);
  gst_harness_teardown (b.h);

  struct sockaddr_un address = {.sun_family = AF_UNIX};
  gint fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_strlcpy (address.sun_path, b.path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  close (fd);
  g_assert_cmpint (gst_element_set_state (second, GST_STATE_PAUSED), !=, GST_STATE_CHANGE_FAILURE);
  fclose (connect_to (b.path));
  gst_element_set_state (second, GST_STATE_NULL);
  bench_free (&b);
}

/* The error names what was written, and says what a socket's place is. */
static void
test_no_path (void)
{
  g_autofree gchar *rest = g_strnfill (200, 'x');
  g_autofree gchar *longer = g_strconcat ("unix:/", rest, NULL);
  const gchar *const locations[] = {"unix:", longer};

  for (guint i = 0; i < G_N_ELEMENTS (locations); i++) {
    g_autoptr (GstElement) element = gst_element_factory_make ("tfcpublish", NULL);
    g_autoptr (GstBus) bus = gst_bus_new ();
    g_autoptr (GError) error = NULL;
    gst_object_ref_sink (element);
    gst_element_set_bus (element, bus);
    g_object_set (element, "location", locations[i], NULL);
    g_assert_cmpint (gst_element_set_state (element, GST_STATE_PAUSED), ==,
                     GST_STATE_CHANGE_FAILURE);
    g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
    g_assert_nonnull (message);
    gst_message_parse_error (message, &error, NULL);
    g_assert_true (g_str_has_prefix (error->message, locations[i]));
    g_assert_nonnull (strstr (error->message, "unix:PATH"));
    gst_element_set_state (element, GST_STATE_NULL);
    gst_element_set_bus (element, NULL);
  }
}

int
main (int argc, char **argv)
{
  static const TestCase cases[] = {{"/readers/late", test_late},
                                   {"/readers/gone", test_gone},
                                   {"/readers/socket", test_socket},
                                   {"/readers/joins", test_joins},
                                   {"/readers/left-behind", test_left_behind},
                                   {"/readers/no-path", test_no_path},
                                   {NULL}};
  return run_cases (argc, argv, cases, NULL, NULL);
}
