/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The limits of docs/guide/security.md, each from both sides: what just keeps it opens, one step
 * more is refused and says why. */
#include "tests/inference/tfjs/graphmodel-load.h"
#include "inference/graph/graph.h"

#include <string.h>
#include <unistd.h>

#define FRAME "'frame_name':{'s':'%s'}"
#define BASE "{\"node\":[{\"name\":\"k\",\"op\":\"Const\"}]"

static GraphModel *
with_ints (const gint32 *n, guint count)
{
  GraphModel *f = graphmodel_new ();
  gchar *shape = g_strdup_printf ("%u", count);
  graphmodel_input (f, "1,2");
  graphmodel_ints (f, "n", count == 1 ? "" : shape, n);
  graphmodel_ints (f, "zero", "", (gint32[]){0});
  graphmodel_ints (f, "one", "", (gint32[]){1});
  graphmodel_floats (f, "half", "", (gfloat[]){0.5f});
  g_free (shape);
  return f;
}

/* ---- the text ---- */

static void
nested (guint depth, const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  GString *s =
      g_string_new ("{\"node\":[{\"name\":\"x\",\"op\":\"Placeholder\",\"attr\":{\"dtype\":"
                    "{\"type\":1},\"shape\":{\"shape\":{\"dim\":[{\"size\":2}]}}}},"
                    "{\"name\":\"y\",\"op\":\"Neg\",\"input\":[\"x\"]}],\"more\":");
  for (guint i = 1; i < depth; i++)
    g_string_append_c (s, '[');
  for (guint i = 1; i < depth; i++)
    g_string_append_c (s, ']');
  g_string_append_c (s, '}');
  graphmodel_expect (graphmodel_write_text (f, s->str, (gssize)s->len), says);
  g_string_free (s, TRUE);
  graphmodel_free (f);
}

static void
test_json_depth (void)
{
  nested (64, NULL);
  nested (65, "nested deeper than 64");
}

/* So many brackets, commas and colons. */
static void
parts (guint n, const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  GString *s = g_string_new ("{\"node\":[],\"more\":[0"); /* six, and one a number more */
  for (guint i = 6; i < n; i++)
    g_string_append (s, ",0");
  g_string_append (s, "]}");
  graphmodel_expect (graphmodel_write_text (f, s->str, (gssize)s->len), says);
  g_string_free (s, TRUE);
  graphmodel_free (f);
}

static void
test_json_parts (void)
{
  parts (1 << 20, "0 outputs"); /* it was parsed */
  parts ((1 << 20) + 1, "parts in the JSON");
}

/* An object of so many members in which we look for one. */
static void
members (guint n, const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  GString *s = g_string_new ("'alpha':{'f':1}");
  for (guint i = 1; i < n; i++)
    g_string_append_printf (s, ",'%u':0", i);
  graphmodel_input (f, "1,2");
  graphmodel_node (f, "y", "LeakyRelu", "x", s->str);
  graphmodel_expect (graphmodel_write (f), says);
  g_string_free (s, TRUE);
  graphmodel_free (f);
}

/* In what we do not look at there may be more. */
static void
test_json_members (void)
{
  GraphModel *f = graphmodel_new ();
  GString *s = g_string_new ("'userDefinedMetadata':{'names':{");
  members (1024, NULL);
  members (1025, "more than 1024 members");
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (s, "%s'%u':0", i ? "," : "", i);
  g_string_append (s, "}},");
  f->extra = s->str;
  graphmodel_input (f, "1,2");
  graphmodel_node (f, "y", "Neg", "x", NULL);
  graphmodel_expect (graphmodel_write (f), NULL);
  g_string_free (s, TRUE);
  graphmodel_free (f);
}

static void
test_json_bytes (void)
{
  GraphModel *f = graphmodel_new ();
  graphmodel_write_text (f, BASE, -1);
  g_assert_cmpint (truncate (f->path, 64 << 20), ==, 0);
  graphmodel_expect (f->path, "not JSON at byte"); /* a hole of zeros; it was looked at */
  g_assert_cmpint (truncate (f->path, (64 << 20) + 1), ==, 0);
  graphmodel_expect (f->path, "larger than");
  graphmodel_free (f);
}

