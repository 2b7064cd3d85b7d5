/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Reads FlatBuffers and FlexBuffers from bytes that nobody vouches for. Every access is checked
 * against the length; nothing needs to be aligned; nothing recurses.
 *
 * A position is an offset from the first byte; 0 means "not there" and every call takes it and
 * answers with its default. The first thing out of bounds is remembered (FORMAT, with the byte
 * offset) and makes every later call answer "not there", so a caller may look at error once after a
 * group of calls. Vector lengths are checked as they are read: a loop over one is bounded by the
 * length of the file. */
#include "inference/error.h"

typedef struct {
  const guint8 *data;
  gsize size;
  const gchar *name; /* for messages; borrowed */
  GError *error;     /* the first failure; owned, freed by tfc_fb_finish */
} TfcFb;

typedef struct {
  gsize at; /* of the first element */
  guint32 n;
} TfcFbVector;

/* Borrows data and name. */
void tfc_fb_init (TfcFb *fb, const guint8 *data, gsize size, const gchar *name);
void tfc_fb_finish (TfcFb *fb);
/* Sets the error unless there is one; the message gets the name and the byte offset. */
void tfc_fb_fail (TfcFb *fb, gsize at, const gchar *what);
/* TRUE if n bytes stand at at; else fails. */
gboolean tfc_fb_has (TfcFb *fb, gsize at, gsize n);

/* The root table of a file with this identifier of 4 bytes ("TFL3"). */
gsize tfc_fb_root (TfcFb *fb, const gchar *identifier);

/* Fields of a table, by their number in the schema. */
gint32 tfc_fb_i8 (TfcFb *fb, gsize table, guint field, gint32 fallback);
gint32 tfc_fb_u8 (TfcFb *fb, gsize table, guint field, gint32 fallback);
gint32 tfc_fb_i32 (TfcFb *fb, gsize table, guint field, gint32 fallback);
guint32 tfc_fb_u32 (TfcFb *fb, gsize table, guint field, guint32 fallback);
gfloat tfc_fb_f32 (TfcFb *fb, gsize table, guint field, gfloat fallback);
gsize tfc_fb_table (TfcFb *fb, gsize table, guint field);
/* n 0 if the field is not there. element: bytes of one, 1 to 8 (4 for tables and strings). */
TfcFbVector tfc_fb_vector (TfcFb *fb, gsize table, guint field, guint element);
/* A copy as valid UTF-8, at most 255 bytes of it; NULL if the field is not there. */
gchar *tfc_fb_string (TfcFb *fb, gsize table, guint field);

/* Elements of a vector; index must be below n. */
gint32 tfc_fb_at_i32 (TfcFb *fb, TfcFbVector vector, guint32 index);
gint64 tfc_fb_at_i64 (TfcFb *fb, TfcFbVector vector, guint32 index);
gsize tfc_fb_at_table (TfcFb *fb, TfcFbVector vector, guint32 index);

/* A FlexBuffer whose root is a map, in the bytes of vector. Calls found for each entry whose value
 * is a number, a boolean or a vector of integers (once per number, index counting up; n is the
 * vector's length, 1 for a scalar); other values are passed over. key stays valid during the call. */
typedef void (*TfcFlexFunc) (gpointer data, const gchar *key, guint32 index, guint32 n, gdouble value);
void tfc_flex_map (TfcFb *fb, TfcFbVector vector, TfcFlexFunc found, gpointer data);
