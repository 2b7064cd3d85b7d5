/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Private to the metadata library: results of a picture that was cropped, flipped, rotated or
 * scaled. Knows no GStreamer version: gsttfcmeta.c fills it from GstVideoMetaTransformMatrix. */
#include "gst/lib/gsttfcresults-private.h"

/* Takes a point in pixels of the old frame, less (in_x, in_y), through the matrix (row-major, column
 * vectors, last row for perspective) and adds (out_x, out_y): pixels of the new frame. */
typedef struct {
  gfloat matrix[3][3];
  gint in_x, in_y, out_x, out_y;
  gint out_left, out_top, out_width, out_height; /* where the old picture shows in the new frame */
  gint old_width, old_height, new_width, new_height; /* frames, pixels, >= 1 */
} TfcMetaMatrix;

/* New results, or NULL if all of them left the picture (or there were none): the meta is dropped.
 * An object stays as long as its box overlaps the picture. */
GstTfcResults *tfc_matrix_apply (const TfcMetaMatrix *m, const GstTfcResults *results);
