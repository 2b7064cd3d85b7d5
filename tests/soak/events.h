/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What happens to the streams of the soak: settings, formats, losses, seeks and stops at random.
 * One thread. */
#include "tests/soak/stream.h"

void events_init (guint32 seed);
void events_done (void);

/* A random number below n. */
guint events_any (guint n);
/* All properties as every stream starts with them. */
void events_reset (Stream *s);
/* Starts s with a random look. */
void events_begin (Stream *s);
/* One of the events, by their weights; steady: none that restarts the pipeline. */
void events_happen (Stream *s, gboolean steady);
/* How often each happened, as a line. */
void events_print (void);
