/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The one-euro filter (Casiez, Roussel and Vogel, CHI 2012) over the points of one face: a low pass
 * whose cut-off rises with speed, so a still face does not tremble and a moving one does not lag.
 * Speed is measured in face sizes a second, so the numbers fit every distance from the camera. */
#include "models/result/result.h"

typedef struct {
  gboolean started;
  guint64 pts;          /* of the last points, nanoseconds */
  guint n;
  TfcPoint point[TFC_FACE_POINTS];
  TfcPoint speed[TFC_FACE_POINTS]; /* filtered, face sizes a second */
} TfcOneEuro;

/* Filters n points in place. size: the face's edge in the points' unit. pts G_MAXUINT64: a frame of
 * 1/30 s is taken to have passed. Points from 468 on (irises) follow quicker than the face plate. A jump
 * back in time, or of more than a second, starts anew, as does another n. */
void tfc_one_euro (TfcOneEuro *state, TfcPoint *points, guint n, gdouble size, guint64 pts);
