/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A detector in a file of its own: 4 x 4 pixels in, twelve boxes and three classes, a convolution between.
 * Every backend runs it in no time. */
#include <glib.h>

/* Path of the file; the caller unlinks it and frees the path. */
gchar *tiny_ssd_write (void);
