/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* XNNPACK as it is on a CPU that has no more than a set of features. */
#include <glib.h>

/* Before XNNPACK is used in this process: it takes no instruction beyond the set of that name. FALSE if it uses all that the
 * CPU has: it is not asked to do otherwise, or the header of the library that it asks about the CPU, cpuinfo.h, was missing
 * when this was built. */
gboolean xnnpack_limit (const gchar *set);
