/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The folder of snapshots and clips. Files are named CAMERA-20261130T120000.040Z-EVENT[-PLACE].jpg,
 * a dot before and .part behind while they are written. Only files so named are ever removed, and
 * none outside of the folder: every name is taken relative to its descriptor, and links are not
 * followed. */
#include <glib.h>

typedef struct {
  gint folder, fd; /* descriptors; fd is for the content */
  gchar *name;
} WatchFile;

/* What a file is about. */
typedef struct {
  const gchar *folder, *camera;
  const gchar *event, *place; /* place: a zone or a line, any text, or NULL */
  gint64 time;                /* us since 1970 */
} WatchSubject;

/* extension: "jpg", "mkv", "mp4". FALSE: error is set, nothing is open. */
gboolean watch_file_open (WatchFile *file, const WatchSubject *subject, const gchar *extension,
                          GError **error);
/* Gives it its name, closes it, and removes the oldest files of the folder until all together have
 * at most max_bytes. */
gboolean watch_file_keep (WatchFile *file, guint64 max_bytes, GError **error);
void watch_file_drop (WatchFile *file); /* removes and closes it */
