/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "inference/tfjs/reader.h"

#define MAX_SHARDS 1024
#define MAX_NAME 4096 /* what a path can be, about */

typedef struct {
  gchar *path;
  const gchar *name;
  gsize size;
} File;

static void
file_clear (gpointer file)
{
  g_free (((File *)file)->path);
}

static gboolean
cannot_read (TfjsLoad *l, const gchar *name, gint code)
{
  GError *why = g_error_new_literal (G_FILE_ERROR, g_file_error_from_errno (code), "");
  tfc_builder_fail (&l->b, tfc_error_of_file (why), "weight shard %s: %s", name, g_strerror (code));
  g_error_free (why);
  return FALSE;
}

/* Beside model.json or below it, nowhere else. "./x" is how some exporters write "x". */
static gboolean
plain_name (const gchar *name)
{
  gchar **parts;
  gboolean plain = TRUE, here = FALSE;
  if (!name || !*name || g_path_is_absolute (name) || strchr (name, '\\') || strstr (name, "://"))
    return FALSE;
  parts = g_strsplit (name, "/", -1);
  for (guint i = 0; parts[i]; i++) {
    here = !strcmp (parts[i], ".");
    plain = plain && *parts[i] && strcmp (parts[i], "..");
  }
  g_strfreev (parts);
  return plain && !here;
}

static gboolean
find_file (TfjsLoad *l, const gchar *name, GArray *files)
{
  gchar *folder = g_path_get_dirname (l->b.file);
  File file = {g_build_filename (folder, name, NULL), name, 0};
  GStatBuf s;
  g_free (folder);
  g_array_append_val (files, file);
  if (g_stat (file.path, &s) != 0)
    return cannot_read (l, name, errno);
  if (!S_ISREG (s.st_mode))
    return cannot_read (l, name, S_ISDIR (s.st_mode) ? EISDIR : ENODEV);
  g_array_index (files, File, files->len - 1).size = s.st_size;
  return TRUE;
}

static gboolean
find_files (TfjsLoad *l, const cJSON *paths, GArray *files)
{
  const cJSON *path;
  cJSON_ArrayForEach (path, paths) {
    const gchar *name = cJSON_GetStringValue (path);
    if (name && strlen (name) > MAX_NAME)
      return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT,
                               "the name of a weight shard has more than %d bytes", MAX_NAME);
    if (!plain_name (name))
      return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT,
                               "weight shard '%s' does not lie beside the model", name ? name : "");
    if (l->n_shards++ >= MAX_SHARDS)
      return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "more than %d weight shards", MAX_SHARDS);
    if (!find_file (l, name, files))
      return FALSE;
  }
  return TRUE;
}

/* Maps the file to this place, which is ours. */
static gboolean
map_file (TfjsLoad *l, const File *file, guint8 *place)
{
  gint fd = g_open (file->path, O_RDONLY | O_CLOEXEC, 0);
  struct stat s;
  gboolean ok = fd >= 0 && fstat (fd, &s) == 0;
  if (ok && (gsize)s.st_size != file->size) {
    close (fd);
    return tfc_builder_fail (&l->b, TFC_ERROR_READ, "weight shard %s is being changed", file->name);
  }
  ok = ok && mmap (place, file->size, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0) != MAP_FAILED;
  if (!ok)
    cannot_read (l, file->name, errno);
  if (fd >= 0)
    close (fd);
  return ok;
}

typedef struct {
  void *at;
  gsize size;
} Mapping;

static void
unmap (gpointer data)
{
  Mapping *m = data;
  munmap (m->at, m->size);
  g_free (m);
}

/* Files of so many bytes in all, one right behind the other, and a page of zeros behind them. */
static gboolean
map_run (TfjsLoad *l, const File *files, guint n, TfjsShard *shard, gsize bytes)
{
  gsize size = bytes + 2 * (gsize)sysconf (_SC_PAGESIZE), at = 0;
  guint8 *place = mmap (NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  Mapping *m;
  if (place == MAP_FAILED)
    return cannot_read (l, files->name, ENOMEM);
  m = g_new (Mapping, 1);
  *m = (Mapping){place, size};
  shard->bytes = g_bytes_new_with_free_func (place, bytes, unmap, m);
  g_array_append_val (l->shards, *shard);
  tfc_graph_keep_file (l->b.graph, shard->bytes);
  for (guint i = 0; i < n; at += files[i++].size) {
    if (files[i].size && !map_file (l, &files[i], place + at))
      return FALSE;
  }
  return TRUE;
}

/* As many files as can lie behind each other: all but the last are whole pages. */
static gboolean
map_files (TfjsLoad *l, const File *files, guint n, guint group)
{
  const gsize page = sysconf (_SC_PAGESIZE);
  TfjsShard shard = {.group = group};
  for (guint i = 0; i < n; i++) {
    gsize bytes = files[i].size;
    guint first = i;
    while (i + 1 < n && bytes % page == 0)
      bytes += files[++i].size;
    if (bytes && !map_run (l, files + first, i + 1 - first, &shard, bytes))
      return FALSE;
    shard.offset += bytes;
  }
  return TRUE;
}

gboolean
tfjs_map_shards (TfjsLoad *l, const cJSON *paths, guint group, gsize wanted)
{
  GArray *files = g_array_new (FALSE, FALSE, sizeof (File));
  gsize there = 0;
  gboolean ok;
  g_array_set_clear_func (files, file_clear);
  ok = find_files (l, paths, files);
  for (guint i = 0; ok && i < files->len; i++) {
    if (!g_size_checked_add (&there, there, g_array_index (files, File, i).size))
      there = G_MAXSIZE;
  }
  if (ok && wanted != there)
    ok = tfc_builder_fail (&l->b, TFC_ERROR_FORMAT,
                           "the weight shards of group %u hold %" G_GSIZE_FORMAT
                           " bytes, the manifest wants %" G_GSIZE_FORMAT,
                           group, there, wanted);
  ok = ok && map_files (l, (File *)(gpointer)files->data, files->len, group);
  g_array_unref (files);
  return ok;
}
