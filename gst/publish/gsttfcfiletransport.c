/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Lines into a file that is written whole lines at a time, or into a pipe, a terminal, a device.
 *
 * A file is locked (flock) while a line is written and while it is rotated, so that several
 * elements and processes may write into the same one. It is opened anew when another one has its
 * name: it was rotated by somebody, or a new day has begun. */
#include "gst/publish/gsttfcfilename.h"
#include "gst/publish/gsttfctransports.h"
#include "gst/util/gsttfcdebug.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define GST_CAT_DEFAULT gst_tfc_publish_debug

/* A pipe that is ready to be written to takes so much without waiting. */
#define CHUNK PIPE_BUF

struct GstTfcTransport {
  GstTfcFileName name; /* of a file; unused for standard output */
  gboolean standard_output;
  gint fd;          /* -1: not open */
  gboolean regular; /* a file; else a pipe, ... */
  guint64 max_bytes;
  gchar *buffer;     /* a line with its newline */
  gsize size;        /* of buffer */
  gsize rest, begin; /* of a line in buffer: bytes that are not written yet, and where they are */
  gboolean busy;     /* another writer's turn, or the pipe is full */
  gboolean dead;     /* nobody will ever read */
  gboolean grows;    /* it cannot be rotated, but lines are written */
  guint64 reconnects;
  gchar problem[512]; /* "": none */
};

static GstTfcSendResult
problem (GstTfcTransport *t, const gchar *what, gint number)
{
  const gchar *advice = "";

  if (number == ENOSPC || number == EDQUOT || number == EFBIG)
    advice = "; lines wait until there is room, the oldest are dropped";
  g_snprintf (t->problem, sizeof t->problem, "%s: %s: %s%s",
              t->standard_output ? "standard output" : t->name.path, what, g_strerror (number),
              advice);
  t->grows = FALSE;
  return GST_TFC_RETRY;
}

/* ---- open ---- */

static gboolean
open_file (GstTfcTransport *t)
{
  struct stat st;

  gst_tfc_file_name_make_folders (&t->name);
  /* A fifo without a reader would have open wait for one. */
  t->fd = g_open (t->name.path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
                  0666);
  if (t->fd < 0)
    return FALSE;
  t->regular = fstat (t->fd, &st) == 0 && S_ISREG (st.st_mode);
  return TRUE;
}

static void
close_file (GstTfcTransport *t)
{
  if (t->fd >= 0)
    close (t->fd);
  t->fd = -1;
  t->rest = 0;
}

static void
file_free (GstTfcTransport *t)
{
  close_file (t);
  g_free (t->buffer);
  g_free (t);
}

static GstTfcTransport *
fail_to_open (GstTfcTransport *t, gint number, GError **error)
{
  const GstResourceError code =
      number == ENOENT ? GST_RESOURCE_ERROR_NOT_FOUND : GST_RESOURCE_ERROR_OPEN_WRITE;
  const gchar *advice = number == ENOENT   ? "make its folder first"
                        : number == EISDIR ? "location is to name a file"
                                           : "location must name a file that may be written";

  gst_tfc_transport_fail (error, code, t->name.path, g_strerror (number), advice);
  file_free (t);
  return NULL;
}

