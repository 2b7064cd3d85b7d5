/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/files/text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inference/error.h"

#define FIRST_BYTES 4096

typedef struct {
  const gchar *what, *path;
  GError **error;
} Said;

static gchar *
fail (const Said *said, gint code, const gchar *why)
{
  g_set_error (said->error, TFC_ERROR, code, "%s '%s' %s", said->what, said->path, why);
  return NULL;
}

static gchar *
fail_errno (const Said *said)
{
  gchar *why = g_strdup_printf ("cannot be read: %s", g_strerror (errno));

  if (errno == ENOENT || errno == ENOTDIR)
    fail (said, TFC_ERROR_NOT_FOUND, "is not there");
  else
    fail (said, TFC_ERROR_READ, why);
  g_free (why);
  return NULL;
}

static gchar *
too_long (const Said *said, gsize limit)
{
  gchar *why = g_strdup_printf ("is too long (more than %" G_GSIZE_FORMAT " bytes)", limit);

  fail (said, TFC_ERROR_SETTINGS, why);
  g_free (why);
  return NULL;
}

/* Up to its end, or NULL when it has none within limit. */
static gchar *
read_whole (const Said *said, gint fd, gsize limit, gsize first, gsize *length)
{
  gchar *text = NULL, *longer;
  gssize n = 1;

  *length = 0;
  for (gsize room = first; n != 0; room = MIN (2 * room, limit + 1)) {
    longer = g_try_realloc (text, room + 1);
    if (!longer) {
      g_free (text);
      return fail (said, TFC_ERROR_MEMORY, "does not fit into memory");
    }
    text = longer;
    while (*length < room && n != 0) {
      do
        n = read (fd, text + *length, room - *length);
      while (n < 0 && errno == EINTR);
      if (n < 0 || *length + (gsize)n > limit) {
        g_free (text);
        return n < 0 ? fail_errno (said) : too_long (said, limit);
      }
      *length += (gsize)n;
    }
  }
  text[*length] = 0;
  return text;
}

gchar *
tfc_text_file_read (const gchar *what, const gchar *path, gsize limit, gsize *length,
                    GError **error)
{
  const Said said = {what, path, error};
  const gint fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  struct stat st;
  gchar *text;

  if (fd < 0)
    return fail_errno (&said);
  if (fstat (fd, &st) != 0)
    text = fail_errno (&said);
  else if (!S_ISREG (st.st_mode))
    text = fail (&said, TFC_ERROR_READ, "is no regular file");
  else if ((guint64)st.st_size > limit)
    text = too_long (&said, limit);
  else
    text = read_whole (&said, fd, limit, MAX ((gsize)st.st_size + 1, FIRST_BYTES), length);
  close (fd);
  return text;
}
