/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/peer.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE 10000 /* ms that a peer may take to tidy up behind itself */

struct Peer {
  gchar *name, *version;
  GSubprocess *child;
  GDataInputStream *lines;
};

static gint
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const gchar *const *)a, *(const gchar *const *)b);
}

static GPtrArray *
find_all (const gchar *folder)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  GDir *dir = g_dir_open (folder, 0, NULL);
  for (const gchar *name; dir && (name = g_dir_read_name (dir));) {
    gchar *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
      g_ptr_array_add (found, path);
    else
      g_free (path);
  }
  if (dir)
    g_dir_close (dir);
  g_ptr_array_sort (found, by_name);
  return found;
}

GPtrArray *
peer_find (const gchar *folder, const gchar *list, GError **error)
{
  GPtrArray *found;
  g_auto (GStrv) names = g_strsplit (list, ",", -1);
  if (g_str_equal (list, "all"))
    return find_all (folder);
  found = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; names[i]; i++) {
    gchar *path = g_build_filename (folder, names[i], NULL);
    if (g_str_equal (names[i], "bare")) {
      g_free (path);
      continue;
    }
    g_ptr_array_add (found, path);
    if (strchr (names[i], '/') || !g_file_test (path, G_FILE_TEST_IS_REGULAR) ||
        !g_file_test (path, G_FILE_TEST_IS_EXECUTABLE)) {
      g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "there is no peer \"%s\" in %s", names[i],
                   folder);
      g_ptr_array_unref (found);
      return NULL;
    }
  }
  return found;
}

/* The next line after the word that it must begin with; NULL with error set. */
static gchar *
expect (Peer *p, const gchar *word, GError **error)
{
  g_autofree gchar *line = g_data_input_stream_read_line (p->lines, NULL, NULL, NULL);
  gsize n = strlen (word);
  gboolean skips = line && g_str_has_prefix (line, "skip ");
  if (line && g_str_has_prefix (line, word) && line[n] == ' ')
    return g_strdup (line + n + 1);
  g_set_error (error, TFC_ERROR, skips ? TFC_ERROR_UNSUPPORTED : TFC_ERROR_RUN, "%s: %s", p->name,
               skips  ? line + strlen ("skip ")
               : line ? line
                      : "it ended");
  return NULL;
}

Peer *
peer_new (const gchar *program, const gchar *task, const gchar *model, const gchar *folder,
          guint threads, GError **error)
{
  Peer *p = g_new0 (Peer, 1);
  g_autofree gchar *number = g_strdup_printf ("%u", threads);
  GError *refused = NULL;
  signal (SIGPIPE, SIG_IGN); /* a peer that has ended is an error, not our end */
  p->name = g_path_get_basename (program);
  p->child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                               &refused, program, task, model, folder, number, NULL);
  if (p->child) {
    p->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (p->child));
    p->version = expect (p, "ready", error);
  } else {
    g_set_error (error, TFC_ERROR, TFC_ERROR_RUN, "%s: %s", p->name, refused->message);
    g_error_free (refused);
  }
  if (!p->version)
    g_clear_pointer (&p, peer_free);
  return p;
}

/* It closes its output when it ends. */
static void
let_end (Peer *p)
{
  GUnixInputStream *out = G_UNIX_INPUT_STREAM (g_subprocess_get_stdout_pipe (p->child));
  GPollFD end = {.fd = g_unix_input_stream_get_fd (out), .events = G_IO_IN | G_IO_HUP};
  g_output_stream_close (g_subprocess_get_stdin_pipe (p->child), NULL, NULL);
  g_poll (&end, 1, PATIENCE);
}

void
peer_free (Peer *p)
{
  if (!p)
    return;
  if (p->child) {
    let_end (p);
    g_subprocess_force_exit (p->child);
    g_subprocess_wait (p->child, NULL, NULL);
    g_object_unref (p->child);
  }
  g_clear_object (&p->lines);
  g_free (p->version);
  g_free (p->name);
  g_free (p);
}

const gchar *
peer_version (const Peer *p)
{
  return p->version;
}

static gchar *
ask (Peer *p, const gchar *question, const gchar *word, GError **error)
{
  GOutputStream *in = g_subprocess_get_stdin_pipe (p->child);
  if (g_output_stream_write_all (in, question, strlen (question), NULL, NULL, NULL))
    return expect (p, word, error);
  g_set_error (error, TFC_ERROR, TFC_ERROR_RUN, "%s: it ended", p->name);
  return NULL;
}

gint64
peer_run (Peer *p, gboolean cpu, GError **error)
{
  g_autofree gchar *answer = ask (p, "run\n", "ns", error);
  g_auto (GStrv) words = g_strsplit (answer ? answer : "", " ", -1);
  gint64 ns = -1;
  if (!answer)
    return -1;
  if (g_strv_length (words) == 2 &&
      g_ascii_string_to_signed (words[cpu], 10, 1, G_MAXINT64, &ns, NULL))
    return ns;
  g_set_error (error, TFC_ERROR, TFC_ERROR_RUN, "%s: a time of \"%s\"", p->name, answer);
  return -1;
}

gboolean
peer_sum (Peer *p, gdouble *sum, GError **error)
{
  g_autofree gchar *answer = ask (p, "sum\n", "sum", error);
  if (answer)
    *sum = g_ascii_strtod (answer, NULL);
  return answer != NULL;
}
