/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gst/analyzer/gsttfcanalyzer-private.h"

#define DEFAULT_BACKEND GST_TFC_BACKEND_AUTO
#define DEFAULT_THREADS 0
#define DEFAULT_INTERVAL 1
#define DEFAULT_SHARE TRUE
#define DEFAULT_MODE GST_TFC_MODE_SYNC
#define DEFAULT_QOS FALSE
#define DEFAULT_POST_MESSAGES GST_TFC_POST_MESSAGES_NONE
#define DEFAULT_ATTACH (GST_TFC_ATTACH_OWN | GST_TFC_ATTACH_ROI | GST_TFC_ATTACH_ANALYTICS)

enum {
  PROP_0,
  PROP_BACKEND,
  PROP_THREADS,
  PROP_THREADS_USED,
  PROP_MODEL_PATH,
  PROP_INTERVAL,
  PROP_MODE,
  PROP_QOS,
  PROP_POST_MESSAGES,
  PROP_ATTACH,
  PROP_SHARE,
  PROP_STATS,
  N_PROPS
};

static GParamSpec *specs[N_PROPS];
static guint notify_signal;
static GQuark stats_quark;

void
gst_tfc_analyzer_set_defaults (GstTfcAnalyzerPrivate *priv)
{
  priv->backend = DEFAULT_BACKEND;
  priv->threads = DEFAULT_THREADS;
  priv->share = DEFAULT_SHARE;
  priv->settings =
      (GstTfcSettings){DEFAULT_MODE, DEFAULT_INTERVAL, DEFAULT_POST_MESSAGES, DEFAULT_ATTACH};
}

void
gst_tfc_analyzer_notify_stats (GstTfcAnalyzer *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), specs[PROP_STATS]);
}

void
gst_tfc_analyzer_notify_engine (GstTfcAnalyzer *self, guint threads_before)
{
  const GstTfcModelLoader *loader = &gst_tfc_analyzer_private (self)->loader;
  guint threads;

  GST_OBJECT_LOCK (self);
  threads = loader->engine ? loader->engine->threads : 0;
  GST_OBJECT_UNLOCK (self);
  if (threads != threads_before)
    g_object_notify_by_pspec (G_OBJECT (self), specs[PROP_THREADS_USED]);
  gst_tfc_analyzer_notify_stats (self);
}

void
gst_tfc_analyzer_notify_stats_rarely (GstTfcAnalyzer *self, gint64 now)
{
  GstTfcAnalyzerPrivate *priv = gst_tfc_analyzer_private (self);

  if (now - priv->stats_told < (gint64)GST_SECOND)
    return;
  priv->stats_told = now;
  if (g_signal_has_handler_pending (self, notify_signal, stats_quark, FALSE))
    gst_tfc_analyzer_notify_stats (self);
}

/* Lock held; TRUE if the engine must be built anew. */
static gboolean
set_locked (GstTfcAnalyzerPrivate *priv, guint id, const GValue *value)
{
  switch (id) {
    case PROP_BACKEND: {
      GstTfcBackend old = priv->backend;
      priv->backend = g_value_get_enum (value);
      return priv->backend != old;
    }
    case PROP_THREADS: {
      guint old = priv->threads;
      priv->threads = g_value_get_uint (value);
      return priv->threads != old;
    }
    case PROP_SHARE: {
      gboolean old = priv->share;
      priv->share = g_value_get_boolean (value);
      return priv->share != old;
    }
    case PROP_MODEL_PATH: {
      g_autofree gchar *old = priv->model_path;
      priv->model_path = g_value_dup_string (value);
      return g_strcmp0 (priv->model_path, old) != 0;
    }
    case PROP_INTERVAL:
      priv->settings.interval = g_value_get_uint (value);
      break;
    case PROP_POST_MESSAGES:
      priv->settings.post_messages = g_value_get_enum (value);
      break;
    case PROP_ATTACH:
      priv->settings.attach = g_value_get_flags (value);
      break;
  }
  return FALSE;
}

