/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The networks whose layers are measured. */
#include "inference/graph/graph.h"

typedef struct {
  gchar *title; /* a name of the registry, or the path inside the mirror */
  gchar *path;  /* of the file to open */
} Network;

/* The registry's networks that are there (model_path as for tfc_registry_find), then all .tflite files and GraphModels in
 * the mirrors: directories with colons between, searched to their ends; NULL: TFC_MODEL_PATH's. Each file once, in order
 * of names. (transfer full) Network*. */
GPtrArray *networks_find (const gchar *model_path, const gchar *mirrors);
GPtrArray *networks_new (void); /* none yet */
/* The file's name, with its folder where it begins with "model"; of model.json the folder alone. Free it. */
gchar *network_title (const gchar *path);
/* Unless its file is there already. */
void networks_add (GPtrArray *networks, const gchar *title, const gchar *path);
/* Read, lowered and checked, weights in their usual order: as plans are made of. Pictures of a network that takes any size
 * are 257 by 257, or 256 if it does not take those. NULL with error set. */
TfcGraph *network_open (const gchar *path, GError **error);
