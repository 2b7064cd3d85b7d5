/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Results drawn on a picture in memory. */
#include "overlay/overlay.h"

#define RED 0xffff0000u
#define PAPER 0xff406080u /* what pictures are filled with before drawing */
#define MAX_AREAS 64

typedef struct {
  gint w, h;
  cairo_surface_t *surface;
  TfcOverlay *overlay;
} Canvas;

Canvas canvas_new (gint w, gint h);
void canvas_free (Canvas *c);
void draw (Canvas *c, const TfcStyle *style, const TfcAnnotations *scene);
guint32 pixel (const Canvas *c, gint x, gint y);
/* How many pixels of a have color. */
guint count (const Canvas *c, TfcArea a, guint32 color);
/* A face whose mesh points lie on rings around (x, y). */
void fill_face (TfcFace *face, gfloat x, gfloat y, gfloat size);
