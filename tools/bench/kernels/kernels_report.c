/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/kernels/kernels.h"

#include <string.h>

#include "tools/common/table.h"
#include "tools/common/json.h"

/* All layers of one kind, with one set of features and a number of threads. */
typedef struct {
  gchar *kind;
  const gchar *cpu;
  guint threads, n, n_over; /* n_over: beyond MEASURE_LIMIT */
  gdouble ours_us, peer_us; /* together: theirs, and that times each layer's ratio */
  gdouble worst;            /* ratio */
} Sum;

gboolean
kernels_row_is_judged (const KernelsRow *row)
{
  return row->m.peer && row->layer->runs_so & (guint64)1 << row->use;
}

static const gchar *
result_of (const KernelsRow *row)
{
  static const gchar *const names[] = {"equal", "differs", "slower"};
  return names[row->m.result];
}

static gchar *number (const gchar *format, gdouble value) G_GNUC_PRINTF (1, 0);
static gchar *
number (const gchar *format, gdouble value)
{
  return g_strdup_printf (format, value);
}

static void
each_line (Table *t, const KernelsRow *row)
{
  const KernelsLayer *l = row->layer;
  table_line (t);
  table_cell (t, g_strdup (l->title));
  table_cell (t, g_strdup (l->in));
  table_cell (t, g_strdup (l->out));
  table_cell (t, g_strdup (l->network));
  table_cell (t, g_strdup (row->cpu));
  table_cell (t, g_strdup (row->m.peer ? row->m.peer : ""));
  table_cell (t, g_strdup (!kernels_row_is_judged (row)     ? "alone"
                           : row->m.result == MEASURE_EQUAL ? ""
                                                            : result_of (row)));
  table_cell (t, g_strdup_printf ("%u", row->threads));
  table_cell (t, number ("%.1f", row->m.ours_us));
  table_cell (t, number ("%.1f", row->m.peer_us));
  table_cell (t, number ("%.2f", row->m.ratio));
}

static void
print_each (const GPtrArray *rows)
{
  static const gchar *const titles[] = {"layer",   "input",     "output", "network",
                                        "CPU",     "against",   "",       "threads",
                                        "ours us", "theirs us", "ratio"};
  Table *t = table_new (7);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    table_column (t, g_strdup (titles[i]));
  for (guint i = 0; i < rows->len; i++) {
    if (((const KernelsRow *)rows->pdata[i])->m.peer)
      each_line (t, rows->pdata[i]);
  }
  table_print (t);
  table_free (t);
  g_print ("\nratio: our time by theirs, below 1 we are faster. alone: in networks it runs joined "
           "with its "
           "neighbours, which is another line.\n\n");
}

/* "CONV_2D 1x1, float32"; layers that run as one: "joined, float32". */
static gchar *
kind_of (const KernelsLayer *l)
{
  const gchar *end = strstr (l->title, " + "), *space = strchr (l->out, ' ');
  const gsize n = end ? (gsize)(end - l->title) : strlen (l->title);
  return g_strdup_printf ("%.*s, %.*s", strchr (l->title, ',') ? 6 : (gint)n,
                          strchr (l->title, ',') ? "joined" : l->title, (gint)(space - l->out),
                          l->out);
}

static Sum *
sum_for (GPtrArray *sums, const KernelsRow *row)
{
  g_autofree gchar *kind = kind_of (row->layer);
  for (guint i = 0; i < sums->len; i++) {
    Sum *s = sums->pdata[i];
    if (g_str_equal (s->kind, kind) && g_str_equal (s->cpu, row->cpu) && s->threads == row->threads)
      return s;
  }
  Sum *s = g_new0 (Sum, 1);
  s->kind = g_steal_pointer (&kind);
  s->cpu = row->cpu;
  s->threads = row->threads;
  g_ptr_array_add (sums, s);
  return s;
}

static void
free_sum (gpointer data)
{
  g_free (((Sum *)data)->kind);
  g_free (data);
}

