/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What the fields of an anchors file mean: the TF Object Detection API's names, and a few of ours.
 */
#include <math.h>
#include <string.h>

#include "models/detection/anchor_private.h"
#include "inference/error.h"

gboolean
tfc_anchor_fail (const TfcAnchorParse *p, guint line, GError **error, const gchar *what)
{
  g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "anchors file '%s', line %u: %s", p->path,
               line, what);
  return FALSE;
}

static gboolean
number (const gchar *text, gdouble *v)
{
  gchar *end;

  *v = g_ascii_strtod (text, &end);
  if (*end == 'f' && end > text)
    end++;
  return end > text && !*end && isfinite (*v) && fabs (*v) <= 1e6;
}

/* Fields that are one number. message NULL: at the top or in "ssd". */
typedef struct {
  const gchar *message, *name;
  gsize at;
  enum { REAL, WHOLE, BOOLEAN, SCALE } kind;
} Known;

#define P(member) G_STRUCT_OFFSET (TfcAnchorPlan, member)
#define F(member) G_STRUCT_OFFSET (TfcAnchorFile, member)

// clang-format off
static const Known plan_fields[] = {
  {"ssd_anchor_generator", "num_layers", P (n_layers), WHOLE},
  {"ssd_anchor_generator", "min_scale", P (min_scale), REAL},
  {"ssd_anchor_generator", "max_scale", P (max_scale), REAL},
  {"ssd_anchor_generator", "interpolated_scale_aspect_ratio", P (interpolated_ratio), REAL},
  {"ssd_anchor_generator", "reduce_boxes_in_lowest_layer", P (reduce_lowest), BOOLEAN},
  {"ssd_anchor_generator", "base_anchor_height", P (base_height), REAL},
  {"ssd_anchor_generator", "base_anchor_width", P (base_width), REAL},
  {"multiscale_anchor_generator", "min_level", P (min_level), WHOLE},
  {"multiscale_anchor_generator", "max_level", P (max_level), WHOLE},
  {"multiscale_anchor_generator", "anchor_scale", P (anchor_scale), REAL},
  {"multiscale_anchor_generator", "scales_per_octave", P (octaves), WHOLE},
  {"efficientdet_anchor_generator", "min_level", P (min_level), WHOLE},
  {"efficientdet_anchor_generator", "max_level", P (max_level), WHOLE},
  {"efficientdet_anchor_generator", "anchor_scale", P (anchor_scale), REAL},
  {"efficientdet_anchor_generator", "num_scales", P (octaves), WHOLE},
};
static const Known file_fields[] = {
  {"faster_rcnn_box_coder", "y_scale", F (scales.y), SCALE},
  {"faster_rcnn_box_coder", "x_scale", F (scales.x), SCALE},
  {"faster_rcnn_box_coder", "height_scale", F (scales.h), SCALE},
  {"faster_rcnn_box_coder", "width_scale", F (scales.w), SCALE},
  {NULL, "num_classes", F (n_classes), WHOLE},
};
/* Of these a name is enough to know what the network is not. */
static const gchar *const strangers[] = {
  "grid_anchor_generator", "flexible_grid_anchor_generator", "keypoint_box_coder", "mean_stddev_box_coder",
  "square_box_coder", "height_stride", "width_stride", "height_offset", "width_offset",
};
// clang-format on

static gboolean
set (const Known *known, gpointer base, const gchar *text)
{
  const gpointer at = G_STRUCT_MEMBER_P (base, known->at);
  gdouble v = 0;

  if (known->kind == BOOLEAN) {
    *(gboolean *)at = !strcmp (text, "true") || !strcmp (text, "1");
    return *(gboolean *)at || !strcmp (text, "false") || !strcmp (text, "0");
  }
  if (!number (text, &v) || v < 0)
    return FALSE;
  if (known->kind == REAL)
    *(gdouble *)at = v;
  else if (known->kind == SCALE)
    *(gfloat *)at = (gfloat)v;
  else
    *(guint *)at = (guint)v;
  return known->kind != WHOLE || v == floor (v);
}

static const gchar *
parent (const TfcProtoField *field)
{
  const gchar *name = field->depth ? field->path[field->depth - 1] : "ssd";

  return strcmp (name, "box_coder") ? name : "faster_rcnn_box_coder";
}

static const Known *
find (const Known *table, guint n, const TfcProtoField *field)
{
  for (guint i = 0; i < n; i++)
    if (!strcmp (table[i].name, field->path[field->depth]) &&
        !strcmp (table[i].message ? table[i].message : "ssd", parent (field)))
      return &table[i];
  return NULL;
}

static gboolean
append (TfcAnchorParse *p, const TfcProtoField *field, gfloat *list, guint most, guint *n,
        GError **error)
{
  gdouble v;

  if (!number (field->value, &v))
    return tfc_anchor_fail (p, field->line, error, "no number");
  if (*n >= most)
    return tfc_anchor_fail (p, field->line, error, "more than 16 of these");
  list[(*n)++] = (gfloat)v;
  return TRUE;
}

/* feature_map_height, feature_map_width: one a layer. */
static gboolean
add_map (TfcAnchorParse *p, const TfcProtoField *field, guint side, GError **error)
{
  guint64 v;

  if (!g_ascii_string_to_unsigned (field->value, 10, 1, 16384, &v, NULL) ||
      p->n_maps[side] >= TFC_ANCHORS_LEVELS)
    return tfc_anchor_fail (p, field->line, error,
                            "a feature map is 1 to 16384 cells, and there are at most 16");
  p->plan.maps[p->n_maps[side]++][side] = (guint)v;
  return TRUE;
}

