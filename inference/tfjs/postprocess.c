/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A box coder is recognised by what it computes, not by how it is written: everything between some
 * [.., n, 4] and the output only moves, adds, multiplies and exponentiates; from encodings of zero
 * it gives anchors, from others what those anchors and four scales give. */
#include "inference/tfjs/reader.h"

#include <math.h>
#include <string.h>

#include "inference/backend.h"
#include "inference/graph/graph.h"

#define MAX_BOXES 65536
#define MAX_REGION 128
#define MAX_LISTS \
  64 /* numbers in all values of a region, in lists of boxes: trying it takes that memory */

/* Nodes from the boxes back to the encodings. */
typedef struct {
  TfcGraph *g;
  guint encodings, boxes;
  guint nodes[MAX_REGION], n;
  gsize n_boxes;
  gfloat *t, *y; /* [n_boxes][4] what goes in and what came out */
} Region;

typedef struct {
  gdouble y, x, h, w;
} Scales;

static gboolean
allowed (TfcOp op)
{
  return op == TFC_OP_RESHAPE || op == TFC_OP_TRANSPOSE || op == TFC_OP_SLICE ||
         op == TFC_OP_CONCAT || op == TFC_OP_ADD || op == TFC_OP_SUB || op == TFC_OP_MUL ||
         op == TFC_OP_DIV || op == TFC_OP_EXP;
}

static const TfcTensor *
tensor (const TfcGraph *g, guint v)
{
  return &tfc_graph_v (g, v)->tensor;
}

static gboolean
boxlike (const TfcTensor *t, gsize n)
{
  return t->type == TFC_TYPE_F32 && t->shape.rank >= 2 && t->shape.dim[t->shape.rank - 1] == 4 &&
         tfc_tensor_count (t) == 4 * n;
}

/* Values that are needed and not yet explained. */
static void
need (GArray *open, guint v)
{
  for (guint i = 0; i < open->len; i++) {
    if (g_array_index (open, guint, i) == v)
      return;
  }
  g_array_append_val (open, v);
}

static gboolean
explained (GArray *open, guint v)
{
  for (guint i = 0; i < open->len; i++) {
    if (g_array_index (open, guint, i) == v) {
      g_array_remove_index_fast (open, i);
      return TRUE;
    }
  }
  return FALSE;
}

/* The farthest [.., n, 4] through which everything goes that the boxes are made of. */
static gboolean
find_region (Region *r)
{
  GArray *open = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize room = MAX_LISTS * 4 * r->n_boxes;
  guint n = 0;
  gboolean curved = FALSE;
  need (open, r->boxes);
  for (guint i = r->g->nodes->len; i-- > 0 && n < MAX_REGION && open->len < MAX_REGION;) {
    const TfcNode *node = tfc_graph_n (r->g, i);
    if (!explained (open, node->out[0]))
      continue;
    const gsize count = tfc_tensor_count (tensor (r->g, node->out[0]));
    if (!allowed (node->op) || count > room)
      break;
    room -= count;
    r->nodes[n++] = i;
    curved = curved || node->op == TFC_OP_EXP;
    for (guint k = 0; k < node->n_in; k++) {
      if (!tensor (r->g, node->in[k])->data)
        need (open, node->in[k]);
    }
    if (open->len == 1 && curved &&
        boxlike (tensor (r->g, g_array_index (open, guint, 0)), r->n_boxes)) {
      r->encodings = g_array_index (open, guint, 0);
      r->n = n;
    }
  }
  g_array_unref (open);
  return r->n > 0;
}

static gpointer
room_for (TfcGraph *g, const TfcTensor *t)
{
  gpointer at = g_try_malloc0 (tfc_tensor_bytes (t) + TFC_TAIL_BYTES);
  if (!at) /* that it is none would be said of a box coder that cannot be tried */
    tfc_graph_fail (g, g_error_new (TFC_ERROR, TFC_ERROR_MEMORY, "no memory to try the box coder"));
  return at;
}

