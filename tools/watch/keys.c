/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/watch/keys.h"

#include <string.h>

#include "tools/watch/uri.h"

#define ANALYSERS "tfcdetect,tfcfacemesh,tfcpose,tfchands"
#define EVENTS "enter,leave,cross,loiter,count"

// clang-format off
const WatchKey watch_keys[WATCH_N_KEYS] = {
  [WATCH_URI] = {"uri", WATCH_KIND_URI, WATCH_IN_CAMERA,
    .help = "the camera: rtsp://, rtsps://, http://, https://, file://, or a device as /dev/video0"},
  [WATCH_SUBSTREAM] = {"substream", WATCH_KIND_URI, WATCH_IN_CAMERA,
    .help = "a second, smaller stream of the camera, which is analysed instead; `uri` is then used for clips only"},
  [WATCH_USERNAME] = {"username", WATCH_KIND_TEXT, WATCH_ANYWHERE, .help = "who logs in to the camera"},
  [WATCH_PASSWORD_FILE] = {"password-file", WATCH_KIND_SECRET, WATCH_ANYWHERE,
    .help = "file of mode 600 whose first line is the camera's password"},
  [WATCH_PASSWORD_ENV] = {"password-env", WATCH_KIND_VARIABLE, WATCH_ANYWHERE,
    .help = "environment variable with the camera's password"},
  [WATCH_TLS_CA_FILE] = {"tls-ca-file", WATCH_KIND_CERTIFICATES, WATCH_ANYWHERE,
    .help = "with rtsps:// and https://: certificates that the camera's is checked with, in place of the system's"},
  [WATCH_TLS_NAME_CHECK] = {"tls-name-check", WATCH_KIND_FLAG, WATCH_ANYWHERE, .fallback = "yes",
    .help = "`no`, which needs `tls-ca-file`: the certificate of an rtsps:// camera may be for another name than the one in `uri`"},
  [WATCH_TRANSPORT] = {"transport", WATCH_KIND_CHOICE, WATCH_ANYWHERE, .fallback = "tcp", .choices = "tcp,udp,udp-mcast,auto",
    .help = "how RTSP carries the pictures"},
  [WATCH_LATENCY] = {"latency", WATCH_KIND_INTEGER, WATCH_ANYWHERE, 0, 10000, .fallback = "200",
    .help = "ms that an RTSP stream is held back to put its packets in order"},
  [WATCH_CONNECT_TIMEOUT] = {"connect-timeout", WATCH_KIND_INTEGER, WATCH_ANYWHERE, 1, 300, .fallback = "15",
    .help = "seconds until the first frame, after which the camera is started again"},
  [WATCH_STALL] = {"stall", WATCH_KIND_INTEGER, WATCH_ANYWHERE, 1, 300, .fallback = "5",
    .help = "seconds without a frame, after which the camera is started again"},
  [WATCH_BACKOFF_MAX] = {"backoff-max", WATCH_KIND_INTEGER, WATCH_ANYWHERE, 1, 3600, .fallback = "60",
    .help = "most seconds between two tries; the first comes after one second, each further one after twice the time"},
  [WATCH_AT_END] = {"at-end", WATCH_KIND_CHOICE, WATCH_ANYWHERE, .fallback = "stop", .choices = "stop,restart",
    .help = "what happens when a file ends; other streams that end are started again"},
  [WATCH_DECODER] = {"decoder", WATCH_KIND_TEXT, WATCH_ANYWHERE,
    .help = "element that decodes, as `vah264dec`; left out: the one of highest rank"},
  [WATCH_KEY_FRAMES_ONLY] = {"key-frames-only", WATCH_KIND_FLAG, WATCH_ANYWHERE, .fallback = "no",
    .help = "decode key frames only"},
  [WATCH_DETECT] = {"detect", WATCH_KIND_TEXT, WATCH_ANYWHERE, .fallback = "all",
    .help = "objects: `all`, `none`, or classes as `person,car`"},
  [WATCH_BASE_MODEL] = {"base-model", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcdetect", .property = "base-model",
    .help = "known model of objects"},
  [WATCH_MODEL_FILE] = {"model-file", WATCH_KIND_FILE, WATCH_ANYWHERE, .elements = "tfcdetect", .property = "model-file",
    .help = "your own model of objects"},
  [WATCH_LABEL_FILE] = {"label-file", WATCH_KIND_FILE, WATCH_ANYWHERE, .elements = "tfcdetect", .property = "label-file",
    .help = "its class names"},
  [WATCH_SCORE_THRESHOLD] = {"score-threshold", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcdetect",
    .property = "score-threshold", .help = "least score of an object, 0 to 1"},
  [WATCH_MAX_DETECTIONS] = {"max-detections", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcdetect",
    .property = "max-detections", .help = "most objects a frame"},
  [WATCH_ROI] = {"roi", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = ANALYSERS, .property = "roi",
    .help = "the part of the picture that is looked at"},
  [WATCH_REGIONS] = {"regions", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcdetect", .property = "regions",
    .help = "runs on parts of the picture, for small objects"},
  [WATCH_FULL_EVERY] = {"full-every", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcdetect", .property = "full-every",
    .help = "with `regions`: how often the whole picture is looked at"},
  [WATCH_MOTION_GATE] = {"motion-gate", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcdetect", .property = "motion-gate",
    .help = "look only where something moves"},
  [WATCH_GATE_MAX] = {"gate-max", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcdetect", .property = "gate-max",
    .help = "with `motion-gate`: longest time without a look"},
  [WATCH_FACES] = {"faces", WATCH_KIND_FLAG, WATCH_ANYWHERE, .fallback = "no", .help = "look for faces"},
  [WATCH_MAX_FACES] = {"max-faces", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcfacemesh", .property = "max-faces",
    .help = "most faces at a time"},
  [WATCH_POSE] = {"pose", WATCH_KIND_FLAG, WATCH_ANYWHERE, .fallback = "no", .help = "look for bodies"},
  [WATCH_POSE_MODEL] = {"pose-model", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcpose", .property = "model",
    .help = "known model of bodies"},
  [WATCH_HANDS] = {"hands", WATCH_KIND_FLAG, WATCH_ANYWHERE, .fallback = "no", .help = "look for hands"},
  [WATCH_INTERVAL] = {"interval", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .fallback = "5", .elements = ANALYSERS,
    .property = "interval", .help = "every n-th frame is analysed"},
  [WATCH_MODE] = {"mode", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = ANALYSERS, .property = "mode",
    .help = "`sync`, or `latest`: frames do not wait for their analysis"},
  [WATCH_TRACKING] = {"tracking", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcdetect,tfcpose,tfchands",
    .property = "tracking", .help = "`motion`: objects have numbers"},
  [WATCH_TRACK_MAX_AGE] = {"track-max-age", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcdetect,tfcpose,tfchands",
    .property = "track-max-age", .help = "ms that an unseen object is kept"},
  [WATCH_TRACK_MIN_HITS] = {"track-min-hits", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcdetect,tfcpose,tfchands",
    .property = "track-min-hits", .help = "detections before an object is reported"},
  [WATCH_BACKEND] = {"backend", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = ANALYSERS, .property = "backend",
    .help = "what computes the networks"},
  [WATCH_THREADS] = {"threads", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .fallback = "1", .elements = ANALYSERS,
    .property = "threads", .help = "threads that compute one network"},
  [WATCH_MODEL_PATH] = {"model-path", WATCH_KIND_TEXT, WATCH_ANYWHERE, .elements = ANALYSERS, .property = "model-path",
    .help = "folders with models, separated by colons"},
  [WATCH_ZONES_FILE] = {"zones-file", WATCH_KIND_FILE, WATCH_ANYWHERE, .elements = "tfczones", .property = "zones-file",
    .help = "zones and lines"},
  [WATCH_ZONES] = {"zones", WATCH_KIND_TEXT, WATCH_ANYWHERE, .elements = "tfczones", .property = "zones",
    .help = "the same here, `|` between lines"},
  [WATCH_PUBLISH] = {"publish", WATCH_KIND_PLACE, WATCH_ANYWHERE,
    .help = "where events and objects go: a file, `-`, `unix:PATH`, `mqtt://HOST` or `mqtts://HOST`"},
  [WATCH_WHEN] = {"when", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcpublish", .property = "when",
    .help = "`changes`, `all`, `events` or `every`: what is published"},
  [WATCH_EVERY] = {"every", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcpublish", .property = "every",
    .help = "with `when=every`: ms between two lines"},
  [WATCH_INCLUDE] = {"include", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcpublish", .property = "include",
    .help = "what is in a line: some of `boxes,events,points,masks,stats`"},
  [WATCH_UNITS] = {"units", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcpublish", .property = "units",
    .help = "of boxes and points"},
  [WATCH_PUBLISH_MAX_BYTES] = {"publish-max-bytes", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcpublish",
    .property = "max-bytes", .help = "size at which a published file is rotated"},
  [WATCH_TOPIC] = {"topic", WATCH_KIND_TEXT, WATCH_ANYWHERE, .elements = "tfcpublish", .property = "topic",
    .help = "MQTT topic"},
  [WATCH_CLIENT_ID] = {"client-id", WATCH_KIND_TEXT, WATCH_ANYWHERE, .elements = "tfcpublish", .property = "client-id",
    .help = "MQTT client id"},
  [WATCH_MQTT_USERNAME] = {"mqtt-username", WATCH_KIND_TEXT, WATCH_ANYWHERE, .elements = "tfcpublish", .property = "username",
    .help = "who logs in to the broker"},
  [WATCH_MQTT_PASSWORD_FILE] = {"mqtt-password-file", WATCH_KIND_SECRET, WATCH_ANYWHERE, .elements = "tfcpublish",
    .property = "password-file", .help = "file of mode 600 with the broker's password"},
  [WATCH_MQTT_CA_FILE] = {"mqtt-ca-file", WATCH_KIND_CERTIFICATES, WATCH_ANYWHERE, .elements = "tfcpublish", .property = "ca-file",
    .help = "certificates that the broker is checked with"},
  [WATCH_MQTT_QOS] = {"mqtt-qos", WATCH_KIND_PROPERTY, WATCH_ANYWHERE, .elements = "tfcpublish", .property = "qos",
    .help = "MQTT quality of service"},
  [WATCH_HOME_ASSISTANT] = {"home-assistant", WATCH_KIND_FLAG, WATCH_ANYWHERE, .elements = "tfcpublish",
    .property = "home-assistant", .help = "announce zones to Home Assistant"},
  [WATCH_SNAPSHOTS] = {"snapshots", WATCH_KIND_CHOICE, WATCH_ANYWHERE, .fallback = "none", .choices = "none,plain,drawn",
    .help = "a JPEG at each event, with or without boxes; at most one a second"},
  [WATCH_CLIPS] = {"clips", WATCH_KIND_FLAG, WATCH_ANYWHERE, .fallback = "no",
    .help = "a video around each event, as the camera encoded it"},
  [WATCH_CLIP_FORMAT] = {"clip-format", WATCH_KIND_CHOICE, WATCH_ANYWHERE, .fallback = "mkv", .choices = "mkv,mp4",
    .help = "of clips"},
  [WATCH_EVENTS] = {"events", WATCH_KIND_CHOICES, WATCH_ANYWHERE, .fallback = "enter,cross,loiter", .choices = EVENTS,
    .help = "of which snapshots and clips are made"},
  [WATCH_FOLDER] = {"folder", WATCH_KIND_FOLDER, WATCH_ANYWHERE, .help = "where snapshots and clips are written"},
  [WATCH_PRE_ROLL] = {"pre-roll", WATCH_KIND_INTEGER, WATCH_ANYWHERE, 0, 60, .fallback = "5",
    .help = "seconds before the event that a clip has, at most 32 MiB"},
  [WATCH_POST_ROLL] = {"post-roll", WATCH_KIND_INTEGER, WATCH_ANYWHERE, 1, 300, .fallback = "10",
    .help = "seconds after the last event; a clip ends after five minutes at most"},
  [WATCH_MAX_SIZE] = {"max-size", WATCH_KIND_INTEGER, WATCH_ANYWHERE, 1, 1 << 24, .fallback = "1024",
    .help = "MiB of snapshots and clips in the folder; the oldest are removed"},
  [WATCH_STATUS] = {"status", WATCH_KIND_PLACE, WATCH_IN_ALL,
    .help = "`unix:PATH`, or a file: the state of all cameras as JSON, each second"},
  [WATCH_PROMETHEUS] = {"prometheus", WATCH_KIND_PLACE, WATCH_IN_ALL,
    .help = "a file `….prom` for node_exporter's textfile collector, each second"},
};
// clang-format on

