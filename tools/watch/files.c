/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What a configuration names: files, folders, variables, passwords. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "tools/watch/settings.h"
#include "tools/watch/uri.h"

#define SECRET_BYTES 4096
#define CERTIFICATES_BYTES (1 << 20) /* a system's whole set has 200 kB */

typedef struct {
  WatchSettings *settings;
  GPtrArray *mistakes;
  gboolean is_private; /* the configuration: nobody else can read it */
} Check;

/* In systemd's folder of credentials an access list gives the file to the service; its mask then
 * stands in place of the group. */
static gboolean
others_may_read (const gchar *path, const struct stat *at)
{
  const gchar *folder = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree gchar *here = g_path_get_dirname (path);
  return (at->st_mode & (g_strcmp0 (here, folder) ? 077 : 037)) != 0;
}

static void
wrong (const Check *c, WatchKeyId key, const gchar *what)
{
  const WatchValue *v = &c->settings->values[key];
  watch_mistake (c->mistakes, v->line, g_strdup_printf ("\"%s\": %s", watch_keys[key].name, what));
}

/* The first line of a file of mode 600, NULL where it is none (why is then set). */
static gchar *
read_secret (const gchar *path, const gchar **why)
{
  struct stat at;
  gchar text[SECRET_BYTES + 1] = {0};
  const gint fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  *why = NULL;
  if (fd < 0)
    *why = "the file cannot be read";
  else if (fstat (fd, &at) < 0 || !S_ISREG (at.st_mode))
    *why = "is no file";
  else if (others_may_read (path, &at))
    *why = "others may read the file; chmod 600 it";
  else if (read (fd, text, SECRET_BYTES) <= 0)
    *why = "the file is empty";
  if (fd >= 0)
    close (fd);
  text[strcspn (text, "\r\n")] = '\0';
  if (!*why && !*text)
    *why = "the first line is empty";
  return *why ? NULL : g_strdup (text);
}