/* y from t. */
static gboolean
run_region (Region *r)
{
  guint n_values = r->g->values->len;
  void **data = g_new0 (void *, n_values);
  gboolean ok = TRUE;
  data[r->encodings] = r->t;
  for (guint i = r->n; ok && i-- > 0;) {
    const TfcNode *node = tfc_graph_n (r->g, r->nodes[i]);
    TfcTensor in[TFC_MAX_NODE_INPUTS], out = *tensor (r->g, node->out[0]), *outs[] = {&out};
    const TfcTensor *ins[TFC_MAX_NODE_INPUTS];
    for (guint k = 0; k < node->n_in; k++) {
      in[k] = *tensor (r->g, node->in[k]);
      if (!in[k].data)
        in[k].data = data[node->in[k]];
      ins[k] = &in[k];
    }
    data[node->out[0]] = out.data = room_for (r->g, &out);
    ok = out.data && tfc_reference_run_node (node, ins, outs, NULL);
  }
  if (ok)
    memcpy (r->y, data[r->boxes], r->n_boxes * 4 * sizeof (gfloat));
  for (guint i = 0; i < r->n; i++)
    g_free (data[tfc_graph_n (r->g, r->nodes[i])->out[0]]);
  g_free (data);
  return ok;
}

static gboolean
find_anchors (Region *r, gfloat *anchors)
{
  memset (r->t, 0, r->n_boxes * 4 * sizeof (gfloat));
  if (!run_region (r))
    return FALSE;
  for (gsize i = 0; i < r->n_boxes; i++) {
    const gfloat *y = r->y + 4 * i;
    gfloat *a = anchors + 4 * i;
    a[0] = (gfloat)(((gdouble)y[0] + y[2]) / 2);
    a[1] = (gfloat)(((gdouble)y[1] + y[3]) / 2);
    a[2] = (gfloat)((gdouble)y[2] - y[0]);
    a[3] = (gfloat)((gdouble)y[3] - y[1]);
    if (!isfinite (a[0]) || !isfinite (a[1]) || !(a[2] > 0) || !(a[3] > 0) || !isfinite (a[2]) ||
        !isfinite (a[3]))
      return FALSE;
  }
  return TRUE;
}

/* A whole number where rounding made it none. */
static gdouble
plain (gdouble v)
{
  return fabs (v - rint (v)) < 1e-3 * fabs (v) ? rint (v) : v;
}

static gboolean
find_scales (Region *r, const gfloat *anchors, Scales *s)
{
  gsize best = 0;
  for (gsize i = 0; i < r->n_boxes; i++) {
    for (guint k = 0; k < 4; k++)
      r->t[4 * i + k] = 1;
    if (anchors[4 * i + 2] + anchors[4 * i + 3] > anchors[4 * best + 2] + anchors[4 * best + 3])
      best = i;
  }
  if (!run_region (r))
    return FALSE;
  const gfloat *y = r->y + 4 * best, *a = anchors + 4 * best;
  s->y = plain (a[2] / (((gdouble)y[0] + y[2]) / 2 - a[0]));
  s->x = plain (a[3] / (((gdouble)y[1] + y[3]) / 2 - a[1]));
  s->h = plain (1 / log (((gdouble)y[2] - y[0]) / a[2]));
  s->w = plain (1 / log (((gdouble)y[3] - y[1]) / a[3]));
  return isfinite (s->y) && isfinite (s->x) && isfinite (s->h) && isfinite (s->w) && s->y > 0 &&
         s->x > 0 && s->h > 0 && s->w > 0;
}

static gboolean
agrees (const gfloat *t, const gfloat *y, const gfloat *a, const Scales *s)
{
  gdouble cy = t[0] / s->y * a[2] + a[0], cx = t[1] / s->x * a[3] + a[1];
  gdouble h = exp (t[2] / s->h) * a[2] / 2, w = exp (t[3] / s->w) * a[3] / 2;
  gdouble want[] = {cy - h, cx - w, cy + h, cx + w};
  for (guint k = 0; k < 4; k++) {
    if (!(fabs (y[k] - want[k]) <= 1e-5 * MAX (1, fabs (want[k]))))
      return FALSE;
  }
  return TRUE;
}

/* On encodings that differ from box to box and axis to axis. */
static gboolean
verify (Region *r, const gfloat *anchors, const Scales *s)
{
  guint32 state = 1;
  for (gsize i = 0; i < 4 * r->n_boxes; i++) {
    state = state * 1664525u + 1013904223u;
    r->t[i] = (gfloat)(state >> 8) / (1 << 22) - 2;
  }
  if (!run_region (r))
    return FALSE;
  for (gsize i = 0; i < r->n_boxes; i++) {
    if (!agrees (r->t + 4 * i, r->y + 4 * i, anchors + 4 * i, s))
      return FALSE;
  }
  return TRUE;
}

