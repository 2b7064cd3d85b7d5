/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include "gst/lib/tfc.h"
#include "gst/lib/gsttfctransform-private.h"
#include "gst/lib/gsttfcresults-private.h"
#include "gst/lib/gsttfcserialize-private.h"

/* Both metas, seen as what they have in common: head, four fields, array, results. */
G_STATIC_ASSERT (sizeof (GstTfcDetectionMeta) == sizeof (GstTfcFaceMeta));
G_STATIC_ASSERT (G_STRUCT_OFFSET (GstTfcDetectionMeta, results) ==
                 G_STRUCT_OFFSET (GstTfcFaceMeta, results));
G_STATIC_ASSERT (G_STRUCT_OFFSET (GstTfcDetectionMeta, held) ==
                 G_STRUCT_OFFSET (GstTfcFaceMeta, held));

static GstTfcResults *
meta_results (GstMeta *meta, gboolean *held)
{
  GstTfcDetectionMeta *m = (GstTfcDetectionMeta *)meta;

  *held = m->held;
  return m->results;
}

static gboolean
meta_init (GstMeta *meta, gpointer params, GstBuffer *buffer)
{
  GstTfcDetectionMeta *m = (GstTfcDetectionMeta *)meta;

  m->model = NULL;
  m->pts = GST_CLOCK_TIME_NONE;
  m->held = FALSE;
  m->n_detections = 0;
  m->detections = NULL;
  m->results = NULL;
  return TRUE;
}

static void
meta_free (GstMeta *meta, GstBuffer *buffer)
{
  gst_tfc_results_unref (((GstTfcDetectionMeta *)meta)->results);
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
  TfcMetaMatrix m = {
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
    m.matrix[i / 3][i % 3] = t->matrix[i / 3][i % 3];
  moved = tfc_matrix_apply (&m, results);
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
gst_tfc_detection_meta_api_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, gst_meta_api_type_register ("GstTfcDetectionMetaAPI", meta_tags));
  return type;
}

GType
gst_tfc_face_meta_api_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, gst_meta_api_type_register ("GstTfcFaceMetaAPI", meta_tags));
  return type;
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
  tfc_serial_write (results, held, bytes);
  ok = gst_byte_array_interface_append_data (data, bytes->data, bytes->len);
  g_byte_array_unref (bytes);
  *version = TFC_SERIAL_VERSION;
  return ok;
}

static GstMeta *
meta_deserialize (const GstMetaInfo *info, GstBuffer *buffer, const guint8 *data, gsize size,
                  guint8 version)
{
  TfcResultsKind kind =
      info->api == GST_TFC_FACE_META_API_TYPE ? TFC_RESULTS_FACES : TFC_RESULTS_DETECTIONS;
  gboolean held;
  GstTfcResults *results =
      version == TFC_SERIAL_VERSION ? tfc_serial_read (kind, data, size, &held) : NULL;
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

static const GstMetaInfo *
meta_register (GType api, const gchar *name)
{
  GstMetaInfo *info = (GstMetaInfo *)gst_meta_info_new (api, name, sizeof (GstTfcDetectionMeta));

  info->init_func = meta_init;
  info->free_func = meta_free;
  info->transform_func = meta_transform;
  info->serialize_func = meta_serialize;
  info->deserialize_func = meta_deserialize;
  info->clear_func = meta_clear;
  return gst_meta_info_register (info);
}
#else
static const GstMetaInfo *
meta_register (GType api, const gchar *name)
{
  return gst_meta_register (api, name, sizeof (GstTfcDetectionMeta), meta_init, meta_free,
                            meta_transform);
}
#endif

/**
 * gst_tfc_detection_meta_get_info:
 *
 * Returns: (transfer none): registered once, thread-safe
 *
 * Since: 0.1
 */
const GstMetaInfo *
gst_tfc_detection_meta_get_info (void)
{
  static gsize info;

  if (g_once_init_enter (&info))
    g_once_init_leave (
        &info, (gsize)meta_register (GST_TFC_DETECTION_META_API_TYPE, "GstTfcDetectionMeta"));
  return (const GstMetaInfo *)info;
}

/**
 * gst_tfc_face_meta_get_info:
 *
 * Returns: (transfer none): registered once, thread-safe
 *
 * Since: 0.1
 */
const GstMetaInfo *
gst_tfc_face_meta_get_info (void)
{
  static gsize info;

  if (g_once_init_enter (&info))
    g_once_init_leave (&info, (gsize)meta_register (GST_TFC_FACE_META_API_TYPE, "GstTfcFaceMeta"));
  return (const GstMetaInfo *)info;
}

/**
 * gst_buffer_get_tfc_detection_meta:
 * @buffer: a buffer
 *
 * Returns: (transfer none) (nullable): the buffer's first meta of the kind, or %NULL
 *
 * Since: 0.1
 */
GstTfcDetectionMeta *
gst_buffer_get_tfc_detection_meta (GstBuffer *buffer)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);
  return (GstTfcDetectionMeta *)gst_buffer_get_meta (buffer, GST_TFC_DETECTION_META_API_TYPE);
}

