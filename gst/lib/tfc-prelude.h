/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Marks what the library exports; everything else in it is hidden. Included by every other header.
 */
#include <gst/gst.h>

#ifndef GST_TFC_API
#ifdef BUILDING_GST_TFC
#define GST_TFC_API GST_API_EXPORT
#else
#define GST_TFC_API GST_API_IMPORT
#endif
#endif
