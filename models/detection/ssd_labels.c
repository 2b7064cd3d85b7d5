/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Where the names of the classes come from: what the caller names, what is packed in the model,
 * what lies beside it, COCO's. */
#include "models/detection/ssd_private.h"

#define COCO_CLASSES 90

static guint
n_classes (const TfcSsd *ssd)
{
  const TfcDecoder *d = &ssd->levels[0].decoder;

  return d->columns - d->first;
}

/* A name for each class, and perhaps one for the background. */
static gboolean
fits (const TfcSsd *ssd, const TfcLabels *labels)
{
  const guint n = tfc_labels_n (labels), classes = n_classes (ssd);

  return n == classes || n == classes + 1;
}

/* Packed in the model; what cannot be read is told and does not count. */
static TfcLabels *
packed (TfcSsd *ssd, const TfcSsdOpening *o)
{
  GError *why = NULL;
  gchar *name = NULL;
  gboolean guessed = FALSE;
  GBytes *bytes = o->metadata ? tfc_metadata_labels (o->metadata, &name, &guessed, &why) : NULL;
  TfcLabels *labels = NULL;

  if (bytes) {
    gsize size;
    const gchar *text = g_bytes_get_data (bytes, &size);
    labels = tfc_labels_parse (text, size, name, &why);
    g_bytes_unref (bytes);
  }
  if (labels && guessed && !fits (ssd, labels)) {
    tfc_ssd_add_note (ssd,
                      "'%s' in the model's zip does not count as labels: %u names for %u classes",
                      name, tfc_labels_n (labels), n_classes (ssd));
    g_clear_pointer (&labels, tfc_labels_free);
  }
  if (why)
    tfc_ssd_add_note (ssd, "the labels packed in the model do not count: %s", why->message);
  g_clear_error (&why);
  g_free (name);
  return labels;
}

/* One file beside the model. A file that is named for the model belongs to it; of those with a
 * common name only what fits counts, for other models may lie there too. */
static TfcLabels *
one_beside (TfcSsd *ssd, const gchar *path, gboolean own)
{
  GError *why = NULL;
  TfcLabels *labels = tfc_labels_load (path, &why);

  if (!labels) {
    tfc_ssd_add_note (ssd, "what lies beside the model does not count: %s", why->message);
    g_error_free (why);
    return NULL;
  }
  if (own || fits (ssd, labels))
    return labels;
  tfc_ssd_add_note (ssd, "'%s' does not count: %u names for %u classes", path,
                    tfc_labels_n (labels), n_classes (ssd));
  tfc_labels_free (labels);
  return NULL;
}

static TfcLabels *
beside (TfcSsd *ssd, const gchar *path)
{
  GArray *found = tfc_ssd_look_beside (path);
  TfcLabels *labels = NULL;

  for (guint i = 0; !labels && i < found->len; i++) {
    const TfcBeside *b = &g_array_index (found, TfcBeside, i);
    if (!b->anchors)
      labels = one_beside (ssd, b->path, b->own);
  }
  g_array_unref (found);
  return labels;
}

static TfcLabels *
find_labels (TfcSsd *ssd, const TfcSsdOpening *o, GError **error)
{
  const guint classes = n_classes (ssd);
  TfcLabels *labels;

  if (o->files->label_path)
    return tfc_labels_load (o->files->label_path, error);
  labels = packed (ssd, o);
  if (!labels && o->files->path)
    labels = beside (ssd, o->files->path);
  if (labels)
    return labels;
  return classes == COCO_CLASSES ? tfc_labels_coco () : tfc_labels_blank (classes + 1);
}

/* Networks without a post-process op do not say whether a column is the background's: the labels
 * do, where there is a name for each column. */
static void
settle_background (TfcSsd *ssd)
{
  const TfcDecoder *d = &ssd->levels[0].decoder;

  if (tfc_model_postprocess (ssd->model) || d->first || d->columns < 2 ||
      tfc_labels_n (ssd->labels) != d->columns || !tfc_labels_background (ssd->labels))
    return;
  for (guint i = 0; i < ssd->n_levels; i++)
    ssd->levels[i].decoder.first = 1;
}

gboolean
tfc_ssd_set_up_labels (TfcSsd *ssd, const TfcSsdOpening *o, GError **error)
{
  if (n_classes (ssd) > TFC_SSD_MAX_CLASSES) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "the network tells %u classes apart; at most %d", n_classes (ssd),
                 TFC_SSD_MAX_CLASSES);
    return FALSE;
  }
  ssd->labels = find_labels (ssd, o, error);
  if (!ssd->labels)
    return FALSE;
  if (!o->anchors || !o->anchors->n_classes)
    settle_background (ssd);
  const guint classes = n_classes (ssd), n = tfc_labels_n (ssd->labels);
  const guint first = (guint)tfc_labels_first (ssd->labels, classes);
  if (n < classes && o->files->label_path && !tfc_labels_by_id (ssd->labels)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "label file '%s' has %u names, but the network tells %u classes apart",
                 o->files->label_path, n, classes);
    return FALSE;
  }
  for (guint i = 0; i < ssd->n_levels; i++)
    ssd->levels[i].decoder.first_id = (gint)first;
  if (n != classes + first)
    tfc_ssd_add_note (ssd, "%u names for the %u classes of the network%s", n - MIN (n, first),
                      classes,
                      n < classes + first ? "; the others are called by their number" : "");
  if (n < classes + first)
    ssd->labels = tfc_labels_resize (ssd->labels, classes + first);
  return TRUE;
}
