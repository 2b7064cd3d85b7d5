/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Names of tensors and networks as names of files. */
#include <glib.h>

/* A name that stays in its folder on every file system: letters, digits, '-', '_' and '.' (not
 * first), at most 200 of them; anything else becomes '_'. May be empty. g_free. */
gchar *tfc_file_name (const gchar *name);
