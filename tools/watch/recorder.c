/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/watch/recorder.h"

#include "tools/watch/saving.h"

#define PRE_ROLL_BYTES (32 << 20)
#define CLIP_US (5 * 60 * G_USEC_PER_SEC)
#define SNAPSHOT_US G_USEC_PER_SEC /* between two of one camera */
#define WAITING_SNAPSHOTS 16       /* of all cameras */

typedef struct {
  GstBuffer *buffer;
  gint64 time; /* monotonic us */
} Encoded;

struct WatchRecorder {
  WatchSettings *settings;
  WatchMeter *meter;
  GMutex lock;
  GstCaps *caps;   /* of the encoded stream; NULL: none yet */
  GQueue pre_roll; /* Encoded*, from a key frame on */
  gsize bytes;
  WatchClip *clip;     /* NULL: none is written */
  gint64 began, until; /* of it, monotonic us */
  gint64 shot;         /* the last snapshot */
  WatchOrder order;    /* of the snapshot that the next frame is for */
  gint shoot;          /* atomic */
};

/* ---- the threads that write ---- */

typedef struct {
  WatchClip *clip; /* or a snapshot: */
  GstSample *sample;
  gboolean drawn;
  WatchOrder order;
} Job;

static gint jobs; /* atomic: not finished */

static void
do_job (gpointer data, gpointer unused)
{
  Job *job = data;
  if (job->clip)
    watch_clip_write (job->clip);
  else
    watch_snapshot_write (job->sample, job->drawn, &job->order);
  g_free (job);
  g_atomic_int_add (&jobs, -1);
}

/* One thread for snapshots, one for each clip: as many as there are cameras at most. */
static GThreadPool *
pool (gboolean clips)
{
  static GThreadPool *pools[2];
  if (g_once_init_enter (&pools[clips])) {
    GThreadPool *made = g_thread_pool_new (do_job, NULL, clips ? -1 : 1, FALSE, NULL);
    g_once_init_leave (&pools[clips], made);
  }
  return pools[clips];
}

static void
begin_job (Job job)
{
  Job *copy = g_new (Job, 1);
  *copy = job;
  g_atomic_int_inc (&jobs);
  g_thread_pool_push (pool (job.clip != NULL), copy, NULL);
}

gboolean
watch_recorder_wait (gint64 microseconds)
{
  const gint64 end = g_get_monotonic_time () + microseconds;
  while (g_atomic_int_get (&jobs) > 0 && g_get_monotonic_time () < end)
    g_usleep (10000);
  return g_atomic_int_get (&jobs) == 0;
}

/* ---- what is kept for the pre-roll ---- */

static void
encoded_free (gpointer data)
{
  gst_buffer_unref (((Encoded *)data)->buffer);
  g_free (data);
}

static void
forget_pre_roll (WatchRecorder *r)
{
  g_queue_clear_full (&r->pre_roll, encoded_free);
  r->bytes = 0;
}

static gboolean
is_key (const Encoded *e)
{
  return !GST_BUFFER_FLAG_IS_SET (e->buffer, GST_BUFFER_FLAG_DELTA_UNIT);
}

/* The second key frame, from which on there is enough; NULL: all is needed. */
static GList *
enough_from (const WatchRecorder *r, gint64 now)
{
  const gint64 wanted = (gint64)watch_integer (r->settings, WATCH_PRE_ROLL) * G_USEC_PER_SEC;
  for (GList *at = r->pre_roll.head ? r->pre_roll.head->next : NULL; at; at = at->next) {
    const Encoded *e = at->data;
    if (is_key (e))
      return r->bytes > PRE_ROLL_BYTES || now - e->time >= wanted ? at : NULL;
  }
  return NULL;
}

static void
trim (WatchRecorder *r, gint64 now)
{
  GList *from;
  while ((from = enough_from (r, now))) {
    while (r->pre_roll.head != from) {
      Encoded *e = g_queue_pop_head (&r->pre_roll);
      r->bytes -= gst_buffer_get_size (e->buffer);
      encoded_free (e);
    }
  }
  if (r->bytes > PRE_ROLL_BYTES)
    forget_pre_roll (r);
}

static void
keep (WatchRecorder *r, GstBuffer *buffer, gint64 now)
{
  const gboolean key = !GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  Encoded *e;
  if (!key && !r->pre_roll.length)
    return;
  e = g_new (Encoded, 1);
  *e = (Encoded){gst_buffer_ref (buffer), now};
  g_queue_push_tail (&r->pre_roll, e);
  r->bytes += gst_buffer_get_size (buffer);
  if (key || r->bytes > PRE_ROLL_BYTES)
    trim (r, now);
}

static void
end_clip (WatchRecorder *r)
{
  if (r->clip)
    watch_clip_end (r->clip);
  r->clip = NULL;
}

