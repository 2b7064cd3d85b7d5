/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Whole small files that a user names. Only regular files are read (a pipe would be waited for), and
 * of those no more than limit bytes, whatever their size is said to be: files of /proc say 0. */
#include <glib.h>

/* A new text of *length bytes with a 0 behind them, to be freed with g_free(). NULL and error set
 * (NOT_FOUND, READ, SETTINGS if it is longer than limit, or MEMORY) with a message that begins with
 * what, "label file", and the path. Any thread. */
gchar *tfc_text_file_read (const gchar *what, const gchar *path, gsize limit, gsize *length,
                           GError **error);