static void
shards (guint n, const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  gchar *name = graphmodel_shard_name (0), *path = g_build_filename (f->folder, name, NULL);
  GString *s =
      g_string_new ("{\"node\":[{\"name\":\"x\",\"op\":\"Const\"},{\"name\":\"y\",\"op\":"
                    "\"Neg\",\"input\":[\"x\"]}],\"weightsManifest\":[{\"weights\":[],\"paths\":[");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (s, "%s\"%s\"", i ? "," : "", name);
  g_string_append (s, "]}]}");
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  graphmodel_expect (graphmodel_write_text (f, s->str, (gssize)s->len), says);
  g_string_free (s, TRUE);
  g_free (path);
  g_free (name);
  graphmodel_free (f);
}

static void
test_shards (void)
{
  shards (1024, "no weight of this name"); /* all were read */
  shards (1025, "more than 1024");
}

/* ---- what is run while loading ---- */

static void
loops (guint n, const gchar *says)
{
  GraphModel *f = with_ints (&(gint32){1}, 1);
  gchar before[32] = "x";
  for (guint i = 0; i < n; i++) {
    gchar *plain = g_strdup_printf ("loop %u", i);
    gchar *name = g_base64_encode ((const guchar *)plain, strlen (plain));
    gchar *attr = g_strdup_printf (FRAME, name), enter[32];
    g_snprintf (enter, sizeof enter, "enter%u", i);
    graphmodel_node (f, enter, "Enter", before, attr);
    g_snprintf (before, sizeof before, "exit%u", i);
    graphmodel_node (f, before, "Exit", enter, NULL);
    g_free (attr);
    g_free (name);
    g_free (plain);
  }
  graphmodel_node (f, "y", "Neg", before, NULL);
  graphmodel_expect (graphmodel_write (f), says);
  graphmodel_free (f);
}

static void
test_loops (void)
{
  loops (64, NULL);
  loops (65, "more than 64 loops");
}

/* while (i < turns) i++, and so many nodes more a turn. */
static void
turns (gint32 n, guint nodes, const gchar *says)
{
  GraphModel *f = with_ints (&n, 1);
  gchar before[32] = "switch:1", name[32], *attr = g_strdup_printf (FRAME, "YQ==");
  graphmodel_node (f, "limit", "Enter", "n", attr);
  graphmodel_node (f, "step", "Enter", "one", attr);
  graphmodel_node (f, "enter", "Enter", "zero", attr);
  graphmodel_node (f, "i", "Merge", "enter,next", NULL);
  graphmodel_node (f, "less", "Less", "i,limit", NULL);
  graphmodel_node (f, "switch", "Switch", "i,less", NULL);
  for (guint i = 0; i < nodes; i++) {
    g_snprintf (name, sizeof name, "more%u", i);
    graphmodel_node (f, name, "Identity", before, NULL);
    memcpy (before, name, sizeof before);
  }
  gchar *sum = g_strdup_printf ("%s,step", before);
  graphmodel_node (f, "add", "Add", sum, NULL);
  graphmodel_node (f, "next", "NextIteration", "add", NULL);
  graphmodel_node (f, "exit", "Exit", "switch", NULL);
  graphmodel_node (f, "float", "Cast", "exit", "'DstT':{'type':1}");
  graphmodel_node (f, "y", "Add", "x,float", NULL);
  graphmodel_expect (graphmodel_write (f), says);
  g_free (sum);
  g_free (attr);
  graphmodel_free (f);
}

static void
test_turns (void)
{
  turns (4094, 0, NULL);
  turns (4095, 0, "too many turns");
}

static void
test_steps (void)
{
  turns (4000, 20, NULL);
  turns (4000, 40, "too much to unroll");
}

