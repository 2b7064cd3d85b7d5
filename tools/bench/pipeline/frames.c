/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <stdlib.h>
#include <string.h>

#include "tools/bench/pipeline/job.h"
#include "tools/bench/pipeline/memory.h"

enum { ENTERS, SEEN, DRAWN, N_PLACES };

typedef struct {
  const Job *job;
  GstElement *pipeline, *see;
  GstPad *source, *sink; /* ours */
  GstBufferPool *pool;
  gint64 at[N_PLACES]; /* when the frame passed, ns */
  gint64 analysed;     /* ns that the element has spent in its stages so far, as it says */
  GArray *attach_ns, *draw_ns, *whole_ns;
  guint found;
} Frames;

static gint64
now_ns (void)
{
  return gst_util_get_timestamp ();
}

static GstPadProbeReturn
note (GstPad *pad, GstPadProbeInfo *info, gpointer place)
{
  *(gint64 *)place = now_ns ();
  return GST_PAD_PROBE_OK;
}

static void
watch (GstElement *element, const gchar *name, gint64 *place)
{
  GstPad *pad = gst_element_get_static_pad (element, name);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, note, place, NULL);
  gst_object_unref (pad);
}

/* Things found are noted as regions of interest too, for whoever knows nothing of us. */
static GstFlowReturn
chain (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  Frames *f = gst_pad_get_element_private (pad);
  gpointer state = NULL;
  f->found = 0;
  while (
      gst_buffer_iterate_meta_filtered (buffer, &state, GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE))
    f->found++;
  gst_buffer_unref (buffer);
  return GST_FLOW_OK;
}

static gboolean
link_ends (Frames *f, GstElement *draw)
{
  GstPad *in = gst_element_get_static_pad (f->see, "sink");
  GstPad *out = gst_element_get_static_pad (draw, "src");
  gboolean ok;
  f->source = gst_pad_new ("source", GST_PAD_SRC);
  f->sink = gst_pad_new ("sink", GST_PAD_SINK);
  gst_pad_set_chain_function (f->sink, chain);
  gst_pad_set_element_private (f->sink, f);
  gst_pad_set_active (f->source, TRUE);
  gst_pad_set_active (f->sink, TRUE);
  ok = gst_pad_link (f->source, in) == GST_PAD_LINK_OK &&
       gst_pad_link (out, f->sink) == GST_PAD_LINK_OK;
  gst_object_unref (in);
  gst_object_unref (out);
  return ok;
}

static gboolean
build (Frames *f, GError **error)
{
  g_autofree gchar *text = g_strdup_printf ("%s name=see ! tfcoverlay name=draw", f->job->element);
  GstElement *draw;
  f->pipeline = gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  if (!f->pipeline)
    return FALSE;
  f->see = gst_bin_get_by_name (GST_BIN (f->pipeline), "see");
  draw = gst_bin_get_by_name (GST_BIN (f->pipeline), "draw");
  watch (f->see, "sink", &f->at[ENTERS]);
  watch (f->see, "src", &f->at[SEEN]);
  watch (draw, "src", &f->at[DRAWN]);
  link_ends (f, draw);
  gst_object_unref (draw);
  return TRUE;
}

static void
begin (Frames *f)
{
  GstCaps *caps = gst_video_info_to_caps ((GstVideoInfo *)&f->job->info);
  GstStructure *config;
  GstSegment segment;
  f->pool = gst_video_buffer_pool_new ();
  config = gst_buffer_pool_get_config (f->pool);
  gst_buffer_pool_config_set_params (config, caps, f->job->info.size, 8, 8);
  gst_buffer_pool_set_config (f->pool, config);
  gst_buffer_pool_set_active (f->pool, TRUE);
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (f->source, gst_event_new_stream_start ("tfc-bench"));
  gst_pad_push_event (f->source, gst_event_new_caps (caps));
  gst_pad_push_event (f->source, gst_event_new_segment (&segment));
  gst_caps_unref (caps);
}

