/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Zeroed memory, from 2 MiB on on large pages where the system has some to give on request: there
 * is less to be got page by page when it is first written. Not malloc's memory then: what that asks
 * for stays asked for after a free, and every small thing that comes to lie there would cost a
 * large page. */
#include <glib.h>

/* At a multiple of 64; NULL if there is none. What is left of the last large page is small ones. */
void *tfc_pages_alloc (gsize bytes);
void tfc_pages_free (void *memory, gsize bytes); /* memory NULL is fine */
