/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What comes out of .tflite operators that are several nodes of ours, or none: numbers, on every
 * backend. */
#include "inference/model.h"
#include "tests/inference/tflite/tflite-run.h"
#include <math.h>
#include <string.h>

typedef struct {
  gint type;
  gint32 dim[6]; /* up to the first 0; {0}: a scalar */
  gdouble
      v[MAX_VALUES]; /* constants; the data counts 1, 2, 3, ...; of bools the even ones are set */
} In;

typedef struct {
  gint32 dim[6];
  gdouble v[MAX_VALUES];
} Out;

typedef struct {
  const gchar *name;
  gint code;
  guint data; /* which input comes from outside */
  In in[MAX_IN];
  guint n_in;
  struct {
    guint field;
    gint32 value;
  } options[4];
  Out out[MAX_OUT];
  guint n_out;
  gint type; /* of the outputs, if not float32 */
} Case;

#define D(...)  \
  {             \
    __VA_ARGS__ \
  }

// clang-format off
static const Case cases[] = {
  {"pack first", 83, 0, {{TFL_F32, D (2)}, {TFL_F32, D (2), D (8, 9)}}, 2, {{1, 0}}, {{D (2, 2), D (1, 2, 8, 9)}}, 1},
  {"pack last", 83, 0, {{TFL_F32, D (2)}, {TFL_F32, D (2), D (8, 9)}}, 2, {{1, -1}}, {{D (2, 2), D (1, 8, 2, 9)}}, 1},
  {"unpack", 88, 0, {{TFL_F32, D (2, 3)}}, 1, {{0, 3}, {1, 1}}, {{D (2), D (1, 4)}, {D (2), D (2, 5)}, {D (2), D (3, 6)}}, 3},
  {"split", 49, 1, {{TFL_I32, {0}, D (-1)}, {TFL_F32, D (2, 4)}}, 2, {{0, 2}}, {{D (2, 2), D (1, 2, 5, 6)}, {D (2, 2), D (3, 4, 7, 8)}}, 2},
  {"split_v", 102, 0, {{TFL_F32, D (1, 5)}, {TFL_I32, D (3), D (1, -1, 2)}, {TFL_I32, {0}, D (1)}}, 3, {{0, 3}},
   {{D (1, 1), D (1)}, {D (1, 2), D (2, 3)}, {D (1, 2), D (4, 5)}}, 3},
  {"tile", 69, 0, {{TFL_F32, D (1, 2)}, {TFL_I32, D (2), D (2, 3)}}, 2, {{0, 0}}, {{D (2, 6), D (1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2)}}, 1},
  {"tile once", 69, 0, {{TFL_F32, D (1, 2)}, {TFL_I32, D (2), D (1, 1)}}, 2, {{0, 0}}, {{D (1, 2), D (1, 2)}}, 1},
  {"broadcast_to", 130, 0, {{TFL_F32, D (2, 1)}, {TFL_I32, D (3), D (2, 2, 3)}}, 2, {{0, 0}}, {{D (2, 2, 3), D (1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2)}}, 1},
  {"gather", 36, 0, {{TFL_F32, D (2, 4)}, {TFL_I32, D (5), D (3, 2, 1, 0, 0)}}, 2, {{0, 1}}, {{D (2, 5), D (4, 3, 2, 1, 1, 8, 7, 6, 5, 5)}}, 1},
  {"gather one", 36, 0, {{TFL_F32, D (2, 4)}, {TFL_I32, {0}, D (2)}}, 2, {{0, -1}}, {{D (2), D (3, 7)}}, 1},
  {"gather, indices in a square", 36, 0, {{TFL_F32, D (3)}, {TFL_I64, D (2, 2), D (2, 0, 1, 2)}}, 2, {{0, 0}}, {{D (2, 2), D (3, 1, 2, 3)}}, 1},
  {"reverse", 105, 0, {{TFL_F32, D (2, 2)}, {TFL_I32, D (2), D (0, 1)}}, 2, {{0, 0}}, {{D (2, 2), D (4, 3, 2, 1)}}, 1},
  {"mirror_pad, reflected", 100, 0, {{TFL_F32, D (1, 4)}, {TFL_I32, D (2, 2), D (0, 0, 2, 3)}}, 2, {{0, 0}}, {{D (1, 9), D (3, 2, 1, 2, 3, 4, 3, 2, 1)}}, 1},
  {"mirror_pad, symmetric", 100, 0, {{TFL_F32, D (1, 3)}, {TFL_I32, D (2, 2), D (1, 0, 2, 3)}}, 2, {{0, 1}},
   {{D (2, 8), D (2, 1, 1, 2, 3, 3, 2, 1, 2, 1, 1, 2, 3, 3, 2, 1)}}, 1},
  {"space_to_depth", 26, 0, {{TFL_F32, D (1, 2, 4, 1)}}, 1, {{0, 2}}, {{D (1, 1, 2, 4), D (1, 2, 5, 6, 3, 4, 7, 8)}}, 1},
  {"space_to_batch", 38, 0, {{TFL_F32, D (1, 2, 3, 1)}, {TFL_I32, D (2), D (2, 2)}, {TFL_I32, D (2, 2), D (0, 0, 1, 0)}}, 3, {{0, 0}},
   {{D (4, 1, 2, 1), D (0, 2, 1, 3, 0, 5, 4, 6)}}, 1},
  {"batch_to_space", 37, 0, {{TFL_F32, D (4, 1, 2, 1)}, {TFL_I32, D (2), D (2, 2)}, {TFL_I32, D (2, 2), D (0, 0, 1, 0)}}, 3, {{0, 0}},
   {{D (1, 2, 3, 1), D (3, 2, 4, 7, 6, 8)}}, 1},
  {"space_to_batch of one axis", 38, 0, {{TFL_F32, D (1, 4, 1)}, {TFL_I32, D (1), D (2)}, {TFL_I32, D (1, 2), D (0, 0)}}, 3, {{0, 0}}, {{D (2, 2, 1), D (1, 3, 2, 4)}}, 1},
  {"strided_slice, masks", 45, 0, {{TFL_F32, D (2, 4)}, {TFL_I32, D (2), D (9, 9)}, {TFL_I32, D (2), D (9, 9)}, {TFL_I32, D (2), D (-1, 2)}}, 4,
   {{0, 3}, {1, 3}}, {{D (2, 2), D (5, 7, 1, 3)}}, 1},
  {"strided_slice, shrunk", 45, 0, {{TFL_F32, D (2, 4)}, {TFL_I32, D (2), D (-1, 1)}, {TFL_I32, D (2), D (0, 3)}, {TFL_I32, D (2), D (1, 1)}}, 4,
   {{4, 1}}, {{D (2), D (6, 7)}}, 1},
  {"strided_slice, fewer entries", 45, 0, {{TFL_F32, D (3, 2)}, {TFL_I32, D (1), D (1)}, {TFL_I32, D (1), D (3)}, {TFL_I32, D (1), D (1)}}, 4,
   {{0, 0}}, {{D (2, 2), D (3, 4, 5, 6)}}, 1},
  {"strided_slice, backward to the start", 45, 0, {{TFL_F32, D (4)}, {TFL_I32, D (1), D (2)}, {TFL_I32, D (1), D (0)}, {TFL_I32, D (1), D (-1)}}, 4,
   {{1, 1}}, {{D (3), D (3, 2, 1)}}, 1},
  {"strided_slice, a new axis behind an ellipsis", 45, 0, {{TFL_F32, D (1, 3)}, {TFL_I32, D (2), D (0, 0)}, {TFL_I32, D (2), D (0, 0)}, {TFL_I32, D (2), D (1, 1)}}, 4,
   {{2, 1}, {3, 2}}, {{D (1, 3, 1), D (1, 2, 3)}}, 1},
  {"strided_slice, lengths from behind", 45, 0, {{TFL_F32, D (5)}, {TFL_I32, D (1), D (-2)}, {TFL_I32, D (1), D (1)}, {TFL_I32, D (1), D (1)}}, 4,
   {{5, 1}}, {{D (1), D (4)}}, 1},
  {"add_n", 106, 0, {{TFL_F32, D (2)}, {TFL_F32, D (2), D (10, 20)}, {TFL_F32, D (2), D (5, 5)}}, 3, {{0, 0}}, {{D (2), D (16, 27)}}, 1},
  {"l2_normalization", 11, 0, {{TFL_F32, D (1, 2)}}, 1, {{0, 0}}, {{D (1, 2), D (0.4472135955, 0.894427191)}}, 1},
  {"log_softmax", 50, 0, {{TFL_F32, D (1, 2)}}, 1, {{0, 0}}, {{D (1, 2), D (-1.3132616875, -0.3132616875)}}, 1},
  {"batch_matmul", 126, 0, {{TFL_F32, D (1, 2, 2)}, {TFL_F32, D (2, 3), D (1, 2, 3, 4, 5, 6)}}, 2, {{0, 0}}, {{D (1, 2, 3), D (9, 12, 15, 19, 26, 33)}}, 1},
  {"batch_matmul, turned", 126, 0, {{TFL_F32, D (1, 2, 2)}, {TFL_F32, D (1, 2), D (10, 1)}}, 2, {{1, 1}}, {{D (1, 2, 1), D (12, 34)}}, 1},
  {"squeeze, all", 43, 0, {{TFL_F32, D (1, 2, 1)}}, 1, {{7, 0}}, {{D (2), D (1, 2)}}, 1},
  {"expand_dims", 70, 0, {{TFL_F32, D (2)}, {TFL_I32, {0}, D (-1)}}, 2, {{7, 0}}, {{D (2, 1), D (1, 2)}}, 1},
  {"pad_v2", 60, 0, {{TFL_F32, D (2)}, {TFL_I32, D (1, 2), D (1, 2)}, {TFL_F32, {0}, D (-7)}}, 3, {{7, 0}}, {{D (5), D (-7, 1, 2, -7, -7)}}, 1},
  {"mean over no axis but one", 40, 0, {{TFL_F32, D (1, 2)}, {TFL_I32, D (1), D (0)}}, 2, {{0, 0}}, {{D (2), D (1, 2)}}, 1},
  {"reduce_max of all", 82, 0, {{TFL_F32, D (2, 3)}, {TFL_I32, D (2), D (0, 1)}}, 2, {{0, 1}}, {{D (1, 1), D (6)}}, 1},
  {"arg_max", 56, 0, {{TFL_F32, D (2, 3)}, {TFL_I32, {0}, D (1)}}, 2, {{0, 2}}, {{D (2), D (2, 2)}}, 1},
  {"arg_max, int32, last but one", 56, 0, {{TFL_I32, D (2, 3)}, {TFL_I32, {0}, D (-2)}}, 2, {{0, 2}}, {{D (3), D (1, 1, 1)}}, 1, TFL_I32},
  {"arg_min", 79, 0, {{TFL_F32, D (2, 3)}, {TFL_I32, {0}, D (-1)}}, 2, {{0, 2}}, {{D (2), D (0, 0)}}, 1, TFL_I32},
  {"gather, indices computed", 36, 1, {{TFL_F32, D (2, 3), D (1, 2, 3, 4, 5, 6)}, {TFL_I32, D (1, 4)}}, 2, {{0, -1}},
   {{D (2, 1, 4), D (2, 3, 3, 3, 5, 6, 6, 6)}}, 1},
  {"gather, batches", 36, 0, {{TFL_F32, D (2, 3)}, {TFL_I32, D (2, 2), D (2, 0, 1, 1)}}, 2, {{0, -1}, {1, -1}}, {{D (2, 2), D (3, 1, 5, 5)}}, 1},
  {"gather, many", 36, 0, {{TFL_I32, D (4)}, {TFL_I64, D (12), D (0, 3, 0, 3, 0, 3, 0, 2, 0, 2, 1, 3)}}, 2, {{0, 0}},
   {{D (12), D (1, 4, 1, 4, 1, 4, 1, 3, 1, 3, 2, 4)}}, 1, TFL_I32},
  {"gather_nd", 107, 0, {{TFL_F32, D (2, 3)}, {TFL_I32, D (2, 2), D (1, 2, 0, 1)}}, 2, {{0, 0}}, {{D (2), D (6, 2)}}, 1},
  {"gather_nd, rows", 107, 0, {{TFL_I32, D (2, 3)}, {TFL_I64, D (1, 2, 1), D (1, 0)}}, 2, {{0, 0}}, {{D (1, 2, 3), D (4, 5, 6, 1, 2, 3)}}, 1, TFL_I32},
  {"gather_nd, indices computed", 107, 1, {{TFL_F32, D (2, 3), D (1, 2, 3, 4, 5, 6)}, {TFL_I32, D (2, 2)}}, 2, {{0, 0}}, {{D (2), D (6, 6)}}, 1},
  {"one_hot", 85, 0, {{TFL_I32, D (3)}, {TFL_I32, {0}, D (3)}, {TFL_F32, {0}, D (5)}, {TFL_F32, {0}, D (-1)}}, 4, {{0, -1}},
   {{D (3, 3), D (-1, 5, -1, -1, -1, 5, -1, -1, -1)}}, 1},
  {"cumsum", 128, 0, {{TFL_F32, D (2, 3)}, {TFL_I32, {0}, D (-1)}}, 2, {{0, 1}}, {{D (2, 3), D (0, 1, 3, 0, 4, 9)}}, 1},
  {"cumsum, int32, backward", 128, 0, {{TFL_I32, D (3, 2)}, {TFL_I32, {0}, D (0)}}, 2, {{1, 1}}, {{D (3, 2), D (9, 12, 8, 10, 5, 6)}}, 1, TFL_I32},
  {"batch_matmul, first transposed", 126, 0, {{TFL_F32, D (1, 2, 2)}, {TFL_F32, D (2, 1), D (1, 10)}}, 2, {{0, 1}}, {{D (1, 2, 1), D (31, 42)}}, 1},
  {"batch_matmul, constant first", 126, 1, {{TFL_F32, D (1, 2), D (1, 10)}, {TFL_F32, D (2, 2, 2)}}, 2, {{0, 0}}, {{D (2, 1, 2), D (31, 42, 75, 86)}}, 1},
  {"batch_matmul, both turned", 126, 0, {{TFL_F32, D (2, 1)}, {TFL_F32, D (2, 2), D (1, 10, 100, 1000)}}, 2, {{0, 1}, {1, 1}}, {{D (1, 2), D (21, 2100)}}, 1},
  {"reduce_any", 91, 0, {{TFL_BOOL, D (3, 2)}, {TFL_I32, D (1), D (-1)}}, 2, {{0, 0}}, {{D (3), D (1, 1, 1)}}, 1, TFL_BOOL},
  {"reduce_all", 140, 0, {{TFL_BOOL, D (3, 2)}, {TFL_I32, D (1), D (-2)}}, 2, {{0, 1}}, {{D (1, 2), D (0, 1)}}, 1, TFL_BOOL},
  {"select, a mask of rows", 64, 1, {{TFL_BOOL, D (2), D (1, 0)}, {TFL_F32, D (2, 2)}, {TFL_F32, D (2, 2), D (7, 7, 8, 8)}}, 3, {{0, 0}}, {{D (2, 2), D (1, 2, 8, 8)}}, 1},
  {"select of int32", 123, 1, {{TFL_BOOL, D (2), D (1, 0)}, {TFL_I32, D (2, 2)}, {TFL_I32, {0}, D (7)}}, 3, {{0, 0}}, {{D (2, 2), D (1, 7, 3, 7)}}, 1, TFL_I32},
  {"l2_pool", 12, 0, {{TFL_F32, D (1, 1, 4, 1)}}, 1, {{1, 2}, {2, 1}, {3, 2}, {4, 1}}, {{D (1, 1, 2, 1), D (1.58113883, 3.53553391)}}, 1},
  {"scatter_nd", 122, 1, {{TFL_I64, D (3, 1), D (3, 0, 3)}, {TFL_F32, D (3)}, {TFL_I32, D (1), D (4)}}, 3, {{7, 0}}, {{D (4), D (2, 0, 0, 4)}}, 1},
  {"scatter_nd, places computed", 122, 0, {{TFL_I32, D (3, 1)}, {TFL_I32, D (3), D (5, 6, 7)}, {TFL_I32, D (1), D (3)}}, 3, {{7, 0}}, {{D (3), D (0, 5, 6)}}, 1, TFL_I32},
  {"embedding_lookup", 7, 1, {{TFL_I32, D (2), D (2, 0)}, {TFL_F32, D (3, 2)}}, 2, {{0, 0}}, {{D (2, 2), D (5, 6, 1, 2)}}, 1},
  {"atan2", 156, 0, {{TFL_F32, D (2)}, {TFL_F32, D (2), D (1, -2)}}, 2, {{0, 0}}, {{D (2), D (0.78539816, 2.35619449)}}, 1},
  {"pack int32", 83, 0, {{TFL_I32, D (2)}, {TFL_I32, D (2), D (8, 9)}}, 2, {{1, -2}}, {{D (2, 2), D (1, 2, 8, 9)}}, 1, TFL_I32},
  {"unpack int32", 88, 0, {{TFL_I32, D (2, 2)}}, 1, {{0, 2}, {1, -1}}, {{D (2), D (1, 3)}, {D (2), D (2, 4)}}, 2, TFL_I32},
  {"split int32", 49, 1, {{TFL_I32, {0}, D (-2)}, {TFL_I32, D (2, 2)}}, 2, {{0, 2}}, {{D (1, 2), D (1, 2)}, {D (1, 2), D (3, 4)}}, 2, TFL_I32},
  {"split_v int32", 102, 0, {{TFL_I32, D (5)}, {TFL_I32, D (2), D (-1, 2)}, {TFL_I32, {0}, D (-1)}}, 3, {{0, 2}}, {{D (3), D (1, 2, 3)}, {D (2), D (4, 5)}}, 2, TFL_I32},
  {"tile int32", 69, 0, {{TFL_I32, D (2)}, {TFL_I32, D (1), D (3)}}, 2, {{7, 0}}, {{D (6), D (1, 2, 1, 2, 1, 2)}}, 1, TFL_I32},
  {"transpose int32", 39, 0, {{TFL_I32, D (2, 3)}, {TFL_I32, D (2), D (1, 0)}}, 2, {{7, 0}}, {{D (3, 2), D (1, 4, 2, 5, 3, 6)}}, 1, TFL_I32},
  {"slice int32", 65, 0, {{TFL_I32, D (2, 3)}, {TFL_I32, D (2), D (0, 1)}, {TFL_I32, D (2), D (-1, 2)}}, 3, {{7, 0}}, {{D (2, 2), D (2, 3, 5, 6)}}, 1, TFL_I32},
  {"strided_slice int32, all masks", 45, 0, {{TFL_I32, D (2, 2, 3)}, {TFL_I32, D (4), D (1, 0, 0, 2)}, {TFL_I32, D (4), D (9, 0, 0, 0)}, {TFL_I32, D (4), D (1, 1, 1, -1)}}, 4,
   {{1, 8}, {2, 2}, {3, 4}, {4, 1}}, {{D (2, 1, 3), D (9, 8, 7, 12, 11, 10)}}, 1, TFL_I32},
  {"reverse int32", 105, 0, {{TFL_I32, D (2, 2)}, {TFL_I32, D (1), D (-1)}}, 2, {{7, 0}}, {{D (2, 2), D (2, 1, 4, 3)}}, 1, TFL_I32},
  {"mirror_pad int32", 100, 0, {{TFL_I32, D (3)}, {TFL_I32, D (1, 2), D (1, 1)}}, 2, {{0, 0}}, {{D (5), D (2, 1, 2, 3, 2)}}, 1, TFL_I32},
  {"pad_v2 int32", 60, 0, {{TFL_I32, D (2)}, {TFL_I32, D (1, 2), D (1, 1)}, {TFL_I32, {0}, D (-7)}}, 3, {{7, 0}}, {{D (4), D (-7, 1, 2, -7)}}, 1, TFL_I32},
  {"concatenation int32", 2, 0, {{TFL_I32, D (1, 2)}, {TFL_I32, D (1, 1), D (9)}}, 2, {{0, -1}}, {{D (1, 3), D (1, 2, 9)}}, 1, TFL_I32},
  {"space_to_depth int32", 26, 0, {{TFL_I32, D (1, 2, 2, 1)}}, 1, {{0, 2}}, {{D (1, 1, 1, 4), D (1, 2, 3, 4)}}, 1, TFL_I32},
  {"depth_to_space int32", 5, 0, {{TFL_I32, D (1, 1, 1, 4)}}, 1, {{0, 2}}, {{D (1, 2, 2, 1), D (1, 2, 3, 4)}}, 1, TFL_I32},
  {"add_n int32", 106, 0, {{TFL_I32, D (2)}, {TFL_I32, D (2), D (5, 6)}}, 2, {{7, 0}}, {{D (2), D (6, 8)}}, 1, TFL_I32},
  {"sum int32", 74, 0, {{TFL_I32, D (2, 3)}, {TFL_I32, D (2), D (-1, 0)}}, 2, {{0, 0}}, {{{0}, D (21)}}, 1, TFL_I32},
  {"reduce_prod int32", 81, 0, {{TFL_I32, D (2, 3)}, {TFL_I32, D (1), D (-1)}}, 2, {{0, 0}}, {{D (2), D (6, 120)}}, 1, TFL_I32},
  {"mean int32", 40, 0, {{TFL_I32, D (2, 3)}, {TFL_I32, D (1), D (-2)}}, 2, {{0, 1}}, {{D (1, 3), D (2, 3, 4)}}, 1, TFL_I32},
  {"floor_div int32", 90, 0, {{TFL_I32, D (4)}, {TFL_I32, {0}, D (-2)}}, 2, {{7, 0}}, {{D (4), D (-1, -1, -2, -2)}}, 1, TFL_I32},
  {"floor_mod int32", 95, 0, {{TFL_I32, D (4)}, {TFL_I32, {0}, D (3)}}, 2, {{7, 0}}, {{D (4), D (1, 2, 0, 1)}}, 1, TFL_I32},
  {"squared_difference int32", 99, 0, {{TFL_I32, D (2)}, {TFL_I32, {0}, D (4)}}, 2, {{7, 0}}, {{D (2), D (9, 4)}}, 1, TFL_I32},
  {"less int32", 58, 0, {{TFL_I32, D (3)}, {TFL_I32, {0}, D (2)}}, 2, {{7, 0}}, {{D (3), D (1, 0, 0)}}, 1, TFL_BOOL},
  {"int32 to int64, which stays int32", 53, 0, {{TFL_I32, D (3)}}, 1, {{7, 0}}, {{D (3), D (1, 2, 3)}}, 1, TFL_I64},
  {"sub of int32 and int64", 41, 0, {{TFL_I32, D (3)}, {TFL_I64, D (1), D (4)}}, 2, {{7, 0}}, {{D (3), D (-3, -2, -1)}}, 1, TFL_I64},
  {"rsqrt", 76, 0, {{TFL_F32, D (1, 4)}}, 1, {{0, 0}}, {{D (1, 4), D (1, 0.70710678, 0.57735027, 0.5)}}, 1},
};
// clang-format on

