/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/mqtt/gsttfcmqtt-files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_PASSWORD 1024        /* bytes of the first line */
#define MAX_CERTIFICATES 1048576 /* bytes of ca-file; a system's whole set has 200 kB */

/* A regular file, opened for reading; -1 with error set. Never waits, as a pipe would. */
static int
open_file (const gchar *property, const gchar *path, struct stat *status, GError **error)
{
  const int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  const gboolean ok = fd >= 0 && fstat (fd, status) == 0;

  if (ok && S_ISREG (status->st_mode))
    return fd;
  g_set_error (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ,
               "%s: cannot read \"%s\": %s", property, path,
               ok ? "it is not a file" : g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Up to size - 1 bytes, a 0 behind them; how many, -1 if they cannot be read. */
static gssize
read_start (int fd, gchar *bytes, gsize size)
{
  gsize n = 0;
  gssize got = 1;

  while (n < size - 1 && got > 0) {
    do
      got = read (fd, bytes + n, size - 1 - n);
    while (got < 0 && errno == EINTR);
    if (got > 0)
      n += (gsize)got;
  }
  bytes[n] = 0;
  return got < 0 ? -1 : (gssize)n;
}

/* In systemd's folder of credentials an access list gives the file to the service; its mask then
 * stands in place of the group. */
static gboolean
others_may_read (const gchar *path, const struct stat *status)
{
  const gchar *folder = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree gchar *here = g_path_get_dirname (path);

  return (status->st_mode & (g_strcmp0 (here, folder) ? 077 : 037)) != 0;
}

gchar *
gst_tfc_mqtt_read_password (const gchar *path, GError **error)
{
  gchar line[MAX_PASSWORD + 2];
  g_autofree gchar *name = g_filename_display_name (path);
  struct stat status;
  const int fd = open_file ("password-file", path, &status, error);
  const gchar *wrong = NULL;
  gchar *password = NULL;
  gboolean open_to_others;
  gssize n;

  if (fd < 0)
    return NULL;
  open_to_others = others_may_read (path, &status);
  n = open_to_others ? 0 : read_start (fd, line, sizeof line);
  close (fd);
  if (open_to_others)
    wrong = "others may read it: it must have mode 600 or 400 (chmod 600)";
  else if (n < 0)
    wrong = "it cannot be read";
  else if (strcspn (line, "\r\n") == 0)
    wrong = "its first line, which is the password, is empty";
  else if (strcspn (line, "\r\n") > MAX_PASSWORD || (gsize)n != strlen (line))
    wrong = "its first line is longer than 1024 bytes, or there is a byte 0 in it";
  if (wrong)
    g_set_error (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                 "password-file: \"%s\": %s", name, wrong);
  else
    password = g_strndup (line, strcspn (line, "\r\n"));
  explicit_bzero (line, sizeof line);
  return password;
}

gboolean
gst_tfc_mqtt_check_certificates (const gchar *path, GError **error)
{
  g_autofree gchar *name = g_filename_display_name (path);
  struct stat status;
  const int fd = open_file ("ca-file", path, &status, error);
  g_autofree gchar *text = NULL;
  gssize n;
  gboolean ok;

  if (fd < 0)
    return FALSE;
  text = g_malloc (MAX_CERTIFICATES + 1);
  n = read_start (fd, text, MAX_CERTIFICATES + 1);
  close (fd);
  ok = n > 0 && status.st_size <= MAX_CERTIFICATES && strstr (text, "-----BEGIN ");
  if (!ok)
    g_set_error (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                 "ca-file: \"%s\" has no certificate in PEM format, or is larger than 1 MiB", name);
  return ok;
}
