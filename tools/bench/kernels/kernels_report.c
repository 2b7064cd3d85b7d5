/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "tools/bench/kernels/kernels.h"
#include "tools/common/table.h"

/* All layers of one kind, with one set of features and a number of threads. */
typedef struct {
  gchar *kind;
  const gchar *cpu;
  guint threads, n, n_over; /* n_over: beyond MEASURE_LIMIT */
  gdouble ours_us, peer_us; /* together: theirs, and that times each layer's ratio */
  gdouble worst;            /* ratio */
} Sum;

/* "" or 0 where the row has no such member. */
static const gchar *
text_of (const cJSON *row, const gchar *key)
{
  const gchar *text = cJSON_GetStringValue (cJSON_GetObjectItem (row, key));
  return text ? text : "";
}

static gdouble
number_of (const cJSON *row, const gchar *key)
{
  const cJSON *number = cJSON_GetObjectItem (row, key);
  return cJSON_IsNumber (number) ? number->valuedouble : 0;
}

static gboolean
is_timed (const cJSON *row)
{
  return cJSON_HasObjectItem (row, "ratio");
}

/* How it is run in a network. */
static gboolean
is_judged (const cJSON *row)
{
  return is_timed (row) && cJSON_IsTrue (cJSON_GetObjectItem (row, "runs_so"));
}

static gboolean
differs (const cJSON *row)
{
  return g_str_equal (text_of (row, "result"), "differs");
}

static gboolean
is_slower (const cJSON *row)
{
  return is_judged (row) && g_str_equal (text_of (row, "result"), "slower");
}

gboolean
kernels_any_bad (const cJSON *rows)
{
  const cJSON *row;
  cJSON_ArrayForEach (row, rows) {
    if (differs (row) || is_slower (row))
      return TRUE;
  }
  return FALSE;
}

static void
each_line (Table *t, const cJSON *row)
{
  static const gchar *const texts[] = {"layer", "input", "output", "network", "cpu", "against"};
  table_line (t);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    table_cell (t, g_strdup (text_of (row, texts[i])));
  table_cell (t, g_strdup (!is_judged (row) ? "alone" : is_slower (row) ? "slower" : ""));
  table_cell (t, g_strdup_printf ("%.0f", number_of (row, "threads")));
  table_cell (t, g_strdup_printf ("%.1f", number_of (row, "ours_us")));
  table_cell (t, g_strdup_printf ("%.1f", number_of (row, "against_us")));
  table_cell (t, g_strdup_printf ("%.2f", number_of (row, "ratio")));
}

static void
print_each (const cJSON *rows)
{
  static const gchar *const titles[] = {"layer",   "input",     "output", "network",
                                        "CPU",     "against",   "",       "threads",
                                        "ours us", "theirs us", "ratio"};
  Table *t = table_new (7);
  const cJSON *row;
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    table_column (t, g_strdup (titles[i]));
  cJSON_ArrayForEach (row, rows) {
    if (is_timed (row))
      each_line (t, row);
  }
  table_print (t);
  table_free (t);
  g_print (
      "\nTimes: the least. ratio: the median over the turns of our time by theirs, below 1 we are "
      "faster. alone: in networks it runs joined with its neighbours, which is another line.\n\n");
}

/* "CONV_2D 1x1, float32"; layers that run as one: "joined, float32". */
static gchar *
kind_of (const cJSON *row)
{
  const gchar *title = text_of (row, "layer"), *out = text_of (row, "output");
  const gchar *end = strstr (title, " + ");
  g_autofree gchar *layer = strchr (title, ',') ? g_strdup ("joined")
                            : end               ? g_strndup (title, end - title)
                                                : g_strdup (title);
  return g_strdup_printf ("%s, %.*s", layer, (gint)strcspn (out, " "), out);
}

