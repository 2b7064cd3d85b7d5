/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
#include <glib.h>

/* Nanoseconds that the last run spent. */
typedef struct {
  gint64 sample, network, decode;
} TfcSegmentTimes;
