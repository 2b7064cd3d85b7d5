/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/classification/knn_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "inference/error.h"

#define FIRST_USE ((gint64)1 << 32) /* the order of labels that are no whole numbers begins here \
                                     */

static void
free_class (gpointer data)
{
  TfcKnnClass *c = data;

  g_free (c->label);
  g_array_unref (c->values);
  g_free (c);
}

TfcKnn *
tfc_knn_new (void)
{
  TfcKnn *knn = g_new0 (TfcKnn, 1);

  knn->classes = g_ptr_array_new_with_free_func (free_class);
  knn->labels = g_ptr_array_new_with_free_func (g_free);
  knn->next_order = FIRST_USE;
  return knn;
}

void
tfc_knn_free (TfcKnn *knn)
{
  if (!knn)
    return;
  g_ptr_array_unref (knn->classes);
  g_ptr_array_unref (knn->labels);
  g_free (knn->query);
  g_free (knn->neighbours);
  g_free (knn);
}

/* Room for answering without allocating. */
static void
make_room (TfcKnn *knn)
{
  if (knn->n_examples <= knn->room)
    return;
  knn->room = MAX (2 * knn->room, MAX (knn->n_examples, 16));
  knn->neighbours = g_renew (TfcKnnNeighbour, knn->neighbours, knn->room);
  knn->query = g_renew (gfloat, knn->query, knn->size);
}

static gpointer
copy_text (gconstpointer text, gpointer data)
{
  return g_strdup (text);
}

static gpointer
copy_class (gconstpointer data, gpointer user_data)
{
  const TfcKnnClass *from = data;
  TfcKnnClass *to = g_memdup2 (from, sizeof *from);

  to->label = g_strdup (from->label);
  to->values = g_array_copy (from->values);
  return to;
}

TfcKnn *
tfc_knn_copy (const TfcKnn *from)
{
  TfcKnn *knn = g_new0 (TfcKnn, 1);

  knn->size = from->size;
  knn->n_examples = from->n_examples;
  knn->next_order = from->next_order;
  knn->classes = g_ptr_array_copy (from->classes, copy_class, NULL);
  knn->labels = g_ptr_array_copy (from->labels, copy_text, NULL);
  g_ptr_array_set_free_func (knn->classes, free_class);
  g_ptr_array_set_free_func (knn->labels, g_free);
  make_room (knn);
  return knn;
}

/* ---- classes ---- */

static TfcKnnClass *
find_class (const TfcKnn *knn, const gchar *label, guint *index)
{
  for (guint i = 0; i < knn->classes->len; i++) {
    TfcKnnClass *c = g_ptr_array_index (knn->classes, i);
    if (strcmp (c->label, label))
      continue;
    if (index)
      *index = i;
    return c;
  }
  return NULL;
}

/* What JavaScript takes as an index: digits without a leading zero, below 2^32 - 1. -1: it is none.
 */
static gint64
whole_number (const gchar *label)
{
  const gsize n = strlen (label);

  if (n < 1 || n > 10 || strspn (label, "0123456789") != n || (n > 1 && label[0] == '0'))
    return -1;
  const guint64 value = g_ascii_strtoull (label, NULL, 10);
  return value < G_MAXUINT32 ? (gint64)value : -1;
}

static gint
number_of (TfcKnn *knn, const gchar *label)
{
  for (guint i = 0; i < knn->labels->len; i++)
    if (!strcmp (g_ptr_array_index (knn->labels, i), label))
      return (gint)i;
  g_ptr_array_add (knn->labels, g_strdup (label));
  return (gint)knn->labels->len - 1;
}

static TfcKnnClass *
add_class (TfcKnn *knn, const gchar *label)
{
  TfcKnnClass *c = g_new0 (TfcKnnClass, 1);
  const gint64 whole = whole_number (label);
  guint at = 0;

  c->label = g_strdup (label);
  c->values = g_array_new (FALSE, FALSE, sizeof (gfloat));
  c->number = number_of (knn, label);
  c->order = whole >= 0 ? whole : knn->next_order++;
  while (at < knn->classes->len &&
         ((TfcKnnClass *)g_ptr_array_index (knn->classes, at))->order < c->order)
    at++;
  g_ptr_array_insert (knn->classes, (gint)at, c);
  return c;
}

static gboolean
refuse (GError **error, const gchar *why)
{
  g_set_error_literal (error, TFC_ERROR, TFC_ERROR_SETTINGS, why);
  return FALSE;
}

static gboolean
check (const TfcKnn *knn, const gchar *label, guint n, guint size, GError **error)
{
  const gsize length = strlen (label);
  const guint64 examples = (guint64)knn->n_examples + n;

  if (!length || length >= TFC_KNN_MAX_LABEL || !g_utf8_validate (label, (gssize)length, NULL))
    return refuse (error, "a label has 1 to 255 bytes of UTF-8");
  if (knn->n_examples && knn->size != size) {
    g_set_error (
        error, TFC_ERROR, TFC_ERROR_SETTINGS,
        "an example of %u numbers does not go with those of %u that are there: they are of "
        "another network",
        size, knn->size);
    return FALSE;
  }
  if (examples > TFC_KNN_MAX_EXAMPLES || examples * size > TFC_KNN_MAX_VALUES)
    return refuse (error, "there are too many examples: forget some");
  if (!find_class (knn, label, NULL) && knn->labels->len >= TFC_KNN_MAX_CLASSES)
    return refuse (error, "there are too many classes");
  return TRUE;
}