static guint
add_constant (TflWriter *w, const In *in)
{
  TfcShape s = shape_of (in->dim);
  gfloat f[MAX_VALUES];
  gint32 i[MAX_VALUES];
  gint64 l[MAX_VALUES];
  guint8 b[MAX_VALUES];
  gsize n;
  tfc_shape_count (&s, &n);
  for (gsize k = 0; k < n; k++) {
    f[k] = (gfloat)in->v[k];
    i[k] = (gint32)in->v[k];
    l[k] = (gint64)in->v[k];
    b[k] = in->v[k] != 0;
  }
  const void *data = in->type == TFL_F32    ? (void *)f
                     : in->type == TFL_I32  ? (void *)i
                     : in->type == TFL_BOOL ? (void *)b
                                            : l;
  const guint size = in->type == TFL_I64 ? 8 : in->type == TFL_BOOL ? 1 : 4;
  return tflw_tensor (w, in->type, "c", &s, data, n * size);
}

static GBytes *
write_case (const Case *c)
{
  TflWriter *w = tflw_new ();
  gint in[MAX_IN], out[MAX_OUT];
  for (guint k = 0; k < c->n_in; k++) {
    TfcShape s = shape_of (c->in[k].dim);
    in[k] = k == c->data ? tflw_tensor (w, c->in[k].type, "x", &s, NULL, 0)
                         : add_constant (w, &c->in[k]);
  }
  for (guint k = 0; k < c->n_out; k++) {
    TfcShape s = shape_of (c->out[k].dim);
    out[k] = tflw_tensor (w, c->code == 56 ? TFL_I32 : c->type, "y", &s, NULL, 0);
  }
  guint op = tflw_op (w, c->code, NULL, in, c->n_in, out, c->n_out);
  for (guint k = 0; k < G_N_ELEMENTS (c->options); k++) {
    if (c->options[k].field < 7 && (c->options[k].field || c->options[k].value))
      tflw_option (w, op, c->options[k].field, c->options[k].value);
  }
  GBytes *bytes = tflw_finish (w, &in[c->data], 1, out, c->n_out);
  tflw_free (w);
  return bytes;
}

