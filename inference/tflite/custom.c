/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tflite/reader.h"

#include <string.h>

/* The attention mesh's custom ops. */
typedef struct {
  TfcParams *params;
  guint32 n_index;
  gboolean bad;
} Landmarks;

static void
landmark_option (gpointer data, const gchar *key, guint32 index, guint32 n, gdouble value)
{
  Landmarks *to = data;
  TfcParams *p = to->params;
  gint32 i = value >= G_MININT32 && value <= G_MAXINT32 ? (gint32)value : -1;
  const struct {
    const gchar *key;
    gint32 *at;
  } ints[] = {{"output_height", &p->landmarks.height},
              {"output_width", &p->landmarks.width},
              {"left_rotation_idx", &p->landmarks.left_rotation},
              {"right_rotation_idx", &p->landmarks.right_rotation}};
  for (guint k = 0; k < G_N_ELEMENTS (ints); k++) {
    if (!strcmp (key, ints[k].key))
      *ints[k].at = i;
  }
  if (!strcmp (key, "scale_x"))
    p->landmarks.scale_x = (gfloat)value;
  else if (!strcmp (key, "scale_y"))
    p->landmarks.scale_y = (gfloat)value;
  else if (!strcmp (key, "target_rotation_radians"))
    p->landmarks.target_rotation = (gfloat)value;
  else if (!strcmp (key, "subset_idxs") && index < G_N_ELEMENTS (p->landmarks.index))
    p->landmarks.index[index] = i;
  else if (!strcmp (key, "subset_idxs"))
    to->bad = TRUE;
  if (!strcmp (key, "subset_idxs"))
    p->landmarks.n = (gint)MIN (n, G_N_ELEMENTS (p->landmarks.index));
}

static gboolean
read_landmarks (TfcTfl *l, TfcTflNode *n)
{
  Landmarks to = {.params = &n->params};
  if (!tfc_builder_work (&l->b, n->custom.n))
    return FALSE;
  tfc_flex_map (&l->fb, n->custom, landmark_option, &to);
  if (to.bad)
    return tfc_builder_unsupported (&l->b, "too many landmarks are asked for");
  return !l->fb.error;
}

guint
tfc_tfl_landmarks_to_transform (TfcTfl *l, TfcTflNode *n)
{
  const TfcShape *in = tfc_builder_shape (&l->b, n->in[0]);
  gint32 last = in->rank >= 2 ? in->dim[in->rank - 2] - 1 : -1;
  if (!read_landmarks (l, n))
    return TFC_NONE;
  for (gint i = 0; i < n->params.landmarks.n; i++) {
    if (n->params.landmarks.index[i] < 0 || n->params.landmarks.index[i] > last)
      return TFC_BAD (&l->b, "landmark out of range");
  }
  if (!n->params.landmarks.n || n->params.landmarks.left_rotation < 0 ||
      n->params.landmarks.left_rotation > last || n->params.landmarks.right_rotation < 0 ||
      n->params.landmarks.right_rotation > last || n->params.landmarks.height < 1 ||
      n->params.landmarks.width < 1)
    return TFC_BAD (&l->b, "options missing or out of range");
  return tfc_tfl_plain (l, n);
}

guint
tfc_tfl_transform_tensor (TfcTfl *l, TfcTflNode *n)
{
  if (!read_landmarks (l, n))
    return TFC_NONE;
  if (n->params.landmarks.height < 1 || n->params.landmarks.width < 1)
    return TFC_BAD (&l->b, "no output size");
  return tfc_tfl_plain (l, n);
}

/* MediaPipe's. Inputs: x, weights OHWI, bias. Its options are TFLite's struct: three int32. */
guint
tfc_tfl_convolution_2d_transpose_bias (TfcTfl *l, TfcTflNode *n)
{
  enum { SAME = 1, VALID };
  TfcWindow w = n->params.window;
  gint32 options[3];
  if (n->custom.n < sizeof options)
    return TFC_BAD (&l->b, "its options are missing");
  memcpy (options, l->fb.data + n->custom.at, sizeof options);
  if (options[0] != SAME && options[0] != VALID)
    return TFC_BAD (&l->b, "unknown padding");
  w.same = options[0] == SAME;
  w.stride_w = options[1];
  w.stride_h = options[2];
  return tfc_build_transpose_conv (&l->b, TFC_NONE, n->in[0], n->in[1], tfc_tfl_input (n, 2), &w,
                                   n->params.clamp, &n->y);
}

static void
tail_option (gpointer data, const gchar *key, guint32 index, guint32 n, gdouble value)
{
  if (!index)
    g_hash_table_replace (data, g_strdup (key), g_memdup2 (&value, sizeof value));
}

/* TFLite_Detection_PostProcess: encodings, classes, anchors. Its first two inputs are what we give.
 */
gboolean
tfc_tfl_detection_tail (TfcTfl *l, TfcTflNode *n)
{
  if (l->b.ends && l->b.ends->outputs)
    return tfc_builder_unsupported (&l->b, "it is not run; ask for what goes into it");
  TfcPostprocess *tail = g_new0 (TfcPostprocess, 1);
  l->b.graph->tail = tail;
  l->stopped = TRUE;
  tail->name = g_strdup (l->b.op);
  tail->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  tail->n_consts = 1;
  tail->consts = g_memdup2 (&n->in[2], sizeof (guint));
  tfc_flex_map (&l->fb, n->custom, tail_option, tail->options);
  if (!tfc_builder_tensor (&l->b, n->in[2])->data)
    return tfc_builder_unsupported (&l->b, "its anchors are not constant");
  tfc_graph_output (l->b.graph, n->in[0]);
  tfc_graph_output (l->b.graph, n->in[1]);
  return !l->fb.error;
}
