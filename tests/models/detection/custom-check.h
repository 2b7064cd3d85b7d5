/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Custom detectors written, opened and shown a picture. */
#include "tests/models/detection/custom-ssd.h"

/* The model at path, with a label file and an anchors file (NULL: none). */
TfcSsd *open_with (const gchar *path, const gchar *labels, const gchar *anchors, GError **error);
/* The same, which must succeed. */
TfcSsd *open_good (const gchar *path);
/* The numbers of row 5 are (255, 0, 192, 64) / 256, or what the network makes of them; all others
 * are 0. One detection if the threshold lies between. */
TfcDetection see (TfcSsd *ssd, gfloat threshold);

/* Of Custom: pixels are given as 0 to 1. */
#define PICTURE .mean = 0, .std = 256