static gint
by_kind (gconstpointer a, gconstpointer b)
{
  const Sum *x = *(const Sum *const *)a, *y = *(const Sum *const *)b;
  const gint kinds = strcmp (x->kind, y->kind), sets = strcmp (x->cpu, y->cpu);
  return kinds ? kinds : sets ? sets : (gint)x->threads - (gint)y->threads;
}

static GPtrArray *
sums_of (const GPtrArray *rows)
{
  GPtrArray *sums = g_ptr_array_new_with_free_func (free_sum);
  for (guint i = 0; i < rows->len; i++) {
    const KernelsRow *row = rows->pdata[i];
    if (!kernels_row_is_judged (row))
      continue;
    Sum *s = sum_for (sums, row);
    s->n++;
    s->n_over += row->m.result == MEASURE_SLOWER;
    s->ours_us += row->m.peer_us * row->m.ratio;
    s->peer_us += row->m.peer_us;
    s->worst = MAX (s->worst, row->m.ratio);
  }
  g_ptr_array_sort (sums, by_kind);
  return sums;
}

static void
add_sums (GString *text, const GPtrArray *rows)
{
  g_autoptr (GPtrArray) sums = sums_of (rows);
  g_string_append (
      text, "| layers | CPU | threads | how many | theirs us | ratio | worst | beyond 1.05 |\n"
            "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
  for (guint i = 0; i < sums->len; i++) {
    const Sum *s = sums->pdata[i];
    g_string_append_printf (text, "| %s | %s | %u | %u | %.0f | %.2f | %.2f | %u |\n", s->kind,
                            s->cpu, s->threads, s->n, s->peer_us,
                            s->ours_us / MAX (s->peer_us, 1e-9), s->worst, s->n_over);
  }
}

/* "432 layers compared in 1728 ways, 0 differ; 900 timed, 2 slower". */
static gchar *
last_line (const GPtrArray *rows)
{
  guint n[3] = {0}, timed = 0, judged_slower = 0;
  g_autoptr (GHashTable) layers = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < rows->len; i++) {
    const KernelsRow *row = rows->pdata[i];
    g_hash_table_add (layers, (gpointer)row->layer);
    n[row->m.result]++;
    timed += row->m.peer != NULL;
    judged_slower += row->m.result == MEASURE_SLOWER && kernels_row_is_judged (row);
  }
  return g_strdup_printf (
      "%u layers compared with the reference in %u ways, %u differ; %u timed, %u beyond "
      "%.2f of the other's time",
      g_hash_table_size (layers), rows->len, n[MEASURE_DIFFERS], timed, judged_slower,
      MEASURE_LIMIT);
}

void
kernels_print (const GPtrArray *rows, gboolean each)
{
  g_autofree gchar *last = last_line (rows);
  if (each) {
    g_autoptr (GString) text = g_string_new (NULL);
    print_each (rows);
    add_sums (text, rows);
    g_print ("%s\n", text->str);
  }
  g_print ("%s\n", last);
}

static gchar *
bad_line (const KernelsRow *row)
{
  const KernelsLayer *l = row->layer;
  g_autofree gchar *what =
      row->m.result == MEASURE_DIFFERS
          ? g_strdup_printf ("differs from the reference by %.3g: %s", row->m.error,
                             row->m.difference)
          : g_strdup_printf ("takes %.2f of %s's time (%.1f us, measured %u times)", row->m.ratio,
                             row->m.peer, row->m.ours_us, row->m.measured);
  return g_strdup_printf ("%s, %s to %s, of %s, on %s with %u thread%s, run by %s: %s", l->title,
                          l->in, l->out, l->network, row->cpu, row->threads,
                          row->threads == 1 ? "" : "s", row->m.ours, what);
}

static gboolean
is_bad (const KernelsRow *row)
{
  return row->m.result == MEASURE_DIFFERS ||
         (row->m.result == MEASURE_SLOWER && kernels_row_is_judged (row));
}

