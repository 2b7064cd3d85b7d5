/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The element that draws; what it draws and how stands in overlay/overlay.h. */
#include <gst/base/gstbasetransform.h>
#include <gst/video/video.h>
#include "gst/overlay/gsttfcoverlayblender.h"
#include "gst/util/gsttfcframe.h"
#include "gst/overlay/gsttfcredact.h"
#include "gst/overlay/gsttfcannotations.h"
#include "gst/overlay/gsttfcbackground.h"
#include "overlay/redact.h"

G_BEGIN_DECLS

#define GST_TYPE_TFC_OVERLAY (gst_tfc_overlay_get_type ())
G_DECLARE_FINAL_TYPE (GstTfcOverlay, gst_tfc_overlay, GST, TFC_OVERLAY, GstBaseTransform)

/* What the next buffer needs. */
typedef enum {
  GST_TFC_WORK_DRAW = 1 << 0,
  GST_TFC_WORK_MIRROR = 1 << 1,
  GST_TFC_WORK_REDACT = 1 << 2,
  GST_TFC_WORK_MASK = 1 << 4,
  GST_TFC_WORK_DROP = 1 << 3, /* and nothing else */
} GstTfcWork;

/* What privacy last did, so that a change can be told. */
typedef enum {
  GST_TFC_PRIVACY_NOTHING,
  GST_TFC_PRIVACY_SEEN,    /* hides what is seen */
  GST_TFC_PRIVACY_LOST,    /* and what was seen a moment ago */
  GST_TFC_PRIVACY_WHOLE,   /* hides the whole picture: something on it cannot be right */
  GST_TFC_PRIVACY_UNKNOWN, /* the same: nothing is known about it */
  GST_TFC_PRIVACY_DROPS,
} GstTfcPrivacyState;

struct _GstTfcOverlay {
  GstBaseTransform parent;

  /* Under the object lock: what the properties say. */
  TfcStyle settings;
  guint restrictions; /* what of them decides about formats */

  /* Streaming thread only. */
  TfcStyle style; /* the snapshot for this buffer */
  GstVideoInfo info;
  const gchar *memory; /* of caps that are not in the system's: their feature; interned, or NULL */
  gboolean direct;     /* strokes go straight on the planes: in our table, and samples are bytes */
  TfcFrame view;       /* format and colorimetry, if so; no pixels */
  gboolean attach;     /* downstream blends */
  gint ask_downstream; /* atomic: whether it does is to be asked again */
  gint refusal_told;   /* atomic: why the last caps were refused was posted */
  GstTfcWork work;
  TfcArea areas[GST_TFC_OVERLAY_BLENDER_AREAS];
  guint n_areas;
  TfcOverlay *overlay;
  TfcLayout *layout; /* of this buffer; the overlay's */
  GstTfcOverlayBlender blender;
  GstTfcAnnotations *annotations;
  TfcPrivacyRegions *regions;
  GstTfcRedactScratch redact_scratch;
  GstTfcBackground background; /* of mask=replace-background */
  GstTfcPrivacyState privacy_state;
  GstClockTime privacy_time; /* of the buffer before, running; NONE: unknown */
  gboolean faces_known;      /* somebody upstream looks for faces */
  gboolean warned;           /* that this format's frames are dropped */
  gint64 last_frame; /* monotonic, microseconds; 0 before the first */
  gdouble interval, drawing; /* smoothed, microseconds */
};

/* Properties (gsttfcoverlay-props.c). */
/* In class_init: with their setter and getter. */
void gst_tfc_overlay_install_properties (GObjectClass *klass);
void gst_tfc_overlay_init_settings (GstTfcOverlay *self);
/* Copies settings to style; takes the lock. */
void gst_tfc_overlay_snapshot (GstTfcOverlay *self);
void gst_tfc_overlay_clear_settings (GstTfcOverlay *self);

/* Caps (gsttfcoverlay-caps.c): the base class's transform_caps. */
GstCaps *gst_tfc_overlay_transform_caps (GstBaseTransform *trans, GstPadDirection direction,
                                         GstCaps *caps, GstCaps *filter);
/* With compositions or without. FALSE for features that are any. */
gboolean gst_tfc_overlay_is_system_memory (const GstCapsFeatures *features);
/* Fills in info and memory. FALSE: they cannot be drawn on. */
gboolean gst_tfc_overlay_parse_caps (GstTfcOverlay *self, const GstCaps *caps, GError **error);
/* To be called on each event at the sink pad, before it is looked at: caps that will be refused because the pixels are
 * to be changed and lie in other memory are an error in words. */
GstPadProbeReturn gst_tfc_overlay_check_caps (GstPad *pad, GstPadProbeInfo *info, gpointer self);
/* The base class's, which says why frames in other memory are refused: a warning, since others may come. In a bin
 * this is all that is asked, and no event arrives. */
gboolean gst_tfc_overlay_accept_caps (GstBaseTransform *trans, GstPadDirection direction,
                                      GstCaps *caps);
/* The base class's, which negotiates again where downstream asked for it: when that fails, with an error in words. */
GstFlowReturn gst_tfc_overlay_submit_input_buffer (GstBaseTransform *trans, gboolean discont,
                                                   GstBuffer *buffer);

/* Privacy (gsttfcoverlay-privacy.c); streaming thread. */
/* What it needs of buffer, whose annotations are collected: 0, GST_TFC_WORK_REDACT or _DROP. running: the buffer's
 * running time, or GST_CLOCK_TIME_NONE. */
GstTfcWork gst_tfc_overlay_decide_privacy (GstTfcOverlay *self, GstBuffer *buffer,
                                           GstClockTime running);
/* Does what was decided; FALSE: out of memory, the frame must not be shown. */
gboolean gst_tfc_overlay_redact (GstTfcOverlay *self, GstVideoFrame *frame);
void gst_tfc_overlay_forget_regions (GstTfcOverlay *self);

/* Masks (gsttfcoverlay-mask.c); streaming thread. */
/* 0, GST_TFC_WORK_MASK or _DROP. */
GstTfcWork gst_tfc_overlay_decide_mask (GstTfcOverlay *self, GstBuffer *buffer);
/* FALSE: out of memory, the frame must not be shown. */
gboolean gst_tfc_overlay_apply_mask (GstTfcOverlay *self, GstBuffer *buffer, GstVideoFrame *frame);
gboolean gst_tfc_overlay_masks_format (const GstVideoFormatInfo *format);

/* Views or fields as pictures of their own in one buffer: metadata and the mapped frame are of the first. */
gboolean gst_tfc_overlay_has_more_pictures (GstBuffer *buffer);
/* A mapped frame of the caps' format. Both fields of an interlaced frame, unlike the view that analysers take. */
TfcPixels gst_tfc_overlay_pixels (GstTfcOverlay *self, GstVideoFrame *frame);
/* Posts a warning, once for caps. */
void gst_tfc_overlay_warn (GstTfcOverlay *self, const gchar *text);

extern GstDebugCategory *gst_tfc_overlay_debug;

GST_ELEMENT_REGISTER_DECLARE (tfcoverlay)

G_END_DECLS
