/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include "gst/detect/gsttfcdetectfilter.h"
#include "inference/model.h"

void
gst_tfc_detect_filter_copy (GstTfcDetectFilter *to, const GstTfcDetectFilter *from)
{
  GstTfcDetectFilter old = *to;

  *to = (GstTfcDetectFilter){g_strdup (from->classes), g_strdup (from->exclude)};
  gst_tfc_detect_filter_clear (&old);
}

void
gst_tfc_detect_filter_clear (GstTfcDetectFilter *filter)
{
  g_free (filter->classes);
  g_free (filter->exclude);
  *filter = (GstTfcDetectFilter){NULL};
}

static gboolean
given (const gchar *text)
{
  return text && *text;
}

/* A byte for each of n classes: those that are named, or all. */
static guint8 *
wanted_classes (const GstTfcDetectFilter *filter, const TfcLabels *labels, guint n, GError **error)
{
  guint8 *wanted;

  if (given (filter->classes))
    return tfc_labels_parse_set (labels, filter->classes, error);
  wanted = g_try_malloc (n);
  if (wanted)
    memset (wanted, 1, n);
  else
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "no memory for a filter of %u classes", n);
  return wanted;
}

gboolean
gst_tfc_detect_filter_compile (const GstTfcDetectFilter *filter, const TfcLabels *labels,
                               GBytes **bytes, GError **error)
{
  guint n = tfc_labels_n (labels);
  g_autofree guint8 *wanted = NULL;
  g_autofree guint8 *unwanted = NULL;

  *bytes = NULL;
  if (!given (filter->classes) && !given (filter->exclude))
    return TRUE;
  wanted = wanted_classes (filter, labels, n, error);
  if (!wanted)
    return FALSE;
  if (given (filter->exclude)) {
    unwanted = tfc_labels_parse_set (labels, filter->exclude, error);
    if (!unwanted)
      return FALSE;
    for (guint i = 0; i < n; i++)
      wanted[i] &= !unwanted[i];
  }
  *bytes = g_bytes_new_take (g_steal_pointer (&wanted), n);
  return TRUE;
}
