/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/arithmetic/quant.h"
#include "inference/arithmetic/strided_iter.h"
#include "inference/ops/families.h"

/* A factor without its last two axes, and those as rows and columns of the product's factor. */
typedef struct {
  TfcShape batch;
  gint32 rows, columns;
  gsize row_step, column_step; /* in elements */
} Factor;

static Factor
factor (const TfcShape *s, gboolean transposed)
{
  const gint32 *last = s->dim + s->rank - 2;
  Factor f = {*s, last[0], last[1], (gsize)last[1], 1};
  f.batch.rank -= 2;
  if (transposed)
    f = (Factor){f.batch, last[1], last[0], 1, (gsize)last[1]};
  return f;
}

gboolean
tfc_infer_batch_matmul (TfcInfer *c)
{
  const TfcShape *a = &c->in[0]->shape, *b = &c->in[1]->shape;
  if (a->rank < 2 || b->rank < 2)
    return BAD (c, "a factor of %d dimensions", MIN (a->rank, b->rank));
  const Factor fa = factor (a, c->params->matmul.transpose_a),
               fb = factor (b, c->params->matmul.transpose_b);
  if (fa.columns != fb.rows)
    return BAD (c, "%d columns by %d rows", fa.columns, fb.rows);
  if (!tfc_infer_broadcast_shapes (c, &fa.batch, &fb.batch))
    return FALSE;
  TfcShape *y = &c->shape[0];
  y->dim[y->rank++] = fa.rows;
  y->dim[y->rank++] = fb.columns;
  return TRUE;
}

static gfloat
dot_floats (const gfloat *a, gsize a_step, const gfloat *b, gsize b_step, gint32 n)
{
  gfloat sum = 0;
  for (gint32 k = 0; k < n; k++)
    sum += a[(gsize)k * a_step] * b[(gsize)k * b_step];
  return sum;
}

static gint64
dot_quants (const TfcTensor *a, gsize at_a, gsize a_step, const TfcTensor *b, gsize at_b,
            gsize b_step, gint32 n)
{
  gint64 sum = 0;
  for (gint32 k = 0; k < n; k++)
    sum += (tfc_ref_get (a, at_a + (gsize)k * a_step) - a->quant.zero_point) *
           (tfc_ref_get (b, at_b + (gsize)k * b_step) - b->quant.zero_point);
  return sum;
}

/* Sums as mac.h has them, without bias. */
static void
store (const TfcOpCall *call, const Factor *fa, gsize at_a, const Factor *fb, gsize at_b, gsize at)
{
  const TfcTensor *a = call->in[0], *b = call->in[1];
  TfcTensor *y = call->out[0];
  if (y->type == TFC_TYPE_F32) {
    ((gfloat *)y->data)[at] =
        dot_floats ((const gfloat *)a->data + at_a, fa->column_step, (const gfloat *)b->data + at_b,
                    fb->row_step, fa->columns);
    return;
  }
  const gint64 sum = dot_quants (a, at_a, fa->column_step, b, at_b, fb->row_step, fa->columns);
  const gfloat scale = a->quant.scale * b->quant.scale / y->quant.scale;
  tfc_ref_set (y, at,
               tfc_ref_round ((gfloat)sum * scale, y->quant.zero_point, tfc_ref_range (y, NULL)));
}

static void
run (const TfcOpCall *call)
{
  const TfcTensor *y = call->out[0];
  const Factor fa = factor (&call->in[0]->shape, call->params->matmul.transpose_a),
               fb = factor (&call->in[1]->shape, call->params->matmul.transpose_b);
  const gsize count = tfc_tensor_count (y), size_a = (gsize)fa.rows * (gsize)fa.columns,
              size_b = (gsize)fb.rows * (gsize)fb.columns;
  TfcShape batch = y->shape;
  batch.rank -= 2;
  TfcStridedIter w = tfc_strided_iter (&batch);
  tfc_strided_iter_broadcast (&w, 0, &fa.batch);
  tfc_strided_iter_broadcast (&w, 1, &fb.batch);
  for (gsize at = 0; at < count; tfc_strided_iter_next (&w)) {
    for (gint32 i = 0; i < fa.rows; i++) {
      for (gint32 j = 0; j < fb.columns; j++, at++)
        store (call, &fa, (gsize)w.place[0] * size_a + (gsize)i * fa.row_step, &fb,
               (gsize)w.place[1] * size_b + (gsize)j * fb.column_step, at);
    }
  }
}

static gboolean
can_run (const TfcOpCall *call)
{
  return call->n_in == 2 && tfc_loops_alike (call) && call->in[0]->shape.rank >= 2 &&
         call->in[1]->shape.rank >= 2 && call->out[0]->shape.rank >= 2;
}

const TfcOpLoops tfc_loops_batch_matmul = {can_run, run};
