/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Text in any script, laid out by Pango (shaping, both directions, fonts for what the chosen one
 * lacks) and kept as coverage with the glow around it. Scores and names of plain ASCII are put
 * together from characters, so that a changing number costs no layout; other names are kept whole.
 * What is kept is bounded in bytes, and so is what is made new in one frame. One thread at a time,
 * which may change. */
#include <pango/pangocairo.h>
#include "overlay/coverage_mask.h"

#define TFC_TEXT_CHARACTERS 64     /* of a name that are shown; what is cut ends in an ellipsis */
#define TFC_TEXT_CACHE (16u << 20) /* bytes of coverage that a font keeps at most */
#define TFC_TEXT_JOIN "\1"         /* in a text: between a score and a name */

typedef struct TfcRun TfcRun;

typedef struct {
  gchar *description; /* what it was made from */
  gdouble scale;
  gint widest;          /* pixels: longer names are cut */
  gdouble size;         /* pixels */
  gint ascent, descent; /* pixels, of the font */
  gint glow;            /* pixels that the glow reaches beyond a character */
  /*< private >*/
  PangoLayout *layout;
  GHashTable *runs;   /* text -> TfcRun */
  TfcRun *ascii[128]; /* single characters, found at once */
  GQueue used;        /* runs, the last used first */
  gsize bytes;        /* of coverage */
  gint64 left;        /* pixels that this frame may still make */
} TfcFont;

/* Measures of a text whose origin is (0, 0) on the baseline. */
typedef struct {
  gint width;                    /* to where the next character would begin; 0: nothing to show */
  gint left, top, right, bottom; /* of everything that is touched, with the glow */
  guint missing;                 /* characters that no installed font has */
} TfcTextSize;

/* Takes the font that description ("Arial Bold 24": family, style, size in pixels, 1..512) means,
 * scale times as big (4 to 1024 pixels), for a picture of width pixels. Cheap when nothing changed.
 * Begins a frame. A zeroed TfcFont at first. */
void tfc_font_set (TfcFont *font, const gchar *description, gdouble scale, guint width);
void tfc_font_finish (TfcFont *font); /* a zeroed one is allowed */

/* text: as tfc_text_append_clean makes it. What does not fit into this frame's bound has width 0.
 */
TfcTextSize tfc_font_measure (TfcFont *font, const gchar *text);
/* Adds text to mask, origin at (x, baseline y); glow: the glow, not the characters. */
void tfc_font_draw (TfcFont *font, TfcCoverageMask *mask, const gchar *text, gint x, gint y,
                     gboolean glow);
/* Appends text as valid UTF-8, one line, at most TFC_TEXT_CHARACTERS. Control characters become
 * spaces, marks that turn the direction of what follows go, bytes that are no UTF-8 become U+FFFD.
 */
void tfc_text_append_clean (GString *to, const gchar *text);
