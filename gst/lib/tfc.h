/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/**
 * SECTION:tfcmeta
 * @title: tfc metadata
 * @short_description: what tfcdetect and tfcfacemesh saw, on the buffer
 *
 * Boxes and points are fractions of the frame (origin top left), so a scaled picture needs no
 * change of its metadata. The arrays are immutable and shared: a copied buffer shares them.
 *
 * What becomes of them when the picture changes: a copy and a scaled or converted picture keep them
 * (unless the shape changed so that borders may have been added, then they are dropped); cropped,
 * flipped and rotated pictures keep them, transformed, from GStreamer 1.28 on, before that they are
 * dropped. Whatever transformation is not known drops them: they are never stale.
 *
 * In C the arrays are read as they stand. Language bindings cannot read arrays of structures: there
 * each array is a method that returns copies (gst_tfc_detection_meta_dup_detections(), in bindings
 * `get_detections`), and the Python module that is installed with the library makes them attributes
 * too:
 *
 * |[<!-- language="Python" -->
 * meta = GstTfc.buffer_get_tfc_detection_meta (buffer)
 * for d in meta.detections if meta else ():
 *     print (d.label, d.score, d.x, d.y, d.w, d.h)
 * ]|
 *
 * Structures in arrays have reserved space, so that fields can be added without another size:
 * programs that were built with an older header go on reading right. Writers must set a structure
 * to zero before they fill it.
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

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING]; /* zero */
} GstTfcDetection;

/**
 * GstTfcPoint:
 * @x: fraction of the frame's width
 * @y: fraction of the frame's height
 * @z: depth in the unit of @x, smaller is nearer the camera
 *
 * Three floats, for good: gst_tfc_face_get_coordinates() reads an array of points as floats.
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
 * @points: the mesh, @n_points of them (in bindings: gst_tfc_face_dup_points()); 468..472 the
 * subject's left iris (centre, right, above, left, below), 473..477 the right one
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
#ifndef __GI_SCANNER__
  const GstTfcPoint *points;
#else
  gconstpointer _points;
#endif

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING]; /* zero */
} GstTfcFace;

/**
 * GstTfcResults: (ref-func gst_tfc_results_ref) (unref-func gst_tfc_results_unref)
 *
 * The results of one analysed frame: immutable, reference counted, thread-safe. The metas of a
 * buffer, of its copies and of the buffers that repeat a held result share one. The memory of one
 * that nobody holds any more is used again, so that a steady stream allocates nothing.
 *
 * Since: 0.1
 */
typedef struct _GstTfcResults GstTfcResults;

/**
 * GstTfcDetectionMeta:
 * @meta: parent
 * @model: (transfer none): name of the model that saw it; interned
 * @pts: PTS of the frame that was analysed
 * @held: TRUE if that was an earlier frame than this buffer (interval, late, mode=latest)
 * @n_detections: how many
 * @detections: @n_detections of them, best first; immutable (in bindings:
 *   gst_tfc_detection_meta_dup_detections())
 *
 * Since: 0.1
 */
typedef struct {
  GstMeta meta;
  const gchar *model;
  GstClockTime pts;
  gboolean held;
  guint n_detections;
#ifndef __GI_SCANNER__
  const GstTfcDetection *detections;
#else
  gconstpointer _detections;
#endif
  /*< private >*/
  GstTfcResults *results; /* owner of the array */
} GstTfcDetectionMeta;

/**
 * GstTfcFaceMeta:
 * @meta: parent
 * @model: (transfer none): name of the mesh model; interned
 * @pts: PTS of the frame that was analysed
 * @held: TRUE if that was an earlier frame than this buffer
 * @n_faces: how many
 * @faces: @n_faces of them, in the order of their track ids; immutable (in bindings:
 *   gst_tfc_face_meta_dup_faces())
 *
 * Since: 0.1
 */
typedef struct {
  GstMeta meta;
  const gchar *model;
  GstClockTime pts;
  gboolean held;
  guint n_faces;
#ifndef __GI_SCANNER__
  const GstTfcFace *faces;
#else
  gconstpointer _faces;
#endif
  /*< private >*/
  GstTfcResults *results;
} GstTfcFaceMeta;

/* Boxed copies are deep: they stay valid when the buffer is gone. */
#define GST_TYPE_TFC_DETECTION (gst_tfc_detection_get_type ())
#define GST_TYPE_TFC_POINT (gst_tfc_point_get_type ())
#define GST_TYPE_TFC_FACE (gst_tfc_face_get_type ())
#define GST_TYPE_TFC_RESULTS (gst_tfc_results_get_type ())
GST_TFC_API GType gst_tfc_detection_get_type (void);
GST_TFC_API GType gst_tfc_point_get_type (void);
GST_TFC_API GType gst_tfc_face_get_type (void);
GST_TFC_API GType gst_tfc_results_get_type (void);
GST_TFC_API GstTfcDetection *gst_tfc_detection_copy (const GstTfcDetection *detection);
GST_TFC_API void gst_tfc_detection_free (GstTfcDetection *detection);
GST_TFC_API GstTfcPoint *gst_tfc_point_copy (const GstTfcPoint *point);
GST_TFC_API void gst_tfc_point_free (GstTfcPoint *point);
GST_TFC_API GstTfcFace *gst_tfc_face_copy (const GstTfcFace *face);
GST_TFC_API void gst_tfc_face_free (GstTfcFace *face);