static void
take_caps (WatchRecorder *r, GstPad *pad)
{
  GstCaps *caps = gst_pad_get_current_caps (pad);
  if (caps && r->caps && gst_caps_is_equal (caps, r->caps)) {
    gst_caps_unref (caps);
    return;
  }
  end_clip (r);
  forget_pre_roll (r);
  gst_clear_caps (&r->caps);
  r->caps = caps;
}

void
watch_recorder_encoded (WatchRecorder *r, GstPad *pad, GstBuffer *buffer)
{
  const gint64 now = g_get_monotonic_time ();
  if (!watch_flag (r->settings, WATCH_CLIPS))
    return;
  g_mutex_lock (&r->lock);
  take_caps (r, pad);
  if (r->caps)
    keep (r, buffer, now);
  if (r->clip && (now > r->until || now - r->began > CLIP_US))
    end_clip (r);
  if (r->clip && !watch_clip_push (r->clip, buffer))
    end_clip (r);
  g_mutex_unlock (&r->lock);
}

/* ---- events ---- */

static WatchOrder
order_of (const WatchRecorder *r, const gchar *type, const gchar *place)
{
  const WatchSettings *s = r->settings;
  return (WatchOrder){g_strdup (watch_text (s, WATCH_FOLDER)),
                      g_strdup (s->name),
                      g_strdup (type),
                      g_strdup (place),
                      g_get_real_time (),
                      (guint64)watch_integer (s, WATCH_MAX_SIZE) << 20,
                      g_atomic_rc_box_acquire (r->meter)};
}

static void
begin_clip (WatchRecorder *r, const gchar *type, const gchar *place, gint64 now)
{
  r->clip = watch_clip_new (r->caps, watch_choice (r->settings, WATCH_CLIP_FORMAT, "mp4"),
                            order_of (r, type, place));
  r->began = now;
  for (GList *at = r->pre_roll.head; at; at = at->next)
    watch_clip_push (r->clip, ((Encoded *)at->data)->buffer);
  begin_job ((Job){.clip = r->clip});
}

static void
ask_snapshot (WatchRecorder *r, const gchar *type, const gchar *place, gint64 now)
{
  if (g_atomic_int_get (&r->shoot) || (r->shot && now - r->shot < SNAPSHOT_US))
    return;
  r->shot = now;
  r->order = order_of (r, type, place);
  g_atomic_int_set (&r->shoot, 1);
}

void
watch_recorder_event (WatchRecorder *r, const gchar *type, const gchar *place)
{
  const gint64 now = g_get_monotonic_time ();
  r->meter->events++;
  if (!watch_word_in (watch_text (r->settings, WATCH_EVENTS), type))
    return;
  g_mutex_lock (&r->lock);
  if (!watch_choice (r->settings, WATCH_SNAPSHOTS, "none"))
    ask_snapshot (r, type, place, now);
  if (watch_flag (r->settings, WATCH_CLIPS) && r->caps) {
    r->until = now + (gint64)watch_integer (r->settings, WATCH_POST_ROLL) * G_USEC_PER_SEC;
    if (!r->clip)
      begin_clip (r, type, place, now);
  }
  g_mutex_unlock (&r->lock);
}

void
watch_recorder_frame (WatchRecorder *r, GstPad *pad, GstBuffer *buffer)
{
  GstCaps *caps;
  Job job = {.drawn = watch_choice (r->settings, WATCH_SNAPSHOTS, "drawn")};
  if (!g_atomic_int_get (&r->shoot) || !(caps = gst_pad_get_current_caps (pad)))
    return;
  g_mutex_lock (&r->lock);
  if (g_atomic_int_compare_and_exchange (&r->shoot, 1, 0)) {
    job.order = r->order;
    job.sample = gst_sample_new (buffer, caps, NULL, NULL);
  }
  g_mutex_unlock (&r->lock);
  gst_caps_unref (caps);
  if (job.sample && g_thread_pool_unprocessed (pool (FALSE)) < WAITING_SNAPSHOTS) {
    begin_job (job);
  } else if (job.sample) {
    r->meter->unsaved++;
    gst_sample_unref (job.sample);
    watch_order_clear (&job.order);
  }
}

/* ---- its life ---- */

WatchRecorder *
watch_recorder_new (WatchSettings *settings, WatchMeter *meter)
{
  WatchRecorder *r = g_new0 (WatchRecorder, 1);
  r->settings = watch_settings_ref (settings);
  r->meter = meter;
  g_mutex_init (&r->lock);
  g_queue_init (&r->pre_roll);
  return r;
}

void
watch_recorder_reset (WatchRecorder *r)
{
  g_mutex_lock (&r->lock);
  end_clip (r);
  forget_pre_roll (r);
  gst_clear_caps (&r->caps);
  if (g_atomic_int_compare_and_exchange (&r->shoot, 1, 0))
    watch_order_clear (&r->order);
  g_mutex_unlock (&r->lock);
}

void
watch_recorder_free (WatchRecorder *r)
{
  watch_recorder_reset (r);
  watch_settings_unref (r->settings);
  g_mutex_clear (&r->lock);
  g_free (r);
}
