/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/common/json.h"
#include "tools/bench/layers.h"
#include "tools/common/table.h"

/* What all layers take together: the sum of their medians, or of their least times. */
static gdouble
together (const Profile *p, gdouble fraction)
{
  gdouble sum = 0;
  for (guint i = 0; i < p->layers->len; i++)
    sum += layers_ms (((const Layer *)p->layers->pdata[i])->ns, fraction);
  return sum;
}

static guint64
macs_together (const Profile *p)
{
  guint64 sum = 0;
  for (guint i = 0; i < p->layers->len; i++)
    sum += ((const Layer *)p->layers->pdata[i])->macs;
  return sum;
}

static gdouble
gmacs (guint64 macs, gdouble ms)
{
  return ms > 0 ? macs / ms / 1e6 : 0;
}

static gdouble
of_peak (const Profile *p, guint64 macs, gdouble ms)
{
  return p->peak > 0 ? gmacs (macs, ms) * 1e9 / p->peak : 0;
}

/* Nothing where there is nothing to say. */
static void number (Table *t, const gchar *format, gdouble value) G_GNUC_PRINTF (2, 0);
static void
number (Table *t, const gchar *format, gdouble value)
{
  table_cell (t, value > 0 ? g_strdup_printf (format, value) : NULL);
}

static void
times (Table *t, const Profile *p, guint64 macs, gdouble median, gdouble least)
{
  number (t, "%.1f", macs / 1e6);
  number (t, "%.3f", median);
  number (t, "%.3f", least);
  number (t, "%.1f %%", 100 * median / together (p, 0.5));
  number (t, "%.1f", gmacs (macs, median));
  number (t, "%.0f %%", 100 * of_peak (p, macs, median));
}

static void
line (Table *t, const Profile *p, guint index)
{
  const Layer *l = p->layers->pdata[index];
  table_line (t);
  table_cell (t, g_strdup_printf ("%u", index));
  table_cell (t, g_strdup (l->op));
  table_cell (t, g_strdup (l->in));
  table_cell (t, g_strdup (l->out));
  number (t, "%.2f", l->bytes / 1e6);
  times (t, p, l->macs, layers_ms (l->ns, 0.5), layers_ms (l->ns, 0));
}

static void
last_line (Table *t, const Profile *p, const gchar *title, gdouble median, gdouble least)
{
  table_line (t);
  table_cell (t, NULL);
  table_cell (t, g_strdup (title));
  for (guint i = 0; i < 3; i++)
    table_cell (t, NULL);
  times (t, p, macs_together (p), median, least);
}

static void
print (const Profile *p)
{
  static const gchar *const titles[] = {"",          "op",     "input", "output", "MB",     "MMAC",
                                        "median ms", "min ms", "share", "GMAC/s", "of peak"};
  Table *t = table_new (4);
  g_print ("%s, %s, %u thread%s, %u runs\n\n", p->network, p->backend, p->threads,
           p->threads == 1 ? "" : "s", p->whole->len);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    table_column (t, g_strdup (titles[i]));
  for (guint i = 0; i < p->layers->len; i++)
    line (t, p, i);
  last_line (t, p, "together", together (p, 0.5), together (p, 0));
  last_line (t, p, "a run in one go", layers_ms (p->whole, 0.5), layers_ms (p->whole, 0));
  table_print (t);
  table_free (t);
}

void
layers_print (const GPtrArray *profiles)
{
  for (guint i = 0; i < profiles->len; i++) {
    if (i)
      g_print ("\n");
    print (profiles->pdata[i]);
  }
}

static cJSON *
layer_of (const Profile *p, const Layer *l)
{
  const gdouble median = layers_ms (l->ns, 0.5);
  cJSON *o = cJSON_CreateObject ();
  tfc_json_text (o, "op", l->op);
  if (l->out) {
    cJSON_AddStringToObject (o, "input", l->in);
    cJSON_AddStringToObject (o, "output", l->out);
    cJSON_AddNumberToObject (o, "bytes", l->bytes);
  }
  cJSON_AddNumberToObject (o, "mmac", l->macs / 1e6);
  cJSON_AddNumberToObject (o, "median_ms", median);
  cJSON_AddNumberToObject (o, "min_ms", layers_ms (l->ns, 0));
  cJSON_AddNumberToObject (o, "share", median / together (p, 0.5));
  cJSON_AddNumberToObject (o, "gmac_s", gmacs (l->macs, median));
  if (p->peak > 0)
    cJSON_AddNumberToObject (o, "of_peak", of_peak (p, l->macs, median));
  return o;
}

static cJSON *
profile_of (const Profile *p)
{
  cJSON *o = cJSON_CreateObject (), *layers;
  tfc_json_text (o, "network", p->network);
  cJSON_AddStringToObject (o, "backend", p->backend);
  cJSON_AddNumberToObject (o, "threads", p->threads);
  cJSON_AddNumberToObject (o, "runs", p->whole->len);
  cJSON_AddNumberToObject (o, "median_ms", layers_ms (p->whole, 0.5));
  cJSON_AddNumberToObject (o, "min_ms", layers_ms (p->whole, 0));
  cJSON_AddNumberToObject (o, "mmac", macs_together (p) / 1e6);
  layers = cJSON_AddArrayToObject (o, "layers");
  for (guint k = 0; k < p->layers->len; k++)
    cJSON_AddItemToArray (layers, layer_of (p, p->layers->pdata[k]));
  return o;
}

void
layers_to_json (const GPtrArray *profiles, cJSON *list)
{
  for (guint i = 0; i < profiles->len; i++)
    cJSON_AddItemToArray (list, profile_of (profiles->pdata[i]));
}
