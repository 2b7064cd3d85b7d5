/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/loop_frames.h"

#include <string.h>

typedef struct {
  gchar *name;
  guint parent;
} Frame;

typedef struct {
  TfjsFrames *f;
  TfjsLoad *l;
  guint8 *needed;
  guint *waits;     /* inputs that are not placed yet */
  GArray **readers; /* by node: who takes it; NULL if nobody */
  GArray *ready;
} Place;

static gboolean
back_edge (const TfjsLoad *l, const TfjsNode *to, guint from)
{
  return tfjs_is (to, tfjs_merge, 0) && tfjs_is (&l->nodes[from], tfjs_identity, TFJS_ID_NEXT);
}

static gboolean
check_node (TfjsLoad *l, const TfjsNode *n)
{
  if (!n->kind)
    return tfc_builder_fail (&l->b, TFC_ERROR_UNSUPPORTED, "op %s of node %s is not supported",
                             n->op, n->name);
  if (n->n_in < n->kind->min_in || n->n_in > n->kind->max_in)
    return tfc_builder_fail (&l->b, TFC_ERROR_FORMAT, "%s node %s has %u inputs", n->op, n->name,
                             n->n_in);
  return TRUE;
}

/* Everything that the outputs need, and who waits for whom. */
static gboolean
mark (Place *p)
{
  GArray *open = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean ok = TRUE;
  for (guint i = 0; i < p->l->outputs->len; i++) {
    guint node = g_array_index (p->l->outputs, TfjsEdge, i).node;
    if (!p->needed[node])
      g_array_append_val (open, node);
    p->needed[node] = 1;
  }
  while (ok && open->len) {
    guint i = g_array_index (open, guint, open->len - 1);
    const TfjsNode *n = &p->l->nodes[i];
    g_array_set_size (open, open->len - 1);
    ok = check_node (p->l, n);
    for (guint k = 0; ok && k < n->n_in; k++) {
      guint from = n->in[k].node;
      if (!p->needed[from])
        g_array_append_val (open, from);
      p->needed[from] = 1;
      if (back_edge (p->l, n, from))
        continue;
      if (!p->readers[from])
        p->readers[from] = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (p->readers[from], i);
      p->waits[i]++;
    }
    if (ok && p->waits[i] == 0)
      g_array_append_val (p->ready, i);
  }
  g_array_unref (open);
  return ok;
}

static gboolean
inside (const TfjsFrames *f, guint frame, guint around)
{
  while (frame != around && frame)
    frame = g_array_index (f->frames, Frame, frame).parent;
  return frame == around;
}

static gboolean
enter_frame (Place *p, TfjsNode *n, guint outer)
{
  GArray *frames = p->f->frames;
  GArray *out = g_array_new (FALSE, FALSE, sizeof (TfjsValue));
  TfjsCall c = {p->l, &p->l->b, n, NULL, 0, out};
  Frame new = {tfjs_attr_string (&c, "frame_name"), outer};
  guint i = 1;
  g_array_unref (out);
  while (i < frames->len && (g_array_index (frames, Frame, i).parent != outer ||
                             g_strcmp0 (g_array_index (frames, Frame, i).name, new.name)))
    i++;
  n->frame = i;
  if (i < frames->len) {
    g_free (new.name);
    return TRUE;
  }
  g_array_append_val (frames, new);
  if (i > TFJS_MAX_FRAMES) /* the first stands outside all loops */
    return tfc_builder_fail (&p->l->b, TFC_ERROR_UNSUPPORTED, "more than %d loops",
                             TFJS_MAX_FRAMES);
  return tfc_builder_ok (&p->l->b);
}

static gboolean
place (Place *p, TfjsNode *n)
{
  guint frame = 0;
  for (guint k = 0; k < n->n_in; k++) {
    guint in = p->l->nodes[n->in[k].node].frame;
    if (back_edge (p->l, n, n->in[k].node))
      continue;
    if (inside (p->f, in, frame))
      frame = in;
    else if (!inside (p->f, frame, in))
      return tfc_builder_fail (&p->l->b, TFC_ERROR_FORMAT, "node %s mixes two loops", n->name);
  }
  if (tfjs_is (n, tfjs_identity, TFJS_ID_ENTER))
    return enter_frame (p, n, frame);
  if (tfjs_is (n, tfjs_identity, TFJS_ID_EXIT)) {
    if (!frame)
      return tfc_builder_fail (&p->l->b, TFC_ERROR_FORMAT,
                               "node %s leaves a loop that it is not in", n->name);
    frame = g_array_index (p->f->frames, Frame, frame).parent;
  }
  n->frame = frame;
  return TRUE;
}

