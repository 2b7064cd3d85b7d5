/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* GraphModels that suppress inside, as TensorFlow 2's Object Detection API exports them and others write
 * them. The network has no weights: a picture that is stretched to 4 x 4, whose 48 numbers times 1 / 256 are both
 * the corner boxes and the scores of 12 rows. */
#include "tests/inference/tfjs/graphmodel.h"

typedef struct {
  const gchar *name;
  void (*write) (GraphModel *f);
  gint id; /* of the class of column 2 */
} TfjsSuppressing;

extern const TfjsSuppressing tfjs_suppressing[];
extern const guint tfjs_n_suppressing;

/* Those that are refused, and what the message says. */
typedef struct {
  void (*write) (GraphModel *f);
  const gchar *says;
} TfjsSuppressingWrong;

extern const TfjsSuppressingWrong tfjs_suppressing_wrong[];
extern const guint tfjs_n_suppressing_wrong;
