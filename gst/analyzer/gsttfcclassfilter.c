/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/analyzer/gsttfcanalyzer-private.h"

/* ---- names ---- */

static void
set_name (gchar **to, gchar *from)
{
  gchar *old = *to;

  *to = from ? g_ref_string_acquire (from) : NULL;
  if (old)
    g_ref_string_release (old);
}

static void
set_names (GstTfcClassNames *to, const GstTfcClassNames *from)
{
  set_name (&to->classes, from->classes);
  set_name (&to->exclude, from->exclude);
}

void
gst_tfc_class_filter_clear (GstTfcClassFilter *filter)
{
  static const GstTfcClassNames none;

  set_names (&filter->requested, &none);
  set_names (&filter->accepted, &none);
  g_clear_pointer (&filter->compiled, g_bytes_unref);
  g_clear_pointer (&filter->now, g_bytes_unref);
}

/* ---- compiling ---- */

static gboolean
given (const gchar *text)
{
  return text && *text;
}

/* A byte for each of n classes: those that are named, or all. */
static guint8 *
wanted_classes (const GstTfcClassNames *names, const TfcLabels *labels, guint n, GError **error)
{
  guint8 *wanted;

  if (given (names->classes))
    return tfc_labels_parse_set (labels, names->classes, error);
  wanted = g_try_malloc (n);
  if (wanted)
    memset (wanted, 1, n);
  else
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "no memory for a filter of %u classes", n);
  return wanted;
}

/* (out) (transfer full) bytes: see GstTfcClassFilter. FALSE with error set for a class that labels
 * do not have (SETTINGS), or without memory (MEMORY). */
static gboolean
compile (const GstTfcClassNames *names, const TfcLabels *labels, GBytes **bytes, GError **error)
{
  g_autofree guint8 *wanted = NULL;
  g_autofree guint8 *unwanted = NULL;
  guint n;

  *bytes = NULL;
  if (!labels || (!given (names->classes) && !given (names->exclude)))
    return TRUE;
  n = tfc_labels_n (labels);
  wanted = wanted_classes (names, labels, n, error);
  if (!wanted)
    return FALSE;
  if (given (names->exclude)) {
    unwanted = tfc_labels_parse_set (labels, names->exclude, error);
    if (!unwanted)
      return FALSE;
    for (guint i = 0; i < n; i++)
      wanted[i] &= !unwanted[i];
  }
  *bytes = g_bytes_new_take (g_steal_pointer (&wanted), n);
  return TRUE;
}

static gboolean
fits (const GstTfcClassNames *names, const TfcLabels *labels, GError **error)
{
  GBytes *bytes;

  if (!compile (names, labels, &bytes, error))
    return FALSE;
  if (bytes)
    g_bytes_unref (bytes);
  return TRUE;
}

/* ---- settings and models ---- */

#define N_CHOICES 4

/* What to try for labels, in this order: what was asked for, then with one of the two as it was,
 * then both. */
static void
list_choices (const GstTfcClassFilter *filter, GstTfcClassNames choices[N_CHOICES])
{
  const GstTfcClassNames *r = &filter->requested, *a = &filter->accepted;

  choices[0] = *r;
  choices[1] = (GstTfcClassNames){r->classes, a->exclude};
  choices[2] = (GstTfcClassNames){a->classes, r->exclude};
  choices[3] = *a;
}

gboolean
gst_tfc_class_filter_check (GstTfcClassFilter *filter, const GstTfcClassLabels *labels,
                            GError **error)
{
  TfcLabels *newest = labels->next ? labels->next : labels->used;
  const gboolean good = fits (&filter->requested, newest, labels->loading ? NULL : error);

  filter->stale = TRUE;
  if (good && (newest || !labels->loading)) /* while stopped the next start checks */
    set_names (&filter->accepted, &filter->requested);
  else if (!good && !labels->loading)
    set_names (&filter->requested, &filter->accepted);
  return good || labels->loading;
}

