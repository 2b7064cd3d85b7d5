/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/detection/areas.h"

#include <string.h>
#include "inference/error.h"

#define SHOWN 60      /* characters of a wrong part that a message repeats */
#define SLACK 1e-4f   /* that rounded fractions may reach beyond the frame */
#define MAX_TEXT 1024 /* bytes that can be right */

/* One of the four numbers at *at, which goes behind it and behind the comma. */
static gboolean
parse_number (const gchar **at, const gchar *end, gboolean last, gfloat *value)
{
  gchar *behind;

  while (*at < end && g_ascii_isspace (**at))
    (*at)++;
  if (*at == end || !strchr ("+-.0123456789", **at))
    return FALSE;
  *value = (gfloat)g_ascii_strtod (*at, &behind);
  if (behind == *at || behind > end)
    return FALSE;
  while (behind < end && g_ascii_isspace (*behind))
    behind++;
  if (last ? behind != end : behind == end || *behind != ',')
    return FALSE;
  *at = behind + !last;
  return TRUE;
}

/* NULL if it is right, else what is wrong. */
static const gchar *
parse_area (const gchar *at, const gchar *end, TfcBox *b)
{
  if (at == end)
    return "is empty; remove the ';' that is too many";
  if (!parse_number (&at, end, FALSE, &b->x) || !parse_number (&at, end, FALSE, &b->y) ||
      !parse_number (&at, end, FALSE, &b->w) || !parse_number (&at, end, TRUE, &b->h))
    return "is not four numbers; expected x,y,w,h, as in 0.25,0.5,0.5,0.5";
  if (!(b->w > 0 && b->h > 0))
    return "has no width or no height; both are above 0";
  if (!(b->x >= 0 && b->y >= 0 && b->w <= 1 && b->h <= 1 && b->x + b->w <= 1 + SLACK &&
        b->y + b->h <= 1 + SLACK))
    return "reaches beyond the frame; x, y, w, h are fractions of it, with x + w and y + h at most "
           "1";
  b->w = MIN (b->w, 1 - b->x);
  b->h = MIN (b->h, 1 - b->y);
  return b->w > 0 && b->h > 0 ? NULL : "lies beyond the frame; x and y are below 1";
}

static gboolean
refuse (guint number, const gchar *at, const gchar *end, const gchar *what, GError **error)
{
  g_autofree gchar *part = g_strndup (at, MIN ((gsize)(end - at), SHOWN));
  g_autofree gchar *shown = tfc_printable (part);

  g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "roi: part %u, '%s', %s", number, shown, what);
  return FALSE;
}

gboolean
tfc_areas_parse (const gchar *text, guint max, TfcAreas *areas, GError **error)
{
  TfcAreas parsed = {0};
  const gsize length = text ? strlen (text) : 0;

  for (const gchar *at = text, *end; at && length; at = *end ? end + 1 : NULL) {
    const gchar *wrong = NULL;
    end = strchr (at, ';');
    end = end ? end : at + strlen (at);
    if (parsed.n == max || length > MAX_TEXT) {
      g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                   "roi: more than %u part%s of the frame; name fewer, or use one element for each",
                   max, max == 1 ? "" : "s");
      return FALSE;
    }
    wrong = parse_area (at, end, &parsed.area[parsed.n]);
    parsed.n++;
    if (wrong)
      return refuse (parsed.n, at, end, wrong, error);
  }
  *areas = parsed;
  return TRUE;
}

gboolean
tfc_areas_equal (const TfcAreas *a, const TfcAreas *b)
{
  for (guint i = 0; a->n == b->n && i < a->n; i++)
    if (a->area[i].x != b->area[i].x || a->area[i].y != b->area[i].y ||
        a->area[i].w != b->area[i].w || a->area[i].h != b->area[i].h)
      return FALSE;
  return a->n == b->n;
}
