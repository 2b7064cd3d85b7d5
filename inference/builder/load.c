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

typedef struct {
  gboolean (*sniff) (const gchar *head, gsize n);
  gpointer (*open) (const gchar *path, GError **error);
  TfcGraph *(*graph) (gpointer file, const TfcEnds *ends, GError **error);
  void (*each) (gpointer file, TfcSourceFunc *func, gpointer data);
  void (*close) (gpointer file);
} Format;

static const Format formats[] = {
    {is_tflite, tfc_tflite_open, tfc_tflite_graph, tfc_tflite_each, tfc_tflite_close},
    {is_json, tfc_tfjs_open, tfc_tfjs_graph, tfc_tfjs_each, tfc_tfjs_close},
};

struct TfcSource {
  const Format *format;
  gpointer file;
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

static const Format *
find_format (const gchar *path, GError **error)
{
  gchar head[256];
  gsize n = sizeof (head);
  if (!read_head (path, head, &n, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    if (formats[i].sniff (head, n))
      return &formats[i];
  }
  g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT,
               "%s: neither a TFLite model (no TFL3 at byte 4) nor a GraphModel (no JSON object)%s",
               path,
               n >= 4 && !memcmp (head, "PK\3\4", 4)
                   ? "; it is a zip (as .task bundles are): unpack the model that is in it"
                   : "");
  return NULL;
}

TfcSource *
tfc_source_open (const gchar *path, GError **error)
{
  const Format *format = find_format (path, error);
  gpointer file = format ? format->open (path, error) : NULL;
  TfcSource *source = file ? g_new (TfcSource, 1) : NULL;
  if (source)
    *source = (TfcSource){format, file};
  return source;
}

TfcGraph *
tfc_source_graph (TfcSource *source, const TfcEnds *ends, GError **error)
{
  return source->format->graph (source->file, ends, error);
}

void
tfc_source_each (TfcSource *source, TfcSourceFunc *func, gpointer data)
{
  source->format->each (source->file, func, data);
}

void
tfc_source_free (TfcSource *source)
{
  if (source)
    source->format->close (source->file);
  g_free (source);
}

TfcGraph *
tfc_load_with (const gchar *path, const TfcEnds *ends, GError **error)
{
  TfcSource *source = tfc_source_open (path, error);
  TfcGraph *graph = source ? tfc_source_graph (source, ends, error) : NULL;
  tfc_source_free (source);
  return graph;
}

TfcGraph *
tfc_load (const gchar *path, GError **error)
{
  return tfc_load_with (path, NULL, error);
}
