/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/line/gsttfcline-private.h"
#include <math.h>

/* Of a line that may be max_length long, what is seen leaves so much for events, these so much for
 * the end. What the queue puts in has its place in the latter. */
#define ROOM_FOR_EVENTS (256 * 1024)
#define ROOM_FOR_END (64 * 1024)
/* Its key and its brackets are there whether or not its items find room. */
#define ROOM_FOR_A_LIST 64

void
gst_tfc_line_name (GstTfcLine *line, const gchar *key, const gchar *text)
{
  gst_tfc_json_key (line->json, key);
  gst_tfc_json_text (line->json, text, GST_TFC_LINE_MAX_NAME);
}

void
gst_tfc_line_number (GstTfcLine *line, const gchar *key, gdouble value, guint decimals)
{
  gst_tfc_json_key (line->json, key);
  gst_tfc_json_number (line->json, value, decimals);
}

void
gst_tfc_line_score (GstTfcLine *line, const gchar *key, gfloat score)
{
  gst_tfc_line_number (line, key, score >= 0 ? (gdouble)MIN (score, 1) : 0, 4);
}

void
gst_tfc_line_count (GstTfcLine *line, const gchar *key, guint64 value)
{
  gst_tfc_json_key (line->json, key);
  gst_tfc_json_count (line->json, value);
}

void
gst_tfc_line_box (GstTfcLine *line, gfloat x, gfloat y, gfloat w, gfloat h)
{
  const gdouble sx = line->scale_x, sy = line->scale_y;
  const gdouble box[] = {x * sx, y * sy, w * sx, h * sy};

  gst_tfc_json_key (line->json, "box");
  gst_tfc_json_open (line->json, '[');
  for (guint i = 0; i < G_N_ELEMENTS (box); i++)
    gst_tfc_json_number (line->json, isfinite (box[i]) ? box[i] : 0, line->decimals);
  gst_tfc_json_close (line->json, ']');
}

/* ---- lists ---- */

void
gst_tfc_line_begin_list (GstTfcLine *line, const gchar *key)
{
  line->json->limit += ROOM_FOR_A_LIST;
  gst_tfc_json_key (line->json, key);
  gst_tfc_json_open (line->json, '[');
}

void
gst_tfc_line_end_list (GstTfcLine *line)
{
  line->json->limit += 1;
  gst_tfc_json_close (line->json, ']');
}

gboolean
gst_tfc_line_keep (GstTfcLine *line, gsize before)
{
  if (!line->json->full)
    return TRUE;
  line->json->length = before;
  line->json->full = FALSE;
  line->truncated = TRUE;
  return FALSE;
}

void
gst_tfc_line_list (GstTfcLine *line, const GstTfcSeen *seen, const GstTfcLineList *list)
{
  const GstTfcResults *results;
  gboolean fits = TRUE, begun = list->always;
  guint at = 0, n;

  if (begun)
    gst_tfc_line_begin_list (line, list->key);
  while (fits && (results = gst_tfc_seen_next (seen, list->kind, &at))) {
    const guint8 *items = list->get (results, &n);
    for (guint i = 0; fits && i < n; i++) {
      if (!begun)
        gst_tfc_line_begin_list (line, list->key);
      begun = TRUE;
      const gsize before = line->json->length;
      gst_tfc_json_open (line->json, '{');
      list->write (line, items + i * list->size);
      gst_tfc_json_close (line->json, '}');
      fits = gst_tfc_line_keep (line, before);
    }
  }
  if (begun)
    gst_tfc_line_end_list (line);
}

/* ---- the line ---- */

static void
write_head (GstTfcLine *line, const GstTfcLineHead *head)
{
  GstTfcJson *json = line->json;

  gst_tfc_line_count (line, "v", 1);
  gst_tfc_line_name (line, "source", head->source);
  gst_tfc_line_count (line, "seq", head->seq);
  gst_tfc_json_key (json, "time");
  gst_tfc_json_time (json, head->utc);
  gst_tfc_json_key (json, "pts");
  if (GST_CLOCK_TIME_IS_VALID (head->stream))
    gst_tfc_json_number (json, (gdouble)head->stream / GST_SECOND, 6);
  else
    gst_tfc_json_literal (json, "null");
}

static void
write_frame (GstTfcLine *line, const GstTfcLineHead *head, const GstTfcSeen *seen)
{
  if (head->width && head->height) {
    gst_tfc_line_count (line, "width", head->width);
    gst_tfc_line_count (line, "height", head->height);
  }
  gst_tfc_json_key (line->json, "units");
  gst_tfc_json_literal (line->json, line->pixels ? "\"pixel\"" : "\"fraction\"");
  if (seen->model)
    gst_tfc_line_name (line, "model", seen->model);
  gst_tfc_json_key (line->json, "held");
  gst_tfc_json_literal (line->json, seen->held ? "true" : "false");
}

gsize
gst_tfc_line_write (GstTfcJson *json, const GstTfcLineHead *head, const GstTfcSeen *seen)
{
  const gboolean pixels = head->units == GST_TFC_UNITS_PIXEL && head->width && head->height;
  GstTfcLine line = {.json = json,
                     .include = head->include,
                     .pixels = pixels,
                     .scale_x = pixels ? head->width : 1,
                     .scale_y = pixels ? head->height : 1,
                     .decimals = pixels ? 2 : 5};

  gst_tfc_json_begin (json, head->max_length - ROOM_FOR_EVENTS);
  gst_tfc_json_open (json, '{');
  write_head (&line, head);
  const gsize insert = json->length;
  write_frame (&line, head, seen);
  gst_tfc_line_seen (&line, seen);
  json->limit = head->max_length - ROOM_FOR_END;
  gst_tfc_line_happened (&line, &head->stats, seen);
  json->limit = head->max_length;
  if (line.truncated || seen->collection.cut) {
    gst_tfc_json_key (json, "truncated");
    gst_tfc_json_literal (json, "true");
  }
  gst_tfc_json_close (json, '}');
  return insert;
}
