/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/result/label_map.h"

#include <string.h>

#include "inference/error.h"
#include "models/files/textproto.h"

#define MAX_NAME 256

typedef struct {
  const gchar *path;
  GPtrArray *names; /* by id; entries may be NULL */
  GArray *taken;    /* gboolean by id */
  guint line;       /* of the item that is open */
  gint64 id;        /* -1: none so far */
  gchar *name, *display;
} Map;

/* White space and comments before the first word. */
gboolean
tfc_label_map_is (const gchar *text)
{
  for (;; text++) {
    if (*text == '#')
      text += strcspn (text, "\n");
    if (!g_ascii_isspace (*text))
      break;
  }
  if (strncmp (text, "item", 4))
    return FALSE;
  for (text += 4; g_ascii_isspace (*text) || *text == ':'; text++)
    ;
  if (*text == '[')
    for (text++; g_ascii_isspace (*text); text++)
      ;
  return *text == '{' || *text == '<';
}

static gboolean
fail (const Map *m, guint line, GError **error, const gchar *what)
{
  g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "label file '%s', line %u: %s", m->path, line,
               what);
  return FALSE;
}

static gboolean
close_item (Map *m, GError **error)
{
  gchar **name = m->display && *m->display ? &m->display : &m->name;

  if (m->id < 0)
    return fail (m, m->line, error, "an item without an id");
  if (m->names->len <= m->id) {
    g_ptr_array_set_size (m->names, (gint)m->id + 1);
    g_array_set_size (m->taken, (guint)m->id + 1);
  }
  gboolean *taken = &g_array_index (m->taken, gboolean, m->id);
  if (*taken)
    return fail (m, m->line, error, "an id that stands there twice");
  *taken = TRUE;
  if (*name && **name && strcmp (*name, "???"))
    m->names->pdata[m->id] = g_steal_pointer (name);
  g_clear_pointer (&m->name, g_free);
  g_clear_pointer (&m->display, g_free);
  return TRUE;
}

static gboolean
set_name (Map *m, const TfcProtoField *field, gchar **to, GError **error)
{
  if (strlen (field->value) > MAX_NAME)
    return fail (m, field->line, error, "a name of more than 256 bytes");
  g_free (*to);
  *to = g_strstrip (g_strdup (field->value));
  return TRUE;
}

static gboolean
set_id (Map *m, const TfcProtoField *field, GError **error)
{
  guint64 id;

  if (!g_ascii_string_to_unsigned (field->value, 10, 0, TFC_LABELS_MAX - 1, &id, NULL))
    return fail (m, field->line, error, "an id that is no number from 0 to 65535");
  m->id = (gint64)id;
  return TRUE;
}

static gboolean
found (gpointer data, const TfcProtoField *field, GError **error)
{
  Map *m = data;
  const gchar *own = field->path[field->depth];

  if (strcmp (field->path[0], "item"))
    return TRUE;
  if (field->depth == 0 && field->kind == TFC_PROTO_OPEN) {
    m->line = field->line;
    m->id = -1;
    return TRUE;
  }
  if (field->depth == 0 && field->kind == TFC_PROTO_CLOSE)
    return close_item (m, error);
  if (field->depth != 1 || field->kind != TFC_PROTO_VALUE)
    return TRUE;
  if (!strcmp (own, "id"))
    return set_id (m, field, error);
  if (!strcmp (own, "name"))
    return set_name (m, field, &m->name, error);
  return strcmp (own, "display_name") != 0 || set_name (m, field, &m->display, error);
}

TfcLabels *
tfc_label_map_parse (const gchar *text, const gchar *path, GError **error)
{
  Map m = {.path = path,
           .names = g_ptr_array_new (),
           .taken = g_array_new (FALSE, TRUE, sizeof (gboolean))};
  GError *why = NULL;
  TfcLabels *labels = NULL;

  const gboolean ok = tfc_proto_read (text, path, found, &m, &why);
  if (why && !g_str_has_prefix (why->message, "label file"))
    g_prefix_error (&why, "label file ");
  const guint n = m.names->len;
  gchar **names = (gchar **)g_ptr_array_free (m.names, FALSE);
  if (ok && n > 0) {
    labels = tfc_labels_new_by_id (names, n);
  } else {
    for (guint i = 0; i < n; i++)
      g_free (names[i]);
    g_free (names);
  }
  if (why)
    g_propagate_error (error, why);
  g_array_unref (m.taken);
  g_free (m.name);
  g_free (m.display);
  return labels;
}
