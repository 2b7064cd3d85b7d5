/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which outputs are boxes and scores, and with which anchors they are coded: told by the file's
 * tail, by the caller's anchors file, by the model's metadata, or by an anchors file beside it. */
#include <string.h>

#include "ssd_private.h"

#define TAIL "TFLite_Detection_PostProcess"
#define CODER "BoxCoder"
#define SUPPRESSION "NonMaxSuppression"

static gint32
last_dim (const TfcTensor *tensor)
{
  return tensor->shape.rank > 0 ? tensor->shape.dim[tensor->shape.rank - 1] : 0;
}

static gboolean
is_tail (const TfcSsd *ssd, const gchar *name)
{
  const gchar *tail = tfc_model_tail (ssd->model);

  return tail && !strcmp (tail, name);
}

static gboolean
no_ssd (const TfcSsd *ssd, GError **error)
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

static gboolean
is_boxes (const TfcSsd *ssd, guint output, gint32 wanted)
{
  return last_dim (tfc_model_output (ssd->model, output)) == wanted &&
         !tfc_model_output_activated (ssd->model, output) && !named_scores (ssd, output);
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
  const guint swap = !tfc_model_tail (ssd->model) && !is_boxes (ssd, 0, 4) &&
                     last_dim (tfc_model_output (ssd->model, 1)) == 4;

  ssd->n_levels = 1;
  ssd->levels = g_new0 (TfcSsdLevel, 1);
  set_level (ssd, 0, swap, !swap);
  return last_dim (&ssd->levels[0].boxes) == 4 || tfc_model_tail (ssd->model) ||
         no_ssd (ssd, error);
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

/* A pair for each map, finest first: 1 x n x 4 and 1 x n x C, or 1 x h x w x 4A and 1 x h x w x CA.
 */
static gboolean
pick_levels (TfcSsd *ssd, GError **error)
{
  const guint n = tfc_model_n_outputs (ssd->model);
  const TfcTensor *first = tfc_model_output (ssd->model, 0);
  gint32 wanted = 4;

  if (first->shape.rank == 4 && first->shape.dim[1] > 1 && first->shape.dim[2] > 1)
    for (guint i = 0; i < n; i++) { /* a box has four numbers, and scores are more or have a name */
      const gint32 c = last_dim (tfc_model_output (ssd->model, i));
      if (c % 4 == 0 && !named_scores (ssd, i) && (wanted == 4 || c < wanted))
        wanted = c;
    }
  ssd->levels = g_new0 (TfcSsdLevel, n / 2);
  for (guint i = 0; i < n; i++) {
    if (!is_boxes (ssd, i, wanted))
      continue;
    for (guint k = 0; k < n && ssd->n_levels < n / 2; k++)
      if (!is_boxes (ssd, k, wanted) &&
          same_rows (tfc_model_output (ssd->model, i), tfc_model_output (ssd->model, k))) {
        set_level (ssd, ssd->n_levels++, i, k);
        break;
      }
  }
  if (ssd->n_levels != n / 2)
    return no_ssd (ssd, error);
  qsort (ssd->levels, ssd->n_levels, sizeof *ssd->levels, by_rows);
  const gsize boxes = (gsize)wanted / 4;
  for (guint i = 0; i < ssd->n_levels; i++) {
    TfcSsdLevel *l = &ssd->levels[i];
    l->boxes = as_matrix (&l->boxes, 4);
    l->scores = as_matrix (&l->scores, (gsize)MAX (last_dim (&l->scores), 0) / boxes);
  }
  return TRUE;
}

static gboolean
pick_outputs (TfcSsd *ssd, GError **error)
{
  const gchar *tail = tfc_model_tail (ssd->model);
  const guint n = tfc_model_n_outputs (ssd->model);

  if (tail && strcmp (tail, TAIL) && strcmp (tail, CODER) && strcmp (tail, SUPPRESSION)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "not an SSD we know: it ends in %s; expected " TAIL " or " CODER, tail);
    return FALSE;
  }
  if (n == 2)
    return pick_pair (ssd, error);
  if (!tail && n >= 4 && n % 2 == 0 && n / 2 <= TFC_ANCHORS_LEVELS)
    return pick_levels (ssd, error);
  g_set_error (
      error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
      "not an SSD: %u outputs; expected two, boxes and scores, or such a pair for each map", n);
  return FALSE;
}

