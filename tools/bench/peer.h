/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One peer at work: a child process that answers lines (tools/bench/peers/README.md). It runs on the CPUs
 * that this process may use. One thread at a time. */
#include "inference/error.h"

typedef struct Peer Peer;

/* The programs in folder that list names, with commas between; "all": all of them. Full paths, in
 * alphabetical order for "all"; "bare" is passed over. NULL with error set (SETTINGS) if one is not there.
 * g_ptr_array_unref. */
GPtrArray *peer_find (const gchar *folder, const gchar *list, GError **error);

/* Starts program and waits until it is ready. NULL with error set: UNSUPPORTED with its reason if it skips,
 * else RUN. */
Peer *peer_new (const gchar *program, const gchar *task, const gchar *model, const gchar *folder,
                guint threads, GError **error);
/* NULL is allowed. The child's input ends; it may tidy up for ten seconds before it is ended. */
void peer_free (Peer *peer);
/* Name and version as it says. */
const gchar *peer_version (const Peer *peer);
/* One turn, in the peer's own nanoseconds by the clock, or of CPU time of all its threads; -1 with error set
 * (RUN). */
gint64 peer_run (Peer *peer, gboolean cpu, GError **error);
/* FALSE with error set (RUN). */
gboolean peer_sum (Peer *peer, gdouble *sum, GError **error);
