/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What a hostile network's outputs can do to box decoding, suppression, regions, tracks and
 * smoothing. */
#include "tests/fuzz/fuzz.h"

#include <math.h>

#include "models/detection/score_decode.h"
#include "models/tracking/track.h"

#define MAX_ANCHORS 64

static gfloat
any_float (FuzzBytes *b)
{
  return fuzz_float (b);
}

static TfcTensor
any_tensor (FuzzBytes *b, gint rows, gint columns)
{
  static const TfcType types[] = {TFC_TYPE_F32, TFC_TYPE_F32, TFC_TYPE_U8,
                                  TFC_TYPE_I8,  TFC_TYPE_I32, TFC_TYPE_BOOL};
  TfcTensor t = {.type = types[fuzz_below (b, G_N_ELEMENTS (types))],
                 .shape = tfc_shape (3, 1, rows, columns)};
  if (t.type != TFC_TYPE_F32 || !fuzz_below (b, 16))
    t.quant = (TfcQuant){.scale = fuzz_float (b), .zero_point = (gint)fuzz_below (b, 512) - 128};
  if (!fuzz_below (b, 16))
    t.shape.dim[fuzz_below (b, 3)] = fuzz_take (b, 2);
  return t;
}

/* After init: the tensors' real bytes. */
static void *
fill (FuzzBytes *b, TfcTensor *t)
{
  gsize n = tfc_tensor_count (t);
  t->data = g_malloc0 (tfc_tensor_bytes (t));
  for (gsize i = 0; i < n; i++) {
    if (t->type == TFC_TYPE_F32)
      ((gfloat *)t->data)[i] = b->left ? any_float (b) : (gfloat)(i % 9) / 8;
    else
      ((guint8 *)t->data)[i] = fuzz_take (b, 1);
  }
  return t->data;
}

static void
check_kept (const TfcCandidate *c, guint n, gfloat threshold)
{
  for (guint i = 0; i < n; i++) {
    g_assert_true (c[i].score > threshold && isfinite (c[i].score));
    g_assert_true (tfc_box_finite (&c[i].box));
    g_assert_true (!i || c[i - 1].score >= c[i].score);
  }
}

static void
decode (FuzzBytes *b, TfcDecoder *d)
{
  gfloat threshold = fuzz_below (b, 101) / 100.f, iou = fuzz_below (b, 101) / 100.f;
  guint max = fuzz_below (b, 40), n, kept;
  gsize classes = (gsize)MAX (d->first_id, 0) + d->columns;
  guint8 *wanted = g_malloc (classes);
  TfcCandidate *c = g_new (TfcCandidate, d->n);
  d->softmax = fuzz_below (b, 4) ? NULL : g_new (gfloat, (gsize)d->n * d->columns);
  d->base = fuzz_below (b, 3);
  memset (wanted, fuzz_below (b, 2), classes);
  n = tfc_decode (d, threshold, fuzz_below (b, 2) ? wanted : NULL, c);
  g_assert_cmpuint (n, <=, d->n);
  kept = tfc_nms (c, n, iou, max);
  g_assert_cmpuint (kept, <=, MIN (n, max));
  check_kept (c, kept, threshold);
  g_free (d->softmax);
  g_free (c);
  g_free (wanted);
}

static void
boxes (FuzzBytes *b)
{
  gint rows = 1 + fuzz_below (b, MAX_ANCHORS);
  TfcTensor box = any_tensor (b, rows, 4), score = any_tensor (b, rows, 1 + fuzz_below (b, 8));
  TfcAnchor anchors[MAX_ANCHORS];
  TfcDecoder d = {.boxes = &box, .scores = &score, .scales = {10, 10, 5, 5}};
  GError *error = NULL;
  gsize n_boxes;
  for (guint i = 0; i < MAX_ANCHORS; i++)
    anchors[i] = (TfcAnchor){any_float (b), any_float (b), any_float (b), any_float (b)};
  if (fuzz_below (b, 4) && tfc_shape_count (&box.shape, &n_boxes) && n_boxes <= 4 * MAX_ANCHORS)
    d.anchors = anchors;
  if (!fuzz_below (b, 4))
    d.scales = (TfcBoxScales){any_float (b), any_float (b), any_float (b), any_float (b)};
  d.first = fuzz_below (b, 2);
  d.first_id = fuzz_below (b, 3);
  d.logits = fuzz_below (b, 2);
  if (!tfc_decoder_init (&d, &error)) {
    g_assert_true (error->domain == TFC_ERROR);
    g_error_free (error);
    return;
  }
  void *memory[] = {fill (b, &box), fill (b, &score)};
  decode (b, &d);
  g_free (memory[0]);
  g_free (memory[1]);
}

