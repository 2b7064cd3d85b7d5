/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* JSON is UTF-8 (RFC 8259); names of files, classes and models need not be. */
#include <cJSON.h>
#include <glib.h>

/* A member that is text; what is not UTF-8 in it becomes U+FFFD. */
void tfc_json_text (cJSON *to, const gchar *key, const gchar *text);
/* The list as text to a file, or to standard output for "-". Takes it. FALSE with error set. */
gboolean tfc_json_write (cJSON *list, const gchar *where, GError **error);
