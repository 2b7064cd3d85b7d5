/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcanalyzer-private.h"
#include "gst/util/gsttfcerror.h"
#include "models/clock.h"

/* A failure waits so long: the change that makes it right may be on its way. */
#define GRACE (100 * G_TIME_SPAN_MILLISECOND)

/* One request on its way. */
typedef struct {
  guint serial;
  gchar *name;
  GstTfcModel *model;
  GError *error;
  gint64 time; /* ns that opening took */
  gboolean good, newest, runs;
} Load;

static GstTfcAnalyzerClass *
class_of (const GstTfcModelLoader *loader)
{
  return GST_TFC_ANALYZER_GET_CLASS (loader->owner);
}

/* ---- messages ---- */

typedef enum { LOADING, LOADED, FAILED } Message;

/* Until 0.3 applications that were written for 0.1 get each message a second time, by its old name.
 */
static const gchar *const message_names[][2] = {
    [LOADING] = {"tfc-model-loading", "model-loading"},
    [LOADED] = {"tfc-model-loaded", "model-loaded"},
    [FAILED] = {"tfc-model-failed", "model-failed"},
};

/* model: its name. Takes fields, what else the message says. */
static void
post (GstTfcModelLoader *loader, Message message, const gchar *model, GstStructure *fields)
{
  GstObject *owner = GST_OBJECT (loader->owner);

  gst_structure_set (fields, "model", G_TYPE_STRING, model, "network", G_TYPE_STRING, model, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (message_names[message]); i++) {
    GstStructure *s = gst_structure_copy (fields);
    gst_structure_set_name (s, message_names[message][i]);
    gst_element_post_message (GST_ELEMENT (owner), gst_message_new_element (owner, s));
  }
  gst_structure_free (fields);
}

/* ---- a load, step by step ---- */

/* Takes the newest request; its config, or NULL if it was loaded before. */
static GstTfcConfig *
take_request (GstTfcModelLoader *loader, Load *load)
{
  GstTfcConfig *config = NULL;

  *load = (Load){0};
  GST_OBJECT_LOCK (loader->owner);
  if (loader->running && gst_tfc_model_loader_is_busy (loader)) {
    load->serial = loader->requested;
    config = class_of (loader)->dup_config (loader->owner);
    config->first = !loader->model;
  }
  GST_OBJECT_UNLOCK (loader->owner);
  return config;
}

/* Takes config. Leaves a model or an error in load. */
static void
open_model (GstTfcModelLoader *loader, Load *load, GstTfcConfig *config)
{
  const gint64 start = tfc_now ();
  GstTfcModel *model;

  load->name = g_strdup (config->name);
  GST_DEBUG_OBJECT (loader->owner, "request %u: opening %s", load->serial, load->name);
  post (loader, LOADING, load->name, gst_structure_new_empty ("fields"));
  model = gst_tfc_model_new (config);
  if (!gst_tfc_model_finish_opening (model, class_of (loader)->open_model (model, &load->error),
                                     &load->error)) {
    gst_tfc_model_unref (model);
    return;
  }
  load->model = model;
  load->time = tfc_now () - start;
  GST_INFO_OBJECT (loader->owner,
                   "opened %s: backend %s, %u threads, %" G_GSIZE_FORMAT
                   " bytes, %s, in %" G_GINT64_FORMAT " us",
                   model->name, gst_tfc_backend_name (config->load.backend), model->threads,
                   model->bytes, config->cache ? "shared" : "not shared", load->time / 1000);
}

/* Lock held. Whether the model can be used with the settings as they are: those that depend on its
 * labels. */
static gboolean
adopt (GstTfcModelLoader *loader, Load *load, GstTfcReverts *reverts)
{
  GstTfcClassFilter *filter = &gst_tfc_analyzer_private (loader->owner)->filter;

  load->newest = loader->running && load->serial == loader->requested;
  g_clear_error (&reverts->refused);
  if (!load->model || !loader->running)
    return FALSE;
  g_clear_error (&load->error);
  return gst_tfc_class_filter_adopt (filter, load->model->labels, load->newest, reverts,
                                     &load->error);
}