/* The tail's first constant: [n, 4] as cy, cx, h, w; n is whatever it holds and compared later. */
static gboolean
tail_anchors (TfcSsd *ssd, guint *n, GError **error)
{
  const TfcTensor *t = tfc_model_tail_const (ssd->model, 0);
  gsize count;

  if (!t || !t->data || !tfc_shape_count (&t->shape, &count) || count == 0 || count % 4 ||
      count > G_MAXUINT ||
      (t->type != TFC_TYPE_F32 && t->type != TFC_TYPE_U8 && t->type != TFC_TYPE_I8)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT,
                 TAIL " has no anchors; expected a constant float32, uint8 or int8 Nx4");
    return FALSE;
  }
  gfloat *v = g_try_new (gfloat, count);
  if (!v) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "no memory for the anchors");
    return FALSE;
  }
  for (gsize i = 0; i < count; i++) {
    const gint step =
        t->type == TFC_TYPE_I8 ? ((const gint8 *)t->data)[i] : ((const guint8 *)t->data)[i];
    v[i] = t->type == TFC_TYPE_F32 ? ((const gfloat *)t->data)[i]
                                   : t->quant.scale * (gfloat)(step - t->quant.zero_point);
  }
  G_STATIC_ASSERT (sizeof (TfcAnchor) == 4 * sizeof (gfloat));
  ssd->anchors = (TfcAnchor *)v;
  *n = count / 4;
  return TRUE;
}

static gfloat
option (TfcSsd *ssd, const gchar *name, gdouble fallback)
{
  return (gfloat)tfc_model_tail_option (ssd->model, name, fallback);
}

/* n anchors are one for each box. */
static gboolean
anchors_fit (TfcSsd *ssd, guint n, GError **error)
{
  gsize sum = 0, count;

  for (guint i = 0; i < ssd->n_levels; i++) {
    const TfcTensor *b = &ssd->levels[i].boxes;
    if (!tfc_shape_count (&b->shape, &count) || count % 4)
      return no_ssd (ssd, error);
    sum += count;
  }
  if (sum / 4 == n)
    return TRUE;
  g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT,
               "%u anchors for boxes of %" G_GSIZE_FORMAT " numbers; expected four for each", n,
               sum);
  return FALSE;
}

/* Which column is the first class: all columns are, or all but the background's. */
static gboolean
set_first (TfcSsd *ssd, gdouble classes, const gchar *said, GError **error)
{
  for (guint i = 0; i < ssd->n_levels; i++) {
    const gint32 columns = last_dim (&ssd->levels[i].scores);
    gchar shape[96];
    if (classes == columns || classes == columns - 1) {
      ssd->levels[i].decoder.first = classes == columns ? 0 : 1;
      continue;
    }
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "not an SSD: the scores output is %s %s; expected a column per class of "
                 "num_classes (%g, %s), and perhaps one for the background",
                 tfc_type_name (ssd->levels[i].scores.type),
                 tfc_shape_print (&ssd->levels[i].scores.shape, shape), classes, said);
    return FALSE;
  }
  return TRUE;
}

static gboolean
use_tail (TfcSsd *ssd, GError **error)
{
  TfcDecoder *d = &ssd->levels[0].decoder;
  const gint32 columns = last_dim (&ssd->levels[0].scores);
  guint n = 0;

  if (!set_first (ssd, tfc_model_tail_option (ssd->model, "num_classes", columns - 1),
                  "in its tail", error))
    return FALSE;
  if (is_tail (ssd, SUPPRESSION))
    return TRUE;
  if (!tail_anchors (ssd, &n, error) || !anchors_fit (ssd, n, error))
    return FALSE;
  d->logits = option (ssd, "logits", 0) != 0;
  d->scales = (TfcBoxScales){option (ssd, "y_scale", 10), option (ssd, "x_scale", 10),
                             option (ssd, "h_scale", 5), option (ssd, "w_scale", 5)};
  return TRUE;
}

static guint
n_boxes (const TfcSsd *ssd)
{
  gsize sum = 0, count;

  for (guint i = 0; i < ssd->n_levels; i++)
    if (tfc_shape_count (&ssd->levels[i].boxes.shape, &count) && count / 4 <= TFC_ANCHORS_MAX)
      sum += count / 4;
  return (guint)sum;
}

/* The anchors file beside the model, or NULL. */
static gchar *
beside (const gchar *path)
{
  GArray *found = tfc_ssd_look_beside (path);
  gchar *anchors = NULL;

  for (guint i = 0; !anchors && i < found->len; i++)
    if (g_array_index (found, TfcBeside, i).anchors)
      anchors = g_strdup (g_array_index (found, TfcBeside, i).path);
  g_array_unref (found);
  return anchors;
}

static TfcAnchorFile *
from_metadata (const TfcDetectorOptions *d, GError **error)
{
  TfcAnchorFile *f;

  if (d->linear) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "its metadata says that box sizes are not exponentials, which is not supported");
    return NULL;
  }
  f = g_new0 (TfcAnchorFile, 1);
  f->anchors = g_memdup2 (d->anchors, d->n_anchors * sizeof (TfcAnchor));
  f->n = d->n_anchors;
  f->scales = (TfcBoxScales){d->y_scale, d->x_scale, d->h_scale, d->w_scale};
  f->scores = d->sigmoid ? TFC_SCORES_SIGMOID : TFC_SCORES_PLAIN;
  return f;
}

