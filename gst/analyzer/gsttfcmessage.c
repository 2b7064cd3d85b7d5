/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcmessage.h"
#include "gst/analyzer/gsttfcobject.h"

static void
append_structure (GValue *array, GstStructure *structure)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, structure);
  gst_value_array_append_and_take_value (array, &value);
}

/* n arrays of width numbers each. */
static void
set_points (GstStructure *s, const gchar *field, const gfloat *numbers, guint n, guint width)
{
  GValue points = G_VALUE_INIT;

  g_value_init (&points, GST_TYPE_ARRAY);
  for (guint i = 0; i < n; i++) {
    GValue point = G_VALUE_INIT;
    g_value_init (&point, GST_TYPE_ARRAY);
    for (guint k = 0; k < width; k++) {
      GValue number = G_VALUE_INIT;
      g_value_init (&number, G_TYPE_FLOAT);
      g_value_set_float (&number, *numbers++);
      gst_value_array_append_and_take_value (&point, &number);
    }
    gst_value_array_append_and_take_value (&points, &point);
  }
  gst_structure_take_value (s, field, &points);
}

static const gchar *
nick_of (GType type, gint value)
{
  GEnumClass *values = g_type_class_ref (type);
  const GEnumValue *found = g_enum_get_value (values, value);
  const gchar *nick = found ? found->value_nick : "unknown"; /* static */

  g_type_class_unref (values);
  return nick;
}

// clang-format off
static void
set_object (GstStructure *s, const GstTfcObject *o)
{
  gst_structure_set (s, "label", G_TYPE_STRING, o->label, "class_id", G_TYPE_INT, o->class_id,
      "score", G_TYPE_FLOAT, o->score, "track_id", G_TYPE_UINT64, o->track_id,
      "age", G_TYPE_UINT64, o->age, "seen", G_TYPE_BOOLEAN, o->seen,
      "speed_x", G_TYPE_FLOAT, o->speed_x, "speed_y", G_TYPE_FLOAT, o->speed_y,
      "x", G_TYPE_FLOAT, o->x, "y", G_TYPE_FLOAT, o->y,
      "w", G_TYPE_FLOAT, o->w, "h", G_TYPE_FLOAT, o->h, NULL);
}

static void
describe_detection (GstStructure *s, const GstTfcObject *object, gconstpointer item)
{
  (void) item;
  set_object (s, object);
}

static void
describe_head (GstStructure *s, const GstTfcHead *head)
{
  gst_structure_set (s, "yaw", G_TYPE_FLOAT, head->yaw, "pitch", G_TYPE_FLOAT, head->pitch,
      "roll", G_TYPE_FLOAT, head->roll, "left_eye_openness", G_TYPE_FLOAT, head->left_eye_openness,
      "right_eye_openness", G_TYPE_FLOAT, head->right_eye_openness,
      "mouth_openness", G_TYPE_FLOAT, head->mouth_openness,
      "eyes_closed", G_TYPE_BOOLEAN, head->eyes_closed, "blinks", G_TYPE_UINT, head->blinks, NULL);
  set_points (s, "matrix", head->matrix, 3, 4);
  if (head->gaze_x != 0 || head->gaze_y != 0 || head->gaze_z != 0)
    gst_structure_set (s, "gaze_x", G_TYPE_FLOAT, head->gaze_x, "gaze_y", G_TYPE_FLOAT, head->gaze_y,
        "gaze_z", G_TYPE_FLOAT, head->gaze_z, NULL);
}

static void
describe_face (GstStructure *s, const GstTfcObject *object, gconstpointer item)
{
  const GstTfcFace *face = item;

  set_object (s, object);
  gst_structure_set (s, "object_id", G_TYPE_UINT64, face->object_id,
      "presence", G_TYPE_FLOAT, face->presence,
      "rotation", G_TYPE_FLOAT, face->rotation, "n_points", G_TYPE_UINT, face->n_points, NULL);
  if (face->head)
    describe_head (s, face->head);
}

