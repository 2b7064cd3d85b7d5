/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Where the names of the classes come from: what the caller names, what is packed in the model,
 * what lies beside it, COCO's. */
#include "models/detection/ssd_private.h"

#define COCO_CLASSES 90
#define COCO_NAMED 80

static guint
n_classes (const TfcSsd *ssd)
{
  const TfcDecoder *d = &ssd->levels[0].decoder;

  return d->columns - d->first;
}

/* COCO's classes that have a name, numbered from 0. */
static TfcLabels *
coco_named (void)
{
  TfcLabels *coco = tfc_labels_coco ();
  gchar **names = g_new0 (gchar *, COCO_NAMED);
  guint n = 0;

  for (gint id = 0; id < (gint)tfc_labels_n (coco) && n < COCO_NAMED; id++)
    if (!g_str_has_prefix (tfc_labels_name (coco, id), "class ")) /* those without a name */
      names[n++] = g_strdup (tfc_labels_name (coco, id));
  tfc_labels_free (coco);
  return tfc_labels_new (names, COCO_NAMED);
}

static TfcLabels *
find_labels (TfcSsd *ssd, const TfcSsdOpening *o, GError **error)
{
  const guint classes = n_classes (ssd);
  const TfcLabelSearch search = {o->files->label_path, o->files->path, o->metadata, classes};
  TfcLabels *labels = tfc_model_labels (&search, &ssd->note, error);

  if (labels || o->files->label_path)
    return labels;
  if (classes == COCO_NAMED && ssd->distributions)
    return coco_named ();
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
    tfc_model_note (&ssd->note, "%u names for the %u classes of the network%s", n - MIN (n, first),
                    classes, n < classes + first ? "; the others are called by their number" : "");
  if (n < classes + first)
    ssd->labels = tfc_labels_resize (ssd->labels, classes + first);
  return TRUE;
}