static void
faces (FuzzBytes *b)
{
  TfcTracks *tracks = g_new0 (TfcTracks, 1);
  static const gfloat crop[4 * 4 * 3];
  TfcPoint points[TFC_FACE_POINTS] = {0};
  TfcRegion found[TFC_MAX_FACES];
  gfloat scores[TFC_MAX_FACES];
  tfc_tracks_init (tracks);
  for (guint frame = 1 + fuzz_below (b, 4); frame > 0; frame--) {
    guint n = fuzz_below (b, TFC_MAX_FACES + 1);
    for (guint i = 0; i < n; i++) {
      TfcRect rect = {any_float (b), any_float (b), any_float (b), any_float (b)};
      rect = tfc_rect_enlarge (&rect, 1.5);
      found[i] = tfc_region_square (&rect, tfc_upright_angle (any_float (b), 1, 2, any_float (b)));
      scores[i] = any_float (b);
      tfc_region_map (&found[i], 1 + fuzz_below (b, 4000), 1 + fuzz_below (b, 4000), TFC_CROP);
    }
    tfc_tracks_update (tracks, found, scores, n, fuzz_below (b, TFC_MAX_FACES + 1));
    g_assert_cmpuint (tracks->n, <=, TFC_MAX_FACES);
    for (guint i = 0; i < 5; i++)
      points[fuzz_below (b, TFC_FACE_POINTS)] =
          (TfcPoint){any_float (b), any_float (b), any_float (b)};
    tfc_rect_around (points, TFC_FACE_POINTS);
    if (tracks->n)
      tfc_one_euro (&tracks->track[0]->smooth, points, fuzz_below (b, 2) ? 468 : 478, any_float (b),
                  (guint64)fuzz_take (b, 4) << fuzz_below (b, 32));
    TfcSighting seen[TFC_MAX_FACES] = {0};
    guint from[TFC_MAX_FACES];
    for (guint i = 0; i < tracks->n; i++) {
      seen[i].found = fuzz_below (b, 4) > 0;
      seen[i].region = fuzz_below (b, 2) ? tracks->track[i]->region
                                         : (TfcRegion){any_float (b), any_float (b), any_float (b)};
      tfc_appearance_read (&seen[i].appearance, crop, 4, points);
    }
    const guint left = tfc_tracks_observe (tracks, seen, from);
    g_assert_cmpuint (left, ==, tracks->n);
    for (guint i = 0; i < left; i++)
      for (guint k = 0; k < i; k++)
        g_assert_true (from[i] != from[k] && tracks->track[i]->id != tracks->track[k]->id);
    if (tracks->n && !fuzz_below (b, 3))
      tfc_tracks_drop (tracks, fuzz_below (b, tracks->n));
  }
  tfc_tracks_clear (tracks);
  g_free (tracks);
}

void
fuzz_one (const guint8 *data, gsize size)
{
  FuzzBytes b = {data, size};
  if (fuzz_below (&b, 4))
    boxes (&b);
  else
    faces (&b);
}

void
fuzz_seeds (void)
{
  GRand *rand = g_rand_new_with_seed (3);
  guint8 bytes[1500];
  for (guint i = 0; i < 60; i++) {
    for (guint k = 0; k < sizeof bytes; k++)
      bytes[k] = g_rand_int (rand);
    fuzz_seed (bytes, i % 2 ? sizeof bytes : 300);
  }
  g_rand_free (rand);
}
