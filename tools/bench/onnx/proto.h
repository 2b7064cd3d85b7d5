/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The few shapes that a protocol buffer consists of, appended to a byte array. field: its number in
 * the message's definition. */
#include <glib.h>
#include <string.h>

static inline void
proto_varint (GByteArray *out, guint64 value)
{
  do {
    guint8 byte = (value & 0x7f) | (value > 0x7f ? 0x80 : 0);
    g_byte_array_append (out, &byte, 1);
    value >>= 7;
  } while (value);
}

static inline void
proto_int (GByteArray *out, guint field, gint64 value)
{
  proto_varint (out, field << 3);
  proto_varint (out, value);
}

/* Strings, bytes and messages alike. */
static inline void
proto_bytes (GByteArray *out, guint field, gconstpointer data, gsize n)
{
  proto_varint (out, field << 3 | 2);
  proto_varint (out, n);
  g_byte_array_append (out, data, n);
}

static inline void
proto_string (GByteArray *out, guint field, const gchar *text)
{
  proto_bytes (out, field, text, strlen (text));
}

/* A message inside; takes it. */
static inline void
proto_message (GByteArray *out, guint field, GByteArray *message)
{
  proto_bytes (out, field, message->data, message->len);
  g_byte_array_unref (message);
}

static inline void
proto_float (GByteArray *out, guint field, gfloat value)
{
  union {
    gfloat f;
    guint32 u;
  } bits = {value};
  guint32 little = GUINT32_TO_LE (bits.u);
  proto_varint (out, field << 3 | 5);
  g_byte_array_append (out, (const guint8 *)&little, 4);
}
