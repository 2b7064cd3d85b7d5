/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* JSON into one growing text that is used again, so that a steady stream of lines allocates
 * nothing. Commas come by themselves. Texts may be of anybody's: the result is valid UTF-8 without
 * newlines, without characters that control terminals and without WebVTT's "-->", whatever they
 * are. */
#include <glib.h>

typedef struct {
  gchar *text; /* length bytes, without a 0 behind them */
  gsize length;
  gsize size;  /* bytes of memory */
  gsize limit; /* beyond this many bytes nothing is written and full is set */
  gboolean full;
} GstTfcJson;

/* Begins anew. A zeroed GstTfcJson has nothing yet. */
void gst_tfc_json_begin (GstTfcJson *json, gsize limit);
void gst_tfc_json_clear (GstTfcJson *json); /* frees the text */

/* '{' or '[', '}' or ']'. */
void gst_tfc_json_open (GstTfcJson *json, gchar bracket);
void gst_tfc_json_close (GstTfcJson *json, gchar bracket);
/* The name of the member whose value comes next: a literal that needs no escapes. */
void gst_tfc_json_key (GstTfcJson *json, const gchar *key);
/* A text of at most max bytes of it, cut between characters. Each byte that is not UTF-8 becomes
 * U+FFFD. NULL: null. */
void gst_tfc_json_text (GstTfcJson *json, const gchar *text, gsize max);
/* A literal: a number, true, a text without escapes in its quotes. */
void gst_tfc_json_literal (GstTfcJson *json, const gchar *literal);
void gst_tfc_json_integer (GstTfcJson *json, gint64 value);
void gst_tfc_json_count (GstTfcJson *json, guint64 value);
/* Rounded to at most decimals (0..9) digits behind the point, zeros at the end left out. null where
 * it is no finite number. */
void gst_tfc_json_number (GstTfcJson *json, gdouble value, guint decimals);
/* [value * scale, ...]. */
void gst_tfc_json_floats (GstTfcJson *json, const gfloat *values, guint n, gdouble scale,
                          guint decimals);
/* "2026-11-30T12:00:00.040Z"; microseconds since 1970, years 1 to 9999. */
void gst_tfc_json_time (GstTfcJson *json, gint64 utc);
/* The end of a line, beyond the limit if need be. */
void gst_tfc_json_newline (GstTfcJson *json);
/* Bytes as base64, without line breaks. */
void gst_tfc_json_base64 (GstTfcJson *json, const guint8 *bytes, gsize n);
