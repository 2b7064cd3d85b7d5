/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Lines to whoever connects to a unix socket. Each reader has bytes of its own that wait for it;
 * one that is too slow misses whole lines, and the others do not notice. */
#include "gst/publish/gsttfctransports.h"
#include "inference/error.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define PREFIX "unix:"
#define MAX_READERS 16
/* Bytes that wait for one reader, in which a line of GST_TFC_MAX_LINE has room. */
#define MAX_BACKLOG (4 * 1024 * 1024)

typedef struct {
  gint fd;
  gchar *bytes;
  gsize begin, end, size; /* what waits is between begin and end */
} Reader;

struct GstTfcTransport {
  struct sockaddr_un address;
  gint fd;
  dev_t device; /* of the socket's file */
  ino_t inode;
  Reader readers[MAX_READERS];
  guint n_readers;
  guint64 lost, came;
  gchar problem[256];
};

/* ---- readers ---- */

static void
remove_reader (GstTfcTransport *t, guint i)
{
  close (t->readers[i].fd);
  g_free (t->readers[i].bytes);
  t->readers[i] = t->readers[--t->n_readers];
}

static void
accept_readers (GstTfcTransport *t)
{
  gint fd;

  while ((fd = accept (t->fd, NULL, NULL)) >= 0) {
    fcntl (fd, F_SETFD, FD_CLOEXEC);
    fcntl (fd, F_SETFL, O_NONBLOCK);
    if (t->n_readers == MAX_READERS) {
      g_snprintf (t->problem, sizeof t->problem, "%s: no more than %d readers can be served",
                  t->address.sun_path, MAX_READERS);
      close (fd);
      continue;
    }
    t->readers[t->n_readers++] = (Reader){.fd = fd};
    t->came++;
  }
}

/* FALSE: it has gone. */
static gboolean
flush_reader (Reader *reader)
{
  while (reader->begin < reader->end) {
    const gssize n = send (reader->fd, reader->bytes + reader->begin, reader->end - reader->begin,
                           MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n < 0)
      return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    reader->begin += (gsize)n;
  }
  reader->begin = reader->end = 0;
  return TRUE;
}

/* One that only has nothing more to say still reads. */
static gboolean
is_there (const Reader *reader)
{
  struct pollfd state = {reader->fd, 0, 0};
  return poll (&state, 1, 0) < 1 || !(state.revents & (POLLHUP | POLLERR));
}

/* FALSE: the line does not fit behind what waits. */
static gboolean
queue_line (Reader *reader, const GstTfcTransportLine *line)
{
  const gsize waits = reader->end - reader->begin, needed = waits + line->length + 1;

  if (needed > MAX_BACKLOG)
    return FALSE;
  if (reader->begin + needed > reader->size) {
    if (waits)
      memmove (reader->bytes, reader->bytes + reader->begin, waits);
    reader->begin = 0;
    reader->end = waits;
    if (needed > reader->size) {
      reader->size = MIN (MAX (needed * 2, 4096), MAX_BACKLOG);
      reader->bytes = g_realloc (reader->bytes, reader->size);
    }
  }
  memcpy (reader->bytes + reader->end, line->text, line->length);
  reader->bytes[reader->end + line->length] = '\n';
  reader->end += line->length + 1;
  return TRUE;
}

/* ---- the socket ---- */

/* A socket's file that a process has left behind may go; one that somebody serves may not. */
static gboolean
is_abandoned (const struct sockaddr_un *address)
{
  struct stat st;
  gint fd, refused;

  if (lstat (address->sun_path, &st) < 0 || !S_ISSOCK (st.st_mode))
    return FALSE;
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  refused = fd >= 0 && connect (fd, (const struct sockaddr *)address, sizeof *address) < 0 &&
            errno == ECONNREFUSED;
  if (fd >= 0)
    close (fd);
  return refused;
}

