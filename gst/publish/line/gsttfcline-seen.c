/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/line/gsttfcline-private.h"

/* Which of the collected objects go into which list. */
typedef enum { LIST_OBJECTS, LIST_FACES, LIST_POSES, LIST_HANDS, N_LISTS } List;

static List
list_of (const GstTfcCollected *object)
{
  if (object->kind == GST_TFC_RESULTS_KIND_FACES)
    return LIST_FACES;
  if (object->kind != GST_TFC_RESULTS_KIND_POSES)
    return LIST_OBJECTS;
  const GstTfcPose *pose = object->item;
  return pose && pose->layout == GST_TFC_POINT_LAYOUT_HAND_21 ? LIST_HANDS : LIST_POSES;
}

static void
write_id (GstTfcLine *line, const GstTfcCollected *object)
{
  if (object->track_id)
    gst_tfc_line_count (line, "id", object->track_id);
}

/* What is known of a tracked thing besides its id. */
static void
write_track (GstTfcLine *line, const GstTfcCollected *object)
{
  if (!object->track_id)
    return;
  gst_tfc_line_number (line, "age", (gdouble)object->age / GST_SECOND, 3);
  gst_tfc_json_key (line->json, "seen");
  gst_tfc_json_literal (line->json, object->seen ? "true" : "false");
}

static void
write_box (GstTfcLine *line, const GstTfcCollected *object)
{
  gst_tfc_line_box (line, object->box.x, object->box.y, object->box.w, object->box.h);
}

static void
write_object_id (GstTfcLine *line, guint64 object_id)
{
  if (object_id)
    gst_tfc_line_count (line, "object_id", object_id);
}

static void
write_object (GstTfcLine *line, const GstTfcCollected *object)
{
  write_id (line, object);
  gst_tfc_line_name (line, "label", object->label);
  gst_tfc_json_key (line->json, "class_id");
  gst_tfc_json_integer (line->json, object->class_id);
  if (object->score >= 0) /* foreign metas need not say how sure they are */
    gst_tfc_line_score (line, "score", object->score);
  write_box (line, object);
  write_track (line, object);
}

static void
write_face (GstTfcLine *line, const GstTfcCollected *object)
{
  const GstTfcFace *face = object->item;

  write_id (line, object);
  gst_tfc_line_score (line, "score", object->score);
  gst_tfc_line_score (line, "presence", face->presence);
  write_box (line, object);
  write_track (line, object);
  write_object_id (line, face->object_id);
  if (line->include & GST_TFC_PUBLISH_INCLUDE_POINTS)
    gst_tfc_line_face_points (line, face);
}

static void
write_pose (GstTfcLine *line, const GstTfcCollected *object)
{
  const GstTfcPose *pose = object->item;

  write_id (line, object);
  gst_tfc_line_score (line, "score", object->score);
  write_box (line, object);
  write_track (line, object);
  write_object_id (line, pose->object_id);
  gst_tfc_line_pose_points (line, pose);
}

/* Each is written if one of these is included: what has points is there for them alone as well. */
#define BOXES GST_TFC_PUBLISH_INCLUDE_BOXES
#define BOXES_OR_POINTS (GST_TFC_PUBLISH_INCLUDE_BOXES | GST_TFC_PUBLISH_INCLUDE_POINTS)

static const struct {
  const gchar *key;
  GstTfcPublishInclude include;
  void (*write) (GstTfcLine *line, const GstTfcCollected *object);
} lists[N_LISTS] = {
    [LIST_OBJECTS] = {"objects", BOXES, write_object},
    [LIST_FACES] = {"faces", BOXES_OR_POINTS, write_face},
    [LIST_POSES] = {"poses", BOXES_OR_POINTS, write_pose},
    [LIST_HANDS] = {"hands", BOXES_OR_POINTS, write_pose},
};

/* Two objects of a kind whose lists are not told apart have an item, or are objects. */
static void
write_list (GstTfcLine *line, const GstTfcSeen *seen, List which)
{
  gst_tfc_line_begin_list (line, lists[which].key);
  for (guint i = 0; i < seen->collection.n; i++) {
    const GstTfcCollected *object = &seen->collection.objects[i];
    const gsize before = line->json->length;
    if (list_of (object) != which)
      continue;
    gst_tfc_json_open (line->json, '{');
    lists[which].write (line, object);
    gst_tfc_json_close (line->json, '}');
    if (!gst_tfc_line_keep (line, before))
      break;
  }
  gst_tfc_line_end_list (line);
}

static void
write_class (GstTfcLine *line, gconstpointer item)
{
  const GstTfcClass *one = item;

  gst_tfc_line_name (line, "label", one->label);
  gst_tfc_json_key (line->json, "class_id");
  gst_tfc_json_integer (line->json, one->class_id);
  gst_tfc_line_score (line, "score", one->score);
  write_object_id (line, one->object_id);
}

static gconstpointer
get_classes (const GstTfcResults *results, guint *n)
{
  return gst_tfc_results_get_classes (results, n);
}

static const GstTfcLineList classes = {
    "classes", GST_TFC_RESULTS_KIND_CLASSES, sizeof (GstTfcClass), get_classes, write_class, FALSE};

static void
write_lists (GstTfcLine *line, const GstTfcSeen *seen)
{
  gboolean wanted[N_LISTS] = {[LIST_OBJECTS] =
                                  TRUE}; /* "objects" is there even if there are none */

  for (guint i = 0; i < seen->collection.n; i++)
    wanted[list_of (&seen->collection.objects[i])] = TRUE;
  for (guint i = 0; i < N_LISTS; i++)
    if (wanted[i] && line->include & lists[i].include)
      write_list (line, seen, i);
  if (line->include & BOXES)
    gst_tfc_line_list (line, seen, &classes);
}

void
gst_tfc_line_seen (GstTfcLine *line, const GstTfcSeen *seen)
{
  const GstTfcResults *results;
  guint at = 0;

  write_lists (line, seen);
  if (!(line->include & (GST_TFC_PUBLISH_INCLUDE_BOXES | GST_TFC_PUBLISH_INCLUDE_MASKS)))
    return;
  if ((results = gst_tfc_seen_next (seen, GST_TFC_RESULTS_KIND_MASK, &at))) {
    const gsize before = line->json->length;
    gst_tfc_line_mask (line, gst_tfc_results_get_mask (results));
    gst_tfc_line_keep (line, before);
  }
}
