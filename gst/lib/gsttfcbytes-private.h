/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Private to the metadata library: numbers and texts as bytes, little endian, floats as their IEEE
 * bits, a text as its length (2 bytes) and at most 256 bytes of UTF-8. */
#include <glib.h>

void tfc_put (GByteArray *bytes, guint64 value, guint n_bytes);
void tfc_put_floats (GByteArray *bytes, const gfloat *values, gsize n);
void tfc_put_text (GByteArray *bytes, const gchar *text);

/* What is left to read; bad once something did not fit, and then every get gives 0 or NULL. */
typedef struct {
  const guint8 *data;
  gsize left;
  gboolean bad;
} TfcReader;

/* The next n bytes, or NULL. */
const guint8 *tfc_take (TfcReader *reader, gsize n);
guint64 tfc_get (TfcReader *reader, guint n_bytes);
/* A number below end; else 0, and the reader is bad. */
guint tfc_get_below (TfcReader *reader, guint n_bytes, guint end);
void tfc_get_floats (TfcReader *reader, gfloat *values, gsize n);
/* Interned. NULL, and the reader is bad, for what is no text, and when a process has already read
 * 4096 texts that it did not know: interned texts are never given back. */
const gchar *tfc_get_text (TfcReader *reader);
