/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Parts of a frame that a user names: "x,y,w,h" in fractions of the frame, several separated by ";". */
#include "models/detection/regions.h"

typedef struct {
  guint n; /* 0: the whole frame */
  TfcBox area[TFC_MAX_AREAS];
} TfcAreas;

/* NULL and "" are the whole frame. max: how many there may be. FALSE with error set (TFC_ERROR_SETTINGS, names the
 * part and what is wrong with it), and areas as it was. */
gboolean tfc_areas_parse (const gchar *text, guint max, TfcAreas *areas, GError **error);
gboolean tfc_areas_equal (const TfcAreas *a, const TfcAreas *b);
