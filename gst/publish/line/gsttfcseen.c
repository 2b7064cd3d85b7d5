/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/line/gsttfcseen.h"
#include "models/result/coverage.h"
#include <string.h>

/* Zones and events are named after the element that counts. */
static gboolean
is_of_network (GstTfcResultsKind kind)
{
  return kind != GST_TFC_RESULTS_KIND_ZONES && kind != GST_TFC_RESULTS_KIND_EVENTS;
}

static void
add_results (GstTfcSeen *seen, const GstTfcResults *results, gboolean held)
{
  const GstTfcResultsKind kind = gst_tfc_results_get_kind (results);
  const gchar *model = gst_tfc_results_get_model (results);
  guint n = 0;

  if (seen->n_results == GST_TFC_SEEN_RESULTS)
    return;
  seen->results[seen->n_results++] = results;
  if (!seen->model && model && *model && is_of_network (kind))
    seen->model = model;
  seen->held |= held;
  if (kind == GST_TFC_RESULTS_KIND_EVENTS && gst_tfc_results_get_events (results, &n))
    seen->n_events += n;
}

void
gst_tfc_seen_read (GstTfcSeen *seen, GstBuffer *buffer, guint width, guint height)
{
  gpointer state = NULL;
  GstMeta *meta;

  gst_tfc_collect (&seen->collection, buffer, width, height);
  seen->n_results = seen->n_events = 0;
  seen->model = NULL;
  seen->held = FALSE;
  while ((meta = gst_buffer_iterate_meta (buffer, &state))) {
    gboolean held;
    const GstTfcResults *results = gst_tfc_meta_get_results (meta, &held);
    if (results)
      add_results (seen, results, held);
  }
}

const GstTfcResults *
gst_tfc_seen_next (const GstTfcSeen *seen, GstTfcResultsKind kind, guint *at)
{
  while (*at < seen->n_results) {
    const GstTfcResults *results = seen->results[(*at)++];
    if (gst_tfc_results_get_kind (results) == kind)
      return results;
  }
  return NULL;
}

/* ---- signature ---- */

/* SplitMix64's finisher: near values give far results, so that sums of them tell sets apart. */
static guint64
mix (guint64 x)
{
  x = (x ^ x >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ x >> 31;
}

static guint64
with (guint64 hash, guint64 value)
{
  return mix (hash * 31 + value + 1);
}

static guint64
with_text (guint64 hash, const gchar *text)
{
  return with (hash, text ? g_str_hash (text) : 0);
}

static guint64
object_signature (const GstTfcCollected *object)
{
  guint64 hash = with (with_text (object->kind, object->label), object->track_id);

  if (object->item && object->kind == GST_TFC_RESULTS_KIND_FACES) {
    const GstTfcFace *face = object->item;
    hash = with (hash, face->head && face->head->eyes_closed);
  }
  if (object->item && object->kind == GST_TFC_RESULTS_KIND_POSES) {
    const GstTfcPose *pose = object->item;
    hash = with (with (hash, pose->layout), pose->handedness);
  }
  return hash;
}

static guint64
classes_signature (const GstTfcResults *results)
{
  guint64 sum = 0;
  guint n = 0;
  const GstTfcClass *classes = gst_tfc_results_get_classes (results, &n);

  for (guint i = 0; i < n; i++)
    if (classes[i].rank == 0)
      sum += with (with_text (with (1000, classes[i].object_id), classes[i].label),
                   (guint64)classes[i].class_id);
  return sum;
}

static guint64
mask_signature (const GstTfcResults *results)
{
  const GstTfcMask *mask = gst_tfc_results_get_mask (results);
  const gsize n = mask ? (gsize)mask->width * mask->height : 0;

  if (!n || !mask->data)
    return 0;
  /* One in a hundred values: specks come and go. */
  return with (
      with (2000 + mask->kind, mask->kind == GST_TFC_MASK_KIND_PEOPLE ? mask->n_indices : 0),
      tfc_mask_coverage (mask->data, n, (TfcMaskKind)mask->kind) >= 0.01f);
}

guint64
gst_tfc_seen_signature (const GstTfcSeen *seen)
{
  guint64 sum = 1;
  guint at = 0;
  const GstTfcResults *results;

  for (guint i = 0; i < seen->collection.n; i++)
    sum += object_signature (&seen->collection.objects[i]);
  while ((results = gst_tfc_seen_next (seen, GST_TFC_RESULTS_KIND_CLASSES, &at)))
    sum += classes_signature (results);
  at = 0;
  while ((results = gst_tfc_seen_next (seen, GST_TFC_RESULTS_KIND_MASK, &at)))
    sum += mask_signature (results);
  return sum;
}
