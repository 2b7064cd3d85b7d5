/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/model_labels.h"

#include "inference/error.h"
#include "models/files/beside.h"

void
tfc_model_note (GString **note, const gchar *format, ...)
{
  va_list args;

  if (!*note)
    *note = g_string_new (NULL);
  else
    g_string_append (*note, "; ");
  va_start (args, format);
  gchar *text = g_strdup_vprintf (format, args), *printable = tfc_printable (text);
  va_end (args);
  g_string_append (*note, printable);
  g_free (printable);
  g_free (text);
}

/* A name for each class, and perhaps one for the background. */
static gboolean
fits (const TfcLabelSearch *s, const TfcLabels *labels)
{
  const guint n = tfc_labels_n (labels);

  return n == s->n_classes || n == s->n_classes + 1;
}

/* Packed in the model; what cannot be read is told and does not count. */
static TfcLabels *
packed (const TfcLabelSearch *s, GString **note)
{
  GError *why = NULL;
  gchar *name = NULL;
  gboolean guessed = FALSE;
  GBytes *bytes = s->metadata ? tfc_metadata_labels (s->metadata, &name, &guessed, &why) : NULL;
  TfcLabels *labels = NULL;

  if (bytes) {
    gsize size;
    const gchar *text = g_bytes_get_data (bytes, &size);
    labels = tfc_labels_parse (text, size, name, &why);
    g_bytes_unref (bytes);
  }
  if (labels && guessed && !fits (s, labels)) {
    tfc_model_note (note,
                    "'%s' in the model's zip does not count as labels: %u names for %u classes",
                    name, tfc_labels_n (labels), s->n_classes);
    g_clear_pointer (&labels, tfc_labels_free);
  }
  if (why)
    tfc_model_note (note, "the labels packed in the model do not count: %s", why->message);
  g_clear_error (&why);
  g_free (name);
  return labels;
}

/* One file beside the model. A file that is named for the model belongs to it; of those with a
 * common name only what fits counts, for other models may lie there too. */
static TfcLabels *
one_beside (const TfcLabelSearch *s, const TfcBeside *b, GString **note)
{
  GError *why = NULL;
  TfcLabels *labels = tfc_labels_load (b->path, &why);

  if (!labels) {
    tfc_model_note (note, "what lies beside the model does not count: %s", why->message);
    g_error_free (why);
    return NULL;
  }
  if (b->own || fits (s, labels))
    return labels;
  tfc_model_note (note, "'%s' does not count: %u names for %u classes", b->path,
                  tfc_labels_n (labels), s->n_classes);
  tfc_labels_free (labels);
  return NULL;
}

static TfcLabels *
beside (const TfcLabelSearch *s, GString **note)
{
  GArray *found = tfc_look_beside (s->path);
  TfcLabels *labels = NULL;

  for (guint i = 0; !labels && i < found->len; i++) {
    const TfcBeside *b = &g_array_index (found, TfcBeside, i);
    if (!b->anchors)
      labels = one_beside (s, b, note);
  }
  g_array_unref (found);
  return labels;
}

TfcLabels *
tfc_model_labels (const TfcLabelSearch *s, GString **note, GError **error)
{
  TfcLabels *labels;

  if (s->label_path)
    return tfc_labels_load (s->label_path, error);
  labels = packed (s, note);
  return labels || !s->path ? labels : beside (s, note);
}
