/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/builder/ends.h"

#include <string.h>

#define MAX_NEAR 3        /* names that a message offers */
#define MAX_SEARCHED 4096 /* names that are compared, each of no more bytes than values keep */

/* The last that was given for this input; NULL: none. */
static const TfcInputShape *
requested (TfcBuilder *b, const gchar *name, guint index)
{
  const TfcEnds *o = b->ends;
  const TfcInputShape *found = NULL;
  for (guint i = 0; o && i < o->n_input_shapes; i++) {
    const TfcInputShape *s = &o->input_shapes[i];
    if (s->name ? g_strcmp0 (s->name, name) != 0 : s->index != index)
      continue;
    found = s;
    if (!b->shapes_used)
      b->shapes_used = g_new0 (guint8, o->n_input_shapes);
    b->shapes_used[i] = TRUE;
  }
  return found;
}

/* What was asked for is a shape, of whatever input. */
static gboolean
check_requested (TfcBuilder *b, const gchar *name, const TfcShape *shape)
{
  gchar wants[96];
  if (shape->rank < 0 || shape->rank > TFC_MAX_RANK)
    return tfc_builder_fail (b, TFC_ERROR_SETTINGS, "a shape of %d dimensions for input '%.*s'",
                             shape->rank, TFC_MAX_NAME, name ? name : "");
  for (gint i = 0; i < shape->rank; i++) {
    if (shape->dim[i] < 1 && shape->dim[i] != -1)
      return tfc_builder_fail (b, TFC_ERROR_SETTINGS,
                               "a shape for input '%.*s' is %s, where %d is no size", TFC_MAX_NAME,
                               name ? name : "", tfc_shape_print (shape, wants), shape->dim[i]);
  }
  return TRUE;
}

gboolean
tfc_builder_input_shape (TfcBuilder *b, const gchar *name, TfcShape *shape, gboolean *given)
{
  const TfcInputShape *s = requested (b, name, b->graph->inputs->len);
  gchar has[96], wants[96];
  *given = s != NULL;
  if (s && !check_requested (b, name, &s->shape))
    return FALSE;
  if (s && shape->rank >= 0 && s->shape.rank != shape->rank)
    return tfc_builder_fail (b, TFC_ERROR_SETTINGS,
                             "input '%.*s' is %s: a shape of %d dimensions, %s, does not fit it",
                             TFC_MAX_NAME, name ? name : "", tfc_shape_print (shape, has),
                             s->shape.rank, tfc_shape_print (&s->shape, wants));
  for (gint i = 0; s && i < s->shape.rank; i++)
    shape->dim[i] = s->shape.dim[i] == -1 && shape->rank >= 0 ? shape->dim[i] : s->shape.dim[i];
  shape->rank = s ? s->shape.rank : shape->rank;
  if (shape->rank > 0 && shape->dim[0] == -1)
    shape->dim[0] = 1;
  return TRUE;
}

gboolean
tfc_builder_input_open (TfcBuilder *b, const gchar *name, const TfcShape *shape)
{
  gboolean open = FALSE;
  gchar has[96];
  for (gint i = 0; i < shape->rank; i++)
    open = open || shape->dim[i] == -1;
  if (!open)
    return tfc_builder_fail (b, TFC_ERROR_FORMAT, "input '%.*s' is %s: too large", TFC_MAX_NAME,
                             name ? name : "", tfc_shape_print (shape, has));
  return tfc_builder_fail (b, TFC_ERROR_SETTINGS,
                           "input '%.*s' is %s, where -1 is any size: a shape must be given for it "
                           "(input_shapes; tfc-run --shape)",
                           TFC_MAX_NAME, name ? name : "", tfc_shape_print (shape, has));
}

guint
tfc_builder_add_input (TfcBuilder *b, const gchar *name, const TfcTensor *desc)
{
  for (gint i = 0; i < desc->shape.rank; i++) {
    if (desc->shape.dim[i] == -1) {
      tfc_builder_input_open (b, name, &desc->shape);
      return TFC_NONE;
    }
  }
  const guint id = tfc_graph_value (b->graph, name, desc);
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  tfc_graph_input (b->graph, id);
  return id;
}

