/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>
#include <string.h>

#include "models/detection/anchor_private.h"
#include "inference/error.h"
#include "models/files/text_file.h"

#define MAX_FILE (128 << 20) /* TFC_ANCHORS_MAX lines */

/* Four numbers a line, with white space or commas between; '#' begins a comment. */
static gboolean
plain_list (TfcAnchorParse *p, const gchar *text, GError **error)
{
  guint line = 1;

  for (; *text; line++) {
    guint n = 0;
    while (*text && *text != '\n') {
      gchar *end;
      if (*text == '#') {
        text += strcspn (text, "\n");
        break;
      }
      if (g_ascii_isspace (*text) || *text == ',') {
        text++;
        continue;
      }
      const gdouble v = g_ascii_strtod (text, &end);
      if (end == text || !isfinite (v) || fabs (v) > 1e6)
        return tfc_anchor_fail (p, line, error, "no number");
      if (p->list->len >= 4 * (guint)TFC_ANCHORS_MAX)
        return tfc_anchor_fail (p, line, error, "too many anchors");
      g_array_append_val (p->list, (gfloat){(gfloat)v});
      n++;
      text = end;
    }
    if (n != 0 && n != 4)
      return tfc_anchor_fail (
          p, line, error, "expected four numbers: centre y, centre x, height, width as fractions");
    text += *text == '\n';
  }
  return TRUE;
}

static gboolean
is_list (const gchar *text)
{
  for (;; text++) {
    if (*text == '#')
      text += strcspn (text, "\n");
    if (!g_ascii_isspace (*text))
      return *text && strchr ("+-.0123456789", *text);
  }
}

static gboolean
take_list (TfcAnchorParse *p, GError **error)
{
  TfcAnchorFile *f = p->file;

  G_STATIC_ASSERT (sizeof (TfcAnchor) == 4 * sizeof (gfloat));
  if (p->planned || p->list->len % 4) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "anchors file '%s' %s", p->path,
                 p->planned ? "has both anchors and a generator"
                            : "has anchors that are not four numbers each");
    return FALSE;
  }
  f->n = p->list->len / 4;
  f->anchors = (TfcAnchor *)g_array_free (g_steal_pointer (&p->list), FALSE);
  for (guint i = 0; i < f->n; i++)
    if (f->anchors[i].h <= 0 || f->anchors[i].w <= 0) {
      g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                   "anchors file '%s': box %u of %u is %g high and %g wide; expected more than 0",
                   p->path, i + 1, f->n, (gdouble)f->anchors[i].h, (gdouble)f->anchors[i].w);
      return FALSE;
    }
  return TRUE;
}

/* What configurations leave open is how large the first map is: the one that gives so many boxes.
 */
static void
run_plan (TfcAnchorParse *p, guint n_boxes)
{
  static const guint strides[] = {16, 8, 32, 4};
  TfcAnchorFile *f = p->file;

  for (guint i = 0; i < G_N_ELEMENTS (strides); i++) {
    TfcAnchorPlan plan = p->plan;
    guint n = 0;
    plan.first_stride = strides[i];
    TfcAnchor *anchors = tfc_anchors_make (&plan, &n);
    if (anchors && (i == 0 || n == n_boxes)) {
      g_free (f->anchors);
      f->anchors = g_steal_pointer (&anchors);
      f->n = n;
    }
    g_free (anchors);
    if (f->n == n_boxes || p->plan.rule != TFC_ANCHORS_SSD)
      return;
  }
}

static gboolean
finish (TfcAnchorParse *p, guint n_boxes, GError **error)
{
  TfcAnchorPlan *plan = &p->plan;
  const gchar *wrong = NULL;

  if (p->list->len)
    return take_list (p, error);
  if (plan->rule == TFC_ANCHORS_SSD && plan->n_scales)
    plan->n_layers = plan->n_scales;
  if (!p->planned)
    wrong = "has no anchors: expected four numbers a line, anchors: [...], ssd_anchor_generator, "
            "multiscale_anchor_generator or efficientdet_anchor_generator";
  else if (p->n_maps[0] != p->n_maps[1] || (p->n_maps[0] && p->n_maps[0] != plan->n_layers))
    wrong = "does not give feature_map_height and feature_map_width for each layer";
  else
    run_plan (p, n_boxes);
  if (!wrong && !p->file->anchors)
    wrong = "describes anchors that cannot be";
  if (wrong)
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS, "anchors file '%s' %s", p->path, wrong);
  return !wrong;
}

TfcAnchorFile *
tfc_anchor_file_parse (const gchar *text, const gchar *path, guint width, guint height,
                       guint n_boxes, GError **error)
{
  TfcAnchorParse p = {.path = path,
                      .plan = {.width = width, .height = height},
                      .file = g_new0 (TfcAnchorFile, 1),
                      .list = g_array_new (FALSE, FALSE, sizeof (gfloat))};
  GError *why = NULL;

  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  p.file->scales = (TfcBoxScales){NAN, NAN, NAN, NAN};
  p.file->mean = p.file->std = 127.5f;
  const gboolean read = is_list (text) ? plain_list (&p, text, &why)
                                       : tfc_proto_read (text, path, tfc_anchor_field, &p, &why);
  const gboolean ok = read && finish (&p, n_boxes, &why);
  if (why && !g_str_has_prefix (why->message, "anchors file"))
    g_prefix_error (&why, "anchors file ");
  if (why)
    g_propagate_error (error, why);
  if (p.list)
    g_array_unref (p.list);
  if (ok)
    return p.file;
  tfc_anchor_file_free (p.file);
  return NULL;
}

static gboolean
is_text (const gchar *text, gsize length, const gchar *path, GError **error)
{
  if (g_utf8_validate (text, (gssize)length, NULL))
    return TRUE;
  g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
               "anchors file '%s' is binary, not text: four numbers a line, or a pipeline.config",
               path);
  return FALSE;
}

TfcAnchorFile *
tfc_anchor_file_read (const gchar *path, guint width, guint height, guint n_boxes, GError **error)
{
  TfcAnchorFile *file = NULL;
  gsize length;
  gchar *text = tfc_text_file_read ("anchors file", path, MAX_FILE, &length, error);

  if (text && is_text (text, length, path, error))
    file = tfc_anchor_file_parse (text, path, width, height, n_boxes, error);
  g_free (text);
  return file;
}

void
tfc_anchor_file_free (TfcAnchorFile *file)
{
  if (!file)
    return;
  g_free (file->anchors);
  g_free (file);
}
