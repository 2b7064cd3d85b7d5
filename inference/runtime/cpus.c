/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define _GNU_SOURCE
#include "inference/runtime/cpus.h"
#include "inference/runtime/affinity.h"

#include <string.h>
#include <unistd.h>

#define MAX_CACHES 8
#define LEAST_CACHE ((gsize)128 << 10)
#define USUAL_CACHE ((gsize)1 << 20)

static guint
rounded_up (gint64 quota, gint64 period)
{
  if (quota <= 0 || period <= 0)
    return G_MAXUINT;
  return (guint)MIN ((quota - 1) / period + 1, G_MAXINT);
}

static gchar *
contents (const gchar *folder, const gchar *name)
{
  g_autofree gchar *path = g_build_filename (folder, name, NULL);
  gchar *text = NULL;
  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

/* "150000 100000"; "max 100000" */
static guint
read_max (const gchar *folder)
{
  g_autofree gchar *text = contents (folder, "cpu.max");
  gchar *end = NULL;
  const gint64 quota = text ? g_ascii_strtoll (text, &end, 10) : 0;
  return end == text || !end ? G_MAXUINT : rounded_up (quota, g_ascii_strtoll (end, NULL, 10));
}

/* "-1": none */
static guint
read_cfs (const gchar *folder)
{
  g_autofree gchar *quota = contents (folder, "cpu.cfs_quota_us");
  g_autofree gchar *period = contents (folder, "cpu.cfs_period_us");
  return quota && period
             ? rounded_up (g_ascii_strtoll (quota, NULL, 10), g_ascii_strtoll (period, NULL, 10))
             : G_MAXUINT;
}

/* The least from path up to mount itself. */
static guint
least_above (const gchar *mount, const gchar *path, guint (*read) (const gchar *folder))
{
  g_autofree gchar *group = g_strdup (path);
  guint least = G_MAXUINT;
  for (gchar *end; group; *end = 0) {
    g_autofree gchar *folder = g_build_filename (mount, group, NULL);
    least = MIN (least, read (folder));
    end = strrchr (group, '/');
    if (!end)
      break;
  }
  return least;
}

static gboolean
names_cpu (const gchar *controllers)
{
  g_auto (GStrv) names = g_strsplit (controllers, ",", -1);
  return g_strv_contains ((const gchar *const *)names, "cpu");
}

/* "hierarchy:controllers:path" */
static guint
read_group (const gchar *root, const gchar *line)
{
  g_auto (GStrv) part = g_strsplit (line, ":", 3);
  if (g_strv_length (part) < 3 || strstr (part[2], ".."))
    return G_MAXUINT;
  if (!*part[1])
    return least_above (root, part[2], read_max);
  if (!names_cpu (part[1]))
    return G_MAXUINT;
  g_autofree gchar *own = g_build_filename (root, part[1], NULL);
  g_autofree gchar *cpu = g_build_filename (root, "cpu", NULL);
  const guint least = least_above (own, part[2], read_cfs);
  return strcmp (own, cpu) ? MIN (least, least_above (cpu, part[2], read_cfs)) : least;
}

guint
tfc_cpus_of_quota (const gchar *root, const gchar *groups)
{
  g_auto (GStrv) lines = g_strsplit (groups, "\n", -1);
  guint least = G_MAXUINT;
  for (guint i = 0; lines[i]; i++)
    least = MIN (least, read_group (root, lines[i]));
  return least;
}

static gpointer
read_quota (gpointer unused)
{
  g_autofree gchar *groups = contents ("/proc/self", "cgroup");
  return GUINT_TO_POINTER (groups ? tfc_cpus_of_quota ("/sys/fs/cgroup", groups) : G_MAXUINT);
}

guint
tfc_cpus_usable (void)
{
  static GOnce once = G_ONCE_INIT;
  const guint quota = GPOINTER_TO_UINT (g_once (&once, read_quota, NULL));
  return MAX (1, MIN (quota, tfc_affinity_cpus ()));
}

/* "1024K" */
static gsize
size_of (const gchar *text)
{
  gchar *end;
  const guint64 n = g_ascii_strtoull (text, &end, 10);
  const guint shift = *end == 'K' ? 10 : *end == 'M' ? 20 : 0;
  return n <= G_MAXUINT32 ? (gsize)n << shift : 0;
}

gsize
tfc_cpus_cache_of (const gchar *folder)
{
  gsize found = 0;
  for (guint i = 0; i < MAX_CACHES && !found; i++) {
    g_autofree gchar *index = g_strdup_printf ("%s/index%u", folder, i);
    g_autofree gchar *level = contents (index, "level"), *size = contents (index, "size");
    if (level && size && g_ascii_strtoull (level, NULL, 10) == 2)
      found = size_of (size);
  }
  return found;
}

static gpointer
read_cache (gpointer unused)
{
  gsize bytes = 0;
#ifdef _SC_LEVEL2_CACHE_SIZE
  bytes = (gsize)MAX (sysconf (_SC_LEVEL2_CACHE_SIZE), 0);
#endif
  if (!bytes)
    bytes = tfc_cpus_cache_of ("/sys/devices/system/cpu/cpu0/cache");
  return GSIZE_TO_POINTER (bytes ? MAX (bytes, LEAST_CACHE) : USUAL_CACHE);
}

gsize
tfc_cpus_cache_bytes (void)
{
  static GOnce once = G_ONCE_INIT;
  return GPOINTER_TO_SIZE (g_once (&once, read_cache, NULL));
}
