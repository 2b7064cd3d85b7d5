/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/f32/picture.h"
#include "inference/backends/cpu/common/kernel_table.h"

#define COST 6 /* of a vector, in vector operations */

typedef struct {
  TfcPictureF32 base;
  TfcWarpF32 w;
} Layer;

static void
run_rows (const TfcPictureF32 *layer, const gfloat *x, gfloat *y, gint32 from, gint32 to)
{
  layer->kernels->warp (&((const Layer *)layer)->w, x, y, from, to);
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const gint32 *x = tfc_layer_in (segment->graph, node, 0)->shape.dim;
  const TfcTensor *matrix = tfc_layer_in (segment->graph, node, 1);
  Layer *l = g_new0 (Layer, 1);
  tfc_picture_f32_init (&l->base, segment, node, pool, COST, run_rows);
  l->w = (TfcWarpF32){.channels = x[3],
                      .x_rows = x[1],
                      .x_columns = x[2],
                      .y_columns = tfc_graph_v (segment->graph, node->out[0])->tensor.shape.dim[2],
                      .matrix = matrix->data ? matrix->data : segment->buffer[node->in[1]]};
  return &l->base.split.base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0), *matrix = tfc_layer_in (graph, node, 1);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  return tfc_kernels ()->f32->warp && tfc_picture_f32_good (x, y) && matrix &&
         matrix->type == TFC_TYPE_F32 && tfc_tensor_count (matrix) == 16;
}

/* Others leave it to the reference. */
const TfcLayerKind tfc_layer_warp_f32 = {can_run, make};
