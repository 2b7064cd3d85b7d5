/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What stands on a buffer, as the annotations that overlay/ draws: our metas first, else analytics' object detections, else
 * regions of interest, so that other people's detectors are served too. Of several masks on a buffer the last
 * counts; values and labels stay the meta's. */
#include <gst/video/video.h>
#include "gst/collect/gsttfccollect.h"
#include "models/zones/zone_map.h"
#include "overlay/overlay.h"

typedef struct {
  TfcAnnotations plain;     /* points into the arrays below */
  gboolean own_faces; /* the buffer carries a face meta, even an empty one */
  gboolean known;     /* it carries something that says which objects or faces are on the picture, if only that
                       * none are */
  gboolean own_poses; /* it carries a pose meta, even an empty one */
  gboolean cut;       /* there is more than the arrays hold, or something could not be read */
  GstClockTime age;   /* of the picture that our metas tell of; 0: this one */
  TfcDetection detections[TFC_MAX_DETECTIONS];
  const gchar *names[TFC_MAX_DETECTIONS];
  TfcFace faces[TFC_MAX_FACES];
  const TfcFace *face_list[TFC_MAX_FACES];
  TfcPose poses[TFC_MAX_POSES];
  TfcMask mask;
  TfcClass classes[TFC_MAX_CLASSES];
  const gchar *class_names[TFC_MAX_CLASSES];
  TfcDrawnZone zones[TFC_MAX_ZONES]; /* of all elements together */
  GstTfcCollection foreign;          /* where there is none of ours */
} GstTfcAnnotations;

/* Fills annotations from buffer's metas, at most what the arrays hold. Names are interned strings. width,
 * height: of the frame, >= 1. */
void gst_tfc_annotations_collect (GstTfcAnnotations *annotations, GstBuffer *buffer, guint width, guint height);

/* Makes the metas of a writable buffer agree with its mirrored picture: our metas, regions of interest, crop
 * and the places of attached overlays are mirrored, what is drawn on those stays readable. Analytics metadata
 * is removed where it holds anything with a place (nothing can write that); affine transformations stay as
 * they are. */
void gst_tfc_annotations_mirror_metas (GstBuffer *buffer, guint width);
