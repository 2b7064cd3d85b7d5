/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* The name of this library's header before 0.1 was released; <gst/tfc/tfc.h> is the same. */
#include "tfc.h"
