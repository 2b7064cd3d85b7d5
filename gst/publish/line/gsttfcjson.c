/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/line/gsttfcjson.h"
#include <math.h>
#include <string.h>

#define LITERAL(text) text, sizeof (text) - 1
#define REPLACEMENT "\357\277\275" /* U+FFFD */

void
gst_tfc_json_begin (GstTfcJson *json, gsize limit)
{
  json->length = 0;
  json->limit = limit;
  json->full = FALSE;
}

void
gst_tfc_json_clear (GstTfcJson *json)
{
  g_free (json->text);
  memset (json, 0, sizeof *json);
}

/* Room for n more bytes, or NULL. */
static gchar *
room (GstTfcJson *json, gsize n)
{
  const gsize needed = json->length + n;
  if (json->full || needed > json->limit) {
    json->full = TRUE;
    return NULL;
  }
  if (needed > json->size) {
    json->size = MAX (needed, MAX (json->size * 2, 4096));
    json->text = g_realloc (json->text, json->size);
  }
  return json->text + json->length;
}

static void
add (GstTfcJson *json, const gchar *text, gsize n)
{
  gchar *at = room (json, n);
  if (!at)
    return;
  memcpy (at, text, n);
  json->length += n;
}

/* Before a value or a key. */
static void
separate (GstTfcJson *json)
{
  const gchar last = json->length ? json->text[json->length - 1] : '{';
  if (last != '{' && last != '[' && last != ':')
    add (json, ",", 1);
}

void
gst_tfc_json_open (GstTfcJson *json, gchar bracket)
{
  separate (json);
  add (json, &bracket, 1);
}

void
gst_tfc_json_close (GstTfcJson *json, gchar bracket)
{
  add (json, &bracket, 1);
}

void
gst_tfc_json_key (GstTfcJson *json, const gchar *key)
{
  separate (json);
  add (json, "\"", 1);
  add (json, key, strlen (key));
  add (json, LITERAL ("\":"));
}

void
gst_tfc_json_literal (GstTfcJson *json, const gchar *literal)
{
  separate (json);
  add (json, literal, strlen (literal));
}

/* ---- texts ---- */

static gboolean
is_plain (guchar c)
{
  return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '>';
}

/* A character that must not stand there as it is: below U+00A0. */
static void
add_escape (GstTfcJson *json, gunichar c)
{
  static const gchar digits[] = "0123456789abcdef";
  if (c == '"' || c == '\\') {
    const gchar two[] = {'\\', (gchar)c};
    add (json, two, sizeof two);
  } else {
    const gchar six[] = {'\\', 'u', '0', '0', digits[c >> 4 & 15], digits[c & 15]};
    add (json, six, sizeof six);
  }
}

/* Of WebVTT "-->" is where a line is no text any more. */
static gboolean
ends_arrow (const GstTfcJson *json, gunichar c)
{
  return c == '>' && json->length >= 2 && json->text[json->length - 1] == '-' &&
         json->text[json->length - 2] == '-';
}

/* One character that is not plain; how many bytes of text it was. */
static gsize
add_character (GstTfcJson *json, const gchar *text, gsize n)
{
  const gunichar c = g_utf8_get_char_validated (text, (gssize)n);
  if (c >= (gunichar)-2) {
    add (json, LITERAL (REPLACEMENT));
    return 1;
  }
  const gsize bytes = (gsize)(g_utf8_next_char (text) - text);
  if (ends_arrow (json, c) || (c < 0xa0 && c != '>'))
    add_escape (json, c);
  else
    add (json, text, bytes);
  return bytes;
}

/* Where text of n bytes, of which there were more, is cut: not within a character. */
static gsize
whole_characters (const gchar *text, gsize n)
{
  gsize begin = n;
  while (begin && n - begin < 3 && ((guchar)text[begin] & 0xc0) == 0x80)
    begin--;
  return ((guchar)text[begin] & 0xc0) == 0x80 ? n : begin;
}

void
gst_tfc_json_text (GstTfcJson *json, const gchar *text, gsize max)
{
  if (!text) {
    gst_tfc_json_literal (json, "null");
    return;
  }
  gsize n = strnlen (text, max + 1);
  if (n > max)
    n = whole_characters (text, max);
  separate (json);
  add (json, "\"", 1);
  for (gsize i = 0; i < n;) {
    gsize plain = 0;
    while (i + plain < n && is_plain ((guchar)text[i + plain]))
      plain++;
    add (json, text + i, plain);
    i += plain;
    if (i < n)
      i += add_character (json, text + i, n - i);
  }
  add (json, "\"", 1);
}

/* ---- numbers ---- */

/* At the end of digits, which has room; the first digit. */
static gchar *
write_digits (gchar *end, guint64 value)
{
  do
    *--end = (gchar)('0' + value % 10);
  while (value /= 10);
  return end;
}

