/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* GraphModels of several nodes, for tests and as seeds of the fuzzer. x is the input of all. */
#include "tests/inference/tfjs/graphmodel.h"

/* Texts as character codes, numbers as texts, types as numbers, every list there: y [1,1,1,2]. */
void tfjs_old_style (GraphModel *f);
/* "b:0" and "a", besides a node of an unknown op that nothing needs. */
void tfjs_two_outputs (GraphModel *f);
/* y [1,2] of weights stored in every way, in shards of at most so many bytes. */
void tfjs_weight_kinds (GraphModel *f, gsize shard);
/* i = 0; while i < turns: x += step, i++ ; the steps are read from one list and sums written to
 * another. Outputs: the last x, and the list of four. */
void tfjs_loop (GraphModel *f, gint32 turns);
/* A picture of any size, resized to 2x3, of which y is computed. */
void tfjs_any_picture (GraphModel *f);
/* "scores" and "boxes" decoded in another way than COCO-SSD's graphs write it. */
void tfjs_coder (GraphModel *f, gfloat centre_scale);
/* y [1,3] = x + what nine ops say of constants, each with its own power of two. */
void tfjs_comparisons (GraphModel *f);
/* y = x * floor (a / b), z = x * (a mod b); 0 where b is 0. */
void tfjs_quotients (GraphModel *f);
/* y = x + its width, a rank, its size. */
void tfjs_counts (GraphModel *f);
/* A picture of any size goes through a list, as the pictures of a batch do; y [6,3]. */
void tfjs_pictures (GraphModel *f);