/* As a decoder in software leaves it: freshly written through the caches, and the element's alone.
 * (A copy of this size goes past the caches only above glibc's non_temporal_threshold, which it sets
 * to most of a last-level cache. What a device writes lies in memory alone.) */
static GstBuffer *
next_frame (Frames *f, guint number)
{
  GstBuffer *buffer = NULL;
  GstMapInfo from, to;
  if (gst_buffer_pool_acquire_buffer (f->pool, &buffer, NULL) != GST_FLOW_OK)
    return NULL;
  gst_buffer_map (f->job->still, &from, GST_MAP_READ);
  gst_buffer_map (buffer, &to, GST_MAP_WRITE);
  memcpy (to.data, from.data, MIN (from.size, to.size));
  gst_buffer_unmap (buffer, &to);
  gst_buffer_unmap (f->job->still, &from);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (number, GST_SECOND, MAX (f->job->info.fps_n, 1));
  return buffer;
}

static GstStructure *
stats_of (const Frames *f)
{
  GstStructure *stats = NULL;
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (f->see), "stats"))
    g_object_get (f->see, "stats", &stats, NULL);
  return stats ? stats : gst_structure_new_empty ("stats");
}

static const GstStructure *
stage_of (const GstStructure *stats, const gchar *name)
{
  const GValue *value = gst_structure_get_value (stats, name);
  return value && GST_VALUE_HOLDS_STRUCTURE (value) ? gst_value_get_structure (value) : NULL;
}

/* What the stages took of the last frame, by their sum before and after it. */
static gint64
stages_ns (Frames *f)
{
  g_autoptr (GstStructure) stats = stats_of (f);
  const GstStructure *total = stage_of (stats, "total");
  guint64 count = 0, mean = 0;
  gint64 before = f->analysed;
  if (total)
    gst_structure_get (total, "count", G_TYPE_UINT64, &count, "mean", G_TYPE_UINT64, &mean, NULL);
  f->analysed = count * mean;
  return f->analysed - before;
}

static gboolean
push (Frames *f, guint number, GError **error)
{
  GstBuffer *buffer = next_frame (f, number);
  gint64 start = now_ns (), attach, draw, whole;
  GstFlowReturn flow = buffer ? gst_pad_push (f->source, buffer) : GST_FLOW_ERROR;
  if (flow != GST_FLOW_OK) {
    if (!job_failed (f->pipeline, error))
      g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED,
                   "the pipeline takes no frame: %s", gst_flow_get_name (flow));
    return FALSE;
  }
  whole = now_ns () - start;
  attach = f->at[SEEN] - f->at[ENTERS] - stages_ns (f);
  draw = f->at[DRAWN] - f->at[SEEN];
  if ((gint)number < f->job->warm_up)
    return TRUE;
  g_array_append_val (f->attach_ns, attach);
  g_array_append_val (f->draw_ns, draw);
  g_array_append_val (f->whole_ns, whole);
  return TRUE;
}

static gint
by_time (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

/* Of sorted times, in ms. */
static gdouble
at (const GArray *ns, gdouble fraction)
{
  return g_array_index (ns, gint64, (guint)(fraction * (ns->len - 1))) / 1e6;
}

/* What a stage takes of a frame, in ms: its median, less where it does not run for every frame. */
static gdouble
stage_ms (const GstStructure *stats, const gchar *name)
{
  const GstStructure *stage = stage_of (stats, name);
  guint64 analysed = 0, count = 0, p50 = 0;
  if (!stage)
    return 0;
  gst_structure_get (stats, "analysed", G_TYPE_UINT64, &analysed, NULL);
  gst_structure_get (stage, "count", G_TYPE_UINT64, &count, "p50", G_TYPE_UINT64, &p50, NULL);
  return p50 / 1e6 * count / MAX (analysed, 1);
}

static void
tell_stages (const Frames *f, cJSON *row)
{
  static const gchar *const networks[] = {"network", "detector", "mesh", "iris"};
  g_autoptr (GstStructure) stats = stats_of (f);
  gdouble sum = 0;
  cJSON_AddNumberToObject (row, "sample_ms", stage_ms (stats, "sample"));
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++) {
    g_autofree gchar *name = g_strdup_printf ("%s_ms", networks[i]);
    sum += stage_ms (stats, networks[i]);
    if (gst_structure_has_field (stats, networks[i]))
      cJSON_AddNumberToObject (row, name, stage_ms (stats, networks[i]));
  }
  cJSON_AddNumberToObject (row, "networks_ms", sum);
  cJSON_AddNumberToObject (row, "decode_ms", stage_ms (stats, "decode"));
  cJSON_AddNumberToObject (row, "attach_ms", at (f->attach_ns, 0.5));
  cJSON_AddNumberToObject (row, "draw_ms", at (f->draw_ns, 0.5));
}

