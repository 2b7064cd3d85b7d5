/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/registry/verify.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <glib/gstdio.h>
#include <nettle/sha2.h>
#include "inference/pool.h"

/* A file and what it must be. */
typedef struct {
  gchar *path, *sha256;
  GStatBuf st;
} File;

struct TfcVerifier {
  gchar *name;
  GArray *files;    /* File: those with a sum */
  gboolean running; /* thread */
  pthread_t thread;
  GError *error; /* the thread's until it ended */
};

/* What a file was when its digest was computed, and that. */
typedef struct {
  guint64 inode, device, size;
  gint64 seconds, nanoseconds;
  gchar sha256[65];
} CachedDigest;

static gboolean
sha256_of (const gchar *path, gchar sha256[65])
{
  static const gsize block = 1 << 16;
  guint8 *bytes = g_malloc (block), digest[SHA256_DIGEST_SIZE];
  FILE *file = g_fopen (path, "rbe");
  struct sha256_ctx sum;
  gboolean ok = FALSE;

  sha256_init (&sum);
  if (file) {
    for (gsize n; (n = fread (bytes, 1, block, file)) > 0;)
      sha256_update (&sum, n, bytes);
    ok = !ferror (file);
    fclose (file);
  }
  sha256_digest (&sum, sizeof digest, digest);
  for (guint i = 0; i < sizeof digest; i++)
    g_snprintf (sha256 + 2 * i, 3, "%02x", digest[i]);
  g_free (bytes);
  return ok;
}

G_LOCK_DEFINE_STATIC (cached_digests);
static GHashTable *cached_digests; /* path -> CachedDigest */

static CachedDigest
digest_of (const GStatBuf *st)
{
  CachedDigest v;
  memset (&v, 0, sizeof v);
  v.inode = st->st_ino;
  v.device = st->st_dev;
  v.size = st->st_size;
  v.seconds = st->st_mtim.tv_sec;
  v.nanoseconds = st->st_mtim.tv_nsec;
  return v;
}

/* The sum, if it was computed since the file became what it is. */
static gboolean
find_digest (const File *file, gchar sha256[65])
{
  const CachedDigest now = digest_of (&file->st), *then;
  gboolean known;

  G_LOCK (cached_digests);
  then = cached_digests ? g_hash_table_lookup (cached_digests, file->path) : NULL;
  known = then && !memcmp (then, &now, G_STRUCT_OFFSET (CachedDigest, sha256));
  if (known)
    memcpy (sha256, then->sha256, 65);
  G_UNLOCK (cached_digests);
  return known;
}

static void
cache_digest (const File *file, const gchar sha256[65])
{
  CachedDigest now = digest_of (&file->st);

  memcpy (now.sha256, sha256, 65);
  G_LOCK (cached_digests);
  if (!cached_digests)
    cached_digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (cached_digests, g_strdup (file->path), g_memdup2 (&now, sizeof now));
  G_UNLOCK (cached_digests);
}

/* Concurrent callers block, and find the digest of the same file afterwards. */
static gboolean
find_sum (const File *file, gchar sha256[65])
{
  static GMutex one_at_a_time;
  gboolean ok;

  g_mutex_lock (&one_at_a_time);
  ok = find_digest (file, sha256);
  if (!ok && (ok = sha256_of (file->path, sha256)))
    cache_digest (file, sha256);
  g_mutex_unlock (&one_at_a_time);
  return ok;
}

static gboolean
wrong_bytes (GError **error, const gchar *name, const gchar *path, const gchar *is,
             const gchar * not )
{
  g_set_error (
      error, TFC_ERROR, TFC_ERROR_CHECKSUM,
      "model %s: file '%s' is not the registered one (%s, expected %s) and was not loaded; "
      "remove it and run: tfc-models get %s",
      name, path, is, not, name);
  return FALSE;
}

static void
file_clear (gpointer data)
{
  File *file = data;

  g_free (file->path);
  g_free (file->sha256);
}

TfcVerifier *
tfc_verifier_new (const gchar *name)
{
  TfcVerifier *check = g_new0 (TfcVerifier, 1);

  check->name = g_strdup (name);
  check->files = g_array_new (FALSE, FALSE, sizeof (File));
  g_array_set_clear_func (check->files, file_clear);
  return check;
}

gboolean
tfc_verifier_add (TfcVerifier *check, const gchar *path, const gchar *want, GError **error)
{
  g_auto (GStrv) size_sum = g_strsplit (want, " ", 2);
  File file = {.path = NULL};

  if (g_stat (path, &file.st) != 0 || !S_ISREG (file.st.st_mode)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_READ, "model %s: '%s' is no readable file",
                 check->name, path);
    return FALSE;
  }
  if (strcmp (size_sum[0], "-") &&
      g_ascii_strtoull (size_sum[0], NULL, 10) != (guint64)file.st.st_size) {
    g_autofree gchar *is = g_strdup_printf ("%" G_GINT64_FORMAT " bytes", (gint64)file.st.st_size);
    g_autofree gchar *not = g_strdup_printf ("%s bytes", size_sum[0]);
    return wrong_bytes (error, check->name, path, is, not );
  }
  if (strcmp (size_sum[1], "-")) {
    file.path = g_strdup (path);
    file.sha256 = g_strdup (size_sum[1]);
    g_array_append_val (check->files, file);
  }
  return TRUE;
}

static gboolean
right (const TfcVerifier *check, const File *file, GError **error)
{
  gchar sha256[65];

  if (!find_sum (file, sha256)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_READ, "model %s: '%s' cannot be read: %s", check->name,
                 file->path, g_strerror (errno));
    return FALSE;
  }
  if (strcmp (sha256, file->sha256)) {
    g_autofree gchar *is = g_strdup_printf ("SHA-256 %s", sha256);
    return wrong_bytes (error, check->name, file->path, is, file->sha256);
  }
  return TRUE;
}

static gpointer
run (gpointer data)
{
  TfcVerifier *check = data;

  for (guint i = 0; i < check->files->len; i++) {
    if (!right (check, &g_array_index (check->files, File, i), &check->error))
      break;
  }
  return NULL;
}

void
tfc_verifier_begin (TfcVerifier *check)
{
  gchar sha256[65];
  gboolean known = TRUE;

  for (guint i = 0; known && i < check->files->len; i++)
    known = find_digest (&g_array_index (check->files, File, i), sha256);
  if (!known)
    check->running = tfc_thread_start (&check->thread, "tfc-checksum", run, check);
  if (!check->running)
    run (check);
}

gboolean
tfc_verifier_end (TfcVerifier *check, GError **error)
{
  if (check->running)
    pthread_join (check->thread, NULL);
  check->running = FALSE;
  if (check->error)
    g_propagate_error (error, g_error_copy (check->error));
  return !check->error;
}

void
tfc_verifier_free (TfcVerifier *check)
{
  if (!check)
    return;
  tfc_verifier_end (check, NULL);
  g_clear_error (&check->error);
  g_array_unref (check->files);
  g_free (check->name);
  g_free (check);
}
