/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operators that are several nodes of ours (compose.h). */
#include "inference/tflite/reader.h"

#include <string.h>

#define NOT_CONSTANT "what says how is not constant"

/* n integers of input i, no more, no less. */
static gboolean
ints (TfcTfl *l, TfcTflNode *n, guint i, gint32 *values, gint wanted)
{
  return tfc_tfl_ints (l, n, i, values, wanted) == wanted &&
                 tfc_tensor_count (&tfc_graph_v (l->graph, n->in[i])->tensor) == (gsize)wanted
             ? TRUE
             : tfc_tfl_unsupported (l, n, NOT_CONSTANT);
}

static gboolean
give_all (TfcTflCompose *c, const guint *ids)
{
  for (guint k = 0; k < c->node->n_out; k++) {
    if (!tfc_tfl_give (c, k, ids[k]))
      return FALSE;
  }
  return TRUE;
}

gboolean
tfc_tfl_pack (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  gint axis = tfc_fb_i32 (&l->fb, n->options, 1, 0);
  return tfc_tfl_give (&c, 0, tfc_compose_stack (&c.base, n->in, n->n_in, axis));
}

gboolean
tfc_tfl_unpack (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  gint axis = tfc_fb_i32 (&l->fb, n->options, 1, 0);
  guint ids[TFC_MAX_NODE_INPUTS];
  return tfc_compose_unstack (&c.base, n->in[0], axis, n->n_out, ids) && give_all (&c, ids);
}

static gboolean
split (TfcTfl *l, TfcTflNode *n, guint x, gint axis, gint32 *sizes)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  guint ids[TFC_MAX_NODE_INPUTS];
  return tfc_compose_split (&c.base, x, axis, sizes, n->n_out, ids) && give_all (&c, ids);
}

gboolean
tfc_tfl_split (TfcTfl *l, TfcTflNode *n)
{
  const TfcShape *x = tfc_tfl_shape (l, n->in[1]);
  gint32 axis, sizes[TFC_MAX_NODE_INPUTS];
  if (!ints (l, n, 0, &axis, 1))
    return FALSE;
  axis += axis < 0 ? x->rank : 0;
  if (axis < 0 || axis >= x->rank || x->dim[axis] % (gint32)n->n_out)
    return tfc_tfl_corrupt (l, n, "the axis does not fall into equal parts");
  for (guint i = 0; i < n->n_out; i++)
    sizes[i] = x->dim[axis] / (gint32)n->n_out;
  return split (l, n, n->in[1], axis, sizes);
}

gboolean
tfc_tfl_split_v (TfcTfl *l, TfcTflNode *n)
{
  gint32 axis, sizes[TFC_MAX_NODE_INPUTS];
  return ints (l, n, 1, sizes, (gint)n->n_out) && ints (l, n, 2, &axis, 1) &&
         split (l, n, n->in[0], axis, sizes);
}

gboolean
tfc_tfl_tile (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  gint32 times[TFC_MAX_RANK];
  gint count = tfc_tfl_ints (l, n, 1, times, TFC_MAX_RANK);
  if (count < 0)
    return tfc_tfl_unsupported (l, n, NOT_CONSTANT);
  return tfc_tfl_give (&c, 0, tfc_compose_tile (&c.base, n->in[0], times, (guint)count));
}

gboolean
tfc_tfl_broadcast_to (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  TfcShape to = {0};
  to.rank = tfc_tfl_ints (l, n, 1, to.dim, TFC_MAX_RANK);
  if (to.rank < 0)
    return tfc_tfl_unsupported (l, n, NOT_CONSTANT);
  return tfc_tfl_give (&c, 0, tfc_compose_broadcast (&c.base, n->in[0], &to));
}

/* Options: axis, how many leading axes both have. */
gboolean
tfc_tfl_gather (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  TfcTensor t = tfc_graph_v (l->graph, n->in[1])->tensor;
  gsize count = tfc_tensor_count (&t);
  gboolean done;
  if (!t.data || (t.type != TFC_TYPE_I32 && t.type != TFC_TYPE_I64) ||
      tfc_fb_i32 (&l->fb, n->options, 1, 0))
    return tfc_tfl_unsupported (l, n, "its indices are not constant, or in batches");
  if (!tfc_tfl_work (l, count))
    return FALSE;
  gint32 *index = g_try_new (gint32, count + 1);
  if (!index) {
    tfc_graph_fail (l->graph, g_error_new (TFC_ERROR, TFC_ERROR_MEMORY, "%s: no memory for indices",
                                           l->name));
    return FALSE;
  }
  tfc_tfl_ints (l, n, 1, index, (gint)count);
  done = tfc_tfl_give (&c, 0,
                       tfc_compose_gather (&c.base, n->in[0], tfc_fb_i32 (&l->fb, n->options, 0, 0),
                                           index, &t.shape));
  g_free (index);
  return done;
}