gint
watch_key_find (const gchar *name)
{
  for (guint i = 0; i < WATCH_N_KEYS; i++) {
    if (g_str_equal (watch_keys[i].name, name))
      return (gint)i;
  }
  return -1;
}

#define NAME_MAX_BYTES 64

/* Levenshtein's distance of two texts, of which the first 64 bytes count. */
static guint
distance (const gchar *a, const gchar *b)
{
  guint row[NAME_MAX_BYTES + 1];
  const guint n = (guint)MIN (strlen (b), NAME_MAX_BYTES);
  for (guint j = 0; j <= n; j++)
    row[j] = j;
  for (guint i = 0; i < NAME_MAX_BYTES && a[i]; i++) {
    guint diagonal = row[0];
    row[0] = i + 1;
    for (guint j = 1; j <= n; j++) {
      const guint above = row[j];
      row[j] = MIN (MIN (row[j], row[j - 1]) + 1, diagonal + (a[i] != b[j - 1]));
      diagonal = above;
    }
  }
  return row[n];
}

const gchar *
watch_key_nearest (const gchar *name)
{
  const gchar *nearest = NULL;
  guint least = MAX (1, (guint)MIN (strlen (name), NAME_MAX_BYTES) / 3) + 1;
  for (guint i = 0; i < WATCH_N_KEYS; i++) {
    const guint d = distance (name, watch_keys[i].name);
    if (d < least) {
      least = d;
      nearest = watch_keys[i].name;
    }
  }
  return nearest;
}

