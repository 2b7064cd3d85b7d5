/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What operators see: a JSON object, and Prometheus text. */
#include "tools/watch/camera.h"

/* One line, with a line feed at the end (transfer full). seconds: since the program began. */
gchar *watch_status_json (const WatchReport *reports, guint n, gdouble seconds);
/* In the text format of Prometheus, for the textfile collector (transfer full). */
gchar *watch_status_prometheus (const WatchReport *reports, guint n, gdouble seconds);

/* Where the JSON goes: a file that is replaced each time, or a socket; each connection gets the
 * newest object and is closed. */
typedef struct WatchOutput WatchOutput;
/* where: a path or "unix:PATH", NULL: nowhere. NULL: error is set. */
WatchOutput *watch_output_new (const gchar *where, GError **error);
/* Takes text. A file that cannot be written is told once, until it can again. */
void watch_output_set (WatchOutput *output, gchar *text);
void watch_output_free (WatchOutput *output); /* NULL is allowed; the socket is removed */
