/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Label files with the given text. */
#include "models/result/labels.h"

/* length: -1 for a text without NUL. */
TfcLabels *load_text (const gchar *text, gssize length, GError **error);
/* Loading fails, and the error has says in it. */
void refuse (const gchar *text, gssize length, const gchar *says);
/* Loading gives n labels. */
void accept (const gchar *text, guint n);
