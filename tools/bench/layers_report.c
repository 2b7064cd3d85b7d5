/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers.h"
#include "table.h"
#include "../json_member.h"

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

static void
layer_to_json (JsonBuilder *b, const Profile *p, const Layer *l)
{
  const gdouble median = layers_ms (l->ns, 0.5);
  json_builder_begin_object (b);
  member_text (b, "op", l->op);
  if (l->out) {
    member_text (b, "input", l->in);
    member_text (b, "output", l->out);
    member_int (b, "bytes", l->bytes);
  }
  member (b, "mmac", l->macs / 1e6);
  member (b, "median_ms", median);
  member (b, "min_ms", layers_ms (l->ns, 0));
  member (b, "share", median / together (p, 0.5));
  member (b, "gmac_s", gmacs (l->macs, median));
  if (p->peak > 0)
    member (b, "of_peak", of_peak (p, l->macs, median));
  json_builder_end_object (b);
}

void
layers_to_json (const GPtrArray *profiles, JsonBuilder *b)
{
  for (guint i = 0; i < profiles->len; i++) {
    const Profile *p = profiles->pdata[i];
    json_builder_begin_object (b);
    member_text (b, "network", p->network);
    member_text (b, "backend", p->backend);
    member_int (b, "threads", p->threads);
    member_int (b, "runs", p->whole->len);
    member (b, "median_ms", layers_ms (p->whole, 0.5));
    member (b, "min_ms", layers_ms (p->whole, 0));
    member (b, "mmac", macs_together (p) / 1e6);
    json_builder_set_member_name (b, "layers");
    json_builder_begin_array (b);
    for (guint k = 0; k < p->layers->len; k++)
      layer_to_json (b, p, p->layers->pdata[k]);
    json_builder_end_array (b);
    json_builder_end_object (b);
  }
}
