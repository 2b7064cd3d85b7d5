/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A configuration: groups [all] and [camera NAME], lines key=value, comments after # at the start
 * of a line. Files are hostile: bounded below, and everything that is wrong is told with its line.
 */
#include "tools/watch/keys.h"

#define WATCH_MAX_BYTES (1 << 20) /* of a file */
#define WATCH_MAX_LINE 8192       /* bytes of a line */
#define WATCH_MAX_CAMERAS 256
#define WATCH_MAX_MISTAKES 100 /* that are told */
#define WATCH_MAX_NAME 64      /* bytes of a camera's name: A-Z a-z 0-9 _ - */

typedef struct {
  gchar *text; /* NULL: not set, and no default */
  guint line;  /* 0: the default */
} WatchValue;

/* What one camera is told to do; counted, constant once the file is read. */
typedef struct {
  gchar *name;
  guint line;
  WatchValue values[WATCH_N_KEYS]; /* [all] and defaults filled in, {camera} replaced by the name */
  gchar *user, *password;          /* of the camera, or NULL; never printed */
  gchar *stamp;                    /* of the files that it names: other when one has changed */
} WatchSettings;

typedef struct {
  WatchValue all[WATCH_N_KEYS];
  GPtrArray *cameras; /* WatchSettings*, in the order of the file */
} WatchConfig;

typedef struct {
  guint line; /* from 1; 0: the whole file */
  gchar *text;
} WatchMistake;

/* The text alone, no file is looked at. Never NULL: what is wrong was left out and is in mistakes
 * (WatchMistake*, sorted by line, each once). */
WatchConfig *watch_config_parse (const gchar *text, gsize size, GPtrArray *mistakes);
/* Reads a file, and looks at the files, folders and variables that it names. */
WatchConfig *watch_config_load (const gchar *path, GPtrArray *mistakes);
void watch_config_free (WatchConfig *config); /* NULL is allowed */

/* For mistakes; watch_mistake takes text. */
GPtrArray *watch_mistakes_new (void);
void watch_mistake (GPtrArray *mistakes, guint line, gchar *text);
void watch_mistakes_sort (GPtrArray *mistakes);

/* Takes name. */
WatchSettings *watch_settings_new (gchar *name, guint line);
WatchSettings *watch_settings_ref (WatchSettings *settings);
void watch_settings_unref (WatchSettings *settings);
/* Whether both do the same. */
gboolean watch_settings_equal (const WatchSettings *a, const WatchSettings *b);
const gchar *watch_text (const WatchSettings *settings, WatchKeyId key); /* or NULL */
gboolean watch_flag (const WatchSettings *settings, WatchKeyId key);
gint watch_integer (const WatchSettings *settings, WatchKeyId key); /* 0 if it has none */
gboolean watch_choice (const WatchSettings *settings, WatchKeyId key, const gchar *choice);
