/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Which outputs are boxes and scores, and with which anchors they are coded: told by the file's
 * tail, by the caller's anchors file, by the model's metadata, or by an anchors file beside it. */
#include <string.h>

#include "models/detection/ssd_private.h"

#define TAIL "TFLite_Detection_PostProcess"
#define CODER "BoxCoder"

gint32
tfc_ssd_last_dim (const TfcTensor *tensor)
{
  return tensor->shape.rank > 0 ? tensor->shape.dim[tensor->shape.rank - 1] : 0;
}

gboolean
tfc_ssd_refuse_outputs (const TfcSsd *ssd, GError **error)
{
  GString *shapes = g_string_new (NULL);
  gchar shape[96];

  for (guint i = 0; i < MIN (tfc_model_n_outputs (ssd->model), 12); i++)
    g_string_append_printf (shapes, "%s%s", i ? ", " : "",
                            tfc_shape_print (&tfc_model_output (ssd->model, i)->shape, shape));
  g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
               "not an SSD: outputs of %s; expected boxes (1xNx4) and a score per class (1xNxC) "
               "with the same N",
               shapes->str);
  g_string_free (shapes, TRUE);
  return FALSE;
}

/* What tells scores from boxes where both have four columns. */
static gboolean
named_scores (const TfcSsd *ssd, guint output)
{
  static const gchar *const words[] = {"score", "class", "cls", "conf", "prob"};
  gchar *name = g_ascii_strdown (tfc_model_output_name (ssd->model, output), -1);
  gboolean is = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    is = is || strstr (name, words[i]);
  g_free (name);
  return is;
}

/* Whether the output may be boxes, A of them a row: 4 A columns, and nothing says that it is
 * scores. */
static gboolean
may_be_boxes (const TfcSsd *ssd, guint output)
{
  const gint32 columns = tfc_ssd_last_dim (tfc_model_output (ssd->model, output));

  return columns > 0 && columns % 4 == 0 && !tfc_model_output_activated (ssd->model, output) &&
         !named_scores (ssd, output);
}

/* Of two outputs with the same rows. */
static gboolean
second_is_boxes (const TfcSsd *ssd, guint first, guint second)
{
  const gboolean may = may_be_boxes (ssd, second);

  if (may != may_be_boxes (ssd, first))
    return may;
  return tfc_ssd_last_dim (tfc_model_output (ssd->model, second)) <
         tfc_ssd_last_dim (tfc_model_output (ssd->model, first));
}

/* Rows and columns of an output, seen as a matrix with n columns. */
static TfcTensor
as_matrix (const TfcTensor *t, gsize columns)
{
  TfcTensor m = *t;
  gsize count;

  if (columns > 0 && tfc_shape_count (&t->shape, &count) && count % columns == 0 &&
      count / columns <= G_MAXINT32)
    m.shape = tfc_shape (2, (gint32)(count / columns), (gint32)columns);
  return m;
}

static void
set_level (TfcSsd *ssd, guint level, guint boxes, guint scores)
{
  TfcSsdLevel *l = &ssd->levels[level];

  l->boxes = *tfc_model_output (ssd->model, boxes);
  l->scores = *tfc_model_output (ssd->model, scores);
  l->activated = tfc_model_output_activated (ssd->model, scores);
}

/* Boxes come first in front of a tail; else they are what ends in 4 and is no score. */
static gboolean
pick_pair (TfcSsd *ssd, GError **error)
{
  const gint32 first = tfc_ssd_last_dim (tfc_model_output (ssd->model, 0)),
               second = tfc_ssd_last_dim (tfc_model_output (ssd->model, 1));
  const guint swap = !tfc_model_postprocess (ssd->model) && second == 4 &&
                     (first != 4 || second_is_boxes (ssd, 0, 1));

  ssd->n_levels = 1;
  ssd->levels = g_new0 (TfcSsdLevel, 1);
  set_level (ssd, 0, swap, !swap);
  return tfc_ssd_last_dim (&ssd->levels[0].boxes) == 4 || tfc_model_postprocess (ssd->model) ||
         tfc_ssd_refuse_outputs (ssd, error);
}

/* All but the last dimension. */
static gboolean
same_rows (const TfcTensor *a, const TfcTensor *b)
{
  if (a->shape.rank != b->shape.rank)
    return FALSE;
  for (gint i = 0; i < a->shape.rank - 1; i++)
    if (a->shape.dim[i] != b->shape.dim[i])
      return FALSE;
  return TRUE;
}

static gint
by_rows (gconstpointer a, gconstpointer b)
{
  const gsize m = tfc_tensor_count (&((const TfcSsdLevel *)a)->boxes);
  const gsize n = tfc_tensor_count (&((const TfcSsdLevel *)b)->boxes);

  return m < n ? 1 : m > n ? -1 : 0;
}

/* The next output after i of the same rows that is in no pair yet, or n. */
static guint
partner (const TfcSsd *ssd, const gboolean *paired, guint i, guint n)
{
  for (guint k = i + 1; k < n; k++)
    if (!paired[k] &&
        same_rows (tfc_model_output (ssd->model, i), tfc_model_output (ssd->model, k)))
      return k;
  return n;
}

