/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Examples in files, as applications of the reference keep them: two forms of JSON. */
#include <string.h>

#include "inference/error.h"
#include "models/classification/knn_private.h"
#include "models/files/json.h"
#include "models/files/text_file.h"

#define MAX_FILE (TFC_KNN_MAX_VALUES * (gsize)32)
#define WHAT "examples file"

/* A file while it is read. */
typedef struct {
  const gchar *path;
  TfcJson json;
  TfcKnn *knn;
  guint size;
  GError **error;
} Reading;

/* A class of ml5's form; its label and its numbers stand apart. */
typedef struct {
  gchar *label;
  guint size; /* numbers of an example, as its shape says; 0: it does not */
} Described;

static gboolean fail (const Reading *r, gint code, const gchar *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (const Reading *r, gint code, const gchar *format, ...)
{
  va_list args;

  va_start (args, format);
  gchar *why = g_strdup_vprintf (format, args), *printable = tfc_printable (why);
  va_end (args);
  if (!*r->error)
    g_set_error (r->error, TFC_ERROR, code, WHAT " '%s': %s", r->path, printable);
  g_free (printable);
  g_free (why);
  return FALSE;
}

/* ---- numbers ---- */

static gboolean
add_number (Reading *r, GArray *values)
{
  gdouble value;

  if (values->len >= TFC_KNN_MAX_VALUES)
    return fail (r, TFC_ERROR_SETTINGS, "a class has more than %u numbers", TFC_KNN_MAX_VALUES);
  if (!tfc_json_number (&r->json, &value))
    return FALSE;
  const gfloat number = (gfloat)value;
  g_array_append_val (values, number);
  return TRUE;
}

/* An array, or an object whose members are "0", "1", … in this order. FALSE: wrong. */
static gboolean
read_numbers (Reading *r, GArray *values)
{
  const gchar bracket = tfc_json_peek (&r->json) == '{' ? '{' : '[';
  gchar name[16];
  gboolean first;

  if (!tfc_json_enter (&r->json, bracket, &first))
    return FALSE;
  while (tfc_json_next (&r->json, bracket, &first)) {
    if (bracket == '{' &&
        (!tfc_json_name (&r->json, name, sizeof name) || strspn (name, "0123456789") < 1 ||
         g_ascii_strtoull (name, NULL, 10) != values->len))
      return fail (r, TFC_ERROR_FORMAT, "the numbers of a tensor are not in order");
    if (!add_number (r, values))
      return FALSE;
  }
  return !r->json.wrong;
}

static gboolean
add_class (Reading *r, const gchar *label, const GArray *values)
{
  const guint n = values->len / r->size;
  GError *why = NULL;

  if (values->len % r->size)
    return fail (
        r, TFC_ERROR_SETTINGS,
        "class '%s' has %u numbers, which are no examples of %u: they are of another network",
        label, values->len, r->size);
  if (!tfc_knn_add_rows (r->knn, label, (const gfloat *)(gconstpointer)values->data, n, r->size,
                         &why)) {
    fail (r, why->code, "class '%s': %s", label, why->message);
    g_error_free (why);
    return FALSE;
  }
  return TRUE;
}

/* ---- {label: [numbers]} ---- */

static gboolean
read_class (Reading *r, const gchar *label)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (gfloat));
  const gboolean ok = read_numbers (r, values) && add_class (r, label, values);

  g_array_unref (values);
  return ok;
}

static gboolean
stands_twice (const Reading *r, const gchar *label)
{
  for (guint i = 0; i < r->knn->labels->len; i++)
    if (!strcmp (g_ptr_array_index (r->knn->labels, i), label))
      return TRUE;
  return FALSE;
}

/* ---- ml5's ---- */

static void
free_described (gpointer described)
{
  g_free (((Described *)described)->label);
  g_free (described);
}

/* [examples, numbers of each]. */
static gboolean
read_shape (Reading *r, Described *d)
{
  gdouble side = 0;
  guint n = 0;
  gboolean first;

  if (!tfc_json_enter (&r->json, '[', &first))
    return FALSE;
  while (tfc_json_next (&r->json, '[', &first) && tfc_json_number (&r->json, &side))
    n++;
  d->size = n == 2 && side >= 1 && side <= TFC_KNN_MAX_VALUES ? (guint)side : 0;
  return !r->json.wrong;
}

/* One member of what a dataset says of a class; a label may be a number. */
static gboolean
read_member (Reading *r, const gchar *name, Described *d)
{
  gchar text[TFC_KNN_MAX_LABEL];
  const gchar *at;

  if (!strcmp (name, "shape"))
    return read_shape (r, d);
  if (strcmp (name, "label"))
    return tfc_json_skip (&r->json);
  if (tfc_json_peek (&r->json) == '"') {
    if (!tfc_json_string (&r->json, text, sizeof text))
      return FALSE;
  } else {
    at = r->json.at;
    if (!tfc_json_skip (&r->json) || r->json.at - at >= (gssize)sizeof text)
      return FALSE;
    g_strlcpy (text, at, (gsize)(r->json.at - at) + 1);
  }
  g_free (d->label);
  d->label = g_strdup (text);
  return TRUE;
}

