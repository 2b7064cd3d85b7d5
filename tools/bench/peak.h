/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The machine's limit: multiply-accumulates a second that the widest instruction of the CPU reaches
 * on registers alone, with as many threads. No network can be faster than the number of them that
 * it really makes by that; convolutions by Winograd's way make fewer than the network is written
 * with. */
#include <glib.h>

typedef enum { PEAK_FLOAT, PEAK_BYTES, N_PEAKS } Peak;

/* Measures for about 0.1 s. bytes: products of 8-bit integers summed in 32 bits. 0 if no instruction for it is
 * known here. */
gdouble peak_measure (Peak peak, guint threads);
/* The same, measured once in a process for each number of threads (at most TFC_POOL_MAX_THREADS).
 * Threads that others keep from running at once do not make the machine slower than one of them
 * finds it. */
gdouble peak_known (Peak peak, guint threads);
