/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcanalyzer-private.h"

#define private_of gst_tfc_analyzer_private

/* ---- rows that are no field ---- */

static guint
threads_used (gpointer object)
{
  const GstTfcModelLoader *loader = &private_of (object)->loader;
  guint threads;

  GST_OBJECT_LOCK (object);
  threads = loader->model ? loader->model->threads : 0;
  GST_OBJECT_UNLOCK (object);
  return threads;
}

static void
get_threads_used (GObject *object, GValue *value)
{
  g_value_set_uint (value, threads_used (object));
}

static void
get_stats (GObject *object, GValue *value)
{
  const guint stages = GST_TFC_ANALYZER_GET_CLASS (object)->stages | GST_TFC_STAGE_BIT (TOTAL) |
                       GST_TFC_STAGE_BIT (LAG);
  GstTfcAnalyzerPrivate *priv = private_of (object);
  const GstTfcModelLoader *loader = &priv->loader;
  GstTfcStats *copy = g_new (GstTfcStats, 1);
  GstStructure *structure;
  guint streams = 0;
  gsize bytes;

  GST_OBJECT_LOCK (object);
  *copy = priv->stats;
  bytes = loader->model ? loader->model->bytes : 0;
  bytes += loader->next ? loader->next->bytes : 0;
  if (loader->model)
    streams = gst_tfc_model_streams (loader->model);
  GST_OBJECT_UNLOCK (object);
  structure = gst_tfc_stats_structure (copy, stages, bytes, streams);
  if (GST_TFC_ANALYZER_GET_CLASS (object)->glance)
    gst_structure_set (structure, "network-runs", G_TYPE_UINT64, copy->runs, "gated", G_TYPE_UINT64,
                       copy->gated, NULL);
  g_value_take_boxed (value, structure);
  g_free (copy);
}

/* GstBaseTransform's own, which passes QoS events on in any case. */
static void
get_qos (GObject *object, GValue *value)
{
  g_value_set_boolean (value, gst_base_transform_is_qos_enabled (GST_BASE_TRANSFORM (object)));
}

static void
set_qos (GObject *object, const GValue *value)
{
  gst_base_transform_set_qos_enabled (GST_BASE_TRANSFORM (object), g_value_get_boolean (value));
}

/* Lock held. The other mode needs another number of buffers and adds another latency. */
static gboolean
mode_changed (GObject *object, GError **refused)
{
  return private_of (object)->loader.model != NULL;
}

static void
renegotiate (GObject *object)
{
  GST_DEBUG_OBJECT (object, "mode changes: allocation and latency are asked for anew");
  gst_base_transform_reconfigure_sink (GST_BASE_TRANSFORM (object));
  gst_element_post_message (GST_ELEMENT (object), gst_message_new_latency (GST_OBJECT (object)));
}

/* ---- tables ---- */

static gpointer
load_settings (GObject *object)
{
  return &private_of (object)->load;
}

static gpointer
frame_settings (GObject *object)
{
  return &private_of (object)->settings;
}

#define LOAD(field) G_STRUCT_OFFSET (GstTfcLoadSettings, field)
#define FRAME(field) G_STRUCT_OFFSET (GstTfcFrameSettings, field)

// clang-format off
static const GstTfcProperty load_rows[] = {
  {"backend", "Backend", "What computes the network",
    GST_TFC_PROPERTY_ENUM, LOAD (backend), .type = gst_tfc_backend_get_type, .flags = GST_TFC_PROPERTY_RELOADS},
  {"threads", "Threads", "Threads that compute one network (0 = the number of CPUs that this process may use, at most 4); reduced to that number of CPUs",
    GST_TFC_PROPERTY_UINT, LOAD (threads), 0, 256, .flags = GST_TFC_PROPERTY_RELOADS},
  {"share", "Share", "Share one model with other elements of this process that use the same file, backend and number of threads; it is in memory once and runs for one element at a time",
    GST_TFC_PROPERTY_BOOLEAN, LOAD (share), .flags = GST_TFC_PROPERTY_RELOADS},
  {"model-path", "Model path", "Folders, colon-separated, that are searched for known models before TFC_MODEL_PATH and the default places (NULL = none)",
    GST_TFC_PROPERTY_STRING, LOAD (model_path), .flags = GST_TFC_PROPERTY_RELOADS},
};
static const GstTfcProperty frame_rows[] = {
  {"interval", "Interval", "Analyse every n-th frame; the frames between carry the last results, marked as held",
    GST_TFC_PROPERTY_UINT, FRAME (interval), 1, G_MAXUINT, .flags = GST_TFC_PROPERTY_CONTROLLABLE},
  {"mode", "Mode", "Whether each buffer waits for its own results or passes at once with the newest ones",
    GST_TFC_PROPERTY_ENUM, FRAME (mode), .type = gst_tfc_mode_get_type, .changed = mode_changed},
  {"qos", "QoS", "Pass late frames unanalysed, with the last results, marked as held, and post a QoS message for each; no frame is dropped",
    GST_TFC_PROPERTY_BOOLEAN, .get = get_qos, .set = set_qos},
  {"post-messages", "Post messages", "When results are also posted on the bus as element messages",
    GST_TFC_PROPERTY_ENUM, FRAME (post_messages), .type = gst_tfc_post_messages_get_type},
  {"attach", "Attach", "Kinds of metadata that are attached to buffers",
    GST_TFC_PROPERTY_FLAGS, FRAME (attach), .type = gst_tfc_attach_get_type},
  {"threads-used", "Threads used", "Threads that really compute the network (0 = no model is open)",
    GST_TFC_PROPERTY_UINT, 0, 0, G_MAXUINT, .flags = GST_TFC_PROPERTY_READ_ONLY, .get = get_threads_used},
  {"stats", "Statistics", "Counters of frames: frames, analysed, skipped (late), repeated (with held results), dropped (mode=latest: replaced by a newer one); fps; bytes of memory of the model; streams that share it; tfcdetect: network-runs, gated (motion-gate); for each stage, and for the lag of repeated results, count, and mean, p50, p95 and max in nanoseconds",
    GST_TFC_PROPERTY_STRUCTURE, .flags = GST_TFC_PROPERTY_READ_ONLY, .get = get_stats},
};
// clang-format on