/* The other mode needs another number of buffers and adds another latency. */
static void
set_mode (GstTfcAnalyzer *self, GstTfcMode mode)
{
  GstTfcAnalyzerPrivate *priv = gst_tfc_analyzer_private (self);
  gboolean changed, running;

  GST_OBJECT_LOCK (self);
  changed = priv->settings.mode != mode;
  priv->settings.mode = mode;
  running = priv->loader.engine != NULL;
  GST_OBJECT_UNLOCK (self);
  if (!changed || !running)
    return;
  GST_DEBUG_OBJECT (self, "mode changes: allocation and latency are asked for anew");
  gst_base_transform_reconfigure_sink (GST_BASE_TRANSFORM (self));
  gst_element_post_message (GST_ELEMENT (self), gst_message_new_latency (GST_OBJECT (self)));
}

static void
gst_tfc_analyzer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GstTfcAnalyzer *self = GST_TFC_ANALYZER (object);

  if (id == PROP_0 || id >= PROP_STATS || id == PROP_THREADS_USED) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  } else if (id == PROP_QOS) { /* the base class's, which passes QoS events on in any case */
    gst_base_transform_set_qos_enabled (GST_BASE_TRANSFORM (self), g_value_get_boolean (value));
  } else if (id == PROP_MODE) {
    set_mode (self, g_value_get_enum (value));
  } else {
    GST_OBJECT_LOCK (self);
    if (set_locked (gst_tfc_analyzer_private (self), id, value))
      gst_tfc_analyzer_reload (self);
    GST_OBJECT_UNLOCK (self);
  }
}

static void
get_stats (GstTfcAnalyzer *self, GValue *value)
{
  GstTfcAnalyzerPrivate *priv = gst_tfc_analyzer_private (self);
  GstTfcStats *copy = g_new (GstTfcStats, 1);
  gsize bytes;
  guint streams = 0;

  GST_OBJECT_LOCK (self);
  *copy = priv->stats;
  bytes = priv->loader.engine ? priv->loader.engine->bytes : 0;
  bytes += priv->loader.next ? priv->loader.next->bytes : 0;
  if (priv->loader.engine)
    streams = gst_tfc_shared_model_users (priv->loader.engine->shared);
  GST_OBJECT_UNLOCK (self);
  g_value_take_boxed (value, gst_tfc_stats_structure (
                                 copy, GST_TFC_ANALYZER_GET_CLASS (self)->stages, bytes, streams));
  g_free (copy);
}

static void
gst_tfc_analyzer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GstTfcAnalyzerPrivate *priv = gst_tfc_analyzer_private (object);

  if (id == PROP_STATS) {
    get_stats (GST_TFC_ANALYZER (object), value);
    return;
  }
  if (id == PROP_QOS) {
    g_value_set_boolean (value, gst_base_transform_is_qos_enabled (GST_BASE_TRANSFORM (object)));
    return;
  }
  GST_OBJECT_LOCK (object);
  switch (id) {
    case PROP_BACKEND:
      g_value_set_enum (value, priv->backend);
      break;
    case PROP_THREADS:
      g_value_set_uint (value, priv->threads);
      break;
    case PROP_THREADS_USED:
      g_value_set_uint (value, priv->loader.engine ? priv->loader.engine->threads : 0);
      break;
    case PROP_SHARE:
      g_value_set_boolean (value, priv->share);
      break;
    case PROP_MODEL_PATH:
      g_value_set_string (value, priv->model_path);
      break;
    case PROP_INTERVAL:
      g_value_set_uint (value, priv->settings.interval);
      break;
    case PROP_MODE:
      g_value_set_enum (value, priv->settings.mode);
      break;
    case PROP_POST_MESSAGES:
      g_value_set_enum (value, priv->settings.post_messages);
      break;
    case PROP_ATTACH:
      g_value_set_flags (value, priv->settings.attach);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (object);
}

