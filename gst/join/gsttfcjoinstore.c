/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <gst/video/video.h>
#include "gst/join/gsttfcjoinstore.h"
#include "gst/lib/tfc.h"

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

  if (!results && !replacement->foreign)
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

/* Pixels of one picture to pixels of the other. */
static void
attach_foreign (const GstTfcJoinEntry *entry, const GstTfcJoinTarget *target, GstMeta *meta)
{
  GstVideoInfo from, to;
  GstVideoMetaTransform scale = {&from, &to};

  gst_video_info_init (&from);
  gst_video_info_init (&to);
  from.width = entry->picture.width;
  from.height = entry->picture.height;
  to.width = target->picture.width;
  to.height = target->picture.height;
  copy_foreign (target->buffer, entry->metas, meta, gst_video_meta_transform_scale_get_quark (),
                &scale);
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
    if (results)
      gst_buffer_add_tfc_results (target->buffer, results, held || entry->time != target->time);
    else if (replacement.foreign)
      attach_foreign (entry, target, meta);
  }
}
