/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* g_object_set for tests: enums and flags are given by nick ("mobilenet-v2", "own+roi"), not by
 * number. */
#include <glib-object.h>
#include <stdarg.h>

void set_properties (gpointer object, const gchar *first, ...) G_GNUC_NULL_TERMINATED;
void set_properties_valist (gpointer object, const gchar *first, va_list values);
