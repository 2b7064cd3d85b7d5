/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Small detectors of made-up weights with the operators of those that people train: as the TF2
 * Object Detection API, Model Maker and MediaPipe Model Maker export them, in the number formats
 * that the TFLite converter knows. */
#include "tests/inference/tflite/fbwriter.h"

typedef enum {
  TFL_NET_FPNLITE,      /* SSD MobileNet V2 FPNLite: upsampling by PACK, shapes computed of SHAPE */
  TFL_NET_EFFICIENTDET, /* EfficientDet-Lite: RESIZE_NEAREST_NEIGHBOR up, MAX_POOL_2D down, weighted sums */
  TFL_NET_RETINANET,    /* MediaPipe's MobileNet MultiHW: means of pools, no post-processing */
  TFL_N_NETS
} TflNet;

typedef enum {
  TFL_WEIGHTS_FLOAT,
  TFL_WEIGHTS_HALF_VALUES,  /* float32 of numbers that float16 has */
  TFL_WEIGHTS_HALF,         /* the same as float16 behind DEQUANTIZE */
  TFL_WEIGHTS_HYBRID,       /* int8 with one scale, float32 activations */
  TFL_WEIGHTS_HYBRID_CHANNELS,
  TFL_WEIGHTS_CHANNEL_VALUES, /* float32 of what the two stand for */
  TFL_WEIGHTS_TENSOR_VALUES,
  TFL_WEIGHTS_INT8, /* int8 a channel, int8 activations, uint8 picture */
  TFL_N_WEIGHTS
} TflWeights;

/* Pictures are 1 x 32 x 32 x 3. skip_tail: without TFLite_Detection_PostProcess, its inputs come out. */
GBytes *tfl_detector_write (TflNet net, TflWeights weights, gboolean skip_tail);
const gchar *tfl_net_name (TflNet net);
const gchar *tfl_weights_name (TflWeights weights);
