/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/publish/publish-kinds.h"
#include <gst/video/gstvideometa.h>

static void
add_objects (GstBuffer *buffer)
{
  const GstTfcDetection objects[] = {{.x = 0.25f,
                                      .y = 0.5f,
                                      .w = 0.125f,
                                      .h = 0.3f,
                                      .score = 0.83f,
                                      .class_id = 1,
                                      .track_id = 3,
                                      .age = 1200 * GST_MSECOND,
                                      .seen = TRUE,
                                      .label = "person"},
                                     {.x = -0.1f,
                                      .y = 0.8f,
                                      .w = 0.2f,
                                      .h = 0.333333f,
                                      .score = 0.6f,
                                      .class_id = 17,
                                      .label = "cat"}};
  gst_buffer_add_tfc_detection_meta (buffer, "coco-ssd", 0, TRUE, objects, 2);
}

static void
add_region (GstBuffer *buffer)
{
  GstVideoRegionOfInterestMeta *roi =
      gst_buffer_add_video_region_of_interest_meta (buffer, "car", 64, 48, 320, 240);
  roi->id = 5;
}

static void
add_face (GstBuffer *buffer)
{
  static const GstTfcPoint points[] = {{0.5f, 0.25f, -0.125f}, {0.75f, 0.5f, 0}};
  static const GstTfcHead head = {.yaw = 0.5f,
                                  .pitch = -0.25f,
                                  .roll = 0.125f,
                                  .matrix = {0.5f, 0, 0, 0.25f, 0, 0.5f, 0, 0.25f, 0, 0, 0.5f, 0},
                                  .left_eye_openness = 1,
                                  .right_eye_openness = 0.5f,
                                  .mouth_openness = 0.25f,
                                  .gaze_z = -1};
  const GstTfcFace face = {.x = 0.25f,
                           .y = 0.25f,
                           .w = 0.5f,
                           .h = 0.5f,
                           .score = 0.9f,
                           .presence = 0.95f,
                           .track_id = 2,
                           .seen = TRUE,
                           .n_points = 2,
                           .points = points,
                           .head = &head,
                           .object_id = 7};
  gst_buffer_add_tfc_face_meta (buffer, "face/mesh", 0, FALSE, &face, 1);
}

static void
add_poses (GstBuffer *buffer)
{
  static GstTfcKeypoint points[21];
  static GstTfcPoint world[21];
  const GstTfcPose hand = {.x = 0.5f,
                           .y = 0.5f,
                           .w = 0.25f,
                           .h = 0.25f,
                           .score = 0.75f,
                           .layout = GST_TFC_POINT_LAYOUT_HAND_21,
                           .handedness = GST_TFC_HANDEDNESS_LEFT,
                           .handedness_score = 0.875f,
                           .n_points = 21,
                           .points = points,
                           .world = world};
  const GstTfcPose body = {.x = 0.125f,
                           .y = 0,
                           .w = 0.5f,
                           .h = 1,
                           .score = 0.5f,
                           .layout = GST_TFC_POINT_LAYOUT_COCO_17,
                           .n_points = 17,
                           .points = points};
  gst_buffer_add_tfc_pose_meta (buffer, "hand", 0, FALSE, &hand, 1);
  gst_buffer_add_tfc_pose_meta (buffer, "pose", 0, FALSE, &body, 1);
}

static void
add_classes (GstBuffer *buffer)
{
  const GstTfcClass classes[] = {{.class_id = 281, .score = 0.5f, .label = "tabby"},
                                 {.class_id = 282, .score = 0.25f, .rank = 1, .object_id = 3}};
  gst_buffer_add_tfc_class_meta (buffer, "mobilenet", 0, FALSE, classes, 2);
}

static void
add_mask (GstBuffer *buffer)
{
  static const guint8 values[] = {0, 1, 2, 0};
  const GstTfcMask mask = {.width = 2,
                           .height = 2,
                           .w = 1,
                           .h = 1,
                           .kind = GST_TFC_MASK_KIND_PEOPLE,
                           .n_indices = 2,
                           .data = values};
  gst_buffer_add_tfc_mask_meta (buffer, "body-pix", 0, FALSE, &mask);
}

