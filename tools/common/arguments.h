/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The command lines of the programs. */
#include <glib.h>

/* Parses with context, which it frees, and then asks check: NULL, or a static text of what is
 * wrong. FALSE: that, and where help is, was written to standard error. */
gboolean tfc_arguments_parse (GOptionContext *context, int *argc, char ***argv,
                              const gchar *(*check) (void));