static void
describe_pose (GstStructure *s, const GstTfcObject *object, gconstpointer item)
{
  const GstTfcPose *p = item;

  set_object (s, object);
  gst_structure_set (s, "object_id", G_TYPE_UINT64, p->object_id,
      "layout", G_TYPE_STRING, nick_of (GST_TYPE_TFC_POINT_LAYOUT, p->layout),
      "handedness", G_TYPE_STRING, nick_of (GST_TYPE_TFC_HANDEDNESS, p->handedness),
      "handedness_score", G_TYPE_FLOAT, p->handedness_score,
      "n_points", G_TYPE_UINT, p->n_points, NULL);
  set_points (s, "points", (const gfloat *)p->points, p->n_points, 4);
  if (p->world)
    set_points (s, "world", (const gfloat *)p->world, p->n_points, 3);
}

static void
describe_mask (GstStructure *s, const GstTfcObject *object, gconstpointer item)
{
  const GstTfcMask *m = item;

  gst_structure_set (s, "width", G_TYPE_UINT, m->width, "height", G_TYPE_UINT, m->height,
      "kind", G_TYPE_STRING, nick_of (GST_TYPE_TFC_MASK_KIND, m->kind),
      "n_indices", G_TYPE_UINT, m->n_indices, "coverage", G_TYPE_FLOAT, object->score,
      "x", G_TYPE_FLOAT, m->x, "y", G_TYPE_FLOAT, m->y,
      "w", G_TYPE_FLOAT, m->w, "h", G_TYPE_FLOAT, m->h, NULL);
}

static void
describe_class (GstStructure *s, const GstTfcObject *object, gconstpointer item)
{
  const GstTfcClass *c = item;

  gst_structure_set (s, "label", G_TYPE_STRING, object->label, "class_id", G_TYPE_INT, c->class_id,
      "score", G_TYPE_FLOAT, c->score, "rank", G_TYPE_UINT, c->rank,
      "object_id", G_TYPE_UINT64, c->object_id, NULL);
}
// clang-format on

static const struct {
  const gchar *array, *item;
  void (*describe) (GstStructure *structure, const GstTfcObject *object, gconstpointer item);
} rows[] = {
    [GST_TFC_RESULTS_KIND_DETECTIONS] = {"detections", "detection", describe_detection},
    [GST_TFC_RESULTS_KIND_FACES] = {"faces", "face", describe_face},
    [GST_TFC_RESULTS_KIND_POSES] = {"poses", "pose", describe_pose},
    [GST_TFC_RESULTS_KIND_MASK] = {"segments", "segment", describe_mask},
    [GST_TFC_RESULTS_KIND_CLASSES] = {"classes", "class", describe_class},
};

GstStructure *
gst_tfc_results_structure (const GstTfcResults *results, const gchar *name,
                           const GstTfcTimes *times)
{
  const GstTfcResultsKind kind = gst_tfc_results_get_kind (results);
  gsize size;
  guint n;
  const guint8 *items = gst_tfc_results_items (results, &size, &n);
  GValue array = G_VALUE_INIT;
  // clang-format off
  GstStructure *s = gst_structure_new (name,
      "timestamp", G_TYPE_UINT64, times->pts,
      "stream-time", G_TYPE_UINT64, times->stream,
      "running-time", G_TYPE_UINT64, times->running,
      "model", G_TYPE_STRING, gst_tfc_results_get_model (results), NULL);
  // clang-format on

  g_value_init (&array, GST_TYPE_ARRAY);
  for (guint i = 0; i < n; i++) {
    const GstTfcObject object = gst_tfc_results_nth (results, i);
    GstStructure *one = gst_structure_new_empty (rows[kind].item);
    rows[kind].describe (one, &object, items + i * size);
    append_structure (&array, one);
  }
  gst_structure_take_value (s, rows[kind].array, &array);
  return s;
}
