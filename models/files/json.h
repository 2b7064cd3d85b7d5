/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A reader of JSON that builds nothing: the caller asks for what comes next. After the first thing
 * that is wrong every further call fails, so that one look at `wrong` in the end is enough. */
#include <glib.h>

#define TFC_JSON_MAX_DEPTH 16 /* of what tfc_json_skip skips */

typedef struct {
  const gchar *at;    /* what comes next; a text that ends in a 0 */
  const gchar *wrong; /* NULL: nothing yet; else what was expected */
} TfcJson;

/* What comes next: '{', '[', '"', a digit, '-', 't', 'f', 'n', or 0 at the end or after an error.
 */
gchar tfc_json_peek (TfcJson *json);
/* Enters an object ('{') or an array ('['). *first is for tfc_json_next. FALSE: it is none. */
gboolean tfc_json_enter (TfcJson *json, gchar bracket, gboolean *first);
/* Whether another member or element follows in what was entered with bracket; past its end if not.
 */
gboolean tfc_json_next (TfcJson *json, gchar bracket, gboolean *first);
/* A string, unescaped, into text (size bytes with the 0); one that is longer, holds a 0 or is no
 * UTF-8 is wrong. */
gboolean tfc_json_string (TfcJson *json, gchar *text, gsize size);
/* The same for a member's name, with the colon. */
gboolean tfc_json_name (TfcJson *json, gchar *text, gsize size);
/* A number; null is NaN, as JavaScript writes it. */
gboolean tfc_json_number (TfcJson *json, gdouble *value);
/* Any value. */
gboolean tfc_json_skip (TfcJson *json);
/* Whether nothing but space follows, and nothing was wrong. */
gboolean tfc_json_end (TfcJson *json);
/* Adds text as a JSON string, with its quotes. */
void tfc_json_quote (GString *out, const gchar *text);
