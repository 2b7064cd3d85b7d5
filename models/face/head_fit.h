/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Internal to models/face: the rotation, scale and shift that bring the mean shape of a head nearest to a mesh. */
#include "models/result/result.h"

typedef struct {
  gdouble rotation[3][3]; /* point of the mesh = scale * rotation * point of the head + shift */
  gdouble scale, shift[3];
  gdouble residual; /* root mean square distance of mesh and shape, in head units */
} TfcHeadFit;

/* points: 468 at least. FALSE if they are no shape at all: not finite, or all in one place. */
gboolean tfc_head_fit (TfcHeadFit *fit, const TfcPoint *points);
/* A point of the mesh in head coordinates. */
TfcPoint tfc_head_fit_back (const TfcHeadFit *fit, const TfcPoint *point);