static void
check_file (const Check *c, WatchKeyId key, const gchar *path)
{
  g_autofree gchar *what = g_strdup_printf ("%.200s cannot be read", path);
  if (g_access (path, R_OK) < 0 || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    wrong (c, key, what);
}

static void
certificate_free (gpointer certificate)
{
  g_object_unref (certificate);
}

static void
check_certificates (const Check *c, WatchKeyId key, const gchar *path)
{
  struct stat at;
  GList *found;
  g_autoptr (GError) error = NULL;
  g_autofree gchar *what = NULL;
  check_file (c, key, path);
  if (g_stat (path, &at) < 0 || !S_ISREG (at.st_mode))
    return;
  found =
      at.st_size > CERTIFICATES_BYTES ? NULL : g_tls_certificate_list_new_from_file (path, &error);
  if (!found) {
    what = g_strdup_printf ("%.200s has no certificates in PEM format that can be used%s%s", path,
                            error ? ": " : "", error ? error->message : "");
    wrong (c, key, what);
  }
  g_list_free_full (found, certificate_free);
}

static void
check_folder (const Check *c, WatchKeyId key, const gchar *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    wrong (c, key, "there is no such folder");
  else if (g_access (path, W_OK | X_OK) < 0)
    wrong (c, key, "the folder cannot be written to");
}

static void
check_secret (const Check *c, WatchKeyId key, const gchar *path)
{
  const gchar *why;
  g_autofree gchar *secret = read_secret (path, &why);
  if (why)
    wrong (c, key, why);
  if (secret && key == WATCH_PASSWORD_FILE) {
    g_free (c->settings->password);
    c->settings->password = g_steal_pointer (&secret);
  }
}

static void
check_variable (const Check *c, WatchKeyId key, const gchar *name)
{
  const gchar *secret = g_getenv (name);
  if (!secret || !*secret) {
    wrong (c, key, "the variable is not set");
    return;
  }
  g_free (c->settings->password);
  c->settings->password = g_strdup (secret);
}

static void
check_uri (const Check *c, WatchKeyId key, const gchar *text)
{
  WatchSettings *s = c->settings;
  g_autofree gchar *user = NULL, *password = NULL, *bare = NULL;
  bare = watch_uri_split (text, &user, &password);
  if (!bare)
    return;
  if (password && !c->is_private)
    wrong (c, key,
           "has a password, and others may read this file; chmod 600 it, or use \"password-file\"");
  if (user) {
    g_free (s->user);
    s->user = g_steal_pointer (&user);
  }
  if (password) {
    g_free (s->password);
    s->password = g_steal_pointer (&password);
  }
  g_free (s->values[key].text);
  s->values[key].text = g_steal_pointer (&bare);
}

#define SOCKET_BYTES 107

/* NULL, or why nothing can be written to it. */
static const gchar *
refuse_file (const gchar *path)
{
  g_autofree gchar *folder = g_path_get_dirname (path);
  if (!*path)
    return "names no file";
  if (strchr (folder, '%')) /* of the time when it is written */
    return NULL;
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return "there is no such folder";
  return g_file_test (path, G_FILE_TEST_IS_DIR) ? "is a folder, not a file in it" : NULL;
}

static const gchar *
refuse_broker (const gchar *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  return uri && g_uri_get_host (uri) && *g_uri_get_host (uri)
             ? NULL
             : "is not mqtt://HOST, mqtt://HOST:PORT or the same with mqtts://";
}

static const gchar *
refuse_place (const gchar *text, gboolean publishes)
{
  if (publishes && g_str_equal (text, "-"))
    return NULL;
  if (g_str_has_prefix (text, "unix:"))
    return strlen (text + 5) > SOCKET_BYTES ? "a socket's path has up to 107 bytes"
                                            : refuse_file (text + 5);
  if (publishes && (g_str_has_prefix (text, "mqtt://") || g_str_has_prefix (text, "mqtts://")))
    return refuse_broker (text);
  if (strstr (text, "://"))
    return publishes ? "is no file, no unix:PATH, no mqtt:// and no mqtts://"
                     : "is no file and no unix:PATH";
  return refuse_file (text);
}

static void
check_place (const Check *c, WatchKeyId key, const gchar *text)
{
  const gchar *why = refuse_place (text, key == WATCH_PUBLISH);
  if (why)
    wrong (c, key, why);
}

typedef void (*CheckValue) (const Check *c, WatchKeyId key, const gchar *text);
static const CheckValue checks[] = {
    [WATCH_KIND_URI] = check_uri,
    [WATCH_KIND_FILE] = check_file,
    [WATCH_KIND_SECRET] = check_secret,
    [WATCH_KIND_FOLDER] = check_folder,
    [WATCH_KIND_CERTIFICATES] = check_certificates,
    [WATCH_KIND_VARIABLE] = check_variable,
    [WATCH_KIND_PLACE] = check_place,
};

/* Of files that are read when a camera starts. */
static void
stamp_file (GString *stamp, const gchar *path)
{
  struct stat at;
  if (stat (path, &at) == 0)
    g_string_append_printf (stamp, "%lu:%ld.%ld:%ld ", (gulong)at.st_ino, (glong)at.st_mtim.tv_sec,
                            (glong)at.st_mtim.tv_nsec, (glong)at.st_size);
}

static void
check_settings (Check *c)
{
  WatchSettings *s = c->settings;
  GString *stamp = g_string_new (NULL);
  s->user = g_strdup (watch_text (s, WATCH_USERNAME));
  for (guint i = 0; i < WATCH_N_KEYS; i++) {
    const WatchKind kind = watch_keys[i].kind;
    const gchar *text = watch_text (s, i);
    if (!text)
      continue;
    if (kind == WATCH_KIND_FILE || kind == WATCH_KIND_SECRET || kind == WATCH_KIND_CERTIFICATES)
      stamp_file (stamp, text);
    if (kind < G_N_ELEMENTS (checks) && checks[kind])
      checks[kind](c, i, text);
  }
  s->stamp = g_string_free (stamp, FALSE);
}

/* The bytes of a regular file; NULL where there is none. */
static gchar *
read_file (const gchar *path, gsize *size, gboolean *is_private, GPtrArray *mistakes)
{
  struct stat at;
  gchar *text = NULL;
  const gint fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  gssize n = 0;
  *size = 0;
  if (fd < 0 || fstat (fd, &at) < 0 || !S_ISREG (at.st_mode)) {
    watch_mistake (mistakes, 0,
                   g_strdup_printf ("cannot be read: %s", fd < 0 ? g_strerror (errno) : "no file"));
  } else {
    text = g_malloc (WATCH_MAX_BYTES + 1);
    while (*size <= WATCH_MAX_BYTES &&
           (n = read (fd, text + *size, WATCH_MAX_BYTES + 1 - *size)) > 0)
      *size += (gsize)n;
    *is_private = !others_may_read (path, &at);
  }
  if (fd >= 0)
    close (fd);
  return text;
}

WatchConfig *
watch_config_load (const gchar *path, GPtrArray *mistakes)
{
  Check c = {.mistakes = mistakes};
  gsize size;
  g_autofree gchar *text = read_file (path, &size, &c.is_private, mistakes);
  WatchConfig *config = text ? watch_config_parse (text, size, mistakes) : NULL;
  for (guint i = 0; config && i < config->cameras->len; i++) {
    c.settings = g_ptr_array_index (config->cameras, i);
    check_settings (&c);
  }
  watch_mistakes_sort (mistakes);
  return config;
}