gboolean
watch_word_in (const gchar *list, const gchar *word)
{
  const gsize n = strlen (word);
  for (const gchar *at = list; n && (at = strstr (at, word)); at += n) {
    if ((at == list || at[-1] == ',') && (!at[n] || at[n] == ','))
      return TRUE;
  }
  return FALSE;
}

gboolean
watch_text_is_yes (const gchar *text)
{
  return text && watch_word_in ("yes,true,on,1", text);
}

static gchar *
refuse_integer (const WatchKey *key, const gchar *text)
{
  gint64 value;
  if (g_ascii_string_to_signed (text, 10, key->minimum, key->maximum, &value, NULL))
    return NULL;
  return g_strdup_printf ("takes a whole number from %d to %d", key->minimum, key->maximum);
}

static gchar *
refuse_choices (const WatchKey *key, const gchar *text)
{
  g_auto (GStrv) words = g_strsplit (text, ",", 32);
  for (guint i = 0; words[i]; i++) {
    if (!watch_word_in (key->choices, g_strstrip (words[i])))
      return g_strdup_printf ("takes some of %s, separated by commas", key->choices);
  }
  return NULL;
}

static gchar *
refuse_name (const WatchKey *key, const gchar *text)
{
  return strchr (text, '=') ? g_strdup ("takes the name of a variable, not its value") : NULL;
}

