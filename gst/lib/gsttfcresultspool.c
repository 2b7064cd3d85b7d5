/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcresults-private.h"

#define N_CLASSES 9
#define CLASS_BYTES(c) ((gsize)1024 << (c))
#define KEEP_BYTES (512 * 1024) /* of each class */
#define N_LARGE 8
#define LARGE_KEEP_BYTES ((gsize)64 * 1024 * 1024) /* of all that are larger */

static GMutex lock;
static struct {
  GstTfcResults *first;
  guint n;
} pool[N_CLASSES];
static struct {
  GstTfcResults *block[N_LARGE]; /* n of them, the one that waits longest first */
  guint n;
  gsize bytes;
} large;
static gint allocated;

static guint
class_of (gsize bytes)
{
  guint c = 0;

  while (c < N_CLASSES && CLASS_BYTES (c) < bytes)
    c++;
  return c;
}

static GstTfcResults *
remove_large (guint index)
{
  GstTfcResults *results = large.block[index];

  for (large.n--; index < large.n; index++)
    large.block[index] = large.block[index + 1];
  large.bytes -= results->capacity;
  return results;
}

/* One that is not much larger than needed, the last that was given back if there are several. */
static GstTfcResults *
take_large (gsize bytes)
{
  for (guint i = large.n; i-- > 0;) {
    if (large.block[i]->capacity >= bytes && large.block[i]->capacity / 2 <= bytes)
      return remove_large (i);
  }
  return NULL;
}

/* Those that wait longest make room. */
static gboolean
give_large (GstTfcResults *results)
{
  if (results->capacity > LARGE_KEEP_BYTES)
    return FALSE;
  while (large.n == N_LARGE || large.bytes + results->capacity > LARGE_KEEP_BYTES)
    g_free (remove_large (0));
  large.block[large.n++] = results;
  large.bytes += results->capacity;
  return TRUE;
}

static GstTfcResults *
take_small (guint size_class)
{
  GstTfcResults *results = pool[size_class].first;

  if (results) {
    pool[size_class].first = results->next;
    pool[size_class].n--;
  }
  return results;
}

static gboolean
give_small (GstTfcResults *results)
{
  guint c = results->size_class;

  if (pool[c].n >= KEEP_BYTES / CLASS_BYTES (c))
    return FALSE;
  results->next = pool[c].first;
  pool[c].first = results;
  pool[c].n++;
  return TRUE;
}

static GstTfcResults *
pool_take (guint size_class, gsize bytes)
{
  GstTfcResults *results;

  g_mutex_lock (&lock);
  results = size_class < N_CLASSES ? take_small (size_class) : take_large (bytes);
  g_mutex_unlock (&lock);
  return results;
}

static gboolean
pool_give (GstTfcResults *results)
{
  gboolean kept;

  g_mutex_lock (&lock);
  kept = results->size_class < N_CLASSES ? give_small (results) : give_large (results);
  g_mutex_unlock (&lock);
  return kept;
}

static GstTfcResults *
allocate (guint size_class, gsize bytes)
{
  gsize capacity = size_class < N_CLASSES ? CLASS_BYTES (size_class) : bytes;
  GstTfcResults *results = g_try_malloc (capacity);

  if (!results)
    return NULL;
  results->size_class = size_class;
  results->capacity = capacity;
  g_atomic_int_inc (&allocated);
  return results;
}

GstTfcResults *
tfc_results_new (GstTfcResultsKind kind, const gchar *model, GstClockTime pts, guint n,
                 gsize tail_bytes)
{
  gsize bytes = sizeof (GstTfcResults) + n * tfc_item_kind (kind)->size + tail_bytes;
  guint size_class = class_of (bytes);
  GstTfcResults *results = pool_take (size_class, bytes);

  if (!results)
    results = allocate (size_class, bytes);
  if (!results)
    return NULL;
  results->refs = 1;
  results->kind = kind;
  results->n = n;
  results->model = g_intern_string (model ? model : "");
  results->pts = pts;
  results->next = NULL;
  results->items = results + 1;
  return results;
}

guint
tfc_results_allocated (void)
{
  return g_atomic_int_get (&allocated);
}

void
tfc_results_free (GstTfcResults *results)
{
  if (!pool_give (results))
    g_free (results);
}
