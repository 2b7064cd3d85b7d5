/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Inside of overlay/: annotations are laid out once as a list of strokes, each with the area it may
 * touch; painting and tfc_layout_areas both follow that list, so they cannot disagree. */
#include "models/frame/pixels.h"
#include "overlay/placement.h"
#include "overlay/text.h"

typedef enum {
  TFC_STROKE_FILL, /* the whole area */
  TFC_STROKE_RING, /* what the area has of a box's edge */
  TFC_STROKE_LABEL,
  TFC_STROKE_CAPTION, /* text without glow, in the small font */
  TFC_STROKE_MESH,
  TFC_STROKE_DOTS,
  TFC_STROKE_CONTOURS,
  TFC_STROKE_IRIS,
  TFC_STROKE_LINE,
  TFC_STROKE_DOT,
  TFC_STROKE_CLOUD
} TfcStrokeKind;

typedef struct {
  TfcStrokeKind kind;
  guint32 color;
  TfcArea area;              /* clipped to the picture, never empty */
  gdouble width;             /* of lines, radius of dots */
  guint face;                /* number in faces: MESH, DOTS, CONTOURS, CLOUD */
  gsize text;                /* offset in texts */
  gint x, y;                 /* origin of text */
  gdouble centre[2], rx, ry; /* IRIS; DOT: centre */
  gdouble ends[2][2];        /* LINE */
  gboolean dashed;           /* RING */
  gint ring[4];              /* RING, width inside of it: left, top, right, bottom */
} TfcStroke;

/* Where strokes go: Cairo, or pixels whose first one is window.x, window.y of the picture. */
typedef struct {
  cairo_t *cr;
  const TfcPixels *pixels; /* where cr is NULL */
  TfcArea window;          /* of the picture; nothing outside is drawn */
} TfcTarget;

/* A face in pixels of the picture, mirrored if so wanted. */
typedef struct {
  guint n_points;                     /* 0: none that can be drawn */
  gdouble points[TFC_FACE_POINTS][3]; /* x, y, z */
} TfcLayoutFace;

struct TfcLayout {
  TfcOverlay *overlay; /* whose fonts and memory it uses */
  guint width, height; /* of the picture */
  TfcStyle style;      /* font is not kept */
  gdouble scale;       /* of lengths */
  GArray *strokes;     /* TfcStroke, painted in order */
  GArray *faces;       /* TfcLayoutFace, as many as there are annotated */
  GString *texts;      /* cleaned labels, each ended by a NUL */
};

struct TfcOverlay {
  TfcLayout layout;
  TfcFont font, small_font;
  TfcPlacement placement; /* of labels */
  TfcTarget target;       /* while painting */
  TfcCoverageMask mask;
  GArray *rectangles; /* cairo_rectangle_int_t, for areas */
  guint8 *scratch;    /* of redaction */
  gsize scratch_size;
  struct TfcMasking *masking; /* NULL: no mask was applied yet */
};

void tfc_layout_init (TfcLayout *layout, TfcOverlay *overlay);
void tfc_layout_finish (TfcLayout *layout);
/* Edges in pixels of the picture, mirrored if so wanted: left, top, right, bottom; FALSE for what cannot be drawn. */
gboolean tfc_layout_box (const TfcLayout *layout, const TfcBox *box, gdouble edges[4]);
TfcLayoutFace *tfc_layout_face (const TfcLayout *layout, guint index);

/* Appends a stroke that touches at most x0 <= x < x1, y0 <= y < y1 (clipped here), or returns NULL
 * if nothing of it is in the picture. Valid until the next call. Any numbers are legal. */
TfcStroke *tfc_stroke_add (TfcLayout *layout, TfcStrokeKind kind, guint32 color, gdouble x0,
                           gdouble y0, gdouble x1, gdouble y1);
/* Appends text at layout->texts; returns its offset. */
gsize tfc_stroke_text (TfcLayout *layout, const gchar *text);
/* Begins overlay->mask for an area inside the target's window, or puts it on the target in one
 * colour. */
gboolean tfc_target_begin (TfcOverlay *overlay, TfcArea area);
void tfc_target_put (TfcOverlay *overlay, guint32 argb);

/* The parts of a layout. */
void tfc_lay_faces (TfcLayout *layout, const TfcAnnotations *annotations);
void tfc_lay_heads (TfcLayout *layout, const TfcAnnotations *annotations);
void tfc_lay_poses (TfcLayout *layout, const TfcAnnotations *annotations);
void tfc_lay_boxes (TfcLayout *layout, const TfcAnnotations *annotations);
void tfc_lay_box (TfcLayout *layout, const TfcBox *box, gboolean dashed);
/* A line with butt ends between points in pixels of the picture; nothing where they are not finite. */
void tfc_lay_line (TfcLayout *layout, guint32 color, const gdouble from[2], const gdouble to[2], gdouble width);
void tfc_lay_cloud (TfcLayout *layout, const TfcAnnotations *annotations);
void tfc_lay_zones (TfcLayout *layout, const TfcAnnotations *annotations);
void tfc_lay_mask_legend (TfcLayout *layout, const TfcAnnotations *annotations);
/* Of the whole picture. */
void tfc_lay_classes (TfcLayout *layout, const TfcAnnotations *annotations);
/* The surest class of a detection, or NULL. */
const gchar *tfc_class_of_object (const TfcAnnotations *annotations, guint detection);
void tfc_lay_stats (TfcLayout *layout, const TfcAnnotations *annotations);

/* Whether the place of a thing is only predicted. One with an age: who makes annotations by hand may say nothing of
 * tracks but an id. */
gboolean tfc_is_predicted (guint64 track_id, const TfcTrackState *track);
/* TRUE if every point is finite and within some widths of the picture. */
gboolean tfc_face_sane (const TfcFace *face);
/* Add a stroke's pixels to the overlay's mask, which is begun. */
void tfc_rasterize_mesh (TfcLayout *layout, const TfcStroke *stroke);
void tfc_rasterize_dots (TfcLayout *layout, const TfcStroke *stroke);
void tfc_rasterize_contours (TfcLayout *layout, const TfcStroke *stroke);
void tfc_rasterize_iris (TfcLayout *layout, const TfcStroke *stroke);
void tfc_rasterize_line (TfcLayout *layout, const TfcStroke *stroke);
void tfc_rasterize_dot (TfcLayout *layout, const TfcStroke *stroke);
void tfc_rasterize_fill (TfcLayout *layout, const TfcStroke *stroke);
void tfc_rasterize_ring (TfcLayout *layout, const TfcStroke *stroke);
/* area: the part of the stroke's that lies in the target's window. */
void tfc_paint_cloud (TfcLayout *layout, const TfcStroke *stroke, TfcArea area);
