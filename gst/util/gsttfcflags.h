/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* How flags are written. */
#include <glib-object.h>

/* From here on gst_value_deserialize, and so gst-launch-1.0 and gst_util_set_object_arg, reads names
 * of type's flags that are joined with commas, as in other lists, as well as with '+'. It may be
 * called again for the same type. In class_init. */
void gst_tfc_flags_take_commas (GType type);