/* Lock held. Waits as long as load is the newest request, but not longer than GRACE. */
static void
wait_for_newer (GstTfcModelLoader *loader, const Load *load)
{
  const gint64 end = g_get_monotonic_time () + GRACE;

  while (loader->running && load->serial == loader->requested &&
         g_cond_wait_until (&loader->changed, GST_OBJECT_GET_LOCK (loader->owner), end))
    continue;
}

/* Lock held. The newest request failed: the properties are set back to what runs. */
static void
set_back (GstTfcModelLoader *loader, const GstTfcModel *runs, GstTfcReverts *reverts)
{
  GstTfcClassFilter *filter = &gst_tfc_analyzer_private (loader->owner)->filter;

  class_of (loader)->set_config (loader->owner, runs->config, reverts);
  gst_tfc_class_filter_adopt (filter, runs->labels, TRUE, reverts, NULL);
}

/* Lock held. Leaves the model where frames find it, or sets the properties back. Returns the model
 * that is not needed. */
static GstTfcModel *
conclude (GstTfcModelLoader *loader, Load *load, GstTfcReverts *reverts)
{
  GstTfcModel *runs = gst_tfc_model_loader_newest (loader), *unused = NULL;

  load->good = adopt (loader, load, reverts);
  if (!load->good && runs) {
    wait_for_newer (loader, load);
    load->good = adopt (loader, load, reverts);
  }
  loader->loaded = load->serial;
  load->runs = load->good || runs;
  if (load->good) {
    unused = g_steal_pointer (&loader->next);
    *(loader->model ? &loader->next : &loader->model) = gst_tfc_model_ref (load->model);
  } else if (load->newest && runs) {
    set_back (loader, runs, reverts);
  }
  return unused;
}

/* How it went, for the bus. */
static void
report (GstTfcModelLoader *loader, Load *load)
{
  const GstTfcModel *m = load->model;

  if (load->good) {
    // clang-format off
    post (loader, LOADED, m->name, gst_structure_new ("fields",
        "time", G_TYPE_UINT64, (guint64) load->time,
        "bytes", G_TYPE_UINT64, (guint64) m->bytes,
        "backend", GST_TYPE_TFC_BACKEND, m->config->load.backend,
        "threads", G_TYPE_UINT, m->threads, NULL));
    // clang-format on
    return;
  }
  if (!load->newest) {
    GST_DEBUG_OBJECT (loader->owner, "request %u: superseded: %s", load->serial,
                      load->error ? load->error->message : "stopped");
    return;
  }
  GST_DEBUG_OBJECT (loader->owner, "request %u: failed: %s", load->serial, load->error->message);
  post (loader, FAILED, load->name,
        gst_structure_new ("fields", "error", G_TYPE_STRING, load->error->message, NULL));
  gst_tfc_post_error (GST_ELEMENT (loader->owner),
                      load->runs ? GST_MESSAGE_WARNING : GST_MESSAGE_ERROR, load->error);
}

GstTfcLoadResult
gst_tfc_model_loader_load (GstTfcModelLoader *loader)
{
  GstTfcReverts reverts = {{NULL}};
  GstTfcConfig *config;
  GstTfcModel *unused;
  gboolean dead;
  Load load;

  config = take_request (loader, &load);
  if (!config)
    return GST_TFC_LOAD_NOTHING;
  open_model (loader, &load, config);
  GST_OBJECT_LOCK (loader->owner);
  unused = conclude (loader, &load, &reverts);
  GST_OBJECT_UNLOCK (loader->owner);
  gst_tfc_model_unref (unused);
  gst_tfc_reverts_tell (&reverts, GST_ELEMENT (loader->owner));
  dead = !load.runs && load.newest;
  report (loader, &load);
  gst_tfc_model_unref (load.model);
  g_clear_error (&load.error);
  g_free (load.name);
  return dead ? GST_TFC_LOAD_FAILED : GST_TFC_LOAD_DONE;
}
