/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/reader.h"

#include <math.h>
#include <string.h>

#include "inference/arithmetic/half.h"

#define LARGE 4096 /* bytes: smaller ones are no reason to keep a file mapped */

/* The weight's bytes as they stand in the shards; copied together into *own where a border runs
 * through them. NULL if there is no memory. */
static const guint8 *
raw_bytes (const TfjsLoad *l, const TfjsWeight *w, guint8 **own)
{
  gsize size = w->count * tfc_type_size (w->stored), done = 0;
  *own = NULL;
  for (guint i = 0; i < l->shards->len && done < size; i++) {
    const TfjsShard *s = &g_array_index (l->shards, TfjsShard, i);
    gsize length = g_bytes_get_size (s->bytes), at = w->offset + done;
    const guint8 *bytes = g_bytes_get_data (s->bytes, NULL);
    if (s->group != w->group || at < s->offset || at - s->offset >= length)
      continue;
    gsize n = MIN (size - done, length - (at - s->offset));
    if (n == size)
      return bytes + (at - s->offset);
    if (!*own && !(*own = g_try_malloc (size)))
      return NULL;
    memcpy (*own + done, bytes + (at - s->offset), n);
    done += n;
  }
  return *own ? *own : (const guint8 *)"";
}

/* n elements from element at on, as the network sees them. */
static void
convert (const TfjsWeight *w, const guint8 *raw, gsize at, gsize n, void *to)
{
  gsize size = tfc_type_size (w->stored);
  raw += at * size;
  if (!w->scaled && w->stored == w->type) {
    memcpy (to, raw, n * size);
    return;
  }
  for (gsize i = 0; i < n; i++) {
    guint16 word = raw[i * size];
    if (size == 2)
      memcpy (&word, raw + i * 2, 2);
    gdouble v = w->stored == TFC_TYPE_F16 ? tfc_half_to_float (word) : word;
    if (w->scaled)
      v = v * w->scale + w->min;
    if (w->type == TFC_TYPE_F32)
      ((gfloat *)to)[i] = (gfloat)v;
    else
      ((gint32 *)to)[i] = (gint32)CLAMP (floor (v + 0.5), G_MININT32, G_MAXINT32);
  }
}

static TfcShape
turned_shape (const TfcShape *shape)
{
  TfcShape s = {.rank = shape->rank};
  for (gint i = 0; i < s.rank; i++)
    s.dim[i] = shape->dim[(i + s.rank - 1) % s.rank];
  return s;
}

/* The network takes the bytes as they are written: no copy, where it would be a large one. */
static gboolean
stays (const TfjsWeight *w, const guint8 *raw, gsize size)
{
  return !w->scaled && w->stored == w->type && size >= LARGE &&
         GPOINTER_TO_SIZE (raw) % tfc_type_size (w->type) == 0;
}

static const void *
copy (TfjsLoad *l, const TfjsWeight *w, const guint8 *raw, gsize size)
{
  GBytes *to;
  if (size > l->b.bytes) {
    tfc_builder_fail (&l->b, TFC_ERROR_UNSUPPORTED, "weight %s has no use here", w->name);
    return NULL;
  }
  l->b.bytes -= size;
  to = raw ? tfc_graph_alloc_bytes (l->b.graph, size) : NULL;
  if (!to) {
    tfc_builder_fail (&l->b, TFC_ERROR_MEMORY, "no memory for weight %s", w->name);
    return NULL;
  }
  convert (w, raw, 0, w->count, (void *)g_bytes_get_data (to, NULL));
  tfc_graph_keep (l->b.graph, to);
  g_ptr_array_add (l->converted, to);
  return g_bytes_get_data (to, NULL);
}

static const void *
find_bytes (TfjsLoad *l, const TfjsWeight *w)
{
  const gsize size = w->count * tfc_type_size (w->type);
  guint8 *own = NULL;
  const guint8 *raw = raw_bytes (l, w, &own);
  const void *bytes = raw && !own && stays (w, raw, size) ? raw : copy (l, w, raw, size);
  g_free (own);
  return bytes;
}

guint
tfjs_weight (TfjsLoad *l, guint index, TfjsLayout layout)
{
  TfjsWeight *w = &g_array_index (l->weights, TfjsWeight, index);
  TfcTensor desc = {.type = w->type, .shape = w->shape};
  if (w->id[layout] != TFC_NONE)
    return w->id[layout];
  if (!w->usable || (layout == TFJS_TURNED && w->type != TFC_TYPE_F32)) {
    tfc_builder_fail (&l->b, TFC_ERROR_UNSUPPORTED, "weight %s has no use here", w->name);
    return TFC_NONE;
  }
  if (!w->data && !(w->data = find_bytes (l, w)))
    return TFC_NONE;
  desc.data = (void *)w->data;
  if (layout == TFJS_TURNED) {
    desc.shape = turned_shape (&w->shape);
    desc.turned = TRUE;
  }
  w->id[layout] = tfc_graph_value (l->b.graph, w->name, &desc);
  return w->id[layout];
}
