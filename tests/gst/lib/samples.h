/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Results that the tests of the library attach, and what must come back. */
#include "gst/lib/tfc.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-5)

/* A person and a cat that leaves the frame. */
extern const GstTfcDetection two[2];
/* Of the two faces that make_faces fills: 468 and 478 of them. */
extern GstTfcPoint points[2][478];
void make_faces (GstTfcFace *faces);

/* meta has two, of the model "m" and the PTS 42. */
void assert_two (const GstTfcDetectionMeta *meta);
