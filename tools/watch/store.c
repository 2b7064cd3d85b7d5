/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/watch/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>

#define PLACE_BYTES 32
#define TRIES 8
#define PART_SECONDS 3600 /* what is still a part after this is left over */
#define OWN_NAMES                                                     \
  "^(?<dot>\\.?)[A-Za-z0-9_-]{1,64}-(?<time>\\d{8}T\\d{6}\\.\\d{3}Z)" \
  "-(enter|leave|cross|loiter|count)(-[A-Za-z0-9_]{1,32})?\\.(jpg|mkv|mp4)(?<part>(\\.part)?)$"

static gboolean
fail (GError **error, const gchar *what)
{
  const gint code = errno;
  g_set_error (error, G_IO_ERROR, (gint)g_io_error_from_errno (code), "%s: %s", what,
               g_strerror (code));
  return FALSE;
}

static gchar *
plain (const gchar *place)
{
  gchar *text = g_strndup (place, PLACE_BYTES);
  for (gchar *c = text; *c; c++)
    *c = g_ascii_isalnum (*c) ? *c : '_';
  return text;
}

static gchar *
name_of (const WatchSubject *s, const gchar *extension, guint later)
{
  const gint64 ms = s->time / 1000 + later;
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (ms / 1000);
  g_autofree gchar *seconds = g_date_time_format (at, "%Y%m%dT%H%M%S");
  g_autofree gchar *place = s->place && *s->place ? plain (s->place) : NULL;
  return g_strdup_printf ("%s-%s.%03dZ-%s%s%s.%s", s->camera, seconds, (gint)(ms % 1000), s->event,
                          place ? "-" : "", place ? place : "", extension);
}

static gchar *
part_of (const gchar *name)
{
  return g_strconcat (".", name, ".part", NULL);
}

/* Two events of a camera within a millisecond get different names. */
static gint
create (WatchFile *file, const WatchSubject *subject, const gchar *extension)
{
  gint fd = -1;
  for (guint later = 0; fd < 0 && later < TRIES; later++) {
    g_autofree gchar *part = NULL;
    g_free (file->name);
    file->name = name_of (subject, extension, later);
    part = part_of (file->name);
    if (faccessat (file->folder, file->name, F_OK, AT_SYMLINK_NOFOLLOW) < 0)
      fd = openat (file->folder, part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
    if (fd < 0 && errno != EEXIST && errno != 0)
      break;
  }
  return fd;
}

gboolean
watch_file_open (WatchFile *file, const WatchSubject *subject, const gchar *extension,
                 GError **error)
{
  *file = (WatchFile){.fd = -1};
  file->folder = open (subject->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file->folder < 0)
    return fail (error, subject->folder);
  errno = 0;
  file->fd = create (file, subject, extension);
  if (file->fd >= 0)
    return TRUE;
  fail (error, file->name);
  close (file->folder);
  g_clear_pointer (&file->name, g_free);
  return FALSE;
}

static void
close_file (WatchFile *file)
{
  close (file->fd);
  close (file->folder);
  g_clear_pointer (&file->name, g_free);
}

void
watch_file_drop (WatchFile *file)
{
  g_autofree gchar *part = part_of (file->name);
  unlinkat (file->folder, part, 0);
  close_file (file);
}

/* ---- the size of the folder ---- */

typedef struct {
  gchar *time, *name;
  guint64 bytes;
} Stored;

static void
stored_free (gpointer data)
{
  Stored *s = data;
  g_free (s->time);
  g_free (s->name);
  g_free (s);
}

static gint
by_time (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Stored *const *)a)->time, (*(Stored *const *)b)->time);
}

/* NULL: the name is none of ours, or somebody writes to it. */
static Stored *
look_at (gint folder, const gchar *name, const GRegex *names)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree gchar *part = NULL;
  struct stat at;
  Stored *stored;
  if (!g_utf8_validate (name, -1, NULL) || !g_regex_match (names, name, 0, &match) ||
      fstatat (folder, name, &at, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG (at.st_mode))
    return NULL;
  part = g_match_info_fetch_named (match, "part");
  if (part && *part && at.st_mtime > g_get_real_time () / G_USEC_PER_SEC - PART_SECONDS)
    return NULL;
  stored = g_new (Stored, 1);
  *stored =
      (Stored){g_match_info_fetch_named (match, "time"), g_strdup (name), (guint64)at.st_size};
  return stored;
}

static GPtrArray *
list (gint folder, const GRegex *names, guint64 *bytes)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (stored_free);
  const gint copy = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = copy < 0 ? NULL : fdopendir (copy);
  const struct dirent *entry;
  while (dir && (entry = readdir (dir))) {
    Stored *stored = look_at (folder, entry->d_name, names);
    if (!stored)
      continue;
    *bytes += stored->bytes;
    g_ptr_array_add (all, stored);
  }
  if (dir)
    closedir (dir);
  else if (copy >= 0)
    close (copy);
  g_ptr_array_sort (all, by_time);
  return all;
}

/* The newest file stays, however large it is. */
static void
prune (gint folder, guint64 max_bytes)
{
  g_autoptr (GRegex) names = g_regex_new (OWN_NAMES, 0, 0, NULL);
  guint64 bytes = 0;
  g_autoptr (GPtrArray) all = list (folder, names, &bytes);
  for (guint i = 0; i + 1 < all->len && bytes > max_bytes; i++) {
    const Stored *s = g_ptr_array_index (all, i);
    if (unlinkat (folder, s->name, 0) == 0)
      bytes -= s->bytes;
  }
}

gboolean
watch_file_keep (WatchFile *file, guint64 max_bytes, GError **error)
{
  g_autofree gchar *part = part_of (file->name);
  if (renameat (file->folder, part, file->folder, file->name) < 0) {
    fail (error, file->name);
    watch_file_drop (file);
    return FALSE;
  }
  prune (file->folder, max_bytes);
  close_file (file);
  return TRUE;
}
