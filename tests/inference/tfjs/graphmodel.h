/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Writes small GraphModels into a folder of their own, sound ones and others. */
#include <glib.h>

typedef struct {
  GString *nodes, *groups, *weights; /* JSON */
  GByteArray *data;                  /* of the group being written */
  gchar *folder, *path;
  guint n_groups, n_shards;
  const gchar *extra; /* members of the JSON object, with a comma behind; or NULL */
  const gchar *way;   /* written before the shards' names in the manifest; or NULL */
} GraphModel;

GraphModel *graphmodel_new (void);
void graphmodel_free (GraphModel *f); /* with its files */

/* inputs: names with commas between, or NULL. attr: JSON with ' for ", or NULL. */
void graphmodel_node (GraphModel *f, const gchar *name, const gchar *op, const gchar *inputs,
                      const gchar *attr);
/* A Const node and its weight. shape: "1,2,3". quantization: JSON with ' for ", or NULL. */
void graphmodel_weight (GraphModel *f, const gchar *name, const gchar *dtype, const gchar *shape,
                        const gchar *quantization, gconstpointer data, gsize bytes);
void graphmodel_floats (GraphModel *f, const gchar *name, const gchar *shape, const gfloat *data);
void graphmodel_ints (GraphModel *f, const gchar *name, const gchar *shape, const gint32 *data);
/* float32 picture "x" of that shape. */
void graphmodel_input (GraphModel *f, const gchar *shape);
/* Closes the group: its weights go into shards of at most shard bytes. */
void graphmodel_group (GraphModel *f, gsize shard);
/* What the shards are called, counted through all groups; g_free. */
gchar *graphmodel_shard_name (guint i);
/* Writes model.json (the last group is closed with one shard); its path. */
const gchar *graphmodel_write (GraphModel *f);
/* Any text as model.json. */
const gchar *graphmodel_write_text (GraphModel *f, const gchar *text, gssize length);
