/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* How many classes a network may tell apart: a name is made for each. */
#include <string.h>

#include "inference/graph/graph.h"
#include "models/detection/ssd.h"

static guint
add (TfcGraph *g, TfcOp op, const TfcParams *p, guint x, TfcShape shape)
{
  TfcTensor y = {.type = TFC_TYPE_F32, .shape = shape};
  guint out = tfc_graph_value (g, "y", &y);
  tfc_graph_node (g, op, p, &x, 1, &out, 1);
  return out;
}

/* One box and scores of so many classes out of a picture of 2 by 2. */
static TfcModel *
network (gint32 classes)
{
  TfcGraph *g = tfc_graph_new ();
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (4, 1, 2, 2, 3)};
  TfcModelOptions options = {.backend = "reference"};
  TfcParams cut = tfc_params (TFC_OP_SLICE), plain = tfc_params (TFC_OP_RESHAPE),
            wide = tfc_params (TFC_OP_RESIZE_BILINEAR);
  GError *error = NULL;
  for (guint i = 0; i < 4; i++)
    cut.slice.stride[i] = 1;
  wide.resize.height = 1;
  wide.resize.width = classes;
  guint in = tfc_graph_value (g, "x", &x);
  guint box = add (g, TFC_OP_SLICE, &cut, in, tfc_shape (4, 1, 2, 2, 1));
  guint score = add (g, TFC_OP_SLICE, &cut, in, tfc_shape (4, 1, 1, 1, 1));
  score = add (g, TFC_OP_RESIZE_BILINEAR, &wide, score, tfc_shape (4, 1, 1, classes, 1));
  tfc_graph_input (g, in);
  tfc_graph_output (g, add (g, TFC_OP_RESHAPE, &plain, box, tfc_shape (4, 1, 1, 1, 4)));
  tfc_graph_output (g, add (g, TFC_OP_RESHAPE, &plain, score, tfc_shape (3, 1, 1, classes)));
  TfcModel *model = tfc_model_open_graph (g, &options, &error);
  g_assert_no_error (error);
  return model;
}

static void
test_many (void)
{
  GError *error = NULL;
  TfcSsd *ssd = tfc_ssd_new (network (TFC_SSD_MAX_CLASSES), NULL, &error);
  g_assert_no_error (error);
  tfc_ssd_close (ssd);
  g_assert_null (tfc_ssd_new (network (TFC_SSD_MAX_CLASSES + 1), NULL, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "65536 classes apart; at most 65535"));
  g_clear_error (&error);
  g_assert_null (tfc_ssd_new (network (1 << 27), NULL, &error)); /* names would take 8 GiB */
  g_assert_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED);
  g_clear_error (&error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/classes/many", test_many);
  return g_test_run ();
}
