/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Results to strokes, on a Cairo context or straight on a picture's planes. Knows frames' sizes and
 * result structs, never a tensor. Defaults are the TF.js demos' drawing. Colours are 0xAARRGGBB.
 * One thread at a time per overlay. */
#include <cairo.h>
#include "models/frame/pixels.h"
#include "models/result/result.h"

typedef enum { TFC_LABEL_NONE, TFC_LABEL_PERCENT, TFC_LABEL_SCORE, TFC_LABEL_ID } TfcLabelFormat;
typedef enum {
  TFC_PRIVACY_NONE,
  TFC_PRIVACY_BLUR,
  TFC_PRIVACY_PIXELATE,
  TFC_PRIVACY_FILL
} TfcPrivacy;
typedef enum {
  TFC_PRIVACY_UNKNOWN_PASS,
  TFC_PRIVACY_UNKNOWN_HIDE,
  TFC_PRIVACY_UNKNOWN_DROP
} TfcPrivacyUnknown;

/* What is done with the mask of a picture: see mask_effect.h. */
typedef enum {
  TFC_MASK_NONE,
  TFC_MASK_TINT,
  TFC_MASK_TINT_PARTS,
  TFC_MASK_BLUR_BACKGROUND,
  TFC_MASK_PIXELATE_BACKGROUND,
  TFC_MASK_REPLACE_BACKGROUND,
  TFC_MASK_CUTOUT
} TfcMaskEffect;

/* How to draw. Lengths are in pixels of a picture whose shorter side has 480 when
 * scale_with_picture is on (then they grow with it, never below 1/2), else in pixels of this
 * picture. Small faces have thinner lines than mesh_width says, and contours in place of meshes. */
typedef struct {
  gboolean draw_boxes, draw_labels, draw_classes, draw_zones, draw_irises, mesh, triangulate_mesh, contours_only;
  gboolean draw_skeletons, draw_points; /* of bodies and hands: green is the person's left, orange the right */
  gboolean draw_gaze, draw_axes; /* of heads: where the eyes look; x red, y green, out of the face blue */
  gboolean point_cloud, mirror, draw_stats, scale_with_picture;
  gdouble cloud_yaw, cloud_pitch; /* degrees */
  guint32 box_color, mesh_color, iris_color, cloud_color;
  gdouble box_width, mesh_width;
  gdouble point_threshold; /* points of bodies and hands with lower scores are not drawn, nor lines to them */
  const gchar *font; /* "Arial Bold 24": families (commas between them), style, size in pixels; what
                      * they lack comes from other installed fonts */
  TfcLabelFormat label_format;
  TfcPrivacy privacy;         /* not drawn: see redact.h */
  guint privacy_hold;         /* milliseconds; see redact_regions.h */
  TfcPrivacyUnknown privacy_unknown; /* a picture about which nothing is known; for the caller */
  TfcMaskEffect mask; /* not drawn: see mask_effect.h */
  guint32 mask_color, background_color;
  const gchar *background_file; /* a picture, NULL: the colour; for the caller */
  gdouble mask_blur; /* standard deviation of the background's blur; cells of pixelating are twice as wide */
  gdouble edge_blur; /* of the mask's edge, to both sides */
} TfcStyle;

extern const TfcStyle tfc_style_defaults;

/* A zone or a line of the picture with its counters. */
typedef struct {
  const gchar *name;      /* or NULL */
  gboolean is_line;
  guint n_points;
  const TfcPoint *points; /* z is not used; what is not finite or absurdly far outside is not drawn */
  guint count;            /* zones: how many are in it */
  guint64 count_a_b, count_b_a; /* lines; a is on the left of one who goes from the first point to the second */
} TfcDrawnZone;

/* What to draw: borrowed arrays, the surest detection first. names[i] is the label of
 * detections[i], in any script (NULL: none; bytes that are not UTF-8 show as replacement
 * characters, long ones are cut). Labels avoid each other where there is room and stay where they
 * are from frame to frame. A negative or NaN score is an unknown one: the label then goes without.
 * What is not finite or absurdly far outside is not drawn. The box of a tracked detection or face that was not seen is dashed. Faces show their mesh or dots; with
 * style.mesh off their box, if boxes are on. A pose has no points or those of its layout. mask: NULL if
 * there is none, its values may be above n_indices; mask_labels: n_indices names, or NULL.
 * class_names[i] is the label of
 * classes[i]: those of the picture are drawn as a legend, the surest of an object stands in its label. */
typedef struct {
  guint n_detections, n_faces;
  const TfcDetection *detections;
  const gchar *const *names;
  const TfcFace *const *faces;
  gdouble fps, ms, mbytes; /* the stats panel */
  guint n_poses, n_classes;
  const TfcPose *poses;
  const TfcMask *mask;
  const gchar *const *mask_labels;
  const TfcClass *classes;
  const gchar *const *class_names;
  guint n_zones;
  const TfcDrawnZone *zones;
} TfcAnnotations;

typedef struct {
  gint x, y, w, h; /* pixels */
} TfcArea;

/* What is kept from picture to picture: fonts, where labels were, memory. */
typedef struct TfcOverlay TfcOverlay;
/* What is drawn on one picture. */
typedef struct TfcLayout TfcLayout;

TfcOverlay *tfc_overlay_new (void);
void tfc_overlay_free (TfcOverlay *overlay); /* NULL is allowed */

/* Lays annotations out on a picture of width x height pixels. Mirroring of the picture itself is the caller's;
 * with style->mirror everything comes mirrored, text readable. Privacy needs pixels and is done before by
 * tfc_overlay_redact. Nothing of style and annotations is needed after the call. The layout is the overlay's
 * and stays as it is until the next call. */
TfcLayout *tfc_overlay_lay_out (TfcOverlay *overlay, guint width, guint height, const TfcStyle *style,
                                const TfcAnnotations *annotations);

/* The areas that painting touches: disjoint, clipped to the picture, at most max (>= 1; fewer and coarser ones
 * are made where there would be more); returns how many, 0 if nothing is drawn. For callers that render only
 * those and blend them. */
guint tfc_layout_areas (TfcLayout *layout, TfcArea *areas, guint max);

/* Paints it, as often as wanted, into cr, whose user space is the whole picture in pixels, top left (0, 0); what
 * lies outside cr's clip is skipped. */
void tfc_layout_paint (TfcLayout *layout, cairo_t *cr);
/* The same onto pixels, whose first one is the picture's (x, y): the picture itself, or a window on it.
 * An alpha byte is treated as in blend.h. Colours are as the matrix and the range of pixels say, and
 * of subsampled chroma as much is changed as of the pixels that share it. Their format is one that
 * tfc_overlay_paints: bytes, and chroma for at most two pixels across and down. */
void tfc_layout_paint_pixels (TfcLayout *layout, const TfcPixels *pixels, gint x, gint y);
gboolean tfc_overlay_paints (const TfcFormat *format);

/* tfc_overlay_lay_out and tfc_layout_paint. */
void tfc_overlay_draw (TfcOverlay *overlay, cairo_t *cr, guint width, guint height,
                       const TfcStyle *style, const TfcAnnotations *annotations);
