/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The two ways in which tfc-see tells what it saw: a line of JSON and a drawn picture. */
#include "models/result/labels.h"
#include "tools/common/picture.h"
#include "models/result/result.h"

#include <cairo.h>

/* What one run gave. */
typedef struct {
  guint n_detections, n_faces;
  TfcDetection detections[TFC_MAX_DETECTIONS];
  TfcFace faces[TFC_MAX_FACES];
  gint64 ns; /* sampling, networks and decoding */
} TfcAnalysis;

/* Who saw it. */
typedef struct {
  const gchar *picture, *model, *backend;
  guint threads;
} TfcSeeHead;

/* One line without its end, boxes and points in pixels of frame; free. labels may be NULL when
 * there are no detections. It is UTF-8 whatever names are: other bytes become U+FFFD, and a picture's name of that kind
 * comes a second time as "picture_uri", a file:// URI that has them all. */
gchar *tfc_see_json (const TfcSeeHead *head, const TfcLabels *labels, const TfcFrame *frame, const TfcAnalysis *analysis);

/* The packed RGB frame with the results drawn on it, as the overlay draws them by default. Check
 * cairo_surface_status; cairo_surface_destroy. */
cairo_surface_t *tfc_see_draw (const TfcFrame *rgb, const TfcLabels *labels, const TfcAnalysis *analysis);