/* What of requested does not fit is set back; fitting: what is used instead. */
static void
refuse (GstTfcClassFilter *filter, const GstTfcClassNames *fitting, GstTfcReverts *reverts)
{
  if (g_strcmp0 (filter->requested.classes, fitting->classes) != 0)
    gst_tfc_reverts_add (reverts, "classes");
  if (g_strcmp0 (filter->requested.exclude, fitting->exclude) != 0)
    gst_tfc_reverts_add (reverts, "exclude-classes");
  set_names (&filter->requested, fitting);
}

gboolean
gst_tfc_class_filter_adopt (GstTfcClassFilter *filter, TfcLabels *labels, gboolean newest,
                            GstTfcReverts *reverts, GError **error)
{
  GstTfcClassNames choices[N_CHOICES];
  GError *why = NULL;
  guint i = 0;

  list_choices (filter, choices);
  while (i < N_CHOICES && !fits (&choices[i], labels, i ? NULL : &why))
    i++;
  if (i == N_CHOICES) {
    g_propagate_error (error, why);
    return FALSE;
  }
  if (newest) {
    if (i)
      refuse (filter, &choices[i], reverts);
    set_names (&filter->accepted, &filter->requested);
    if (why)
      g_propagate_error (&reverts->refused, g_steal_pointer (&why));
  }
  filter->stale = TRUE;
  g_clear_error (&why);
  return TRUE;
}

void
gst_tfc_class_filter_use (GstTfcClassFilter *filter, TfcLabels *labels, gboolean other)
{
  GstTfcClassNames choices[N_CHOICES];
  GBytes *bytes;

  if (other)
    g_clear_pointer (&filter->compiled, g_bytes_unref);
  if (other || filter->stale) {
    list_choices (filter, choices);
    for (guint i = 0; i < N_CHOICES; i++) {
      if (!compile (&choices[i], labels, &bytes, NULL))
        continue;
      g_clear_pointer (&filter->compiled, g_bytes_unref);
      filter->compiled = bytes;
      break;
    }
    filter->stale = FALSE;
  }
  if (filter->now == filter->compiled)
    return;
  g_clear_pointer (&filter->now, g_bytes_unref);
  filter->now = filter->compiled ? g_bytes_ref (filter->compiled) : NULL;
}

/* ---- properties ---- */

static gboolean
filter_changed (GObject *object, GError **refused)
{
  GstTfcAnalyzerPrivate *priv = gst_tfc_analyzer_private (object);
  const GstTfcModelLoader *loader = &priv->loader;
  const GstTfcClassLabels labels = {loader->model ? loader->model->labels : NULL,
                                    loader->next ? loader->next->labels : NULL,
                                    gst_tfc_model_loader_is_busy (loader)};

  gst_tfc_class_filter_check (&priv->filter, &labels, refused);
  return FALSE;
}

static gpointer
names_of (GObject *object)
{
  return &gst_tfc_analyzer_private (object)->filter.requested;
}

// clang-format off
static const GstTfcProperty rows[] = {
  {"classes", "Classes", "Report only these classes: names or ids, comma-separated, as in \"person,cat,3\" (NULL = all)",
    GST_TFC_PROPERTY_STRING, G_STRUCT_OFFSET (GstTfcClassNames, classes), .changed = filter_changed},
  {"exclude-classes", "Exclude classes", "Do not report these classes: names or ids, comma-separated (NULL = none)",
    GST_TFC_PROPERTY_STRING, G_STRUCT_OFFSET (GstTfcClassNames, exclude), .changed = filter_changed},
};
// clang-format on

static const GstTfcClassNames defaults;
static const GstTfcPropertyTable table = {
    .rows = rows,
    .n_rows = G_N_ELEMENTS (rows),
    .defaults = &defaults,
    .size = sizeof (GstTfcClassNames),
    .settings = names_of,
};

void
gst_tfc_analyzer_class_install_filter (GstTfcAnalyzerClass *klass)
{
  gst_tfc_properties_install (G_OBJECT_CLASS (klass), &table, 1 + klass->properties->n_rows);
}

const guint8 *
gst_tfc_analyzer_classes (GstTfcAnalyzer *analyzer)
{
  GBytes *now = gst_tfc_analyzer_private (analyzer)->filter.now;

  return now ? g_bytes_get_data (now, NULL) : NULL;
}