void
publish_add_events (GstBuffer *buffer)
{
  const GstTfcEvent events[] = {
      {.type = GST_TFC_EVENT_CROSS,
       .direction = GST_TFC_DIRECTION_A_TO_B,
       .line = "gate",
       .track_id = 3,
       .label = "person",
       .dwell = GST_CLOCK_TIME_NONE},
      {.type = GST_TFC_EVENT_LEAVE,
       .zone = "porch",
       .track_id = 3,
       .label = "person",
       .dwell = 4200 * GST_MSECOND},
      {.type = GST_TFC_EVENT_COUNT, .zone = "porch", .dwell = GST_CLOCK_TIME_NONE, .count = 2}};
  g_autoptr (GstTfcResults) results = gst_tfc_results_new_events ("zones", 0, events, 3);
  gst_buffer_add_tfc_results (buffer, results, FALSE);
}

static void
add_zones (GstBuffer *buffer)
{
  static const GstTfcPoint points[] = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}};
  const GstTfcZone zones[] = {{.name = "porch", .n_points = 3, .points = points, .count = 2},
                              {.name = "gate",
                               .is_line = TRUE,
                               .n_points = 2,
                               .points = points,
                               .count_a_b = 4,
                               .count_b_a = 1}};
  const GstTfcZone yard = {.name = "yard", .n_points = 3, .points = points};
  gst_buffer_add_tfc_zone_meta (buffer, NULL, 0, FALSE, zones, 2);
  gst_buffer_add_tfc_zone_meta (buffer, NULL, 0, FALSE, &yard, 1); /* of another tfczones */
}

#define FRACTION "\"units\":\"fraction\","
#define PIXEL "\"units\":\"pixel\","
#define ZERO21 Z Z Z Z Z Z Z Z Z Z Z Z Z Z Z Z Z Z Z Z "[0,0,0,0]"
#define ZERO17 Z Z Z Z Z Z Z Z Z Z Z Z Z Z Z Z "[0,0,0,0]"
#define Z "[0,0,0,0],"
#define W "[0,0,0],"