#define PLAYING (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING)

// clang-format off
void
gst_tfc_analyzer_install_properties (GObjectClass *object)
{
  object->set_property = gst_tfc_analyzer_set_property;
  object->get_property = gst_tfc_analyzer_get_property;
  g_object_class_install_property (object, PROP_BACKEND, g_param_spec_enum ("backend", "Backend",
      "Engine that runs the networks; changed while playing, the new one is swapped in between two buffers",
      GST_TYPE_TFC_BACKEND, DEFAULT_BACKEND, PLAYING));
  g_object_class_install_property (object, PROP_THREADS, g_param_spec_uint ("threads", "Threads",
      "Threads of the engine (0 = as many as the CPUs this process may use, at most 4); not more are started than 4 or those CPUs, and while others keep them busy it goes on with one",
      0, 256, DEFAULT_THREADS, PLAYING));
  g_object_class_install_property (object, PROP_THREADS_USED, g_param_spec_uint ("threads-used", "Threads used",
      "Threads that the engine really uses (0 = it is not open)",
      0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object, PROP_MODEL_PATH, g_param_spec_string ("model-path", "Model path",
      "Directories, separated by colons, that are searched for models before TFC_MODEL_PATH and the usual ones",
      NULL, PLAYING));
  g_object_class_install_property (object, PROP_INTERVAL, g_param_spec_uint ("interval", "Interval",
      "Analyse every n-th frame; those between carry the last results, marked as held",
      1, G_MAXUINT, DEFAULT_INTERVAL, PLAYING | GST_PARAM_CONTROLLABLE));
  g_object_class_install_property (object, PROP_MODE, g_param_spec_enum ("mode", "Mode",
      "How buffers and results meet: every buffer waits for its own, or takes the newest there is", GST_TYPE_TFC_MODE, DEFAULT_MODE, PLAYING));
  g_object_class_install_property (object, PROP_QOS, g_param_spec_boolean ("qos", "QoS",
      "Let late frames pass unanalysed, with the last results, marked as held, and post QoS messages; frames are never dropped",
      DEFAULT_QOS, PLAYING));
  g_object_class_install_property (object, PROP_POST_MESSAGES, g_param_spec_enum ("post-messages", "Post messages",
      "When to post an element message with the results", GST_TYPE_TFC_POST_MESSAGES, DEFAULT_POST_MESSAGES, PLAYING));
  g_object_class_install_property (object, PROP_ATTACH, g_param_spec_flags ("attach", "Attach",
      "Kinds of metadata to put on the buffers", GST_TYPE_TFC_ATTACH, DEFAULT_ATTACH, PLAYING));
  g_object_class_install_property (object, PROP_SHARE, g_param_spec_boolean ("share", "Share",
      "Share the network with other elements that use the same file, backend and number of threads: it is held once and runs for one after the other",
      DEFAULT_SHARE, PLAYING));
  g_object_class_install_property (object, PROP_STATS, g_param_spec_boxed ("stats", "Statistics",
      "Frames, analysed, skipped (late), repeated (held results), dropped (mode=latest: newer ones came), lag, fps, bytes held, streams that share them, and per stage count, mean, p50, p95 and max in ns",
      GST_TYPE_STRUCTURE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  specs[PROP_THREADS_USED] = g_object_class_find_property (object, "threads-used");
  specs[PROP_STATS] = g_object_class_find_property (object, "stats");
  notify_signal = g_signal_lookup ("notify", G_TYPE_OBJECT);
  stats_quark = g_quark_from_static_string ("stats");
  gst_type_mark_as_plugin_api (GST_TYPE_TFC_BACKEND, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_TFC_MODE, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_TFC_POST_MESSAGES, 0);
  gst_type_mark_as_plugin_api (GST_TYPE_TFC_ATTACH, 0);
}
// clang-format on
