/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Configurations of tfc-watch, and addresses in what elements say. */
#include "tests/fuzz/fuzz.h"

#include "tools/watch/settings.h"
#include "tools/watch/uri.h"

static void
check_mistakes (const GPtrArray *mistakes)
{
  guint last = 0;
  g_assert_cmpuint (mistakes->len, <=, WATCH_MAX_MISTAKES);
  for (guint i = 0; i < mistakes->len; i++) {
    const WatchMistake *m = g_ptr_array_index (mistakes, i);
    g_assert_true (g_utf8_validate (m->text, -1, NULL) && strlen (m->text) < 1024);
    g_assert_cmpuint (m->line, >=, last);
    last = m->line;
  }
}

/* What was let pass can be used. */
static void
check_settings (const WatchSettings *s)
{
  g_assert_true (*s->name && strlen (s->name) <= WATCH_MAX_NAME && !strpbrk (s->name, "/. \n"));
  for (guint i = 0; i < WATCH_N_KEYS; i++) {
    const WatchKey *key = &watch_keys[i];
    if (key->kind == WATCH_KIND_INTEGER) {
      g_assert_cmpint (watch_integer (s, i), >=, key->minimum);
      g_assert_cmpint (watch_integer (s, i), <=, key->maximum);
    }
  }
  g_assert_true (watch_settings_equal (s, s));
}

static void
check_uri (const WatchSettings *s)
{
  const gchar *uri = watch_text (s, WATCH_URI);
  g_autofree gchar *user = NULL, *password = NULL, *bare = NULL, *shown = NULL, *scrubbed = NULL;
  if (!uri)
    return;
  bare = watch_uri_split (uri, &user, &password);
  shown = watch_uri_show (uri);
  scrubbed = watch_scrub (uri, password);
  g_assert_true (!bare || !password || strlen (password) < 8 || !strstr (scrubbed, password));
  g_assert_true (shown && g_utf8_validate (scrubbed, -1, NULL) && strlen (scrubbed) <= 320);
}

void
fuzz_one (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) mistakes = watch_mistakes_new ();
  WatchConfig *config = watch_config_parse ((const gchar *)data, size, mistakes);
  g_assert_cmpuint (config->cameras->len, <=, WATCH_MAX_CAMERAS);
  g_assert_true (config->cameras->len || mistakes->len);
  check_mistakes (mistakes);
  for (guint i = 0; i < config->cameras->len; i++) {
    check_settings (g_ptr_array_index (config->cameras, i));
    check_uri (g_ptr_array_index (config->cameras, i));
  }
  watch_config_free (config);
}

void
fuzz_seeds (void)
{
  static const gchar *const texts[] = {
      "# all\n[all]\ndetect=person,car\ninterval=5\nstatus=unix:/run/x\n\n[camera door]\n"
      "uri=rtsp://user:pass%20word@192.168.1.20:554/stream?a=b#c\nzones-file=/etc/{camera}.zones\n",
      "[camera a]\nuri=/dev/video0\n[camera b]\nuri=file:///a%20b.mkv\nlatency=10\nclips=yes\n"
      "folder=/tmp\nzones=[zone x]|polygon=0,0;1,0;1,1\nevents=enter,leave\n",
      "uri=x\n[camera a]\nuri=http://\nuri=ftp://x\nintervall=3\n[camera a]\n[b\n[all]\n[all]\n=\n",
      "[camera a]\r\nuri = https://h/{camera}\r\ntransport=udp\r\nfaces=on\r\nat-end=restart\r\n",
      ""};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    fuzz_seed (texts[i], strlen (texts[i]));
}