static gboolean
make_matrices (TfcSsdLevel *l)
{
  const gint32 numbers = tfc_ssd_last_dim (&l->boxes), scores = tfc_ssd_last_dim (&l->scores);

  if (numbers < 4 || numbers % 4 || scores < 1 || scores % (numbers / 4))
    return FALSE;
  l->scores = as_matrix (&l->scores, (gsize)(scores / (numbers / 4)));
  l->boxes = as_matrix (&l->boxes, 4);
  return TRUE;
}

/* A pair for each map, finest first: 1 x n x 4 and 1 x n x C, or 1 x h x w x 4A and 1 x h x w x CA.
 */
static gboolean
pick_levels (TfcSsd *ssd, GError **error)
{
  const guint n = tfc_model_n_outputs (ssd->model);
  gboolean paired[2 * TFC_ANCHORS_LEVELS] = {FALSE}, ok = TRUE;

  ssd->levels = g_new0 (TfcSsdLevel, n / 2);
  for (guint i = 0; ok && i < n; i++) {
    if (paired[i])
      continue;
    const guint k = partner (ssd, paired, i, n);
    if (k == n)
      return tfc_ssd_refuse_outputs (ssd, error);
    paired[k] = TRUE;
    const gboolean swap = second_is_boxes (ssd, i, k);
    set_level (ssd, ssd->n_levels, swap ? k : i, swap ? i : k);
    ok = make_matrices (&ssd->levels[ssd->n_levels++]);
  }
  qsort (ssd->levels, ssd->n_levels, sizeof *ssd->levels, by_rows);
  return ok || tfc_ssd_refuse_outputs (ssd, error);
}

/* Pairs of distributions and scores behind a picture of planes: NanoDet. */
static gboolean
pick_distributions (TfcSsd *ssd)
{
  const guint n = tfc_model_n_outputs (ssd->model);
  guint levels = 0;

  if (!ssd->planar || n % 2 || n / 2 > TFC_ANCHORS_LEVELS)
    return FALSE;
  ssd->levels = g_new0 (TfcSsdLevel, n / 2);
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n && levels < n / 2; k++) {
      const TfcTensor *distances = tfc_model_output (ssd->model, i);
      const TfcTensor *scores = tfc_model_output (ssd->model, k);
      if (!tfc_model_output_activated (ssd->model, k) ||
          tfc_model_output_activated (ssd->model, i) ||
          !tfc_gfl_init (&ssd->levels[levels].gfl, distances, scores, ssd->width, ssd->height))
        continue;
      set_level (ssd, levels++, i, k);
    }
  if (levels == n / 2) {
    ssd->n_levels = levels;
    ssd->distributions = TRUE;
    return TRUE;
  }
  g_clear_pointer (&ssd->levels, g_free);
  return FALSE;
}

static gboolean
pick_outputs (TfcSsd *ssd, GError **error)
{
  const gchar *tail = tfc_model_postprocess (ssd->model);
  const guint n = tfc_model_n_outputs (ssd->model);

  if (tail && strcmp (tail, TAIL) && strcmp (tail, CODER) && strcmp (tail, TFC_SSD_SUPPRESSION)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "not an SSD we know: it ends in %s; expected " TAIL " or " CODER, tail);
    return FALSE;
  }
  if (pick_distributions (ssd))
    return TRUE;
  if (n == 2)
    return pick_pair (ssd, error);
  if (!tail && n >= 4 && n % 2 == 0 && n / 2 <= TFC_ANCHORS_LEVELS)
    return pick_levels (ssd, error);
  g_set_error (
      error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
      "not an SSD: %u outputs; expected two, boxes and scores, or such a pair for each map", n);
  return FALSE;
}

static void
init_distributions (TfcSsd *ssd, TfcSsdLevel *l)
{
  l->gfl.base = l->decoder.base = ssd->n;
  l->decoder.n = l->gfl.n;
  l->decoder.columns = l->gfl.classes;
  ssd->n += l->gfl.n;
}

static gboolean
init_decoders (TfcSsd *ssd, GError **error)
{
  for (guint i = 0; i < ssd->n_levels; i++) {
    TfcSsdLevel *l = &ssd->levels[i];
    if (ssd->distributions) {
      init_distributions (ssd, l);
      continue;
    }
    l->decoder.boxes = &l->boxes;
    l->decoder.scores = &l->scores;
    l->decoder.base = ssd->n;
    l->decoder.anchors = ssd->anchors ? ssd->anchors + ssd->n : NULL;
    if (!tfc_decoder_init (&l->decoder, error))
      return FALSE;
    if (l->decoder.columns - l->decoder.first !=
        ssd->levels[0].decoder.columns - ssd->levels[0].decoder.first)
      return tfc_ssd_refuse_outputs (ssd, error);
    ssd->n += l->decoder.n;
  }
  ssd->candidates = g_try_new (TfcCandidate, ssd->n);
  if (!ssd->candidates)
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "no memory for %u candidates", ssd->n);
  return ssd->candidates != NULL;
}

gboolean
tfc_ssd_set_up_outputs (TfcSsd *ssd, TfcSsdOpening *o, GError **error)
{
  return pick_outputs (ssd, error) &&
         (ssd->distributions || tfc_ssd_set_up_anchors (ssd, o, error)) &&
         init_decoders (ssd, error);
}
