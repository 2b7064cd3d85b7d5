/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/load.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
is_tflite (const gchar *head, gsize n)
{
  return n >= 8 && memcmp (head + 4, "TFL3", 4) == 0;
}

static gboolean
is_json (const gchar *head, gsize n)
{
  gsize at = n >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  while (at < n && g_ascii_isspace (head[at]))
    at++;
  return at < n && head[at] == '{';
}

static const struct {
  gboolean (*sniff) (const gchar *head, gsize n);
  TfcGraph *(*load) (const gchar *path, const TfcEnds *ends, GError **error);
} formats[] = {
    {is_tflite, tfc_load_tflite_with},
    {is_json, tfc_load_tfjs_with},
};

/* A pipe is not waited for. */
static FILE *
open_regular (const gchar *path)
{
  const gint fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  struct stat st;
  FILE *file = NULL;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &st) != 0 || !(file = fdopen (fd, "rb"))) {
    close (fd);
    return NULL;
  }
  if (S_ISREG (st.st_mode) || S_ISDIR (st.st_mode)) /* a directory says so when it is read */
    return file;
  fclose (file);
  errno = 0;
  return NULL;
}

/* The first bytes of the file into head; FALSE with error set. */
static gboolean
read_head (const gchar *path, gchar *head, gsize *n, GError **error)
{
  FILE *file = open_regular (path);
  gboolean ok = file != NULL;
  errno = ok ? 0 : errno;
  if (ok) {
    *n = fread (head, 1, *n, file);
    ok = !ferror (file);
  }
  if (!ok) {
    gint code = errno == ENOENT || errno == ENOTDIR ? TFC_ERROR_NOT_FOUND : TFC_ERROR_READ;
    g_set_error (error, TFC_ERROR, code, "%s: %s", path,
                 errno ? g_strerror (errno) : "no regular file");
  }
  if (file)
    fclose (file);
  return ok;
}

TfcGraph *
tfc_load (const gchar *path, GError **error)
{
  return tfc_load_with (path, NULL, error);
}

TfcGraph *
tfc_load_with (const gchar *path, const TfcEnds *ends, GError **error)
{
  gchar head[256];
  gsize n = sizeof (head);
  if (!read_head (path, head, &n, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    if (formats[i].sniff (head, n))
      return formats[i].load (path, ends, error);
  }
  g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT,
               "%s: neither a TFLite model (no TFL3 at byte 4) nor a GraphModel (no JSON object)%s",
               path,
               n >= 4 && !memcmp (head, "PK\3\4", 4)
                   ? "; it is a zip (as .task bundles are): unpack the model that is in it"
                   : "");
  return NULL;
}