gboolean
tfc_knn_add_rows (TfcKnn *knn, const gchar *label, const gfloat *rows, guint n, guint size,
                  GError **error)
{
  TfcKnnClass *c;

  if (!check (knn, label, n, size, error))
    return FALSE;
  if (knn->size != size)
    knn->room = 0;
  knn->size = size;
  c = find_class (knn, label, NULL);
  if (!c)
    c = add_class (knn, label);
  g_array_append_vals (c->values, rows, n * size);
  knn->n_examples += n;
  make_room (knn);
  return TRUE;
}

static gfloat
norm (const gfloat *vector, guint size)
{
  gdouble sum = 0;

  for (guint i = 0; i < size; i++)
    sum += (gdouble)vector[i] * vector[i];
  return (gfloat)sqrt (sum);
}

gboolean
tfc_knn_add (TfcKnn *knn, const gchar *label, const gfloat *vector, guint size, GError **error)
{
  const gfloat length = norm (vector, size);
  gfloat *unit = g_new (gfloat, size);

  for (guint i = 0; i < size; i++)
    unit[i] = vector[i] / length;
  const gboolean ok = tfc_knn_add_rows (knn, label, unit, 1, size, error);
  g_free (unit);
  return ok;
}

gboolean
tfc_knn_forget (TfcKnn *knn, const gchar *label)
{
  guint index;
  const TfcKnnClass *c = find_class (knn, label, &index);

  if (!c)
    return FALSE;
  knn->n_examples -= knn->size ? c->values->len / knn->size : 0;
  g_ptr_array_remove_index (knn->classes, index);
  return TRUE;
}

void
tfc_knn_clear (TfcKnn *knn)
{
  g_ptr_array_set_size (knn->classes, 0);
  knn->n_examples = 0;
}

guint
tfc_knn_n_examples (const TfcKnn *knn)
{
  return knn->n_examples;
}

guint
tfc_knn_size (const TfcKnn *knn)
{
  return knn->n_examples ? knn->size : 0;
}

const gchar *
tfc_knn_label (const TfcKnn *knn, gint class_id)
{
  return class_id >= 0 && (guint)class_id < knn->labels->len
             ? g_ptr_array_index (knn->labels, class_id)
             : NULL;
}

/* ---- a query ---- */

static gint
by_similarity (gconstpointer a, gconstpointer b)
{
  const TfcKnnNeighbour *m = a, *n = b;

  if (m->similarity != n->similarity)
    return m->similarity > n->similarity ? -1 : 1;
  return m->example < n->example ? -1 : 1;
}

static gfloat
similarity (const gfloat *example, const gfloat *query, guint size)
{
  gdouble sum = 0;

  for (guint i = 0; i < size; i++)
    sum += (gdouble)example[i] * query[i];
  return isnan (sum) ? -INFINITY : (gfloat)sum;
}

/* All examples, the most similar first. */
static void
find_neighbours (TfcKnn *knn)
{
  guint n = 0;

  for (guint i = 0; i < knn->classes->len; i++) {
    TfcKnnClass *c = g_ptr_array_index (knn->classes, i);
    c->votes = 0;
    for (guint at = 0; at + knn->size <= c->values->len; at += knn->size, n++)
      knn->neighbours[n] = (TfcKnnNeighbour){
          similarity (&g_array_index (c->values, gfloat, at), knn->query, knn->size), n, i};
  }
  qsort (knn->neighbours, n, sizeof *knn->neighbours, by_similarity);
}

/* The first class from index *from on with *votes votes, else the next with fewer; NULL: no more.
 * Goes on behind it. */
static const TfcKnnClass *
next_class (const TfcKnn *knn, guint *votes, guint *from)
{
  for (;; (*votes)--, *from = 0) {
    for (guint i = *from; i < knn->classes->len; i++) {
      const TfcKnnClass *c = g_ptr_array_index (knn->classes, i);
      if (c->votes != *votes)
        continue;
      *from = i + 1;
      return c;
    }
    if (*votes == 0)
      return NULL;
  }
}

guint
tfc_knn_predict (TfcKnn *knn, const gfloat *query, guint k, TfcClass *out, guint max)
{
  guint n = 0, votes, from = 0;
  gfloat length;

  k = MIN (k, knn->n_examples);
  if (!k)
    return 0;
  length = norm (query, knn->size);
  for (guint i = 0; i < knn->size; i++)
    knn->query[i] = query[i] / length;
  find_neighbours (knn);
  for (guint i = 0; i < k; i++)
    ((TfcKnnClass *)g_ptr_array_index (knn->classes, knn->neighbours[i].class_index))->votes++;
  votes = k;
  while (n < max) {
    const TfcKnnClass *c = next_class (knn, &votes, &from);
    if (!c)
      break;
    out[n++] = (TfcClass){c->number, (gfloat)c->votes / (gfloat)k, 0};
  }
  return n;
}
