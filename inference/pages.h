/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Zeroed memory (a new mapping is). Large ones on large pages, where the system has some to give on
 * request. Not malloc's memory: what it asks for stays asked for after a free, and every small
 * thing that comes to lie there would cost a large page. */
#include <glib.h>

/* At a multiple of TFC_ARENA_ALIGN; NULL if there is none. bytes: a multiple of it too. */
void *tfc_pages_alloc (gsize bytes);
/* As many bytes as were asked for; memory NULL is fine. */
void tfc_pages_free (void *memory, gsize bytes);
