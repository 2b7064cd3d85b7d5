/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/soak/stream-private.h"

#include "gst/lib/tfc.h"

/* A kind of results on a frame: TRUE if they are its own, and not held ones of an earlier frame. */
static gboolean
look_at_meta (Stream *s, GstClockTime pts, GstClockTime of, gboolean held)
{
  if (!held && of != pts)
    stream_fail ("%s: results of another frame pass for this one's", s->plan->name);
  if (of > pts)
    stream_fail ("%s: results of a frame to come", s->plan->name);
  return !held;
}

static void
look_at_results (Stream *s, GstBuffer *frame)
{
  const GstTfcDetectionMeta *d = gst_buffer_get_tfc_detection_meta (frame);
  const GstTfcFaceMeta *f = gst_buffer_get_tfc_face_meta (frame);
  const GstTfcPoseMeta *p = gst_buffer_get_tfc_pose_meta (frame);
  const GstTfcMaskMeta *m = gst_buffer_get_tfc_mask_meta (frame);
  const GstTfcClassMeta *c = gst_buffer_get_tfc_class_meta (frame);
  const GstClockTime pts = GST_BUFFER_PTS (frame);
  const gboolean objects = d && look_at_meta (s, pts, d->pts, d->held),
                 faces = f && look_at_meta (s, pts, f->pts, f->held),
                 poses = p && look_at_meta (s, pts, p->pts, p->held),
                 masks = m && look_at_meta (s, pts, m->pts, m->held),
                 classes = c && look_at_meta (s, pts, c->pts, c->held);

  s->count.analysed += objects || faces || poses || masks || classes;
  s->count.objects += objects ? d->n_detections : 0;
  s->count.faces += faces ? f->n_faces : 0;
  s->count.poses += poses ? p->n_poses : 0;
}

GstPadProbeReturn
stream_arrive (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Stream *s = data;
  GstBuffer *frame = GST_PAD_PROBE_INFO_BUFFER (info);
  GstClockTime pts = GST_BUFFER_PTS (frame);
  guint64 number = GST_BUFFER_OFFSET (frame);

  g_mutex_lock (&s->lock);
  if (number != s->expected)
    stream_fail ("%s: frame %" G_GUINT64_FORMAT " comes where %" G_GUINT64_FORMAT " should",
                 s->plan->name, number, s->expected);
  if (pts != s->in_flight[number % G_N_ELEMENTS (s->in_flight)])
    stream_fail ("%s: a frame's timestamp was changed", s->plan->name);
  if (GST_CLOCK_TIME_IS_VALID (s->last_out) && pts <= s->last_out)
    stream_fail ("%s: time goes backwards", s->plan->name);
  s->last_out = pts;
  s->expected = number + 1;
  s->count.arrived++;
  look_at_results (s, frame);
  g_mutex_unlock (&s->lock);
  return GST_PAD_PROBE_OK;
}

void
stream_hear (Stream *s, GstMessage *message)
{
  g_autoptr (GError) error = NULL;
  const GstStructure *t = gst_message_get_structure (message);

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &error, NULL);
    stream_fail ("%s: error: %s", s->plan->name, error->message);
  } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING) {
    gst_message_parse_warning (message, &error, NULL);
    if (!g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND))
      stream_fail ("%s: warning: %s", s->plan->name, error->message);
  } else if (gst_structure_has_name (t, "tfc-model-loading")) {
    s->loading++;
  } else if (gst_structure_has_name (t, "tfc-model-loaded")) {
    s->count.loaded++;
    s->loading--;
  } else if (gst_structure_has_name (t, "tfc-model-failed")) {
    s->count.refused++;
    s->loading--;
  }
}

gboolean
stream_hear_the_end (Stream *s)
{
  GstMessage *message;
  gboolean end = FALSE, error = FALSE;

  while (!end && !error &&
         (message = gst_bus_timed_pop_filtered (GST_ELEMENT_BUS (s->pipeline), PATIENCE,
                                                GST_MESSAGE_EOS | HEARD))) {
    end = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
    error = GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR;
    if (!end)
      stream_hear (s, message);
    gst_message_unref (message);
  }
  return end;
}