void
gst_tfc_json_count (GstTfcJson *json, guint64 value)
{
  gchar digits[24], *end = digits + sizeof digits, *begin = write_digits (end, value);
  separate (json);
  add (json, begin, (gsize)(end - begin));
}

void
gst_tfc_json_integer (GstTfcJson *json, gint64 value)
{
  gchar digits[24], *end = digits + sizeof digits;
  gchar *begin = write_digits (end, value < 0 ? -(guint64)value : (guint64)value);
  if (value < 0)
    *--begin = '-';
  separate (json);
  add (json, begin, (gsize)(end - begin));
}

static const guint64 powers[] = {1,      10,      100,      1000,      10000,
                                 100000, 1000000, 10000000, 100000000, 1000000000};

/* digits behind the point without zeros at their end. */
static gchar *
write_fraction (gchar *end, guint64 fraction, guint decimals)
{
  while (decimals && fraction % 10 == 0) {
    fraction /= 10;
    decimals--;
  }
  if (!decimals)
    return end;
  for (guint i = 0; i < decimals; i++, fraction /= 10)
    *--end = (gchar)('0' + fraction % 10);
  *--end = '.';
  return end;
}

void
gst_tfc_json_number (GstTfcJson *json, gdouble value, guint decimals)
{
  gchar digits[48], *end = digits + sizeof digits;
  if (!isfinite (value)) {
    gst_tfc_json_literal (json, "null");
    return;
  }
  if (fabs (value) >= 1e9) { /* whatever that is, it is not one of ours */
    gst_tfc_json_literal (json, g_ascii_formatd (digits, sizeof digits, "%.9g", value));
    return;
  }
  const guint64 power = powers[decimals];
  const guint64 rounded = (guint64)(fabs (value) * (gdouble)power + 0.5);
  /* Written from its end: the fraction goes before end, the rest before the fraction. */
  gchar *begin = write_fraction (end, rounded % power, decimals);
  gchar *whole = write_digits (begin, rounded / power);
  if (value < 0 && rounded)
    *--whole = '-';
  separate (json);
  add (json, whole, (gsize)(end - whole));
}

void
gst_tfc_json_floats (GstTfcJson *json, const gfloat *values, guint n, gdouble scale, guint decimals)
{
  gst_tfc_json_open (json, '[');
  for (guint i = 0; i < n; i++)
    gst_tfc_json_number (json, (gdouble)values[i] * scale, decimals);
  gst_tfc_json_close (json, ']');
}

/* ---- times ---- */

static void
put (gchar *at, guint n_digits, guint value)
{
  for (guint i = n_digits; i-- > 0; value /= 10)
    at[i] = (gchar)('0' + value % 10);
}

/* Howard Hinnant's days-to-civil: eras of 400 years that begin on the first of March. */
static void
put_date (gchar *at, gint64 days_since_1970)
{
  const gint64 days = days_since_1970 + 719468;
  const guint in_era = (guint)(days % 146097);
  const guint year_of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  const guint day_of_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const guint month = (5 * day_of_year + 2) / 153; /* 0: March */
  const guint year = year_of_era + (guint)(days / 146097) * 400 + (month >= 10);

  put (at, 4, year);
  put (at + 5, 2, month < 10 ? month + 3 : month - 9);
  put (at + 8, 2, day_of_year - (153 * month + 2) / 5 + 1);
}

void
gst_tfc_json_time (GstTfcJson *json, gint64 utc)
{
  gchar text[] = "\"0000-00-00T00:00:00.000Z\"";
  const gint64 ms =
      CLAMP (utc / 1000, G_GINT64_CONSTANT (-62135596800000), G_GINT64_CONSTANT (253402300799999)) +
      G_GINT64_CONSTANT (62135596800000); /* since the year 1 */
  const gint64 of_day = ms % 86400000;

  put_date (text + 1, ms / 86400000 - 719162);
  put (text + 12, 2, (guint)(of_day / 3600000));
  put (text + 15, 2, (guint)(of_day / 60000 % 60));
  put (text + 18, 2, (guint)(of_day / 1000 % 60));
  put (text + 21, 3, (guint)(of_day % 1000));
  gst_tfc_json_literal (json, text);
}

void
gst_tfc_json_newline (GstTfcJson *json)
{
  json->full = FALSE;
  json->limit = json->length + 1;
  add (json, "\n", 1);
}

void
gst_tfc_json_base64 (GstTfcJson *json, const guint8 *bytes, gsize n)
{
  gint state = 0, save = 0;
  separate (json);
  add (json, "\"", 1);
  gchar *at = room (json, (n / 3 + 1) * 4 + 4);
  if (!at)
    return;
  gsize written = g_base64_encode_step (bytes, n, FALSE, at, &state, &save);
  written += g_base64_encode_close (FALSE, at + written, &state, &save);
  json->length += written;
  add (json, "\"", 1);
}
