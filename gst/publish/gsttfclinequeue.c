/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/gsttfclinequeue.h"
#include <string.h>

/* Memory of a longer line is not kept for the next one in its place: there are many places. */
#define KEPT_BYTES (16 * 1024)

struct GstTfcLineQueue {
  GstTfcQueuedLine lines[GST_TFC_MAX_QUEUED]; /* a ring */
  guint first, n;
  gsize bytes;     /* of the lines that wait */
  guint64 dropped; /* not told yet: they come before the first line */
};

GstTfcLineQueue *
gst_tfc_line_queue_new (void)
{
  return g_new0 (GstTfcLineQueue, 1);
}

void
gst_tfc_line_queue_free (GstTfcLineQueue *queue)
{
  for (guint i = 0; i < GST_TFC_MAX_QUEUED; i++)
    g_free (queue->lines[i].text);
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
  line->size = MAX (n + n / 4 + 1, 512);
  line->text = g_realloc (line->text, line->size);
}

static void
forget_long (GstTfcQueuedLine *line)
{
  if (line->size <= KEPT_BYTES)
    return;
  g_clear_pointer (&line->text, g_free);
  line->size = 0;
}

static void
drop_first (GstTfcLineQueue *queue)
{
  GstTfcQueuedLine *line = &queue->lines[queue->first];
  queue->bytes -= line->length;
  forget_long (line);
  queue->first = (queue->first + 1) % GST_TFC_MAX_QUEUED;
  queue->n--;
  queue->dropped++;
}

guint
gst_tfc_line_queue_push (GstTfcLineQueue *queue, const gchar *text, gsize length, gsize insert)
{
  guint dropped = 0;

  for (; queue->n == GST_TFC_MAX_QUEUED ||
         (queue->n && queue->bytes + length > GST_TFC_MAX_QUEUED_BYTES);
       dropped++)
    drop_first (queue);
  GstTfcQueuedLine *line = &queue->lines[(queue->first + queue->n) % GST_TFC_MAX_QUEUED];
  reserve (line, length);
  memcpy (line->text, text, length);
  line->text[length] = 0;
  line->length = length;
  line->insert = insert;
  queue->bytes += length;
  queue->n++;
  return dropped;
}

gboolean
gst_tfc_line_queue_pop (GstTfcLineQueue *queue, GstTfcQueuedLine *line)
{
  if (!queue->n)
    return FALSE;
  GstTfcQueuedLine *first = &queue->lines[queue->first];
  const GstTfcQueuedLine popped = *first;
  forget_long (line);
  *first = *line;
  *line = popped;
  line->dropped = queue->dropped;
  queue->dropped = 0;
  queue->bytes -= line->length;
  queue->first = (queue->first + 1) % GST_TFC_MAX_QUEUED;
  queue->n--;
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
