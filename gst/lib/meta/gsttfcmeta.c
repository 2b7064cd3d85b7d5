/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <gst/video/video.h>
#include <math.h>
#include <string.h>
#include "gst/lib/gsttfcmeta-private.h"
#include "gst/lib/gsttfcresults-private.h"
#include "gst/lib/gsttfcserialize-private.h"
#include "gst/lib/gsttfctransform-private.h"

#define SAME_PLACE(Meta, field, head_field) \
  G_STATIC_ASSERT (G_STRUCT_OFFSET (Meta, field) == G_STRUCT_OFFSET (GstTfcMetaHead, head_field))
#define SAME_LAYOUT(Meta, count, array)                       \
  G_STATIC_ASSERT (sizeof (Meta) == sizeof (GstTfcMetaHead)); \
  SAME_PLACE (Meta, meta, meta);                              \
  SAME_PLACE (Meta, model, model);                            \
  SAME_PLACE (Meta, pts, pts);                                \
  SAME_PLACE (Meta, held, held);                              \
  SAME_PLACE (Meta, count, n_items);                          \
  SAME_PLACE (Meta, array, items);                            \
  SAME_PLACE (Meta, results, results)

SAME_LAYOUT (GstTfcDetectionMeta, n_detections, detections);
SAME_LAYOUT (GstTfcFaceMeta, n_faces, faces);
SAME_LAYOUT (GstTfcPoseMeta, n_poses, poses);
SAME_LAYOUT (GstTfcMaskMeta, n_masks, mask);
SAME_LAYOUT (GstTfcClassMeta, n_classes, classes);
SAME_LAYOUT (GstTfcEventMeta, n_events, events);
SAME_LAYOUT (GstTfcZoneMeta, n_zones, zones);

static GstTfcResults *
meta_results (GstMeta *meta, gboolean *held)
{
  GstTfcMetaHead *head = (GstTfcMetaHead *)meta;

  *held = head->held;
  return head->results;
}

/* No kind for a meta of another library. */
static GstTfcResultsKind
kind_of (const GstMetaInfo *info)
{
  guint kind = 0;

  while (tfc_item_kind (kind) && tfc_item_kind (kind)->meta_info ()->api != info->api)
    kind++;
  return kind;
}

static gboolean
meta_init (GstMeta *meta, gpointer params, GstBuffer *buffer)
{
  GstTfcMetaHead *head = (GstTfcMetaHead *)meta;

  head->model = NULL;
  head->pts = GST_CLOCK_TIME_NONE;
  head->held = FALSE;
  head->n_items = 0;
  head->items = NULL;
  head->results = NULL;
  memset (head->reserved, 0, sizeof head->reserved);
  return TRUE;
}

static void
meta_free (GstMeta *meta, GstBuffer *buffer)
{
  gst_tfc_results_unref (((GstTfcMetaHead *)meta)->results);
  meta_init (meta, NULL, buffer);
}

/* Whether a scaler may have added borders: then fractions of the old frame say nothing about the
 * new one. One pixel of rounding is not a change of shape. */
static gboolean
shape_changed (const GstVideoInfo *in, const GstVideoInfo *out)
{
  gdouble iw = (gdouble)in->width * MAX (in->par_n, 1) / MAX (in->par_d, 1);
  gdouble ow = (gdouble)out->width * MAX (out->par_n, 1) / MAX (out->par_d, 1);
  gdouble slack = 1.0 / out->width + 1.0 / out->height;
  gdouble ratio = iw * out->height / (ow * in->height);

  return fabs (ratio - 1) > slack;
}

#if GST_CHECK_VERSION(1, 28, 0)
static gboolean
transform_matrix (GstBuffer *to, GstTfcResults *results, gboolean held,
                  const GstVideoMetaTransformMatrix *t)
{
  TfcHomography h = {
      .in_x = t->in_rectangle.x,
      .in_y = t->in_rectangle.y,
      .out_x = t->out_rectangle.x,
      .out_y = t->out_rectangle.y,
      .out_left = t->out_rectangle.x,
      .out_top = t->out_rectangle.y,
      .out_width = t->out_rectangle.w,
      .out_height = t->out_rectangle.h,
      .old_width = t->in_info->width,
      .old_height = t->in_info->height,
      .new_width = t->out_info->width,
      .new_height = t->out_info->height,
  };
  GstTfcResults *moved;

  for (guint i = 0; i < 9; i++)
    h.matrix[i / 3][i % 3] = t->matrix[i / 3][i % 3];
  moved = tfc_results_transform (results, &h);
  if (!moved)
    return FALSE;
  gst_buffer_add_tfc_results (to, moved, held);
  gst_tfc_results_unref (moved);
  return TRUE;
}
#endif

