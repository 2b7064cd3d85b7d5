/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The zip that TFLite's metadata writers append to a model file: small files by name. Stored and
 * deflated ones, zip64 too; not encrypted ones. Checksums are compared. Trusts no byte of it;
 * memory is bounded by the caller. */
#include <glib.h>

typedef struct {
  const guint8 *data; /* borrowed: the whole file */
  gsize size;
  gsize directory, start; /* of the central directory; what offsets are counted from */
  guint n;                /* entries, as it says */
} TfcZip;

/* FALSE if data does not end in a zip. */
gboolean tfc_zip_init (TfcZip *zip, const guint8 *data, gsize size);

/* Walks through the names: *at begins as 0 and counts entries. NULL at the end or where the
 * directory is broken. g_free. */
gchar *tfc_zip_next (const TfcZip *zip, gsize *at);

/* The bytes of the entry of that name, at most limit of them. NULL with error set: NOT_FOUND, or
 * FORMAT (broken, damaged, of a method that is not read, or larger). */
GBytes *tfc_zip_read (const TfcZip *zip, const gchar *name, gsize limit, GError **error);