static Sum *
sum_for (GPtrArray *sums, const cJSON *row)
{
  g_autofree gchar *kind = kind_of (row);
  const gchar *cpu = text_of (row, "cpu");
  const guint threads = number_of (row, "threads");
  for (guint i = 0; i < sums->len; i++) {
    Sum *s = sums->pdata[i];
    if (g_str_equal (s->kind, kind) && g_str_equal (s->cpu, cpu) && s->threads == threads)
      return s;
  }
  Sum *s = g_new0 (Sum, 1);
  *s = (Sum){.kind = g_steal_pointer (&kind), .cpu = cpu, .threads = threads};
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
sums_of (const cJSON *rows)
{
  GPtrArray *sums = g_ptr_array_new_with_free_func (free_sum);
  const cJSON *row;
  cJSON_ArrayForEach (row, rows) {
    if (!is_judged (row))
      continue;
    const gdouble ratio = number_of (row, "ratio"), theirs = number_of (row, "against_us");
    Sum *s = sum_for (sums, row);
    s->n++;
    s->n_over += is_slower (row);
    s->ours_us += theirs * ratio;
    s->peer_us += theirs;
    s->worst = MAX (s->worst, ratio);
  }
  g_ptr_array_sort (sums, by_kind);
  return sums;
}

static void
add_sums (GString *text, const cJSON *rows)
{
  g_autoptr (GPtrArray) sums = sums_of (rows);
  g_string_append (text,
                   "| layers | CPU | threads | how many | theirs, us | ratio | worst | slower |\n"
                   "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
  for (guint i = 0; i < sums->len; i++) {
    const Sum *s = sums->pdata[i];
    g_string_append_printf (text, "| %s | %s | %u | %u | %.0f | %.2f | %.2f | %u |\n", s->kind,
                            s->cpu, s->threads, s->n, s->peer_us,
                            s->peer_us > 0 ? s->ours_us / s->peer_us : 0, s->worst, s->n_over);
  }
}

/* "144 layers compared with the reference in 576 ways, 0 differ; 400 timed, 2 slower". */
static gchar *
last_line (const cJSON *rows)
{
  guint n = 0, n_differ = 0, n_timed = 0, n_slower = 0;
  g_autoptr (GHashTable) layers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const cJSON *row;
  cJSON_ArrayForEach (row, rows) {
    g_hash_table_add (layers, g_strdup_printf ("%s %s %s", text_of (row, "layer"),
                                               text_of (row, "input"), text_of (row, "output")));
    n++;
    n_differ += differs (row);
    n_timed += is_timed (row);
    n_slower += is_slower (row);
  }
  return g_strdup_printf (
      "%u shapes compared with the reference in %u ways, %u differ; %u timed, %u "
      "slower than the other",
      g_hash_table_size (layers), n, n_differ, n_timed, n_slower);
}

void
kernels_print (const cJSON *rows, gboolean each)
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

/* NULL if there is nothing bad about it. */
static gchar *
bad_line (const cJSON *row)
{
  const guint threads = number_of (row, "threads");
  if (!differs (row) && !is_slower (row))
    return NULL;
  g_autofree gchar *what =
      differs (row) ? g_strdup_printf ("differs from the reference by %.3g: %s",
                                       number_of (row, "error"), text_of (row, "difference"))
                    : g_strdup_printf ("takes %.2f of %s's time (%.1f us, measured %.0f times)",
                                       number_of (row, "ratio"), text_of (row, "against"),
                                       number_of (row, "ours_us"), number_of (row, "measured"));
  return g_strdup_printf ("%s, %s to %s, of %s, on %s with %u thread%s, run by %s: %s",
                          text_of (row, "layer"), text_of (row, "input"), text_of (row, "output"),
                          text_of (row, "network"), text_of (row, "cpu"), threads,
                          threads == 1 ? "" : "s", text_of (row, "backend"), what);
}

void
kernels_print_bad (const cJSON *rows)
{
  const cJSON *row;
  cJSON_ArrayForEach (row, rows) {
    g_autofree gchar *line = bad_line (row);
    if (line)
      g_printerr ("tfc-bench: %s\n", line);
  }
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
add_bad (GString *text, const cJSON *rows)
{
  const cJSON *row;
  g_string_append (text, "\nSlower or different:\n\n");
  cJSON_ArrayForEach (row, rows) {
    g_autofree gchar *line = bad_line (row);
    if (line)
      g_string_append_printf (text, "- %s\n", line);
  }
  if (!kernels_any_bad (rows))
    g_string_append (text, "- none\n");
}

/* What was asked for, without the folders: they are this machine's. */
static void
add_command (GString *text, const KernelsOptions *o)
{
  g_string_append (text, "```\ntfc-bench --kernels --threads ");
  for (guint i = 0; i < o->n_threads; i++)
    g_string_append_printf (text, "%s%u", i ? "," : "", o->threads[i]);
  g_string_append_printf (text, " --turns %d%s%s%s --report PAGE", o->turns,
                          o->cpu ? " --cpu " : "", o->cpu ? o->cpu : "",
                          o->cpu_time ? " --cpu-time" : "");
  for (guint i = 0; o->filter && o->filter[i]; i++)
    g_string_append_printf (text, " '%s'", o->filter[i]);
  g_string_append (text, "\n```\n\n");
}

gboolean
kernels_write_report (const KernelsOptions *o, const cJSON *rows, GError **error)
{
  g_autoptr (GString) text = g_string_new ("# Kernels\n\n");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree gchar *date = g_date_time_format (now, "%Y-%m-%d"), *cpu = cpu_name (),
                   *last = last_line (rows);
  g_string_append_printf (text, "Measured: %s, %s. %s.\n\n", date, cpu, last);
  g_string_append (
      text,
      "Each distinct layer of the networks as a graph of its own, by `backend=auto` and by XNNPACK "
      "in "
      "turns, both with no\nmore than the features of the set. A layer's ratio is the median over "
      "the "
      "turns of our time by XNNPACK's; one beyond 1.05 is\nmeasured three times more, longer each "
      "time, before it counts as slower. theirs: XNNPACK's least time of each layer, added up;\n"
      "ratio: the mean of the ratios, weighed with that; worst: the largest one. joined: layers "
      "that "
      "run as one, one band of rows after\nthe other.\n\n");
  add_command (text, o);
  add_sums (text, rows);
  add_bad (text, rows);
  return g_file_set_contents (o->report, text->str, text->len, error);
}
