/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What the quotas of control groups leave of the CPUs, both versions, and how large a cache is: in
 * trees made here. */
#include "inference/runtime/cpus.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  const gchar *path, *text;
} File;

typedef struct {
  const gchar *name;
  const gchar *groups; /* /proc/self/cgroup */
  File files[6];
  guint cpus;
} Row;

static const Row rows[] = {
    {"none", "0::/user.slice\n", {{0}}, G_MAXUINT},
    {"no-groups", "", {{"cpu.max", "100000 100000\n"}}, G_MAXUINT},
    {"unlimited", "0::/a\n", {{"a/cpu.max", "max 100000\n"}}, G_MAXUINT},
    {"two", "0::/a\n", {{"a/cpu.max", "200000 100000\n"}}, 2},
    {"half", "0::/a\n", {{"a/cpu.max", "50000 100000\n"}}, 1},
    {"one-and-a-half", "0::/a\n", {{"a/cpu.max", "150000 100000\n"}}, 2},
    {"short-period", "0::/a\n", {{"a/cpu.max", "30001 10000\n"}}, 4},
    {"own-group-is-root", "0::/\n", {{"cpu.max", "300000 100000\n"}}, 3},
    {"above",
     "0::/a/b/c\n",
     {{"a/cpu.max", "100000 100000\n"},
      {"a/b/cpu.max", "max 100000\n"},
      {"a/b/c/cpu.max", "400000 100000\n"}},
     1},
    {"beside",
     "0::/a/b\n",
     {{"a/b/cpu.max", "300000 100000\n"}, {"a/c/cpu.max", "1000 100000\n"}},
     3},
    {"path-of-the-host", "0::/docker/0123\n", {{"cpu.max", "200000 100000\n"}}, 2},
    {"version-1",
     "4:memory:/m\n3:cpu,cpuacct:/a\n",
     {{"cpu,cpuacct/a/cpu.cfs_quota_us", "250000\n"},
      {"cpu,cpuacct/a/cpu.cfs_period_us", "100000\n"}},
     3},
    {"version-1-unlimited",
     "3:cpu,cpuacct:/a\n",
     {{"cpu,cpuacct/a/cpu.cfs_quota_us", "-1\n"}, {"cpu,cpuacct/a/cpu.cfs_period_us", "100000\n"}},
     G_MAXUINT},
    {"version-1-above-by-link",
     "3:cpuacct,cpu:/docker/0123\n",
     {{"cpu/cpu.cfs_quota_us", "100000\n"}, {"cpu/cpu.cfs_period_us", "100000\n"}},
     1},
    {"both",
     "3:cpu:/a\n0::/a\n",
     {{"cpu/a/cpu.cfs_quota_us", "300000\n"},
      {"cpu/a/cpu.cfs_period_us", "100000\n"},
      {"a/cpu.max", "200000 100000\n"}},
     2},
    {"not-cpu",
     "3:cpuset:/a\n",
     {{"cpuset/a/cpu.cfs_quota_us", "1\n"}, {"cpuset/a/cpu.cfs_period_us", "1\n"}},
     G_MAXUINT},
    {"empty-file", "0::/a\n", {{"a/cpu.max", ""}}, G_MAXUINT},
    {"no-period", "0::/a\n", {{"a/cpu.max", "1000\n"}}, G_MAXUINT},
    {"zero-period", "0::/a\n", {{"a/cpu.max", "1000 0\n"}}, G_MAXUINT},
    {"text", "0::/a\n", {{"a/cpu.max", "lots of it\n"}}, G_MAXUINT},
    {"huge", "0::/a\n", {{"a/cpu.max", "9223372036854775807 1\n"}}, G_MAXINT},
    {"upwards", "0::/a/../..\n", {{"cpu.max", "1000 1000\n"}}, G_MAXUINT},
    {"broken-lines", "nonsense\n:\n0:\n::\n0::/a\n", {{"a/cpu.max", "100000 100000\n"}}, 1},
};

static void
remove_tree (const gchar *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  for (const gchar *name; dir && (name = g_dir_read_name (dir));) {
    g_autofree gchar *below = g_build_filename (path, name, NULL);
    remove_tree (below);
  }
  g_clear_pointer (&dir, g_dir_close);
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
write_file (const gchar *root, const File *file)
{
  g_autofree gchar *path = g_build_filename (root, file->path, NULL);
  g_autofree gchar *folder = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, file->text, -1, NULL));
}

static void
test_quota (gconstpointer data)
{
  const Row *row = data;
  g_autofree gchar *root = g_dir_make_tmp ("tfc-cgroup-XXXXXX", NULL);
  g_assert_nonnull (root);
  for (guint i = 0; i < G_N_ELEMENTS (row->files) && row->files[i].path; i++)
    write_file (root, &row->files[i]);
  g_assert_cmpuint (tfc_cpus_of_quota (root, row->groups), ==, row->cpus);
  remove_tree (root);
}

/* The second cache of data, wherever it stands in the list. */
static void
test_cache (void)
{
  static const struct {
    File files[6];
    gsize bytes;
  } caches[] = {
      {{{0}}, 0},
      {{{"index0/level", "1\n"}, {"index0/size", "48K\n"}}, 0},
      {{{"index0/level", "1\n"},
        {"index0/size", "48K\n"},
        {"index2/level", "2\n"},
        {"index2/size", "1024K\n"}},
       1 << 20},
      {{{"index3/level", "2\n"}, {"index3/size", "2M\n"}}, 2 << 20},
      {{{"index1/level", "2\n"}, {"index1/size", "524288\n"}}, 512 << 10},
      {{{"index1/level", "2\n"}, {"index1/size", "99999999999999999999K\n"}}, 0},
      {{{"index1/level", "2\n"}}, 0},
  };
  for (guint k = 0; k < G_N_ELEMENTS (caches); k++) {
    g_autofree gchar *root = g_dir_make_tmp ("tfc-cache-XXXXXX", NULL);
    g_assert_nonnull (root);
    for (guint i = 0; i < G_N_ELEMENTS (caches[k].files) && caches[k].files[i].path; i++)
      write_file (root, &caches[k].files[i]);
    g_assert_cmpuint (tfc_cpus_cache_of (root), ==, caches[k].bytes);
    remove_tree (root);
  }
  g_assert_cmpuint (tfc_cpus_cache_bytes (), >=, 128 << 10);
}

static void
test_usable (void)
{
  g_assert_cmpuint (tfc_cpus_usable (), >=, 1);
  g_assert_cmpuint (tfc_cpus_usable (), <=, g_get_num_processors ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path = g_strconcat ("/cpus/quota/", rows[i].name, NULL);
    g_test_add_data_func (path, &rows[i], test_quota);
  }
  g_test_add_func ("/cpus/cache", test_cache);
  g_test_add_func ("/cpus/usable", test_usable);
  return g_test_run ();
}
