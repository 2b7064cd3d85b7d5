/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Operators asked for what cannot be, or for far more than the file could want: each is an error that names the
 * file and the operator, in no time and next to no memory. */
#include <string.h>
#include <sys/resource.h>

#include "inference/builder/load.h"
#include "inference/passes/lower.h"
#include "tests/inference/tflite/tfl-cases.h"

#define VAST G_MAXINT32

typedef struct {
  TflCase op;
  const gchar *says;
} Refused;

// clang-format off
#define F3 {TFL_F32, {2, 3}}
static const Refused cases[] = {
  {{"TILE", 69, {F3, {TFL_I32, {2}, {1, VAST}}}, TFL_F32, {2, 9}}, "impossible size"},
  {{"TILE", 69, {F3, {TFL_I32, {2}, {VAST, VAST}}}, TFL_F32, {2, 9}}, "impossible size"},
  {{"TILE", 69, {F3, {TFL_I32, {1}, {2}}}, TFL_F32, {2, 9}}, "1 multiples for 2"},
  {{"TILE", 69, {F3, {TFL_I32, {2}, {1, 0}}}, TFL_F32, {2, 9}}, "0 times"},
  {{"TILE", 69, {F3, {TFL_I32, {2}, {-1, 1}}}, TFL_F32, {2, 9}}, "-1 times"},
  {{"BROADCAST_TO", 130, {F3, {TFL_I32, {3}, {VAST, 2, 3}}}, TFL_F32, {2, 3}}, "impossible size"},
  {{"BROADCAST_TO", 130, {F3, {TFL_I32, {2}, {2, 4}}}, TFL_F32, {2, 3}}, "dimensions 3 and 4"},
  {{"BROADCAST_TO", 130, {F3, {TFL_I32, {1}, {3}}}, TFL_F32, {2, 3}}, "fewer dimensions"},
  {{"FILL", 94, {{TFL_I32, {2}, {VAST, VAST}}, {TFL_F32, {1}}}, TFL_F32, {2, 3}, .data = 1}, "impossible size"},
  {{"FILL", 94, {{TFL_I32, {2}, {2, 0}}, {TFL_F32, {1}}}, TFL_F32, {2, 3}, .data = 1}, "0 times"},
  {{"RANGE", 96, {{TFL_I32, {1}, {0}}, {TFL_I32, {1}, {VAST}}, {TFL_I32, {1}, {1}}}, TFL_I32, {3}, .data = 3}, "too long"},
  {{"RANGE", 96, {{TFL_I32, {1}, {0}}, {TFL_I32, {1}, {9}}, {TFL_I32, {1}, {0}}}, TFL_I32, {3}, .data = 3}, "too long"},
  {{"GATHER", 36, {F3, {TFL_I32, {2}, {0, 3}}}, TFL_F32, {2, 2}, {{0, 1}}}, "element 3 of 3"},
  {{"GATHER", 36, {F3, {TFL_I32, {2}, {0, -1}}}, TFL_F32, {2, 2}, {{0, 1}}}, "element -1 of 3"},
  {{"GATHER", 36, {F3, {TFL_I32, {1}, {0}}}, TFL_F32, {2, 2}, {{0, 2}}}, "axis 2 of 2"},
  {{"GATHER", 36, {F3, {TFL_I32, {1}, {0}}}, TFL_F32, {2, 2}, {{0, 1}, {1, 1}}}, "2 batches of elements, 1 of indices"},
  {{"GATHER", 36, {F3, {TFL_I32, {1}, {0}}}, TFL_F32, {2, 2}, {{1, 1}}}, "1 batch dimensions"},
  {{"GATHER", 36, {F3, {TFL_I32, {1}, {0}}}, TFL_F32, {2, 2}, {{0, 1}, {1, -VAST}}}, "batch dimensions"},
  {{"GATHER", 36, {F3, {TFL_I32, {2}, {0, -VAST}}}, TFL_F32, {2, 2}, {{0, 1}}}, "element -2147483647 of 3"},
  {{"GATHER_ND", 107, {F3, {TFL_I32, {1, 3}}}, TFL_F32, {2}}, "3 numbers for 2 dimensions"},
  {{"GATHER_ND", 107, {F3, {TFL_I32, {1, 3}}}, TFL_F32, {2}, .data = 1}, "3 numbers for 2 dimensions"},
  {{"GATHER_ND", 107, {F3, {TFL_I32, {1, 2}, {1, 3}}}, TFL_F32, {2}}, "element 3 of 3"},
  {{"GATHER_ND", 107, {F3, {TFL_I32, {1, 1}, {-1}}}, TFL_F32, {2}}, "element -1 of 2"},
  {{"GATHER_ND", 107, {F3, {TFL_F32, {1, 1}}}, TFL_F32, {2}, .data = 1}, "indices of float32"},
  {{"SPARSE_TO_DENSE", 68, {{TFL_I32, {1}, {3}}, {TFL_I32, {1}, {3}}, {TFL_F32, {1}}, {TFL_F32, {1}}}, TFL_F32, {3}, .data = 4}, "element 3 of 3"},
  {{"SPARSE_TO_DENSE", 68, {{TFL_I32, {1}, {-1}}, {TFL_I32, {1}, {3}}, {TFL_F32, {1}}, {TFL_F32, {1}}}, TFL_F32, {3}, .data = 4}, "element -1 of 3"},
  {{"SPARSE_TO_DENSE", 68, {{TFL_I32, {1}, {0}}, {TFL_I32, {2}, {VAST, VAST}}, {TFL_F32, {1}}, {TFL_F32, {1}}}, TFL_F32, {3}, .data = 4}, "1 numbers for 2 dimensions"},
  {{"SPARSE_TO_DENSE", 68, {{TFL_I32, {1, 2}, {0}}, {TFL_I32, {2}, {VAST, VAST}}, {TFL_F32, {1}}, {TFL_F32, {1}}}, TFL_F32, {3}, .data = 4}, ""},
  {{"SPARSE_TO_DENSE", 68, {{TFL_I32, {2}, {0, 1}}, {TFL_I32, {1}, {4}}, {TFL_F32, {3}}, {TFL_F32, {1}}}, TFL_F32, {4}, .data = 4}, "do not fit the places"},
  {{"SPARSE_TO_DENSE", 68, {{TFL_I32, {2}, {0, 1}}, {TFL_I32, {1}, {4}}, {TFL_F32, {1}}, {TFL_F32, {1}}}, TFL_F32, {4}, .data = 2}, "not constant"},
  {{"CONV_2D", 3, {{TFL_F32, {1, 5, 5, 6}}, {TFL_F32, {5, 1, 1, 3}}}, TFL_F32, {1, 5, 5, 5}, {{1, 1}, {2, 1}}}, "weights for 3 channels on 6"},
  {{"PACK", 83, {F3, F3}, TFL_F32, {2, 2, 3}, {{1, 3}}}, "axis 3 of 3"},
  {{"PACK", 83, {F3, {TFL_F32, {2, 4}}}, TFL_F32, {2, 2, 3}, {{1, 0}}}, "differs beside the axis"},
  {{"UNPACK", 88, {F3}, TFL_F32, {3}, {{1, 0}}}, "1 parts of 2"},
  {{"UNPACK", 88, {F3}, TFL_F32, {3}, {{1, -3}}}, "axis -3"},
  {{"SPLIT", 49, {{TFL_I32, {1}, {2}}, F3}, TFL_F32, {2, 3}, .data = 1}, "axis 2 of 2 dimensions"},
  {{"SPLIT_V", 102, {F3, {TFL_I32, {1}, {2}}, {TFL_I32, {1}, {1}}}, TFL_F32, {2, 3}}, "not the whole"},
  {{"SPLIT_V", 102, {F3, {TFL_I32, {1}, {0}}, {TFL_I32, {1}, {1}}}, TFL_F32, {2, 3}}, "a part of 0"},
  {{"SPLIT_V", 102, {F3, {TFL_I32, {2}, {1, 2}}, {TFL_I32, {1}, {1}}}, TFL_F32, {2, 3}}, "2 sizes for 1 outputs"},
  {{"RESIZE_NEAREST_NEIGHBOR", 97, {{TFL_F32, {1, 2, 2, 1}}, {TFL_I32, {2}, {0, 4}}}, TFL_F32, {1, 4, 4, 1}}, "to 4x0 pixels"},
  {{"RESIZE_NEAREST", 97, {{TFL_F32, {1, 2, 2, 1}}, {TFL_I32, {2}, {4, 4}}}, TFL_F32, {1, 4, 4, 1}, {{0, 1}, {1, 1}}}, "half pixels at once"},
  {{"RESIZE_NEAREST", 97, {{TFL_F32, {1, 2, 2, 1}}, {TFL_I32, {2}, {VAST, VAST}}}, TFL_F32, {1, 4, 4, 1}}, "impossible size"},
  {{"REDUCE_MAX", 82, {F3, {TFL_I32, {1}, {2}}}, TFL_F32, {2}}, "axis 2 of 2 dimensions"},
  {{"ARG_MAX", 56, {F3, {TFL_I32, {1}, {-3}}}, TFL_I32, {2}}, "axis -3 of 2 dimensions"},
  {{"ARG_MAX", 56, {F3, {TFL_I32, {1}, {1}}}, TFL_F32, {2}}, "of another type"},
  {{"MIRROR_PAD", 100, {F3, {TFL_I32, {2, 2}, {0, 0, 3, 0}}}, TFL_F32, {2, 6}}, "to mirror"},
  {{"MIRROR_PAD", 100, {F3, {TFL_I32, {2, 2}, {0, 0, -1, 0}}}, TFL_F32, {2, 6}}, "to mirror"},
  {{"SPACE_TO_DEPTH", 26, {{TFL_F32, {1, 4, 6, 1}}}, TFL_F32, {1, 2, 3, 4}, {{0, 4}}}, "a block that does not fit"},
  {{"SPACE_TO_DEPTH", 26, {{TFL_F32, {1, 4, 6, 1}}}, TFL_F32, {1, 2, 3, 4}, {{0, -2}}}, "a block that does not fit"},
  {{"SPACE_TO_BATCH_ND", 38, {{TFL_F32, {1, 3, 4, 1}}, {TFL_I32, {2}, {2, 2}}, {TFL_I32, {2, 2}}}, TFL_F32, {4, 2, 2, 1}}, "do not fill"},
  {{"SPACE_TO_BATCH_ND", 38, {{TFL_F32, {1, 3, 4, 1}}, {TFL_I32, {2}, {VAST, VAST}}, {TFL_I32, {2, 2}}}, TFL_F32, {4, 2, 2, 1}}, "blocks or paddings"},
  {{"BATCH_TO_SPACE_ND", 37, {{TFL_F32, {6, 1, 2, 1}}, {TFL_I32, {2}, {2, 2}}, {TFL_I32, {2, 2}}}, TFL_F32, {1, 2, 4, 1}}, "do not fit the batch"},
  {{"BATCH_TO_SPACE_ND", 37, {{TFL_F32, {4, 1, 2, 1}}, {TFL_I32, {2}, {2, 2}}, {TFL_I32, {2, 2}, {1, 1, 0, 0}}}, TFL_F32, {1, 2, 4, 1}}, "nothing is left"},
  {{"TRANSPOSE_CONV", 67, {{TFL_I32, {4}, {1, 9, 8, 2}}, {TFL_F32, {2, 3, 3, 5}}, {TFL_F32, {1, 3, 4, 5}}}, TFL_F32, {1, 6, 8, 2}, {{1, 2}, {2, 2}}, .data = 2}, "do not fit"},
  {{"TRANSPOSE_CONV", 67, {{TFL_I32, {4}, {1, 6, 8, 2}}, {TFL_F32, {2, 3, 3, 5}}, {TFL_F32, {1, 3, 4, 5}}}, TFL_F32, {1, 6, 8, 2}, {{1, 2}}, .data = 2}, "do not fit"},
  {{"TRANSPOSE_CONV", 67, {{TFL_I32, {4}, {1, VAST, VAST, 2}}, {TFL_F32, {2, 1, 1, 5}}, {TFL_F32, {1, 1, 1, 5}}}, TFL_F32, {1, 6, 8, 2}, {{1, VAST}, {2, VAST}}, .data = 2}, ""},
  {{"CAST", 53, {{TFL_U8, {2, 3}}}, TFL_F32, {2, 3}}, "casts quantised numbers"},
  {{"REVERSE_V2", 105, {F3, {TFL_I32, {1}, {2}}}, TFL_F32, {2, 3}}, "axis 2 of 2"},
  {{"STRIDED_SLICE", 45, {F3, {TFL_I32, {1}, {0}}, {TFL_I32, {1}, {1}}, {TFL_I32, {1}, {0}}}, TFL_F32, {2, 3}}, "stride of 0"},
  {{"STRIDED_SLICE", 45, {F3, {TFL_I32, {1}, {1}}, {TFL_I32, {1}, {1}}, {TFL_I32, {1}, {1}}}, TFL_F32, {2, 3}}, "an empty result"},
  {{"STRIDED_SLICE", 45, {F3, {TFL_I32, {1}, {2}}, {TFL_I32, {1}, {3}}, {TFL_I32, {1}, {1}}}, TFL_F32, {2, 3}, {{4, 1}}}, "element 2 of 2"},
  {{"STRIDED_SLICE", 45, {F3, {TFL_I32, {3}}, {TFL_I32, {3}, {1, 1, 1}}, {TFL_I32, {3}, {1, 1, 1}}}, TFL_F32, {2, 3}}, "more entries than dimensions"},
  {{"STRIDED_SLICE", 45, {F3, {TFL_I32, {2}}, {TFL_I32, {1}}, {TFL_I32, {2}}}, TFL_F32, {2, 3}}, "differ in length"},
  {{"EXPAND_DIMS", 70, {F3, {TFL_I32, {1}, {4}}}, TFL_F32, {2, 3}}, "axis 4 of 3"},
  {{"PADV2", 60, {F3, {TFL_I32, {2, 2}}, {TFL_F32, {2}}}, TFL_F32, {2, 3}}, "is no number"},
  {{"SELECT", 64, {{TFL_BOOL, {3}}, F3, F3}, TFL_F32, {2, 3}, .data = 1}, "do not go together"},
  {{"BATCH_MATMUL", 126, {{TFL_F32, {1, 2, 3}}, {TFL_F32, {3, 4}}}, TFL_F32, {1, 2, 4}, {{0, 1}}}, "2 columns by 3 rows"},
  {{"BATCH_MATMUL", 126, {{TFL_F32, {2, 2, 3}}, {TFL_F32, {3, 3, 4}}}, TFL_F32, {1, 2, 4}}, "do not go together"},
  {{"BATCH_MATMUL", 126, {{TFL_F32, {3}}, {TFL_F32, {1, 3, 4}}}, TFL_F32, {1, 2, 4}}, "a factor of 1 dimensions"},
  {{"BATCH_MATMUL", 126, {F3, {TFL_I32, {1, 3, 4}}}, TFL_F32, {1, 2, 4}}, "float32 and int32"},
  {{"ONE_HOT", 85, {{TFL_I32, {2}}, {TFL_I32, {1}, {VAST}}, {TFL_F32, {1}}, {TFL_F32, {1}}}, TFL_F32, {2, 3}}, "more constants"},
  {{"ONE_HOT", 85, {{TFL_I32, {2}}, {TFL_I32, {1}, {0}}, {TFL_F32, {1}}, {TFL_F32, {1}}}, TFL_F32, {2, 3}}, "a depth of 0"},
  {{"ONE_HOT", 85, {{TFL_I32, {2}}, {TFL_I32, {1}, {3}}, {TFL_F32, {2}}, {TFL_F32, {1}}}, TFL_F32, {2, 3}}, "more than one number"},
  {{"ONE_HOT", 85, {{TFL_I32, {2}}, {TFL_I32, {1}, {3}}, {TFL_F32, {1}}, {TFL_F32, {1}}}, TFL_F32, {2, 3}, {{0, 2}}}, "axis 2 of 2"},
  {{"ONE_HOT", 85, {F3, {TFL_I32, {1}, {3}}, {TFL_F32, {1}}, {TFL_F32, {1}}}, TFL_F32, {2, 3}}, "indices of float32"},
  {{"SCATTER_ND", 122, {{TFL_I32, {3, 1}}, {TFL_F32, {2, 2}}, {TFL_I32, {2}, {5, 2}}}, TFL_F32, {5, 2}, .data = 1}, "do not fit the result"},
  {{"SCATTER_ND", 122, {{TFL_I32, {3, 3}}, {TFL_F32, {3}}, {TFL_I32, {2}, {5, 2}}}, TFL_F32, {5, 2}, .data = 1}, "do not fit the result"},
  {{"SCATTER_ND", 122, {{TFL_I32, {3, 2}}, {TFL_F32, {3}}, {TFL_I32, {2}, {VAST, VAST}}}, TFL_F32, {5, 2}, .data = 1}, "impossible size"},
  {{"SCATTER_ND", 122, {{TFL_I32, {3, 2}}, {TFL_F32, {3}}, {TFL_I32, {2}, {5, -1}}}, TFL_F32, {5, 2}, .data = 1}, "do not fit the result"},
  {{"SCATTER_ND", 122, {{TFL_F32, {3, 2}}, {TFL_F32, {3}}, {TFL_I32, {2}, {5, 2}}}, TFL_F32, {5, 2}}, "indices of float32"},
  {{"CUMSUM", 128, {F3, {TFL_I32, {1}, {2}}}, TFL_F32, {2, 3}}, "axis 2 of 2"},
  {{"CUMSUM", 128, {{TFL_U8, {2, 3}}, {TFL_I32, {1}, {0}}}, TFL_U8, {2, 3}}, "elements of uint8"},
  {{"REDUCE_ANY", 91, {{TFL_BOOL, {2, 3}}, {TFL_I32, {1}, {-3}}}, TFL_BOOL, {2}}, "axis -3 of 2"},
  {{"L2_POOL_2D", 12, {{TFL_U8, {1, 5, 5, 2}}}, TFL_U8, {1, 2, 2, 2}, {{0, 1}, {1, 2}, {2, 2}, {3, 2}, {4, 2}}}, "not of float32"},
  {{"EMBEDDING_LOOKUP", 7, {{TFL_F32, {3}}, {TFL_F32, {5, 2}}}, TFL_F32, {3, 2}}, "indices of float32"},
  {{"WHILE", 119, {F3}, TFL_F32, {2, 3}}, "not supported"},
  {{"NON_MAX_SUPPRESSION_V5", 121, {F3}, TFL_F32, {2, 3}}, "not supported"},
};
// clang-format on

static void
test_case (gconstpointer data)
{
  const Refused *c = data;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = tfl_case_write (&c->op, 0, FALSE);
  TfcGraph *g = tfc_load_tflite_bytes (bytes, "refused.tflite", &error);
  g_bytes_unref (bytes);
  g_assert_null (g);
  g_test_message ("%s", error->message);
  g_assert_true (error->domain == TFC_ERROR && (error->code == TFC_ERROR_FORMAT ||
                                                error->code == TFC_ERROR_UNSUPPORTED));
  g_assert_nonnull (strstr (error->message, "refused.tflite"));
  g_assert_nonnull (strstr (error->message, c->says));
}

/* After all of them: nothing vast was touched. */
static void
test_memory (void)
{
  struct rusage use;
  getrusage (RUSAGE_SELF, &use);
  g_assert_cmpint (use.ru_maxrss, <, 400 << 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *path = g_strdup_printf ("/tflite-refused/%02u-%s", i, cases[i].op.name);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/tflite-refused/zz-memory", test_memory);
  return g_test_run ();
}
