/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* tfcpublish in a harness, buffers for it, and what it wrote. */
#include <gst/check/gstharness.h>
#include "gst/lib/tfc.h"

/* A running element with properties as gst_parse_launch reads them, after caps of 640 x 480 and a
 * segment. gst_harness_teardown. */
GstHarness *publish_new (const gchar *properties);
/* Frame number i of 25 a second, without metadata. */
GstBuffer *publish_frame (guint i);
/* The same with n persons of the ids first_id, first_id + 1, ... */
GstBuffer *publish_people (guint i, guint n, guint64 first_id);
/* Pushes and takes what comes out; it is the same buffer. */
void publish_push (GstHarness *h, GstBuffer *buffer);
/* End of stream: all lines are out, unless they cannot go out. */
void publish_end (GstHarness *h);

/* A folder of its own below the system's for temporary files; publish_remove_folder removes it with
 * all files in it. g_free. */
gchar *publish_folder (void);
void publish_remove_folder (gchar *folder);
/* Lines of a file; a NULL-terminated array without the last newline, which must be there.
 * g_strfreev. */
gchar **publish_lines (const gchar *path);
/* A counter of the property stats. */
guint64 publish_stat (GstHarness *h, const gchar *name);
/* Value of a member that is a whole number in line; 0: it is not there. */
guint64 publish_number (const gchar *line, const gchar *key);
/* Waits until condition (data), for at most ten seconds; FALSE: it did not come true. */
gboolean publish_wait (gboolean (*condition) (gpointer data), gpointer data);
