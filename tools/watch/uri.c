/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/watch/uri.h"

#include <string.h>

#define SCHEMES "rtsp, rtsps, http, https, file, v4l2"
#define URI_FLAGS (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED)
#define SHOWN_BYTES 320
#define HIDDEN "…" /* in place of a query */

/* Of a device the URI that it stands for. */
static gchar *
normal (const gchar *text)
{
  return g_str_has_prefix (text, "/dev/") ? g_strconcat ("v4l2://", text, NULL) : g_strdup (text);
}

static gboolean
has_scheme (const gchar *scheme)
{
  static const gchar *const known[] = {"rtsp", "rtsps", "http", "https", "file", "v4l2", NULL};
  return g_strv_contains (known, scheme);
}

gchar *
watch_uri_refuse (const gchar *text)
{
  g_autofree gchar *full = normal (text);
  g_autoptr (GUri) uri = g_uri_parse (full, URI_FLAGS, NULL);
  const gchar *scheme = uri ? g_uri_get_scheme (uri) : NULL;
  /* The scheme of user:password@host is the user. */
  if (!uri || (!has_scheme (scheme) && !strstr (full, "://")))
    return g_strdup ("is not a URI; it looks like rtsp://192.168.1.20/stream, and file:///path for "
                     "files, with %20 for a space");
  if (!has_scheme (scheme))
    return g_strdup_printf ("begins with \"%.16s\"; it can be " SCHEMES, scheme);
  if (strcmp (scheme, "file") && strcmp (scheme, "v4l2") &&
      (!g_uri_get_host (uri) || !*g_uri_get_host (uri)))
    return g_strdup ("names no host");
  return NULL;
}

gchar *
watch_uri_split (const gchar *text, gchar **user, gchar **password)
{
  g_autofree gchar *full = normal (text);
  g_autoptr (GUri) uri = g_uri_parse (full, URI_FLAGS, NULL);
  if (!uri)
    return NULL;
  if (g_uri_get_user (uri) && *g_uri_get_user (uri)) {
    g_free (*user);
    *user = g_uri_unescape_string (g_uri_get_user (uri), NULL);
  }
  if (g_uri_get_password (uri)) {
    g_free (*password);
    *password = g_uri_unescape_string (g_uri_get_password (uri), NULL);
  }
  return g_uri_join (URI_FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                     g_uri_get_port (uri), g_uri_get_path (uri), g_uri_get_query (uri),
                     g_uri_get_fragment (uri));
}

/* Some cameras have them in the path: /user=admin_password=secret_channel=1. */
static gchar *
without_logins (const gchar *text)
{
  static GRegex *logins;
  if (g_once_init_enter (&logins)) {
    GRegex *made = g_regex_new ("((?:user|pass|pwd|token|secret)[a-z_]*=)[^\\s/\"'?]*",
                                G_REGEX_CASELESS, 0, NULL);
    g_once_init_leave (&logins, made);
  }
  return g_regex_replace (logins, text, -1, 0, "\\1***", 0, NULL);
}

gchar *
watch_uri_show (const gchar *text)
{
  g_autofree gchar *bare = NULL;
  g_autofree gchar *full = normal (text);
  g_autoptr (GUri) uri = g_uri_parse (full, URI_FLAGS, NULL);
  if (!uri)
    return g_strdup ("?");
  bare = g_uri_join (URI_FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                     g_uri_get_port (uri), g_uri_get_path (uri),
                     g_uri_get_query (uri) ? HIDDEN : NULL, NULL);
  return without_logins (bare);
}

gboolean
watch_uri_is_live (const gchar *uri)
{
  return !g_str_has_prefix (uri, "file:");
}

/* "://" up to the last "@" in front of the host's end. */
static gchar *
without_users (const gchar *text)
{
  static GRegex *users, *queries;
  g_autofree gchar *shorter = NULL, *bare = NULL;
  if (g_once_init_enter (&users)) {
    queries = g_regex_new ("((?:://|/)[^\\s\"'?]*\\?)[^\\s\"']+", 0, 0, NULL);
    GRegex *made = g_regex_new ("://[^\\s\"']*@", 0, 0, NULL);
    g_once_init_leave (&users, made);
  }
  shorter = g_regex_replace_literal (users, text, -1, 0, "://", 0, NULL);
  bare = g_regex_replace (queries, shorter ? shorter : "", -1, 0, "\\1" HIDDEN, 0, NULL);
  return without_logins (bare ? bare : "");
}

static gchar *
without_secret (gchar *text, const gchar *secret)
{
  g_autofree gchar *escaped = secret ? g_uri_escape_string (secret, NULL, FALSE) : NULL;
  GString *s = g_string_new (text);
  g_free (text);
  if (secret && *secret) {
    g_string_replace (s, secret, "***", 0);
    g_string_replace (s, escaped, "***", 0);
  }
  return g_string_free (s, FALSE);
}

gchar *
watch_scrub (const gchar *text, const gchar *secret)
{
  g_autofree gchar *valid = g_utf8_make_valid (text, (gssize)MIN (strlen (text), 8 * SHOWN_BYTES));
  /* Short secrets are found in ordinary words, and what is left of these would tell. */
  if (secret && *secret && strlen (secret) < 4 && strstr (valid, secret))
    return g_strdup ("(the text is left out)");
  gchar *shown = without_secret (without_users (valid), secret);
  for (gchar *c = shown; *c; c++)
    *c = g_ascii_iscntrl (*c) ? ' ' : *c;
  if (strlen (shown) > SHOWN_BYTES)
    *(gchar *)g_utf8_find_prev_char (shown, shown + SHOWN_BYTES) = '\0';
  g_strchomp (shown);
  if (g_str_has_suffix (shown, "."))
    shown[strlen (shown) - 1] = '\0';
  return shown;
}
