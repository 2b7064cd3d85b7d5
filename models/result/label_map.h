/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* label_map.pbtxt of the TensorFlow Object Detection API: item { id: 1 name: "x" display_name: "y" }
 * in protobuf's text format. Private to label_file.c. */
#include "models/result/labels.h"

/* Whether text (UTF-8, no byte order mark) begins as one. */
gboolean tfc_label_map_is (const gchar *text);
/* display_name wins over name. NULL with error set (SETTINGS, naming the line). */
TfcLabels *tfc_label_map_parse (const gchar *text, const gchar *path, GError **error);