static void
list (gint32 n, const gchar *says)
{
  GraphModel *f = with_ints (&n, 1);
  graphmodel_node (f, "list", "TensorArrayV3", "n", NULL);
  graphmodel_node (f, "size", "TensorArraySizeV3", "list,list:1", NULL);
  graphmodel_node (f, "float", "Cast", "size", "'DstT':{'type':1}");
  graphmodel_node (f, "y", "Add", "x,float", NULL);
  graphmodel_expect (graphmodel_write (f), says);
  graphmodel_free (f);
}

static void
test_lists (void)
{
  list (1 << 20, NULL);
  list ((1 << 20) + 1, "a list of 1048577");
}

/* ---- memory ---- */

/* A constant of so many bytes besides shards of so many. */
static void
fill (gsize bytes, gsize shard, const gchar *says)
{
  GraphModel *f = with_ints ((gint32[]){(gint32)(bytes / 4)}, 1);
  gchar *shape = g_strdup_printf ("%" G_GSIZE_FORMAT, shard / 4), *zeros = g_malloc0 (shard);
  graphmodel_ints (f, "axis", "1", (gint32[]){0});
  graphmodel_weight (f, "unused", "float32", shape, NULL, zeros, shard);
  graphmodel_ints (f, "list", "1", (gint32[]){(gint32)(bytes / 4)});
  graphmodel_node (f, "large", "Fill", "list,half", NULL);
  graphmodel_node (f, "one/of/it", "GatherV2", "large,zero,zero", NULL);
  graphmodel_node (f, "y", "Add", "x,one/of/it", NULL);
  f->extra = "'signature':{'outputs':{'y':{'name':'y'}}},";
  graphmodel_expect (graphmodel_write (f), says);
  g_free (zeros);
  g_free (shape);
  graphmodel_free (f);
}

static void
test_constants (void)
{
  fill ((16 << 20) - 4096, 0, NULL);
  fill ((16 << 20) + 4096, 0, "more constants than");
  fill ((24 << 20) - 4096, 1 << 20, NULL);
  fill ((24 << 20) + 4096, 1 << 20, "more constants than");
}

static void
ranks (const gchar *shape, const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  graphmodel_input (f, "1,2");
  graphmodel_floats (f, "w", shape, (gfloat[]){1, 2});
  graphmodel_node (f, "y", "Add", "x,w", NULL);
  graphmodel_expect (graphmodel_write (f), says);
  graphmodel_free (f);
}

static void
test_rank (void)
{
  ranks ("1,1,1,1,1,1,1,2", NULL);
  ranks ("1,1,1,1,1,1,1,1,2", "dimensions");
}

static gboolean
sound (gint32 rows, gint32 columns)
{
  TfcGraph *g = tfc_graph_new ();
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (2, rows, columns)};
  guint id = tfc_graph_value (g, "x", &x);
  tfc_graph_input (g, id);
  tfc_graph_output (g, id);
  gboolean ok = tfc_graph_check (g, NULL);
  tfc_graph_free (g);
  return ok;
}

static void
test_tensor (void)
{
  g_assert_true (sound (1 << 20, 1 << 8)); /* 1 GiB */
  g_assert_false (sound ((1 << 20) + 1, 1 << 8));
}

gint
main (gint argc, gchar **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/json-depth", test_json_depth);
  g_test_add_func ("/limits/json-parts", test_json_parts);
  g_test_add_func ("/limits/json-members", test_json_members);
  g_test_add_func ("/limits/json-bytes", test_json_bytes);
  g_test_add_func ("/limits/shards", test_shards);
  g_test_add_func ("/limits/loops", test_loops);
  g_test_add_func ("/limits/turns", test_turns);
  g_test_add_func ("/limits/steps", test_steps);
  g_test_add_func ("/limits/lists", test_lists);
  g_test_add_func ("/limits/constants", test_constants);
  g_test_add_func ("/limits/rank", test_rank);
  g_test_add_func ("/limits/tensor", test_tensor);
  return g_test_run ();
}
