/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/pipeline/memory.h"

#include <stdio.h>
#include <unistd.h>

double
memory_mb (void)
{
  FILE *file = fopen ("/proc/self/statm", "r");
  long pages = 0;
  if (!file)
    return 0;
  if (fscanf (file, "%*d %ld", &pages) != 1)
    pages = 0;
  fclose (file);
  return pages * (double)sysconf (_SC_PAGESIZE) / (1 << 20);
}
