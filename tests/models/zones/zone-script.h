/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Objects on scripted paths through a watch, and what it told of them. */
#include "models/zones/zone_watch.h"

#define MS G_GUINT64_CONSTANT (1000000)

typedef struct {
  TfcZoneWatch *watch;
  GString *told; /* a word an event: "+porch:7" enter, "-porch:7/800" leave and its dwell, "ab:7"
                  * and "ba:7" crossings, "~porch:7/3000" loiter, "=porch:1" the number in it */
} Script;

/* For a zone file of lines that end with `|`. */
void script_begin (Script *script, const gchar *zones);
void script_end (Script *script);

/* A box of 0.1 x 0.2 whose lower edge has its middle at (x, y). */
TfcZoneObject script_object (guint64 id, gdouble x, gdouble y);
/* One frame with these objects. */
void script_frame (Script *script, guint64 ms, const TfcZoneObject *objects, guint n);
/* One frame with object id there; id 0: with nothing. */
void script_step (Script *script, guint64 ms, guint64 id, gdouble x, gdouble y);
/* Frames every step ms from first to last with object id on its way from (x, y) to (to_x, to_y). */
void script_walk (Script *script, guint64 first, guint64 last, guint step, guint64 id, gdouble x,
                  gdouble y, gdouble to_x, gdouble to_y);

/* That this was told since the last time, in this order. Words with `=` are left out unless told
 * asks for some. */
void script_expect (Script *script, const gchar *told);