/* 1, 2, 3, ...; of bools the even ones are set. */
static void
fill_input (const TfcTensor *x)
{
  for (gsize i = 0; i < tfc_tensor_count (x); i++) {
    if (x->type == TFC_TYPE_BOOL)
      ((guint8 *)x->data)[i] = i % 2;
    else if (x->type == TFC_TYPE_I32)
      ((gint32 *)x->data)[i] = (gint32)i + 1;
    else
      ((gfloat *)x->data)[i] = (gfloat)i + 1;
  }
}

static void
check_case (const Case *c, guint backend)
{
  GBytes *bytes = write_case (c);
  TfcModel *model = open_model (bytes, backend);
  fill_input (tfc_model_input (model, 0));
  run_model (model);
  for (guint k = 0; k < c->n_out; k++) {
    const TfcTensor *y = tfc_model_output (model, k);
    TfcShape want = shape_of (c->out[k].dim);
    g_assert_true (tfc_shape_equal (&y->shape, &want));
    for (gsize i = 0; i < tfc_tensor_count (y); i++) {
      gdouble v = y->type == TFC_TYPE_BOOL  ? ((const guint8 *)y->data)[i]
                  : y->type == TFC_TYPE_I32 ? ((const gint32 *)y->data)[i]
                                            : ((const gfloat *)y->data)[i];
      g_assert_cmpfloat_with_epsilon (v, c->out[k].v[i], 1e-5);
    }
  }
  tfc_model_close (model);
  g_bytes_unref (bytes);
}

