/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The keys of a configuration file: one table, from which files are read and checked, elements are
 * set, and the help is printed. */
#include <glib.h>

typedef enum {
  WATCH_URI,
  WATCH_SUBSTREAM,
  WATCH_USERNAME,
  WATCH_PASSWORD_FILE,
  WATCH_PASSWORD_ENV,
  WATCH_TLS_CA_FILE,
  WATCH_TLS_NAME_CHECK,
  WATCH_TRANSPORT,
  WATCH_LATENCY,
  WATCH_CONNECT_TIMEOUT,
  WATCH_STALL,
  WATCH_BACKOFF_MAX,
  WATCH_AT_END,
  WATCH_DECODER,
  WATCH_KEY_FRAMES_ONLY,
  WATCH_DETECT,
  WATCH_BASE_MODEL,
  WATCH_MODEL_FILE,
  WATCH_LABEL_FILE,
  WATCH_SCORE_THRESHOLD,
  WATCH_MAX_DETECTIONS,
  WATCH_ROI,
  WATCH_REGIONS,
  WATCH_FULL_EVERY,
  WATCH_MOTION_GATE,
  WATCH_GATE_MAX,
  WATCH_FACES,
  WATCH_MAX_FACES,
  WATCH_POSE,
  WATCH_POSE_MODEL,
  WATCH_HANDS,
  WATCH_INTERVAL,
  WATCH_MODE,
  WATCH_TRACKING,
  WATCH_TRACK_MAX_AGE,
  WATCH_TRACK_MIN_HITS,
  WATCH_BACKEND,
  WATCH_THREADS,
  WATCH_MODEL_PATH,
  WATCH_ZONES_FILE,
  WATCH_ZONES,
  WATCH_PUBLISH,
  WATCH_WHEN,
  WATCH_EVERY,
  WATCH_INCLUDE,
  WATCH_UNITS,
  WATCH_PUBLISH_MAX_BYTES,
  WATCH_TOPIC,
  WATCH_CLIENT_ID,
  WATCH_MQTT_USERNAME,
  WATCH_MQTT_PASSWORD_FILE,
  WATCH_MQTT_CA_FILE,
  WATCH_MQTT_QOS,
  WATCH_HOME_ASSISTANT,
  WATCH_SNAPSHOTS,
  WATCH_CLIPS,
  WATCH_CLIP_FORMAT,
  WATCH_EVENTS,
  WATCH_FOLDER,
  WATCH_PRE_ROLL,
  WATCH_POST_ROLL,
  WATCH_MAX_SIZE,
  WATCH_STATUS,
  WATCH_PROMETHEUS,
  WATCH_N_KEYS
} WatchKeyId;

typedef enum {
  WATCH_KIND_TEXT,
  WATCH_KIND_FLAG,    /* yes, no, true, false, on, off */
  WATCH_KIND_INTEGER, /* within minimum..maximum */
  WATCH_KIND_CHOICE,  /* one of choices; WATCH_KIND_CHOICES: several, with commas */
  WATCH_KIND_CHOICES,
  WATCH_KIND_URI,          /* see watch_uri_split */
  WATCH_KIND_FILE,         /* can be read */
  WATCH_KIND_SECRET,       /* a file of mode 600 */
  WATCH_KIND_CERTIFICATES, /* a file with certificates in PEM format */
  WATCH_KIND_FOLDER,       /* can be written to */
  WATCH_KIND_VARIABLE,     /* an environment variable that is set */
  WATCH_KIND_PLACE,        /* what is written to: a file, -, unix:PATH, mqtt://HOST .. */
  WATCH_KIND_PROPERTY,     /* what the element's property takes; checked with the element */
} WatchKind;

typedef enum { WATCH_IN_ALL = 1, WATCH_IN_CAMERA = 2, WATCH_ANYWHERE = 3 } WatchPlace;

typedef struct {
  const gchar *name;
  WatchKind kind;
  WatchPlace place;
  gint minimum, maximum; /* of an integer */
  const gchar *fallback; /* default; NULL: none, or the element's */
  const gchar *choices;  /* separated by commas */
  const gchar *elements; /* factories that have the property, separated by commas; NULL: none */
  const gchar *property;
  const gchar *help;
} WatchKey;

/* Indexed by WatchKeyId. */
extern const WatchKey watch_keys[WATCH_N_KEYS];

/* -1: no such key. */
gint watch_key_find (const gchar *name);
/* The key that is spelt most alike; NULL if none is near. name: at most 64 bytes are looked at. */
const gchar *watch_key_nearest (const gchar *name);
/* NULL, or what is wrong with the text alone, without a look at files (transfer full). */
gchar *watch_key_refuse (const WatchKey *key, const gchar *text);
/* Whether word is one of list, separated by commas. */
gboolean watch_word_in (const gchar *list, const gchar *word);
/* Of a text that watch_key_refuse has let pass. */
gboolean watch_text_is_yes (const gchar *text);
/* The table as Markdown, for --keys and the guide. */
gchar *watch_keys_help (void);
