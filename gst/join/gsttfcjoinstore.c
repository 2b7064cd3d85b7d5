/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <gst/video/video.h>
#include "gst/join/gsttfcjoinstore.h"
#include "gst/join/gsttfcjoinresults.h"

/* ---- which metas ---- */

/* Those of other libraries. Analytics are known by name: they need not be there. */
static gboolean
is_foreign (const GstMeta *meta)
{
  return meta->info->api == GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE ||
         g_str_equal (g_type_name (meta->info->api), "GstAnalyticsRelationMetaAPI");
}

/* FALSE: it goes. */
static gboolean
drop_meta (GstBuffer *buffer, GstMeta **meta, gpointer unused)
{
  *meta = NULL;
  return TRUE;
}

/* ---- the store ---- */

void
gst_tfc_join_store_forget (GstTfcJoinStore *store)
{
  for (guint i = 0; i < GST_TFC_JOIN_RESULTS; i++)
    if (store->entries[i].metas)
      gst_buffer_foreach_meta (store->entries[i].metas, drop_meta, NULL);
  store->n = store->next = 0;
}

void
gst_tfc_join_store_free (GstTfcJoinStore *store)
{
  for (guint i = 0; i < GST_TFC_JOIN_RESULTS; i++)
    gst_clear_buffer (&store->entries[i].metas);
  store->n = store->next = 0;
}

static void
copy_foreign (GstBuffer *to, GstBuffer *from, GstMeta *meta, GQuark type, gpointer how)
{
  if (meta->info->transform_func)
    meta->info->transform_func (to, meta, from, type, how);
}

/* How many metas were worth it. */
static guint
copy_metas (GstBuffer *to, GstBuffer *from)
{
  GstMetaTransformCopy whole = {FALSE, 0, (gsize)-1};
  gpointer state = NULL;
  GstMeta *meta;
  guint n = 0;

  while ((meta = gst_buffer_iterate_meta (from, &state))) {
    gboolean held;
    GstTfcResults *results = gst_tfc_meta_get_results (meta, &held);
    if (results)
      gst_buffer_add_tfc_results (to, results, held);
    else if (is_foreign (meta))
      copy_foreign (to, from, meta, _gst_meta_transform_copy, &whole);
    else
      continue;
    n++;
  }
  return n;
}

gboolean
gst_tfc_join_store_put (GstTfcJoinStore *store, GstBuffer *buffer, GstClockTime time,
                        const GstTfcJoinPicture *picture)
{
  GstTfcJoinEntry *entry = &store->entries[store->next];

  if (!entry->metas)
    entry->metas = gst_buffer_new ();
  gst_buffer_foreach_meta (entry->metas, drop_meta, NULL);
  entry->time = GST_CLOCK_TIME_NONE; /* what lay here is gone, whatever comes */
  if (!copy_metas (entry->metas, buffer))
    return FALSE;
  entry->time = time;
  entry->pts = GST_BUFFER_PTS (buffer);
  entry->picture = *picture;
  entry->has_events = gst_buffer_get_n_meta (entry->metas, GST_TFC_EVENT_META_API_TYPE) > 0;
  store->next = (store->next + 1) % GST_TFC_JOIN_RESULTS;
  store->n = MIN (store->n + 1, GST_TFC_JOIN_RESULTS);
  return TRUE;
}

const GstTfcJoinEntry *
gst_tfc_join_store_find (const GstTfcJoinStore *store, GstClockTime time, GstClockTime max_age)
{
  const GstTfcJoinEntry *newest = NULL;

  for (guint i = 1; i <= store->n; i++) { /* last in, first seen */
    const guint at = (store->next + GST_TFC_JOIN_RESULTS - i) % GST_TFC_JOIN_RESULTS;
    const GstTfcJoinEntry *entry = &store->entries[at];
    if (GST_CLOCK_TIME_IS_VALID (entry->time) && entry->time <= time &&
        (!newest || entry->time > newest->time))
      newest = entry;
  }
  return newest && time - newest->time <= max_age ? newest : NULL;
}

/* ---- from the store onto a buffer ---- */

typedef struct {
  GstBuffer *metas;
  gboolean foreign; /* those of other libraries too: they can be scaled */
} Replacement;

/* Whether there is one in place of meta. */
static gboolean
replaces (const Replacement *replacement, GstMeta *meta)
{
  const GstTfcResults *results = gst_tfc_meta_get_results (meta, NULL);
  gpointer state = NULL;
  GstMeta *other;

  if (results ? gst_tfc_results_get_kind (results) == GST_TFC_RESULTS_KIND_EVENTS
              : !replacement->foreign)
    return FALSE;
  while ((other = gst_buffer_iterate_meta_filtered (replacement->metas, &state, meta->info->api))) {
    if (!results || gst_tfc_results_get_model (gst_tfc_meta_get_results (other, NULL)) ==
                        gst_tfc_results_get_model (results))
      return TRUE;
  }
  return FALSE;
}

static gboolean
drop_replaced (GstBuffer *buffer, GstMeta **meta, gpointer replacement)
{
  if (replaces (replacement, *meta))
    *meta = NULL;
  return TRUE;
}

static guint
scale (guint pixels, gint from, gint to)
{
  return (guint)gst_util_uint64_scale_int (pixels, to, from);
}