static gboolean
read_dataset (Reading *r, GPtrArray *described)
{
  gchar name[TFC_KNN_MAX_LABEL];
  gboolean first, inner;

  if (!tfc_json_enter (&r->json, '{', &first))
    return FALSE;
  while (tfc_json_next (&r->json, '{', &first)) {
    Described *d = g_new0 (Described, 1);
    g_ptr_array_add (described, d);
    if (described->len > TFC_KNN_MAX_CLASSES)
      return fail (r, TFC_ERROR_SETTINGS, "there are too many classes");
    if (!tfc_json_name (&r->json, name, sizeof name) || !tfc_json_enter (&r->json, '{', &inner))
      return FALSE;
    d->label = g_strdup (name);
    while (tfc_json_next (&r->json, '{', &inner))
      if (!tfc_json_name (&r->json, name, sizeof name) || !read_member (r, name, d))
        return FALSE;
  }
  return !r->json.wrong;
}

static gboolean
read_tensor (Reading *r, const GPtrArray *described, guint index)
{
  if (index >= described->len)
    return fail (r, TFC_ERROR_FORMAT, "there are more tensors than classes in the dataset");
  const Described *d = g_ptr_array_index (described, index);
  if (d->size && d->size != r->size)
    return fail (r, TFC_ERROR_SETTINGS,
                 "examples of %u numbers, but the network's have %u: they are of another network",
                 d->size, r->size);
  if (stands_twice (r, d->label))
    return fail (r, TFC_ERROR_FORMAT, "class '%s' stands twice", d->label);
  return read_class (r, d->label);
}

static gboolean
read_tensors (Reading *r, const GPtrArray *described)
{
  gboolean first;
  guint n = 0;

  if (!tfc_json_enter (&r->json, '[', &first))
    return FALSE;
  for (; tfc_json_next (&r->json, '[', &first); n++)
    if (tfc_json_peek (&r->json) == 'n' ? !tfc_json_skip (&r->json)
                                        : !read_tensor (r, described, n))
      return FALSE;
  return !r->json.wrong;
}

/* ---- both ---- */

/* ml5's form begins with its dataset. */
static gboolean
read_ml5 (Reading *r)
{
  GPtrArray *described = g_ptr_array_new_with_free_func (free_described);
  gchar name[TFC_KNN_MAX_LABEL];
  gboolean first = FALSE;
  gboolean ok = read_dataset (r, described) && tfc_json_next (&r->json, '{', &first) &&
                tfc_json_name (&r->json, name, sizeof name);

  if (ok && strcmp (name, "tensors"))
    ok = fail (r, TFC_ERROR_FORMAT, "\"tensors\" was expected behind \"dataset\"");
  ok = ok && read_tensors (r, described) && !tfc_json_next (&r->json, '{', &first);
  g_ptr_array_unref (described);
  return ok;
}

static gboolean
read_all (Reading *r)
{
  gchar label[TFC_KNN_MAX_LABEL];
  gboolean first, begun;

  if (!tfc_json_enter (&r->json, '{', &first))
    return FALSE;
  while (begun = first, tfc_json_next (&r->json, '{', &first)) {
    if (!tfc_json_name (&r->json, label, sizeof label))
      return FALSE;
    if (begun && !strcmp (label, "dataset") && tfc_json_peek (&r->json) == '{')
      return read_ml5 (r);
    if (stands_twice (r, label))
      return fail (r, TFC_ERROR_FORMAT, "class '%s' stands twice", label);
    if (!read_class (r, label))
      return FALSE;
  }
  return !r->json.wrong;
}

TfcKnn *
tfc_knn_load (const gchar *path, guint size, GError **error)
{
  GError *why = NULL;
  gsize length = 0;
  gchar *text = tfc_text_file_read (WHAT, path, MAX_FILE, &length, &why);
  Reading r = {.path = path, .json.at = text, .size = size, .error = &why};
  gboolean ok;

  if (text) {
    r.knn = tfc_knn_new ();
    ok = read_all (&r) && tfc_json_end (&r.json) && r.json.at == text + length;
    if (!ok && !why)
      fail (&r, TFC_ERROR_FORMAT,
            "no JSON of examples: at byte %" G_GSIZE_FORMAT " %s was expected",
            (gsize)(r.json.at - text), r.json.wrong ? r.json.wrong : "the end");
  }
  g_free (text);
  if (!why)
    return r.knn;
  tfc_knn_free (r.knn);
  tfc_error_tidy (&why);
  g_propagate_error (error, why);
  return NULL;
}

/* ---- writing ---- */

static void
write_class (GString *out, const TfcKnnClass *c)
{
  gchar number[G_ASCII_DTOSTR_BUF_SIZE];

  tfc_json_quote (out, c->label);
  g_string_append (out, ":[");
  for (guint i = 0; i < c->values->len; i++) {
    const gfloat value = g_array_index (c->values, gfloat, i);
    const gboolean finite = value - value == 0;
    g_ascii_formatd (number, sizeof number, "%.9g", (gdouble)value);
    g_string_append (out, i ? "," : "");
    g_string_append (out, finite ? number : "null");
  }
  g_string_append_c (out, ']');
}

gboolean
tfc_knn_save (const TfcKnn *knn, const gchar *path, GError **error)
{
  GString *out = g_string_new ("{");
  GError *why = NULL;

  for (guint i = 0; i < knn->classes->len; i++) {
    g_string_append (out, i ? "," : "");
    write_class (out, g_ptr_array_index (knn->classes, i));
  }
  g_string_append (out, "}\n");
  const gboolean ok = g_file_set_contents (path, out->str, (gssize)out->len, &why);
  if (!ok)
    g_set_error (error, TFC_ERROR, TFC_ERROR_READ, WHAT " '%s' cannot be written: %s", path,
                 why->message);
  tfc_error_tidy (error);
  g_clear_error (&why);
  g_string_free (out, TRUE);
  return ok;
}
