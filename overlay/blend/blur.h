/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Box blur. */
#include <glib.h>

/* Blurs w x h values (stride w) in place, passes times each way with a box of 2 * radius + 1; beyond the
 * edge the edge's value goes on. line: room for MAX (w, h) values. */
void tfc_blur (guint8 *values, gint w, gint h, gint radius, gint passes, guint8 *line);

/* The same, but a large radius is blurred on a coarser grid, which is quicker and looks alike. room:
 * tfc_blur_room (w, h) bytes. */
void tfc_blur_coarse (guint8 *values, gint w, gint h, gint radius, gint passes, guint8 *room);
gsize tfc_blur_room (gint w, gint h);
