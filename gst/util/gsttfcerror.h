/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* TFC_ERROR -> GStreamer's error domains: the table of inference/error.h. A GST_STREAM_ERROR stays
 * what it is, others become GST_STREAM_ERROR_FAILED. */
#include <gst/gst.h>

/* Posts error (any domain) on element's bus as GST_MESSAGE_ERROR or GST_MESSAGE_WARNING. The object
 * lock must not be held. Does not free error. */
void gst_tfc_post_error (GstElement *element, GstMessageType type, const GError *error);
