/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The parts of a line, which are in several files. */
#include "gst/publish/line/gsttfcline.h"

typedef struct {
  GstTfcJson *json;
  GstTfcPublishInclude include;
  gboolean pixels;
  gdouble scale_x, scale_y; /* from fractions to the units of the line */
  guint decimals;           /* of places in them */
  gboolean truncated;
} GstTfcLine;

/* A member each. */
void gst_tfc_line_name (GstTfcLine *line, const gchar *key, const gchar *text);
void gst_tfc_line_number (GstTfcLine *line, const gchar *key, gdouble value, guint decimals);
void gst_tfc_line_score (GstTfcLine *line, const gchar *key,
                         gfloat score); /* 0..1 whatever it is */
void gst_tfc_line_count (GstTfcLine *line, const gchar *key, guint64 value);
/* "box", from fractions. */
void gst_tfc_line_box (GstTfcLine *line, gfloat x, gfloat y, gfloat w, gfloat h);

/* A list of the line itself; after each item gst_tfc_line_keep says whether it had room. If not, it
 * is taken away: before is the length before it. */
void gst_tfc_line_begin_list (GstTfcLine *line, const gchar *key);
void gst_tfc_line_end_list (GstTfcLine *line);
gboolean gst_tfc_line_keep (GstTfcLine *line, gsize before);

/* A list of what results of a kind hold. */
typedef struct {
  const gchar *key;
  GstTfcResultsKind kind;
  gsize size; /* of an item */
  gconstpointer (*get) (const GstTfcResults *results, guint *n_items);
  void (*write) (GstTfcLine *line, gconstpointer item); /* the members of its object */
  gboolean always;                                      /* also if it is empty */
} GstTfcLineList;

void gst_tfc_line_list (GstTfcLine *line, const GstTfcSeen *seen, const GstTfcLineList *list);

/* objects, faces, poses, hands, classes, segments. */
void gst_tfc_line_seen (GstTfcLine *line, const GstTfcSeen *seen);
/* "points", "head" of a face; "layout", "points", "world", "handedness" of a body or hand. */
void gst_tfc_line_face_points (GstTfcLine *line, const GstTfcFace *face);
void gst_tfc_line_pose_points (GstTfcLine *line, const GstTfcPose *pose);
/* "segments": a mask. */
void gst_tfc_line_mask (GstTfcLine *line, const GstTfcMask *mask);
/* events, stats. */
void gst_tfc_line_happened (GstTfcLine *line, const GstTfcLineStats *stats, const GstTfcSeen *seen);