gboolean
tfc_tfl_reverse (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  gint32 axes[TFC_MAX_AXES];
  gint count = tfc_tfl_ints (l, n, 1, axes, TFC_MAX_AXES);
  if (count < 0)
    return tfc_tfl_unsupported (l, n, NOT_CONSTANT);
  return tfc_tfl_give (&c, 0, tfc_compose_reverse (&c.base, n->in[0], axes, (guint)count));
}

gboolean
tfc_tfl_mirror_pad (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  gint32 v[2 * TFC_MAX_AXES], before[TFC_MAX_AXES], after[TFC_MAX_AXES];
  gint rank = tfc_tfl_shape (l, n->in[0])->rank;
  if (!ints (l, n, 1, v, 2 * rank))
    return FALSE;
  for (gint i = 0; i < rank; i++) {
    before[i] = v[2 * i];
    after[i] = v[2 * i + 1];
  }
  gboolean edge = tfc_fb_i8 (&l->fb, n->options, 0, 0) != 0;
  return tfc_tfl_give (&c, 0, tfc_compose_mirror_pad (&c.base, n->in[0], before, after, edge));
}

gboolean
tfc_tfl_space_to_depth (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  gint32 block = tfc_fb_i32 (&l->fb, n->options, 0, 0);
  return tfc_tfl_give (&c, 0, tfc_compose_space_to_depth (&c.base, n->in[0], block));
}

static gboolean
blocks (TfcTfl *l, TfcTflNode *n,
        guint (*compose) (TfcCompose *c, guint x, const gint32 *block, const gint32 *pads, guint n))
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  gint32 block[TFC_MAX_AXES], pads[2 * TFC_MAX_AXES];
  gint count = tfc_tfl_ints (l, n, 1, block, TFC_MAX_AXES);
  if (count < 1)
    return tfc_tfl_unsupported (l, n, NOT_CONSTANT);
  return ints (l, n, 2, pads, 2 * count) &&
         tfc_tfl_give (&c, 0, compose (&c.base, n->in[0], block, pads, (guint)count));
}

gboolean
tfc_tfl_space_to_batch (TfcTfl *l, TfcTflNode *n)
{
  return blocks (l, n, tfc_compose_space_to_batch);
}

gboolean
tfc_tfl_batch_to_space (TfcTfl *l, TfcTflNode *n)
{
  return blocks (l, n, tfc_compose_batch_to_space);
}

gboolean
tfc_tfl_add_n (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  guint sum = n->in[0];
  for (guint k = 1; k < n->n_in; k++)
    sum = tfc_compose_binary (&c.base, TFC_OP_ADD, sum, n->in[k]);
  return tfc_tfl_give (&c, 0, sum);
}

/* As real numbers, whatever the tensors are quantised to. */
static guint
real (TfcTflCompose *c, guint id)
{
  const TfcTensor *t = &tfc_graph_v (c->l->graph, id)->tensor;
  TfcTensor desc = {.type = TFC_TYPE_F32, .shape = {.rank = -1}};
  TfcParams params = tfc_params (TFC_OP_CONVERT);
  if (t->type == TFC_TYPE_F32 || !t->quant.scale)
    return id;
  return c->base.emit (&c->base, TFC_OP_CONVERT, &params, &id, 1, &desc);
}

gboolean
tfc_tfl_l2_normalise (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  TfcShape one = tfc_shape (1, 1);
  guint least;
  gfloat *to = tfc_tfl_constant (l, n, TFC_TYPE_F32, &one, &least);
  if (tfc_fb_i8 (&l->fb, n->options, 0, 0))
    return tfc_tfl_unsupported (l, n, "its fused activation is not supported");
  if (!to)
    return FALSE;
  *to = 1e-6f;
  return tfc_tfl_give (&c, 0, tfc_compose_l2_normalise (&c.base, real (&c, n->in[0]), least));
}

/* x - log (sum of exp (x)), by way of SOFTMAX. */
gboolean
tfc_tfl_log_softmax (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  guint x = tfc_compose_unary (&c.base, TFC_OP_SOFTMAX, real (&c, n->in[0]));
  return tfc_tfl_give (&c, 0, tfc_compose_unary (&c.base, TFC_OP_LOG, x));
}

/* Inputs: the mask, what is taken where it is set, and where not. SELECT's mask may be one number a
 * row, which numpy would not broadcast. */
gboolean
tfc_tfl_select (TfcTfl *l, TfcTflNode *n)
{
  const TfcShape *mask = tfc_tfl_shape (l, n->in[0]), *a = tfc_tfl_shape (l, n->in[1]);
  guint in[] = {n->in[1], n->in[2], n->in[0]};
  if (mask->rank == 1 && a->rank > 1 && mask->dim[0] != 1 && mask->dim[0] != a->dim[a->rank - 1])
    return tfc_tfl_unsupported (l, n, "its mask has one number a row");
  memcpy (n->in, in, sizeof in);
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_not (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  TfcShape one = tfc_shape (0);
  guint no;
  return tfc_tfl_constant (l, n, TFC_TYPE_BOOL, &one, &no) &&
         tfc_tfl_give (&c, 0, tfc_compose_binary (&c.base, TFC_OP_EQUAL, n->in[0], no));
}