/* What the scores are made of by a sigmoid and by dropping the background; *first: columns dropped.
 */
static guint
find_scores (const TfcGraph *g, guint v, gint *first, gboolean *logits)
{
  *first = 0;
  *logits = FALSE;
  for (guint i = g->nodes->len; i-- > 0;) {
    const TfcNode *node = tfc_graph_n (g, i);
    const TfcTensor *x = tensor (g, node->in[0]), *y = tensor (g, v);
    gint rank = y->shape.rank;
    if (node->out[0] != v)
      continue;
    if (node->op == TFC_OP_SLICE && rank > 0 && *first == 0) {
      const TfcParams *p = &node->params;
      for (gint d = 0; d < rank - 1; d++) {
        if (x->shape.dim[d] != y->shape.dim[d])
          return v;
      }
      if (p->slice.begin[rank - 1] != 1 || p->slice.stride[rank - 1] != 1 ||
          y->shape.dim[rank - 1] + 1 != x->shape.dim[rank - 1])
        return v;
      *first = 1;
    } else if (node->op == TFC_OP_SIGMOID && !*logits) {
      *logits = TRUE;
    } else {
      return v;
    }
    v = node->in[0];
  }
  return v;
}

static void
set_option (TfcPostprocess *tail, const gchar *name, gdouble value)
{
  g_hash_table_insert (tail->options, g_strdup (name), g_memdup2 (&value, sizeof value));
}

static void
set_tail (Region *r, guint scores, const gfloat *anchors, const Scales *s)
{
  TfcPostprocess *tail = g_new0 (TfcPostprocess, 1);
  TfcShape shape = tfc_shape (2, (gint)r->n_boxes, 4);
  gboolean logits;
  gint first;
  guint raw = find_scores (r->g, scores, &first, &logits);
  const TfcShape *rs = &tensor (r->g, raw)->shape;
  tail->name = g_strdup ("BoxCoder");
  tail->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  set_option (tail, "y_scale", s->y);
  set_option (tail, "x_scale", s->x);
  set_option (tail, "h_scale", s->h);
  set_option (tail, "w_scale", s->w);
  set_option (tail, "logits", logits);
  set_option (tail, "num_classes", rs->dim[rs->rank - 1] - first);
  tail->consts = g_new (guint, 1);
  tail->consts[0] = tfc_graph_const (r->g, "anchors", TFC_TYPE_F32, &shape, anchors);
  tail->n_consts = 1;
  r->g->tail = tail;
  g_array_set_size (r->g->outputs, 0);
  tfc_graph_output (r->g, r->encodings);
  tfc_graph_output (r->g, raw);
}

static gboolean
cut (TfcGraph *g, guint boxes, guint scores)
{
  const TfcTensor *t = tensor (g, boxes), *s = tensor (g, scores);
  Region r = {.g = g, .boxes = boxes, .n_boxes = tfc_tensor_count (t) / 4};
  Scales scales;
  gboolean ok;
  if (t->data || s->data || r.n_boxes < 1 || r.n_boxes > MAX_BOXES || !boxlike (t, r.n_boxes) ||
      s->shape.rank < 2 || s->type != TFC_TYPE_F32 || !find_region (&r))
    return FALSE;
  gfloat *anchors = g_new (gfloat, 4 * r.n_boxes);
  r.t = g_new0 (gfloat, 4 * r.n_boxes + TFC_TAIL_BYTES);
  r.y = g_new0 (gfloat, 4 * r.n_boxes);
  ok = find_anchors (&r, anchors) && find_scales (&r, anchors, &scales) &&
       verify (&r, anchors, &scales);
  if (ok)
    set_tail (&r, scores, anchors, &scales);
  g_free (anchors);
  g_free (r.t);
  g_free (r.y);
  return ok;
}

void
tfjs_cut_tail (TfcGraph *g)
{
  if (g->outputs->len != 2 || g->error)
    return;
  guint a = g_array_index (g->outputs, guint, 0), b = g_array_index (g->outputs, guint, 1);
  if (!cut (g, a, b))
    cut (g, b, a);
}
