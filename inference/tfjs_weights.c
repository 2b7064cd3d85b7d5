/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tfjs.h"

#include <math.h>
#include <string.h>

#include "reference/half.h"

#define TILE 16

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

/* rows x columns to columns x rows, through small tiles that stay in the cache. */
static void
turn (const TfjsWeight *w, const guint8 *raw, guint32 *to)
{
  gsize columns = (gsize)w->shape.dim[w->shape.rank - 1], rows = w->count / columns;
  guint32 tile[TILE][TILE];
  for (gsize r = 0; r < rows; r += TILE) {
    gsize nr = MIN (TILE, rows - r);
    for (gsize c = 0; c < columns; c += TILE) {
      gsize nc = MIN (TILE, columns - c);
      for (gsize i = 0; i < nr; i++)
        convert (w, raw, (r + i) * columns + c, nc, tile[i]);
      for (gsize j = 0; j < nc; j++) {
        for (gsize i = 0; i < nr; i++)
          to[(c + j) * rows + r + i] = tile[i][j];
      }
    }
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

guint
tfjs_weight (TfjsLoad *l, guint index, TfjsLayout layout)
{
  TfjsWeight *w = &g_array_index (l->weights, TfjsWeight, index);
  TfcTensor desc = {.type = w->type, .shape = w->shape};
  gsize size = w->count * tfc_type_size (w->type);
  guint8 *own = NULL;
  const guint8 *raw;
  if (w->id[layout] != TFC_NONE)
    return w->id[layout];
  if (!w->usable || size > l->budget) {
    tfjs_fail (l, TFC_ERROR_UNSUPPORTED, "weight %s has no use here", w->name);
    return TFC_NONE;
  }
  l->budget -= size;
  raw = raw_bytes (l, w, &own);
  desc.data = raw ? tfc_graph_alloc (l->graph, size) : NULL;
  if (!desc.data) {
    g_free (own);
    tfjs_fail (l, TFC_ERROR_MEMORY, "no memory for weight %s", w->name);
    return TFC_NONE;
  }
  if (layout == TFJS_TURNED && w->count) {
    turn (w, raw, desc.data);
    desc.shape = turned_shape (&w->shape);
  } else {
    convert (w, raw, 0, w->count, desc.data);
  }
  g_free (own);
  w->id[layout] = tfc_graph_value (l->graph, w->name, &desc);
  return w->id[layout];
}