/* The anchors of a network that has none; leaves them NULL without error if nobody does. */
static gboolean
find_anchors (TfcSsd *ssd, TfcSsdOpening *o, GError **error)
{
  const gchar *path = o->files->anchors_path;
  const gboolean tail = tfc_model_tail (ssd->model) != NULL;
  const TfcDetectorOptions *packed = o->metadata ? tfc_metadata_detector (o->metadata) : NULL;
  gchar *found = NULL;

  if (!path && !tail && packed) {
    o->anchors = from_metadata (packed, error);
    return o->anchors != NULL;
  }
  if (!path && !tail && o->files->path)
    path = found = beside (o->files->path);
  if (!path)
    return TRUE;
  o->anchors = tfc_anchor_file_read (path, ssd->width, ssd->height, n_boxes (ssd), error);
  g_free (found);
  return o->anchors != NULL;
}

/* What the file says is to be done is not done again where the network does it. */
static void
set_scores (TfcSsdLevel *l, TfcScores said)
{
  TfcDecoder *d = &l->decoder;

  if (l->activated || said == TFC_SCORES_PLAIN)
    d->logits = FALSE;
  else
    d->logits = said != TFC_SCORES_SOFTMAX;
}

static gboolean
room_for_softmax (TfcSsd *ssd, GError **error)
{
  gsize sum = 0, count, at = 0;

  for (guint i = 0; i < ssd->n_levels; i++)
    if (tfc_shape_count (&ssd->levels[i].scores.shape, &count))
      sum += count;
  ssd->softmax = g_try_new (gfloat, sum);
  if (!ssd->softmax) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "no memory for the scores");
    return FALSE;
  }
  for (guint i = 0; i < ssd->n_levels; i++) {
    if (!ssd->levels[i].activated)
      ssd->levels[i].decoder.softmax = ssd->softmax + at;
    if (tfc_shape_count (&ssd->levels[i].scores.shape, &count))
      at += count;
  }
  return TRUE;
}

static gboolean
use_anchors (TfcSsd *ssd, TfcSsdOpening *o, GError **error)
{
  TfcAnchorFile *f = o->anchors;
  gint32 columns = last_dim (&ssd->levels[0].scores);

  if (!anchors_fit (ssd, f->n, error)) {
    g_prefix_error (error,
                    "the anchors do not fit (feature_map_height and feature_map_width in the "
                    "anchors file set the maps' sizes): ");
    return FALSE;
  }
  if (f->n_classes && !set_first (ssd, f->n_classes, "in the anchors file", error))
    return FALSE;
  if (!f->n_classes && f->scores == TFC_SCORES_SOFTMAX && columns > 1)
    set_first (ssd, columns - 1, "", NULL);
  g_free (ssd->anchors);
  ssd->anchors = g_steal_pointer (&f->anchors);
  for (guint i = 0; i < ssd->n_levels; i++) {
    ssd->levels[i].decoder.scales = f->scales;
    set_scores (&ssd->levels[i], f->scores);
  }
  return f->scores != TFC_SCORES_SOFTMAX || room_for_softmax (ssd, error);
}

/* Without anchors boxes must be corners: 1 x n x 1 x 4, or n x 4 of a GraphModel. */
static gboolean
expect_corners (const TfcSsd *ssd, GError **error)
{
  const TfcTensor *b = &ssd->levels[0].boxes;
  gchar shape[96];

  if (is_tail (ssd, SUPPRESSION) ||
      (ssd->n_levels == 1 && b->type == TFC_TYPE_F32 &&
       ((b->shape.rank == 4 && b->shape.dim[2] == 1) || b->shape.rank == 2)))
    return TRUE;
  g_set_error (
      error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
      "it ends in raw boxes (%s) without a post-process op and without anchors: name its "
      "pipeline.config or another anchors file (anchors=FILE), or put it beside the model as "
      "NAME.anchors; boxes that are corners already would be float32 1xNx1x4",
      tfc_shape_print (&b->shape, shape));
  return FALSE;
}

static gboolean
init_decoders (TfcSsd *ssd, GError **error)
{
  for (guint i = 0; i < ssd->n_levels; i++) {
    TfcSsdLevel *l = &ssd->levels[i];
    l->decoder.boxes = &l->boxes;
    l->decoder.scores = &l->scores;
    l->decoder.base = ssd->n;
    l->decoder.anchors = ssd->anchors ? ssd->anchors + ssd->n : NULL;
    if (!tfc_decoder_init (&l->decoder, error))
      return FALSE;
    if (l->decoder.columns - l->decoder.first !=
        ssd->levels[0].decoder.columns - ssd->levels[0].decoder.first)
      return no_ssd (ssd, error);
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
  if (!pick_outputs (ssd, error) || !find_anchors (ssd, o, error))
    return FALSE;
  if (tfc_model_tail (ssd->model) && !use_tail (ssd, error))
    return FALSE;
  if (o->anchors && !use_anchors (ssd, o, error))
    return FALSE;
  if (!ssd->anchors && !expect_corners (ssd, error))
    return FALSE;
  return init_decoders (ssd, error);
}
