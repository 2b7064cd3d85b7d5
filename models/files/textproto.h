/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Reads protobuf's text format (label_map.pbtxt, pipeline.config) without a schema, from bytes that
 * nobody vouches for: fields go to a callback as they come, nothing is kept, nothing recurses. */
#include <glib.h>

#define TFC_PROTO_MAX_DEPTH 32
#define TFC_PROTO_MAX_NAME 64 /* bytes of a field's name; longer ones are refused */
#define TFC_PROTO_MAX_VALUE 1024

typedef enum {
  TFC_PROTO_OPEN,  /* a message begins */
  TFC_PROTO_CLOSE, /* the same ends */
  TFC_PROTO_VALUE, /* a number, a word or a string; each entry of a list [a, b] is one */
} TfcProtoKind;

typedef struct {
  TfcProtoKind kind;
  guint line;                /* from 1 */
  guint depth;               /* messages around the field, 0 at the top */
  const gchar *const *path;  /* [depth + 1]: their names from the top, then the field's own */
  const gchar *value;        /* VALUE: escapes undone, valid UTF-8; valid during the call */
  gboolean quoted;           /* VALUE: it was a string */
} TfcProtoField;

/* FALSE with error set stops the reading. */
typedef gboolean (*TfcProtoFunc) (gpointer data, const TfcProtoField *field, GError **error);

/* text is valid UTF-8 without NUL; a byte order mark in front is passed over. FALSE with error set:
 * SETTINGS, naming name, the line and what was expected there, or the callback's own. */
gboolean tfc_proto_read (const gchar *text, const gchar *name, TfcProtoFunc found, gpointer data,
                         GError **error);
