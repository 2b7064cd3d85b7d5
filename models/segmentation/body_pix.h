/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* BodyPix 2 (2019): where people are, which part of the body, and who, from one network of any input size. Numbers and
 * steps are those of body-pix 2.2. */
#include "inference/model.h"
#include "models/body/posenet_decode.h"
#include "models/frame/frame.h"
#include "models/mask/mask_grid.h"
#include "models/segmentation/segmentation_times.h"

#define TFC_BODY_PIX_PARTS 24
#define TFC_BODY_PIX_MAX_PEOPLE 10

/* The network's size in sides of the frame: a quarter, half, three quarters, all. */
typedef enum {
  TFC_RESOLUTION_LOW,
  TFC_RESOLUTION_MEDIUM,
  TFC_RESOLUTION_HIGH,
  TFC_RESOLUTION_FULL
} TfcInternalResolution;

/* The size of input to open a network with; each frame's is found by tfc_body_pix_run. */
extern const TfcInputShape tfc_body_pix_shape;

typedef struct TfcBodyPix TfcBodyPix;

/* A network opened with tfc_body_pix_shape. Takes model. NULL with error set (UNSUPPORTED, names path). */
TfcBodyPix *tfc_body_pix_new (TfcModel *model, const gchar *path, GError **error);
void tfc_body_pix_close (TfcBodyPix *body_pix); /* NULL is allowed */
const TfcModel *tfc_body_pix_model (const TfcBodyPix *body_pix);

/* Runs the network on frame. Another size of frame, or another resolution, gives the network another shape, for which
 * alone memory is allocated. Adds to times. FALSE with error set (RUN, or as for tfc_model_reshape). */
gboolean tfc_body_pix_run (TfcBodyPix *body_pix, const TfcFrame *frame, TfcInternalResolution resolution,
                           TfcSegmentTimes *times, GError **error);

/* Of the last run, until the next: width and height of the network's input, how sure it is that there is a person
 * (0..1), and what the network saw (R G B, -1..1). */
const TfcMaskGrid *tfc_body_pix_grid (const TfcBodyPix *body_pix);
gfloat *tfc_body_pix_person (const TfcBodyPix *body_pix);
const gfloat *tfc_body_pix_input (const TfcBodyPix *body_pix);

/* mask: a value for each place of the grid to, 0 nobody. Where it is not, it becomes 1 + the part. */
void tfc_body_pix_parts (TfcBodyPix *body_pix, const TfcMaskGrid *to, guint8 *mask);
/* The same with 1 + the person, or 0 where a pixel is nobody's. Returns how many people there are. */
guint tfc_body_pix_people (TfcBodyPix *body_pix, const TfcMaskGrid *to, guint8 *mask);

/* Names of the parts, TFC_BODY_PIX_PARTS. Sides are the person's. */
extern const gchar *const tfc_body_pix_part_names[];
