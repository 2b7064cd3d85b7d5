/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* The element that draws; what it draws and how stands in overlay/overlay.h. */
#include <gst/base/gstbasetransform.h>
#include <gst/video/video.h>
#include "gsttfccanvas.h"
#include "gsttfcframe.h"
#include "gsttfcscene.h"
#include "privacy.h"

G_BEGIN_DECLS

#define GST_TYPE_TFC_OVERLAY (gst_tfc_overlay_get_type ())
G_DECLARE_FINAL_TYPE (GstTfcOverlay, gst_tfc_overlay, GST, TFC_OVERLAY, GstBaseTransform)

/* What the next buffer needs. */
typedef enum {
  GST_TFC_WORK_DRAW = 1 << 0,
  GST_TFC_WORK_MIRROR = 1 << 1,
  GST_TFC_WORK_HIDE = 1 << 2,
} GstTfcWork;

struct _GstTfcOverlay {
  GstBaseTransform parent;

  /* Under the object lock: what the properties say. */
  TfcStyle settings; /* its font is the one below */
  GRefString *font;

  /* Streaming thread only. */
  TfcStyle style; /* the snapshot for this buffer */
  GRefString *style_font;
  GstVideoInfo info;
  gboolean known;      /* the format is in our table: privacy and strokes work on its planes */
  TfcFrame view;       /* format and colorimetry, if so; no pixels */
  gboolean attach;     /* downstream blends */
  gint ask_downstream; /* atomic: whether it does is to be asked again */
  GstTfcWork work;
  TfcArea areas[GST_TFC_CANVAS_AREAS];
  guint n_areas;
  TfcOverlay *overlay;
  GstTfcCanvas canvas;
  GstTfcScene *scene;
  gint64 last_frame; /* monotonic, microseconds; 0 before the first */
  gdouble interval, drawing; /* smoothed, microseconds */
};

/* Properties (gsttfcoverlayprops.c). */
void gst_tfc_overlay_install_properties (GObjectClass *klass);
void gst_tfc_overlay_init_settings (GstTfcOverlay *self);
void gst_tfc_overlay_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec);
void gst_tfc_overlay_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec);
/* Copies settings to style; takes the lock. */
void gst_tfc_overlay_snapshot (GstTfcOverlay *self);
void gst_tfc_overlay_clear_settings (GstTfcOverlay *self);

GST_ELEMENT_REGISTER_DECLARE (tfcoverlay)

G_END_DECLS
