/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Zeroed memory that is going to be written from end to end, got from the system in few pieces: a fault for each
 * page is what filling it would wait for. As many large pages as it fills, where the system has some to give on
 * request, each when it is first written, and one more for the rest where at most an eighth of the whole is not used then: a large page costs
 * as much as two dozen small ones. The pages behind them, or all of less, come in one
 * call, where the system can do that (Linux 5.14). From two pages on it is not malloc's memory: what that
 * asks for stays asked for after a free, and every small thing that comes to lie there would cost a
 * large page. So what is freed goes back to the system at once: there is no need to trim the heap
 * of whoever the library works for. */
#include <glib.h>

/* At a multiple of 64; NULL if there is none. */
void *tfc_large_alloc (gsize bytes);
void tfc_large_free (void *memory, gsize bytes); /* memory NULL is allowed */
