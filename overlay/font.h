/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Font descriptions for Pango. */
#include <pango/pangocairo.h>

/* What text ("Arial Bold 24": family, style words, size in pixels) says: the size is 1..512, 24
 * where there is none. Any bytes or NULL are allowed. pango_font_description_free. */
PangoFontDescription *tfc_font_description (const gchar *text, gdouble *size);

/* A layout of one paragraph in a font map of its own, on which nothing else depends: it may move
 * from thread to thread. size in pixels. g_object_unref. */
PangoLayout *tfc_font_layout (PangoFontDescription *description, gdouble size);
