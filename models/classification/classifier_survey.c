/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What a file says of itself: its format, where its embedding is, what it wants of a picture. */
#include <stdio.h>
#include <string.h>

#include "models/classification/classifier_private.h"

static const gchar *const poolings[] = {"MEAN", "AVERAGE_POOL_2D", NULL};
/* JSON, as the loader tells the two apart. */
static gboolean
is_graph_model (const gchar *path)
{
  FILE *file = fopen (path, "rbe");
  gint c;

  if (!file)
    return FALSE;
  do
    c = fgetc (file);
  while (c == ' ' || c == '\n' || c == '\r' || c == '\t');
  fclose (file);
  return c == '{';
}

static void
look (gpointer data, const gchar *name, const TfcTensor *desc, const gchar *op)
{
  TfcSurvey *s = data;
  const guint columns = tfc_classifier_columns (desc);

  if (strstr (name, "hub_input"))
    s->hub_input = TRUE;
  g_free (s->last);
  s->last = g_strdup (name);
  if (g_strv_contains (poolings, op) && columns > 1) {
    g_free (s->pooled);
    s->pooled = g_strdup (name);
    s->extractor = TRUE;
    s->columns = columns;
  }
  /* What comes after it and has other columns are scores. */
  s->extractor = s->extractor && columns == s->columns;
}

gboolean
tfc_survey (TfcSurvey *s, const gchar *path, const TfcModelOptions *options, GError **error)
{
  TfcModelOptions plain = options ? *options : (TfcModelOptions){NULL};

  *s = (TfcSurvey){FALSE};
  plain.outputs = NULL;
  if (!tfc_model_list (path, &plain, look, s, error)) {
    tfc_survey_clear (s);
    return FALSE;
  }
  s->graph_model = is_graph_model (path);
  return TRUE;
}

void
tfc_survey_clear (TfcSurvey *s)
{
  g_free (s->pooled);
  g_free (s->last);
  *s = (TfcSurvey){FALSE};
}
