/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/soak/level.h"
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

static guint
entries (const gchar *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir && g_dir_read_name (dir))
    n++;
  if (dir)
    g_dir_close (dir);
  return n;
}

static gdouble
resident (void)
{
  glong pages = 0, unused;
  FILE *f = fopen ("/proc/self/statm", "r");

  if (!f || fscanf (f, "%ld %ld", &unused, &pages) != 2)
    g_error ("cannot read /proc/self/statm");
  fclose (f);
  return pages * (sysconf (_SC_PAGESIZE) / 1024.0);
}

Level
level_now (gdouble minutes)
{
  malloc_trim (0);
  struct mallinfo2 m = mallinfo2 ();
  return (Level){.minutes = minutes,
                 .resident = resident (),
                 .heap = (m.uordblks + m.hblkhd) / 1024.0,
                 .files = entries ("/proc/self/fd") - 1, /* less the folder itself */
                 .threads = entries ("/proc/self/task")};
}

Trend
level_trend (const Level *levels, guint from, guint n, gsize offset)
{
  gdouble x = 0, y = 0, xx = 0, xy = 0, rest = 0, slope;
  guint count = n - from;

  if (n < from + 3)
    return (Trend){0};
#define VALUE(i) G_STRUCT_MEMBER (gdouble, &levels[i], offset)
  for (guint i = from; i < n; i++) {
    x += levels[i].minutes / count;
    y += VALUE (i) / count;
  }
  for (guint i = from; i < n; i++) {
    xx += pow (levels[i].minutes - x, 2);
    xy += (levels[i].minutes - x) * (VALUE (i) - y);
  }
  slope = xy / xx;
  for (guint i = from; i < n; i++)
    rest += pow (VALUE (i) - y - slope * (levels[i].minutes - x), 2);
#undef VALUE
  return (Trend){slope, sqrt (rest / (count - 2) / xx)};
}