static void
test_case (gconstpointer data)
{
  for (guint b = 0; tfc_backend_nth (b); b++)
    check_case (data, b);
}

/* SHAPE, STRIDED_SLICE, PACK, RESHAPE, as a converter writes it that does not know the batch; FILL
 * and RANGE of numbers that come of it. */
static void
test_known (void)
{
  TflWriter *w = tflw_new ();
  TfcShape image = tfc_shape (4, 1, 2, 3, 2), four = tfc_shape (1, 4), one = tfc_shape (1, 1),
           two = tfc_shape (1, 2), scalar = tfc_shape (0), grid = tfc_shape (2, 1, 12),
           twelve = tfc_shape (1, 12);
  const gint32 i0 = 0, i1 = 1, minus = -1;
  const gfloat half = 0.5f;
  gint x = tflw_tensor (w, TFL_F32, "x", &image, NULL, 0),
       s = tflw_tensor (w, TFL_I32, "s", &four, NULL, 0),
       c0 = tflw_tensor (w, TFL_I32, "c0", &one, &i0, 4),
       c1 = tflw_tensor (w, TFL_I32, "c1", &one, &i1, 4),
       rest = tflw_tensor (w, TFL_I32, "rest", &scalar, &minus, 4),
       batch = tflw_tensor (w, TFL_I32, "batch", &scalar, NULL, 0),
       to = tflw_tensor (w, TFL_I32, "to", &two, NULL, 0),
       flat = tflw_tensor (w, TFL_F32, "flat", &grid, NULL, 0),
       axis = tflw_tensor (w, TFL_I32, "axis", &one, &i0, 4),
       n = tflw_tensor (w, TFL_I32, "n", &scalar, NULL, 0),
       zero = tflw_tensor (w, TFL_I32, "zero", &scalar, &i0, 4),
       step = tflw_tensor (w, TFL_I32, "step", &scalar, &i1, 4),
       count = tflw_tensor (w, TFL_I32, "count", &twelve, NULL, 0),
       real = tflw_tensor (w, TFL_F32, "real", &twelve, NULL, 0),
       value = tflw_tensor (w, TFL_F32, "value", &scalar, &half, 4),
       full = tflw_tensor (w, TFL_F32, "full", &grid, NULL, 0),
       full_to = tflw_tensor (w, TFL_I32, "full_to", &two, (gint32[]){1, 12}, 8),
       sum = tflw_tensor (w, TFL_F32, "sum", &grid, NULL, 0),
       y = tflw_tensor (w, TFL_F32, "y", &grid, NULL, 0);
  tflw_op (w, 77, NULL, &x, 1, &s, 1);
  guint op = tflw_op (w, 45, NULL, (gint[]){s, c0, c1, c1}, 4, &batch, 1);
  tflw_option (w, op, 4, 1);
  tflw_op (w, 83, NULL, (gint[]){batch, rest}, 2, &to, 1);
  tflw_op (w, 22, NULL, (gint[]){x, to}, 2, &flat, 1);
  tflw_op (w, 81, NULL, (gint[]){s, axis}, 2, &n, 1);
  tflw_op (w, 96, NULL, (gint[]){zero, n, step}, 3, &count, 1);
  tflw_op (w, 53, NULL, &count, 1, &real, 1);
  tflw_op (w, 94, NULL, (gint[]){full_to, value}, 2, &full, 1);
  tflw_op (w, 0, NULL, (gint[]){flat, real}, 2, &sum, 1);
  tflw_op (w, 0, NULL, (gint[]){sum, full}, 2, &y, 1);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  for (guint b = 0; tfc_backend_nth (b); b++) {
    TfcModel *model = open_model (bytes, b);
    gfloat *in = tfc_model_input (model, 0)->data;
    for (guint i = 0; i < 12; i++)
      in[i] = 10 * (gfloat)i;
    run_model (model);
    const gfloat *out = tfc_model_output (model, 0)->data;
    for (guint i = 0; i < 12; i++)
      g_assert_cmpfloat (out[i], ==, 11 * (gfloat)i + 0.5f);
    tfc_model_close (model);
  }
  g_bytes_unref (bytes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *path = g_strdup_printf ("/tflite-values/%s", cases[i].name);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/tflite-values/known", test_known);
  return g_test_run ();
}
