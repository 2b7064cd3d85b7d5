/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>

#include "tools/bench/pipeline.h"
#include "tools/common/table.h"

typedef struct {
  const gchar *title, *member, *format;                      /* member NULL: see format */
  gdouble (*value) (const cJSON *row, const GPtrArray *rows); /* NULL: the member itself */
} Column;

static gdouble
number (const cJSON *row, const gchar *member)
{
  const cJSON *value = cJSON_GetObjectItem (row, member);
  return value ? value->valuedouble : 0;
}

static gchar *
text (const cJSON *row, const gchar *member)
{
  const gchar *value = cJSON_GetStringValue (cJSON_GetObjectItem (row, member));
  return g_strdup (value ? value : "");
}

/* What is spent besides the networks and drawing, of the networks' time. */
static gdouble
around (const cJSON *row, const GPtrArray *rows)
{
  gdouble networks = number (row, "networks_ms");
  gdouble others =
      number (row, "sample_ms") + number (row, "decode_ms") + number (row, "attach_ms");
  return networks > 0 ? 100 * others / networks : NAN;
}

static gboolean
same (const cJSON *a, const cJSON *b, const gchar *member)
{
  const cJSON *x = cJSON_GetObjectItem (a, member), *y = cJSON_GetObjectItem (b, member);
  return x == y || cJSON_Compare (x, y, TRUE);
}

/* The row that differs from this one by having one stream only. */
static const cJSON *
single_of (const cJSON *row, const GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    const cJSON *one = rows->pdata[i];
    if (number (one, "streams") == 1 && same (one, row, "pipeline") && same (one, row, "size") &&
        same (one, row, "format") && same (one, row, "backend") && same (one, row, "threads"))
      return one;
  }
  return NULL;
}

static gdouble
further_mb (const cJSON *row, const GPtrArray *rows)
{
  const cJSON *one = single_of (row, rows);
  gdouble streams = number (row, "streams");
  return one && streams > 1 ? (number (row, "most_mb") - number (one, "most_mb")) / (streams - 1)
                            : NAN;
}

static gdouble
cpu (const cJSON *row, const GPtrArray *rows)
{
  return 100 * number (row, "cpu");
}

static const Column frames[] = {{"sample ms", "sample_ms", "%.3f"},
                                {"networks ms", "networks_ms", "%.3f"},
                                {"decode ms", "decode_ms", "%.3f"},
                                {"attach ms", "attach_ms", "%.3f"},
                                {"draw ms", "draw_ms", "%.3f"},
                                {"whole ms", "median_ms", "%.3f"},
                                {"p90 ms", "p90_ms", "%.3f"},
                                {"around networks", NULL, "%.1f %%", around},
                                {"found", "found", "%.0f"},
                                {"first result ms", "first_ms", "%.0f"},
                                {"MB opened", "open_mb", "%.0f"},
                                {"MB after first", "first_mb", "%.0f"},
                                {NULL}};

static const Column live[] = {{"streams", "streams", "%.0f"},
                              {"frames", "frames", "%.0f"},
                              {"due", "due", "%.0f"},
                              {"late", "late", "%.0f"},
                              {"worst ms", "worst_ms", "%.0f"},
                              {"CPU", NULL, "%.0f %%", cpu},
                              {"first result ms", "first_ms", "%.0f"},
                              {"MB opened", "open_mb", "%.0f"},
                              {"MB after first", "first_mb", "%.0f"},
                              {"MB at most", "most_mb", "%.0f"},
                              {"MB a further stream", NULL, "%.1f", further_mb},
                              {NULL}};

static gchar *
cell_of (const Column *column, const cJSON *row, const GPtrArray *rows)
{
  gdouble value = column->value ? column->value (row, rows) : number (row, column->member);
  return isnan (value) ? NULL : g_strdup_printf (column->format, value);
}

static void
add_line (Table *t, const cJSON *row, const Column *columns, const GPtrArray *rows)
{
  table_line (t);
  table_cell (t, text (row, "pipeline"));
  table_cell (t, text (row, "size"));
  table_cell (t, text (row, "format"));
  table_cell (t, text (row, "backend"));
  table_cell (t, cJSON_HasObjectItem (row, "threads")
                     ? g_strdup_printf ("%.0f", number (row, "threads"))
                     : NULL);
  for (; columns->title; columns++)
    table_cell (t, cell_of (columns, row, rows));
}

static void
print (const GPtrArray *rows, gboolean streams, const Column *columns)
{
  static const gchar *const titles[] = {"pipeline", "size", "format", "backend", "threads"};
  Table *t = table_new (4);
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    table_column (t, g_strdup (titles[i]));
  for (const Column *c = columns; c->title; c++)
    table_column (t, g_strdup (c->title));
  for (guint i = 0; i < rows->len; i++) {
    if (cJSON_HasObjectItem (rows->pdata[i], "streams") != streams)
      continue;
    add_line (t, rows->pdata[i], columns, rows);
    n++;
  }
  if (n) {
    g_print ("\n");
    table_print (t);
  }
  table_free (t);
}

void
pipeline_print (const GPtrArray *rows)
{
  print (rows, FALSE, frames);
  print (rows, TRUE, live);
}

void
pipeline_to_json (const GPtrArray *rows, cJSON *list)
{
  for (guint i = 0; i < rows->len; i++)
    cJSON_AddItemReferenceToArray (list, rows->pdata[i]);
}