static gboolean
listen_at (GstTfcTransport *t)
{
  struct stat st;

  t->fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (t->fd < 0)
    return FALSE;
  if (bind (t->fd, (struct sockaddr *)&t->address, sizeof t->address) < 0 &&
      (errno != EADDRINUSE || !is_abandoned (&t->address) || g_unlink (t->address.sun_path) < 0 ||
       bind (t->fd, (struct sockaddr *)&t->address, sizeof t->address) < 0))
    return FALSE;
  if (listen (t->fd, MAX_READERS) < 0 || lstat (t->address.sun_path, &st) < 0)
    return FALSE;
  t->device = st.st_dev;
  t->inode = st.st_ino;
  return TRUE;
}

static GstTfcTransport *
fail_to_listen (GstTfcTransport *t, gint number, GError **error)
{
  const gboolean used = number == EADDRINUSE || number == EAGAIN;

  gst_tfc_transport_fail (error,
                          number == ENOENT ? GST_RESOURCE_ERROR_NOT_FOUND
                          : used           ? GST_RESOURCE_ERROR_BUSY
                                           : GST_RESOURCE_ERROR_OPEN_WRITE,
                          t->address.sun_path, g_strerror (number),
                          used               ? "another process serves it, or it is no socket"
                          : number == ENOENT ? "make its folder first"
                                             : "a socket must be possible at this place");
  if (t->fd >= 0)
    close (t->fd);
  g_free (t);
  return NULL;
}

static GstTfcTransport *
socket_open (const GstTfcTransportOptions *options, GError **error)
{
  const gchar *path = options->location + strlen (PREFIX);
  GstTfcTransport *t;

  if (!*path || strlen (path) >= sizeof t->address.sun_path) {
    gst_tfc_transport_fail (error, GST_RESOURCE_ERROR_OPEN_WRITE, options->location,
                            *path ? "the path is too long" : "there is no path in it",
                            "a socket is unix:PATH with a PATH of 107 bytes at most");
    return NULL;
  }
  t = g_new0 (GstTfcTransport, 1);
  t->fd = -1;
  t->address.sun_family = AF_UNIX;
  g_strlcpy (t->address.sun_path, path, sizeof t->address.sun_path);
  return listen_at (t) ? t : fail_to_listen (t, errno, error);
}

/* ---- the transport ---- */

static guint
socket_work (GstTfcTransport *t)
{
  gboolean waits = FALSE;

  if (t->n_readers < MAX_READERS)
    *t->problem = 0;
  accept_readers (t);
  for (guint i = t->n_readers; i-- > 0;) {
    if (!is_there (&t->readers[i]) || !flush_reader (&t->readers[i]))
      remove_reader (t, i);
    else
      waits |= t->readers[i].end > 0;
  }
  return waits ? 2 : 1000;
}

static GstTfcSendResult
socket_send (GstTfcTransport *t, const GstTfcTransportLine *line)
{
  if (line->suffix)
    return GST_TFC_REFUSED;
  accept_readers (t);
  for (guint i = t->n_readers; i-- > 0;) {
    Reader *reader = &t->readers[i];
    if (!queue_line (reader, line))
      t->lost++;
    if (!flush_reader (reader))
      remove_reader (t, i);
  }
  return GST_TFC_SENT;
}

static void
socket_get_state (GstTfcTransport *t, GstTfcTransportState *state)
{
  state->connected = t->n_readers > 0;
  state->problem = *t->problem ? t->problem : NULL;
  state->lost = t->lost;
  state->reconnects = t->came;
}

static guint64
socket_close (GstTfcTransport *t, guint timeout_ms)
{
  const gint64 deadline = g_get_monotonic_time () + timeout_ms * 1000;
  struct stat st;
  guint64 lost = 0;

  while (socket_work (t) == 2 && g_get_monotonic_time () < deadline)
    g_usleep (1000);
  while (t->n_readers) {
    const Reader *reader = &t->readers[t->n_readers - 1];
    for (gsize i = reader->begin; i < reader->end; i++)
      lost += reader->bytes[i] == '\n';
    remove_reader (t, t->n_readers - 1);
  }
  close (t->fd);
  if (lstat (t->address.sun_path, &st) == 0 && st.st_dev == t->device && st.st_ino == t->inode)
    g_unlink (t->address.sun_path);
  g_free (t);
  return lost;
}

const GstTfcTransportClass gst_tfc_socket_transport = {
    GST_TFC_TRANSPORT_VERSION, socket_open, socket_send, socket_work,
    socket_get_state,          socket_close};
