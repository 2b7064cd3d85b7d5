/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One face and the points of its mesh. */
#include "gsttfchead.h"

G_BEGIN_DECLS

/**
 * GstTfcPoint:
 * @x: fraction of the frame's width
 * @y: fraction of the frame's height
 * @z: depth in the unit of @x, smaller is nearer the camera
 *
 * Will always be three floats: gst_tfc_face_get_coordinates() reads an array of points as floats.
 *
 * Since: 0.1
 */
typedef struct _GstTfcPoint {
  gfloat x, y, z;
} GstTfcPoint;

/**
 * GstTfcFace:
 * @x: left edge of the face's box, fraction of the frame's width
 * @y: top edge, fraction of the frame's height
 * @w: width, fraction of the frame's width
 * @h: height, fraction of the frame's height
 * @score: 0..1, of the face detector when it last saw this face
 * @presence: 0..1, of the mesh network on this frame; 0 if the face is only predicted
 * @track_id: kept while the face is tracked, never given to another face; 0 if it is not tracked
 * @rotation: of the face's region in radians, clockwise on the screen is positive
 * @n_points: 468 (mesh) or 478 (mesh and irises); 0 without a mesh
 * @points: the mesh, @n_points of them (in bindings: gst_tfc_face_dup_points()); 468..472 the
 *   subject's left iris (centre, right, above, left, below), 473..477 the right one
 * @head: (nullable): how the head is held and what eyes and mouth do (in bindings:
 *   gst_tfc_face_dup_head()); %NULL if the mesh does not fit a head or is only predicted
 * @object_id: track id of the detection in whose crop it was found; 0 if in the whole frame
 * @age: time since it was first seen
 * @seen: whether it was found in the frame that was analysed; %FALSE if its place is only predicted
 * @speed_x: of the middle of its box, fractions of the frame's width a second
 * @speed_y: fractions of the frame's height a second
 *
 * One face. The box is not clipped to the frame.
 *
 * @age, @seen and the speed mean something where @track_id is not 0; elements set @seen of all that
 * they find.
 *
 * Since: 0.1
 */
typedef struct _GstTfcFace {
  gfloat x, y, w, h;
  gfloat score;
  gfloat presence;
  guint64 track_id;
  gfloat rotation;
  guint n_points;
#ifndef __GI_SCANNER__
  const GstTfcPoint *points;
#else
  /*< private >*/
  gconstpointer _points;
#endif
#ifndef __GI_SCANNER__
  const GstTfcHead *head;
#else
  /*< private >*/
  gconstpointer _head;
  /*< public >*/
#endif
  guint64 object_id;
  GstClockTime age;
  gboolean seen;
  gfloat speed_x, speed_y;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING]; /* zero */
} GstTfcFace;

/**
 * GST_TYPE_TFC_POINT:
 *
 * The boxed type of #GstTfcPoint.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_POINT (gst_tfc_point_get_type ())
GST_TFC_API GType gst_tfc_point_get_type (void);
GST_TFC_API GstTfcPoint *gst_tfc_point_copy (const GstTfcPoint *point);
GST_TFC_API void gst_tfc_point_free (GstTfcPoint *point);

/**
 * GST_TYPE_TFC_FACE:
 *
 * The boxed type of #GstTfcFace. Copies are deep: they have points of their own.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_FACE (gst_tfc_face_get_type ())
GST_TFC_API GType gst_tfc_face_get_type (void);
GST_TFC_API GstTfcFace *gst_tfc_face_copy (const GstTfcFace *face);
GST_TFC_API void gst_tfc_face_free (GstTfcFace *face);

GST_TFC_API const GstTfcPoint *gst_tfc_face_get_points (const GstTfcFace *face, guint *n_points);
GST_TFC_API const gfloat *gst_tfc_face_get_coordinates (const GstTfcFace *face, guint *n_values);

GST_TFC_API const GstTfcHead *gst_tfc_face_get_head (const GstTfcFace *face);

/* Copies, for language bindings. */
GST_TFC_API GstTfcHead *gst_tfc_face_dup_head (const GstTfcFace *face);
GST_TFC_API GstTfcPoint *gst_tfc_face_get_point (const GstTfcFace *face, guint index);
GST_TFC_API GList *gst_tfc_face_dup_points (const GstTfcFace *face);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcPoint, gst_tfc_point_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcFace, gst_tfc_face_free)

G_END_DECLS