static void
tell (Frames *f, cJSON *row)
{
  g_array_sort (f->attach_ns, by_time);
  g_array_sort (f->draw_ns, by_time);
  g_array_sort (f->whole_ns, by_time);
  cJSON_AddNumberToObject (row, "frames", f->whole_ns->len);
  cJSON_AddNumberToObject (row, "found", f->found);
  tell_stages (f, row);
  cJSON_AddNumberToObject (row, "median_ms", at (f->whole_ns, 0.5));
  cJSON_AddNumberToObject (row, "min_ms", at (f->whole_ns, 0));
  cJSON_AddNumberToObject (row, "p90_ms", at (f->whole_ns, 0.9));
}

static gboolean
start (Frames *f, cJSON *row, GError **error)
{
  gint64 before = now_ns ();
  cJSON_AddNumberToObject (row, "start_mb", memory_mb ());
  if (gst_element_set_state (f->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
    job_failed (f->pipeline, error);
    return FALSE;
  }
  cJSON_AddNumberToObject (row, "open_ms", (now_ns () - before) / 1e6);
  cJSON_AddNumberToObject (row, "open_mb", memory_mb ());
  job_threads (row, f->see);
  begin (f);
  if (!push (f, 0, error))
    return FALSE;
  cJSON_AddNumberToObject (row, "first_ms", (f->at[SEEN] - before) / 1e6);
  cJSON_AddNumberToObject (row, "first_mb", memory_mb ());
  return TRUE;
}

static void
stop (Frames *f)
{
  if (f->pipeline)
    gst_element_set_state (f->pipeline, GST_STATE_NULL);
  g_clear_pointer (&f->see, gst_object_unref);
  g_clear_pointer (&f->pipeline, gst_object_unref);
  g_clear_pointer (&f->source, gst_object_unref);
  g_clear_pointer (&f->sink, gst_object_unref);
  if (f->pool)
    gst_buffer_pool_set_active (f->pool, FALSE);
  g_clear_pointer (&f->pool, gst_object_unref);
  g_array_unref (f->attach_ns);
  g_array_unref (f->draw_ns);
  g_array_unref (f->whole_ns);
}

gboolean
frames_run (const Job *job, cJSON *row, GError **error)
{
  Frames f = {.job = job,
              .attach_ns = g_array_new (FALSE, FALSE, sizeof (gint64)),
              .draw_ns = g_array_new (FALSE, FALSE, sizeof (gint64)),
              .whole_ns = g_array_new (FALSE, FALSE, sizeof (gint64))};
  gboolean ok = build (&f, error) && start (&f, row, error);
  gint64 end = now_ns () + job->seconds * 1e9;
  gint last = job->warm_up + job->frames;
  for (gint i = 1; ok && i < last && (i <= job->warm_up || now_ns () < end); i++)
    ok = push (&f, i, error);
  if (ok) {
    cJSON_AddNumberToObject (row, "end_mb", memory_mb ());
    tell (&f, row);
  }
  stop (&f);
  return ok;
}
