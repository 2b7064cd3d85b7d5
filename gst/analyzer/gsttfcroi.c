/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcroi.h"

#include "gst/analyzer/gsttfcanalyzer-private.h"
#include "gst/analyzer/gsttfcobjects.h"
#include "gst/util/gsttfcerror.h"

static GstTfcRoi *
roi_of (gpointer analyzer)
{
  return &gst_tfc_analyzer_private (analyzer)->roi;
}

static guint
max_of (gpointer analyzer)
{
  return MAX (GST_TFC_ANALYZER_GET_CLASS (analyzer)->max_areas, 1);
}

/* ---- the property ---- */

static void
set_text (gchar **to, gchar *from)
{
  gchar *old = *to;

  *to = from ? g_ref_string_acquire (from) : NULL;
  if (old)
    g_ref_string_release (old);
}

/* Lock held. FALSE with error set. */
static gboolean
accept (GstTfcAnalyzer *analyzer, GError **error)
{
  GstTfcRoi *roi = roi_of (analyzer);

  if (!tfc_areas_parse (roi->settings.text, max_of (analyzer), &roi->areas, error))
    return FALSE;
  set_text (&roi->accepted, roi->settings.text);
  return TRUE;
}

/* Lock held. While stopped the next start checks. */
static gboolean
roi_changed (GObject *object, GError **refused)
{
  GstTfcAnalyzerPrivate *priv = gst_tfc_analyzer_private (object);

  if (priv->loader.model && !accept (GST_TFC_ANALYZER (object), refused))
    set_text (&priv->roi.settings.text, priv->roi.accepted);
  return FALSE;
}

static gpointer
settings_of (GObject *object)
{
  return &roi_of (object)->settings;
}

// clang-format off
static const GstTfcProperty rows[] = {
  {"roi", "Region of interest", "Only this part of the frame is looked at: x,y,w,h in fractions of the frame; of tfcdetect up to 8, separated by ';' (\"\" = the whole frame)",
    GST_TFC_PROPERTY_STRING, G_STRUCT_OFFSET (GstTfcRoiSettings, text), .changed = roi_changed},
};
// clang-format on

static const GstTfcRoiSettings defaults = {.text = (gchar *)""};
static const GstTfcPropertyTable table = {
    .rows = rows,
    .n_rows = G_N_ELEMENTS (rows),
    .defaults = &defaults,
    .size = sizeof defaults,
    .settings = settings_of,
};

void
gst_tfc_roi_install (GObjectClass *klass, guint first_id)
{
  gst_tfc_properties_install (klass, &table, first_id);
}

void
gst_tfc_roi_init (GstTfcRoi *roi)
{
  gst_tfc_properties_init (&table, &roi->settings);
}

void
gst_tfc_roi_clear (GstTfcRoi *roi)
{
  gst_tfc_properties_clear (&table, &roi->settings);
  set_text (&roi->accepted, NULL);
}

/* ---- a frame ---- */

gboolean
gst_tfc_roi_start (GstTfcAnalyzer *analyzer)
{
  g_autoptr (GError) error = NULL;
  gboolean ok;

  GST_OBJECT_LOCK (analyzer);
  ok = accept (analyzer, &error);
  GST_OBJECT_UNLOCK (analyzer);
  if (!ok)
    gst_tfc_post_error (GST_ELEMENT (analyzer), GST_MESSAGE_ERROR, error);
  return ok;
}

/* Before process. Where the parts change, what was learnt belongs to others. */
static void
take_areas (GstTfcAnalyzer *analyzer)
{
  GstTfcAnalyzerClass *klass = GST_TFC_ANALYZER_GET_CLASS (analyzer);
  GstTfcRoi *roi = roi_of (analyzer);
  TfcAreas areas;

  GST_OBJECT_LOCK (analyzer);
  areas = roi->areas;
  GST_OBJECT_UNLOCK (analyzer);
  if (tfc_areas_equal (&areas, &roi->now))
    return;
  roi->now = areas;
  GST_DEBUG_OBJECT (analyzer, "reset: roi is now %u parts of the frame", areas.n);
  if (klass->reset)
    klass->reset (analyzer);
}

TfcFrame
gst_tfc_roi_show (GstTfcAnalyzer *analyzer, const TfcFrame *frame)
{
  GstTfcRoi *roi = roi_of (analyzer);

  take_areas (analyzer);
  if (!gst_tfc_analyzer_part (analyzer))
    return *frame;
  roi->part = roi->now.area[0];
  return gst_tfc_object_part (frame, &roi->part);
}

const TfcBox *
gst_tfc_analyzer_part (GstTfcAnalyzer *analyzer)
{
  const GstTfcRoi *roi = roi_of (analyzer);

  return roi->now.n && max_of (analyzer) == 1 ? &roi->part : NULL;
}

const TfcAreas *
gst_tfc_analyzer_areas (GstTfcAnalyzer *analyzer)
{
  return &roi_of (analyzer)->now;
}
