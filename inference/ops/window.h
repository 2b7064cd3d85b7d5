/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
#include "inference/ops/op.h"

/* The output's shape where a kernel of this size slides over a picture, and SAME padding as
 * numbers. FALSE with error set. */
gboolean tfc_infer_window (TfcInfer *c, gint kernel_h, gint kernel_w, gint channels);