void
kernels_print_bad (const GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    g_autofree gchar *line = is_bad (rows->pdata[i]) ? bad_line (rows->pdata[i]) : NULL;
    if (line)
      g_printerr ("tfc-bench: %s\n", line);
  }
}

static cJSON *
object_of (const KernelsRow *row)
{
  const KernelsLayer *l = row->layer;
  cJSON *o = cJSON_CreateObject ();
  tfc_json_text (o, "layer", l->title);
  tfc_json_text (o, "input", l->in);
  tfc_json_text (o, "output", l->out);
  tfc_json_text (o, "network", l->network);
  cJSON_AddNumberToObject (o, "mmac", l->macs / 1e6);
  tfc_json_text (o, "cpu", row->cpu);
  cJSON_AddNumberToObject (o, "threads", row->threads);
  tfc_json_text (o, "backend", row->m.ours);
  tfc_json_text (o, "result", result_of (row));
  cJSON_AddNumberToObject (o, "error", row->m.error);
  cJSON_AddBoolToObject (o, "runs_so", (row->layer->runs_so & (guint64)1 << row->use) != 0);
  if (!row->m.peer)
    return o;
  tfc_json_text (o, "against", row->m.peer);
  cJSON_AddNumberToObject (o, "ours_us", row->m.ours_us);
  cJSON_AddNumberToObject (o, "against_us", row->m.peer_us);
  cJSON_AddNumberToObject (o, "ratio", row->m.ratio);
  cJSON_AddNumberToObject (o, "measured", row->m.measured);
  return o;
}

void
kernels_to_json (const GPtrArray *rows, cJSON *list)
{
  for (guint i = 0; i < rows->len; i++)
    cJSON_AddItemToArray (list, object_of (rows->pdata[i]));
}

static gchar *
cpu_name (void)
{
  g_autofree gchar *text = NULL;
  gchar *line =
      g_file_get_contents ("/proc/cpuinfo", &text, NULL, NULL) ? strstr (text, "model name") : NULL;
  gchar *colon = line ? strchr (line, ':') : NULL;
  return colon ? g_strstrip (g_strndup (colon + 1, strcspn (colon + 1, "\n")))
               : g_strdup ("unknown CPU");
}

static void
add_bad (GString *text, const GPtrArray *rows)
{
  guint n = 0;
  g_string_append (text, "\n## Beyond the limit, or different\n\n");
  for (guint i = 0; i < rows->len; i++) {
    g_autofree gchar *line = is_bad (rows->pdata[i]) ? bad_line (rows->pdata[i]) : NULL;
    if (line)
      g_string_append_printf (text, "- %s\n", line);
    n += line != NULL;
  }
  if (!n)
    g_string_append (text, "None.\n");
}

gboolean
kernels_write_report (const GPtrArray *rows, const KernelsOptions *o, GError **error)
{
  g_autoptr (GString) text = g_string_new ("# Kernels\n\n");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree gchar *date = g_date_time_format (now, "%Y-%m-%d"), *cpu = cpu_name (),
                   *last = last_line (rows);
  g_string_append_printf (text, "Measured: %s, %s. %s.\n\n", date, cpu, last);
  g_string_append (text, "Each distinct layer of the networks as a graph of its own, by "
                         "`backend=auto` and by XNNPACK in turns; a layer's ratio "
                         "is the median over the turns of our time by XNNPACK's. One beyond 1.05 "
                         "is measured three times more, longer each time, "
                         "before it counts. theirs: XNNPACK's least time of each layer, added up; "
                         "ratio: the mean of the ratios, weighed with "
                         "that; worst: the largest one. joined: layers that run as one, one band "
                         "of rows after the other.\n\n"
                         "```\ntfc-bench --kernels --report PAGE\n```\n\n");
  add_sums (text, rows);
  add_bad (text, rows);
  return g_file_set_contents (o->report, text->str, text->len, error);
}
