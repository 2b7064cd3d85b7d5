/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/gsttfclinequeue.h"
#include <string.h>

/* Memory of lines that are gone, for those that come; of longer ones it is not kept. As long as no
 * more than so many lines wait, nothing is allocated. */
#define MAX_SPARES 64
#define MAX_SPARE_BYTES (16 * 1024)
#define FIRST_BYTES 1024

struct GstTfcLineQueue {
  GstTfcQueuedLine lines[GST_TFC_MAX_QUEUED]; /* a ring; only those that wait have memory */
  guint first, n;
  gsize bytes;     /* of the lines that wait */
  guint64 dropped; /* not told yet: they come before the first line */
  GstTfcQueuedLine spares[MAX_SPARES];
  guint n_spares;
};

void
gst_tfc_line_queue_free (GstTfcLineQueue *queue)
{
  for (guint i = 0; i < queue->n; i++)
    g_free (queue->lines[(queue->first + i) % GST_TFC_MAX_QUEUED].text);
  for (guint i = 0; i < queue->n_spares; i++)
    g_free (queue->spares[i].text);
  g_free (queue);
}

guint
gst_tfc_line_queue_length (const GstTfcLineQueue *queue)
{
  return queue->n;
}

/* Room for n bytes and a 0. */
static void
reserve (GstTfcQueuedLine *line, gsize n)
{
  if (n < line->size)
    return;
  line->size = MAX (n + n / 4 + 1, FIRST_BYTES);
  line->text = g_realloc (line->text, line->size);
}

/* Line is over, and nothing again. */
static void
spare (GstTfcLineQueue *queue, GstTfcQueuedLine *line)
{
  if (line->size && line->size <= MAX_SPARE_BYTES && queue->n_spares < MAX_SPARES)
    queue->spares[queue->n_spares++] = *line;
  else
    g_free (line->text);
  *line = (GstTfcQueuedLine){0};
}

GstTfcLineQueue *
gst_tfc_line_queue_new (void)
{
  GstTfcLineQueue *queue = g_new0 (GstTfcLineQueue, 1);

  for (; queue->n_spares < MAX_SPARES; queue->n_spares++)
    reserve (&queue->spares[queue->n_spares], 0);
  return queue;
}

static GstTfcQueuedLine
take_first (GstTfcLineQueue *queue)
{
  const GstTfcQueuedLine line = queue->lines[queue->first];

  queue->bytes -= line.length;
  queue->first = (queue->first + 1) % GST_TFC_MAX_QUEUED;
  queue->n--;
  return line;
}

guint
gst_tfc_line_queue_push (GstTfcLineQueue *queue, const gchar *text, gsize length, gsize insert)
{
  guint dropped = 0;

  for (; queue->n == GST_TFC_MAX_QUEUED ||
         (queue->n && queue->bytes + length > GST_TFC_MAX_QUEUED_BYTES);
       dropped++) {
    GstTfcQueuedLine oldest = take_first (queue);
    spare (queue, &oldest);
  }
  queue->dropped += dropped;
  GstTfcQueuedLine line = {0};
  if (queue->n_spares)
    line = queue->spares[--queue->n_spares];
  reserve (&line, length);
  memcpy (line.text, text, length);
  line.text[length] = 0;
  line.length = length;
  line.insert = insert;
  queue->lines[(queue->first + queue->n++) % GST_TFC_MAX_QUEUED] = line;
  queue->bytes += length;
  return dropped;
}

gboolean
gst_tfc_line_queue_pop (GstTfcLineQueue *queue, GstTfcQueuedLine *line)
{
  spare (queue, line);
  if (!queue->n)
    return FALSE;
  *line = take_first (queue);
  line->dropped = queue->dropped;
  queue->dropped = 0;
  return TRUE;
}

void
gst_tfc_line_queue_lose (GstTfcLineQueue *queue, const GstTfcQueuedLine *line)
{
  queue->dropped += line->dropped + 1;
}

void
gst_tfc_queued_line_tell (GstTfcQueuedLine *line)
{
  gchar member[40];

  if (!line->dropped)
    return;
  const gsize n =
      (gsize)g_snprintf (member, sizeof member, ",\"dropped\":%" G_GUINT64_FORMAT, line->dropped);
  reserve (line, line->length + n);
  memmove (line->text + line->insert + n, line->text + line->insert,
           line->length + 1 - line->insert);
  memcpy (line->text + line->insert, member, n);
  line->length += n;
}
