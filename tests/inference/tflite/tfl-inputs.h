/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where in a .tflite file its operators name their inputs. */
#include <glib.h>

/* The positions of the numbers (int32, -1 for an input that is not there), at most max of them, in the
 * order of the operators; returns how many. 0 for what is no .tflite file or is damaged. */
guint tfl_inputs (const guint8 *data, gsize size, gsize *at, guint max);