static gboolean
place_all (Place *p)
{
  for (guint done = 0; done < p->ready->len; done++) {
    guint i = g_array_index (p->ready, guint, done);
    if (!place (p, &p->l->nodes[i]))
      return FALSE;
    for (guint k = 0; p->readers[i] && k < p->readers[i]->len; k++) {
      guint reader = g_array_index (p->readers[i], guint, k);
      if (--p->waits[reader] == 0)
        g_array_append_val (p->ready, reader);
    }
  }
  for (guint i = 0; i < p->l->n_nodes; i++) {
    if (p->needed[i] && p->waits[i])
      return tfc_builder_fail (&p->l->b, TFC_ERROR_FORMAT, "node %s depends on itself",
                               p->l->nodes[i].name);
  }
  /* What a loop hands on must come from it. */
  for (guint i = 0; i < p->l->n_nodes; i++) {
    const TfjsNode *n = &p->l->nodes[i];
    for (guint k = 0; p->needed[i] && k < n->n_in; k++) {
      if (back_edge (p->l, n, n->in[k].node) &&
          (n->frame == 0 || p->l->nodes[n->in[k].node].frame != n->frame))
        return tfc_builder_fail (&p->l->b, TFC_ERROR_FORMAT, "node %s closes another loop",
                                 n->name);
    }
  }
  return TRUE;
}

static guint
scope_hash (gconstpointer data)
{
  const TfjsScope *s = data;
  return (s->parent * 31 + s->frame) * 4099 + s->turn;
}

static gboolean
scope_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (TfjsScope)) == 0;
}

static void
frame_clear (gpointer frame)
{
  g_free (((Frame *)frame)->name);
}

gboolean
tfjs_frames_init (TfjsFrames *f, TfjsLoad *l)
{
  Place p = {f, l};
  Frame outside = {NULL, 0};
  TfjsScope root = {0, 0, 0};
  gboolean ok;
  f->frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  g_array_set_clear_func (f->frames, frame_clear);
  g_array_append_val (f->frames, outside);
  f->scopes = g_array_new (FALSE, FALSE, sizeof (TfjsScope));
  g_array_append_val (f->scopes, root);
  f->begun = g_hash_table_new_full (scope_hash, scope_equal, g_free, NULL);
  p.needed = g_new0 (guint8, l->n_nodes);
  p.waits = g_new0 (guint, l->n_nodes);
  p.readers = g_new0 (GArray *, l->n_nodes);
  p.ready = g_array_new (FALSE, FALSE, sizeof (guint));
  ok = mark (&p) && place_all (&p);
  for (guint i = 0; i < l->n_nodes; i++)
    g_clear_pointer (&p.readers[i], g_array_unref);
  g_free (p.needed);
  g_free (p.waits);
  g_free (p.readers);
  g_array_unref (p.ready);
  return ok;
}

void
tfjs_frames_finish (TfjsFrames *f)
{
  g_array_unref (f->frames);
  g_array_unref (f->scopes);
  g_hash_table_unref (f->begun);
}

const TfjsScope *
tfjs_scope (const TfjsFrames *f, guint scope)
{
  return &g_array_index (f->scopes, TfjsScope, scope);
}

guint
tfjs_scope_enter (TfjsFrames *f, guint parent, guint frame, guint turn)
{
  TfjsScope s = {parent, frame, turn};
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (f->begun, &s));
  if (found)
    return found - 1;
  if (f->scopes->len >= TFJS_MAX_SCOPES)
    return TFC_NONE;
  g_array_append_val (f->scopes, s);
  g_hash_table_insert (f->begun, g_memdup2 (&s, sizeof s), GUINT_TO_POINTER (f->scopes->len));
  return f->scopes->len - 1;
}

guint
tfjs_scope_outward (const TfjsFrames *f, guint scope, guint frame)
{
  while (tfjs_scope (f, scope)->frame != frame) {
    if (scope == 0)
      return TFC_NONE;
    scope = tfjs_scope (f, scope)->parent;
  }
  return scope;
}

guint
tfjs_scope_first (TfjsFrames *f, guint frame)
{
  guint around[TFJS_MAX_FRAMES + 1], n = 0, scope = 0;

  for (; frame && n < G_N_ELEMENTS (around); n++) {
    around[n] = frame;
    frame = g_array_index (f->frames, Frame, frame).parent;
  }
  while (n-- > 0 && scope != TFC_NONE)
    scope = tfjs_scope_enter (f, scope, around[n], 0);
  return scope;
}
