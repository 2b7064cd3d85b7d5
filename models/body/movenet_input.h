/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The input that both MoveNets have: a picture of whole numbers, 0..255, their fractions cut off, in whatever type the file takes
 * them. */
#include "inference/model.h"
#include "models/frame/sample.h"

/* Sets type, size and scale of target; its border is left as it is. FALSE if input 0 is no such picture. */
gboolean tfc_movenet_target (const TfcModel *model, TfcTarget *target);
