/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/facemesh/gsttfcfacemesh-private.h"

#include <string.h>

#include "gst/analyzer/gsttfcroi.h"
#include "models/result/part.h"

G_STATIC_ASSERT (sizeof (TfcPoint) == sizeof (GstTfcPoint));

static void
fill_timings (GstTfcTimings *timings, const TfcFaceTimes *spent)
{
  timings->ns[GST_TFC_STAGE_SAMPLE] = spent->sample;
  timings->ns[GST_TFC_STAGE_DETECTOR] = spent->detector_ran ? spent->detector : -1;
  timings->ns[GST_TFC_STAGE_MESH] = spent->mesh ? spent->mesh : -1;
  timings->ns[GST_TFC_STAGE_IRIS] = spent->iris ? spent->iris : -1;
  timings->ns[GST_TFC_STAGE_DECODE] = spent->decode;
}

static GstTfcHead
to_gst_head (const TfcHead *h)
{
  GstTfcHead head = {.yaw = h->yaw,
                     .pitch = h->pitch,
                     .roll = h->roll,
                     .left_eye_openness = h->eye_openness[0],
                     .right_eye_openness = h->eye_openness[1],
                     .mouth_openness = h->mouth_openness,
                     .gaze_x = h->gaze[0],
                     .gaze_y = h->gaze[1],
                     .gaze_z = h->gaze[2],
                     .eyes_closed = h->eyes_closed,
                     .blinks = h->blinks};

  memcpy (head.matrix, h->matrix, sizeof head.matrix);
  return head;
}

static GstTfcFace
to_gst (const TfcFace *f, GstTfcHead *head)
{
  *head = to_gst_head (&f->head);
  return (GstTfcFace){f->box.x,
                      f->box.y,
                      f->box.w,
                      f->box.h,
                      f->score,
                      f->presence,
                      f->track_id,
                      f->rotation,
                      f->n_points,
                      (const GstTfcPoint *)f->points,
                      f->head.known ? head : NULL,
                      f->object_id,
                      .age = f->track.age,
                      .seen = f->track.seen,
                      .speed_x = f->track.speed_x,
                      .speed_y = f->track.speed_y};
}

static GstTfcResults *
to_results (const gchar *model, GstClockTime pts, const TfcFace *faces, guint n)
{
  GstTfcFace reported[TFC_MAX_FACES];
  GstTfcHead heads[TFC_MAX_FACES];

  for (guint i = 0; i < n; i++)
    reported[i] = to_gst (&faces[i], &heads[i]);
  return gst_tfc_results_new_faces (model, pts, reported, n);
}

/* One analysis, of the frame or of each object. */
typedef struct {
  TfcFacePipeline *faces;
  TfcFaceState *state;
  TfcFaceOptions options;
  GstClockTime pts;
  TfcFaceTimes spent;
} Job;

/* In an object, that may be elsewhere on the next frame: nothing is known before and after. */
static gint
find_in_object (Job *job, const TfcFrame *part, guint max, TfcFace *out, GError **error)
{
  TfcFaceOptions options = job->options;
  TfcFaceTimes spent;
  gint n;

  options.max_faces = MIN (options.max_faces, max);
  options.smoothing = FALSE;
  tfc_face_state_reset (job->state);
  n = tfc_face_run (job->faces, part, job->pts, &options, out, &spent, error);
  tfc_face_state_reset (job->state);
  job->spent.sample += spent.sample;
  job->spent.detector += spent.detector;
  job->spent.mesh += spent.mesh;
  job->spent.iris += spent.iris;
  job->spent.decode += spent.decode;
  job->spent.detector_ran |= spent.detector_ran;
  return n;
}

/* The upper square of what is taller than wide: there the face of a person is, and the detector,
 * which stretches what it sees to a square, still knows it. aspect: the frame's height by width. */
static TfcBox
upper_square (TfcBox box, gfloat aspect)
{
  box.h = MIN (box.h, box.w / aspect);
  return box;
}

static gint
find_in_objects (Job *job, const GstTfcObjects *objects, const TfcFrame *frame, TfcFace *out,
                 GError **error)
{
  const gfloat aspect = (gfloat)frame->height / frame->width;
  guint n = 0;

  for (guint i = 0; i < objects->n && n < TFC_MAX_FACES; i++) {
    TfcBox where = upper_square (objects->object[i].box, aspect);
    const TfcFrame part = gst_tfc_object_part (frame, &where);
    const gint found = find_in_object (job, &part, TFC_MAX_FACES - n, out + n, error);
    if (found < 0)
      return -1;
    for (gint k = 0; k < found; k++, n++) {
      tfc_part_face (&where, aspect, &out[n]);
      out[n].object_id = objects->object[i].object_id;
      out[n].track_id = 0;
      out[n].track = (TfcTrackState){.seen = TRUE};
    }
  }
  return (gint)n;
}

/* What was found in frame, as it lies in the whole frame of which it is a part (roi). */
static void
to_whole_frame (GstTfcAnalyzer *analyzer, const TfcFrame *frame, TfcFace *faces, gint n)
{
  const TfcBox *part = gst_tfc_analyzer_part (analyzer);

  for (gint i = 0; part && i < n; i++)
    tfc_part_face (part, (gfloat)frame->height / part->h / ((gfloat)frame->width / part->w),
                   &faces[i]);
}

GstTfcResults *
gst_tfc_face_mesh_process (GstTfcAnalyzer *analyzer, GstTfcModel *model, const TfcFrame *frame,
                           GstClockTime pts, GstTfcTimings *timings, GError **error)
{
  GstTfcFaceMesh *self = GST_TFC_FACE_MESH (analyzer);
  Job job = {.state = self->state, .pts = pts};
  GstTfcObjects objects = {0};
  GstTfcTrackSettings track;
  guint max;
  gint n;

  GST_OBJECT_LOCK (self);
  track = self->settings.track;
  job.options = self->settings.options;
  max = self->settings.objects.max_objects;
  GST_OBJECT_UNLOCK (self);
  job.faces = gst_tfc_model_acquire (model);
  tfc_face_use_state (job.faces, self->state);
  if (gst_tfc_analyzer_objects (analyzer, &self->settings.objects, max, &objects))
    n = find_in_objects (&job, &objects, frame, self->found, error);
  else
    n = tfc_face_run (job.faces, frame, pts, &job.options, self->found, &job.spent, error);
  gst_tfc_model_release (model);
  if (n < 0)
    return NULL;
  to_whole_frame (analyzer, frame, self->found, n);
  n = (gint)gst_tfc_analyzer_track_faces (analyzer, &track, pts, self->found, (guint)n);
  fill_timings (timings, &job.spent);
  GST_LOG_OBJECT (
      self, "%d faces: detector %s, mesh %" G_GINT64_FORMAT ", irises %" G_GINT64_FORMAT " us", n,
      job.spent.detector_ran ? "ran" : "rested", job.spent.mesh / 1000, job.spent.iris / 1000);
  return to_results (model->source, pts, self->found, (guint)n);
}