static gboolean
add_anchor_number (TfcAnchorParse *p, const TfcProtoField *field, GError **error)
{
  gdouble v;

  if (!number (field->value, &v))
    return tfc_anchor_fail (p, field->line, error, "no number");
  if (p->list->len >= 4 * (guint)TFC_ANCHORS_MAX)
    return tfc_anchor_fail (p, field->line, error, "too many anchors");
  g_array_append_val (p->list, (gfloat){(gfloat)v});
  return TRUE;
}

static gboolean
set_converter (TfcAnchorParse *p, const TfcProtoField *field, GError **error)
{
  static const struct {
    const gchar *name;
    TfcScores scores;
  } names[] = {{"IDENTITY", TFC_SCORES_PLAIN},
               {"SIGMOID", TFC_SCORES_SIGMOID},
               {"SOFTMAX", TFC_SCORES_SOFTMAX}};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!strcmp (field->value, names[i].name)) {
      p->file->scores = names[i].scores;
      return TRUE;
    }
  return tfc_anchor_fail (p, field->line, error,
                          "score_converter must be IDENTITY, SIGMOID or SOFTMAX");
}

static gboolean
set_picture (TfcAnchorParse *p, const TfcProtoField *field, GError **error)
{
  const gboolean mean = !strcmp (field->path[0], "mean");
  gdouble v;

  if (!number (field->value, &v) || (!mean && v < 1e-3))
    return tfc_anchor_fail (p, field->line, error, "mean is a number, std one above 0");
  *(mean ? &p->file->mean : &p->file->std) = (gfloat)v;
  p->file->normalized = TRUE;
  return TRUE;
}

static gboolean
set_fixed (TfcAnchorParse *p, const TfcProtoField *field, GError **error)
{
  static const gchar *const names[] = {"y_center", "x_center", "height", "width"};
  gdouble v;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!strcmp (field->path[field->depth], names[i])) {
      if (!number (field->value, &v))
        return tfc_anchor_fail (p, field->line, error, "no number");
      p->fixed[i] = (gfloat)v;
    }
  return TRUE;
}

static gboolean
is_generator (const gchar *message)
{
  return g_str_has_suffix (message, "_anchor_generator");
}

static gboolean
value (TfcAnchorParse *p, const TfcProtoField *field, GError **error)
{
  const gchar *own = field->path[field->depth], *around = parent (field);
  const Known *known = find (plan_fields, G_N_ELEMENTS (plan_fields), field);
  gpointer base = &p->plan;

  if (!known) {
    known = find (file_fields, G_N_ELEMENTS (file_fields), field);
    base = p->file;
  }
  if (known)
    return set (known, base, field->value) ||
           tfc_anchor_fail (p, field->line, error, "a value that this field cannot have");
  if (is_generator (around) && !strcmp (own, "aspect_ratios"))
    return append (p, field, p->plan.ratios, TFC_ANCHORS_RATIOS, &p->plan.n_ratios, error);
  if (is_generator (around) && !strcmp (own, "scales"))
    return append (p, field, p->plan.scales, TFC_ANCHORS_LEVELS, &p->plan.n_scales, error);
  if (is_generator (around) && g_str_has_prefix (own, "feature_map_"))
    return add_map (p, field, !strcmp (own, "feature_map_width"), error);
  if (!strcmp (own, "score_converter"))
    return set_converter (p, field, error);
  if (field->depth == 0 && !strcmp (own, "anchors"))
    return add_anchor_number (p, field, error);
  if (field->depth == 0 && (!strcmp (own, "mean") || !strcmp (own, "std")))
    return set_picture (p, field, error);
  return strcmp (around, "fixed_anchors") != 0 || set_fixed (p, field, error);
}

static gboolean
stranger (const gchar *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    if (!strcmp (name, strangers[i]))
      return TRUE;
  return FALSE;
}

static gboolean
begin_generator (TfcAnchorParse *p, const TfcProtoField *field, GError **error)
{
  static const gchar *const rules[] = {[TFC_ANCHORS_SSD] = "ssd_anchor_generator",
                                       [TFC_ANCHORS_MULTISCALE] = "multiscale_anchor_generator",
                                       [TFC_ANCHORS_EFFICIENTDET] =
                                           "efficientdet_anchor_generator"};

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (!strcmp (field->path[field->depth], rules[i])) {
      if (p->planned)
        return tfc_anchor_fail (p, field->line, error, "a second anchor generator");
      p->plan = tfc_anchor_plan ((TfcAnchorRule)i, p->plan.width, p->plan.height);
      p->planned = TRUE;
    }
  return TRUE;
}

gboolean
tfc_anchor_field (gpointer data, const TfcProtoField *field, GError **error)
{
  TfcAnchorParse *p = data;
  const gchar *own = field->path[field->depth];
  const gboolean fixed = !strcmp (own, "fixed_anchors");

  if (field->kind != TFC_PROTO_CLOSE && stranger (own)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "anchors file '%s', line %u: %s is not supported", p->path, field->line, own);
    return FALSE;
  }
  if (field->kind == TFC_PROTO_VALUE)
    return value (p, field, error);
  if (field->kind == TFC_PROTO_OPEN)
    return begin_generator (p, field, error);
  if (fixed && p->list->len < 4 * (guint)TFC_ANCHORS_MAX)
    g_array_append_vals (p->list, p->fixed, 4);
  return TRUE;
}
