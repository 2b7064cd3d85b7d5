/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Loops of a GraphModel: in which each needed node stands, and the turns that were begun. */
#include "inference/tfjs/reader.h"

typedef struct {
  GArray *frames;    /* name and parent; 0 stands outside all loops */
  GArray *scopes;    /* TfjsScope */
  GHashTable *begun; /* TfjsScope -> index + 1; keys in g_new memory */
} TfjsFrames;

/* Sets frame of every node that the outputs need. FALSE with an error: a node of unknown op, a
 * cycle that no loop explains, loops that cross. */
gboolean tfjs_frames_init (TfjsFrames *f, TfjsLoad *l);
void tfjs_frames_finish (TfjsFrames *f);

const TfjsScope *tfjs_scope (const TfjsFrames *f, guint scope); /* until the next is entered */
/* The given turn of a loop from outside it; TFC_NONE if there are too many. */
guint tfjs_scope_enter (TfjsFrames *f, guint parent, guint frame, guint turn);
/* The first turn of a loop and of all around it; TFC_NONE if there are too many. */
guint tfjs_scope_first (TfjsFrames *f, guint frame);
/* The scope itself or the nearest around it that belongs to frame; TFC_NONE if none does. */
guint tfjs_scope_outward (const TfjsFrames *f, guint scope, guint frame);
