/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/ops/families.h"
#include "inference/arithmetic/quant.h"

gboolean
tfc_infer_resize (TfcInfer *c)
{
  const TfcParams *p = c->params;
  if (!tfc_infer_need_rank (c, 0, 4))
    return FALSE;
  if (p->resize.height < 1 || p->resize.width < 1)
    return BAD (c, "to %dx%d pixels", p->resize.width, p->resize.height);
  if (p->resize.align_corners && p->resize.half_pixel)
    return BAD (c, "aligned corners and half pixels at once");
  const gint32 *x = c->in[0]->shape.dim;
  c->shape[0] = tfc_shape (4, x[0], p->resize.height, p->resize.width, x[3]);
  return TRUE;
}

/* Source of an output row or column: between first and second, weight of the second. The
 * coordinates are float32, as all of TFLite, XNNPACK and TensorFlow compute them. */
typedef struct {
  gint32 first, second;
  gfloat weight;
} Source;

static Source
source_of (gint32 at, gint32 in, gint32 out, const TfcParams *p)
{
  gint corners = p->resize.align_corners && out > 1;
  gfloat scale = (gfloat)(in - corners) / (gfloat)(out - corners);
  gfloat v = (gfloat)at * scale + (p->resize.half_pixel ? 0.5f * scale - 0.5f : 0.0f);
  v = CLAMP (v, 0.0f, (gfloat)(in - 1));
  Source s = {.first = MIN ((gint32)v, in - 1)}; /* a float of in - 1 may be in, from 2^24 on */
  s.second = MIN (s.first + 1, in - 1);
  s.weight = v - (gfloat)s.first;
  return s;
}

typedef struct {
  gsize corner[4]; /* elements: first row left, right; second row left, right */
  gfloat across, down;
} Patch;

static void
blend_float (const TfcTensor *x, TfcTensor *y, gsize at, const Patch *p, gint32 channels)
{
  const gfloat *v = x->data;
  for (gint32 c = 0; c < channels; c++) {
    gdouble a = v[p->corner[0] + c], b = v[p->corner[1] + c];
    gdouble d = v[p->corner[2] + c], e = v[p->corner[3] + c];
    gdouble top = a + (b - a) * p->across, bottom = d + (e - d) * p->across;
    ((gfloat *)y->data)[at + c] = (gfloat)(top + (bottom - top) * p->down);
  }
}

/* Weights in 1/2048, the sum rounded half up. */
static void
blend_quant (const TfcTensor *x, TfcTensor *y, gsize at, const Patch *p, gint32 channels)
{
  gint32 across = lrintf (p->across * 2048), down = lrintf (p->down * 2048);
  for (gint32 c = 0; c < channels; c++) {
    gint32 a = tfc_ref_get (x, p->corner[0] + c), b = tfc_ref_get (x, p->corner[1] + c);
    gint32 d = tfc_ref_get (x, p->corner[2] + c), e = tfc_ref_get (x, p->corner[3] + c);
    gint64 top = a * 2048 + (b - a) * across, bottom = d * 2048 + (e - d) * across;
    gdouble sum = (gdouble)(top * 2048 + (bottom - top) * down);
    tfc_ref_set (y, at + c, (gint32)floor (sum / (2048 * 2048) + 0.5));
  }
}

static void
run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  TfcTensor *y = call->out[0];
  const TfcParams *params = call->params;
  const gint32 *dx = x->shape.dim, *dy = y->shape.dim;
  gsize at = 0, c = dy[3];
  for (gint32 n = 0; n < dy[0]; n++) {
    for (gint32 i = 0; i < dy[1]; i++) {
      Source r = source_of (i, dx[1], dy[1], params);
      gsize first = ((gsize)n * dx[1] + r.first) * dx[2];
      gsize second = ((gsize)n * dx[1] + r.second) * dx[2];
      for (gint32 j = 0; j < dy[2]; j++, at += c) {
        Source s = source_of (j, dx[2], dy[2], params);
        Patch p = {{(first + s.first) * c, (first + s.second) * c, (second + s.first) * c,
                    (second + s.second) * c},
                   s.weight,
                   r.weight};
        (x->type == TFC_TYPE_F32 ? blend_float : blend_quant) (x, y, at, &p, dy[3]);
      }
    }
  }
}

static gboolean
can_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0], *y = call->out[0];
  return tfc_loops_alike (call) && x->shape.rank == 4 && y->shape.rank == 4 &&
         x->shape.dim[1] > 0 && x->shape.dim[2] > 0 &&
         (tfc_ref_is_float (x) || tfc_quant_equal (&x->quant, &y->quant));
}

/* The one that TFLite takes: of aligned corners half goes up, else what lies left of the point. */
static gint32
nearest (gint32 at, gint32 in, gint32 out, const TfcParams *p)
{
  gint corners = p->resize.align_corners && out > 1;
  gfloat scale = (gfloat)(in - corners) / (gfloat)(out - corners);
  gfloat v = ((gfloat)at + (p->resize.half_pixel ? 0.5f : 0.0f)) * scale;
  v = p->resize.align_corners ? roundf (v) : floorf (v);
  return v < (gfloat)in ? MIN ((gint32)v, in - 1) : in - 1;
}

static void
run_nearest (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  TfcTensor *y = call->out[0];
  const TfcParams *params = call->params;
  const gint32 *dx = x->shape.dim, *dy = y->shape.dim;
  gsize bytes = (gsize)dy[3] * tfc_type_size (y->type);
  guint8 *to = y->data;
  for (gint32 n = 0; n < dy[0]; n++) {
    for (gint32 i = 0; i < dy[1]; i++) {
      gsize row = ((gsize)n * dx[1] + nearest (i, dx[1], dy[1], params)) * dx[2];
      for (gint32 j = 0; j < dy[2]; j++, to += bytes)
        memcpy (to, (const guint8 *)x->data + (row + nearest (j, dx[2], dy[2], params)) * bytes,
                bytes);
    }
  }
}

const TfcOpLoops tfc_loops_resize_bilinear = {can_run, run};
const TfcOpLoops tfc_loops_resize_nearest = {can_run, run_nearest};
