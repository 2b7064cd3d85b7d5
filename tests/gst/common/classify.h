/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the tests of tfcclassify share. */
#include "tests/gst/common/detect.h"

/* FALSE: the mirror's classifier is not there and the test was skipped. */
gboolean have_classifier (void);
/* A tfcclassify with the mirror's smallest model; as detect_new. */
GstElement *classify_new (const gchar *first_property, ...) G_GNUC_NULL_TERMINATED;

/* A picture of golden/classify or of the mirror's media in format. */
GstBuffer *classify_picture (const gchar *name, const gchar *format, GstCaps **caps);
/* Pushes the picture as the frame-th buffer, with its caps, and gives what comes out. */
GstBuffer *classify_show (GstHarness *h, const gchar *name, const gchar *format, guint frame);
/* The classes of a buffer; asserts that it has the metadata. */
const GstTfcClass *classes_of (GstBuffer *buffer, guint *n);
/* The label of the surest class of the picture in RGB; interned. */
const gchar *classify_best (GstHarness *h, const gchar *name, guint frame);
