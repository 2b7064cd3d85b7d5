/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* How many CPUs this process may use, and what their caches hold. */
#include <glib.h>

/* Bytes of a CPU's second cache, read once; 1 MiB where the system does not say. */
gsize tfc_cpus_cache_bytes (void);
/* The same of a folder as /sys/devices/system/cpu/cpu0/cache; 0: it does not say. */
gsize tfc_cpus_cache_of (const gchar *folder);

/* At least 1: those of the process's affinity mask, and no more than its control groups give it time for
 * (tfc_cpus_of_quota, read once). The mask is that of the main thread and of the caller together: a thread that
 * an application ties to one CPU does not speak for the process. */
guint tfc_cpus_usable (void);

/* How many CPUs the quotas of a process's control groups are worth, rounded up; the least of its own and all
 * above it, of both versions (cpu.max; cpu.cfs_quota_us and cpu.cfs_period_us). G_MAXUINT: no limit, or none
 * that can be read. root: where they are mounted, /sys/fs/cgroup. groups: what /proc/self/cgroup says, lines of
 * "0::/path" (version 2) and "4:cpu,cpuacct:/path" (version 1). A path that is not below root, as in a
 * container that sees its own group there, counts as far as it is there. */
guint tfc_cpus_of_quota (const gchar *root, const gchar *groups);
