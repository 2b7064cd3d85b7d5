/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/common/json.h"
#include "tools/see/see.h"

/* The picture's name, and where that loses bytes, the file:// URI that has them all. */
static void
add_picture (cJSON *to, const gchar *path)
{
  tfc_json_text (to, "picture", path);
  if (g_utf8_validate (path, -1, NULL))
    return;
  gchar *absolute = g_canonicalize_filename (path, NULL);
  gchar *uri = g_filename_to_uri (absolute, NULL, NULL);
  if (uri)
    cJSON_AddStringToObject (to, "picture_uri", uri);
  g_free (uri);
  g_free (absolute);
}

void
tfc_see_json_box (cJSON *to, const TfcBox *box, const TfcFrame *frame)
{
  const gdouble w = frame->width, h = frame->height;
  const gdouble pixels[] = {box->x * w, box->y * h, box->w * w, box->h * h};
  cJSON_AddItemToObject (to, "box", cJSON_CreateDoubleArray (pixels, 4));
}

void
tfc_see_json_track (cJSON *to, const TfcTrackState *track)
{
  cJSON_AddNumberToObject (to, "age", track->age / 1e9);
  cJSON_AddBoolToObject (to, "seen", track->seen);
}

void
tfc_see_json_floats (cJSON *to, const gchar *name, const gfloat *values, guint n, gdouble scale)
{
  cJSON *list = cJSON_AddArrayToObject (to, name);
  for (guint i = 0; i < n; i++)
    cJSON_AddItemToArray (list, cJSON_CreateNumber (values[i] * scale));
}

cJSON *
tfc_see_json (const TfcSeeHead *head, const TfcFrame *frame)
{
  cJSON *root = cJSON_CreateObject ();
  add_picture (root, head->picture);
  cJSON_AddNumberToObject (root, "width", frame->width);
  cJSON_AddNumberToObject (root, "height", frame->height);
  tfc_json_text (root, "model", head->model);
  cJSON_AddStringToObject (root, "backend", head->backend);
  cJSON_AddNumberToObject (root, "threads", head->threads);
  cJSON_AddNumberToObject (root, "ms", head->ns / 1e6);
  return root;
}
