/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "see.h"

#include "json_member.h"

static void
json_box (JsonBuilder *b, const TfcBox *box, const TfcFrame *frame)
{
  json_builder_set_member_name (b, "box");
  json_builder_begin_array (b);
  json_builder_add_double_value (b, (gdouble)box->x * frame->width);
  json_builder_add_double_value (b, (gdouble)box->y * frame->height);
  json_builder_add_double_value (b, (gdouble)box->w * frame->width);
  json_builder_add_double_value (b, (gdouble)box->h * frame->height);
  json_builder_end_array (b);
}

static void
json_detections (JsonBuilder *b, const TfcLabels *labels, const TfcSeen *seen,
                 const TfcFrame *frame)
{
  json_builder_set_member_name (b, "detections");
  json_builder_begin_array (b);
  for (guint i = 0; i < seen->n_detections; i++) {
    const TfcDetection *d = &seen->detections[i];
    json_builder_begin_object (b);
    member_text (b, "label", tfc_labels_name (labels, d->class_id));
    member_int (b, "class_id", d->class_id);
    member (b, "score", d->score);
    json_box (b, &d->box, frame);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

static void
json_faces (JsonBuilder *b, const TfcSeen *seen, const TfcFrame *frame)
{
  json_builder_set_member_name (b, "faces");
  json_builder_begin_array (b);
  for (guint i = 0; i < seen->n_faces; i++) {
    const TfcFace *f = &seen->faces[i];
    json_builder_begin_object (b);
    member (b, "score", f->score);
    member (b, "presence", f->presence);
    json_box (b, &f->box, frame);
    json_builder_set_member_name (b, "points");
    json_builder_begin_array (b);
    for (guint p = 0; p < f->n_points; p++) {
      json_builder_begin_array (b);
      json_builder_add_double_value (b, (gdouble)f->points[p].x * frame->width);
      json_builder_add_double_value (b, (gdouble)f->points[p].y * frame->height);
      json_builder_add_double_value (b, (gdouble)f->points[p].z * frame->width);
      json_builder_end_array (b);
    }
    json_builder_end_array (b);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
}

gchar *
tfc_see_json (const TfcSeeHead *head, const TfcLabels *labels, const TfcFrame *frame,
              const TfcSeen *seen)
{
  JsonBuilder *b = json_builder_new ();
  json_builder_begin_object (b);
  member_text (b, "picture", head->picture);
  member_int (b, "width", frame->width);
  member_int (b, "height", frame->height);
  member_text (b, "model", head->model);
  member_text (b, "backend", head->backend);
  member_int (b, "threads", head->threads);
  member (b, "ms", seen->ns / 1e6);
  json_detections (b, labels, seen, frame);
  json_faces (b, seen, frame);
  json_builder_end_object (b);
  JsonNode *root = json_builder_get_root (b);
  gchar *line = json_to_string (root, FALSE);
  json_node_unref (root);
  g_object_unref (b);
  return line;
}
