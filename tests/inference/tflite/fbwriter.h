/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Writes tiny FlatBuffers and .tflite files, so that tests need no files of others. No checks: what
 * a test asks for is written, sound or not. */
#include "inference/graph/graph.h"

/* Plain FlatBuffers, front to back: a table first, then what it refers to. Positions are offsets;
 * every field takes a slot of 4 bytes. */
typedef GByteArray FbWriter;

FbWriter *fbw_new (const gchar *identifier); /* the first table written becomes the root */
guint fbw_table (FbWriter *w, guint n_fields);
void fbw_i32 (FbWriter *w, guint table, guint field, gint32 value);
void fbw_f32 (FbWriter *w, guint table, guint field, gfloat value);
void fbw_ref (FbWriter *w, guint table, guint field, guint target);
/* A vector of n elements of so many bytes, referred to by the field; its data lies at a multiple of
 * align, plus skew. data NULL: zeros. Returns the position of the first element. */
guint fbw_vector (FbWriter *w, guint table, guint field, guint element, guint n, const void *data,
                  guint align, guint skew);
void fbw_string (FbWriter *w, guint table, guint field, const gchar *text);
/* Lets element i of a vector of offsets refer to target. */
void fbw_element (FbWriter *w, guint first, guint i, guint target);

/* A .tflite being described. Calls return the index of what they add. */
typedef struct TflWriter TflWriter;

enum { TFL_F32 = 0, TFL_F16 = 1, TFL_I32 = 2, TFL_U8 = 3, TFL_I64 = 4, TFL_STRING = 5, TFL_BOOL = 6, TFL_I8 = 9 };

TflWriter *tflw_new (void);
void tflw_free (TflWriter *w);
/* Where constants lie: skew bytes past a multiple of 16. */
void tflw_skew (TflWriter *w, guint skew);
/* Code in the old field (up to 127), or only in the new one. */
void tflw_new_codes (TflWriter *w);
/* A tensor; bytes > 0: a constant (data NULL: zeros).. */
guint tflw_tensor (TflWriter *w, gint type, const gchar *name, const TfcShape *shape,
                   const void *data, guint bytes);
void tflw_quant (TflWriter *w, guint tensor, const gfloat *scales, guint n, gint64 zero_point, gint axis);
/* Others than the one that tflw_quant gave. */
void tflw_zero_points (TflWriter *w, guint tensor, const gint64 *zero_points, guint n);
/* The last axis in CSR: uint8 segments and indices. */
void tflw_sparse (TflWriter *w, guint tensor, const guint8 *segments, guint n_segments, const guint8 *indices, guint n_indices);
/* Its shape_signature, where -1 is any size. */
void tflw_signature (TflWriter *w, guint tensor, const TfcShape *shape);
/* An operator; custom: its name, or NULL. in: n_in indices, -1 for none. */
guint tflw_op (TflWriter *w, gint code, const gchar *custom, const gint *in, guint n_in, const gint *out, guint n_out);
void tflw_option (TflWriter *w, guint op, guint field, gint32 value);
void tflw_option_f32 (TflWriter *w, guint op, guint field, gfloat value);
void tflw_custom (TflWriter *w, guint op, GBytes *bytes); /* takes a reference */
/* The file's TFLITE_METADATA: a flatbuffer of its own ("M001"). Takes a reference. */
void tflw_metadata (TflWriter *w, GBytes *bytes);
GBytes *tflw_finish (TflWriter *w, const gint *in, guint n_in, const gint *out, guint n_out);

/* A FlexBuffer map; n > 1: a vector of int32, else ints[0] or, where f is set, number. */
typedef struct {
  const gchar *key;
  guint n;
  const gint32 *ints;
  gboolean f;
  gfloat number;
} FlexEntry;
GBytes *flex_write (const FlexEntry *entries, guint n);