guint
tfc_builder_input (TfcBuilder *b, const gchar *name, const TfcTensor *desc)
{
  TfcTensor t = *desc;
  gboolean given;
  return tfc_builder_input_shape (b, name, &t.shape, &given) ? tfc_builder_add_input (b, name, &t)
                                                             : TFC_NONE;
}

gboolean
tfc_builder_shapes_fit (TfcBuilder *b)
{
  const TfcEnds *o = b->ends;
  for (guint i = 0; o && i < o->n_input_shapes; i++) {
    const TfcInputShape *s = &o->input_shapes[i];
    if (b->shapes_used && b->shapes_used[i])
      continue;
    GString *names = g_string_new (NULL);
    for (guint k = 0; k < b->graph->inputs->len && k < MAX_NEAR; k++) {
      const gchar *name = tfc_graph_v (b->graph, g_array_index (b->graph->inputs, guint, k))->name;
      g_string_append_printf (names, "%s%u '%s'", k ? ", " : "", k, name ? name : "");
    }
    if (s->name)
      tfc_builder_fail (b, TFC_ERROR_SETTINGS, "a shape for input '%.*s', which is none: %s",
                        TFC_MAX_NAME, s->name, names->str);
    else
      tfc_builder_fail (b, TFC_ERROR_SETTINGS, "a shape for input %u, which is none: %s", s->index,
                        names->str);
    g_string_free (names, TRUE);
    return FALSE;
  }
  return TRUE;
}

/* ---- names that nothing has ---- */

/* Bytes at the beginning and at the end that both have: enough to tell a slip from another name. */
static guint
likeness (const gchar *wanted, const gchar *name)
{
  const gsize n = strlen (wanted), m = strnlen (name, TFC_MAX_NAME), least = MIN (n, m);
  gsize head = 0, tail = 0;
  while (head < least && g_ascii_tolower (wanted[head]) == g_ascii_tolower (name[head]))
    head++;
  while (tail < least - head &&
         g_ascii_tolower (wanted[n - 1 - tail]) == g_ascii_tolower (name[m - 1 - tail]))
    tail++;
  return (guint)(head + tail) * 2 > least ? (guint)((head + tail) * 1024 / MAX (n, m)) : 0;
}

typedef struct {
  const gchar *name;
  guint likeness;
} Near;

static void
keep_near (Near *near, const gchar *name, guint value)
{
  for (guint i = 0; i < MAX_NEAR; i++) {
    if (near[i].name && !strcmp (near[i].name, name))
      return;
    if (value > near[i].likeness) {
      memmove (near + i + 1, near + i, (MAX_NEAR - 1 - i) * sizeof *near);
      near[i] = (Near){name, value};
      return;
    }
  }
}

gboolean
tfc_builder_no_tensor (TfcBuilder *b, const gchar *wanted, const gchar *const *names, guint n)
{
  Near near[MAX_NEAR] = {{NULL, 0}};
  GString *text = g_string_new (NULL);
  gchar *shown = g_strndup (wanted, TFC_MAX_NAME);
  for (guint i = 0; i < MIN (n, MAX_SEARCHED); i++) {
    if (names[i] && *names[i])
      keep_near (near, names[i], likeness (shown, names[i]));
  }
  for (guint i = 0; i < MAX_NEAR && near[i].name; i++)
    g_string_append_printf (text, "%s'%.*s'", i ? ", " : "; nearly so called: ", TFC_MAX_NAME,
                            near[i].name);
  tfc_builder_fail (b, TFC_ERROR_SETTINGS,
                    "no tensor is called '%s'%s (tfc-run --list names all of them)", shown,
                    text->str);
  g_string_free (text, TRUE);
  g_free (shown);
  return FALSE;
}