/**
 * gst_buffer_get_tfc_face_meta:
 * @buffer: a buffer
 *
 * Returns: (transfer none) (nullable): the buffer's first meta of the kind, or %NULL
 *
 * Since: 0.1
 */
GstTfcFaceMeta *
gst_buffer_get_tfc_face_meta (GstBuffer *buffer)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);
  return (GstTfcFaceMeta *)gst_buffer_get_meta (buffer, GST_TFC_FACE_META_API_TYPE);
}

/**
 * gst_buffer_add_tfc_results:
 * @buffer: a writable buffer
 * @results: (transfer none): what was seen; the meta takes a reference, nothing is copied
 * @held: whether it was seen on an earlier frame
 *
 * Returns: (transfer none) (nullable): the #GstTfcDetectionMeta or #GstTfcFaceMeta
 *
 * Since: 0.1
 */
GstMeta *
gst_buffer_add_tfc_results (GstBuffer *buffer, GstTfcResults *results, gboolean held)
{
  GstTfcDetectionMeta *m;
  GstMeta *meta;
  gboolean faces;

  g_return_val_if_fail (GST_IS_BUFFER (buffer) && results != NULL, NULL);
  faces = results->kind == TFC_RESULTS_FACES;
  meta = gst_buffer_add_meta (buffer, faces ? GST_TFC_FACE_META_INFO : GST_TFC_DETECTION_META_INFO,
                              NULL);
  if (!meta)
    return NULL;
  m = (GstTfcDetectionMeta *)meta;
  m->model = results->model;
  m->pts = results->pts;
  m->held = held;
  m->n_detections = results->n;
  if (faces)
    ((GstTfcFaceMeta *)meta)->faces = results->faces;
  else
    m->detections = results->detections;
  m->results = gst_tfc_results_ref (results);
  return meta;
}

/**
 * gst_buffer_add_tfc_detection_meta:
 * @buffer: a writable buffer
 * @model: name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @held: whether that was an earlier frame
 * @detections: (array length=n_detections): copied, best first
 * @n_detections: how many
 *
 * Returns: (transfer none) (nullable): the meta; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcDetectionMeta *
gst_buffer_add_tfc_detection_meta (GstBuffer *buffer, const gchar *model, GstClockTime pts,
                                   gboolean held, const GstTfcDetection *detections,
                                   guint n_detections)
{
  GstTfcResults *results = gst_tfc_results_new_detections (model, pts, detections, n_detections);
  GstMeta *meta = results ? gst_buffer_add_tfc_results (buffer, results, held) : NULL;

  gst_tfc_results_unref (results);
  return (GstTfcDetectionMeta *)meta;
}

/**
 * gst_buffer_add_tfc_face_meta:
 * @buffer: a writable buffer
 * @model: name of the mesh model; interned
 * @pts: PTS of the frame that was analysed
 * @held: whether that was an earlier frame
 * @faces: (array length=n_faces): copied with their points
 * @n_faces: how many
 *
 * Returns: (transfer none) (nullable): the meta; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcFaceMeta *
gst_buffer_add_tfc_face_meta (GstBuffer *buffer, const gchar *model, GstClockTime pts,
                              gboolean held, const GstTfcFace *faces, guint n_faces)
{
  GstTfcResults *results = gst_tfc_results_new_faces (model, pts, faces, n_faces);
  GstMeta *meta = results ? gst_buffer_add_tfc_results (buffer, results, held) : NULL;

  gst_tfc_results_unref (results);
  return (GstTfcFaceMeta *)meta;
}
