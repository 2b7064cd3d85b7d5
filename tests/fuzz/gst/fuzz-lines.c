/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Metadata out of bytes, as others may attach it, to a line of JSON. The first bytes say what is
 * asked for, then each kind of results has a part of the rest; a byte 0xfe ends a part. */
#include "tests/fuzz/fuzz.h"

#include <cJSON.h>

#include "gst/lib/gsttfcserialize-private.h"
#include "gst/publish/gsttfclinequeue.h"
#include "gst/publish/line/gsttfcline.h"

#define MAX_LENGTH (1024 * 1024)

static void
check_line (const gchar *text, gsize length)
{
  g_assert_cmpuint (length, <=, MAX_LENGTH);
  g_assert_true (g_utf8_validate (text, (gssize)length, NULL));
  for (gsize i = 0; i < length; i++)
    g_assert_true ((guchar)text[i] >= 0x20 && (guchar)text[i] != 0x7f);
  cJSON *parsed = cJSON_ParseWithLength (text, length);
  g_assert_nonnull (parsed);
  g_assert_cmpint (cJSON_GetObjectItemCaseSensitive (parsed, "v")->valueint, ==, 1);
  g_assert_true (cJSON_IsBool (cJSON_GetObjectItemCaseSensitive (parsed, "held")));
  cJSON_Delete (parsed);
}

/* As the queue has it, with what was dropped put in. */
static void
check_told (const GstTfcJson *json, gsize insert)
{
  GstTfcLineQueue *queue = gst_tfc_line_queue_new ();
  GstTfcQueuedLine line = {0};

  gst_tfc_line_queue_lose (queue, &(GstTfcQueuedLine){.dropped = 41});
  gst_tfc_line_queue_push (queue, json->text, json->length, insert);
  g_assert_true (gst_tfc_line_queue_pop (queue, &line));
  gst_tfc_queued_line_tell (&line);
  g_assert_nonnull (strstr (line.text, ",\"dropped\":42"));
  check_line (line.text, line.length);
  g_free (line.text);
  gst_tfc_line_queue_free (queue);
}

static void
add_results (GstBuffer *buffer, GstTfcResultsKind kind, const guint8 *data, gsize size)
{
  gboolean held = FALSE;
  GstTfcResults *results = tfc_results_deserialize (kind, data, size, &held);

  if (!results)
    return;
  gst_buffer_add_tfc_results (buffer, results, held);
  gst_tfc_results_unref (results);
}

/* Metadata needs GStreamer's types. */
static void
start (void)
{
  if (!gst_is_initialized ())
    gst_init (NULL, NULL);
}

void
fuzz_one (const guint8 *data, gsize size)
{
  static GstTfcSeen seen;
  GstTfcJson json = {0};
  FuzzBytes b = {data, size};
  GstTfcLineHead head = {.source = "door",
                         .seq = fuzz_take (&b, 4),
                         .stream = fuzz_below (&b, 2) ? fuzz_take (&b, 4) : GST_CLOCK_TIME_NONE,
                         .include = fuzz_take (&b, 1) & 31,
                         .units = fuzz_below (&b, 2),
                         .width = fuzz_below (&b, 4000),
                         .height = fuzz_below (&b, 4000),
                         .max_length = MAX_LENGTH};
  head.utc = (gint64)((guint64)fuzz_take (&b, 4) << 32 | fuzz_take (&b, 4));
  start ();
  GstBuffer *buffer = gst_buffer_new ();
  for (guint kind = 0; b.left && kind < 3 * GST_TFC_RESULTS_KIND_ZONES; kind++) {
    const guint8 *end = memchr (b.at, 0xfe, b.left);
    const gsize n = end ? (gsize)(end - b.at) : b.left;
    add_results (buffer, kind % (GST_TFC_RESULTS_KIND_ZONES + 1), b.at, n);
    b.at += n + (end ? 1 : 0);
    b.left -= n + (end ? 1 : 0);
  }
  gst_tfc_seen_read (&seen, buffer, head.width, head.height);
  const guint64 signature = gst_tfc_seen_signature (&seen);
  const gsize insert = gst_tfc_line_write (&json, &head, &seen);
  check_line (json.text, json.length);
  check_told (&json, insert);
  g_assert_cmpuint (signature, ==, gst_tfc_seen_signature (&seen));
  gst_tfc_json_clear (&json);
  gst_buffer_unref (buffer);
}

/* All that is included, in fractions; the parts of the kinds follow. */
static const guint8 begin[] = {0,   0, 0,   1, 1, 0, 0, 1, 0, 31, 0, 2,
                               128, 1, 224, 0, 5, 0, 0, 1, 2, 3,  4};

static void
seed (GstTfcResultsKind kind, GstTfcResults *results)
{
  static const guint8 end[] = {0xfe};
  GByteArray *bytes = g_byte_array_new (), *part = g_byte_array_new ();

  g_byte_array_append (bytes, begin, sizeof begin);
  for (guint i = 0; i < kind; i++)
    g_byte_array_append (bytes, end, 1);
  tfc_results_serialize (results, TRUE, part);
  g_byte_array_append (bytes, part->data, part->len);
  g_byte_array_unref (part);
  gst_tfc_results_unref (results);
  fuzz_seed_bytes (g_byte_array_free_to_bytes (bytes));
}

void
fuzz_seeds (void)
{
  static const GstTfcPoint points[3] = {{0.1f, 0.2f, 0.3f}};
  static const GstTfcKeypoint keypoints[21];
  static const guint8 values[16] = {0, 255, 128};
  const GstTfcDetection objects[] = {{.w = 0.5f, .score = 0.5f, .label = "a\"\\\n\x1b\xff ü"},
                                     {.w = 0.5f, .score = 0.5f, .track_id = 3}};
  const GstTfcFace face = {.score = 0.5f, .n_points = 3, .points = points, .track_id = 1};
  const GstTfcPose pose = {
      .layout = GST_TFC_POINT_LAYOUT_HAND_21, .n_points = 21, .points = keypoints};
  const GstTfcMask mask = {.width = 4, .height = 4, .w = 1, .h = 1, .data = values};
  const GstTfcClass one = {.class_id = 7, .score = 0.5f, .label = "\xc2\x9b"};
  const GstTfcEvent event = {
      .type = GST_TFC_EVENT_LEAVE, .zone = "porch", .track_id = 3, .dwell = 4};
  const GstTfcZone zone = {.name = "porch", .n_points = 3, .points = points, .count = 2};

  start ();
  seed (GST_TFC_RESULTS_KIND_DETECTIONS, gst_tfc_results_new_detections ("m", 0, objects, 2));
  seed (GST_TFC_RESULTS_KIND_FACES, gst_tfc_results_new_faces ("m", 0, &face, 1));
  seed (GST_TFC_RESULTS_KIND_POSES, gst_tfc_results_new_poses ("m", 0, &pose, 1));
  seed (GST_TFC_RESULTS_KIND_MASK, gst_tfc_results_new_mask ("m", 0, &mask));
  seed (GST_TFC_RESULTS_KIND_CLASSES, gst_tfc_results_new_classes ("m", 0, &one, 1));
  seed (GST_TFC_RESULTS_KIND_EVENTS, gst_tfc_results_new_events ("m", 0, &event, 1));
  seed (GST_TFC_RESULTS_KIND_ZONES, gst_tfc_results_new_zones ("m", 0, &zone, 1));
}
