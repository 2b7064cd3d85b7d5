/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Changes a few of the bytes in place, size >= 1: flipped bits, bytes, 32-bit numbers moved a
 * little or set to something that programs stumble over, pieces copied over others. */
#include <glib.h>

void fuzz_bend (guint8 *data, gsize size, GRand *rand);
