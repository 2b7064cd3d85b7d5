/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the races of test-races.c share. */
#include <glib-object.h>

extern volatile gint race_value; /* what the threads of a race share */

/* Orders threads in time, but not for the sanitizer. Steps count from 1 and never go back. */
void race_wait_for (gint wanted);
void race_go_on (gint to);

/* race-references.c: the last reference is given back by whoever comes last. */
void race_unref (gboolean right);
void race_ref_string (gboolean right);