static gboolean
meta_transform (GstBuffer *to, GstMeta *meta, GstBuffer *from, GQuark type, gpointer data)
{
  gboolean held;
  GstTfcResults *results = meta_results (meta, &held);

  if (!results)
    return FALSE;
  if (GST_META_TRANSFORM_IS_COPY (type)) {
    if (((GstMetaTransformCopy *)data)->region)
      return FALSE; /* a part of the bytes is no frame */
  } else if (GST_VIDEO_META_TRANSFORM_IS_SCALE (type)) {
    const GstVideoMetaTransform *t = data;
    if (shape_changed (t->in_info, t->out_info))
      return FALSE;
#if GST_CHECK_VERSION(1, 28, 0)
  } else if (GST_VIDEO_META_TRANSFORM_IS_MATRIX (type)) {
    return transform_matrix (to, results, held, data);
#endif
  } else {
    return FALSE;
  }
  gst_buffer_add_tfc_results (to, results, held);
  return TRUE;
}

static const gchar *meta_tags[] = {GST_META_TAG_VIDEO_STR, GST_META_TAG_VIDEO_SIZE_STR,
                                   GST_META_TAG_VIDEO_ORIENTATION_STR, NULL};

GType
gst_tfc_meta_register_api (const gchar *name)
{
  return gst_meta_api_type_register (name, meta_tags);
}

#if GST_CHECK_VERSION(1, 24, 0)
static gboolean
meta_serialize (const GstMeta *meta, GstByteArrayInterface *data, guint8 *version)
{
  gboolean held, ok;
  GstTfcResults *results = meta_results ((GstMeta *)meta, &held);
  GByteArray *bytes;

  if (!results)
    return FALSE;
  bytes = g_byte_array_new ();
  tfc_results_serialize (results, held, bytes);
  ok = gst_byte_array_interface_append_data (data, bytes->data, bytes->len);
  g_byte_array_unref (bytes);
  *version = TFC_SERIAL_VERSION;
  return ok;
}

static GstMeta *
meta_deserialize (const GstMetaInfo *info, GstBuffer *buffer, const guint8 *data, gsize size,
                  guint8 version)
{
  gboolean held;
  GstTfcResults *results = version == TFC_SERIAL_VERSION
                               ? tfc_results_deserialize (kind_of (info), data, size, &held)
                               : NULL;
  GstMeta *meta;

  if (!results)
    return NULL;
  meta = gst_buffer_add_tfc_results (buffer, results, held);
  gst_tfc_results_unref (results);
  return meta;
}

static void
meta_clear (GstBuffer *buffer, GstMeta *meta)
{
  meta_free (meta, buffer);
}

const GstMetaInfo *
gst_tfc_meta_register (GType api, const gchar *name)
{
  GstMetaInfo *info = (GstMetaInfo *)gst_meta_info_new (api, name, sizeof (GstTfcMetaHead));

  info->init_func = meta_init;
  info->free_func = meta_free;
  info->transform_func = meta_transform;
  info->serialize_func = meta_serialize;
  info->deserialize_func = meta_deserialize;
  info->clear_func = meta_clear;
  return gst_meta_info_register (info);
}
#else
const GstMetaInfo *
gst_tfc_meta_register (GType api, const gchar *name)
{
  return gst_meta_register (api, name, sizeof (GstTfcMetaHead), meta_init, meta_free,
                            meta_transform);
}
#endif

/**
 * gst_buffer_add_tfc_results:
 * @buffer: a writable buffer
 * @results: (transfer none): the meta takes a reference, nothing is copied
 * @held: whether they are of an earlier frame
 *
 * Attaches results to a buffer.
 *
 * Returns: (transfer none) (nullable): the meta of their kind, a #GstTfcDetectionMeta for
 * detections
 *
 * Since: 0.1
 */
GstMeta *
gst_buffer_add_tfc_results (GstBuffer *buffer, GstTfcResults *results, gboolean held)
{
  GstTfcMetaHead *head;

  g_return_val_if_fail (GST_IS_BUFFER (buffer) && results != NULL, NULL);
  head = (GstTfcMetaHead *)gst_buffer_add_meta (buffer, tfc_item_kind (results->kind)->meta_info (),
                                                NULL);
  if (!head)
    return NULL;
  head->model = results->model;
  head->pts = results->pts;
  head->held = held;
  head->n_items = results->n;
  head->items = results->items;
  head->results = gst_tfc_results_ref (results);
  return &head->meta;
}

/**
 * gst_tfc_meta_get_results:
 * @meta: any meta of a buffer
 * @held: (out) (optional): whether they are of an earlier frame
 *
 * For code that treats all kinds alike: the results behind a meta of this library.
 *
 * Returns: (transfer none) (nullable): the results; %NULL if the meta is another library's, or was
 *   added by hand and never filled
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_meta_get_results (const GstMeta *meta, gboolean *held)
{
  gboolean ignored;

  if (held)
    *held = FALSE;
  g_return_val_if_fail (meta != NULL, NULL);
  if (!tfc_item_kind (kind_of (meta->info)))
    return NULL;
  return meta_results ((GstMeta *)meta, held ? held : &ignored);
}
