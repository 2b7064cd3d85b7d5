/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What this library's only header was called before 0.1 was released; new code includes
 * <gst/tfc/tfc.h>. */
#include <gst/video/video.h>
#include "tfc.h"

#define GST_TFC_TYPE_DETECTION GST_TYPE_TFC_DETECTION
#define GST_TFC_TYPE_POINT GST_TYPE_TFC_POINT
#define GST_TFC_TYPE_FACE GST_TYPE_TFC_FACE
#define GST_TFC_TYPE_RESULTS GST_TYPE_TFC_RESULTS