/* By hand: GStreamer's own scaling leaves the parameters out. */
static void
attach_region (const GstTfcJoinEntry *entry, const GstTfcJoinTarget *target,
               const GstVideoRegionOfInterestMeta *from)
{
  const GstTfcJoinPicture *a = &entry->picture, *b = &target->picture;
  GstVideoRegionOfInterestMeta *to = gst_buffer_add_video_region_of_interest_meta_id (
      target->buffer, from->roi_type, scale (from->x, a->width, b->width),
      scale (from->y, a->height, b->height), scale (from->w, a->width, b->width),
      scale (from->h, a->height, b->height));

  to->id = from->id;
  to->parent_id = from->parent_id;
  for (GList *l = from->params; l; l = l->next)
    gst_video_region_of_interest_meta_add_param (to, gst_structure_copy (l->data));
}

/* Pixels of one picture to pixels of the other. */
static void
attach_foreign (const GstTfcJoinEntry *entry, const GstTfcJoinTarget *target, GstMeta *meta)
{
  GstVideoInfo from, to;
  GstVideoMetaTransform how = {&from, &to};

  if (meta->info->api == GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE) {
    attach_region (entry, target, (GstVideoRegionOfInterestMeta *)meta);
    return;
  }
  gst_video_info_init (&from);
  gst_video_info_init (&to);
  from.width = entry->picture.width;
  from.height = entry->picture.height;
  to.width = target->picture.width;
  to.height = target->picture.height;
  copy_foreign (target->buffer, entry->metas, meta, gst_video_meta_transform_scale_get_quark (),
                &how);
}

/* The PTS that results have in the passing stream: a branch with times of its own is shifted. */
static GstClockTime
pts_there (const GstTfcJoinEntry *entry, const GstTfcJoinTarget *target, GstClockTime pts)
{
  const GstClockTime there =
      gst_segment_position_from_running_time (target->segment, GST_FORMAT_TIME, entry->time);

  if (!GST_CLOCK_TIME_IS_VALID (pts) || !GST_CLOCK_TIME_IS_VALID (there) ||
      there + pts < entry->pts)
    return pts;
  return there + pts - entry->pts;
}

static void
attach_results (const GstTfcJoinEntry *entry, const GstTfcJoinTarget *target,
                GstTfcResults *results, gboolean held)
{
  GstTfcResults *shown =
      gst_tfc_join_results (results, pts_there (entry, target, gst_tfc_results_get_pts (results)),
                            target->time - entry->time);

  if (!shown)
    return;
  gst_buffer_add_tfc_results (target->buffer, shown, held || entry->time != target->time);
  gst_tfc_results_unref (shown);
}

static gboolean
is_known (const GstTfcJoinPicture *picture)
{
  return picture->width > 0 && picture->height > 0;
}

void
gst_tfc_join_attach (const GstTfcJoinEntry *entry, const GstTfcJoinTarget *target)
{
  Replacement replacement = {entry->metas,
                             is_known (&entry->picture) && is_known (&target->picture)};
  gpointer state = NULL;
  GstMeta *meta;

  gst_buffer_foreach_meta (target->buffer, drop_replaced, &replacement);
  while ((meta = gst_buffer_iterate_meta (entry->metas, &state))) {
    gboolean held;
    GstTfcResults *results = gst_tfc_meta_get_results (meta, &held);
    if (results && gst_tfc_results_get_kind (results) != GST_TFC_RESULTS_KIND_EVENTS)
      attach_results (entry, target, results, held);
    else if (!results && replacement.foreign)
      attach_foreign (entry, target, meta);
  }
}

/* ---- events ---- */

static void
add_events (GArray *events, const GstTfcResults *results)
{
  guint n;
  const GstTfcEvent *some = gst_tfc_results_get_events (results, &n);

  if (some)
    g_array_append_vals (events, some, n);
}

/* Adds an entry's to events; what the results of them are made by, else NULL. */
static const gchar *
take_events (GstTfcJoinEntry *entry, GArray *events)
{
  const gchar *model = NULL;
  gpointer state = NULL;
  GstMeta *meta;

  entry->has_events = FALSE;
  while ((meta = gst_buffer_iterate_meta_filtered (entry->metas, &state,
                                                   GST_TFC_EVENT_META_API_TYPE))) {
    const GstTfcResults *results = gst_tfc_meta_get_results (meta, NULL);
    add_events (events, results);
    model = gst_tfc_results_get_model (results);
  }
  return model;
}

static GstTfcJoinEntry *
nth (GstTfcJoinStore *store, guint i)
{
  return &store
              ->entries[(store->next + GST_TFC_JOIN_RESULTS - store->n + i) % GST_TFC_JOIN_RESULTS];
}

static gboolean
has_new_events (const GstTfcJoinEntry *entry, GstClockTime time)
{
  return entry->has_events && GST_CLOCK_TIME_IS_VALID (entry->time) && entry->time <= time;
}

gboolean
gst_tfc_join_store_has_events (GstTfcJoinStore *store, GstClockTime time)
{
  for (guint i = 0; i < store->n; i++)
    if (has_new_events (nth (store, i), time))
      return TRUE;
  return FALSE;
}

void
gst_tfc_join_attach_events (GstTfcJoinStore *store, const GstTfcJoinTarget *target)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (GstTfcEvent));
  const gchar *model = NULL;

  for (guint i = 0; i < store->n; i++)
    if (has_new_events (nth (store, i), target->time))
      model = take_events (nth (store, i), events);
  gst_buffer_add_tfc_event_meta (target->buffer, model, GST_BUFFER_PTS (target->buffer), FALSE,
                                 (const GstTfcEvent *)events->data, events->len);
  g_array_unref (events);
}
