/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcobjects.h"

#include <math.h>
#include <string.h>

#include "gst/analyzer/gsttfcanalyzer-private.h"
#include "gst/collect/gsttfccollect.h"

/* While the objects of a buffer are gathered. */
typedef struct {
  const gchar *classes; /* NULL: all */
  const TfcBox *part;   /* of the frame that is looked at, or NULL: all of it */
  guint max;
  guint n_foreign; /* so far */
  GstTfcObjects *objects;
} Gathering;

/* Whether text begins with word, which ends there or before a comma. */
static gboolean
begins_with (const gchar *text, const gchar *word)
{
  const gsize n = strlen (word);

  if (!n || g_ascii_strncasecmp (text, word, n))
    return FALSE;
  for (text += n; g_ascii_isspace (*text);)
    text++;
  return !*text || *text == ',';
}

/* Whether a class stands in the list, by its label (which may have commas itself) or its id. */
static gboolean
is_listed (const gchar *list, const gchar *label, gint class_id)
{
  for (const gchar *at = list; at; at = strchr (at, ',')) {
    gchar *end;
    at += *at == ',';
    while (g_ascii_isspace (*at))
      at++;
    if (label && begins_with (at, label))
      return TRUE;
    const gint64 id = g_ascii_strtoll (at, &end, 10);
    while (g_ascii_isspace (*end))
      end++;
    if (end != at && (!*end || *end == ',') && id == class_id)
      return TRUE;
  }
  return FALSE;
}

/* FALSE: nothing of it lies in the frame, or it is no box. */
static gboolean
clip (TfcBox *box)
{
  const gfloat right = MIN (box->x + box->w, 1), bottom = MIN (box->y + box->h, 1);

  if (!isfinite (box->x) || !isfinite (box->y) || isnan (box->w) || isnan (box->h))
    return FALSE;
  box->x = MAX (box->x, 0);
  box->y = MAX (box->y, 0);
  box->w = right - box->x;
  box->h = bottom - box->y;
  return box->w > 0 && box->h > 0 && box->w <= 1 && box->h <= 1;
}

/* In fractions of the part. FALSE: its centre lies elsewhere. */
static gboolean
put_in_part (const TfcBox *part, TfcBox *box)
{
  *box = (TfcBox){(box->x - part->x) / part->w, (box->y - part->y) / part->h, box->w / part->w,
                  box->h / part->h};
  return box->x + box->w / 2 >= 0 && box->y + box->h / 2 >= 0 && box->x + box->w / 2 <= 1 &&
         box->y + box->h / 2 <= 1 && clip (box);
}

/* In its place by score; of equals the one that came first. */
static void
add (const Gathering *g, GstTfcUpstreamObject object, const gchar *label, gint class_id)
{
  GstTfcObjects *o = g->objects;
  guint at = o->n;

  if (!clip (&object.box) || (g->classes && !is_listed (g->classes, label, class_id)))
    return;
  if (g->part && !put_in_part (g->part, &object.box))
    return;
  while (at > 0 && o->object[at - 1].score < object.score)
    at--;
  if (at == g->max)
    return;
  o->n = MIN (o->n + 1, g->max);
  memmove (&o->object[at + 1], &o->object[at], (o->n - 1 - at) * sizeof object);
  o->object[at] = object;
}

/* How many metas there were. */
static guint
gather_detections (const Gathering *g, GstBuffer *buffer)
{
  gpointer state = NULL;
  GstMeta *meta;
  guint metas = 0, index = 0, n;

  for (;
       (meta = gst_buffer_iterate_meta_filtered (buffer, &state, GST_TFC_DETECTION_META_API_TYPE));
       metas++) {
    const GstTfcDetection *d =
        gst_tfc_detection_meta_get_detections ((const GstTfcDetectionMeta *)meta, &n);
    for (guint i = 0; i < n; i++, index++)
      add (g,
           (GstTfcUpstreamObject){{d[i].x, d[i].y, d[i].w, d[i].h},
                                  d[i].score,
                                  d[i].track_id != 0,
                                  d[i].track_id ? d[i].track_id : 1 + (guint64)index},
           d[i].label, d[i].class_id);
  }
  return metas;
}

static void
add_foreign (gpointer gathering, const GstTfcCollected *o)
{
  Gathering *g = gathering;
  const guint64 number = ++g->n_foreign;

  if (o)
    add (g,
         (GstTfcUpstreamObject){o->box, o->score < 0 ? 1 : o->score, o->track_id != 0,
                                o->track_id        ? o->track_id
                                : o->region_id > 0 ? (guint64)o->region_id
                                                   : number},
         o->label, o->class_id);
}

gboolean
gst_tfc_analyzer_objects (GstTfcAnalyzer *self, const GstTfcObjectSettings *settings, guint max,
                          GstTfcObjects *objects)
{
  GstTfcAnalyzerPrivate *priv = gst_tfc_analyzer_private (self);
  Gathering g = {.part = gst_tfc_analyzer_part (self),
                 .max = MIN (max, GST_TFC_MAX_OBJECTS),
                 .objects = objects};
  gboolean on;

  objects->n = 0;
  GST_OBJECT_LOCK (self);
  on = settings->on == GST_TFC_ON_OBJECTS;
  if (settings->classes && *settings->classes)
    g.classes = settings->classes;
  if (on && !gather_detections (&g, priv->analysed))
    gst_tfc_collect_foreign (priv->analysed, (guint)priv->info.width, (guint)priv->info.height,
                             add_foreign, &g);
  GST_OBJECT_UNLOCK (self);
  return on;
}

TfcFrame
gst_tfc_object_part (const TfcFrame *frame, TfcBox *box)
{
  const gfloat rounding = 1e-3f; /* of what was a whole pixel before it became a fraction */
  guint x = MIN ((guint)(box->x * frame->width + rounding), frame->width - 1),
        y = MIN ((guint)(box->y * frame->height + rounding), frame->height - 1);
  const guint right = (guint)((box->x + box->w) * frame->width + 0.5f),
              bottom = (guint)((box->y + box->h) * frame->height + 0.5f);
  const TfcFrame part = tfc_frame_part (frame, &x, &y, MAX (right, x + 1), MAX (bottom, y + 1));

  *box = (TfcBox){(gfloat)x / frame->width, (gfloat)y / frame->height,
                  (gfloat)part.width / frame->width, (gfloat)part.height / frame->height};
  return part;
}
