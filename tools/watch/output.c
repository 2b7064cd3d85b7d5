/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include "tools/watch/status.h"

#define MAX_CONNECTIONS 16
#define SEND_SECONDS 5

struct WatchOutput {
  gchar *path;
  GSocketService *service; /* NULL: a file */
  gchar *text;
  guint connections; /* answers that are being sent */
  gboolean failed;
  gboolean given_up; /* its owner has let it go; the last answer frees it */
};

static void
release (WatchOutput *output)
{
  g_free (output->path);
  g_free (output->text);
  g_free (output);
}

/* ---- the socket ---- */

typedef struct {
  WatchOutput *output;
  GSocketConnection *connection;
  gchar *text;
} Answer;

static void
answered (GObject *stream, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (answer->connection), NULL, NULL);
  if (--answer->output->connections == 0 && answer->output->given_up)
    release (answer->output);
  g_object_unref (answer->connection);
  g_free (answer->text);
  g_free (answer);
}

static gboolean
on_connection (GSocketService *service, GSocketConnection *connection, GObject *source,
               gpointer data)
{
  WatchOutput *output = data;
  Answer *answer;
  if (output->connections == MAX_CONNECTIONS || !output->text)
    return TRUE;
  answer = g_new (Answer, 1);
  *answer = (Answer){output, g_object_ref (connection), g_strdup (output->text)};
  output->connections++;
  g_socket_set_timeout (g_socket_connection_get_socket (connection), SEND_SECONDS);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                   answer->text, strlen (answer->text), G_PRIORITY_DEFAULT, NULL,
                                   answered, answer);
  return TRUE;
}

/* A socket that nobody listens at is left over from a program that was killed. */
static void
remove_left_over (const gchar *path, GSocketAddress *address)
{
  struct stat at;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) error = NULL;
  if (lstat (path, &at) < 0 || !S_ISSOCK (at.st_mode))
    return;
  socket =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  if (socket && !g_socket_connect (socket, address, NULL, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    g_unlink (path);
}

static gboolean
listen_at (WatchOutput *output, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (output->path);
  remove_left_over (output->path, address);
  output->service = g_socket_service_new ();
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (output->service), address,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL,
                                      error)) {
    g_prefix_error (error, "%s: ", output->path);
    g_clear_pointer (&output->path, g_free);
    return FALSE;
  }
  g_chmod (output->path, 0660);
  g_signal_connect (output->service, "incoming", G_CALLBACK (on_connection), output);
  return TRUE;
}

/* ---- both ---- */

WatchOutput *
watch_output_new (const gchar *where, GError **error)
{
  WatchOutput *output = g_new0 (WatchOutput, 1);
  if (where && g_str_has_prefix (where, "unix:")) {
    output->path = g_strdup (where + 5);
    if (!listen_at (output, error)) {
      watch_output_free (output);
      return NULL;
    }
  } else {
    output->path = g_strdup (where);
  }
  return output;
}

/* Readers see the old text or the new one. Nothing is synced to the disk: that would wait. */
static gboolean
replace_file (const gchar *path, const gchar *text, GError **error)
{
  g_autofree gchar *beside = g_strconcat (path, ".tmp", NULL);
  if (!g_file_set_contents_full (beside, text, -1, G_FILE_SET_CONTENTS_NONE, 0644, error))
    return FALSE;
  g_chmod (beside, 0644); /* collectors are other users, whatever the umask is */
  if (g_rename (beside, path) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static void
write_file (WatchOutput *output)
{
  g_autoptr (GError) error = NULL;
  const gboolean ok = replace_file (output->path, output->text, &error);
  if (!ok && !output->failed)
    g_printerr ("tfc-watch: the status is not written: %s\n", error->message);
  output->failed = !ok;
}

void
watch_output_set (WatchOutput *output, gchar *text)
{
  g_free (output->text);
  output->text = text;
  if (!output->service && output->path)
    write_file (output);
}

void
watch_output_free (WatchOutput *output)
{
  if (!output)
    return;
  if (output->service) {
    g_socket_service_stop (output->service);
    g_socket_listener_close (G_SOCKET_LISTENER (output->service));
    g_object_unref (output->service);
    if (output->path)
      g_unlink (output->path);
  }
  output->given_up = TRUE;
  if (!output->connections)
    release (output);
}