static GstTfcTransport *
file_open (const GstTfcTransportOptions *options, GError **error)
{
  GstTfcTransport *t = g_new0 (GstTfcTransport, 1);

  t->fd = -1;
  t->max_bytes = options->max_bytes;
  t->standard_output = strcmp (options->location, "-") == 0;
  if (t->standard_output) {
    t->fd = fcntl (STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    struct stat st;
    t->regular = t->fd >= 0 && fstat (t->fd, &st) == 0 && S_ISREG (st.st_mode);
    t->max_bytes = 0; /* a shell's file is not ours to rotate */
    if (t->fd >= 0)
      return t;
    gst_tfc_transport_fail (error, GST_RESOURCE_ERROR_OPEN_WRITE, "standard output",
                            g_strerror (errno), "location=- needs one that is open");
    file_free (t);
    return NULL;
  }
  if (!gst_tfc_file_name_init (&t->name, options->location, error)) {
    file_free (t);
    return NULL;
  }
  /* ENXIO: a fifo that nobody reads yet. */
  return open_file (t) || errno == ENXIO ? t : fail_to_open (t, errno, error);
}

/* ---- pipes ---- */

static GstTfcSendResult
failed_to_write (GstTfcTransport *t, gint number)
{
  if (number == EAGAIN || number == EINTR)
    return GST_TFC_RETRY;
  problem (t, number == EPIPE ? "the reader has gone" : "cannot write", number);
  if (number != EPIPE)
    return GST_TFC_RETRY;
  t->dead = t->standard_output;
  close_file (t); /* of a fifo another reader may come */
  return t->dead ? GST_TFC_REFUSED : GST_TFC_RETRY;
}

/* As much of the rest as goes without waiting. */
static GstTfcSendResult
write_rest (GstTfcTransport *t)
{
  while (t->rest) {
    struct pollfd ready = {t->fd, POLLOUT, 0};
    t->busy = poll (&ready, 1, 0) < 1 || !(ready.revents & (POLLOUT | POLLERR));
    if (t->busy)
      return GST_TFC_RETRY;
    const gssize n = write (t->fd, t->buffer + t->begin, MIN (t->rest, CHUNK));
    if (n < 0)
      return failed_to_write (t, errno);
    t->begin += (gsize)n;
    t->rest -= (gsize)n;
    *t->problem = 0;
  }
  return GST_TFC_SENT;
}

/* The line is taken over as soon as some of it is written. */
static GstTfcSendResult
send_to_pipe (GstTfcTransport *t, gsize n)
{
  t->begin = 0;
  t->rest = n;
  const GstTfcSendResult result = write_rest (t);
  if (t->rest && !t->begin)
    t->rest = 0;
  return t->rest ? GST_TFC_SENT : result;
}

/* ---- files ---- */

/* A file of the same name is not the one that is open, or it has a new name. FALSE: cannot be
 * opened. */
static gboolean
reopen_if_moved (GstTfcTransport *t)
{
  struct stat ours, named;

  if (!gst_tfc_file_name_is_due (&t->name) && fstat (t->fd, &ours) == 0 &&
      stat (t->name.path, &named) == 0 && ours.st_ino == named.st_ino &&
      ours.st_dev == named.st_dev)
    return TRUE;
  close_file (t);
  return open_file (t);
}

/* FALSE: another writer has it. Where a file system has no locks, nobody has. */
static gboolean
lock_file (GstTfcTransport *t)
{
  t->busy = flock (t->fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK;
  return !t->busy;
}

/* Locked. TRUE: rotated, and not open any more. */
static gboolean
rotate (GstTfcTransport *t, gsize n)
{
  struct stat st;

  t->grows = FALSE;
  if (!t->max_bytes || fstat (t->fd, &st) < 0 || st.st_size == 0 ||
      (guint64)st.st_size + n <= t->max_bytes)
    return FALSE;
  if (!gst_tfc_file_name_rotate (&t->name)) {
    problem (t, "cannot be rotated, and grows beyond max-bytes", errno);
    t->grows = TRUE;
    return FALSE;
  }
  close_file (t); /* with its lock */
  return TRUE;
}

/* Takes back what was just written; FALSE: somebody without a lock has written behind it, .. */
static gboolean
cut_back (GstTfcTransport *t, gssize written)
{
  const off_t end = lseek (t->fd, 0, SEEK_CUR), begin = end - written;
  struct stat st;

  return begin >= 0 && fstat (t->fd, &st) == 0 && st.st_size == end &&
         ftruncate (t->fd, begin) == 0 && lseek (t->fd, begin, SEEK_SET) == begin;
}

/* Locked. All of it or nothing. */
static GstTfcSendResult
append (GstTfcTransport *t, gsize n)
{
  const gssize written = write (t->fd, t->buffer, n);
  const gint number = written < 0 ? errno : ENOSPC;

  if (written == (gssize)n) {
    if (!t->grows)
      *t->problem = 0;
    return GST_TFC_SENT;
  }
  if (written > 0 && !cut_back (t, written))
    GST_ERROR ("%s: part of a line that found no room stays", t->name.path);
  return failed_to_write (t, number);
}

static GstTfcSendResult
send_to_file (GstTfcTransport *t, gsize n)
{
  if (!t->standard_output && !reopen_if_moved (t))
    return problem (t, "cannot be opened", errno);
  if (!lock_file (t))
    return GST_TFC_RETRY;
  if (rotate (t, n) && (!open_file (t) || !lock_file (t)))
    return t->fd < 0 ? problem (t, "cannot be opened", errno) : GST_TFC_RETRY;
  const GstTfcSendResult result = append (t, n);
  if (t->fd >= 0)
    flock (t->fd, LOCK_UN);
  return result;
}

/* ---- the transport ---- */

static GstTfcSendResult
file_send (GstTfcTransport *t, const GstTfcTransportLine *line)
{
  const gsize n = line->length + 1;

  if (t->dead || line->suffix)
    return GST_TFC_REFUSED;
  if (t->rest && write_rest (t) != GST_TFC_SENT)
    return GST_TFC_RETRY;
  if (t->fd < 0) {
    if (!open_file (t))
      return problem (t, errno == ENXIO ? "nobody reads this fifo" : "cannot be opened", errno);
    t->reconnects++;
  }
  if (n > t->size) {
    t->size = n + n / 4;
    t->buffer = g_realloc (t->buffer, t->size);
  }
  memcpy (t->buffer, line->text, line->length);
  t->buffer[line->length] = '\n';
  return t->regular ? send_to_file (t, n) : send_to_pipe (t, n);
}

static guint
file_work (GstTfcTransport *t)
{
  if (t->rest)
    write_rest (t);
  /* A full disk need not be asked a thousand times a second. */
  return *t->problem ? 100 : t->rest || t->busy ? 1 : 1000;
}

static void
file_get_state (GstTfcTransport *t, GstTfcTransportState *state)
{
  state->connected = !*t->problem || t->grows;
  state->problem = *t->problem ? t->problem : NULL;
  state->reconnects = t->reconnects;
}

static guint64
file_close (GstTfcTransport *t, guint timeout_ms)
{
  const gint64 deadline = g_get_monotonic_time () + timeout_ms * 1000;

  while (t->rest && write_rest (t) == GST_TFC_RETRY && t->fd >= 0 &&
         g_get_monotonic_time () < deadline)
    g_usleep (1000);
  const guint64 lost = t->rest ? 1 : 0;
  file_free (t);
  return lost;
}

const GstTfcTransportClass gst_tfc_file_transport = {
    GST_TFC_TRANSPORT_VERSION, file_open, file_send, file_work, file_get_state, file_close};