gchar *
watch_key_refuse (const WatchKey *key, const gchar *text)
{
  if (!*text)
    return g_strdup ("has no value; leave the line out instead");
  switch (key->kind) {
    case WATCH_KIND_FLAG:
      return watch_word_in ("yes,no,true,false,on,off,1,0", text) ? NULL
                                                                  : g_strdup ("takes yes or no");
    case WATCH_KIND_INTEGER:
      return refuse_integer (key, text);
    case WATCH_KIND_CHOICE:
      return watch_word_in (key->choices, text) ? NULL
                                                : g_strdup_printf ("takes one of %s", key->choices);
    case WATCH_KIND_CHOICES:
      return refuse_choices (key, text);
    case WATCH_KIND_URI:
      return watch_uri_refuse (text);
    case WATCH_KIND_VARIABLE:
      return refuse_name (key, text);
    default:
      return NULL;
  }
}

static const gchar *const kinds[] = {
    "text",           "yes or no",    "integer", "one of",   "some of", "URI",     "file",
    "file, mode 600", "certificates", "folder",  "variable", "text",    "property"};

static void
help_row (GString *text, const WatchKey *k)
{
  g_string_append_printf (text, "| `%s` | %s", k->name, kinds[k->kind]);
  if (k->choices)
    g_string_append_printf (text, " `%s`", k->choices);
  if (k->kind == WATCH_KIND_INTEGER)
    g_string_append_printf (text, " %d to %d", k->minimum, k->maximum);
  g_string_append_printf (text, " | %s%s%s | %s |\n", k->fallback ? "`" : "",
                          k->fallback ? k->fallback : "", k->fallback ? "`" : "", k->help);
}

gchar *
watch_keys_help (void)
{
  static const gchar *const titles[] = {[WATCH_IN_CAMERA] = "In `[camera NAME]` only:",
                                        [WATCH_ANYWHERE] =
                                            "In `[camera NAME]`, or in `[all]` for all:",
                                        [WATCH_IN_ALL] = "In `[all]` only:"};
  static const WatchPlace order[] = {WATCH_IN_CAMERA, WATCH_ANYWHERE, WATCH_IN_ALL};
  GString *text = g_string_new (NULL);
  for (guint p = 0; p < G_N_ELEMENTS (order); p++) {
    g_string_append_printf (
        text, "%s%s\n\n| key | value | default | meaning |\n| --- | --- | --- | --- |\n",
        p ? "\n" : "", titles[order[p]]);
    for (guint i = 0; i < WATCH_N_KEYS; i++) {
      if (watch_keys[i].place == order[p])
        help_row (text, &watch_keys[i]);
    }
  }
  return g_string_free (text, FALSE);
}
