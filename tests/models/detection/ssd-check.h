/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The quantised COCO-SSD of the mirror. */
#include <glib.h>
#include "models/detection/ssd.h"

/* Below the mirror. */
#define DETECT "models/coco-ssd/mobilenet_v1_quant/detect.tflite"

/* NULL, and the test skipped, where it is not there. */
TfcSsd *open_detect (const gchar *backend, guint threads);
