/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/**
 * SECTION:tfcmeta
 * @title: tfc metadata
 * @short_description: what tfcdetect and tfcfacemesh saw, on the buffer
 *
 * Boxes and points are fractions of the frame (origin top left), so a scaled picture needs no change
 * of its metadata. The arrays are immutable and shared: a copied buffer shares them.
 */
#include <gst/gst.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

#ifndef GST_TFC_API
#define GST_TFC_API __attribute__ ((visibility ("default"))) extern
#endif

/**
 * GstTfcDetection:
 * @x: left edge, fraction of the frame's width; may be negative
 * @y: top edge, fraction of the frame's height; may be negative
 * @w: width, fraction of the frame's width
 * @h: height, fraction of the frame's height
 * @score: 0..1
 * @class_id: as the model's label table numbers it
 * @track_id: the same for the same object from frame to frame; 0 if it is not tracked
 * @label: (transfer none): the class's name; an interned string, never freed
 *
 * Since: 0.1
 */
typedef struct {
  gfloat x, y, w, h;
  gfloat score;
  gint class_id;
  guint64 track_id;
  const gchar *label;
} GstTfcDetection;

/**
 * GstTfcPoint:
 * @x: fraction of the frame's width
 * @y: fraction of the frame's height
 * @z: depth in the unit of @x, smaller is nearer the camera
 *
 * Since: 0.1
 */
typedef struct {
  gfloat x, y, z;
} GstTfcPoint;

/**
 * GstTfcFace:
 * @x: left edge of the face's box, fraction of the frame's width
 * @y: top edge, fraction of the frame's height
 * @w: width
 * @h: height
 * @score: the detector's, when it last saw this face
 * @presence: the mesh network's, on this frame
 * @track_id: kept while the face is followed, never used again
 * @rotation: of the face's region in radians, clockwise on the screen is positive
 * @n_points: 468 (mesh) or 478 (mesh and irises)
 * @points: (array length=n_points): the mesh; 468..472 the subject's left iris (centre, right, above,
 *   left, below), 473..477 the right one
 *
 * Since: 0.1
 */
typedef struct {
  gfloat x, y, w, h;
  gfloat score;
  gfloat presence;
  guint64 track_id;
  gfloat rotation;
  guint n_points;
  const GstTfcPoint *points;
} GstTfcFace;

/**
 * GstTfcDetectionMeta:
 * @meta: parent
 * @model: (transfer none): name of the model that saw it; interned
 * @pts: PTS of the frame that was analysed
 * @held: TRUE if that was an earlier frame than this buffer (interval, late, mode=latest)
 * @n_detections: how many
 * @detections: (array length=n_detections): best first; immutable
 *
 * Since: 0.1
 */
typedef struct {
  GstMeta meta;
  const gchar *model;
  GstClockTime pts;
  gboolean held;
  guint n_detections;
  const GstTfcDetection *detections;
  /*< private >*/
  gpointer block; /* shared, reference counted owner of the array */
} GstTfcDetectionMeta;

/**
 * GstTfcFaceMeta:
 * @meta: parent
 * @model: (transfer none): name of the mesh model; interned
 * @pts: PTS of the frame that was analysed
 * @held: TRUE if that was an earlier frame than this buffer
 * @n_faces: how many
 * @faces: (array length=n_faces): in the order of their track ids; immutable
 *
 * Since: 0.1
 */
typedef struct {
  GstMeta meta;
  const gchar *model;
  GstClockTime pts;
  gboolean held;
  guint n_faces;
  const GstTfcFace *faces;
  /*< private >*/
  gpointer block;
} GstTfcFaceMeta;

GST_TFC_API GType gst_tfc_detection_meta_api_get_type (void);
GST_TFC_API const GstMetaInfo *gst_tfc_detection_meta_get_info (void);
#define GST_TFC_DETECTION_META_API_TYPE (gst_tfc_detection_meta_api_get_type ())
#define GST_TFC_DETECTION_META_INFO (gst_tfc_detection_meta_get_info ())

GST_TFC_API GType gst_tfc_face_meta_api_get_type (void);
GST_TFC_API const GstMetaInfo *gst_tfc_face_meta_get_info (void);
#define GST_TFC_FACE_META_API_TYPE (gst_tfc_face_meta_api_get_type ())
#define GST_TFC_FACE_META_INFO (gst_tfc_face_meta_get_info ())

/* The buffer's first meta of the kind, or NULL; borrowed. */
GST_TFC_API GstTfcDetectionMeta *gst_buffer_get_tfc_detection_meta (GstBuffer *buffer);
GST_TFC_API GstTfcFaceMeta *gst_buffer_get_tfc_face_meta (GstBuffer *buffer);

/* Adds a meta with a copy of the arrays. model is interned. */
GST_TFC_API GstTfcDetectionMeta *gst_buffer_add_tfc_detection_meta (GstBuffer *buffer, const gchar *model,
    GstClockTime pts, gboolean held, const GstTfcDetection *detections, guint n_detections);
GST_TFC_API GstTfcFaceMeta *gst_buffer_add_tfc_face_meta (GstBuffer *buffer, const gchar *model,
    GstClockTime pts, gboolean held, const GstTfcFace *faces, guint n_faces);

G_END_DECLS
