/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Inside of overlay/: annotations are laid out once as a list of strokes, each with the area it may
 * touch; painting and tfc_overlay_areas both follow that list, so they cannot disagree. */
#include "overlay/pixels.h"
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
  TFC_STROKE_CLOUD
} TfcStrokeKind;

typedef struct {
  TfcStrokeKind kind;
  guint32 color;
  TfcArea area;              /* clipped to the picture, never empty */
  gdouble width;             /* of lines, radius of dots */
  const TfcFace *face;       /* MESH, DOTS, CONTOURS, CLOUD */
  gsize text;                /* offset in texts */
  gint x, y;                 /* origin of text */
  gdouble centre[2], rx, ry; /* IRIS */
  gint ring[4];              /* RING, width inside of it: left, top, right, bottom */
} TfcStroke;

/* Where strokes go: Cairo, or pixels whose first one is window.x, window.y of the picture. */
typedef struct {
  cairo_t *cr;
  const TfcPixels *pixels; /* where cr is NULL */
  TfcArea window;          /* of the picture; nothing outside is drawn */
} TfcTarget;

struct TfcOverlay {
  guint width, height; /* of the picture */
  TfcStyle style;      /* font is not kept */
  gdouble scale;       /* of lengths */
  GArray *strokes;     /* TfcStroke, painted in order */
  GString *texts;      /* cleaned labels, each ended by a NUL */
  TfcFont font, small_font;
  TfcPlacement placement; /* of labels */
  TfcTarget target;       /* while painting */
  TfcMask mask;
  gdouble points[TFC_FACE_POINTS][2]; /* of the face being painted, pixels */
  GArray *rectangles;                 /* cairo_rectangle_int_t, for areas */
  guint8 *scratch;                    /* privacy's */
  gsize scratch_size;
};

/* Appends a stroke that touches at most x0 <= x < x1, y0 <= y < y1 (clipped here), or returns NULL
 * if nothing of it is in the picture. Valid until the next call. Any numbers are legal. */
TfcStroke *tfc_stroke_add (TfcOverlay *overlay, TfcStrokeKind kind, guint32 color, gdouble x0,
                           gdouble y0, gdouble x1, gdouble y1);
/* Appends text at overlay->texts; returns its offset. */
gsize tfc_stroke_text (TfcOverlay *overlay, const gchar *text);
/* Begins overlay->mask for an area inside the target's window, or puts it on the target in one
 * colour. */
gboolean tfc_target_begin (TfcOverlay *overlay, TfcArea area);
void tfc_target_put (TfcOverlay *overlay, guint32 argb);

/* The parts of a layout. */
void tfc_lay_faces (TfcOverlay *overlay, const TfcAnnotations *annotations);
void tfc_lay_boxes (TfcOverlay *overlay, const TfcAnnotations *annotations);
void tfc_lay_box (TfcOverlay *overlay, const TfcBox *box);
void tfc_lay_cloud (TfcOverlay *overlay, const TfcAnnotations *annotations);
void tfc_lay_stats (TfcOverlay *overlay, const TfcAnnotations *annotations);

/* See tfc_overlay_areas. */
guint tfc_merge_damage (TfcOverlay *overlay, TfcArea *areas, guint max);

/* TRUE if every point is finite and within some widths of the picture. */
gboolean tfc_face_sane (const TfcFace *face);
/* Gather a stroke's pixels in overlay->mask, which is begun. */
void tfc_rasterize_mesh (TfcOverlay *overlay, const TfcStroke *stroke);
void tfc_rasterize_dots (TfcOverlay *overlay, const TfcStroke *stroke);
void tfc_rasterize_contours (TfcOverlay *overlay, const TfcStroke *stroke);
void tfc_rasterize_iris (TfcOverlay *overlay, const TfcStroke *stroke);
void tfc_rasterize_fill (TfcOverlay *overlay, const TfcStroke *stroke);
void tfc_rasterize_ring (TfcOverlay *overlay, const TfcStroke *stroke);
/* area: the part of the stroke's that lies in the target's window. */
void tfc_paint_cloud (TfcOverlay *overlay, const TfcStroke *stroke, TfcArea area);