static const GstTfcLoadSettings load_defaults = {.backend = GST_TFC_BACKEND_AUTO, .share = TRUE};
static const GstTfcFrameSettings frame_defaults = {
    .mode = GST_TFC_MODE_SYNC,
    .interval = 1,
    .post_messages = GST_TFC_POST_MESSAGES_NONE,
    .attach = GST_TFC_ATTACH_OWN | GST_TFC_ATTACH_ROI | GST_TFC_ATTACH_ANALYTICS,
};

static const GstTfcPropertyTable load_table = {
    .rows = load_rows,
    .n_rows = G_N_ELEMENTS (load_rows),
    .defaults = &load_defaults,
    .size = sizeof load_defaults,
    .settings = load_settings,
    .reload = gst_tfc_analyzer_reload,
};
static const GstTfcPropertyTable frame_table = {
    .rows = frame_rows,
    .n_rows = G_N_ELEMENTS (frame_rows),
    .defaults = &frame_defaults,
    .size = sizeof frame_defaults,
    .settings = frame_settings,
    .renegotiate = renegotiate,
};

/* ---- settings and configs ---- */

void
gst_tfc_analyzer_init_settings (GstTfcAnalyzer *self)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);

  gst_tfc_properties_init (&load_table, &priv->load);
  gst_tfc_properties_init (&frame_table, &priv->settings);
  gst_tfc_roi_init (&priv->roi);
}

void
gst_tfc_analyzer_init_own_settings (GstTfcAnalyzer *self)
{
  const GstTfcPropertyTable *table = GST_TFC_ANALYZER_GET_CLASS (self)->properties;

  gst_tfc_properties_init (table, table->settings (G_OBJECT (self)));
}

void
gst_tfc_analyzer_clear_settings (GstTfcAnalyzer *self)
{
  const GstTfcPropertyTable *table = GST_TFC_ANALYZER_GET_CLASS (self)->properties;
  GstTfcAnalyzerPrivate *priv = private_of (self);

  gst_tfc_properties_clear (table, table->settings (G_OBJECT (self)));
  gst_tfc_properties_clear (&load_table, &priv->load);
  gst_tfc_roi_clear (&priv->roi);
  gst_tfc_class_filter_clear (&priv->filter);
}

static GstTfcConfig *
dup_config (GstTfcAnalyzer *self)
{
  const GstTfcPropertyTable *table = GST_TFC_ANALYZER_GET_CLASS (self)->properties;
  GstTfcAnalyzerPrivate *priv = private_of (self);
  GstTfcConfig *config = g_new0 (GstTfcConfig, 1);

  gst_tfc_properties_copy (&load_table, &config->load, &priv->load);
  config->table = table;
  config->settings = g_malloc0 (table->size);
  gst_tfc_properties_copy (table, config->settings, table->settings (G_OBJECT (self)));
  if (priv->load.share && priv->cache)
    config->cache = gst_tfc_model_cache_ref (priv->cache);
  return config;
}

static void
set_config (GstTfcAnalyzer *self, const GstTfcConfig *config, GstTfcReverts *reverts)
{
  gst_tfc_properties_restore (&load_table, &private_of (self)->load, &config->load, reverts);
  gst_tfc_properties_restore (config->table, config->table->settings (G_OBJECT (self)),
                              config->settings, reverts);
}

/* ---- notifications ---- */

static GParamSpec *threads_used_spec, *stats_spec;
static guint notify_signal;

void
gst_tfc_analyzer_notify_stats (GstTfcAnalyzer *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), stats_spec);
}

void
gst_tfc_analyzer_notify_model (GstTfcAnalyzer *self, guint threads_before)
{
  if (threads_used (self) != threads_before)
    g_object_notify_by_pspec (G_OBJECT (self), threads_used_spec);
  gst_tfc_analyzer_notify_stats (self);
}

void
gst_tfc_analyzer_notify_stats_rarely (GstTfcAnalyzer *self, gint64 now)
{
  GstTfcAnalyzerPrivate *priv = private_of (self);

  if (now - priv->stats_told < (gint64)GST_SECOND)
    return;
  priv->stats_told = now;
  if (g_signal_has_handler_pending (self, notify_signal, g_quark_from_static_string ("stats"),
                                    FALSE))
    gst_tfc_analyzer_notify_stats (self);
}

/* ---- the class ---- */

void
gst_tfc_analyzer_install_properties (GstTfcAnalyzerClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);

  gst_tfc_properties_install (object, &load_table, 1);
  gst_tfc_properties_install (object, &frame_table, 1 + load_table.n_rows);
  gst_tfc_roi_install (object, 1 + load_table.n_rows + frame_table.n_rows);
  threads_used_spec = g_object_class_find_property (object, "threads-used");
  stats_spec = g_object_class_find_property (object, "stats");
  notify_signal = g_signal_lookup ("notify", G_TYPE_OBJECT);
  klass->dup_config = dup_config;
  klass->set_config = set_config;
}

void
gst_tfc_analyzer_class_install (GstTfcAnalyzerClass *klass, const GstTfcPropertyTable *table)
{
  klass->properties = table;
  gst_tfc_properties_install (G_OBJECT_CLASS (klass), table, 1);
}