GST_TFC_API GType gst_tfc_detection_meta_api_get_type (void);
GST_TFC_API const GstMetaInfo *gst_tfc_detection_meta_get_info (void);
#define GST_TFC_DETECTION_META_API_TYPE (gst_tfc_detection_meta_api_get_type ())
#define GST_TFC_DETECTION_META_INFO (gst_tfc_detection_meta_get_info ())

GST_TFC_API GType gst_tfc_face_meta_api_get_type (void);
GST_TFC_API const GstMetaInfo *gst_tfc_face_meta_get_info (void);
#define GST_TFC_FACE_META_API_TYPE (gst_tfc_face_meta_api_get_type ())
#define GST_TFC_FACE_META_INFO (gst_tfc_face_meta_get_info ())

/* Readers. */
GST_TFC_API GstTfcDetectionMeta *gst_buffer_get_tfc_detection_meta (GstBuffer *buffer);
GST_TFC_API GstTfcFaceMeta *gst_buffer_get_tfc_face_meta (GstBuffer *buffer);
GST_TFC_API GstTfcDetection *gst_tfc_detection_meta_get_detection (const GstTfcDetectionMeta *meta,
                                                                   guint index);
GST_TFC_API GstTfcFace *gst_tfc_face_meta_get_face (const GstTfcFaceMeta *meta, guint index);
GST_TFC_API GstTfcPoint *gst_tfc_face_get_point (const GstTfcFace *face, guint index);
/* The arrays: as they stand, for C; as copies that stand alone, for language bindings. */
GST_TFC_API const GstTfcDetection *
gst_tfc_detection_meta_get_detections (const GstTfcDetectionMeta *meta, guint *n_detections);
GST_TFC_API const GstTfcFace *gst_tfc_face_meta_get_faces (const GstTfcFaceMeta *meta,
                                                           guint *n_faces);
GST_TFC_API const GstTfcPoint *gst_tfc_face_get_points (const GstTfcFace *face, guint *n_points);
GST_TFC_API GList *gst_tfc_detection_meta_dup_detections (const GstTfcDetectionMeta *meta);
GST_TFC_API GList *gst_tfc_face_meta_dup_faces (const GstTfcFaceMeta *meta);
GST_TFC_API GList *gst_tfc_face_dup_points (const GstTfcFace *face);
GST_TFC_API GList *gst_tfc_results_dup_detections (const GstTfcResults *results);
GST_TFC_API GList *gst_tfc_results_dup_faces (const GstTfcResults *results);
GST_TFC_API const gfloat *gst_tfc_face_get_coordinates (const GstTfcFace *face, guint *n_values);

/* What the points of a mesh are: constant tables. */
GST_TFC_API const guint16 *gst_tfc_face_get_triangles (guint *n_indices);
GST_TFC_API const gchar *gst_tfc_face_get_region_name (guint index);
GST_TFC_API const guint16 *gst_tfc_face_get_region (const gchar *name, guint *n_indices);

/* Writers. */
GST_TFC_API GstTfcDetectionMeta *
gst_buffer_add_tfc_detection_meta (GstBuffer *buffer, const gchar *model, GstClockTime pts,
                                   gboolean held, const GstTfcDetection *detections,
                                   guint n_detections);
GST_TFC_API GstTfcFaceMeta *gst_buffer_add_tfc_face_meta (GstBuffer *buffer, const gchar *model,
                                                          GstClockTime pts, gboolean held,
                                                          const GstTfcFace *faces, guint n_faces);

/* For elements that attach the same results to several buffers. */
GST_TFC_API GstTfcResults *gst_tfc_results_new_detections (const gchar *model, GstClockTime pts,
                                                           const GstTfcDetection *detections,
                                                           guint n_detections);
GST_TFC_API GstTfcResults *gst_tfc_results_new_faces (const gchar *model, GstClockTime pts,
                                                      const GstTfcFace *faces, guint n_faces);
GST_TFC_API GstTfcResults *gst_tfc_results_ref (GstTfcResults *results);
GST_TFC_API void gst_tfc_results_unref (GstTfcResults *results);
GST_TFC_API const GstTfcDetection *gst_tfc_results_get_detections (const GstTfcResults *results,
                                                                   guint *n_detections);
GST_TFC_API const GstTfcFace *gst_tfc_results_get_faces (const GstTfcResults *results,
                                                         guint *n_faces);
GST_TFC_API const gchar *gst_tfc_results_get_model (const GstTfcResults *results);
GST_TFC_API GstClockTime gst_tfc_results_get_pts (const GstTfcResults *results);
GST_TFC_API GstMeta *gst_buffer_add_tfc_results (GstBuffer *buffer, GstTfcResults *results,
                                                 gboolean held);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcDetection, gst_tfc_detection_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcFace, gst_tfc_face_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcResults, gst_tfc_results_unref)

G_END_DECLS