// clang-format off
const PublishKind publish_kinds[] = {
  {"/line/objects", add_objects, "", FRACTION "\"model\":\"coco-ssd\",\"held\":true,\"objects\":["
   "{\"id\":3,\"label\":\"person\",\"class_id\":1,\"score\":0.83,\"box\":[0.25,0.5,0.125,0.3],\"age\":1.2,\"seen\":true},"
   "{\"label\":\"cat\",\"class_id\":17,\"score\":0.6,\"box\":[-0.1,0.8,0.2,0.33333]}],\"events\":[]}"},
  {"/line/pixels", add_objects, "units=pixel", PIXEL "\"model\":\"coco-ssd\",\"held\":true,\"objects\":["
   "{\"id\":3,\"label\":\"person\",\"class_id\":1,\"score\":0.83,\"box\":[160,240,80,144],\"age\":1.2,\"seen\":true},"
   "{\"label\":\"cat\",\"class_id\":17,\"score\":0.6,\"box\":[-64,384,128,160]}],\"events\":[]}"},
  {"/line/regions", add_region, "", FRACTION "\"held\":false,\"objects\":["
   "{\"label\":\"car\",\"class_id\":-1,\"box\":[0.1,0.1,0.5,0.5]}],\"events\":[]}"},
  {"/line/faces", add_face, "", FRACTION "\"model\":\"face/mesh\",\"held\":false,\"objects\":[],\"faces\":["
   "{\"id\":2,\"score\":0.9,\"presence\":0.95,\"box\":[0.25,0.25,0.5,0.5],\"age\":0,\"seen\":true,\"object_id\":7}],\"events\":[]}"},
  {"/line/face-points", add_face, "include=boxes,points units=pixel", PIXEL "\"model\":\"face/mesh\",\"held\":false,\"objects\":[],\"faces\":["
   "{\"id\":2,\"score\":0.9,\"presence\":0.95,\"box\":[160,120,320,240],\"age\":0,\"seen\":true,\"object_id\":7,"
   "\"points\":[[320,120,-80],[480,240,0]],\"head\":{\"yaw\":0.5,\"pitch\":-0.25,\"roll\":0.125,"
   "\"matrix\":[320,0,0,160,0,320,0,160,0,0,320,0],\"eye_openness\":[1,0.5],\"mouth_openness\":0.25,\"gaze\":[0,0,-1]}}]}"},
  {"/line/points-alone", add_face, "include=points units=pixel", PIXEL "\"model\":\"face/mesh\",\"held\":false,\"faces\":["
   "{\"id\":2,\"score\":0.9,\"presence\":0.95,\"box\":[160,120,320,240],\"age\":0,\"seen\":true,\"object_id\":7,"
   "\"points\":[[320,120,-80],[480,240,0]],\"head\":{\"yaw\":0.5,\"pitch\":-0.25,\"roll\":0.125,"
   "\"matrix\":[320,0,0,160,0,320,0,160,0,0,320,0],\"eye_openness\":[1,0.5],\"mouth_openness\":0.25,\"gaze\":[0,0,-1]}}]}"},
  {"/line/poses", add_poses, "include=boxes", FRACTION "\"model\":\"hand\",\"held\":false,\"objects\":[],\"poses\":["
   "{\"score\":0.5,\"box\":[0.125,0,0.5,1],\"layout\":\"coco-17\"}],\"hands\":["
   "{\"score\":0.75,\"box\":[0.5,0.5,0.25,0.25],\"layout\":\"hand-21\",\"handedness\":\"left\",\"handedness_score\":0.875}]}"},
  {"/line/pose-points", add_poses, "include=boxes+points", FRACTION "\"model\":\"hand\",\"held\":false,\"objects\":[],\"poses\":["
   "{\"score\":0.5,\"box\":[0.125,0,0.5,1],\"layout\":\"coco-17\",\"points\":[" ZERO17 "]}],\"hands\":["
   "{\"score\":0.75,\"box\":[0.5,0.5,0.25,0.25],\"layout\":\"hand-21\",\"points\":[" ZERO21 "],"
   "\"world\":[" W W W W W W W W W W W W W W W W W W W W "[0,0,0]],\"handedness\":\"left\",\"handedness_score\":0.875}]}"},
  {"/line/classes", add_classes, "include=boxes", FRACTION "\"model\":\"mobilenet\",\"held\":false,\"objects\":[],\"classes\":["
   "{\"label\":\"tabby\",\"class_id\":281,\"score\":0.5},{\"label\":null,\"class_id\":282,\"score\":0.25,\"object_id\":3}]}"},
  {"/line/mask", add_mask, "include=boxes", FRACTION "\"model\":\"body-pix\",\"held\":false,\"objects\":[],"
   "\"segments\":{\"width\":2,\"height\":2,\"kind\":\"people\",\"coverage\":0.5,\"people\":2,\"box\":[0,0,1,1]}}"},
  {"/line/events", publish_add_events, "include=events", FRACTION "\"held\":false,\"events\":["
   "{\"type\":\"cross\",\"line\":\"gate\",\"direction\":\"a->b\",\"id\":3,\"label\":\"person\"},"
   "{\"type\":\"leave\",\"zone\":\"porch\",\"dwell\":4.2,\"id\":3,\"label\":\"person\"},"
   "{\"type\":\"count\",\"zone\":\"porch\",\"count\":2}]}"},
  {"/line/stats", add_zones, "include=stats", FRACTION "\"held\":false,\"stats\":{\"frames\":1,\"published\":0,\"dropped\":0,\"queued\":0,"
   "\"zones\":[{\"zone\":\"porch\",\"count\":2},{\"line\":\"gate\",\"a->b\":4,\"b->a\":1},{\"zone\":\"yard\",\"count\":0}]}}"},
};
// clang-format on
const guint publish_n_kinds = G_N_ELEMENTS (publish_kinds);
