/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tfjs/graphmodel.h"

#include <glib/gstdio.h>
#include <string.h>

GraphModel *
graphmodel_new (void)
{
  GraphModel *f = g_new0 (GraphModel, 1);
  f->folder = g_dir_make_tmp ("tfc-graphmodel-XXXXXX", NULL);
  g_assert_nonnull (f->folder);
  f->path = g_build_filename (f->folder, "model.json", NULL);
  f->nodes = g_string_new (NULL);
  f->groups = g_string_new (NULL);
  f->weights = g_string_new (NULL);
  f->data = g_byte_array_new ();
  return f;
}

void
graphmodel_free (GraphModel *f)
{
  GDir *dir = g_dir_open (f->folder, 0, NULL);
  const gchar *name;
  while ((name = g_dir_read_name (dir))) {
    gchar *path = g_build_filename (f->folder, name, NULL);
    g_unlink (path);
    g_free (path);
  }
  g_dir_close (dir);
  g_rmdir (f->folder);
  g_string_free (f->nodes, TRUE);
  g_string_free (f->groups, TRUE);
  g_string_free (f->weights, TRUE);
  g_byte_array_unref (f->data);
  g_free (f->folder);
  g_free (f->path);
  g_free (f);
}

/* With ' turned into ". */
static void
append (GString *s, const gchar *text)
{
  for (; *text; text++)
    g_string_append_c (s, *text == '\'' ? '"' : *text);
}

void
graphmodel_node (GraphModel *f, const gchar *name, const gchar *op, const gchar *inputs,
                 const gchar *attr)
{
  gchar **in = g_strsplit (inputs ? inputs : "", ",", -1);
  g_string_append_printf (f->nodes, "%s{\"name\":\"%s\",\"op\":\"%s\",\"input\":[",
                          f->nodes->len ? ",\n" : "", name, op);
  for (guint i = 0; in[i]; i++)
    g_string_append_printf (f->nodes, "%s\"%s\"", i ? "," : "", in[i]);
  g_string_append (f->nodes, "],\"attr\":{");
  append (f->nodes, attr ? attr : "");
  g_string_append (f->nodes, "}}");
  g_strfreev (in);
}

void
graphmodel_weight (GraphModel *f, const gchar *name, const gchar *dtype, const gchar *shape,
                   const gchar *quantization, gconstpointer data, gsize bytes)
{
  graphmodel_node (f, name, "Const", NULL, NULL);
  g_string_append_printf (f->weights, "%s{\"name\":\"%s\",\"dtype\":\"%s\",\"shape\":[%s]",
                          f->weights->len ? ",\n" : "", name, dtype, shape);
  if (quantization) {
    g_string_append (f->weights, ",\"quantization\":");
    append (f->weights, quantization);
  }
  g_string_append (f->weights, "}");
  g_byte_array_append (f->data, data, (guint)bytes);
}

static gsize
count (const gchar *shape)
{
  gchar **dims = g_strsplit (shape, ",", -1);
  gsize n = 1;
  for (guint i = 0; dims[i]; i++)
    n *= g_ascii_strtoull (dims[i], NULL, 10);
  g_strfreev (dims);
  return n;
}

void
graphmodel_floats (GraphModel *f, const gchar *name, const gchar *shape, const gfloat *data)
{
  graphmodel_weight (f, name, "float32", shape, NULL, data, 4 * count (shape));
}

void
graphmodel_ints (GraphModel *f, const gchar *name, const gchar *shape, const gint32 *data)
{
  graphmodel_weight (f, name, "int32", shape, NULL, data, 4 * count (shape));
}

void
graphmodel_input (GraphModel *f, const gchar *shape)
{
  GString *attr = g_string_new ("'dtype':{'type':'DT_FLOAT'},'shape':{'shape':{'dim':[");
  gchar **dims = g_strsplit (shape, ",", -1);
  for (guint i = 0; dims[i]; i++)
    g_string_append_printf (attr, "%s{'size':'%s'}", i ? "," : "", dims[i]);
  g_string_append (attr, "]}}");
  graphmodel_node (f, "x", "Placeholder", NULL, attr->str);
  g_strfreev (dims);
  g_string_free (attr, TRUE);
}

gchar *
graphmodel_shard_name (guint i)
{
  return g_strdup_printf ("some weights.%u", i);
}

void
graphmodel_group (GraphModel *f, gsize shard)
{
  GString *paths = g_string_new (NULL);
  for (gsize at = 0; at < f->data->len; at += shard) {
    gchar *name = graphmodel_shard_name (f->n_shards++);
    gchar *path = g_build_filename (f->folder, name, NULL);
    g_assert_true (g_file_set_contents (path, (gchar *)f->data->data + at,
                                        (gssize)MIN (shard, f->data->len - at), NULL));
    g_string_append_printf (paths, "%s\"%s%s\"", at ? "," : "", f->way ? f->way : "", name);
    g_free (path);
    g_free (name);
  }
  g_string_append_printf (f->groups, "%s{\"paths\":[%s],\"weights\":[%s]}", f->n_groups ? "," : "",
                          paths->str, f->weights->str);
  f->n_groups++;
  g_string_truncate (f->weights, 0);
  g_byte_array_set_size (f->data, 0);
  g_string_free (paths, TRUE);
}

const gchar *
graphmodel_write (GraphModel *f)
{
  if (f->weights->len)
    graphmodel_group (f, G_MAXSIZE / 2);
  GString *all = g_string_new ("{");
  append (all, f->extra ? f->extra : "");
  g_string_append_printf (all, "\"modelTopology\":{\"node\":[%s]},\"weightsManifest\":[%s]}",
                          f->nodes->str, f->groups->str);
  graphmodel_write_text (f, all->str, (gssize)all->len);
  g_string_free (all, TRUE);
  return f->path;
}

const gchar *
graphmodel_write_text (GraphModel *f, const gchar *text, gssize length)
{
  g_assert_true (g_file_set_contents (f->path, text, length, NULL));
  return f->path;
}
